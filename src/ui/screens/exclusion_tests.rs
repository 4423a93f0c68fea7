//! The decision by keys, on a small caseload with one month above the line.

use std::sync::Arc;

use super::*;
use crate::app::entry_fixture::row;
use crate::domain::command::HoursInForce;
use crate::domain::establishment::StandingInstruction;
use crate::domain::hours::{Measure, Series};
use crate::domain::worker::{Checkup, FindingState};
use crate::domain::{Hours, Seconds};
use crate::ui::screens::fixture::{Drive, day, site, worker_id};

fn above() -> Site {
    let mut site = site();
    let period = site.period(2026, 10).unwrap();
    let hours = Hours::exact(Seconds::hm(269, 39));
    let value = HoursInForce { period, measure: Measure::StatutoryTotal, series: Series::Employer, hours };
    site.hours = Arc::new([(worker_id(1), vec![value])].into());
    let checkup = Checkup {
        id: row(9),
        worker: worker_id(1),
        day: day("2026-09-11"),
        judgement: "A".to_owned(),
        finding: FindingState::None,
        summary: "血圧 118/72".to_owned(),
        opinion_on: None,
        opinion: None,
    };
    site.checkups = Arc::new(vec![checkup].into());
    site
}

fn opened() -> Drive {
    let mut drive = Drive::at(above(), &Route::Worker(worker_id(1)));
    drive.keys("N");
    drive
}

#[test]
fn a_decision_is_written_by_keys_and_stands_where_it_is_asked_for() {
    let mut drive = opened();
    drive.keys("3\t\t\t\t").text("健診に所見がない").keys("\t").text("なし").save();
    assert_eq!(drive.route(), Route::Worker(worker_id(1)));
    let decision = &drive.desk.site.exclusions[0];
    assert_eq!((decision.period.end, decision.keeps_healthy.as_str()), (day("2026-10-31"), "なし"));
    assert_eq!(drive.desk.site.bases[0].day, Some(day("2026-09-11")));
    assert!(drive.screen(80, 24).contains("面接不要"));
    drive.keys("w");
    let why = drive.screen(80, 60);
    for text in ["面接不要", "健康診断  2026-09-11", "健診に所見がない", "なし"] {
        assert!(why.contains(text), "{text}\n{why}");
    }
}

#[test]
fn an_empty_answer_is_refused_at_its_field() {
    let mut drive = opened();
    drive.keys("3\t\t\t\t").text("健診に所見がない").save();
    assert!(drive.desk.commands.is_empty());
    let screen = drive.screen(80, 24);
    assert!(screen.contains("無ければ「なし」"), "{screen}");
}

#[test]
fn a_month_below_the_line_says_at_once_that_nothing_is_to_be_decided() {
    let mut drive = Drive::at(site(), &Route::Exclusion(worker_id(1)));
    drive.keys("d");
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("この期間の労働時間がありません。"));
}

#[test]
fn the_line_of_the_worklist_leads_to_the_decision() {
    let mut drive = Drive::at(above(), &Route::Today);
    for _ in 0..8 {
        drive.keys("N");
        if drive.route() != Route::Today {
            break;
        }
        drive.press(crate::ui::keys::Code::Down);
    }
    assert_eq!(drive.route(), Route::Exclusion(worker_id(1)));
}

#[test]
fn what_was_decided_is_taken_back_by_its_button() {
    let mut drive = opened();
    drive.keys("3\t\t\t\t").text("診察した").keys("\t").text("睡眠").save().keys("N");
    assert!(drive.screen(80, 24).contains("判断済み"));
    drive.press(crate::ui::keys::Code::F(6)).keys("\t\n");
    assert_eq!(drive.desk.commands.last().unwrap().act, crate::domain::command::Act::LiftExclusion);
}

#[test]
fn the_screen_shows_what_a_decision_may_rest_on() {
    let mut drive = opened();
    insta::assert_snapshot!("exclusion_80x24", drive.screen(80, 24));
    drive.keys("13\t");
    insta::assert_snapshot!("exclusion_120x40", drive.screen(120, 40));
}

fn set(number: u32, on: &str, content: &str, ended_on: Option<&str>) -> StandingInstruction {
    let (set_on, ended_on) = (day(on), ended_on.map(day));
    StandingInstruction { id: row(number), set_on, doctor: String::new(), content: content.to_owned(), ended_on }
}

#[test]
fn what_was_set_in_advance_is_shown_and_decides_nothing() {
    let mut site = above();
    site.instructions = Arc::new(vec![
        set(20, "2025-04-01", "前の目安", Some("2026-03-31")),
        set(21, "2026-04-01", "前月に面接を受け、時間が減っている人", None),
    ]);
    let mut drive = Drive::at(site, &Route::Exclusion(worker_id(1)));
    for (width, height) in [(80, 24), (120, 40)] {
        let screen = drive.screen(width, height);
        assert!(screen.contains("2026-04-01  前月に面接を受け"), "{screen}");
        assert!(!screen.contains("前の目安"), "{screen}");
        assert!(screen.contains("健康の保ち方"), "every field is in sight: {screen}");
    }
    drive.save();
    assert!(drive.desk.commands.is_empty(), "nothing was judged by it");
}
