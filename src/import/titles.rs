//! The months that stand above a header, as in 2026年9月度: what the sheet says of itself where its rows do not.
//!
//! Knows spellings of months. Must not know which month the rows are counted to.

use unicode_normalization::UnicodeNormalization;

use super::calendar;
use crate::domain::Period;

/// Most bytes of a cell in which a month is looked for; what is longer is a text.
const LONGEST: usize = 400;

/// The months that the cells above a header name, each once; a single day, as that of a printout, names none.
pub fn months(titles: &[String]) -> Vec<(i32, u32)> {
    let mut found: Vec<_> =
        titles.iter().filter(|title| title.len() <= LONGEST).flat_map(|title| named(title)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn named(title: &str) -> Vec<(i32, u32)> {
    let folded: String = title.nfkc().filter(|c| !c.is_whitespace()).collect();
    let runs = runs(&folded);
    let days: Vec<_> = runs.iter().filter_map(|run| calendar::date(run)).collect();
    if let [first, last] = days.as_slice() {
        return Period::new(*first, *last).map(Period::month).into_iter().collect();
    }
    let is_month = |run: &&&str| run.contains(['年', '/', '-']);
    runs.iter().filter(is_month).filter_map(|run| calendar::year_month(run)).collect()
}

/// The stretches of a text that may be a date, each with the era before it.
fn runs(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '/' | '-' | '.' | '元' | '度');
    let is_era = |c: char| matches!(c, '令' | '和' | 'R' | 'r');
    let is_other = |c: char| !is_part(c) && !is_era(c);
    let runs = text.split(is_other).map(|run| run.trim_end_matches(is_era).trim_end_matches(['-', '/', '.']));
    runs.filter(|run| run.contains(|c: char| c.is_ascii_digit())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(titles: &[&str]) -> Vec<(i32, u32)> {
        months(&titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_month_is_read_from_what_stands_above_the_header() {
        for title in [
            "2026年9月度",
            "勤怠月別データ（2026年９月分）",
            "対象年月：2026/09",
            "令和8年9月 勤怠",
            "R8.9月".replace('.', "年").as_str(),
            "期間 2026/08/21～2026/09/20",
            "2026年9月1日から2026年9月30日",
        ] {
            assert_eq!(of(&[title]), [(2026, 9)], "{title}");
        }
        for title in ["出力日 2026/10/05", "2026年度", "勤怠月報", "事業場 26-10", "", "2026年13月"] {
            assert_eq!(of(&[title]), [], "{title}");
        }
        assert_eq!(of(&["2026年9月度", "2026年9月", "2026年10月"]), [(2026, 9), (2026, 10)]);
    }

    proptest! {
        #[test]
        fn any_title_is_read_without_a_panic(title in "\\PC{0,40}") {
            let _ = of(&[&title]);
        }
    }
}
