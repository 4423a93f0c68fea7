//! What the columns of a row say of one item, put together: a flag and its words, readings, a code that stands twice.
//!
//! Knows headings. Must not know what cells that belong together mean: `domain::checkup::several` does.

use crate::domain::checkup::several::{self, Take, Told};
use crate::domain::checkup::{Catalogue, Cell};

/// What a heading says of the cells below it: asked once a file, not once a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    /// Whether it is a JLAC10 code, so that the cells hold the codes of 特定健診.
    pub is_coded: bool,
    /// Whether it is the second or a later value of one code.
    is_again: bool,
    /// Which reading of the blood pressure stands below it.
    take: Option<Take>,
}

impl Heading {
    pub(super) fn of(name: &str) -> Self {
        let is_coded = Catalogue::built_in().is_coded(name);
        Self { is_coded, is_again: is_coded && name.contains('#'), take: Take::of_heading(name) }
    }

    /// Whether a judgement below this heading is of the reading that `cell` takes.
    pub(super) fn judges(self, cell: &Cell) -> bool {
        self.take.zip(several::taken(cell)).is_none_or(|(judged, taken)| judged == taken)
    }
}

/// The cells of a row by item, in the order in which the items came.
pub(super) struct Gathered(Vec<Vec<Told>>);

impl Gathered {
    pub(super) fn with_capacity(columns: usize) -> Self {
        Self(Vec::with_capacity(columns))
    }

    pub(super) fn put(&mut self, heading: Heading, cell: Cell) {
        let Heading { is_coded, is_again, take } = heading;
        let item = cell.item;
        let told = Told { take, is_coded, is_again, cell };
        match self.0.iter_mut().find(|known| known.first().is_some_and(|one| one.cell.item == item)) {
            Some(known) => known.push(told),
            None => self.0.push(vec![told]),
        }
    }

    /// One cell an item.
    pub(super) fn settle(self) -> Vec<Cell> {
        self.0.into_iter().filter_map(several::settle).collect()
    }
}
