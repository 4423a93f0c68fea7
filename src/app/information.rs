//! What the physician needs from the employer for an interview: not there, asked for, received (則14条の2).
//!
//! Knows the records of one establishment and the day. One step goes from one state to the next, as one command.

use super::Site;
use super::months::Context;
use super::requests::closed_periods;
use crate::domain::case::{InformationItem, InterviewInformation};
use crate::domain::command::{Act, Command};
use crate::domain::{Day, Id, Prefix};
use crate::labelled;

labelled! {
    /// Where an item stands.
    Standing { Missing = "なし", Asked = "依頼中", Received = "受領" }
}

/// A line of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub item: InformationItem,
    /// Where it stands.
    pub standing: Standing,
    /// Since when.
    pub since: Option<Day>,
    /// Whether the physician's own records hold it, whoever brought it.
    pub is_on_hand: bool,
}

/// The period that an interview held now would be about: the newest counted one, else the newest that is closed.
pub fn period_end(site: &Site, worker: &Id, today: Day) -> Option<Day> {
    let counted =
        site.worker(worker).and_then(|worker| Context::new(site).months(worker).first().map(|m| m.period.end));
    counted.or_else(|| closed_periods(site, today, 1).first().map(|period| period.end))
}

/// The whole checklist of a worker, in the order of the items.
pub fn checklist(site: &Site, worker: &Id, today: Day) -> Vec<Line> {
    let end = period_end(site, worker, today);
    let line = |item: &InformationItem| {
        let row = end.and_then(|end| find(site, worker, *item, end));
        let standing = row.map(standing_of).unwrap_or_default();
        let since = row.and_then(|row| row.received_on.or(row.asked_on));
        Line { item: *item, standing, since, is_on_hand: is_on_hand(site, worker, *item) }
    };
    InformationItem::ALL.iter().map(line).collect()
}

/// Takes an item one state further: なし, 依頼中, 受領, and なし again; none without a closed period.
pub fn advance(site: &Site, worker: &Id, item: InformationItem, today: Day) -> Option<Command> {
    let period_end = period_end(site, worker, today)?;
    let known = find(site, worker, item, period_end);
    let row = known.cloned().unwrap_or_else(|| InterviewInformation {
        id: site.next_id(Prefix::Row),
        worker: worker.clone(),
        item,
        period_end,
        asked_on: None,
        received_on: None,
    });
    let (asked_on, received_on) = match standing_of(&row) {
        Standing::Missing => (Some(today), None),
        Standing::Asked => (row.asked_on, Some(today)),
        Standing::Received => (None, None),
    };
    let next = InterviewInformation { asked_on, received_on, ..row };
    Some(Command::new(Act::ReceiveInformation, worker.to_string()).put(next))
}

/// `受領 2  依頼中 1  手元 2  なし 2`
pub fn summary(lines: &[Line]) -> String {
    let count = |wanted: Standing, is_on_hand: Option<bool>| {
        let is_it = |line: &&Line| line.standing == wanted && is_on_hand.is_none_or(|held| line.is_on_hand == held);
        lines.iter().filter(is_it).count()
    };
    format!(
        "受領 {}  依頼中 {}  手元 {}  なし {}",
        count(Standing::Received, None),
        count(Standing::Asked, None),
        count(Standing::Missing, Some(true)),
        count(Standing::Missing, Some(false))
    )
}

fn find<'site>(site: &'site Site, worker: &Id, item: InformationItem, end: Day) -> Option<&'site InterviewInformation> {
    let is_it = |row: &&InterviewInformation| &row.worker == worker && row.item == item && row.period_end == end;
    site.interview_information.iter().find(is_it)
}

fn standing_of(row: &InterviewInformation) -> Standing {
    match (row.asked_on, row.received_on) {
        (_, Some(_)) => Standing::Received,
        (Some(_), None) => Standing::Asked,
        (None, None) => Standing::Missing,
    }
}

fn is_on_hand(site: &Site, worker: &Id, item: InformationItem) -> bool {
    match item {
        InformationItem::Duties => site.worker(worker).is_some_and(|worker| !worker.duties.is_empty()),
        InformationItem::Hours => !site.hours_of(worker).is_empty(),
        InformationItem::PastInterviews => site.interviews.iter().any(|row| &row.worker == worker),
        InformationItem::Checkups => site.checkups.iter().any(|row| &row.worker == worker),
        InformationItem::NightWork | InformationItem::Environment | InformationItem::Fatigue => false,
    }
}

#[cfg(test)]
#[path = "information_tests.rs"]
mod tests;
