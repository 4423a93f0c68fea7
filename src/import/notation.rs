//! One cell of worked time, under each notation it may have been written in, and which of them fit a whole column.
//!
//! Knows 1.30, 1.50, 90, 1:30 and 1時間30分. Must not know whose time it is or what the law makes of it.
//! Exact integers only: 0.01 h is 36 s.

use unicode_normalization::UnicodeNormalization;

use super::blank;
use super::reason::Why;
use crate::domain::{Hours, Period, Seconds};
use crate::labelled;

labelled! {
    /// How the numbers of a column stand for time.
    Notation {
        Sexagesimal = "60進",
        Decimal = "10進",
        Minutes = "分",
        Clock = "時:分",
        Days = "日数（24時間が1）",
    }
}

impl Notation {
    /// The readings of a bare number; [`Self::Clock`] is none of them.
    pub const OF_NUMBERS: [Self; 4] = [Self::Sexagesimal, Self::Decimal, Self::Minutes, Self::Days];

    /// What may be chosen for a column, by number on the screen.
    pub const CHOICES: [Self; 5] = [Self::Sexagesimal, Self::Decimal, Self::Minutes, Self::Days, Self::Clock];

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sexagesimal => "sexagesimal",
            Self::Decimal => "decimal",
            Self::Minutes => "minutes",
            Self::Clock => "clock",
            Self::Days => "days",
        }
    }
}

/// The most hours a period can hold; 31 days where the period is not known yet.
pub fn limit_of(period: Option<Period>) -> Seconds {
    Seconds::hm(period.map_or(31, Period::days) * 24, 0)
}

/// A cell as it is written, before a notation is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Empty or a dash.
    Nothing,
    /// `1:30` or `1時間30分`: it says itself what it means.
    Written(Seconds),
    /// `1.30`: `digits` of them stand behind the point and make `fraction`.
    Number {
        /// Before the point.
        whole: i64,
        /// Behind the point, as a number.
        fraction: i64,
        /// How many digits stand behind the point.
        digits: u32,
    },
}

impl Shape {
    /// Whether it is no time at all in every notation.
    pub const fn is_zero(self) -> bool {
        matches!(self, Self::Number { whole: 0, fraction: 0, .. } | Self::Written(Seconds(0)))
    }
}

/// Most digits behind the point; Excel writes up to sixteen.
const MAX_DIGITS: usize = 17;

/// Reads the shape of a cell.
///
/// # Errors
/// The cell is no amount of time in any notation.
pub fn shape(cell: &str) -> Result<Shape, Why> {
    let cell = cell.trim();
    if cell.is_ascii() {
        return shape_of_ascii(cell);
    }
    let folded: String = cell.nfkc().filter(|c| !c.is_whitespace()).map(ascii_dash).collect();
    if folded.is_ascii() { shape_of_ascii(&folded) } else { words(&folded) }
}

fn ascii_dash(c: char) -> char {
    if blank::is_dash(c) || matches!(c, '△' | '▲') { '-' } else { c }
}

fn shape_of_ascii(cell: &str) -> Result<Shape, Why> {
    if cell.bytes().all(|b| b == b'-') {
        return Ok(Shape::Nothing);
    }
    if let Some(amount) = cell.strip_prefix('-') {
        return shape_of_ascii(amount).and(Err(Why::Negative));
    }
    if cell.contains(':') { clock(cell) } else { number(cell) }
}

fn clock(cell: &str) -> Result<Shape, Why> {
    let mut parts = cell.split(':');
    let hours = integer(parts.next().unwrap_or(""), 6)?;
    let minutes = sixtieths(parts.next().unwrap_or(""))?;
    let seconds = parts.next().map_or(Ok(0), sixtieths)?;
    if parts.next().is_some() {
        Err(Why::NotTime)
    } else {
        Ok(Shape::Written(Seconds(hours * 3600 + minutes * 60 + seconds)))
    }
}

fn sixtieths(text: &str) -> Result<i64, Why> {
    match integer(text, 2)? {
        _ if text.len() != 2 => Err(Why::NotTime),
        value if value < 60 => Ok(value),
        _ => Err(Why::MinutesOutOfRange),
    }
}

fn integer(text: &str, most_digits: usize) -> Result<i64, Why> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Why::NotTime);
    }
    if text.len() > most_digits { Err(Why::Absurd) } else { text.parse().map_err(|_| Why::NotTime) }
}

fn number(cell: &str) -> Result<Shape, Why> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    if cell.contains('.') && (fraction.is_empty() || fraction.len() > MAX_DIGITS) {
        return Err(Why::NotTime);
    }
    let whole = if whole.contains(',') { integer(&ungrouped(whole)?, 6)? } else { integer(whole, 6)? };
    let digits = u32::try_from(fraction.len()).map_err(|_| Why::NotTime)?;
    let fraction = if fraction.is_empty() { 0 } else { integer(fraction, MAX_DIGITS)? };
    Ok(Shape::Number { whole, fraction, digits })
}

/// `9,600` as 9600, where the commas stand at thousands.
fn ungrouped(text: &str) -> Result<String, Why> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or("");
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if is_grouped { Ok(text.replace(',', "")) } else { Err(Why::NotTime) }
}

/// `1時間30分`, `160時間`, `45分`.
fn words(cell: &str) -> Result<Shape, Why> {
    if let Some(amount) = cell.strip_prefix('-') {
        return words(amount).and(Err(Why::Negative));
    }
    let (hours, rest) = leading(cell, &["時間", "時"])?;
    let (minutes, rest) = leading(rest, &["分"])?;
    let (seconds, rest) = leading(rest, &["秒"])?;
    if !rest.is_empty() || (hours, minutes, seconds) == (None, None, None) {
        return Err(Why::NotTime);
    }
    let is_over = |value: Option<i64>| value.is_some_and(|value| value >= 60);
    if (hours.is_some() && is_over(minutes)) || is_over(seconds) {
        return Err(Why::MinutesOutOfRange);
    }
    let [hours, minutes, seconds] = [hours, minutes, seconds].map(|value| value.unwrap_or(0));
    Ok(Shape::Written(Seconds(hours * 3600 + minutes * 60 + seconds)))
}

fn leading<'a>(text: &'a str, units: &[&str]) -> Result<(Option<i64>, &'a str), Why> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (amount, rest) = text.split_at(end);
    match units.iter().find_map(|unit| rest.strip_prefix(unit)) {
        Some(rest) => Ok((Some(integer(amount, 6)?), rest)),
        None => Ok((None, text)),
    }
}

/// Reads a shape under a notation; `column_digits` is the most digits behind the point in its column.
///
/// `None` is a cell without a value, which is not zero.
///
/// # Errors
/// The shape does not fit the notation.
pub fn read(shape: Shape, notation: Notation, column_digits: u32) -> Result<Option<Hours>, Why> {
    let (whole, fraction, digits) = match shape {
        Shape::Nothing => return Ok(None),
        Shape::Written(seconds) => return Ok(Some(Hours::exact(seconds))),
        Shape::Number { whole, fraction, digits } => (whole, fraction, digits),
    };
    let seconds = match notation {
        Notation::Sexagesimal => whole * 3600 + 60 * sexagesimal_minutes(fraction, digits)?,
        Notation::Decimal => return decimal(whole, fraction, digits, column_digits).map(Some),
        Notation::Days => return days(whole, fraction, digits, column_digits).map(Some),
        Notation::Minutes if fraction == 0 => whole * 60,
        Notation::Minutes => return Err(Why::NotTime),
        Notation::Clock if (whole, fraction) == (0, 0) => 0,
        Notation::Clock => return Err(Why::MixedNotation),
    };
    Ok(Some(Hours::exact(Seconds(seconds))))
}

/// 1.30 is 30 minutes; 1.3 is what a spreadsheet leaves of it.
fn sexagesimal_minutes(fraction: i64, digits: u32) -> Result<i64, Why> {
    match (digits, fraction) {
        (0, _) => Ok(0),
        (1, tens) if tens < 6 => Ok(tens * 10),
        (2, minutes) if minutes < 60 => Ok(minutes),
        (1 | 2, _) => Err(Why::MinutesOutOfRange),
        _ => Err(Why::NotTime),
    }
}

/// Two digits are exact; a column in tenths was rounded, and so is what has more than two digits.
fn decimal(whole: i64, fraction: i64, digits: u32, column_digits: u32) -> Result<Hours, Why> {
    if column_digits == 1 {
        let middle = whole * 3600 + if digits == 0 { 0 } else { fraction * 360 };
        return Ok(Hours { low: Seconds((middle - 180).max(0)), high: Seconds(middle + 180) });
    }
    if digits <= 2 {
        let hundredths = if digits == 1 { fraction * 10 } else { fraction };
        return Ok(Hours::exact(Seconds(whole * 3600 + hundredths * 36)));
    }
    rounded(whole, fraction, digits, 3600).ok_or(Why::NotTime)
}

/// Digits behind the point from which a number may be a part of a day, as programs write what a spreadsheet keeps:
/// nobody writes hours so.
pub const DIGITS_OF_DAYS: u32 = 4;
/// With so many digits a part of a day is known to the second.
const DIGITS_OF_A_SECOND: u32 = 7;

/// 10.7152777777778 is 257:10; to the second where the column has digits enough, or what it can be.
fn days(whole: i64, fraction: i64, digits: u32, column_digits: u32) -> Result<Hours, Why> {
    if column_digits < DIGITS_OF_DAYS {
        return Err(Why::NotTime);
    }
    let more = column_digits.saturating_sub(digits);
    let fraction = 10i64.checked_pow(more).and_then(|scale| fraction.checked_mul(scale)).ok_or(Why::NotTime)?;
    let hours = rounded(whole, fraction, digits + more, 86_400).ok_or(Why::NotTime)?;
    // The span is outward to whole seconds: its middle is the nearest one.
    let middle = Seconds((hours.low.0 + hours.high.0) / 2);
    Ok(if column_digits < DIGITS_OF_A_SECOND { hours } else { Hours::exact(middle) })
}

/// Half a unit of the last digit to either side, then outward to whole seconds.
fn rounded(whole: i64, fraction: i64, digits: u32, unit: i128) -> Option<Hours> {
    let scale = 10i128.checked_pow(digits)?;
    let doubled = 2 * (i128::from(whole) * scale + i128::from(fraction));
    let low = ((doubled - 1).max(0) * unit).div_euclid(2 * scale);
    let high = ((doubled + 1) * unit + 2 * scale - 1).div_euclid(2 * scale);
    Some(Hours { low: Seconds(i64::try_from(low).ok()?), high: Seconds(i64::try_from(high).ok()?) })
}

/// Refuses what a period cannot hold.
///
/// # Errors
/// [`Why::Absurd`] where even the least value is longer than the period.
pub fn within(hours: Hours, limit: Seconds) -> Result<Hours, Why> {
    if hours.low > limit { Err(Why::Absurd) } else { Ok(hours) }
}

/// What a whole column says about its notation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// Most digits behind a point.
    pub digits: u32,
    /// Cells that say themselves what they mean.
    pub written: usize,
    /// Bare numbers.
    pub numbers: usize,
    /// Bare numbers that do not fit, for each of [`Notation::OF_NUMBERS`].
    pub misfits: [usize; 4],
    /// Numbers with a point: without any, the two readings in hours are one.
    pub fractions: usize,
}

impl Survey {
    /// Surveys the cells of a column, or of all the columns that are summed.
    pub fn of(cells: impl Iterator<Item = impl AsRef<str>> + Clone) -> Self {
        Self::within(cells, limit_of(None))
    }

    /// As [`Survey::of`], where no cell can hold more than `limit`.
    pub fn within(cells: impl Iterator<Item = impl AsRef<str>> + Clone, limit: Seconds) -> Self {
        let shapes = || cells.clone().filter_map(|cell| shape(cell.as_ref()).ok());
        let mut survey = Self::default();
        for shape in shapes() {
            if let Shape::Number { digits, .. } = shape {
                survey.digits = survey.digits.max(digits);
            }
        }
        for shape in shapes() {
            survey.count(shape, limit);
        }
        survey
    }

    fn count(&mut self, shape: Shape, limit: Seconds) {
        match shape {
            Shape::Nothing => {}
            Shape::Written(_) => self.written += 1,
            Shape::Number { fraction, .. } => {
                self.numbers += 1;
                self.fractions += usize::from(fraction != 0);
                // A zero is zero in every notation, and settles none.
                if !shape.is_zero() {
                    self.count_misfits(shape, limit);
                }
            }
        }
    }

    /// A cell that fits no reading is a slip of that row and speaks against none.
    fn count_misfits(&mut self, shape: Shape, limit: Seconds) {
        let fits = Notation::OF_NUMBERS.map(|notation| {
            read(shape, notation, self.digits).is_ok_and(|hours| hours.is_none_or(|hours| hours.low <= limit))
        });
        if fits.contains(&true) {
            for (misfits, fits) in self.misfits.iter_mut().zip(fits) {
                *misfits += usize::from(!fits);
            }
        }
    }

    /// Cells that speak against a notation.
    pub fn misfits(&self, notation: Notation) -> usize {
        let position = Notation::OF_NUMBERS.iter().position(|each| *each == notation);
        position.and_then(|index| self.misfits.get(index)).copied().unwrap_or(0)
    }

    /// The notations that fit every cell; where none does, those that fit the most.
    pub fn possible(&self) -> Vec<Notation> {
        if self.written > 0 || self.numbers == 0 {
            return vec![Notation::Clock];
        }
        let least = self.misfits.iter().min().copied().unwrap_or(0);
        Notation::OF_NUMBERS.into_iter().filter(|notation| self.misfits(*notation) == least).collect()
    }

    /// Whether some reading fits every cell.
    pub fn is_clear(&self) -> bool {
        self.written > 0 || self.misfits.contains(&0)
    }
}

#[cfg(test)]
mod tests;
