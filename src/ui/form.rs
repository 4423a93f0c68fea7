//! A form: fields below each other, one of them in focus.
//!
//! Knows fields and their order, not what they are for. Enter goes to the next field, never past
//! the end, and never acts. What was typed can be taken out and put back at any time, for drafts.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::{Position, Rect};

use super::canvas::Canvas;
use super::field::secret::SecretLine;
use super::field::{Field, FieldEvent};
use super::keys::{Code, Input, Key};
use super::theme::{Look, Weight};
use super::width::Ruler;
use crate::domain::{Day, Seconds};

/// Where labels begin.
const LABEL: u16 = 2;
/// Where values begin.
const VALUE: u16 = 16;

/// What an input did to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormEvent {
    /// The value of this field changed: time to save the draft.
    Changed(&'static str),
    /// The focus moved.
    Moved,
    /// Tab behind the last field: the next step is the screen's.
    PastEnd,
    /// Shift-Tab before the first field.
    BeforeStart,
    /// Taken, without a change.
    Handled,
    /// The form has no use for it; an action of the screen may.
    Ignored,
}

/// Fields and the one in focus.
#[derive(Debug)]
pub struct Form {
    fields: Vec<Field>,
    headings: Vec<(&'static str, Cow<'static, str>)>,
    focus: usize,
    columns: u16,
    ruler: Ruler,
}

impl Form {
    /// A form with the first field in focus, 80 columns wide.
    pub fn new(fields: Vec<Field>) -> Self {
        let ruler = Look::default().glyphs.ruler();
        Self { fields, headings: Vec::new(), focus: 0, columns: 80 - 1 - VALUE, ruler }
    }

    /// The same form with a heading above the field of that name: the fields from there on are a group.
    #[must_use]
    pub fn headed(mut self, first: &'static str, heading: impl Into<Cow<'static, str>>) -> Self {
        self.headings.push((first, heading.into()));
        self
    }

    /// Tells the form its area and terminal, so that arrows move by the rows that are seen.
    pub fn resize(&mut self, area: Rect, look: Look) {
        self.columns = value_columns(area);
        self.ruler = look.glyphs.ruler();
    }

    /// Puts a field behind the others.
    pub fn push(&mut self, field: Field) {
        self.fields.push(field);
    }

    /// The fields in their order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field in focus.
    pub fn focused(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    /// Whether letters are text now.
    pub fn is_in_text(&self) -> bool {
        self.focused().is_some_and(Field::is_text)
    }

    /// The field of that name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id() == id)
    }

    /// The field of that name, to change it.
    pub fn field_mut(&mut self, id: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.id() == id)
    }

    /// Puts the focus on a field; says whether there is one of that name.
    pub fn focus_on(&mut self, id: &str) -> bool {
        let found = self.fields.iter().position(|field| field.id() == id);
        found.is_some_and(|index| self.go(Some(index)) != FormEvent::Ignored)
    }

    /// What was typed, field by field, for a draft; without secrets.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        self.fields.iter().filter_map(|field| field.value().map(|value| (field.id(), value))).collect()
    }

    /// Puts the values of a draft back; names that the form does not have are left out.
    pub fn set_values<'v>(&mut self, values: impl IntoIterator<Item = (&'v str, &'v str)>) {
        for (id, value) in values {
            if let Some(field) = self.field_mut(id) {
                field.set_value(value);
            }
        }
    }

    /// The trimmed text of a field; empty when there is none.
    pub fn text(&self, id: &str) -> &str {
        self.field(id).map_or("", Field::content)
    }

    /// The day of a field, if it can be read.
    pub fn day(&self, id: &str) -> Option<Day> {
        self.field(id).and_then(Field::day)
    }

    /// The hours of a field, if they can be read.
    pub fn seconds(&self, id: &str) -> Option<Seconds> {
        self.field(id).and_then(Field::seconds)
    }

    /// The number of a field, if it can be read.
    pub fn integer(&self, id: &str) -> Option<i64> {
        self.field(id).and_then(Field::integer)
    }

    /// The number of the option that was chosen.
    pub fn choice(&self, id: &str) -> Option<u8> {
        self.choices(id).first().copied()
    }

    /// Which of `all` was chosen, where their numbers begin at `first`.
    pub fn chosen<'a, T>(&self, id: &str, first: u8, all: &'a [T]) -> Option<&'a T> {
        all.get(usize::from(self.choice(id)?.checked_sub(first)?))
    }

    /// The numbers of the options that were chosen.
    pub fn choices(&self, id: &str) -> Vec<u8> {
        self.field(id).map(Field::chosen).unwrap_or_default()
    }

    /// The buffer of a secret field.
    pub fn secret(&self, id: &str) -> Option<&SecretLine> {
        self.field(id).and_then(Field::secret_line)
    }

    /// Sets or takes away the message below a field.
    pub fn set_error(&mut self, id: &str, error: Option<String>) {
        if let Some(field) = self.field_mut(id) {
            field.set_error(error);
        }
    }

    /// The first field with a message, for the screen that will not go on.
    pub fn first_problem(&self) -> Option<&'static str> {
        self.fields.iter().find(|field| field.problem().is_some()).map(Field::id)
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input) -> FormEvent {
        if let Input::Key(key) = input {
            match (key.code, key.shift) {
                (Code::Tab, false) => return self.tab(self.focus.checked_add(1), FormEvent::PastEnd),
                (Code::Tab, true) => return self.tab(self.focus.checked_sub(1), FormEvent::BeforeStart),
                (Code::Enter, _) => return self.enter(),
                _ => {}
            }
        }
        let (columns, ruler) = (usize::from(self.columns), self.ruler);
        let Some(field) = self.fields.get_mut(self.focus) else { return FormEvent::Ignored };
        let id = field.id();
        match field.update(input, columns, ruler) {
            FieldEvent::Changed => FormEvent::Changed(id),
            FieldEvent::Answered => {
                self.go(self.focus.checked_add(1));
                FormEvent::Changed(id)
            }
            FieldEvent::Handled => FormEvent::Handled,
            FieldEvent::Ignored => self.arrow(input),
        }
    }

    fn tab(&mut self, target: Option<usize>, outside: FormEvent) -> FormEvent {
        let event = self.go(target);
        if event == FormEvent::Ignored {
            self.leave();
            return outside;
        }
        event
    }

    fn enter(&mut self) -> FormEvent {
        let event = self.go(self.focus.checked_add(1));
        if event == FormEvent::Ignored { FormEvent::Handled } else { event }
    }

    fn arrow(&mut self, input: &Input) -> FormEvent {
        match input {
            Input::Key(Key { code: Code::Up, ctrl: false, shift: false }) => self.go(self.focus.checked_sub(1)),
            Input::Key(Key { code: Code::Down, ctrl: false, shift: false }) => self.go(self.focus.checked_add(1)),
            _ => FormEvent::Ignored,
        }
    }

    fn go(&mut self, target: Option<usize>) -> FormEvent {
        let Some(target) = target.filter(|target| *target < self.fields.len()) else { return FormEvent::Ignored };
        self.leave();
        self.focus = target;
        FormEvent::Moved
    }

    fn leave(&mut self) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.leave();
        }
    }

    /// Draws the fields around the focus; the cursor of the terminal belongs at the place that is
    /// returned, in every frame, because the input method opens its window there.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        self.draw_part(canvas, area, 0..self.fields.len(), true)
    }

    /// [`Form::draw`] for some of the fields, for a form in columns; without `has_focus` no field
    /// is unfolded, because something outside the form has it.
    pub fn draw_part(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        part: Range<usize>,
        has_focus: bool,
    ) -> Option<Position> {
        let columns = value_columns(area);
        let focus = if has_focus { self.focus } else { usize::MAX };
        let ruler = canvas.ruler();
        let heights: Vec<u16> = part.clone().map(|index| self.height(index, index == focus, columns, ruler)).collect();
        let place = self.focus.checked_sub(part.start).filter(|place| *place < heights.len());
        let top = first_drawn(&heights, area.height, place.unwrap_or(0));
        let mut y = area.y;
        let mut cursor = None;
        for (index, height) in part.zip(&heights).skip(top) {
            let room = area.bottom().saturating_sub(y);
            if room == 0 {
                break;
            }
            let row = Rect { y, height: (*height).min(room), ..area };
            cursor = cursor.or(self.draw_row(canvas, row, index, index == focus));
            y = y.saturating_add(*height);
        }
        cursor
    }

    fn height(&self, index: usize, has_focus: bool, columns: u16, ruler: Ruler) -> u16 {
        let Some(field) = self.fields.get(index) else { return 0 };
        let heading = u16::from(self.heading(field).is_some());
        heading + field.rows(columns, has_focus, ruler) + rows_of(&message(field, has_focus, columns, ruler))
    }

    fn heading(&self, field: &Field) -> Option<&str> {
        self.headings.iter().find(|(first, _)| *first == field.id()).map(|(_, heading)| heading.as_ref())
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, area: Rect, index: usize, has_focus: bool) -> Option<Position> {
        let field = self.fields.get(index)?;
        let Some(heading) = self.heading(field) else { return draw_field(canvas, area, field, has_focus) };
        canvas.text(area.x + LABEL, area.y, area.width.saturating_sub(LABEL), heading, Weight::Dim);
        let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if rest.height == 0 { None } else { draw_field(canvas, rest, field, has_focus) }
    }
}

/// The message below a field, by rows. While a value is typed it is not yet wrong; a message of the
/// screen always stands.
fn message(field: &Field, has_focus: bool, columns: u16, ruler: Ruler) -> Vec<String> {
    let is_typing = has_focus && field.secret_line().is_none();
    let shown = field.problem().filter(|problem| !is_typing || matches!(problem, Cow::Borrowed(_)));
    shown.map(|text| ruler.wrap(&text, usize::from(columns))).unwrap_or_default()
}

fn rows_of(message: &[String]) -> u16 {
    u16::try_from(message.len()).unwrap_or(u16::MAX)
}

/// The first field to draw so that the focused one is seen whole.
fn first_drawn(heights: &[u16], room: u16, focus: usize) -> usize {
    let mut used = 0_u16;
    let until = heights.get(..=focus).unwrap_or_default().iter().rposition(|height| {
        used = used.saturating_add(*height);
        used > room
    });
    until.map_or(0, |index| (index + 1).min(focus))
}

fn draw_field(canvas: &mut Canvas<'_>, area: Rect, field: &Field, has_focus: bool) -> Option<Position> {
    let (label, weight) = if has_focus { (">", Weight::Bold) } else { ("", Weight::Plain) };
    canvas.text(area.x, area.y, 1, label, Weight::Bold);
    canvas.text(area.x + LABEL, area.y, VALUE - LABEL - 1, field.label(), weight);
    let message = message(field, has_focus, value_columns(area), canvas.ruler());
    let rows = area.height.saturating_sub(rows_of(&message)).max(1);
    let value = Rect { x: area.x + VALUE, y: area.y, width: value_columns(area), height: rows };
    let cursor = field.draw(canvas, value, has_focus);
    for (y, text) in (area.y + rows..area.bottom()).zip(&message) {
        canvas.text(area.x, y, 1, "!", Weight::Bold);
        canvas.text(value.x, y, value.width, text, Weight::Bold);
    }
    cursor
}

/// Columns of the values in an area, the last column of the terminal left out.
fn value_columns(area: Rect) -> u16 {
    area.width.saturating_sub(VALUE + 1)
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
