//! The interview's record: its legal items (安衛則52条の4から52条の6), and how long records are kept.

use super::{Rule, Topic};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Outcome};

const fn filled(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Flag, meaning)
}

const ITEMS: &[Fact] = &[
    filled("work_situation", "勤務の状況を確認した"),
    filled("fatigue", "疲労の蓄積の状況を記した"),
    filled("condition", "その他の心身の状況を記した"),
    filled("interviewed_on", "実施年月日を記した"),
    filled("worker_name", "労働者の氏名を記した"),
    filled("doctor_name", "医師の氏名を記した"),
    filled("opinion", "医師の意見を記した"),
];

/// Kinds of records with their parameter.
const KINDS: &[(&str, &str)] = &[
    ("interview", "retention.interview"),
    ("stress_interview", "retention.stress_interview"),
    ("working_hours", "retention.working_hours"),
    ("recommendation", "retention.recommendation"),
    ("committee", "retention.committee"),
    ("dispatch_ledger", "retention.dispatch_ledger"),
    ("labor_documents", "retention.labor_documents"),
    ("regional_center", "retention.regional_center"),
    ("request", "retention.request"),
    ("patrol", "retention.patrol"),
];
const KIND_NAMES: [&str; 10] = column(false);
const KIND_PARAMETERS: [&str; 10] = column(true);

const fn column(second: bool) -> [&'static str; 10] {
    let mut names = [""; 10];
    let mut index = 0;
    while index < names.len() {
        names[index] = if second { KINDS[index].1 } else { KINDS[index].0 };
        index += 1;
    }
    names
}

const KEEP_FACTS: &[Fact] = &[
    Fact::needed("record", FactKind::Choice(&KIND_NAMES), "記録の種類"),
    Fact::needed("made_on", FactKind::Day, "面接の日と、記録を作った日の遅い方"),
];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "IV-RECORD",
        title: "面接指導の記録に足りない法定事項",
        topic: Topic::Record,
        facts: ITEMS,
        parameters: &["record.items"],
        evaluate: items,
    },
    Rule {
        id: "RET-KEEP",
        title: "記録をいつまで保存するか",
        topic: Topic::Retention,
        facts: KEEP_FACTS,
        parameters: &KIND_PARAMETERS,
        evaluate: keep,
    },
];

/// IV-RECORD: required while an item lacks; each missing item is a reason of its own.
fn items(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "IV-RECORD", day, |inquiry| {
        inquiry.read("record.items")?;
        let states: Vec<_> = ITEMS.iter().map(|fact| (fact, Condition::from(facts.flag(fact.name)))).collect();
        for (fact, _) in states.iter().filter(|(_, state)| *state == Condition::No) {
            inquiry.because(format!("「{}」がまだです。", fact.meaning));
        }
        let conditions: Vec<_> = states.iter().map(|(fact, state)| (*state, fact.name)).collect();
        inquiry.decide(&conditions, Conclusion::NotRequired, Conclusion::Required);
        Ok(())
    })
}

/// RET-KEEP: kept through `due.last`; it may be deleted from the day after.
fn keep(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RET-KEEP", day, |inquiry| {
        let record = facts.choice("record");
        let kind = record.and_then(|record| KINDS.iter().find(|(name, _)| *name == record));
        let (Some((_, parameter)), Some(made)) = (kind, facts.day("made_on")) else {
            let open = [(kind.is_none(), "record"), (facts.day("made_on").is_none(), "made_on")];
            inquiry.lacks(&open.into_iter().filter(|(is_open, _)| *is_open).map(|(_, name)| name).collect::<Vec<_>>());
            return Ok(());
        };
        let due = inquiry.due_after(made, parameter)?;
        inquiry.because(format!("{} まで保存します。複数の定めがあるときは長い方によります。", due.last));
        inquiry.conclude(Conclusion::Required);
        Ok(())
    })
}
