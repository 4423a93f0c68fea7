//! One measure of a row: its words and its days.

use chrono::{Datelike, Months};

use super::super::aside::Out;
use super::super::folding::Field;
use super::super::profile::Located;
use super::super::reason::{Refusal, Skip, Why};
use super::super::source::SourceRow;
use super::super::{blank, calendar, folding};
use super::cell::{self, Told};
use super::headings::Column;
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
    /// Whether the words may say as well that there is no measure.
    pub is_unclear: bool,
    /// Whether a mark stands for the words, of which nobody said what it means.
    pub is_mark: bool,
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
        let blank = |column: &&Column| cell(row, located, column).trim().is_empty();
        let told: Vec<&Column> = columns.iter().filter(|column| !blank(column)).collect();
        match (told.as_slice(), columns) {
            ([], [_, _, ..]) if located.text(row, Field::MeasureClass).trim().is_empty() => {
                vec![Err(Out::Ignored(Skip::NoRestriction))]
            }
            ([], _) => vec![Self::of_class(row, located)],
            (told, _) => told.iter().map(|column| Self::of_column(row, located, column, marks_hold)).collect(),
        }
    }

    /// 就業区分, where no column of measures says anything.
    fn of_class(row: &SourceRow, located: &Located) -> Result<Self, Out> {
        let part = if located.says(Field::MeasureClass) { Field::MeasureClass } else { Field::Measure };
        let content = located.text(row, part).split_whitespace().collect::<Vec<_>>().join(" ");
        Self::of_words(row, located, located.refusal(row.line, part, Why::NoMeasure), content)
    }

    fn of_column(row: &SourceRow, located: &Located, column: &Column, marks_hold: bool) -> Result<Self, Out> {
        let empty = column.index.map_or_else(
            || Refusal::row(row.line, Why::NoMeasure),
            |index| Refusal::cell(row.line, index, Why::NoMeasure),
        );
        match cell::read(column, cell(row, located, column), marks_hold) {
            Told::Blank => Err(Out::Refused(empty)),
            Told::Free => Err(Out::Ignored(Skip::NoRestriction)),
            Told::Words(content) => Self::of_words(row, located, empty, content),
            Told::Mark => {
                Self::of_words(row, located, empty, column.heading.clone()).map(|read| Self { is_mark: true, ..read })
            }
        }
    }

    fn of_words(row: &SourceRow, located: &Located, empty: Refusal, content: String) -> Result<Self, Out> {
        if content != "なし" && OPEN.contains(&content.as_str()) {
            return Err(Out::Refused(empty));
        }
        let (kind, is_unclear) = match words::read(&content) {
            Says::Nothing => return Err(Out::Ignored(Skip::NoRestriction)),
            Says::Unclear => (MeasureKind::Other, true),
            Says::Measure(kind) => (kind, false),
        };
        let days = Days::read(row, located).map_err(Out::Refused)?;
        let Days { from, until, lifted_on, review_on } = days;
        let until = lifted_on.or(until);
        Ok(Self { kind, content, is_unclear, is_mark: false, from, until, lifted_on, review_on })
    }

    /// Whether it was lifted by the day.
    pub fn is_over(&self, day: Day) -> bool {
        self.lifted_on.is_some_and(|lifted| lifted <= day)
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

/// What stands in a column of measures.
fn cell<'r>(row: &'r SourceRow, located: &'r Located, column: &Column) -> &'r str {
    column.index.map_or_else(|| located.text(row, Field::Measure), |index| row.cells.get(index))
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
    lifted_on: Option<Day>,
    review_on: Option<Day>,
}

impl Days {
    fn read(row: &SourceRow, located: &Located) -> Result<Self, Refusal> {
        let of = |field: Field, edge| {
            day(located.text(row, field), edge).map_err(|why| located.refusal(row.line, field, why))
        };
        let (first, last) = span(located.text(row, Field::MeasureSpan))
            .map_err(|why| located.refusal(row.line, Field::MeasureSpan, why))?;
        let from = of(Field::MeasureFrom, Edge::First)?.or(first);
        let until = of(Field::MeasureUntil, Edge::Last)?.or(last);
        let lifted_on = of(Field::MeasureLifted, Edge::Last)?;
        let review_on = of(Field::MeasureReview, Edge::Last)?;
        let end = lifted_on.or(until);
        if from.zip(end).is_some_and(|(from, end)| end < from) {
            return Err(Refusal::row(row.line, Why::EndsBeforeItBegins));
        }
        Ok(Self { from, until, lifted_on, review_on })
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
