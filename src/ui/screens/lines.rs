//! Rows of unlike content below each other, with one cursor over those it can rest on.
//!
//! Knows columns and keys of rows, not what a row is. A table has one set of columns; a brief has not.

use ratatui::layout::Rect;

use crate::ui::canvas::{Canvas, columns};
use crate::ui::table::{Marker, TableState};
use crate::ui::theme::Weight;

/// A text at its place in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// First column, counted from the left edge of the area.
    pub x: u16,
    /// Most columns.
    pub columns: u16,
    /// The text.
    pub text: String,
    /// How strongly it asks to be read.
    pub weight: Weight,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<K> {
    /// Its name, where the cursor can rest on it.
    pub key: Option<K>,
    pieces: Vec<Piece>,
}

impl<K> Default for Line<K> {
    fn default() -> Self {
        Self { key: None, pieces: Vec::new() }
    }
}

impl<K> Line<K> {
    /// An empty row.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A row on which the cursor can rest.
    pub fn at(key: K) -> Self {
        Self { key: Some(key), pieces: Vec::new() }
    }

    /// A heading, dim.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::blank().with(2, 76, text, Weight::Dim)
    }

    /// Adds a plain text.
    #[must_use]
    pub fn text(self, x: u16, columns: u16, text: impl Into<String>) -> Self {
        self.with(x, columns, text, Weight::Plain)
    }

    /// Adds a text of that weight.
    #[must_use]
    pub fn with(mut self, x: u16, columns: u16, text: impl Into<String>, weight: Weight) -> Self {
        self.pieces.push(Piece { x, columns, text: text.into(), weight });
        self
    }

    /// Adds the mark of urgency.
    #[must_use]
    pub fn marked(self, x: u16, marker: Marker) -> Self {
        let weight = if marker == Marker::Overdue { Weight::Alert } else { Weight::Plain };
        self.with(x, 2, marker.text(), weight)
    }

    /// Another's turn, or done: plain texts become dim.
    #[must_use]
    pub fn dimmed(mut self, is_dim: bool) -> Self {
        for piece in self.pieces.iter_mut().filter(|piece| is_dim && piece.weight == Weight::Plain) {
            piece.weight = Weight::Dim;
        }
        self
    }
}

/// The keys of the rows that the cursor can rest on, in their order.
pub fn keys<K: Clone>(lines: &[Line<K>]) -> Vec<K> {
    lines.iter().filter_map(|line| line.key.clone()).collect()
}

/// Draws the rows around the cursor.
pub fn draw<K: PartialEq>(canvas: &mut Canvas<'_>, area: Rect, lines: &[Line<K>], state: &TableState<K>) {
    let cursor = lines.iter().position(|line| line.key.is_some() && line.key.as_ref() == state.selected());
    let top = top(lines.len(), cursor, usize::from(area.height));
    for (row, line) in lines.iter().skip(top).take(usize::from(area.height)).enumerate() {
        draw_line(canvas, Rect { y: area.y + columns(row), height: 1, ..area }, line, cursor == Some(top + row));
    }
}

/// The first row to draw: the cursor is seen, with a row below it where there is one.
fn top(len: usize, cursor: Option<usize>, height: usize) -> usize {
    let lowest = cursor.map_or(0, |cursor| (cursor + 2).saturating_sub(height));
    lowest.min(len.saturating_sub(height))
}

fn draw_line<K>(canvas: &mut Canvas<'_>, area: Rect, line: &Line<K>, has_cursor: bool) {
    canvas.text(area.x, area.y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
    for piece in &line.pieces {
        let room = area.width.saturating_sub(piece.x + 1).min(piece.columns);
        canvas.text(area.x + piece.x, area.y, room, &piece.text, piece.weight);
    }
    if has_cursor {
        let reverse = canvas.theme().reverse();
        canvas.tint(area.x, area.y, area.width, reverse);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_always_seen() {
        assert_eq!(top(5, Some(4), 10), 0);
        assert_eq!(top(20, Some(0), 10), 0);
        assert_eq!(top(20, Some(9), 10), 1);
        assert_eq!(top(20, Some(19), 10), 10);
        assert_eq!(top(3, None, 0), 0);
    }
}
