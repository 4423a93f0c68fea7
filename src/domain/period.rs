//! The counting period (算定期間): from the day after a closing day to the next one (則52条の2第2項).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::time::month_end;

/// A closing day that is valid from a day on; 31 stands for the end of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// First day on which this closing day is in use.
    pub valid_from: NaiveDate,
    /// 1 to 31; a month without that day closes on its last one.
    pub day: u32,
}

/// A counting period, both ends included; named by the month of its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// Last day: the 期日 on which hours are counted.
    pub end: NaiveDate,
}

impl Period {
    /// A period, unless its end lies before its start.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// Calendar days in the period (総暦日数).
    pub fn days(self) -> i64 {
        (self.end - self.start).num_days() + 1
    }

    /// Year and month of the end: the name of the period.
    pub fn month(self) -> (i32, u32) {
        (self.end.year(), self.end.month())
    }

    /// `2026-10`.
    pub fn name(self) -> String {
        let (year, month) = self.month();
        format!("{year:04}-{month:02}")
    }

    /// Whether two periods share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// The period that closes in `year`-`month`, or `None` if no closing day is known by then.
///
/// Where the closing day changed, the period between the old and the new one is shorter or
/// longer than a month; it has its own count of days and is compared like any other, but is
/// not a month inside a mean (see [`is_partial`]).
pub fn closing_in(closings: &[Closing], year: i32, month: u32) -> Option<Period> {
    let end = closing_day(closings, year, month)?;
    let (before_year, before_month) = previous_month(year, month);
    let start = closing_day(closings, before_year, before_month).and_then(|d| d.succ_opt());
    Period::new(start.unwrap_or_else(|| regular_start(closings, end)), end)
}

/// Whether the period is not one regular month of the closing day that ends it.
pub fn is_partial(closings: &[Closing], period: Period) -> bool {
    regular_start(closings, period.end) != period.start
}

fn regular_start(closings: &[Closing], end: NaiveDate) -> NaiveDate {
    let (year, month) = previous_month(end.year(), end.month());
    let day = in_force(closings, end).map_or(31, |c| c.day);
    on_day(year, month, day).succ_opt().unwrap_or(end)
}

fn closing_day(closings: &[Closing], year: i32, month: u32) -> Option<NaiveDate> {
    let last = month_end(NaiveDate::from_ymd_opt(year, month, 1)?);
    let closing = in_force(closings, last)?;
    let end = on_day(year, month, closing.day);
    if end >= closing.valid_from {
        return Some(end);
    }
    // The new closing day is not in force yet on the day it would close: the old one closes this month.
    let older = in_force(closings, end)?;
    Some(on_day(year, month, older.day))
}

fn in_force(closings: &[Closing], day: NaiveDate) -> Option<&Closing> {
    closings.iter().filter(|c| c.valid_from <= day).max_by_key(|c| c.valid_from)
}

fn on_day(year: i32, month: u32, day: u32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    first.with_day(day).unwrap_or_else(|| month_end(first))
}

fn previous_month(year: i32, month: u32) -> (i32, u32) {
    if month == 1 { (year - 1, 12) } else { (year, month - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn closing(valid_from: &str, day_of_month: u32) -> Closing {
        Closing { valid_from: day(valid_from), day: day_of_month }
    }

    fn period(start: &str, end: &str) -> Period {
        Period { start: day(start), end: day(end) }
    }

    #[test]
    fn the_end_of_the_month_and_the_twentieth() {
        let end = [closing("2020-01-01", 31)];
        assert_eq!(closing_in(&end, 2026, 2), Some(period("2026-02-01", "2026-02-28")));
        let twentieth = [closing("2020-01-01", 20)];
        assert_eq!(closing_in(&twentieth, 2026, 10), Some(period("2026-09-21", "2026-10-20")));
        assert_eq!(closing_in(&twentieth, 2019, 12), None);
    }

    #[test]
    fn a_changed_closing_day_makes_one_irregular_period() {
        let closings = [closing("2020-01-01", 31), closing("2026-07-01", 20)];
        assert_eq!(closing_in(&closings, 2026, 6), Some(period("2026-06-01", "2026-06-30")));
        let short = closing_in(&closings, 2026, 7).unwrap();
        assert_eq!(short, period("2026-07-01", "2026-07-20"));
        assert!(is_partial(&closings, short));
        let next = closing_in(&closings, 2026, 8).unwrap();
        assert_eq!(next, period("2026-07-21", "2026-08-20"));
        assert!(!is_partial(&closings, next));
    }

    #[test]
    fn a_change_after_its_own_day_waits_for_the_next_month() {
        let closings = [closing("2020-01-01", 31), closing("2026-07-25", 20)];
        assert_eq!(closing_in(&closings, 2026, 7), Some(period("2026-07-01", "2026-07-31")));
        assert_eq!(closing_in(&closings, 2026, 8), Some(period("2026-08-01", "2026-08-20")));
    }

    #[test]
    fn the_first_known_period_is_regular() {
        let closings = [closing("2026-04-01", 15)];
        assert_eq!(closing_in(&closings, 2026, 4), Some(period("2026-03-16", "2026-04-15")));
    }
}
