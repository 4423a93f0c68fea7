//! One worker from the period that closed to the opinion that was heard, as the worklist sees it.

use std::sync::Arc;

use super::*;
use crate::app::flags;
use crate::app::interview::field::{CONDITION, FATIGUE, FITNESS, HOURS_MEASURES, OVERTIME_LIMIT, UNTIL};
use crate::app::interview::{InterviewForm, Opening, Step};
use crate::app::requests::{self, RequestEntry};
use crate::app::testing::{self, day, today, worker_id};
use crate::domain::case::RequestBy;
use crate::domain::command::HoursInForce;
use crate::domain::command::{Change, Command};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::Establishment;
use crate::domain::hours::{Measure, Series};
use crate::domain::opinion::{FormKind, Issued};
use crate::domain::worker::{AttributeKind, WorkerAttribute};
use crate::domain::{AnyRecord, Hours, Prefix, Seconds};

fn law() -> Law {
    Law::built_in().unwrap()
}

/// What is due on the way from the hours to the opinion: task, rule, day.
fn due(site: &Site) -> Vec<(Task, &'static str, String)> {
    let way = [Task::Request, Task::Interview, Task::Opinion, Task::Measures];
    let items = all(&law(), site, &flags::all(&law(), site, today()), today());
    let items = items.into_iter().filter(|item| way.contains(&item.task));
    items.map(|item| (item.task, item.rule, item.due.safe.to_string())).collect()
}

fn applied(mut site: Site, command: Command) -> Site {
    for change in command.changes {
        let Change::Put(record) = change else { continue };
        match record {
            AnyRecord::Request(row) => Arc::make_mut(&mut site.requests).push(*row),
            AnyRecord::Interview(row) => Arc::make_mut(&mut site.interviews).push(*row),
            AnyRecord::Measure(row) => Arc::make_mut(&mut site.measures).push(*row),
            AnyRecord::Case(row) => site.cases = Arc::new(vec![*row]),
            _ => {}
        }
    }
    site
}

fn asked(site: Site) -> Site {
    let entry = RequestEntry {
        day: day("2026-11-10"),
        by: RequestBy::Paper,
        period: site.period(2026, 10),
        place: String::new(),
        wishes: String::new(),
        doctor: String::new(),
        own: None,
    };
    let command = requests::receive(&site, &worker_id(), &entry, today()).unwrap();
    applied(site, command)
}

fn interviewed(site: Site) -> Site {
    let owner = Doctor { name: "水野 遥".into(), ..Doctor::default() };
    let opening = Opening { law: &law(), owner: &owner, site: &site, today: today(), clock: "14:20" };
    let mut form = InterviewForm::open(opening, &worker_id()).unwrap();
    form.pass(Step::Work);
    let answers = [
        (FATIGUE, "2"),
        (CONDITION, "0"),
        (FITNESS, "1"),
        (HOURS_MEASURES, "1"),
        (OVERTIME_LIMIT, "40"),
        (UNTIL, "2027-02-28"),
    ];
    for (field, value) in answers {
        form.set(field, value);
    }
    let (command, _) = form.complete(&law(), &site, today()).unwrap();
    applied(site, command)
}

fn issued(site: Site, on: &str) -> Site {
    let document = Issued {
        id: Id::document(site.id(), 2026, 1),
        form: FormKind::InterviewOpinion,
        case_id: site.cases.first().map(|case| case.id.clone()),
        worker: Some(worker_id()),
        version: 1,
        supersedes: None,
        day: day(on),
        snapshot_json: Value::Null,
        copies_json: Vec::new(),
    };
    Site { issued: Arc::new(vec![document]), ..site }
}

#[test]
fn a_request_leads_to_an_interview_and_that_to_an_opinion_each_within_a_month() {
    let site = testing::site();
    assert_eq!(due(&site), [(Task::Request, "DL-REQ", "2026-11-30".to_owned())]);
    let site = asked(site);
    assert_eq!(due(&site), [(Task::Interview, "DL-INT", "2026-12-10".to_owned())]);
    assert_eq!(due(&interviewed(site)), [(Task::Opinion, "DL-OPN", "2026-12-20".to_owned())]);
}

#[test]
fn an_issued_opinion_counts_as_heard_from_its_day() {
    let site = issued(interviewed(asked(testing::site())), "2026-11-24");
    assert_eq!(due(&site), [(Task::Measures, "DL-MEAS", "2026-12-24".to_owned())]);
}

#[test]
fn why_of_an_opinion_names_the_next_day_of_counting_as_a_wish() {
    let site = interviewed(asked(testing::site()));
    let items = all(&law(), &site, &flags::all(&law(), &site, today()), today());
    let opinion = items.iter().find(|item| item.task == Task::Opinion).unwrap();
    let wish = crate::app::wish::of(&law(), &site, opinion).unwrap();
    // Held on the 20th: about a month ends on 20 December, the next day of counting is 30 November.
    assert_eq!((wish.rule, wish.due.map(|due| due.safe)), ("DL-OPN-NEXT", Some(day("2026-11-30"))));
    assert!(wish.reasons.iter().any(|reason| reason.text.contains("法令の期限ではありません")));
    let other = items.iter().find(|item| item.task == Task::Patrol).unwrap();
    assert_eq!(crate::app::wish::of(&law(), &site, other), None);
}

fn lines(site: &Site, task: Task, on: &str) -> Vec<Item> {
    let on = day(on);
    all(&law(), site, &flags::all(&law(), site, on), on).into_iter().filter(|item| item.task == task).collect()
}

fn with_class(kind: AttributeKind, site: Site) -> Site {
    let trait_ = WorkerAttribute {
        id: Id::new(site.id(), Prefix::Row, 60),
        worker: worker_id(),
        kind,
        valid_from: None,
        valid_until: None,
    };
    Site { attributes: Arc::new(vec![trait_]), ..site }
}

/// The worker's months, newest first, in hours of that measure.
fn with_hours(measure: Measure, months: &[(u32, Hours)]) -> Site {
    let site = testing::site();
    let rows = months.iter().map(|(month, hours)| HoursInForce {
        period: site.period(2026, *month).unwrap(),
        measure,
        series: Series::Employer,
        hours: *hours,
    });
    Site { hours: Arc::new(std::collections::HashMap::from([(worker_id(), rows.collect())])), ..site }
}

#[test]
fn a_highly_professional_above_a_hundred_hours_is_interviewed_without_a_request() {
    let hours = |hours, minutes, seconds| Hours::exact(Seconds(Seconds::hm(hours, minutes).0 + seconds));
    // October has 31 days: 40 hours a week are 177 hours and a seventh of a minute's many parts; 100 more are 277:08:34 2/7.
    let over = with_hours(Measure::HealthManagement, &[(10, hours(277, 8, 35))]);
    let over = with_class(AttributeKind::HighlyProfessional, over);
    let found = lines(&over, Task::Interview, "2026-11-20");
    assert_eq!(found.iter().map(|i| (i.rule, i.due.safe)).collect::<Vec<_>>(), [("DL-INT-AUTO", day("2026-11-30"))]);
    let below = with_hours(Measure::HealthManagement, &[(10, hours(277, 8, 34))]);
    assert_eq!(lines(&with_class(AttributeKind::HighlyProfessional, below), Task::Interview, "2026-11-20"), []);
}

#[test]
fn an_interview_that_is_owed_stays_when_the_next_months_hours_come() {
    let hours = |hours| Hours::exact(Seconds::hm(hours, 0));
    let site = with_class(
        AttributeKind::Research,
        with_hours(Measure::StatutoryTotal, &[(11, hours(170)), (10, hours(290)), (9, hours(290))]),
    );
    let served = Establishment { contract_from: Some(day("2026-04-01")), ..(*site.establishment).clone() };
    let site = Site { establishment: Arc::new(served), ..site };
    let found = lines(&site, Task::Interview, "2026-12-05");
    assert_eq!(found.iter().map(|i| i.due.safe).collect::<Vec<_>>(), [day("2026-11-30")], "October's, not September's");
    let told = lines(&site, Task::NoticeToWorker, "2026-12-05");
    assert_eq!(told.iter().map(|i| i.about.as_str()).collect::<Vec<_>>(), ["10月分"]);
}

#[test]
fn a_rounded_value_that_spans_the_line_is_to_be_made_sure_of() {
    let rounded = Hours { low: Seconds::hm(257, 5), high: Seconds::hm(257, 11) };
    let site = with_hours(Measure::StatutoryTotal, &[(10, rounded)]);
    let found = lines(&site, Task::HoursCheck, "2026-11-20");
    assert_eq!(found.iter().map(|i| (i.is_prompt, i.turn)).collect::<Vec<_>>(), [(true, Turn::Employer)]);
    assert_eq!(lines(&site, Task::NoticeToWorker, "2026-11-20"), []);
    let exact = with_hours(Measure::StatutoryTotal, &[(10, Hours::exact(Seconds::hm(257, 11)))]);
    assert_eq!(lines(&exact, Task::HoursCheck, "2026-11-20"), []);
}

#[test]
fn a_request_after_an_interview_is_a_case_of_its_own_and_due_again() {
    let mut site = interviewed(asked(testing::site()));
    site.issued = Arc::new(Vec::new());
    site.last_numbers = [1, 1, 40];
    let entry = RequestEntry {
        day: day("2026-12-02"),
        by: RequestBy::Paper,
        period: site.period(2026, 11),
        place: String::new(),
        wishes: String::new(),
        doctor: String::new(),
        own: None,
    };
    let command = requests::receive(&site, &worker_id(), &entry, day("2026-12-02")).unwrap();
    let opened = command.changes.iter().filter(|change| matches!(change, Change::Put(AnyRecord::Case(_)))).count();
    assert_eq!(opened, 1, "the answered case is not used again");
    let site = applied(site, command);
    assert_eq!(lines(&site, Task::Interview, "2026-12-05")[0].due.safe, day("2027-01-02"));
}

#[test]
fn hours_that_did_not_come_stay_asked_for_when_the_next_month_ends_too() {
    let site = with_hours(Measure::StatutoryTotal, &[(9, Hours::exact(Seconds::hm(160, 0)))]);
    let found = lines(&site, Task::Hours, "2026-12-05");
    let seen: Vec<_> = found.iter().map(|i| (i.about.as_str(), i.due.safe, i.state)).collect();
    let expected = [("11月分", day("2026-12-14"), State::Open), ("10月分", day("2026-11-14"), State::Overdue)];
    assert_eq!(seen, expected);
    assert_eq!(found[0].facts, serde_json::json!({}), "nobody knows yet whether somebody is above the line");
}

#[test]
fn what_is_planned_about_a_patrol_holds_for_its_month_and_a_missed_one_stays_for_the_next() {
    let site = testing::site();
    let key = |on: &str| lines(&site, Task::Patrol, on).remove(0).key;
    assert_eq!(key("2026-11-20"), key("2026-11-21"));
    let served = Establishment { contract_from: Some(day("2026-10-01")), ..(*site.establishment).clone() };
    let count = crate::domain::establishment::Headcount {
        id: Id::new(site.id(), Prefix::Row, 61),
        day: day("2026-04-01"),
        male: 60,
        female: 0,
    };
    let site = Site { establishment: Arc::new(served), headcounts: Arc::new(vec![count]), ..site };
    let found = lines(&site, Task::Patrol, "2026-11-20");
    let seen: Vec<_> = found.iter().map(|i| (i.about.as_str(), i.due.safe, i.state)).collect();
    let expected = [("11月分", day("2026-11-30"), State::Open), ("10月分", day("2026-10-31"), State::Overdue)];
    assert_eq!(seen, expected);
}
