//! A list with columns: the cursor, the marks, and only the rows that are seen.
//!
//! Knows places and keys of rows, not what a row is. Rows come from a closure and are formatted
//! when they are drawn, so a list of 10,000 costs as much as one of twenty.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::dates::count;
use super::keys::{Code, Input, Key};
use super::theme::Weight;

/// Where the columns begin: cursor, mark and two for urgency stand before.
const GUTTER: u16 = 5;
/// Columns between two columns, unless the table says otherwise.
const GAP: u16 = 2;

/// The two characters of urgency in the gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marker {
    /// Nothing.
    #[default]
    None,
    /// `!!` 超過
    Overdue,
    /// `!` within seven days
    Soon,
    /// `?` a fact is missing
    Unknown,
    /// `=` 予定 or 確定
    Settled,
    /// `-` 取消
    Withdrawn,
}

impl Marker {
    /// As it stands in the gutter.
    pub const fn text(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Overdue => "!!",
            Self::Soon => "!",
            Self::Unknown => "?",
            Self::Settled => "=",
            Self::Withdrawn => "-",
        }
    }

    const fn weight(self) -> Weight {
        if matches!(self, Self::Overdue) { Weight::Alert } else { Weight::Plain }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    heading: Cow<'static, str>,
    columns: u16,
    most: u16,
    is_number: bool,
}

impl Column {
    /// A column of that heading and width.
    pub fn new(heading: impl Into<Cow<'static, str>>, columns: u16) -> Self {
        Self { heading: heading.into(), columns, most: columns, is_number: false }
    }

    /// Right-aligned, for numbers.
    pub fn number(mut self) -> Self {
        self.is_number = true;
        self
    }

    /// Grows up to `most` columns where there is room; for names.
    pub fn growing(mut self, most: u16) -> Self {
        self.most = most.max(self.columns);
        self
    }
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    text: Cow<'static, str>,
    weight: Weight,
}

impl Cell {
    /// A text of that weight.
    pub fn new(text: impl Into<Cow<'static, str>>, weight: Weight) -> Self {
        Self { text: text.into(), weight }
    }
}

impl From<&'static str> for Cell {
    fn from(text: &'static str) -> Self {
        Self::new(text, Weight::Plain)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text, Weight::Plain)
    }
}

/// A row as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Urgency, in the gutter.
    pub marker: Marker,
    /// Whether `*` stands in the gutter.
    pub is_marked: bool,
    /// Another's turn, or done: every plain cell is dim.
    pub is_dim: bool,
    /// In the order of the columns.
    pub cells: Vec<Cell>,
}

impl Row {
    /// A row of these cells.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// The columns of a table, ready to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    columns: Vec<Column>,
    gap: u16,
}

impl Table {
    /// A table of these columns.
    pub const fn new(columns: Vec<Column>) -> Self {
        Self { columns, gap: GAP }
    }

    /// With `gap` columns between two columns.
    pub const fn spaced(mut self, gap: u16) -> Self {
        self.gap = gap;
        self
    }

    /// Rows that fit below the heading.
    pub const fn page(area: Rect) -> usize {
        area.height.saturating_sub(1) as usize
    }

    /// Draws the heading and the rows from `state.top` on; `row` is asked for those alone.
    pub fn draw<K>(&self, canvas: &mut Canvas<'_>, area: Rect, state: &TableState<K>, row: impl Fn(usize) -> Row) {
        let places = self.places(area);
        if area.height > 0 {
            self.draw_heading(canvas, area.y, &places);
        }
        let page = Self::page(area);
        let top = state.top_for(page);
        for (y, index) in (area.y.saturating_add(1)..area.bottom()).zip(top..state.len) {
            self.draw_row(canvas, Rect { y, height: 1, ..area }, &places, &row(index), index == state.index);
        }
    }

    fn draw_heading(&self, canvas: &mut Canvas<'_>, y: u16, places: &[(u16, u16)]) {
        for (column, (x, columns)) in self.columns.iter().zip(places) {
            draw_cell(canvas, (*x, y, *columns), column.is_number, &column.heading, Weight::Dim);
        }
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, area: Rect, places: &[(u16, u16)], row: &Row, has_cursor: bool) {
        let Rect { x, y, .. } = area;
        canvas.text(x, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
        canvas.text(x + 1, y, 1, if row.is_marked { "*" } else { "" }, Weight::Bold);
        canvas.text(x + 2, y, 2, row.marker.text(), row.marker.weight());
        for ((column, cell), (at, columns)) in self.columns.iter().zip(&row.cells).zip(places) {
            let is_dim = row.is_dim && cell.weight == Weight::Plain;
            let weight = if is_dim { Weight::Dim } else { cell.weight };
            draw_cell(canvas, (*at, y, *columns), column.is_number, &cell.text, weight);
        }
        if has_cursor {
            let reverse = canvas.theme().reverse();
            canvas.tint(x, y, area.width, reverse);
        }
    }

    /// Start and width of every column: what is left over goes to names, then to nothing.
    fn places(&self, area: Rect) -> Vec<(u16, u16)> {
        let gaps = self.gap.saturating_mul(u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX));
        let taken: u16 = self.columns.iter().map(|column| column.columns).fold(GUTTER + gaps, u16::saturating_add);
        let mut spare = area.width.saturating_sub(1).saturating_sub(taken);
        let mut x = area.x + GUTTER;
        let mut places = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let more = spare.min(column.most - column.columns);
            spare -= more;
            let end = area.right();
            places.push((x.min(end), (column.columns + more).min(end.saturating_sub(x))));
            x = x.saturating_add(column.columns + more + self.gap);
        }
        places
    }
}

fn draw_cell(canvas: &mut Canvas<'_>, (x, y, columns): (u16, u16, u16), is_number: bool, text: &str, weight: Weight) {
    if is_number {
        canvas.right(x, y, columns, text, weight);
    } else {
        canvas.text(x, y, columns, text, weight);
    }
}

/// Cursor and marks, kept by the key of a row when the rows change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableState<K> {
    index: usize,
    top: usize,
    len: usize,
    selected: Option<K>,
    marks: BTreeSet<K>,
}

impl<K> Default for TableState<K> {
    fn default() -> Self {
        Self { index: 0, top: 0, len: 0, selected: None, marks: BTreeSet::new() }
    }
}

impl<K> TableState<K> {
    /// The first row to draw so that the cursor is seen.
    fn top_for(&self, page: usize) -> usize {
        let page = page.max(1);
        let least = (self.index + 1).saturating_sub(page);
        self.top.clamp(least, self.index.max(least)).min(self.len.saturating_sub(page).max(least))
    }

    /// Number of rows.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row under the cursor.
    pub fn index(&self) -> Option<usize> {
        (self.len > 0).then_some(self.index)
    }

    /// The key of the row under the cursor.
    pub const fn selected(&self) -> Option<&K> {
        self.selected.as_ref()
    }

    /// `1-16 / 3,000`
    pub fn position(&self, page: usize) -> String {
        let top = self.top_for(page);
        let last = (top + page).min(self.len);
        let first = if self.len == 0 { 0 } else { top + 1 };
        format!("{}-{} / {}", count(first), count(last), count(self.len))
    }
}

impl<K: Ord + Clone> TableState<K> {
    /// Takes new rows: the cursor stays on its key, or near its place when the key is gone; marks
    /// of rows that are gone are dropped.
    pub fn settle(&mut self, keys: &[K]) {
        self.len = keys.len();
        let kept = self.selected.as_ref().and_then(|key| keys.iter().position(|other| other == key));
        self.index = kept.unwrap_or(self.index).min(self.len.saturating_sub(1));
        self.selected = keys.get(self.index).cloned();
        if !self.marks.is_empty() {
            let present: BTreeSet<&K> = keys.iter().collect();
            self.marks.retain(|mark| present.contains(mark));
        }
    }

    /// Puts the cursor on the row of `key`, if there is one.
    pub fn select(&mut self, key: &K, keys: &[K]) -> bool {
        let Some(index) = keys.iter().position(|other| other == key) else { return false };
        self.go(index, keys);
        true
    }

    /// Moves the cursor by a key of movement; says whether the key was one.
    ///
    /// `page` is the number of rows that are seen ([`Table::page`]).
    pub fn update(&mut self, input: &Input, keys: &[K], page: usize) -> bool {
        let Input::Key(Key { code, ctrl: false, shift: false }) = input else { return false };
        let last = self.len.saturating_sub(1);
        let target = match code {
            Code::Up | Code::Char('k') => self.index.saturating_sub(1),
            Code::Down | Code::Char('j') => self.index + 1,
            Code::PageUp => self.index.saturating_sub(page.max(1)),
            Code::PageDown => self.index + page.max(1),
            Code::Home | Code::Char('g') => 0,
            Code::End | Code::Char('G') => last,
            _ => return false,
        };
        self.go(target, keys);
        self.top = self.top_for(page);
        true
    }

    /// Marks the row under the cursor, or takes its mark off, and goes to the next.
    pub fn toggle_mark(&mut self, keys: &[K], page: usize) {
        if let Some(key) = self.selected.clone() {
            if !self.marks.remove(&key) {
                self.marks.insert(key);
            }
            self.go(self.index + 1, keys);
            self.top = self.top_for(page);
        }
    }

    /// Marks every row, or takes every mark off when all have one.
    pub fn toggle_all(&mut self, keys: &[K]) {
        let all: BTreeSet<K> = keys.iter().cloned().collect();
        self.marks = if self.marks == all { BTreeSet::new() } else { all };
    }

    /// The marked rows.
    pub const fn marks(&self) -> &BTreeSet<K> {
        &self.marks
    }

    /// Whether the row of `key` is marked.
    pub fn is_marked(&self, key: &K) -> bool {
        self.marks.contains(key)
    }

    fn go(&mut self, index: usize, keys: &[K]) {
        self.index = index.min(self.len.saturating_sub(1));
        self.selected = keys.get(self.index).cloned();
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
