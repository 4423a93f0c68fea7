//! What a file of answers says of somebody's sex: read where the roster says nothing, and 1 and 2 only as the physician says.
//!
//! Knows words and codes. Must not know what the conversion tables make of it.

use super::LENGTHS;
use super::placing::LONGER;
use crate::domain::worker::{Sex, SexCodes, Worker};
use crate::import::folding;
use crate::import::reason::Doubt;
use crate::import::sex::{Said, said};

/// Reads a word of sex, or a number as it was said; a word that is not known says nothing.
///
/// # Errors
/// A number, and nobody said yet what it stands for.
pub(super) fn read(text: &str, codes: Option<SexCodes>) -> Result<Sex, Doubt> {
    match said(text) {
        Said::Word(sex) => Ok(sex),
        Said::Number(is_first) => codes.map(|codes| codes.sex_of(is_first)).ok_or(Doubt::SexCodes),
        Said::Nothing | Said::Other => Ok(Sex::Unknown),
    }
}

/// Whether the roster knows another sex than the one that was told.
pub(super) fn contradicts(worker: &Worker, told: Option<Sex>) -> bool {
    told.is_some_and(|told| ![told, worker.sex].contains(&Sex::Unknown) && told != worker.sex)
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
        assert_eq!(read("１", None), Err(Doubt::SexCodes));
        assert_eq!(read("1", Some(SexCodes::ManFirst)), Ok(Sex::Male));
        assert_eq!(read("1", Some(SexCodes::WomanFirst)), Ok(Sex::Female));
        assert_eq!(read("2", Some(SexCodes::ManFirst)), Ok(Sex::Female));
        assert_eq!(read("2", Some(SexCodes::NotTaken)), Ok(Sex::Unknown));
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
