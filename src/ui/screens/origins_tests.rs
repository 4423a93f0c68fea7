//! The page by keys, on a desk without a vault.

use crate::app::entry_fixture::row;
use crate::app::origins::Origin;
use crate::domain::hours::BatchKind;
use crate::ui::route::Route;
use crate::ui::screens::fixture::{Drive, day, site, worker_id};

fn origin(number: u32, kind: BatchKind, place: Option<u32>, brought: &[&str], text: &str) -> Origin {
    Origin {
        batch: row(number),
        day: day("2026-11-04"),
        kind,
        sha256: if place.is_some() { "3f9a".repeat(16) } else { String::new() },
        reading: "60進".to_owned(),
        row: place,
        brought: brought.iter().map(|word| (*word).to_owned()).collect(),
        text: text.to_owned(),
        is_replaced: number == 1,
    }
}

fn page() -> Drive {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    drive.desk.origins = vec![
        origin(3, BatchKind::Checkup, Some(12), &["健診", "健診の票"], "10001  佐伯 美咲  2026/10/05  142/90  溶血"),
        origin(2, BatchKind::Hours, None, &["2026年10月分 会社の残業時間"], "92:30"),
        origin(1, BatchKind::Hours, Some(7), &["2026年10月分 会社の残業時間"], "82時間15分"),
    ];
    drive.keys("O");
    drive
}

#[test]
fn every_value_says_its_file_its_row_and_its_words() {
    let mut drive = page();
    assert_eq!(drive.route(), Route::Origins(worker_id(1)));
    let screen = drive.screen(80, 24);
    for shown in ["12行", "手入力", "健診、健診の票", "142/90  溶血", "SHA-256 3f9a3f9a3f9a3f9a"] {
        assert!(screen.contains(shown), "{shown}\n{screen}");
    }
    insta::assert_snapshot!("origins_80x24", screen);
    insta::assert_snapshot!("origins_120x40", drive.screen(120, 40));
    drive.keys("jj");
    let screen = drive.screen(80, 24);
    assert!(screen.contains("82時間15分") && screen.contains("置き換えました"), "{screen}");
}

#[test]
fn a_shared_screen_shows_none_of_it() {
    let mut drive = page();
    drive.key(crate::ui::keys::Key::f(9));
    let screen = drive.screen(80, 24);
    assert!(!screen.contains("142/90") && !screen.contains("佐伯 美咲"), "{screen}");
}
