//! A form with its draft and its buttons: what every screen that is typed into has in common.
//!
//! Knows fields, drafts and the row of buttons below them; must not know what is typed. Every
//! change is kept as a draft at once, and Enter saves only on a button, never in a field.

mod screen;

use std::convert::Infallible;

use ratatui::layout::{Position, Rect};

pub use screen::{EntryForm, EntryScreen, Refusal, absent};

use crate::app::{Effect, Site};
use crate::domain::EstablishmentId;
use crate::domain::command::{Command, DraftField};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::Field;
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::screen::{Go, Reply};
use crate::ui::theme::{Look, Weight};

/// The name under which a draft remembers where the cursor was.
const FOCUS: &str = "@focus";
/// Where buttons begin.
const LEFT: u16 = 2;
/// Rows that headings, unfolded options, sentences and buttons may need beside the fields.
const ROOM: u16 = 7;
/// Columns between two buttons.
const GAP: u16 = 2;

/// What an input did.
#[derive(Debug)]
pub enum Step<M> {
    /// Nothing here.
    Ignored,
    /// It was taken; these drafts are to be kept.
    Taken(Vec<Effect>),
    /// A button was pressed.
    Pressed(Button<M>),
}

/// A button of a form; `M` is what its own buttons do, where it has any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button<M> {
    /// Saves what was typed.
    Save,
    /// Drops what was typed.
    Drop,
    /// Does something of the form's own.
    Own(M),
}

/// A form with its draft and its buttons.
#[derive(Debug)]
pub struct Entry<M = Infallible> {
    form: Form,
    site: EstablishmentId,
    draft: String,
    start: Vec<(&'static str, String)>,
    kept: Vec<(&'static str, String)>,
    has_draft: bool,
    kept_place: Option<&'static str>,
    buttons: Vec<(Button<M>, &'static str)>,
    pressed: Option<usize>,
}

impl<M: Copy> Entry<M> {
    /// A form whose draft is called `draft`; what was typed before stands in it again, and the
    /// cursor is where it was, else on `first`.
    pub fn new(site: &Site, draft: String, mut form: Form, first: &str) -> Self {
        let start = form.values();
        let known: Vec<(&str, &str)> = site.draft(&draft).collect();
        form.set_values(known.iter().copied());
        let place = known.iter().find(|(field, _)| *field == FOCUS).map(|(_, place)| *place);
        if !place.is_some_and(|place| form.focus_on(place)) {
            form.focus_on(first);
        }
        let has_draft = !known.is_empty();
        let kept = form.values();
        let site = site.id().clone();
        Self { form, site, draft, start, kept, has_draft, kept_place: None, buttons: Vec::new(), pressed: None }
    }

    /// The fields and their values.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The name of the draft, for the command that ends it.
    pub fn draft(&self) -> &str {
        &self.draft
    }

    /// The effect that performs the command and ends the draft with it.
    pub fn saving(&self, command: Command) -> Effect {
        Effect::Perform(self.site.clone(), Box::new(command.ending(self.draft.clone())))
    }

    /// Saves by this command, says so and goes back.
    pub fn save(&self, command: Command, says: impl Into<String>) -> Reply {
        Reply { says: Some(says.into()), ..Reply::ask(self.saving(command)) }.then(Go::Back)
    }

    /// Performs a command that is not what was typed, says so and goes back; the draft stays.
    pub fn perform(&self, command: Command, says: impl Into<String>) -> Reply {
        let effect = Effect::Perform(self.site.clone(), Box::new(command));
        Reply { says: Some(says.into()), ..Reply::ask(effect) }.then(Go::Back)
    }

    /// Whether letters are text now.
    pub fn is_typing(&self) -> bool {
        self.pressed.is_none() && self.form.is_in_text()
    }

    /// The name of the field in focus; none on a button.
    pub fn focus(&self) -> Option<&'static str> {
        if self.pressed.is_some() { None } else { self.form.focused().map(|field| field.id()) }
    }

    /// Puts the buttons below the fields: the one that saves, the form's own, and the one that drops where something
    /// was begun.
    pub fn offer(&mut self, save: &'static str, own: impl IntoIterator<Item = (M, &'static str)>) {
        let own = own.into_iter().map(|(button, label)| (Button::Own(button), label));
        let drop = self.has_draft.then_some((Button::Drop, "書きかけを捨てる"));
        self.buttons = std::iter::once((Button::Save, save)).chain(own).chain(drop).collect();
        self.pressed = self.pressed.map(|index| index.min(self.buttons.len().saturating_sub(1)));
    }

    /// Goes to the first button.
    pub fn go_to_buttons(&mut self) -> Vec<Effect> {
        self.pressed = Some(0);
        self.keep_all()
    }

    /// Shows what is on record in a field that nobody typed into; it is not a draft.
    pub fn show(&mut self, field: &'static str, value: &str) {
        if self.is_untouched(field) && self.form.field(field).and_then(Field::value).as_deref() != Some(value) {
            self.preset(field, value);
        }
    }

    fn preset(&mut self, field: &'static str, value: &str) {
        if let Some(found) = self.form.field_mut(field) {
            found.set_value(value);
        }
        for list in [&mut self.start, &mut self.kept] {
            if let Some(slot) = list.iter_mut().find(|(id, _)| *id == field) {
                value.clone_into(&mut slot.1);
            }
        }
    }

    /// Puts a field behind the others, if there is none of its name, and gives whether it was put there.
    pub fn add(&mut self, field: Field) -> bool {
        let is_new = self.form.field(field.id()).is_none();
        if is_new {
            let value = (field.id(), field.value().unwrap_or_default());
            self.start.push(value.clone());
            self.kept.push(value);
            self.form.push(field);
        }
        is_new
    }

    /// Puts the cursor on a field.
    pub fn focus_on(&mut self, field: &str) {
        self.pressed = None;
        self.form.focus_on(field);
    }

    /// Whether the field is as it was before anything was typed.
    pub fn is_untouched(&self, field: &str) -> bool {
        let start = self.start.iter().find(|(id, _)| *id == field).map(|(_, value)| value.as_str());
        let now = self.form.field(field).and_then(|field| field.value());
        start == now.as_deref()
    }

    /// Puts a sentence below a field and the cursor on it.
    pub fn refuse(&mut self, field: &'static str, sentence: String) {
        self.pressed = None;
        self.form.focus_on(field);
        self.form.set_error(field, Some(sentence));
    }

    /// Puts a sentence below a field, or takes it away; the cursor stays.
    pub fn note(&mut self, field: &str, sentence: Option<String>) {
        self.form.set_error(field, sentence);
    }

    /// Refuses the first field that cannot be read; says whether there was one.
    pub fn refuse_unreadable(&mut self) -> bool {
        let Some(field) = self.form.first_problem() else { return false };
        let sentence = self.form.field(field).and_then(|field| field.problem()).map(|text| text.into_owned());
        self.refuse(field, sentence.unwrap_or_default());
        true
    }

    /// The effect that gives the draft up.
    pub fn end_draft(&self) -> Effect {
        Effect::EndDraft(self.site.clone(), self.draft.clone())
    }

    /// Gives up what was typed: the fields are as they were at first.
    pub fn reset(&mut self) -> Effect {
        let start = self.start.clone();
        self.form.set_values(start.iter().map(|(id, value)| (*id, value.as_str())));
        for (id, _) in &start {
            self.form.set_error(id, None);
        }
        (self.kept, self.has_draft, self.kept_place, self.pressed) = (start, false, None, None);
        self.end_draft()
    }

    /// Takes a key or a paste.
    pub fn update(&mut self, input: &Input) -> Step<M> {
        match (self.pressed, input) {
            (Some(index), Input::Key(key)) => self.on_button(index, *key),
            (Some(_), _) => Step::Ignored,
            (None, _) => self.in_form(input),
        }
    }

    fn in_form(&mut self, input: &Input) -> Step<M> {
        let before = self.form.focused().map(|field| field.id());
        self.make_way(input);
        let event = self.form.update(input);
        match (event, input) {
            (FormEvent::PastEnd | FormEvent::BeforeStart, _) => self.pressed = Some(0),
            (FormEvent::Handled, Input::Key(Key { code: Code::Enter, .. }))
            | (FormEvent::Ignored, Input::Key(Key { code: Code::Down, ctrl: false, .. })) => self.pressed = Some(0),
            (FormEvent::Ignored, _) => return Step::Ignored,
            _ => {}
        }
        let mut effects: Vec<Effect> = before.and_then(|field| self.keep(field)).into_iter().collect();
        effects.extend(self.keep_place());
        Step::Taken(effects)
    }

    /// The first character typed over a day or hours that were filled in replaces them: nobody
    /// means to write behind a date.
    fn make_way(&mut self, input: &Input) {
        let writes = matches!(input, Input::Paste(_)) || matches!(input, Input::Key(key) if key.is_text());
        let Some(field) = self.form.focused() else { return };
        let is_amount = field.day().is_some() || field.seconds().is_some();
        let id = field.id();
        if writes && is_amount && self.is_untouched(id) {
            self.form.field_mut(id).into_iter().for_each(|field| field.set_value(""));
        }
    }

    fn on_button(&mut self, index: usize, key: Key) -> Step<M> {
        let last = self.buttons.len().saturating_sub(1);
        self.pressed = match (key.code, key.shift) {
            (Code::Enter | Code::Char(' '), _) => {
                return self.buttons.get(index).map_or(Step::Ignored, |(button, _)| Step::Pressed(*button));
            }
            (Code::Tab, false) | (Code::Right | Code::Down, _) => Some((index + 1).min(last)),
            (Code::Tab, true) | (Code::Left, _) => index.checked_sub(1),
            (Code::Up, _) => None,
            _ => return Step::Ignored,
        };
        Step::Taken(Vec::new())
    }

    /// The draft of a field, if its value is another one than what is kept.
    fn keep(&mut self, field: &'static str) -> Option<Effect> {
        let value = self.form.field(field)?.value()?;
        let slot = self.kept.iter_mut().find(|(id, _)| *id == field)?;
        if slot.1 == value {
            return None;
        }
        value.clone_into(&mut slot.1);
        self.has_draft = true;
        Some(self.draft_field(field, value))
    }

    fn keep_all(&mut self) -> Vec<Effect> {
        let fields: Vec<&'static str> = self.form.fields().iter().map(|field| field.id()).collect();
        fields.into_iter().filter_map(|field| self.keep(field)).collect()
    }

    /// Where the cursor is, once there is a draft to come back to.
    fn keep_place(&mut self) -> Option<Effect> {
        let now = self.form.focused()?.id();
        if !self.has_draft || self.kept_place == Some(now) {
            return None;
        }
        self.kept_place = Some(now);
        Some(self.draft_field(FOCUS, now.to_owned()))
    }

    fn draft_field(&self, field: &str, value: String) -> Effect {
        let draft = DraftField { form: self.draft.clone(), field: field.to_owned(), value };
        Effect::SaveDraft(self.site.clone(), draft)
    }

    /// Tells the form its area, so that arrows move by the rows that are seen.
    pub fn resize(&mut self, area: Rect) {
        self.form.resize(area, Look::default());
    }

    /// Draws the fields in one column, and the buttons in the last rows.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let area = near(area, self.form.fields().len());
        let fields = self.above_buttons(canvas, area);
        let cursor = self.form.draw_part(canvas, fields, 0..self.form.fields().len(), self.pressed.is_none());
        self.draw_buttons(canvas, area).or(cursor)
    }

    /// Draws the first `count` fields on the left and the others on the right, beginning at `right`.
    pub fn draw_columns(&self, canvas: &mut Canvas<'_>, area: Rect, count: usize, right: u16) -> Option<Position> {
        let area = near(area, self.form.fields().len().saturating_sub(count).max(count));
        let fields = self.above_buttons(canvas, area);
        let has_focus = self.pressed.is_none();
        let left = Rect { width: right.saturating_sub(area.x), ..fields };
        let rest = Rect { x: right, width: area.right().saturating_sub(right), ..fields };
        let first = self.form.draw_part(canvas, left, 0..count, has_focus);
        let second = self.form.draw_part(canvas, rest, count..self.form.fields().len(), has_focus);
        self.draw_buttons(canvas, area).or(first).or(second)
    }

    fn above_buttons(&self, canvas: &Canvas<'_>, area: Rect) -> Rect {
        let taken = self.places(canvas, area.width).last().map_or(1, |(_, row)| row + 1);
        Rect { height: area.height.saturating_sub(taken), ..area }
    }

    /// Column and row of each button.
    fn places(&self, canvas: &Canvas<'_>, room: u16) -> Vec<(u16, u16)> {
        let (mut x, mut row) = (LEFT, 0);
        let mut places = Vec::with_capacity(self.buttons.len());
        for (_, label) in &self.buttons {
            let wide = canvas.width(label) + 4;
            if x > LEFT && x + wide >= room {
                (x, row) = (LEFT, row + 1);
            }
            places.push((x, row));
            x += wide + GAP;
        }
        places
    }

    fn draw_buttons(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let places = self.places(canvas, area.width);
        let rows = places.last().map_or(1, |(_, row)| row + 1);
        let top = area.bottom().saturating_sub(rows);
        let mut cursor = None;
        for (index, ((_, label), (x, row))) in self.buttons.iter().zip(places).enumerate() {
            let (x, y) = (area.x + x, top + row);
            let is_here = self.pressed == Some(index);
            let weight = if is_here { Weight::Bold } else { Weight::Plain };
            let used = canvas.text(x, y, area.width, &format!("[ {label} ]"), weight);
            if is_here {
                let reverse = canvas.theme().reverse();
                canvas.tint(x, y, used, reverse);
                canvas.text(area.x, y, 1, ">", Weight::Bold);
                cursor = Some(Position { x: x + LEFT, y });
            }
        }
        cursor
    }
}

/// The area without what lies far below `fields` rows, so that the buttons stand near the fields;
/// there is room for what unfolds, so that they do not move while one types.
fn near(area: Rect, fields: usize) -> Rect {
    Rect { height: area.height.min(columns(fields) + ROOM), ..area }
}
