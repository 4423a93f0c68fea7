//! ほかの項目: an item that the form of a checkup does not show, found by a part of its name.
//!
//! Knows a field and a list. Must not know the form: it gives the item that was chosen.

use ratatui::layout::{Position, Rect};

use crate::app::checkup_entry;
use crate::domain::checkup::{Catalogue, Item};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::theme::Weight;

/// What was typed of the name, and the item under the cursor.
#[derive(Debug)]
pub struct Finder {
    form: Form,
    cursor: usize,
}

impl Default for Finder {
    fn default() -> Self {
        Self { form: Form::new(vec![Field::text("part", "項目の名前")]), cursor: 0 }
    }
}

impl Finder {
    fn items(&self) -> Vec<Item> {
        checkup_entry::others(self.form.text("part"))
    }

    /// The item under the cursor.
    pub fn chosen(&self) -> Option<Item> {
        self.items().get(self.cursor).copied()
    }

    /// Moves the cursor or types.
    pub fn input(&mut self, input: &Input) {
        match input {
            Input::Key(Key { code: Code::Down, .. }) => self.cursor += 1,
            Input::Key(Key { code: Code::Up, .. }) => self.cursor = self.cursor.saturating_sub(1),
            _ => {
                let _ = self.form.update(input);
                self.cursor = 0;
            }
        }
        self.cursor = self.cursor.min(self.items().len().saturating_sub(1));
    }

    /// Draws the field and the items below it.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let place = self.form.draw(canvas, Rect { height: 1, ..area });
        let items = self.items();
        let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        let top = (self.cursor + 1).saturating_sub(usize::from(list.height).max(1));
        for (y, (index, item)) in (list.y..list.bottom()).zip(items.iter().enumerate().skip(top)) {
            let is_here = index == self.cursor;
            let unit = Catalogue::built_in().entry(*item).map_or("", |entry| entry.unit.as_str());
            canvas.text(2, y, 1, if is_here { ">" } else { "" }, Weight::Bold);
            let weight = if is_here { Weight::Bold } else { Weight::Plain };
            canvas.text(4, y, 24, Catalogue::built_in().name_of(*item), weight);
            canvas.text(30, y, area.width.saturating_sub(30), unit, Weight::Dim);
        }
        if items.is_empty() {
            canvas.text(4, list.y, area.width, "この言葉の項目はありません", Weight::Dim);
        }
        place
    }
}
