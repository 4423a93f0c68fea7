//! The worked examples of the law (`tests/law/*.toml`): a person of the law reads and writes them, the tests run them,
//! and the law screen shows them with the answer that the law gives now.

use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

use super::{Conclusion, Law, Outcome, rules};
use crate::domain::Day;

/// Every file of examples, by its name.
pub(super) const FILES: &[(&str, &str)] = &[
    ("checkup-due.toml", include_str!("../../tests/law/checkup-due.toml")),
    ("checkup-dust.toml", include_str!("../../tests/law/checkup-dust.toml")),
    ("checkup-items.toml", include_str!("../../tests/law/checkup-items.toml")),
    ("checkup-omission.toml", include_str!("../../tests/law/checkup-omission.toml")),
    ("checkup-opinion.toml", include_str!("../../tests/law/checkup-opinion.toml")),
    ("checkup-relaxation.toml", include_str!("../../tests/law/checkup-relaxation.toml")),
    ("checkup-replacement.toml", include_str!("../../tests/law/checkup-replacement.toml")),
    ("checkup-report.toml", include_str!("../../tests/law/checkup-report.toml")),
    ("checkup-reuse.toml", include_str!("../../tests/law/checkup-reuse.toml")),
    ("checkup-special.toml", include_str!("../../tests/law/checkup-special.toml")),
    ("committee.toml", include_str!("../../tests/law/committee.toml")),
    ("deadlines.toml", include_str!("../../tests/law/deadlines.toml")),
    ("disclosure.toml", include_str!("../../tests/law/disclosure.toml")),
    ("information.toml", include_str!("../../tests/law/information.toml")),
    ("interview-old-law.toml", include_str!("../../tests/law/interview-old-law.toml")),
    ("interview-terms.toml", include_str!("../../tests/law/interview-terms.toml")),
    ("interview.toml", include_str!("../../tests/law/interview.toml")),
    ("online.toml", include_str!("../../tests/law/online.toml")),
    ("overtime-means.toml", include_str!("../../tests/law/overtime-means.toml")),
    ("overtime.toml", include_str!("../../tests/law/overtime.toml")),
    ("patrol-terms.toml", include_str!("../../tests/law/patrol-terms.toml")),
    ("patrol.toml", include_str!("../../tests/law/patrol.toml")),
    ("physician.toml", include_str!("../../tests/law/physician.toml")),
    ("records.toml", include_str!("../../tests/law/records.toml")),
    ("remote.toml", include_str!("../../tests/law/remote.toml")),
    ("retention.toml", include_str!("../../tests/law/retention.toml")),
    ("service.toml", include_str!("../../tests/law/service.toml")),
    ("stress-deadline.toml", include_str!("../../tests/law/stress-deadline.toml")),
    ("stress-duty.toml", include_str!("../../tests/law/stress-duty.toml")),
    ("stress-interview.toml", include_str!("../../tests/law/stress-interview.toml")),
    ("stress-privacy.toml", include_str!("../../tests/law/stress-privacy.toml")),
];

/// The examples of one topic.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What they are about.
    pub topic: String,
    /// Where they come from.
    pub source: String,
    /// The examples.
    pub case: Vec<Case>,
}

/// One example: facts on a day, and what the law answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// The rule that answers.
    pub rule: String,
    /// The day whose law holds.
    pub day: Day,
    /// The facts, by name.
    #[serde(default)]
    pub facts: toml::Table,
    /// The answer.
    pub outcome: Conclusion,
    /// The facts that are missing.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The day by which, in time under every way of counting.
    pub due: Option<Day>,
    /// The day after which it is late under every way of counting.
    pub last: Option<Day>,
    /// What the reasons say.
    #[serde(default)]
    pub says: Vec<String>,
    /// Numbers that the reasons carry.
    #[serde(default)]
    pub numbers: toml::Table,
    /// An article that is cited.
    pub cites: Option<String>,
}

/// Reads every example.
///
/// # Errors
/// The file that cannot be read, and where.
pub fn files() -> Result<Vec<(&'static str, CaseFile)>, String> {
    let read = |(name, text): &(&'static str, &str)| match toml::from_str::<CaseFile>(text) {
        Ok(file) => Ok((*name, file)),
        Err(error) => Err(format!("{name}: {error}")),
    };
    FILES.iter().map(read).collect()
}

/// Every example, read once; that all of them can be read is what the tests see to.
pub fn known() -> &'static [(&'static str, CaseFile)] {
    static KNOWN: OnceLock<Vec<(&'static str, CaseFile)>> = OnceLock::new();
    KNOWN.get_or_init(|| files().unwrap_or_default())
}

impl Case {
    /// What the law answers now.
    ///
    /// # Errors
    /// No such rule, or facts that the rule does not know.
    pub fn answer(&self, law: &Law) -> Result<Outcome, String> {
        let rule = rules::find(&self.rule).ok_or_else(|| format!("no rule {}", self.rule))?;
        let facts = serde_json::to_value(&self.facts).unwrap_or(Value::Null);
        law.assess(rule, self.day, &facts).map_err(|error| error.to_string())
    }

    /// In what the example differs from what the law answers now; empty when they agree.
    pub fn differences(&self, law: &Law) -> Vec<String> {
        self.answer(law).map_or_else(|error| vec![error], |outcome| self.compared(&outcome))
    }

    fn compared(&self, outcome: &Outcome) -> Vec<String> {
        let text: String = outcome.reasons.iter().map(|reason| reason.text.as_str()).collect();
        let due = outcome.due.map(|due| due.safe);
        let last = self.last.is_some().then(|| outcome.due.map(|due| due.last)).flatten();
        let mut found = Vec::new();
        let mut differs = |what: &str, wanted: String, is: String| {
            if wanted != is {
                found.push(format!("{what}: wanted {wanted}, is {is}"));
            }
        };
        differs("outcome", format!("{:?}", self.outcome), format!("{:?}", outcome.outcome));
        differs("missing", format!("{:?}", self.missing), format!("{:?}", outcome.missing));
        differs("due", format!("{:?}", self.due), format!("{due:?}"));
        differs("last", format!("{:?}", self.last), format!("{last:?}"));
        for said in &self.says {
            differs("says", said.clone(), if text.contains(said) { said.clone() } else { text.clone() });
        }
        for (name, wanted) in &self.numbers {
            let is = outcome.reasons.iter().find_map(|reason| reason.numbers.get(name));
            differs(name, wanted.to_string(), is.map(ToString::to_string).unwrap_or_default());
        }
        if let Some(article) = &self.cites {
            let all: Vec<String> = outcome.citations.iter().map(|citation| citation.article.clone()).collect();
            differs("cites", article.clone(), if all.contains(article) { article.clone() } else { all.join(" | ") });
        }
        found
    }
}
