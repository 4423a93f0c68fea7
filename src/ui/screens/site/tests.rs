//! The brief by keys.

use std::sync::Arc;

use crate::domain::case::NoticeKind;
use crate::domain::command::Act;
use crate::domain::opinion::FormKind;
use crate::ui::keys::Code;
use crate::ui::route::Route;
use crate::ui::screens::patrol::desk::{Session, bare, day, site, site_id, today};

fn brief() -> Session {
    Session::at(Route::Site(site_id()), vec![site()])
}

#[test]
fn the_whole_hour_on_one_page() {
    let mut session = brief();
    insta::assert_snapshot!("typical_80x24", session.draw(80, 24));
    insta::assert_snapshot!("typical_120x40", session.draw(120, 40));
}

#[test]
fn the_first_visit_says_what_to_ask_for() {
    let mut session = Session::at(Route::Site(site_id()), vec![bare()]);
    insta::assert_snapshot!("first_80x24", session.draw(80, 24));
}

#[test]
fn tabs_open_by_their_fixed_numbers() {
    let reel = Route::Reel(site_id(), None, crate::scales::checkup::DEFAULT);
    for (digit, route) in [
        ('2', Route::Roster(site_id())),
        ('3', reel),
        ('4', Route::StressRounds(site_id())),
        ('5', Route::Patrol(site_id(), 0)),
        ('8', Route::SiteForm(Some(site_id()))),
    ] {
        let mut session = brief();
        session.key(digit);
        assert_eq!(session.shell.route(), Some(route));
    }
    let mut session = brief();
    session.key('6');
    assert_eq!(session.shell.route(), Some(Route::Site(site_id())));
}

#[test]
fn one_key_begins_the_visit_and_its_end_keeps_promise_and_next_day() {
    let mut session = brief();
    session.key('v');
    assert!(session.shows("訪問中  13:32 から"));
    session.key('v');
    session.text("巡視と面接 1名");
    session.press(Code::Tab);
    session.text("騒音の測定値を見る");
    session.press(Code::Esc);
    session.key('v');
    assert!(session.shows("巡視と面接 1名"));
    insta::assert_snapshot!("ending_80x24", session.draw(80, 24));
    for _ in 0..3 {
        session.press(Code::Tab);
    }
    session.text("1-15");
    session.press(Code::F(6));
    assert_eq!(session.desk.acts, [Act::Visit, Act::Visit]);
    let closed = session.site().visits.iter().find(|visit| visit.day == today()).unwrap();
    assert_eq!((closed.closed_on, closed.summary.as_str()), (Some(today()), "巡視と面接 1名"));
    assert!(session.site().promises.iter().any(|promise| promise.content == "騒音の測定値を見る"));
    assert!(session.site().visits.iter().any(|visit| visit.day == day("2027-01-15")));
    assert!(session.shows("訪問済"));
}

#[test]
fn a_promise_is_kept_by_one_key_and_paper_is_asked_for() {
    let mut session = brief();
    session.press(Code::End);
    session.key('d');
    assert_eq!(session.desk.acts, [Act::Promise]);
    assert_eq!(session.site().promises.first().and_then(|promise| promise.kept_on), Some(today()));
    session.key('x');
    assert_eq!(session.desk.previews.last().map(|request| request.form), Some(FormKind::VisitBrief));
}

/// A site with somebody on the roster and no hours: the employer owes October.
fn waiting() -> Session {
    let mut waiting = site();
    waiting.workers = Arc::new(vec![crate::app::testing::site().workers[0].clone()]);
    let mut session = Session::at(Route::Site(site_id()), vec![waiting]);
    session.press(Code::Home);
    while !session.shows("> 未着") {
        session.press(Code::Down);
    }
    session
}

#[test]
fn one_key_records_that_nobody_is_above_and_another_that_the_names_came() {
    for (key, kind) in [('d', NoticeKind::NobodyOver), ('n', NoticeKind::ToPhysician)] {
        let mut session = waiting();
        assert!(session.shows("労働時間の提供") && session.shows("d 該当なしを受領   n 氏名と時間を受領"));
        session.key(key);
        assert_eq!(session.desk.acts, [Act::RecordNotice]);
        let notice = session.site().notices.last().unwrap().clone();
        assert_eq!((notice.kind, notice.worker, notice.period_end), (kind, None, day("2026-10-31")));
        assert!(!session.shows("労働時間の提供"), "it waits no longer");
        assert!(session.shows(kind.label()), "it stands among what came");
    }
}

#[test]
fn the_walk_is_two_keys_away() {
    let mut session = brief();
    session.key('5');
    session.press(Code::End);
    session.press(Code::Enter);
    assert_eq!(session.desk.acts, [Act::StartPatrol]);
}

#[test]
fn no_size_breaks_it() {
    let mut session = brief();
    for (columns, rows) in [(40, 10), (20, 5), (80, 10), (200, 60)] {
        session.draw(columns, rows);
    }
}
