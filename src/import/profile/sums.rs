//! A column that already holds what the columns beside it hold: 残業 beside 普通残業 and 深夜残業.
//!
//! Knows headings, and whether a column is the sum of others in every row. Must not know people.

use super::super::folding::{self, Field};
use super::super::notation::{self, Notation, Shape};
use super::super::qualifiers;
use super::super::source::SourceRow;
use super::super::synonyms::{HOLIDAY, OVERTIME};

/// A column that may hold what others hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Whole {
    /// Its place.
    pub column: usize,
    /// What it may be the sum of, the likeliest first.
    pub parts: Vec<Vec<usize>>,
}

impl Whole {
    /// The parts whose sum it is in every row, by one notation at least; none where it never is.
    pub fn proven<'s>(&'s self, rows: &[SourceRow]) -> Option<&'s Vec<usize>> {
        let is_sum = |parts: &&Vec<usize>| {
            let is_told = rows.iter().any(|row| parts.iter().any(|index| !is_nothing(row.cells.get(*index))));
            let holds = |notation| rows.iter().all(|row| self.is_sum_in(row, parts, notation));
            is_told && Notation::OF_NUMBERS.into_iter().any(holds)
        };
        self.parts.iter().find(is_sum)
    }

    fn is_sum_in(&self, row: &SourceRow, parts: &[usize], notation: Notation) -> bool {
        let sum = parts.iter().map(|index| seconds(row.cells.get(*index), notation)).sum::<Option<i64>>();
        sum.is_some() && sum == seconds(row.cells.get(self.column), notation)
    }
}

/// A cell as it is written, to the second; nothing is nothing to add.
fn seconds(cell: &str, notation: Notation) -> Option<i64> {
    let shape = notation::shape(cell).ok()?;
    // Tenths are compared as they stand: what was rounded before may not add up, and then it is asked.
    let hours = notation::read(shape, notation, 2).ok()?;
    Some(hours.map_or(0, |hours| hours.low.0))
}

fn is_nothing(cell: &str) -> bool {
    notation::shape(cell).is_ok_and(|shape| shape == Shape::Nothing || shape.is_zero())
}

/// The columns among the summed ones that may be the sum of others.
pub(super) fn wholes(header: &[String], summed: &[usize]) -> Vec<Whole> {
    let of = |wanted: Field| -> Vec<usize> {
        let is_wanted = |index: &&usize| header.get(**index).and_then(|name| folding::field_of(name)) == Some(wanted);
        summed.iter().filter(is_wanted).copied().collect()
    };
    let (overtime, night, holiday) = (of(Field::Overtime), of(Field::NightOvertime), of(Field::Holiday));
    let by_overtime = whole(header, &overtime, OVERTIME).map(|(column, parts)| {
        let with = |more: &[usize]| parts.iter().chain(more).copied().collect::<Vec<_>>();
        let all = [night.as_slice(), holiday.as_slice()].concat();
        Whole { column, parts: vec![with(&night), parts.clone(), with(&all), with(&holiday)] }
    });
    let by_holiday = whole(header, &holiday, HOLIDAY).map(|(column, parts)| Whole { column, parts: vec![parts] });
    by_overtime.into_iter().chain(by_holiday).collect()
}

/// The first column that bears the name of the whole, with the others of its kind where there are any.
fn whole(header: &[String], columns: &[usize], names: &[&str]) -> Option<(usize, Vec<usize>)> {
    let name = |index: &usize| {
        let name = header.get(*index).map(|name| folding::fold(name)).unwrap_or_default();
        qualifiers::without_actual(&name)
    };
    // 時間外 itself before 時間外(45時間超).
    let is_whole = |index: &&usize| names.contains(&name(index).as_str());
    let bears = |index: &&usize| names.contains(&name(index).split(['(', '[']).next().unwrap_or(""));
    let column = columns.iter().find(is_whole).or_else(|| columns.iter().find(bears)).copied()?;
    let parts: Vec<usize> = columns.iter().copied().filter(|other| *other != column).collect();
    (!parts.is_empty()).then_some((column, parts))
}
