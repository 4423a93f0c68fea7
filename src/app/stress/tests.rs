use std::sync::Arc;

use super::consent::{ConsentEntry, may_be_told, nameable, record, withdraw};
use super::fixture::{GAP, HIGH, LOW, Room, entry, staff, today};
use super::groups::{may_compare, release, report};
use super::judging::{confirm, notify, standing, to_notify};
use super::requests::{consult, is_late, receive};
use super::rounds::{StaffEntry, add_staff, open, open_points, write};
use super::*;
use crate::app::entry_fixture::{day, worker_id};
use crate::domain::Prefix;
use crate::domain::case::RequestBy;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Computed, ConsentForm, Need, OwnerRole, Profession, StaffPart, StressRound};
use crate::domain::worker::{StressFlag, StressState};

fn said(day_: &str, is_refused: bool) -> ConsentEntry {
    ConsentEntry { notified_on: None, day: day(day_), form: ConsentForm::Written, is_refused }
}

/// One person above the criteria, decided and told on 10-30.
fn told() -> Room {
    let mut room = Room::open(3, OwnerRole::Implementer);
    room.enter(&[(1, HIGH), (2, LOW)]).unwrap();
    room.judge();
    decide(&mut room, 1, Need::Needed, "").unwrap();
    let command = notify(&room.site, &room.round, &to_notify(&room.site, &room.round), day("2026-10-30"), today());
    room.perform(command.unwrap().unwrap()).unwrap();
    room
}

fn decide(room: &mut Room, worker: u32, need: Need, reason: &str) -> Result<(), StressFault> {
    let command = confirm(&room.site, &room.round, &worker_id(worker), need, reason, "架空 産業医", today())?;
    room.perform(command)
}

#[test]
fn a_round_opens_only_when_all_that_is_fixed_before_stands() {
    let mut room = Room::closed(1, OwnerRole::Implementer);
    let shut = open(&room.law, &room.site, &room.round, day("2026-09-01"), today());
    assert_eq!(shut.err(), Some(StressFault::NotReady("実施者".to_owned())));
    assert_eq!(room.enter(&[(1, LOW)]), Err(StressFault::NotOpen));
    let bare = StressRound { committee_on: None, rules: String::new(), criteria_opinion_on: None, ..round_of(&room) };
    assert_eq!(open_points(&room.law, &room.site, &bare, today()).len(), 4);
    let staff = add_staff(&room.law, &room.site, &room.round, &staff(), today()).unwrap();
    room.perform(staff).unwrap();
    assert!(open(&room.law, &room.site, &room.round, day("2026-11-21"), today()).is_err(), "not on a day to come");
    assert!(open(&room.law, &room.site, &room.round, day("2026-09-01"), today()).is_ok());
}

fn round_of(room: &Room) -> StressRound {
    round(&room.site, &room.round).unwrap().clone()
}

#[test]
fn who_may_carry_a_round_is_the_laws_to_say() {
    let room = Room::closed(1, OwnerRole::Implementer);
    let add = |entry: StaffEntry| add_staff(&room.law, &room.site, &room.round, &entry, today());
    assert!(add(StaffEntry { profession: Profession::Nurse, ..staff() }).is_err());
    assert!(add(StaffEntry { profession: Profession::Nurse, is_trained: true, ..staff() }).is_ok());
    assert!(add(StaffEntry { profession: Profession::Other, is_trained: true, ..staff() }).is_err());
    let clerk = StaffEntry { part: StaffPart::Clerk, profession: Profession::Other, ..staff() };
    assert!(add(clerk.clone()).is_ok());
    assert!(add(StaffEntry { has_personnel_power: true, ..clerk }).is_err());
    assert_eq!(add(StaffEntry { name: " ".to_owned(), ..staff() }).err(), Some(StressFault::NoName));
}

#[test]
fn what_was_fixed_stands_once_the_round_is_open() {
    let room = Room::open(1, OwnerRole::Implementer);
    let again = |change: &dyn Fn(&mut super::rounds::RoundEntry)| {
        let mut entry = entry(OwnerRole::Implementer);
        change(&mut entry);
        write(&room.law, &room.site, Some(&room.round), &entry, today()).map(drop)
    };
    assert_eq!(again(&|e| e.criteria.symptoms_alone = 70), Err(StressFault::Fixed));
    assert_eq!(again(&|e| e.committee_on = None), Err(StressFault::Fixed));
    assert_eq!(again(&|e| e.name = "2026年度 秋".to_owned()), Ok(()));
}

#[test]
fn high_is_not_yet_needed_and_a_gap_is_never_not_high() {
    let mut room = Room::open(3, OwnerRole::Implementer);
    room.enter(&[(1, HIGH), (2, LOW), (3, GAP)]).unwrap();
    room.judge();
    let of = |room: &Room, number: u32| result(&room.site, &room.round, &worker_id(number)).unwrap().clone();
    assert_eq!((of(&room, 1).computed, of(&room, 1).need), (Computed::High, Need::Open));
    assert_eq!(of(&room, 3).computed, Computed::Withheld);
    assert_eq!(standing(&room.site, &room.round).withheld, 1);
    assert_eq!(to_notify(&room.site, &room.round), [worker_id(2)], "nobody above is told before the decision");
    let all = [worker_id(1), worker_id(2)];
    assert_eq!(notify(&room.site, &room.round, &all, today(), today()).err(), Some(StressFault::NotDecided));
    assert_eq!(decide(&mut room, 2, Need::Needed, ""), Err(StressFault::NotHigh));
    assert_eq!(decide(&mut room, 3, Need::NotNeeded, "x"), Err(StressFault::Withheld));
    assert_eq!(decide(&mut room, 1, Need::NotNeeded, " "), Err(StressFault::NoReason));
    decide(&mut room, 1, Need::NotNeeded, "10-28 面談済").unwrap();
    assert_eq!(of(&room, 1).decided_by, "架空 産業医");
    assert_eq!(to_notify(&room.site, &room.round).len(), 2);
}

#[test]
fn a_judged_round_is_never_judged_again_but_a_gap_may_be_filled() {
    let mut room = Room::open(3, OwnerRole::Implementer);
    room.enter(&[(1, HIGH), (3, GAP)]).unwrap();
    room.judge();
    assert_eq!(room.enter(&[(1, LOW)]), Err(StressFault::Judged), "answers of a judged person stand");
    let changed = StressResult { computed: Computed::Below, ..result_of(&room, 1) };
    assert_eq!(room.perform(Command::new(Act::JudgeStress, None).put(changed)), Err(StressFault::Judged));
    let numbers = StressRound { judged_on: None, ..round_of(&room) };
    assert_eq!(room.perform(Command::new(Act::EditStressRound, None).put(numbers)), Err(StressFault::Judged));
    room.enter(&[(3, HIGH)]).unwrap();
    room.judge();
    assert_eq!(result_of(&room, 3).computed, Computed::High);
    assert!(judging::judge_round(&room.law, &room.site, &room.round, today()).unwrap().is_none());
    let id = result_of(&room, 1).id.to_string();
    let taken_out = Command::new(Act::JudgeStress, None).remove(crate::domain::Table::StressResult, &id);
    assert_eq!(room.perform(taken_out), Err(StressFault::Judged));
}

fn result_of(room: &Room, number: u32) -> StressResult {
    result(&room.site, &room.round, &worker_id(number)).unwrap().clone()
}

#[test]
fn without_the_part_nothing_enters_without_consent() {
    let mut room = Room::open(2, OwnerRole::Neither);
    assert_eq!(room.enter(&[(1, LOW)]), Err(StressFault::NotImplementer));
    let typed = result_by_hand(&room, 1);
    assert_eq!(room.perform(typed), Err(StressFault::NotImplementer));
    let told = ConsentEntry { notified_on: Some(day("2026-10-30")), ..said("2026-11-02", false) };
    let consent = record(&room.law, &room.site, &room.round, &worker_id(1), &told, today()).unwrap();
    room.perform(consent).unwrap();
    room.enter(&[(1, HIGH)]).unwrap();
    assert_eq!(room.enter(&[(1, HIGH), (2, LOW)]), Err(StressFault::NotImplementer), "one without consent stops all");
    let flag = StressFlag {
        id: room.site.next_id(Prefix::Row),
        worker: worker_id(2),
        day: today(),
        state: StressState::Selected,
        requested_on: None,
        is_consented: false,
    };
    let by_hand = |state| Command::new(Act::EnterStress, None).put(StressFlag { state, ..flag.clone() });
    assert_eq!(room.perform(by_hand(StressState::Selected)), Err(StressFault::NotImplementer));
    assert_eq!(room.perform(by_hand(StressState::Requested)), Ok(()), "a request is the worker's own word");
}

/// A result written past the use cases.
fn result_by_hand(room: &Room, number: u32) -> Command {
    let round = StressRound { entries: round_of(room).entries + 1, ..round_of(room) };
    let row = StressResult {
        id: room.site.next_id(Prefix::Row),
        round: room.round.clone(),
        worker: worker_id(number),
        computed: Computed::High,
        by_symptoms: true,
        by_causes: false,
        causes: None,
        symptoms: Some(90),
        support: None,
        need: Need::Open,
        decided_on: None,
        decided_by: String::new(),
        reason: String::new(),
        notified_on: None,
    };
    Command::new(Act::JudgeStress, None).put(row).put(round)
}

#[test]
fn the_part_is_not_given_up_over_results_without_consent() {
    let mut room = Room::open(1, OwnerRole::CoImplementer);
    room.enter(&[(1, LOW)]).unwrap();
    let none = write(&room.law, &room.site, Some(&room.round), &entry(OwnerRole::Neither), today());
    assert_eq!(none.err(), Some(StressFault::NotImplementer));
    let uncounted = StressRound { entries: 0, ..round_of(&room) };
    assert_eq!(room.perform(Command::new(Act::EditStressRound, None).put(uncounted)), Err(StressFault::Fixed));
}

#[test]
fn consent_comes_after_the_notice_one_by_one_and_ends_on_its_day() {
    let mut room = told();
    let (law, site, round) = (room.law.clone(), room.site.clone(), room.round.clone());
    let give = |number, entry| record(&law, &site, &round, &worker_id(number), &entry, today());
    assert!(matches!(give(1, said("2026-10-29", false)), Err(StressFault::ConsentNotAllowed(_))), "before the notice");
    assert_eq!(give(3, said("2026-11-02", false)).err(), Some(StressFault::NotNotified));
    let (first, second) = (give(1, said("2026-11-02", false)).unwrap(), give(2, said("2026-11-02", false)).unwrap());
    let mut both = first.clone();
    let mut other = second.changes;
    if let Some(crate::domain::command::Change::Put(crate::domain::AnyRecord::StressConsent(row))) = other.first_mut() {
        row.id = crate::domain::Id::new(site.id(), Prefix::Row, 900);
    }
    both.changes.extend(other);
    assert_eq!(room.perform(both), Err(StressFault::Bulk));
    room.perform(first).unwrap();
    assert_eq!(nameable(&room.site, &room.round, today()), [worker_id(1)], "nobody else is on any list");
    room.perform(withdraw(&room.site, &room.round, &worker_id(1), day("2026-11-10"), today()).unwrap()).unwrap();
    assert!(may_be_told(&room.site, &room.round, &worker_id(1), day("2026-11-09")));
    assert!(nameable(&room.site, &room.round, day("2026-11-10")).is_empty());
}

#[test]
fn who_refused_is_not_asked_again() {
    let mut room = told();
    let refuse = record(&room.law, &room.site, &room.round, &worker_id(1), &said("2026-11-02", true), today());
    room.perform(refuse.unwrap()).unwrap();
    let again = record(&room.law, &room.site, &room.round, &worker_id(1), &said("2026-11-12", false), today());
    assert!(matches!(again, Err(StressFault::ConsentNotAllowed(_))));
    assert!(nameable(&room.site, &room.round, today()).is_empty());
}

#[test]
fn a_late_request_is_a_request_and_is_marked() {
    let mut room = told();
    let ask_for = |room: &Room, number, on| {
        receive(&room.site, &room.round, &worker_id(number), day(on), RequestBy::Paper, today())
    };
    assert_eq!(ask_for(&room, 2, "2026-11-05").err(), Some(StressFault::NotNeeded));
    assert_eq!(ask_for(&room, 1, "2026-10-29").err(), Some(StressFault::NotNotified));
    let command = ask_for(&room, 1, "2026-11-05").unwrap();
    room.perform(command).unwrap();
    assert_eq!(ask_for(&room, 1, "2026-11-06").err(), Some(StressFault::Requested));
    assert_eq!(nameable(&room.site, &room.round, today()), [worker_id(1)], "a request counts as consent");
    assert!(!is_late(&room.law, day("2026-09-30"), day("2026-10-30")));
    assert!(is_late(&room.law, day("2026-09-30"), day("2026-11-05")));
    assert_eq!(room.site.stress.iter().find(|f| f.worker == worker_id(1)).unwrap().state, StressState::Requested);
}

#[test]
fn a_talk_is_no_interview_and_is_not_counted() {
    let mut room = told();
    let talk = consult(&room.site, &worker_id(1), day("2026-11-05"), "眠れない", today()).unwrap();
    room.perform(talk).unwrap();
    let items = super::report::items(&room.site, &room.round).unwrap();
    assert_eq!((items.taken, items.interviewed, items.is_analysed), (2, 0, false));
    assert_eq!(items.month, Some((2026, 9)));
    assert!(nameable(&room.site, &room.round, today()).is_empty(), "the employer does not hear of it");
}

/// 120 at the end of the month, 104 sheets of 103 persons: a person counts once, the invited do not count.
#[test]
fn the_headcount_is_the_one_of_the_month_of_the_check() {
    let mut room = Room::open(103, OwnerRole::Implementer);
    let sheets: Vec<(u32, &str)> = (1..=103).map(|number| (number, LOW)).collect();
    room.enter(&sheets).unwrap();
    room.enter(&[(1, HIGH)]).unwrap();
    let count = |number, on: &str, male| crate::domain::establishment::Headcount {
        id: crate::domain::Id::new(room.site.id(), Prefix::Row, number),
        day: day(on),
        male,
        female: 40,
    };
    room.site.headcounts = Arc::new(vec![count(1, "2026-09-30", 80), count(2, "2026-10-01", 90)]);
    let items = super::report::items(&room.site, &room.round).unwrap();
    assert_eq!((items.workers, items.taken), (Some(120), 103));
    let lines = super::report::lines(&items, &crate::domain::doctor::Doctor::default());
    assert_eq!(lines.len(), 11, "ten items under their heading");
    assert!(lines[3].contains("120人（2026-09-30 の数）") && lines[4].contains("2026年9月"), "{lines:?}");
    assert!(!lines.join("").contains("高ストレス"), "the report has no field for it");
}

#[test]
fn groups_take_their_minimum_from_the_law_and_remember_what_left() {
    let mut room = Room::open(13, OwnerRole::Implementer);
    let sheets: Vec<(u32, &str)> = (1..=12).map(|number| (number, LOW)).collect();
    room.enter(&sheets).unwrap();
    room.judge();
    let first = report(&room.law, &room.site, &room.round, &[], today()).unwrap();
    assert!(first.groups[0].cells[0].chart.is_some());
    assert_eq!(release(&room.site, &room.round, &first, " ", today()).err(), Some(StressFault::NoName));
    let gone = release(&room.site, &room.round, &first, "衛生委員会", today()).unwrap();
    room.perform(gone).unwrap();
    assert_eq!(super::groups::released(&room.site, &room.round), first.released, "kept as it was given");
    room.enter(&[(13, HIGH)]).unwrap();
    room.judge();
    let second = report(&room.law, &room.site, &room.round, &[], today()).unwrap();
    assert!(second.released.is_empty(), "the thirteenth would stand alone beside the first report");
    assert_eq!(release(&room.site, &room.round, &second, "委員会", today()).err(), Some(StressFault::NothingToRelease));
    assert!(report(&room.law, &room.site, &room.round, &[], day("2015-11-30")).is_err(), "no number, no figure");
    assert!(may_compare(&room.law, &room.site, &room.round, &room.round, today()));
}

/// The whole way of a round: of 200 people the employer may hear of the two who asked, and of groups.
#[test]
fn of_two_hundred_people_only_the_two_who_asked_may_be_named() {
    let mut room = Room::open(200, OwnerRole::CoImplementer);
    let text = |number: u32| if number <= 20 { HIGH } else { LOW };
    let sheets: Vec<(u32, &str)> = (1..=199).map(|number| (number, text(number))).collect();
    room.enter(&sheets).unwrap();
    room.judge();
    for number in 1..=20 {
        let (need, reason) = if number <= 15 { (Need::Needed, "") } else { (Need::NotNeeded, "面談済") };
        decide(&mut room, number, need, reason).unwrap();
    }
    let due = to_notify(&room.site, &room.round);
    assert_eq!(due.len(), 199);
    room.perform(notify(&room.site, &room.round, &due, day("2026-10-30"), today()).unwrap().unwrap()).unwrap();
    for number in [3, 7] {
        let asked = receive(&room.site, &room.round, &worker_id(number), day("2026-11-05"), RequestBy::Mail, today());
        room.perform(asked.unwrap()).unwrap();
    }
    assert_eq!(nameable(&room.site, &room.round, today()), [worker_id(3), worker_id(7)]);
    let groups = report(&room.law, &room.site, &room.round, &[], today()).unwrap();
    let high = groups.groups[0].cells[0].high.unwrap();
    assert_eq!((high.high, high.judged), (20, 199));
    let items = super::report::items(&room.site, &room.round).unwrap();
    assert_eq!((items.taken, items.interviewed), (199, 0), "who asked is not yet interviewed");
}
