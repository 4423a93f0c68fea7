//! Hours that the employer counts every month, and the notices that follow from them.

use std::collections::BTreeMap;

use chrono::{Datelike, Months};
use serde_json::json;

use super::{Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::flags::WorkerFlags;
use crate::app::months::{Context, named};
use crate::app::worklist::{Item, Task, Turn};
use crate::domain::case::{Notice, NoticeKind};
use crate::domain::establishment::InformationKind;
use crate::domain::{Day, Id, Period};

pub(super) const KIND: Kind = Kind {
    items: items,
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
    ],
    reads_flags: true,
};

fn items(desk: &Desk<'_>, flags: &[WorkerFlags]) -> Vec<Item> {
    let mut items: Vec<Item> = missing_hours(desk).into_iter().collect();
    let context = Context::new(desk.site);
    items.extend(flags.iter().filter(|f| f.may_be_over_80()).filter_map(|flags| to_worker(desk, &context, flags)));
    items.extend(information(desk));
    items.extend(for_interviews(desk));
    items
}

/// The newest closed period, if nobody's hours for it have come: names and hours, or that nobody is above.
fn missing_hours(desk: &Desk<'_>) -> Option<Item> {
    if desk.site.workers.is_empty() {
        return None;
    }
    let period = last_closed(desk)?;
    let has_hours = desk.site.newest_period().is_some_and(|newest| newest.end >= period.end);
    let told = desk.site.notices.iter().any(|notice| is_about_everybody(notice) && notice.period_end == period.end);
    let served = desk.site.establishment.contract_from.is_none_or(|from| from <= period.end);
    if has_hours || told || !served {
        return None;
    }
    let subject = Subject::new(Task::Hours, Turn::Employer).about(format!("{}分", period.end.format("%-m月")));
    desk.by_rule("DL-NOTE-NONE", period.end, json!({ "nobody_over": true }), subject)
}

/// Nobody is above the line, or everybody who is was named (則14条の2第1項2号).
fn is_about_everybody(notice: &Notice) -> bool {
    let is_given = matches!(notice.kind, NoticeKind::NobodyOver | NoticeKind::ToPhysician);
    is_given && notice.worker.is_none()
}

fn last_closed(desk: &Desk<'_>) -> Option<Period> {
    let in_month = |day: Day| desk.site.period(day.year(), day.month());
    let this = in_month(desk.today).filter(|period| period.end < desk.today);
    this.or_else(|| in_month(desk.today.checked_sub_months(Months::new(1))?))
}

/// The employer owes the worker the figure (DL-NOTE-W).
fn to_worker(desk: &Desk<'_>, context: &Context<'_>, flags: &WorkerFlags) -> Option<Item> {
    let worker = desk.site.worker(&flags.worker)?;
    let month = flags.month?;
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
        "period_start": all.get("period_start"),
        "total_seconds": all.get("total_seconds"),
        "highly_professional": all.get("highly_professional"),
    });
    let subject =
        Subject::new(Task::NoticeToWorker, Turn::Employer).of(&worker.id).about(format!("{}分", end.format("%-m月")));
    desk.by_rule("DL-NOTE-W", end, facts, subject)
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
