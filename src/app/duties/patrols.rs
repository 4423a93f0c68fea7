//! The month's patrol, and findings that stay open until they were seen closed.

use chrono::{Datelike, Months};

use super::{Desk, Kind, Subject};
use crate::app::changes::Part;
use crate::app::patrol_year::{Month, month_of, named_facts, state};
use crate::app::worklist::{Item, Task, Turn};
use crate::domain::patrol::Finding;
use crate::domain::time::month_end;

pub(super) const KIND: Kind = Kind {
    items: |desk, _| items(desk),
    reads: &[
        Part::Establishment,
        Part::Headcounts,
        Part::Workers,
        Part::Rhythms,
        Part::Information,
        Part::Visits,
        Part::Patrols,
        Part::Findings,
        Part::Places,
    ],
    reads_flags: false,
};

fn items(desk: &Desk<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = this_month(desk).into_iter().chain(last_month(desk)).collect();
    items.extend(desk.site.findings.iter().filter_map(|finding| open(desk, finding)));
    items
}

/// The patrol of this month, unless it was made or the conditions of the two-monthly rhythm hold (PAT-01, PAT-02).
fn this_month(desk: &Desk<'_>) -> Option<Item> {
    let month = month_of(desk.law, desk.site, desk.today);
    if !matches!(month, Month::Open | Month::Planned(_) | Month::AwaitingInformation) {
        return None;
    }
    let about = format!("{}分", desk.today.format("%-m月"));
    let subject = Subject::new(Task::Patrol, Turn::Mine).about(about);
    // The month's first day names the item: what is planned about it holds until the month is over.
    let first = desk.today.with_day(1)?;
    desk.by_rule("PAT-01", first, named_facts(desk.site, desk.today), subject)
}

/// A patrol that was not made stays for a month: it is said to be done elsewhere, with the reason, or seen to be missing.
fn last_month(desk: &Desk<'_>) -> Option<Item> {
    let first = desk.today.with_day(1)?.checked_sub_months(Months::new(1))?;
    if !desk.served_since(first) || state(desk.law, desk.site, first, desk.today) != Month::Missing {
        return None;
    }
    let subject = Subject::new(Task::Patrol, Turn::Mine).about(format!("{}分", first.format("%-m月")));
    desk.by_rule("PAT-01", first, named_facts(desk.site, month_end(first)), subject)
}

fn open(desk: &Desk<'_>, finding: &Finding) -> Option<Item> {
    if finding.closed_on.is_some() {
        return None;
    }
    let (task, turn) = match finding.answered_on {
        Some(_) => (Task::FindingCheck, Turn::Mine),
        None => (Task::Finding, Turn::Employer),
    };
    let place = desk.site.places.iter().find(|place| place.id == finding.place).map_or("", |place| place.name.as_str());
    let subject = Subject::new(task, turn).about(place).opening(&finding.id);
    Some(desk.on(finding.due?, subject))
}
