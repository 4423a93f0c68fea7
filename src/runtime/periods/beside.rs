//! Months in columns that play no part: a file whose rows seem to say none may say one all the same.

use std::collections::BTreeSet;

use crate::domain::Period;
use crate::import::calendar;
use crate::import::folding::{self, Field};
use crate::import::profile::{Profile, Role};
use crate::import::source::Table;
use crate::runtime::imports::ReadFile;

/// Words of a heading whose month is none of the hours'.
const OTHERS: &[&str] =
    &["入社", "入職", "退", "生", "採用", "取得", "更新", "支給", "支払", "給与", "出力", "作成", "契約", "異動"];

/// Months that a column may hold before it is one of another matter, as of the day on which somebody came.
const FEW: usize = 3;

/// The months of the columns that no part is given to and that hold a month in every filled cell.
pub(super) fn months(file: &ReadFile) -> Vec<(i32, u32)> {
    of_table(&file.table, &file.proposal.profile)
}

fn of_table(table: &Table, profile: &Profile) -> Vec<(i32, u32)> {
    let used: Vec<usize> = profile.columns.iter().filter_map(|(_, column)| column.find(&table.header)).collect();
    let is_open = |(index, name): &(usize, &String)| {
        let name = folding::fold(name);
        !used.contains(index) && !OTHERS.iter().any(|word| name.contains(word))
    };
    let open = table.header.iter().enumerate().filter(is_open);
    let mut found: Vec<(i32, u32)> = open.flat_map(|(index, _)| few(table, |cell| month_of(cell(index)))).collect();
    found.extend(of_fiscal_year(table, profile));
    found
}

/// The months that the rows say, where those that say anything say a month; none of too many.
fn few<'t>(table: &'t Table, month: impl Fn(&dyn Fn(usize) -> &'t str) -> Cell) -> BTreeSet<(i32, u32)> {
    let mut months = BTreeSet::new();
    for row in &table.rows {
        match month(&|index| row.cells.get(index)) {
            Cell::Month(found) => _ = months.insert(found),
            Cell::Blank => {}
            Cell::Other => return BTreeSet::new(),
        }
    }
    if months.len() > FEW { BTreeSet::new() } else { months }
}

enum Cell {
    Blank,
    Month((i32, u32)),
    Other,
}

fn month_of(cell: &str) -> Cell {
    let of_span = || calendar::span(cell).and_then(|(start, end)| Period::new(start, end)).map(Period::month);
    match calendar::year_month(cell).or_else(of_span) {
        _ if cell.trim().is_empty() => Cell::Blank,
        Some(month) => Cell::Month(month),
        None => Cell::Other,
    }
}

/// 年度 beside 月: the year begins in April.
fn of_fiscal_year(table: &Table, profile: &Profile) -> BTreeSet<(i32, u32)> {
    let place = |wanted: Field| {
        let found = profile.columns.iter().find(|(role, _)| *role == Role::Field(wanted));
        found.and_then(|(_, column)| column.find(&table.header))
    };
    let year = table.header.iter().position(|name| folding::fold(name) == "年度");
    let Some((month, year)) = place(Field::Month).zip(year) else { return BTreeSet::new() };
    few(table, |cell| match calendar::month_of_year(cell(year).trim_end_matches("年度"), cell(month)) {
        Some((year, month)) => Cell::Month((if month < FIRST_MONTH { year + 1 } else { year }, month)),
        None if cell(month).trim().is_empty() => Cell::Blank,
        None => Cell::Other,
    })
}

/// 年度 begins in April.
const FIRST_MONTH: u32 = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::profile::propose_hours_in;
    use crate::import::source::read;

    fn told(text: &str) -> Vec<(i32, u32)> {
        let table = read(text.as_bytes()).unwrap();
        of_table(&table, &propose_hours_in(&table).profile)
    }

    #[test]
    fn a_month_in_a_column_without_a_part_is_seen() {
        assert_eq!(told("社員番号,計上月,総労働時間\n1,2026/09,160:00\n2,2026/09,170:00\n"), [(2026, 9)]);
        assert_eq!(told("社員番号,対象,総労働時間\n1,2026/08/21-2026/09/20,160:00\n2,,170:00\n"), [(2026, 9)]);
        assert_eq!(told("社員番号,年度,月,総労働時間\n1,2025,10,160:00\n2,2025,10,170:00\n"), [(2025, 10)]);
        assert_eq!(told("社員番号,年度,月,総労働時間\n1,2025年度,2月,160:00\n"), [(2026, 2)]);
    }

    #[test]
    fn what_is_no_month_of_the_hours_is_not() {
        for text in [
            "社員番号,入社年月,総労働時間\n1,2015-04,160:00\n",
            "社員番号,配属,総労働時間\n1,2026/09,160:00\n2,2026/08,160:00\n3,2026/05,160:00\n4,2020/08,160:00\n",
            "社員番号,備考,総労働時間\n1,,160:00\n2,2026/09 から,160:00\n",
            "社員番号,対象年月,総労働時間\n1,2026/09,160:00\n",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
