//! Long work on the screen: what it is and how far stands in the message row, and Esc gives it up wherever it was asked for.

use super::fixture::{Drive, site, site_id};
use crate::app::Event;
use crate::domain::progress::{Phase, Progress};
use crate::ui::keys::Code;
use crate::ui::route::Route;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

fn told(drive: &mut Drive, event: Event) {
    drive.desk.told.push(event);
    drive.shell.tick(&mut drive.desk);
}

fn progress(phase: Phase, done: usize, total: usize) -> Event {
    Event::Progress(Progress { phase, done, total })
}

fn shown(drive: &mut Drive, name: &str) {
    for (columns, rows) in SIZES {
        insta::assert_snapshot!(format!("{name}_{columns}"), drive.screen(columns, rows));
    }
}

/// At 取込, with a file that is being read.
fn reading() -> Drive {
    let mut drive = Drive::at(site(), &Route::Import(site_id()));
    drive.text("/tmp/hours.csv").press(Code::Enter);
    drive
}

#[test]
fn a_read_is_told_in_the_message_row() {
    let mut drive = reading();
    told(&mut drive, progress(Phase::Decoding, 23_412_000, 61_203_444));
    shown(&mut drive, "reading");
}

#[test]
fn a_way_back_is_told_on_the_screen_that_asked_for_it() {
    let mut drive = Drive::at(site(), &Route::Roster(site_id()));
    told(&mut drive, progress(Phase::TakingBack, 3, 8));
    shown(&mut drive, "undoing");
}

#[test]
fn esc_gives_the_work_up_and_the_screen_stays() {
    let mut drive = Drive::at(site(), &Route::Roster(site_id()));
    told(&mut drive, progress(Phase::TakingBack, 3, 8));
    drive.press(Code::Esc);
    assert_eq!((drive.desk.asked.as_slice(), drive.route()), (&["stop".to_owned()][..], Route::Roster(site_id())));
    assert!(drive.screen(80, 24).contains("やめています。書き終えていなければ、すべて元に戻します"));
    told(&mut drive, Event::Stopped("途中でやめました。記録は何も変わっていません。".to_owned()));
    assert!(drive.screen(80, 24).contains("途中でやめました。記録は何も変わっていません。"));
    drive.press(Code::Esc);
    assert_eq!(drive.desk.asked.len(), 1, "the next one leads back, as ever");
    assert_ne!(drive.route(), Route::Roster(site_id()));
}

#[test]
fn what_is_typed_elsewhere_meanwhile_goes_where_it_is_typed() {
    let mut drive = Drive::at(site(), &Route::Roster(site_id()));
    told(&mut drive, progress(Phase::TakingBack, 3, 8));
    let before = drive.screen(80, 24);
    drive.press(Code::Char('/')).keys("sa");
    assert_ne!(drive.screen(80, 24), before);
    assert!(drive.desk.asked.is_empty());
}

#[test]
fn keys_that_are_pressed_while_a_file_is_read_mean_nothing_later() {
    let mut drive = reading();
    told(&mut drive, progress(Phase::Matching, 1, 2));
    drive.keys("12\n j");
    told(&mut drive, Event::Stopped("途中でやめました。".to_owned()));
    assert!(drive.desk.asked.is_empty(), "{:?}", drive.desk.asked);
    assert!(drive.screen(80, 24).contains("途中でやめました。"));
}

#[test]
fn a_lock_takes_the_line_along() {
    let mut drive = reading();
    told(&mut drive, progress(Phase::Writing, 1, 2));
    told(&mut drive, Event::Locked("施錠しました。".to_owned()));
    assert!(!drive.screen(80, 24).contains("書込み"));
}
