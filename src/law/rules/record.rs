//! The interview's record: its legal items (安衛則52条の4から52条の6).

use super::{Rule, Topic};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::Inquiry;
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

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "IV-RECORD",
    title: "面接指導の記録に足りない法定事項",
    topic: Topic::Record,
    facts: ITEMS,
    parameters: &["record.items"],
    evaluate: items,
}];

/// IV-RECORD: required while an item lacks; each missing item is a reason of its own.
fn items(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "IV-RECORD", day, |inquiry| {
        inquiry.read("record.items")?;
        inquiry.needs_all(facts, ITEMS, Conclusion::Required);
        Ok(())
    })
}
