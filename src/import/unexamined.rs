//! What stands where a day would, of somebody who was not examined: 未受診, 欠席, a dash.
//!
//! Knows words. Must not know what else a row says: words beside values contradict them, and that is the caller's to say.

use super::folding;
use super::reason::Why;
use crate::domain::checkup::{Standing, standing};

/// Words for an examination or a check that did not take place, folded.
const WORDS: &[&str] = &[
    "未受診",
    "未受検",
    "未受験",
    "未回答",
    "未実施",
    "未検",
    "未",
    "受診せず",
    "受検せず",
    "受診なし",
    "受検なし",
    "受けていない",
    "受診していない",
    "不参加",
    "欠席",
    "欠",
    "対象外",
    "キャンセル",
    "中止",
    "辞退",
    "拒否",
    "未定",
    "受診予定",
    "予約中",
    "休職",
    "休職中",
    "育休中",
    "産休中",
    "×",
];

/// Whether a cell says that nobody was examined, by a word or a dash alone.
pub(super) fn says_so(text: &str) -> bool {
    let folded = folding::fold(text);
    let bare = folded.trim_start_matches(['(', '[', '【', '*']).trim_end_matches([')', ']', '】']);
    WORDS.contains(&bare) || standing(text) == Standing::Dash
}

/// Why such a cell is refused where the row brings values all the same.
pub(super) fn contradicted(text: &str) -> Why {
    if standing(text) == Standing::Dash { Why::NotDate } else { Why::Unexamined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_dashes_say_so_and_a_day_does_not() {
        for text in ["未受診", "未 受検", "欠席", "（未実施）", "－", "ー", "×"] {
            assert!(says_so(text), "{text}");
        }
        for text in ["", "2026/9/7", "R8.9.7", "46300", "再検査"] {
            assert!(!says_so(text), "{text}");
        }
    }
}
