//! 健診の書面: which paper about checkups is wanted, and which fields of the opinion are released for this one list.
//!
//! Knows the forms and whose they are; what they hold is the whitelist's. Nothing leaves from here.

#[cfg(test)]
#[path = "checkup_papers_tests.rs"]
mod tests;

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::View;
use crate::app::host::DocumentRequest;
use crate::domain::opinion::{FormKind, Recipient, Release};
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Paper(FormKind),
    Released(Release),
}

/// The papers with whom they go to, and the fields that may be released, in the order of the screen.
const ROWS: [(Row, &str); 8] = [
    (Row::Paper(FormKind::CheckupOpinions), "事業者へ。区分、措置、期間、見直し"),
    (Row::Released(Release::CheckupCondition), "上の一覧に、受診などの条件を載せる"),
    (Row::Released(Release::CheckupWords), "上の一覧に、意見に添えた文を載せる"),
    (Row::Paper(FormKind::CheckupList), "事業者へ。受診の有無、区分、措置だけ"),
    (Row::Paper(FormKind::CheckupReport), "事業者へ。電子申請へ書き写す数と CSV"),
    (Row::Paper(FormKind::CheckupCommittee), "委員会へ。少ない人数は伏せる"),
    (Row::Paper(FormKind::CheckupCard), "自分だけ。様式第5号の項目すべて"),
    (Row::Paper(FormKind::CheckupReferral), "本人へ。受診していただきたい項目"),
];

/// The list of papers.
pub struct CheckupPapers {
    site: EstablishmentId,
    worker: Option<Id>,
    released: Vec<Release>,
    rows: TableState<Row>,
    keys: Vec<Row>,
}

impl CheckupPapers {
    /// The papers of this establishment, and of the person that is on the screen.
    pub fn new(site: EstablishmentId, worker: Option<Id>) -> Self {
        Self { site, worker, released: Vec::new(), rows: TableState::default(), keys: Vec::new() }
    }

    /// Why the paper of this row is not made.
    fn refusal(&self, view: &View) -> Option<&'static str> {
        let Some(Row::Paper(form)) = self.rows.selected() else {
            return Some("この行は Space で切り替えます");
        };
        let is_of_one = matches!(form, FormKind::CheckupCard | FormKind::CheckupReferral);
        let seen = self.worker.as_ref().and_then(|worker| common::worker(view, worker));
        (is_of_one && seen.is_none()).then_some("健診の判定で人を選んでから開きます")
    }

    fn open(&self, view: &View) -> Reply {
        if let Some(why) = self.refusal(view) {
            return Reply::say(why);
        }
        let Some(Row::Paper(form)) = self.rows.selected().copied() else { return Reply::ignored() };
        let (site, worker) = (self.site.clone(), self.worker.clone());
        let request = match form {
            FormKind::CheckupCard => DocumentRequest::own(site, form, worker),
            FormKind::CheckupReferral => DocumentRequest::new(site, form, worker, vec![Recipient::Worker]),
            _ => DocumentRequest::new(site, form, None, vec![Recipient::Employer]),
        };
        let released = if form == FormKind::CheckupOpinions { self.released.clone() } else { Vec::new() };
        Reply::to(Route::Paper(Box::new(DocumentRequest { released, ..request })))
    }

    fn toggle(&mut self) -> Reply {
        let Some(Row::Released(release)) = self.rows.selected().copied() else { return Reply::ignored() };
        match self.released.iter().position(|known| *known == release) {
            Some(place) => _ = self.released.remove(place),
            None => self.released.push(release),
        }
        Reply::done()
    }

    fn label(&self, view: &View, row: Row) -> String {
        match row {
            Row::Paper(form @ (FormKind::CheckupCard | FormKind::CheckupReferral)) => {
                let worker = self.worker.as_ref().and_then(|worker| common::worker(view, worker));
                worker.map_or_else(|| form.label().to_owned(), |worker| format!("{}  {}", form.label(), worker.name))
            }
            Row::Paper(form) => form.label().to_owned(),
            Row::Released(release) => {
                let mark = if self.released.contains(&release) { "[x]" } else { "[ ]" };
                format!("   {mark} {}", release.label())
            }
        }
    }
}

impl Screen for CheckupPapers {
    fn route(&self) -> Route {
        Route::CheckupPapers(self.site.clone(), self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = view.caseload.site(&self.site) else { return Head::default() };
        let path = format!("{} / 健診の書面", site.establishment.name);
        Head { path, context: "まだ何も出ていません".to_owned(), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        for (place, (row, what)) in ROWS.iter().enumerate() {
            let y = body.y + 1 + columns(place);
            let has_cursor = self.rows.selected() == Some(row);
            let weight = if has_cursor { Weight::Bold } else { Weight::Plain };
            canvas.text(1, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
            canvas.text(3, y, 41, &self.label(view, *row), weight);
            canvas.text(45, y, body.width.saturating_sub(46), what, Weight::Dim);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let is_release = matches!(self.rows.selected(), Some(Row::Released(_)));
        vec![
            action(Act::Open)
                .offer()
                .labelled("書面を見る")
                .doing("書面の中身を示します。ここでは何も出ません。")
                .refused(self.refusal(view)),
            action(Act::Mark)
                .offer()
                .labelled("載せる・載せない")
                .doing("ふだん載せない欄を、この一回だけ載せます。覚えません。")
                .refused((!is_release).then_some("[ ] の行で使えます")),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open => self.open(view),
            Act::Mark => self.toggle(),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.rows.update(&Input::Key(key), &self.keys, ROWS.len()) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, _view: &View) -> String {
        "事業者と委員会の書面に、検査の値・所見・診断・自分の文は載りません".to_owned()
    }

    fn settle(&mut self, _view: &View) {
        self.keys = ROWS.iter().map(|(row, _)| *row).collect();
        self.rows.settle(&self.keys);
    }
}
