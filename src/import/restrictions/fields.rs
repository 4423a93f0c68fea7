//! One row of a ledger: its columns by their words, its measure and its days.

use chrono::{Datelike, Months};

use super::super::folding::Field;
use super::super::profile::{Located, NamedColumn, Role};
use super::super::reason::{Refusal, Why};
use super::super::source::SourceRow;
use super::super::{calendar, folding};
use crate::domain::Day;
use crate::domain::case::{Measure, MeasureKind};

/// Words in the headers, in the order in which they are tried: 見直し期限 is a review, 制限の期限 an end.
const WORDS: [(Field, &[&str]); 4] = [
    (Field::MeasureReview, &["見直", "再評価", "次回"]),
    (Field::MeasureUntil, &["まで", "期限", "終了", "満了"]),
    (Field::MeasureFrom, &["開始", "から", "発令", "措置日", "指示日"]),
    (Field::Measure, &["措置", "制限", "配慮", "就業区分"]),
];

/// Words for no end.
const OPEN: &[&str] = &["", "-", "なし", "未定", "無期限", "当面", "当面の間", "継続"];

/// The columns that a ledger names by its own words: the first of each.
pub(super) fn named(header: &[String]) -> Vec<NamedColumn> {
    let field = |name: &String| {
        let folded = folding::fold(name);
        WORDS.into_iter().find(|(_, words)| words.iter().any(|word| folded.contains(word))).map(|(field, _)| field)
    };
    let fields: Vec<Option<Field>> = header.iter().map(field).collect();
    let first = |wanted: Field| fields.iter().position(|found| *found == Some(wanted));
    let named = |(field, _)| Some((first(field)?, Role::Field(field), "見出しの言葉で判りました。"));
    WORDS.into_iter().filter_map(named).collect()
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
    pub(super) fn read(row: &SourceRow, located: &Located) -> Result<Self, Refusal> {
        let content = located.text(row, Field::Measure).split_whitespace().collect::<Vec<_>>().join(" ");
        if OPEN.contains(&content.as_str()) {
            return Err(located.refusal(row.line, Field::Measure, Why::NoMeasure));
        }
        let day = |field| day(row, located, field);
        let read = Self {
            kind: kind(&content),
            content,
            from: day(Field::MeasureFrom)?,
            until: day(Field::MeasureUntil)?,
            review_on: day(Field::MeasureReview)?,
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
fn day(row: &SourceRow, located: &Located, field: Field) -> Result<Option<Day>, Refusal> {
    let text = located.text(row, field).trim();
    if OPEN.contains(&folding::fold(text).as_ref()) {
        return Ok(None);
    }
    let text = text.strip_suffix("まで").or(text.strip_suffix("から")).unwrap_or(text).trim();
    let found = calendar::date(text).or_else(|| calendar::year_month(text).and_then(last_day));
    match found {
        Some(day) if (1900..2100).contains(&day.year()) => Ok(Some(day)),
        Some(_) => Err(located.refusal(row.line, field, Why::DateOutOfRange)),
        None => Err(located.refusal(row.line, field, Why::NotDate)),
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
