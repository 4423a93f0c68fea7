//! Workbooks of Excel through calamine's streaming cells: what a cell shows, formulas by the value they were kept with.
//!
//! Knows serial dates and formats. Must not know columns. No range is ever built: two cells far apart would fill memory.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::sheet::{Book, Grid, Merge};
use super::{Encoding, MAX_ROWS, SourceError};

/// An open workbook.
pub(super) struct Workbook<'b> {
    book: Xlsx<Cursor<&'b [u8]>>,
    names: Vec<String>,
    shown: Vec<usize>,
}

impl<'b> Workbook<'b> {
    /// Opens a workbook whose size was counted.
    ///
    /// # Errors
    /// It is damaged or locked.
    pub fn open(bytes: &'b [u8]) -> Result<Self, SourceError> {
        let book = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
        let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let (mut names, mut shown) = (Vec::new(), Vec::new());
        for sheet in sheets {
            if sheet.visible == SheetVisible::Visible {
                shown.push(names.len());
            }
            names.push(sheet.name.clone());
        }
        Ok(Self { book, names, shown })
    }
}

impl Book for Workbook<'_> {
    fn encoding(&self) -> Encoding {
        Encoding::Xlsx
    }

    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn shown(&self) -> Vec<usize> {
        self.shown.clone()
    }

    fn grid(&mut self, place: usize, most_rows: usize) -> Result<Grid, SourceError> {
        let name = self.names.get(place).ok_or(SourceError::NoSheet)?;
        let mut grid = Grid::default();
        let mut cells = self.book.worksheet_cells_reader(name).map_err(|error| fault(&error))?;
        while let Some(cell) = cells.next_cell().map_err(|error| fault(&error))? {
            if grid.len() > most_rows {
                break;
            }
            if grid.len() > MAX_ROWS {
                return Err(SourceError::TooManyRows);
            }
            let (row, column) = cell.get_position();
            if let Some(text) = shown(cell.get_value()) {
                grid.put(row, column, text)?;
            }
        }
        drop(cells);
        // A sheet without merged cells may also answer with an error.
        let merges = self.book.merge_cells_by_sheet_name(name).unwrap_or_default();
        grid.merges = merges
            .iter()
            .map(|merge| Merge { rows: (merge.start.0, merge.end.0), columns: (merge.start.1, merge.end.1) })
            .collect();
        Ok(grid)
    }
}

fn fault(error: &XlsxError) -> SourceError {
    if matches!(error, XlsxError::Password) { SourceError::Locked } else { SourceError::BrokenZip }
}

/// What a cell shows, in the spelling that a text file would have.
fn shown(value: &DataRef<'_>) -> Option<String> {
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(number.to_string()),
        DataRef::Float(number) => Some(number_text(*number)),
        DataRef::String(text) | DataRef::DurationIso(text) => Some(text.clone()),
        DataRef::SharedString(text) => Some((*text).to_owned()),
        DataRef::Bool(is_true) => Some(if *is_true { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(time) => Some(time_text(time)),
        DataRef::DateTimeIso(text) => Some(text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()),
        DataRef::Error(error) => Some(error.to_string()),
    }
}

/// A number with the fifteen digits that Excel shows: 257.10000000000002 is what it keeps of 257.1.
pub(super) fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

/// A date as 2026-10-01, a duration as 257:10, a time of the day as 8:30.
pub(super) fn time_text(time: &ExcelDateTime) -> String {
    let value = time.as_f64();
    if !value.is_finite() || value.abs() > 3_000_000.0 {
        return number_text(value);
    }
    // A serial number is a fraction of a day; whole seconds are what was typed.
    let seconds = (value * 86_400.0).round() as i64;
    if time.is_duration() || (0..86_400).contains(&seconds) {
        return clock(seconds);
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match seconds.rem_euclid(86_400) {
        0 => date,
        rest => format!("{date} {}", clock(rest)),
    }
}

fn clock(seconds: i64) -> String {
    let (sign, whole) = if seconds < 0 { ("-", -seconds) } else { ("", seconds) };
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    if rest == 0 { format!("{sign}{hours}:{minutes:02}") } else { format!("{sign}{hours}:{minutes:02}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn serial_numbers_show_what_was_typed() {
        let cases = [
            (46_296.0, DateTime, "2026-10-01"),
            (46_296.354_166_666_7, DateTime, "2026-10-01 8:30"),
            (0.354_166_666_666_666_7, DateTime, "8:30"),
            (10.715_277_777_777_777, TimeDelta, "257:10"),
            (-0.25, TimeDelta, "-6:00"),
            (f64::NAN, TimeDelta, "NaN"),
        ];
        for (serial, kind, text) in cases {
            assert_eq!(time_text(&ExcelDateTime::new(serial, kind, false)), text);
        }
    }

    #[test]
    fn numbers_show_fifteen_digits() {
        for (number, text) in [(257.100_000_000_000_02, "257.1"), (4001.0, "4001"), (0.1 + 0.2, "0.3")] {
            assert_eq!(number_text(number), text);
        }
    }
}
