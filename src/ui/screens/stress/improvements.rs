//! What was done with the groups of a round: advice, hearings, actions, newest first.
//!
//! Shows records about workplaces. No row is about a person, and a small group has no name here.

use ratatui::layout::{Position, Rect};

use super::{NO_ROUND, path, perform, round_of};
use crate::app::View;
use crate::app::host::DocumentRequest;
use crate::app::stress::improvement::{done, find, of_round};
use crate::domain::Id;
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::stress::{Improvement, StressImprovement};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::table::{Cell, Column, Marker, Row, Table, TableState};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Rows below the list: the words of the chosen one, and its finding.
const BELOW: u16 = 5;
/// Rows that the words take at most.
const WORDS: u16 = 3;
/// The word for the establishment as a whole.
pub(super) const WHOLE: &str = "事業場全体";

/// The records of one round.
pub struct Improvements {
    round: Id,
    keys: Vec<Id>,
    table: TableState<Id>,
    page: usize,
}

impl Improvements {
    /// The records of this round.
    pub fn new(round: Id) -> Self {
        Self { round, keys: Vec::new(), table: TableState::default(), page: 10 }
    }

    fn chosen<'view>(&self, view: &'view View) -> Option<&'view StressImprovement> {
        let (site, _) = round_of(view, &self.round)?;
        find(site, self.table.selected()?).ok()
    }

    fn row(&self, view: &View, index: usize) -> Row {
        let found = round_of(view, &self.round).zip(self.keys.get(index));
        let Some(row) = found.and_then(|((site, _), id)| find(site, id).ok()) else { return Row::default() };
        let is_late = row.done_on.is_none() && row.due.is_some_and(|due| due < view.today);
        let cells = vec![
            Cell::from(row.kind.label()),
            Cell::from(dates::short(row.day, view.today)),
            Cell::from(group(row).to_owned()),
            Cell::from(row.content.lines().next().unwrap_or_default().to_owned()),
            Cell::from(who(row).to_owned()),
            Cell::from(standing(row, view)),
        ];
        let marker = if is_late { Marker::Overdue } else { Marker::None };
        Row { marker, is_dim: row.done_on.is_some(), ..Row::new(cells) }
    }

    fn write(&self, kind: Improvement) -> Reply {
        Reply::to(Route::StressImprovement(self.round.clone(), kind, None))
    }

    fn settle_action(&self, view: &View) -> Reply {
        let found = round_of(view, &self.round).zip(self.table.selected());
        let Some(((site, _), id)) = found else { return Reply::ignored() };
        perform(site, done(site, id, view.today), "済んだ日を今日で記録しました。u で取り消せます")
    }

    fn paper(&self, view: &View) -> Reply {
        let Some((site, _)) = round_of(view, &self.round) else { return Reply::ignored() };
        let (form, to) = (FormKind::StressCommittee, vec![Recipient::Employer]);
        Reply::to(Route::Paper(Box::new(DocumentRequest::new(site.id().clone(), form, Some(self.round.clone()), to))))
    }

    fn draw_words(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) {
        let Some(row) = self.chosen(view) else { return };
        let room = body.width.saturating_sub(4);
        let y = body.bottom().saturating_sub(BELOW - 1);
        for (y, line) in (y..y + WORDS).zip(wrap(&row.content, usize::from(room))) {
            canvas.text(2, y, room, &line, Weight::Plain);
        }
        let found = round_of(view, &self.round).zip(row.finding.as_ref());
        if let Some(words) = found.and_then(|((site, _), id)| super::improvement_form::finding_words(site, id)) {
            canvas.text(2, y + WORDS, room, &format!("巡視の指摘  {words}"), Weight::Dim);
        }
    }
}

fn group(row: &StressImprovement) -> &str {
    if row.group_name.is_empty() { WHOLE } else { &row.group_name }
}

/// Who was heard, or whose action it is; advice is the implementer's.
fn who(row: &StressImprovement) -> &str {
    match (row.kind, row.heard) {
        (Improvement::Advice, _) => "実施者",
        (Improvement::Hearing, heard) => heard.map_or("", |heard| heard.label()),
        (Improvement::Action, _) => &row.who,
    }
}

/// `済`, `12-20`
fn standing(row: &StressImprovement, view: &View) -> String {
    match (row.done_on, row.due) {
        (Some(_), _) => "済".to_owned(),
        (None, Some(due)) => dates::short(due, view.today),
        (None, None) => "-".to_owned(),
    }
}

impl Screen for Improvements {
    fn route(&self) -> Route {
        Route::StressImprovements(self.round.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some((site, round)) = round_of(view, &self.round) else { return Head::default() };
        Head { path: format!("{} / 改善", path(site, round)), context: "努力義務".to_owned(), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        if round_of(view, &self.round).is_none() {
            canvas.text(2, body.y, body.width, NO_ROUND, Weight::Plain);
            return None;
        }
        if self.keys.is_empty() {
            let words = "まだありません。集団分析のあとの助言、聴いたこと、取組をここに残します";
            canvas.text(2, body.y + 1, body.width.saturating_sub(3), words, Weight::Plain);
            return None;
        }
        let list = Rect { height: body.height.saturating_sub(BELOW), ..body };
        columns().draw(canvas, list, &self.table, |index| self.row(view, index));
        self.draw_words(view, canvas, body);
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let chosen = self.chosen(view);
        let none = chosen.is_none().then_some("まだ何もありません。");
        let is_open = chosen.is_some_and(|row| row.kind == Improvement::Action && row.done_on.is_none());
        vec![
            action(Act::Open).offer().refused(none),
            action(Act::New).offer().labelled("取組"),
            action(Act::Done)
                .offer()
                .labelled("済んだ")
                .refused((!is_open).then_some("まだ済んでいない取組を選びます。")),
            action(Act::Output).offer().labelled("委員会へ"),
            action(Act::Back).offer(),
            action(Act::Why).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open => self.chosen(view).map_or_else(Reply::ignored, |row| {
                Reply::to(Route::StressImprovement(self.round.clone(), row.kind, Some(row.id.clone())))
            }),
            Act::New => self.write(Improvement::Action),
            Act::Done => self.settle_action(view),
            Act::Output => self.paper(view),
            Act::Why => Reply::to(Route::Law(Some("SC9-24".to_owned()))),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        let place = match key.code {
            Code::Char(digit) if !key.ctrl => digit.to_digit(10).and_then(|n| usize::try_from(n).ok()?.checked_sub(1)),
            _ => None,
        };
        match place.and_then(|place| Improvement::ALL.get(place)) {
            Some(kind) => self.write(*kind),
            None if self.table.update(&Input::Key(key), &self.keys, self.page) => Reply::done(),
            None => Reply::ignored(),
        }
    }

    fn message(&self, _view: &View) -> String {
        "1 助言   2 聴取   3 取組 を書きます。人の名前と、その人の結果は書きません".to_owned()
    }

    fn settle(&mut self, view: &View) {
        let found = round_of(view, &self.round).map(|(site, round)| of_round(site, &round.id)).unwrap_or_default();
        self.keys = found.into_iter().map(|row| row.id.clone()).collect();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(usize::from(BELOW));
    }
}

fn columns() -> Table {
    Table::new(vec![
        Column::new("種類", 4),
        Column::new("日", 10),
        Column::new("対象", 10).growing(24),
        Column::new("内容", 24).growing(44),
        Column::new("相手・担当", 12).growing(24),
        Column::new("期限", 10),
    ])
    .spaced(1)
}
