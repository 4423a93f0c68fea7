//! 推移: one person's values over the years, with the class by the chosen table and the clinic's judgement beside it.
//!
//! Knows what the host read and how it is drawn. What a class is belongs to the tables; nothing is judged here.

#[cfg(test)]
#[path = "trends_tests.rs"]
mod tests;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::common;
use crate::app::checkups::lines;
use crate::app::checkups::tables::Tables;
use crate::app::checkups::trends::{Point, Trend, trends};
use crate::app::{Effect, Event, View};
use crate::domain::Id;
use crate::domain::checkup::{CheckupSheet, Item};
use crate::scales::checkup::Table;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::chart;
use crate::ui::glyphs::GlyphSet;
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// Where the columns begin: picture, arrow, the years.
const PICTURE: u16 = 17;
const ARROW: u16 = 28;
const FIRST_YEAR: u16 = 30;
/// Columns of a year, and of class and judgement behind the years.
const YEAR: u16 = 10;
const BEHIND: u16 = 18;
/// Values in a picture.
const PICTURED: usize = 10;
/// Rows besides the list: treatment, years, rule, and the examinations of the chosen item.
const BESIDE: u16 = 3 + EXAMS;
const EXAMS: u16 = 7;

/// The page.
pub struct TrendScreen {
    worker: Id,
    table: &'static str,
    tables: Tables,
    sheets: Option<Arc<Vec<CheckupSheet>>>,
    trends: Vec<Trend>,
    keys: Vec<Item>,
    rows: TableState<Item>,
    page: usize,
}

impl TrendScreen {
    /// The page of this worker, by a reference table.
    pub fn new(worker: Id, table: &'static str) -> Self {
        Self {
            worker,
            table,
            tables: Tables::default(),
            sheets: None,
            trends: Vec::new(),
            keys: Vec::new(),
            rows: TableState::default(),
            page: 8,
        }
    }

    fn table(&self) -> Option<&Table> {
        self.tables.named(self.table)
    }

    fn sheets(&self) -> &[CheckupSheet] {
        self.sheets.as_ref().map(|sheets| sheets.as_slice()).unwrap_or_default()
    }

    fn chosen(&self) -> Option<&Trend> {
        self.rows.index().and_then(|index| self.trends.get(index))
    }

    fn read(&self) -> Option<Effect> {
        Some(Effect::ReadSheets(self.worker.establishment()?, vec![self.worker.clone()]))
    }

    fn turn_table(&mut self, view: &View) -> Reply {
        self.table = self.tables.after(self.table);
        self.settle(view);
        self.table().map_or_else(Reply::done, |table| Reply::say(format!("表  {}", table.shown())))
    }

    /// Examinations whose values have a column of their own, newest last.
    fn years(&self, area: Rect) -> usize {
        let room = area.width.saturating_sub(FIRST_YEAR + BEHIND) / YEAR;
        usize::from(room).min(self.sheets().len())
    }

    fn draw_head(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let treated = self.sheets().first().map(lines::treatment).unwrap_or_default();
        let told = format!("治療  {treated}   健診 {}回", self.sheets().len());
        canvas.text(area.x + 2, area.y, area.width.saturating_sub(3), &told, Weight::Plain);
        let (y, years) = (area.y + 1, self.years(area));
        canvas.text(area.x + PICTURE, y, 10, "推移", Weight::Dim);
        for (place, sheet) in self.sheets().iter().take(years).rev().enumerate() {
            let day = sheet.day.format("%Y-%m").to_string();
            canvas.right(area.x + FIRST_YEAR + YEAR * columns(place), y, YEAR - 1, &day, Weight::Dim);
        }
        let behind = behind(area, years);
        canvas.text(behind, y, 6, "表", Weight::Dim);
        canvas.text(behind + 8, y, 10, "健診機関", Weight::Dim);
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, area: Rect, y: u16, index: usize) {
        let Some(trend) = self.trends.get(index) else { return };
        let newest = trend.newest();
        let weight = if newest.is_some_and(|point| point.weight > 1) { Weight::Bold } else { Weight::Plain };
        let has_cursor = self.rows.index() == Some(index);
        canvas.text(area.x, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
        canvas.text(area.x + 2, y, PICTURE - 3, &name(trend), weight);
        let glyphs = canvas.look().glyphs;
        canvas.text(area.x + PICTURE, y, ARROW - PICTURE - 1, &picture(trend, glyphs), Weight::Plain);
        canvas.text(area.x + ARROW, y, 1, arrow(trend), Weight::Plain);
        let years = self.years(area);
        let first = trend.points.len().saturating_sub(years);
        for (place, point) in trend.points.iter().skip(first).enumerate() {
            let value = point.as_ref().map_or("", |point| &point.value);
            canvas.right(area.x + FIRST_YEAR + YEAR * columns(place), y, YEAR - 1, value, weight);
        }
        let Some(point) = newest else { return };
        canvas.text(behind(area, years), y, 7, &class(point), weight);
        canvas.text(behind(area, years) + 8, y, 10, &point.clinic, Weight::Plain);
    }

    /// The examinations of the chosen item, newest first, each with both judgements.
    fn draw_chosen(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(trend) = self.chosen() else { return };
        let title = format!("{}  {}", name(trend), precision(trend));
        sheet::rule(canvas, area.x, area.y, area.width, &title);
        let known = trend.points.iter().rev().flatten();
        for (row, point) in known.take(usize::from(area.height.saturating_sub(1))).enumerate() {
            let y = area.y + 1 + columns(row);
            canvas.text(area.x + 2, y, 11, &point.day.to_string(), Weight::Dim);
            canvas.right(area.x + 14, y, 12, &point.value, Weight::Plain);
            let class = class(point);
            let by_table = if class.is_empty() { "表に区分なし".to_owned() } else { format!("表 {class}") };
            canvas.text(area.x + 29, y, 14, &by_table, Weight::Plain);
            let clinic = if point.clinic.is_empty() { "記載なし" } else { &point.clinic };
            canvas.text(area.x + 44, y, 20, &format!("健診機関 {clinic}"), Weight::Plain);
            let computed = if point.is_computed { "計算値" } else { "" };
            canvas.text(area.x + 65, y, 14, computed, Weight::Dim);
        }
    }
}

/// Where class and judgement stand.
fn behind(area: Rect, years: usize) -> u16 {
    area.x + FIRST_YEAR + YEAR * columns(years) + 2
}

fn name(trend: &Trend) -> String {
    let is_computed = trend.newest().is_some_and(|point| point.is_computed);
    if is_computed { format!("{}(計算)", trend.name) } else { trend.name.clone() }
}

fn class(point: &Point) -> String {
    let mark = if point.is_confirmed || point.grade.is_empty() { "" } else { " ?" };
    format!("{}{mark}", point.grade)
}

/// The newest values between the lowest and the highest of them.
fn picture(trend: &Trend, glyphs: GlyphSet) -> String {
    let numbers = trend.numbers();
    let newest = numbers.get(numbers.len().saturating_sub(PICTURED)..).unwrap_or_default();
    let known = || newest.iter().flatten().copied();
    let Some((low, high)) = known().min().zip(known().max()) else { return String::new() };
    if known().count() < 2 { String::new() } else { chart::trend(&chart::levels(newest, low, high), glyphs) }
}

/// In letters that every terminal has: `+` higher, `-` lower than the time before.
fn arrow(trend: &Trend) -> &'static str {
    match trend.direction() {
        Some(1) => "+",
        Some(-1) => "-",
        Some(_) => "=",
        None => "",
    }
}

/// To how many digits the value was rounded before the table was asked.
fn precision(trend: &Trend) -> String {
    match trend.places {
        Some(0) => "整数に丸めて当てます".to_owned(),
        Some(places) => format!("小数{places}桁に丸めて当てます"),
        None => "丸めずに当てます".to_owned(),
    }
}

impl Screen for TrendScreen {
    fn route(&self) -> Route {
        Route::Trends(self.worker.clone(), self.table)
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "推移")
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        common::worker(view, &self.worker)?;
        if self.trends.is_empty() {
            let text = if self.sheets.is_none() {
                "健診の結果を読んでいます。"
            } else {
                "健診の値はまだありません。"
            };
            canvas.text(body.x + 2, body.y, body.width.saturating_sub(3), text, Weight::Plain);
            return None;
        }
        self.draw_head(canvas, body);
        let top = self.rows.index().map_or(0, |index| (index + 1).saturating_sub(self.page));
        for row in 0..self.page {
            self.draw_row(canvas, body, body.y + 2 + columns(row), top + row);
        }
        let height = EXAMS.min(body.height);
        self.draw_chosen(canvas, Rect { y: body.bottom() - height, height, ..body });
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        vec![
            action(Act::OtherForm).offer().labelled("別の表").doing("同じ値を別の判定の表で見ます。"),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::OtherForm => self.turn_table(view),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.rows.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, _view: &View) -> String {
        self.table().map(Table::shown).unwrap_or_default()
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::SheetsRead(worker, sheets) if *worker == self.worker => {
                self.sheets = Some(Arc::clone(sheets));
                self.settle(view);
                Reply::done()
            }
            Event::Done(_) | Event::Unlocked => self.read().map_or_else(Reply::ignored, Reply::ask),
            _ => Reply::ignored(),
        }
    }

    fn opened(&mut self, _view: &View) -> Reply {
        let viewed = self.worker.establishment().map(|site| Effect::Viewed(site, self.worker.to_string()));
        Reply { effects: self.read().into_iter().chain(viewed).collect(), ..Reply::done() }
    }

    fn settle(&mut self, view: &View) {
        if let Some(site) = common::site_of(view, &self.worker) {
            self.tables.follow(site);
        }
        let worker = common::worker(view, &self.worker);
        let found = self.table().zip(worker).map(|(table, worker)| trends(table, self.sheets(), worker));
        self.trends = found.unwrap_or_default();
        self.keys = self.trends.iter().map(|trend| trend.item).collect();
        self.rows.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = usize::from(body.height.saturating_sub(BESIDE)).max(3);
    }
}
