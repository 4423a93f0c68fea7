//! One worker from the period that closed to the opinion that was heard, as the worklist sees it.

use std::sync::Arc;

use super::*;
use crate::app::flags;
use crate::app::interview::field::{CONDITION, FATIGUE, FITNESS, HOURS_MEASURES, OVERTIME_LIMIT, UNTIL};
use crate::app::interview::{InterviewForm, Opening, Step};
use crate::app::requests::{self, RequestEntry};
use crate::app::testing::{self, day, today, worker_id};
use crate::domain::AnyRecord;
use crate::domain::case::RequestBy;
use crate::domain::command::{Change, Command};
use crate::domain::doctor::Doctor;
use crate::domain::opinion::{FormKind, Issued};

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
