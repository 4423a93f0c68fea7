//! One row of a ledger: its columns by their names, its measure and its days.

use chrono::{Datelike, Months};

use super::super::reason::{Refusal, Why};
use super::super::source::SourceRow;
use super::super::{calendar, folding};
use crate::domain::Day;
use crate::domain::case::{Measure, MeasureKind};

/// Where the columns of a ledger stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    measure: usize,
    from: Option<usize>,
    until: Option<usize>,
    review: Option<usize>,
}

/// Words in the headers, in the order in which they are tried: 見直し期限 is a review, 制限の期限 an end.
const REVIEW: &[&str] = &["見直", "再評価", "次回"];
const UNTIL: &[&str] = &["まで", "期限", "終了", "満了"];
const FROM: &[&str] = &["開始", "から", "発令", "措置日", "指示日"];
const MEASURE: &[&str] = &["措置", "制限", "配慮", "就業区分"];

/// Words for no end.
const OPEN: &[&str] = &["", "-", "なし", "未定", "無期限", "当面", "当面の間", "継続"];

impl Columns {
    /// Finds the columns; none where no header names a measure.
    pub(super) fn locate(header: &[String]) -> Option<Self> {
        let lists = [REVIEW, UNTIL, FROM, MEASURE];
        let kind = |name: &String| {
            let folded = folding::fold(name);
            lists.iter().position(|words| words.iter().any(|word| folded.contains(word)))
        };
        let kinds: Vec<Option<usize>> = header.iter().map(kind).collect();
        let first = |wanted: usize| kinds.iter().position(|kind| *kind == Some(wanted));
        Some(Self { review: first(0), until: first(1), from: first(2), measure: first(3)? })
    }
}

/// What a row of a ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The kind of measure, by its words; [`MeasureKind::Other`] where they say none.
    pub kind: MeasureKind,
    /// The measure as it is written.
    pub content: String,
    /// First day.
    pub from: Option<Day>,
    /// Last day; none where the ledger says no end.
    pub until: Option<Day>,
    /// The day to look again.
    pub review_on: Option<Day>,
}

impl Row {
    pub(super) fn read(row: &SourceRow, columns: &Columns) -> Result<Self, Refusal> {
        let content = row.cells.get(columns.measure).split_whitespace().collect::<Vec<_>>().join(" ");
        if OPEN.contains(&content.as_str()) {
            return Err(Refusal::cell(row.line, columns.measure, Why::NoMeasure));
        }
        let day = |column: Option<usize>| column.map_or(Ok(None), |index| day(row, index));
        let read = Self {
            kind: kind(&content),
            content,
            from: day(columns.from)?,
            until: day(columns.until)?,
            review_on: day(columns.review)?,
        };
        match (read.from, read.until) {
            (Some(from), Some(until)) if until < from => Err(Refusal::row(row.line, Why::EndsBeforeItBegins)),
            _ => Ok(read),
        }
    }

    /// The day to look again; one without any end is looked at on the day it comes in.
    pub fn review(&self, day: Day) -> Day {
        self.review_on.or(self.until).unwrap_or(day)
    }

    /// Whether a recorded measure has these days already; what the ledger does not say is not compared.
    pub(super) fn says(&self, measure: &Measure) -> bool {
        let same = |said: Option<Day>, kept: Option<Day>| said.is_none() || said == kept;
        same(self.from, measure.from)
            && same(self.until, measure.until)
            && same(self.review_on.or(self.until), measure.review_on)
    }

    pub(super) fn onto(&self, measure: Measure, day: Day) -> Measure {
        Measure {
            from: self.from.or(measure.from),
            until: self.until.or(measure.until),
            review_on: Some(self.review(measure.review_on.unwrap_or(day))),
            ..measure
        }
    }
}

/// A day, or the last day of a month; words for no end are none.
fn day(row: &SourceRow, index: usize) -> Result<Option<Day>, Refusal> {
    let text = row.cells.get(index).trim();
    if OPEN.contains(&folding::fold(text).as_ref()) {
        return Ok(None);
    }
    let text = text.strip_suffix("まで").or(text.strip_suffix("から")).unwrap_or(text).trim();
    let found = calendar::date(text).or_else(|| calendar::year_month(text).and_then(last_day));
    match found {
        Some(day) if (1900..2100).contains(&day.year()) => Ok(Some(day)),
        Some(_) => Err(Refusal::cell(row.line, index, Why::DateOutOfRange)),
        None => Err(Refusal::cell(row.line, index, Why::NotDate)),
    }
}

fn last_day((year, month): (i32, u32)) -> Option<Day> {
    Day::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The kind whose words stand in the text; the text itself is always kept.
fn kind(content: &str) -> MeasureKind {
    let folded = folding::fold(content);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match () {
        () if has(&["残業", "時間外"]) && has(&["禁止", "不可", "なし"]) => MeasureKind::OvertimeBan,
        () if has(&["残業", "時間外"]) => MeasureKind::OvertimeLimit,
        () if has(&["深夜", "夜勤"]) => MeasureKind::NightWork,
        () if has(&["就業禁止", "就業の禁止", "休業", "休職"]) => MeasureKind::NoWork,
        () if has(&["就業場所"]) => MeasureKind::Place,
        () if has(&["作業転換", "作業の転換", "配置転換"]) => MeasureKind::Work,
        () if has(&["短時間", "時短", "就業時間"]) => MeasureKind::WorkingHours,
        () => MeasureKind::Other,
    }
}
