//! Reads `tests/law/ids*.toml`: every id of the fact sheets, what it is, and whether a rule answers it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{Law, rules};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Rule,
    Format,
    Table,
    Note,
}

/// One id. `by` names the rule that answers it together with its own question; `reason` says why none does.
#[derive(Debug, Clone, Deserialize)]
struct Row {
    #[serde(skip)]
    id: String,
    kind: Kind,
    by: Option<String>,
    reason: Option<String>,
}

impl Row {
    fn is_encoded(&self) -> bool {
        self.kind == Kind::Rule && self.by.is_none() && self.reason.is_none()
    }
}

#[derive(Deserialize)]
struct File {
    ids: BTreeMap<String, Row>,
}

fn rows() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ids")));
    let files = paths.iter().map(|path| toml::from_str::<File>(&fs::read_to_string(path).unwrap()).unwrap());
    files.flat_map(|file| file.ids.into_iter().map(|(id, row)| Row { id, ..row })).collect()
}

/// What is wrong with the rows; the built-in rules and the list of what is not encoded are the other side.
fn faults(rows: &[Row], not_encoded: &BTreeMap<String, String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut faults: Vec<String> = Vec::new();
    for row in rows {
        if !seen.insert(row.id.as_str()) {
            faults.push(format!("{} stands twice", row.id));
        }
        faults.extend(fault(row, not_encoded.get(&row.id)).map(|text| format!("{}: {text}", row.id)));
    }
    let encoded: BTreeSet<&str> = rows.iter().filter(|row| row.is_encoded()).map(|row| row.id.as_str()).collect();
    let unlisted = rules::all().map(|rule| rule.id).filter(|id| !encoded.contains(id));
    faults.extend(unlisted.map(|id| format!("{id}: the rule has no row")));
    let prefixes: BTreeSet<&str> = rows.iter().map(|row| prefix(&row.id)).collect();
    let forgotten = not_encoded.keys().filter(|id| prefixes.contains(prefix(id)) && !seen.contains(id.as_str()));
    faults.extend(forgotten.map(|id| format!("{id}: not encoded, and has no row")));
    faults
}

/// The letters an id begins with: a sheet that is listed is listed whole.
fn prefix(id: &str) -> &str {
    id.split('-').next().unwrap_or(id)
}

fn fault(row: &Row, reason: Option<&String>) -> Option<&'static str> {
    let exists = rules::find(&row.id).is_some();
    match (&row.by, &row.reason) {
        (None, None) if row.kind == Kind::Rule => (!exists).then_some("marked as encoded, and no rule has it"),
        _ if exists => Some("a rule has it, and it is not marked as encoded"),
        (Some(_), Some(_)) => Some("answered by another rule, and yet with a reason"),
        (Some(by), None) => rules::find(by).is_none().then_some("the rule it names does not exist"),
        (None, said) => (said.as_ref() != reason).then_some("law list --not-encoded says another reason"),
    }
}

fn not_encoded() -> BTreeMap<String, String> {
    let law = Law::built_in().unwrap();
    let groups = law.tables().not_encoded.iter();
    groups.flat_map(|group| group.ids.iter().map(|id| (id.clone(), group.reason.clone()))).collect()
}

#[test]
fn every_id_of_the_sheets_is_a_rule_or_says_why_not() {
    assert_eq!(faults(&rows(), &not_encoded()), Vec::<String>::new());
}

#[test]
fn a_wrong_row_is_named() {
    let row = |id: &str, kind, by: Option<&str>, reason: Option<&str>| {
        let (by, reason) = (by.map(str::to_owned), reason.map(str::to_owned));
        let rows = [rows(), vec![Row { id: id.to_owned(), kind, by, reason }]].concat();
        faults(&rows, &not_encoded())
    };
    let wrong = [
        row("OT-CALC", Kind::Rule, None, None),
        row("OT-NEW", Kind::Rule, None, None),
        row("OT-NEW", Kind::Rule, Some("OT-NONE"), None),
        row("OT-NEW", Kind::Rule, None, Some("理由")),
        row("OT-NEW", Kind::Rule, Some("OT-CALC"), Some("理由")),
        row("OT-NEW", Kind::Note, None, Some("理由")),
        row("OT-OTHER", Kind::Note, Some("OT-NONE"), None),
    ];
    for faults in wrong {
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
    let fewer: Vec<Row> = rows().into_iter().filter(|row| row.id != "PAT-01" && row.id != "COM-08").collect();
    assert_eq!(faults(&fewer, &not_encoded()).len(), 2);
}
