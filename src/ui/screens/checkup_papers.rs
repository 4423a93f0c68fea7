//! 健診の書面: which paper about checkups is wanted, and which fields of the opinion are released for this one list.
//!
//! Knows the forms and whose they are; what they hold is the whitelist's. Nothing leaves from here.

#[cfg(test)]
#[path = "checkup_papers_tests.rs"]
mod tests;

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::checkups::counts;
use crate::app::checkups::tables::{self, Kind};
use crate::app::host::DocumentRequest;
use crate::app::{Effect, View};
use crate::domain::checkup::{FindingFrom, Instructed};
use crate::domain::command::Command;
use crate::domain::opinion::{FormKind, Recipient, Release};
use crate::domain::{EstablishmentId, Id};
use crate::scales::checkup::Table;
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
    Settled(Point),
}

/// What the workplace settles for its checkups (REP-16); the urgent list is off until it is turned on here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    Finding,
    Instructed,
    Urgent,
    /// A table or a list of the workplace's own: pasted here, taken out by a key.
    Kept(Kind),
}

/// The papers with whom they go to, and the fields that may be released, in the order of the screen.
const ROWS: [(Row, &str); 18] = [
    (Row::Paper(FormKind::CheckupOpinions), "事業者へ。区分、措置、期間、見直し"),
    (Row::Released(Release::CheckupCondition), "上の一覧に、受診などの条件を載せる"),
    (Row::Released(Release::CheckupWords), "上の一覧に、意見に添えた文を載せる"),
    (Row::Paper(FormKind::CheckupList), "事業者へ。受診の有無、区分、措置だけ"),
    (Row::Paper(FormKind::CheckupReport), "事業者へ。電子申請へ書き写す数と CSV"),
    (Row::Paper(FormKind::CheckupCommittee), "委員会へ。少ない人数は伏せる"),
    (Row::Paper(FormKind::CheckupCard), "自分だけ。様式第5号の項目すべて"),
    (Row::Paper(FormKind::CheckupReferral), "本人へ。受診していただきたい項目"),
    (Row::Paper(FormKind::RiskLetter), "本人へ。長時間のとき申し出るお願い"),
    (Row::Paper(FormKind::RiskList), "自分だけ。前もって伝える人の名前"),
    (Row::Paper(FormKind::OrganicReport), "事業者へ。有機溶剤の数と CSV"),
    (Row::Paper(FormKind::RadiationReport), "事業者へ。電離放射線の数と CSV"),
    (Row::Paper(FormKind::DentalReport), "事業者へ。歯科の数と CSV"),
    (Row::Settled(Point::Finding), "判定のない値を異常所見とする区分"),
    (Row::Settled(Point::Instructed), "報告の「医師の指示」に数える人"),
    (Row::Settled(Point::Urgent), "緊急の値を、判定の画面で知らせる"),
    (Row::Settled(Point::Kept(Kind::Own)), "TOML の表を貼り付けると入る"),
    (Row::Settled(Point::Kept(Kind::Urgent)), "TOML の一覧を貼り付けると入る"),
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
    /// The papers of this establishment; where a person is on the screen, theirs are chosen first.
    pub fn new(site: EstablishmentId, worker: Option<Id>) -> Self {
        let keys: Vec<Row> = ROWS.iter().map(|(row, _)| *row).collect();
        let mut rows = TableState::default();
        rows.settle(&keys);
        if worker.is_some() {
            rows.select(&Row::Paper(FormKind::CheckupCard), &keys);
        }
        Self { site, worker, released: Vec::new(), rows, keys }
    }

    /// Why the paper of this row is not made.
    fn refusal(&self, view: &View) -> Option<&'static str> {
        let Some(Row::Paper(form)) = self.rows.selected() else {
            return Some("この行は Space で切り替えます");
        };
        let is_of_one = matches!(form, FormKind::CheckupCard | FormKind::CheckupReferral | FormKind::RiskLetter);
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
            FormKind::RiskList => DocumentRequest::own(site, form, None),
            FormKind::CheckupReferral | FormKind::RiskLetter => {
                DocumentRequest::new(site, form, worker, vec![Recipient::Worker])
            }
            _ => DocumentRequest::new(site, form, None, vec![Recipient::Employer]),
        };
        let released = if form == FormKind::CheckupOpinions { self.released.clone() } else { Vec::new() };
        Reply::to(Route::Paper(Box::new(DocumentRequest { released, ..request })))
    }

    /// The next choice of a point, settled today; one key takes it back.
    fn settle_point(&self, view: &View, point: Point) -> Reply {
        let Some(site) = view.caseload.site(&self.site) else { return Reply::ignored() };
        let mut policy = counts::policy(site);
        match point {
            Point::Finding => policy.finding_from = after(FindingFrom::ALL, policy.finding_from),
            Point::Instructed => policy.instructed = after(Instructed::ALL, policy.instructed),
            Point::Urgent => policy.is_urgent_on = !policy.is_urgent_on,
            Point::Kept(kind) => return self.keep(view, kind, ""),
        }
        policy.settled_on = Some(view.today);
        let command = Command::new(crate::domain::command::Act::SettleCheckups, self.site.to_string()).put(policy);
        Reply::ask(Effect::Perform(self.site.clone(), Box::new(command)))
    }

    /// Keeps a table of the workplace's own; an empty text takes it out. Both go back by one key.
    fn keep(&self, view: &View, kind: Kind, text: &str) -> Reply {
        let Some(site) = view.caseload.site(&self.site) else { return Reply::ignored() };
        match tables::settle(site, kind, text, view.today) {
            Ok(command) => Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))),
            Err(fault) => Reply::say(fault.to_string()),
        }
    }

    fn toggle(&mut self, view: &View) -> Reply {
        if let Some(Row::Settled(point)) = self.rows.selected().copied() {
            return self.settle_point(view, point);
        }
        let Some(Row::Released(release)) = self.rows.selected().copied() else { return Reply::ignored() };
        match self.released.iter().position(|known| *known == release) {
            Some(place) => _ = self.released.remove(place),
            None => self.released.push(release),
        }
        Reply::done()
    }

    fn point(&self, view: &View, point: Point) -> String {
        let Some(site) = view.caseload.site(&self.site) else { return String::new() };
        let policy = counts::policy(site);
        match point {
            Point::Finding => format!("所見: {}", policy.finding_from.label()),
            Point::Instructed => format!("指示: {}", policy.instructed.label()),
            Point::Urgent => format!("緊急の値: {}", if policy.is_urgent_on { "知らせる" } else { "知らせない" }),
            Point::Kept(kind) => {
                let text = if kind == Kind::Own { policy.own_table } else { policy.urgent_table };
                let title = Table::parse(&text).map(|table| format!("{} {}", table.title, table.edition));
                format!("{}: {}", kind.label(), title.unwrap_or_else(|_| "なし".to_owned()))
            }
        }
    }

    fn label(&self, view: &View, row: Row) -> String {
        match row {
            Row::Paper(form @ (FormKind::CheckupCard | FormKind::CheckupReferral | FormKind::RiskLetter)) => {
                let worker = self.worker.as_ref().and_then(|worker| common::worker(view, worker));
                worker.map_or_else(|| form.label().to_owned(), |worker| format!("{}  {}", form.label(), worker.name))
            }
            Row::Paper(form) => form.label().to_owned(),
            Row::Settled(point) => self.point(view, point),
            Row::Released(release) => {
                let mark = if self.released.contains(&release) { "[x]" } else { "[ ]" };
                format!("   {mark} {}", release.label())
            }
        }
    }
}

/// The value behind this one, from the front again at the end.
fn after<T: Copy + PartialEq>(all: &[T], current: T) -> T {
    let behind = all.iter().cycle().skip_while(|value| **value != current).nth(1);
    behind.copied().unwrap_or(current)
}

impl Screen for CheckupPapers {
    fn route(&self) -> Route {
        Route::CheckupPapers(self.site.clone(), self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = view.caseload.site(&self.site) else { return Head::default() };
        let path = format!("{} / 健診の書面", site.establishment.name);
        Head { path, ..Head::default() }
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
        let is_choice = matches!(self.rows.selected(), Some(Row::Released(_) | Row::Settled(_)));
        vec![
            action(Act::Open)
                .offer()
                .labelled("書面を見る")
                .doing("書面の中身を示します。ここでは何も出ません。")
                .refused(self.refusal(view)),
            action(Act::Mark)
                .offer()
                .labelled("切り替え")
                .doing("載せる欄はこの一回だけで覚えません。数え方の定めは記録し、u で戻せます。")
                .refused((!is_choice).then_some("[ ] と定めの行で使えます")),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open => self.open(view),
            Act::Mark => self.toggle(view),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.rows.update(&Input::Key(key), &self.keys, ROWS.len()) { Reply::done() } else { Reply::ignored() }
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        match self.rows.selected() {
            Some(Row::Settled(Point::Kept(kind))) => self.keep(view, *kind, text),
            _ => Reply::ignored(),
        }
    }

    fn message(&self, _view: &View) -> String {
        if let Some(Row::Settled(Point::Kept(_))) = self.rows.selected() {
            return "ここに TOML を貼り付けます。Space で外します。どちらも u で戻せます".to_owned();
        }
        "事業者と委員会の書面に、検査の値・所見・診断・自分の文は載りません".to_owned()
    }

    fn settle(&mut self, _view: &View) {
        self.rows.settle(&self.keys);
    }
}
