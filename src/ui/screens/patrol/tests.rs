//! The walk by keys: what is pressed, what is recorded, what stands on the screen.

use super::desk::{self, Session, bare, day, row, site, site_id, today};
use crate::domain::command::Act;
use crate::domain::opinion::{FormKind, Issued, Recipient};
use crate::domain::patrol::{Category, Finding, Mark, Severity};
use crate::ui::keys::Code;
use crate::ui::route::Route;

fn walk() -> Session {
    Session::at(Route::Patrol(site_id(), 0), vec![site()])
}

/// A walk that was started and has counted no key yet.
fn started() -> Session {
    let mut session = walk();
    for _ in 0..2 {
        session.press(Code::Down);
    }
    session.press(Code::Enter);
    assert_eq!(session.desk.acts, [Act::StartPatrol]);
    session.presses = 0;
    session
}

#[test]
fn it_begins_with_what_was_open_and_with_answers_already_there() {
    let mut session = walk();
    insta::assert_snapshot!("before_80x24", session.draw(80, 24));
    let session = started();
    let patrol = session.site().patrols.last().unwrap();
    assert_eq!((patrol.day, patrol.starts.as_str()), (desk::today(), "13:32"));
    assert_eq!(patrol.companions, "衛生管理者 野々村 拓");
}

#[test]
fn another_way_than_on_site_is_refused() {
    let mut session = walk();
    session.press(Code::Down);
    session.press(Code::Down);
    session.key('e');
    for _ in 0..3 {
        session.press(Code::Tab);
    }
    session.key('3');
    session.press(Code::Esc);
    session.press(Code::Enter);
    assert!(session.desk.acts.is_empty());
    assert!(session.shows("巡視は現地で行います（則15条）"));
}

#[test]
fn closing_a_finding_takes_three_keys_at_most() {
    let mut session = started();
    session.press(Code::Home);
    session.presses = 0;
    session.press(Code::Down);
    session.key('d');
    assert!(session.presses <= 3);
    let closed = session.site().findings.iter().find(|finding| finding.id == row(7)).unwrap();
    assert_eq!(closed.closed_on, Some(desk::today()));
    assert_eq!(closed.closed_by, Some(session.site().patrols.last().unwrap().id.clone()));
    assert!(session.shows("是正済"));
}

#[test]
fn a_danger_with_measure_and_opinion_takes_eight_keys_at_most() {
    let mut session = started();
    session.key('2');
    session.text("溶解炉前の通路に台車 2台");
    session.press(Code::Tab);
    session.key('3');
    session.text("台車を退避場所へ移した");
    session.press(Code::Tab);
    session.text("台車の置き場を決め、床に表示する");
    insta::assert_snapshot!("finding_80x24", session.draw(80, 24));
    insta::assert_snapshot!("finding_120x40", session.draw(120, 40));
    session.press(Code::Tab);
    session.press(Code::Tab);
    session.text("製造一課");
    session.press(Code::F(6));
    assert!(session.presses <= 8, "{}", session.presses);
    assert_eq!(session.desk.acts.last(), Some(&Act::RecordFinding));
    let finding = session.site().findings.last().unwrap();
    assert_eq!((finding.severity, finding.measure_at.as_str()), (Severity::Urgent, "13:32"));
    assert_eq!(finding.measure, "台車を退避場所へ移した");
    assert_eq!((finding.due, finding.owner.as_str()), (Some(day("2026-12-04")), "製造一課"));
    let mark = session.site().marks.last().unwrap();
    assert_eq!((mark.category, mark.mark), (Category::Environment, Mark::Finding));
    assert!(session.site().drafts.is_empty());
}

#[test]
fn what_is_typed_survives_leaving_the_form_and_holds_the_end() {
    let mut session = started();
    session.key('1');
    session.key('2');
    session.text("通路の幅 50cm");
    session.press(Code::Esc);
    assert!(session.shows("書きかけの指摘"));
    session.press(Code::End);
    session.key('d');
    assert!(session.shows("書きかけの指摘があります"));
    session.press(Code::Home);
    for _ in 0..3 {
        session.press(Code::Down);
    }
    session.key('2');
    assert!(session.shows("通路の幅 50cm"));
    session.press(Code::Tab);
    session.press(Code::Tab);
    session.text("移した");
    session.press(Code::Esc);
    session.press(Code::Up);
    session.key('2');
    assert!(session.shows("> その場の措置"));
}

#[test]
fn one_key_a_category_and_the_cursor_goes_on() {
    let mut session = started();
    for digit in ['1', '1', '3', '1'] {
        session.key(digit);
    }
    let marks: Vec<Mark> = session.site().marks.iter().skip(1).map(|mark| mark.mark).collect();
    assert_eq!(marks, [Mark::Good, Mark::Good, Mark::NotApplicable, Mark::Good]);
    insta::assert_snapshot!("walking_80x24", session.draw(80, 24));
    insta::assert_snapshot!("walking_120x40", session.draw(120, 40));
    session.press(Code::F(6));
    assert_eq!(session.shell.route(), Some(Route::Patrol(site_id(), 1)));
    assert!(session.shows("[事務所 2階]"));
}

#[test]
fn the_end_waits_for_the_measure_of_a_danger() {
    let mut session = started();
    session.key('2');
    session.text("回転部の覆いがない");
    session.press(Code::Tab);
    session.key('3');
    session.press(Code::F(6));
    session.press(Code::End);
    session.key('d');
    assert!(session.shows("その場で講じた措置か時刻がありません"));
    assert_eq!(session.desk.acts, [Act::StartPatrol, Act::RecordFinding]);
}

#[test]
fn a_walk_that_has_ended_is_read_only() {
    let mut session = started();
    session.key('1');
    session.press(Code::End);
    session.key('d');
    assert_eq!(session.desk.acts.last(), Some(&Act::CompletePatrol));
    assert!(session.shows("この巡視は終わっています"));
    session.key('1');
    assert_eq!(session.desk.acts.len(), 3);
}

#[test]
fn an_old_finding_takes_the_answer_of_the_employer() {
    let mut session = walk();
    session.press(Code::Enter);
    assert!(session.shows("溶解炉前の通路に台車"));
    for _ in 0..7 {
        session.press(Code::Tab);
    }
    session.text("11-10");
    session.press(Code::Tab);
    session.text("置き場を決めた");
    session.press(Code::F(6));
    let answered: &Finding = session.site().findings.iter().find(|finding| finding.id == row(6)).unwrap();
    assert_eq!((answered.answered_on, answered.answer.as_str()), (Some(day("2026-11-10")), "置き場を決めた"));
    assert_eq!(session.desk.acts, [Act::AnswerMeasure]);
}

#[test]
fn the_first_place_is_named_on_the_spot() {
    let mut session = Session::at(Route::Patrol(site_id(), 0), vec![bare()]);
    session.press(Code::Enter);
    insta::assert_snapshot!("no_place_80x24", session.draw(80, 24));
    session.key('n');
    session.text("第1工場");
    session.press(Code::Enter);
    assert_eq!(session.site().places.first().map(|place| place.name.as_str()), Some("第1工場"));
    assert!(session.shows("[第1工場]"));
}

#[test]
fn forty_findings_leave_room_for_the_categories() {
    let mut crowded = site();
    let many = (100..140).map(|number| desk::finding(number, Category::Work, "手すりの緩み"));
    crowded.findings = std::sync::Arc::new(many.collect());
    let mut session = Session::at(Route::Patrol(site_id(), 0), vec![crowded]);
    session.press(Code::End);
    session.press(Code::Enter);
    let drawn = session.draw(80, 24);
    assert!(
        drawn.contains("ほか") && drawn.contains("健康・労務管理") && drawn.contains("[ 巡視を終える ]"),
        "{drawn}"
    );
}

#[test]
fn paper_is_asked_for_by_its_form() {
    let mut session = walk();
    session.key('x');
    assert_eq!(session.desk.previews.last().map(|request| request.form), Some(FormKind::PatrolSheet));
}

#[test]
fn the_walk_that_has_ended_is_reported_to_the_employer() {
    let mut session = started();
    session.key('1');
    session.press(Code::End);
    session.key('d');
    session.key('y');
    let asked = session.desk.previews.last().unwrap();
    let walked = session.desk.sites[0].patrols.last().unwrap().id.clone();
    assert_eq!((asked.form, asked.subject.as_ref()), (FormKind::PatrolReport, Some(&walked)));
    assert_eq!(asked.recipients, [Recipient::Employer]);
    assert!(matches!(session.shell.route(), Some(Route::Paper(_))));
}

#[test]
fn without_a_walk_that_has_ended_there_is_nothing_to_report() {
    let mut unwalked = site();
    unwalked.patrols = std::sync::Arc::default();
    let mut session = Session::at(Route::Patrol(site_id(), 0), vec![unwalked]);
    session.key('y');
    assert!(session.desk.previews.is_empty() && session.shows("終えた巡視がまだありません"));
}

#[test]
fn no_size_breaks_it() {
    let mut session = started();
    for (columns, rows) in [(40, 10), (20, 5), (80, 10), (200, 60)] {
        session.draw(columns, rows);
    }
}

#[test]
fn a_walk_that_was_reported_does_not_promise_to_be_taken_back() {
    let mut session = started();
    session.key('1');
    session.press(Code::End);
    session.key('d');
    assert!(session.shows("u で終了を取り消せます"));
    let mut reported = session.desk.sites[0].clone();
    let walked = reported.patrols.last().unwrap().id.clone();
    let report = Issued {
        id: crate::domain::Id::document(&site_id(), 2026, 1),
        form: FormKind::PatrolReport,
        case_id: None,
        worker: None,
        version: 1,
        supersedes: None,
        day: today(),
        snapshot_json: serde_json::json!({ "subject": walked }),
        copies_json: Vec::new(),
    };
    reported.issued = std::sync::Arc::new(vec![report]);
    let mut session = Session::at(Route::Patrol(site_id(), 0), vec![reported]);
    assert!(!session.shows("取り消せます") && session.shows("報告書を発行しました"));
}
