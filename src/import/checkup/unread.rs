//! Values that could not be read: listed with their column and reason, and answered one by one.
//!
//! Knows cells and answers. Must not know people; what a value means is nobody's business here.

use super::super::people::{Decisions, ValueDecision};
use crate::domain::checkup::{Cell, Doubt, Item, Value, typed};

/// A value that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Line of the file.
    pub line: u32,
    /// The columns that tell it, from 0; more than one where they differ.
    pub columns: Vec<usize>,
    /// Which item.
    pub item: Item,
    /// Why.
    pub why: Doubt,
    /// What stands there.
    pub text: String,
}

/// The values of a row after the physician's answers, and those that still could not be read.
///
/// What is typed is read as on the form of a checkup, in the item's own unit, and stays a question if it is doubtful.
pub(super) fn answered(line: u32, cells: Vec<(Cell, Vec<usize>)>, given: &Decisions) -> (Vec<Cell>, Vec<Unread>) {
    let (mut kept, mut unread) = (Vec::with_capacity(cells.len()), Vec::new());
    for (cell, columns) in cells {
        let is_doubtful = matches!(cell.value, Value::Doubtful(_));
        let answer = given.values.get(&(line, cell.item)).filter(|_| is_doubtful);
        let cell = match answer {
            None => Some(cell),
            Some(ValueDecision::Leave) => None,
            Some(ValueDecision::Typed(text)) => typed(cell.item, text),
        };
        let Some(cell) = cell else { continue };
        if let Value::Doubtful(why) = cell.value {
            unread.push(Unread { line, columns, item: cell.item, why, text: cell.text.clone() });
        }
        kept.push(cell);
    }
    (kept, unread)
}
