//! Which of the first rows names the columns.
//!
//! Knows the words of headers. Must not know values.

use super::super::folding;
use super::{MAX_COLUMNS, SourceError};

/// The header is looked for in this many records.
pub(super) const HEADER_WITHIN: usize = 20;

/// A header with more columns than this may number them.
const QUESTIONS: usize = 20;

/// A header with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// How many different columns it names that are known; 0 for a row that only looks like one.
    pub known: usize,
    /// Its line, 1-based.
    pub line: u32,
    /// The names, as they came.
    pub names: Vec<String>,
}

/// Takes the row that names the most known columns; failing that, the first one without a number in it.
///
/// # Errors
/// No row looks like a header, it has too many columns, or a byte in it is no character.
pub(super) fn find(rows: impl Iterator<Item = (u32, Vec<String>)>) -> Result<Header, SourceError> {
    let mut best: Option<Header> = None;
    let mut fallback = None;
    for (line, names) in rows.take(HEADER_WITHIN) {
        let names = trimmed(names);
        let known = folding::known_fields(&names);
        if known >= 2 && best.as_ref().is_none_or(|best| known > best.known) {
            best = Some(Header { known, line, names });
        } else if fallback.is_none() && (looks_like_names(&names) || (known > 0 && looks_like_questions(&names))) {
            fallback = Some(Header { known: 0, line, names });
        }
    }
    checked(best.or(fallback).ok_or(SourceError::NoHeader)?)
}

fn trimmed(mut names: Vec<String>) -> Vec<String> {
    for name in &mut names {
        *name = name.trim().to_owned();
    }
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
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
