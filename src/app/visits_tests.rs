use std::sync::Arc;

use super::*;
use crate::app::patrols::tests::bare_site;
use crate::domain::AnyRecord;
use crate::domain::command::Change;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn put(command: &Command) -> Vec<Visit> {
    let rows = command.changes.iter().filter_map(|change| match change {
        Change::Put(AnyRecord::Visit(visit)) => Some((**visit).clone()),
        _ => None,
    });
    rows.collect()
}

#[test]
fn a_visit_begins_runs_and_closes_once() {
    let mut site = bare_site();
    let today_ = day("2026-11-20");
    assert_eq!(close(&site, today_, "15:00", &Ending::default()), Err(VisitError::NotBegun));
    let begun = put(&start(&site, today_, "13:02").unwrap());
    site.visits = Arc::new(begun);
    assert!(matches!(today(&site, today_), Today::Running(visit) if visit.starts == "13:02"));
    let behind = Ending { next_on: Some(today_), ..Ending::default() };
    assert_eq!(close(&site, today_, "15:00", &behind), Err(VisitError::NextBehind));
    let closed = put(&close(&site, today_, "15:00", &Ending::default()).unwrap());
    site.visits = Arc::new(closed);
    assert!(matches!(today(&site, today_), Today::Closed(visit) if visit.ends == "15:00"));
    assert_eq!(start(&site, today_, "16:00"), Err(VisitError::Closed));
}

#[test]
fn the_next_visit_is_planned_once() {
    let mut site = bare_site();
    let today_ = day("2026-11-20");
    site.visits = Arc::new(put(&start(&site, today_, "13:02").unwrap()));
    let ending = Ending { next_on: Some(day("2026-12-18")), ..Ending::default() };
    let rows = put(&close(&site, today_, "15:00", &ending).unwrap());
    assert_eq!(rows.len(), 2);
    site.visits = Arc::new(rows);
    assert!(matches!(today(&site, day("2026-12-18")), Today::Planned(_)));
    assert_eq!(next(&site, today_), Some(day("2026-12-18")));
    assert_eq!(last(&site, day("2026-12-18")), Some(today_));
}

#[test]
fn a_promise_is_kept_once() {
    let mut site = bare_site();
    let promise = Promise {
        id: Id::new(site.id(), Prefix::Row, 1),
        made_on: day("2026-10-16"),
        occasion: String::new(),
        content: "調べる".into(),
        due: None,
        kept_on: None,
    };
    site.promises = Arc::new(vec![promise.clone()]);
    let command = keep(&site, &promise.id, day("2026-11-20")).unwrap();
    assert_eq!(command.subject, Some(promise.id.to_string()));
    site.promises = Arc::new(vec![Promise { kept_on: Some(day("2026-11-20")), ..promise.clone() }]);
    assert_eq!(keep(&site, &promise.id, day("2026-11-20")), Err(VisitError::NoPromise));
}
