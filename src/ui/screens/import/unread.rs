//! Values that could not be read: each listed with row, column and reason, and answered below its line.
//!
//! Knows lines and one field. Must not know how a value is read: the answer goes to the host, which reads anew.

use ratatui::layout::{Position, Rect};

use super::Import;
use crate::app::Effect;
use crate::app::host::UnreadValue;
use crate::domain::checkup::{Catalogue, Item};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::screen::Reply;
use crate::ui::width::cut;

/// Columns of what stands in a cell.
const TEXT: usize = 26;
/// Columns of what stands in many cells.
const ALIKE: usize = 12;
/// Columns of the headings.
const HEADING: usize = 18;

/// A value while it is typed.
pub(super) struct Typing {
    row: usize,
    item: Item,
    /// Whether the answer holds for every value that stands like it.
    is_for_all: bool,
    form: Form,
}

impl Typing {
    fn of(value: &UnreadValue, is_for_all: bool) -> Self {
        let name = Catalogue::built_in().name_of(value.item);
        let label = if value.unit.is_empty() { name.to_owned() } else { format!("{name} {}", value.unit) };
        let typed = value.answer.clone().unwrap_or_default();
        Self {
            row: value.row,
            item: value.item,
            is_for_all,
            form: Form::new(vec![Field::text("value", label).with(&typed)]),
        }
    }

    /// What the physician says.
    pub fn effect(&self) -> Option<Effect> {
        let text = self.form.text("value").trim();
        (!text.is_empty()).then(|| answer(self.row, self.item, Some(text.to_owned()), self.is_for_all))
    }

    pub fn input(&mut self, input: &Input) {
        let _ = self.form.update(input);
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        self.form.draw(canvas, area)
    }
}

fn answer(row: usize, item: Item, typed: Option<String>, is_for_all: bool) -> Effect {
    if is_for_all { Effect::AnswerAlike(row, item, typed) } else { Effect::AnswerValue(row, item, typed) }
}

/// A value with its place, what stands there, and what was said or why it could not be read.
pub(super) fn told(value: &UnreadValue) -> String {
    let text = cut(&value.text, TEXT);
    // Where two columns differ the text names both already.
    let place = match value.heading.contains('、') {
        true => format!("{}行目  「{text}」", value.row),
        false => format!("{}行目  {}  「{text}」", value.row, cut(&value.heading, HEADING)),
    };
    match value.answer.as_deref() {
        None => format!("{place}  {}", value.why),
        Some("") => format!("{place}  入れない"),
        Some(typed) if value.is_open => format!("{place}  {} でも{}", cut(typed, TEXT), value.why),
        Some(typed) => format!("{place}  {}", cut(typed, TEXT)),
    }
}

impl Import {
    /// The answers that a value can have, by their digit.
    pub(super) fn value_options(&self) -> Vec<String> {
        match self.value() {
            Some(value) if value.alike > 1 => {
                let alike = format!("同じ項目の「{}」{}件の全部", cut(&value.text, ALIKE), value.alike);
                ["値を書く".to_owned(), "この値を入れない".to_owned()]
                    .into_iter()
                    .chain([format!("{alike}に書く"), format!("{alike}を入れない")])
                    .collect()
            }
            Some(_) => vec!["値を書く".to_owned(), "この値を入れない".to_owned()],
            None => Vec::new(),
        }
    }

    /// What a digit does to the value under the cursor; none where there is none.
    pub(super) fn answer_value(&mut self, digit: usize) -> Option<Reply> {
        let value = self.value()?;
        let (row, item) = (value.row, value.item);
        let is_for_all = digit > 2;
        Some(match digit {
            3 | 4 if value.alike < 2 => Reply::ignored(),
            1 | 3 => {
                self.typing = Some(Typing::of(&value, is_for_all));
                Reply::done()
            }
            2 | 4 => Reply::ask(answer(row, item, None, is_for_all)),
            _ => Reply::ignored(),
        })
    }

    /// Enter while a value is typed.
    pub(super) fn give_value(&mut self) -> Option<Reply> {
        let typing = self.typing.as_ref()?;
        let Some(effect) = typing.effect() else {
            return Some(Reply::say("値を書いてから Enter を押してください。Esc でやめます"));
        };
        self.typing = None;
        Some(Reply::ask(effect))
    }

    /// How many columns are not used, with their headings, as far as they fit.
    pub(super) fn unused_line(headings: &[String], width: usize) -> String {
        cut(&format!("使わない列 {}  {}", headings.len(), headings.join("、")), width)
    }

    /// Draws the field of the value that is typed.
    pub(super) fn draw_typing(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        self.typing.as_ref()?.draw(canvas, area)
    }
}
