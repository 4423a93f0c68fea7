//! Wrapped text of several rows.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use tui_input::{Input as Buffer, InputRequest};

use super::line::{Edit, edit, insert, split};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::glyphs::{GlyphSet, screen_text};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::theme::Weight;
use crate::ui::width::Ruler;

/// A text of one to `most` rows; longer ones scroll.
#[derive(Debug, Clone)]
pub struct Memo {
    buffer: Buffer,
    most: u16,
}

impl Memo {
    /// An empty memo.
    pub fn new(most: u16) -> Self {
        Self { buffer: Buffer::default(), most: most.max(1) }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        self.buffer.value()
    }

    /// Replaces the text; the cursor goes to its end.
    pub fn set(&mut self, text: &str) {
        self.buffer = Buffer::new(text.to_owned());
    }

    /// Takes a key or a paste; arrows move by the rows that are seen.
    pub fn update(&mut self, input: &Input, columns: usize, ruler: Ruler) -> Edit {
        match input {
            Input::Paste(text) => insert(&mut self.buffer, text.trim_end_matches('\n')),
            Input::Key(Key { code: Code::Up, .. }) => self.move_row(-1, columns, ruler),
            Input::Key(Key { code: Code::Down, .. }) => self.move_row(1, columns, ruler),
            input => edit(&mut self.buffer, input),
        }
    }

    /// Rows that the memo takes at this width.
    pub fn rows(&self, width: usize, ruler: Ruler) -> u16 {
        columns(wrapped(ruler, self.text(), width).len()).clamp(1, self.most)
    }

    /// Draws the rows around the cursor, or the first ones.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, has_focus: bool) -> Option<Position> {
        let ruler = canvas.ruler();
        let (before, _) = split(&self.buffer);
        let glyphs = canvas.look().glyphs;
        let (text, before) = (shown(glyphs, self.text()), shown(glyphs, before));
        let rows = wrapped(ruler, &text, usize::from(area.width));
        let (row, column) = place(ruler, &text, &rows, before.len());
        let height = usize::from(area.height);
        let top = if has_focus { (row + 1).saturating_sub(height) } else { 0 };
        for (y, range) in (area.top()..area.bottom()).zip(rows.into_iter().skip(top)) {
            canvas.text(area.x, y, area.width, text.get(range).unwrap_or_default(), Weight::Plain);
            if has_focus {
                let reverse = canvas.theme().reverse();
                canvas.tint(area.x, y, area.width, reverse);
            }
        }
        let y = area.y.saturating_add(columns(row.saturating_sub(top)));
        has_focus.then_some(Position { x: area.x.saturating_add(columns(column)), y })
    }

    fn move_row(&mut self, step: isize, width: usize, ruler: Ruler) -> Edit {
        let (before, _) = split(&self.buffer);
        let text = self.text();
        let rows = wrapped(ruler, text, width);
        let (row, column) = place(ruler, text, &rows, before.len());
        let Some(target) = row.checked_add_signed(step).and_then(|row| rows.get(row)) else { return Edit::Ignored };
        let line = text.get(target.clone()).unwrap_or_default();
        let end = target.start + ruler.head(line, column).len();
        let cursor = text.get(..end).unwrap_or_default().chars().count();
        self.buffer.handle(InputRequest::SetCursor(cursor));
        Edit::Moved
    }
}

/// The text as it is drawn, newlines kept.
fn shown(glyphs: GlyphSet, text: &str) -> String {
    text.split('\n').map(|line| screen_text(glyphs, line)).collect::<Vec<_>>().join("\n")
}

/// The rows of a text, with a column left for the cursor.
fn wrapped(ruler: Ruler, text: &str, width: usize) -> Vec<Range<usize>> {
    ruler.wrap_ranges(text, width.saturating_sub(1))
}

/// Row and column of the byte `at`.
fn place(ruler: Ruler, text: &str, rows: &[Range<usize>], at: usize) -> (usize, usize) {
    let row = rows.iter().rposition(|row| row.start <= at).unwrap_or(0);
    let start = rows.get(row).map_or(0, |row| row.start);
    (row, ruler.width(text.get(start..at).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer as Cells;

    use super::*;
    use crate::ui::snapshot;
    use crate::ui::theme::Look;

    fn memo(text: &str) -> Memo {
        let mut memo = Memo::new(3);
        memo.set(text);
        memo
    }

    fn drawn(memo: &Memo, height: u16) -> (Vec<String>, Option<Position>) {
        let mut cells = Cells::empty(Rect::new(0, 0, 12, height));
        let area = Rect::new(0, 0, 11, height);
        let cursor = memo.draw(&mut Canvas::new(&mut cells, Look::default()), area, true);
        (snapshot::rows(&cells), cursor)
    }

    fn press(memo: &mut Memo, code: Code) -> Edit {
        memo.update(&Input::Key(Key::plain(code)), 11, Ruler::default())
    }

    #[test]
    fn the_cursor_stands_behind_what_was_typed() {
        let (rows, cursor) = drawn(&memo("あいうえお。かき"), 3);
        assert_eq!(rows, ["あいうえ", "お。かき", ""]);
        assert_eq!(cursor, Some(Position { x: 8, y: 1 }));
        assert_eq!(drawn(&memo(""), 1).1, Some(Position { x: 0, y: 0 }));
    }

    #[test]
    fn a_long_memo_scrolls_to_its_cursor() {
        let (rows, cursor) = drawn(&memo("一\n二\n三\n四"), 2);
        assert_eq!(rows, ["三", "四"]);
        assert_eq!(cursor, Some(Position { x: 2, y: 1 }));
        assert_eq!(memo("一\n二\n三\n四").rows(11, Ruler::default()), 3);
    }

    #[test]
    fn arrows_move_by_rows_and_leave_at_the_ends() {
        let mut memo = memo("一行目\n二行目");
        assert_eq!(press(&mut memo, Code::Up), Edit::Moved);
        assert_eq!(drawn(&memo, 2).1, Some(Position { x: 6, y: 0 }));
        assert_eq!(press(&mut memo, Code::Up), Edit::Ignored);
        assert_eq!(press(&mut memo, Code::Down), Edit::Moved);
        assert_eq!(press(&mut memo, Code::Down), Edit::Ignored);
    }

    #[test]
    fn pasted_newlines_are_kept() {
        let mut memo = memo("");
        memo.update(&Input::Paste("一\n二\n".to_owned()), 11, Ruler::default());
        assert_eq!(memo.text(), "一\n二");
    }
}
