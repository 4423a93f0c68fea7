//! 一人分の記録: everything that is kept of one worker, in words, for the physician's own printing (見読性, e-文書).
//!
//! The opposite of [`super::disclosure`]: nothing is left out. Each record is taken apart member by member without a
//! rest, so that a member which is added to a record and not told here does not compile. Only the bytes of an
//! attachment and of a signed PDF are counted instead of printed. Must not know how anything is stored.

use crate::domain::command::{DraftField, RowChange};
use crate::domain::hours::KeptHours;
use crate::domain::{AnyRecord, Day};

use super::disclosure::parts;
use super::view::{Disclosed, Row, Section, Table};

mod after_checkups;
mod cases;
mod checkups;
mod history;
mod interview;
mod issued;
mod people;
mod stress;
mod told;

#[cfg(test)]
mod tests;

pub use told::{Told, told};

/// What a record is made from.
#[derive(Debug, Clone, Copy)]
pub struct RecordFacts<'a> {
    /// Name of the establishment.
    pub site: &'a str,
    /// The worker's records in the order of print, the worker first.
    pub records: &'a [AnyRecord],
    /// Every row of hours, replaced ones too.
    pub hours: &'a [KeptHours],
    /// What the law says of the worker on the day of print: a label and its words.
    pub flags: &'a [(String, String)],
    /// What is typed and not yet recorded.
    pub drafts: &'a [DraftField],
    /// Every change to these records, oldest first.
    pub changes: &'a [RowChange],
    /// Who looked and what left: time, event, subject, detail.
    pub traces: &'a [[String; 4]],
    /// The day of print.
    pub day: Day,
    /// Number of the paper.
    pub number: &'a str,
    /// Whether the data are invented.
    pub demo: bool,
}

/// Builds the record.
pub fn record(facts: &RecordFacts<'_>) -> Disclosed {
    let mut sections = vec![head(facts)];
    let mut records = facts.records.iter().filter_map(told).map(Told::section);
    sections.extend(records.next());
    sections.push(listed("今日の旗と期限", facts.flags.iter().map(|(label, words)| Row::text(label, words)).collect()));
    sections.push(hours(facts.hours));
    sections.extend(records);
    sections.push(listed("書きかけ（記録になっていないもの）", facts.drafts.iter().map(draft).collect()));
    sections.push(history::changes(facts.changes));
    sections.push(history::traces(facts.traces));
    sections.retain(|section| !section.rows.is_empty() || section.table.is_some());
    Disclosed {
        form: "record".to_owned(),
        title: super::form("record").map(|form| form.title.to_owned()).unwrap_or_default(),
        number: facts.number.to_owned(),
        recipient: "産業医だけ".to_owned(),
        demo: facts.demo,
        sections,
        ..Disclosed::default()
    }
}

fn head(facts: &RecordFacts<'_>) -> Section {
    let what = "この人について保存しているすべてです。自分だけのメモも載っています。渡した人は、そのすべてを読めます。";
    let day = parts::date(facts.day);
    let rows = vec![Row::half("事業場", facts.site), Row::half("書き出した日", day), Row::text("この紙", what)];
    Section { rows, ..Section::default() }
}

fn listed(heading: &str, rows: Vec<Row>) -> Section {
    Section { heading: heading.to_owned(), rows, ..Section::default() }
}

fn draft(field: &DraftField) -> Row {
    Row::text(format!("{} {}", field.form, field.field), field.value.trim())
}

fn hours(rows: &[KeptHours]) -> Section {
    let heading = "労働時間".to_owned();
    if rows.is_empty() {
        return Section { heading, ..Section::default() };
    }
    let head = ["期間", "定義", "出所", "時間", "元の記載", "束と行"].map(str::to_owned).to_vec();
    let rows = rows.iter().map(hours_row).collect();
    let table = Table { head, widths: vec![12, 7, 3, 6, 5, 9], rows, blank_rows: 0 };
    Section { heading, table: Some(table), ..Section::default() }
}

fn hours_row(kept: &KeptHours) -> Vec<String> {
    let value = &kept.value;
    vec![
        format!("{} - {}", value.period.start, value.period.end),
        value.measure.label().to_owned(),
        value.series.label().to_owned(),
        told::span(value.hours),
        value.source_text.to_string(),
        origin(kept),
    ]
}

/// The batch and its row, and the batch that replaced it.
fn origin(kept: &KeptHours) -> String {
    let from = format!("{} {}行", kept.batch, kept.value.row);
    kept.retired_by.as_ref().map_or(from.clone(), |batch| format!("{from}　{batch} で置き換え"))
}
