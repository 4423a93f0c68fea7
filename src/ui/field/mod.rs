//! One field of a form: what was typed, what it means, and how it is drawn in its row.
//!
//! Knows typing and the few notations of days, hours and numbers; must not know what a field is
//! for. What was typed is kept as it is until it can be read, and never thrown away.

pub mod choice;
pub mod date;
pub mod line;
pub mod memo;
pub mod number;
pub mod secret;

use std::borrow::Cow;

use ratatui::layout::{Position, Rect};

use self::choice::{Choice, Picked};
use self::date::{Direction, parse_day};
use self::line::{Edit, Line};
use self::memo::Memo;
use self::number::{parse_hours, parse_number};
use self::secret::SecretLine;
use super::canvas::Canvas;
use super::dates::{clock, full};
use super::keys::Input;
use super::theme::Weight;
use super::width::Ruler;
use crate::domain::{Day, Seconds};

/// Columns of a typed day, hour or number; what it means stands behind.
const SHORT: u16 = 14;

/// What an input did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldEvent {
    /// The value changed.
    Changed,
    /// The value changed and there is nothing more to choose here.
    Answered,
    /// The cursor moved, or the input meant nothing but belongs to the field.
    Handled,
    /// The field has no use for it.
    Ignored,
}

/// A field with its label and its message.
#[derive(Debug)]
pub struct Field {
    id: &'static str,
    label: Cow<'static, str>,
    kind: Kind,
    error: Option<String>,
}

#[derive(Debug)]
enum Kind {
    Text(Line),
    Memo(Memo),
    Choice(Choice),
    Date(Line, Day, Direction),
    Number(Line),
    Hours(Line),
    Secret(SecretLine),
}

/// Words as options, numbered from `first`.
pub fn numbered<W: Into<Cow<'static, str>>>(
    first: u8,
    words: impl IntoIterator<Item = W>,
) -> Vec<(u8, Cow<'static, str>)> {
    (first..).zip(words.into_iter().map(Into::into)).collect()
}

impl Field {
    fn new(id: &'static str, label: impl Into<Cow<'static, str>>, kind: Kind) -> Self {
        Self { id, label: label.into(), kind, error: None }
    }

    /// One line of text; it scrolls inside its row.
    pub fn text(id: &'static str, label: impl Into<Cow<'static, str>>) -> Self {
        Self::new(id, label, Kind::Text(Line::default()))
    }

    /// Wrapped text of one to `most` rows.
    pub fn memo(id: &'static str, label: impl Into<Cow<'static, str>>, most: u16) -> Self {
        Self::new(id, label, Kind::Memo(Memo::new(most)))
    }

    /// One of numbered options; the numbers are those of the official form, 0 included.
    pub fn choice(
        id: &'static str,
        label: impl Into<Cow<'static, str>>,
        options: Vec<(u8, Cow<'static, str>)>,
    ) -> Self {
        Self::new(id, label, Kind::Choice(Choice::one(options)))
    }

    /// Several of numbered options.
    pub fn multi(id: &'static str, label: impl Into<Cow<'static, str>>, options: Vec<(u8, Cow<'static, str>)>) -> Self {
        Self::new(id, label, Kind::Choice(Choice::several(options)))
    }

    /// A day; `3m` and the like are counted from `base`, a day without a year lies in `direction`.
    pub fn date(id: &'static str, label: impl Into<Cow<'static, str>>, base: Day, direction: Direction) -> Self {
        Self::new(id, label, Kind::Date(Line::default(), base, direction))
    }

    /// A whole number.
    pub fn number(id: &'static str, label: impl Into<Cow<'static, str>>) -> Self {
        Self::new(id, label, Kind::Number(Line::default()))
    }

    /// Hours and minutes, `92:30`.
    pub fn hours(id: &'static str, label: impl Into<Cow<'static, str>>) -> Self {
        Self::new(id, label, Kind::Hours(Line::default()))
    }

    /// A passphrase: stars on the screen, a wiped buffer behind, never part of a draft.
    pub fn secret(id: &'static str, label: impl Into<Cow<'static, str>>) -> Self {
        Self::new(id, label, Kind::Secret(SecretLine::default()))
    }

    /// The same field with a value, as [`Field::value`] writes it.
    pub fn with(mut self, value: &str) -> Self {
        self.set_value(value);
        self
    }

    /// Name of the field in drafts and events.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The word before the field.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Whether letters are text here; then only Ctrl and function keys mean an action.
    pub const fn is_text(&self) -> bool {
        !matches!(self.kind, Kind::Choice(_))
    }

    /// The value as a draft keeps it: a day as `2026-12-01`, options by their numbers; none for a
    /// secret.
    pub fn value(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(line) => Some(line.text().to_owned()),
            Kind::Memo(memo) => Some(memo.text().to_owned()),
            Kind::Choice(choice) => Some(choice.value()),
            Kind::Date(line, ..) => Some(self.day().map_or_else(|| line.text().to_owned(), |day| day.to_string())),
            Kind::Number(line) | Kind::Hours(line) => Some(line.text().to_owned()),
            Kind::Secret(_) => None,
        }
    }

    /// Puts a value back, as [`Field::value`] wrote it; a secret stays as it is.
    pub fn set_value(&mut self, value: &str) {
        match &mut self.kind {
            Kind::Text(line) | Kind::Date(line, ..) | Kind::Number(line) | Kind::Hours(line) => line.set(value),
            Kind::Memo(memo) => memo.set(value),
            Kind::Choice(choice) => choice.set(value),
            Kind::Secret(_) => {}
        }
    }

    /// The text, trimmed; empty for a choice and a secret.
    pub fn content(&self) -> &str {
        match &self.kind {
            Kind::Text(line) | Kind::Date(line, ..) | Kind::Number(line) | Kind::Hours(line) => line.text().trim(),
            Kind::Memo(memo) => memo.text().trim(),
            Kind::Choice(_) | Kind::Secret(_) => "",
        }
    }

    /// The day that was typed, if it can be read.
    pub fn day(&self) -> Option<Day> {
        match &self.kind {
            Kind::Date(line, base, direction) => parse_day(line.text(), *base, *direction).ok(),
            _ => None,
        }
    }

    /// The number that was typed, if it can be read.
    pub fn integer(&self) -> Option<i64> {
        match &self.kind {
            Kind::Number(line) => parse_number(line.text()).ok(),
            _ => None,
        }
    }

    /// The hours that were typed, if they can be read.
    pub fn seconds(&self) -> Option<Seconds> {
        match &self.kind {
            Kind::Hours(line) => parse_hours(line.text()).ok(),
            _ => None,
        }
    }

    /// The numbers of the options that were chosen, rising.
    pub fn chosen(&self) -> Vec<u8> {
        match &self.kind {
            Kind::Choice(choice) => choice.chosen(),
            _ => Vec::new(),
        }
    }

    /// The buffer of a secret.
    pub const fn secret_line(&self) -> Option<&SecretLine> {
        match &self.kind {
            Kind::Secret(secret) => Some(secret),
            _ => None,
        }
    }

    /// Empties a secret, wiping its buffer.
    pub fn wipe(&mut self) {
        if let Kind::Secret(secret) = &mut self.kind {
            secret.wipe();
        }
    }

    /// Other options and answers for a choice that shows what stands in the records.
    pub fn renew(&mut self, options: Vec<(u8, Cow<'static, str>)>, chosen: &[u8]) {
        if let Kind::Choice(choice) = &mut self.kind {
            choice.renew(options, chosen);
        }
    }

    /// The day that `3m` counts from.
    pub fn set_base(&mut self, day: Day) {
        if let Kind::Date(_, base, _) = &mut self.kind {
            *base = day;
        }
    }

    /// A message of the screen below the field.
    pub fn set_error(&mut self, error: Option<String>) {
        self.error = error;
    }

    /// What stands below the field: the screen's message, or why the value cannot be read.
    pub fn problem(&self) -> Option<Cow<'_, str>> {
        if let Some(error) = &self.error {
            return Some(Cow::Borrowed(error));
        }
        let problem = match &self.kind {
            Kind::Date(line, base, direction) => parse_day(line.text(), *base, *direction).err().map(|e| e.to_string()),
            Kind::Number(line) => parse_number(line.text()).err().map(|error| error.to_string()),
            Kind::Hours(line) => parse_hours(line.text()).err().map(|error| error.to_string()),
            Kind::Secret(secret) if secret.has_full_width() => Some(secret::FULL_WIDTH.to_owned()),
            _ => None,
        };
        let is_empty = self.content().is_empty() && self.secret_line().is_none();
        problem.filter(|_| !is_empty).map(Cow::Owned)
    }

    /// Takes an input; `columns` is the width of the value, for moving by rows inside a memo.
    pub fn update(&mut self, input: &Input, columns: usize, ruler: Ruler) -> FieldEvent {
        let event = match &mut self.kind {
            Kind::Text(line) | Kind::Date(line, ..) | Kind::Number(line) | Kind::Hours(line) => {
                line.update(input).into()
            }
            Kind::Memo(memo) => memo.update(input, columns, ruler).into(),
            Kind::Choice(choice) => choice.update(input).into(),
            Kind::Secret(secret) => secret.update(input).into(),
        };
        if matches!(event, FieldEvent::Changed | FieldEvent::Answered) {
            self.error = None;
        }
        event
    }

    /// Called when the focus leaves: a day or hours that can be read take their full form, so that
    /// a draft of `3m` does not move when the draft is opened on another day.
    pub fn leave(&mut self) {
        let settled = match &self.kind {
            Kind::Date(..) => self.day().map(|day| day.to_string()),
            Kind::Hours(_) => self.seconds().map(clock),
            Kind::Number(_) => self.integer().map(|number| number.to_string()),
            _ => None,
        };
        if let Some(settled) = settled {
            self.set_value(&settled);
        }
    }

    /// Rows of the value, the message not counted.
    pub fn rows(&self, columns: u16, has_focus: bool, ruler: Ruler) -> u16 {
        match &self.kind {
            Kind::Memo(memo) => memo.rows(usize::from(columns), ruler),
            Kind::Choice(choice) if has_focus => choice.rows(columns, ruler),
            _ => 1,
        }
    }

    /// Draws the value in `area` and returns where the cursor of the terminal belongs.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, has_focus: bool) -> Option<Position> {
        match &self.kind {
            Kind::Text(line) => line.draw(canvas, area, has_focus),
            Kind::Memo(memo) => memo.draw(canvas, area, has_focus),
            Kind::Choice(choice) => choice.draw(canvas, area, has_focus),
            Kind::Secret(secret) => secret.draw(canvas, area, has_focus),
            Kind::Number(line) | Kind::Hours(line) => line.draw(canvas, short(area), has_focus),
            Kind::Date(line, ..) => self.draw_day(canvas, area, line, has_focus),
        }
    }

    fn draw_day(&self, canvas: &mut Canvas<'_>, area: Rect, line: &Line, has_focus: bool) -> Option<Position> {
        let meant = self.day().map(full);
        if !has_focus && let Some(meant) = meant {
            canvas.text(area.x, area.y, area.width, &meant, Weight::Plain);
            return None;
        }
        let behind = area.x.saturating_add(SHORT + 2);
        if let Some(meant) = meant {
            canvas.text(behind, area.y, area.right().saturating_sub(behind), &meant, Weight::Bold);
        }
        line.draw(canvas, short(area), has_focus)
    }
}

fn short(area: Rect) -> Rect {
    Rect { width: area.width.min(SHORT), ..area }
}

impl From<Edit> for FieldEvent {
    fn from(edit: Edit) -> Self {
        match edit {
            Edit::Changed => Self::Changed,
            Edit::Moved => Self::Handled,
            Edit::Ignored => Self::Ignored,
        }
    }
}

impl From<Picked> for FieldEvent {
    fn from(picked: Picked) -> Self {
        match picked {
            Picked::Answered => Self::Answered,
            Picked::Changed => Self::Changed,
            Picked::Moved => Self::Handled,
            Picked::Ignored => Self::Ignored,
        }
    }
}
