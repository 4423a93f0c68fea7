//! A passphrase while it is typed: a buffer that does not grow, is wiped, and cannot be printed.

use std::fmt;

use ratatui::layout::{Position, Rect};
use zeroize::{Zeroize, Zeroizing};

use super::line::Edit;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::theme::Weight;

/// Bytes that a passphrase may have; a buffer that grew would leave copies behind.
const CAPACITY: usize = 512;
/// Full-width letters are named, never silently converted.
pub const FULL_WIDTH: &str = "全角の文字が入っています。半角で打ち直してください。";

/// A passphrase; typed at the end only, shown as stars, never copied.
pub struct SecretLine {
    bytes: Box<Zeroizing<[u8; CAPACITY]>>,
    len: usize,
}

impl Default for SecretLine {
    fn default() -> Self {
        Self { bytes: Box::new(Zeroizing::new([0; CAPACITY])), len: 0 }
    }
}

impl fmt::Debug for SecretLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretLine(..)")
    }
}

impl SecretLine {
    /// The passphrase, for the one line that uses it.
    pub fn expose(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Whether nothing was typed.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether a character is not ASCII, which with a passphrase is nearly always a slip.
    pub fn has_full_width(&self) -> bool {
        !self.expose().is_ascii()
    }

    /// Empties and wipes the buffer.
    pub fn wipe(&mut self) {
        self.bytes.zeroize();
        self.len = 0;
    }

    /// Takes a character, a paste, Backspace, or Ctrl-U, which empties the field.
    pub fn update(&mut self, input: &Input) -> Edit {
        match input {
            Input::Paste(text) => self.push(text.trim_end_matches('\n')),
            Input::Key(Key { code: Code::Char(c), ctrl: false, .. }) => self.push(c.encode_utf8(&mut [0; 4])),
            Input::Key(Key { code: Code::Backspace, .. }) => self.pop(),
            Input::Key(Key { code: Code::Char('u'), ctrl: true, .. }) => {
                self.wipe();
                Edit::Changed
            }
            Input::Key(Key { code: Code::Left | Code::Right | Code::Home | Code::End, .. }) => Edit::Moved,
            _ => Edit::Ignored,
        }
    }

    /// Draws a star for every character, as many as there is room for.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, has_focus: bool) -> Option<Position> {
        let room = usize::from(area.width.saturating_sub(1));
        let stars = self.expose().chars().count().min(room);
        canvas.text(area.x, area.y, area.width, &"*".repeat(stars), Weight::Plain);
        if has_focus {
            let reverse = canvas.theme().reverse();
            canvas.tint(area.x, area.y, area.width, reverse);
        }
        has_focus.then_some(Position { x: area.x.saturating_add(columns(stars)), y: area.y })
    }

    /// Takes the whole text or nothing: half a passphrase helps nobody.
    fn push(&mut self, text: &str) -> Edit {
        let end = self.len + text.len();
        let Some(free) = self.bytes.get_mut(self.len..end) else { return Edit::Moved };
        free.copy_from_slice(text.as_bytes());
        self.len = end;
        Edit::Changed
    }

    fn pop(&mut self) -> Edit {
        let last = self.expose().chars().next_back().map_or(0, char::len_utf8);
        let kept = self.len - last;
        if let Some(gone) = self.bytes.get_mut(kept..self.len) {
            gone.zeroize();
        }
        self.len = kept;
        if last > 0 { Edit::Changed } else { Edit::Moved }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::ui::snapshot;
    use crate::ui::theme::Look;

    fn typed(text: &str) -> SecretLine {
        let mut secret = SecretLine::default();
        for c in text.chars() {
            secret.update(&Input::Key(Key::char(c)));
        }
        secret
    }

    #[test]
    fn neither_the_screen_nor_a_message_shows_it() {
        let secret = typed("correct horse");
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 1));
        let area = Rect::new(0, 0, 20, 1);
        let cursor = secret.draw(&mut Canvas::new(&mut buffer, Look::default()), area, true);
        assert_eq!(snapshot::text(&buffer), "*************");
        assert_eq!(cursor, Some(Position { x: 13, y: 0 }));
        assert_eq!(format!("{secret:?}"), "SecretLine(..)");
        assert_eq!(secret.expose(), "correct horse");
    }

    #[test]
    fn what_is_taken_back_is_wiped() {
        let mut secret = typed("abあ");
        assert!(secret.has_full_width());
        secret.update(&Input::Key(Key::plain(Code::Backspace)));
        assert_eq!(secret.expose(), "ab");
        assert!(secret.bytes[2..].iter().all(|byte| *byte == 0));
        secret.wipe();
        assert!(secret.is_empty() && secret.bytes.iter().all(|byte| *byte == 0));
        secret.update(&Input::Key(Key::plain(Code::Backspace)));
        assert!(secret.is_empty());
    }

    #[test]
    fn a_full_buffer_takes_no_more() {
        let mut secret = typed(&"a".repeat(CAPACITY));
        assert_eq!(secret.update(&Input::Paste("bc".to_owned())), Edit::Moved);
        assert_eq!(secret.expose().len(), CAPACITY);
    }
}
