//! Lists for the physician's own use as bytes of a file: CSV for anything, XLSX for a spreadsheet.
//!
//! Knows cells of text. A cell is never a formula, whatever it begins with. Must not know whom the list is about.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::domain::Day;

/// A list: its columns and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Names of the columns.
    pub header: Vec<&'static str>,
    /// Cells, as many as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// The list cannot be written, such as one with more rows than a sheet holds.
#[derive(Debug, thiserror::Error)]
#[error("一覧を表にできません。行を絞るか、CSV で書き出してください。")]
pub struct LedgerError;

impl From<XlsxError> for LedgerError {
    /// The library's text may quote a cell.
    fn from(_: XlsxError) -> Self {
        Self
    }
}

impl Ledger {
    /// CSV in UTF-8 with a byte order mark, which is how Excel knows it, and line ends as it writes them.
    ///
    /// # Errors
    /// [`LedgerError`] where a row has another number of cells than there are columns.
    pub fn csv(&self) -> Result<Vec<u8>, LedgerError> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
        writer.write_record(&self.header).map_err(|_| LedgerError)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(|_| LedgerError)?;
        }
        writer.into_inner().map_err(|_| LedgerError)
    }

    /// A workbook of one sheet. `day` stands in its properties instead of the clock's.
    ///
    /// # Errors
    /// [`LedgerError`] where a sheet cannot hold the list.
    pub fn xlsx(&self, day: Day) -> Result<Vec<u8>, LedgerError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created(day)?));
        let sheet = workbook.add_worksheet();
        let bold = Format::new().set_bold();
        for (column, name) in (0..).zip(&self.header) {
            sheet.write_string_with_format(0, column, *name, &bold)?;
        }
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                sheet.write_string(line, column, cell)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(workbook.save_to_buffer()?)
    }
}

fn created(day: Day) -> Result<ExcelDateTime, LedgerError> {
    use chrono::Datelike;
    let part = |value: u32| u8::try_from(value).unwrap_or(1);
    let year = u16::try_from(day.year()).map_err(|_| LedgerError)?;
    Ok(ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))?)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front, which it shows as text.
fn harmless(cell: &str) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let begins_hidden = cell.starts_with(['\t', '\r', '\n']);
    if is_formula || begins_hidden { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day() -> Day {
        "2026-11-20".parse().unwrap()
    }

    fn ledger(cell: &str) -> Ledger {
        Ledger { header: vec!["氏名", "所属"], rows: vec![vec![cell.to_owned(), "製造課".to_owned()]] }
    }

    #[test]
    fn csv_has_a_mark_and_quotes_what_needs_it() {
        let bytes = ledger("山田, \"太郎\"").csv().unwrap();
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.trim_start_matches('\u{feff}'), "氏名,所属\r\n\"山田, \"\"太郎\"\"\",製造課\r\n");
    }

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for cell in ["=1+1", "+81", "-5", "@SUM(A1)", " =1", "\t=1", "＝1+1"] {
            let text = String::from_utf8(ledger(cell).csv().unwrap()).unwrap();
            assert!(text.contains(&format!("'{cell}")), "{text}");
        }
        assert_eq!(harmless("2026-11-20"), "2026-11-20");
    }

    #[test]
    fn xlsx_is_the_same_bytes_on_the_same_day() {
        let one = ledger("=HYPERLINK(\"http://x\")").xlsx(day()).unwrap();
        assert!(one.starts_with(b"PK"));
        assert_eq!(one, ledger("=HYPERLINK(\"http://x\")").xlsx(day()).unwrap());
    }

    proptest! {
        #[test]
        fn no_cell_of_a_csv_begins_as_a_formula(cell in "\\PC{0,20}") {
            let bytes = ledger(&cell).csv().unwrap();
            let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[3..]);
            let row = reader.records().next().unwrap().unwrap();
            prop_assert!(!row[0].starts_with(['=', '+', '-', '@', '\t', '\r']));
            let quoted = format!("'{cell}");
            prop_assert!(row[0] == cell || row[0] == quoted);
        }
    }
}
