//! What may be restricted alone: the words of a column that is a measure of its own.
//!
//! Knows words of headings. Must not know cells, but that a number is one.

use super::super::folding;

/// What may be restricted alone: a column of it is a measure of its own.
const SUBJECTS: &[&str] = &[
    "残業",
    "時間外",
    "休日",
    "深夜",
    "夜勤",
    "夜間",
    "交替",
    "交代",
    "当直",
    "出張",
    "運転",
    "高所",
    "重量物",
    "暑熱",
    "寒冷",
    "立ち",
    "立位",
    "車両",
    "機械",
    "単独",
    "通勤",
    "在宅",
    "海外",
    "有害",
    "就業時間",
    "労働時間",
    "就業場所",
];

/// What makes a column of such a subject one of measures.
const BOUNDS: &[&str] = &["制限", "禁止", "配慮", "措置", "上限", "免除", "可否"];
/// Subjects that a heading of hours names as well.
const OF_HOURS: &[&str] = &["残業", "時間外", "休日", "深夜", "夜勤", "夜間", "就業時間", "労働時間"];
/// Words around a subject that say nothing more of it.
const AROUND: &[&str] = &[
    "業務",
    "労働",
    "勤務",
    "作業",
    "取扱い",
    "取扱",
    "取り扱い",
    "運搬",
    "操作",
    "出勤",
    "業",
    "国内",
    "長距離",
    "社用車",
    "自動車",
];
/// Signs that a column holds numbers of something.
const UNITS: &[&str] = &["(h", "h/", "時間", "(回", "回/", "回数", "kg", "(分", "分/", "上限"];

/// Whether a folded heading says what is restricted, and that it is.
pub(super) fn names(folded: &str) -> bool {
    stands_in(folded) && BOUNDS.iter().any(|word| folded.contains(word))
}

/// Whether a subject stands in a folded heading.
pub(super) fn stands_in(folded: &str) -> bool {
    SUBJECTS.iter().any(|word| folded.contains(word))
}

/// Whether a folded heading is a subject and nothing else: 深夜業, 出張.
pub(super) fn is_bare(folded: &str) -> bool {
    let without = |text: String, word: &&str| text.replace(word, "");
    let rest = SUBJECTS.iter().fold(folded.to_owned(), without);
    rest.len() < folded.len() && AROUND.iter().fold(rest, without).is_empty()
}

/// Headings that stand over subjects in a ledger of two rows of headings, and how a subject below is named.
const OVER_SUBJECTS: &[(&str, &str)] = &[
    ("就業上の措置", "の措置"),
    ("就業上の配慮", "の配慮"),
    ("就業制限", "制限"),
    ("制限内容", "制限"),
    ("制限項目", "制限"),
    ("措置内容", "の措置"),
    ("措置", "の措置"),
    ("制限", "制限"),
    ("配慮", "の配慮"),
];

/// Words before such a heading.
const NOW: &[&str] = &["現在の", "現行の", "今回の", "産業医による", "現在"];

/// The folded heading of a subject that stood below another row of headings (残業 below 就業制限), as one of its own.
pub(super) fn below_group(folded: &str) -> Option<String> {
    OVER_SUBJECTS.iter().find_map(|(group, ending)| {
        let subject = folded.strip_suffix(group)?;
        let subject = NOW.iter().find_map(|word| subject.strip_suffix(word)).unwrap_or(subject);
        let subject = Some(subject).filter(|subject| is_bare(subject))?;
        Some(format!("{subject}{ending}"))
    })
}

/// Whether such a heading is one of hours as well.
pub(super) fn is_of_hours(folded: &str) -> bool {
    OF_HOURS.iter().any(|word| folded.contains(word))
}

/// Whether a folded heading says that its column holds numbers.
pub(super) fn has_unit(folded: &str) -> bool {
    UNITS.iter().any(|unit| folded.contains(unit))
}

/// Whether a cell is a number, 0 and 1 included, or a time.
pub(super) fn is_number(text: &str) -> bool {
    let folded = folding::fold(text);
    folded.starts_with(|c: char| c.is_ascii_digit()) && folded.chars().all(|c| c.is_ascii_digit() || ".:".contains(c))
}

/// Whether a number is nought.
pub(super) fn is_nought(text: &str) -> bool {
    is_number(text) && !folding::fold(text).contains(|c: char| ('1'..='9').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_below_a_group_bears_its_word() {
        let of = |name| below_group(name);
        assert_eq!(of("残業措置").as_deref(), Some("残業の措置"));
        assert_eq!(of("深夜現在の就業制限").as_deref(), Some("深夜制限"));
        assert_eq!(
            (of("深夜業就業制限").as_deref(), of("残業制限(h/月)"), of("措置")),
            (Some("深夜業制限"), None, None)
        );
    }

    #[test]
    fn a_subject_stands_alone_or_is_bound() {
        for name in ["深夜業", "残業", "国内出張", "車両運転", "重量物取扱い", "高所作業", "時間外"]
        {
            assert!(is_bare(name) && !names(name), "{name}");
        }
        for name in ["残業時間", "運転免許", "通勤手当", "業務", "残業制限"] {
            assert!(!is_bare(name), "{name}");
        }
        assert!(names("残業制限(h/月)") && has_unit("残業制限(h/月)") && !has_unit("残業制限"));
        assert!(is_nought("0") && is_nought("０．０") && is_nought("0:00") && !is_nought("10") && !is_nought("なし"));
    }
}
