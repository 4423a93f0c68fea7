//! 覚えたこと: what earlier files taught, one row each, and a key that forgets it.

use ratatui::layout::{Position, Rect};

use crate::app::kept::{self, Kept};
use crate::app::{Effect, Site, View};
use crate::domain::intake::PersonAnswer;
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply, Screen};
use crate::ui::table::{Cell, Column, Row, Table, TableState};
use crate::ui::theme::Weight;

/// The answers and mappings of an establishment.
pub struct KeptScreen {
    site: EstablishmentId,
    table: TableState<Id>,
    keys: Vec<Id>,
    page: usize,
}

impl KeptScreen {
    /// What is kept for `site`.
    pub fn new(site: EstablishmentId) -> Self {
        Self { site, table: TableState::default(), keys: Vec::new(), page: 8 }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(&self.site).map(|site| &**site)
    }

    fn forget(&self, view: &View) -> Reply {
        let command = self.site(view).zip(self.table.selected()).and_then(|(site, id)| kept::forget(site, id));
        let Some(command) = command else { return Reply::ignored() };
        let says = "忘れました。次のファイルで、もう一度お尋ねします。u で取り消せます".to_owned();
        Reply { says: Some(says), ..Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))) }
    }
}

impl Screen for KeptScreen {
    fn route(&self) -> Route {
        Route::Kept(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let name = self.site(view).map(|site| site.establishment.name.clone()).unwrap_or_default();
        Head { path: format!("{name} / 取込 / 覚えたこと"), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let site = self.site(view)?;
        if self.keys.is_empty() {
            canvas.text(2, body.y, body.width, "覚えたものはまだありません。Esc で戻ります", Weight::Plain);
            return None;
        }
        let table = Table::new(vec![
            Column::new("種類", 8),
            Column::new("ファイルの言葉", 22).growing(30),
            Column::new("覚えたこと", 26).growing(34),
            Column::new("いつ", 10),
        ]);
        let rows = kept::of(site);
        table.draw(canvas, body, &self.table, |index| rows.get(index).map(|kept| row(site, kept)).unwrap_or_default());
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let none = self.keys.is_empty().then_some("覚えたものがありません");
        let effect = "選んだ一つを忘れます。取込で入った記録は変わりません。取り消せます。";
        vec![action(Act::Done).offer().labelled("忘れる").doing(effect).refused(none)]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Done => self.forget(view),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, view: &View) -> String {
        if self.keys.is_empty() {
            return String::new();
        }
        let profiles = self.site(view).map(|site| &site.profiles);
        if profiles.is_some_and(|kept| kept.iter().any(|profile| Some(&profile.id) == self.table.selected())) {
            return "junkai import --show-mapping で TOML に写し、--mapping で読み込めます".to_owned();
        }
        "忘れても、取込で入った記録はそのままです。次のファイルで、もう一度お尋ねします".to_owned()
    }

    fn settle(&mut self, view: &View) {
        let kept = self.site(view).map(kept::of).unwrap_or_default();
        self.keys = kept.iter().map(|kept| kept.id().clone()).collect();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body);
    }
}

fn row(site: &Site, kept: &Kept<'_>) -> Row {
    let cells = match kept {
        Kept::Answer(answer) => {
            let file = format!("{} {}", answer.name, answer.number);
            ["人".to_owned(), file.trim().to_owned(), said(site, answer), dates::short(answer.day, answer.day)]
        }
        Kept::Profile(profile) => {
            ["列の対応".to_owned(), profile.name.clone(), format!("{}の列", profile.kind.label()), String::new()]
        }
    };
    Row::new(cells.into_iter().map(Cell::from).collect())
}

/// Who it is, as the roster says it today.
fn said(site: &Site, answer: &PersonAnswer) -> String {
    let worker = answer.person.as_ref().and_then(|id| site.worker(id));
    match worker {
        Some(worker) => format!("{} {}", worker.name, worker.number).trim().to_owned(),
        None => answer.answer.label().to_owned(),
    }
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;
