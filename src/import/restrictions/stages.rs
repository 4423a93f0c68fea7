//! Days and stages within the words of a measure: 残業禁止（1/31まで）その後20h/月.
//!
//! Knows words and dates. Must not know columns. A day that a column of the row says as well is no question.

use super::super::{calendar, folding};
use crate::domain::Day;

/// Words by which a measure becomes another one.
const STEPS: &[&str] = &[
    "その後",
    "以後",
    "以降",
    "経過後",
    "翌月",
    "→",
    "⇒",
    "⇨",
    "段階的",
    "か月後",
    "ヶ月後",
    "ヵ月後",
    "ケ月後",
    "週間後",
    "のち、",
];
/// Ends of a time that are days.
const ENDS: &[&str] = &["月末", "年末", "年度末", "今月", "来月", "今年度", "来年度"];

/// Units of a time that a measure may last.
const SPANS: &[&str] = &["か月間", "ヶ月間", "カ月間", "ヵ月間", "ケ月間", "箇月間", "週間", "日間", "年間"];
/// What stands behind such a time where it is that of a limit: 1週間40時間, 1か月間に2回.
const OF_LIMIT: &[&str] = &["に", "で", "当", "あたり", "毎", "("];

/// Whether the words tell how long the measure lasts: 1ヶ月間残業禁止.
pub(super) fn lasts(content: &str) -> bool {
    let folded = folding::fold(content);
    let is_span = |(at, span): (usize, &str)| {
        let (head, behind) = (folded.get(..at), folded.get(at + span.len()..));
        let is_counted = head.is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()));
        let is_of_limit = |text: &str| {
            OF_LIMIT.iter().any(|word| text.starts_with(*word)) || text.starts_with(|c: char| c.is_ascii_digit())
        };
        is_counted && !behind.is_some_and(is_of_limit)
    };
    SPANS.iter().any(|span| folded.match_indices(*span).any(is_span))
}

/// Whether the words tell of days or stages that no column of the row says.
pub(super) fn speaks(content: &str, said: &[Option<Day>]) -> bool {
    let folded = folding::fold(content);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let is_part = |c: char| c.is_ascii_digit() || "/.-年月日元末度rh令和平成".contains(c);
    let is_untold = |run: &str| {
        let bare = run.trim_matches(['/', '.', '-', '度']);
        is_day(bare) && !calendar::date(bare).is_some_and(|day| said.contains(&Some(day)))
    };
    has(STEPS) || has(ENDS) || folded.split(|c| !is_part(c)).any(is_untold)
}

/// Whether a run of digits and signs is a day or a month: 1/31, 3月末, 2027.3.31; not 月20 nor 1.5.
fn is_day(run: &str) -> bool {
    let number = |text: &str| text.parse::<u32>().ok();
    let of_month = |text: &str| number(text).is_some_and(|month| (1..=12).contains(&month));
    let digits = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).count();
    let named = run.split_once('月').is_some_and(|(head, _)| {
        head.len().checked_sub(digits(head)).and_then(|at| head.get(at..)).is_some_and(of_month)
    });
    let slashed: Vec<&str> = run.split('/').collect();
    let is_slashed = match slashed.as_slice() {
        [month, day] => of_month(month) && number(day).is_some_and(|day| (1..=31).contains(&day)),
        [_, month, day] => of_month(month) && number(day).is_some(),
        _ => false,
    };
    named || is_slashed || calendar::date(run).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_and_stages_in_the_words_are_told() {
        for text in [
            "残業禁止（1/31まで）その後20h/月",
            "3月末まで残業禁止",
            "残業禁止→月20hまで",
            "残業禁止（R9.3.31まで）",
            "4月から残業禁止",
            "残業禁止（2027年3月31日まで）",
            "1か月後から夜勤可",
        ] {
            assert!(speaks(text, &[]), "{text}");
        }
        let end = "2027-03-31".parse().ok();
        assert!(!speaks("残業禁止（2027/3/31まで）", &[None, end]), "the column says so too");
        assert!(speaks("残業禁止（2027/1/31まで）", &[None, end]));
    }

    #[test]
    fn how_long_a_measure_lasts_is_no_time_of_a_limit() {
        for text in ["1ヶ月間残業禁止", "残業禁止(２週間)", "３か月間の残業禁止", "残業禁止3か月間"]
        {
            assert!(lasts(text), "{text}");
        }
        for text in
            ["残業は1週間に5時間まで", "1週間40時間まで", "1か月間で20時間以内", "年間360時間まで", "週3日の在宅勤務"]
        {
            assert!(!lasts(text), "{text}");
        }
    }

    #[test]
    fn limits_are_no_days() {
        for text in [
            "残業月20時間まで",
            "残業20h/月",
            "夜勤は月4回まで",
            "週3日まで",
            "残業1日1.5時間、月30時間まで",
            "22時まで",
            "10kg以下",
            "月3日の在宅勤務",
            "収縮期160/100以上で残業禁止",
            "3か月間の残業禁止",
        ] {
            assert!(!speaks(text, &[]), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_words_are_too_strange(text in "[0-9/.年月日末まで残業RHその後→]{0,20}|\\PC{0,12}") {
            let _ = (speaks(&text, &[None]), lasts(&text));
        }
    }
}
