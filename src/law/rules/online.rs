//! The interview by video: the conditions ON-… of the overtime sheet, section 7 (基発0915第5号).

use super::{Rule, Topic};
use crate::domain::Day;
use crate::domain::interview::Online;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Outcome};

const fn flag(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Flag, meaning)
}

const INFORMATION: &[Fact] = &[
    flag("site_information", "事業の概要、業務の内容、作業環境を医師へ渡した"),
    flag("worker_information", "本人の業務の内容、勤務の状況、作業環境を医師へ渡した"),
];
const DOCTOR: &[Fact] = &[
    flag("is_site_physician", "その事業場の産業医"),
    flag("in_charge_one_year", "1年以上、その事業場の日常の健康管理を担当"),
    flag("patrolled_within_year", "過去1年以内に、その事業場を巡視"),
    flag("guided_within_year", "過去1年以内に、本人を指導"),
];
const DEVICE: &[Fact] = &[
    flag("face_and_voice", "顔、顔色、声、しぐさが互いに判り、映像と音声が安定している（電話だけは不可）"),
    flag("secure", "情報の漏えいと不正なアクセスを防いでいる"),
    flag("easy", "本人が容易に使える"),
];
const COMMITTEE: &[Fact] = &[
    flag("deliberated", "衛生委員会で審議した"),
    flag("announced", "労働者へ事前に周知した"),
    flag("private_place", "本人の場所で、話がほかの人に聞こえない"),
];
const EMERGENCY: &[Fact] = &[flag("emergency_system", "近くの医師や、現地の産業保健スタッフにつなぐ体制がある")];
const PRESENCE: &[Fact] = &[flag("needs_presence", "医師が、直接会う必要があると認めた")];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("ON-INFO", "医師への情報の提供", INFORMATION, &["online.information"], information),
    rule("ON-DOC", "医師と事業場・本人とのつながり", DOCTOR, &["online.doctor"], doctor),
    rule("ON-DEV", "情報通信機器の要件", DEVICE, &["online.device"], device),
    rule("ON-COM", "委員会の審議、周知、場所", COMMITTEE, &["online.committee"], committee),
    rule("ON-EMG", "緊急時の対応体制", EMERGENCY, &["online.emergency"], emergency),
    rule("ON-FACE", "直接会う必要", PRESENCE, &["online.presence"], presence),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Online, facts, parameters, evaluate }
}

/// The conditions an interview record knows about (ON-DOC, ON-DEV, ON-COM, ON-FACE), one outcome each.
pub fn assess(law: &Law, day: Day, online: &Online) -> Vec<Outcome> {
    let tied = !online.doctor_tie.trim().is_empty();
    let ties = Facts::of_flags(&DOCTOR.iter().map(|fact| (fact.name, tied)).collect::<Vec<_>>());
    let works = Facts::of_flags(&DEVICE.iter().map(|fact| (fact.name, online.device_ok)).collect::<Vec<_>>());
    let (agreed, private) = (online.committee_ok, online.privacy_ok);
    let place = Facts::of_flags(&[("deliberated", agreed), ("announced", agreed), ("private_place", private)]);
    let face = Facts::of_flag("needs_presence", online.needs_presence);
    vec![doctor(law, day, &ties), device(law, day, &works), committee(law, day, &place), presence(law, day, &face)]
}

/// All of the facts hold: the interview may be online as far as this condition goes.
fn all_of(
    law: &Law,
    id: &'static str,
    day: Day,
    facts: &Facts,
    parameter: &str,
    names: &[Fact],
    text: &str,
) -> Outcome {
    Inquiry::run(law, id, day, |inquiry| {
        inquiry.read(parameter)?;
        inquiry.because(text);
        let conditions: Vec<_> = names.iter().map(|fact| (Condition::from(facts.flag(fact.name)), fact.name)).collect();
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::Required);
        Ok(())
    })
}

fn information(law: &Law, day: Day, facts: &Facts) -> Outcome {
    all_of(
        law,
        "ON-INFO",
        day,
        facts,
        "online.information",
        INFORMATION,
        "事業場と本人についての情報を、事業者が医師へ渡します。",
    )
}

/// ON-DOC: desirable that any of four ties holds.
fn doctor(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "ON-DOC", day, |inquiry| {
        inquiry.read("online.doctor")?;
        inquiry.because("医師に、事業場か本人とのつながりのどれかがあることが望まれます。");
        let tied = DOCTOR.iter().fold(Condition::No, |any, fact| any.or(facts.flag(fact.name).into()));
        let open = DOCTOR.iter().filter(|fact| facts.flag(fact.name).is_none()).map(|fact| fact.name);
        match tied {
            Condition::Open => inquiry.lacks(&open.collect::<Vec<_>>()),
            Condition::Yes => inquiry.conclude(Conclusion::Allowed),
            Condition::No => inquiry.conclude(Conclusion::Effort),
        }
        Ok(())
    })
}

fn device(law: &Law, day: Day, facts: &Facts) -> Outcome {
    all_of(law, "ON-DEV", day, facts, "online.device", DEVICE, "顔と声が互いに判り、安全で、使いやすい機器が要ります。")
}

fn committee(law: &Law, day: Day, facts: &Facts) -> Outcome {
    all_of(
        law,
        "ON-COM",
        day,
        facts,
        "online.committee",
        COMMITTEE,
        "委員会の審議と事前の周知、話がもれない場所が要ります。",
    )
}

fn emergency(law: &Law, day: Day, facts: &Facts) -> Outcome {
    all_of(
        law,
        "ON-EMG",
        day,
        facts,
        "online.emergency",
        EMERGENCY,
        "緊急のときに、近くの医師や現地の職員につなぐ体制が要ります。",
    )
}

/// Face to face is required when the doctor thinks so; since 2020-11-19 not "in principle" any more.
fn presence(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "ON-FACE", day, |inquiry| {
        inquiry.read("online.presence")?;
        inquiry.because("医師が直接会う必要があると認めたときは、対面で行います。");
        inquiry.decide(
            &[(facts.flag("needs_presence").into(), "needs_presence")],
            Conclusion::Required,
            Conclusion::NotRequired,
        );
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_answers_its_conditions() {
        let law = Law::built_in().unwrap();
        let day: Day = "2026-11-20".parse().unwrap();
        let online = Online {
            doctor_tie: "その事業場の産業医".into(),
            device_ok: true,
            committee_ok: true,
            privacy_ok: false,
            needs_presence: false,
        };
        let answers: Vec<_> =
            assess(&law, day, &online).iter().map(|outcome| (outcome.rule, outcome.outcome)).collect();
        let wanted = [
            ("ON-DOC", Conclusion::Allowed),
            ("ON-DEV", Conclusion::Allowed),
            ("ON-COM", Conclusion::Required),
            ("ON-FACE", Conclusion::NotRequired),
        ];
        assert_eq!(answers, wanted);
    }
}
