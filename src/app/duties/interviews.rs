//! From the request to the opinion: 申出 → 面接 → 意見書, and the interviews that need no request.

use serde_json::json;

use super::{Desk, Kind, Subject, over_80, stress};
use crate::app::changes::Part;
use crate::app::flags::WorkerFlags;
use crate::app::months::{Context, named};
use crate::app::worklist::{Item, Task, Turn};
use crate::app::{certificates, exclusions};
use crate::domain::case::{Certificate, Request};
use crate::domain::interview::Interview;
use crate::domain::worker::Worker;
use crate::law::interview as law_interview;
use crate::law::outcome::Conclusion;
use crate::law::overtime::WorkedMonth;

pub(super) const KIND: Kind = Kind {
    items,
    reads: &[
        Part::Establishment,
        Part::Workers,
        Part::Attributes,
        Part::Hours,
        Part::ClosingDays,
        Part::Requests,
        Part::Cases,
        Part::Interviews,
        Part::Certificates,
        Part::Exclusions,
        Part::Bases,
        Part::Issued,
        Part::Criteria,
    ],
    reads_flags: true,
};

fn items(desk: &Desk<'_>, flags: &[WorkerFlags]) -> Vec<Item> {
    let context = Context::new(desk.site);
    let mut items: Vec<Item> = desk.site.requests.iter().filter_map(|request| asked(desk, &context, request)).collect();
    items.extend(desk.site.interviews.iter().filter_map(|interview| opinion(desk, interview)));
    items.extend(desk.site.certificates.iter().filter_map(|certificate| opinion_on(desk, certificate)));
    items.extend(desk.site.interviews.iter().filter_map(|interview| again(desk, interview)));
    for (worker, month) in over_80(desk, &context, flags) {
        items.extend(unasked(desk, &context, worker, month));
    }
    items
}

/// A request that no interview has followed yet, nor what stands for one (DL-INT).
fn asked(desk: &Desk<'_>, context: &Context<'_>, request: &Request) -> Option<Item> {
    let answered =
        desk.site.interviews.iter().any(|interview| interview.worker == request.worker && interview.day >= request.day);
    if stress::is_high_stress(desk, &request.case_id) {
        return None;
    }
    let certified = || desk.site.certificates.iter().any(|certificate| certificates::answers(certificate, request));
    let left_out = |end| exclusions::is_left_out(desk.law, context, &request.worker, end);
    if answered || request.withdrawn_on.is_some() || certified() || request.period_end.is_some_and(left_out) {
        return None;
    }
    let facts = json!({ "requested_on": request.day.to_string() });
    let subject = Subject::new(Task::Interview, Turn::Mine).of(&request.worker).opening(&request.case_id);
    desk.by_rule("DL-INT", request.day, facts, subject.about(format!("申出 {}", request.day.format("%m-%d"))))
}

/// An interview whose opinion has not been issued (DL-OPN).
fn opinion(desk: &Desk<'_>, interview: &Interview) -> Option<Item> {
    if stress::is_high_stress(desk, &interview.case_id) {
        return None;
    }
    if desk.site.issued.iter().any(|issued| issued.case_id.as_ref() == Some(&interview.case_id)) {
        return None;
    }
    let facts = json!({ "interviewed_on": interview.day.to_string(), "urgent": (!interview.red_flags.is_empty()).then_some(true) });
    let subject = Subject::new(Task::Opinion, Turn::Mine).of(&interview.worker).opening(&interview.id);
    desk.by_rule("DL-OPN", interview.day, facts, subject)
}

/// A certificate on which no opinion was stated: the time runs from its receipt (則52条の7).
fn opinion_on(desk: &Desk<'_>, certificate: &Certificate) -> Option<Item> {
    if certificate.opinion_on.is_some() {
        return None;
    }
    let facts = json!({ "interviewed_on": certificate.received_on.to_string() });
    let subject = Subject::new(Task::CertificateOpinion, Turn::Mine).of(&certificate.worker).opening(&certificate.id);
    let about = format!("受領 {}", certificate.received_on.format("%m-%d"));
    desk.by_rule("DL-OPN", certificate.received_on, facts, subject.about(about))
}

/// The next interview that the physician set.
fn again(desk: &Desk<'_>, interview: &Interview) -> Option<Item> {
    let due = interview.next_on?;
    let held = desk.site.interviews.iter().any(|other| other.worker == interview.worker && other.day > interview.day);
    let subject = Subject::new(Task::Reinterview, Turn::Mine).of(&interview.worker).opening(&interview.case_id);
    (!held).then(|| desk.on(due, subject))
}

/// Above the line without a request: research and 高プロ are interviewed all the same, others may apply.
fn unasked(desk: &Desk<'_>, context: &Context<'_>, worker: &Worker, month: WorkedMonth) -> Option<Item> {
    let facts = context.facts(desk.law, worker, &month);
    let since = month.period.end;
    if !worker.is_employed_on(desk.today) || context.is_requested(&worker.id, since) {
        return None;
    }
    let held = desk.site.interviews.iter().any(|i| i.worker == worker.id && i.day > since);
    if held || certificates::stands_for(desk.site, &worker.id, since) {
        return None;
    }
    let duty = law_interview::assess(desk.law, &facts);
    if duty.outcome == Conclusion::Required {
        let named = named(&facts, &month);
        return desk.by_rule(
            "DL-INT-AUTO",
            since,
            only(&named, AUTOMATIC),
            subject(worker, Task::Interview, Turn::Mine, since),
        );
    }
    if law_interview::leaves_out(desk.law, &facts) {
        return None;
    }
    let facts = json!({ "period_end": since.to_string() });
    let item = desk.by_rule("DL-REQ", since, facts, subject(worker, Task::Request, Turn::Worker, since))?;
    // Nobody is late in applying: when the time has passed the line goes, and a late request is still a request.
    (item.due.last >= desk.today).then_some(item)
}

const AUTOMATIC: &[&str] = &[
    "overtime_seconds",
    "overtime_high_seconds",
    "period_start",
    "total_seconds",
    "research",
    "article41",
    "highly_professional",
    "health_management_seconds",
];

fn only(facts: &serde_json::Value, names: &[&str]) -> serde_json::Value {
    let members = facts.as_object().into_iter().flatten().filter(|(name, _)| names.contains(&name.as_str()));
    members.map(|(name, value)| (name.clone(), value.clone())).collect::<serde_json::Map<_, _>>().into()
}

fn subject(worker: &Worker, task: Task, turn: Turn, end: crate::domain::Day) -> Subject {
    Subject::new(task, turn).of(&worker.id).about(format!("{}分", end.format("%-m月")))
}
