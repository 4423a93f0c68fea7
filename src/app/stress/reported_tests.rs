use super::consent::{ConsentEntry, record};
use super::fixture::{GAP, HIGH, LOW, Room, today};
use super::judging::{confirm, notify, standing, to_notify};
use super::reported::{differences, is_told};
use super::requests::receive;
use super::*;
use crate::app::entry_fixture::{day, worker_id};
use crate::app::stress::report::items;
use crate::domain::case::RequestBy;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Computed, ConsentForm, Need, OwnerRole, StressReported};
use crate::domain::worker::StressState;

fn computed(room: &Room, number: u32) -> Option<Computed> {
    result(&room.site, &room.round, &worker_id(number)).map(|row| row.computed)
}

fn is_from_elsewhere(room: &Room, number: u32) -> bool {
    result(&room.site, &room.round, &worker_id(number)).is_some_and(|row| is_told(&room.site, row))
}

#[test]
fn a_result_alone_goes_the_whole_way_and_bears_its_origin() {
    let mut room = Room::open(3, OwnerRole::Implementer);
    let told = room.tell(&[(1, Computed::High), (2, Computed::Below)]).unwrap();
    assert_eq!((told.added, told.differences.len()), (2, 0));
    assert_eq!((computed(&room, 1), is_from_elsewhere(&room, 1)), (Some(Computed::High), true));
    let decided = confirm(&room.site, &room.round, &worker_id(1), Need::Needed, "", "架空 産業医", today()).unwrap();
    room.perform(decided).unwrap();
    assert!(is_from_elsewhere(&room, 1), "the decision is another thing than the origin");
    let everybody = to_notify(&room.site, &room.round);
    let notice = notify(&room.site, &room.round, &everybody, day("2026-11-01"), today()).unwrap().unwrap();
    room.perform(notice).unwrap();
    let asked = receive(&room.site, &room.round, &worker_id(1), day("2026-11-05"), RequestBy::Paper, today()).unwrap();
    room.perform(asked).unwrap();
    let flags: Vec<(Day, StressState)> = room.site.stress.iter().map(|flag| (flag.day, flag.state)).collect();
    assert!(flags.contains(&(day("2026-09-29"), StressState::Requested)), "{flags:?}");
    assert_eq!(items(&room.site, &room.round).unwrap().taken, 2, "they took the check, wherever it was computed");
}

#[test]
fn where_answers_are_nothing_is_overwritten_and_the_difference_is_listed() {
    let mut room = Room::open(4, OwnerRole::Implementer);
    room.enter(&[(1, HIGH), (2, LOW), (3, GAP)]).unwrap();
    room.judge();
    let before = room.site.stress_results.clone();
    let told =
        room.tell(&[(1, Computed::High), (2, Computed::High), (3, Computed::Below), (4, Computed::Below)]).unwrap();
    let whose: Vec<Id> = told.differences.iter().map(|found| found.worker.clone()).collect();
    assert_eq!(whose, [worker_id(2), worker_id(3)]);
    assert_eq!(told.differences[0].by_answers.computed, Computed::Below);
    assert_eq!(room.site.stress_results[..3], before[..], "the judged ones stand to the letter");
    assert_eq!((computed(&room, 3), is_from_elsewhere(&room, 3)), (Some(Computed::Withheld), false));
    let round = round(&room.site, &room.round).unwrap();
    assert_eq!(differences(&room.site, round), told.differences, "and are found again later");
    assert_eq!(standing(&room.site, &room.round).sheets, 3, "a result is no sheet");
}

#[test]
fn answers_that_come_later_lie_beside_what_was_told() {
    let mut room = Room::open(2, OwnerRole::Implementer);
    room.tell(&[(1, Computed::Below), (2, Computed::Withheld)]).unwrap();
    room.enter(&[(1, HIGH), (2, HIGH)]).unwrap();
    room.judge();
    assert_eq!((computed(&room, 1), is_from_elsewhere(&room, 1)), (Some(Computed::Below), true), "not judged again");
    assert_eq!((computed(&room, 2), is_from_elsewhere(&room, 2)), (Some(Computed::High), false), "what was open is");
    let round = round(&room.site, &room.round).unwrap();
    assert_eq!(differences(&room.site, round).len(), 2);
    assert_eq!(room.enter(&[(1, LOW)]).err(), Some(StressFault::Judged), "one sheet, and no second");
}

#[test]
fn what_was_told_once_is_not_told_otherwise() {
    let mut room = Room::open(2, OwnerRole::Implementer);
    room.tell(&[(1, Computed::Below)]).unwrap();
    let again = room.tell(&[(1, Computed::Below)]).unwrap();
    assert_eq!((again.added, again.unchanged), (0, 1));
    let other = room.tell(&[(1, Computed::High), (2, Computed::High)]).unwrap();
    assert_eq!((other.added, other.standing.as_slice()), (1, &[worker_id(1)][..]));
    assert_eq!(computed(&room, 1), Some(Computed::Below));
    let known = reported_of(&room.site, &room.round, &worker_id(1)).unwrap().clone();
    let forged = Command::new(Act::ImportStress, None).put(StressReported { computed: Computed::High, ..known });
    assert_eq!(room.perform(forged), Err(StressFault::Judged));
}

/// SC-30 on this way in: without consent nothing, with the consent of one the result of that one.
#[test]
fn who_is_no_implementer_gets_a_result_by_consent_alone() {
    let mut room = Room::open(2, OwnerRole::Neither);
    assert_eq!(room.tell(&[(1, Computed::High)]).err(), Some(StressFault::NotImplementer));
    let said = ConsentEntry {
        notified_on: Some(day("2026-10-30")),
        day: day("2026-11-02"),
        form: ConsentForm::Written,
        is_refused: false,
    };
    let consent = record(&room.law, &room.site, &room.round, &worker_id(1), &said, today()).unwrap();
    room.perform(consent).unwrap();
    assert_eq!(room.tell(&[(1, Computed::High), (2, Computed::Below)]).err(), Some(StressFault::NotImplementer));
    assert_eq!(room.tell(&[(1, Computed::High)]).unwrap().added, 1);
    assert_eq!(Room::closed(1, OwnerRole::Implementer).tell(&[(1, Computed::High)]).err(), Some(StressFault::NotOpen));
}
