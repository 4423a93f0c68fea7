//! Amounts of time and the arithmetic of days: exact integers, no clock.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// An amount of worked time in seconds (0.01 h = 36 s).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seconds(pub i64);

impl Seconds {
    /// Hours and minutes.
    pub const fn hm(hours: i64, minutes: i64) -> Self {
        Self(hours * 3600 + minutes * 60)
    }
}

/// A span of possible values: `low == high` when the source was exact.
///
/// A value that its source rounded (freee writes tenths of an hour) is an interval, so that
/// nobody is put on one side of a threshold by a rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Hours {
    /// The least the true value can be.
    pub low: Seconds,
    /// The most the true value can be.
    pub high: Seconds,
}

impl Hours {
    /// A value known exactly.
    pub const fn exact(seconds: Seconds) -> Self {
        Self { low: seconds, high: seconds }
    }

    /// Whether the source left no doubt.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

/// A deadline counted in months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The day that is in time under every way of counting; this one is shown.
    pub safe: NaiveDate,
    /// The last day that can still be argued to be in time; overdue is what lies after it.
    pub last: NaiveDate,
}

/// Counts `months` from `day` (民法140条・143条 の数え方; policy of the program, not read from the law).
///
/// `safe` is the same day of the later month, clamped to its end. `last` differs only when the
/// count can be taken to start with a whole month, that is when `day` is the last of its month:
/// then the whole months run to the end of the last one.
pub fn after_months(day: NaiveDate, months: u32) -> Due {
    let safe = day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
    let starts_whole_month = day.succ_opt().is_some_and(|next| next.day() == 1);
    let last = if starts_whole_month { month_end(safe) } else { safe };
    Due { safe, last }
}

/// Whole months from the first to the last day, both counted: April 1st to September 30th are six.
pub fn whole_months(first: NaiveDate, last: NaiveDate) -> u32 {
    let Some(end) = last.succ_opt() else { return 0 };
    let span = (end.year() - first.year()) * 12 + i32::try_from(end.month0()).unwrap_or(0)
        - i32::try_from(first.month0()).unwrap_or(0);
    let months = u32::try_from(span).unwrap_or(0);
    if months > 0 && after_months(first, months).safe > end { months - 1 } else { months }
}

/// Counts `days` after `day`.
pub fn after_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// The last day of the month of `day`.
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// Age in whole years on `day` (年齢計算ニ関する法律 by use; born on 02-29 counts on 03-01).
pub fn age(birth: NaiveDate, day: NaiveDate) -> i32 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    day.year() - birth.year() - i32::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_clamped_and_whole_months_reach_the_end() {
        assert_eq!(after_months(day("2026-10-31"), 1), Due { safe: day("2026-11-30"), last: day("2026-11-30") });
        assert_eq!(after_months(day("2026-11-10"), 1), Due { safe: day("2026-12-10"), last: day("2026-12-10") });
        assert_eq!(after_months(day("2026-11-30"), 1), Due { safe: day("2026-12-30"), last: day("2026-12-31") });
        assert_eq!(after_months(day("2028-02-29"), 60), Due { safe: day("2033-02-28"), last: day("2033-02-28") });
    }

    #[test]
    fn months_between_are_whole_and_count_both_days() {
        assert_eq!(whole_months(day("2026-04-01"), day("2026-09-30")), 6);
        assert_eq!(whole_months(day("2026-04-01"), day("2026-09-29")), 5);
        assert_eq!(whole_months(day("2026-04-15"), day("2027-04-14")), 12);
        assert_eq!(whole_months(day("2026-08-31"), day("2027-02-27")), 6, "the month's last day stands for the 31st");
        assert_eq!(whole_months(day("2026-04-15"), day("2026-04-01")), 0);
        assert_eq!(whole_months(day("2026-04-15"), NaiveDate::MAX), 0);
    }

    #[test]
    fn a_leap_birthday_counts_on_the_first_of_march() {
        let birth = day("2000-02-29");
        assert_eq!(age(birth, day("2026-02-28")), 25);
        assert_eq!(age(birth, day("2026-03-01")), 26);
        assert_eq!(age(birth, day("2028-02-29")), 28);
    }
}
