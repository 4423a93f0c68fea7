//! The checklist by keys, on its own screen and inside the interview.

use super::*;
use crate::domain::command::Act as Deed;
use crate::ui::keys::Code;
use crate::ui::screens::fixture::{Drive, TODAY, day, site, worker_id};

fn states(drive: &Drive) -> Vec<(bool, bool)> {
    drive.desk.site.interview_information.iter().map(|r| (r.asked_on.is_some(), r.received_on.is_some())).collect()
}

#[test]
fn one_key_takes_a_line_one_state_further() {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    drive.keys("I33");
    assert_eq!(states(&drive), [(true, true)]);
    assert_eq!(drive.desk.site.interview_information[0].received_on, Some(day(TODAY)));
    assert!(drive.desk.commands.iter().all(|command| command.act == Deed::ReceiveInformation));
    drive.keys(" ");
    assert_eq!(states(&drive), [(false, false)]);
    drive.press(Code::Down).keys(" ");
    assert_eq!(states(&drive), [(false, false), (true, false)]);
}

#[test]
fn the_first_step_of_the_interview_has_the_same_list() {
    let mut drive = Drive::at(site(), &Route::Interview(worker_id(1), 0, 9));
    drive.keys("44");
    assert_eq!(states(&drive), [(true, true)]);
    let screen = drive.screen(80, 24);
    assert!(screen.contains("x 4 作業環境") && screen.contains("受領 1"), "{screen}");
    assert_eq!(drive.desk.site.draft("interview/E01-W0001").count(), 0, "the list is no draft");
    drive.keys("4");
    assert_eq!(states(&drive), [(false, false)]);
}

#[test]
fn the_screen_says_state_day_and_what_is_on_hand() {
    let mut drive = Drive::at(site(), &Route::Information(worker_id(1)));
    drive.keys("3355");
    drive.keys("4");
    insta::assert_snapshot!("information_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("information_120x40", drive.screen(120, 40));
}
