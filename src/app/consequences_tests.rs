//! Two states of one establishment, and what lies between them.

use std::sync::Arc;

use super::*;
use crate::app::checkups::testing::{QUIET, head, sheet};
use crate::app::testing::{day, site, site_id, today, worker_id};
use crate::domain::case::{Measure, MeasureKind};
use crate::domain::command::HoursInForce;
use crate::domain::{Hours, Prefix, Seconds};
use crate::scales::checkup::{DEFAULT, table};

fn row(number: u32) -> Id {
    Id::new(&site_id(), Prefix::Row, number)
}

/// Calls `compare` with a site as it stands and as `edit` leaves it.
fn compared<T>(
    before: &Site,
    edit: impl FnOnce(&mut Site),
    compare: impl FnOnce(&Law, State<'_>, State<'_>) -> T,
) -> T {
    let law = Law::built_in().unwrap();
    let mut after = before.clone();
    edit(&mut after);
    let [old, new] = [before, &after].map(|site| SiteAssessment::new(&law, site, today()));
    let state = |site, assessment| State { site, assessment };
    compare(&law, state(before, &old), state(&after, &new))
}

#[test]
fn a_flag_that_changes_is_told_with_both_words() {
    let before = site();
    let quiet = |site: &mut Site| {
        let low = |value: &HoursInForce| HoursInForce { hours: Hours::exact(Seconds::hm(160, 0)), ..*value };
        let hours = site.hours_of(&worker_id()).iter().map(low).collect();
        site.hours = Arc::new([(worker_id(), hours)].into());
    };
    let changes = compared(&before, quiet, |_, before, after| flags(before, after));
    let told: Vec<_> = changes.iter().map(|change| (change.worker.clone(), change.old, change.new)).collect();
    assert_eq!(told, [(Some(worker_id()), "80超", NO_FLAG)]);
    assert_eq!(compared(&before, |_| {}, |_, before, after| flags(before, after)), []);
}

fn measure(review: &str) -> Measure {
    let case = Id::new(&site_id(), Prefix::Case, 1);
    let review_on = Some(day(review));
    Measure { review_on, ..Measure::new(row(9), case, worker_id(), MeasureKind::default()) }
}

fn told(changes: &[DutyChange]) -> Vec<(Task, Turn, &str)> {
    changes.iter().map(|change| (change.task, change.turn, change.due.as_str())).collect()
}

#[test]
fn a_duty_appears_moves_and_ends() {
    let with = |review: &'static str| move |site: &mut Site| site.measures = Arc::new(vec![measure(review)]);
    let none = site();
    let mut standing = site();
    with("2027-03-01")(&mut standing);
    let changes = compared(&none, with("2027-03-01"), |_, before, after| duties(before, after));
    assert_eq!(told(&changes), [(Task::Review, Turn::Appears, "2027-03-01 まで")]);
    assert_eq!((changes[0].whom.as_str(), &changes[0].worker), ("佐伯 美咲", &Some(worker_id())));
    let changes = compared(&standing, with("2027-06-01"), |_, before, after| duties(before, after));
    assert_eq!(told(&changes), [(Task::Review, Turn::Moves, "2027-03-01 まで から 2027-06-01 まで へ")]);
    let lifted = |site: &mut Site| site.measures = Arc::default();
    let changes = compared(&standing, lifted, |_, before, after| duties(before, after));
    assert_eq!(told(&changes), [(Task::Review, Turn::Ends, "2027-03-01 まで")]);
}

#[test]
fn a_checkup_that_speaks_up_is_told_once_with_its_values_and_classes() {
    let before = site();
    let measures = Measures { table: table(DEFAULT).unwrap(), urgent: None };
    let heavy = [&[("sbp", "192", "D"), ("dbp", "112", "D")][..], &QUIET[3..]].concat();
    let judged = |before: &Site, old: Option<&CheckupSheet>, values: &[(&str, &str, &str)]| {
        let head = head(row(20), worker_id(), day("2026-11-02"), "D");
        let sheet = sheet(row(21), &head, values);
        let add = |site: &mut Site| site.checkups = Arc::new(vec![head.clone()].into());
        compared(before, add, |law, before, after| {
            let exam = Examined { head: &head, sheet: &sheet, old };
            to_judge(law, (before, after), measures, &[exam], today())
        })
    };
    let found = judged(&before, None, &heavy);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].prompts.contains(&Prompt::Consider) && found[0].told.contains("192"), "{found:?}");
    assert!(found[0].told.contains('D') && found[0].due.is_some(), "{found:?}");
    let quiet = judged(&before, None, QUIET);
    assert_eq!(quiet.len(), 1, "it waits: {quiet:?}");
    assert_eq!(quiet[0].prompts, [Prompt::Hours], "nothing of the sheet speaks up");
    let head = head(row(20), worker_id(), day("2026-11-02"), "D");
    let mut standing = site();
    standing.checkups = Arc::new(vec![head.clone()].into());
    assert_eq!(judged(&standing, Some(&sheet(row(21), &head, &heavy)), &heavy), [], "known as it is");
    let found = judged(&standing, Some(&sheet(row(21), &head, QUIET)), &heavy);
    assert!(found.len() == 1 && found[0].prompts.contains(&Prompt::Consider), "{found:?}");
}
