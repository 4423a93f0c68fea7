//! Notices and deadlines: the rules DL-… of the overtime sheet, section 3.
//!
//! 「遅滞なく」 and 「速やかに」 have no length in the articles; the lengths are those of circulars, so every
//! deadline here is soft (概ね).

use super::interview::read;
use super::overtime::compare;
use super::{Rule, Topic};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::interview::{InterviewFacts, above};
use crate::law::outcome::{Conclusion, Outcome};

const OVERTIME: Fact = Fact::optional(
    "overtime_seconds",
    FactKind::Time,
    "時間外・休日労働時間。ないときは period_start と total_seconds から計算",
);
const OVERTIME_HIGH: Fact =
    Fact::optional("overtime_high_seconds", FactKind::Time, "元の値が丸めてあるときの最大。ないときは正確な値");
const START: Fact = Fact::optional("period_start", FactKind::Day, "算定期間の最初の日。終わりは day（期日）");
const TOTAL: Fact = Fact::optional("total_seconds", FactKind::Time, "期間の総労働時間");
const PROFESSIONAL: Fact = Fact::needed("highly_professional", FactKind::Flag, "高度プロフェッショナル制度の適用");
const HEALTH: Fact =
    Fact::optional("health_management_seconds", FactKind::Time, "健康管理時間の超過分（高度プロフェッショナルのとき）");
const RESEARCH: Fact = Fact::needed("research", FactKind::Flag, "新技術等の研究開発業務");
const MANAGER: Fact = Fact::needed("article41", FactKind::Flag, "労基法41条各号の者");

const fn event(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Day, meaning)
}

const PERIOD: Fact = event("period_end", "期日（算定期間の最後の日）");
const REQUESTED: Fact = event("requested_on", "申出の日");
const INTERVIEWED: Fact = event("interviewed_on", "面接指導の日（又は他の医師の証明が出された日）");
const HEARD: Fact = event("opinion_heard_on", "医師の意見を聴いた日");
const ASKED: Fact = event("asked_on", "産業医が情報を求めた日");
const URGENT: Fact = Fact::optional("urgent", FactKind::Flag, "緊急に措置が要る");

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("DL-CALC", "次の期日（毎月1回以上）", &[PERIOD], &["calculation.months"], calculation),
    rule(
        "DL-NOTE-W",
        "本人への時間の通知",
        &[OVERTIME, OVERTIME_HIGH, START, TOTAL, PROFESSIONAL],
        &["notice.worker.hours", PROMPTLY],
        |law, day, facts| to_worker(law, &read(law, day, facts)),
    ),
    rule(
        "DL-NOTE-OHP",
        "産業医への氏名と時間の提供",
        &[OVERTIME, OVERTIME_HIGH, START, TOTAL, PROFESSIONAL, HEALTH],
        &["notice.physician.hours", "notice.physician.duty", PROMPTLY],
        |law, day, facts| to_physician(law, &read(law, day, facts)),
    ),
    rule(
        "DL-NOTE-NONE",
        "該当者がいないことの産業医への連絡",
        &[Fact::needed("nobody_over", FactKind::Flag, "期間に基準を超えた者がいない")],
        &["notice.none", PROMPTLY],
        nobody,
    ),
    rule("DL-REQ", "申出の時期", &[PERIOD], &["deadline.request.article", "deadline.request.months"], request),
    rule(
        "DL-INT",
        "申出から面接指導まで",
        &[REQUESTED],
        &["deadline.interview.article", "deadline.interview.months"],
        interview,
    ),
    rule(
        "DL-INT-AUTO",
        "期日から面接指導まで（申出によらない場合）",
        &[OVERTIME, OVERTIME_HIGH, START, TOTAL, RESEARCH, MANAGER, PROFESSIONAL, HEALTH],
        &["deadline.automatic.months", "interview.research.hours"],
        |law, day, facts| automatic(law, &read(law, day, facts)),
    ),
    rule(
        "DL-OPN",
        "面接指導から医師の意見の聴取まで",
        &[INTERVIEWED, URGENT],
        &["deadline.opinion.article", "deadline.opinion.months"],
        opinion,
    ),
    rule("DL-MEAS", "講じた措置の産業医への情報提供", &[HEARD], &["deadline.measures.months"], measures),
    rule("DL-INFO3", "産業医が求めた業務の情報", &[ASKED], &["deadline.information", PROMPTLY], information),
];

const PROMPTLY: &str = "deadline.promptly.days";

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Deadline, facts, parameters, evaluate }
}

/// An event from which a deadline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A period ended: the next 期日 (DL-CALC).
    Counted,
    /// A period ended: the worker's time to apply (DL-REQ).
    PeriodEnded,
    /// 申出 (DL-INT)
    Requested,
    /// 面接指導, or another doctor's certificate handed in (DL-OPN).
    Interviewed,
    /// 意見聴取 (DL-MEAS)
    OpinionHeard,
    /// The physician asked for information (DL-INFO3).
    InformationAsked,
    /// Nobody was above the limit in the period that ended (DL-NOTE-NONE).
    NobodyOver,
}

/// The deadline that runs from `event` on `day`, by the law of that day.
pub fn after(law: &Law, event: Event, day: Day) -> Outcome {
    match event {
        Event::Counted => calculation(law, day, &Facts::of_day("period_end", day)),
        Event::PeriodEnded => request(law, day, &Facts::of_day("period_end", day)),
        Event::Requested => interview(law, day, &Facts::of_day("requested_on", day)),
        Event::Interviewed => opinion(law, day, &Facts::of_day("interviewed_on", day)),
        Event::OpinionHeard => measures(law, day, &Facts::of_day("opinion_heard_on", day)),
        Event::InformationAsked => information(law, day, &Facts::of_day("asked_on", day)),
        Event::NobodyOver => nobody(law, day, &Facts::of_flag("nobody_over", true)),
    }
}

/// A duty that runs from an event for the length of one parameter.
fn from_event(
    inquiry: &mut Inquiry<'_>,
    facts: &Facts,
    name: &'static str,
    length: &str,
    yes: Conclusion,
) -> Result<(), Stop> {
    inquiry.read(length)?;
    let Some(day) = facts.day(name) else {
        inquiry.lacks(&[name]);
        return Ok(());
    };
    inquiry.conclude(yes);
    starting(inquiry, day, length)
}

fn starting(inquiry: &mut Inquiry<'_>, day: Day, length: &str) -> Result<(), Stop> {
    let due = inquiry.due_after(day, length)?;
    inquiry.because(format!("{day} から数えて、概ね {} までです。", due.safe));
    Ok(())
}

/// 「速やかに」, where a circular gives it a length on that day.
fn promptly(inquiry: &mut Inquiry<'_>, day: Day) -> Result<(), Stop> {
    if inquiry.is_in_force(PROMPTLY) {
        return starting(inquiry, day, PROMPTLY);
    }
    inquiry.because("「速やかに」の目安の日数は、この日の通達にはありません。");
    Ok(())
}

fn calculation(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-CALC", day, |inquiry| {
        from_event(inquiry, facts, "period_end", "calculation.months", Conclusion::Required)
    })
}

/// DL-NOTE-W: to every worker above the limit but 高プロ (則52条の2第3項; 52条の7の4 takes only 第2項).
pub fn to_worker(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "DL-NOTE-W", facts.day, |inquiry| {
        let limit = inquiry.limit("notice.worker.hours")?;
        let (day, hours) = (facts.day, facts.overtime);
        let general = Condition::from(facts.highly_professional).negated();
        if general == Condition::No {
            inquiry.skip("高度プロフェッショナルには、本人への通知の定めは準用されません。");
            return Ok(());
        }
        compare(inquiry, hours, limit);
        let conditions = [(above(hours, limit), "overtime_seconds"), (general, "highly_professional")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        if inquiry.is(Conclusion::Required) { promptly(inquiry, day) } else { Ok(()) }
    })
}

/// DL-NOTE-OHP: name and hours of everybody above the limit, 高プロ by 健康管理時間 (則14条の2).
pub fn to_physician(law: &Law, known: &InterviewFacts) -> Outcome {
    let day = known.day;
    Inquiry::run(law, "DL-NOTE-OHP", day, |inquiry| {
        let limit = inquiry.limit("notice.physician.hours")?;
        inquiry.read("notice.physician.duty")?;
        let (hours, fact) = match known.highly_professional {
            Some(true) => (known.health_management, "health_management_seconds"),
            _ => (known.overtime, "overtime_seconds"),
        };
        compare(inquiry, hours, limit);
        let class = Condition::from(known.highly_professional.map(|_| true));
        let conditions = [(class, "highly_professional"), (above(hours, limit), fact)];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        if inquiry.is(Conclusion::Required) { promptly(inquiry, day) } else { Ok(()) }
    })
}

fn nobody(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-NOTE-NONE", day, |inquiry| {
        inquiry.read("notice.none")?;
        inquiry.because("基準を超えた人がいない期間は、いないことを産業医へ伝えます。");
        inquiry.decide(
            &[(facts.flag("nobody_over").into(), "nobody_over")],
            Conclusion::Required,
            Conclusion::NotRequired,
        );
        if inquiry.is(Conclusion::Required) { promptly(inquiry, day) } else { Ok(()) }
    })
}

/// DL-REQ: the worker's time to apply; a late request is still a request.
fn request(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-REQ", day, |inquiry| {
        inquiry.read("deadline.request.article")?;
        from_event(inquiry, facts, "period_end", "deadline.request.months", Conclusion::Allowed)?;
        inquiry.because("過ぎてからの申出も、申出として受け付けます。");
        Ok(())
    })
}

fn interview(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-INT", day, |inquiry| {
        inquiry.read("deadline.interview.article")?;
        from_event(inquiry, facts, "requested_on", "deadline.interview.months", Conclusion::Required)
    })
}

/// DL-INT-AUTO: research and 高プロ above their limit: from the 期日, without a request.
pub fn automatic(law: &Law, known: &InterviewFacts) -> Outcome {
    let day = known.day;
    Inquiry::run(law, "DL-INT-AUTO", day, |inquiry| {
        inquiry.read("interview.research.hours")?;
        let owed =
            [super::interview::research(inquiry.law, known), super::interview::highly_professional(inquiry.law, known)];
        let missing: Vec<&'static str> = owed.iter().flat_map(|outcome| outcome.missing.clone()).collect();
        let is_owed = owed.iter().any(|outcome| outcome.outcome == Conclusion::Required);
        match (is_owed, missing.is_empty()) {
            (true, _) => inquiry.conclude(Conclusion::Required),
            (false, true) => inquiry.conclude(Conclusion::NotRequired),
            (false, false) => inquiry.lacks(&missing),
        }
        if is_owed { starting(inquiry, day, "deadline.automatic.months") } else { Ok(()) }
    })
}

fn opinion(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-OPN", day, |inquiry| {
        inquiry.read("deadline.opinion.article")?;
        from_event(inquiry, facts, "interviewed_on", "deadline.opinion.months", Conclusion::Required)?;
        if facts.flag("urgent") == Some(true) {
            inquiry.because("緊急に措置が要るときは、期限を待たず、できるだけ早く意見を述べます。");
        }
        Ok(())
    })
}

/// DL-MEAS: what was done, or that nothing is done and why (則14条の2第1項1号).
pub(super) fn measures(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-MEAS", day, |inquiry| {
        from_event(inquiry, facts, "opinion_heard_on", "deadline.measures.months", Conclusion::Required)?;
        inquiry.because("措置を講じないときは、その旨と理由を伝えます。");
        Ok(())
    })
}

/// DL-INFO3: what the physician finds necessary (則14条の2第1項3号).
pub(super) fn information(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-INFO3", day, |inquiry| {
        inquiry.read("deadline.information")?;
        let Some(asked) = facts.day("asked_on") else {
            inquiry.lacks(&["asked_on"]);
            return Ok(());
        };
        inquiry.conclude(Conclusion::Required);
        promptly(inquiry, asked)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_and_their_rules() {
        let law = Law::built_in().unwrap();
        let day: Day = "2026-10-31".parse().unwrap();
        let answer = |event| {
            let outcome = after(&law, event, day);
            (outcome.rule, outcome.due.map(|due| due.safe.to_string()).unwrap_or_default())
        };
        assert_eq!(answer(Event::Counted), ("DL-CALC", "2026-11-30".to_owned()));
        assert_eq!(answer(Event::PeriodEnded), ("DL-REQ", "2026-11-30".to_owned()));
        assert_eq!(answer(Event::Requested), ("DL-INT", "2026-11-30".to_owned()));
        assert_eq!(answer(Event::Interviewed), ("DL-OPN", "2026-11-30".to_owned()));
        assert_eq!(answer(Event::OpinionHeard), ("DL-MEAS", "2026-11-30".to_owned()));
        assert_eq!(answer(Event::InformationAsked), ("DL-INFO3", "2026-11-14".to_owned()));
        assert_eq!(answer(Event::NobodyOver), ("DL-NOTE-NONE", "2026-11-14".to_owned()));
    }
}
