//! Groups of several years over the same names (2026年度 beside 2025年度, 今回 beside 前回): the newest is the file's, the
//! others are of another time, the day of their examination included.
//!
//! Knows headings. Must not know values. Where the groups do not stand over the same names nothing is said: a column
//! behind the last group may be of neither.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::super::{calendar, folding, qualifiers};
use super::header::FirstRow;

/// Rows above the names in which years are looked for.
const ABOVE: usize = 2;
/// Words of the examination at hand, the one before and the one before that, each with its place in time.
const WORDS: &[(&str, i32)] = &[
    ("前々", -2),
    ("一昨年", -2),
    ("前回", -1),
    ("前年", -1),
    ("昨年", -1),
    ("今回", 0),
    ("今年", 0),
    ("本年", 0),
    ("当年", 0),
    ("最新", 0),
];
/// What stands behind a year.
const BEHIND: &[&str] = &["健康診断", "健診", "結果", "受診", "実施", "分", "度", "年"];

/// The rows without their years.
#[derive(Debug)]
pub(super) struct Parted {
    /// The rows.
    pub rows: Vec<FirstRow>,
    /// The place of the names among them.
    pub at: usize,
    /// What goes before the name of each column: nothing for the newest, and where no year stands over it.
    before: Vec<String>,
}

impl Parted {
    /// Says of every name which is of another time.
    pub fn mark(&self, names: &mut [String]) {
        for (name, before) in names.iter_mut().zip(&self.before).filter(|(name, _)| !name.is_empty()) {
            name.insert_str(0, before);
        }
    }
}

/// Takes the row of years away from the rows whose names stand at `at`; none where there is no such row.
pub(super) fn parted(rows: &[FirstRow], at: usize) -> Option<Parted> {
    let above = (1..=ABOVE).filter_map(|up| at.checked_sub(up));
    let above = above.filter_map(|place| Some((place, before(rows.get(place)?, rows.get(at)?)?)));
    if let Some((place, before)) = { above }.next() {
        let mut rows = rows.to_vec();
        rows.remove(place);
        return Some(Parted { rows, at: at - 1, before });
    }
    // Years in the row of the people, with the names of their columns below.
    let (years, names) = (rows.get(at)?, rows.get(at + 1)?);
    let before = before(years, names)?;
    let mut parted = rows.to_vec();
    parted.remove(at);
    *parted.get_mut(at)? = joined(years, names)?;
    Some(Parted { rows: parted, at, before })
}

/// The names of two rows as one, without the years; none where both name one column.
fn joined(years: &FirstRow, names: &FirstRow) -> Option<FirstRow> {
    let own = |row: &FirstRow, column: usize| row.cells.get(column).cloned().unwrap_or_default();
    let one = |column: usize| {
        let (upper, lower) = (own(years, column), own(names, column));
        let upper = if place_in_time(&upper).is_some() { String::new() } else { upper };
        match (upper.is_empty(), lower.is_empty()) {
            (true, _) => Some(lower),
            (false, true) => Some(upper),
            (false, false) => (upper == lower).then_some(upper),
        }
    };
    let cells = (0..years.cells.len().max(names.cells.len())).map(one).collect::<Option<_>>()?;
    Some(FirstRow { line: names.line, cells, merged: names.merged.clone() })
}

/// What goes before the name of each column below a row of years; none where it is no such row.
fn before(years: &FirstRow, names: &FirstRow) -> Option<Vec<String>> {
    let over = over(years, names.cells.len());
    let mut kinds: Vec<(bool, i32)> = over.iter().flatten().map(|(place, _)| *place).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let newest = *kinds.last()?;
    let is_one_kind = kinds.iter().all(|(is_year, _)| *is_year == newest.0);
    let below = |wanted: (bool, i32)| -> BTreeSet<_> {
        let columns = over.iter().zip(&names.cells).filter(|(over, _)| over.is_some_and(|(place, _)| place == wanted));
        columns.map(|(_, name)| folding::fold(name)).filter(|name| !name.is_empty()).collect()
    };
    let (all, mut others) = (below(newest), kinds.iter().rev().skip(1).map(|kind| below(*kind)).peekable());
    let are_repeated = others.peek().is_some() && others.all(|other| !other.is_empty() && other.is_subset(&all));
    let name = |over: &Option<((bool, i32), &str)>| match over {
        Some((place, text)) if *place != newest => of_another_time(text),
        _ => String::new(),
    };
    (is_one_kind && are_repeated).then(|| over.iter().map(name).collect())
}

/// For every column the year that stands over it, or to the left of it.
fn over(years: &FirstRow, width: usize) -> Vec<Option<((bool, i32), &str)>> {
    let mut last = None;
    let cells = years.cells.iter().map(String::as_str).chain(std::iter::repeat("")).take(width);
    let one = |cell| {
        if !str::is_empty(cell) {
            last = place_in_time(cell).map(|place| (place, cell));
        }
        last
    };
    cells.map(one).collect()
}

/// `前回（2025年度） `: known everywhere as another examination than the row's.
fn of_another_time(text: &str) -> String {
    let is_said = qualifiers::is_of_another_time(&folding::fold(text));
    if is_said { format!("{text} ") } else { format!("前回（{text}） ") }
}

/// When a heading says that its columns are: by a year, or by a word; later ones are greater.
fn place_in_time(text: &str) -> Option<(bool, i32)> {
    if text.is_empty() || text.len() > folding::MAX_HEADING {
        return None;
    }
    let folded = folding::fold(text);
    let bare = folded.trim_start_matches(['(', '[', '【', '<']).trim_end_matches([')', ']', '】', '>']);
    let word = WORDS.iter().find(|(word, _)| bare.starts_with(word)).map(|(_, place)| (false, *place));
    word.or_else(|| year(bare).map(|year| (true, year)))
}

/// `2026年度`, `r8年度`, `令和8年`, `2026年健診結果`.
fn year(bare: &str) -> Option<i32> {
    let mut base = bare;
    while let Some(rest) = BEHIND.iter().find_map(|word| base.strip_suffix(word)) {
        base = rest;
    }
    // A number alone is a year only with its word behind it.
    let is_said = base.len() < bare.len() && base.chars().count() <= "令和10".chars().count();
    calendar::date(&format!("{base}年12月31日")).filter(|_| is_said).map(|day| day.year())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read;
    use super::*;

    fn header(text: &str) -> String {
        read(text.as_bytes()).unwrap().header.join("|")
    }

    #[test]
    fn the_newest_of_several_years_is_the_files_and_its_day_too() {
        let told = "社員番号|氏名|健診日|AST|前回（2025年度） 健診日|前回（2025年度） AST";
        let names = "社員番号,氏名,健診日,AST,健診日,AST\n4001,桐山 勇,2026/9/7,28,2025/9/8,50\n";
        assert_eq!(header(&format!(",,2026年度,,2025年度,\n{names}")), told);
        assert_eq!(header(&format!("健診結果,,2026年度,2026年度,2025年度,2025年度\n{names}")), told, "merged");
        let below =
            "社員番号,氏名,2026年度,,2025年度,\n,,健診日,AST,健診日,AST\n4001,桐山 勇,2026/9/7,28,2025/9/8,50\n";
        assert_eq!(header(below), told, "the people stand beside the years");
        let before = "社員番号|氏名|前回（R7年度） 健診日|前回（R7年度） AST|健診日|AST";
        assert_eq!(header(&format!(",,R7年度,,R8年度,\n{names}")), before, "the newest may stand last");
        let word = "社員番号|氏名|健診日|AST|前回 健診日|前回 AST";
        assert_eq!(header(&format!(",,今回,,前回,\n{names}")), word);
    }

    #[test]
    fn years_over_different_names_are_no_groups_of_one_table() {
        let names = "社員番号,氏名,健診日,AST,AST,総合判定\n4001,桐山 勇,2026/9/7,28,50,A\n";
        let told = "社員番号|氏名|健診日|AST|AST|2025年度 総合判定";
        assert_eq!(
            header(&format!(",,,2026年度,2025年度,\n{names}")),
            told,
            "two columns of one name are refused later"
        );
        for (text, place) in [
            ("令和8年度", Some((true, 2026))),
            ("2026年", Some((true, 2026))),
            ("2026年健診結果", Some((true, 2026))),
            ("【前々回】", Some((false, -2))),
            ("2026", None),
            ("年度", None),
            ("血圧", None),
        ] {
            assert_eq!(place_in_time(text), place, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_heading_is_too_strange(text in "\\PC{0,12}|[0-9R令和年度]{0,8}") {
            let _ = place_in_time(&text);
        }
    }
}
