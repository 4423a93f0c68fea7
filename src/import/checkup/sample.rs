//! A column beside 血糖 that says of what sample it is: 血糖区分, 食事.
//!
//! Knows columns and cells. Must not know which words make what of an item: `domain::checkup::beside` does.

use super::super::profile::{ItemRole, Located};
use super::super::source::SourceRow;
use crate::domain::checkup::several::Told;
use crate::domain::checkup::{Doubt, Item, Value, beside};

/// Makes of every value that may be of either sample what the row says of it. Words that do not say it, or that
/// contradict each other, leave a question.
pub(super) fn settle(told: &mut [Told], row: &SourceRow, located: &Located) {
    let said: Vec<(Item, &str)> =
        located.items.iter().filter_map(|(role, index)| said(*role, row.cells.get(*index))).collect();
    if said.is_empty() {
        return;
    }
    let open = told.iter_mut().map(|told| &mut told.cell);
    for cell in open.filter(|cell| beside::is_of_either_sample(cell.item) && cell.value != Value::NotDone) {
        let mut made = words(&said, cell.item).map(|text| beside::sampled_as(cell.item, text));
        let Some(first) = made.next() else { continue };
        match first.filter(|_| made.all(|other| other == first)) {
            Some(item) => cell.item = item,
            None => cell.value = Value::Doubtful(Doubt::Meal),
        }
    }
}

fn said(role: ItemRole, text: &str) -> Option<(Item, &str)> {
    let ItemRole::Sample(item) = role else { return None };
    let text = text.trim();
    (!text.is_empty()).then_some((item, text))
}

/// What a row says of the sample of an item: its own column before the one for all.
fn words<'t>(said: &[(Item, &'t str)], item: Item) -> impl Iterator<Item = &'t str> {
    let has_own = said.iter().any(|(of, _)| *of == item);
    let counts = move |of: Item| if has_own { of == item } else { of == Item::Meal };
    said.iter().filter(move |(of, _)| counts(*of)).map(|(_, text)| *text)
}
