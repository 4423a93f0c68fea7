//! What stands in the form before the first key: facts on record, never a judgment.

use std::collections::BTreeMap;

use super::Opening;
use super::field::*;
use crate::app::months::Context;
use crate::domain::hours::Measure;
use crate::domain::worker::Worker;
use crate::law::means;
use crate::law::overtime::{self, WorkedMonth};

/// How many months stand in the form: the longest mean of the circular.
const MONTHS: usize = 6;

pub(super) fn values(opening: Opening<'_>, worker: &Worker) -> BTreeMap<String, String> {
    let months = Context::new(opening.site).months(worker);
    let ground = super::stress::waiting(opening.site, &worker.id).map_or("", |_| "1");
    let values = [
        (GROUND, ground.to_owned()),
        (DAY, opening.today.to_string()),
        (TIME, opening.clock.to_owned()),
        (MODE, "0".to_owned()),
        (DOCTOR, opening.owner.name.clone()),
        (WORK_SITUATION, work_situation(opening, &months)),
        (DUTIES, worker.duties.clone()),
        (NIGHT_WORK, String::new()),
        (FROM, opening.today.to_string()),
    ];
    values.into_iter().filter(|(_, value)| !value.is_empty()).map(|(field, value)| (field.to_owned(), value)).collect()
}

/// 勤務の状況 of the newest period, the means, and the months before it.
fn work_situation(opening: Opening<'_>, months: &[WorkedMonth]) -> String {
    let Some(newest) = months.first() else { return String::new() };
    let mut lines = vec![newest_line(opening, newest)];
    let before: Vec<String> = months.iter().skip(1).take(MONTHS - 1).filter_map(|month| past(opening, month)).collect();
    if !before.is_empty() {
        lines.push(before.join("、"));
    }
    lines.extend(means(opening, months));
    lines.join("\n")
}

/// The means that lie above the limit of the circular.
fn means(opening: Opening<'_>, months: &[WorkedMonth]) -> Option<String> {
    let over = means::windows(opening.law, months).into_iter().filter(|mean| mean.is_over == Some(true));
    let parts: Vec<String> =
        over.filter_map(|mean| Some(format!("{}か月 {}", mean.months, mean.mean?.0.words()))).collect();
    (!parts.is_empty()).then(|| format!("平均 {}", parts.join("、")))
}

fn newest_line(opening: Opening<'_>, month: &WorkedMonth) -> String {
    let period = format!("{} から {}", month.period.start, month.period.end);
    let overtime = overtime(opening, month).unwrap_or_else(|| "計算できません".to_owned());
    match month.measure {
        Measure::ReportedOvertime => format!("{period}\n時間外・休日 {overtime}（会社の計算）"),
        Measure::HealthManagement => format!("{period}\n健康管理時間の超過 {overtime}"),
        _ => format!("{period}\n総労働 {}  時間外・休日 {overtime}", total(month)),
    }
}

fn total(month: &WorkedMonth) -> String {
    let (low, high) = (overtime::clock(month.hours.low), overtime::clock(month.hours.high));
    if month.hours.is_exact() { low } else { format!("{low}〜{high}") }
}

fn past(opening: Opening<'_>, month: &WorkedMonth) -> Option<String> {
    Some(format!("{}月 {}", month.period.end.format("%-m"), overtime(opening, month)?))
}

fn overtime(opening: Opening<'_>, month: &WorkedMonth) -> Option<String> {
    let view = overtime::month(opening.law, month.period.end, month.period, month.hours, month.measure)?;
    Some(view.words())
}
