//! 別の日の時点で: the day on which the law and the months are looked at, typed in the foot of a screen.

use ratatui::layout::Position;

use crate::domain::Day;
use crate::ui::canvas::Canvas;
use crate::ui::field::date::{Direction, parse_day};
use crate::ui::keys::{Code, Key};
use crate::ui::theme::Weight;

/// Another day than today, or today.
#[derive(Debug, Default)]
pub(super) struct AsOf {
    day: Option<Day>,
    typed: Option<String>,
    refusal: Option<String>,
}

impl AsOf {
    /// The day that is looked at.
    pub(super) fn day(&self, today: Day) -> Day {
        self.day.unwrap_or(today)
    }

    /// Whether another day than today is looked at.
    pub(super) fn is_other(&self) -> bool {
        self.day.is_some()
    }

    /// Whether a day is being typed.
    pub(super) fn is_typing(&self) -> bool {
        self.typed.is_some()
    }

    /// Why the typed day was not taken.
    pub(super) fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref()
    }

    /// Opens the field.
    pub(super) fn begin(&mut self) {
        self.typed = Some(self.day.map(|day| day.to_string()).unwrap_or_default());
    }

    /// Leaves the field as it was.
    pub(super) fn cancel(&mut self) {
        (self.typed, self.refusal) = (None, None);
    }

    /// Takes a key while a day is typed; says whether it was used. Nothing typed is today.
    pub(super) fn key(&mut self, today: Day, key: Key) -> bool {
        let Some(typed) = &mut self.typed else { return false };
        match key.code {
            Code::Char(c) if !key.ctrl => typed.push(c),
            Code::Backspace => _ = typed.pop(),
            Code::Enter => self.take(today),
            _ => return false,
        }
        true
    }

    fn take(&mut self, today: Day) {
        let typed = self.typed.take().unwrap_or_default();
        if typed.trim().is_empty() {
            *self = Self::default();
            return;
        }
        match parse_day(&typed, today, Direction::Back) {
            Ok(day) => *self = Self { day: Some(day), typed: None, refusal: None },
            Err(error) => (self.typed, self.refusal) = (Some(typed), Some(error.to_string())),
        }
    }

    /// Draws the field; nothing while no day is typed.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, y: u16) -> Option<Position> {
        let typed = self.typed.as_ref()?;
        let label = canvas.text(2, y, 40, "この日の時点で見る（空なら今日） ", Weight::Accent);
        let used = canvas.text(2 + label, y, 30, typed, Weight::Bold);
        Some(Position { x: 2 + label + used, y })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(as_of: &mut AsOf, text: &str) {
        let today = Day::from_ymd_opt(2026, 11, 20).unwrap();
        as_of.begin();
        text.chars().for_each(|c| _ = as_of.key(today, Key::char(c)));
        as_of.key(today, Key::plain(Code::Enter));
    }

    #[test]
    fn a_day_is_taken_and_nothing_is_today_again() {
        let today = Day::from_ymd_opt(2026, 11, 20).unwrap();
        let mut as_of = AsOf::default();
        typed(&mut as_of, "2018-04-01");
        assert_eq!(as_of.day(today).to_string(), "2018-04-01");
        as_of.begin();
        (0..10).for_each(|_| _ = as_of.key(today, Key::plain(Code::Backspace)));
        as_of.key(today, Key::plain(Code::Enter));
        assert!(!as_of.is_other() && !as_of.is_typing());
    }

    #[test]
    fn what_is_no_day_stays_typed_and_says_so() {
        let mut as_of = AsOf::default();
        typed(&mut as_of, "2018-02-30");
        assert!(as_of.is_typing() && as_of.refusal().is_some() && !as_of.is_other());
        as_of.cancel();
        assert!(!as_of.is_typing() && as_of.refusal().is_none());
    }
}
