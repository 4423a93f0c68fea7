//! 深夜業 beside the hours of a row: read where the file has columns for it, and never a reason to refuse the row.

use unicode_normalization::UnicodeNormalization;

use super::super::folding::Field;
use super::super::notation::{self, Notation};
use super::super::source::SourceRow;
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

impl Rows<'_> {
    /// Count and seconds of a row and of its days; none where the file says neither.
    pub(super) fn night(
        &self,
        lines: &Lines<'_>,
        notation: Notation,
        digits: u32,
    ) -> Option<(Option<i64>, Option<i64>)> {
        let times: Vec<i64> = lines.all().filter_map(|day| self.night_seconds(day, notation, digits)).collect();
        let counts: Vec<i64> = lines.all().filter_map(|day| self.night_count(day)).collect();
        let sum = |values: &[i64]| (!values.is_empty()).then(|| values.iter().sum());
        // A row a day tells how often by its hours.
        let nights = || i64::try_from(times.iter().filter(|seconds| **seconds > 0).count()).ok();
        let count = sum(&counts).or_else(|| nights().filter(|_| self.is_daily() && !times.is_empty()));
        let found = (count, sum(&times));
        (found != (None, None)).then_some(found)
    }

    fn night_seconds(&self, row: &SourceRow, notation: Notation, digits: u32) -> Option<i64> {
        let cell = row.cells.get(self.column(Field::NightHours)?);
        let hours = notation::read(notation::shape(cell).ok()?, notation, digits).ok()??;
        // A rounded value is kept as it is written: the middle of what it can be, but for zero, below which nothing is.
        Some(if hours.low.0 == 0 { 0 } else { (hours.low.0 + hours.high.0) / 2 })
    }

    fn night_count(&self, row: &SourceRow) -> Option<i64> {
        let cell: String = row.cells.get(self.column(Field::NightCount)?).nfkc().collect();
        cell.trim().trim_end_matches(['回', '日']).trim().parse().ok().filter(|count| (0..=MOST).contains(count))
    }
}

/// More nights than the longest period has days are no count.
const MOST: i64 = 62;
