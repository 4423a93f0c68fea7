//! One row of a ledger: its columns by their words, its measure and its days.

use chrono::{Datelike, Months};

use super::super::aside::Out;
use super::super::folding::Field;
use super::super::profile::{Located, NamedColumn, Role};
use super::super::reason::{Refusal, Skip, Why};
use super::super::source::SourceRow;
use super::super::{calendar, folding};
use super::words::{self, Says};
use crate::domain::Day;
use crate::domain::case::{Measure, MeasureKind};

/// Words of a heading that names no part of a measure, although a word of one stands in it.
const ASIDE: &[&str] = &["理由", "根拠", "コード"];

/// Words in the headers, in the order in which they are tried: 見直し期限 is a review, 制限の期限 an end, 制限期間 a span.
const WORDS: &[(Field, &[&str])] = &[
    (Field::MeasureUntil, &["解除予定"]),
    (Field::MeasureLifted, &["解除"]),
    (Field::MeasureReview, &["見直", "再評価", "次回"]),
    (Field::MeasureUntil, &["まで", "期限", "終了", "満了"]),
    (Field::MeasureFrom, &["開始", "から", "発令", "措置日", "指示日"]),
    (Field::MeasureSpan, &["制限期間", "措置期間", "配慮期間", "適用期間", "実施期間", "有効期間", "対象期間"]),
    (Field::MeasureClass, &["就業区分"]),
    (Field::Measure, &["措置", "制限", "配慮"]),
];

/// Words for no end.
const OPEN: &[&str] = &["", "-", "なし", "未定", "無期限", "当面", "当面の間", "継続"];
/// From this year on a last day is how systems write that there is none (9999-12-31).
const NO_END: i32 = 2199;

/// The parts of a ledger, and what a column of each is read as.
const PARTS: &[(Field, &str)] = &[
    (Field::Measure, "措置の言葉です。種類が言葉から判らなければ「その他」とします。"),
    (Field::MeasureClass, "措置の欄が空の行で、措置の言葉として読みます。"),
    (Field::MeasureFrom, "措置の初日です。年月だけなら、その月の初日とします。"),
    (Field::MeasureUntil, "措置の末日です。年月だけなら、その月の末日とします。"),
    (Field::MeasureSpan, "措置の初日と末日です。年月だけなら、月の初日から月の末日までとします。"),
    (Field::MeasureLifted, "措置の終わった日です。期限より先に見ます。"),
    (Field::MeasureReview, "見直しの日です。年月だけなら、その月の末日とします。"),
];

/// What a column is by its own words.
fn part_of(heading: &str) -> Option<Field> {
    let folded = folding::fold(heading);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match () {
        () if folded == "期間" => Some(Field::MeasureSpan),
        () if has(ASIDE) => None,
        () => WORDS.iter().find(|(_, words)| has(words)).map(|(field, _)| *field),
    }
}

/// The columns that a ledger names by its own words: the first of each; a content before other words of a measure, and
/// 就業区分 as the measure where nothing else is one.
pub(super) fn named(header: &[String]) -> Vec<NamedColumn> {
    let parts: Vec<Option<Field>> = header.iter().map(|name| part_of(name)).collect();
    let first = |wanted: Field| parts.iter().position(|part| *part == Some(wanted));
    let is_content = |(name, part): (&String, &Option<Field>)| *part == Some(Field::Measure) && name.contains("内容");
    let content = header.iter().zip(&parts).position(is_content);
    let class = first(Field::MeasureClass);
    let measure = content.or(first(Field::Measure)).or(class);
    let place = |field: Field| match field {
        Field::Measure => measure,
        Field::MeasureClass => class.filter(|_| class != measure),
        _ => first(field),
    };
    PARTS.iter().filter_map(|(field, told)| Some((place(*field)?, Role::Field(*field), *told))).collect()
}

/// The words of a row's measure, and the part that tells them.
fn words(row: &SourceRow, located: &Located) -> (Field, String) {
    let words = |field: Field| located.text(row, field).split_whitespace().collect::<Vec<_>>().join(" ");
    let own = words(Field::Measure);
    if own.is_empty() && located.says(Field::MeasureClass) {
        (Field::MeasureClass, words(Field::MeasureClass))
    } else {
        (Field::Measure, own)
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
    pub(super) fn read(row: &SourceRow, located: &Located) -> Result<Self, Out> {
        let (part, content) = words(row, located);
        if content != "なし" && OPEN.contains(&content.as_str()) {
            return Err(Out::Refused(located.refusal(row.line, part, Why::NoMeasure)));
        }
        let (kind, is_unclear) = match words::read(&content) {
            Says::Nothing => return Err(Out::Ignored(Skip::NoRestriction)),
            Says::Unclear => (MeasureKind::Other, true),
            Says::Measure(kind) => (kind, false),
        };
        let days = Days::read(row, located).map_err(Out::Refused)?;
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
    if OPEN.contains(&folding::fold(text).as_ref()) {
        return Ok((None, None));
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
