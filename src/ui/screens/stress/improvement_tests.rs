use std::sync::Arc;

use super::tests::judged;
use crate::app::entry_fixture::day;
use crate::app::stress::fixture::Room;
use crate::domain::command::Act as Deed;
use crate::domain::patrol::{Category, Finding, Patrol, Place, Severity};
use crate::domain::stress::{Heard, Improvement};
use crate::domain::{Id, Prefix};
use crate::ui::keys::Code;
use crate::ui::route::Route;
use crate::ui::screens::fixture::Drive;

/// A patrol with a finding that is open.
fn walked(room: &mut Room) {
    let row = |number| Id::new(room.site.id(), Prefix::Row, number);
    let patrol = Patrol {
        id: row(901),
        day: day("2026-11-02"),
        starts: String::new(),
        companions: String::new(),
        completed_on: Some(day("2026-11-02")),
        private_remark: String::new(),
    };
    let place = Place { id: row(902), name: "設計室".to_owned(), position: 1, retired_on: None };
    let finding = Finding {
        content: "照明が暗い".to_owned(),
        severity: Severity::Improve,
        ..Finding::new(row(903), patrol.id.clone(), place.id.clone(), Category::Environment)
    };
    room.site.patrols = Arc::new(vec![patrol]);
    room.site.places = Arc::new(vec![place]);
    room.site.findings = Arc::new(vec![finding]);
}

fn at(room: &Room) -> Drive {
    Drive::at(room.site.clone(), &Route::StressImprovements(room.round.clone()))
}

/// Advice to everybody, a hearing of one group, an action that goes with a finding.
fn written() -> Drive {
    let mut room = judged();
    walked(&mut room);
    let mut drive = at(&room);
    drive.keys("1").text("会議の回数と締切りの置き方を見直してください。").save();
    drive.keys("2").text("納期の前の週に残業が続く。").press(Code::Up).keys("2").press(Code::Up);
    drive.press(Code::Up).keys("2").save();
    drive.keys("3").text("週次の会議を半分にし、締切りを二回に分ける。");
    drive.press(Code::Tab).text("開発課長").press(Code::Tab).text("2026-12-18").press(Code::Tab).press(Code::Tab);
    drive.keys("2").save();
    drive
}

#[test]
fn advice_hearing_and_action_are_written_and_stand_in_one_list() {
    let mut drive = written();
    let rows = drive.desk.site.stress_improvements.clone();
    let kinds: Vec<_> = rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, Improvement::ALL, "{}", drive.screen(80, 24));
    assert_eq!((rows[1].heard, rows[1].group_name.as_str()), (Some(Heard::Staff), "開発部"));
    assert_eq!((rows[2].who.as_str(), rows[2].due), ("開発課長", Some(day("2026-12-18"))));
    assert!(rows[2].finding.is_some() && rows[0].who == "架空 実施");
    assert!(drive.desk.commands.iter().all(|command| command.act == Deed::ImproveWorkplace));
    drive.keys("d");
    assert_eq!(drive.desk.commands.len(), 3, "advice is not done");
    drive.press(Code::Home);
    insta::assert_snapshot!("improvements_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("improvements_120x40", drive.screen(120, 40));
    drive.keys("d");
    assert!(drive.desk.site.stress_improvements[2].done_on.is_some());
    assert!(drive.screen(80, 24).contains("開発課長     済"), "{}", drive.screen(80, 24));
}

#[test]
fn the_form_offers_no_small_group() {
    let mut room = judged();
    walked(&mut room);
    let mut drive = at(&room);
    drive.keys("n").text("週次の会議を半分にし、締切りを二回に分ける。").press(Code::Up);
    let screen = drive.screen(80, 24);
    assert!(screen.contains("開発部") && screen.contains("営業部＋総務部"), "{screen}");
    assert!(!screen.contains("3 営業部 ") && !screen.contains("4 総務部"), "{screen}");
    insta::assert_snapshot!("improvement_form_80x24", screen);
    insta::assert_snapshot!("improvement_form_120x40", drive.screen(120, 40));
}

#[test]
fn a_person_in_the_words_is_refused_and_what_was_typed_stays() {
    let mut drive = at(&judged());
    drive.keys("1").text("架空 7 さんの席を移すこと").save();
    assert!(drive.desk.commands.is_empty());
    let screen = drive.screen(80, 24);
    assert!(screen.contains("名簿にある人の名前") && screen.contains("席を移すこと"), "{screen}");
}

#[test]
fn an_empty_list_says_what_it_is_for_and_is_reached_from_the_groups() {
    let room = judged();
    let mut drive = Drive::at(room.site.clone(), &Route::StressGroups(room.round.clone()));
    drive.press(Code::F(6));
    assert_eq!(drive.route(), Route::StressImprovements(room.round.clone()));
    let screen = drive.screen(80, 24);
    assert!(screen.contains("まだありません") && screen.contains("努力義務"), "{screen}");
    drive.keys("d");
    assert!(drive.desk.commands.is_empty(), "nothing to be done");
}

#[test]
fn tiny_and_huge_windows_hold() {
    let mut drive = written();
    for (columns, rows) in [(20, 5), (40, 10), (200, 60)] {
        drive.screen(columns, rows);
    }
    drive.keys("n");
    for (columns, rows) in [(20, 5), (40, 10), (200, 60)] {
        drive.screen(columns, rows);
    }
}
