//! Runs `tests/law/*.toml`: cases that a person of the law can read and write.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::param::Unit;
use super::{Conclusion, Law, Outcome, rules};
use crate::domain::Day;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    topic: String,
    source: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    rule: String,
    day: Day,
    #[serde(default)]
    facts: toml::Table,
    outcome: Conclusion,
    #[serde(default)]
    missing: Vec<String>,
    due: Option<Day>,
    last: Option<Day>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    numbers: toml::Table,
    cites: Option<String>,
}

fn files() -> Vec<(String, CaseFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().filter(|path| is_cases(path)).map(|path| read(&path)).collect()
}

/// The other tables beside the cases: the ids of the sheets, and the numbers no case can feel.
fn is_cases(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|end| end == "toml") && !name.starts_with("ids") && name != "unread"
}

fn read(path: &Path) -> (String, CaseFile) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let file: CaseFile =
        toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(
        !file.case.is_empty() && !file.topic.is_empty() && !file.source.is_empty(),
        "{name} has no cases, topic or source"
    );
    (name, file)
}

/// What a case says differs from what the law answers; empty when they agree.
fn differences(case: &Case, outcome: &Outcome) -> Vec<String> {
    let text: String = outcome.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let due = outcome.due.map(|due| due.safe);
    let last = case.last.is_some().then(|| outcome.due.map(|due| due.last)).flatten();
    let mut found = Vec::new();
    let mut differs = |what: &str, wanted: String, is: String| {
        if wanted != is {
            found.push(format!("{what}: wanted {wanted}, is {is}"));
        }
    };
    differs("outcome", format!("{:?}", case.outcome), format!("{:?}", outcome.outcome));
    differs("missing", format!("{:?}", case.missing), format!("{:?}", outcome.missing));
    differs("due", format!("{:?}", case.due), format!("{due:?}"));
    differs("last", format!("{:?}", case.last), format!("{last:?}"));
    for said in &case.says {
        differs("says", said.clone(), if text.contains(said) { said.clone() } else { text.clone() });
    }
    for (name, wanted) in &case.numbers {
        let is = outcome.reasons.iter().find_map(|reason| reason.numbers.get(name));
        differs(name, wanted.to_string(), is.map(ToString::to_string).unwrap_or_default());
    }
    if let Some(article) = &case.cites {
        let all: Vec<String> = outcome.citations.iter().map(|citation| citation.article.clone()).collect();
        differs("cites", article.clone(), if all.contains(article) { article.clone() } else { all.join(" | ") });
    }
    found
}

fn failures(law: &Law, files: &[(String, CaseFile)]) -> Vec<String> {
    let mut failed = Vec::new();
    for (file, case) in files.iter().flat_map(|(name, file)| file.case.iter().map(move |case| (name, case))) {
        let rule = rules::find(&case.rule).unwrap_or_else(|| panic!("{file}: no rule {}", case.rule));
        let facts = serde_json::to_value(&case.facts).unwrap_or(Value::Null);
        let outcome =
            law.assess(rule, case.day, &facts).unwrap_or_else(|error| panic!("{file}, {}: {error}", case.name));
        let found = differences(case, &outcome);
        if !found.is_empty() {
            failed.push(format!("{file}: {} ({}): {}", case.name, case.rule, found.join("; ")));
        }
    }
    failed
}

#[test]
fn every_case_agrees_with_the_law() {
    let failed = failures(&Law::built_in().unwrap(), &files());
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let files = files();
    let tried: BTreeSet<&str> = files.iter().flat_map(|(_, file)| &file.case).map(|case| case.rule.as_str()).collect();
    let untried: Vec<&str> = rules::all().map(|rule| rule.id).filter(|id| !tried.contains(id)).collect();
    assert_eq!(untried, Vec::<&str>::new());
}

/// Numbers that may change by one without a case that fails, each with its reason.
const UNFELT: &[(&str, &str)] = &[];

/// Changes every value of every version by one: some case must notice, or the number is untested.
#[test]
fn every_number_is_felt_by_a_case() {
    let files = files();
    let law = Law::built_in().unwrap();
    let numbers = law
        .parameters()
        .iter()
        .flat_map(|parameter| (0..parameter.versions.len()).map(move |index| (parameter, index)));
    let values = numbers
        .filter(|(parameter, index)| parameter.unit != Unit::Provision && parameter.versions[*index].value.is_some());
    let unfelt: Vec<String> = values
        .filter(|(parameter, index)| failures(&law.with_value_changed(&parameter.id, *index), &files).is_empty())
        .map(|(parameter, index)| format!("{} from {}", parameter.id, parameter.versions[index].from))
        .filter(|number| !UNFELT.iter().any(|(known, _)| known == number))
        .collect();
    assert_eq!(unfelt, Vec::<String>::new());
}
