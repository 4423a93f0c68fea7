//! From the values of a sheet to classes of a table; a class that is not decided is a span of classes.

use super::band::{Band, Holds};
use super::measured::{Measured, Origin, measured};
use super::table::{Row, Table};
use crate::domain::checkup::{Bound, Cells, Decimal, Item};
use crate::domain::worker::Sex;

/// The class of a value: one, or the span of what it can be. Places of classes in their table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grade {
    /// Lightest.
    pub low: usize,
    /// Heaviest.
    pub high: usize,
    /// Whether the numbers were compared with the source, and no second row of the table says otherwise.
    pub is_confirmed: bool,
}

impl Grade {
    /// `C`, or `B-C` where it is not decided.
    pub fn shown(&self, table: &Table) -> String {
        let name = |place| table.class(place).map_or("", |class| class.name.as_str());
        if self.low == self.high {
            name(self.low).to_owned()
        } else {
            format!("{}-{}", name(self.low), name(self.high))
        }
    }

    /// Both, as one span.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let is_same = (self.low, self.high) == (other.low, other.high);
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            is_confirmed: self.is_confirmed && other.is_confirmed && is_same,
        }
    }
}

/// A grade with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// The items of the row that were measured, the row's first one first.
    pub items: Vec<Item>,
    /// The class.
    pub grade: Grade,
    /// Digits to which the value was rounded; none where it was not.
    pub places: Option<u8>,
    /// The row's remark.
    pub note: String,
}

/// Grades everything on a sheet by a table, in the table's order.
///
/// A row for one sex is used for a person of unknown sex too: the class then spans both.
pub fn grade(table: &Table, cells: &Cells, sex: Sex) -> Vec<Graded> {
    let values = measured(cells);
    let replaced = replaced(table, &values);
    let mut found: Vec<Graded> = Vec::new();
    for row in &table.rows {
        let is_for = sex == Sex::Unknown || row.sex.is_none_or(|of| of == sex);
        let is_replaced = row.items.first().is_some_and(|item| replaced.contains(item));
        if !is_for || is_replaced {
            continue;
        }
        let Some(graded) = grade_row(table, row, &values) else { continue };
        match found.iter_mut().find(|known| row.sex.is_some() && known.items == graded.items) {
            Some(known) => known.grade = known.grade.with(graded.grade),
            None => found.push(graded),
        }
    }
    found
}

/// The class of an item, over all rows that grade it.
pub fn of_item(graded: &[Graded], item: Item) -> Option<Grade> {
    let grades = graded.iter().filter(|graded| graded.items.contains(&item)).map(|graded| graded.grade);
    grades.reduce(Grade::with)
}

fn replaced(table: &Table, values: &[Measured]) -> Vec<Item> {
    let is_measured = |item: &Item| values.iter().any(|value| value.item == *item);
    let rows = table.rows.iter().filter(|row| row.items.iter().all(is_measured));
    rows.flat_map(|row| row.instead_of.iter().copied()).collect()
}

fn grade_row(table: &Table, row: &Row, values: &[Measured]) -> Option<Graded> {
    let value = |item: Item| values.iter().find(|value| value.item == item);
    let items: Vec<Item> = row.items.iter().copied().filter(|item| value(*item).is_some()).collect();
    if items.is_empty() || items.iter().all(|item| row.if_measured.contains(item)) {
        return None;
    }
    let holds = |item: Item, band: &Band| match value(item) {
        Some(value) => band.holds(value.bound, rounded(row, value)),
        None if row.if_measured.contains(&item) => Holds::No,
        None => Holds::Maybe,
    };
    let mut possible = Vec::new();
    for rule in &row.rules {
        match rule.applies(holds) {
            Holds::No => {}
            Holds::Maybe => possible.push(rule.class),
            Holds::Yes => {
                possible.push(rule.class);
                break;
            }
        }
    }
    let (high, low) = (*possible.first()?, *possible.last()?);
    let is_too_soon = items.iter().filter_map(|item| value(*item)).any(|value| value.origin == Origin::TooSoon);
    let is_confirmed = row.is_confirmed && low == high && !is_too_soon;
    let note = if is_too_soon { format!("{TOO_SOON}。{}", row.note) } else { row.note.clone() };
    let places = (row.places != u8::MAX && table.is_rounded).then_some(row.places);
    Some(Graded { items, grade: Grade { low, high, is_confirmed }, places, note })
}

/// Said with a class that a sample too soon after the meal has under its name.
const TOO_SOON: &str = "採血が食後まもなくです";

/// Only what was measured is rounded; the edge of what a device measures stays.
fn rounded(row: &Row, value: &Measured) -> Decimal {
    if value.bound == Bound::Exactly { value.value.rounded(row.places) } else { value.value }
}
