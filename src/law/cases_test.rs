//! Runs `tests/law/*.toml`: cases that a person of the law can read and write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::cases::{self, Case, CaseFile};
use super::check::Problem;
use super::{Law, reads_test, rules};
use crate::domain::Day;

fn files() -> Vec<(&'static str, CaseFile)> {
    cases::files().unwrap()
}

/// The other tables beside the cases: the ids of the sheets, and the numbers no case can feel.
fn is_cases(name: &str) -> bool {
    name.ends_with(".toml") && !name.starts_with("ids") && name != "unread.toml"
}

/// What differs in one case; none when it agrees.
fn failure(law: &Law, file: &str, case: &Case) -> Option<String> {
    let found = case.differences(law);
    (!found.is_empty()).then(|| format!("{file}: {} ({}): {}", case.name, case.rule, found.join("; ")))
}

#[test]
fn every_file_of_examples_is_known_and_says_what_it_is_about() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let on_disk: BTreeSet<String> = names.filter(|name| is_cases(name)).collect();
    assert_eq!(cases::FILES.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>(), on_disk);
    for (name, file) in files() {
        assert!(!file.case.is_empty() && !file.topic.is_empty() && !file.source.is_empty(), "{name}");
    }
}

fn cases<'a>(files: &'a [(&'static str, CaseFile)]) -> Vec<(&'a str, &'a Case)> {
    files.iter().flat_map(|(name, file)| file.case.iter().map(|case| (*name, case))).collect()
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

#[test]
fn the_check_names_an_example_that_is_answered_differently() {
    let law = Law::built_in().unwrap();
    assert_eq!(law.check(), []);
    let changed = law.with_value_changed("interview.general.hours", 1, 1);
    let named =
        changed.check().into_iter().any(|problem| matches!(problem, Problem::Example { file: "interview.toml", .. }));
    assert!(named);
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
