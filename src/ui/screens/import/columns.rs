//! 列の対応: what each column of the read file is taken for, and where its hours come from; each can be told to be another.
//!
//! Knows rows and choices. Must not know files: a choice goes to the host, which shows the file anew.

use ratatui::layout::Rect;

use crate::app::host::MappingRow;
use crate::ui::canvas::Canvas;
use crate::ui::keys::Code;
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::cut;

/// Columns of a heading, and of what stands below it.
const HEADING: usize = 26;
const EXAMPLE: usize = 18;
/// Rows that a page key moves.
const PAGE: usize = 8;

/// The list of columns, with the choices of one of them where that is open.
#[derive(Debug, Default)]
pub(super) struct Columns {
    cursor: usize,
    /// The place among the choices of the row under the cursor, while one is chosen.
    choice: Option<usize>,
}

impl Columns {
    /// Enter: opens the choices of a row, or gives the row and the choice that were settled on.
    pub fn enter(&mut self, rows: &[MappingRow]) -> Option<(usize, usize)> {
        match self.choice.take() {
            Some(choice) => Some((self.cursor, choice)),
            None => {
                self.choice = rows.get(self.cursor).map(|row| row.chosen.unwrap_or(0));
                None
            }
        }
    }

    /// Esc: closes the choices; false where none were open.
    pub fn back(&mut self) -> bool {
        self.choice.take().is_some()
    }

    /// Whether the choices of a row are open.
    pub const fn is_choosing(&self) -> bool {
        self.choice.is_some()
    }

    /// Moves in the list that is open; false for a key that moves nothing.
    pub fn moves(&mut self, rows: &[MappingRow], code: Code) -> bool {
        let choices = rows.get(self.cursor).map_or(0, |row| row.choices.len());
        let (place, length) = match &mut self.choice {
            Some(choice) => (choice, choices),
            None => (&mut self.cursor, rows.len()),
        };
        *place = match code {
            Code::Down | Code::Char('j') => *place + 1,
            Code::Up | Code::Char('k') => place.saturating_sub(1),
            Code::PageDown => *place + PAGE,
            Code::PageUp => place.saturating_sub(PAGE),
            _ => return false,
        };
        *place = (*place).min(length.saturating_sub(1));
        true
    }

    /// Draws the list, or the choices of the row under the cursor, with what is lacking above.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, rows: &[MappingRow], problem: Option<&str>) {
        let told = problem.unwrap_or("列の見出し、最初の行の値、読み方です");
        let weight = if problem.is_some() { Weight::Bold } else { Weight::Dim };
        for (y, line) in
            (area.y..).zip(crate::ui::width::wrap(told, usize::from(area.width.saturating_sub(4))).iter().take(2))
        {
            canvas.text(2, y, area.width, line, weight);
        }
        let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
        match (self.choice, rows.get(self.cursor)) {
            (Some(choice), Some(row)) => draw_choices(canvas, list, row, choice),
            _ => self.draw_rows(canvas, list, rows),
        }
    }

    fn draw_rows(&self, canvas: &mut Canvas<'_>, area: Rect, rows: &[MappingRow]) {
        for (y, index) in visible(area, self.cursor, rows.len()) {
            let Some(row) = rows.get(index) else { continue };
            canvas.text(0, y, 1, if index == self.cursor { ">" } else { "" }, Weight::Bold);
            canvas.text(2, y, 28, &cut(&row.heading, HEADING), Weight::Plain);
            canvas.text(30, y, 20, &cut(&row.example, EXAMPLE), Weight::Dim);
            canvas.text(
                50,
                y,
                area.width.saturating_sub(50),
                &row.words,
                if row.chosen == Some(0) { Weight::Dim } else { Weight::Plain },
            );
        }
    }
}

fn draw_choices(canvas: &mut Canvas<'_>, area: Rect, row: &MappingRow, choice: usize) {
    sheet::rule(canvas, 0, area.y, area.width, &cut(&row.heading, HEADING));
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for (y, index) in visible(list, choice, row.choices.len()) {
        let Some(word) = row.choices.get(index) else { continue };
        let is_chosen = row.chosen == Some(index);
        canvas.text(0, y, 1, if index == choice { ">" } else { "" }, Weight::Bold);
        canvas.text(2, y, 1, if is_chosen { "x" } else { "" }, Weight::Bold);
        canvas.text(4, y, area.width, word, if is_chosen { Weight::Bold } else { Weight::Plain });
    }
}

/// The rows of the screen with what stands in them, so that the cursor is seen.
fn visible(area: Rect, cursor: usize, length: usize) -> impl Iterator<Item = (u16, usize)> {
    let top = (cursor + 1).saturating_sub(usize::from(area.height).max(1));
    (area.y..area.bottom()).zip(top..length)
}
