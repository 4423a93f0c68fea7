//! The months that stand above a header, as in 2026年9月度: what the sheet says of itself where its rows do not.
//!
//! Knows spellings of months. Must not know which month the rows are counted to.

use unicode_normalization::UnicodeNormalization;

use super::calendar;
use crate::domain::{Day, Period};

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

/// The days of the periods that the lines above a header name: 集計期間：2026/10/01～2026/10/31.
pub fn spans(titles: &[String]) -> Vec<(Day, Day)> {
    let short = titles.iter().filter(|title| title.len() <= LONGEST);
    let parts = short.flat_map(|title| title.split(['：', ':', '(', '（', ')', '）', ' ', '　']));
    parts.filter_map(calendar::span).collect()
}

/// The months that a file's name says: 勤怠_202609, 2026-09. A day, as that of an export, is none.
pub fn months_of_name(name: &str) -> Vec<(i32, u32)> {
    let is_packed = |run: &&str| run.len() == 6 && run.starts_with("20");
    let runs = name.split(|c: char| !c.is_ascii_digit());
    let packed = runs.filter(is_packed).filter_map(calendar::year_month);
    let mut found: Vec<_> = named(&name.replace('_', " ")).into_iter().chain(packed).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Words of a sheet's name that say that it holds nothing that is so.
const NO_RECORDS: &[&str] =
    &["予定", "計画", "見込", "案", "ひな形", "雛形", "様式", "テンプレート", "コピー", "記入例", "旧"];

/// The newest month that a sheet's name says, or its year with month 0: 2026, R8年度, 2026年10月, 202610.
///
/// What is a plan, a draft or a copy by its name is of no month.
pub(super) fn newest_of_name(name: &str) -> Option<(i32, u32)> {
    let folded: String = name.nfkc().filter(|c| !c.is_whitespace()).collect();
    if NO_RECORDS.iter().any(|word| folded.contains(word)) {
        return None;
    }
    let year = |run: &str| calendar::month_of_year(run.trim_end_matches('度'), "1").map(|(year, _)| (year, 0));
    let of_year = || runs(&folded).iter().flat_map(|run| run.split(['-', '/', '.'])).filter_map(year).max();
    months_of_name(name).pop().or_else(of_year)
}

/// The year that stands in the heading of a column: 2026年度総労働時間, R8残業.
pub(super) fn year_in(heading: &str) -> Option<i32> {
    let folded: String = heading.nfkc().filter(|c| !c.is_whitespace()).collect();
    let year = |run: &str| calendar::month_of_year(run.split('年').next().unwrap_or(run), "1").map(|(year, _)| year);
    runs(&folded).iter().find_map(|run| year(run))
}

/// The month that stands in the heading of a column: 2026年9月残業時間, 9月度 残業.
pub fn month_in(folded: &str) -> Option<u32> {
    let (before, behind) = folded.split_once('月')?;
    let digits = before.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '年');
    let month = digits.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    // 1月あたり and 1月平均 are no month of the calendar.
    let is_rate = ["あたり", "当", "平均", "間"].iter().any(|word| behind.starts_with(word));
    month.parse().ok().filter(|month| !is_rate && (1..=12).contains(month))
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

    #[test]
    fn a_files_name_and_a_heading_say_their_month() {
        for name in ["勤怠_202609", "勤怠202609.csv", "2026年9月勤怠", "kintai_2026-09"] {
            assert_eq!(months_of_name(name), [(2026, 9)], "{name}");
        }
        for name in ["勤怠", "export_20261104", "社員10101", "勤怠_2026", "202613"] {
            assert_eq!(months_of_name(name), [], "{name}");
        }
        let headings =
            [("2026年9月残業時間", Some(9)), ("9月度残業", Some(9)), ("残業(10月)", Some(10)), ("年月", None)];
        let years =
            ["2026年度総労働時間", "R8年度残業", "2026年9月残業時間", "60時間超", "36協定", "9月度残業"].map(year_in);
        assert_eq!(years, [Some(2026), Some(2026), Some(2026), None, None, None]);
        for (heading, month) in
            headings.into_iter().chain([("1月あたり残業", None), ("月間残業", None), ("13月", None)])
        {
            assert_eq!(month_in(heading), month, "{heading}");
        }
    }

    #[test]
    fn a_sheets_name_says_its_year_or_month() {
        for (name, told) in [
            ("2026", Some((2026, 0))),
            ("2026年度", Some((2026, 0))),
            ("名簿R8", Some((2026, 0))),
            ("令和8年度", Some((2026, 0))),
            ("2026年10月", Some((2026, 10))),
            ("202610", Some((2026, 10))),
            ("2025-2026", Some((2026, 0))),
            ("2027年度計画", None),
            ("10月", None),
            ("Sheet2", None),
            ("名簿", None),
        ] {
            assert_eq!(newest_of_name(name), told, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_title_is_read_without_a_panic(title in "\\PC{0,40}") {
            let _ = (of(&[&title]), months_of_name(&title), month_in(&title), newest_of_name(&title), year_in(&title));
        }
    }
}
