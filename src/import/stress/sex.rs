//! What a file of answers says of somebody's sex: read where the roster says nothing, and 1 and 2 only as the physician says.
//!
//! Knows words and codes. Must not know what the conversion tables make of it.

use serde::{Deserialize, Serialize};

use super::LENGTHS;
use super::placing::LONGER;
use crate::domain::worker::Sex;
use crate::import::folding;
use crate::import::reason::Doubt;

/// What 1 and 2 stand for: no file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SexCodes {
    /// 1 is a man, 2 a woman.
    ManFirst,
    /// 1 is a woman, 2 a man.
    WomanFirst,
}

impl SexCodes {
    const fn of(self, is_first: bool) -> Sex {
        match (self, is_first) {
            (Self::ManFirst, true) | (Self::WomanFirst, false) => Sex::Male,
            _ => Sex::Female,
        }
    }
}

/// Reads a word of sex, or a code as it was said; a word that is not known says nothing.
///
/// # Errors
/// A code, and nobody said yet what it stands for.
pub(super) fn read(text: &str, codes: Option<SexCodes>) -> Result<Sex, Doubt> {
    match folding::fold(text).as_ref() {
        "男" | "男性" | "m" | "male" => Ok(Sex::Male),
        "女" | "女性" | "f" | "female" => Ok(Sex::Female),
        code @ ("1" | "2") => codes.map(|codes| codes.of(code == "1")).ok_or(Doubt::SexCode),
        _ => Ok(Sex::Unknown),
    }
}

/// Parts a cell that holds 57 answers, one digit of the sex and digits of other things behind it; none for any other cell,
/// and for a longer form, whose next answer would be taken for the sex.
pub(super) fn coded(text: &str) -> Option<(String, String)> {
    let folded = folding::fold(text);
    let is_answer = |c: char| matches!(c, '1'..='4' | '-');
    let is_longer = LONGER.contains(&folded.chars().count()) && folded.chars().all(is_answer);
    let answers: String = folded.chars().take(LENGTHS[0]).collect();
    let mut rest = folded.chars().skip(LENGTHS[0]);
    let sex = rest.next().filter(|c| matches!(c, '1' | '2'))?;
    let is_coded = answers.chars().all(is_answer) && rest.all(|c| c.is_ascii_digit());
    (is_coded && !is_longer).then(|| (answers, sex.to_string()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_is_plain_and_a_code_is_what_the_physician_says() {
        assert_eq!(
            (read("男性", None), read("Ｆ", None), read("", None)),
            (Ok(Sex::Male), Ok(Sex::Female), Ok(Sex::Unknown))
        );
        assert_eq!(read("１", None), Err(Doubt::SexCode));
        assert_eq!(read("1", Some(SexCodes::ManFirst)), Ok(Sex::Male));
        assert_eq!(read("1", Some(SexCodes::WomanFirst)), Ok(Sex::Female));
        assert_eq!(read("2", Some(SexCodes::ManFirst)), Ok(Sex::Female));
    }

    #[test]
    fn the_digit_behind_the_answers_is_the_sex_and_a_longer_form_has_none() {
        let answers = "1234".repeat(14) + "1";
        assert_eq!(coded(&format!("{answers}2045")), Some((answers.clone(), "2".to_owned())));
        assert_eq!(coded(&answers), None, "57 alone say no sex");
        assert_eq!(coded(&format!("{answers}3")), None);
        assert_eq!(coded(&"1".repeat(80)), None, "the 58th answer of 80 is no sex");
        assert_eq!(coded(&"5".repeat(60)), None);
    }

    proptest! {
        #[test]
        fn no_cell_is_too_strange(text in "[0-9１-４\\-あ]{0,130}") {
            if let Some((answers, sex)) = coded(&text) {
                prop_assert_eq!((answers.chars().count(), sex.len()), (57, 1));
            }
        }
    }
}
