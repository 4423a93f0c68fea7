//! Whether a row of a ledger is in force, by words beside its measure.
//!
//! Knows words. Must not know columns, nor the measure itself.

use super::super::folding;

/// What the words say of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// It is in force, or nothing is said.
    InForce,
    /// Nobody can say.
    Unclear,
    /// It is over.
    Over,
}

const STANDING: &[&str] = &[
    "",
    "-",
    "継続",
    "継続中",
    "実施中",
    "実施",
    "有効",
    "適用中",
    "適用",
    "制限中",
    "措置中",
    "配慮中",
    "現行",
    "進行中",
    "対応中",
    "延長",
    "更新",
    "新規",
    "変更",
    "開始",
    "あり",
    "有",
];
const OVER: &[&str] = &[
    "解除",
    "終了",
    "満了",
    "失効",
    "無効",
    "取消",
    "取り消し",
    "廃止",
    "完了",
    "中止",
    "解消",
    "撤廃",
    "措置解除",
    "制限解除",
    "措置終了",
    "制限終了",
];
/// Words in a remark that may speak of the end.
const ENDS: &[&str] = &["解除", "終了", "満了", "失効", "取消", "取り消し", "廃止", "解消", "撤廃"];

/// Reads a cell of a column of states: a word that is not known is a question.
pub(super) fn of_state(text: &str) -> State {
    let folded = folding::fold(text);
    match folded.as_ref() {
        word if STANDING.contains(&word) => State::InForce,
        word if is_over(word) => State::Over,
        _ => State::Unclear,
    }
}

/// Reads a cell of any other column: only a word of the end says something.
pub(super) fn of_note(text: &str) -> State {
    let folded = folding::fold(text);
    match () {
        () if is_over(&folded) => State::Over,
        () if ENDS.iter().any(|word| folded.contains(word)) => State::Unclear,
        () => State::InForce,
    }
}

fn is_over(folded: &str) -> bool {
    let bare = folded.trim_end_matches(['。', '.']);
    let endings = ["しました", "した", "済み", "済"];
    let bare = endings.iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
    OVER.contains(&bare)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_state_is_in_force_over_or_a_question() {
        for (word, state) in [
            ("継続", State::InForce),
            ("", State::InForce),
            ("解除", State::Over),
            ("終了済み", State::Over),
            ("解除予定", State::Unclear),
            ("保留", State::Unclear),
        ] {
            assert_eq!(of_state(word), state, "{word}");
        }
    }

    #[test]
    fn a_remark_speaks_of_the_end_or_of_nothing() {
        for (word, state) in [
            ("復職後", State::InForce),
            ("解除済", State::Over),
            ("解除しました。", State::Over),
            ("10月末で解除", State::Unclear),
            ("解除せず", State::Unclear),
        ] {
            assert_eq!(of_note(word), state, "{word}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_is_too_strange(text in "\\PC{0,12}") {
            let _ = (of_state(&text), of_note(&text));
        }
    }
}
