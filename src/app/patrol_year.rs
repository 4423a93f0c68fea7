//! Patrols month by month (安衛則15条): made, covered by information, planned, or missing.

use chrono::Datelike;

use super::Site;
use crate::domain::establishment::InformationKind;
use crate::domain::time::month_end;
use crate::domain::{Day, Id};
use crate::law::Law;
use crate::law::outcome::Conclusion;
use crate::law::rules::patrol::{PatrolFacts, monthly};

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
pub fn month_of(law: &Law, site: &Site, day: Day) -> Month {
    state(law, site, day, day)
}

/// The month of `in_month`, seen from `today`.
pub fn state(law: &Law, site: &Site, in_month: Day, today: Day) -> Month {
    let (first, last) = (in_month.with_day(1).unwrap_or(in_month), month_end(in_month));
    if let Some(day) = patrol_in(site, first, last) {
        return Month::Done(day);
    }
    if is_outside(site, first, last) {
        return Month::OutsideContract;
    }
    if is_voluntary(law, site, in_month) {
        return planned(site, first, last, today).map_or(Month::Voluntary, Month::Planned);
    }
    if let Some(relieved) = relief(law, site, first, last, today) {
        return relieved;
    }
    match planned(site, first, last, today) {
        Some(day) => Month::Planned(day),
        None if last < today => Month::Missing,
        None => Month::Open,
    }
}

/// Whether no physician has to be appointed for the size that the employer last counted: no patrol is owed then
/// (安衛令5条, 安衛則15条). Without a count the duty is assumed; a roster half taken in would tell too few.
pub fn is_voluntary(law: &Law, site: &Site, day: Day) -> bool {
    let days = Days::default();
    let outcome = monthly(law, &PatrolFacts { workers: counted(site, day), ..days.facts(day, false) });
    !outcome.applies && outcome.outcome == Conclusion::NotRequired
}

/// The employer's newest count in or before the month of `day`.
fn counted(site: &Site, day: Day) -> Option<i64> {
    let last = month_end(day);
    let newest = site.headcounts.iter().filter(|count| count.day <= last).max_by_key(|count| count.day);
    newest.map(|count| count.male + count.female)
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

/// What the law says of a month without a patrol: the two-monthly rhythm may cover it (PAT-01, PAT-02).
fn relief(law: &Law, site: &Site, first: Day, last: Day, today: Day) -> Option<Month> {
    let days = Days::of(site);
    let agreed = rhythm_holds(site, first, last);
    let facts = days.facts(first, agreed);
    if monthly(law, &facts).outcome == Conclusion::NotRequired {
        return Some(Month::Information);
    }
    let is_waiting = last >= today && agreed && lacks_information_only(law, days, first);
    is_waiting.then_some(Month::AwaitingInformation)
}

/// Whether the month would be covered if its information came.
fn lacks_information_only(law: &Law, mut days: Days, first: Day) -> bool {
    days.rounds.push(first);
    days.agreed.push(first);
    monthly(law, &days.facts(first, true)).outcome == Conclusion::NotRequired
}

fn rhythm_holds(site: &Site, first: Day, last: Day) -> bool {
    site.rhythms.iter().any(|rhythm| {
        let holds = rhythm.valid_from <= first && rhythm.valid_until.is_none_or(|until| until >= last);
        holds && rhythm.months == 2 && rhythm.consented_on.is_some() && rhythm.deliberated_on.is_some()
    })
}

/// The days that the rules of the patrol ask for.
#[derive(Default)]
struct Days {
    patrols: Vec<Day>,
    rounds: Vec<Day>,
    agreed: Vec<Day>,
}

impl Days {
    fn of(site: &Site) -> Self {
        let received = |kind| {
            site.information
                .iter()
                .filter(move |i| i.kind == kind && i.received_on.is_some())
                .map(|i| i.about)
                .collect()
        };
        Self {
            patrols: site.patrols.iter().filter(|p| p.completed_on.is_some()).map(|p| p.day).collect(),
            rounds: received(InformationKind::ManagerRound),
            agreed: received(InformationKind::CommitteeAgreed),
        }
    }

    fn facts(&self, day: Day, consented: bool) -> PatrolFacts<'_> {
        PatrolFacts {
            day,
            patrols: Some(&self.patrols),
            consented: Some(consented),
            rounds: Some(&self.rounds),
            agreed: Some(&self.agreed),
            workers: None,
        }
    }
}

/// The facts of PAT-01 for the month of `day`, by name, for the reasons.
pub fn named_facts(site: &Site, day: Day) -> serde_json::Value {
    let days = Days::of(site);
    let texts = |days: &[Day]| days.iter().map(Day::to_string).collect::<Vec<_>>();
    let consented = rhythm_holds(site, day.with_day(1).unwrap_or(day), month_end(day));
    serde_json::json!({
        "patrol_days": texts(&days.patrols),
        "consented": consented,
        "manager_round_days": texts(&days.rounds),
        "agreed_information_days": texts(&days.agreed),
        "workers": counted(site, day),
    })
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::testing;
    use crate::domain::Prefix;
    use crate::domain::establishment::{Headcount, Visit};

    fn counted_as(counts: &[(&str, i64, i64)]) -> Site {
        let mut site = testing::site();
        let id = |number| Id::new(&testing::site_id(), Prefix::Row, number);
        let row = |(number, (day, male, female)): (u32, &(&str, i64, i64))| Headcount {
            id: id(500 + number),
            day: testing::day(day),
            male: *male,
            female: *female,
        };
        site.headcounts = Arc::new((0..).zip(counts).map(row).collect());
        site
    }

    fn month(site: &Site, text: &str) -> Month {
        state(&Law::built_in().unwrap(), site, testing::day(text), testing::today())
    }

    #[test]
    fn below_the_size_of_an_appointment_the_patrol_is_voluntary() {
        for (male, female, expected) in [(25, 24, Month::Voluntary), (25, 25, Month::Open)] {
            let site = counted_as(&[("2026-04-01", male, female)]);
            assert_eq!(month(&site, "2026-11-01"), expected);
        }
        assert_eq!(month(&counted_as(&[]), "2026-11-01"), Month::Open, "one listed worker is no count");
    }

    #[test]
    fn the_count_of_the_month_decides_and_a_planned_visit_is_shown() {
        let mut site = counted_as(&[("2026-04-01", 40, 40), ("2026-10-31", 20, 20)]);
        assert_eq!((month(&site, "2026-09-01"), month(&site, "2026-10-01")), (Month::Missing, Month::Voluntary));
        let visit = Visit {
            id: Id::new(&testing::site_id(), Prefix::Row, 600),
            day: testing::day("2026-11-27"),
            starts: String::new(),
            ends: "未定".to_owned(),
            closed_on: None,
            summary: String::new(),
        };
        site.visits = Arc::new(vec![visit]);
        assert_eq!(month(&site, "2026-11-01"), Month::Planned(27));
    }

    #[test]
    fn nothing_is_due_where_the_patrol_is_voluntary() {
        use crate::app::assess::SiteAssessment;
        use crate::app::worklist::Task;
        let law = Law::built_in().unwrap();
        let owes = |site: &Site| {
            let assessment = SiteAssessment::new(&law, site, testing::today());
            assessment.items.iter().any(|item| item.task == Task::Patrol)
        };
        assert!(!owes(&counted_as(&[("2026-04-01", 20, 29)])) && owes(&counted_as(&[("2026-04-01", 21, 29)])));
    }
}
