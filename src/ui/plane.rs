//! A square with straight lines and named points, in braille or in ASCII.
//!
//! Knows dots. Must not know what stands across and up. A drawing decides nothing; the numbers stand beside it.

use super::glyphs::GlyphSet;

/// U+2800, the cell without dots; a bit a dot follows.
const BRAILLE: u32 = 0x2800;
/// The dots of a cell by column, from above.
const DOTS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
const ACROSS: usize = 2;
const UP: usize = 4;

/// A square of so many cells; both sides run over the same range.
#[derive(Debug, Clone)]
pub struct Plane {
    columns: usize,
    rows: usize,
    range: (i64, i64),
    dots: Vec<u32>,
    marks: Vec<Option<char>>,
}

impl Plane {
    /// An empty square.
    pub fn new(columns: usize, rows: usize, range: (i64, i64)) -> Self {
        let cells = columns * rows;
        Self { columns, rows, range, dots: vec![0; cells], marks: vec![None; cells] }
    }

    /// Draws a straight line between two places.
    pub fn line(&mut self, from: (i64, i64), to: (i64, i64)) {
        let steps = i64::try_from((self.columns * ACROSS).max(self.rows * UP)).unwrap_or(1).max(1);
        for step in 0..=steps {
            let at = |from: i64, to: i64| from + (to - from) * step / steps;
            self.dot(at(from.0, to.0), at(from.1, to.1));
        }
    }

    /// Names a place; where a name stands already the next free cell is taken, so that none is lost.
    pub fn mark(&mut self, (across, up): (i64, i64), name: char) {
        let Some((column, row)) = self.cell(across, up) else { return };
        let (column, row) = (column / ACROSS, row / UP);
        let start = row * self.columns + column;
        let order = (start..self.marks.len()).chain((0..start).rev());
        let free = order.into_iter().find(|place| self.marks.get(*place).is_some_and(Option::is_none));
        if let Some(slot) = free.and_then(|place| self.marks.get_mut(place)) {
            *slot = Some(name);
        }
    }

    /// The rows from above.
    pub fn lines(&self, glyphs: GlyphSet) -> Vec<String> {
        let cell = |(dots, mark): (&u32, &Option<char>)| match (mark, *dots) {
            (Some(name), _) => *name,
            (None, 0) => ' ',
            (None, _) if glyphs.is_ascii() => '.',
            (None, dots) => char::from_u32(BRAILLE | dots).unwrap_or(' '),
        };
        let cells: Vec<char> = self.dots.iter().zip(&self.marks).map(cell).collect();
        cells.chunks(self.columns.max(1)).map(|row| row.iter().collect()).collect()
    }

    fn dot(&mut self, across: i64, up: i64) {
        let Some((column, row)) = self.cell(across, up) else { return };
        let bit = DOTS.get(column % ACROSS).and_then(|dots| dots.get(row % UP)).copied().unwrap_or(0);
        if let Some(cell) = self.dots.get_mut(row / UP * self.columns + column / ACROSS) {
            *cell |= bit;
        }
    }

    /// Column and row of the dot, the row from above; none outside the square.
    fn cell(&self, across: i64, up: i64) -> Option<(usize, usize)> {
        let (low, high) = self.range;
        let scaled = |at: i64, count: usize| {
            let last = i64::try_from(count).ok()?.checked_sub(1)?;
            let place = ((at - low) * last * 2 + (high - low)).checked_div((high - low) * 2)?;
            usize::try_from(place).ok().filter(|_| (low..=high).contains(&at))
        };
        let rows = self.rows * UP;
        Some((scaled(across, self.columns * ACROSS)?, rows.checked_sub(scaled(up, rows)? + 1)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_lines_and_names_stand_where_they_belong() {
        let mut plane = Plane::new(5, 3, (0, 100));
        plane.mark((0, 0), 'a');
        plane.mark((100, 100), 'b');
        plane.mark((0, 0), 'c');
        plane.mark((101, 50), 'x');
        assert_eq!(plane.lines(GlyphSet::Ascii), ["    b", "     ", "ac   "]);
        plane.line((0, 100), (100, 100));
        assert_eq!(plane.lines(GlyphSet::Ascii)[0], "....b");
        assert!(plane.lines(GlyphSet::Safe)[0].starts_with('\u{2809}'));
    }

    #[test]
    fn no_size_is_too_small() {
        for (columns, rows) in [(0, 0), (1, 0), (0, 3), (1, 1)] {
            let mut plane = Plane::new(columns, rows, (3, 3));
            plane.line((3, 3), (4, 9));
            plane.mark((3, 3), 'a');
            plane.lines(GlyphSet::Ascii);
        }
    }
}
