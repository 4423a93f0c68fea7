//! 履歴: to take back a slip without fear, and to show later who did what.

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::{Effect, View};
use crate::domain::command::Operation;
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::table::{Cell, Column, Marker, Row, Table, TableState};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Rows of the sheet below the list.
const SHEET: u16 = 5;

/// The operations of an establishment.
pub struct History {
    site: EstablishmentId,
    table: TableState<i64>,
    keys: Vec<i64>,
    page: usize,
}

impl History {
    /// The history of `site`.
    pub fn new(site: EstablishmentId) -> Self {
        Self { site, table: TableState::default(), keys: Vec::new(), page: 8 }
    }

    fn current<'view>(&self, view: &'view View) -> Option<&'view Operation> {
        let site = view.caseload.site(&self.site)?;
        site.history.iter().find(|operation| Some(&operation.number) == self.table.selected())
    }
}

impl History {
    /// The batch of the chosen row, where its source file was sealed beside it.
    fn sealed(&self, view: &View) -> Option<Id> {
        let batch = self.current(view)?.batch.as_ref()?;
        let site = view.caseload.site(&self.site)?;
        site.attachments.iter().any(|line| &line.record == batch).then(|| batch.clone())
    }
}

impl Screen for History {
    fn route(&self) -> Route {
        Route::History(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        Head { path: format!("履歴  {name}"), context: crate::ui::dates::full(view.today), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let site = view.caseload.site(&self.site)?;
        if site.history.is_empty() {
            canvas.text(5, body.y, body.width, "まだ変更はありません。Esc で戻ります", Weight::Plain);
            return None;
        }
        let table = Table::new(vec![
            Column::new("時刻", 16),
            Column::new("したこと", 18),
            Column::new("対象", 20).growing(26),
            Column::new("件", 7).number(),
            Column::new("", 4),
        ]);
        let list = Rect { height: body.height.saturating_sub(SHEET + 1), ..body };
        table
            .draw(canvas, list, &self.table, |index| site.history.get(index).map(|o| row(view, o)).unwrap_or_default());
        if let Some(operation) = self.current(view) {
            draw_sheet(view, canvas, Rect { y: body.bottom().saturating_sub(SHEET), height: SHEET, ..body }, operation);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let refusal = self.current(view).map_or(Some("行がありません"), refusal);
        let mut offers =
            vec![action(Act::Undo).offer().labelled("取り消す").refused(refusal), action(Act::Redo).offer()];
        if self.current(view).is_some_and(is_erasable) {
            let effect = "取込の消去の確認を開きます。ここでは何も消えません。";
            offers.push(action(Act::Done).offer().labelled("消去の確認").doing(effect));
        }
        let effect = "取込の質問への答えと、列の対応を見ます。一つずつ忘れられます。";
        offers.push(action(Act::Mapping).offer().labelled("覚えたこと").doing(effect));
        if self.sealed(view).is_some() {
            offers.push(action(Act::Attach).offer().labelled("元のファイル").doing("封入した元のファイルを見ます。"));
        }
        offers
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, self.current(view)) {
            (Act::Undo, Some(operation)) => Reply::ask(Effect::Undo(self.site.clone(), Some(operation.number))),
            (Act::Done, Some(operation)) => Reply::to(Route::Erase(self.site.clone(), operation.number)),
            (Act::Attach, _) => {
                self.sealed(view).map_or_else(Reply::ignored, |batch| Reply::to(Route::Attachments(batch)))
            }
            (Act::Mapping, _) => Reply::to(Route::Kept(self.site.clone())),
            (Act::Redo, _) => Reply::ask(Effect::Redo(self.site.clone())),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, _view: &View) -> String {
        if self.keys.is_empty() {
            return String::new();
        }
        "確定した文書は取り消せません。直すときは新しい版を作ります".to_owned()
    }

    fn settle(&mut self, view: &View) {
        let site = view.caseload.site(&self.site);
        self.keys = site.map(|site| site.history.iter().map(|o| o.number).collect()).unwrap_or_default();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(usize::from(SHEET) + 1);
    }
}

/// Whether it brought a batch in that is not erased yet; one that was taken back still stands in the journal.
fn is_erasable(operation: &Operation) -> bool {
    operation.batch.is_some() && operation.undoes.is_none()
}

/// Why an operation cannot be taken back.
fn refusal(operation: &Operation) -> Option<&'static str> {
    match operation {
        o if o.undone_by.is_some() => Some("すでに取り消してあります"),
        o if o.undoes.is_some() => Some("取消とやり直しの行です。もとの行を選んでください"),
        o if o.is_barrier => Some("文書を発行したので確定しています。直すときは新しい版を作ります"),
        _ => None,
    }
}

fn row(view: &View, operation: &Operation) -> Row {
    let marker = match operation {
        o if o.is_barrier => Marker::Settled,
        o if o.undone_by.is_some() => Marker::Withdrawn,
        _ => Marker::None,
    };
    let state = match operation {
        o if o.is_barrier => "確定",
        o if o.undone_by.is_some() => "取消",
        o if o.batch.is_some() => "一束",
        _ => "",
    };
    let cells = vec![
        Cell::from(operation.at.chars().take(16).collect::<String>()),
        Cell::from(operation.act.label()),
        Cell::from(subject(view, operation)),
        Cell::from(operation.rows.to_string()),
        Cell::from(state),
    ];
    Row { marker, is_dim: operation.undone_by.is_some(), ..Row::new(cells) }
}

/// The name of whom it is about, or the id of what.
fn subject(view: &View, operation: &Operation) -> String {
    let named = operation.subject_id().and_then(|id| common::worker(view, &id).map(|worker| worker.name.clone()));
    named.or_else(|| operation.subject.clone()).unwrap_or_default()
}

fn draw_sheet(view: &View, canvas: &mut Canvas<'_>, area: Rect, operation: &Operation) {
    let title = format!("{}  {} {}", operation.at, operation.act.label(), subject(view, operation));
    sheet::rule(canvas, 0, area.y, area.width, &title);
    let effect = match refusal(operation) {
        Some(reason) => reason.to_owned(),
        None if operation.batch.is_some() => {
            format!(
                "{}件をまとめて取り込む前に戻します。あとから直したもの、文書が基づくものは残し、件数をお知らせします",
                operation.rows
            )
        }
        None => {
            format!("{}件を前の値に戻します。あとから変わった記録があるときは、止めてお知らせします", operation.rows)
        }
    };
    canvas.text(2, area.y + 1, 12, "取り消すと", Weight::Dim);
    let room = usize::from(area.width.saturating_sub(16));
    for (y, row) in (area.y + 1..area.bottom()).zip(wrap(&effect, room)) {
        canvas.text(14, y, area.width, &row, Weight::Plain);
    }
}
