//! What is arranged beside an item, on one establishment with a request that is due.

use std::sync::Arc;

use super::*;
use crate::app::assess::SiteAssessment;
use crate::app::testing::{day, site, today};
use crate::app::worklist::{State, Task};
use crate::domain::AnyRecord;
use crate::domain::command::Change;
use crate::domain::establishment::{Headcount, Visit};
use crate::law::Law;

fn items(site: &Site) -> Vec<Item> {
    SiteAssessment::new(&Law::built_in().unwrap(), site, today()).items
}

fn item(site: &Site, task: Task) -> Option<Item> {
    items(site).into_iter().find(|item| item.task == task)
}

fn planned(site: &Site, command: &Command) -> Site {
    let rows = command.changes.iter().filter_map(|change| match change {
        Change::Put(AnyRecord::Plan(plan)) => Some((**plan).clone()),
        _ => None,
    });
    Site { plans: Arc::new(rows.collect()), ..site.clone() }
}

/// Sixty people and a committee; the next visit is on the 27th.
fn large() -> Site {
    let row = |number| Id::new(site().id(), Prefix::Row, number);
    let headcounts = vec![Headcount { id: row(8), day: day("2026-04-01"), male: 40, female: 20 }];
    let visit = Visit {
        id: row(9),
        day: day("2026-11-27"),
        starts: "13:00".into(),
        ends: "未定".into(),
        closed_on: None,
        summary: String::new(),
    };
    Site { headcounts: Arc::new(headcounts), visits: Arc::new(vec![visit]), ..site() }
}

#[test]
fn what_is_put_off_stands_last_until_its_day_and_keeps_its_deadline() {
    let site = large();
    let first = items(&site)[0].clone();
    let command = put_off(&site, &first, day("2026-11-24"), " 本人が出張 ", today()).unwrap();
    let site = planned(&site, &command);
    let put = items(&site).into_iter().find(|item| item.key == first.key).unwrap();
    assert_eq!((put.snoozed_until, put.due, put.state), (Some(day("2026-11-24")), first.due, first.state));
    assert_eq!(items(&site).last().unwrap().key, first.key);
    assert_eq!(of(&site, &first.key).unwrap().reason, "本人が出張");
    let later = SiteAssessment::new(&Law::built_in().unwrap(), &site, day("2026-11-24")).items;
    assert_ne!(later.last().unwrap().key, first.key, "from its day it stands in its own place again");
}

#[test]
fn nothing_is_put_off_without_a_reason_or_to_a_day_behind() {
    let site = large();
    let item = items(&site)[0].clone();
    assert_eq!(put_off(&site, &item, day("2026-11-24"), "  ", today()), Err(PlanFault::NoReason));
    assert_eq!(put_off(&site, &item, today(), "出張", today()), Err(PlanFault::DayBehind));
}

#[test]
fn an_item_goes_into_the_next_visit_and_out_again_as_one_plan() {
    let site = large();
    let item = item(&site, Task::Patrol).unwrap();
    let (command, into) = schedule(&site, &item, today()).unwrap();
    assert_eq!(into, Some(day("2026-11-27")));
    let site = planned(&site, &command);
    let item = items(&site).into_iter().find(|other| other.key == item.key).unwrap();
    assert_eq!((item.scheduled_for, item.mark()), (Some(day("2026-11-27")), "="));
    let (command, into) = schedule(&site, &item, today()).unwrap();
    assert_eq!(into, None);
    let out = planned(&site, &command);
    assert_eq!(out.plans.len(), 1);
    assert_eq!(out.plans[0].id, site.plans[0].id, "an item has one plan");
    let nowhere = Site { visits: Arc::default(), ..large() };
    assert_eq!(schedule(&nowhere, &items(&nowhere)[0], today()), Err(PlanFault::NoVisit));
}

#[test]
fn a_meeting_is_done_by_word_and_a_request_only_with_a_reason() {
    let site = large();
    let meeting = item(&site, Task::Committee).unwrap();
    assert_eq!((meeting.rule, meeting.due.safe), ("COM-01", day("2026-11-30")));
    let site = planned(&site, &settle(&site, &meeting, "", today()).unwrap());
    assert_eq!(item(&site, Task::Committee), None);
    let request = item(&site, Task::Request).unwrap();
    assert_eq!(settle(&site, &request, "", today()), Err(PlanFault::NoReason));
    let site = planned(&site, &settle(&site, &request, "紙の記録で済", today()).unwrap());
    assert_eq!(item(&site, Task::Request), None);
    assert_eq!(of(&site, &request.key).unwrap().reason, "紙の記録で済");
}

#[test]
fn a_meeting_that_is_done_comes_back_the_month_after() {
    let site = large();
    let meeting = item(&site, Task::Committee).unwrap();
    let site = planned(&site, &settle(&site, &meeting, "", today()).unwrap());
    let next = SiteAssessment::new(&Law::built_in().unwrap(), &site, day("2026-12-01")).items;
    let meeting = next.iter().find(|item| item.task == Task::Committee).unwrap();
    assert_eq!((meeting.due.safe, meeting.state), (day("2026-12-31"), State::Open));
}

#[test]
fn what_was_said_of_some_is_not_said_of_others_who_join_the_line() {
    use crate::domain::worker::{Checkup, FindingState, Worker};
    let person = |number| Id::new(site().id(), Prefix::Worker, number);
    let checkup = |number: u32, on: &str| Checkup {
        id: Id::new(site().id(), Prefix::Row, 80 + number),
        worker: person(number),
        day: day(on),
        judgement: String::new(),
        finding: FindingState::Present,
        summary: String::new(),
        opinion_on: None,
        opinion: None,
    };
    let workers = (1..=3).map(|number| Worker { id: person(number), ..crate::app::testing::worker() }).collect();
    let base = Site { workers: Arc::new(workers), ..site() };
    let two =
        Site { checkups: Arc::new(vec![checkup(1, "2026-09-11"), checkup(2, "2026-09-11")].into()), ..base.clone() };
    let line = item(&two, Task::CheckupOpinion).unwrap();
    let done = settle(&two, &line, "紙で済", today()).unwrap();
    assert_eq!(item(&planned(&two, &done), Task::CheckupOpinion), None);
    let later = vec![checkup(1, "2026-09-11"), checkup(2, "2026-09-11"), checkup(3, "2026-10-01")];
    let three = Site { checkups: Arc::new(later.into()), ..planned(&two, &done) };
    assert_eq!(item(&three, Task::CheckupOpinion).unwrap().members.len(), 3, "a third result is not hidden");
}

#[test]
fn a_visit_that_passed_is_no_plan_any_more_and_what_is_overdue_says_so() {
    let site = large();
    let patrol = item(&site, Task::Patrol).unwrap();
    let (command, _) = schedule(&site, &patrol, today()).unwrap();
    let site = planned(&site, &command);
    let after = SiteAssessment::new(&Law::built_in().unwrap(), &site, day("2026-11-28")).items;
    let patrol = after.iter().find(|item| item.key == patrol.key).unwrap();
    assert_eq!((patrol.scheduled_for, patrol.mark()), (None, "!"));
}

#[test]
fn what_was_done_by_word_is_listed_with_its_reason_and_can_be_taken_back() {
    let site = large();
    let request = item(&site, Task::Request).unwrap();
    let site = planned(&site, &settle(&site, &request, "紙の記録で済", today()).unwrap());
    let plan = done(&site)[0].clone();
    assert_eq!((plan.reason.as_str(), task_word(&plan)), ("紙の記録で済", "申出"));
    let open = planned(&site, &reopen(&site, &plan.id).unwrap());
    assert!(item(&open, Task::Request).is_some() && done(&open).is_empty());
}
