//! One line for many people, and the duties of the establishment itself.

use std::sync::Arc;

use super::*;
use crate::app::flags;
use crate::app::testing::{self, day, today, worker};
use crate::domain::establishment::{Committee, Establishment, Headcount, PatrolRhythm};
use crate::domain::worker::{Checkup, FindingState, Worker};
use crate::domain::{Id, Prefix};

fn lines(site: &Site, task: Task) -> Vec<Item> {
    let law = Law::built_in().unwrap();
    all(&law, site, &flags::all(&law, site, today()), today()).into_iter().filter(|item| item.task == task).collect()
}

fn row(number: u32) -> Id {
    Id::new(testing::site().id(), Prefix::Row, number)
}

fn person(number: u32) -> Worker {
    Worker { id: Id::new(testing::site().id(), Prefix::Worker, number), ..worker() }
}

fn checkup(number: u32, on: &str, finding: FindingState) -> Checkup {
    Checkup {
        id: row(100 + number),
        worker: person(number).id,
        day: day(on),
        judgement: String::new(),
        finding,
        summary: String::new(),
        opinion_on: None,
        opinion: None,
    }
}

/// People 1 to 4 with their newest checkup.
fn examined(checkups: Vec<Checkup>) -> Site {
    let workers = (1..=4).map(person).collect();
    Site { workers: Arc::new(workers), checkups: Arc::new(checkups.into()), ..testing::site() }
}

#[test]
fn findings_without_an_opinion_are_one_line_and_the_late_ones_another() {
    let found = FindingState::Present;
    let site = examined(vec![
        checkup(1, "2026-08-19", found),
        checkup(2, "2026-08-20", found),
        checkup(3, "2026-10-01", found),
        checkup(4, "2026-10-01", FindingState::None),
    ]);
    let lines = lines(&site, Task::CheckupOpinion);
    let seen: Vec<_> = lines.iter().map(|l| (l.state, l.due.safe, l.members.len(), l.about.as_str())).collect();
    // 19 August + three months is in time until 19 November; the 20th is late from the 21st on.
    assert_eq!(
        seen,
        [(State::Overdue, day("2026-11-19"), 0, ""), (State::DueSoon, day("2026-11-20"), 2, "2名")],
        "the late one stands alone and has a name"
    );
    assert_eq!(lines[0].worker, Some(person(1).id));
    assert_eq!(lines[1].members, [person(2).id, person(3).id]);
}

#[test]
fn an_opinion_or_a_leaver_takes_nobody_into_the_line() {
    let mut given = checkup(1, "2026-10-01", FindingState::Present);
    given.opinion_on = Some(day("2026-10-20"));
    let mut site = examined(vec![given, checkup(2, "2026-10-01", FindingState::Present)]);
    Arc::make_mut(&mut site.workers)[1].left_on = Some(day("2026-11-01"));
    assert_eq!(lines(&site, Task::CheckupOpinion), []);
}

#[test]
fn the_next_checkup_counts_from_the_newest_and_is_told_two_months_ahead() {
    let none = FindingState::None;
    let site = examined(vec![
        checkup(1, "2025-01-10", none),
        checkup(1, "2026-01-10", none),
        checkup(2, "2025-11-01", none),
        checkup(3, "2026-06-01", none),
    ]);
    let seen: Vec<_> = lines(&site, Task::Checkup).iter().map(|l| (l.worker.clone(), l.due.safe, l.state)).collect();
    let expected =
        [(Some(person(2).id), day("2026-11-01"), State::Overdue), (Some(person(1).id), day("2027-01-10"), State::Open)];
    assert_eq!(seen, expected);
}

#[test]
fn the_report_of_checkups_is_prompt_and_its_key_stays_when_a_latecomer_comes() {
    let none = FindingState::None;
    let counted = |site| Site {
        headcounts: Arc::new(vec![Headcount { id: row(1), day: day("2026-04-01"), male: 30, female: 20 }]),
        ..site
    };
    let site = counted(examined(vec![checkup(1, "2026-09-01", none)]));
    let item = lines(&site, Task::CheckupReport).remove(0);
    assert_eq!((item.is_prompt, item.urgency(today()), item.state), (true, "遅滞なく".to_owned(), State::Open));
    let later = counted(examined(vec![checkup(1, "2026-09-01", none), checkup(2, "2026-10-05", none)]));
    assert_eq!(lines(&later, Task::CheckupReport)[0].key, item.key);
    let small = examined(vec![checkup(1, "2026-09-01", none)]);
    assert_eq!(lines(&small, Task::CheckupReport), [], "four people are too few for a report");
}

#[test]
fn the_committee_meets_every_month_where_there_is_one_of_its_size() {
    let sized = |male, committee| {
        let site = testing::site();
        let establishment = Establishment { committee, ..(*site.establishment).clone() };
        let headcounts = vec![Headcount { id: row(1), day: day("2026-04-01"), male, female: 0 }];
        Site { establishment: Arc::new(establishment), headcounts: Arc::new(headcounts), ..site }
    };
    let due = |site| lines(&site, Task::Committee).iter().map(|item| item.due.safe).collect::<Vec<_>>();
    assert_eq!(due(sized(50, Committee::Health)), [day("2026-11-30")]);
    assert_eq!(due(sized(49, Committee::Health)), []);
    assert_eq!(due(sized(50, Committee::None)), []);
}

#[test]
fn the_rhythm_that_ends_is_told_unless_the_next_one_is_agreed() {
    let rhythm = |number, from: &str, until: Option<&str>| PatrolRhythm {
        id: row(number),
        valid_from: day(from),
        valid_until: until.map(day),
        months: 2,
        consented_on: None,
        deliberated_on: None,
        minutes: String::new(),
    };
    let with = |rhythms| Site { rhythms: Arc::new(rhythms), ..testing::site() };
    let ending = rhythm(1, "2026-01-01", Some("2026-12-31"));
    assert_eq!(lines(&with(vec![ending.clone()]), Task::Rhythm)[0].due.safe, day("2026-12-31"));
    assert_eq!(lines(&with(vec![ending, rhythm(2, "2027-01-01", None)]), Task::Rhythm), []);
    assert_eq!(lines(&with(vec![rhythm(1, "2026-01-01", Some("2027-12-31"))]), Task::Rhythm), []);
}

#[test]
fn an_appointment_without_its_report_is_prompt() {
    let with = |reported| {
        let site = testing::site();
        let establishment = Establishment {
            appointed_on: Some(day("2026-04-01")),
            appointment_reported_on: reported,
            ..(*site.establishment).clone()
        };
        Site { establishment: Arc::new(establishment), ..site }
    };
    let item = lines(&with(None), Task::Appointment).remove(0);
    assert_eq!((item.is_prompt, item.rule, item.turn), (true, "APP-05", Turn::Employer));
    assert_eq!(lines(&with(Some(day("2026-04-10"))), Task::Appointment), []);
}

#[test]
fn an_own_choice_and_a_secondary_result_are_due_two_months_after_they_were_handed_in() {
    use crate::domain::checkup::{SecondaryExam, SpecialExam, SpecialKind};
    let found = FindingState::Present;
    let judged = Checkup { opinion_on: Some(today()), ..checkup(1, "2026-08-01", found) };
    let mut site = examined(vec![judged, Checkup { id: row(200), ..checkup(1, "2026-10-01", found) }]);
    site.secondary_exams = Arc::new(vec![SecondaryExam {
        id: row(201),
        checkup: row(200),
        worker: person(1).id,
        primary_checkup: row(101),
        consent: row(202),
        submitted_on: day("2026-10-15"),
    }]);
    site.special_exams = Arc::new(vec![SpecialExam {
        id: row(203),
        worker: person(2).id,
        exam: SpecialKind::OwnChoice,
        day: day("2026-09-20"),
        clinic: String::new(),
        finding: found,
        is_instructed: false,
        items_json: Vec::new(),
        dose_microsieverts: None,
        submitted_on: Some(day("2026-10-10")),
        is_long_kept: false,
        opinion_on: None,
        opinion: None,
    }]);
    let told = |task| lines(&site, task).into_iter().map(|line| (line.worker, line.due.safe)).collect::<Vec<_>>();
    assert_eq!(told(Task::CheckupOpinion), [(Some(person(1).id), day("2026-12-15"))]);
    assert_eq!(told(Task::SpecialOpinion), [(Some(person(2).id), day("2026-12-10"))]);
}
