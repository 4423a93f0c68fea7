//! A part of the time that is longer than the whole that holds it: overtime of 240 hours in a total of 200.
//!
//! Knows headings and cells. Must not know people. One of the two columns is wrong, and nobody here knows which.

use std::collections::HashSet;

use super::super::folding::{self, Field};
use super::super::notation::{self, Shape};
use super::super::source::{SourceRow, Table};
use super::super::units::Unit;
use crate::domain::Seconds;

/// What each column of time holds among others.
const PARTS: &[(Field, &[Field])] = &[
    (Field::Total, &[Field::TotalOvertime, Field::Overtime, Field::NightOvertime, Field::Holiday, Field::NightHours]),
    (Field::Actual, &[Field::TotalOvertime, Field::Overtime, Field::NightOvertime, Field::Holiday, Field::NightHours]),
    (Field::TotalOvertime, &[Field::Overtime, Field::NightOvertime]),
];

/// The lines of a file in which a part is longer than its whole.
#[derive(Debug, Default)]
pub(super) struct Exceeding(HashSet<u32>);

#[derive(Debug, Clone, Copy)]
struct Pair {
    whole: Column,
    part: Column,
}

#[derive(Debug, Clone, Copy)]
struct Column {
    index: usize,
    unit: Option<Unit>,
}

impl Exceeding {
    /// Compares the columns that are taken with those that they hold. Where most rows of two columns stand so it is no slip of
    /// a row: there the two count something else, or in other units.
    pub fn of(table: &Table, taken: &[usize]) -> Self {
        let mut lines = HashSet::new();
        for pair in pairs(&table.header, taken) {
            let over: Vec<u32> = table.rows.iter().filter(|row| pair.is_over(row)).map(|row| row.line).collect();
            let told = || table.rows.iter().filter(|row| pair.is_told(row)).count();
            if !over.is_empty() && (over.len() * 2 <= told() || pair.is_sure(table)) {
                lines.extend(over);
            }
        }
        Self(lines)
    }

    /// Whether some of the rows of a value stand so.
    pub fn holds<'r>(&self, mut rows: impl Iterator<Item = &'r SourceRow>) -> bool {
        !self.0.is_empty() && rows.any(|row| self.0.contains(&row.line))
    }
}

/// The taken columns, each with every column that it holds.
fn pairs(header: &[String], taken: &[usize]) -> Vec<Pair> {
    let told: Vec<(Column, Field)> = header.iter().enumerate().filter_map(told).collect();
    let wholes = told.iter().filter(|(column, _)| taken.contains(&column.index));
    let of = |(whole, field): &(Column, Field)| {
        let parts = PARTS.iter().find(|(known, _)| known == field).map_or(&[][..], |(_, parts)| parts);
        let parts = told.iter().filter(move |(_, field)| parts.contains(field));
        let whole = *whole;
        parts.map(move |(part, _)| Pair { whole, part: *part }).collect::<Vec<_>>()
    };
    wholes.flat_map(of).collect()
}

fn told((index, name): (usize, &String)) -> Option<(Column, Field)> {
    let unit = Unit::of_heading(name);
    folding::field_of(name).map(|field| (Column { index, unit }, field))
}

impl Pair {
    /// Whether the least that the part can be is more than the most that the whole can be.
    fn is_over(self, row: &SourceRow) -> bool {
        let part = self.part.span(row).map(|(least, _)| least).filter(|least| *least > Seconds(0));
        part.is_some_and(|part| self.whole.span(row).is_some_and(|(_, most)| part > most))
    }

    fn is_told(self, row: &SourceRow) -> bool {
        self.part.span(row).is_some() && self.whole.span(row).is_some()
    }

    /// Whether every cell says itself what it means: then no unit is to blame.
    fn is_sure(self, table: &Table) -> bool {
        let is_written = |row: &SourceRow| {
            let mut shapes =
                [self.whole, self.part].into_iter().map(|column| notation::shape(row.cells.get(column.index)));
            shapes.all(|shape| {
                shape.is_ok_and(|shape| matches!(shape, Shape::Written(_) | Shape::Nothing) || shape.is_zero())
            })
        };
        table.rows.iter().all(is_written)
    }
}

impl Column {
    /// The least and the most that a cell can be; a number in hours counts by what stands before its point, whatever its
    /// fraction means.
    fn span(self, row: &SourceRow) -> Option<(Seconds, Seconds)> {
        let of = |low: i64, high: i64| Some((Seconds(low), Seconds(high)));
        match (notation::shape(row.cells.get(self.index)).ok()?, self.unit) {
            (Shape::Nothing, _) => None,
            (Shape::Written(seconds), _) => Some((seconds, seconds)),
            (Shape::Number { whole, .. }, Some(Unit::Minutes)) => of(whole * 60, whole * 60),
            (Shape::Number { whole, fraction: 0, .. }, _) => of(whole * 3600, whole * 3600),
            (Shape::Number { whole, .. }, _) => of(whole * 3600, whole * 3600 + 3599),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::read;

    fn exceeded(header: &str, rows: &[&str]) -> Vec<bool> {
        let table = read(format!("社員番号,{header}\n{}\n", rows.join("\n")).as_bytes()).unwrap();
        let exceeding = Exceeding::of(&table, &[1]);
        table.rows.iter().map(|row| exceeding.holds(std::iter::once(row))).collect()
    }

    #[test]
    fn overtime_above_the_total_is_seen_in_any_notation() {
        assert_eq!(exceeded("総労働時間,時間外", &["1,200:00,240:00", "2,200:00,40:00"]), [true, false]);
        assert_eq!(exceeded("総労働時間,時間外", &["1,200:00,240:00"]), [true], "one row alone says itself what it is");
        assert_eq!(
            exceeded("実労働時間(時間),残業(分)", &["1,160.5,9700", "2,160,600", "3,170,60"]),
            [true, false, false]
        );
        assert_eq!(exceeded("総労働時間,深夜労働時間", &["1,160.30,160.50", "2,160,0"]), [false, false]);
        assert_eq!(exceeded("総残業時間,残業時間", &["1,20:00,30:00", "2,20:00,10:00"]), [true, false]);
    }

    #[test]
    fn columns_in_other_units_and_of_other_things_are_no_slip_of_a_row() {
        assert_eq!(exceeded("総労働時間,残業時間", &["1,190,1800", "2,160,600", "3,160,300"]), [false; 3], "minutes");
        assert_eq!(exceeded("総労働時間,法定休日日数", &["1,5,8"]), [false]);
        assert_eq!(exceeded("残業時間,総労働時間", &["1,30:00,190:00"]), [false]);
    }
}
