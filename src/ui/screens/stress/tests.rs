use crate::app::Host;
use crate::app::entry_fixture::{day, worker_id};
use crate::app::stress::fixture::{GAP, HIGH, LOW, Room, today};
use crate::app::stress::judging;
use crate::domain::command::Act as Deed;
use crate::domain::stress::{Computed, Need, OwnerRole};
use crate::domain::worker::Sex;
use crate::ui::keys::Code;
use crate::ui::privacy::Privacy;
use crate::ui::route::Route;
use crate::ui::screens::fixture::{Drive, site_id};

/// Thirty people of three departments: three above the criteria, one with a gap.
fn room() -> Room {
    let mut room = Room::open(30, OwnerRole::Implementer);
    for (index, worker) in std::sync::Arc::make_mut(&mut room.site.workers).iter_mut().enumerate() {
        worker.department = ["開発部", "営業部", "総務部"][if index < 16 { 0 } else { index % 2 + 1 }].to_owned();
        worker.sex = if index % 2 == 0 { Sex::Male } else { Sex::Female };
    }
    let text = |number| match number {
        1..=3 => HIGH,
        4 => GAP,
        _ => LOW,
    };
    let sheets: Vec<(u32, &str)> = (1..=30).map(|number| (number, text(number))).collect();
    room.enter(&sheets).unwrap();
    room
}

pub(super) fn judged() -> Room {
    let mut room = room();
    room.judge();
    room
}

fn at(room: &Room, route: fn(crate::domain::Id) -> Route) -> Drive {
    Drive::at(room.site.clone(), &route(room.round.clone()))
}

fn need(drive: &Drive, number: u32) -> Need {
    drive.desk.site.stress_results.iter().find(|row| row.worker == worker_id(number)).unwrap().need
}

#[test]
fn the_list_is_confirmed_with_one_key_each() {
    let mut drive = at(&judged(), Route::Stress);
    insta::assert_snapshot!("confirm_80x24", drive.screen(80, 24));
    drive.keys("1");
    assert_eq!((need(&drive, 1), need(&drive, 2)), (Need::Needed, Need::Open), "and only this one");
    drive.keys("2").text("10-28 面談済").keys("\n");
    assert_eq!(need(&drive, 2), Need::NotNeeded);
    drive.keys("2\n");
    assert_eq!(need(&drive, 3), Need::Open, "without a reason nothing is written");
    drive.keys("\u{1b}1");
    insta::assert_snapshot!("confirmed_120x40", drive.screen(120, 40));
    drive.keys("d");
    assert!(drive.desk.site.stress_results.iter().filter(|row| row.notified_on.is_some()).count() == 29);
    assert!(drive.screen(80, 24).contains("通知 29"), "the one with a gap is not told");
}

#[test]
fn what_is_new_is_judged_before_anybody_is_told() {
    let mut drive = at(&room(), Route::Stress);
    assert!(drive.screen(80, 24).contains("d 判定する"));
    drive.keys("d");
    assert_eq!(drive.desk.commands.last().unwrap().act, Deed::JudgeStress);
    assert!(drive.screen(80, 24).contains("d 通知済みに"));
}

#[test]
fn the_chart_stands_in_the_official_columns() {
    let room = judged();
    let profile = |number| Route::StressProfile(room.round.clone(), worker_id(number));
    let mut drive = Drive::at(room.site.clone(), &profile(1));
    insta::assert_snapshot!("profile_80x24", drive.screen(80, 24));
    drive.press(Code::Tab);
    insta::assert_snapshot!("answers_80x24", drive.screen(80, 24));
    let mut gap = Drive::at(room.site.clone(), &profile(4));
    insta::assert_snapshot!("profile_gap_120x40", gap.screen(120, 40));
    gap.keys("]");
    assert_eq!(gap.route(), profile(5));
}

#[test]
fn small_groups_stay_empty_and_may_be_put_together() {
    let mut drive = at(&judged(), Route::StressGroups);
    let first = drive.screen(80, 24);
    insta::assert_snapshot!("groups_80x24", first);
    drive.keys("b");
    insta::assert_snapshot!("groups_merged_120x40", drive.screen(120, 40));
    drive.press(Code::Tab);
    assert!(drive.screen(80, 24).contains("男"));
    drive.keys("d").text("衛生委員会").keys("\n");
    assert_eq!(drive.desk.commands.last().unwrap().act, Deed::ReleaseGroups);
}

/// While the screen is shared no name and no number of a person stands on any screen of the stress check.
#[test]
fn sharing_hides_every_person_and_keeps_the_groups() {
    let room = judged();
    let profile = Route::StressProfile(room.round.clone(), worker_id(1));
    let groups = Route::StressGroups(room.round.clone());
    for route in [Route::StressRounds(site_id()), Route::Stress(room.round.clone()), profile, groups] {
        let mut drive = Drive::at(room.site.clone(), &Route::Today);
        drive.press(Code::F(9));
        let shared = Privacy::Sharing.apply(&drive.desk.view());
        drive.shell.stack.push(crate::ui::screens::open(&route, &shared));
        for (columns, rows) in [(80, 24), (120, 40)] {
            let screen = drive.screen(columns, rows);
            assert!(screen.contains("SC /") || screen.contains("/ SC"), "{screen}");
            assert!(!screen.contains("架空") && !screen.contains("10001") && !screen.contains("B4"), "{screen}");
        }
    }
    let mut drive = at(&room, Route::StressGroups);
    drive.press(Code::F(9));
    let screen = drive.screen(80, 24);
    assert!(screen.contains("全体") && screen.contains("開発部"), "{screen}");
    drive.press(Code::Esc);
    assert!(!drive.screen(80, 24).contains("架空"));
}

#[test]
fn rounds_are_made_and_opened() {
    let room = Room::closed(3, OwnerRole::Implementer);
    let mut drive = Drive::at(room.site.clone(), &Route::StressRounds(site_id()));
    insta::assert_snapshot!("rounds_80x24", drive.screen(80, 24));
    drive.keys("d");
    assert!(drive.desk.commands.is_empty(), "no implementer yet");
    drive.keys("e");
    insta::assert_snapshot!("round_form_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("round_form_120x40", drive.screen(120, 40));
    for _ in 0..8 {
        drive.press(Code::Tab);
    }
    drive.press(Code::Tab).text("架空 実施").save();
    assert_eq!(drive.desk.site.stress_staff.len(), 1);
    drive.keys("d");
    assert!(drive.desk.site.stress_rounds[0].opened_on.is_some());
    drive.press(Code::Enter);
    assert_eq!(drive.route(), Route::Stress(room.round.clone()));
}

#[test]
fn tiny_and_huge_windows_hold() {
    let room = judged();
    let profile = Route::StressProfile(room.round.clone(), worker_id(1));
    let form = Route::StressForm(site_id(), None);
    for route in [Route::Stress(room.round.clone()), profile, Route::StressGroups(room.round.clone()), form] {
        let mut drive = Drive::at(room.site.clone(), &route);
        for (columns, rows) in [(20, 5), (40, 10), (200, 60)] {
            drive.screen(columns, rows);
        }
    }
    assert!(judging::to_notify(&room.site, &room.round).len() == 26);
}

#[test]
fn request_and_consent_are_recorded_for_one_person() {
    let mut room = judged();
    let command = judging::confirm(&room.site, &room.round, &worker_id(1), Need::Needed, "", "架空 産業医", today());
    room.perform(command.unwrap()).unwrap();
    let told = judging::notify(&room.site, &room.round, &[worker_id(1)], day("2026-10-30"), today());
    room.perform(told.unwrap().unwrap()).unwrap();
    let mut drive = Drive::at(room.site.clone(), &Route::StressProfile(room.round.clone(), worker_id(1)));
    drive.press(Code::Enter).keys("4").text("2026-10-29").keys("\n");
    assert!(drive.desk.site.stress_consents.is_empty(), "before the notice");
    drive.keys("4").text("2026-11-02").keys("\n");
    assert_eq!(drive.desk.site.stress_consents.len(), 1);
    drive.keys("3\n8").text("眠れない").keys("\n");
    assert_eq!((drive.desk.site.requests.len(), drive.desk.site.stress_consultations.len()), (1, 1));
    insta::assert_snapshot!("person_80x24", drive.screen(80, 24));
    drive.keys("7\n");
    assert!(drive.screen(80, 24).contains("何も伝えません"));
}

#[test]
fn who_is_no_implementer_sees_names_and_no_result() {
    let room = Room::open(3, OwnerRole::Neither);
    let mut drive = at(&room, Route::Stress);
    insta::assert_snapshot!("neither_80x24", drive.screen(80, 24));
    drive.press(Code::Enter).keys("5").text("2026-10-30").keys("\n").text("2026-11-02").keys("\n");
    assert_eq!(drive.desk.site.stress_consents.len(), 1);
    drive.press(Code::Esc);
    assert!(drive.screen(80, 24).contains("同意あり"));
}

/// The squares hold the released groups as letters, of one sex with its lines of equal risk, of everybody without.
#[test]
fn the_diagrams_show_what_may_be_given_and_the_lines_of_one_sex() {
    let mut drive = at(&judged(), Route::StressGroups);
    drive.keys("y");
    let everybody = drive.screen(80, 24);
    assert!(everybody.contains("量-コントロール判定図") && everybody.contains("a 全体"), "{everybody}");
    assert!(!everybody.contains("営業部"), "few people are no point:\n{everybody}");
    insta::assert_snapshot!("diagram_80x24", everybody);
    drive.press(Code::Tab);
    insta::assert_snapshot!("diagram_men_120x40", drive.screen(120, 40));
    drive.keys("y");
    assert!(drive.screen(80, 24).contains("裁量"), "and back to the table");
}

/// At 80 columns the way back is told on every screen of the stress check.
#[test]
fn the_way_back_stands_in_every_footer() {
    let (closed, open) = (Room::closed(3, OwnerRole::Implementer), judged());
    let routes = |room: &Room| {
        let person = Route::StressPerson(room.round.clone(), worker_id(1));
        let profile = Route::StressProfile(room.round.clone(), worker_id(1));
        let round = || room.round.clone();
        [Route::StressRounds(site_id()), Route::Stress(round()), Route::StressGroups(round()), person, profile]
    };
    for room in [&closed, &open] {
        for route in routes(room) {
            let mut drive = Drive::at(room.site.clone(), &route);
            let screen = drive.screen(80, 24);
            let footer = screen.lines().rfind(|line| line.contains("Ctrl-P")).unwrap_or_default();
            assert!(footer.contains("Esc"), "{route:?}\n{screen}");
        }
    }
}

#[test]
fn a_result_from_elsewhere_bears_its_mark_and_what_differs_is_named() {
    let mut room = Room::open(5, OwnerRole::Implementer);
    room.enter(&[(1, HIGH), (2, LOW)]).unwrap();
    room.judge();
    room.tell(&[(2, Computed::High), (3, Computed::High)]).unwrap();
    let mut drive = at(&room, Route::Stress);
    let screen = drive.screen(80, 24);
    assert!(screen.contains("ほかで計算した結果 2") && screen.contains("答えと違う結果 1"), "{screen}");
    insta::assert_snapshot!("confirm_told_80x24", screen);
    let person = Route::StressPerson(room.round.clone(), worker_id(3));
    insta::assert_snapshot!("person_told_80x24", Drive::at(room.site.clone(), &person).screen(80, 24));
}

/// The interview of 66条の10 asks for the burden, and shows the result beside the questions, at both sizes.
#[test]
fn the_interview_after_the_check_shows_the_result_beside_the_questions() {
    let mut room = judged();
    let confirmed = judging::confirm(&room.site, &room.round, &worker_id(1), Need::Needed, "", "架空 産業医", today());
    room.perform(confirmed.unwrap()).unwrap();
    let told = judging::notify(&room.site, &room.round, &[worker_id(1)], day("2026-10-30"), today());
    room.perform(told.unwrap().unwrap()).unwrap();
    let (by, on) = (crate::domain::case::RequestBy::Paper, day("2026-11-05"));
    let asked = crate::app::stress::requests::receive(&room.site, &room.round, &worker_id(1), on, by, today());
    room.perform(asked.unwrap()).unwrap();
    for (name, step) in [("work", 0), ("condition", 2), ("judgment", 6)] {
        let mut drive = Drive::at(room.site.clone(), &Route::Interview(worker_id(1), step, 0));
        for (columns, rows) in [(80, 24), (120, 40)] {
            let screen = drive.screen(columns, rows);
            assert!(step == 0 || screen.contains("A 51"), "{screen}");
            insta::assert_snapshot!(format!("interview_{name}_{columns}x{rows}"), screen);
        }
    }
}
