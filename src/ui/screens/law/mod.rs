//! 法令: rule, numbers, article and dates side by side, on any day; and how many lines rest on it now.

mod book;
mod examples;

use ratatui::layout::{Position, Rect};

use self::book::{Entry, Frame, Leaf, Said};
use super::as_of::AsOf;
use crate::app::View;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::search::{Query, SearchKey};
use crate::ui::sheet;
use crate::ui::table::{Cell, Column, Row, Table, TableState};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Columns of the list; the sheet stands beside it.
const LIST: u16 = 30;
/// Where the texts of the sheet begin.
const LABEL: u16 = 9;

/// The law, to be leafed through.
pub struct LawScreen {
    leaf: Leaf,
    entries: Vec<(Entry, SearchKey)>,
    keys: Vec<String>,
    table: TableState<String>,
    wanted: Option<String>,
    words: String,
    is_searching: bool,
    as_of: AsOf,
    top: usize,
    page: usize,
}

impl LawScreen {
    /// The law, at a rule if one is asked for.
    pub fn new(rule: Option<String>) -> Self {
        Self {
            leaf: Leaf::Rules,
            entries: Vec::new(),
            keys: Vec::new(),
            table: TableState::default(),
            wanted: rule,
            words: String::new(),
            is_searching: false,
            as_of: AsOf::default(),
            top: 0,
            page: 10,
        }
    }

    fn turn(&mut self, view: &View, leaf: Leaf) {
        self.leaf = leaf;
        let entries = book::entries(&view.law, leaf).into_iter();
        self.entries = entries.map(|entry| (entry.clone(), SearchKey::new(&[&entry.key, &entry.title]))).collect();
        self.narrow();
    }

    fn narrow(&mut self) {
        let query = Query::new(&self.words);
        let seen = self.entries.iter().filter(|(_, key)| query.is_empty() || query.matches(key));
        self.keys = seen.map(|(entry, _)| entry.key.clone()).collect();
        self.table.settle(&self.keys);
        self.top = 0;
    }

    /// The rule that an article or a value leads to.
    fn follow(&mut self, view: &View) -> Reply {
        let Some(key) = self.table.selected().cloned() else { return Reply::ignored() };
        let rule = match self.leaf {
            Leaf::Rules => return Reply::ignored(),
            Leaf::Articles => book::articles(&view.law).get(&key).and_then(|rules| rules.first().map(|rule| rule.id)),
            Leaf::Examples => examples::rule_of(&key),
            Leaf::Values | Leaf::Announced => {
                crate::law::rules::all().find(|rule| rule.parameters.contains(&key.as_str())).map(|rule| rule.id)
            }
        };
        let Some(rule) = rule else { return Reply::say("この値を読む規則はありません") };
        self.words.clear();
        self.turn(view, Leaf::Rules);
        self.table.select(&rule.to_owned(), &self.keys);
        Reply::done()
    }

    fn search_key(&mut self, key: Key) -> Reply {
        match key.code {
            Code::Char(c) if !key.ctrl => self.words.push(c),
            Code::Backspace => _ = self.words.pop(),
            Code::Enter => self.is_searching = false,
            Code::Up | Code::Down | Code::PageUp | Code::PageDown => {
                self.table.update(&Input::Key(key), &self.keys, self.page);
                return Reply::done();
            }
            _ => return Reply::ignored(),
        }
        self.narrow();
        Reply::done()
    }

    fn leave_typing(&mut self) {
        self.as_of.cancel();
        self.is_searching = false;
        self.words.clear();
        self.narrow();
    }

    fn draw_foot(&self, canvas: &mut Canvas<'_>, view: &View, y: u16) -> Option<Position> {
        if self.as_of.is_typing() {
            return self.as_of.draw(canvas, y);
        }
        if !self.is_searching {
            canvas.text(2, y, canvas.area().width, &book::counts(&view.law), Weight::Dim);
            return None;
        }
        let used = canvas.text(2, y, 40, "検索 ", Weight::Accent);
        let typed = canvas.text(2 + used, y, 30, &self.words, Weight::Bold);
        Some(Position { x: 2 + used + typed, y })
    }
}

impl Screen for LawScreen {
    fn route(&self) -> Route {
        let rule = self.table.selected().filter(|_| self.leaf == Leaf::Rules);
        Route::Law(rule.cloned())
    }

    fn head(&self, view: &View) -> Head {
        let tabs = Leaf::ALL.iter().zip(1..).map(|(leaf, digit)| (digit, leaf.label())).collect();
        let chosen = Leaf::ALL.iter().zip(1..).find(|(leaf, _)| **leaf == self.leaf).map_or(1, |(_, digit)| digit);
        let context = format!("{} の時点", dates::full(self.as_of.day(view.today)));
        Head { path: "法令".to_owned(), context, second: Second::Tabs(tabs, chosen) }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let list = Rect { width: LIST, height: body.height.saturating_sub(2), ..body };
        let beside = Rect { x: body.x + LIST + 2, width: body.width.saturating_sub(LIST + 2), ..list };
        if self.keys.is_empty() {
            canvas.text(2, body.y + 1, body.width, "見つかりません。Esc で検索を解きます", Weight::Plain);
        } else {
            self.draw_list(canvas, list);
        }
        if let Some(key) = self.table.selected() {
            let frame =
                Frame { day: self.as_of.day(view.today), room: usize::from(beside.width.saturating_sub(LABEL + 1)) };
            draw_sheet(canvas, beside, key, &book::sheet(view, self.leaf, key, frame), self.top);
        }
        self.draw_foot(canvas, view, body.bottom().saturating_sub(1))
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        if self.is_typing() {
            return vec![action(Act::Back).offer().labelled("やめる")];
        }
        let is_rule = (self.leaf == Leaf::Rules).then_some("ここが規則です");
        vec![
            action(Act::Open).offer().labelled("規則を見る").refused(is_rule),
            action(Act::Search).offer(),
            action(Act::AsOf).offer(),
            action(Act::NextField).offer().labelled("下へ送る").doing("右の説明を下へ送ります。"),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open => return self.follow(view),
            Act::Search => self.is_searching = true,
            Act::AsOf => self.as_of.begin(),
            Act::NextField => self.top += self.page / 2,
            Act::Back if self.is_typing() => self.leave_typing(),
            Act::Back => return Reply::go(Go::Back),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if self.as_of.is_typing() {
            return if self.as_of.key(view.today, key) { Reply::done() } else { Reply::ignored() };
        }
        if self.is_searching {
            return self.search_key(key);
        }
        if let Some(leaf) = leaf_of(key) {
            self.turn(view, leaf);
            return Reply::done();
        }
        if self.table.update(&Input::Key(key), &self.keys, self.page) {
            self.top = 0;
            return Reply::done();
        }
        Reply::ignored()
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        if !self.is_searching {
            return Reply::ignored();
        }
        self.words.extend(text.chars().filter(|c| !c.is_control()));
        self.narrow();
        Reply::done()
    }

    fn is_typing(&self) -> bool {
        self.is_searching || self.as_of.is_typing()
    }

    fn message(&self, _view: &View) -> String {
        let hint = || "判断するのは産業医です。ここにあるのは、数と条文だけです".to_owned();
        self.as_of.refusal().map_or_else(hint, str::to_owned)
    }

    fn settle(&mut self, view: &View) {
        if self.entries.is_empty() {
            self.turn(view, self.leaf);
        }
        if let Some(rule) = self.wanted.take() {
            self.table.select(&rule, &self.keys);
        }
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(2);
    }
}

impl LawScreen {
    fn draw_list(&self, canvas: &mut Canvas<'_>, list: Rect) {
        let (first, second) = match self.leaf {
            Leaf::Articles => (LIST - 6, 0),
            Leaf::Rules => (11, LIST - 18),
            Leaf::Values | Leaf::Announced | Leaf::Examples => (LIST - 6, 0),
        };
        let mut columns = vec![Column::new(self.leaf.label(), first)];
        columns.extend((second > 0).then(|| Column::new("", second)));
        let titles =
            |key: &String| self.entries.iter().find(|(entry, _)| &entry.key == key).map(|(entry, _)| &entry.title);
        Table::new(columns).draw(canvas, list, &self.table, |index| {
            let Some(key) = self.keys.get(index) else { return Row::default() };
            let title = titles(key).cloned().unwrap_or_default();
            let name = if self.leaf == Leaf::Rules { key.clone() } else { title.clone() };
            let mut cells = vec![Cell::from(name)];
            cells.extend((second > 0).then(|| Cell::from(title)));
            Row::new(cells)
        });
    }
}

/// The digits of the tabs.
fn leaf_of(key: Key) -> Option<Leaf> {
    let Code::Char(digit) = key.code else { return None };
    let place = usize::try_from(digit.to_digit(10).filter(|_| !key.ctrl)?).ok()?;
    Leaf::ALL.get(place.checked_sub(1)?).copied()
}

fn draw_sheet(canvas: &mut Canvas<'_>, area: Rect, key: &str, said: &[Said], top: usize) {
    sheet::rule(canvas, area.x, area.y, area.width, key);
    let room = usize::from(area.width.saturating_sub(LABEL + 1));
    let rows = said.iter().flat_map(|said| {
        let mut wrapped = wrap(&said.text, room);
        if wrapped.is_empty() {
            wrapped.push(String::new());
        }
        wrapped
            .into_iter()
            .enumerate()
            .map(move |(index, row)| (if index == 0 { said.label.as_str() } else { "" }, row, said.is_bold))
    });
    for (y, (label, text, is_bold)) in (area.y + 1..area.bottom()).zip(rows.skip(top)) {
        canvas.text(area.x, y, LABEL, label, Weight::Dim);
        let weight = if is_bold { Weight::Bold } else { Weight::Plain };
        canvas.text(area.x + LABEL, y, area.width.saturating_sub(LABEL), &text, weight);
    }
}

#[cfg(test)]
mod tests;
