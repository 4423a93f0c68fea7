//! An answer that is written as it is printed (そうだ, まあそうだ) instead of its number.
//!
//! Knows the printed answers of each part. Must not know rows: what is none of the four answers of its question stays unread.

use unicode_normalization::UnicodeNormalization;

use super::questionnaire::Questionnaire;

/// Words for a question that was left open.
const OPEN: &[&str] = &["未回答", "無回答"];
/// Spellings in characters with those that the form prints.
const SPELLINGS: &[(&str, &str)] = &[
    ("違", "ちが"),
    ("全く", "まったく"),
    ("無", "な"),
    ("有", "あ"),
    ("時々", "ときどき"),
    ("殆ど", "ほとんど"),
    ("稍", "やや"),
];

/// 1 to 4 by the printed answers of the question at a place of the 57, 0 for a word of no answer; none for anything else.
///
/// A number before or behind the words (`1.そうだ`, `そうだ(1)`) has to be theirs.
pub(super) fn code(questionnaire: &Questionnaire, place: usize, cell: &str) -> Option<u8> {
    let plain: String = cell.nfkc().filter(|c| !c.is_whitespace()).collect();
    if OPEN.contains(&plain.as_str()) {
        return Some(0);
    }
    let (number, word) = parted(&plain);
    let heading = questionnaire.heading(questionnaire.items().get(place)?.part)?;
    let is_said = |choice: &String| {
        let (said, choice) = (spelt(word), spelt(choice));
        said == choice || said.strip_suffix('だ').is_some_and(|bare| bare == choice)
    };
    let found = heading.choices.iter().zip(1u8..).find(|(choice, _)| is_said(choice)).map(|(_, code)| code)?;
    number.is_none_or(|number| number == char::from(b'0' + found)).then_some(found)
}

/// The digit beside the words, and the words.
fn parted(plain: &str) -> (Option<char>, &str) {
    const BETWEEN: &[char] = &['.', ':', ')', '(', '、', '_', '-', '=', '[', ']'];
    let is_number = |c: &char| c.is_ascii_digit();
    let bare = plain.trim_matches(BETWEEN);
    let before = bare.chars().next().filter(is_number);
    let behind = bare.chars().next_back().filter(is_number);
    let word =
        bare.trim_start_matches(|c| Some(c) == before).trim_end_matches(|c| Some(c) == behind && before.is_none());
    (before.or(behind), word.trim_matches(BETWEEN))
}

/// Words as the form prints them.
fn spelt(word: &str) -> String {
    SPELLINGS.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By the first question of each part.
    fn read(part: usize, cell: &str) -> Option<u8> {
        code(Questionnaire::built_in().unwrap(), [0, 17, 46, 55][part], cell)
    }

    #[test]
    fn the_printed_answers_of_each_part_are_its_numbers() {
        let printed = [
            ["そうだ", "まあそうだ", "ややちがう", "ちがう"],
            ["ほとんどなかった", "ときどきあった", "しばしばあった", "ほとんどいつもあった"],
            ["非常に", "かなり", "多少", "全くない"],
            ["満足", "まあ満足", "やや不満足", "不満足"],
        ];
        for (part, words) in printed.iter().enumerate() {
            for (word, code) in words.iter().zip(1..) {
                assert_eq!(read(part, word), Some(code), "{word}");
                for other in (0..4).filter(|other| *other != part) {
                    assert_eq!(read(other, word), None, "{word} is no answer of another part");
                }
            }
        }
    }

    #[test]
    fn other_spellings_are_the_same_word_and_a_number_has_to_be_its_own() {
        for (part, cell, code) in [
            (0, "やや 違う", Some(3)),
            (0, "１．そうだ", Some(1)),
            (0, "まあそうだ（2）", Some(2)),
            (0, "2:そうだ", None),
            (0, "そう", None),
            (0, "どちらともいえない", None),
            (0, "無回答", Some(0)),
            (1, "ほとんど無かった", Some(1)),
            (1, "時々あった", Some(2)),
            (1, "いつもあった", None),
            (2, "まったく無い", Some(4)),
            (3, "まあ満足だ", Some(2)),
        ] {
            assert_eq!(read(part, cell), code, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_word_is_too_strange(place in 0_usize..60, cell in "\\PC{0,12}|[1-4.()そうだまあ]{0,8}") {
            prop_assert!(code(Questionnaire::built_in().unwrap(), place, &cell).is_none_or(|code| code < 5));
        }
    }
}
