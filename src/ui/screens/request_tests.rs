//! The request form by keys, on a small caseload.

use super::*;
use crate::domain::case::Request;
use crate::domain::{AnyRecord, command::Change};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::screens::fixture::{Drive, TODAY, day, site, worker_id};

fn at_worker() -> Drive {
    Drive::at(site(), &Route::Worker(worker_id(1)))
}

fn opened() -> Drive {
    let mut drive = at_worker();
    drive.keys("r");
    drive
}

fn request(drive: &Drive) -> Request {
    let command = drive.desk.commands.last().unwrap();
    let found = command.changes.iter().find_map(|change| match change {
        Change::Put(AnyRecord::Request(request)) => Some((**request).clone()),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn a_request_with_defaults_takes_two_presses() {
    let mut drive = at_worker();
    drive.keys("rd");
    assert_eq!(drive.presses, 2);
    let request = request(&drive);
    assert_eq!((request.day, request.by), (day(TODAY), RequestBy::Paper));
    assert_eq!(request.period_end, Some(day("2026-10-31")), "the newest closed period");
    assert_eq!(drive.route(), Route::Worker(worker_id(1)));
}

#[test]
fn how_it_came_and_a_wish_stay_within_five_presses() {
    let mut drive = at_worker();
    drive.keys("r2").text("本社、午後").save();
    assert!(drive.presses <= 5, "{}", drive.presses);
    let request = request(&drive);
    assert_eq!((request.by, request.place.as_str()), (RequestBy::Mail, "本社、午後"));
}

#[test]
fn the_screen_reads_as_a_form() {
    let mut drive = opened();
    insta::assert_snapshot!("request_80x24", drive.screen(80, 24));
    drive.keys("5").text("本社、午後");
    insta::assert_snapshot!("request_120x40", drive.screen(120, 40));
}

#[test]
fn a_day_to_come_is_refused_and_nothing_is_written() {
    let mut drive = opened();
    drive.key(Key::plain(Code::Tab).with_shift()).key(Key::plain(Code::Tab).with_shift());
    drive.text("2026-11-21").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("今日より後の日です。受け付けた日を書いてください。"));
    assert_eq!(drive.route(), Route::Request(worker_id(1)));
}

#[test]
fn minutes_above_fifty_nine_are_named_below_the_field() {
    let mut drive = opened();
    drive.keys("1\t\t\t").text("25:61").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("分は 59 までです。92:30 のように書いてください。"));
}

#[test]
fn a_lock_loses_nothing_and_comes_back_to_the_field() {
    let mut drive = opened();
    drive.keys("2").text("本社").keys("\t").text("通院の日を避ける");
    drive.key(Key::ctrl('l'));
    assert_eq!(drive.route(), Route::Unlock);
    drive.text("x\n");
    assert_eq!(drive.route(), Route::Request(worker_id(1)));
    drive.text("。").save();
    assert!(drive.screen(80, 24).contains("Ctrl-Z で取り消せます"), "the form's own sentence, not the host's");
    let request = request(&drive);
    assert_eq!((request.place.as_str(), request.wishes.as_str()), ("本社", "通院の日を避ける。"));
    assert!(drive.desk.site.drafts.is_empty(), "saving ends the draft");
}

#[test]
fn a_lock_comes_back_to_the_first_field_that_was_typed_into() {
    let mut drive = opened();
    drive.keys("1\t").text("通院の日を").key(Key::ctrl('l'));
    drive.text("x\n").text("避ける").save();
    assert_eq!(request(&drive).wishes, "通院の日を避ける");
}

#[test]
fn when_writing_fails_the_form_and_its_draft_stay() {
    let mut drive = opened();
    drive.desk.fails = true;
    drive.keys("2").text("本社").save();
    assert!(drive.desk.commands.is_empty());
    assert!(!drive.screen(80, 24).contains("受け付けました"), "what failed is not said to be done");
    assert!(drive.desk.site.drafts.iter().any(|draft| draft.value == "本社"));
    drive.press(Code::Esc);
    drive.desk.fails = false;
    drive.press(Code::Enter);
    assert_eq!(request(&drive).place, "本社");
}

#[test]
fn a_request_that_stands_can_be_taken_back() {
    let mut drive = opened();
    drive.keys("d").keys("r").press(Code::F(6)).press(Code::Tab).press(Code::Enter);
    assert_eq!(request(&drive).withdrawn_on, Some(day(TODAY)));
}

#[test]
fn a_notice_is_recorded_with_day_and_period_of_the_form() {
    let mut drive = opened();
    drive.press(Code::F(6)).press(Code::Tab).press(Code::Enter);
    let rows = drive.desk.last_rows();
    assert!(rows.contains("ToWorker") && rows.contains("2026-10-31"), "{rows}");
}

#[test]
fn a_draft_can_be_given_up() {
    let mut drive = opened();
    drive.keys("2").text("本社").press(Code::F(6));
    for _ in 0..4 {
        drive.press(Code::Tab);
    }
    drive.press(Code::Enter);
    assert!(drive.desk.site.drafts.is_empty());
    assert!(!drive.screen(80, 24).contains("本社、"));
}

#[test]
fn a_paste_with_newlines_never_saves() {
    let mut drive = opened();
    drive.keys("1");
    drive.shell.input(&mut drive.desk, Input::Paste("一\n二\n".to_owned()));
    assert!(drive.desk.commands.is_empty());
    drive.save();
    assert_eq!(request(&drive).place, "一 二");
}

#[test]
fn a_worker_who_is_not_there_is_said_so() {
    let mut drive = Drive::at(site(), &Route::Request(worker_id(9)));
    assert!(drive.screen(80, 24).contains(common::NOBODY_HERE));
    drive.keys("d");
    assert!(drive.desk.commands.is_empty());
}
