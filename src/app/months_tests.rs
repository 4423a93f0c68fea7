//! Which criterion of the workplace judges which month.

use std::sync::Arc;

use super::*;
use crate::app::testing::{day, site, worker_id};
use crate::domain::Prefix;
use crate::domain::establishment::Criterion;
use crate::law::interview;
use crate::law::outcome::Conclusion;

fn criterion(number: u32, from: &str, hours: i64) -> Criterion {
    Criterion {
        id: Id::new(&crate::app::testing::site_id(), Prefix::Row, number),
        valid_from: day(from),
        valid_until: None,
        content: "疲れが取れないと申し出た人".to_owned(),
        seconds: Some(Seconds::hm(hours, 0).0),
        deliberated_on: Some(day(from)),
        minutes: "第3号".to_owned(),
    }
}

fn with(criteria: Vec<Criterion>) -> Site {
    Site { criteria: Arc::new(criteria), ..site() }
}

/// Whether there is a criterion at the end of that month of 2026, and its hours.
fn at(site: &Site, month: u32) -> (Option<bool>, Option<i64>) {
    let facts = facts(site, month);
    (facts.criterion_set, facts.criterion.map(|limit| limit.0 / 3600))
}

fn facts(site: &Site, month: u32) -> InterviewFacts {
    let law = Law::built_in().unwrap();
    let context = Context::new(site);
    let worker = site.worker(&worker_id()).unwrap();
    let end = site.period(2026, month).unwrap().end;
    let month = context.months_until(worker, end).into_iter().next().unwrap();
    context.facts(&law, worker, &month)
}

#[test]
fn a_criterion_of_april_does_not_judge_march() {
    let site = with(vec![criterion(9, "2026-04-01", 20)]);
    assert_eq!(at(&site, 3), (Some(false), None));
    assert_eq!(at(&site, 4), (Some(true), Some(20)));
    let law = Law::built_in().unwrap();
    let duty = |month| interview::assess(&law, &facts(&site, month)).outcome;
    assert_eq!((duty(3), duty(4)), (Conclusion::NotRequired, Conclusion::Effort));
}

#[test]
fn a_changed_criterion_goes_on_judging_the_months_it_held_for() {
    let ended = Criterion { valid_until: Some(day("2026-09-15")), ..criterion(10, "2026-07-31", 30) };
    let site = with(vec![criterion(9, "2026-04-01", 45), ended]);
    assert_eq!(at(&site, 6), (Some(true), Some(45)));
    assert_eq!(at(&site, 7), (Some(true), Some(30)), "the last day of the period decides");
    assert_eq!(at(&site, 9), (Some(false), None), "given up, and nothing came in its place");
}

#[test]
fn what_an_older_vault_wrote_speaks_before_the_first_dated_row() {
    let mut site = with(vec![criterion(9, "2026-04-01", 45)]);
    let establishment = Arc::make_mut(&mut site.establishment);
    (establishment.criterion_seconds, establishment.criterion_on) =
        (Some(Seconds::hm(60, 0).0), Some(day("2025-10-01")));
    assert_eq!(at(&site, 3), (Some(true), Some(60)));
    assert_eq!(at(&site, 4), (Some(true), Some(45)));
}

#[test]
fn the_words_of_a_criterion_are_met_when_a_person_says_so_and_then_the_law_asks_for_an_effort() {
    let law = Law::built_in().unwrap();
    let words = Criterion { seconds: None, content: "交替制と暑熱".into(), ..criterion(9, "2026-04-01", 45) };
    let mut site = with(vec![words]);
    Arc::make_mut(&mut site.hours).values_mut().for_each(|rows| rows.retain(|row| row.period.end < day("2026-10-01")));
    let conclusion = |site: &Site| {
        let context = Context::new(site);
        let worker = site.workers.first().unwrap();
        let month = context.months(worker).first().copied().unwrap();
        let outcome = interview::assess(&law, &context.facts(&law, worker, &month));
        (outcome.rule, outcome.outcome)
    };
    assert_ne!(conclusion(&site).1, Conclusion::Effort);
    let ticked = WorkerAttribute {
        id: Id::new(site.id(), crate::domain::Prefix::Row, 40),
        worker: site.workers[0].id.clone(),
        kind: AttributeKind::Criterion,
        valid_from: Some(day("2026-09-01")),
        valid_until: None,
    };
    site.attributes = Arc::new(vec![ticked]);
    assert_eq!(conclusion(&site), ("IV-9", Conclusion::Effort));
}
