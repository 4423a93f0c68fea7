//! Who may do the check and who may see what of it (安衛法66条の10第2項, 安衛則52条の10から52条の14).

use super::{SYSTEM, ask, rule};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::{Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{
    Named, any, choice, complete, count, day as day_fact, flag, is, is_not, is_set, optional_flag, steps,
};

const PHYSICIAN: &str = "physician";
const HEALTH_NURSE: &str = "public_health_nurse";
const TRAINED: [&str; 2] = ["nurse", "psychiatric_social_worker"];
const ADDED: [&str; 2] = ["dentist", "certified_psychologist"];
const PROFESSIONS: &[&str] = &[PHYSICIAN, HEALTH_NURSE, TRAINED[0], TRAINED[1], ADDED[0], ADDED[1], "other"];
const FORMS: &[&str] = &["written", "electronic", "oral", "silence", "committee"];

const IMPLEMENTER: &[Fact] = &[
    choice("profession", PROFESSIONS, "資格"),
    optional_flag("trained", "厚生労働大臣の定める研修を修了した（医師、保健師のほか）。ないときは、修了していない"),
];
const OFFICE: &[Fact] = &[
    flag("has_personnel_power", "解雇、昇進、異動について直接の権限を持つ監督的地位にある"),
    flag("handles_results", "個人の結果に触れる事務である"),
];
const CONSENT: &[Fact] = &[
    day_fact("notified_on", "本人が結果の通知を受けた日"),
    day_fact("consented_on", "本人が同意した日"),
    choice("form", FORMS, "同意の取り方"),
    optional_flag("refused", "本人が一度断っている。ないときは、断っていない"),
];
const REQUEST: &[Fact] =
    &[flag("requested", "面接指導の申出があった"), flag("told", "申出を同意とみなすことを通知で伝えた")];
const RANGE: &[Fact] =
    &[flag("consented", "本人の同意（又は申出）がある"), flag("within_notice", "本人へ通知した範囲の内である")];
const KEEPING: &[Fact] = &[
    flag("keeper", "保存する人（実施者、又は指名した事務従事者）を決めた"),
    flag("place", "保存する場所を決めた"),
    flag("security", "見られないようにする方法を決めた"),
];
const SEEING: &[Fact] =
    &[flag("is_implementer", "実施者又は共同実施者である"), flag("consented", "本人の同意（又は申出）がある")];
const HANDLED: &[Fact] = &[flag("handled", "検査や面接指導の実施の事務に従事した")];
const TESTED: &[Fact] = &[count("tested", "集団のうち、検査を受けて集計に入る人の数（在籍の数ではない）")];
const TALK: &[Fact] = &[flag("told_employer", "事業者への申出である（事業者に知られてよい）")];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("SC-14", "集団ごとの結果を事業者へ出せるか", TESTED, &[SYSTEM, "stress.group.people"], small_group),
    rule(
        "SC-23",
        "実施者になれるか",
        IMPLEMENTER,
        &[SYSTEM, "stress.implementer", "stress.implementer.added"],
        implementer,
    ),
    rule("SC-24", "実施の事務に従事できるか", OFFICE, &[SYSTEM, "stress.office", "stress.office.planning"], office),
    rule("SC-26", "結果を事業者へ出すための同意", CONSENT, &[SYSTEM, "stress.consent"], consent),
    rule("SC-27", "申出を同意とみなせるか", REQUEST, &[SYSTEM, "stress.consent.request"], by_request),
    rule("SC-28", "事業者へ出せる範囲", RANGE, &[SYSTEM, "stress.consent.range"], range),
    rule("SC-29", "同意のない結果を保存する手配", KEEPING, &[SYSTEM, "stress.keeping"], keeping),
    rule("SC-30", "産業医が個人の結果を見られるか", SEEING, &[SYSTEM, "stress.access"], access),
    rule("SC-36", "秘密の保持", HANDLED, &[SYSTEM, "stress.secrecy"], secrecy),
    rule("SC-47", "事業者に知られずに医師と話す", TALK, &[SYSTEM, "stress.consultation"], consultation),
];

/// SC-14 with SC-15: the stricter reading, so that not even everybody's consent opens a small group.
fn small_group(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-14", day, |inquiry| {
        let limit = inquiry.read("stress.group.people")?;
        let enough = facts.count("tested").map(|tested| tested >= limit);
        inquiry.because_of(
            format!("{limit} 人に満たない集団の結果は出しません。全員の同意があっても同じです。"),
            &[("limit", limit)],
        );
        inquiry.decide(&[(enough.into(), "tested")], Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// SC-23: physicians and 保健師; the others after the training, two of them since 2018-08-09.
fn implementer(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-23", day, |inquiry| {
        inquiry.read("stress.implementer")?;
        let Some(profession) = facts.choice("profession") else {
            inquiry.lacks(&["profession"]);
            return Ok(());
        };
        let conclusion = if qualified(inquiry, profession, is_set(facts, "trained"))? {
            Conclusion::Allowed
        } else {
            inquiry.because("この資格では、この日に実施者になれません。");
            Conclusion::NotRequired
        };
        inquiry.conclude(conclusion);
        Ok(())
    })
}

fn qualified(inquiry: &mut Inquiry<'_>, profession: &str, trained: bool) -> Result<bool, Stop> {
    if [PHYSICIAN, HEALTH_NURSE].contains(&profession) {
        return Ok(true);
    }
    inquiry.because("医師と保健師のほかは、厚生労働大臣の定める研修の修了が要ります。");
    if ADDED.contains(&profession) && inquiry.is_in_force("stress.implementer.added") {
        inquiry.read("stress.implementer.added")?;
        return Ok(trained);
    }
    Ok(trained && TRAINED.contains(&profession))
}

/// SC-24: who decides on dismissal, promotion or transfer keeps away from results; planning is not barred.
fn office(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-24", day, |inquiry| {
        inquiry.read("stress.office")?;
        if facts.flag("handles_results") == Some(false) {
            inquiry.read("stress.office.planning")?;
            inquiry.because("結果に触れない計画などの事務には、だれでも就けます。");
        } else if facts.flag("has_personnel_power") == Some(true) {
            inquiry.because("人事に直接の権限を持つ監督者は、結果に触れる事務に就けません。");
        }
        let free = [is_not(facts, "has_personnel_power"), is_not(facts, "handles_results")];
        any(inquiry, &free, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// SC-26: one by one, in writing or by data, and only after the worker got the result.
fn consent(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-26", day, |inquiry| {
        inquiry.read("stress.consent")?;
        if is_set(facts, "refused") {
            inquiry.because("断った人に、もう一度同意を求めることはできません。");
            inquiry.conclude(Conclusion::NotRequired);
            return Ok(());
        }
        inquiry.because("同意は、結果の通知の後に、一人ひとりから、書面か電磁的記録で受けます。");
        let conditions = consent_conditions(facts);
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

fn consent_conditions(facts: &Facts) -> [Named; 4] {
    let (notified, consented) = (facts.day("notified_on"), facts.day("consented_on"));
    let is_early = notified.zip(consented).is_some_and(|(notified, consented)| consented < notified);
    let kept = facts.choice("form").map(|form| ["written", "electronic"].contains(&form));
    [
        (notified.map(|_| true).into(), "notified_on"),
        (consented.map(|_| true).into(), "consented_on"),
        (Some(!is_early).into(), "consented_on"),
        (kept.into(), "form"),
    ]
}

fn by_request(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-27", day, |inquiry| {
        inquiry.read("stress.consent.request")?;
        steps(inquiry, facts, REQUEST, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// SC-28: the same range as the worker was told, no more.
fn range(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-28", day, |inquiry| {
        inquiry.read("stress.consent.range")?;
        inquiry.because("出せるのは、本人へ通知したのと同じ範囲までです。");
        let conditions = [is(facts, "consented"), is(facts, "within_notice")];
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

fn keeping(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-29", day, |inquiry| {
        inquiry.read("stress.keeping")?;
        inquiry.because("回答用紙そのものは要りません。項目の点数、高ストレスか、面接指導が要るかを残します。");
        complete(inquiry, facts, KEEPING);
        Ok(())
    })
}

/// SC-30: the industrial physician too needs the consent, unless implementer.
fn access(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-30", day, |inquiry| {
        inquiry.read("stress.access")?;
        let ways = [is(facts, "is_implementer"), is(facts, "consented")];
        any(inquiry, &ways, Conclusion::Allowed, Conclusion::NotRequired);
        if inquiry.is(Conclusion::NotRequired) {
            inquiry.because("実施者でも共同実施者でもない産業医は、同意がなければ個人の結果を見られません。");
        }
        Ok(())
    })
}

fn secrecy(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-36", day, |inquiry| {
        inquiry.read("stress.secrecy")?;
        inquiry.because("実施の事務で知った秘密を漏らしてはなりません。罰則があります。");
        inquiry.decide(&[is(facts, "handled")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// SC-47: an ordinary 健康相談: another kind of record, no report form, not counted.
fn consultation(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-47", day, |inquiry| {
        inquiry.read("stress.consultation")?;
        if facts.flag("told_employer") == Some(false) {
            inquiry.because("健康相談として受けます。66条の10の面接指導ではなく、報告の人数に数えません。");
        }
        inquiry.decide(&[is_not(facts, "told_employer")], Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}
