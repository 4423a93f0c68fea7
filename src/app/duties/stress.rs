//! The stress check (安衛法66条の10): the yearly check, the notice, the request, the interview, the opinion, the report.
//!
//! Whoever is told nothing of anybody has no lines about persons: they come from results, and those are behind the gate.
//! A line for many names nobody.

use std::collections::BTreeMap;

use chrono::Datelike;
use serde_json::json;

use super::{AHEAD, Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::stress::{ask, requests};
use crate::app::worklist::{Item, Task, Turn};
use crate::domain::case::{Ground, Request};
use crate::domain::interview::Interview;
use crate::domain::stress::{Computed, Need, StressResult, StressRound};
use crate::domain::time::after_months;
use crate::domain::worker::{StressFlag, StressState};
use crate::domain::{Day, Id};
use crate::law::outcome::Conclusion;
use crate::law::param::Reading;

pub(super) const KIND: Kind = Kind {
    items: |desk, _| items(desk),
    reads: &[
        Part::Establishment,
        Part::Headcounts,
        Part::Workers,
        Part::Stress,
        Part::StressRounds,
        Part::StressAnswers,
        Part::StressResults,
        Part::StressReported,
        Part::Requests,
        Part::Cases,
        Part::Interviews,
        Part::Issued,
        Part::Plans,
    ],
    reads_flags: false,
};

fn items(desk: &Desk<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = again(desk).into_iter().chain(report(desk)).collect();
    items.extend(desk.site.stress_rounds.iter().filter_map(|round| notice(desk, round)));
    items.extend(desk.site.stress_rounds.iter().flat_map(|round| to_request(desk, round)));
    items.extend(desk.site.requests.iter().filter_map(|request| interview(desk, request)));
    items.extend(desk.site.interviews.iter().filter_map(|interview| opinion(desk, interview)));
    items
}

/// Whether a case was opened by a request of 66条の10: its days are counted by the rules of this file alone.
pub(super) fn is_high_stress(desk: &Desk<'_>, case: &Id) -> bool {
    desk.site.cases.iter().any(|row| &row.id == case && row.ground == Ground::HighStress)
}

/// The establishment is checked again within a year of the last check (SC-21): of the first day on which it ran, so
/// that it comes too late for nobody.
fn again(desk: &Desk<'_>) -> Option<Item> {
    let last = last_check(desk)?;
    let Reading::InForce(notice, _) = desk.law.reading("stress.interval.notice_months", last.first) else {
        return None;
    };
    let from = after_months(last.first, u32::try_from(notice).ok()?).safe;
    let is_duty = ask(desk.law, "SC-22", desk.today, &json!({ "regular_workers": size(desk) }))
        .is_some_and(|outcome| outcome.outcome == Conclusion::Required);
    if desk.today < from || !is_duty {
        return None;
    }
    let facts = json!({ "regular_workers": size(desk), "last_on": last.first.to_string() });
    let about = format!("前回 {}", last.first.format("%Y-%m"));
    desk.by_rule("SC-21", last.first, facts, Subject::new(Task::StressCheck, Turn::Employer).about(about))
}

fn size(desk: &Desk<'_>) -> Option<i64> {
    Some(desk.site.size(desk.today)).filter(|size| *size > 0)
}

/// The days of the newest check.
#[derive(Debug, Clone, Copy)]
struct Check {
    first: Day,
    newest: Day,
}

/// By the sheets of the newest round, else by the lists; what came after those sheets is a check of its own.
fn last_check(desk: &Desk<'_>) -> Option<Check> {
    let taken = desk.site.stress.iter().filter(|flag| is_taken(flag)).map(|flag| flag.day);
    let listed = taken.filter(|day| *day <= desk.today).max().map(|day| Check { first: day, newest: day });
    let round = desk.site.stress_rounds.iter().filter_map(|round| days(desk, round)).max_by_key(|days| days.newest);
    match (round, listed) {
        (Some(round), Some(listed)) if listed.newest > round.newest => Some(listed),
        (round, listed) => round.or(listed),
    }
}

/// A request may stand for a person whose check is not on record; its day is no day of a check.
fn is_taken(flag: &StressFlag) -> bool {
    flag.state != StressState::NotTaken && flag.requested_on != Some(flag.day)
}

fn days(desk: &Desk<'_>, round: &StressRound) -> Option<Check> {
    let answered = || desk.site.stress_answers.iter().map(|row| (&row.round, row.day));
    let told = || desk.site.stress_reported.iter().map(|row| (&row.round, row.day));
    let of = || answered().chain(told()).filter(|(of, _)| **of == round.id).map(|(_, day)| day);
    Some(Check { first: of().min()?, newest: of().max()? })
}

/// Who has a result and was not told (SC-40): one line for a round, from the day it was judged.
fn notice(desk: &Desk<'_>, round: &StressRound) -> Option<Item> {
    let judged_on = round.judged_on?;
    let is_open =
        |row: &&StressResult| row.round == round.id && row.notified_on.is_none() && row.computed != Computed::Withheld;
    let open: Vec<&StressResult> = desk.site.stress_results.iter().filter(is_open).collect();
    let undecided = open.iter().filter(|row| row.computed == Computed::High && row.need == Need::Open).count();
    let about = match undecided {
        0 => format!("{}名", open.len()),
        few => format!("{}名  確認まだ {few}名", open.len()),
    };
    let subject = Subject::new(Task::StressNotice, Turn::Mine).about(about).opening(&round.id);
    let facts = json!({ "result_ready_on": judged_on.to_string() });
    let item = desk.by_rule("SC-40", judged_on, facts, subject.promptly_since(judged_on))?;
    let members = open.iter().map(|row| row.worker.clone()).collect::<Vec<_>>();
    (!members.is_empty()).then_some(Item { members, ..item })
}

/// Who may still apply in time (SC-41), by the day they were told. When it has passed the line goes: nobody is late in
/// applying, and a late request is a request.
fn to_request(desk: &Desk<'_>, round: &StressRound) -> Vec<Item> {
    let mut told: BTreeMap<Day, Vec<Id>> = BTreeMap::new();
    for row in desk.site.stress_results.iter().filter(|row| row.round == round.id && row.need == Need::Needed) {
        let is_silent = requests::request_of(desk.site, &round.id, &row.worker).is_none();
        let stays = desk.site.worker(&row.worker).is_some_and(|worker| worker.is_employed_on(desk.today));
        if let Some(day) = row.notified_on.filter(|_| is_silent && stays) {
            told.entry(day).or_default().push(row.worker.clone());
        }
    }
    told.into_iter().filter_map(|(day, members)| window(desk, round, day, members)).collect()
}

fn window(desk: &Desk<'_>, round: &StressRound, told_on: Day, members: Vec<Id>) -> Option<Item> {
    let about = format!("{}名", members.len());
    let subject = Subject::new(Task::StressRequest, Turn::Worker).about(about).opening(&round.id);
    let item = desk.by_rule("SC-41", told_on, json!({ "notified_on": told_on.to_string() }), subject)?;
    (item.due.last >= desk.today).then_some(Item { members, ..item })
}

/// A request that its own interview has not followed yet (SC-42).
fn interview(desk: &Desk<'_>, request: &Request) -> Option<Item> {
    let is_held = desk.site.interviews.iter().any(|interview| interview.case_id == request.case_id);
    if is_held || request.withdrawn_on.is_some() || !is_high_stress(desk, &request.case_id) {
        return None;
    }
    let about = format!("申出 {}", request.day.format("%m-%d"));
    let subject = Subject::new(Task::StressInterview, Turn::Mine).of(&request.worker).opening(&request.case_id);
    desk.by_rule("SC-42", request.day, json!({ "requested_on": request.day.to_string() }), subject.about(about))
}

/// An interview whose opinion has not been issued (SC-43).
fn opinion(desk: &Desk<'_>, interview: &Interview) -> Option<Item> {
    let is_issued = desk.site.issued.iter().any(|issued| issued.case_id.as_ref() == Some(&interview.case_id));
    if is_issued || !is_high_stress(desk, &interview.case_id) {
        return None;
    }
    let urgent = (!interview.red_flags.is_empty()).then_some(true);
    let facts = json!({ "interviewed_on": interview.day.to_string(), "urgent": urgent });
    let subject = Subject::new(Task::StressOpinion, Turn::Mine).of(&interview.worker).opening(&interview.id);
    desk.by_rule("SC-43", interview.day, facts, subject)
}

/// The employer reports a check 遅滞なく, and in any case within a year of the last report (SC-50); that it was done is
/// the physician's word.
fn report(desk: &Desk<'_>) -> Option<Item> {
    let reported = reported_on(desk);
    let newest = last_check(desk).map(|check| check.newest).filter(|newest| reported.is_none_or(|day| *newest > day));
    match (newest, reported) {
        (Some(newest), _) => {
            let about = format!("{}年", newest.year());
            let subject = Subject::new(Task::StressReport, Turn::Employer).about(about).promptly_since(newest);
            let item = desk.by_rule("SC-50", newest, json!({ "regular_workers": size(desk) }), subject)?;
            // The plan stays with the year, not with the last latecomer's day.
            Some(Item { key: report_key(desk, &newest.year().to_string()), ..item })
        }
        (None, Some(reported)) => {
            let facts = json!({ "regular_workers": size(desk), "last_reported_on": reported.to_string() });
            let about = format!("前回 {}", reported.format("%Y-%m-%d"));
            let item =
                desk.by_rule("SC-50", reported, facts, Subject::new(Task::StressReport, Turn::Employer).about(about))?;
            let key = report_key(desk, &format!("after-{reported}"));
            (item.days_left(desk.today) <= AHEAD).then_some(Item { key, ..item })
        }
        (None, None) => None,
    }
}

fn report_key(desk: &Desk<'_>, what: &str) -> String {
    format!("{}/{}/{what}", Task::StressReport.label(), desk.site.id())
}

/// The newest day on which the physician said that a report had been made.
fn reported_on(desk: &Desk<'_>) -> Option<Day> {
    let prefix = report_key(desk, "");
    desk.site.plans.iter().filter(|plan| plan.item.starts_with(&prefix)).filter_map(|plan| plan.done_on).max()
}

#[cfg(test)]
#[path = "stress_tests.rs"]
mod tests;
