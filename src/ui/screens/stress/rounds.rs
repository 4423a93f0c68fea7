//! The rounds of an establishment, newest first: what is fixed, what is open, how far each has come.

use ratatui::layout::{Position, Rect};

use super::perform;
use crate::app::host::DocumentRequest;
use crate::app::stress::{judging, rounds};
use crate::app::{Site, View};
use crate::domain::hours::BatchKind;
use crate::domain::opinion::FormKind;
use crate::domain::stress::StressRound;
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::table::{Cell, Column, Row, Table, TableState};
use crate::ui::theme::Weight;

/// Rows below the list: what is still to be fixed.
const BELOW: u16 = 3;

/// The rounds.
pub struct Rounds {
    site: EstablishmentId,
    keys: Vec<Id>,
    table: TableState<Id>,
    page: usize,
}

impl Rounds {
    /// The rounds of this establishment.
    pub fn new(site: EstablishmentId) -> Self {
        Self { site, keys: Vec::new(), table: TableState::default(), page: 10 }
    }

    fn selected<'view>(&self, view: &'view View) -> Option<(&'view Site, &'view StressRound)> {
        let site = view.caseload.site(&self.site)?;
        let id = self.table.selected()?;
        site.stress_rounds.iter().find(|round| &round.id == id).map(|round| (&**site, round))
    }

    /// Why this round is not opened now.
    fn obstacle(&self, view: &View) -> Option<String> {
        let Some((site, round)) = self.selected(view) else { return Some("回がまだありません。".to_owned()) };
        if round.opened_on.is_some() {
            return Some("もう開いています。".to_owned());
        }
        let open = rounds::open_points(&view.law, site, round, view.today);
        (!open.is_empty()).then(|| format!("決めることが残っています（{}）。", open.join("、")))
    }

    /// Why no answers are taken in now.
    fn no_import(&self, view: &View) -> Option<&'static str> {
        let is_open = self.selected(view).is_some_and(|(_, round)| round.opened_on.is_some());
        (!is_open).then_some("回を開くと、回答を取り込めます。")
    }

    fn row(&self, view: &View, index: usize) -> Row {
        let site = view.caseload.site(&self.site);
        let round = site.and_then(|site| Some((site, self.keys.get(index)?)));
        let found = round.and_then(|(site, id)| Some((site, site.stress_rounds.iter().find(|r| &r.id == id)?)));
        let Some((site, round)) = found else { return Row::default() };
        let standing = judging::standing(site, &round.id);
        let word = match (round.opened_on, round.judged_on) {
            (None, _) => "準備中",
            (Some(_), None) => "回答",
            (Some(_), Some(_)) if standing.decided < standing.high => "確認",
            _ => "通知・申出",
        };
        Row::new(vec![
            Cell::from(round.name.clone()),
            Cell::from(word),
            Cell::from(round.role.label()),
            Cell::from(round.opened_on.map_or_else(|| "-".to_owned(), |day| day.to_string())),
            Cell::from(standing.sheets.to_string()),
            Cell::from(format!("{} / {}", standing.decided, standing.high)),
        ])
    }
}

impl Screen for Rounds {
    fn route(&self) -> Route {
        Route::StressRounds(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = view.caseload.site(&self.site) else { return Head::default() };
        Head { path: format!("{} / SC", site.establishment.name), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        if self.keys.is_empty() {
            canvas.text(2, body.y + 1, body.width, "回がまだありません。n で作ります", Weight::Plain);
            return None;
        }
        let list = Rect { height: body.height.saturating_sub(BELOW), ..body };
        columns().draw(canvas, list, &self.table, |index| self.row(view, index));
        let y = body.bottom().saturating_sub(BELOW - 1);
        if let Some((_, round)) = self.selected(view) {
            canvas.text(2, y, body.width, &super::criteria_line(&round.criteria_json), Weight::Dim);
            let open = if round.opened_on.is_none() { self.obstacle(view) } else { None };
            canvas.text(2, y + 1, body.width, &open.unwrap_or_default(), Weight::Plain);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let none = self.keys.is_empty().then_some("回がまだありません。");
        vec![
            action(Act::Open).offer().refused(none),
            action(Act::New).offer().doing("新しい回を作ります。"),
            action(Act::Edit).offer().refused(none),
            action(Act::Import)
                .offer()
                .doing("回答のファイルを読んで確かめます。まだ何も書きません。")
                .refused(self.no_import(view)),
            action(Act::Done)
                .offer()
                .labelled("回を開く")
                .doing("回答を受け取り始めます。基準・方法・様式は、ここから変わりません。")
                .refused(self.obstacle(view)),
            action(Act::Back).offer(),
            action(Act::Output).offer().labelled("報告の転記").refused(none),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        let selected = self.table.selected().cloned();
        match (act, selected) {
            (Act::New, _) => Reply::to(Route::StressForm(self.site.clone(), None)),
            (Act::Edit, Some(id)) => Reply::to(Route::StressForm(self.site.clone(), Some(id))),
            (Act::Open, Some(id)) => Reply::to(Route::Stress(id)),
            (Act::Import, Some(_)) => Reply::to(Route::ImportOf(self.site.clone(), BatchKind::Stress)),
            (Act::Done, Some(id)) => {
                let Some(site) = view.caseload.site(&self.site) else { return Reply::ignored() };
                let made = rounds::open(&view.law, site, &id, view.today, view.today);
                perform(site, made, "回を開きました。回答を取り込めます。u で取り消せます")
            }
            (Act::Output, Some(id)) => {
                let request = DocumentRequest::own(self.site.clone(), FormKind::StressReport, Some(id));
                Reply::to(Route::Paper(Box::new(request)))
            }
            (Act::Back, _) => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, view: &View) -> String {
        match self.no_import(view) {
            Some(_) => "委員会の調査審議、規程、基準、実施者がそろうと、回を開けます".to_owned(),
            None => "i で回答を取り込み、Enter で判定と確認へ進みます".to_owned(),
        }
    }

    fn settle(&mut self, view: &View) {
        let site = view.caseload.site(&self.site);
        let mut rounds: Vec<&StressRound> = site.iter().flat_map(|site| site.stress_rounds.iter()).collect();
        rounds.sort_by(|a, b| b.id.cmp(&a.id));
        self.keys = rounds.into_iter().map(|round| round.id.clone()).collect();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(usize::from(BELOW));
    }
}

fn columns() -> Table {
    Table::new(vec![
        Column::new("回", 16).growing(24),
        Column::new("段", 10),
        Column::new("この回での立場", 14),
        Column::new("開いた日", 10),
        Column::new("回答", 6).number(),
        Column::new("確認", 9).number(),
    ])
    .spaced(1)
}
