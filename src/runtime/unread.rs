//! Values of a clinic's file that could not be read, as the screen asks about them, and what an answer decides.
//!
//! An answer ends with the file: what is typed goes in with the batch, and the row's own text stays beside it.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use super::listed::place;
use crate::app::Site;
use crate::app::host::UnreadValue;
use crate::domain::checkup::{Catalogue, Cell, Cells, Item, Value};
use crate::domain::hours::{Batch, BatchKind};
use crate::import::checkup::{Exam, Unread};
use crate::import::people::ValueDecision;
use crate::import::profile;

impl Desk {
    /// Keeps the answer to a value of the row at `line`; an empty or no text leaves it out. An answer to no question
    /// changes nothing.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`].
    pub(super) fn answer_value(&mut self, line: usize, item: Item, typed: Option<&str>) -> Result<(), RuntimeError> {
        let file = self.read.as_mut().ok_or(RuntimeError::NothingRead)?;
        let Ok(line) = u32::try_from(line) else { return Ok(()) };
        file.decisions.values.insert((line, item), decision(typed));
        Ok(())
    }

    /// Keeps the answer to a value of the row at `line` for every value of the file that is of this item and text. An answer
    /// to no question changes nothing.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`], and what the preview says.
    pub(super) fn answer_alike(&mut self, line: usize, item: Item, typed: Option<&str>) -> Result<(), RuntimeError> {
        let rows = self.rows_of(self.read.as_ref().ok_or(RuntimeError::NothingRead)?)?;
        let is_asked = |value: &&Unread| place(value.line) == line && value.item == item;
        let Some(value) = rows.tells().unread_values().iter().find(is_asked) else { return Ok(()) };
        let file = self.read.as_mut().ok_or(RuntimeError::NothingRead)?;
        file.decisions.values.remove(&(value.line, item));
        file.decisions.alike.insert((item, value.text.clone()), decision(typed));
        Ok(())
    }
}

/// What was typed; an empty or no text leaves the value out.
fn decision(typed: Option<&str>) -> ValueDecision {
    let text = typed.map(str::trim).filter(|text| !text.is_empty());
    text.map_or(ValueDecision::Leave, |text| ValueDecision::Typed(text.to_owned()))
}

/// The values of an examination of which a sheet stands. Where exactly this file came in already, those that nobody could read
/// are left out unless they are answered now: they take back nothing that was answered about them then.
pub(super) fn silent(site: &Site, file: &ReadFile, exam: Exam) -> Exam {
    if exam.cells.doubts() == 0 {
        return exam;
    }
    let is_same = |batch: &Batch| batch.kind == BatchKind::Checkup && batch.undone_on.is_none();
    if !site.batches.iter().any(|batch| is_same(batch) && batch.sha256 == file.sha256()) {
        return exam;
    }
    let is_answered = |item: Item| file.decisions.values.contains_key(&(exam.line, item));
    let says = |cell: &&Cell| !matches!(cell.value, Value::Doubtful(_)) || is_answered(cell.item);
    let mut cells = Cells::new(exam.cells.all().iter().filter(says).cloned().collect());
    cells.fold();
    Exam { cells, ..exam }
}

/// A value that could not be read, in words.
pub(super) fn value(header: &[String], unread: &Unread) -> UnreadValue {
    let headings = unread.columns.iter().map(|column| profile::heading(header, *column));
    UnreadValue {
        row: place(unread.line),
        whom: String::new(),
        item: unread.item,
        heading: headings.collect::<Vec<_>>().join("、"),
        why: unread.why.label().to_owned(),
        text: unread.text.clone(),
        unit: Catalogue::built_in().entry(unread.item).map(|entry| entry.unit.clone()).unwrap_or_default(),
        answer: unread.answer.as_ref().map(|answer| match answer {
            ValueDecision::Typed(text) => text.clone(),
            ValueDecision::Leave => String::new(),
        }),
        is_open: unread.is_open,
        alike: unread.alike,
    }
}

/// The headings of columns that hold something and are not used.
pub fn unused(file: &ReadFile) -> Vec<String> {
    let columns = file.proposal.profile.unused(&file.table);
    columns.into_iter().map(|column| profile::heading(&file.table.header, column)).collect()
}
