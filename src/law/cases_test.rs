//! Runs `tests/law/*.toml`: cases that a person of the law can read and write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::{Conclusion, Law, Outcome, reads_test, rules};
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

/// What differs in one case; none when it agrees.
fn failure(law: &Law, file: &str, case: &Case) -> Option<String> {
    let rule = rules::find(&case.rule).unwrap_or_else(|| panic!("{file}: no rule {}", case.rule));
    let facts = serde_json::to_value(&case.facts).unwrap_or(Value::Null);
    let outcome = law.assess(rule, case.day, &facts).unwrap_or_else(|error| panic!("{file}, {}: {error}", case.name));
    let found = differences(case, &outcome);
    (!found.is_empty()).then(|| format!("{file}: {} ({}): {}", case.name, case.rule, found.join("; ")))
}

fn cases(files: &[(String, CaseFile)]) -> Vec<(&str, &Case)> {
    files.iter().flat_map(|(name, file)| file.case.iter().map(|case| (name.as_str(), case))).collect()
}

#[test]
fn every_case_agrees_with_the_law() {
    let (law, files) = (Law::built_in().unwrap(), files());
    let failed: Vec<String> = cases(&files).iter().filter_map(|(file, case)| failure(&law, file, case)).collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let files = files();
    let tried: BTreeSet<&str> = files.iter().flat_map(|(_, file)| &file.case).map(|case| case.rule.as_str()).collect();
    let untried: Vec<&str> = rules::all().map(|rule| rule.id).filter(|id| !tried.contains(id)).collect();
    assert_eq!(untried, Vec::<&str>::new());
}

/// A number of the law that no case can feel, with the reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unread {
    parameter: String,
    from: Day,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnreadFile {
    number: Vec<Unread>,
}

fn unread() -> Vec<(String, Day)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law/unread.toml");
    let file: UnreadFile = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(file.number.iter().all(|number| !number.reason.trim().is_empty()));
    file.number.into_iter().map(|number| (number.parameter, number.from)).collect()
}

/// The cases that read each version of each parameter.
fn readers<'a>(law: &Law, cases: &[(&'a str, &'a Case)]) -> BTreeMap<(String, Day), Vec<(&'a str, &'a Case)>> {
    let mut readers: BTreeMap<(String, Day), Vec<(&str, &Case)>> = BTreeMap::new();
    for (file, case) in cases {
        let (_, read) = reads_test::recorded(|| failure(law, file, case));
        read.into_iter().for_each(|number| readers.entry(number).or_default().push((file, case)));
    }
    readers
}

/// One more and one less than each number of each version, and each provision repealed: a case that reads it must notice.
#[test]
fn every_number_is_felt_by_a_case() {
    let (law, files) = (Law::built_in().unwrap(), files());
    let readers = readers(&law, &cases(&files));
    let mut unfelt: Vec<(String, Day)> = Vec::new();
    for parameter in law.parameters() {
        for (index, version) in parameter.versions.iter().enumerate().filter(|(_, version)| version.value.is_some()) {
            let number = (parameter.id.clone(), version.from);
            let cases = readers.get(&number).map_or(&[][..], Vec::as_slice);
            let is_felt = |step| {
                let changed = law.with_value_changed(&parameter.id, index, step);
                cases.iter().any(|(file, case)| failure(&changed, file, case).is_some())
            };
            if !is_felt(1) || !is_felt(-1) {
                unfelt.push(number);
            }
        }
    }
    assert_eq!(unfelt, unread());
}
