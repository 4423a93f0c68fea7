//! One line of text that scrolls inside its row.

use ratatui::layout::{Position, Rect};
use tui_input::{Input as Buffer, InputRequest};

use crate::ui::canvas::{Canvas, columns};
use crate::ui::glyphs::screen_text;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::theme::Weight;

/// More is not typed or pasted into a field, in characters.
const LONGEST: usize = 20_000;

/// What an input did to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// The text changed.
    Changed,
    /// The cursor moved, or could have.
    Moved,
    /// Not an input of editing.
    Ignored,
}

/// A text with its cursor.
#[derive(Debug, Clone, Default)]
pub struct Line {
    buffer: Buffer,
}

impl Line {
    /// What was typed.
    pub fn text(&self) -> &str {
        self.buffer.value()
    }

    /// Replaces the text; the cursor goes to its end.
    pub fn set(&mut self, text: &str) {
        self.buffer = Buffer::new(one_line(text));
    }

    /// Takes a key or a paste; pasted newlines become spaces.
    pub fn update(&mut self, input: &Input) -> Edit {
        match input {
            Input::Paste(text) => insert(&mut self.buffer, &one_line(text)),
            input => edit(&mut self.buffer, input),
        }
    }

    /// Draws the line in the first row of `area`, reversed where it has the focus.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, has_focus: bool) -> Option<Position> {
        if !has_focus {
            canvas.text(area.x, area.y, area.width, self.text(), Weight::Plain);
            return None;
        }
        let glyphs = canvas.look().glyphs;
        let (before, after) = split(&self.buffer);
        let (before, after) = (screen_text(glyphs, before), screen_text(glyphs, after));
        let ruler = canvas.ruler();
        let room = usize::from(area.width);
        let shown = ruler.tail(&before, room.saturating_sub(1));
        let used = ruler.width(shown);
        let text = format!("{shown}{}", ruler.head(&after, room.saturating_sub(used)));
        canvas.text(area.x, area.y, area.width, &text, Weight::Plain);
        let reverse = canvas.theme().reverse();
        canvas.tint(area.x, area.y, area.width, reverse);
        Some(Position { x: area.x.saturating_add(columns(used)), y: area.y })
    }
}

fn one_line(text: &str) -> String {
    text.trim_end_matches('\n').replace('\n', " ")
}

/// The text before and behind the cursor.
pub(super) fn split(buffer: &Buffer) -> (&str, &str) {
    let text = buffer.value();
    let at = text.char_indices().nth(buffer.cursor()).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Inserts text at the cursor, as far as the field holds it.
pub(super) fn insert(buffer: &mut Buffer, text: &str) -> Edit {
    let (before, after) = split(buffer);
    let room = LONGEST.saturating_sub(before.chars().count() + after.chars().count());
    let taken: String = text.chars().take(room).collect();
    let cursor = buffer.cursor() + taken.chars().count();
    let whole = format!("{before}{taken}{after}");
    *buffer = Buffer::new(whole).with_cursor(cursor);
    if taken.is_empty() { Edit::Moved } else { Edit::Changed }
}

/// Takes a key of editing.
pub(super) fn edit(buffer: &mut Buffer, input: &Input) -> Edit {
    let Input::Key(key) = input else { return Edit::Ignored };
    if let Key { code: Code::Char(c), ctrl: false, .. } = key {
        return insert(buffer, c.encode_utf8(&mut [0; 4]));
    }
    let Some(request) = request(*key) else { return Edit::Ignored };
    match buffer.handle(request) {
        Some(change) if change.value => Edit::Changed,
        _ => Edit::Moved,
    }
}

const fn request(key: Key) -> Option<InputRequest> {
    Some(match (key.code, key.ctrl) {
        (Code::Backspace, _) => InputRequest::DeletePrevChar,
        (Code::Delete, _) | (Code::Char('d'), true) => InputRequest::DeleteNextChar,
        (Code::Left, false) | (Code::Char('b'), true) => InputRequest::GoToPrevChar,
        (Code::Right, false) | (Code::Char('f'), true) => InputRequest::GoToNextChar,
        (Code::Left, true) => InputRequest::GoToPrevWord,
        (Code::Right, true) => InputRequest::GoToNextWord,
        (Code::Home, _) | (Code::Char('a'), true) => InputRequest::GoToStart,
        (Code::End, _) | (Code::Char('e'), true) => InputRequest::GoToEnd,
        (Code::Char('u'), true) => InputRequest::DeleteFromStart,
        (Code::Char('k'), true) => InputRequest::DeleteTillEnd,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer as Cells;

    use super::*;
    use crate::ui::snapshot;
    use crate::ui::theme::Look;

    fn typed(text: &str) -> Line {
        let mut line = Line::default();
        for c in text.chars() {
            line.update(&Input::Key(Key::char(c)));
        }
        line
    }

    fn drawn(line: &Line, width: u16) -> (String, Option<Position>) {
        let mut cells = Cells::empty(Rect::new(0, 0, width + 2, 1));
        let area = Rect::new(0, 0, width, 1);
        let cursor = line.draw(&mut Canvas::new(&mut cells, Look::default()), area, true);
        (snapshot::text(&cells), cursor)
    }

    #[test]
    fn a_long_line_scrolls_with_its_cursor() {
        let mut line = typed("あいうえおかきくけこ");
        assert_eq!(drawn(&line, 9), ("きくけこ".to_owned(), Some(Position { x: 8, y: 0 })));
        line.update(&Input::Key(Key::plain(Code::Home)));
        assert_eq!(drawn(&line, 9), ("あいうえ".to_owned(), Some(Position { x: 0, y: 0 })));
    }

    #[test]
    fn whole_characters_are_deleted() {
        let mut line = typed("葛\u{e0100}か\u{3099}");
        line.update(&Input::Key(Key::plain(Code::Backspace)));
        assert_eq!(line.text(), "葛\u{e0100}");
        line.update(&Input::Key(Key::plain(Code::Backspace)));
        assert_eq!(line.text(), "");
    }

    #[test]
    fn a_pasted_newline_is_a_space_and_never_acts() {
        let mut line = typed("ac");
        line.update(&Input::Key(Key::plain(Code::Left)));
        assert_eq!(line.update(&Input::Paste("一\n二\n".to_owned())), Edit::Changed);
        assert_eq!(line.text(), "a一 二c");
    }

    #[test]
    fn a_field_has_an_end() {
        let mut line = Line::default();
        line.update(&Input::Paste("山".repeat(LONGEST + 5)));
        assert_eq!(line.text().chars().count(), LONGEST);
    }

    #[test]
    fn a_character_written_in_another_form_keeps_the_cursor_right() {
        assert_eq!(drawn(&typed("5\u{b1}"), 20).1, Some(Position { x: 6, y: 0 }));
    }
}
