//! The certificate of another doctor: what it needs, what it stands for, and the clock it starts.

use std::sync::Arc;

use super::*;
use crate::app::requests::{self, RequestEntry};
use crate::app::testing::{self, day, today, worker_id};
use crate::app::worklist::Task;
use crate::app::{duties, flags};
use crate::domain::AnyRecord;
use crate::domain::case::RequestBy;
use crate::domain::command::Change;
use crate::law::Law;

fn entry(site: &Site) -> CertificateEntry {
    CertificateEntry {
        received_on: day("2026-11-14"),
        period: site.period(2026, 10),
        interviewed_on: Some(day("2026-11-12")),
        doctor: "水野 遥".to_owned(),
        fatigue: "疲労の蓄積がある".to_owned(),
        condition: "睡眠不足".to_owned(),
        care: String::new(),
    }
}

fn received(site: Site, entry: &CertificateEntry) -> Site {
    let (_, command) = receive(&site, &worker_id(), entry, today()).unwrap();
    applied(site, command)
}

fn applied(mut site: Site, command: Command) -> Site {
    for change in command.changes {
        let Change::Put(record) = change else { continue };
        match record {
            AnyRecord::Case(row) => {
                Arc::make_mut(&mut site.cases).retain(|known| known.id != row.id);
                Arc::make_mut(&mut site.cases).push(*row);
            }
            AnyRecord::Request(row) => Arc::make_mut(&mut site.requests).push(*row),
            AnyRecord::Certificate(row) => site.certificates = Arc::new(vec![*row]),
            other => panic!("{other:?}"),
        }
    }
    site
}

fn requested(site: Site) -> Site {
    let entry = RequestEntry {
        day: day("2026-11-10"),
        by: RequestBy::Paper,
        period: site.period(2026, 10),
        place: String::new(),
        wishes: String::new(),
        doctor: "水野 遥".to_owned(),
        own: None,
    };
    let command = requests::receive(&site, &worker_id(), &entry, today()).unwrap();
    applied(site, command)
}

fn due(site: &Site) -> Vec<(Task, String)> {
    let law = Law::built_in().unwrap();
    let way = [Task::Request, Task::Interview, Task::Opinion, Task::CertificateOpinion];
    let items = duties::all(&law, site, &flags::all(&law, site, today()), today());
    items.into_iter().filter(|i| way.contains(&i.task)).map(|i| (i.task, i.due.safe.to_string())).collect()
}

fn word(site: &Site) -> &'static str {
    flags::all(&Law::built_in().unwrap(), site, today())[0].interview
}

#[test]
fn every_item_of_the_paper_is_needed() {
    let site = testing::site();
    let fault = |change: fn(&mut CertificateEntry)| {
        let mut entry = entry(&site);
        change(&mut entry);
        receive(&site, &worker_id(), &entry, today()).err()
    };
    assert_eq!(fault(|e| e.interviewed_on = None), Some(CertificateFault::NoInterviewDay));
    assert_eq!(fault(|e| e.interviewed_on = Some(day("2026-11-15"))), Some(CertificateFault::InterviewAfterReceipt));
    assert_eq!(fault(|e| e.doctor = " ".to_owned()), Some(CertificateFault::NoDoctor));
    assert_eq!(fault(|e| e.fatigue.clear()), Some(CertificateFault::NoFatigue));
    assert_eq!(fault(|e| e.condition.clear()), Some(CertificateFault::NoCondition));
    assert_eq!(fault(|e| e.received_on = day("2026-11-21")), Some(CertificateFault::Day(RequestFault::Future)));
    assert_eq!(fault(|_| ()), None, "the need of care may be left out");
}

#[test]
fn it_stands_for_the_interview_and_the_opinion_runs_from_its_receipt() {
    let asked = requested(testing::site());
    assert_eq!(due(&asked), [(Task::Interview, "2026-12-10".to_owned())]);
    let handed_in = received(asked, &entry(&testing::site()));
    assert_eq!(due(&handed_in), [(Task::CertificateOpinion, "2026-12-14".to_owned())]);
    assert_eq!(word(&handed_in), "他医師");
    assert_eq!(handed_in.cases.last().unwrap().ground, Ground::OtherDoctor);
}

#[test]
fn without_a_request_it_ends_the_wait_for_one() {
    let handed_in = received(testing::site(), &entry(&testing::site()));
    assert_eq!(due(&handed_in), [(Task::CertificateOpinion, "2026-12-14".to_owned())]);
    let site = testing::site();
    let about_another = CertificateEntry { period: site.period(2026, 9), ..entry(&site) };
    let tasks: Vec<Task> = due(&received(site, &about_another)).into_iter().map(|(task, _)| task).collect();
    assert!(tasks.contains(&Task::Request), "October is still open: {tasks:?}");
}

#[test]
fn a_stated_opinion_ends_the_case() {
    let site = received(testing::site(), &entry(&testing::site()));
    let id = site.certificates[0].id.clone();
    let state = |on: &str, text: &str| state_opinion(&site, &id, day(on), text, today());
    assert_eq!(state("2026-11-20", " "), Err(CertificateFault::NoOpinion));
    assert_eq!(state("2026-11-13", "残業を減らす"), Err(CertificateFault::OpinionBeforeReceipt));
    assert_eq!(state("2026-11-21", "残業を減らす"), Err(CertificateFault::Day(RequestFault::Future)));
    let stated = applied(site.clone(), state("2026-11-18", "残業を減らす").unwrap());
    assert_eq!(due(&stated), []);
    let case = stated.cases.last().unwrap();
    assert_eq!((case.state, case.closed_on), (CaseState::Closed, Some(day("2026-11-18"))));
}
