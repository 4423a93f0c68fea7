//! 後で and 済: an item leaves the list until a later day, or for good, and the physician writes why.
//!
//! Knows two fields and their words. What may be arranged is `app::plans`' to say; the deadline stays what it is.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, Saving, typed_into};
use crate::app::plans::{self, PlanFault};
use crate::app::worklist::Item;
use crate::app::{Effect, Site, View};
use crate::domain::command::Command;
use crate::domain::{Day, EstablishmentId, time};
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::{Aside, Route};
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// Days by which an item is put off when no other day is typed.
const LATER_DAYS: u64 = 7;
/// Rows above the fields: the item, its deadline, an empty one.
const ABOVE: u16 = 3;

/// The sheet for one item.
pub struct AsideScreen {
    site: EstablishmentId,
    key: String,
    kind: Aside,
    entry: Option<Entry<Saving>>,
}

impl AsideScreen {
    /// The sheet for the item of this key.
    pub fn new(site: EstablishmentId, key: String, kind: Aside) -> Self {
        Self { site, key, kind, entry: None }
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

    fn save(&mut self, view: &View) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if entry.refuse_unreadable() {
            return Reply::done();
        }
        match self.made(view) {
            Some(Ok((command, says))) => {
                let effect = Effect::Perform(self.site.clone(), Box::new(command));
                Reply { says: Some(says), ..Reply::ask(effect) }.then(Go::Back)
            }
            Some(Err(fault)) => self.refuse(fault),
            None => Reply::ignored(),
        }
    }

    fn made(&self, view: &View) -> Option<Result<(Command, String), PlanFault>> {
        let (entry, site, item) = (self.entry.as_ref()?, self.site(view)?, self.item(view)?);
        let reason = entry.form().text("reason");
        let made = match self.kind {
            Aside::Later => {
                let until = entry.form().day("until").unwrap_or(view.today);
                let says = format!(
                    "{} まで後に回しました。期限は変わりません。Ctrl-Z で取り消せます",
                    dates::short(until, view.today)
                );
                plans::put_off(site, item, until, reason, view.today).map(|command| (command, says))
            }
            Aside::Settled => {
                let says = format!("{}を済としました。Ctrl-Z で取り消せます", item.task.label());
                plans::settle(site, item, reason, view.today).map(|command| (command, says))
            }
        };
        Some(made.map(|(command, says)| (command.ending(entry.draft().to_owned()), says)))
    }

    fn refuse(&mut self, fault: PlanFault) -> Reply {
        let field = if fault == PlanFault::DayBehind { "until" } else { "reason" };
        if let Some(entry) = &mut self.entry {
            entry.refuse(field, fault.to_string());
        }
        Reply::say(common::NOTHING_WRITTEN)
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        entry.typed(input).unwrap_or_else(|| self.save(view))
    }
}

impl Screen for AsideScreen {
    fn route(&self) -> Route {
        Route::Aside(self.site.clone(), self.key.clone(), self.kind)
    }

    fn head(&self, view: &View) -> Head {
        let name = self.site(view).map_or("", |site| site.establishment.name.as_str());
        Head { path: format!("{name} / {}", self.word()), context: dates::full(view.today), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (Some(entry), Some(item)) = (&self.entry, self.item(view)) else {
            canvas.text(2, body.y, body.width, "この期限はもうありません。Esc で戻ります", Weight::Plain);
            return None;
        };
        let what = format!("{}  {}", item.task.label(), common::item_whom(view, item));
        let due = format!("期限 {}   {}", dates::full(item.due.safe), item.urgency(view.today));
        let due = if item.is_prompt { item.urgency(view.today) } else { due };
        canvas.text(2, body.y, body.width, what.trim_end(), Weight::Bold);
        canvas.text(2, body.y + 1, body.width, &due, Weight::Plain);
        let below = Rect { y: body.y + ABOVE, height: body.height.saturating_sub(ABOVE), ..body };
        entry.draw(canvas, below)
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        common::entry_offers(self.entry.as_ref().is_some_and(Entry::is_typing))
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            _ => Reply::ignored(),
        }
    }

    typed_into!();

    fn message(&self, _view: &View) -> String {
        match (self.kind, self.entry.as_ref().and_then(Entry::focus)) {
            (Aside::Later, Some("until")) => "この日から、また元の順に出ます。期限は変わりません".to_owned(),
            (Aside::Later, _) => "理由は産業医だけが見ます。F6 で保存の行へ".to_owned(),
            (Aside::Settled, _) => {
                "記録を別に作らないときの済です。理由は産業医だけが見ます。F6 で保存の行へ".to_owned()
            }
        }
    }

    fn settle(&mut self, view: &View) {
        if let (None, Some(site)) = (&self.entry, self.site(view)) {
            let draft = format!("{}/{}", self.word(), self.key);
            self.entry = Some(Entry::new(site, draft, self.form(view.today), "reason"));
        }
        let save = if self.kind == Aside::Later { "後に回す" } else { "済とする" };
        self.entry.iter_mut().for_each(|entry| entry.offer_saving(save));
    }
}

#[cfg(test)]
#[path = "aside_tests.rs"]
mod tests;
