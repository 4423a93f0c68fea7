//! When the physician may leave somebody out, and what stands afterwards.

use std::sync::Arc;

use super::*;
use crate::app::testing::{self, day, today, worker_id};
use crate::app::worklist::{Item, Task};
use crate::app::{duties, flags};
use crate::domain::AnyRecord;
use crate::domain::case::Certificate;
use crate::domain::command::Change;
use crate::domain::worker::{AttributeKind, Checkup, FindingState, WorkerAttribute};

fn law() -> Law {
    Law::built_in().unwrap()
}

fn entry(site: &Site) -> ExclusionEntry {
    ExclusionEntry {
        day: day("2026-11-08"),
        period: site.period(2026, 10),
        bases: vec![BasisKind::Checkup],
        interviewed_on: None,
        doctor: String::new(),
        records: String::new(),
        grounds: "健診に所見がない。".to_owned(),
        keeps_healthy: "なし".to_owned(),
    }
}

fn decided(site: &Site, entry: &ExclusionEntry) -> Result<Command, ExclusionFault> {
    decide(&law(), site, &worker_id(), entry, today())
}

fn refused(site: &Site, entry: &ExclusionEntry) -> ExclusionFault {
    decided(site, entry).unwrap_err()
}

fn applied(mut site: Site, command: Command) -> Site {
    for change in command.changes {
        match change {
            Change::Put(AnyRecord::Exclusion(row)) => Arc::make_mut(&mut site.exclusions).push(*row),
            Change::Put(AnyRecord::ExclusionBasis(row)) => Arc::make_mut(&mut site.bases).push(*row),
            Change::Remove(Table::Exclusion, key) => {
                Arc::make_mut(&mut site.exclusions).retain(|r| r.id.as_str() != key)
            }
            Change::Remove(Table::ExclusionBasis, key) => {
                Arc::make_mut(&mut site.bases).retain(|r| r.id.as_str() != key)
            }
            other => panic!("{other:?}"),
        }
    }
    site
}

fn with_trait(kind: AttributeKind) -> Site {
    let mut site = testing::site();
    let id = site.next_id(Prefix::Row);
    let held = WorkerAttribute { id, worker: worker_id(), kind, valid_from: None, valid_until: None };
    site.attributes = Arc::new(vec![held]);
    site
}

fn due(site: &Site) -> Vec<Item> {
    let items = duties::all(&law(), site, &flags::all(&law(), site, today()), today());
    items.into_iter().filter(|item| matches!(item.task, Task::Interview | Task::Request)).collect()
}

#[test]
fn grounds_and_an_answer_are_needed_and_nashi_is_one() {
    let site = testing::site();
    let known = entry(&site);
    let with = |grounds: &str, keeps: &str| ExclusionEntry {
        grounds: grounds.to_owned(),
        keeps_healthy: keeps.to_owned(),
        ..known.clone()
    };
    assert_eq!(refused(&site, &with(" ", "なし")), ExclusionFault::NoGrounds);
    assert_eq!(refused(&site, &with("診察", "")), ExclusionFault::NoAnswer);
    assert!(decided(&site, &with("診察", "なし")).is_ok());
    assert_eq!(refused(&site, &ExclusionEntry { bases: Vec::new(), ..known }), ExclusionFault::NoBasis);
}

#[test]
fn an_interview_counts_only_shortly_before_the_closing_day() {
    let site = testing::site();
    let on = |text: &str| ExclusionEntry {
        bases: vec![BasisKind::RecentInterview],
        interviewed_on: Some(day(text)),
        ..entry(&site)
    };
    assert!(decided(&site, &on("2026-10-01")).is_ok(), "one month before the 31st, clamped");
    assert_eq!(refused(&site, &on("2026-09-29")), ExclusionFault::InterviewOutside);
    assert_eq!(refused(&site, &on("2026-11-02")), ExclusionFault::InterviewOutside, "after the closing day");
    let without = ExclusionEntry { interviewed_on: None, ..on("2026-10-01") };
    assert_eq!(refused(&site, &without), ExclusionFault::NoInterviewDay);
    let both = ExclusionEntry { bases: vec![BasisKind::RecentInterview, BasisKind::Checklist], ..on("2026-09-29") };
    assert!(decided(&site, &both).is_ok(), "a similar ground bears it alone");
}

#[test]
fn the_law_leaves_out_nobody_whose_interview_needs_no_request() {
    let mut research = with_trait(AttributeKind::Research);
    let mut hours = research.hours_of(&worker_id()).to_vec();
    hours[0].hours = crate::domain::Hours::exact(crate::domain::Seconds::hm(280, 0));
    research.hours = Arc::new([(worker_id(), hours)].into());
    let fault = refused(&research, &entry(&research));
    assert!(matches!(fault, ExclusionFault::NotAllowed(_)), "{fault}");
    assert!(fault.to_string().starts_with("この人の面接は、医師の判断では除けません。"));
    let between = with_trait(AttributeKind::Research);
    assert!(decided(&between, &entry(&between)).is_ok(), "92 hours of research fall under the general rule");
}

#[test]
fn nothing_is_decided_about_a_month_below_the_line_or_without_hours() {
    let site = testing::site();
    let about = |month| ExclusionEntry { period: site.period(2026, month), ..entry(&site) };
    assert_eq!(refused(&site, &about(6)), ExclusionFault::NotListed);
    let unknown = ExclusionEntry { period: site.period(2025, 6), ..entry(&site) };
    assert_eq!(refused(&site, &unknown), ExclusionFault::NoHours);
    assert_eq!(refused(&site, &ExclusionEntry { period: None, ..entry(&site) }), ExclusionFault::NoPeriod);
    let early = ExclusionEntry { day: day("2026-10-31"), ..entry(&site) };
    assert_eq!(refused(&site, &early), ExclusionFault::BeforePeriodEnd);
}

#[test]
fn a_decision_takes_the_line_away_and_lifting_it_brings_it_back() {
    let site = testing::site();
    assert_eq!(due(&site).len(), 1);
    let command = decided(&site, &entry(&site)).unwrap();
    let left_out = applied(site, command);
    assert_eq!(due(&left_out), []);
    assert_eq!(flags::all(&law(), &left_out, today())[0].interview, "不要");
    assert_eq!(refused(&left_out, &entry(&left_out)), ExclusionFault::Decided);
    let period = left_out.period(2026, 10).unwrap();
    let lifted = applied(left_out.clone(), lift(&left_out, &worker_id(), period).unwrap());
    assert_eq!((due(&lifted).len(), lifted.bases.len()), (1, 0));
    assert_eq!(lift(&lifted, &worker_id(), period), Err(ExclusionFault::NothingToLift));
}

#[test]
fn what_it_rests_on_is_kept_with_its_day_and_its_doctor() {
    let mut site = testing::site();
    let checkup = Checkup {
        id: site.next_id(Prefix::Row),
        worker: worker_id(),
        day: day("2026-09-11"),
        judgement: String::new(),
        finding: FindingState::None,
        summary: String::new(),
        opinion_on: None,
        opinion: None,
    };
    site.checkups = Arc::new(vec![checkup].into());
    let typed = ExclusionEntry {
        bases: vec![BasisKind::RecentInterview, BasisKind::Checkup],
        interviewed_on: Some(day("2026-10-19")),
        doctor: "水野 遥".to_owned(),
        records: "健診と業務".to_owned(),
        ..entry(&site)
    };
    let kept = applied(site.clone(), decided(&site, &typed).unwrap());
    let rows: Vec<_> = kept.bases.iter().map(|b| (b.kind, b.day, b.doctor.as_str(), b.records.as_str())).collect();
    assert_eq!(
        rows,
        [
            (BasisKind::RecentInterview, Some(day("2026-10-19")), "水野 遥", "健診と業務"),
            (BasisKind::Checkup, Some(day("2026-09-11")), "", ""),
        ]
    );
    assert_eq!(kept.exclusions[0].interviewed_on, Some(day("2026-10-19")));
}

#[test]
fn an_interview_of_another_doctor_counts_too() {
    let mut site = testing::site();
    let certificate = Certificate {
        id: site.next_id(Prefix::Row),
        case_id: site.next_id(Prefix::Case),
        worker: worker_id(),
        period_end: None,
        interviewed_on: day("2026-10-19"),
        received_on: day("2026-10-22"),
        doctor: "水野 遥".to_owned(),
        fatigue: "軽い".to_owned(),
        condition: "なし".to_owned(),
        care: String::new(),
        opinion_on: None,
        opinion: String::new(),
    };
    site.certificates = Arc::new(vec![certificate]);
    let found = newest_of(&site, &worker_id(), BasisKind::RecentInterview, day("2026-10-31"));
    assert_eq!(found, Some(day("2026-10-19")));
}
