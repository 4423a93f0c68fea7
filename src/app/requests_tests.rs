//! Requests and notices as they are built.

use std::sync::Arc;

use super::*;
use crate::app::entry_fixture::{TODAY, day, site, worker, worker_id};
use crate::domain::AnyRecord;
use crate::domain::command::Change;

fn entry() -> RequestEntry {
    RequestEntry {
        day: day("2026-11-10"),
        by: RequestBy::Paper,
        period: site().period(2026, 10),
        place: " 本社・午後 ".to_owned(),
        wishes: String::new(),
        doctor: String::new(),
        own: None,
    }
}

fn received(site: &Site, entry: &RequestEntry) -> Result<Command, RequestFault> {
    receive(site, &worker_id(1), entry, day(TODAY))
}

/// The snapshot after a command, as far as requests and cases go.
fn after(mut site: Site, command: &Command) -> Site {
    for change in &command.changes {
        match change {
            Change::Put(AnyRecord::Request(request)) => Arc::make_mut(&mut site.requests).push((**request).clone()),
            Change::Put(AnyRecord::Case(case)) => Arc::make_mut(&mut site.cases).push((**case).clone()),
            _ => {}
        }
    }
    site
}

#[test]
fn the_first_request_opens_a_case_and_the_next_reuses_it() {
    let command = received(&site(), &entry()).unwrap();
    assert_eq!(command.changes.len(), 2);
    let site = after(site(), &command);
    assert_eq!(site.requests[0].case_id, site.cases[0].id);
    assert_eq!(site.requests[0].place, "本社・午後");
    let second = received(&site, &RequestEntry { day: day("2026-11-12"), ..entry() }).unwrap();
    assert_eq!(second.changes.len(), 1);
    assert_eq!(after(site.clone(), &second).requests[1].case_id, site.cases[0].id);
}

#[test]
fn a_closed_case_and_a_case_of_another_ground_are_not_reused() {
    let first = after(site(), &received(&site(), &entry()).unwrap());
    for (state, ground) in [(CaseState::Closed, Ground::LongHours), (CaseState::Open, Ground::Checkup)] {
        let mut site = first.clone();
        site.cases = Arc::new(vec![Case { state, ground, ..first.cases[0].clone() }]);
        assert_eq!(received(&site, &entry()).unwrap().changes.len(), 2, "{state:?} {ground:?}");
    }
}

#[test]
fn days_that_cannot_be_are_refused_one_by_one() {
    let fault = |text| received(&site(), &RequestEntry { day: day(text), ..entry() }).err();
    assert_eq!(fault("2026-11-21"), Some(RequestFault::Future));
    assert_eq!(fault(TODAY), None);
    assert_eq!(fault("2009-03-31"), Some(RequestFault::BeforeJoining));
    let mut left = site();
    left.workers = Arc::new(vec![Worker { left_on: Some(day("2026-11-01")), ..worker(1, "佐伯 美咲") }]);
    assert_eq!(received(&left, &entry()).err(), Some(RequestFault::AfterLeaving));
    assert_eq!(receive(&site(), &worker_id(9), &entry(), day(TODAY)).err(), Some(RequestFault::NoWorker));
}

#[test]
fn disputed_hours_want_a_period_and_fit_into_it() {
    let with = |own, period| received(&site(), &RequestEntry { own: Some(own), period, ..entry() }).err();
    let october = entry().period;
    assert_eq!(with(Seconds::hm(744, 0), october), None);
    assert_eq!(with(Seconds::hm(744, 1), october), Some(RequestFault::OwnTooLong));
    assert_eq!(with(Seconds::hm(95, 0), None), Some(RequestFault::OwnWithoutPeriod));
}

#[test]
fn the_same_request_is_known_again() {
    let site = after(site(), &received(&site(), &entry()).unwrap());
    assert!(is_received(&site, &worker_id(1), &entry()));
    assert!(!is_received(&site, &worker_id(1), &RequestEntry { by: RequestBy::Oral, ..entry() }));
}

#[test]
fn a_request_is_taken_back_once_and_not_before_it_was_made() {
    let site = after(site(), &received(&site(), &entry()).unwrap());
    let id = standing(&site, &worker_id(1)).unwrap().id.clone();
    let back = |day_text| withdraw(&site, &id, day(day_text), day(TODAY));
    assert_eq!(back("2026-11-09").err(), Some(RequestFault::BeforeRequest));
    assert_eq!(back("2026-11-21").err(), Some(RequestFault::Future));
    let Some(Change::Put(AnyRecord::Request(request))) = back("2026-11-12").unwrap().changes.pop() else { panic!() };
    assert_eq!(request.withdrawn_on, Some(day("2026-11-12")));
    let mut gone = site.clone();
    gone.requests = Arc::new(vec![*request]);
    assert_eq!(standing(&gone, &worker_id(1)), None);
    assert_eq!(withdraw(&gone, &id, day(TODAY), day(TODAY)).err(), Some(RequestFault::NothingToWithdraw));
}

#[test]
fn a_notice_that_nobody_is_above_is_about_no_worker() {
    let given = |kind| {
        let entry = NoticeEntry { kind, day: day(TODAY), period: entry().period, content: String::new() };
        let command = notice(&site(), Some(&worker_id(1)), &entry, day(TODAY)).unwrap();
        let Some(Change::Put(AnyRecord::Notice(notice))) = command.changes.first().cloned() else { panic!() };
        (notice.worker, command.subject)
    };
    assert_eq!(given(NoticeKind::NobodyOver), (None, Some("E01".to_owned())));
    assert_eq!(given(NoticeKind::Urging), (Some(worker_id(1)), Some("E01-W0001".to_owned())));
}

#[test]
fn a_notice_wants_a_period_a_worker_and_a_day_that_came() {
    let entry =
        |period, text| NoticeEntry { kind: NoticeKind::ToWorker, day: day(text), period, content: String::new() };
    let fault = |entry, worker| notice(&site(), worker, &entry, day(TODAY)).err();
    let (october, worker) = (site().period(2026, 10), worker_id(1));
    assert_eq!(fault(entry(None, TODAY), Some(&worker)), Some(RequestFault::NoPeriod));
    assert_eq!(fault(entry(october, TODAY), None), Some(RequestFault::NoWorker));
    assert_eq!(fault(entry(october, "2026-11-21"), Some(&worker)), Some(RequestFault::Future));
}

#[test]
fn closed_periods_end_before_today_newest_first() {
    let ends = |site: &Site, today, count| -> Vec<String> {
        closed_periods(site, day(today), count).iter().map(|period| period.end.to_string()).collect()
    };
    assert_eq!(ends(&site(), "2026-11-20", 3), ["2026-10-31", "2026-09-30", "2026-08-31"]);
    assert_eq!(ends(&site(), "2026-11-30", 1), ["2026-10-31"], "the last day still counts");
    let mut twentieth = site();
    twentieth.closing_days =
        Arc::new(vec![crate::domain::establishment::ClosingDay { day: 20, ..twentieth.closing_days[0].clone() }]);
    assert_eq!(ends(&twentieth, "2026-11-21", 2), ["2026-11-20", "2026-10-20"]);
    assert_eq!(closed_periods(&site(), day(TODAY), 12).len(), 12);
}

#[test]
fn place_wishes_and_the_doctor_asked_for_are_kept() {
    let wanted =
        RequestEntry { wishes: " 通院の日を避ける ".to_owned(), doctor: "見本 次郎".to_owned(), ..entry() };
    let site = after(site(), &received(&site(), &wanted).unwrap());
    let request = &site.requests[0];
    let kept = [&request.place, &request.wishes, &request.doctor].map(String::as_str);
    assert_eq!(kept, ["本社・午後", "通院の日を避ける", "見本 次郎"]);
}

#[test]
fn another_figure_disputes_the_hours_and_leaves_the_employers_as_they_are() {
    let law = crate::law::Law::built_in().unwrap();
    let with = |own| {
        let entry = RequestEntry { own, period: site().period(2026, 9), ..entry() };
        after(site(), &received(&site(), &entry).unwrap())
    };
    let is_disputed = |own| crate::app::flags::all(&law, &with(own), day(TODAY))[0].is_disputed;
    assert!(is_disputed(Some(Seconds::hm(95, 0))));
    assert!(!is_disputed(Some(Seconds::hm(84, 4))) && !is_disputed(None), "255:30 in 30 days");
    let disputed = with(Some(Seconds::hm(95, 0)));
    assert_eq!(disputed.requests[0].own_seconds, Some(95 * 3600));
    assert_eq!(disputed.hours_of(&worker_id(1)), site().hours_of(&worker_id(1)));
}
