//! The worked examples as the law screen shows them: the facts by their meaning, and what the law answers now.

use super::book::{Entry, Said, labelled, say};
use crate::law::cases::{self, Case};
use crate::law::outcome::Outcome;
use crate::law::{Law, rules};

/// Every example, in the order of its file.
pub(super) fn entries() -> Vec<Entry> {
    all().map(|(key, case)| Entry { key, title: format!("{}  {}", case.rule, case.name) }).collect()
}

/// The rule of an example.
pub(super) fn rule_of(key: &str) -> Option<&'static str> {
    find(key).and_then(|case| rules::find(&case.rule)).map(|rule| rule.id)
}

/// How many examples a rule has.
pub(super) fn count(rule: &str) -> usize {
    all().filter(|(_, case)| case.rule == rule).count()
}

/// An example with its facts and the answer of today's law.
pub(super) fn sheet(law: &Law, key: &str) -> Vec<Said> {
    let Some(case) = find(key) else { return Vec::new() };
    let title = rules::find(&case.rule).map_or("", |rule| rule.title);
    let mut said = vec![Said { is_bold: true, ..say("", &case.name) }, say("規則", &format!("{}  {title}", case.rule))];
    said.push(say("日", &format!("{} の定めによる", case.day)));
    said.push(Said::default());
    said.extend(labelled("事実", facts(case).into_iter()));
    said.push(Said::default());
    said.extend(case.answer(law).map(|outcome| answer(&outcome)).unwrap_or_default());
    let agrees =
        if case.differences(law).is_empty() { "例と合っています" } else { "例と合っていません" };
    said.push(say("照らし", agrees));
    said
}

fn facts(case: &Case) -> Vec<String> {
    let rule = rules::find(&case.rule);
    let meaning = |name: &str| {
        let fact = rule.and_then(|rule| rule.facts.iter().find(|fact| fact.name == name));
        fact.map_or_else(|| name.to_owned(), |fact| fact.meaning.to_owned())
    };
    case.facts.iter().map(|(name, value)| format!("{}: {value}", meaning(name))).collect()
}

fn answer(outcome: &Outcome) -> Vec<Said> {
    let mut said = vec![Said { is_bold: true, ..say("結論", outcome.outcome.label()) }];
    said.extend(outcome.due.map(|due| say("期限", &due.safe.to_string())));
    said.extend(labelled("理由", outcome.reasons.iter().map(|reason| reason.text.clone())));
    said
}

fn all() -> impl Iterator<Item = (String, &'static Case)> {
    let numbered = |(name, file): &'static (&'static str, cases::CaseFile)| {
        (1..).zip(&file.case).map(move |(number, case): (usize, _)| (format!("{name} {number}"), case))
    };
    cases::known().iter().flat_map(numbered)
}

fn find(key: &str) -> Option<&'static Case> {
    all().find(|(known, _)| known == key).map(|(_, case)| case)
}
