//! A workbook's sheets to a table: which sheet, merged headers, rows; whatever program wrote it.
//!
//! Knows grids of text. Must not know the format of the file they came from.

use super::super::titles;
use super::cells::Cells;
use super::header::{self, FIRST_ROWS, FirstRow, Header};
use super::levels;
use super::rows::{Filler, Given};
use super::{Encoding, MAX_COLUMNS, SourceError, Table, days};
use crate::domain::progress::{Going, Phase};

/// Most bytes of text that the cells of a sheet may hold together: one long text may stand in many cells.
const MAX_TEXT: usize = 512 * 1024 * 1024;

/// Which sheet of a workbook was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetChoice {
    /// Its number, counted from 1 among the sheets.
    pub number: usize,
    /// The names of all sheets, as they came.
    pub names: Vec<String>,
    /// The numbers of the other sheets in which rows stand below a heading of people.
    pub others: Vec<usize>,
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
    /// Whether its days are counted from 1904.
    fn is_1904(&self) -> bool {
        false
    }
    /// The places of the sheets that are shown.
    fn shown(&self) -> Vec<usize>;
    /// At most so many rows of the sheet at a place.
    fn grid(&mut self, place: usize, most_rows: usize, going: &Going<'_>) -> Result<Grid, SourceError>;
}

/// Reads a sheet as a table: the one of that number, or the one whose header names the most known columns.
///
/// # Errors
/// As [`super::read_while`].
pub(super) fn table(book: &mut impl Book, number: Option<usize>, going: &Going<'_>) -> Result<Table, SourceError> {
    let names = book.names();
    let shown = if names.len() == 1 { Vec::new() } else { book.shown() };
    let looks: Vec<Look> = shown.into_iter().map(|place| look(book, place, going)).collect();
    let (place, reason) = match number {
        Some(number) => (number.checked_sub(1).filter(|place| *place < names.len()), "指定されたシートです。"),
        None if names.len() == 1 => (Some(0), "シートは一つです。"),
        None => best(&looks, &names)?,
    };
    let place = place.ok_or(SourceError::NoSheet)?;
    let (rows, merges) = book.grid(place, usize::MAX, going)?.finish();
    let mut table = Table::below(header_of(&rows, &merges)?, book.encoding(), reason);
    let others =
        looks.iter().filter(|look| look.has_people && look.place != place).map(|look| look.place + 1).collect();
    table.sheet = Some(SheetChoice { number: place + 1, names, others });
    let (header_row, mut filler) = (table.header_row, Filler::new(&mut table));
    for (_, cells) in rows.iter().take_while(|(line, _)| *line < header_row) {
        filler.titles(cells.iter().filter(|cell| !cell.trim().is_empty()));
    }
    let below = going.over(Phase::Sorting, rows.len(), &rows).filter(|(line, _)| *line > header_row);
    for (line, cells) in below {
        filler.add(Given { line: *line, cells: cells.iter(), wrong_width: None })?;
    }
    filler.finish();
    days::read(&mut table, book.is_1904());
    going.check()?;
    Ok(table)
}

/// What the first rows of a sheet say of it.
struct Look {
    place: usize,
    /// How well its header is known; 0 for a sheet without one.
    known: Result<usize, SourceError>,
    /// Whether rows stand below a heading of people, or nobody can say.
    has_people: bool,
}

fn look(book: &mut impl Book, place: usize, going: &Going<'_>) -> Look {
    let found = book.grid(place, FIRST_ROWS, going).map(Grid::finish);
    let header = found.as_ref().map_err(|error| *error).and_then(|(rows, merges)| header_of(rows, merges));
    let known = match header {
        Err(SourceError::NoHeader | SourceError::Empty) => Ok(0),
        header => header.map(|header| header.known + 1),
    };
    Look { place, known, has_people: found.map_or(true, |(rows, _)| has_people(&rows)) }
}

/// Whether rows stand below one that names a column of people.
fn has_people(rows: &[(u32, Cells)]) -> bool {
    let is_heading = |(_, cells): &(u32, Cells)| levels::names_people(cells.iter());
    rows.iter().position(is_heading).is_some_and(|at| at + 1 < rows.len())
}

const BEST: &str = "見出しの言葉が最も多いシートです。";
const NEWEST: &str = "同じような見出しのシートのうち、名前の年月が最も新しいシートです。";

/// The first sheet whose header is known best, or the newest of its series; what is wrong with another matters only where
/// none is known.
fn best(looks: &[Look], names: &[String]) -> Result<(Option<usize>, &'static str), SourceError> {
    let known = |look: &&Look| look.known.unwrap_or(0);
    let best = looks.iter().rev().max_by_key(known);
    let failed = looks.iter().find_map(|look| look.known.err());
    match (best, failed) {
        (Some(best), failed) if failed.is_none() || known(&best) > 1 => {
            Ok(newest(looks, best, names).map_or((Some(best.place), BEST), |newer| (Some(newer.place), NEWEST)))
        }
        (_, Some(error)) => Err(error),
        (_, None) => Ok((None, BEST)),
    }
}

/// The newest sheet of people among those that are named by years or months, as the best one is, and are headed much
/// like it; none where that is the best one itself.
fn newest<'l>(looks: &'l [Look], best: &Look, names: &[String]) -> Option<&'l Look> {
    let dated = |look: &Look| names.get(look.place).and_then(|name| titles::newest_of_name(name));
    let (known, since) = (|look: &Look| look.known.unwrap_or(0), dated(best)?);
    let is_alike = |look: &&Look| look.has_people && known(look) * 2 > known(best) && dated(look) > Some(since);
    looks.iter().filter(is_alike).max_by_key(|look| dated(look))
}

fn header_of(rows: &[(u32, Cells)], merges: &[Merge]) -> Result<Header, SourceError> {
    if rows.is_empty() {
        return Err(SourceError::Empty);
    }
    let first: Vec<&(u32, Cells)> = rows.iter().take(FIRST_ROWS).collect();
    header::find(first.iter().map(|(line, cells)| filled(&first, merges, *line, cells)))
}

/// A row with what is merged into it: 氏名 over two rows, 残業時間 over 平日 and 休日.
fn filled(rows: &[&(u32, Cells)], merges: &[Merge], line: u32, cells: &Cells) -> FirstRow {
    let mut first = FirstRow { line, cells: cells.iter().map(str::to_owned).collect(), merged: Vec::new() };
    let row = line.saturating_sub(1);
    for merge in merges.iter().filter(|merge| (merge.rows.0..=merge.rows.1).contains(&row)) {
        let from = rows.iter().find(|(line, _)| *line == merge.rows.0.saturating_add(1));
        let text = from.map_or("", |(_, cells)| cells.get(merge.columns.0 as usize));
        for column in merge.columns.0..=merge.columns.1.min(MAX_COLUMNS as u32 - 1) {
            lay(&mut first, column as usize, text, merge.columns.0 < merge.columns.1);
        }
    }
    first
}

/// Lays the text of merged cells on a column that has none of its own.
fn lay(row: &mut FirstRow, column: usize, text: &str, is_wide: bool) {
    if text.is_empty() {
        return;
    }
    if row.cells.len() <= column {
        row.cells.resize(column + 1, String::new());
    }
    if row.merged.len() <= column {
        row.merged.resize(column + 1, false);
    }
    if let Some(own) = row.cells.get_mut(column).filter(|own| own.is_empty()) {
        text.clone_into(own);
    }
    if let Some(merged) = row.merged.get_mut(column) {
        *merged |= is_wide;
    }
}
