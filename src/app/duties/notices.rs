//! Hours that the employer counts every month, and the notices that follow from them.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Desk, Kind, OPEN_MONTHS, Subject, over_80};
use crate::app::changes::Part;
use crate::app::flags::WorkerFlags;
use crate::app::months::{Context, named};
use crate::app::patrol_year::is_voluntary;
use crate::app::requests;
use crate::app::worklist::{Item, Task, Turn};
use crate::domain::case::{Notice, NoticeKind};
use crate::domain::establishment::InformationKind;
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Period};
use crate::law::overtime::WorkedMonth;

pub(super) const KIND: Kind = Kind {
    items,
    reads: &[
        Part::Establishment,
        Part::Workers,
        Part::Attributes,
        Part::Hours,
        Part::Notices,
        Part::Information,
        Part::InterviewInformation,
        Part::Interviews,
        Part::ClosingDays,
        Part::Exclusions,
        Part::Bases,
        Part::Requests,
        Part::Certificates,
        Part::Criteria,
        Part::Headcounts,
    ],
    reads_flags: true,
};

fn items(desk: &Desk<'_>, flags: &[WorkerFlags]) -> Vec<Item> {
    let mut items = missing_hours(desk);
    let context = Context::new(desk.site);
    for (worker, month) in over_80(desk, &context, flags) {
        items.extend(to_worker(desk, &context, worker, month));
    }
    items.extend(information(desk));
    items.extend(for_interviews(desk));
    items
}

/// Closed periods for which nobody's hours have come since the newest that have: names and hours, or that nobody is above.
fn missing_hours(desk: &Desk<'_>) -> Vec<Item> {
    if desk.site.workers.is_empty() {
        return Vec::new();
    }
    let newest = desk.site.newest_period().map(|period| period.end);
    let told = |end: Day| desk.site.notices.iter().any(|notice| is_about_everybody(notice) && notice.period_end == end);
    let served = |end: Day| desk.site.establishment.contract_from.is_none_or(|from| from <= end);
    // Where nothing has come yet, the newest is asked for and no older one.
    let count = if newest.is_some() { OPEN_MONTHS } else { 1 };
    let periods = requests::closed_periods(desk.site, desk.today, count).into_iter();
    let open = periods.filter(|period| newest.is_none_or(|newest| newest < period.end));
    open.filter(|period| served(period.end) && !told(period.end)).filter_map(|period| hours_of(desk, period)).collect()
}

/// The employer tells the names, or that there are none; below the size of an appointment it is an effort.
fn hours_of(desk: &Desk<'_>, period: Period) -> Option<Item> {
    let subject = Subject::new(Task::Hours, Turn::Employer).about(format!("{}分", period.end.format("%-m月")));
    if is_voluntary(desk.law, desk.site, period.end) {
        let facts = json!({ "workers": desk.site.size(desk.today), "in_charge": true });
        return desk.by_rule("DL-SMALL", period.end, facts, subject.promptly_since(period.end));
    }
    // The day is the same whether somebody is above or nobody; which of the two it is, is what is not known.
    let item = desk.by_rule("DL-NOTE-NONE", period.end, json!({ "nobody_over": true }), subject)?;
    Some(Item { facts: json!({}), ..item })
}

/// Nobody is above the line, or everybody who is was named (則14条の2第1項2号).
fn is_about_everybody(notice: &Notice) -> bool {
    let is_given = matches!(notice.kind, NoticeKind::NobodyOver | NoticeKind::ToPhysician);
    is_given && notice.worker.is_none()
}

/// The employer owes the worker the figure (DL-NOTE-W).
fn to_worker(desk: &Desk<'_>, context: &Context<'_>, worker: &Worker, month: WorkedMonth) -> Option<Item> {
    let end = month.period.end;
    let given = |n: &crate::domain::case::Notice| {
        n.kind == NoticeKind::ToWorker && n.worker.as_ref() == Some(&worker.id) && n.period_end == end
    };
    if desk.site.notices.iter().any(given) {
        return None;
    }
    let all = named(&context.facts(desk.law, worker, &month), &month);
    let facts = json!({
        "overtime_seconds": all.get("overtime_seconds"),
        "overtime_high_seconds": all.get("overtime_high_seconds"),
        "period_start": all.get("period_start"),
        "total_seconds": all.get("total_seconds"),
        "highly_professional": all.get("highly_professional"),
        "health_management_seconds": all.get("health_management_seconds"),
    });
    let about = format!("{}分", end.format("%-m月"));
    let subject = Subject::new(Task::NoticeToWorker, Turn::Employer).of(&worker.id).about(about.clone());
    let unsure = || {
        let is_open = month.hours.low != month.hours.high;
        let subject = Subject::new(Task::HoursCheck, Turn::Employer).of(&worker.id).about(about);
        is_open.then(|| desk.promptly("DL-NOTE-W", end, facts.clone(), end, subject))
    };
    desk.by_rule("DL-NOTE-W", end, facts.clone(), subject).or_else(unsure)
}

/// Information that was asked for and has not come (DL-INFO3).
fn information(desk: &Desk<'_>) -> Vec<Item> {
    let open = desk.site.information.iter().filter(|i| i.received_on.is_none() && i.kind != InformationKind::Measures);
    let item = |information: &crate::domain::establishment::Information| {
        let asked = information.asked_on?;
        let subject =
            Subject::new(Task::Information, Turn::Employer).about(information.kind.label()).opening(&information.id);
        desk.by_rule("DL-INFO3", asked, json!({ "asked_on": asked.to_string() }), subject)
    };
    open.filter_map(item).collect()
}

/// What was asked for an interview and has not come, in one line for each worker; nothing once the interview was held.
fn for_interviews(desk: &Desk<'_>) -> Vec<Item> {
    let held = |worker: &Id, end: Day| desk.site.interviews.iter().any(|i| &i.worker == worker && i.day > end);
    let mut asked: BTreeMap<&Id, Vec<Day>> = BTreeMap::new();
    for row in desk.site.interview_information.iter().filter(|row| row.received_on.is_none()) {
        if let Some(day) = row.asked_on.filter(|_| !held(&row.worker, row.period_end)) {
            asked.entry(&row.worker).or_default().push(day);
        }
    }
    asked.into_iter().filter_map(|(worker, days)| for_interview(desk, worker, &days)).collect()
}

fn for_interview(desk: &Desk<'_>, worker: &Id, asked: &[Day]) -> Option<Item> {
    let first = *asked.iter().min()?;
    let about = format!("面接の情報 {}件", asked.len());
    let subject = Subject::new(Task::Information, Turn::Employer).of(worker).about(about);
    desk.by_rule("DL-INFO3", first, json!({ "asked_on": first.to_string() }), subject)
}
