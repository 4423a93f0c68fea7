//! 健診の種類 by the words of its column: one kind, none that is said, or a question.
//!
//! Knows words. Must not know people or values.

use super::super::{blank, folding};
use crate::domain::checkup::CheckupKind;

/// Words in the column of the kind that do not name one kind of examination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKind {
    /// 保健指導: nobody was examined.
    Guidance,
    /// Words that deny a kind: 定期外.
    Denied,
    /// Two kinds, or words of another examination than any kind: 婦人科検診, 再検査.
    Unclear,
}

const WORDS: &[(&str, CheckupKind)] = &[
    ("雇入", CheckupKind::Hire),
    ("雇い入れ", CheckupKind::Hire),
    ("入社時", CheckupKind::Hire),
    ("特定業務", CheckupKind::Specified),
    ("深夜業", CheckupKind::Specified),
    ("海外", CheckupKind::Overseas),
    ("自発", CheckupKind::OwnChoice),
    ("特殊", CheckupKind::Special),
    ("有機", CheckupKind::Special),
    ("鉛", CheckupKind::Special),
    ("特化", CheckupKind::Special),
    ("特定化学", CheckupKind::Special),
    ("電離", CheckupKind::Special),
    ("石綿", CheckupKind::Special),
    ("じん肺", CheckupKind::Special),
    ("高気圧", CheckupKind::Special),
    ("二次", CheckupKind::Secondary),
    ("2次", CheckupKind::Secondary),
    ("定期", CheckupKind::Periodic),
];

/// Courses of clinics that hold the items of the yearly examination, without naming it.
const YEARLY: &[&str] =
    &["ドック", "生活習慣病", "成人病", "一般", "法定", "定健", "健康診断", "通常", "標準", "基本", "付加健診"];
/// What is examined after the examination, and no kind of its own.
const AFTERWARDS: &[&str] = &["再検", "精検", "精密"];

/// The one kind that the words name; none where the file does not say, or names a course of the yearly examination.
pub(super) fn kind(text: &str) -> Result<Option<CheckupKind>, NoKind> {
    let folded = folding::fold(text);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&["保健指導"]) {
        return Err(NoKind::Guidance);
    }
    if has(&["定期外", "定期以外"]) {
        return Err(NoKind::Denied);
    }
    let mut named = WORDS.iter().filter(|(word, _)| folded.contains(word)).map(|(_, kind)| *kind);
    let first = named.next();
    let is_one = first.is_none_or(|first| named.all(|other| other == first)) && !has(AFTERWARDS);
    let is_known = first.is_some() || has(YEARLY) || blank::is_blank(&folded) || folded == "なし";
    if is_one && is_known { Ok(first) } else { Err(NoKind::Unclear) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_kind_is_taken_and_two_or_another_examination_are_a_question() {
        for (text, expected) in [
            ("定期健診", Ok(Some(CheckupKind::Periodic))),
            ("定期健康診断（婦人科含む）", Ok(Some(CheckupKind::Periodic))),
            ("雇い入れ時", Ok(Some(CheckupKind::Hire))),
            ("有機溶剤特殊健診", Ok(Some(CheckupKind::Special))),
            ("特定業務従事者健診(深夜業)", Ok(Some(CheckupKind::Specified))),
            ("人間ドック", Ok(None)),
            ("生活習慣病予防健診", Ok(None)),
            ("", Ok(None)),
            ("定期健診＋有機溶剤", Err(NoKind::Unclear)),
            ("定期(深夜業・特定業務従事者)", Err(NoKind::Unclear)),
            ("婦人科検診", Err(NoKind::Unclear)),
            ("腰痛健診", Err(NoKind::Unclear)),
            ("再検査", Err(NoKind::Unclear)),
            ("定期健診 再検査", Err(NoKind::Unclear)),
            ("Aコース", Err(NoKind::Unclear)),
            ("定期外", Err(NoKind::Denied)),
            ("特定保健指導", Err(NoKind::Guidance)),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
