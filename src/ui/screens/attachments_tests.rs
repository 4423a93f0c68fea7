//! Attachments by keys: added from a path, written out only after the confirmation.

use std::sync::Arc;

use super::*;
use crate::app::entry_fixture::row;
use crate::ui::keys::Code;
use crate::ui::screens::fixture::{Drive, day, site, worker_id};

fn with_one() -> Drive {
    let mut site = site();
    site.attachments = Arc::new(vec![AttachmentLine {
        id: row(7),
        record: worker_id(1),
        title: "申出のメール".to_owned(),
        media_type: "application/pdf".to_owned(),
        day: day("2026-11-10"),
        size: 123_456,
    }]);
    Drive::at(site, &Route::Worker(worker_id(1)))
}

#[test]
fn a_file_is_named_and_sent_with_its_title() {
    let mut drive = Drive::at(site(), &Route::Attachments(worker_id(1)));
    drive.keys("n").text("申出書").keys("\t").text("'/tmp/x.pdf'").save();
    assert_eq!(drive.desk.asked, ["attach E01-W0001 申出書 /tmp/x.pdf"]);
    assert!(drive.screen(80, 24).contains("n 添える"), "back at the list");
}

#[test]
fn a_title_and_a_path_are_needed() {
    let mut drive = Drive::at(site(), &Route::Attachments(worker_id(1)));
    drive.keys("n").text("申出書").save();
    assert!(drive.desk.asked.is_empty());
    assert!(drive.screen(80, 24).contains("ファイルの場所を書いてください。"));
}

#[test]
fn what_was_typed_is_there_again_after_leaving() {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    drive.keys("An").text("申出書").press(Code::Esc);
    drive.keys("A");
    assert!(drive.screen(80, 24).contains("申出書"));
}

#[test]
fn writing_out_wants_the_confirmation_and_its_own_key() {
    let mut drive = with_one();
    drive.keys("A");
    drive.keys("x\n");
    assert!(drive.desk.asked.is_empty());
    let screen = drive.screen(80, 24);
    assert!(screen.contains("E01-R0007.pdf") && screen.contains("平文"), "{screen}");
    drive.key(Key::ctrl('s'));
    assert_eq!(drive.desk.asked, ["write E01-R0007"]);
}

#[test]
fn the_confirmation_is_given_up_without_a_trace() {
    let mut drive = with_one();
    drive.keys("Ax").press(Code::Esc);
    drive.key(Key::ctrl('s'));
    assert!(drive.desk.asked.is_empty());
    assert_eq!(drive.route(), Route::Attachments(worker_id(1)));
}

#[test]
fn the_story_lists_it_and_the_screen_shows_it() {
    let mut drive = with_one();
    let worker = drive.screen(80, 24);
    assert!(worker.contains("申出のメール") && worker.contains("PDF 121 KB"), "{worker}");
    drive.keys("Ax");
    insta::assert_snapshot!("attachments_80x24", drive.screen(80, 24));
    drive.press(Code::Esc).keys("n").text("証明書");
    insta::assert_snapshot!("attachments_120x40", drive.screen(120, 40));
}
