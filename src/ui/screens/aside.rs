//! 後で and 済: an item leaves the list until a later day, or for good, and the physician writes why.
//!
//! Knows two fields and their words. What may be arranged is `app::plans`' to say; the deadline stays what it is.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, EntryForm, Refusal, absent};
use crate::app::plans::{self, PlanFault};
use crate::app::worklist::Item;
use crate::app::{Site, View};
use crate::domain::command::Command;
use crate::domain::{Day, EstablishmentId, time};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::route::{Aside, Route};
use crate::ui::screen::{Head, Reply};
use crate::ui::theme::Weight;

/// Days by which an item is put off when no other day is typed.
const LATER_DAYS: u64 = 7;
/// Rows above the fields: the item, its deadline, an empty one.
const ABOVE: u16 = 3;

/// The sheet for one item.
pub struct AsideForm {
    site: EstablishmentId,
    key: String,
    kind: Aside,
}

impl AsideForm {
    /// The sheet for the item of this key.
    pub fn new(site: EstablishmentId, key: String, kind: Aside) -> Self {
        Self { site, key, kind }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(&self.site).map(|site| &**site)
    }

    fn item<'view>(&self, view: &'view View) -> Option<&'view Item> {
        common::item(view, &self.site, &self.key)
    }

    fn word(&self) -> &'static str {
        match self.kind {
            Aside::Later => "後で",
            Aside::Settled => "済",
        }
    }

    fn form(&self, today: Day) -> Form {
        let reason = Field::memo("reason", "理由", 2);
        let until = time::after_days(today, LATER_DAYS).to_string();
        let until = Field::date("until", "いつまで", today, Direction::Ahead).with(&until);
        match self.kind {
            Aside::Later => Form::new(vec![reason, until]),
            Aside::Settled => Form::new(vec![reason]),
        }
    }

    fn made(&self, view: &View, site: &Site, item: &Item, form: &Form) -> Result<(Command, String), PlanFault> {
        let reason = form.text("reason");
        match self.kind {
            Aside::Later => {
                let until = form.day("until").unwrap_or(view.today);
                let day = dates::short(until, view.today);
                let says = format!("{day} まで後に回しました。期限は変わりません。Ctrl-Z で取り消せます");
                Ok((plans::put_off(site, item, until, reason, view.today)?, says))
            }
            Aside::Settled => {
                let says = format!("{}を済としました。Ctrl-Z で取り消せます", item.task.label());
                Ok((plans::settle(site, item, reason, view.today)?, says))
            }
        }
    }
}

const fn field_of(fault: PlanFault) -> &'static str {
    if matches!(fault, PlanFault::DayBehind) { "until" } else { "reason" }
}

/// What stands in place of the form when the item has left the list.
const GONE: &str = "この期限はもうありません。Esc で戻ります";

impl EntryForm for AsideForm {
    fn route(&self) -> Route {
        Route::Aside(self.site.clone(), self.key.clone(), self.kind)
    }

    fn head(&self, view: &View) -> Head {
        let name = self.site(view).map_or("", |site| site.establishment.name.as_str());
        Head { path: format!("{name} / {}", self.word()), context: dates::full(view.today), ..Head::default() }
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let draft = format!("{}/{}", self.word(), self.key);
        Some(Entry::new(self.site(view)?, draft, self.form(view.today), "reason"))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some((site, item)) = self.site(view).zip(self.item(view)) else { return Ok(Reply::ignored()) };
        let made = self.made(view, site, item, entry.form());
        let (command, says) = made.map_err(|fault| (field_of(fault), fault.to_string()))?;
        Ok(entry.save(command, says))
    }

    fn save_label(&self) -> &'static str {
        if self.kind == Aside::Later { "後に回す" } else { "済とする" }
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        let hint = match (self.kind, field) {
            (Aside::Later, Some("until")) => "この日から、また元の順に出ます。期限は変わりません",
            (Aside::Later, _) => "理由は産業医だけが見ます。F6 で保存の行へ",
            (Aside::Settled, _) => "記録を別に作らないときの済です。理由は産業医だけが見ます。F6 で保存の行へ",
        };
        hint.to_owned()
    }

    fn absence(&self) -> String {
        GONE.to_owned()
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry) -> Option<Position> {
        let Some(item) = self.item(view) else { return absent(canvas, body, GONE) };
        let what = format!("{}  {}", item.task.label(), common::item_whom(view, item));
        let due = format!("期限 {}   {}", dates::full(item.due.safe), item.urgency(view.today));
        let due = if item.is_prompt { item.urgency(view.today) } else { due };
        canvas.text(2, body.y, body.width, what.trim_end(), Weight::Bold);
        canvas.text(2, body.y + 1, body.width, &due, Weight::Plain);
        entry.draw(canvas, Rect { y: body.y + ABOVE, height: body.height.saturating_sub(ABOVE), ..body })
    }
}

#[cfg(test)]
#[path = "aside_tests.rs"]
mod tests;
