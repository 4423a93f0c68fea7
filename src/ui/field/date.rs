//! Days as they are typed: `2026-12-01`, `12-01`, `3m`, `R8.12.1`.

use chrono::{Datelike, NaiveDate};

use super::number::folded;
use crate::domain::Day;
use crate::domain::time::after_months;

/// Where a day without a year lies, seen from the base day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// The nearest one.
    #[default]
    Nearest,
    /// The base day or later: deadlines, plans.
    Ahead,
    /// The base day or earlier: what has happened.
    Back,
}

/// Why a day cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not one of the notations.
    #[error("日付として読めません。2026-12-01、12-01、3m、2w、4d、R8.12.1 のように書いてください。")]
    NotADay,
    /// A month or a day that does not exist.
    #[error("暦にない日です。月と日を確かめてください。")]
    NotInCalendar,
    /// A day outside the era it names.
    #[error("元号の期間にない日です。西暦で書いてください。")]
    NotInEra,
}

/// An era (元号): letter, name, and its first and last day.
struct Era {
    letter: char,
    name: &'static str,
    first: (i32, u32, u32),
    last: (i32, u32, u32),
}

/// 和暦: the eras in which living workers were born.
const ERAS: [Era; 4] = [
    Era { letter: 'r', name: "令和", first: (2019, 5, 1), last: (9999, 12, 31) },
    Era { letter: 'h', name: "平成", first: (1989, 1, 8), last: (2019, 4, 30) },
    Era { letter: 's', name: "昭和", first: (1926, 12, 25), last: (1989, 1, 7) },
    Era { letter: 't', name: "大正", first: (1912, 7, 30), last: (1926, 12, 25) },
];

/// Reads a day; `3m`, `2w`, `4d`, `1y` are counted from `base`, before it with a minus sign.
///
/// # Errors
/// Says whether the notation, the calendar or the era is wrong.
pub fn parse_day(text: &str, base: Day, direction: Direction) -> Result<Day, DayError> {
    let text = folded(text).to_lowercase();
    if let Some((era, rest)) = era(&text) {
        return in_era(era, rest);
    }
    if let Some(day) = counted(&text, base) {
        return day;
    }
    match numbers(&text).as_deref() {
        Some([year, month, day]) if *year >= 1000 => calendar(*year, *month, *day),
        Some([month, day]) => without_year(*month, *day, base, direction),
        Some([whole]) if text.len() == 8 => calendar(whole / 10_000, whole / 100 % 100, whole % 100),
        _ => Err(DayError::NotADay),
    }
}

fn era(text: &str) -> Option<(&'static Era, &str)> {
    ERAS.iter().find_map(|era| {
        let rest = text.strip_prefix(era.name).or_else(|| text.strip_prefix(era.letter))?;
        Some((era, rest))
    })
}

fn in_era(era: &Era, rest: &str) -> Result<Day, DayError> {
    let rest = rest.strip_prefix('元').map_or_else(|| rest.to_owned(), |rest| format!("1{rest}"));
    let Some([year, month, day]) = numbers(&rest).and_then(|numbers| <[i32; 3]>::try_from(numbers).ok()) else {
        return Err(DayError::NotADay);
    };
    let day = calendar(era.first.0 - 1 + year, month, day)?;
    let limit = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day);
    let is_inside = limit(era.first) <= Some(day) && Some(day) <= limit(era.last);
    if is_inside { Ok(day) } else { Err(DayError::NotInEra) }
}

/// `3m` and the like; none when the text is not of this form.
fn counted(text: &str, base: Day) -> Option<Result<Day, DayError>> {
    let unit = text.chars().last().filter(|unit| "dwmy".contains(*unit))?;
    let number: i32 = text.strip_suffix(unit)?.parse().ok().filter(|number: &i32| number.abs() <= 99_999)?;
    Some(moved(base, number, unit).filter(|day| is_usable(*day)).ok_or(DayError::NotInCalendar))
}

fn moved(base: Day, number: i32, unit: char) -> Option<Day> {
    match unit {
        'd' => base.checked_add_signed(chrono::TimeDelta::days(i64::from(number))),
        'w' => base.checked_add_signed(chrono::TimeDelta::weeks(i64::from(number))),
        'y' => moved(base, number.checked_mul(12)?, 'm'),
        _ if number < 0 => base.checked_sub_months(chrono::Months::new(number.unsigned_abs())),
        // A month is counted in one place of the program.
        _ => Some(after_months(base, number.unsigned_abs()).safe).filter(|day| *day != NaiveDate::MAX),
    }
}

fn without_year(month: i32, day: i32, base: Day, direction: Direction) -> Result<Day, DayError> {
    // Eight years back and forth hold a 29 February, also around a year without one.
    let years = base.year() - 8..=base.year() + 8;
    let days = years.filter_map(|year| calendar(year, month, day).ok());
    let fitting = days.filter(|found| match direction {
        Direction::Nearest => true,
        Direction::Ahead => *found >= base,
        Direction::Back => *found <= base,
    });
    fitting.min_by_key(|found| (*found - base).num_days().abs()).ok_or(DayError::NotInCalendar)
}

/// Numbers between `-`, `/`, `.` or 年月日.
fn numbers(text: &str) -> Option<Vec<i32>> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let parts = text.split(['-', '/', '.', '年', '月']);
    parts
        .map(|part| {
            part.parse().ok().filter(|number: &i32| (0..=99_999_999).contains(number) && !part.starts_with('+'))
        })
        .collect()
}

fn calendar(year: i32, month: i32, day: i32) -> Result<Day, DayError> {
    let parts = u32::try_from(month).ok().zip(u32::try_from(day).ok());
    let found = parts.and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    found.filter(|day| is_usable(*day)).ok_or(DayError::NotInCalendar)
}

/// A year that can be written in four digits and lies within a working life.
fn is_usable(day: Day) -> bool {
    (1900..=9999).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn read(text: &str) -> Result<Day, DayError> {
        parse_day(text, day("2026-11-20"), Direction::Nearest)
    }

    #[test]
    fn every_notation_is_read() {
        for (text, expected) in [
            ("2026-12-01", "2026-12-01"),
            ("2026/12/1", "2026-12-01"),
            ("20261201", "2026-12-01"),
            ("2026年12月1日", "2026-12-01"),
            ("２０２６．１２．１", "2026-12-01"),
            ("12-01", "2026-12-01"),
            ("12/1", "2026-12-01"),
            ("11-10", "2026-11-10"),
            ("3m", "2027-02-20"),
            ("2w", "2026-12-04"),
            ("4d", "2026-11-24"),
            ("0d", "2026-11-20"),
            ("-10d", "2026-11-10"),
            ("1Y", "2027-11-20"),
            ("R8.12.1", "2026-12-01"),
            ("令和8年12月1日", "2026-12-01"),
            ("令和元年5月1日", "2019-05-01"),
            ("S59-4-2", "1984-04-02"),
            ("h31.4.30", "2019-04-30"),
        ] {
            assert_eq!(read(text), Ok(day(expected)), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_day_is_refused_by_its_reason() {
        for text in ["", "x", "3", "R2147483647.1.1", "1-2-3-4", "12:01", "m", "3mm", "+3-1"] {
            assert_eq!(read(text), Err(DayError::NotADay), "{text}");
        }
        for text in ["2026-02-29", "13-01", "0-0", "99999y", "R99999999.1.1", "2026-12-32"] {
            assert_eq!(read(text), Err(DayError::NotInCalendar), "{text}");
        }
        for text in ["R1.4.30", "H31.5.1", "S64.1.8"] {
            assert_eq!(read(text), Err(DayError::NotInEra), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_lies_where_the_field_says() {
        let at = |text, direction| parse_day(text, day("2026-11-20"), direction);
        assert_eq!(at("06-15", Direction::Ahead), Ok(day("2027-06-15")));
        assert_eq!(at("06-15", Direction::Back), Ok(day("2026-06-15")));
        assert_eq!(at("11-20", Direction::Back), Ok(day("2026-11-20")));
        assert_eq!(at("11-21", Direction::Back), Ok(day("2025-11-21")));
        assert_eq!(at("02-29", Direction::Ahead), Ok(day("2028-02-29")));
    }

    #[test]
    fn a_month_is_clamped_to_its_end() {
        assert_eq!(parse_day("3m", day("2026-11-30"), Direction::Ahead), Ok(day("2027-02-28")));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            _ = read(&text);
        }

        #[test]
        fn a_day_is_read_back(days in 0_i64..60_000) {
            let day = day("1930-01-01") + chrono::TimeDelta::days(days);
            prop_assert_eq!(read(&day.to_string()), Ok(day));
        }
    }
}
