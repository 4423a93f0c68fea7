//! Lines of a ledger that are no measures: headings of a section, and remarks that stand alone.
//!
//! Knows words and which row stands below which line. Must not know people, nor the measure itself. A heading that nobody
//! knows is no word of being in force: what stands below it is asked.

use super::super::folding;
use super::super::reason::Skip;

/// What is said of the rows below a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// They are in force: it is said.
    InForce,
    /// They are over.
    Over,
    /// They have not begun.
    Ahead,
    /// Nobody can say.
    Unclear,
}

/// What a line that stands alone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Section(Section),
    /// Some of the workplace, or a time: it says nothing of the measures.
    Group,
    /// A remark about the list.
    Note,
}

const OVER: &[&str] = &["解除", "終了", "過去", "満了", "失効", "廃止", "取消", "完了", "履歴"];
const AHEAD: &[&str] =
    &["検討", "予定", "候補", "申請中", "見込", "未定", "保留", "準備中", "提案", "未決", "審議", "案"];
const IN_FORCE: &[&str] = &[
    "制限中",
    "措置中",
    "配慮中",
    "有効",
    "継続",
    "現在",
    "現行",
    "実施中",
    "適用中",
    "対応中",
    "就業制限者",
    "制限者",
    "制限あり",
];
/// Words that turn a heading around.
const DENIED: &[&str] = &["未解除", "未終了", "ない", "なし", "以外", "除く", "不要"];
/// Endings of the names of groups.
const GROUPS: &[&str] = &[
    "部",
    "課",
    "係",
    "室",
    "班",
    "組",
    "科",
    "棟",
    "局",
    "店",
    "工場",
    "営業所",
    "事業所",
    "支社",
    "本社",
    "支所",
    "センター",
    "グループ",
    "チーム",
    "ライン",
    "月",
    "月分",
    "年",
    "年度",
    "一覧",
    "一覧表",
    "名簿",
    "リスト",
    "以下",
    "以上",
];
/// Signs with which a heading begins.
const SIGNS: &[char] =
    &['【', '[', '■', '□', '◆', '◇', '●', '▼', '▽', '★', '☆', '<', '《', '〈', '〔', '「', '『', '#', '◎'];
/// Signs and words with which a remark begins.
const REMARKS: &[&str] = &["※", "注", "備考", "(注", "凡例"];
/// Characters of a heading at most; what is longer is a remark.
const LONGEST: usize = 20;

/// Whether a cell begins as a heading among rows does.
pub(super) fn has_sign(text: &str) -> bool {
    folding::fold(text).starts_with(SIGNS)
}

/// Whether the words of a cell that stands alone are those of a section, or a sign says that it is one.
pub(super) fn is_heading(text: &str) -> bool {
    has_sign(text) || line(text).is_some()
}

/// What the words of a line say; none where nobody knows them.
fn line(text: &str) -> Option<Line> {
    let folded = folding::fold(text);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let is_remark =
        REMARKS.iter().any(|word| folded.starts_with(word)) || folded.contains('。') || bare.chars().count() > LONGEST;
    let said = match (has(IN_FORCE), has(OVER), has(AHEAD)) {
        (false, false, false) => None,
        _ if has(DENIED) => Some(Section::Unclear),
        (true, false, false) => Some(Section::InForce),
        (false, true, false) => Some(Section::Over),
        (false, false, true) => Some(Section::Ahead),
        _ => Some(Section::Unclear),
    };
    match said {
        Some(_) if is_remark => Some(Line::Section(Section::Unclear)),
        Some(Section::Ahead) if is_group(bare) => Some(Line::Group),
        Some(section) => Some(Line::Section(section)),
        None if is_remark => Some(Line::Note),
        None => is_group(bare).then_some(Line::Group),
    }
}

fn is_group(bare: &str) -> bool {
    let counted = bare.trim_end_matches(['名', '人', ')']).trim_end_matches(|c: char| c.is_ascii_digit());
    let named = counted.trim_end_matches(['(', '計', ':']);
    GROUPS.iter().any(|ending| named.ends_with(ending)) || bare.is_empty()
}

/// Whether a title names the measures beside their end: 就業制限・解除の一覧 is no list of what is over.
fn is_of_both(title: &str) -> bool {
    let folded = folding::fold(title).replace("制限解除", "").replace("措置解除", "");
    ["制限", "措置", "配慮"].iter().any(|word| folded.contains(word))
}

/// The lines of a ledger that stand alone, in their order, with what they say of the rows below.
#[derive(Debug, Default)]
pub(super) struct Sections {
    lines: Vec<(u32, Option<Section>)>,
}

impl Sections {
    /// What the titles above the table and the name of its sheet say comes first; then the lines that stand alone, by their place.
    pub fn of<'t>(titles: impl Iterator<Item = &'t String>, lines: impl Iterator<Item = (u32, &'t str)>) -> Self {
        let titled =
            titles.filter(|title| !is_of_both(title)).filter_map(|title| line(title)).filter_map(|line| match line {
                Line::Section(Section::Over | Section::Ahead) => Some(Section::Unclear),
                _ => None,
            });
        let mut sections = Self { lines: titled.last().map(|section| (0, Some(section))).into_iter().collect() };
        lines.for_each(|(place, text)| sections.add(place, text));
        sections
    }

    fn add(&mut self, place: u32, text: &str) {
        let above = self.lines.last().and_then(|(_, section)| *section);
        let section = match line(text) {
            Some(Line::Section(section)) => Some(section),
            Some(Line::Note) => above,
            // Which of both is the larger: the group below 解除済, or the next group of the list?
            Some(Line::Group) => above.map(|above| if above == Section::InForce { above } else { Section::Unclear }),
            None => Some(Section::Unclear),
        };
        self.lines.push((place, section));
    }

    /// Why a line that stands alone is left out; none for a row.
    pub fn skip(&self, place: u32) -> Option<Skip> {
        self.lines.iter().any(|(line, _)| *line == place).then_some(Skip::Heading)
    }

    /// What the last line above a row says of it; none where there is none.
    pub fn above(&self, place: u32) -> Option<Section> {
        let end = self.lines.partition_point(|(line, _)| *line < place);
        end.checked_sub(1).and_then(|last| self.lines.get(last)).and_then(|(_, section)| *section)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_that_stands_alone_is_a_section_a_group_or_a_remark() {
        use Section::{Ahead, InForce, Over, Unclear};
        for (text, what) in [
            ("【現在制限中】", Some(Line::Section(InForce))),
            ("有効（3名）", Some(Line::Section(InForce))),
            ("【解除済】", Some(Line::Section(Over))),
            ("終了分", Some(Line::Section(Over))),
            ("■過去の制限", Some(Line::Section(Over))),
            ("【検討中】", Some(Line::Section(Ahead))),
            ("案", Some(Line::Section(Ahead))),
            ("解除予定", Some(Line::Section(Unclear))),
            ("解除者以外", Some(Line::Section(Unclear))),
            ("※期限は見直し予定", Some(Line::Section(Unclear))),
            ("※産業医の意見に基づく", Some(Line::Note)),
            ("■製造部（2名）", Some(Line::Group)),
            ("2026年度", Some(Line::Group)),
            ("様子見", None),
        ] {
            assert_eq!(line(text), what, "{text}");
        }
    }

    #[test]
    fn a_row_belongs_to_the_last_line_above_it() {
        let lines = [
            (2, "製造部"),
            (4, "【制限中】"),
            (6, "組立課"),
            (8, "解除済"),
            (10, "※注"),
            (12, "総務部"),
            (14, "様子見"),
        ];
        let sections = Sections::of([].iter(), lines.into_iter());
        let above = |place| sections.above(place);
        use Section::{InForce, Over, Unclear};
        assert_eq!([3, 5, 7, 9, 11].map(above), [None, Some(InForce), Some(InForce), Some(Over), Some(Over)]);
        assert_eq!([13, 15].map(above), [Some(Unclear); 2], "whether it is a part of 解除済 nobody knows");
        assert_eq!((sections.skip(8), sections.skip(9)), (Some(Skip::Heading), None));
        let titled = Sections::of(["解除者一覧".to_owned()].iter(), std::iter::empty());
        assert_eq!(titled.above(2), Some(Unclear), "a title is a question");
        for title in ["就業制限者一覧", "就業制限・解除の一覧"] {
            assert_eq!(Sections::of([title.to_owned()].iter(), std::iter::empty()).above(2), None, "{title}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_strange(text in "[【】解除済予定製造部(0-9)。※名 ]{0,12}|\\PC{0,24}") {
            let _ = (line(&text), is_heading(&text));
            Sections::of([text.clone()].iter(), [(1, text.as_str())].into_iter());
        }
    }
}
