use std::sync::Arc;

use super::*;
use crate::app::Site;
use crate::app::duties::all;
use crate::app::entry_fixture::{day, worker_id};
use crate::app::flags;
use crate::app::stress::fixture::{HIGH, LOW, Room, today};
use crate::app::stress::judging::{confirm, notify};
use crate::app::stress::requests::receive;
use crate::domain::Prefix;
use crate::domain::case::RequestBy;
use crate::domain::establishment::{Headcount, Plan};
use crate::domain::stress::OwnerRole;

/// The lines of the stress check: task, what it is about, day, how many, whose turn.
fn lines(room: &Room, on: &str) -> Vec<(Task, String, String, usize, Turn)> {
    let flags = flags::all(&room.law, &room.site, day(on));
    let of = |item: &Item| item.rule.starts_with("SC-");
    let items = all(&room.law, &room.site, &flags, day(on)).into_iter().filter(of);
    items.map(|i| (i.task, i.about, i.due.safe.to_string(), i.members.len(), i.turn)).collect()
}

fn tasks(room: &Room, on: &str) -> Vec<(Task, String)> {
    lines(room, on).into_iter().map(|(task, _, due, _, _)| (task, due)).collect()
}

fn counted(room: &mut Room, people: i64) {
    let id = Id::new(room.site.id(), Prefix::Row, 900);
    let count = Headcount { id, day: day("2026-04-01"), male: people, female: 0 };
    room.site.headcounts = Arc::new(vec![count]);
}

/// A judged round of three, of whom the first is above the criteria.
fn judged() -> Room {
    let mut room = Room::open(3, OwnerRole::Implementer);
    counted(&mut room, 60);
    room.enter(&[(1, HIGH), (2, LOW), (3, LOW)]).unwrap();
    room.judge();
    room
}

fn told(mut room: Room, on: &str) -> Room {
    let confirmed = confirm(&room.site, &room.round, &worker_id(1), Need::Needed, "", "架空 医師", today()).unwrap();
    room.perform(confirmed).unwrap();
    let everybody = [worker_id(1), worker_id(2), worker_id(3)];
    let notice = notify(&room.site, &room.round, &everybody, day(on), today()).unwrap().unwrap();
    room.perform(notice).unwrap();
    room
}

#[test]
fn a_result_waits_for_its_notice_without_a_number_of_days() {
    let room = judged();
    let line = lines(&room, "2026-12-20").into_iter().find(|line| line.0 == Task::StressNotice).unwrap();
    assert_eq!((line.1.as_str(), line.3, line.4), ("3名  確認まだ 1名", 3, Turn::Mine));
    let told = told(room, "2026-11-01");
    assert!(tasks(&told, "2026-12-20").iter().all(|(task, _)| *task != Task::StressNotice));
}

#[test]
fn the_window_of_the_request_closes_and_a_late_request_is_a_request() {
    let mut room = told(judged(), "2026-10-10");
    let open = lines(&room, "2026-11-10").into_iter().find(|line| line.0 == Task::StressRequest).unwrap();
    assert_eq!((open.1.as_str(), open.2.as_str(), open.3, open.4), ("1名", "2026-11-10", 1, Turn::Worker));
    assert!(tasks(&room, "2026-11-11").iter().all(|(task, _)| *task != Task::StressRequest), "nobody is late");
    let late = receive(&room.site, &room.round, &worker_id(1), day("2026-11-15"), RequestBy::Paper, today()).unwrap();
    room.perform(late).unwrap();
    let interview = (Task::StressInterview, "2026-12-15".to_owned());
    assert!(tasks(&room, "2026-11-20").contains(&interview), "{:?}", tasks(&room, "2026-11-20"));
    let by_other_rule = all(&room.law, &room.site, &[], day("2026-11-20"));
    assert!(by_other_rule.iter().all(|item| item.task != Task::Interview), "it is no interview of long hours");
}

#[test]
fn the_next_check_is_announced_some_months_before_and_counts_from_the_first_day() {
    let room = judged();
    let check = |on| tasks(&room, on).into_iter().find(|(task, _)| *task == Task::StressCheck);
    assert_eq!(check("2027-07-27"), None);
    assert_eq!(check("2027-07-28"), Some((Task::StressCheck, "2027-09-28".to_owned())));
}

#[test]
fn a_small_establishment_is_reminded_of_nothing_and_reports_nothing() {
    let mut room = judged();
    counted(&mut room, 49);
    let shown = tasks(&room, "2027-09-28");
    assert!(shown.iter().all(|(task, _)| !matches!(task, Task::StressCheck | Task::StressReport)), "{shown:?}");
}

#[test]
fn the_report_is_due_after_the_check_and_then_within_a_year_of_the_word_that_it_was_made() {
    let mut room = judged();
    let of = |room: &Room, on: &str| {
        let items = all(&room.law, &room.site, &[], day(on));
        items.into_iter().find(|item| item.task == Task::StressReport)
    };
    let prompt = of(&room, "2026-11-20").unwrap();
    assert!(prompt.is_prompt && prompt.task.is_settled_by_word());
    assert_eq!(prompt.turn, Turn::Employer);
    let made = Plan {
        id: Id::new(room.site.id(), Prefix::Row, 901),
        item: prompt.key,
        scheduled_for: None,
        snoozed_until: None,
        reason: String::new(),
        done_on: Some(day("2026-11-20")),
    };
    room.site.plans = Arc::new(vec![made]);
    assert_eq!(of(&room, "2026-11-21"), None, "said to be done");
    let next = of(&room, "2027-10-01").unwrap();
    assert_eq!((next.is_prompt, next.due.safe), (false, day("2027-11-20")));
}

#[test]
fn who_is_told_nothing_has_the_flags_alone_to_count_from() {
    let mut room = Room::open(1, OwnerRole::Neither);
    counted(&mut room, 60);
    let flag = StressFlag {
        id: Id::new(room.site.id(), Prefix::Row, 902),
        worker: worker_id(1),
        day: day("2026-01-15"),
        state: StressState::Taken,
        requested_on: None,
        is_consented: false,
    };
    room.site = Site { stress: Arc::new(vec![flag]), ..room.site };
    assert!(tasks(&room, "2026-11-20").contains(&(Task::StressCheck, "2027-01-15".to_owned())));
}
