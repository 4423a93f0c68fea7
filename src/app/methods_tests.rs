//! Which method of taking hours down stands behind which month of whom.

use std::sync::Arc;

use super::*;
use crate::app::testing::{day, site, site_id, worker_id};
use crate::domain::Prefix;
use crate::domain::establishment::HoursMeans;
use crate::domain::worker::{AttributeKind, WorkerAttribute};

fn method(number: u32, from: &str, class: Option<AttributeKind>, means: HoursMeans) -> HoursMethod {
    HoursMethod {
        id: Id::new(&site_id(), Prefix::Row, number),
        valid_from: day(from),
        valid_until: None,
        class,
        means,
        content: String::new(),
        remark: format!("確かさ {number}"),
        deliberated_on: None,
        minutes: String::new(),
    }
}

fn attribute(kind: AttributeKind, from: &str) -> WorkerAttribute {
    let id = Id::new(&site_id(), Prefix::Row, 90);
    WorkerAttribute { id, worker: worker_id(), kind, valid_from: Some(day(from)), valid_until: None }
}

fn world() -> Site {
    let discretionary = Some(AttributeKind::Discretionary);
    let ended =
        HoursMethod { valid_until: Some(day("2026-03-31")), ..method(1, "2025-04-01", None, HoursMeans::Declared) };
    let methods = vec![
        ended,
        method(2, "2026-05-01", None, HoursMeans::Timecard),
        method(3, "2026-05-01", discretionary, HoursMeans::Computer),
    ];
    let attributes = vec![attribute(AttributeKind::Discretionary, "2026-08-01")];
    Site { methods: Arc::new(methods), attributes: Arc::new(attributes), ..site() }
}

#[test]
fn the_method_is_that_of_the_class_on_the_day_else_that_of_everybody() {
    let site = world();
    let means = |on: &str| of(&site, &worker_id(), day(on)).iter().map(|row| row.means).collect::<Vec<_>>();
    assert_eq!(means("2026-03-31"), [HoursMeans::Declared]);
    assert_eq!(means("2026-04-30"), [], "given up, and nothing came in its place");
    assert_eq!(means("2026-07-31"), [HoursMeans::Timecard], "before the worker was of that class");
    assert_eq!(means("2026-08-31"), [HoursMeans::Computer]);
}

#[test]
fn two_classes_of_one_worker_bring_both_methods() {
    let mut site = world();
    Arc::make_mut(&mut site.attributes).push(attribute(AttributeKind::Article41, "2026-08-01"));
    Arc::make_mut(&mut site.methods).push(method(
        4,
        "2026-06-01",
        Some(AttributeKind::Article41),
        HoursMeans::Witnessed,
    ));
    assert_eq!(of(&site, &worker_id(), day("2026-08-31")).len(), 2);
}

#[test]
fn it_is_told_with_its_day_and_remark_and_an_older_text_speaks_where_no_row_holds() {
    let site = world();
    let told = told(&site, &worker_id(), day("2026-08-31"));
    let expected = Told {
        method: "PCの使用記録（裁量） 2026-05-01 から".into(),
        content: String::new(),
        remark: "確かさ 3".into(),
    };
    assert_eq!(told, [expected]);
    let before = super::told(&site, &worker_id(), day("2026-04-30"));
    assert_eq!((before[0].method.as_str(), before[0].content.as_str()), ("日付なし", "タイムカード"));
}
