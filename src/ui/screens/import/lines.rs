//! The rows below the counts, and the row under the cursor: each line is made when it is drawn.
//!
//! Knows places of lists. Must not know how long a list is beyond its count: a file may have a hundred thousand rows.

use super::lists::Lists;
use super::{Import, Stage, WHOM};
use crate::app::host::{DoubtfulRow, ImportPreview, ListedRow, RowList, UnreadValue};
use crate::ui::keys::{Code, Key};
use crate::ui::screen::Reply;
use crate::ui::width::cut;

/// The lists below the counts, in the order in which they want to be read. What is plainly taken is only counted there.
const BELOW: &[RowList] = &[
    RowList::Doubtful,
    RowList::Value,
    RowList::Refused,
    RowList::Unread,
    RowList::NotKept,
    RowList::Differing,
    RowList::Undecided,
    RowList::Flag,
    RowList::Gap,
    RowList::Night,
    RowList::Changed,
    RowList::Absent,
    RowList::Ignored,
];

/// Columns of a person about whom something is asked: the question needs the room.
const ASKED: usize = 20;

/// A line below the counts.
pub(super) struct Line {
    /// The word of its list.
    pub label: &'static str,
    /// What it says.
    pub text: String,
}

/// Where a cursor stands: a list and a place in it.
type At = (RowList, usize);

/// How many lines stand below the counts.
fn count(preview: &ImportPreview) -> usize {
    BELOW.iter().map(|list| preview.count(*list)).sum::<usize>() + preview.unused.len()
}

/// The list and the place of a line below the counts; none behind the last row.
fn at(preview: &ImportPreview, line: usize) -> Option<At> {
    let mut place = line;
    for list in BELOW {
        match place.checked_sub(preview.count(*list)) {
            Some(behind) => place = behind,
            None => return Some((*list, place)),
        }
    }
    None
}

/// A line below the counts; behind the rows stand the columns that are not used.
pub(super) fn line(preview: &ImportPreview, line: usize) -> Option<Line> {
    if let Some((list, place)) = at(preview, line) {
        return row(preview, (list, place));
    }
    let behind = line.checked_sub(count(preview) - preview.unused.len())?;
    let heading = preview.unused.get(behind)?;
    Some(Line { label: "使わない", text: format!("{heading}  の列は読みません") })
}

fn row(preview: &ImportPreview, (list, place): At) -> Option<Line> {
    if list == RowList::Value {
        return preview.listed.value(place).map(|value| value_line(&value));
    }
    let ListedRow { row, whom, what, .. } = preview.listed.row(list, place)?;
    let number = row.map(|row| format!("{row}行目  ")).unwrap_or_default();
    let text = match list {
        RowList::Doubtful if !whom.is_empty() => format!("{number}{}  {what}", cut(&whom, ASKED)),
        RowList::Doubtful | RowList::Refused | RowList::Unread | RowList::NotKept | RowList::Ignored => {
            format!("{number}{what}")
        }
        _ => format!("{}  {what}", cut(&whom, WHOM)),
    };
    Some(Line { label: list.label(), text })
}

fn value_line(value: &UnreadValue) -> Line {
    let label = if value.is_open { RowList::Value.label() } else { "答えた値" };
    Line { label, text: super::unread::told(value) }
}

impl Import {
    fn preview(&self) -> Option<&ImportPreview> {
        match &self.stage {
            Stage::Preview(preview) => Some(preview),
            _ => None,
        }
    }

    /// Where the cursor stands; while the column can be read in two ways, that is asked first.
    fn at(&self) -> Option<At> {
        let preview = self.preview().filter(|preview| !preview.wants_reading())?;
        self.lists.as_ref().map_or_else(|| at(preview, self.cursor), |lists| Some(lists.at()))
    }

    /// The doubtful row under the cursor.
    pub(super) fn doubt(&self) -> Option<DoubtfulRow> {
        let (_, place) = self.at().filter(|(list, _)| *list == RowList::Doubtful)?;
        self.preview()?.listed.doubt(place)
    }

    /// The value under the cursor.
    pub(super) fn value(&self) -> Option<UnreadValue> {
        let (_, place) = self.at().filter(|(list, _)| *list == RowList::Value)?;
        self.preview()?.listed.value(place)
    }

    /// The answers of the row under the cursor, by their digit.
    pub(super) fn options(&self) -> Vec<String> {
        match self.doubt() {
            Some(doubt) => doubt.options.into_iter().map(|(_, label)| label).collect(),
            None => self.value_options(),
        }
    }

    /// Moves in the list that is looked at, else below the counts; another key is an answer.
    pub(super) fn scroll(&mut self, key: Key) -> Reply {
        let is_moved = match (&mut self.lists, &self.stage) {
            (Some(lists), Stage::Preview(preview)) => lists.moves(preview, key.code, self.page),
            _ => self.moves(key.code),
        };
        if !is_moved {
            return self.choose(key);
        }
        self.rest();
        Reply::done()
    }

    fn moves(&mut self, code: Code) -> bool {
        let moved = moved(code, self.cursor, self.page);
        self.cursor = moved.unwrap_or(self.cursor);
        moved.is_some()
    }

    /// The cursors stay on rows that there are.
    pub(super) fn rest(&mut self) {
        let Stage::Preview(preview) = &self.stage else { return };
        self.cursor = self.cursor.min(count(preview).saturating_sub(1));
        self.lists.iter_mut().for_each(|lists| lists.rest(preview));
    }

    /// The next list that has rows; the first one where none was looked at.
    pub(super) fn next_list(&mut self) -> Reply {
        let Stage::Preview(preview) = &self.stage else { return Reply::ignored() };
        self.lists = match &self.lists {
            None => Lists::first(preview),
            Some(lists) => Some(lists.next(preview, 1)),
        };
        if self.lists.is_some() { Reply::done() } else { Reply::ignored() }
    }
}

/// The place that a key moves to, unbounded below; none for a key that moves nothing.
pub(super) fn moved(code: Code, place: usize, page: usize) -> Option<usize> {
    Some(match code {
        Code::Down | Code::Char('j') => place + 1,
        Code::Up | Code::Char('k') => place.saturating_sub(1),
        Code::PageDown => place + page,
        Code::PageUp => place.saturating_sub(page),
        Code::Home | Code::Char('g') => 0,
        Code::End | Code::Char('G') => usize::MAX,
        _ => return None,
    })
}
