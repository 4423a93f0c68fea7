//! The recovery code while it is typed: 14 groups of 4, one of them in sight, in a buffer that is wiped.

use std::fmt;

use ratatui::layout::{Position, Rect};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Key};
use crate::ui::theme::Weight;

/// Groups of a code.
const GROUPS: usize = 14;
/// Characters of a group.
const GROUP: usize = 4;
/// Groups in a row of the screen.
const IN_A_ROW: usize = 7;
/// Columns of a group with its number.
const CELL: u16 = 11;
/// Characters that no code holds, since a hand mistakes them.
const NEVER: &[u8] = b"1BIO";

/// The groups, and the one in focus.
pub(super) struct CodeEntry {
    bytes: Box<Zeroizing<[u8; GROUPS * GROUP]>>,
    lengths: [usize; GROUPS],
    focus: usize,
}

impl fmt::Debug for CodeEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeEntry(..)")
    }
}

impl CodeEntry {
    pub(super) fn new() -> Self {
        Self { bytes: Box::new(Zeroizing::new([0; GROUPS * GROUP])), lengths: [0; GROUPS], focus: 0 }
    }

    /// Whether every group has its four characters.
    pub(super) fn is_full(&self) -> bool {
        self.lengths.iter().all(|length| *length == GROUP)
    }

    /// The groups behind each other, for the one line that uses them.
    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * GROUP));
        for group in 0..GROUPS {
            text.extend(self.group(group).iter().copied().map(char::from));
        }
        text
    }

    /// What is wrong with the groups typed so far.
    pub(super) fn problem(&self) -> Option<String> {
        let odd = (0..GROUPS).find(|group| self.is_odd(*group))?;
        Some(format!("第{}組に、使われない文字があります。控えと見比べてください（1・B・I・O は使いません）", odd + 1))
    }

    /// Takes a key; says whether it had a meaning here.
    pub(super) fn key(&mut self, key: Key) -> bool {
        match (key.code, key.shift) {
            (Code::Char(c), _) if !key.ctrl => self.push(c),
            (Code::Char('u'), _) if key.ctrl => *self = Self::new(),
            (Code::Backspace, _) => self.pop(),
            (Code::Tab | Code::Right, false) => self.go(self.focus + 1),
            (Code::Tab, true) | (Code::Left, _) => self.go(self.focus.saturating_sub(1)),
            (Code::Down, _) => self.go(self.focus + IN_A_ROW),
            (Code::Up, _) => self.go(self.focus.saturating_sub(IN_A_ROW)),
            (Code::Home, _) => self.go(0),
            (Code::End, _) => self.go(GROUPS - 1),
            _ => return false,
        }
        true
    }

    /// Takes a character: full width becomes plain, what separates groups is passed over.
    pub(super) fn push(&mut self, typed: char) {
        let mut folded = std::iter::once(typed).nfkc();
        let Some(byte) = folded.next().and_then(|c| u8::try_from(c).ok()).filter(u8::is_ascii_alphanumeric) else {
            return;
        };
        let at = self.focus;
        let Some(length) = self.lengths.get_mut(at) else { return };
        // Whoever comes back to a full group means to type it anew.
        *length = if *length == GROUP { 1 } else { *length + 1 };
        if let Some(place) = self.bytes.get_mut(at * GROUP + *length - 1) {
            *place = byte.to_ascii_uppercase();
        }
        if *length == GROUP {
            self.go(at + 1);
        }
    }

    fn pop(&mut self) {
        if self.lengths.get(self.focus) == Some(&0) {
            self.go(self.focus.saturating_sub(1));
        }
        if let Some(length) = self.lengths.get_mut(self.focus) {
            *length = length.saturating_sub(1);
        }
    }

    fn go(&mut self, group: usize) {
        self.focus = group.min(GROUPS - 1);
    }

    fn group(&self, group: usize) -> &[u8] {
        let (start, length) = (group * GROUP, self.lengths.get(group).copied().unwrap_or(0));
        self.bytes.get(start..start + length).unwrap_or_default()
    }

    fn is_odd(&self, group: usize) -> bool {
        self.group(group).iter().any(|byte| NEVER.contains(byte))
    }

    /// Draws the groups in two rows; only the one in focus can be read.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let mut cursor = None;
        for group in 0..GROUPS {
            let x = area.x + columns(group % IN_A_ROW) * CELL;
            let y = area.y + columns(group / IN_A_ROW) * 2;
            let has_focus = group == self.focus;
            self.draw_group(canvas, x, y, group, has_focus);
            let typed = columns(self.group(group).len());
            cursor = cursor.or(has_focus.then_some(Position { x: x + 4 + typed, y }));
        }
        cursor
    }

    fn draw_group(&self, canvas: &mut Canvas<'_>, x: u16, y: u16, group: usize, has_focus: bool) {
        let mark = if self.is_odd(group) { "!" } else { " " };
        canvas.text(x, y, 4, &format!("{:>2}{mark}[", group + 1), Weight::Dim);
        let typed = self.group(group);
        let mut shown = Zeroizing::new(String::with_capacity(GROUP));
        shown.extend(typed.iter().map(|byte| if has_focus { char::from(*byte) } else { '*' }));
        canvas.text(x + 4, y, columns(GROUP), &shown, if has_focus { Weight::Bold } else { Weight::Plain });
        canvas.text(x + 8, y, 1, "]", Weight::Dim);
        if has_focus {
            let reverse = canvas.theme().reverse();
            canvas.tint(x + 4, y, columns(GROUP), reverse);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> CodeEntry {
        let mut entry = CodeEntry::new();
        text.chars().for_each(|c| entry.push(c));
        entry
    }

    #[test]
    fn separators_case_and_full_width_do_not_matter() {
        for text in ["qqqq-pppp zzzz", "QQQQPPPPZZZZ", "ｑｑｑｑ　ｐｐｐｐ・ｚｚｚｚ"] {
            let entry = typed(text);
            assert_eq!((&**entry.text(), entry.focus), ("QQQQPPPPZZZZ", 3), "{text}");
        }
    }

    #[test]
    fn a_group_with_a_character_that_no_code_holds_is_named_at_once() {
        assert_eq!(typed("qqqqqq1").problem().map(|text| text.contains("第2組")), Some(true));
        assert_eq!(typed("qqqqqq2").problem(), None);
    }

    #[test]
    fn a_group_is_typed_anew_and_backspace_walks_back() {
        let mut entry = typed(&"q".repeat(56));
        assert!(entry.is_full());
        entry.key(Key::plain(Code::Home));
        entry.push('p');
        assert!(!entry.is_full());
        "ppp".chars().for_each(|c| entry.push(c));
        assert!(entry.text().starts_with("PPPPQQQQ") && entry.focus == 1);
        let mut entry = typed("qqqq");
        entry.key(Key::plain(Code::Backspace));
        assert_eq!((&**entry.text(), entry.focus), ("QQQ", 0));
        entry.key(Key::ctrl('u'));
        assert!(entry.text().is_empty() && entry.bytes.iter().all(|byte| *byte == 0));
    }

    #[test]
    fn more_than_a_code_does_not_break_it() {
        let entry = typed(&"q".repeat(200));
        assert!(entry.is_full() || entry.text().len() > 52);
    }
}
