//! A workbook's sheets to a table: which sheet, merged headers, rows; whatever program wrote it.
//!
//! Knows grids of text. Must not know the format of the file they came from.

use super::super::folding;
use super::header::{self, HEADER_WITHIN, Header};
use super::cells::Cells;
use super::rows::{Filler, Given};
use super::{Encoding, MAX_COLUMNS, SourceError, Table};

/// Most bytes of text that the cells of a sheet may hold together: one long text may stand in many cells.
const MAX_TEXT: usize = 512 * 1024 * 1024;

/// Which sheet of a workbook was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetChoice {
    /// Its number, counted from 1 among the sheets.
    pub number: usize,
    /// The names of all sheets, as they came.
    pub names: Vec<String>,
}

/// Cells that were merged: the first and the last row and column, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// The rows of a sheet that hold something, in order.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<(u32, Cells)>,
    row: u32,
    cells: Vec<String>,
    text: usize,
    pub merges: Vec<Merge>,
}

impl Grid {
    /// Puts a text at a row and a column, counted from 0; rows come in order.
    ///
    /// # Errors
    /// The cell stands too far to the right, or the texts are too long together.
    pub fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), SourceError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(SourceError::TooWide { line: row.saturating_add(1), column: column.saturating_add(1) });
        }
        // Rows come in order in every format; one that comes again would be two rows of one number.
        if row < self.row {
            return Err(SourceError::BrokenZip);
        }
        if row != self.row {
            self.end_row();
            self.row = row;
        }
        self.text = self.text.saturating_add(text.len());
        if self.text > MAX_TEXT {
            return Err(SourceError::TooMuchUnpacked);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    /// How many rows hold something so far.
    pub fn len(&self) -> usize {
        self.rows.len() + usize::from(!self.cells.is_empty())
    }

    fn end_row(&mut self) {
        if !self.cells.is_empty() {
            let cells = Cells::new(self.cells.iter().map(String::as_str));
            self.rows.push((self.row.saturating_add(1), cells));
            self.cells.clear();
        }
    }

    /// The rows by their number, counted from 1.
    fn finish(mut self) -> (Vec<(u32, Cells)>, Vec<Merge>) {
        self.end_row();
        (self.rows, self.merges)
    }
}

/// A workbook, whatever its format.
pub(super) trait Book {
    /// How it was read.
    fn encoding(&self) -> Encoding;
    /// The names of its sheets.
    fn names(&self) -> Vec<String>;
    /// The places of the sheets that are shown.
    fn shown(&self) -> Vec<usize>;
    /// At most so many rows of the sheet at a place.
    fn grid(&mut self, place: usize, most_rows: usize) -> Result<Grid, SourceError>;
}

/// Reads a sheet as a table: the one of that number, or the one whose header names the most known columns.
///
/// # Errors
/// As [`super::read_sheet`].
pub(super) fn table(book: &mut impl Book, number: Option<usize>) -> Result<Table, SourceError> {
    let names = book.names();
    let (place, reason) = match number {
        Some(number) => (number.checked_sub(1).filter(|place| *place < names.len()), "指定されたシートです。"),
        None if names.len() == 1 => (Some(0), "シートは一つです。"),
        None => (best(book)?, "見出しの言葉が最も多いシートです。"),
    };
    let place = place.ok_or(SourceError::NoSheet)?;
    let (rows, merges) = book.grid(place, usize::MAX)?.finish();
    let mut table = Table::below(header_of(&rows, &merges)?, book.encoding(), reason);
    table.sheet = Some(SheetChoice { number: place + 1, names });
    let (header_row, mut filler) = (table.header_row, Filler::new(&mut table));
    for (_, cells) in rows.iter().take_while(|(line, _)| *line < header_row) {
        filler.titles(cells.iter().filter(|cell| !cell.trim().is_empty()));
    }
    for (line, cells) in rows.iter().filter(|(line, _)| *line > header_row) {
        filler.add(Given { line: *line, cells: cells.iter(), wrong_width: None })?;
    }
    filler.finish();
    Ok(table)
}

fn best(book: &mut impl Book) -> Result<Option<usize>, SourceError> {
    let mut best = None;
    for place in book.shown() {
        let (rows, merges) = book.grid(place, HEADER_WITHIN)?.finish();
        let known = match header_of(&rows, &merges) {
            Ok(header) => header.known + 1,
            Err(SourceError::NoHeader) => 0,
            Err(error) => return Err(error),
        };
        if best.is_none_or(|(most, _)| known > most) {
            best = Some((known, place));
        }
    }
    Ok(best.map(|(_, place)| place))
}

fn header_of(rows: &[(u32, Cells)], merges: &[Merge]) -> Result<Header, SourceError> {
    if rows.is_empty() {
        return Err(SourceError::Empty);
    }
    let first = rows.iter().take(HEADER_WITHIN);
    header::find(first.map(|(line, _)| (*line, names_in(rows, merges, *line))))
}

/// The names of a row with what is merged into it: 氏名 over two rows, 残業時間 above 平日 and 休日.
fn names_in(rows: &[(u32, Cells)], merges: &[Merge], line: u32) -> Vec<String> {
    let row = line.saturating_sub(1);
    let cell = |row: u32, column: u32| {
        let found = rows.iter().take(HEADER_WITHIN).find(|(line, _)| *line == row.saturating_add(1));
        found.map_or("", |(_, cells)| cells.get(column as usize))
    };
    let mut names: Vec<String> = rows
        .iter()
        .take(HEADER_WITHIN)
        .find(|(found, _)| *found == line)
        .map(|(_, cells)| cells.iter().map(str::to_owned).collect())
        .unwrap_or_default();
    for merge in merges.iter().filter(|merge| merge.rows.0 <= row && row <= merge.rows.1.saturating_add(1)) {
        let text = cell(merge.rows.0, merge.columns.0);
        let is_over = merge.rows.0 < row;
        for column in merge.columns.0..=merge.columns.1.min(MAX_COLUMNS as u32 - 1) {
            name(&mut names, column as usize, text, is_over && row > merge.rows.1);
        }
    }
    names
}

/// Lays the text of merged cells on a column: alone where the column has no name of its own, before it where that
/// name says nothing.
fn name(names: &mut Vec<String>, column: usize, text: &str, is_group: bool) {
    if text.is_empty() || (is_group && names.get(column).is_none_or(String::is_empty)) {
        return;
    }
    if names.len() <= column {
        names.resize(column + 1, String::new());
    }
    let Some(own) = names.get_mut(column) else { return };
    if own.is_empty() {
        *own = text.to_owned();
    } else if is_group && folding::field_of(own).is_none() {
        *own = format!("{text} {own}");
    }
}
