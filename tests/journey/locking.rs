//! Locked in the middle of a form: the very field is there again, with every letter.

use super::{SIZES, Visit};
use crate::terminal::{CTRL_L, ENTER, F6, Session, TAB};

/// What stands in the field when the lock falls, and what is typed behind it afterwards.
const BEFORE: &str = "午後の";
const AFTER: &str = "会議室";

/// Locks, sees nothing, unlocks, and writes on without looking for the field.
fn lock_and_write_on(visit: &mut Visit) -> &mut Session {
    visit.session.write(BEFORE).wait(BEFORE).press(CTRL_L).wait("パスフレーズ").wait_gone(BEFORE);
    visit.unlock();
    visit.session.wait(BEFORE).write(AFTER).wait("午後の会議室")
}

/// Locks at this place and leaves; gives the draft that holds the whole text.
#[track_caller]
fn draft_of(mut visit: Visit) -> String {
    lock_and_write_on(&mut visit);
    let scratch = visit.leave();
    scratch.word(1, "SELECT form || ' ' || field FROM draft WHERE value = '午後の会議室'")
}

#[test]
fn a_request_goes_on_in_its_third_field() {
    let mut visit = Visit::opened(SIZES[0]);
    visit.open_worker("佐伯").press("r").wait("申出日").keys("1\t").at("配慮の希望");
    assert_eq!(draft_of(visit), "request/E01-W0003 wishes");
}

#[test]
fn a_hand_entry_goes_on_in_its_checkup() {
    let mut visit = Visit::opened(SIZES[1]);
    visit
        .open_worker("佐伯")
        .press("e")
        .wait("総労働時間")
        .keys("200:00")
        .presses(&[TAB; 12])
        .keys("08-03\t\t1")
        .at("要点");
    assert_eq!(draft_of(visit), "hand/E01-W0003 c_summary");
}

#[test]
fn a_new_worker_goes_on_in_the_department() {
    let mut visit = Visit::opened(SIZES[0]);
    visit.open_roster().press("n").wait("社員番号").write("10442").presses(&[TAB; 5]).at("所属");
    assert_eq!(draft_of(visit), "worker/new department");
}

#[test]
fn an_interview_goes_on_in_the_words_about_the_worker() {
    let mut visit = Visit::opened(SIZES[1]);
    visit.open_worker("佐伯").press("n").wait("実施日").presses(&[F6; 6]).wait("[判定]").keys("31").at("  記載");
    assert_eq!(draft_of(visit), "interview/E01-W0003 condition_text");
}

#[test]
fn a_finding_goes_on_in_the_opinion() {
    let mut visit = Visit::opened(SIZES[0]);
    visit.session.press(ENTER).wait("1[訪問]").press("5").wait("[ 巡視を始める ]").press(TAB).press(ENTER);
    visit.session.wait("[ 巡視を終える ]").press("2").wait("指摘 1").write("台車").presses(&[TAB, "2", TAB]).at("意見");
    let draft = draft_of(visit);
    assert!(draft.ends_with(" opinion"), "{draft}");
}
