//! One line that is asked for in the foot of a screen: a reason, a recipient.

use ratatui::layout::Position;

use crate::ui::canvas::Canvas;
use crate::ui::keys::{Code, Key};
use crate::ui::screen::Reply;
use crate::ui::theme::Weight;

/// A line that is being typed, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asking<T> {
    /// What the line is for.
    pub(super) about: T,
    label: &'static str,
    typed: String,
}

impl<T> Asking<T> {
    /// Asks for a line.
    pub(super) const fn new(about: T, label: &'static str) -> Self {
        Self { about, label, typed: String::new() }
    }

    /// What is asked for.
    pub(super) const fn label(&self) -> &'static str {
        self.label
    }

    /// What stands in it.
    pub(super) fn text(&self) -> &str {
        &self.typed
    }

    /// Takes a key; none behind Enter: the line is whole.
    pub(super) fn key(&mut self, key: Key) -> Option<Reply> {
        match key.code {
            Code::Char(c) if !key.ctrl => self.typed.push(c),
            Code::Backspace => _ = self.typed.pop(),
            Code::Enter => return None,
            _ => return Some(Reply::ignored()),
        }
        Some(Reply::done())
    }

    /// Takes a paste, without its line breaks, where a line is asked for.
    pub(super) fn paste(asking: &mut Option<Self>, text: &str) -> Reply {
        let Some(asking) = asking else { return Reply::ignored() };
        asking.typed.extend(text.chars().filter(|c| !c.is_control()));
        Reply::done()
    }

    /// Draws it.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, y: u16) -> Position {
        let label = canvas.text(2, y, 40, self.label, Weight::Accent);
        let used = canvas.text(2 + label + 1, y, 60, &self.typed, Weight::Bold);
        Position { x: 2 + label + 1 + used, y }
    }
}
