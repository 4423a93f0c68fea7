//! Several measures in one cell (残業月45時間以内・深夜業禁止・出張禁止), and what is restricted by one word (残業・深夜業禁止).
//!
//! Knows words and separators. Must not know columns or days. Parts are measures of their own only where each is one by
//! itself: 高所・重筋作業禁止 and 時間外・休日労働の制限 stay one.

use super::super::folding;
use super::words::{self, Says};
use crate::domain::case::MeasureKind;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Several {
    /// One measure, or words of which nobody can say more.
    One,
    /// Measures of their own, each with its own words.
    Many(Vec<String>),
    /// Perhaps several.
    Unclear,
}

/// What is restricted, as far as it makes measures of different kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Overtime,
    Night,
    Other,
}

/// What a part of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A measure.
    Whole,
    /// What is restricted, without the word that restricts it.
    Subject,
    /// That something is not restricted.
    Nothing,
    /// Anything else: a limit without what it limits, a reason.
    Rest,
}

const SEPARATORS: &[char] =
    &['、', '，', ',', ';', '；', '/', '／', '+', '＋', '・', '･', '。', '&', '＆', ' ', '　', '\n'];
const JOINING: &[&str] = &["及び", "および", "並びに", "ならびに", "かつ"];
const OVERTIME: &[&str] = &["残業", "時間外", "休日労働", "休日出勤", "休出", "早出"];
const NIGHT: &[&str] = &["深夜", "夜勤", "夜間"];
const OTHER: &[&str] = &[
    "出張",
    "運転",
    "高所",
    "重量物",
    "重筋",
    "暑熱",
    "寒冷",
    "立位",
    "立ち",
    "車両",
    "機械",
    "単独",
    "海外",
    "有害",
    "騒音",
    "粉じん",
    "粉塵",
    "屋外",
    "当直",
    "宿直",
    "交替",
    "交代",
    "変則",
    "力仕事",
    "階段",
    "潜水",
    "有機溶剤",
    "放射線",
];
/// One thing in two words of different families.
const TOGETHER: &[&str] = &["深夜残業", "深夜の残業", "深夜時間外", "夜間残業", "夜間の残業", "夜間休日", "深夜休日"];
/// What may stand around the word of what is restricted.
const AROUND: &[&str] =
    &["労働", "勤務", "作業", "業務", "業", "取扱い", "取扱", "取り扱い", "運搬", "国内", "車", "社用", "自動"];
/// Words that restrict for themselves; the longest first.
const BANS: &[&str] = &[
    "は禁止とする",
    "を禁止する",
    "は禁止",
    "の禁止",
    "を禁止",
    "禁止",
    "は不可",
    "の制限",
    "を制限する",
    "を制限",
    "不可",
    "の免除",
    "を免除",
    "は免除",
    "免除",
    "制限",
    "は避ける",
    "を避ける",
    "を控える",
    "は控える",
];
/// Words that stand for a measure without a subject.
const WORDED: &[&str] = &["禁止", "不可", "避け", "控え", "免除", "転換", "短時間", "時短", "時差"];

/// A part of a cell, with its place.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    start: usize,
    text: &'t str,
}

/// Reads what a cell holds.
pub(super) fn read(content: &str) -> Several {
    if !matches!(words::read(content), Says::Measure(_)) {
        return Several::One;
    }
    let (groups, open) = groups(content);
    let told: Option<Vec<Vec<String>>> = groups.iter().map(|group| measures(content, group)).collect();
    match told.map(|told| told.concat()) {
        None => Several::Unclear,
        Some(told) if told.len() > 1 && open.is_empty() => Several::Many(told),
        Some(told) if told.len() > 1 || families(content) > 1 => Several::Unclear,
        Some(_) => Several::One,
    }
}

/// The parts of each measure, and those that belong to none.
fn groups(content: &str) -> (Vec<Vec<Piece<'_>>>, Vec<Piece<'_>>) {
    let (mut groups, mut open): (Vec<Vec<Piece<'_>>>, Vec<Piece<'_>>) = (Vec::new(), Vec::new());
    for piece in pieces(content) {
        let is_closed = match part(piece.text) {
            Part::Nothing => continue,
            Part::Subject => false,
            Part::Whole => true,
            // Words that name nothing belong to what stands before them.
            Part::Rest => match groups.last_mut().filter(|_| open.is_empty()) {
                Some(group) => {
                    group.push(piece);
                    continue;
                }
                None => {
                    joined(content, &[open.as_slice(), &[piece]].concat()).is_some_and(|text| part(text) == Part::Whole)
                }
            },
        };
        open.push(piece);
        if is_closed {
            groups.push(std::mem::take(&mut open));
        }
    }
    (groups, open)
}

/// The measures of subjects that share the word that restricts them; none where nobody can say whether they do.
fn measures(content: &str, group: &[Piece<'_>]) -> Option<Vec<String>> {
    let whole = joined(content, group)?;
    let at = group.iter().position(|piece| part(piece.text) == Part::Whole);
    if at.is_none_or(|at| at == 0) || families(whole) == 1 {
        return (families(whole) <= 1).then(|| vec![whole.to_owned()]);
    }
    let (last, subjects) = group.split_last().filter(|_| at == Some(group.len() - 1))?;
    let ban = BANS.iter().find(|ban| last.text.ends_with(**ban))?;
    let stem = last.text.strip_suffix(*ban)?;
    let is_bare = subjects.iter().map(|piece| piece.text).chain([stem]).all(is_bare);
    let told = subjects.iter().map(|piece| format!("{}{ban}", piece.text)).chain([last.text.to_owned()]);
    is_bare.then(|| told.collect())
}

/// What stands from the first of some parts to the end of the last.
fn joined<'t>(content: &'t str, group: &[Piece<'t>]) -> Option<&'t str> {
    let (first, last) = (group.first()?, group.last()?);
    content.get(first.start..last.start + last.text.len())
}

/// Whether a text names what is restricted and nothing else.
fn is_bare(text: &str) -> bool {
    let words = [OVERTIME, NIGHT, OTHER].concat();
    let bare = words.iter().fold(text.to_owned(), |bare, word| bare.replace(word, ""));
    AROUND.iter().fold(bare, |bare, word| bare.replace(word, "")).is_empty()
}

fn part(text: &str) -> Part {
    let (says, family) = (words::read(text), family(text));
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // 禁止 alone is the word of what stands before it.
    let is_worded = has(WORDED) && !BANS.contains(&text);
    match says {
        Says::Nothing => Part::Nothing,
        Says::Measure(kind) if kind != MeasureKind::Other => Part::Whole,
        Says::Measure(_) if family.is_some() && (is_worded || words::restricts(text)) => Part::Whole,
        Says::Measure(_) if is_worded => Part::Whole,
        _ if family.is_some() => Part::Subject,
        _ => Part::Rest,
    }
}

fn family(text: &str) -> Option<Family> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if has(OVERTIME) => Some(Family::Overtime),
        () if has(NIGHT) => Some(Family::Night),
        () => has(OTHER).then_some(Family::Other),
    }
}

/// How many kinds of measures the words of a text may make, remarks in brackets aside unless they restrict.
fn families(text: &str) -> usize {
    let folded = folding::fold(text);
    let text = TOGETHER.iter().fold(folded.into_owned(), |text, word| text.replace(word, "残業"));
    let inside = |inside: &str| if words::restricts(inside) { inside.to_owned() } else { String::new() };
    let text = match text.split_once('(').and_then(|(head, rest)| Some((head, rest.split_once(')')?))) {
        Some((head, (remark, rest))) => format!("{head}{}{rest}", inside(remark)),
        None => text,
    };
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    [has(OVERTIME), has(NIGHT), has(OTHER)].into_iter().filter(|found| *found).count()
}

/// The parts between separators, outside brackets.
fn pieces(content: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, sign) in content.char_indices() {
        match sign {
            '(' | '（' | '「' | '［' | '[' => depth += 1,
            ')' | '）' | '」' | '］' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let length = if depth == 0 { separator(content, at, sign) } else { None };
        if let Some(length) = length.filter(|_| at >= start) {
            pieces.extend(piece(content, start, at));
            start = at + length;
        }
    }
    pieces.extend(piece(content, start, content.len()));
    pieces
}

fn piece(content: &str, start: usize, end: usize) -> Option<Piece<'_>> {
    let text = content.get(start..end)?.trim_end();
    let bare = numbered(text.trim_start());
    (!bare.is_empty()).then_some(Piece { start: start + text.len() - bare.len(), text: bare })
}

/// How long a separator is that begins at a place; none where it belongs to a number or a unit (1/31, 20h/月, 1,000).
fn separator(content: &str, at: usize, sign: char) -> Option<usize> {
    let rest = content.get(at..)?;
    if let Some(word) = JOINING.iter().find(|word| rest.starts_with(**word)) {
        return Some(word.len());
    }
    let before = content.get(..at).and_then(|head| head.chars().next_back());
    let mut behind = rest.chars().skip(1);
    let (next, second) = (behind.next(), behind.next());
    let is_number = before.zip(next).is_some_and(|(before, next)| before.is_numeric() && next.is_numeric());
    let is_slash = matches!(sign, '/' | '／');
    let is_of_unit =
        matches!(before, Some('h' | 'H' | 'ｈ' | '間' | '回' | '分' | '日')) || before.is_some_and(char::is_numeric);
    let ends = second.is_none_or(|c| !('一'..='鿿').contains(&c));
    let is_unit = is_slash && is_of_unit && matches!(next, Some('月' | '週' | '日' | '年' | '回')) && ends;
    let is_list = SEPARATORS.contains(&sign) || ('①'..='⑳').contains(&sign);
    let is_digits = is_number && !matches!(sign, '・' | '、' | ' ' | '　' | '。');
    (is_list && !is_digits && !is_unit).then_some(sign.len_utf8())
}

/// A part without its number: 1. 残業禁止, (2)深夜業禁止.
fn numbered(part: &str) -> &str {
    let bare = part.trim_start_matches(['(', '（']);
    let rest = bare.trim_start_matches(|c: char| c.is_numeric());
    let behind = rest.strip_prefix(['.', '．', ')', '）']).filter(|_| rest.len() < bare.len());
    behind.filter(|rest| !rest.starts_with(|c: char| c.is_numeric())).map_or(part, str::trim)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn many(parts: &[&str]) -> Several {
        Several::Many(parts.iter().map(|part| (*part).to_owned()).collect())
    }

    #[test]
    fn what_is_a_measure_by_itself_is_one_of_its_own() {
        for (text, parts) in [
            ("残業月45時間以内・深夜業禁止・出張禁止", &["残業月45時間以内", "深夜業禁止", "出張禁止"][..]),
            ("残業禁止、夜勤禁止", &["残業禁止", "夜勤禁止"]),
            ("残業禁止/夜勤月4回まで", &["残業禁止", "夜勤月4回まで"]),
            ("残業20h/月まで＋出張不可", &["残業20h/月まで", "出張不可"]),
            ("時間外労働の禁止及び深夜業の禁止", &["時間外労働の禁止", "深夜業の禁止"]),
            ("残業禁止 深夜業禁止", &["残業禁止", "深夜業禁止"]),
            ("①残業禁止②深夜業禁止", &["残業禁止", "深夜業禁止"]),
            ("1.残業禁止 2.深夜業禁止", &["残業禁止", "深夜業禁止"]),
            ("残業 1日2時間、月30時間まで、深夜業禁止", &["残業 1日2時間、月30時間まで", "深夜業禁止"]),
            ("高所・重筋作業禁止、残業禁止", &["高所・重筋作業禁止", "残業禁止"]),
            ("残業禁止（日勤は可）、深夜業禁止", &["残業禁止（日勤は可）", "深夜業禁止"]),
            ("出張可、残業禁止、夜勤禁止", &["残業禁止", "夜勤禁止"]),
        ] {
            assert_eq!(read(text), many(parts), "{text}");
        }
    }

    #[test]
    fn one_word_may_restrict_several_things() {
        assert_eq!(read("残業・深夜業・出張禁止"), many(&["残業禁止", "深夜業禁止", "出張禁止"]));
        assert_eq!(read("残業・夜勤の禁止"), many(&["残業の禁止", "夜勤の禁止"]));
        for text in ["残業・深夜業は月20時間まで", "残業と深夜業の禁止", "残業禁止、深夜業", "残業禁止（深夜業も禁止）"]
        {
            assert_eq!(read(text), Several::Unclear, "{text}");
        }
    }

    #[test]
    fn one_measure_stays_one() {
        for text in [
            "時間外・休日労働の制限",
            "高所・重筋作業禁止",
            "出張・運転禁止",
            "時間外勤務：1日2時間、月30時間まで",
            "残業20h/月",
            "残業は1/31まで禁止",
            "深夜残業の禁止",
            "残業 禁止",
            "残業禁止（日勤は可）",
            "残業禁止、通院のため",
            "残業禁止（深夜業にかからないこと）",
            "通常勤務",
            "残業禁止は解除、深夜業のみ禁止継続",
            "就業制限",
        ] {
            assert_eq!(read(text), Several::One, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_is_too_strange(text in "[残業深夜禁止制限・、/ 0-9h月（）及び出張①.]{0,24}|\\PC{0,16}") {
            if let Several::Many(parts) = read(&text) {
                prop_assert!(parts.len() > 1 && parts.iter().all(|part| !part.is_empty()));
            }
        }
    }
}
