//! One row of a ledger: its columns by their names, its measure and its days.

use chrono::{Datelike, Months};

use super::super::aside::Out;
use super::super::reason::{Refusal, Skip, Why};
use super::super::source::SourceRow;
use super::super::{calendar, folding};
use super::words::{self, Says};
use crate::domain::Day;
use crate::domain::case::{Measure, MeasureKind};

/// Where the columns of a ledger stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    measure: usize,
    /// 就業区分 beside another column of measures: read where that one is empty.
    class: Option<usize>,
    from: Option<usize>,
    until: Option<usize>,
    span: Option<usize>,
    lifted: Option<usize>,
    review: Option<usize>,
}

/// What a column of a ledger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Until,
    Lifted,
    Review,
    From,
    Span,
    Class,
    /// A word about a measure that is none.
    Aside,
    Measure,
}

/// Words in the headers, in the order in which they are tried: 見直し期限 is a review, 制限の期限 an end, 制限期間 a span.
const WORDS: &[(Part, &[&str])] = &[
    (Part::Aside, &["理由", "根拠", "コード"]),
    (Part::Until, &["解除予定"]),
    (Part::Lifted, &["解除"]),
    (Part::Review, &["見直", "再評価", "次回"]),
    (Part::Until, &["まで", "期限", "終了", "満了"]),
    (Part::From, &["開始", "から", "発令", "措置日", "指示日"]),
    (Part::Span, &["制限期間", "措置期間", "配慮期間", "適用期間", "実施期間", "有効期間", "対象期間"]),
    (Part::Class, &["就業区分"]),
    (Part::Measure, &["措置", "制限", "配慮"]),
];

/// Words for no end.
const OPEN: &[&str] = &["", "-", "なし", "未定", "無期限", "当面", "当面の間", "継続"];
/// From this year on a last day is how systems write that there is none (9999-12-31).
const NO_END: i32 = 2199;

impl Part {
    fn of(heading: &str) -> Option<Self> {
        let folded = folding::fold(heading);
        if folded == "期間" {
            return Some(Self::Span);
        }
        let found = WORDS.iter().find(|(_, words)| words.iter().any(|word| folded.contains(word)));
        found.map(|(part, _)| *part)
    }

    /// What a column of it is read as; none for one that is not read.
    const fn told(self) -> Option<&'static str> {
        match self {
            Self::Until => Some("措置の末日です。年月だけなら、その月の末日とします。"),
            Self::Lifted => Some("措置の終わった日です。期限より先に見ます。"),
            Self::Review => Some("見直しの日です。年月だけなら、その月の末日とします。"),
            Self::From => Some("措置の初日です。年月だけなら、その月の初日とします。"),
            Self::Span => Some("措置の初日と末日です。年月だけなら、月の初日から月の末日までとします。"),
            Self::Class => Some("措置の欄が空の行で、措置の言葉として読みます。"),
            Self::Measure => Some("措置の言葉です。種類が言葉から判らなければ「その他」とします。"),
            Self::Aside => None,
        }
    }
}

impl Columns {
    /// Finds the columns; none where no header names a measure.
    pub(super) fn locate(header: &[String]) -> Option<Self> {
        let parts: Vec<Option<Part>> = header.iter().map(|name| Part::of(name)).collect();
        let first = |wanted: Part| parts.iter().position(|part| *part == Some(wanted));
        let is_content = |(name, part): (&String, &Option<Part>)| *part == Some(Part::Measure) && name.contains("内容");
        let content = header.iter().zip(&parts).position(is_content);
        let class = first(Part::Class);
        Some(Self {
            measure: content.or(first(Part::Measure)).or(class)?,
            class,
            from: first(Part::From),
            until: first(Part::Until),
            span: first(Part::Span),
            lifted: first(Part::Lifted),
            review: first(Part::Review),
        })
    }

    /// The columns that are read, from left to right, and as what.
    pub(super) fn told(&self, header: &[String]) -> Vec<(usize, &'static str)> {
        let Self { measure, class, from, until, span, lifted, review } = *self;
        let mut used: Vec<usize> = [class, from, until, span, lifted, review].into_iter().flatten().collect();
        used.push(measure);
        used.sort_unstable();
        used.dedup();
        let told = |index: usize| {
            let part = if index == measure { Some(Part::Measure) } else { Part::of(header.get(index)?) };
            Some((index, part?.told()?))
        };
        used.into_iter().filter_map(told).collect()
    }

    /// The words of a row's measure, and the column where they stand.
    fn words(&self, row: &SourceRow) -> (usize, String) {
        let words = |index: usize| row.cells.get(index).split_whitespace().collect::<Vec<_>>().join(" ");
        let own = words(self.measure);
        match self.class {
            Some(class) if own.is_empty() => (class, words(class)),
            _ => (self.measure, own),
        }
    }
}

/// What a row of a ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The kind of measure, by its words; [`MeasureKind::Other`] where they say none.
    pub kind: MeasureKind,
    /// The measure as it is written.
    pub content: String,
    /// Whether the words may say as well that there is no measure.
    pub is_unclear: bool,
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
    pub(super) fn read(row: &SourceRow, columns: &Columns) -> Result<Self, Out> {
        let (index, content) = columns.words(row);
        if content != "なし" && OPEN.contains(&content.as_str()) {
            return Err(Out::Refused(Refusal::cell(row.line, index, Why::NoMeasure)));
        }
        let (kind, is_unclear) = match words::read(&content) {
            Says::Nothing => return Err(Out::Ignored(Skip::NoRestriction)),
            Says::Unclear => (MeasureKind::Other, true),
            Says::Measure(kind) => (kind, false),
        };
        let days = Days::read(row, columns).map_err(Out::Refused)?;
        let Days { from, until, lifted_on, review_on } = days;
        Ok(Self { kind, content, is_unclear, from, until: lifted_on.or(until), lifted_on, review_on })
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
    fn read(row: &SourceRow, columns: &Columns) -> Result<Self, Refusal> {
        let of = |column: Option<usize>, edge| column.map_or(Ok(None), |index| cell(row, index, edge));
        let (first, last) = columns.span.map_or(Ok((None, None)), |index| span(row, index))?;
        let from = of(columns.from, Edge::First)?.or(first);
        let until = of(columns.until, Edge::Last)?.or(last);
        let lifted_on = of(columns.lifted, Edge::Last)?;
        let review_on = of(columns.review, Edge::Last)?;
        let end = lifted_on.or(until);
        if from.zip(end).is_some_and(|(from, end)| end < from) {
            return Err(Refusal::row(row.line, Why::EndsBeforeItBegins));
        }
        Ok(Self { from, until, lifted_on, review_on })
    }
}

fn cell(row: &SourceRow, index: usize, edge: Edge) -> Result<Option<Day>, Refusal> {
    day(row.cells.get(index), edge).map_err(|why| Refusal::cell(row.line, index, why))
}

/// Two days with a mark between them; either may be missing.
fn span(row: &SourceRow, index: usize) -> Result<(Option<Day>, Option<Day>), Refusal> {
    let text = row.cells.get(index).trim();
    if OPEN.contains(&folding::fold(text).as_ref()) {
        return Ok((None, None));
    }
    let refused = |why| Refusal::cell(row.line, index, why);
    let (first, last) = halves(text).ok_or(refused(Why::NotSpan))?;
    let read = |text: &str, edge| day(text, edge).map_err(refused);
    Ok((read(first, Edge::First)?, read(last, Edge::Last)?))
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
    if OPEN.contains(&folding::fold(text).as_ref()) {
        return Ok(None);
    }
    let text = text.strip_suffix("まで").or(text.strip_suffix("から")).unwrap_or(text).trim();
    let of_month = |(year, month)| match edge {
        Edge::First => Day::from_ymd_opt(year, month, 1),
        Edge::Last => last_day(year, month),
    };
    let found = calendar::date(text).or_else(|| calendar::year_month(text).and_then(of_month));
    match found {
        Some(day) if (1900..2100).contains(&day.year()) => Ok(Some(day)),
        Some(day) if edge == Edge::Last && day.year() >= NO_END => Ok(None),
        Some(_) => Err(Why::DateOutOfRange),
        None => Err(Why::NotDate),
    }
}

fn last_day(year: i32, month: u32) -> Option<Day> {
    Day::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}
