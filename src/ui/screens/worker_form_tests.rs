//! The form of a worker by keys, on a small caseload.

use super::*;
use crate::ui::keys::{Code, Input};
use crate::ui::screens::fixture::{Drive, site, site_id, worker_id};

fn at_roster() -> Drive {
    Drive::at(site(), &Route::Roster(site_id()))
}

fn new() -> Drive {
    Drive::at(site(), &Route::WorkerForm(site_id(), None))
}

/// The form of the known worker, opened from the worker's own screen.
fn known() -> Drive {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    drive.keys("e").press(Code::F(6)).press(Code::Tab).press(Code::Enter);
    assert_eq!(drive.route(), Route::WorkerForm(site_id(), Some(worker_id(1))));
    drive
}

#[test]
fn a_worker_with_a_month_of_hours_takes_twenty_five_presses() {
    let mut drive = at_roster();
    drive.keys("n").text("10442").keys("\t").text("岡部 千尋").keys("\t").text("おかべ ちひろ").keys("\t1");
    drive.text("1980-01-15").keys("\t").text("品質保証課").save();
    assert_eq!(drive.route(), Route::Worker(worker_id(2)));
    drive.keys("e257:08").save();
    assert!(drive.presses <= 25, "{}", drive.presses);
    let rows = format!("{:?}", drive.desk.commands);
    for expected in ["岡部 千尋", "おかべ ちひろ", "Male", "1980-01-15", "品質保証課"] {
        assert!(rows.contains(expected), "{expected}");
    }
    assert_eq!(drive.desk.hours.len(), 1);
    assert_eq!(drive.desk.hours[0].worker, worker_id(2));
}

#[test]
fn the_screen_reads_as_a_form() {
    let mut drive = known();
    insta::assert_snapshot!("worker_form_80x24", drive.screen(80, 24));
    for _ in 0..11 {
        drive.press(Code::Tab);
    }
    insta::assert_snapshot!("worker_form_120x40", drive.screen(120, 40));
}

#[test]
fn a_worker_without_a_name_is_refused() {
    let mut drive = new();
    drive.text("10442").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("氏名を書いてください。"));
    drive.text("岡部 千尋").save();
    assert_eq!(drive.desk.commands.len(), 1);
}

#[test]
fn leaving_before_joining_is_refused_below_its_field() {
    let mut drive = new();
    drive.keys("\t").text("岡部 千尋").keys("\t\t1\t\t\t").text("2026-04-01").keys("\t").text("2026-03-31").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("入社より前の日です。"), "{}", drive.screen(80, 24));
}

#[test]
fn traits_are_ticked_by_their_numbers_and_begin_on_a_day() {
    let mut drive = known();
    for _ in 0..11 {
        drive.press(Code::Tab);
    }
    drive.keys("13\t").text("2026-04-01").save();
    let rows = drive.desk.last_rows();
    assert!(rows.contains("Article41") && rows.contains("Research") && rows.contains("2026-04-01"), "{rows}");
    assert!(!rows.contains("佐伯"), "the worker itself did not change: {rows}");
    assert_eq!(drive.route(), Route::Worker(worker_id(1)));
}

#[test]
fn an_edit_without_a_change_writes_nothing() {
    let mut drive = known();
    drive.save();
    assert!(drive.desk.commands.is_empty());
    assert_eq!(drive.route(), Route::Worker(worker_id(1)));
}

#[test]
fn a_pasted_newline_stays_in_the_field() {
    let mut drive = new();
    drive.keys("\t");
    drive.shell.input(&mut drive.desk, Input::Paste("岡部\n千尋\n".to_owned()));
    assert!(drive.desk.commands.is_empty());
    drive.save();
    assert!(drive.desk.last_rows().contains("岡部 千尋"));
}
