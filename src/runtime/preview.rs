//! The preview of a file of hours, in the words of the screen.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, is_over};
use crate::app::Site;
use crate::app::host::{ImportPreview, ReadingChoice};
use crate::domain::{Hours, Id};
use crate::import::hours::{Preview, Question, Taken, Who};
use crate::import::notation::Notation;
use crate::law::overtime::clock;

/// What the screen shows, and the notations behind its readings.
pub(super) fn hours(desk: &Desk, file: &ReadFile) -> Result<(ImportPreview, Vec<Notation>), RuntimeError> {
    let preview = desk.preview_hours(file)?;
    let site = desk.site(&file.site)?;
    let readings = preview.question.as_ref().map(|question| readings(site, question)).unwrap_or_default();
    let notations =
        preview.question.iter().flat_map(|question| &question.readings).map(|reading| reading.notation).collect();
    Ok((shown(site, file, &preview, readings), notations))
}

fn shown(site: &Site, file: &ReadFile, preview: &Preview, readings: Vec<ReadingChoice>) -> ImportPreview {
    let table = &file.table;
    let header =
        format!("{}  {}行  見出しは {}行目  {}", table.reason, preview.rows, table.header_row, table.delimiter.label());
    let used = file.proposal.reasons.iter().filter(|reason| reason.is_used);
    ImportPreview {
        source: header,
        mapping: used.map(|reason| (column(table, reason.column), reason.text.to_owned())).collect(),
        period: period(preview),
        added: preview.added.len(),
        changed: preview.changed.iter().map(|taken| changed(site, taken)).collect(),
        unchanged: preview.unchanged.len(),
        doubtful: preview.doubtful.iter().map(|row| (line(row.line), row.why.text().to_string())).collect(),
        refused: preview.refused.iter().map(|row| (line(row.line), row.why.text().to_string())).collect(),
        ignored: preview.ignored.len(),
        rows: preview.rows,
        readings,
        chosen: None,
        newly_flagged: Vec::new(),
    }
}

fn column(table: &crate::import::source::Table, index: usize) -> String {
    table.header.get(index).cloned().unwrap_or_default()
}

fn line(number: u32) -> usize {
    usize::try_from(number).unwrap_or(0)
}

fn period(preview: &Preview) -> String {
    let periods = preview.added.iter().chain(&preview.changed).map(|taken| taken.period);
    let newest = periods.max_by_key(|period| period.end);
    newest.map(|period| format!("{} から {}", period.start, period.end)).unwrap_or_default()
}

fn changed(site: &Site, taken: &Taken) -> (String, String, String) {
    let whom = match &taken.who {
        Who::Known(id) => name(site, id),
        _ => "新しい人".to_owned(),
    };
    (whom, taken.old.map(text).unwrap_or_default(), text(taken.hours))
}

fn text(hours: Hours) -> String {
    if hours.is_exact() { clock(hours.low) } else { format!("{}-{}", clock(hours.low), clock(hours.high)) }
}

fn name(site: &Site, id: &Id) -> String {
    site.worker(id).map_or_else(|| id.to_string(), |worker| worker.name.clone())
}

fn readings(site: &Site, question: &Question) -> Vec<ReadingChoice> {
    let choice = |reading: &crate::import::hours::Reading| ReadingChoice {
        name: reading.notation.label().to_owned(),
        over: reading.tiers.iter().filter(|(tier, _)| is_over(**tier)).map(|(_, rows)| rows).sum(),
        persons: persons(site, question, reading.notation),
        possible: reading.is_possible,
    };
    question.readings.iter().map(choice).collect()
}

/// Who stands on another side of the line under another reading, with the value under this one.
fn persons(site: &Site, question: &Question, notation: Notation) -> Vec<(String, String)> {
    let value = |values: &[(Notation, Hours, u8)]| {
        values.iter().find(|(n, ..)| *n == notation).map(|(_, hours, _)| text(*hours))
    };
    let named = |crossing: &crate::import::hours::Crossing| {
        let whom = crossing.worker.as_ref().map_or_else(|| format!("{}行目", crossing.line), |id| name(site, id));
        Some((whom, value(&crossing.values)?))
    };
    question.people.iter().filter_map(named).collect()
}
