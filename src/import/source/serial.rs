//! Numbers of a spreadsheet as it shows them: dates and durations are fractions of days, told apart by their format.
//!
//! Knows serial numbers and number formats. Must not know columns. The floats are the file's own; what they show is
//! text, and every value is read from that text.

use crate::domain::Day;

/// What a number format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A date, a time of the day, or both.
    Date,
    /// An amount of time, `[h]:mm`.
    Duration,
    /// A number whose last digits stand behind colons, two by two, as often as is told: `0":"00`.
    Split(u32),
}

/// What the number format of an id shows; `format` is its text where the workbook defines it. None as a number.
pub(super) fn shown(id: u32, format: Option<&str>) -> Option<Shown> {
    match (id, format) {
        (46, None) => Some(Shown::Duration),
        // 27-36 and 50-58 are the Japanese ones.
        (14..=22 | 27..=36 | 45 | 47 | 50..=58, None) => Some(Shown::Date),
        (_, None) => None,
        (_, Some(format)) => shown_by(format),
    }
}

fn shown_by(format: &str) -> Option<Shown> {
    if let Some(split) = split_by(format) {
        return Some(split);
    }
    let bare = without_literals(&format.to_ascii_lowercase());
    if ["[h", "[m", "[s"].iter().any(|unit| bare.contains(unit)) {
        return Some(Shown::Duration);
    }
    let mut is_bracketed = false;
    let plain = bare.replace("general", "");
    // A bracket is a colour, a condition or a calendar ([red], [$-411]).
    let mut letters = plain.chars().filter(|c| {
        is_bracketed = (is_bracketed || *c == '[') && *c != ']';
        !is_bracketed
    });
    letters.any(|c| matches!(c, 'y' | 'm' | 'd' | 'h' | 'g')).then_some(Shown::Date)
}

/// `0":"00`, by which 25710 is shown as 257:10, though it is no amount of time to the spreadsheet.
fn split_by(format: &str) -> Option<Shown> {
    let positive = format.split(';').next().unwrap_or("").replace("\":\"", ":").replace("\\:", ":");
    let mut groups = positive.split(':');
    let first =
        groups.next().filter(|group| !group.is_empty() && group.chars().all(|c| matches!(c, '0' | '#' | '?' | ',')));
    let colons = u32::try_from(groups.clone().count()).ok().filter(|colons| (1..=2).contains(colons))?;
    (first.is_some() && groups.all(|group| group == "00")).then_some(Shown::Split(colons))
}

/// A format without what it shows as it stands: `"年"`, `\-`.
fn without_literals(format: &str) -> String {
    let (mut bare, mut is_quoted, mut is_escaped) = (String::new(), false, false);
    for c in format.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '"' => is_quoted = !is_quoted,
            '\\' if !is_quoted => is_escaped = true,
            _ if is_quoted => {}
            _ => bare.push(c),
        }
    }
    bare
}

/// A number in the spelling that a text file would have.
pub(super) fn text(number: f64, shown: Option<Shown>, is_1904: bool) -> String {
    let is_time = number.is_finite() && number.abs() < 3_000_000.0;
    // Digits with colons between them are no serial number.
    let is_split = number.is_finite() && number.abs() < 1e12 && matches!(shown, Some(Shown::Split(_)));
    match shown.filter(|_| is_time || is_split) {
        None => number_text(number),
        Some(shown) => time_text(number, shown, is_1904).unwrap_or_else(|| number_text(number)),
    }
}

/// A number with the fifteen digits that Excel shows: 257.10000000000002 is what it keeps of 257.1.
pub(super) fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// A date as 2026-10-01, a duration as 257:10, a time of the day as 8:30; whole seconds are what was typed.
fn time_text(number: f64, shown: Shown, is_1904: bool) -> Option<String> {
    if let Shown::Split(colons) = shown {
        return Some(split_text(number.round() as i64, colons));
    }
    let seconds = (number * 86_400.0).round() as i64;
    if shown == Shown::Duration || (0..86_400).contains(&seconds) {
        return Some(clock(seconds));
    }
    let date = date(seconds.div_euclid(86_400), is_1904)?;
    Some(match seconds.rem_euclid(86_400) {
        0 => date.to_string(),
        rest => format!("{date} {}", clock(rest)),
    })
}

/// 25710 as 257:10.
fn split_text(number: i64, colons: u32) -> String {
    let (sign, mut rest) = if number < 0 { ("-", number.unsigned_abs()) } else { ("", number.unsigned_abs()) };
    let mut groups = String::new();
    for _ in 0..colons {
        groups = format!(":{:02}{groups}", rest % 100);
        rest /= 100;
    }
    format!("{sign}{rest}{groups}")
}

/// Excel counts a 29 February 1900 that never was: day 60 is none, and the days before it stand one later.
pub(super) fn date(days: i64, is_1904: bool) -> Option<Day> {
    let (year, month, day) = if is_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    let days = match days {
        1..60 if !is_1904 => days + 1,
        60 if !is_1904 => return None,
        _ => days,
    };
    Day::from_ymd_opt(year, month, day)?.checked_add_days(chrono::Days::new(u64::try_from(days).ok()?))
}

fn clock(seconds: i64) -> String {
    let (sign, whole) = if seconds < 0 { ("-", -seconds) } else { ("", seconds) };
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    if rest == 0 { format!("{sign}{hours}:{minutes:02}") } else { format!("{sign}{hours}:{minutes:02}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_show_what_was_typed() {
        let cases = [
            (46_296.0, Shown::Date, "2026-10-01"),
            (46_296.354_166_666_7, Shown::Date, "2026-10-01 8:30"),
            (0.354_166_666_666_666_7, Shown::Date, "8:30"),
            (1.0, Shown::Date, "1900-01-01"),
            (60.0, Shown::Date, "60"),
            (61.0, Shown::Date, "1900-03-01"),
            (10.715_277_777_777_777, Shown::Duration, "257:10"),
            (-0.25, Shown::Duration, "-6:00"),
            (-1.0, Shown::Date, "-1"),
            (f64::NAN, Shown::Date, "NaN"),
            (25_710.0, Shown::Split(1), "257:10"),
            (30.0, Shown::Split(1), "0:30"),
            (-230.0, Shown::Split(1), "-2:30"),
            (2_571_005.0, Shown::Split(2), "257:10:05"),
        ];
        for (serial, kind, expected) in cases {
            assert_eq!(text(serial, Some(kind), false), expected);
        }
        assert_eq!(text(44_834.0, Some(Shown::Date), true), "2026-10-01");
    }

    #[test]
    fn numbers_show_fifteen_digits() {
        for (number, expected) in [(257.1_f64.next_up(), "257.1"), (4001.0, "4001"), (0.1 + 0.2, "0.3")] {
            assert_eq!(number_text(number), expected);
        }
    }

    #[test]
    fn formats_tell_dates_from_amounts() {
        for format in ["yyyy/m/d", "[$-411]ggge\"年\"m\"月\"d\"日\";@", "h:mm", "m\"月\"d\"日\""] {
            assert_eq!(shown(164, Some(format)), Some(Shown::Date), "{format}");
        }
        for format in ["[h]:mm", "[hh]:mm:ss", "[mm]"] {
            assert_eq!(shown(164, Some(format)), Some(Shown::Duration), "{format}");
        }
        for format in ["0\":\"00", "#,##0\\:00", "0:00"] {
            assert_eq!(shown(164, Some(format)), Some(Shown::Split(1)), "{format}");
        }
        for format in ["General", "0.00", "0\":00\"", "#,##0;[Red]-#,##0", "0\"時間 hm\"", "0\\d"] {
            assert_eq!(shown(164, Some(format)), None, "{format}");
        }
        assert_eq!(
            (shown(14, None), shown(46, None), shown(2, None)),
            (Some(Shown::Date), Some(Shown::Duration), None)
        );
    }
}
