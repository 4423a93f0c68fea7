//! Exact decimals: a measured value is a whole number of tenths, hundredths or the like, never a float.

use std::cmp::Ordering;
use std::fmt;

/// Digits a decimal may have; a value of a checkup has far fewer, and nothing overflows below.
const DIGITS: usize = 12;
/// Digits behind the point.
const PLACES: u8 = 6;

/// An exact decimal that remembers how precisely it was written: `5.60` is not printed as `5.6`, but equals it.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    units: i64,
    places: u8,
}

impl Decimal {
    /// `units` of the last of `places` digits behind the point; more than six places are not kept.
    pub const fn new(units: i64, places: u8) -> Self {
        Self { units, places: if places > PLACES { PLACES } else { places } }
    }

    /// Reads plain digits with at most one point, such as `12` or `0.70`; no sign, no exponent.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let part_digits = part.unwrap_or("");
        if !is_number(whole) || part.is_some_and(|part| !is_number(part)) || part_digits.len() > usize::from(PLACES) {
            return None;
        }
        let digits = format!("{whole}{part_digits}");
        let places = u8::try_from(part_digits.len()).ok()?;
        (digits.len() <= DIGITS).then(|| digits.parse().ok().map(|units| Self { units, places })).flatten()
    }

    /// Reads a number with more digits behind the point than are kept, as a spreadsheet computes it: rounded half up, so that
    /// 22.0065617084461 is 22.006562.
    pub fn nearest(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.')?;
        let (kept, rest) = part.split_at_checked(usize::from(PLACES))?;
        let next = rest.bytes().next().filter(|_| rest.bytes().all(|byte| byte.is_ascii_digit()))?;
        let mut nearest = Self::parse(&format!("{whole}.{kept}"))?;
        nearest.units += i64::from(next >= b'5');
        while nearest.places > 0 && nearest.units % 10 == 0 {
            (nearest.units, nearest.places) = (nearest.units / 10, nearest.places - 1);
        }
        Some(nearest)
    }

    /// Digits behind the point, as written.
    pub const fn places(self) -> u8 {
        self.places
    }

    /// The value in units of `places` digits, rounded half up; more than six places are not given.
    pub fn units_at(self, places: u8) -> i64 {
        let wanted = i128::from(self.units) * power(places.min(PLACES));
        let divisor = power(self.places);
        i64::try_from((2 * wanted + divisor).div_euclid(2 * divisor)).unwrap_or(i64::MAX)
    }

    /// The value rounded half up to `places`; a value written less precisely stays what it is.
    #[must_use]
    pub fn rounded(self, places: u8) -> Self {
        if self.places <= places { self } else { Self::new(self.units_at(places), places) }
    }

    /// The exact mean of two values: with one digit more where their sum is odd.
    #[must_use]
    pub fn mean(self, other: Self) -> Self {
        let places = self.places.max(other.places);
        let sum = self.units_at(places) + other.units_at(places);
        if sum % 2 == 0 { Self::new(sum / 2, places) } else { Self::new(sum * 5, places + 1) }
    }

    /// The value times ten to the power of `shift`, still exact; none beyond what a decimal holds.
    pub fn shifted(self, shift: i8) -> Option<Self> {
        let places = i16::from(self.places) - i16::from(shift);
        match u8::try_from(places) {
            Ok(places) if places <= PLACES => Some(Self { units: self.units, places }),
            Ok(_) => None,
            Err(_) => {
                let units = i128::from(self.units) * power(u8::try_from(-places).ok()?.min(2 * PLACES));
                i64::try_from(units)
                    .ok()
                    .filter(|units| *units < 1_000_000_000_000)
                    .map(|units| Self { units, places: 0 })
            }
        }
    }
}

fn power(exponent: u8) -> i128 {
    10_i128.pow(u32::from(exponent))
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = (i128::from(self.units) * power(other.places), i128::from(other.units) * power(self.places));
        one.cmp(&two)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.places == 0 {
            return write!(formatter, "{}", self.units);
        }
        let divisor = power(self.places);
        let (whole, part) = (i128::from(self.units) / divisor, (i128::from(self.units) % divisor).abs());
        write!(formatter, "{whole}.{part:0>width$}", width = usize::from(self.places))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn a_decimal_is_compared_by_value_and_printed_as_written() {
        assert_eq!(of("5.60"), of("5.6"));
        assert_eq!(of("5.60").to_string(), "5.60");
        assert!(of("9.99") < of("10") && of("0.7") > of("0.69"));
    }

    #[test]
    fn what_a_spreadsheet_computed_is_read_to_six_places() {
        let nearest = |text: &str| Decimal::nearest(text).map(|decimal| decimal.to_string());
        assert_eq!(nearest("22.0065617084461").as_deref(), Some("22.006562"));
        assert_eq!(nearest("24.99999999999999").as_deref(), Some("25"));
        assert_eq!(nearest("0.30000000000000004").as_deref(), Some("0.3"));
        for text in ["22.006562", "22", "22.0065617x", "x.0065617", "22.00656 17", ""] {
            assert_eq!(nearest(text), None, "{text}");
        }
    }

    #[test]
    fn rounding_is_half_up_and_only_to_fewer_places() {
        assert_eq!(of("24.95").rounded(1).to_string(), "25.0");
        assert_eq!(of("24.949").rounded(1).to_string(), "24.9");
        assert_eq!(of("6.472").rounded(1).to_string(), "6.5");
        assert_eq!(of("25").rounded(1).to_string(), "25", "what was not measured is not written");
    }

    #[test]
    fn a_mean_is_exact() {
        assert_eq!(of("152").mean(of("130")).to_string(), "141");
        assert_eq!(of("153").mean(of("130")).to_string(), "141.5");
        assert_eq!(of("5.5").mean(of("6")).to_string(), "5.75");
    }

    #[test]
    fn units_of_ten_shift_exactly() {
        assert_eq!(of("4.50").shifted(2).unwrap().to_string(), "450");
        assert_eq!(of("5600").shifted(-3).unwrap().to_string(), "5.600");
        assert_eq!(of("4.5").shifted(2).unwrap().to_string(), "450");
        assert_eq!(of("1").shifted(-7), None);
    }

    #[test]
    fn other_texts_are_no_decimals() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,000", "1.2.3", "１", "1234567890123", "0.1234567"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(units in 0_i64..1_000_000_000, places in 0_u8..=6) {
            let value = Decimal::new(units, places);
            let read = Decimal::parse(&value.to_string()).unwrap();
            prop_assert_eq!(read, value);
            prop_assert_eq!(read.places(), places);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = Decimal::parse(&text);
        }
    }
}
