//! One cell of measures: its words, with those of its heading where the heading says what is restricted.
//!
//! Knows words and marks. Must not know rows.

use super::super::folding;
use super::headings::Column;
use super::words::{self, Says};

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing stands there.
    Blank,
    /// A measure, in words.
    Words(String),
    /// That nothing is restricted.
    Free,
    /// A mark and no word, and nobody said what it stands for.
    Mark,
}

const SET: &[&str] = &["○", "◯", "〇", "●", "◎", "✓", "✔", "レ", "1"];
const UNSET: &[&str] = &["×", "✕", "✖", "x", "0"];
/// Words that say of the heading that it holds.
const HOLDS: &[&str] = &["あり", "有", "有り", "該当", "要", "する", "はい", "制限あり", "制限有"];
/// Words that say of it that it does not.
const FAILS: &[&str] = &["非該当", "該当なし", "しない", "いいえ", "-"];
/// Endings that ask, and are no words of a measure.
const ASKING: &[&str] = &["の可否", "可否", "の有無", "有無"];

/// Reads a cell. `marks_hold` is the physician's word that ○ says that the restriction holds and × that it does not.
pub(super) fn read(column: &Column, text: &str, marks_hold: bool) -> Told {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = folding::fold(&text);
    let is = |words: &[&str]| words.contains(&folded.as_ref());
    let (is_set, is_unset) = (is(SET), is(UNSET));
    let about = ASKING.iter().find_map(|ending| column.heading.strip_suffix(ending)).unwrap_or(&column.heading);
    let asks_leave = column.heading.ends_with("可否");
    match () {
        () if text.is_empty() => Told::Blank,
        () if is_set && asks_leave => Told::Free,
        () if is_unset && asks_leave => Told::Words(format!("{about} 不可")),
        () if (is_set || is_unset) && !marks_hold => Told::Mark,
        () if is_unset => Told::Free,
        () if (is_set || is(HOLDS)) && !about.is_empty() => Told::Words(about.to_owned()),
        () if !column.is_of_subject => Told::Words(text),
        () if is(FAILS) || words::read(&text) == Says::Nothing => Told::Free,
        () => Told::Words(format!("{about} {text}")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::case::MeasureKind;

    fn column(heading: &str, is_of_subject: bool) -> Column {
        Column { index: Some(0), heading: heading.to_owned(), is_of_subject }
    }

    fn told(heading: &str, text: &str) -> Told {
        read(&column(heading, true), text, false)
    }

    #[test]
    fn the_words_of_heading_and_cell_make_the_measure() {
        use MeasureKind::{NightWork, Other, OvertimeBan, OvertimeLimit};
        for (heading, cell, content, kind) in [
            ("残業制限", "禁止", "残業制限 禁止", OvertimeBan),
            ("残業制限", "月20h", "残業制限 月20h", OvertimeLimit),
            ("残業制限", "あり", "残業制限", OvertimeLimit),
            ("深夜業制限", "禁止", "深夜業制限 禁止", NightWork),
            ("運転制限", "不可", "運転制限 不可", Other),
            ("運転可否", "×", "運転 不可", Other),
            ("残業可否", "不可", "残業 不可", OvertimeBan),
        ] {
            assert_eq!(told(heading, cell), Told::Words(content.to_owned()), "{heading} {cell}");
            assert_eq!(words::read(content), Says::Measure(kind), "{content}");
        }
    }

    #[test]
    fn no_restriction_makes_none_and_a_mark_alone_says_nothing() {
        for (heading, cell) in [("出張制限", "可"), ("残業制限", "なし"), ("運転制限", "-"), ("運転可否", "○")]
        {
            assert_eq!(told(heading, cell), Told::Free, "{heading} {cell}");
        }
        assert_eq!(
            (told("残業制限", "○"), told("残業制限", "×"), told("残業制限", " ")),
            (Told::Mark, Told::Mark, Told::Blank)
        );
        let said = |text| read(&column("運転制限", true), text, true);
        assert_eq!((said("〇"), said("×")), (Told::Words("運転制限".to_owned()), Told::Free));
    }

    #[test]
    fn a_column_of_any_measure_holds_its_own_words() {
        let any = |text| read(&column("就業上の措置", false), text, false);
        assert_eq!(any("残業  禁止"), Told::Words("残業 禁止".to_owned()));
        assert_eq!((any("有"), any("○")), (Told::Words("就業上の措置".to_owned()), Told::Mark));
    }

    proptest! {
        #[test]
        fn no_cell_is_too_strange(heading in "\\PC{0,8}", text in "\\PC{0,12}") {
            read(&column(&heading, true), &text, true);
            read(&column(&heading, false), &text, false);
        }
    }
}
