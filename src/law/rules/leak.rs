//! When health data leaked: the two reports to the 個人情報保護委員会 (records sheet, section 8, SEC-05).
//!
//! The day of knowing counts as day one in both: the program's policy, no text fixes it.

use super::{Rule, Topic};
use crate::domain::{Day, time};
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Deadline, Outcome};

const KNOWN: Fact = Fact::needed("known_on", FactKind::Day, "漏えい等を知った日");
const PEOPLE: Fact = Fact::needed("sensitive_people", FactKind::Count, "要配慮個人情報（健康情報など）を含む人数");
const ENCRYPTED: Fact =
    Fact::optional("encrypted", FactKind::Flag, "高度な暗号化などで守られていた。ないときは、守られていない");
const FIRST: &[Fact] = &[KNOWN, PEOPLE, ENCRYPTED];
const FINAL: &[Fact] =
    &[KNOWN, PEOPLE, ENCRYPTED, Fact::needed("malicious", FactKind::Flag, "不正の目的によるおそれがある")];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("SEC-05", "漏えいの速報", FIRST, &["leak.people", "leak.first.early.days", "leak.first.days"], first),
    rule("SEC-05F", "漏えいの確報", FINAL, &["leak.people", "leak.final.days", "leak.final.malicious.days"], last),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Disclosure, facts, parameters, evaluate }
}

/// Whether the leak is one that is reported.
fn reported(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<bool, Stop> {
    let least = inquiry.read("leak.people")?;
    let people = facts.count("sensitive_people").map(|people| people >= least).into();
    let encrypted = Condition::from(Some(facts.flag("encrypted") == Some(true)));
    let known = Condition::from(facts.day("known_on").map(|_| true));
    let conditions = [(people, "sensitive_people"), (encrypted.negated(), "encrypted"), (known, "known_on")];
    inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
    if encrypted == Condition::Yes {
        inquiry.because("高度な暗号化などで守られていたので、報告は要りません。");
    }
    Ok(inquiry.is(Conclusion::Required))
}

/// The day number `count`, where the day of knowing is the first.
fn counted(known: Day, count: i64) -> Day {
    time::after_days(known, u64::try_from(count.saturating_sub(1)).unwrap_or(0))
}

/// SEC-05: about three to five days.
fn first(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SEC-05", day, |inquiry| {
        let (early, late) = (inquiry.read("leak.first.early.days")?, inquiry.read("leak.first.days")?);
        if let (true, Some(known)) = (reported(inquiry, facts)?, facts.day("known_on")) {
            let due = Deadline { safe: counted(known, early), last: counted(known, late), soft: true };
            inquiry.because(format!("知った日を1日目と数えて、概ね {} から {} までに速報します。", due.safe, due.last));
            inquiry.due(due);
        }
        Ok(())
    })
}

/// SEC-05F: 30 days, or 60 where a wrongful purpose is likely.
fn last(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SEC-05F", day, |inquiry| {
        let (usual, longer) = (inquiry.read("leak.final.days")?, inquiry.read("leak.final.malicious.days")?);
        if !reported(inquiry, facts)? {
            return Ok(());
        }
        let (Some(malicious), Some(known)) = (facts.flag("malicious"), facts.day("known_on")) else {
            inquiry.lacks(&["malicious"]);
            return Ok(());
        };
        let due = Deadline::on(counted(known, if malicious { longer } else { usual }), false);
        inquiry.because(format!("知った日を1日目と数えて、{} までに確報し、本人にも知らせます。", due.last));
        inquiry.due(due);
        Ok(())
    })
}
