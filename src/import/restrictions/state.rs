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
    /// It is said that there is none.
    Nothing,
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
/// Words of a column that asks whether there is a measure.
const NOTHING: &[&str] =
    &["無", "無し", "なし", "ない", "×", "✕", "✖", "x", "0", "不要", "非該当", "該当なし", "対象外", "いいえ"];
/// Marks that say of such a column that there is one.
const SET: &[&str] = &["○", "◯", "〇", "●", "◎", "✓", "✔", "レ", "1", "要", "該当", "有り", "はい"];
/// Words in a remark that may speak of the end.
const ENDS: &[&str] = &["解除", "終了", "満了", "失効", "取消", "取り消し", "廃止", "解消", "撤廃"];
/// Words in a remark after which a measure is perhaps none any more, because somebody went elsewhere.
const GONE: &[&str] = &[
    "退職",
    "退社",
    "離職",
    "異動",
    "転勤",
    "転籍",
    "転出",
    "出向",
    "死亡",
    "配置換",
    "通常勤務",
    "制限なし",
    "制限無",
];

/// Cells of any other column that say of somebody that nothing is restricted.
const NORMAL: &[&str] =
    &["通常勤務", "通常就業", "通常勤務可", "就業制限なし", "制限なし", "措置不要", "就業可", "就業可能", "通常"];
/// Words in a column of the day of lifting, for what goes on.
const NOT_LIFTED: &[&str] = &["未", "未解除", "未定", "まだ", "継続", "継続中", "×", "なし", "-", ""];
/// Words in such a column for what was lifted on a day that is not told.
const LIFTED: &[&str] = &["済", "済み", "○", "◯", "〇", "●", "✓", "レ", "有", "あり"];

/// Reads what stands in place of a day of lifting; none for anything that may be a day.
pub(super) fn of_lifted(text: &str) -> Option<State> {
    let folded = folding::fold(text);
    match folded.as_ref() {
        word if NOT_LIFTED.contains(&word) => Some(State::InForce),
        word if LIFTED.contains(&word) || is_over(word) => Some(State::Over),
        _ => None,
    }
}

/// Reads a cell of a column of states, or of one that asks whether there is a measure (有無): a word that is not known is
/// a question.
pub(super) fn of_state(text: &str, asks_whether: bool) -> State {
    let folded = folding::fold(text);
    match folded.as_ref() {
        word if asks_whether && SET.contains(&word) => State::InForce,
        word if asks_whether && NOTHING.contains(&word) => State::Nothing,
        word if STANDING.contains(&word) => State::InForce,
        word if is_over(word) => State::Over,
        _ => State::Unclear,
    }
}

/// Whether a cell of such a column says in words that the measure is in force.
pub(super) fn says_in_force(text: &str) -> bool {
    let folded = folding::fold(text);
    !["", "-", "有", "あり"].contains(&folded.as_ref()) && STANDING.contains(&folded.as_ref())
}

/// Reads a remark: as [`of_note`], and the words of somebody who went elsewhere are a question.
pub(super) fn of_remark(text: &str) -> State {
    let folded = folding::fold(text);
    let is_gone = GONE.iter().any(|word| folded.contains(word));
    of_note(text).max(if is_gone { State::Unclear } else { State::InForce })
}

/// Reads a cell of any other column: only a word of the end says something.
pub(super) fn of_note(text: &str) -> State {
    let folded = folding::fold(text);
    match () {
        () if is_over(&folded) => State::Over,
        () if ENDS.iter().any(|word| folded.contains(word)) => State::Unclear,
        () if NORMAL.contains(&folded.as_ref()) => State::Unclear,
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
            assert_eq!(of_state(word, false), state, "{word}");
        }
        assert_eq!(of_state("○", false), State::Unclear, "of a state a mark says nothing");
        let asked = ["有", "○", "無", "×", "解除", "保留"].map(|word| of_state(word, true));
        use State::{InForce, Nothing, Over, Unclear};
        assert_eq!(asked, [InForce, InForce, Nothing, Nothing, Over, Unclear]);
        assert!(says_in_force("継続") && !says_in_force("") && !says_in_force("有"));
    }

    #[test]
    fn a_day_of_lifting_may_be_a_word() {
        let read = ["未", "", "済", "○", "解除済", "2026/10/1", "x"].map(of_lifted);
        let (stands, over) = (Some(State::InForce), Some(State::Over));
        assert_eq!(read, [stands, stands, over, over, over, None, None]);
        assert_eq!(of_note("通常勤務"), State::Unclear, "in whatever column");
    }

    #[test]
    fn who_went_elsewhere_is_asked_about() {
        for word in ["退職", "10/1 総務部へ異動", "10月から通常勤務"] {
            assert_eq!((of_remark(word), of_note(word)), (State::Unclear, State::InForce), "{word}");
        }
        assert_eq!((of_remark("解除済"), of_remark("復職後")), (State::Over, State::InForce));
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
            let _ = (of_lifted(&text), of_state(&text, true), of_state(&text, false), of_remark(&text), says_in_force(&text));
        }
    }
}
