//! One measure of a row: its words and its days.

use chrono::{Datelike, Months};

use super::super::aside::Out;
use super::super::folding::Field;
use super::super::profile::Located;
use super::super::reason::{Doubt, Refusal, Skip, Why};
use super::super::source::SourceRow;
use super::super::{blank, calendar, folding};
use super::cell::{self, Told};
use super::ends::{self, End};
use super::headings::Column;
use super::several::{self, Several};
use super::stages;
use super::state;
use super::words::{self, Says};
use crate::domain::Day;
use crate::domain::case::{Measure, MeasureKind};

/// Words for no end.
const OPEN: &[&str] = &[
    "",
    "-",
    "なし",
    "無し",
    "無",
    "未定",
    "無期限",
    "期限なし",
    "期限無し",
    "無期",
    "期限の定めなし",
    "期間の定めなし",
    "定めなし",
    "終期なし",
    "当面",
    "当面の間",
    "当分",
    "当分の間",
    "継続",
];
/// From this year on a last day is how systems write that there is none (9999-12-31).
const NO_END: i32 = 2199;

/// What a row of a ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The kind of measure, by its words; [`MeasureKind::Other`] where they say none.
    pub kind: MeasureKind,
    /// The measure as it is written.
    pub content: String,
    /// What has to be asked before it is taken, in this order.
    pub doubts: Vec<Doubt>,
    /// First day.
    pub from: Option<Day>,
    /// Last day; none where the ledger says no end.
    pub until: Option<Day>,
    /// The day on which it was or will be lifted; the last day as well.
    pub lifted_on: Option<Day>,
    /// The day to look again.
    pub review_on: Option<Day>,
}

impl Row {
    /// Reads the measures of a row, one a column that tells one. `marks_hold` is the physician's word about ○ and ×.
    pub(super) fn all(
        row: &SourceRow,
        located: &Located,
        columns: &[Column],
        marks_hold: bool,
    ) -> Vec<Result<Self, Out>> {
        let blank = |column: &&Column| column.text(row, located).trim().is_empty();
        let told: Vec<&Column> = columns.iter().filter(|column| !blank(column)).collect();
        match (told.as_slice(), columns) {
            ([], [_, _, ..]) if located.text(row, Field::MeasureClass).trim().is_empty() => {
                vec![Err(Out::Ignored(Skip::NoRestriction))]
            }
            ([], _) => Self::of_class(row, located),
            (told, _) => told.iter().flat_map(|column| Self::of_column(row, located, column, marks_hold)).collect(),
        }
    }

    /// 就業区分, where no column of measures says anything.
    fn of_class(row: &SourceRow, located: &Located) -> Vec<Result<Self, Out>> {
        let part = if located.says(Field::MeasureClass) { Field::MeasureClass } else { Field::Measure };
        let content = located.text(row, part).split_whitespace().collect::<Vec<_>>().join(" ");
        Self::of_content(row, located, located.refusal(row.line, part, Why::NoMeasure), &content)
    }

    fn of_column(row: &SourceRow, located: &Located, column: &Column, marks_hold: bool) -> Vec<Result<Self, Out>> {
        let empty = column.index.map_or_else(
            || Refusal::row(row.line, Why::NoMeasure),
            |index| Refusal::cell(row.line, index, Why::NoMeasure),
        );
        match cell::read(column, column.text(row, located), marks_hold) {
            Told::Blank => vec![Err(Out::Refused(empty))],
            Told::Free => vec![Err(Out::Ignored(Skip::NoRestriction))],
            Told::Words(content) if column.is_of_subject => vec![Self::of_words(row, located, empty, content)],
            Told::Words(content) => Self::of_content(row, located, empty, &content),
            Told::Nought(content) => {
                vec![Self::of_words(row, located, empty, content).map(|read| read.doubted(Doubt::ZeroLimit))]
            }
            Told::Mark => {
                let read = Self::of_words(row, located, empty, column.heading.clone());
                vec![read.map(|read| read.doubted(Doubt::MarkAlone))]
            }
        }
    }

    /// The measures of a cell, of which it may hold several.
    fn of_content(row: &SourceRow, located: &Located, empty: Refusal, content: &str) -> Vec<Result<Self, Out>> {
        let of = |content: &str| Self::of_words(row, located, empty, content.to_owned());
        match several::read(content) {
            Several::One => vec![of(content)],
            Several::Many(parts) => parts.iter().map(|part| of(part)).collect(),
            // No kind out of words that may be of two.
            Several::Unclear => {
                vec![of(content).map(|read| Self { kind: MeasureKind::Other, ..read.doubted(Doubt::SeveralInOne) })]
            }
        }
    }

    fn of_words(row: &SourceRow, located: &Located, empty: Refusal, content: String) -> Result<Self, Out> {
        if content != "なし" && OPEN.contains(&content.as_str()) {
            return Err(Out::Refused(empty));
        }
        let (kind, doubts) = match words::read(&content) {
            Says::Nothing => return Err(Out::Ignored(Skip::NoRestriction)),
            Says::Unclear => (MeasureKind::Other, vec![Doubt::PerhapsNone]),
            Says::Unnamed => (MeasureKind::Other, vec![Doubt::Unnamed]),
            Says::Measure(kind) => (kind, Vec::new()),
        };
        let days = Days::read(row, located).map_err(Out::Refused)?;
        let Days { from, until, is_worded, lifted_on, review_on } = days;
        let is_open = until.is_none() && lifted_on.is_none();
        let speaks_of_days =
            stages::speaks(&content, &[from, until, lifted_on, review_on]) || is_open && stages::lasts(&content);
        let read = Self { kind, content, doubts, from, until: lifted_on.or(until), lifted_on, review_on };
        let read = if speaks_of_days { read.doubted(Doubt::DaysInWords) } else { read };
        Ok(if is_worded { read.doubted(Doubt::EndInWords) } else { read })
    }

    /// The same, with one more question.
    fn doubted(mut self, doubt: Doubt) -> Self {
        self.doubts.push(doubt);
        self
    }

    /// Whether it was lifted by the day.
    pub fn is_over(&self, day: Day) -> bool {
        self.lifted_on.is_some_and(|lifted| lifted <= day)
    }

    /// Whether its last day has passed, and nothing says that it was lifted.
    pub fn is_past(&self, day: Day) -> bool {
        self.lifted_on.is_none() && self.until.is_some_and(|until| until < day)
    }

    /// Whether it was lifted, or its last day has passed.
    pub(super) fn has_ended(&self, day: Day) -> bool {
        self.is_over(day) || self.is_past(day)
    }

    /// Whether a recorded measure is this one and no later spell of the same words.
    pub(super) fn is_of_the_same_time(&self, measure: &Measure) -> bool {
        self.until == measure.until || self.from.is_some() && self.from == measure.from
    }

    /// The day to look again; one without any end is looked at on the day it comes in.
    pub fn review(&self, day: Day) -> Day {
        self.review_on.or(self.until).unwrap_or(day)
    }

    /// Whether a recorded measure has these days already; what the ledger does not say is not compared.
    pub(super) fn says(&self, measure: &Measure, day: Day) -> bool {
        let same = |said: Option<Day>, kept: Option<Day>| said.is_none() || said == kept;
        same(self.from, measure.from)
            && same(self.until, measure.until)
            && same(self.review_on.or(self.until), measure.review_on)
            && (!self.is_over(day) || measure.lifted_on.is_some())
    }

    /// Whether a recorded measure can be the one that this row speaks of: one that was lifted has to have begun before.
    pub(super) fn may_be(&self, measure: &Measure) -> bool {
        let Some(lifted) = self.lifted_on else { return true };
        let began = self.from.zip(measure.from).is_none_or(|(said, kept)| said == kept);
        began && measure.from.is_none_or(|from| from <= lifted)
    }

    pub(super) fn onto(&self, measure: Measure, day: Day) -> Measure {
        let lifted_on = self.lifted_on.filter(|lifted| *lifted <= day).or(measure.lifted_on);
        Measure {
            from: self.from.or(measure.from),
            until: self.until.or(measure.until),
            review_on: Some(self.review(measure.review_on.unwrap_or(day))),
            lifted_on,
            ..measure
        }
    }
}

/// Which end of a month a day is that only its month tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

struct Days {
    from: Option<Day>,
    until: Option<Day>,
    /// Whether the end is written in words, or is a length without a beginning.
    is_worded: bool,
    lifted_on: Option<Day>,
    review_on: Option<Day>,
}

impl Days {
    fn read(row: &SourceRow, located: &Located) -> Result<Self, Refusal> {
        let of = |field: Field, edge| {
            day(located.text(row, field), edge).map_err(|why| located.refusal(row.line, field, why))
        };
        let said = of(Field::MeasureFrom, Edge::First)?;
        let text = located.text(row, Field::MeasureSpan);
        let open_until = halves(text).and_then(|(first, last)| worded_end(first, last));
        let (first, last) = span(text)
            .or_else(|why| counted(text, said).map(|last| (None, Some(last))).ok_or(why))
            .or_else(|why| open_until.map(|first| (first, None)).ok_or(why))
            .map_err(|why| located.refusal(row.line, Field::MeasureSpan, why))?;
        let from = said.or(first);
        let is_word = state::of_lifted(located.text(row, Field::MeasureLifted)).is_some();
        let lifted_on = if is_word { None } else { of(Field::MeasureLifted, Edge::Last)? };
        let (until, is_worded) = end(located.text(row, Field::MeasureUntil), from)
            .map_err(|why| located.refusal(row.line, Field::MeasureUntil, why))?;
        let is_worded = is_worded || open_until.is_some() && last.is_none() && until.is_none();
        let (until, is_worded) = (until.or(last), is_worded && last.is_none() && lifted_on.is_none());
        let review_on = of(Field::MeasureReview, Edge::Last)?;
        let end = lifted_on.or(until);
        if from.zip(end).is_some_and(|(from, end)| end < from) {
            return Err(Refusal::row(row.line, Why::EndsBeforeItBegins));
        }
        Ok(Self { from, until, is_worded, lifted_on, review_on })
    }
}

/// The last day, and whether the end is written without one: in words, or as a length from no first day.
fn end(text: &str, from: Option<Day>) -> Result<(Option<Day>, bool), Why> {
    let why = match day(text, Edge::Last) {
        Ok(last) => return Ok((last, false)),
        Err(why) => why,
    };
    match ends::read(text).filter(|_| why == Why::NotDate) {
        Some(End::Length(length)) => Ok((from.and_then(|first| length.last(first)), from.is_none())),
        Some(End::Words) => Ok((None, true)),
        None => Err(why),
    }
}

/// The first day of a span that ends in words (2026/9/1～復職まで); none where it is no such span.
fn worded_end(first: &str, last: &str) -> Option<Option<Day>> {
    let first = day(first, Edge::First).ok()?;
    (ends::read(last.trim())? == End::Words).then_some(first)
}

/// The last day of a length from a first day on.
fn counted(text: &str, from: Option<Day>) -> Option<Day> {
    match ends::read(text)? {
        End::Length(length) => length.last(from?),
        End::Words => None,
    }
}

/// Two days with a mark between them; either may be missing.
fn span(text: &str) -> Result<(Option<Day>, Option<Day>), Why> {
    let text = text.trim();
    if blank::is_blank(text) || OPEN.contains(&folding::fold(text).as_ref()) {
        return Ok((None, None));
    }
    if let Some((first, last)) = calendar::span(text) {
        return Ok((Some(first), Some(last)));
    }
    let (first, last) = halves(text).ok_or(Why::NotSpan)?;
    Ok((day(first, Edge::First)?, day(last, Edge::Last)?))
}

/// Parts a span at its mark; `2027/2/28まで` alone is an end.
fn halves(text: &str) -> Option<(&str, &str)> {
    let mark = ["～", "〜", "~", "→", "から", " - ", "–", "―"].into_iter().find(|mark| text.contains(mark));
    match mark {
        Some(mark) => text.split_once(mark),
        None => text.ends_with("まで").then_some(("", text)),
    }
}

/// A day, or the first or last day of a month; words for no end are none.
fn day(text: &str, edge: Edge) -> Result<Option<Day>, Why> {
    let text = text.trim();
    if blank::is_blank(text) || OPEN.contains(&folding::fold(text).as_ref()) {
        return Ok(None);
    }
    let text = text.strip_suffix("まで").or(text.strip_suffix("から")).unwrap_or(text).trim();
    let end = text.strip_suffix("末日").or(text.strip_suffix('末')).filter(|_| edge == Edge::Last);
    let text = end.unwrap_or(text);
    let of_month = |(year, month)| match edge {
        Edge::First => Day::from_ymd_opt(year, month, 1),
        Edge::Last => last_day(year, month),
    };
    let found = calendar::date(text).or_else(|| calendar::year_month(text).and_then(of_month));
    match found {
        Some(day) if (1900..2100).contains(&day.year()) => Ok(Some(day)),
        Some(day) if edge == Edge::Last && day.year() >= NO_END => Ok(None),
        Some(_) => Err(Why::DateOutOfRange),
        None => Err(calendar::told(text).err().unwrap_or(Why::NotDate)),
    }
}

fn last_day(year: i32, month: u32) -> Option<Day> {
    Day::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}
