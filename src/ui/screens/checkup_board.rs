//! 健診のそろい: who still lacks what, person by person, and the physician's act where an item is left out.
//!
//! Knows what the host found; which item may be left out is the law's to say and the physician's to do.

#[cfg(test)]
#[path = "checkup_board_tests.rs"]
mod tests;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use crate::app::checkups::lacking::{self, Gap, GapState, Lacking};
use crate::app::checkups::others::{self, Owed};
use crate::app::{Effect, Event, Site, View};
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::line::{Edit, Line};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::table::{Cell, Column, Marker, Row, Table, TableState};
use crate::ui::theme::Weight;

/// Rows below the list: the items of the person, and the reason.
const BELOW: u16 = 8;

/// Whom the list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// Those who lack something.
    Lacking,
    /// Those whom the criterion names, to be told in advance to apply.
    AtRisk,
    /// Those of whom nobody wrote down that they were told of their result.
    Untold,
    /// Everybody.
    All,
}

impl Shows {
    const fn next(self) -> Self {
        match self {
            Self::Lacking => Self::AtRisk,
            Self::AtRisk => Self::Untold,
            Self::Untold => Self::All,
            Self::All => Self::Lacking,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Lacking => "足りない人だけ",
            Self::AtRisk => "申出を勧める人",
            Self::Untold => "結果の通知の記録がない人",
            Self::All => "全員",
        }
    }

    const fn nobody(self) -> &'static str {
        match self {
            Self::Lacking => "足りないものがある人はいません",
            Self::AtRisk => "脳・心臓の危険が高く、申出を前もって勧める人はいません",
            Self::Untold => "健診を受けた全員に、結果の通知の記録があります",
            Self::All => "在籍する人がいません",
        }
    }

    fn holds(self, person: &Lacking, today: crate::domain::Day) -> bool {
        match self {
            Self::Lacking => person.is_lacking(today),
            Self::AtRisk => person.is_at_risk,
            Self::Untold => person.is_untold(),
            Self::All => true,
        }
    }
}

/// The board.
pub struct CheckupBoard {
    site: EstablishmentId,
    people: Arc<Vec<Lacking>>,
    keys: Vec<Id>,
    table: TableState<Id>,
    /// Whom the list holds.
    shows: Shows,
    /// Which of the items that may be judged the reason is about.
    place: usize,
    reason: Line,
    is_writing: bool,
    page: usize,
}

impl CheckupBoard {
    /// The board of this establishment.
    pub fn new(site: EstablishmentId) -> Self {
        Self {
            site,
            people: Arc::default(),
            keys: Vec::new(),
            table: TableState::default(),
            shows: Shows::Lacking,
            place: 0,
            reason: Line::default(),
            is_writing: false,
            page: 10,
        }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(&self.site).map(|site| &**site)
    }

    fn person(&self) -> Option<&Lacking> {
        let worker = self.table.selected()?;
        self.people.iter().find(|person| &person.worker == worker)
    }

    /// The item that the reason is about.
    fn gap(&self) -> Option<&Gap> {
        let judgeable: Vec<&Gap> = self.person()?.gaps.iter().filter(|gap| gap.state == GapState::Judgeable).collect();
        judgeable.get(self.place % judgeable.len().max(1)).copied()
    }

    fn row(&self, view: &View, index: usize) -> Row {
        let found = self.keys.get(index).and_then(|key| self.people.iter().find(|person| &person.worker == key));
        let worker = found.and_then(|person| self.site(view)?.worker(&person.worker));
        let Some((person, worker)) = found.zip(worker) else { return Row::default() };
        let written = |day: crate::domain::Day| day.to_string();
        let owed = person.gaps.iter().filter(|gap| gap.state == GapState::Owed).count();
        let judgeable = person.gaps.iter().filter(|gap| gap.state == GapState::Judgeable).count();
        let last = match person.last_on {
            Some(day) if !person.is_unexamined(view.today) => written(day),
            _ => "未受診".to_owned(),
        };
        let parts = [(owed > 0, format!("不足{owed}")), (judgeable > 0, format!("医師{judgeable}"))];
        let waits = (person.open_follows > 0, "結果待ち".to_owned());
        let others = (!person.others.is_empty(), format!("ほか{}", person.others.len()));
        let word = if person.told_on.is_some() { "申出済" } else { "申出を勧める" };
        let risk = (person.is_at_risk, word.to_owned());
        let items: Vec<String> = parts
            .into_iter()
            .chain([waits, others, risk])
            .filter(|(is_told, _)| *is_told)
            .map(|(_, text)| text)
            .collect();
        Row {
            marker: marker(person, view),
            ..Row::new(vec![
                Cell::from(worker.name.clone()),
                Cell::from(person.kind.label()),
                Cell::from(last),
                Cell::from(person.due.map(|due| written(due.safe)).unwrap_or_default()),
                Cell::from(person.opinion_due.map(|due| written(due.safe)).unwrap_or_default()),
                Cell::from(items.join(" ")),
            ])
        }
    }

    fn draw_person(&self, view: &View, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(person) = self.person() else { return };
        let name = self.site(view).and_then(|site| site.worker(&person.worker)).map_or("", |worker| &worker.name);
        sheet::rule(canvas, area.x, area.y, area.width, &format!("{name}  結果のない項目"));
        let of = |state: GapState| {
            let names = person.gaps.iter().filter(|gap| gap.state == state).map(Gap::name);
            names.collect::<Vec<_>>().join("、")
        };
        let lines = [
            ("省略できない", of(GapState::Owed)),
            ("医師が判断", of(GapState::Judgeable)),
            ("事実が不足", of(GapState::Open)),
            ("ほかの健診", self.others(view, person)),
        ];
        for (row, (label, text)) in lines.iter().enumerate() {
            canvas.text(area.x + 2, area.y + 1 + columns(row), 14, label, Weight::Dim);
            let text = if text.is_empty() { "-" } else { text };
            canvas.text(area.x + 17, area.y + 1 + columns(row), area.width.saturating_sub(18), text, Weight::Plain);
        }
    }

    /// Examinations beside the ordinary one: until when, and the dose since the last one where the law wants it shown.
    fn others(&self, view: &View, person: &Lacking) -> String {
        let told = |owed: &Owed| {
            let due = owed.due.map_or_else(|| "はじめの健診がまだ".to_owned(), |due| format!("{} まで", due.safe));
            let dose = self.site(view).and_then(|site| others::dose(site, &owed.worker, owed.exam, view.today));
            [owed.exam.label().to_owned(), due, dose.unwrap_or_default()].join(" ").trim_end().to_owned()
        };
        person.others.iter().map(told).collect::<Vec<_>>().join("、")
    }

    fn draw_reason(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let gap = self.gap().filter(|_| self.is_writing)?;
        let label = format!("{}が不要な理由", gap.name());
        canvas.text(area.x + 2, area.y, 26, &label, Weight::Bold);
        canvas.text(area.x + 29, area.y, area.width.saturating_sub(30), self.reason.text(), Weight::Plain);
        let typed = crate::ui::width::width(self.reason.text());
        Some(Position::new(area.x + 29 + columns(typed), area.y))
    }

    fn write(&mut self, view: &View, input: &Input) -> Reply {
        match input {
            Input::Key(key) if key.code == Code::Esc => {
                self.is_writing = false;
                Reply::done()
            }
            Input::Key(key) if key.code == Code::Tab => {
                self.place += 1;
                Reply::done()
            }
            Input::Key(key) if key.code == Code::Enter => self.omit(view),
            input => match self.reason.update(input) {
                Edit::Ignored => Reply::ignored(),
                _ => Reply::done(),
            },
        }
    }

    fn omit(&mut self, view: &View) -> Reply {
        let Some(((site, person), gap)) = self.site(view).zip(self.person()).zip(self.gap()) else {
            return Reply::ignored();
        };
        let doctor = &view.caseload.owner.name;
        match lacking::omit(site, person, gap, self.reason.text(), doctor, view.today) {
            Ok(command) => {
                let says = format!("{}の省略を記録しました。u で取り消せます", gap.name());
                self.is_writing = false;
                self.reason.set("");
                Reply { says: Some(says), ..Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))) }
            }
            Err(fault) => Reply::say(fault.to_string()),
        }
    }

    fn follow(&self, view: &View) -> Reply {
        let made = self.site(view).zip(self.person());
        match made.and_then(|(site, person)| lacking::follow(site, person, view.today)) {
            Some(command) => Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))),
            None => Reply::say("健診の記録がない人には使えません"),
        }
    }

    /// What `d` writes down: that the person was sent on, or that the result came.
    fn followed(&self) -> &'static str {
        let is_open = self.person().is_some_and(|person| person.open_follows > 0);
        if is_open { "結果を受けた" } else { "受診を勧めた" }
    }

    fn find(&self) -> Reply {
        Reply::ask(Effect::FindLacking(self.site.clone()))
    }
}

fn marker(person: &Lacking, view: &View) -> Marker {
    let is_late = |due: Option<crate::law::Deadline>| due.is_some_and(|due| due.last < view.today);
    if is_late(person.opinion_due) || is_late(person.due) || person.last_on.is_none() {
        Marker::Overdue
    } else if person.gaps.iter().any(|gap| gap.state == GapState::Owed) {
        Marker::Unknown
    } else {
        Marker::None
    }
}

fn table() -> Table {
    Table::new(vec![
        Column::new("氏名", 12),
        Column::new("健診", 8),
        Column::new("受診", 10),
        Column::new("次の期限", 10),
        Column::new("意見の期限", 10),
        Column::new("項目", 14).growing(30),
    ])
}

impl Screen for CheckupBoard {
    fn route(&self) -> Route {
        Route::CheckupBoard(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = self.site(view) else { return Head::default() };
        let unexamined = self.people.iter().filter(|person| person.is_unexamined(view.today)).count();
        let path = format!("{} / 健診のそろい", site.establishment.name);
        let (listed, all) = (self.keys.len(), self.people.len());
        let context = format!("{} {listed} / {all}名  未受診 {unexamined}", self.shows.label());
        Head { path, context, ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        if self.keys.is_empty() {
            canvas.text(2, body.y + 1, body.width, self.shows.nobody(), Weight::Plain);
            return None;
        }
        let list = Rect { height: body.height.saturating_sub(BELOW), ..body };
        table().draw(canvas, list, &self.table, |index| self.row(view, index));
        let y = body.bottom().saturating_sub(BELOW - 1);
        self.draw_person(view, canvas, Rect { y, ..body });
        self.draw_reason(canvas, Rect { y: y + 6, ..body })
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        if self.is_writing {
            return vec![
                action(Act::Open).offer().labelled("省略を記録"),
                action(Act::NextField).offer().labelled("次の項目"),
                action(Act::Back).offer().labelled("やめる"),
            ];
        }
        let nobody = self.keys.is_empty().then_some("行がありません");
        let none = self.gap().is_none().then_some("医師が判断できる項目がありません");
        vec![
            action(Act::Open).offer().labelled("この人").refused(nobody),
            action(Act::Filter)
                .offer()
                .labelled("絞る")
                .doing(format!("{}を並べます。押すたびに変わります。", self.shows.next().label())),
            action(Act::New)
                .offer()
                .labelled("記録")
                .doing("保健指導、同意、特殊健診などの記録を開きます。")
                .refused(nobody),
            action(Act::OtherForm)
                .offer()
                .labelled("実施")
                .doing("受診率、計画への助言、報告の提出、事業場の種類を開きます。"),
            // The way back stands in the narrowest footer; the line above it names what is behind.
            action(Act::Back).offer(),
            action(Act::Edit)
                .offer()
                .labelled("省略")
                .doing("この人に必要でないという医師の判断を、理由とともに記録します。年齢だけでは決まりません。")
                .refused(none),
            action(Act::Done).offer().labelled(self.followed()).refused(nobody),
            action(Act::Output).offer().labelled("書面").doing("健診の書面の一覧を開きます。ここでは何も出ません。"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Back if self.is_writing => {
                self.is_writing = false;
                Reply::done()
            }
            Act::Open if self.is_writing => self.omit(view),
            Act::NextField if self.is_writing => {
                self.place += 1;
                Reply::done()
            }
            Act::Open => self.table.selected().cloned().map_or_else(Reply::ignored, |id| Reply::to(Route::Worker(id))),
            Act::Edit => {
                self.is_writing = self.gap().is_some();
                Reply::done()
            }
            Act::Done => self.follow(view),
            Act::Filter => {
                self.shows = self.shows.next();
                self.settle(view);
                Reply::done()
            }
            Act::New => {
                self.table.selected().cloned().map_or_else(Reply::ignored, |id| Reply::to(Route::CheckupFile(id)))
            }
            Act::OtherForm => Reply::to(Route::CheckupSeason(self.site.clone())),
            Act::Output => Reply::to(Route::CheckupPapers(self.site.clone(), self.table.selected().cloned())),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if self.is_writing {
            return self.write(view, &Input::Key(key));
        }
        self.place = 0;
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        if self.is_writing { self.write(view, &Input::Paste(text.to_owned())) } else { Reply::ignored() }
    }

    fn is_typing(&self) -> bool {
        self.is_writing
    }

    fn message(&self, _view: &View) -> String {
        match (self.person(), self.gap()) {
            _ if self.is_writing => "医師が不要と認めた理由を書きます。年齢だけでは決まりません".to_owned(),
            (None, _) => String::new(),
            (Some(_), None) => format!("d で{}ことを記録します", self.followed()),
            (Some(_), Some(_)) => {
                format!("e で医師が不要と認めた項目の省略を、d で{}ことを記録します", self.followed())
            }
        }
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::LackingFound(people) => {
                self.people = Arc::clone(people);
                self.settle(view);
                Reply::done()
            }
            Event::Done(_) | Event::Unlocked => self.find(),
            _ => Reply::ignored(),
        }
    }

    fn opened(&mut self, _view: &View) -> Reply {
        self.find()
    }

    fn settle(&mut self, view: &View) {
        // Who may not be seen now is not listed either.
        let seen =
            self.people.iter().filter(|person| self.site(view).is_some_and(|s| s.worker(&person.worker).is_some()));
        let listed = seen.filter(|person| self.shows.holds(person, view.today));
        self.keys = listed.map(|person| person.worker.clone()).collect();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(usize::from(BELOW));
    }
}
