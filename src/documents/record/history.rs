//! How the records came to be what they are: every change with what stood before it, and who looked.

use serde_json::Value;

use super::told::{Told, told};
use crate::documents::view::{Section, Table};
use crate::domain::command::RowChange;
use crate::domain::{AnyRecord, Table as Rows};

pub(super) fn changes(changes: &[RowChange]) -> Section {
    let heading = "変更の履歴".to_owned();
    if changes.is_empty() {
        return Section { heading, ..Section::default() };
    }
    let head = ["番号", "日時", "したこと", "対象", "変わったこと"].map(str::to_owned).to_vec();
    let table = Table { head, widths: vec![2, 8, 6, 9, 13], rows: changes.iter().map(row).collect(), blank_rows: 0 };
    Section { heading, table: Some(table), ..Section::default() }
}

fn row(change: &RowChange) -> Vec<String> {
    let (before, after) = (read(change.table, &change.before), read(change.table, &change.after));
    let newest = after.as_ref().or(before.as_ref());
    let what = newest.map_or_else(|| format!("{}　{}", change.table.name(), change.key), |t| t.heading().to_owned());
    vec![
        change.operation.to_string(),
        change.at.clone(),
        change.act.label().to_owned(),
        what,
        difference(before.as_ref(), after.as_ref()).unwrap_or_else(|| raw(change)),
    ]
}

fn read(table: Rows, row: &Option<Value>) -> Option<Told> {
    AnyRecord::from_json(table, row.clone()?).ok().and_then(|record| told(&record))
}

/// A row of an older schema as it stands in the journal.
fn raw(change: &RowChange) -> String {
    let text = |row: &Option<Value>| row.as_ref().map_or_else(|| "なし".to_owned(), Value::to_string);
    format!("{} → {}", text(&change.before), text(&change.after))
}

/// What a reader cannot see from the record as it is now: the values that went.
fn difference(before: Option<&Told>, after: Option<&Told>) -> Option<String> {
    match (before, after) {
        (None, None) => None,
        (None, Some(_)) => Some("新しく記録".to_owned()),
        (Some(before), None) => Some(format!("取り去り　{}", pairs(before))),
        (Some(before), Some(after)) => Some(differing(before, after)),
    }
}

fn pairs(told: &Told) -> String {
    told.pairs().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("、")
}

fn differing(before: &Told, after: &Told) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for (label, _) in before.pairs().chain(after.pairs()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.into_iter().filter_map(|label| one(label, before, after)).collect::<Vec<_>>().join("、")
}

/// A label may stand more than once, as that of the copies of a document.
fn one(label: &str, before: &Told, after: &Told) -> Option<String> {
    let value = |told: &Told| {
        let values: Vec<&str> = told.pairs().filter(|(other, _)| *other == label).map(|(_, value)| value).collect();
        values.join("、")
    };
    let (old, new) = (value(before), value(after));
    (old != new).then(|| format!("{label}: {} → {}", or_none(&old), or_none(&new)))
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "なし" } else { text }
}

pub(super) fn traces(lines: &[[String; 4]]) -> Section {
    let heading = "閲覧と出力".to_owned();
    if lines.is_empty() {
        return Section { heading, ..Section::default() };
    }
    let head = ["日時", "こと", "対象", "内訳"].map(str::to_owned).to_vec();
    let rows = lines.iter().map(|line| line.to_vec()).collect();
    Section {
        heading,
        table: Some(Table { head, widths: vec![7, 3, 6, 12], rows, blank_rows: 0 }),
        ..Section::default()
    }
}
