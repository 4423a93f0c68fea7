//! The cells of rows, which lie in pages: a file of a hundred thousand rows is a few hundred pieces of memory.
//!
//! Knows where a cell begins and ends. Must not know what it says.

use std::fmt;
use std::sync::Arc;

use super::SourceRow;

/// Bytes of text behind which a page takes no further row.
const FULL: usize = 32 * 1024;

/// The cells of a row, on a page that it shares with its neighbours.
#[derive(Clone)]
pub struct Cells {
    page: Arc<Page>,
    /// The place of its first cell on the page.
    first: u32,
    count: u32,
}

impl Cells {
    /// Keeps the cells without the white space around them, on a page of their own.
    pub fn new<'a>(cells: impl IntoIterator<Item = &'a str>) -> Self {
        let mut page = Page::default();
        let count = page.write(cells);
        Self { page: Arc::new(page), first: 0, count }
    }

    /// The cell at `index`, counted from 0; empty beyond the last one.
    pub fn get(&self, index: usize) -> &str {
        if index < self.len() { self.page.cell(self.first as usize + index) } else { "" }
    }

    /// Number of cells.
    pub const fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.iter().all(str::is_empty)
    }

    /// The cells from left to right.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).map(|index| self.get(index))
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Cells {}

impl fmt::Debug for Cells {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

/// The text of cells, one behind the other, and where each of them ends.
#[derive(Default)]
struct Page {
    text: String,
    ends: Vec<u32>,
}

impl Page {
    /// Writes the cells of a row and gives their number.
    fn write<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> u32 {
        let mut count = 0;
        for cell in cells {
            self.text.push_str(cell.trim());
            self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
            count += 1;
        }
        count
    }

    fn cell(&self, place: usize) -> &str {
        let Some(end) = self.ends.get(place) else { return "" };
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start as usize..*end as usize).unwrap_or("")
    }

    /// As large as what it holds.
    fn closed(mut self) -> Arc<Self> {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        Arc::new(self)
    }
}

/// Rows that are laid onto pages; those of the page that is not full yet wait here.
#[derive(Default)]
pub(super) struct Pages {
    page: Page,
    /// Line and number of cells of the rows on the page.
    waiting: Vec<(u32, u32)>,
}

impl Pages {
    /// How many rows wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Lays a row down; a page that is full goes to `rows`.
    pub fn add<'a>(&mut self, line: u32, cells: impl Iterator<Item = &'a str>, rows: &mut Vec<SourceRow>) {
        self.waiting.push((line, self.page.write(cells)));
        if self.page.text.len() >= FULL {
            self.close(rows);
        }
    }

    /// Hands the rows of the page over, full or not.
    pub fn close(&mut self, rows: &mut Vec<SourceRow>) {
        let (page, mut first) = (std::mem::take(&mut self.page).closed(), 0);
        for (line, count) in self.waiting.drain(..) {
            rows.push(SourceRow { line, cells: Cells { page: Arc::clone(&page), first, count } });
            first += count;
        }
    }
}

/// Writes every row anew, onto pages of their own.
pub(super) fn rewrite(rows: &mut Vec<SourceRow>, written: impl Fn(&Cells) -> Vec<String>) {
    let (mut pages, mut anew) = (Pages::default(), Vec::with_capacity(rows.len()));
    for row in std::mem::take(rows) {
        let cells = written(&row.cells);
        pages.add(row.line, cells.iter().map(String::as_str), &mut anew);
    }
    pages.close(&mut anew);
    *rows = anew;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_trimmed_and_bounded() {
        let cells = Cells::new([" 山田　", "", "1.30"]);
        assert_eq!(cells.iter().collect::<Vec<_>>(), ["山田", "", "1.30"]);
        assert_eq!((cells.get(3), cells.len()), ("", 3));
        assert!(Cells::new(["", " "]).is_empty());
    }

    #[test]
    fn rows_that_are_written_anew_keep_their_lines_and_their_order() {
        let row = |line, name| SourceRow { line, cells: Cells::new([name, "1"]) };
        let mut rows = vec![row(4, "山田"), row(2, "鈴木")];
        rewrite(&mut rows, |cells| cells.iter().map(|cell| format!("{cell}様")).collect());
        assert_eq!(
            rows.iter().map(|row| (row.line, row.cells.get(0))).collect::<Vec<_>>(),
            [(4, "山田様"), (2, "鈴木様")]
        );
    }

    #[test]
    fn rows_of_one_page_keep_to_themselves_and_a_full_page_begins_another() {
        let (mut pages, mut rows) = (Pages::default(), Vec::new());
        let long = "長".repeat(FULL);
        for (line, cells) in (1..).zip([["山田", ""], ["", "1.30"], [&long, "2"], ["鈴木", "3"]]) {
            pages.add(line, cells.into_iter(), &mut rows);
        }
        assert_eq!((rows.len(), pages.waiting()), (3, 1));
        pages.close(&mut rows);
        let found: Vec<(u32, Vec<&str>)> = rows.iter().map(|row| (row.line, row.cells.iter().collect())).collect();
        let wanted = [(1, vec!["山田", ""]), (2, vec!["", "1.30"]), (3, vec![&long, "2"]), (4, vec!["鈴木", "3"])];
        assert_eq!(found, wanted);
        assert_eq!((rows[0].cells.get(2), rows[1].cells.get(2)), ("", ""), "the neighbour's cell is none of the row's");
        assert_eq!(rows[0].cells, Cells::new(["山田", ""]));
    }
}
