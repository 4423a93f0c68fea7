//! How plainly a heading names its part: of several columns of one part the plainest counts, wherever it stands.
//!
//! Knows words of headings, folded. Must not know columns or values.

use super::folding::Field;
use super::synonyms::SYNONYMS;

/// Names that may as well count the rows of the file: 社員番号 and its kind win over them.
const COUNTS: &[&str] = &["番号", "no", "no.", "id"];
/// The words that change nothing about an examination: of this year, of this kind of file.
const OF_THIS: &[&str] =
    &["今回", "今年度", "本年度", "年度", "年", "令和", "平成", "健診", "健康診断", "定期", "一般"];
/// The words that change nothing about its day.
const OF_A_DAY: &[&str] = &["健康診査", "日付", "西暦", "和暦", "yyyy/mm/dd", "yyyymmdd"];
/// The words that change nothing about its judgement.
const OF_A_JUDGEMENT: &[&str] = &["医師", "最終", "結果", "区分", "ランク", "記号", "コード", "値", "a-e", "a~e"];

/// The words by which a day of joining or leaving is that of this company, and those by which it is another's.
const OF_THIS_COMPANY: &[&str] = &["当社", "本社", "自社", "弊社", "当法人", "当院", "当事業"];
const OF_OTHERS: &[&str] = &["グループ", "前職", "前社", "他社", "親会社", "出向元", "転籍前", "旧会社"];

/// How plainly a folded heading of a field names it: 0 is its own name, more is less.
pub(super) fn rank(field: Field, folded: &str) -> u8 {
    match field {
        Field::Number if COUNTS.contains(&folded) => 2,
        Field::Judgement => of_judgement(folded),
        Field::Joined | Field::Left => of_employment(field, folded),
        _ => u8::from(!names(field).any(|name| name == folded)),
    }
}

/// Whether a column of this field holds days.
pub(super) const fn is_of_a_day(field: Field) -> bool {
    use Field::{AnsweredOn, Birth, Date, ExamDay, Joined, Left, MovedOn, PeriodEnd, PeriodStart, Rejoined};
    matches!(field, AnsweredOn | Birth | Date | ExamDay | Joined | Left | MovedOn | PeriodEnd | PeriodStart | Rejoined)
}

/// The day at this company before the day as it is, and both before that of another company (グループ入社日).
fn of_employment(field: Field, folded: &str) -> u8 {
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match () {
        () if has(OF_OTHERS) => 3,
        () if has(OF_THIS_COMPANY) => 0,
        () if names(field).any(|name| name == folded) => 1,
        () => 2,
    }
}

/// 総合判定 itself is the whole examination's, then any name that says so; 判定 alone may be of anything.
fn of_judgement(folded: &str) -> u8 {
    match folded {
        "総合判定" => 0,
        "判定" => 3,
        _ if folded.contains("総合") => 1,
        _ => 2,
    }
}

/// Whether a folded heading says nothing but its field. The day of one test and the judgement of one organ hold a name of
/// the field too, and what remains of them names something else.
pub(super) fn is_used_up(field: Field, folded: &str) -> bool {
    let plain = match field {
        Field::ExamDay => OF_A_DAY,
        Field::Judgement => OF_A_JUDGEMENT,
        _ => return true,
    };
    let known: Vec<&str> = names(field).chain(OF_THIS.iter().chain(plain).copied()).collect();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let longest = known.iter().filter(|name| rest.starts_with(**name)).map(|name| name.len()).max();
        let separates = first.is_ascii_digit() || !first.is_alphanumeric();
        let Some(length) = longest.or(separates.then(|| first.len_utf8())) else { return false };
        rest = rest.get(length..).unwrap_or("");
    }
    true
}

fn names(field: Field) -> impl Iterator<Item = &'static str> {
    SYNONYMS.iter().filter(move |(known, _)| *known == field).flat_map(|(_, names)| names.iter().copied())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::folding::field_of;

    #[test]
    fn the_day_of_one_test_is_no_day_of_the_examination() {
        for day in
            ["受診日", "2025年受診日", "健診受診日", "健康診断実施日", "受診日(西暦)", "定期健診日", "令和8年度健診日"]
        {
            assert_eq!(field_of(day), Some(Field::ExamDay), "{day}");
        }
        for other in [
            "特定保健指導実施日",
            "胸部X線検査日",
            "胸部X線撮影日",
            "血液検査日",
            "眼底検査日",
            "再検査日",
            "精密検査日",
            "受診日年齢",
            "受診日時点の年齢",
            "健診日曜日",
            "ストレスチェック実施日",
            "面談実施日",
        ] {
            assert_eq!(field_of(other), None, "{other}");
        }
    }

    #[test]
    fn the_judgement_of_one_kind_is_no_judgement_of_the_whole() {
        for whole in
            ["総合判定", "総合判定(A-E)", "今回総合判定", "健診総合判定", "医師判定", "定期健診判定", "総合判定結果"]
        {
            assert_eq!(field_of(whole), Some(Field::Judgement), "{whole}");
        }
        for other in
            ["特殊健診判定", "総合判定日", "総合判定医師名", "総合判定コメント", "肝機能判定", "有機溶剤健診判定"]
        {
            assert_ne!(field_of(other), Some(Field::Judgement), "{other}");
        }
    }

    #[test]
    fn the_plainest_name_comes_first() {
        let ranks = |field, names: &[&str]| names.iter().map(|name| rank(field, name)).collect::<Vec<_>>();
        assert_eq!(ranks(Field::Number, &["社員番号", "本社社員番号", "no.", "id", "番号"]), [0, 1, 2, 2, 2]);
        assert_eq!(ranks(Field::Judgement, &["総合判定", "総合評価", "医師判定", "判定"]), [0, 1, 2, 3]);
        assert_eq!(ranks(Field::Name, &["氏名", "氏名(旧姓)"]), [0, 1]);
        assert_eq!(ranks(Field::Joined, &["当社入社日", "入社日", "入社日(西暦)", "グループ入社日"]), [0, 1, 2, 3]);
    }

    proptest! {
        #[test]
        fn any_heading_is_told(text in "\\PC{0,20}") {
            let _ = (is_used_up(Field::ExamDay, &text), is_used_up(Field::Judgement, &text), rank(Field::Number, &text));
        }
    }
}
