//! Rows that stand twice in a file: what is answered about a value of one holds for the other.
//!
//! Knows cells and lines. Must not know what they say. Without this an answer would make two rows out of one that stands
//! twice, and the day would have two examinations.

use std::collections::{HashMap, HashSet};

use super::super::people::Decisions;
use super::super::source::{SourceRow, Table};

/// For the copies of a row about which something was answered, the line of that row.
#[derive(Default)]
pub(super) struct Copies(HashMap<u32, u32>);

impl Copies {
    pub(super) fn of(table: &Table, given: &Decisions) -> Self {
        let asked: HashSet<u32> = given.values.keys().map(|(line, _)| *line).collect();
        if asked.is_empty() {
            return Self::default();
        }
        let (answered, others): (Vec<&SourceRow>, Vec<_>) =
            table.rows.iter().partition(|row| asked.contains(&row.line));
        let lines: HashMap<String, u32> = answered.into_iter().map(|row| (said(row), row.line)).collect();
        Self(others.into_iter().filter_map(|row| Some((row.line, *lines.get(&said(row))?))).collect())
    }

    /// The line at which answers about `line` are kept, where they are kept at another.
    pub(super) fn answered_at(&self, line: u32) -> Option<u32> {
        self.0.get(&line).copied()
    }
}

/// Everything that a row says, with its cells kept apart.
fn said(row: &SourceRow) -> String {
    row.cells.iter().flat_map(|cell| [cell, "\u{1f}"]).collect()
}
