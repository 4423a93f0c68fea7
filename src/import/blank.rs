//! Cells that hold nothing: empty ones, dashes of every kind, and words that say that there is no day.
//!
//! Knows dashes and words. Must not know columns or people. Which negative a dash stands for below a sign (尿蛋白 -) is
//! the examination's to say.

use super::folding;

/// Words of a column of days that say that there is no day, or none that anybody knows.
const NO_DAY: &[&str] = &[
    "なし",
    "無し",
    "無",
    "該当なし",
    "未定",
    "不明",
    "未登録",
    "未入力",
    "未受検",
    "未受診",
    "未実施",
    "在籍",
    "在籍中",
    "在職",
    "在職中",
    "現職",
    "現在",
    "現在まで",
    "現在に至る",
    "勤務中",
    "就業中",
    "継続",
    "継続中",
];

/// Whether a character is a dash, or stands for one where nothing else stands.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | 'ー' | 'ｰ' | '－' | '﹣')
}

/// Whether a cell is empty, or holds dashes alone.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.chars().filter(|c| !c.is_whitespace()).all(is_dash)
}

/// Whether a cell of a column of days says that there is none: a blank one, 00000000 and what else systems write into a
/// field without a day, or 在籍中 below 退職日.
pub(super) fn says_no_day(cell: &str) -> bool {
    let folded = folding::fold(cell);
    let is_unfilled = folded.chars().all(|c| is_dash(c) || matches!(c, '0' | '/' | '.' | ':'));
    is_blank(cell) || is_unfilled || NO_DAY.contains(&folded.trim_matches(['(', ')', '【', '】', '[', ']']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_dash_is_nothing_and_a_word_is_something() {
        for cell in ["", " ", "-", "－", "ー", "ｰ", "―", "‐", "‑", "–", "—", "─", "−", "--", "－ －", "　"]
        {
            assert!(is_blank(cell), "{cell:?}");
        }
        for cell in ["○", "-1", "ー号", "なし", "0", "~"] {
            assert!(!is_blank(cell), "{cell:?}");
        }
    }

    #[test]
    fn words_for_no_day_are_none_and_words_for_leaving_are_not() {
        for cell in ["在籍中", "（在籍中）", "現在に至る", "未受検", "不 明", "－", ""] {
            assert!(says_no_day(cell), "{cell:?}");
        }
        for cell in ["00000000", "0000/00/00", "  /  /  ", "0", "0000-00-00 00:00:00"] {
            assert!(says_no_day(cell), "{cell:?}");
        }
        for cell in ["退職", "退職予定", "2026/2/31", "4/1", "休職中"] {
            assert!(!says_no_day(cell), "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_is_too_strange(text in "\\PC{0,12}") {
            prop_assert!(!is_blank(&text) || says_no_day(&text));
        }
    }
}
