//! 値の元: which row of which file brought what is kept of a person, with the cells as they stood.
//!
//! Knows what the host read. Nothing is changed here.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::origins::Origin;
use crate::app::{Effect, Event, View};
use crate::domain::Id;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// Where the parts of a line begin.
const KIND: u16 = 14;
const PLACE: u16 = 38;
const BROUGHT: u16 = 46;
/// Rows for the chosen line, its rule included.
const CHOSEN: u16 = 8;
/// Characters of a file's SHA-256 that are shown.
const HASH: usize = 16;

/// The page.
pub struct OriginScreen {
    worker: Id,
    origins: Option<Arc<Vec<Origin>>>,
    keys: Vec<usize>,
    rows: TableState<usize>,
    page: usize,
}

impl OriginScreen {
    /// The page of this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, origins: None, keys: Vec::new(), rows: TableState::default(), page: 8 }
    }

    fn origins(&self) -> &[Origin] {
        self.origins.as_ref().map(|origins| origins.as_slice()).unwrap_or_default()
    }

    fn chosen(&self) -> Option<&Origin> {
        self.origins().get(self.rows.index()?)
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, area: Rect, index: usize, origin: &Origin) {
        let has_cursor = self.rows.index() == Some(index);
        let weight = if origin.is_replaced { Weight::Dim } else { Weight::Plain };
        let rest = area.width.saturating_sub(BROUGHT + 1);
        canvas.text(0, area.y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
        canvas.text(2, area.y, KIND - 3, &origin.day.to_string(), weight);
        canvas.text(KIND, area.y, PLACE - KIND - 1, origin.kind.label(), weight);
        canvas.text(PLACE, area.y, BROUGHT - PLACE - 1, &origin.place(), weight);
        canvas.text(BROUGHT, area.y, rest, &origin.brought.join("、"), weight);
    }

    /// The cells as they stood, and the file they stood in.
    fn draw_chosen(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(origin) = self.chosen() else { return };
        sheet::rule(canvas, 0, area.y, area.width, "元の文字");
        let width = area.width.saturating_sub(3);
        let room = usize::from(area.height.saturating_sub(2));
        let lines = canvas.ruler().wrap(&origin.text, width.into());
        for (row, line) in lines.iter().take(room).enumerate() {
            canvas.text(2, area.y + 1 + columns(row), width, line, Weight::Plain);
        }
        let hash: String = origin.sha256.chars().take(HASH).collect();
        let file = if hash.is_empty() { String::new() } else { format!("ファイルの SHA-256 {hash}..  ") };
        let replaced = if origin.is_replaced { "  あとの取込で置き換えました" } else { "" };
        let told = format!("{file}{}{replaced}", origin.reading);
        canvas.text(2, area.bottom().saturating_sub(1), width, &told, Weight::Dim);
    }
}

impl Screen for OriginScreen {
    fn route(&self) -> Route {
        Route::Origins(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "値の元")
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        if self.origins().is_empty() {
            let told = match self.origins {
                None => "取り込んだ行を読んでいます。",
                Some(_) => "取り込んだ値はありません。",
            };
            canvas.text(2, body.y, body.width.saturating_sub(3), told, Weight::Plain);
            return None;
        }
        let names = [(2, "取込日"), (KIND, "種類"), (PLACE, "行"), (BROUGHT, "入れたもの")];
        for (x, name) in names {
            canvas.text(x, body.y, 12, name, Weight::Dim);
        }
        let top = self.rows.index().map_or(0, |index| (index + 1).saturating_sub(self.page));
        for (row, (index, origin)) in self.origins().iter().enumerate().skip(top).take(self.page).enumerate() {
            self.draw_row(canvas, Rect { y: body.y + 1 + columns(row), ..body }, index, origin);
        }
        let height = CHOSEN.min(body.height);
        self.draw_chosen(canvas, Rect { y: body.bottom() - height, height, ..body });
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        vec![action(Act::Back).offer()]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        if act == Act::Back { Reply::go(Go::Back) } else { Reply::ignored() }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.rows.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, _view: &View) -> String {
        "取り込んだときの文字のままです。値は、元の画面で直します".to_owned()
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::OriginsRead(worker, origins) if *worker == self.worker => {
                self.keys = (0..origins.len()).collect();
                self.rows.settle(&self.keys);
                self.origins = Some(Arc::clone(origins));
                Reply::done()
            }
            Event::Done(_) | Event::Unlocked => Reply::ask(Effect::ReadOrigins(self.worker.clone())),
            _ => Reply::ignored(),
        }
    }

    fn opened(&mut self, _view: &View) -> Reply {
        let viewed = self.worker.establishment().map(|site| Effect::Viewed(site, self.worker.to_string()));
        let read = Effect::ReadOrigins(self.worker.clone());
        Reply { effects: std::iter::once(read).chain(viewed).collect(), ..Reply::done() }
    }

    fn resized(&mut self, body: Rect) {
        self.page = usize::from(body.height.saturating_sub(CHOSEN + 2)).max(3);
    }
}

#[cfg(test)]
#[path = "origins_tests.rs"]
mod tests;
