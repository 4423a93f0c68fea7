//! Records below the header to rows: taken, refused or left out; the same judgement for text and for sheets.
//!
//! Knows totals, blanks and limits. Must not know what a column means.

use super::super::reason::{Ignored, Refusal, Skip, Why};
use super::cells::{Cells, Pages};
use super::totals::{PersonColumns, Sums};
use super::{MAX_CELL, MAX_ROWS, SourceError, Table};

/// What a spreadsheet leaves of a formula that failed.
const FORMULA_ERRORS: &[&str] =
    &["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!"];

/// What stands for the value of a formula that the workbook does not hold: no text of a cell.
pub(super) const UNKEPT: &str = "\u{FFFC}";

/// A record as its source gives it.
pub(super) struct Given<I> {
    /// Line of the file or row of the sheet, 1-based.
    pub line: u32,
    /// Its cells from left to right.
    pub cells: I,
    /// What is wrong with the number of cells; a sheet's rows are never too short.
    pub wrong_width: Option<Why>,
}

impl<'c, I: Iterator<Item = &'c str> + Clone> Given<I> {
    /// Its cells, as many as the header has.
    fn row(&self, width: usize) -> impl Iterator<Item = &'c str> {
        self.cells.clone().chain(std::iter::repeat("")).take(width)
    }
}

enum Judged {
    Row,
    Refused(Option<usize>, Why),
    Ignored(Skip),
}

/// Fills a table row by row; words that are totals only at the end wait for the next row.
pub(super) struct Filler<'t> {
    table: &'t mut Table,
    people: PersonColumns,
    pages: Pages,
    waiting: Vec<(u32, Judged, Cells)>,
}

impl<'t> Filler<'t> {
    pub fn new(table: &'t mut Table) -> Self {
        let people = PersonColumns::of(&table.header);
        Self { table, people, pages: Pages::default(), waiting: Vec::new() }
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`SourceError::TooManyRows`].
    pub fn add<'c, I: Iterator<Item = &'c str> + Clone>(&mut self, given: Given<I>) -> Result<(), SourceError> {
        if self.table.row_count() + self.pages.waiting() + self.waiting.len() >= MAX_ROWS {
            return Err(SourceError::TooManyRows);
        }
        let (line, width) = (given.line, self.table.header.len());
        let judged = match self.people.sums(given.cells.clone()) {
            Sums::AtEnd => {
                self.waiting.push((line, judge(&given, width), Cells::new(given.row(width))));
                return Ok(());
            }
            Sums::Yes => Judged::Ignored(Skip::Totals),
            Sums::Reference => Judged::Ignored(Skip::Reference),
            Sums::No => judge(&given, width),
        };
        for (line, judged, cells) in std::mem::take(&mut self.waiting) {
            self.place(line, judged, cells.iter());
        }
        self.place(line, judged, given.row(width));
        Ok(())
    }

    /// Keeps what stands above the header.
    pub fn titles<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        self.table.titles.extend(cells.map(str::to_owned));
    }

    /// What still waits stands below the last person.
    pub fn finish(mut self) {
        self.pages.close(&mut self.table.rows);
        self.table.ignored.extend(self.waiting.into_iter().map(|(line, ..)| Ignored { line, why: Skip::Totals }));
    }

    fn place<'c>(&mut self, line: u32, judged: Judged, cells: impl Iterator<Item = &'c str>) {
        match judged {
            Judged::Row => self.pages.add(line, cells, &mut self.table.rows),
            Judged::Refused(column, why) => self.table.refused.push(Refusal { line, column, why }),
            Judged::Ignored(why) => self.table.ignored.push(Ignored { line, why }),
        }
    }
}

fn judge<'c, I: Iterator<Item = &'c str> + Clone>(given: &Given<I>, width: usize) -> Judged {
    let cells = &given.cells;
    if let Some(index) = cells.clone().position(|cell| cell.len() > MAX_CELL) {
        return Judged::Refused(Some(index + 1), Why::CellTooLong);
    }
    if cells.clone().all(|cell| cell.trim().is_empty()) {
        return Judged::Ignored(Skip::Blank);
    }
    if let Some(why) = given.wrong_width {
        return Judged::Refused(None, why);
    }
    let mut broken = cells.clone().take(width).map(broken).enumerate();
    match broken.find_map(|(index, why)| Some((index, why?))) {
        Some((index, why)) => Judged::Refused(Some(index + 1), why),
        None => Judged::Row,
    }
}

fn broken(cell: &str) -> Option<Why> {
    if cell.contains('\u{FFFD}') {
        return Some(Why::Undecodable);
    }
    if cell == UNKEPT {
        return Some(Why::FormulaWithoutValue);
    }
    (cell.starts_with('#') && FORMULA_ERRORS.contains(&cell.trim())).then_some(Why::FormulaError)
}
