//! The one list of rules: what `law list`, `law assess`, the check and the case files walk.
//!
//! A rule is a pure function of law, day and facts. Its typed form is what the program calls; the
//! entry here adapts facts by name. To add a rule: its function, its entry, its cases.

pub mod checkup;
pub mod committee;
pub mod deadline;
pub mod disclosure;
pub mod information;
pub mod interview;
pub mod interview_terms;
pub mod leak;
pub mod online;
pub mod overtime;
pub mod patrol;
pub mod patrol_terms;
pub mod physician;
pub mod record;
pub mod remote;
pub mod retention;
pub mod service;
mod shapes;
pub mod stress;

use serde::Serialize;

use super::Law;
use super::facts::{Fact, Facts};
use super::inquiry::Inquiry;
use super::outcome::{Conclusion, Outcome};
use crate::domain::Day;
use crate::labelled;

labelled! {
    /// What a rule is about; the law screen browses by it.
    Topic {
        Overtime = "時間外・休日労働時間",
        Interview = "面接指導の対象",
        Deadline = "通知と期限",
        Record = "記録と判定",
        Online = "オンラインの面接指導",
        Patrol = "定期巡視",
        Retention = "保存",
        Stress = "ストレスチェック",
        Checkup = "健康診断",
        SpecialCheckup = "特殊健康診断",
        Committee = "衛生委員会",
        Physician = "産業医の選任と職務",
        Information = "産業医への情報",
        Disclosure = "健康情報の扱い",
        Remote = "遠隔の職務",
        Service = "地域産業保健",
    }
}

/// A rule of the law, or of a circular, or of the program where it says so.
#[derive(Clone, Copy, Serialize)]
pub struct Rule {
    /// Id of the fact sheets.
    pub id: &'static str,
    /// Japanese title.
    pub title: &'static str,
    /// Topic.
    pub topic: Topic,
    /// The facts it asks for.
    pub facts: &'static [Fact],
    /// The parameters it reads.
    pub parameters: &'static [&'static str],
    /// The rule itself.
    #[serde(skip)]
    pub evaluate: fn(&Law, Day, &Facts) -> Outcome,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Every rule, by topic.
pub const RULES: &[&[Rule]] = &[
    overtime::RULES,
    interview::RULES,
    interview_terms::RULES,
    deadline::RULES,
    record::RULES,
    retention::RULES,
    online::RULES,
    patrol::RULES,
    patrol_terms::RULES,
    committee::RULES,
    physician::RULES,
    information::RULES,
    disclosure::RULES,
    leak::RULES,
    remote::RULES,
    service::RULES,
    stress::duty::RULES,
    stress::privacy::RULES,
    stress::interview::RULES,
    stress::deadline::RULES,
    checkup::due::RULES,
    checkup::reuse::RULES,
    checkup::items::RULES,
    checkup::omission::RULES,
    checkup::opinion::RULES,
    checkup::report::RULES,
    checkup::special::RULES,
    checkup::pneumoconiosis::RULES,
];

/// A rule whose facts must all hold: says its sentence, names each fact that does not hold, and then asks `owed`.
pub(crate) fn checklist(
    law: &Law,
    id: &'static str,
    day: Day,
    facts: &Facts,
    owed: Conclusion,
    sentence: &str,
) -> Outcome {
    Inquiry::run(law, id, day, |inquiry| {
        let (needed, parameters) = find(id).map(|rule| (rule.facts, rule.parameters)).unwrap_or_default();
        for parameter in parameters {
            inquiry.read(parameter)?;
        }
        inquiry.because(sentence);
        inquiry.needs_all(facts, needed, owed);
        Ok(())
    })
}

/// Every rule in order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|rules| rules.iter())
}

/// The rule of that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
