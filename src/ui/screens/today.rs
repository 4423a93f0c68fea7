//! 今日: what must I do, where, and what can wait. The worklist over all establishments.

use ratatui::layout::{Position, Rect};

use super::common::{self, item_target, item_whom};
use crate::app::worklist::{self, Item, State, Task, Turn};
use crate::app::{Effect, View, plans};
use crate::domain::establishment::Plan;
use crate::domain::{Day, EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Input, Key};
use crate::ui::route::{Aside, Route, Why};
use crate::ui::screen::{Head, Reply, Screen, Second};
use crate::ui::sheet;
use crate::ui::table::{Cell, Column, Marker, Row, Table, TableState};
use crate::ui::theme::Weight;

/// The name of a row: a visit of today, or an item.
type RowKey = (u8, String);

/// The worklist.
pub struct Today {
    table: TableState<RowKey>,
    rows: Vec<Line>,
    keys: Vec<RowKey>,
    page: usize,
    filter: Filter,
}

/// Which rows are shown; one key goes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Mine,
    Done,
}

impl Filter {
    const fn next(self) -> Self {
        match self {
            Self::All => Self::Mine,
            Self::Mine => Self::Done,
            Self::Done => Self::All,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::All => "すべての番",
            Self::Mine => "自分の番だけ",
            Self::Done => "済としたもの",
        }
    }
}

/// A row of the screen.
#[derive(Debug, Clone)]
enum Line {
    /// An establishment that is visited today, with its number of items.
    Visit(EstablishmentId, String),
    /// Something due.
    Item(Box<Item>),
    /// Something that was said to be done.
    Done(EstablishmentId, Box<Plan>),
}

impl Today {
    /// The screen, before it has seen a view.
    pub fn new() -> Self {
        Self { table: TableState::default(), rows: Vec::new(), keys: Vec::new(), page: 10, filter: Filter::All }
    }

    fn current(&self) -> Option<&Line> {
        self.table.index().and_then(|index| self.rows.get(index))
    }
}

impl Today {
    fn item(&self) -> Option<&Item> {
        match self.current() {
            Some(Line::Item(item)) => Some(item),
            _ => None,
        }
    }

    /// The worker of the row, where the row is about an interview that could be left out.
    fn interviewee(&self) -> Option<Id> {
        match self.current() {
            Some(Line::Item(item)) if matches!(item.task, Task::Interview | Task::Request) => item.worker.clone(),
            _ => None,
        }
    }
}

impl Screen for Today {
    fn route(&self) -> Route {
        Route::Today
    }

    fn head(&self, view: &View) -> Head {
        let items = || view.assessments.iter().flat_map(|a| &a.items);
        let turn = |turn| items().filter(|item| item.turn == turn).count();
        let state = |state| items().filter(|item| item.state == state).count();
        let asleep = items().filter(|item| item.snoozed_until.is_some_and(|until| until > view.today)).count();
        let totals = format!(
            "自分 {}   会社 {}   本人 {}       超過 {}   7日以内 {}   後で {asleep}",
            turn(Turn::Mine),
            turn(Turn::Employer),
            turn(Turn::Worker),
            state(State::Overdue),
            state(State::DueSoon)
        );
        Head { path: "今日".to_owned(), context: dates::full(view.today), second: Second::Totals(totals) }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (left, right) = sheet::panes(body);
        if self.rows.is_empty() {
            canvas.text(5, left.y, left.width, &self.nothing(view), Weight::Plain);
            return None;
        }
        let table = Table::new(vec![
            Column::new("期限", 9),
            Column::new("事業場", 12).growing(14),
            Column::new("すること", 16).growing(18),
            Column::new("対象", 22).growing(26),
            Column::new("番", 4),
        ]);
        table.draw(canvas, left, &self.table, |index| self.row(view, index));
        if let (Some(pane), Some(Line::Item(item))) = (right, self.current()) {
            super::why::draw_reasons(view, canvas, pane, item);
        }
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let none = self.rows.is_empty().then_some("行がありません");
        let no_item = (!matches!(self.current(), Some(Line::Item(_)))).then_some("期限の行で使えます");
        let filter = self.filter.next().label();
        if let Some(Line::Done(..)) = self.current() {
            let back =
                action(Act::Done).offer().labelled("済を戻す").doing("済としたのを取り消し、期限の一覧へ戻します。");
            return vec![back, action(Act::Filter).offer().labelled(filter)];
        }
        vec![
            action(Act::Open).offer().refused(none),
            action(Act::Why).offer().refused(no_item),
            common::plan_offer(self.item()).refused(no_item),
            action(Act::Later).offer().refused(no_item),
            common::settle_offer(self.item()).refused(no_item),
            action(Act::Filter).offer().labelled(filter),
            action(Act::Exclude).offer().refused(self.interviewee().is_none().then_some("面接か申出の行で使えます")),
            action(Act::New).offer().labelled("事業場を作る").doing("事業場を登録します。"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, self.current()) {
            (Act::Open, Some(Line::Visit(site, _))) => Reply::to(Route::Site(site.clone())),
            (Act::Open, Some(Line::Item(item))) => Reply::to(item_target(item)),
            (Act::Why, Some(Line::Item(item))) => {
                Reply::to(Route::Why(Box::new(Why::Item(item.site.clone(), item.key.clone()))))
            }
            (Act::Later, Some(Line::Item(item))) => Reply::to(common::aside(item, Aside::Later)),
            (Act::Plan, Some(Line::Item(item))) => common::schedule(view, item),
            (Act::Done, Some(Line::Item(item))) => common::settle(view, item),
            (Act::Exclude, _) => self.interviewee().map_or_else(Reply::ignored, |id| Reply::to(Route::Exclusion(id))),
            (Act::New, _) => Reply::to(Route::SiteForm(None)),
            (Act::Done, Some(Line::Done(site, plan))) => reopen(view, site, plan),
            (Act::Filter, _) => {
                self.filter = self.filter.next();
                self.settle(view);
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, view: &View) -> String {
        match self.current() {
            Some(Line::Item(item)) => super::why::one_line(view, item),
            Some(Line::Visit(..)) => "本日の訪問です。Enter で開きます".to_owned(),
            Some(Line::Done(..)) => "記録を作らずに済としたものです。d で一覧へ戻せます".to_owned(),
            None => String::new(),
        }
    }

    fn settle(&mut self, view: &View) {
        self.rows = if self.filter == Filter::Done { done(view) } else { lines(view, self.filter == Filter::Mine) };
        self.keys = self.rows.iter().map(key_of).collect();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body);
    }
}

impl Today {
    fn nothing(&self, view: &View) -> String {
        if self.filter == Filter::Done {
            return "済としたものはありません。f で一覧へ戻ります".to_owned();
        }
        match view.caseload.sites.is_empty() {
            true => "事業場はまだありません。n で作ります".to_owned(),
            false => "いま期限の近いものはありません".to_owned(),
        }
    }

    fn row(&self, view: &View, index: usize) -> Row {
        match self.rows.get(index) {
            Some(Line::Visit(site, summary)) => visit_row(view, site, summary),
            Some(Line::Item(item)) => item_row(view, item),
            Some(Line::Done(site, plan)) => done_row(view, site, plan),
            None => Row::default(),
        }
    }
}

fn visit_row(view: &View, site: &EstablishmentId, summary: &str) -> Row {
    let name = view.caseload.site(site).map_or_else(String::new, |site| site.establishment.short_name.clone());
    let cells = vec![
        Cell::new("本日", Weight::Bold),
        Cell::new(name, Weight::Bold),
        Cell::new("訪問", Weight::Bold),
        Cell::from(summary.to_owned()),
        Cell::from(Turn::Mine.label()),
    ];
    Row { marker: Marker::Settled, ..Row::new(cells) }
}

fn item_row(view: &View, item: &Item) -> Row {
    let name = view.caseload.site(&item.site).map_or_else(String::new, |site| site.establishment.short_name.clone());
    let is_overdue = item.state == State::Overdue;
    let weight = if is_overdue { Weight::Alert } else { Weight::Plain };
    let cells = vec![
        Cell::new(item.urgency(view.today), weight),
        Cell::from(name),
        Cell::from(item.task.label()),
        Cell::from(item_whom(view, item)),
        Cell::from(item.turn.label()),
    ];
    Row { marker: common::item_marker(item), is_dim: item.turn != Turn::Mine && !is_overdue, ..Row::new(cells) }
}

fn lines(view: &View, mine_only: bool) -> Vec<Line> {
    let mut items: Vec<Item> = view.assessments.iter().flat_map(|a| a.items.iter().cloned()).collect();
    items.retain(|item| !mine_only || item.turn == Turn::Mine);
    items.sort_by(|a, b| worklist::order(a, b, view.today));
    let visits = view.caseload.sites.iter().filter(|site| visited_on(site, view.today));
    let mut lines: Vec<Line> = visits.map(|site| Line::Visit(site.id().clone(), summary(site.id(), &items))).collect();
    lines.extend(items.into_iter().map(|item| Line::Item(Box::new(item))));
    lines
}

/// What was said to be done, over all establishments, newest first.
fn done(view: &View) -> Vec<Line> {
    let of = |site: &std::sync::Arc<crate::app::Site>| {
        let id = site.id().clone();
        let lines = plans::done(site).into_iter().map(|plan| Line::Done(id.clone(), Box::new(plan.clone())));
        lines.collect::<Vec<_>>()
    };
    let mut lines: Vec<Line> = view.caseload.sites.iter().flat_map(of).collect();
    let day = |line: &Line| match line {
        Line::Done(_, plan) => plan.done_on,
        _ => None,
    };
    lines.sort_by_key(|line| std::cmp::Reverse(day(line)));
    lines
}

fn done_row(view: &View, site: &EstablishmentId, plan: &Plan) -> Row {
    let name = view.caseload.site(site).map_or_else(String::new, |site| site.establishment.short_name.clone());
    let day = plan.done_on.map(|day| dates::short(day, view.today)).unwrap_or_default();
    let cells = [day, name, plans::task_word(plan).to_owned(), plan.reason.clone(), String::new()];
    Row::new(cells.into_iter().map(Cell::from).collect())
}

fn reopen(view: &View, site: &EstablishmentId, plan: &Plan) -> Reply {
    let command = view.caseload.site(site).and_then(|site| plans::reopen(site, &plan.id));
    command.map_or_else(Reply::ignored, |command| {
        let says = Some("済としたのを取り消しました。u で取り消せます".to_owned());
        Reply { says, ..Reply::ask(Effect::Perform(site.clone(), Box::new(command))) }
    })
}

fn visited_on(site: &crate::app::Site, today: Day) -> bool {
    site.visits.iter().any(|visit| visit.day == today && visit.closed_on.is_none())
}

/// `巡視  面接 2` for the row of the visit.
fn summary(site: &EstablishmentId, items: &[Item]) -> String {
    let counted = [Task::Patrol, Task::Interview, Task::Opinion, Task::FindingCheck].into_iter().filter_map(|task| {
        let count = items.iter().filter(|item| &item.site == site && item.task == task).count();
        match count {
            0 => None,
            1 => Some(task.label().to_owned()),
            more => Some(format!("{} {more}", task.label())),
        }
    });
    counted.collect::<Vec<_>>().join("  ")
}

fn key_of(line: &Line) -> RowKey {
    match line {
        Line::Visit(site, _) => (0, site.to_string()),
        Line::Item(item) => (1, format!("{}/{}", item.site, item.key)),
        Line::Done(site, plan) => (2, format!("{site}/{}", plan.id)),
    }
}
