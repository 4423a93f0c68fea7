//! Dates and months as employers write them: 2026-04-01, 2026/4/1, 20260401, 2026年4月1日, R8.4.1.
//!
//! Knows spellings and eras. Must not know which date is plausible for what.

use chrono::Datelike;
use unicode_normalization::UnicodeNormalization;

use super::reason::Why;
use crate::domain::Day;

/// An era with its first day (改元の政令・明治五年太政官布告337号); the next one ends it.
struct Era {
    names: [&'static str; 3],
    first: (i32, u32, u32),
}

/// Newest first. Meiji starts where the solar calendar does.
const ERAS: [Era; 5] = [
    Era { names: ["令和", "令", "r"], first: (2019, 5, 1) },
    Era { names: ["平成", "平", "h"], first: (1989, 1, 8) },
    Era { names: ["昭和", "昭", "s"], first: (1926, 12, 25) },
    Era { names: ["大正", "大", "t"], first: (1912, 7, 30) },
    Era { names: ["明治", "明", "m"], first: (1873, 1, 1) },
];
/// Year 1 of Meiji, which began before its first solar day.
const MEIJI_YEAR_ONE: i32 = 1868;

/// Reads a date, or `None`; a date outside its era is none.
pub fn date(text: &str) -> Option<Day> {
    told(text).ok()
}

/// Reads a date, or says why it is none.
///
/// # Errors
/// [`Why::NoSuchDay`] for what is written as a date and stands in no calendar (2026/2/31, 平成40年4月1日);
/// [`Why::NotDate`] for anything else.
pub fn told(text: &str) -> Result<Day, Why> {
    let Written { era, year, month, day } = written(text).ok_or(Why::NotDate)?;
    let date = Day::from_ymd_opt(year, month, day).filter(|date| era.is_none_or(|index| is_within(index, *date)));
    date.ok_or(Why::NoSuchDay)
}

/// Whether a text is written as a date, be it one that stands in a calendar or not.
pub fn is_written_as_day(text: &str) -> bool {
    written(text).is_some()
}

/// A date as it is written, by the common year.
struct Written {
    era: Option<usize>,
    year: i32,
    month: u32,
    day: u32,
}

fn written(text: &str) -> Option<Written> {
    let folded = folded(without_time(text));
    let folded = without_weekday(&folded);
    let (era, rest) = split_era(folded);
    let parts = numbers(rest)?;
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [packed] if era.is_none() && rest.len() == 8 => (packed / 10_000, packed / 100 % 100, packed % 100),
        _ => return None,
    };
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    Some(Written { era, year: common_year(era, year)?, month, day })
}

/// Reads a year and month: 2026-10, 2026/10, 202610, 2026年10月, 2026年10月度, R8.10, Oct-26.
pub fn year_month(text: &str) -> Option<(i32, u32)> {
    let folded = folded(text);
    if folded.starts_with(|c: char| c.is_ascii_lowercase()) && folded.is_ascii() {
        return english_month(&folded).or_else(|| numbered_month(&folded));
    }
    numbered_month(&folded)
}

/// English months as a spreadsheet writes them into its cells.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `oct-26` is how a spreadsheet shows a month and a year; 26-oct and oct 26 would be a day.
fn english_month(folded: &str) -> Option<(i32, u32)> {
    let (name, year) = folded.split_once('-')?;
    let month = MONTHS.iter().zip(1u32..).find(|(month, _)| **month == name)?.1;
    let is_number = (year.len() == 2 || year.len() == 4) && year.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = year.parse().ok().filter(|_| is_number)?;
    checked_month(if year < 100 { 2000 + year } else { year }, i32::try_from(month).ok()?)
}

fn numbered_month(folded: &str) -> Option<(i32, u32)> {
    let (era, rest) = split_era(folded);
    let rest = rest.strip_suffix('度').or(rest.strip_suffix("分")).unwrap_or(rest);
    let (year, month) = match numbers(rest)?.as_slice() {
        [year, month] => (*year, *month),
        [packed] if era.is_none() && rest.len() == 6 => (packed / 100, packed % 100),
        _ => return None,
    };
    checked_month(common_year(era, year)?, month)
}

/// Reads the first and the last day of a span: 2026/09/01-2026/09/30, 9月1日 without a year is none.
pub fn span(text: &str) -> Option<(Day, Day)> {
    let text: String = text.nfkc().collect();
    let parts = text.match_indices(['~', '〜', '-', 'ー', '−', '–', '—', 'か']).filter_map(|(at, sign)| {
        let behind = text.get(at + sign.len()..)?;
        let last = behind.strip_prefix('ら').filter(|_| sign == "か").unwrap_or(behind);
        Some((date(text.get(..at)?)?, date(last.trim_end_matches("まで"))?))
    });
    parts.into_iter().next()
}

/// Reads the month of a cell that a spreadsheet turned into the first day of its month, or into that day's serial number.
pub fn month_as_day(text: &str) -> Option<(i32, u32)> {
    date(text).or_else(|| serial(text)).filter(|day| day.day() == 1).map(|day| (day.year(), day.month()))
}

/// The day of a serial number from 2000 to 2100; no month is written with such five digits.
fn serial(text: &str) -> Option<Day> {
    let days = folded(text).parse().ok().filter(|days| (36_526..73_051).contains(days))?;
    Day::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))
}

/// Reads a month without its year: 9, 9月, 9月度.
pub fn month(text: &str) -> Option<u32> {
    let folded = folded(text);
    let bare = folded.strip_suffix('度').or(folded.strip_suffix("分")).unwrap_or(&folded);
    bare.strip_suffix('月').unwrap_or(bare).parse().ok().filter(|month| (1..=12).contains(month))
}

/// Reads a month from a column of years (2026, 令和8年) and one of months (10, 10月).
pub fn month_of_year(year: &str, month: &str) -> Option<(i32, u32)> {
    let (year, month) = (folded(year), folded(month));
    let (era, rest) = split_era(&year);
    let (years, months) = (numbers(rest)?, numbers(month.strip_suffix('度').unwrap_or(&month))?);
    match (years.as_slice(), months.as_slice()) {
        ([year], [month]) => checked_month(common_year(era, *year)?, *month),
        _ => None,
    }
}

fn checked_month(year: i32, month: i32) -> Option<(i32, u32)> {
    let month = u32::try_from(month).ok()?;
    ((1900..=2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

/// Cuts the time of day that spreadsheets and clinics write behind a date.
fn without_time(text: &str) -> &str {
    let is_time = |time: &str| {
        let parts: Vec<&str> = time.split(':').collect();
        let is_part = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        (2..=3).contains(&parts.len()) && parts.iter().all(is_part)
    };
    match text.trim().rsplit_once([' ', '\u{3000}', 'T']) {
        Some((day, time)) if is_time(time) => day,
        _ => text,
    }
}

/// Cuts `(月)`, `(月曜)` and `月曜日` behind a date that is folded.
fn without_weekday(folded: &str) -> &str {
    let bare = folded.strip_suffix(')').unwrap_or(folded);
    let bare = bare.strip_suffix("曜日").or_else(|| bare.strip_suffix('曜')).unwrap_or(bare);
    let is_marked = bare.len() < folded.len();
    let cut = bare.strip_suffix(['月', '火', '水', '木', '金', '土', '日']).filter(|_| is_marked);
    cut.map_or(folded, |day| day.strip_suffix('(').unwrap_or(day))
}

fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn split_era(text: &str) -> (Option<usize>, &str) {
    let names = ERAS.iter().enumerate().flat_map(|(index, era)| era.names.map(|name| (index, name)));
    let found = names.into_iter().find_map(|(index, name)| Some((index, text.strip_prefix(name)?)));
    found.map_or((None, text), |(index, rest)| (Some(index), rest))
}

fn common_year(era: Option<usize>, year: i32) -> Option<i32> {
    let Some(index) = era else { return (1800..=9999).contains(&year).then_some(year) };
    let first = ERAS.get(index)?.first.0;
    let one = if index + 1 == ERAS.len() { MEIJI_YEAR_ONE } else { first };
    (1..=99).contains(&year).then_some(one + year - 1)
}

fn is_within(index: usize, date: Day) -> bool {
    let first = |index: usize| ERAS.get(index).and_then(|era| Day::from_ymd_opt(era.first.0, era.first.1, era.first.2));
    let has_begun = first(index).is_some_and(|first| first <= date);
    let next = index.checked_sub(1).and_then(first);
    has_begun && next.is_none_or(|next| date < next)
}

/// The numbers of a date; between them one separator each, 元 is 1.
fn numbers(text: &str) -> Option<Vec<i32>> {
    let text = text.replace('元', "1");
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月', '日']).collect();
    let parts = match parts.as_slice() {
        [head @ .., ""] if text.ends_with(['年', '月', '日']) => head,
        all => all,
    };
    let is_number = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    parts.iter().all(is_number).then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_day_in_every_spelling() {
        let expected: Day = "2026-04-01".parse().unwrap();
        let texts = [
            "2026-04-01",
            "2026/4/1",
            "20260401",
            "2026.4.1",
            "2026年4月1日",
            "R8.4.1",
            "令和8年4月1日",
            "Ｒ８／４／１",
            "r08-04-01",
            "2026/04/01 0:00:00",
            "2026/04/01 00:00",
            "令8.4.1",
            "2026/4/1(水)",
            "2026年4月1日（水）",
            "2026年4月1日 水曜日",
            "R8.4.1（水曜）",
            "2026/04/01 9:30",
            "2026-04-01T09:30:00",
        ];
        for text in texts {
            assert_eq!(date(text), Some(expected), "{text}");
        }
        assert_eq!(date("平成元年1月8日"), Day::from_ymd_opt(1989, 1, 8));
        assert_eq!(date("S64.1.7"), Day::from_ymd_opt(1989, 1, 7));
        assert_eq!(date("M33.5.5"), Day::from_ymd_opt(1900, 5, 5));
    }

    #[test]
    fn a_time_of_day_is_cut_and_takes_no_digit_with_it() {
        for (text, day) in [("2026/04/10 0:00:00", 10), ("2026/04/01 00:00:00", 1), ("2026/04/10 8:30", 10)] {
            assert_eq!(date(text), Day::from_ymd_opt(2026, 4, day), "{text}");
        }
        for text in ["2026/04/10 朝", "2026/04/10 8:3x", "2026/04 8:30", "26/04/10", "46300", "2026/4/1(祝)", "(水)"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn days_outside_calendar_or_era_are_none() {
        for text in
            ["2026-02-31", "S64.1.8", "H1.1.7", "平成32年4月1日", "R0.5.1", "2026-4", "", "4/1", "x", "12345678901"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_that_stands_in_no_calendar_is_told_from_what_is_no_date() {
        for text in ["2026/2/31", "2026-02-29", "20260431", "2026年13月1日", "平成40年4月1日", "S64.1.8", "R8.2.30(月)"]
        {
            assert_eq!(told(text), Err(Why::NoSuchDay), "{text}");
        }
        for text in ["", "4/1", "26/2/31", "R0.5.1", "46300", "未定", "2026-4", "12345678901"] {
            assert_eq!(told(text), Err(Why::NotDate), "{text}");
        }
    }

    #[test]
    fn months_in_every_spelling() {
        for text in [
            "2026-10",
            "2026/10",
            "202610",
            "2026年10月",
            "2026年10月度",
            "R8.10",
            "令和８年１０月",
            "Oct-26",
            "OCT-2026",
        ] {
            assert_eq!(year_month(text), Some((2026, 10)), "{text}");
        }
        assert_eq!(month_of_year("2026", "10"), Some((2026, 10)));
        assert_eq!(month_of_year("令和8年", "10月度"), Some((2026, 10)));
        for (year, month) in [("2026", "13"), ("", "10"), ("26", "1"), ("2026", "10月1日")] {
            assert_eq!(month_of_year(year, month), None);
        }
    }

    #[test]
    fn a_span_and_a_month_alone_are_read() {
        let days = ("2026-09-01".parse().ok()).zip("2026-09-30".parse().ok());
        for text in [
            "2026/09/01-2026/09/30",
            "2026-09-01 - 2026-09-30",
            "2026年9月1日～2026年9月30日",
            "R8.9.1から R8.9.30まで",
        ] {
            assert_eq!(span(text), days, "{text}");
        }
        for text in ["2026-09-01", "2026/09-2026/10", "", "から", "2026/09/01-"] {
            assert_eq!(span(text), None, "{text}");
        }
        for (text, read) in
            [("9", Some(9)), ("９月", Some(9)), ("9月度", Some(9)), ("13", None), ("", None), ("9日", None)]
        {
            assert_eq!(month(text), read, "{text}");
        }
        assert_eq!((month_as_day("2026-10-01"), month_as_day("2026-10-02")), (Some((2026, 10)), None));
        assert_eq!((month_as_day("46296"), month_as_day("36526")), (Some((2026, 10)), Some((2000, 1))));
        for text in ["46297", "20261", "26-Oct", "Oct 26", "Oct-6", "Okt-26", "Sept-26", "R-26", "73051"] {
            assert_eq!((year_month(text), month_as_day(text)), (None, None), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,16}") {
            let _ = (date(&text), year_month(&text), month_of_year(&text, &text));
            let _ = (span(&text), month(&text), month_as_day(&text));
        }

        #[test]
        fn every_day_reads_back(days in 0i64..80_000) {
            let day = Day::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days as u64);
            prop_assert_eq!(date(&day.to_string()), Some(day));
            prop_assert_eq!(date(&day.format("%Y/%-m/%-d").to_string()), Some(day));
        }
    }
}
