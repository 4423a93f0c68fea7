//! The one place that writes characters into the terminal's cells.
//!
//! Knows columns, glyph sets and the last column; knows nothing of what the text means. Every
//! text passes through the glyph table here, no text reaches the last column of the terminal, and
//! no wide character is left halved beside what is drawn over it.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::glyphs::screen_text;
use super::theme::{Look, Theme, Weight};
use super::width::Ruler;

/// A buffer to draw on, with the look of the terminal.
#[derive(Debug)]
pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
    look: Look,
}

impl<'b> Canvas<'b> {
    /// Draws on `buffer`.
    pub fn new(buffer: &'b mut Buffer, look: Look) -> Self {
        Self { buffer, look }
    }

    /// The whole terminal, its last column included.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Glyphs and styles.
    pub fn look(&self) -> Look {
        self.look
    }

    /// Styles.
    pub fn theme(&self) -> Theme {
        self.look.theme
    }

    /// Measures text for this terminal.
    pub fn ruler(&self) -> Ruler {
        self.look.glyphs.ruler()
    }

    /// Columns that `text` takes when it is drawn.
    pub fn width(&self, text: &str) -> u16 {
        columns(self.ruler().width(&screen_text(self.look.glyphs, text)))
    }

    /// Draws `text` at `x`, `y` in at most `columns`, cut with `..`; returns the columns used.
    pub fn text(&mut self, x: u16, y: u16, columns: u16, text: &str, weight: Weight) -> u16 {
        let style = self.theme().weight(weight);
        self.styled(x, y, columns, text, style)
    }

    /// [`Canvas::text`] in any style.
    pub fn styled(&mut self, x: u16, y: u16, columns: u16, text: &str, style: Style) -> u16 {
        let room = usize::from(columns.min(self.room(x, y)));
        let drawn = screen_text(self.look.glyphs, text);
        let cut = self.ruler().cut(&drawn, room);
        self.put(x, y, &cut, style)
    }

    /// Draws `text` so that it ends at the right edge of the `columns` that begin at `x`.
    pub fn right(&mut self, x: u16, y: u16, columns: u16, text: &str, weight: Weight) -> u16 {
        let columns = columns.min(self.room(x, y));
        let start = x + columns.saturating_sub(self.width(text));
        self.text(start, y, columns, text, weight)
    }

    /// Adds `style` to `columns` cells without changing what stands in them.
    pub fn tint(&mut self, x: u16, y: u16, columns: u16, style: Style) {
        let columns = columns.min(self.room(x, y));
        self.buffer.set_style(Rect { x, y, width: columns, height: u16::from(columns > 0) }, style);
    }

    /// Empties whole rows, from `y` on.
    pub fn clear_rows(&mut self, y: u16, rows: u16) {
        let area = self.buffer.area;
        self.clear(Rect { x: area.x, y, width: area.width, height: rows });
    }

    /// Empties an area; a wide character that reaches into it goes as a whole.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.mend_left(area.x, y);
            for x in area.left()..area.right() {
                self.reset(x, y);
            }
        }
    }

    /// Columns left from `x` to the last column, which stays empty.
    fn room(&self, x: u16, y: u16) -> u16 {
        let area = self.buffer.area;
        let inside = x >= area.left() && y >= area.top() && y < area.bottom();
        if inside { area.right().saturating_sub(1).saturating_sub(x) } else { 0 }
    }

    fn put(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let ruler = self.ruler();
        let mut at = x;
        if !text.is_empty() {
            self.mend_left(x, y);
        }
        for cluster in text.graphemes(true) {
            let wide = columns(ruler.cluster(cluster));
            if wide > 0 && wide <= self.room(at, y) {
                self.cell(at, y, cluster, wide, style);
                at += wide;
            }
        }
        at - x
    }

    fn cell(&mut self, x: u16, y: u16, cluster: &str, wide: u16, style: Style) {
        let Some(cell) = self.buffer.cell_mut((x, y)) else { return };
        cell.reset();
        cell.set_symbol(cluster).set_style(style);
        if cluster.cell_width() != wide {
            cell.diff_option = NonZeroU16::new(wide).map_or(CellDiffOption::None, CellDiffOption::ForcedWidth);
        }
        for behind in x + 1..x + wide {
            self.reset(behind, y);
            self.buffer.set_style(Rect { x: behind, y, width: 1, height: 1 }, style);
        }
    }

    /// Blanks a wide character whose second half lies at `x`.
    fn mend_left(&mut self, x: u16, y: u16) {
        let Some(before) = x.checked_sub(1) else { return };
        if self.buffer.cell((before, y)).is_some_and(|cell| cell.cell_width() > 1) {
            self.reset(before, y);
        }
    }

    fn reset(&mut self, x: u16, y: u16) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.reset();
        }
    }
}

/// A number of columns as the terminal counts them.
pub fn columns(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::glyphs::{Ambiguous, GlyphSet};
    use crate::ui::snapshot;

    fn drawn(width: u16, look: Look, draw: impl FnOnce(&mut Canvas<'_>)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        draw(&mut Canvas::new(&mut buffer, look));
        snapshot::text(&buffer)
    }

    #[test]
    fn nothing_reaches_the_last_column() {
        let text = |canvas: &mut Canvas<'_>| _ = canvas.text(0, 0, 99, "あいうえお", Weight::Plain);
        assert_eq!(drawn(8, Look::default(), text), "あい..");
        assert_eq!(drawn(11, Look::default(), text), "あいうえお");
        assert_eq!(drawn(1, Look::default(), text), "");
    }

    #[test]
    fn a_wide_character_is_never_left_halved() {
        let over = |x| {
            move |canvas: &mut Canvas<'_>| {
                canvas.text(0, 0, 9, "あいう", Weight::Plain);
                canvas.text(x, 0, 9, "x", Weight::Plain);
            }
        };
        assert_eq!(drawn(9, Look::default(), over(1)), " xいう");
        assert_eq!(drawn(9, Look::default(), over(2)), "あx う");
    }

    #[test]
    fn an_ambiguous_character_moves_the_next_one_by_its_columns() {
        let wide = Look { glyphs: GlyphSet::Probed(Ambiguous::Wide), ..Look::default() };
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        let used = Canvas::new(&mut buffer, wide).text(0, 0, 9, "\u{3b1}b", Weight::Plain);
        assert_eq!(used, 3);
        assert_eq!(buffer[(2, 0)].symbol(), "b");
    }

    #[test]
    fn drawing_outside_does_nothing() {
        let outside = |canvas: &mut Canvas<'_>| {
            canvas.text(50, 0, 9, "x", Weight::Plain);
            canvas.right(0, 7, 9, "x", Weight::Plain);
            canvas.tint(90, 9, 5, Style::new());
            canvas.clear(Rect::new(5, 5, 60, 60));
        };
        assert_eq!(drawn(9, Look::default(), outside), "");
    }

    #[test]
    fn the_right_edge_is_kept() {
        assert_eq!(drawn(12, Look::default(), |c| _ = c.right(0, 0, 6, "8:30", Weight::Plain)), "  8:30");
    }
}
