//! Numbers and hours as they are typed.

use unicode_normalization::UnicodeNormalization;

use crate::domain::Seconds;

/// Why a number or hours cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a whole number.
    #[error("数として読めません。20 のように書いてください。")]
    NotANumber,
    /// Not hours and minutes; a decimal is never guessed.
    #[error("時間として読めません。92:30 のように、時間と分をコロンで書いてください。")]
    NotHours,
    /// Sixty minutes or more.
    #[error("分は 59 までです。92:30 のように書いてください。")]
    Minutes,
}

/// Reads a whole number, full-width or with separators.
///
/// # Errors
/// [`NumberError::NotANumber`] for anything else.
pub fn parse_number(text: &str) -> Result<i64, NumberError> {
    folded(text).replace(',', "").parse().map_err(|_| NumberError::NotANumber)
}

/// Reads hours and minutes, `92:30`, or whole hours, `92`.
///
/// # Errors
/// Says whether the form or the minutes are wrong. A decimal is refused, since 7.30 means two
/// different amounts.
pub fn parse_hours(text: &str) -> Result<Seconds, NumberError> {
    let text = folded(text);
    let (hours, minutes) = text.split_once(':').unwrap_or((&text, "00"));
    let is_form = digits(hours) && hours.len() <= 5 && digits(minutes) && minutes.len() == 2;
    let numbers = hours.parse::<i64>().ok().zip(minutes.parse::<i64>().ok()).filter(|_| is_form);
    let (hours, minutes) = numbers.ok_or(NumberError::NotHours)?;
    if minutes < 60 { Ok(Seconds::hm(hours, minutes)) } else { Err(NumberError::Minutes) }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Full-width forms as ASCII, no spaces.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hours_are_read_with_a_colon_only() {
        assert_eq!(parse_hours("92:30"), Ok(Seconds::hm(92, 30)));
        assert_eq!(parse_hours(" ９２：３０ "), Ok(Seconds::hm(92, 30)));
        assert_eq!(parse_hours("40"), Ok(Seconds::hm(40, 0)));
        assert_eq!(parse_hours("25:61"), Err(NumberError::Minutes));
        for text in ["7.30", "7:3", "", ":30", "-1:00", "7:30:00", "x", "1234567:00"] {
            assert_eq!(parse_hours(text), Err(NumberError::NotHours), "{text}");
        }
    }

    #[test]
    fn numbers_are_whole() {
        assert_eq!(parse_number("１,２００"), Ok(1200));
        assert_eq!(parse_number("-3"), Ok(-3));
        assert_eq!(parse_number("1.5"), Err(NumberError::NotANumber));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            _ = parse_hours(&text);
            _ = parse_number(&text);
        }

        #[test]
        fn what_is_written_is_read_back(minutes in 0_i64..600_000) {
            let amount = Seconds::hm(0, minutes);
            prop_assert_eq!(parse_hours(&crate::ui::dates::clock(amount)), Ok(amount));
        }
    }
}
