//! One cell of measures: its words, with those of its heading where the heading says what is restricted.
//!
//! Knows words and marks. Must not know rows.

use super::super::folding;
use super::headings::Column;
use super::subjects;
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
    /// A limit of nought, in words.
    Nought(String),
}

const SET: &[&str] = &["○", "◯", "〇", "●", "◎", "✓", "✔", "レ", "1"];
const UNSET: &[&str] = &["×", "✕", "✖", "x", "0"];
/// Words that say of the heading that it holds.
const HOLDS: &[&str] = &["あり", "有", "有り", "該当", "要", "する", "はい", "制限あり", "制限有"];
/// Words that say of it that it does not.
const FAILS: &[&str] = &["非該当", "該当なし", "しない", "いいえ", "-"];
/// Words for none: of the work, or of its restriction.
const NONE: &[&str] = &["なし", "無し", "無", "ない", "不要", "非該当", "該当なし", "しない", "いいえ"];
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
        () if column.is_of_subject && column.is_counted && subjects::is_nought(&text) => {
            Told::Nought(format!("{about} {text}"))
        }
        () if column.is_of_subject && column.is_counted && subjects::is_number(&text) => {
            Told::Words(format!("{about} {text}"))
        }
        () if column.is_bare => bare(about, &text, marks_hold),
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

/// Reads a cell below a subject alone: words that restrict are plain; of a mark, 有 or なし nobody knows whether it speaks of
/// the work or of its restriction.
fn bare(about: &str, text: &str, marks_hold: bool) -> Told {
    let folded = folding::fold(text);
    let is = |words: &[&str]| words.contains(&folded.as_ref());
    let is_unsaid = is(UNSET) || is(NONE);
    match () {
        () if folded == "-" => Told::Free,
        () if is_unsaid && marks_hold => Told::Free,
        () if !is_unsaid && words::read(text) == Says::Nothing => Told::Free,
        () if !is_unsaid && words::restricts(text) => Told::Words(format!("{about} {text}")),
        () if !marks_hold => Told::Mark,
        () if is(SET) || is(HOLDS) => Told::Words(format!("{about}の制限")),
        () => Told::Words(format!("{about} {text}")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::case::MeasureKind;

    fn column(heading: &str, is_of_subject: bool) -> Column {
        Column { index: Some(0), heading: heading.to_owned(), is_of_subject, is_bare: false, is_counted: false }
    }

    #[test]
    fn below_a_subject_alone_only_words_that_restrict_are_plain() {
        let column = |heading| Column { is_bare: true, ..column(heading, true) };
        let told = |heading, text| read(&column(heading), text, false);
        for (heading, text) in [("残業", "禁止"), ("残業", "月20hまで"), ("運転", "不可"), ("重量物", "10kg以下")]
        {
            assert_eq!(told(heading, text), Told::Words(format!("{heading} {text}")), "{text}");
        }
        for text in ["可", "制限なし", "-"] {
            assert_eq!(told("出張", text), Told::Free, "{text}");
        }
        for text in ["○", "×", "なし", "有", "月4回", "0", "20"] {
            assert_eq!(told("深夜業", text), Told::Mark, "{text}");
        }
        let said = |text| read(&column("深夜業"), text, true);
        assert_eq!((said("○"), said("なし")), (Told::Words("深夜業の制限".to_owned()), Told::Free));
        assert_eq!(words::read("深夜業の制限"), Says::Measure(MeasureKind::NightWork));
    }

    #[test]
    fn a_limit_of_nought_is_no_mark() {
        let column = Column { is_counted: true, ..column("残業制限(h/月)", true) };
        let told = |text| read(&column, text, false);
        assert_eq!(told("0"), Told::Nought("残業制限(h/月) 0".to_owned()));
        assert_eq!((told("1"), told("-")), (Told::Words("残業制限(h/月) 1".to_owned()), Told::Free));
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
