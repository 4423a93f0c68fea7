//! Questions that several rules answer: on the facts they share they must agree, or `law check` names the two.
//!
//! A rule that is not listed asks a question of its own. Where one of two rules says that the facts are not its own
//! (`applies`), that it does not know, or that the day is outside, it does not contradict the other.

use serde_json::{Map, Value, json};

use super::facts::{Fact, FactKind};
use super::outcome::{Conclusion, Deadline, Outcome};
use super::rules::{self, Rule};
use super::{Law, check::Problem, interview};
use crate::domain::{Day, time};

/// A question, and the rules that answer it.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// The question, in Japanese.
    pub asks: &'static str,
    /// Ids of the rules.
    pub rules: &'static [&'static str],
}

/// Every question that more than one rule answers.
pub const QUESTIONS: &[Question] = &[
    Question { asks: "面接指導が要るか", rules: &interview::DUTY_RULES },
    Question { asks: "講じた措置を産業医へ伝えるか", rules: &["DL-MEAS", "INF-01"] },
    Question { asks: "氏名と時間を産業医へ伝えるか", rules: &["DL-NOTE-OHP", "INF-02"] },
    Question { asks: "産業医が求めた情報を渡すか", rules: &["DL-INFO3", "INF-03"] },
    Question { asks: "巡視を現地で行うか", rules: &["PAT-06", "R17"] },
];

/// How many combinations of facts are tried for two rules on one day.
const SAMPLES: usize = 96;

/// The question of a rule, where it shares one.
pub fn of(rule: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.rules.contains(&rule))
}

impl Law {
    /// The pairs of rules that answer one of these questions differently, each once.
    pub(super) fn disagreements(&self, questions: &[Question]) -> Vec<Problem> {
        let pairs = questions.iter().flat_map(|question| pairs(question.rules));
        pairs.filter_map(|(first, second)| self.disagreement(first, second)).collect()
    }

    fn disagreement(&self, first: &'static Rule, second: &'static Rule) -> Option<Problem> {
        let days = self.turning_days(first, second);
        let differs = |day: &&Day| {
            samples(self, first, second, **day).iter().any(|facts| self.differ(first, second, **day, facts))
        };
        let day = days.iter().find(differs)?;
        Some(Problem::Conflict { day: *day, first: first.id, second: second.id })
    }

    fn differ(&self, first: &Rule, second: &Rule, day: Day, facts: &Value) -> bool {
        let answer = |rule| self.assess(rule, day, facts).ok().as_ref().and_then(answer);
        matches!((answer(first), answer(second)), (Some(one), Some(other)) if one != other)
    }

    /// The first days of every version that one of the two reads, and the days before.
    fn turning_days(&self, first: &Rule, second: &Rule) -> Vec<Day> {
        let is_read = |id: &str| first.parameters.contains(&id) || second.parameters.contains(&id);
        let read = self.parameters().iter().filter(|parameter| is_read(&parameter.id));
        let starts = read.flat_map(|parameter| parameter.versions.iter().map(|version| version.from));
        let mut days: Vec<Day> = starts.flat_map(|day| [day.pred_opt().unwrap_or(day), day]).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// What a rule says, where it says something.
fn answer(outcome: &Outcome) -> Option<(Conclusion, Option<Deadline>)> {
    let is_silent = !outcome.applies || matches!(outcome.outcome, Conclusion::Unknown | Conclusion::Outside);
    (!is_silent).then_some((outcome.outcome, outcome.due))
}

fn pairs(ids: &[&str]) -> Vec<(&'static Rule, &'static Rule)> {
    let rules: Vec<&'static Rule> = ids.iter().filter_map(|id| rules::find(id)).collect();
    let later = |index: usize| rules.iter().skip(index + 1);
    rules.iter().enumerate().flat_map(|(index, first)| later(index).map(move |second| (*first, *second))).collect()
}

/// Facts that both rules declare, in many combinations; the same ones on every run.
fn samples(law: &Law, first: &Rule, second: &Rule, day: Day) -> Vec<Value> {
    let shared: Vec<&Fact> =
        first.facts.iter().filter(|fact| second.facts.iter().any(|other| other.name == fact.name)).collect();
    let limits = limits(law, first, second);
    let options: Vec<(&str, Vec<Value>)> =
        shared.iter().map(|fact| (fact.name, options(fact.kind, day, &limits))).collect();
    let all = options.iter().fold(1usize, |product, (_, values)| product.saturating_mul(values.len()));
    // A stride that shares no divisor with the small numbers of options walks through all of them evenly.
    (0..SAMPLES.min(all)).map(|index| combination(&options, index.wrapping_mul(7919) % all)).collect()
}

fn combination(options: &[(&str, Vec<Value>)], mut index: usize) -> Value {
    let mut facts = Map::new();
    for (name, values) in options {
        let value = values.get(index % values.len().max(1)).cloned().unwrap_or_default();
        index /= values.len().max(1);
        facts.insert((*name).to_owned(), value);
    }
    Value::Object(facts)
}

/// Every number that one of the two rules may read.
fn limits(law: &Law, first: &Rule, second: &Rule) -> Vec<i64> {
    let is_read = |id: &str| first.parameters.contains(&id) || second.parameters.contains(&id);
    let read = law.parameters().iter().filter(|parameter| is_read(&parameter.id));
    read.flat_map(|parameter| parameter.versions.iter().filter_map(|version| version.value)).collect()
}

/// Values on both sides of every limit, and absence.
fn options(kind: FactKind, day: Day, limits: &[i64]) -> Vec<Value> {
    let around = |scale: i64, step: i64| {
        let sides = limits
            .iter()
            .map(|limit| limit.saturating_mul(scale))
            .flat_map(|at| [json!(at), json!(at.saturating_add(step))]);
        sides.chain([json!(0), Value::Null]).collect()
    };
    match kind {
        FactKind::Flag => vec![json!(true), json!(false), Value::Null],
        FactKind::Count => around(1, 1),
        FactKind::Time => around(3600, 60),
        FactKind::Day => vec![json!(day), json!(time::after_months(day, 1).safe), Value::Null],
        FactKind::Days => vec![json!([]), json!([day]), Value::Null],
        FactKind::Choice(words) => words.iter().map(|word| json!(word)).chain([Value::Null]).collect(),
        FactKind::Choices(words) => words.iter().map(|word| json!([word])).chain([json!(words)]).collect(),
        FactKind::Months => vec![Value::Null],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_one_question_agree() {
        let law = Law::built_in().unwrap();
        assert_eq!(law.disagreements(QUESTIONS), Vec::new());
        for question in QUESTIONS {
            assert!(question.rules.iter().all(|id| rules::find(id).is_some()), "{}", question.asks);
        }
    }

    /// 専属 begins at fewer workers than two physicians: were they one question, the two would be named, and so would
    /// 申出 (may) and 算定 (must) of one 期日.
    #[test]
    fn two_rules_that_answer_differently_are_named() {
        let law = Law::built_in().unwrap();
        let wrong =
            [Question { asks: "", rules: &["APP-02", "APP-03"] }, Question { asks: "", rules: &["DL-REQ", "DL-CALC"] }];
        let problems = law.disagreements(&wrong);
        let named: Vec<_> = problems
            .iter()
            .map(|problem| match problem {
                Problem::Conflict { first, second, .. } => (*first, *second),
                _ => ("", ""),
            })
            .collect();
        assert_eq!(named, [("APP-02", "APP-03"), ("DL-REQ", "DL-CALC")]);
        let text = problems[0].to_string();
        assert!(text.contains("APP-02") && text.contains("APP-03") && text.contains("違う答え"), "{text}");
    }
}
