//! Lines of a roster that are no people: headings of a section, standing alone.
//!
//! Knows words. Must not know columns or people.

use super::super::{blank, folding};

/// What a line that stands alone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    /// The heading of those who left.
    Leavers,
    /// The heading of others.
    Section,
    /// Perhaps a name, perhaps a heading.
    Unclear,
}

const LEAVING: &[&str] = &["退職", "退社", "離職"];
const SECTIONS: &[&str] = &[
    "休職",
    "休業",
    "育休",
    "産休",
    "在籍",
    "在職",
    "出向",
    "派遣",
    "役員",
    "正社員",
    "契約社員",
    "社員",
    "従業員",
    "職員",
    "嘱託",
    "パート",
    "アルバイト",
    "名簿",
    "一覧",
    "以下",
    "以上",
    "合計",
];
/// Those who left, as a title names them, what such a list is called, and words that tell of others beside them.
const LEAVERS: &[&str] = &["退職者", "退社者", "離職者"];
const LISTS: &[&str] = &["一覧", "名簿", "リスト"];
const OTHERS_TOO: &[&str] = &["入", "在籍", "在職", "採用", "異動", "休職", "含", "除", "予定", "・", "兼"];
/// Cells that say that somebody left.
const LEFT: &[&str] = &["退職", "退職者", "退職済", "退職済み", "退社", "退社済", "離職", "離職済"];

/// Beginnings of a cell that says where somebody is who is not at work here, or that they will leave: the records have no
/// place for it.
const AWAY: &[&str] = &[
    "休職",
    "休業",
    "育休",
    "育児休",
    "産休",
    "産前",
    "産後",
    "介護休",
    "病休",
    "病気休",
    "私傷病休",
    "長期欠勤",
    "長欠",
    "出向",
    "退職予定",
    "退社予定",
];
/// Cells below 所属 and 役職 that name none.
const UNNAMED: &[&str] =
    &["未定", "調整中", "確認中", "検討中", "不明", "なし", "無し", "無", "該当なし", "未登録", "未入力"];
/// Cells that stand for the one above or beside them.
const DITTO: &[&str] = &["同上", "同左", "同じ", "上に同じ", "上と同じ", "〃", "々", "〻"];
/// Endings of a department, whatever it begins with (出向管理課).
const DEPARTMENTS: &[&str] = &["部", "課", "室", "係", "班", "グループ", "チーム", "センター", "担当"];
/// Most characters of such a cell; what is longer is somebody's remark.
const LONGEST: usize = 24;

/// What the only cell of a line says.
pub(super) fn alone(text: &str) -> Alone {
    let folded = folding::fold(text);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match () {
        () if has(LEAVING) => Alone::Leavers,
        () if has(SECTIONS) => Alone::Section,
        () => Alone::Unclear,
    }
}

/// Whether a title or a sheet's name says that everybody below it left: 退職者一覧(令和8年10月), not 入退社者一覧.
pub(super) fn is_title_of_leavers(text: &str) -> bool {
    let folded = folding::fold(text);
    let is_list = |word: &str| {
        let behind = folded.split_once(word).map(|(_, behind)| behind.strip_prefix('の').unwrap_or(behind));
        behind.is_some_and(|behind| LISTS.iter().any(|list| behind.starts_with(list)))
    };
    LEAVERS.iter().any(|word| is_list(word)) && !OTHERS_TOO.iter().any(|word| folded.contains(word))
}

/// Whether a cell says that somebody left.
pub(super) fn says_left(text: &str) -> bool {
    LEFT.contains(&folding::fold(text).as_ref())
}

/// Whether a cell says that somebody is away, sent elsewhere, or about to leave (休職中(R8.10.1～), 出向).
pub(super) fn says_away(text: &str) -> bool {
    let folded = folding::fold(text);
    let is_back = ["なし", "無", "復職", "復帰", "終了"].iter().any(|word| folded.contains(word));
    !is_back && folded.chars().count() <= LONGEST && AWAY.iter().any(|word| folded.starts_with(word))
}

/// Whether a cell below 所属 or 役職 names none: it is not known yet, or nobody wrote it.
pub(super) fn names_none(text: &str) -> bool {
    let folded = folding::fold(text);
    let bare = folded.trim_matches(['(', ')', '【', '】', '[', ']']);
    blank::is_blank(bare) || UNNAMED.contains(&bare)
}

/// Whether a cell only points at the one above or beside it.
pub(super) fn points_elsewhere(text: &str) -> bool {
    DITTO.contains(&folding::fold(text).as_ref())
}

/// As [`says_away`], in a cell that should name a department or a post.
pub(super) fn says_away_instead(text: &str) -> bool {
    let folded = folding::fold(text);
    says_away(text) && !DEPARTMENTS.iter().any(|ending| folded.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_heading_of_a_section_is_nobody() {
        for (text, what) in [
            ("退職者", Alone::Leavers),
            ("【退職者】", Alone::Leavers),
            ("休職者", Alone::Section),
            ("■パート社員", Alone::Section),
            ("製造部", Alone::Unclear),
            ("阿部", Alone::Unclear),
        ] {
            assert_eq!(alone(text), what, "{text}");
        }
        assert!(says_left("退職") && !says_left("退職予定") && !says_left("休職"));
        for text in ["休職中(R8.10.1～)", "出向", "育休", "産休", "退職予定"] {
            assert!(says_away(text), "{text}");
        }
        for text in ["在籍", "", "東京本社", "育休なし", "休職から復職", "正社員"] {
            assert!(!says_away(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_strange(text in "\\PC{0,12}") {
            let _ = (alone(&text), says_left(&text), says_away(&text));
        }
    }
}
