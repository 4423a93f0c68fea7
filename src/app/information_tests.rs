//! One step of an item, and what the checklist shows.

use std::sync::Arc;

use super::*;
use crate::app::testing::{self, day, today, worker_id};
use crate::app::worklist::{Task, Turn};
use crate::app::{duties, flags};
use crate::domain::AnyRecord;
use crate::domain::command::Change;
use crate::law::Law;

fn advanced(mut site: Site, item: InformationItem, on: &str) -> Site {
    let command = advance(&site, &worker_id(), item, day(on)).unwrap();
    for change in command.changes {
        let Change::Put(AnyRecord::InterviewInformation(row)) = change else { panic!() };
        let rows = Arc::make_mut(&mut site.interview_information);
        rows.retain(|known| known.id != row.id);
        rows.push(*row);
        site.last_numbers[2] += 1;
    }
    site
}

fn line(site: &Site, item: InformationItem) -> (Standing, Option<Day>) {
    let lines = checklist(site, &worker_id(), today());
    let found = lines.iter().find(|line| line.item == item).unwrap();
    (found.standing, found.since)
}

#[test]
fn an_item_goes_from_missing_to_asked_to_received_and_back() {
    let item = InformationItem::NightWork;
    let site = testing::site();
    assert_eq!(line(&site, item), (Standing::Missing, None));
    let site = advanced(site, item, "2026-11-16");
    assert_eq!(line(&site, item), (Standing::Asked, Some(day("2026-11-16"))));
    let site = advanced(site, item, "2026-11-18");
    assert_eq!(line(&site, item), (Standing::Received, Some(day("2026-11-18"))));
    assert_eq!(site.interview_information.len(), 1, "one row goes through the states");
    let site = advanced(site, item, "2026-11-19");
    assert_eq!(line(&site, item), (Standing::Missing, None));
}

#[test]
fn the_checklist_is_about_the_newest_counted_month_and_names_what_is_on_hand() {
    let site = testing::site();
    assert_eq!(period_end(&site, &worker_id(), today()), Some(day("2026-10-31")));
    let lines = checklist(&site, &worker_id(), today());
    let held: Vec<InformationItem> = lines.iter().filter(|line| line.is_on_hand).map(|line| line.item).collect();
    assert_eq!(held, [InformationItem::Duties, InformationItem::Hours]);
    assert_eq!(summary(&lines), "受領 0  依頼中 0  手元 2  なし 5");
}

#[test]
fn what_was_asked_is_the_employers_turn_in_one_line() {
    let site = advanced(testing::site(), InformationItem::NightWork, "2026-11-16");
    let site = advanced(site, InformationItem::Environment, "2026-11-18");
    let law = Law::built_in().unwrap();
    let items = duties::all(&law, &site, &flags::all(&law, &site, today()), today());
    let mut items = items.into_iter().filter(|item| item.task == Task::Information);
    let item = items.next().unwrap();
    assert_eq!((item.turn, item.about.as_str(), item.due.safe), (Turn::Employer, "面接の情報 2件", day("2026-11-30")));
    assert_eq!(items.next(), None);
    let site =
        advanced(advanced(site, InformationItem::NightWork, "2026-11-19"), InformationItem::Environment, "2026-11-19");
    let items = duties::all(&law, &site, &flags::all(&law, &site, today()), today());
    assert!(items.iter().all(|item| item.task != Task::Information));
}
