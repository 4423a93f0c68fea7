//! The board by keys, on a desk without a vault.

use std::sync::Arc;

use crate::app::checkups::testing::{QUIET, head, sheet};
use crate::app::entry_fixture::{row, worker};
use crate::domain::AnyRecord;
use crate::domain::command::{Act as Deed, Change};
use crate::domain::worker::Worker;
use crate::ui::keys::Code;
use crate::ui::route::Route;
use crate::ui::screens::fixture::{Drive, day, site, site_id, worker_id};

fn board() -> Drive {
    let mut site = site();
    let young = Worker { birth: Some(day("1990-03-03")), ..worker(1, "見本 一") };
    site.workers = Arc::new(vec![young, worker(2, "見本 二")]);
    let checkup = head(row(1010), worker_id(1), day("2026-09-11"), "A");
    let sheets = vec![sheet(row(50_010), &checkup, QUIET)];
    site.checkups = Arc::new(vec![checkup].into());
    site.last_numbers = [2, 0, 90_000];
    let mut drive = Drive::at(site, &Route::Site(site_id()));
    drive.desk.sheets = sheets;
    drive.desk.owner.name = "水野 遥".to_owned();
    drive.keys("3f");
    drive
}

#[test]
fn who_was_not_examined_stands_first_and_enter_opens_the_person() {
    let mut drive = board();
    assert_eq!(drive.route(), Route::CheckupBoard(site_id()));
    insta::assert_snapshot!(drive.screen(80, 24));
    drive.keys("\n");
    assert_eq!(drive.route(), Route::Worker(worker_id(2)));
}

#[test]
fn the_narrow_footer_shows_the_other_lists_the_records_and_the_way_back() {
    let mut drive = board();
    drive.keys("j");
    let screen = drive.screen(80, 24);
    for hint in ["Enter この人", "f 絞る", "n 記録", "y 実施", "Esc 戻る"] {
        assert!(screen.contains(hint), "{hint}\n{screen}");
    }
    assert!(screen.contains("e で医師が不要と認めた項目の省略を、d で受診を勧めたことを記録します"), "{screen}");
    drive.keys("f");
    assert!(drive.screen(80, 24).contains("申出を勧める人 0 / 2名"), "the head says whom the list holds");
}

#[test]
fn who_was_not_told_of_the_result_is_listed_until_it_is_written_down() {
    let mut drive = board();
    drive.keys("ff");
    let screen = drive.screen(80, 24);
    assert!(screen.contains("結果の通知の記録がない人 1 / 2名") && screen.contains("見本 一"), "{screen}");
    assert!(!screen.contains("見本 二"), "who was not examined has no result");
    drive.keys("yn4").keys("2026-09-11\t2026-09-11\t2026-10-01\t郵送").press(Code::F(6)).keys("\n");
    let Some(Change::Put(AnyRecord::ResultNotice(told))) = drive.desk.commands.last().map(|row| row.changes[0].clone())
    else {
        panic!("{}", drive.screen(80, 24))
    };
    assert_eq!((told.worker, told.examined_until), (None, day("2026-09-11")));
}

#[test]
fn an_item_is_left_out_with_a_reason_only() {
    let mut drive = board();
    // A change first, so that the screens see the name of the physician.
    drive.keys("jde\n");
    assert_eq!(drive.desk.commands.len(), 1, "no reason, no record");
    drive.keys("前年に異常なし\n");
    assert_eq!(drive.desk.commands.last().map(|command| command.act), Some(Deed::OmitCheckupItem));
}

#[test]
fn a_recommendation_and_its_result_take_a_key_each() {
    let mut drive = board();
    drive.keys("jd");
    assert_eq!(drive.desk.commands.last().map(|command| command.act), Some(Deed::FollowCheckup));
}
