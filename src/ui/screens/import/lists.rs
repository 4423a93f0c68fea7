//! The lists of rows over the preview: one at a time, by number, person and what becomes of it.
//!
//! Only the rows that are seen are put into words.

use ratatui::layout::{Position, Rect};

use super::lines::moved;
use super::{Import, Stage};
use crate::app::host::{ImportPreview, ListedRow, RowList};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::Code;
use crate::ui::theme::Weight;
use crate::ui::width::{width, wrap};

/// The lists, in the order in which they are gone through.
const ORDER: &[RowList] = &[
    RowList::Doubtful,
    RowList::Value,
    RowList::Refused,
    RowList::Unread,
    RowList::NotKept,
    RowList::Over,
    RowList::Flag,
    RowList::ToJudge,
    RowList::Computed,
    RowList::Duty,
    RowList::Joining,
    RowList::Undecided,
    RowList::Differing,
    RowList::Gap,
    RowList::Night,
    RowList::Changed,
    RowList::Added,
    RowList::Unchanged,
    RowList::Absent,
    RowList::Ignored,
];
/// Columns of a row number with its word.
const NUMBER: u16 = 10;
/// Columns of a person, and where there is room.
const WHOM: [u16; 2] = [20, 34];
/// The row under the cursor is shown whole in at most so many rows.
const WHOLE: usize = 4;
/// From this width on there is room.
const WIDE: u16 = 120;

/// Which list is looked at, and where in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lists {
    list: RowList,
    cursor: usize,
}

impl Lists {
    /// The first list that has rows.
    pub fn first(preview: &ImportPreview) -> Option<Self> {
        let list = ORDER.iter().copied().find(|list| preview.count(*list) > 0)?;
        Some(Self { list, cursor: 0 })
    }

    /// The list so many places further that has rows, in a ring.
    pub fn next(self, preview: &ImportPreview, step: usize) -> Self {
        let here = ORDER.iter().position(|list| *list == self.list).unwrap_or(0);
        let filled = |places: &usize| ORDER.get(*places % ORDER.len()).is_some_and(|list| preview.count(*list) > 0);
        let mut ring = (1..=ORDER.len()).map(|further| here + further * step);
        let place = ring.find(filled).unwrap_or(here);
        let list = ORDER.get(place % ORDER.len()).copied().unwrap_or(self.list);
        Self { list, cursor: 0 }
    }

    /// The list and the place in it.
    pub const fn at(self) -> (RowList, usize) {
        (self.list, self.cursor)
    }

    /// Moves in the list, or to the one beside it; false for a key that moves nothing.
    pub fn moves(&mut self, preview: &ImportPreview, code: Code, page: usize) -> bool {
        *self = match code {
            Code::Right | Code::Char('l') => self.next(preview, 1),
            Code::Left | Code::Char('h') => self.next(preview, ORDER.len() - 1),
            code => match moved(code, self.cursor, page.saturating_sub(HEAD).max(1)) {
                Some(cursor) => Self { cursor, ..*self },
                None => return false,
            },
        };
        true
    }

    /// The cursor stays on a row that there is, and on a list that has one.
    pub fn rest(&mut self, preview: &ImportPreview) {
        if preview.count(self.list) == 0 {
            *self = self.next(preview, 1);
        }
        self.cursor = self.cursor.min(preview.count(self.list).saturating_sub(1));
    }
}

/// Rows above a list, about.
const HEAD: usize = 3;

impl Import {
    /// What leads to the lists, where there is a row.
    pub(super) fn offer_of_lists(&self) -> Option<Offer> {
        let Stage::Preview(preview) = &self.stage else { return None };
        Lists::first(preview)?;
        let effect = "追加、変更、同じ、要確認、不可などの行を、一つずつの一覧で見ます。まだ何も書きません。";
        Some(action(Act::Filter).offer().labelled("行の一覧").doing(effect))
    }

    /// The offers while a list is looked at.
    pub(super) fn offers_on_lists(&self) -> Option<Vec<Offer>> {
        self.lists.as_ref()?;
        let next = action(Act::Filter).offer().labelled("次の一覧").doing("行のある次の一覧を見ます。");
        Some(vec![next, action(Act::Back).offer().labelled("確認へ")])
    }

    /// Draws the lists by name and count, and the rows of the one that is looked at.
    pub(super) fn draw_lists(
        &self,
        canvas: &mut Canvas<'_>,
        body: Rect,
        preview: &ImportPreview,
        lists: &Lists,
    ) -> Option<Position> {
        let top = draw_names(canvas, body, preview, lists.list) + 1;
        let area = Rect { y: top, height: body.bottom().saturating_sub(top), ..body };
        self.draw_rows(canvas, area, preview, lists)
    }

    fn draw_rows(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        preview: &ImportPreview,
        lists: &Lists,
    ) -> Option<Position> {
        let (whole, answers) = (whole(area, preview, lists), self.answers());
        let room = usize::from(area.height).saturating_sub(whole.len() + answers.len()).max(1);
        let first = (lists.cursor + 1).saturating_sub(room);
        let (mut y, mut field) = (area.y, None);
        for place in first..preview.count(lists.list) {
            let Some(mut row) = preview.listed.row(lists.list, place).filter(|_| y < area.bottom()) else { break };
            let has_cursor = place == lists.cursor;
            if has_cursor && !whole.is_empty() {
                row.what.clear();
            }
            draw_row(canvas, Rect { y, height: 1, ..area }, &row, has_cursor);
            y += 1;
            for text in whole.iter().filter(|_| has_cursor) {
                put(canvas, area, &mut y, text, Weight::Plain);
            }
            if has_cursor && self.typing.is_some() && y < area.bottom() {
                field = self.draw_typing(
                    canvas,
                    Rect { x: area.x + NUMBER + 2, y, height: 1, width: area.width.saturating_sub(NUMBER + 4) },
                );
                y += 1;
            }
            for text in answers.iter().filter(|_| has_cursor && self.typing.is_none()) {
                put(canvas, area, &mut y, text, Weight::Bold);
            }
        }
        field
    }

    /// The answers of the row under the cursor, each behind its digit.
    fn answers(&self) -> Vec<String> {
        self.options().into_iter().enumerate().map(|(index, label)| format!("{} {label}", index + 1)).collect()
    }
}

/// A text under the cursor that is longer than its row, in rows of its own below it.
fn whole(area: Rect, preview: &ImportPreview, lists: &Lists) -> Vec<String> {
    let row = preview.listed.row(lists.list, lists.cursor).unwrap_or_default();
    let room = area.width.saturating_sub(whom_width(area) + NUMBER + 6);
    if width(&row.what) <= usize::from(room) {
        return Vec::new();
    }
    let wide = usize::from(area.width.saturating_sub(NUMBER + 6));
    wrap(&row.what, wide).into_iter().take(WHOLE).collect()
}

/// Draws a text below the row under the cursor, as long as there is a row left.
fn put(canvas: &mut Canvas<'_>, area: Rect, y: &mut u16, text: &str, weight: Weight) {
    if *y < area.bottom() {
        canvas.text(NUMBER + 4, *y, area.width, text, weight);
        *y += 1;
    }
}

/// Every list that has rows, with its count; gives the row below.
fn draw_names(canvas: &mut Canvas<'_>, body: Rect, preview: &ImportPreview, chosen: RowList) -> u16 {
    let (mut x, mut y) = (2, body.y);
    for list in ORDER.iter().filter(|list| preview.count(**list) > 0) {
        let name = format!("{} {}", list.label(), preview.count(*list));
        let (text, weight) = if *list == chosen { (format!("[{name}]"), Weight::Bold) } else { (name, Weight::Plain) };
        let columns = canvas.width(&text);
        if x > 2 && x + columns + 1 > body.width {
            (x, y) = (2, y + 1);
        }
        canvas.text(x, y, body.width.saturating_sub(x), &text, weight);
        x += columns + 3;
    }
    y + 1
}

const fn whom_width(area: Rect) -> u16 {
    if area.width < WIDE { WHOM[0] } else { WHOM[1] }
}

fn draw_row(canvas: &mut Canvas<'_>, area: Rect, row: &ListedRow, has_cursor: bool) {
    let number = row.row.map(|row| format!("{row}行目")).unwrap_or_default();
    canvas.text(0, area.y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
    canvas.right(2, area.y, NUMBER, &number, Weight::Dim);
    canvas.text(NUMBER + 4, area.y, whom_width(area), &row.whom, Weight::Plain);
    let what = NUMBER + 5 + whom_width(area);
    canvas.text(what, area.y, area.width.saturating_sub(what), &row.what, Weight::Plain);
}
