//! Days, hours and counts as the screens read them.
//!
//! Knows the calendar and the domain's amounts of time; knows no clock and no deadline's rule.

use chrono::{Datelike, Weekday};

use crate::domain::{Day, Hours, Seconds};

/// `2026-11-20(金)`
pub fn full(day: Day) -> String {
    format!("{}({})", day.format("%Y-%m-%d"), weekday(day))
}

/// `11-20` within twelve months of `today`, else `2024-11-20`; for tables, without a weekday.
pub fn short(day: Day, today: Day) -> String {
    let is_near = (day - today).num_days().abs() < 365;
    day.format(if is_near { "%m-%d" } else { "%Y-%m-%d" }).to_string()
}

/// `11-20(金)` within twelve months of `today`, else the full date; where a person plans.
pub fn planned(day: Day, today: Day) -> String {
    format!("{}({})", short(day, today), weekday(day))
}

/// The weekday in one character.
pub fn weekday(day: Day) -> char {
    match day.weekday() {
        Weekday::Mon => '月',
        Weekday::Tue => '火',
        Weekday::Wed => '水',
        Weekday::Thu => '木',
        Weekday::Fri => '金',
        Weekday::Sat => '土',
        Weekday::Sun => '日',
    }
}

/// The urgency of a day: `超過  3日`, `本日`, `あと  5日`.
///
/// `last` is the last day that is still in time (see `domain::time::Due`); overdue is what lies
/// behind it, and the days are counted from `due`, the day that is shown.
pub fn urgency(due: Day, last: Day, today: Day) -> String {
    let left = (due - today).num_days();
    match left {
        _ if today > last => format!("超過 {:>2}日", left.abs()),
        0 => "本日".to_owned(),
        _ if left < 0 => "期限日".to_owned(),
        _ => format!("あと {left:>2}日"),
    }
}

/// `92:30`, cut to the minute, with `+` when a fraction of a minute was cut (80:00+ is above 80:00).
pub fn clock(amount: Seconds) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    let seconds = amount.0.unsigned_abs();
    let more = if seconds.is_multiple_of(60) { "" } else { "+" };
    format!("{sign}{}:{:02}{more}", seconds / 3600, seconds / 60 % 60)
}

/// `92:30`, or `92:24-92:35` where the source had rounded the value.
pub fn hours(hours: Hours) -> String {
    if hours.is_exact() { clock(hours.low) } else { format!("{}-{}", clock(hours.low), clock(hours.high)) }
}

/// `3,000`
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_read_as_on_the_screens() {
        let today = day("2026-11-20");
        assert_eq!(full(today), "2026-11-20(金)");
        assert_eq!(short(day("2026-12-10"), today), "12-10");
        assert_eq!(short(day("2025-09-12"), today), "2025-09-12");
        assert_eq!(planned(day("2026-11-27"), today), "11-27(金)");
    }

    #[test]
    fn a_day_is_overdue_only_behind_its_last() {
        let today = day("2026-11-20");
        assert_eq!(urgency(day("2026-11-17"), day("2026-11-17"), today), "超過  3日");
        assert_eq!(urgency(today, today, today), "本日");
        assert_eq!(urgency(day("2026-12-11"), day("2026-12-11"), today), "あと 21日");
        assert_eq!(urgency(day("2026-11-19"), day("2026-11-20"), today), "期限日");
    }

    #[test]
    fn hours_are_cut_to_the_minute_and_say_so() {
        assert_eq!(clock(Seconds::hm(92, 30)), "92:30");
        assert_eq!(clock(Seconds(80 * 3600 + 1)), "80:00+");
        assert_eq!(clock(Seconds(-5400)), "-1:30");
        assert_eq!(clock(Seconds(i64::MIN)).chars().next(), Some('-'));
        let interval = Hours { low: Seconds::hm(80, 0), high: Seconds::hm(80, 6) };
        assert_eq!(hours(interval), "80:00-80:06");
    }

    #[test]
    fn counts_have_separators() {
        assert_eq!([0, 999, 1_000, 3_000, 1_234_567].map(count), ["0", "999", "1,000", "3,000", "1,234,567"]);
    }
}
