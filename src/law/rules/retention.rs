//! How long records are kept: each class by its own article, and of several the longest (overtime sheet, section 9;
//! records sheet, sections 1.5 and 10).
//!
//! The articles name years and not the first day: it is the later of the event and the making of the record. The
//! records of asbestos run from the end of the engagement (石綿則35条・41条).

use super::{Rule, Topic};
use crate::domain::{Day, time};
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Inquiry, Stop};
use crate::law::outcome::{Conclusion, Deadline, Outcome};

/// The first day of the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// The day of the event or of the record, the later one.
    Made,
    /// The day on which the worker is no longer constantly engaged in the work.
    EngagementEnd,
}

/// Kinds of records with their parameter and their start.
const KINDS: [(&str, &str, Start); 28] = [
    ("interview", "retention.interview", Start::Made),
    ("stress_interview", "retention.stress_interview", Start::Made),
    ("working_hours", "retention.working_hours", Start::Made),
    ("recommendation", "retention.recommendation", Start::Made),
    ("committee", "retention.committee", Start::Made),
    ("dispatch_ledger", "retention.dispatch_ledger", Start::Made),
    ("labor_documents", "retention.labor_documents", Start::Made),
    ("regional_center", "retention.regional_center", Start::Made),
    ("request", "retention.request", Start::Made),
    ("patrol", "retention.patrol", Start::Made),
    ("checkup", "retention.checkup", Start::Made),
    ("organic_solvent", "retention.organic_solvent", Start::Made),
    ("lead", "retention.lead", Start::Made),
    ("tetraalkyl_lead", "retention.tetraalkyl_lead", Start::Made),
    ("chemicals", "retention.chemicals", Start::Made),
    ("controlled_chemicals", "retention.controlled_chemicals", Start::Made),
    ("high_pressure", "retention.high_pressure", Start::Made),
    ("radiation", "retention.radiation", Start::Made),
    ("decontamination", "retention.decontamination", Start::Made),
    ("asbestos", "retention.asbestos", Start::EngagementEnd),
    ("asbestos_work", "retention.asbestos_work", Start::EngagementEnd),
    ("pneumoconiosis", "retention.pneumoconiosis", Start::Made),
    ("pneumoconiosis_notice", "retention.pneumoconiosis_notice", Start::Made),
    ("chemical_risk", "retention.chemical_risk", Start::Made),
    ("chemical_risk_carcinogen", "retention.chemical_risk_carcinogen", Start::Made),
    ("chemical_measures", "retention.chemical_measures", Start::Made),
    ("chemical_measures_carcinogen", "retention.chemical_measures_carcinogen", Start::Made),
    ("stress_result", "retention.stress_result", Start::Made),
];
const KIND_NAMES: [&str; 28] = column(false);
const KIND_PARAMETERS: [&str; 28] = column(true);

const fn column(second: bool) -> [&'static str; 28] {
    let mut names = [""; 28];
    let mut index = 0;
    while index < names.len() {
        names[index] = if second { KINDS[index].1 } else { KINDS[index].0 };
        index += 1;
    }
    names
}

/// The records that a body designated by the minister may take over, each with its parameter.
const HANDED: [(&str, &str); 2] =
    [("radiation", "retention.radiation.handover"), ("decontamination", "retention.decontamination.handover")];
const HANDED_NAMES: [&str; 2] = [HANDED[0].0, HANDED[1].0];
const HANDED_PARAMETERS: [&str; 2] = [HANDED[0].1, HANDED[1].1];

const MADE: Fact = Fact::needed("made_on", FactKind::Day, "健診や面接の日と、記録を作った日の遅い方");
const ENDED: Fact = Fact::optional(
    "engagement_ended_on",
    FactKind::Day,
    "石綿の作業に常時従事しなくなった日（石綿の記録だけが読む）。ないときは、まだ従事している",
);
const KEEP_FACTS: &[Fact] = &[
    Fact::needed("record", FactKind::Choice(&KIND_NAMES), "記録の種類（意味は retention. のパラメータ）"),
    MADE,
    ENDED,
];
const LONGEST_FACTS: &[Fact] =
    &[Fact::needed("records", FactKind::Choices(&KIND_NAMES), "一つの紙や綴りが兼ねる記録の種類のすべて"), MADE, ENDED];
const HANDOVER_FACTS: &[Fact] = &[
    Fact::needed("record", FactKind::Choice(&HANDED_NAMES), "記録の種類"),
    MADE,
    Fact::optional("left_on", FactKind::Day, "離職の日（除染の記録だけが読む）。ないときは、在職している"),
];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("RET-KEEP", "記録をいつまで保存するか", KEEP_FACTS, &KIND_PARAMETERS, keep),
    rule("RET-LONGEST", "いくつもの記録を兼ねるものをいつまで保存するか", LONGEST_FACTS, &KIND_PARAMETERS, longest),
    rule("RET-HAND", "指定機関へ引き渡せるか（電離放射線、除染）", HANDOVER_FACTS, &HANDED_PARAMETERS, handover),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Retention, facts, parameters, evaluate }
}

/// RET-KEEP: kept through `due.last`; it may be deleted from the day after.
fn keep(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RET-KEEP", day, |inquiry| {
        let (Some(record), Some(made)) = (facts.choice("record"), facts.day("made_on")) else {
            inquiry.lacks_open(&[
                (facts.choice("record").is_none(), "record"),
                (facts.day("made_on").is_none(), "made_on"),
            ]);
            return Ok(());
        };
        inquiry.conclude(Conclusion::Required);
        match until(inquiry, record, made, facts)? {
            Some(due) => {
                inquiry.because(format!("{} まで保存します。複数の定めがあるときは長い方によります。", due.last))
            }
            None => inquiry.because(ENGAGED),
        }
        Ok(())
    })
}

const ENGAGED: &str = "常時の従事が終わった日から数えます。従事しているあいだは保存します。";

/// The last day of one class; none while its years have not begun to run.
fn until(inquiry: &mut Inquiry<'_>, record: &str, made: Day, facts: &Facts) -> Result<Option<Deadline>, Stop> {
    let Some((_, parameter, start)) = KINDS.iter().find(|(name, ..)| *name == record) else { return Ok(None) };
    let from = match start {
        Start::Made => Some(made),
        Start::EngagementEnd => facts.day("engagement_ended_on"),
    };
    match from {
        Some(from) => inquiry.due_after(from, parameter).map(Some),
        None => inquiry.read(parameter).map(|_| None),
    }
}

/// RET-LONGEST: nothing is deleted while a longer class covers the same sheet.
fn longest(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RET-LONGEST", day, |inquiry| {
        let records = facts.choices("records").filter(|records| !records.is_empty());
        let (Some(records), Some(made)) = (records, facts.day("made_on")) else {
            inquiry.lacks_open(&[(records.is_none(), "records"), (facts.day("made_on").is_none(), "made_on")]);
            return Ok(());
        };
        let mut ends = Vec::new();
        for record in records {
            ends.push((until(inquiry, record, made, facts)?, *record));
        }
        inquiry.conclude(Conclusion::Required);
        keep_longest(inquiry, &ends);
        Ok(())
    })
}

/// A class whose years have not begun outlasts every day; else the latest day holds.
fn keep_longest(inquiry: &mut Inquiry<'_>, ends: &[(Option<Deadline>, &'static str)]) {
    let latest = ends.iter().max_by_key(|(due, _)| due.map_or((1, None), |due| (0, Some(due.last))));
    match latest {
        Some((Some(due), record)) => {
            inquiry.because(format!(
                "いちばん長いのは「{}」で、{} まで保存します。",
                meaning(inquiry, record),
                due.last
            ));
            inquiry.due(*due);
        }
        Some((None, record)) => {
            inquiry.because(format!("「{}」の年数はまだ始まっていません。{ENGAGED}", meaning(inquiry, record)));
            inquiry.without_due();
        }
        None => {}
    }
}

fn meaning(inquiry: &Inquiry<'_>, record: &str) -> String {
    let id = KINDS.iter().find(|(name, ..)| *name == record).map_or("", |(_, parameter, _)| parameter);
    let parameter = inquiry.law.parameters().iter().find(|parameter| parameter.id == id);
    parameter.map_or_else(|| record.to_owned(), |parameter| parameter.meaning.clone())
}

/// RET-HAND: kept for some years (or, 除染, after the worker left), then the designated body may take them over.
fn handover(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RET-HAND", day, |inquiry| {
        let record = facts.choice("record").and_then(|record| HANDED.iter().find(|(name, _)| *name == record));
        let (Some((name, parameter)), Some(made)) = (record, facts.day("made_on")) else {
            inquiry.lacks_open(&[(record.is_none(), "record"), (facts.day("made_on").is_none(), "made_on")]);
            return Ok(());
        };
        let months = u32::try_from(inquiry.read(parameter)?.saturating_mul(12)).unwrap_or(u32::MAX);
        let kept = time::after_months(made, months).last;
        let has_left = *name == "decontamination" && facts.day("left_on").is_some_and(|left| left < day);
        inquiry.because(format!("{kept} まで保存した後は、大臣が指定する機関へ引き渡せます。"));
        inquiry.conclude(if day > kept || has_left { Conclusion::Allowed } else { Conclusion::NotRequired });
        Ok(())
    })
}
