//! A bare dash below a sign (尿蛋白 -): the (-) of a clinic that writes no brackets, or nothing examined.
//!
//! Knows columns, and what else stands in the row and in the file. Must not know people. A negative that nobody tested
//! looks like any other, so that it is asked wherever neither row nor file decides.

use super::super::profile::{ItemRole, Located};
use super::super::source::{SourceRow, Table};
use crate::domain::checkup::{Cell, Doubt, Item, Standing, Value, is_plain_negative, is_sign, standing};

/// How a file writes its signs.
#[derive(Debug)]
pub(super) struct Dashes {
    /// The columns of signs, by place in the table, with their items.
    signs: Vec<(usize, Item)>,
    /// The columns of the other values.
    others: Vec<usize>,
    /// The columns of judgements of single items.
    judgements: Vec<(usize, Item)>,
    /// Whether the file writes `(-)` somewhere, so that its dash is something else.
    has_plain: bool,
    /// The items whose own column writes other signs and never `(-)`: there the dash is what it writes for it.
    dashed: Vec<Item>,
}

/// What stands beside a sign in its row.
struct Beside {
    has_values: bool,
    has_dashes: bool,
    /// Whether another sign tells that the sample was tested.
    is_tested: bool,
}

impl Dashes {
    pub fn of(table: &Table, located: &Located) -> Self {
        let (mut signs, mut others, mut judgements) = (Vec::new(), Vec::new(), Vec::new());
        for (role, index) in &located.items {
            match role {
                ItemRole::Value(column) if is_sign(column.item()) => signs.push((*index, column.item())),
                ItemRole::Value(_) => others.push(*index),
                ItemRole::Judgement(item) => judgements.push((*index, *item)),
                // A group's judgement does not say which of its samples was tested.
                ItemRole::Group(_) | ItemRole::Sample(_) | ItemRole::Unit(_) => {}
            }
        }
        let has_plain =
            table.rows.iter().any(|row| signs.iter().any(|(index, _)| is_plain_negative(row.cells.get(*index))));
        let dashed = signs.iter().filter(|(index, _)| writes_dashes(table, *index)).map(|(_, item)| *item).collect();
        Self { signs, others, judgements, has_plain, dashed }
    }

    /// The cell that was read from this text, where a dash alone stands there and was read as negative: negative, not
    /// examined, or a question.
    pub fn settled(&self, row: &SourceRow, text: &str, cell: Cell) -> Cell {
        if cell.value != Value::Sign(0) || standing(text) != Standing::Dash {
            return cell;
        }
        Cell { value: self.value(row, cell.item), ..cell }
    }

    fn value(&self, row: &SourceRow, item: Item) -> Value {
        let beside = self.beside(row);
        let is_tested = beside.is_tested || self.is_judged(row, item);
        if !beside.has_values && beside.has_dashes && !is_tested {
            return Value::NotDone;
        }
        // A dash among the other values stands for not examined; a row without any tells nothing of the sample.
        let is_examined = beside.has_values || self.others.is_empty();
        let is_plain = if self.has_plain { is_tested && self.dashed.contains(&item) } else { is_tested };
        let is_negative = is_plain || !self.has_plain && is_examined && !beside.has_dashes;
        if is_negative { Value::Sign(0) } else { Value::Doubtful(Doubt::Dash) }
    }

    fn beside(&self, row: &SourceRow) -> Beside {
        let has = |wanted| self.others.iter().any(|index| standing(row.cells.get(*index)) == wanted);
        let is_told = |(index, _): &(usize, Item)| standing(row.cells.get(*index)) == Standing::Something;
        Beside {
            has_values: has(Standing::Something),
            has_dashes: has(Standing::Dash),
            is_tested: self.signs.iter().any(is_told),
        }
    }

    /// Whether the clinic judged this item: then it was tested.
    fn is_judged(&self, row: &SourceRow, item: Item) -> bool {
        let own = self.judgements.iter().filter(|(_, judged)| *judged == item);
        own.into_iter().any(|(index, _)| standing(row.cells.get(*index)) == Standing::Something)
    }
}

/// Whether a column of signs holds signs beside its dashes, and none of them is a `(-)`.
fn writes_dashes(table: &Table, column: usize) -> bool {
    let cells = || table.rows.iter().map(|row| row.cells.get(column));
    cells().any(|text| text.contains(['+', '＋', '±'])) && !cells().any(is_plain_negative)
}
