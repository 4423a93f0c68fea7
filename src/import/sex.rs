//! 性別 as files write it: a word, or a number that stands for what the physician says.
//!
//! Knows words and numbers. Must not know whose sex it is, nor what follows from it.

use serde_json::Value;

use super::{blank, folding};
use crate::domain::worker::{Sex, SexCodes};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// A word.
    Word(Sex),
    /// 1 or 2; whether it is 1.
    Number(bool),
    /// Something else.
    Other,
}

/// The member of a mapping that was kept when a roster's numbers were either 男 and 女 or not taken.
const OLD_MEMBER: &str = "roster_sex_codes";
/// The member of today.
const MEMBER: &str = "sex_codes";

/// What the old member said: whether 1 and 2 are 男 and 女.
pub(super) const fn of_roster(are_codes: bool) -> SexCodes {
    if are_codes { SexCodes::ManFirst } else { SexCodes::NotTaken }
}

/// A kept mapping with the member of today in place of the old one.
pub(super) fn renewed(mut mapping: Value) -> Value {
    let Some(members) = mapping.as_object_mut() else { return mapping };
    if let Some(are_codes) = members.remove(OLD_MEMBER).and_then(|old| old.as_bool()) {
        members.insert(MEMBER.to_owned(), serde_json::to_value(of_roster(are_codes)).unwrap_or_default());
    }
    mapping
}

/// Reads a cell of 性別; a word with its number beside it (1:男) is the word.
pub fn said(text: &str) -> Said {
    let folded = folding::fold(text);
    let is_beside = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '(' | ')' | '_');
    let word = Some(folded.trim_matches(is_beside)).filter(|word| !word.is_empty()).unwrap_or(&folded);
    match word {
        blank if blank::is_blank(blank) => Said::Nothing,
        "男" | "男性" | "おとこ" | "オトコ" | "m" | "male" => Said::Word(Sex::Male),
        "女" | "女性" | "おんな" | "オンナ" | "f" | "female" => Said::Word(Sex::Female),
        "1" => Said::Number(true),
        "2" => Said::Number(false),
        _ => Said::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_word_is_plain_and_a_number_is_what_the_physician_says() {
        let cells = ["男性", "Ｆ", "ｵﾝﾅ", "", "１", "2", "9"].map(said);
        let words = [Said::Word(Sex::Male), Said::Word(Sex::Female), Said::Word(Sex::Female)];
        assert_eq!(cells[..3], words);
        assert_eq!(cells[3..], [Said::Nothing, Said::Number(true), Said::Number(false), Said::Other]);
        assert_eq!([true, false].map(|first| SexCodes::ManFirst.sex_of(first)), [Sex::Male, Sex::Female]);
        assert_eq!([true, false].map(|first| SexCodes::WomanFirst.sex_of(first)), [Sex::Female, Sex::Male]);
        assert_eq!([true, false].map(|first| SexCodes::NotTaken.sex_of(first)), [Sex::Unknown; 2]);
    }

    #[test]
    fn the_old_member_of_a_roster_becomes_the_one_of_today() {
        assert_eq!(renewed(json!({ "roster_sex_codes": true })), json!({ "sex_codes": "man_first" }));
        assert_eq!(renewed(json!({ "roster_sex_codes": false })), json!({ "sex_codes": "not_taken" }));
        let today = json!({ "sex_codes": "woman_first" });
        assert_eq!(renewed(today.clone()), today);
        assert_eq!(renewed(json!(null)), json!(null));
    }

    proptest! {
        #[test]
        fn no_cell_is_too_strange(text in "\\PC{0,12}") {
            let _ = said(&text);
        }
    }
}
