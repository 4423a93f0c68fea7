//! How the end of a measure is written where it is no day: a length (3か月), or words (次回面談まで).
//!
//! Knows words and lengths. Must not know columns.

use chrono::{Datelike, Days, Months};

use super::super::folding;
use crate::domain::Day;

/// An end that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// So long from the first day on.
    Length(Length),
    /// Words that name no day.
    Words,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Months; a year is twelve of them.
    Months(u32),
    /// Days; a week is seven of them.
    Days(u32),
}

const UNITS: &[(&str, Length)] = &[
    ("か月", Length::Months(1)),
    ("ヶ月", Length::Months(1)),
    ("カ月", Length::Months(1)),
    ("ヵ月", Length::Months(1)),
    ("ケ月", Length::Months(1)),
    ("ヵ月", Length::Months(1)),
    ("箇月", Length::Months(1)),
    ("個月", Length::Months(1)),
    ("月", Length::Months(1)),
    ("年", Length::Months(12)),
    ("週", Length::Days(7)),
    ("日", Length::Days(1)),
];
/// Units that stand for a length only with 間 behind them: 3月 is March.
const WITH_SPAN: &[&str] = &["月", "年", "日"];
/// What an end in words hangs on.
const EVENTS: &[&str] = &[
    "次回",
    "面談",
    "面接",
    "復職",
    "治癒",
    "完治",
    "改善",
    "指示",
    "許可",
    "受診",
    "診察",
    "診断",
    "結果",
    "検査",
    "再検",
    "手術",
    "治療",
    "服薬",
    "回復",
    "安定",
    "出産",
    "産休",
    "退院",
    "通院",
    "判定",
    "健診",
    "見直し",
];

/// Reads an end that is no day; none for anything else.
pub(super) fn read(text: &str) -> Option<End> {
    let folded = folding::fold(text);
    let bare = folded.strip_suffix("まで").unwrap_or(&folded);
    let is_worded = bare.len() < folded.len() || EVENTS.iter().any(|word| bare.contains(word));
    let has_digit = bare.contains(|c: char| c.is_ascii_digit());
    match length(bare) {
        Some(length) => Some(End::Length(length)),
        None => (is_worded && !bare.is_empty() && !has_digit).then_some(End::Words),
    }
}

fn length(bare: &str) -> Option<Length> {
    if bare == "半年" || bare == "半年間" {
        return Some(Length::Months(6));
    }
    let digits = bare.chars().take_while(char::is_ascii_digit).count();
    let count: u32 = bare.get(..digits)?.parse().ok().filter(|count| (1..=999).contains(count))?;
    let rest = bare.get(digits..)?;
    let (named, is_span) = rest.strip_suffix('間').map_or((rest, false), |named| (named, true));
    let (_, unit) = UNITS.iter().find(|(name, _)| *name == named && (is_span || !WITH_SPAN.contains(name)))?;
    Some(match unit {
        Length::Months(one) => Length::Months(count * one),
        Length::Days(one) => Length::Days(count * one),
    })
}

impl Length {
    /// The last day of a time that begins on a day: the day before the one that answers to it, or the end of a month that
    /// lacks that day (民法143条).
    pub fn last(self, first: Day) -> Option<Day> {
        match self {
            Self::Months(months) => {
                let later = first.checked_add_months(Months::new(months))?;
                if later.day() < first.day() { Some(later) } else { later.pred_opt() }
            }
            Self::Days(days) => first.checked_add_days(Days::new(days.into()))?.pred_opt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_length_is_counted_from_the_first_day() {
        let last = |text, first: &str| match read(text) {
            Some(End::Length(length)) => length.last(first.parse().unwrap()).map(|day| day.to_string()),
            _ => None,
        };
        for text in ["3か月", "３ヶ月", "3カ月間", "3ケ月まで", "3月間"] {
            assert_eq!(last(text, "2026-09-01").as_deref(), Some("2026-11-30"), "{text}");
        }
        assert_eq!(last("1か月", "2027-01-31").as_deref(), Some("2027-02-28"));
        assert_eq!(last("半年", "2026-09-15").as_deref(), Some("2027-03-14"));
        assert_eq!(last("2週間", "2026-11-20").as_deref(), Some("2026-12-03"));
        assert_eq!(last("1年間", "2026-04-01").as_deref(), Some("2027-03-31"));
    }

    #[test]
    fn words_are_no_day_and_days_are_no_length() {
        for text in ["次回面談まで", "復職まで", "主治医の許可が出るまで", "症状改善まで"] {
            assert_eq!(read(text), Some(End::Words), "{text}");
        }
        for text in ["3月", "2027年", "10日", "2027/3/31", "1/31まで", "x", "0か月", "まで"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_end_is_too_strange(text in "[0-9か月ヶ年間まで面談週]{0,10}|\\PC{0,10}") {
            if let Some(End::Length(length)) = read(&text) {
                let _ = length.last(Day::MAX);
            }
        }
    }
}
