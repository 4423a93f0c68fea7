//! Patrols month by month (安衛則15条): made, covered by information, planned, or missing.

use chrono::{Datelike, Months};

use super::Site;
use crate::domain::establishment::InformationKind;
use crate::domain::time::month_end;
use crate::domain::{Day, Id};

/// One month of an establishment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Month {
    /// Patrolled on site on this day of the month.
    Done(u32),
    /// The two-monthly rhythm holds and the month's information came.
    Information,
    /// Planned for this day of the month.
    Planned(u32),
    /// The rhythm would hold, but the month's information has not come.
    AwaitingInformation,
    /// Still to be made.
    Open,
    /// Past, and not made.
    Missing,
    /// Before or after the contract.
    OutsideContract,
    /// No duty: fewer workers than the appointment of a physician asks for.
    Voluntary,
}

/// The month in which `day` lies.
pub fn month_of(site: &Site, day: Day) -> Month {
    state(site, day, day)
}

/// The month of `in_month`, seen from `today`.
pub fn state(site: &Site, in_month: Day, today: Day) -> Month {
    let (first, last) = (in_month.with_day(1).unwrap_or(in_month), month_end(in_month));
    if let Some(day) = patrol_in(site, first, last) {
        return Month::Done(day);
    }
    if is_outside(site, first, last) {
        return Month::OutsideContract;
    }
    if let Some(relieved) = relief(site, first, last, today) {
        return relieved;
    }
    match planned(site, first, last, today) {
        Some(day) => Month::Planned(day),
        None if last < today => Month::Missing,
        None => Month::Open,
    }
}

fn patrol_in(site: &Site, first: Day, last: Day) -> Option<u32> {
    let inside = |day: Day| first <= day && day <= last;
    site.patrols.iter().filter(|p| p.completed_on.is_some() && inside(p.day)).map(|p| p.day.day()).next_back()
}

fn is_outside(site: &Site, first: Day, last: Day) -> bool {
    let contract = &site.establishment;
    contract.contract_from.is_some_and(|from| from > last) || contract.contract_until.is_some_and(|until| until < first)
}

fn planned(site: &Site, first: Day, last: Day, today: Day) -> Option<u32> {
    let coming = |day: Day| first <= day && day <= last && day >= today;
    site.visits.iter().filter(|visit| coming(visit.day)).map(|visit| visit.day.day()).min()
}

/// The two-monthly rhythm: consent, deliberation, the information of this month, and a patrol last month (PAT-02, PAT-09).
fn relief(site: &Site, first: Day, last: Day, today: Day) -> Option<Month> {
    let agreed = site.rhythms.iter().any(|rhythm| {
        let holds = rhythm.valid_from <= first && rhythm.valid_until.is_none_or(|until| until >= last);
        holds && rhythm.months == 2 && rhythm.consented_on.is_some() && rhythm.deliberated_on.is_some()
    });
    let before = first.checked_sub_months(Months::new(1))?;
    let patrolled_before = patrol_in(site, before, month_end(before)).is_some();
    if !agreed || !patrolled_before {
        return None;
    }
    let came = |kind| {
        site.information
            .iter()
            .any(|i| i.kind == kind && i.received_on.is_some() && first <= i.about && i.about <= last)
    };
    let complete = came(InformationKind::ManagerRound) && came(InformationKind::CommitteeAgreed);
    match complete {
        true => Some(Month::Information),
        false if last >= today => Some(Month::AwaitingInformation),
        false => None,
    }
}

/// Findings that are not closed, oldest first.
pub fn open_findings(site: &Site) -> Vec<&crate::domain::patrol::Finding> {
    let mut open: Vec<_> = site.findings.iter().filter(|finding| finding.closed_on.is_none()).collect();
    open.sort_by_key(|finding| (day_of(site, &finding.patrol), finding.id.clone()));
    open
}

/// The day of a patrol.
pub fn day_of(site: &Site, patrol: &Id) -> Option<Day> {
    site.patrols.iter().find(|p| &p.id == patrol).map(|p| p.day)
}
