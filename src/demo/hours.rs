//! Hours month by month, written as seven time clocks would export them.
//!
//! Each establishment has a notation and an encoding of its own, so that the demo passes through the
//! same reading, matching and counting as a file of an employer.

use std::fmt::Write;

use super::people::{Habit, Person};
use super::random::Random;
use crate::domain::period::{Closing, closing_in};
use crate::domain::{Day, Period};
use crate::import::notation::Notation;

/// One month's export of an establishment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursFile {
    /// The counting period it holds.
    pub period: Period,
    /// How its numbers are to be read; the physician would have answered this.
    pub notation: Notation,
    /// The file.
    pub bytes: Vec<u8>,
}

/// How an establishment's file of hours looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// `269.39` for 269 h 39 min, CP932.
    Sexagesimal,
    /// `269:39`, UTF-8 with a byte order mark, a column of the month.
    Clock,
    /// `269.65`, UTF-8 with a byte order mark.
    Decimal,
    /// `16179`, CP932.
    Minutes,
    /// `269.7`: rounded to tenths, UTF-8.
    Tenths,
}

/// The format of an establishment.
pub(super) fn format_of(site: usize) -> Format {
    const FORMATS: [Format; 7] = [
        Format::Sexagesimal,
        Format::Clock,
        Format::Decimal,
        Format::Minutes,
        Format::Tenths,
        Format::Clock,
        Format::Sexagesimal,
    ];
    FORMATS.get(site % FORMATS.len()).copied().unwrap_or(Format::Clock)
}

impl Format {
    /// How the importer is to read it.
    pub fn notation(self) -> Notation {
        match self {
            Self::Sexagesimal => Notation::Sexagesimal,
            Self::Clock => Notation::Clock,
            Self::Decimal | Self::Tenths => Notation::Decimal,
            Self::Minutes => Notation::Minutes,
        }
    }

    /// A text as bytes in the file's encoding.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Sexagesimal | Self::Minutes => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
            Self::Clock | Self::Decimal => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Self::Tenths => text.as_bytes().to_vec(),
        }
    }

    fn header(self) -> &'static str {
        match self {
            Self::Sexagesimal => "従業員コード,名前,所属名,雇用区分,総労働時間\r\n",
            Self::Clock => "社員番号,氏名,部署,対象年月,総労働時間\r\n",
            Self::Decimal => "社員番号,氏名,部門名,出勤日数,総労働時間\r\n",
            Self::Minutes => "社員コード,社員名,総労働時間(分)\r\n",
            Self::Tenths => "従業員番号,氏名,総勤務時間\r\n",
        }
    }

    fn row(self, text: &mut String, person: &Person, period: Period, minutes: i64) {
        let (number, name, department) = (&person.number, &person.name.kanji, person.department);
        let (hours, rest) = (minutes / 60, minutes % 60);
        // Writing to a string does not fail.
        let _ = match self {
            Self::Sexagesimal => write!(text, "{number},{name},{department},社員,{hours}.{rest:02}\r\n"),
            Self::Clock => {
                let month = period.end.format("%Y/%m");
                write!(text, "{number},{name},{department},{month},{hours}:{rest:02}\r\n")
            }
            Self::Decimal => write!(text, "{number},{name},{department},,{hours}.{:02}\r\n", rest * 100 / 60),
            Self::Minutes => write!(text, "{number},{name},{minutes}\r\n"),
            Self::Tenths => {
                let tenths = (minutes + 3) / 6;
                write!(text, "{number},{name},{}.{}\r\n", tenths / 10, tenths % 10)
            }
        };
    }
}

/// The closed periods before `today`, newest first; `late` of the newest have not been sent yet.
pub(super) fn periods(closings: &[Closing], today: Day, years: u32, late: usize) -> Vec<Period> {
    use chrono::Datelike;
    let wanted = usize::try_from(years).unwrap_or(0).saturating_mul(12);
    let mut month = (today.year(), today.month());
    let back = std::iter::from_fn(|| {
        let found = closing_in(closings, month.0, month.1);
        month = if month.1 == 1 { (month.0 - 1, 12) } else { (month.0, month.1 - 1) };
        found
    });
    back.skip_while(|period| period.end >= today).skip(late).take(wanted).collect()
}

/// The minutes worked by somebody in the `age`-th newest period.
pub(super) fn minutes(seed: &[u64; 2], person: &Person, period: Period, age: usize) -> i64 {
    let told = person.part.and_then(|part| part.overtime().get(age).copied());
    let overtime = told.unwrap_or_else(|| drawn(seed, person, age));
    let frame = (FRAME_OF_WEEK * period.days() + 6) / 7;
    let whole = (frame + overtime).max(0);
    let present = days_present(person, period);
    if present == period.days() { whole } else { whole * present / period.days().max(1) }
}

/// Minutes of 40 hours: what a week holds without overtime. It shapes the invented figures and decides nothing.
const FRAME_OF_WEEK: i64 = 40 * 60;

fn days_present(person: &Person, period: Period) -> i64 {
    let first = person.joined.max(period.start);
    let last = person.left.map_or(period.end, |left| left.min(period.end));
    ((last - first).num_days() + 1).max(0)
}

fn drawn(seed: &[u64; 2], person: &Person, age: usize) -> i64 {
    let index = person.index as u64;
    let mut usual = Random::of(&[seed[0], seed[1], 2, index]);
    let mut month = Random::of(&[seed[0], seed[1], 3, index, age as u64]);
    let (low, high, spread) = match person.habit {
        Habit::Little => (-2400, 240, 180),
        Habit::Some => (360, 1440, 240),
        Habit::Much => (1500, 2460, 180),
        Habit::Over45 => (2880, 4080, 150),
        Habit::Over80 if age == 0 => (4860, 5820, 0),
        Habit::Over80 => (2760, 4080, 300),
    };
    usual.between(low, high) + month.between(-spread, spread)
}

/// The export of one period; `age` 0 is the newest.
pub(super) fn file(format: Format, seed: &[u64; 2], people: &[Person], period: Period, age: usize) -> HoursFile {
    let mut text = String::with_capacity(people.len() * 48 + 96);
    text.push_str(format.header());
    let sent =
        people.iter().filter(|person| person.works_in(period) && person.part.is_none_or(|part| part.has_hours()));
    for person in sent {
        format.row(&mut text, person, period, minutes(seed, person, period, age));
    }
    HoursFile { period, notation: format.notation(), bytes: format.encode(&text) }
}
