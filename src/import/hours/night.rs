//! 深夜業 beside the hours of a row: read where the file has columns for it, and never a reason to refuse the row.

use unicode_normalization::UnicodeNormalization;

use super::super::folding::Field;
use super::super::notation::{self, Notation, Shape};
use super::super::reason::{Refusal, Why};
use super::super::source::SourceRow;
use super::super::units::Unit;
use super::Who;
use super::rows::{Lines, Rows};
use crate::domain::Period;

/// 深夜業 of one person in one period, as a file tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Night {
    /// Line of the file.
    pub line: u32,
    /// Whose.
    pub who: Who,
    /// Counting period.
    pub period: Period,
    /// 回数
    pub count: Option<i64>,
    /// 時間 in seconds.
    pub seconds: Option<i64>,
}

impl Rows<'_, '_> {
    /// The cells of 深夜業 that nobody can read, of a row and of its days.
    pub(super) fn unread_nights(&self, lines: &Lines<'_>, notation: Notation, digits: u32) -> Vec<Refusal> {
        let cells = lines.all().flat_map(|day| [(day, Field::NightHours), (day, Field::NightCount)]);
        let unread = cells.filter_map(|(day, field)| {
            let index = self.column(field)?;
            let is_read = is_nothing(&self.cell(day, index))
                || match field {
                    Field::NightHours => self.night_seconds(day, notation, digits).is_some(),
                    _ => self.night_count(day).is_some(),
                };
            (!is_read).then_some(Refusal::cell(day.line, index, Why::NotNight))
        });
        unread.collect()
    }

    /// Count and seconds of a row and of its days; none where the file says neither, or where a cell of it is unread.
    pub(super) fn night(
        &self,
        lines: &Lines<'_>,
        notation: Notation,
        digits: u32,
    ) -> Option<(Option<i64>, Option<i64>)> {
        let unread = self.unread_nights(lines, notation, digits);
        let is_whole =
            |field| self.column(field).is_none_or(|index| unread.iter().all(|cell| cell.column != Some(index + 1)));
        let times: Vec<i64> = lines.all().filter_map(|day| self.night_seconds(day, notation, digits)).collect();
        let counts: Vec<i64> = lines.all().filter_map(|day| self.night_count(day)).collect();
        let sum = |values: &[i64]| (!values.is_empty()).then(|| values.iter().sum());
        // A row a day tells how often by its hours.
        let nights = || i64::try_from(times.iter().filter(|seconds| **seconds > 0).count()).ok();
        let times_of = || sum(&times).filter(|_| is_whole(Field::NightHours));
        let by_days = || nights().filter(|_| self.is_daily() && times_of().is_some());
        let count = sum(&counts).or_else(by_days).filter(|_| is_whole(Field::NightCount));
        let found = (count, times_of());
        (found != (None, None)).then_some(found)
    }

    fn night_seconds(&self, row: &SourceRow, notation: Notation, digits: u32) -> Option<i64> {
        let column = self.column(Field::NightHours)?;
        let unit = self.input.table.header.get(column).and_then(|heading| Unit::of_heading(heading));
        let notation = unit.map_or(notation, |unit| unit.beside(notation));
        let cell = self.cell(row, column);
        let hours = notation::read(notation::shape(&cell).ok()?, notation, digits).ok()??;
        // A rounded value is kept as it is written: the middle of what it can be, but for zero, below which nothing is.
        Some(if hours.low.0 == 0 { 0 } else { (hours.low.0 + hours.high.0) / 2 })
    }

    fn night_count(&self, row: &SourceRow) -> Option<i64> {
        let cell: String = row.cells.get(self.column(Field::NightCount)?).nfkc().collect();
        cell.trim().trim_end_matches(['回', '日']).trim().parse().ok().filter(|count| (0..=MOST).contains(count))
    }
}

fn is_nothing(cell: &str) -> bool {
    notation::shape(cell) == Ok(Shape::Nothing)
}

/// More nights than the longest period has days are no count.
const MOST: i64 = 62;
