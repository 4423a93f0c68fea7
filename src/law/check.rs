//! `law check`: what is wrong with the encoded law as a whole, beyond what the loader refuses.

use super::cases;
use super::interview::{Excess, InterviewFacts, speaking};
use super::overtime::Overtime;
use super::param::{Parameter, ParameterError, Status};
use super::questions::QUESTIONS;
use super::rules::{self, Rule};
use super::{Law, OVERTIME_PARAMETERS};
use crate::domain::Day;

/// Something wrong with the encoded law.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Two rules of the same id.
    #[error("規則 {0} が二つあります。どちらかの番号を直してください。")]
    DuplicateRule(&'static str),
    /// A rule reads a parameter that does not exist.
    #[error("規則 {rule} が読む {parameter} がありません。params の名前を確かめてください。")]
    MissingParameter {
        /// The rule.
        rule: &'static str,
        /// What it wants to read.
        parameter: &'static str,
    },
    /// A parameter that no rule reads.
    #[error("{0} を読む規則がありません。規則に加えるか、params から外してください。")]
    UnreadParameter(String),
    /// Two rules answer the same question differently.
    #[error("{day} の同じ事実に、{first} と {second} が違う答えを出します。条件を直してください。")]
    Conflict {
        /// The day.
        day: Day,
        /// One rule.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// The physician's additions were refused.
    #[error("{0}利用者の追補は使わず、組み込みの法令データだけで判定しています。")]
    Addition(ParameterError),
    /// A worked example is answered differently.
    #[error("{file} の例「{name}」（{rule}）と答えが違います。params か例を直してください。")]
    Example {
        /// The file.
        file: &'static str,
        /// What the example shows.
        name: String,
        /// The rule.
        rule: String,
    },
    /// No rule answers although the facts are complete.
    #[error("{day} の面接指導の問いに、どの規則も答えません。条件を直してください。")]
    Silence {
        /// The day.
        day: Day,
    },
}

fn read_by<'a>(law: &'a Law, rule: &Rule) -> impl Iterator<Item = &'a Parameter> {
    let ids = rule.parameters;
    law.parameters().iter().filter(|parameter| ids.contains(&parameter.id.as_str()))
}

/// Whether a change is announced for something a rule reads; it is listed and not applied.
pub fn is_announced(law: &Law, rule: &Rule) -> bool {
    read_by(law, rule).any(|parameter| !parameter.announced.is_empty())
}

/// Whether some version a rule reads was not verified.
pub fn is_unverified(law: &Law, rule: &Rule) -> bool {
    read_by(law, rule).flat_map(|parameter| &parameter.versions).any(|version| version.status != Status::Verified)
}

/// Whether some version a rule reads was added by the physician.
pub fn is_added(law: &Law, rule: &Rule) -> bool {
    read_by(law, rule).flat_map(|parameter| &parameter.versions).any(|version| version.status == Status::Added)
}

impl Law {
    /// Every problem of the encoded law; empty when it is whole.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = duplicates();
        problems.extend(self.refused_additions().cloned().map(Problem::Addition));
        problems.extend(self.dangling());
        problems.extend(self.unread());
        problems.extend(self.conflicts());
        problems.extend(self.disagreements(QUESTIONS));
        problems.extend(self.contradicted());
        problems
    }

    /// The worked examples that are answered differently.
    fn contradicted(&self) -> Vec<Problem> {
        let cases = cases::known().iter().flat_map(|(file, cases)| cases.case.iter().map(move |case| (*file, case)));
        let wrong = cases.filter(|(_, case)| !case.differences(self).is_empty());
        let problem = |(file, case): (&'static str, &'static cases::Case)| Problem::Example {
            file,
            name: case.name.clone(),
            rule: case.rule.clone(),
        };
        wrong.map(problem).collect()
    }

    fn dangling(&self) -> Vec<Problem> {
        let known = |id: &str| self.parameters().iter().any(|parameter| parameter.id == id);
        let reads = rules::all().flat_map(|rule| rule.parameters.iter().map(|parameter| (rule.id, *parameter)));
        reads
            .filter(|(_, parameter)| !known(parameter))
            .map(|(rule, parameter)| Problem::MissingParameter { rule, parameter })
            .collect()
    }

    fn unread(&self) -> Vec<Problem> {
        let is_read =
            |id: &str| OVERTIME_PARAMETERS.contains(&id) || rules::all().any(|rule| rule.parameters.contains(&id));
        let unread = self.parameters().iter().filter(|parameter| !is_read(&parameter.id));
        unread.map(|parameter| Problem::UnreadParameter(parameter.id.clone())).collect()
    }

    /// Asks the question of the interview for every class, side of every limit, and version of the law.
    fn conflicts(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for day in self.days_of_change() {
            for facts in self.samples(day) {
                problems.extend(self.conflict(&facts));
            }
        }
        problems.dedup();
        problems
    }

    fn conflict(&self, facts: &InterviewFacts) -> Option<Problem> {
        let answers = speaking(self, facts);
        let Some(first) = answers.first() else { return Some(Problem::Silence { day: facts.day }) };
        let other = answers.iter().find(|answer| answer.outcome != first.outcome)?;
        Some(Problem::Conflict { day: facts.day, first: first.rule, second: other.rule })
    }

    fn days_of_change(&self) -> Vec<Day> {
        let interview = self.parameters().iter().filter(|parameter| parameter.id.starts_with("interview."));
        let mut days: Vec<Day> =
            interview.flat_map(|parameter| parameter.versions.iter().map(|version| version.from)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn samples(&self, day: Day) -> Vec<InterviewFacts> {
        let limits = self.parameters().iter().filter(|parameter| parameter.id.ends_with(".hours"));
        let values = limits.flat_map(|parameter| parameter.versions.iter().filter_map(|version| version.value));
        let around = values.flat_map(|hours| [Overtime::hours(hours), Overtime(Overtime::hours(hours).0 + 1)]);
        around.flat_map(|overtime| classes(day, overtime)).collect()
    }
}

fn classes(day: Day, overtime: Overtime) -> Vec<InterviewFacts> {
    let hours = Excess { low: overtime, high: overtime };
    let bits = |n: u8| (n & 1 != 0, n & 2 != 0, n & 4 != 0, n & 8 != 0);
    let facts = |n: u8| {
        let (research, article41, highly_professional, requested) = bits(n);
        InterviewFacts {
            research: Some(research),
            article41: Some(article41),
            highly_professional: Some(highly_professional),
            requested: Some(requested),
            health_management: Some(hours),
            ..InterviewFacts::general(day, hours)
        }
    };
    (0..16).map(facts).collect()
}

fn duplicates() -> Vec<Problem> {
    let ids: Vec<&'static str> = rules::all().map(|rule| rule.id).collect();
    let again = ids.iter().enumerate().filter(|(index, id)| ids.iter().take(*index).any(|before| before == *id));
    again.map(|(_, id)| Problem::DuplicateRule(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_law_is_whole() {
        assert_eq!(Law::built_in().unwrap().check(), Vec::new());
    }

    #[test]
    fn a_parameter_nobody_reads_is_named() {
        let extra = "[[parameter]]\nid = \"x.y\"\nmeaning = \"\"\nunit = \"days\"\n[[parameter.version]]\nin_force_from = \"2020-01-01\"\nvalue = 1\nlaw = \"a\"\narticle = \"b\"\nchecked_on = \"2026-01-01\"\nrevision = \"\"\nstatus = \"memory\"\n";
        let mut files = super::super::PARAMETER_FILES.to_vec();
        files.push(("extra.toml", extra));
        let law = Law::from_sources(&files).unwrap();
        assert_eq!(law.check(), vec![Problem::UnreadParameter("x.y".to_owned())]);
    }
}
