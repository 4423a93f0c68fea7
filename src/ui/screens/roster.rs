//! 名簿: who needs me, and anybody in two keystrokes. Overtime, checkup and stress stand side by side.

use ratatui::layout::{Position, Rect};

use super::{common, worker_pane};
use crate::app::flags::WorkerFlags;
use crate::app::{Effect, View};
use crate::domain::worker::Worker;
use crate::domain::{EstablishmentId, Id};
use crate::labelled;
use crate::law::overtime::{Decided, Tier};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::chart;
use crate::ui::glyphs::GlyphSet;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::{Route, Why};
use crate::ui::screen::{Head, Reply, Screen, Second};
use crate::ui::search::{Query, SearchKey};
use crate::ui::sheet;
use crate::ui::table::{Cell, Column, Marker, Row, Table, TableState};
use crate::ui::theme::Weight;

labelled! {
    /// Which rows are shown.
    Filter { Nobody = "なし", Over45 = "45超から", Over80 = "80超", Asked = "申出", Finding = "健診 意見待", Limited = "就業制限" }
}

labelled! {
    /// The order of the rows.
    Order { Weight = "重い順", Number = "社員番号", Kana = "かな順", Hours = "時間の多い順" }
}

/// The roster of an establishment.
pub struct Roster {
    site: EstablishmentId,
    table: TableState<Id>,
    keys: Vec<Id>,
    names: Vec<SearchKey>,
    filter: Filter,
    order: Order,
    typed: String,
    is_searching: bool,
    has_viewed: bool,
    page: usize,
}

impl Roster {
    /// The roster of `site`.
    pub fn new(site: EstablishmentId) -> Self {
        Self {
            site,
            table: TableState::default(),
            keys: Vec::new(),
            names: Vec::new(),
            filter: Filter::default(),
            order: Order::default(),
            typed: String::new(),
            is_searching: false,
            has_viewed: false,
            page: 10,
        }
    }

    /// The rows that pass the filter and the search, in order.
    fn narrow(&mut self, view: &View) {
        let Some((site, flags)) = site_and_flags(view, &self.site) else { return self.keys.clear() };
        let query = Query::new(&self.typed);
        let seen = |index: &usize| {
            let matched = query.is_empty() || self.names.get(*index).is_some_and(|key| query.matches(key));
            matched && flags.get(*index).is_some_and(|f| passes(self.filter, f))
        };
        let mut rows: Vec<usize> = (0..site.workers.len()).filter(seen).collect();
        sort(self.order, &site.workers, flags, &mut rows);
        self.keys = rows.into_iter().filter_map(|index| site.workers.get(index).map(|w| w.id.clone())).collect();
        self.table.settle(&self.keys);
    }

    fn open(&self) -> Reply {
        self.table.selected().map_or_else(Reply::ignored, |id| Reply::to(Route::Worker(id.clone())))
    }

    fn search_key(&mut self, view: &View, key: Key) -> Reply {
        match key.code {
            Code::Char(c) if !key.ctrl => self.typed.push(c),
            Code::Backspace => _ = self.typed.pop(),
            Code::Up | Code::Down | Code::PageUp | Code::PageDown => {
                self.table.update(&Input::Key(key), &self.keys, self.page);
                return Reply::done();
            }
            _ => return Reply::ignored(),
        }
        self.narrow(view);
        Reply::done()
    }
}

impl Screen for Roster {
    fn route(&self) -> Route {
        Route::Roster(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = view.caseload.site(&self.site) else { return Head::default() };
        let month = site.newest_period().map(|period| period.end.format("%-m月分").to_string()).unwrap_or_default();
        Head {
            path: format!("今日 / {} / 名簿", site.establishment.name),
            context: format!("{month}  {}", common::closing_word(site, view.today)),
            second: Second::Tabs(common::SITE_TABS.to_vec(), 2),
        }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (left, right) = sheet::panes(body);
        let (_, flags) = site_and_flags(view, &self.site)?;
        canvas.text(2, left.y, 58, &counts(flags), Weight::Plain);
        let list = Rect { y: left.y + 1, height: left.height.saturating_sub(2), ..left };
        let position = self.table.position(Table::page(list));
        canvas.right(54, left.y, left.width.saturating_sub(55), &position, Weight::Dim);
        let foot = left.bottom().saturating_sub(1);
        if self.keys.is_empty() {
            canvas.text(5, left.y + 2, left.width, self.nothing(flags.is_empty()), Weight::Plain);
        } else {
            let glyphs = canvas.look().glyphs;
            columns().draw(canvas, list, &self.table, |index| self.row(view, glyphs, index));
        }
        let cursor = self.draw_foot(canvas, foot);
        if let (Some(pane), Some(id)) = (right, self.table.selected()) {
            worker_pane::draw(view, canvas, pane, id);
        }
        cursor
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let none = self.keys.is_empty().then_some("行がありません");
        let mut offers = vec![action(Act::Open).offer().refused(none), action(Act::Why).offer().refused(none)];
        let find = if self.is_searching {
            action(Act::Back).offer().labelled("検索を解く")
        } else {
            action(Act::Search).offer()
        };
        offers.push(find);
        offers.extend([
            action(Act::Filter).offer(),
            action(Act::Sort).offer(),
            action(Act::New).offer().labelled("労働者を登録").doing("労働者を一人登録します。"),
            action(Act::Import).offer(),
            action(Act::Output)
                .offer()
                .labelled("書き出す")
                .doing("一覧の書出しの確認を開きます。ここでは何も出ません。")
                .refused(none),
        ]);
        offers
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open => return self.open(),
            Act::Why => {
                let Some(id) = self.table.selected() else { return Reply::ignored() };
                return Reply::to(Route::Why(Box::new(Why::Worker(id.clone()))));
            }
            Act::New => return Reply::to(Route::WorkerForm(self.site.clone(), None)),
            Act::Output => return Reply::to(Route::Export(self.site.clone())),
            Act::Import => return Reply::to(Route::Import(self.site.clone())),
            Act::Search => self.is_searching = true,
            Act::Back => {
                self.typed.clear();
                self.is_searching = false;
            }
            Act::Filter => self.filter = next(Filter::ALL, self.filter),
            Act::Sort => self.order = next(Order::ALL, self.order),
            _ => return Reply::ignored(),
        }
        self.narrow(view);
        Reply::done()
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if self.is_searching {
            return self.search_key(view, key);
        }
        if self.table.update(&Input::Key(key), &self.keys, self.page) {
            return Reply::done();
        }
        common::tab(&self.site, key, 2)
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        if !self.is_searching {
            return Reply::ignored();
        }
        self.typed.extend(text.chars().filter(|c| !c.is_control()));
        self.narrow(view);
        Reply::done()
    }

    fn is_typing(&self) -> bool {
        self.is_searching
    }

    fn message(&self, view: &View) -> String {
        self.table.selected().map_or_else(String::new, |id| worker_pane::one_line(view, id))
    }

    fn settle(&mut self, view: &View) {
        if let Some(site) = view.caseload.site(&self.site) {
            self.names =
                site.workers.iter().map(|w| SearchKey::new(&[&w.name, &w.kana, &w.number, &w.department])).collect();
        }
        self.narrow(view);
    }

    fn opened(&mut self, _view: &View) -> Reply {
        // One audit line a list, none a redraw.
        if std::mem::replace(&mut self.has_viewed, true) {
            return Reply::done();
        }
        Reply::ask(Effect::Viewed(self.site.clone(), "名簿".to_owned()))
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(2);
    }
}

impl Roster {
    fn nothing(&self, is_empty: bool) -> &'static str {
        match (is_empty, self.typed.is_empty()) {
            (true, _) => "名簿はまだありません。i で取り込むか、n で登録します",
            (false, false) => "見つかりません。Esc で検索を解きます",
            (false, true) => "この絞込に当たる人はいません。f で次の絞込にします",
        }
    }

    fn draw_foot(&self, canvas: &mut Canvas<'_>, y: u16) -> Option<Position> {
        let words =
            format!("絞込 {}   並び {}   印 {}名", self.filter.label(), self.order.label(), self.table.marks().len());
        let used = canvas.text(2, y, 52, &words, Weight::Dim);
        if !self.is_searching {
            return None;
        }
        let x = 2 + used + 3;
        let label = canvas.text(x, y, 8, "検索 ", Weight::Accent);
        let typed = canvas.text(x + label, y, 40, &self.typed, Weight::Bold);
        Some(Position { x: x + label + typed, y })
    }

    fn row(&self, view: &View, glyphs: GlyphSet, index: usize) -> Row {
        let Some(id) = self.keys.get(index) else { return Row::default() };
        let Some(site) = view.caseload.site(&self.site) else { return Row::default() };
        let (Some(worker), Some(flags)) = (site.worker(id), worker_pane::flags(view, id)) else {
            return Row::default();
        };
        let cells = vec![
            Cell::from(worker.name.clone()),
            Cell::from(worker.department.clone()),
            Cell::from(flags.hours_text()),
            Cell::from(chart::small_graph(&graph(flags), glyphs)),
            Cell::new(flags.overtime_word(), overtime_weight(flags)),
            Cell::from(flags.checkup),
            Cell::from(flags.stress),
            Cell::from(flags.interview),
            Cell::from(flags.fitness),
        ];
        Row { marker: marker(flags), is_marked: self.table.is_marked(id), ..Row::new(cells) }
    }
}

fn columns() -> Table {
    Table::new(vec![
        Column::new("氏名", 14).growing(18),
        Column::new("所属", 10).growing(14),
        Column::new("直近", 7).number(),
        Column::new("6月", 3),
        Column::new("残業", 5),
        Column::new("健診", 6),
        Column::new("SC", 6),
        Column::new("面接", 4),
        Column::new("就業", 4),
    ])
    .spaced(1)
}

fn site_and_flags<'view>(
    view: &'view View,
    id: &EstablishmentId,
) -> Option<(&'view crate::app::Site, &'view [WorkerFlags])> {
    let index = view.caseload.sites.iter().position(|site| site.id() == id)?;
    Some((view.caseload.sites.get(index)?, view.assessments.get(index)?.flags.as_slice()))
}

fn counts(flags: &[WorkerFlags]) -> String {
    let count = |wanted: &dyn Fn(&WorkerFlags) -> bool| flags.iter().filter(|f| wanted(f)).count();
    format!(
        "80超 {}  平均 {}  45超 {}  不足 {}  意見待 {}  制限 {}",
        count(&|f| f.tier().is_some_and(|tier| tier >= Tier::Over80)),
        count(&|f| f.overtime_word() == "平均"),
        count(&|f| f.tier() == Some(Tier::Over45)),
        count(&|f| f.view.is_none()),
        count(&|f| f.checkup == "意見待"),
        count(&|f| f.fitness == "制限" || f.fitness == "休業"),
    )
}

fn passes(filter: Filter, flags: &WorkerFlags) -> bool {
    match filter {
        Filter::Nobody => true,
        Filter::Over45 => flags.tier().is_none_or(|tier| tier >= Tier::Over45),
        Filter::Over80 => flags.may_be_over_80(),
        Filter::Asked => flags.interview == "申出" || flags.stress == "申出",
        Filter::Finding => flags.checkup == "意見待",
        Filter::Limited => flags.fitness == "制限" || flags.fitness == "休業",
    }
}

fn sort(order: Order, workers: &[Worker], flags: &[WorkerFlags], rows: &mut [usize]) {
    let worker = |index: &usize| workers.get(*index);
    let flag = |index: &usize| flags.get(*index);
    match order {
        Order::Weight => rows.sort_by_cached_key(|i| std::cmp::Reverse(flag(i).map_or(0, WorkerFlags::weight))),
        Order::Number => rows.sort_by_cached_key(|i| worker(i).map(|w| w.number.clone())),
        Order::Kana => rows.sort_by_cached_key(|i| worker(i).map(|w| w.kana.clone())),
        Order::Hours => {
            rows.sort_by_cached_key(|i| std::cmp::Reverse(flag(i).and_then(|f| f.view).map(|view| view.x7_high)))
        }
    }
}

fn next<T: Copy + PartialEq>(all: &[T], current: T) -> T {
    let index = all.iter().position(|value| *value == current).unwrap_or(0);
    all.get((index + 1) % all.len()).copied().unwrap_or(current)
}

/// Six months as bands, oldest first.
fn graph(flags: &WorkerFlags) -> Vec<Option<u8>> {
    flags.recent.iter().rev().map(|tier| tier.map(|tier| tier as u8 + 1)).collect()
}

fn overtime_weight(flags: &WorkerFlags) -> Weight {
    if flags.may_be_over_80() { Weight::Bold } else { Weight::Plain }
}

fn marker(flags: &WorkerFlags) -> Marker {
    let is_open = flags.view.is_none() || matches!(flags.view.map(|v| v.tier), Some(Decided::Undecided { .. }));
    match (is_open, flags.interview == "申出" || flags.fitness == "制限") {
        (_, true) => Marker::Soon,
        (true, false) => Marker::Unknown,
        (false, false) => Marker::None,
    }
}
