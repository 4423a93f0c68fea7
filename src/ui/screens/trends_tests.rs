//! The page of trends by keys, on a desk without a vault.

use std::sync::Arc;

use crate::app::Site;
use crate::app::checkups::testing::{head, sheet};
use crate::app::entry_fixture::{row, worker};
use crate::domain::checkup::CheckupSheet;
use crate::domain::worker::{Sex, Worker};
use crate::scales::checkup::DEFAULT;
use crate::ui::route::Route;
use crate::ui::screens::fixture::{Drive, day, site, worker_id};

/// Code, value and the clinic's judgement of each item.
type Values = &'static [(&'static str, &'static str, &'static str)];

/// Five years of one person: the last ones heavier, one year without lipids, no eGFR anywhere.
const YEARS: [(&str, Values); 5] = [
    (
        "2026-09-11",
        &[("sbp", "162", "D"), ("dbp", "101", ""), ("ldl", "152", "C"), ("cr", "1.00", ""), ("mdp", "y", "")],
    ),
    ("2025-09-12", &[("sbp", "142", "C"), ("dbp", "90", ""), ("ldl", "140", "C"), ("cr", "0.98", "")]),
    ("2024-09-13", &[("sbp", "131", ""), ("dbp", "84", ""), ("cr", "0.96", "")]),
    ("2023-09-15", &[("sbp", "124", ""), ("dbp", "80", ""), ("ldl", "118", ""), ("cr", "0.96", "")]),
    ("2022-09-16", &[("sbp", "118", ""), ("dbp", "76", ""), ("ldl", "112", ""), ("up", "1+", "B")]),
];

fn five_years() -> (Site, Vec<CheckupSheet>) {
    let mut site = site();
    let sheets = (0_u32..).zip(YEARS).map(|(number, (on, values))| {
        sheet(row(100 + number), &head(row(number + 1), worker_id(1), day(on), "A"), values)
    });
    let sheets = sheets.collect();
    let person = Worker { birth: Some(day("1976-01-01")), sex: Sex::Male, ..worker(1, "見本 太郎") };
    site.workers = Arc::new(vec![person]);
    (site, sheets)
}

fn page() -> Drive {
    let (site, sheets) = five_years();
    let mut drive = Drive::at(site, &Route::Worker(worker_id(1)));
    drive.desk.sheets = sheets;
    drive.keys("T");
    drive
}

#[test]
fn the_years_stand_beside_each_other_with_both_judgements() {
    let mut drive = page();
    assert_eq!(drive.route(), Route::Trends(worker_id(1), DEFAULT));
    let screen = drive.screen(80, 24);
    for shown in ["118/76", "162/101", "2022-09-16", "表 D", "健診機関 D", "eGFR(計算)", "健診 5回", "服薬中  血圧"]
    {
        assert!(screen.contains(shown), "{shown}\n{screen}");
    }
    insta::assert_snapshot!("trends_80x24", screen);
    insta::assert_snapshot!("trends_120x40", drive.screen(120, 40));
}

#[test]
fn another_table_gives_other_classes_and_the_same_values() {
    let mut drive = page();
    drive.keys("yy");
    assert_eq!(drive.route(), Route::Trends(worker_id(1), "dock-2016"));
    let screen = drive.screen(80, 24);
    assert!(screen.contains("162/101") && screen.contains("2016年"), "{screen}");
}

#[test]
fn the_chosen_item_shows_every_year_and_how_it_was_rounded() {
    let mut drive = page();
    drive.keys("j");
    let screen = drive.screen(80, 24);
    assert!(screen.contains("-- LDL") && screen.contains("整数に丸めて"), "{screen}");
}

#[test]
fn a_shared_screen_shows_nothing_of_it() {
    let mut drive = page();
    drive.key(crate::ui::keys::Key::f(9));
    let screen = drive.screen(80, 24);
    assert!(!screen.contains("162/101") && !screen.contains("見本 太郎"), "{screen}");
}
