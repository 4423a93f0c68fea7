//! 健診日 as clinics write it: a date, the serial number of one, or one whose year has two digits and is a question.
//!
//! Knows spellings and which days may be those of an examination. Must not know rows.

use chrono::{Datelike, Days};

use super::super::reason::Why;
use super::super::{EARLIEST_YEAR, calendar, folding};
use crate::domain::Day;
use crate::domain::checkup::ShortYears;

/// Digits of a spreadsheet's serial number of a day between 1927 and 2173.
const SERIAL_DIGITS: usize = 5;
/// The months and days of a year in as many digits: 81005 may be 8-10-05 as well as a serial number.
const PACKED: u32 = 10_000;

/// Why no day is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoDay {
    /// It is none, or none of an examination.
    Refused(Why),
    /// The year has two digits, and nobody said what they stand for.
    ShortYear,
}

/// The days that a date with a short year may be, `today` at the latest.
pub(super) fn possible(text: &str, today: Day) -> impl Iterator<Item = Day> {
    let readings = [ShortYears::Common, ShortYears::Reiwa].map(|years| in_years(text, years));
    readings.into_iter().flatten().filter(move |day| *day <= today && day.year() >= EARLIEST_YEAR)
}

/// The day on which somebody was examined, `today` at the latest.
pub(super) fn examined_on(text: &str, today: Day, years: Option<ShortYears>) -> Result<Day, NoDay> {
    let is_possible = |day: &Day| *day <= today && day.year() >= EARLIEST_YEAR;
    match calendar::told(text) {
        Ok(day) => return Some(day).filter(is_possible).ok_or(NoDay::Refused(Why::DateOutOfRange)),
        Err(why @ Why::NoSuchDay) => return Err(NoDay::Refused(why)),
        Err(_) => {}
    }
    if let Some(day) = of_serial(text).filter(is_possible) {
        return Ok(day);
    }
    let readings = [ShortYears::Common, ShortYears::Reiwa].map(|years| (years, in_years(text, years)));
    let of = |wanted| readings.iter().find(|(years, _)| *years == wanted).and_then(|(_, day)| *day);
    match years {
        _ if readings.iter().all(|(_, day)| day.is_none()) => Err(NoDay::Refused(Why::NotDate)),
        Some(years) => of(years).filter(is_possible).ok_or(NoDay::Refused(Why::DateOutOfRange)),
        None => Err(NoDay::ShortYear),
    }
}

/// The day of a serial number that a spreadsheet left as text; none for digits that may be a date themselves.
fn of_serial(text: &str) -> Option<Day> {
    let folded = folding::fold(text);
    let serial: u32 = folded.parse().ok().filter(|_| folded.len() == SERIAL_DIGITS)?;
    let (month, day) = (serial % PACKED / 100, serial % 100);
    let is_packed = (1..=12).contains(&month) && (1..=31).contains(&day);
    let first = Day::from_ymd_opt(1899, 12, 30).filter(|_| !is_packed)?;
    first.checked_add_days(Days::new(u64::from(serial)))
}

/// The day of a date whose year has one or two digits, by what they stand for.
fn in_years(text: &str, years: ShortYears) -> Option<Day> {
    let folded = folding::fold(text);
    let digits = folded.chars().take_while(char::is_ascii_digit).count();
    let spelt = match digits {
        // 261005
        6 if folded.len() == 6 => format!("{}/{}/{}", folded.get(..2)?, folded.get(2..4)?, folded.get(4..)?),
        1 | 2 => folded.to_string(),
        _ => return None,
    };
    let missing = if digits == 1 { "0" } else { "" };
    match years {
        ShortYears::Common => calendar::date(&format!("20{missing}{spelt}")),
        ShortYears::Reiwa => calendar::date(&format!("R{spelt}")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str, years: Option<ShortYears>) -> Result<String, NoDay> {
        let today = "2026-11-20".parse().unwrap();
        examined_on(text, today, years).map(|day| day.to_string())
    }

    #[test]
    fn a_date_in_any_dress_and_a_serial_number_are_one_day() {
        for text in ["2026/10/05 9:30", "2026年10月5日(月)", "2026/10/05(月)", "R8.10.5", "46300", "４６３００"]
        {
            assert_eq!(told(text, None), Ok("2026-10-05".to_owned()), "{text}");
        }
        for (text, why) in [
            ("2027/10/05", Why::DateOutOfRange),
            ("46400", Why::NotDate),
            ("81005", Why::NotDate),
            ("10/5", Why::NotDate),
            ("10/5/2026", Why::NotDate),
            ("5/10/2026", Why::NotDate),
            ("", Why::NotDate),
            ("4630", Why::NotDate),
        ] {
            assert_eq!(told(text, None), Err(NoDay::Refused(why)), "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_asked_and_read_as_it_was_answered() {
        for text in ["26/10/05", "8.10.5", "261005", "26年10月5日(月)", "27/10/05"] {
            assert_eq!(told(text, None), Err(NoDay::ShortYear), "{text}");
        }
        let (common, reiwa) = (Some(ShortYears::Common), Some(ShortYears::Reiwa));
        let days = |text| possible(text, "2026-11-20".parse().unwrap()).map(|day| day.to_string()).collect::<Vec<_>>();
        assert_eq!(days("8.10.5"), ["2008-10-05", "2026-10-05"]);
        assert_eq!(days("26/10/05"), ["2026-10-05"], "令和26年 is to come");
        assert_eq!(told("26/10/05", common), Ok("2026-10-05".to_owned()));
        assert_eq!(told("8.10.5", reiwa), Ok("2026-10-05".to_owned()));
        assert_eq!(told("081005", reiwa), Ok("2026-10-05".to_owned()));
        assert_eq!(told("8.10.5", common), Ok("2008-10-05".to_owned()));
        assert_eq!(told("26/10/05", reiwa), Err(NoDay::Refused(Why::DateOutOfRange)), "令和26年 is to come");
        assert_eq!(told("2026/10/05", reiwa), Ok("2026-10-05".to_owned()), "a whole year says what it is");
        assert_eq!(told("26/13/05", common), Err(NoDay::Refused(Why::NotDate)));
    }

    proptest! {
        #[test]
        fn no_day_lies_ahead_whatever_stands_there(text in "\\PC{0,12}|[0-9/.年月日R]{0,10}") {
            for years in [None, Some(ShortYears::Common), Some(ShortYears::Reiwa)] {
                let today: Day = "2026-11-20".parse().unwrap();
                if let Ok(day) = examined_on(&text, today, years) {
                    prop_assert!(day <= today && day.year() >= EARLIEST_YEAR);
                }
            }
        }
    }
}
