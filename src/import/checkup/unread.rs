//! Values that could not be read: listed with their column and reason, and answered one by one.
//!
//! Knows cells and answers. Must not know people; what a value means is nobody's business here.

use std::collections::HashMap;

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
    /// What the physician said, and whether that could be read.
    pub answer: Option<ValueDecision>,
    /// Whether it is still a question.
    pub is_open: bool,
    /// How many values of this item and this text the file has, this one included.
    pub alike: usize,
}

/// Counts for each value those that stand like it, because one answer may hold for all.
pub(super) fn count_alike(unread: &mut [Unread]) {
    let mut counts: HashMap<(Item, String), usize> = HashMap::new();
    unread.iter().for_each(|value| *counts.entry((value.item, value.text.clone())).or_default() += 1);
    for value in unread {
        value.alike = counts.get(&(value.item, value.text.clone())).copied().unwrap_or(1);
    }
}

/// The values of a row after the physician's answers, and those that could not be read.
///
/// What is typed is read as on the form of a checkup, in the item's own unit, and stays a question if it is doubtful. One
/// that was answered stays in the list, so that a slip can be typed over.
///
/// `copied` is the line of the answered row of which this one is a copy.
pub(super) fn answered(
    line: u32,
    copied: Option<u32>,
    cells: Vec<(Cell, Vec<usize>)>,
    given: &Decisions,
) -> (Vec<Cell>, Vec<Unread>) {
    let (mut kept, mut unread) = (Vec::with_capacity(cells.len()), Vec::new());
    for (cell, columns) in cells {
        let Value::Doubtful(found) = cell.value else {
            kept.push(cell);
            continue;
        };
        let (item, text) = (cell.item, cell.text.clone());
        let alone = [Some(line), copied].into_iter().flatten().find_map(|line| given.values.get(&(line, item)));
        let answer = alone.or_else(|| given.alike.get(&(item, text.clone()))).cloned();
        let cell = settled(cell, answer.as_ref());
        let still = cell.as_ref().and_then(doubt);
        let why = still.unwrap_or(found);
        unread.push(Unread { line, columns, item, why, text, answer, is_open: still.is_some(), alike: 1 });
        kept.extend(cell);
    }
    (kept, unread)
}

/// The cell after the answer; none where it is left out.
fn settled(cell: Cell, answer: Option<&ValueDecision>) -> Option<Cell> {
    match answer {
        None => Some(cell),
        Some(ValueDecision::Leave) => None,
        Some(ValueDecision::Typed(text)) => typed(cell.item, text),
    }
}

const fn doubt(cell: &Cell) -> Option<Doubt> {
    match cell.value {
        Value::Doubtful(doubt) => Some(doubt),
        _ => None,
    }
}
