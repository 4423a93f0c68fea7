//! Days that a workbook holds as bare numbers: read as days where the column is one of days.
//!
//! Knows headings and serial numbers. Must not know what a day means.

use super::super::folding::{self, Field};
use super::super::{blank, calendar, plainness};
use super::{Table, cells, serial};

/// Serial numbers of 1910 to 2099: a smaller or larger number in a column of days is something else.
const SERIALS: std::ops::RangeInclusive<i64> = 3_654..=73_050;
/// Endings of headings of days.
const ENDINGS: &[&str] = &["日", "期限", "開始", "終了", "まで", "から", "自", "至"];

/// Turns bare serial numbers in columns of days to days; `is_1904` is how the workbook counts them.
pub(super) fn read(table: &mut Table, is_1904: bool) {
    let columns: Vec<usize> = (0..table.header.len()).filter(|column| is_of_days(table, *column)).collect();
    if columns.is_empty() {
        return;
    }
    let day = |(index, cell): (usize, &str)| {
        let number = serial_in(cell).filter(|_| columns.contains(&index));
        number.and_then(|days| serial::date(days, is_1904)).map_or_else(|| cell.to_owned(), |day| day.to_string())
    };
    cells::rewrite(&mut table.rows, |row| row.iter().enumerate().map(day).collect());
}

/// Whether a column is named as one of days, and holds nothing else, some of them as numbers.
fn is_of_days(table: &Table, column: usize) -> bool {
    let is_named = table.header.get(column).is_some_and(|name| names_days(name));
    let cells = || table.rows.iter().map(|row| row.cells.get(column)).filter(|cell| !blank::says_no_day(cell));
    is_named
        && cells().any(|cell| serial_in(cell).is_some())
        && cells().all(|cell| serial_in(cell).is_some() || calendar::is_written_as_day(cell))
}

fn names_days(name: &str) -> bool {
    let folded = folding::fold(name);
    let bare = folded.split(['(', '[']).next().unwrap_or(&folded);
    match folding::field_of(name) {
        Some(field) if plainness::is_of_a_day(field) => true,
        None | Some(Field::Unused) => !bare.ends_with("休日") && ENDINGS.iter().any(|ending| bare.ends_with(ending)),
        Some(_) => false,
    }
}

fn serial_in(cell: &str) -> Option<i64> {
    let is_plain = (4..=5).contains(&cell.len()) && cell.bytes().all(|b| b.is_ascii_digit());
    cell.parse().ok().filter(|days| is_plain && SERIALS.contains(days))
}

#[cfg(test)]
mod tests {
    use super::super::{Encoding, Table, read as table};
    use super::*;

    fn read_as(text: &str, is_1904: bool) -> Table {
        let mut found = table(text.as_bytes()).unwrap();
        assert_eq!(found.encoding, Encoding::Utf8);
        read(&mut found, is_1904);
        found
    }

    #[test]
    fn a_bare_number_in_a_column_of_days_is_a_day() {
        let text =
            "社員番号,生年月日,入社日,見直し期限,休日\n10101,33081,2012-01-01,46843,4800\n10104,28112,37288,,4801\n";
        let found = read_as(text, false);
        let first: Vec<&str> = found.rows[0].cells.iter().collect();
        assert_eq!(first, ["10101", "1990-07-27", "2012-01-01", "2028-03-31", "4800"]);
        assert_eq!(found.rows[1].cells.get(2), "2002-02-01");
        assert_eq!(read_as(text, true).rows[0].cells.get(1), "1994-07-28", "as the workbook counts");
    }

    #[test]
    fn a_column_that_holds_something_else_stays() {
        let found = read_as("社員番号,生年月日\n10101,33081\n10102,45\n10103,不明\n", false);
        assert_eq!(found.rows[0].cells.get(1), "33081");
    }

    #[test]
    fn a_word_for_no_day_and_a_day_that_does_not_exist_take_no_day_from_the_others() {
        let found = read_as("社員番号,退職日\n10101,46325\n10102,在籍中\n10103,2026/2/31\n10104,－\n", false);
        assert_eq!(found.rows[0].cells.get(1), "2026-10-30");
    }
}
