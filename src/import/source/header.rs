//! Which of the first rows names the columns.
//!
//! Knows the words of headers. Must not know values.

use super::super::folding;
use super::{MAX_COLUMNS, SourceError, levels, numbering, years};

/// The header is looked for in this many records.
const HEADER_WITHIN: usize = 20;
/// So many records are looked at: below the last place of the header its further rows may stand.
pub(super) const FIRST_ROWS: usize = HEADER_WITHIN + levels::MOST_BELOW;

/// A header with more columns than this may number them.
const QUESTIONS: usize = 20;

/// One of the first rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FirstRow {
    /// Its line, 1-based.
    pub line: u32,
    /// Its cells; what was merged stands in each cell that it covers.
    pub cells: Vec<String>,
    /// Whether a cell is part of one that was merged over several columns; none beyond the last that is.
    pub merged: Vec<bool>,
}

/// A header with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// How many different columns it names that are known; 0 for a row that only looks like one.
    pub known: usize,
    /// Its line, 1-based; of several rows the last one.
    pub line: u32,
    /// The names, as they came.
    pub names: Vec<String>,
}

/// Takes the row that names the most known columns, with the groups above it and the units below; failing that, the first
/// one without a number in it.
///
/// # Errors
/// No row looks like a header, it has too many columns, or a byte in it is no character.
pub(super) fn find(rows: impl Iterator<Item = FirstRow>) -> Result<Header, SourceError> {
    let rows: Vec<FirstRow> = rows.take(FIRST_ROWS).map(trimmed).collect();
    let (mut best, mut fallback) = (None, None);
    for (at, FirstRow { cells: names, .. }) in rows.iter().enumerate().take(HEADER_WITHIN) {
        let known = folding::known_fields(names);
        if known >= 2 && best.is_none_or(|(most, _)| known > most) {
            best = Some((known, at));
        } else if fallback.is_none() && (looks_like_names(names) || (known > 0 && looks_like_questions(names))) {
            fallback = Some(at);
        }
    }
    let plain = |at: usize| rows.get(at).map(|row| Header { known: 0, line: row.line, names: row.cells.clone() });
    let found = best.map(|(_, at)| whole(&rows, with_people(&rows, at))).or_else(|| plain(fallback?));
    checked(found.ok_or(SourceError::NoHeader)?)
}

/// The place of the names of people, where those stand one row above the names that are known best.
fn with_people(rows: &[FirstRow], at: usize) -> usize {
    let names_people =
        |at: usize| rows.get(at).is_some_and(|row| levels::names_people(row.cells.iter().map(String::as_str)));
    let above = at.checked_sub(1).filter(|above| !names_people(at) && names_people(*above));
    above.unwrap_or(at)
}

fn whole(rows: &[FirstRow], at: usize) -> Header {
    let (names, line) = match years::parted(rows, at) {
        Some(parted) => {
            let (mut names, line) = levels::whole(&parted.rows, parted.at);
            parted.mark(&mut names);
            (names, line)
        }
        None => levels::whole(rows, at),
    };
    Header { known: folding::known_fields(&names).max(1), line, names }
}

fn trimmed(mut row: FirstRow) -> FirstRow {
    for name in &mut row.cells {
        *name = name.trim().to_owned();
    }
    while row.cells.last().is_some_and(String::is_empty) {
        row.cells.pop();
    }
    if let Some(names) = numbering::without(&row.cells) {
        row.cells = names;
    }
    row
}

fn looks_like_names(names: &[String]) -> bool {
    names.len() >= 2 && names.iter().all(|name| !name.is_empty() && !name.contains(|c: char| c.is_ascii_digit()))
}

/// A questionnaire names its columns q1, q2 …: digits, but never a number alone.
fn looks_like_questions(names: &[String]) -> bool {
    names.len() > QUESTIONS && names.iter().all(|name| name.contains(|c: char| c.is_alphabetic()))
}

fn checked(header: Header) -> Result<Header, SourceError> {
    if header.names.len() > MAX_COLUMNS {
        return Err(SourceError::TooManyColumns);
    }
    match header.names.iter().position(|name| name.contains('\u{FFFD}')) {
        Some(index) => Err(SourceError::UndecodableHeader { line: header.line, column: index + 1 }),
        None => Ok(header),
    }
}
