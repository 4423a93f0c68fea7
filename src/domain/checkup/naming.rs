//! The name that a file gives a code (displayName): which item it says, and whether it contradicts the code.
//!
//! Two codes of hearing mean opposite things in public programs, and a wrong list of codes circulates: the file's own
//! name is followed where a code is disputed, and where the two contradict each other nothing is taken silently.

use super::catalogue::{Catalogue, Column};
use super::item::Item;

/// Digits of a JLAC10 code.
pub(super) const CODE: usize = 17;
/// The items between which the disputed codes are.
const DISPUTED: [Item; 2] = [Item::Hearing1000Left, Item::Hearing4000Right];

/// What a code brings whose file gives it this name, folded; `#2` behind it counts values and is no name.
pub(super) fn named(catalogue: &Catalogue, column: Column, name: &str) -> Column {
    let name = name.split_once('#').map_or(name, |(name, _)| name);
    match (column, hearing(name)) {
        (Column::Disputed(_), Some(ear)) if DISPUTED.contains(&ear) => Column::One(ear),
        (Column::One(item), Some(ear)) if item.is_tone() && item != ear => Column::Disputed(item),
        (Column::One(item), _) if contradicts(catalogue, item, name) => Column::Disputed(item),
        (column, _) => column,
    }
}

/// `聴力(右、4000hz)`: one ear and one tone.
fn hearing(name: &str) -> Option<Item> {
    let has = |words: [&str; 2]| words.iter().any(|word| name.contains(word));
    let is_right = one_of(name.contains('右'), name.contains('左'))?;
    let is_low = one_of(has(["1000", "1khz"]), has(["4000", "4khz"]))?;
    Some(match (is_right, is_low) {
        (true, true) => Item::Hearing1000Right,
        (false, true) => Item::Hearing1000Left,
        (true, false) => Item::Hearing4000Right,
        (false, false) => Item::Hearing4000Left,
    })
}

/// The first of two marks, or the second; none where both stand or neither.
const fn one_of(first: bool, second: bool) -> Option<bool> {
    if first == second { None } else { Some(first) }
}

/// Whether the catalogue knows the name as another item; a general name (血糖) contradicts none of its kinds.
fn contradicts(catalogue: &Catalogue, item: Item, name: &str) -> bool {
    match item {
        Item::HbA1c if name.contains("jds") => return true,
        Item::HbA1cJds if name.contains("ngsp") => return true,
        _ => {}
    }
    match catalogue.by_name(name) {
        Some(Column::One(other)) => other != item && !is_general(other, item),
        _ => false,
    }
}

const fn is_general(general: Item, item: Item) -> bool {
    matches!(
        (general, item),
        (Item::Glucose, Item::GlucoseFasting | Item::GlucoseCasual)
            | (Item::Triglyceride, Item::TriglycerideFasting | Item::TriglycerideCasual)
            | (Item::HbA1c, Item::HbA1cJds)
    )
}
