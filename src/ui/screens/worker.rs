//! 労働者: this person's story in one look: hours against the three lines, what was judged and said.

use ratatui::layout::{Position, Rect};

use super::story::{Line, story};
use super::{common, worker_pane};
use crate::app::host::DocumentRequest;
use crate::app::{Effect, View};
use crate::domain::opinion::FormKind;
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};
use crate::law::overtime::WorkedMonth;
use crate::scales::checkup as scales;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::keys::{Input, Key};
use crate::ui::route::{Route, Why};
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// Columns of the bars on a screen of 80.
const BAR: usize = 44;

/// One worker.
pub struct WorkerScreen {
    id: Id,
    lines: Vec<Line>,
    keys: Vec<String>,
    table: TableState<String>,
    page: usize,
}

impl WorkerScreen {
    /// The worker with this id.
    pub fn new(id: Id) -> Self {
        Self { id, lines: Vec::new(), keys: Vec::new(), table: TableState::default(), page: 8 }
    }

    fn current(&self) -> Option<&Line> {
        self.table.index().and_then(|index| self.lines.get(index))
    }

    /// Everything of this worker, for the physician's own printing (見読性).
    fn print(&self) -> Reply {
        let Some(site) = self.id.establishment() else { return Reply::ignored() };
        let request = DocumentRequest::own(site, FormKind::WorkerRecord, Some(self.id.clone()));
        Reply::to(Route::Paper(Box::new(request)))
    }

    fn neighbour(&self, view: &View, step: isize) -> Reply {
        let Some(site) = common::site_of(view, &self.id) else { return Reply::ignored() };
        let index = site
            .workers
            .iter()
            .position(|worker| worker.id == self.id)
            .and_then(|index| index.checked_add_signed(step));
        match index.and_then(|index| site.workers.get(index)) {
            Some(worker) => Reply::go(Go::Instead(Route::Worker(worker.id.clone()))),
            None => Reply::say("この先に人はいません"),
        }
    }
}

impl Screen for WorkerScreen {
    fn route(&self) -> Route {
        Route::Worker(self.id.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = common::site_of(view, &self.id) else { return Head::default() };
        let Some(worker) = site.worker(&self.id) else { return Head::default() };
        Head {
            path: format!("{} / 名簿 / {}", site.establishment.name, worker.name),
            context: worker.kana.clone(),
            ..Head::default()
        }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let worker = common::worker(view, &self.id)?;
        let (left, right) = sheet::panes(body);
        canvas.text(2, left.y - 1, left.width, &identity(worker, view.today), Weight::Plain);
        let shown = if right.is_some() { 12 } else { 6 };
        let months: Vec<WorkedMonth> = worker_pane::months(view, &self.id).into_iter().take(shown).collect();
        let chart = Rect { y: left.y + 1, height: left.height.min(columns(shown) + 1), ..left };
        let used = worker_pane::draw_months(view, canvas, chart, BAR, &months, true);
        let used = used + self.draw_other_figures(view, canvas, Rect { y: chart.y + used, height: 1, ..left });
        let list = Rect { y: chart.y + used + 1, height: left.height.saturating_sub(used + 2), ..left };
        self.draw_story(canvas, view, list);
        if let Some(pane) = right {
            worker_pane::draw_state(view, canvas, pane, &self.id);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let draft = format!("interview/{}", self.id);
        let goes_on = common::site_of(view, &self.id).is_some_and(|site| site.draft(&draft).next().is_some());
        let interview = if goes_on { "面接の続き" } else { "面接を始める" };
        let none = self.lines.is_empty().then_some("記録がまだありません");
        vec![
            action(Act::Open).offer().refused(none),
            action(Act::New).offer().labelled(interview).doing("面接の下書きを作り、最初の段を開きます。"),
            action(Act::Why).offer(),
            action(Act::Request)
                .offer()
                .labelled("申出")
                .doing("申出を受け付けます。")
                .seen_by("産業医だけが見ます。会社には何も出ません。"),
            action(Act::Exclude).offer(),
            action(Act::Certificate).offer(),
            action(Act::Information).offer(),
            action(Act::Attach).offer(),
            action(Act::Edit).offer().labelled("手で入力").doing("時間、健診、SC、申出を手で入力します。"),
            action(Act::OtherForm)
                .offer()
                .labelled("健診の記録")
                .doing("保健指導、二次健診の同意、照会と回答、特殊健診、海外派遣の記録を開きます。"),
            action(Act::Output)
                .offer()
                .labelled("記録の印刷")
                .doing("この人の記録のすべてを、自分で印刷するために見ます。ここでは何も出ません。")
                .seen_by("自分だけが見ます。会社には何も出ません。"),
            action(Act::PreviousPerson).offer().keyed("[ ]").labelled("前後の人"),
            action(Act::NextPerson).offer(),
            action(Act::Trend).offer(),
            action(Act::Origin).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open => self.current().map_or_else(Reply::ignored, |line| Reply::to(line.opens.clone())),
            Act::New => Reply::to(Route::Interview(self.id.clone(), 0, 0)),
            Act::Why => Reply::to(Route::Why(Box::new(Why::Worker(self.id.clone())))),
            Act::Request => Reply::to(Route::Request(self.id.clone())),
            Act::Exclude => Reply::to(Route::Exclusion(self.id.clone())),
            Act::Certificate => Reply::to(Route::Certificate(self.id.clone(), None)),
            Act::Information => Reply::to(Route::Information(self.id.clone())),
            Act::Attach => Reply::to(Route::Attachments(self.id.clone())),
            Act::Trend => Reply::to(Route::Trends(self.id.clone(), scales::DEFAULT)),
            Act::Origin => Reply::to(Route::Origins(self.id.clone())),
            Act::Edit => Reply::to(Route::HandEntry(self.id.clone())),
            Act::OtherForm => Reply::to(Route::CheckupFile(self.id.clone())),
            Act::Output => self.print(),
            Act::PreviousPerson => self.neighbour(view, -1),
            Act::NextPerson => self.neighbour(view, 1),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, view: &View) -> String {
        worker_pane::one_line(view, &self.id)
    }

    fn settle(&mut self, view: &View) {
        let site = common::site_of(view, &self.id);
        self.lines = site.map(|site| story(view, site, &self.id)).unwrap_or_default();
        self.keys = self.lines.iter().map(|line| line.key.clone()).collect();
        self.table.settle(&self.keys);
    }

    fn opened(&mut self, _view: &View) -> Reply {
        self.id
            .establishment()
            .map_or_else(Reply::ignored, |site| Reply::ask(Effect::Viewed(site, self.id.to_string())))
    }

    fn resized(&mut self, body: Rect) {
        self.page = usize::from(body.height.saturating_sub(9)).max(1);
    }
}

impl WorkerScreen {
    /// Both figures of a month in dispute or from two sources, the nights, and how hours are taken; gives the rows used.
    fn draw_other_figures(&self, view: &View, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        let width = area.width.saturating_sub(3);
        let figures = worker_pane::own_figure(view, &self.id).or_else(|| worker_pane::other_series(view, &self.id));
        let lines = [
            (figures, Weight::Bold),
            (worker_pane::contradiction(view, &self.id), Weight::Bold),
            (worker_pane::night_work(view, &self.id), Weight::Plain),
            (worker_pane::method(view, &self.id), Weight::Dim),
        ];
        let told = lines.into_iter().filter_map(|(text, weight)| Some((text?, weight)));
        told.fold(0, |row, (text, weight)| {
            canvas.text(2, area.y + row, width, &text, weight);
            row + 1
        })
    }

    fn draw_story(&self, canvas: &mut Canvas<'_>, view: &View, area: Rect) {
        let page = usize::from(area.height).max(1);
        let index = self.table.index().unwrap_or(0);
        let top = (index + 1).saturating_sub(page);
        for (row, line) in self.lines.iter().enumerate().skip(top).take(page) {
            let y = area.y + columns(row - top);
            let has_cursor = row == index;
            canvas.text(0, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
            canvas.text(2, y, 12, line.kind, Weight::Plain);
            canvas.text(14, y, 11, &dates::short(line.day, view.today), Weight::Plain);
            canvas.text(26, y, 30, &line.text, Weight::Plain);
            canvas.text(57, y, 21, &line.state, Weight::Dim);
            if has_cursor {
                let reverse = canvas.theme().reverse();
                canvas.tint(0, y, area.width.min(79), reverse);
            }
        }
    }
}

/// Number, age, department, dates of joining and leaving, in one line.
fn identity(worker: &Worker, today: Day) -> String {
    let joined = worker.joined_on.map(|day| format!("  入社 {day}")).unwrap_or_default();
    let left = worker.left_on.map(|day| format!("  退職 {day}")).unwrap_or_default();
    let from =
        if worker.dispatch_from.is_empty() { String::new() } else { format!("  派遣元 {}", worker.dispatch_from) };
    format!("{}{joined}{left}{from}", common::person_line(worker, today))
}

#[cfg(test)]
#[path = "worker_tests.rs"]
mod tests;
