//! One establishment of the demo: its files as they would arrive, and what is entered by hand.

use chrono::Months;

use super::Plan;
use super::company::{self, Company};
use super::hours::{self, HoursFile};
use super::part;
use super::people::{self, Crew, Person, first_of_month};
use super::story::{self, Scene};
use crate::app::Site;
use crate::domain::command::{Command, DraftField};
use crate::domain::establishment::Establishment;
use crate::domain::period::Closing;
use crate::domain::{Day, Period};

/// An establishment of the demo.
#[derive(Debug, Clone)]
pub struct DemoSite {
    /// The establishment with every field.
    pub establishment: Establishment,
    index: usize,
    seed: u64,
    people: Vec<Person>,
    periods: Vec<Period>,
    today: Day,
}

impl DemoSite {
    /// The `index`-th establishment of a plan.
    pub(super) fn new(plan: &Plan, index: usize, today: Day) -> Self {
        let company = company::of(index);
        let late = usize::from(company.is_small);
        let periods = hours::periods(&closings(company, today), today, plan.years, late);
        let cast = part::CASTS.get(index % part::CASTS.len()).copied().unwrap_or_default();
        let (seed, site, newest) = (plan.seed, index, periods.first().copied());
        let count = size(plan, company);
        let people = Crew { seed, site, company, cast, count, newest, today }.people();
        Self { establishment: company::establishment(index, today), index, seed, people, periods, today }
    }

    /// How many workers the roster names, leavers included.
    pub fn workers(&self) -> usize {
        self.people.len()
    }

    /// The roster file.
    pub fn roster(&self) -> Vec<u8> {
        hours::format_of(self.index).encode(&people::roster(&self.people))
    }

    /// The months for which hours were sent, oldest first; each is written when it is asked for.
    pub fn hours(&self) -> impl Iterator<Item = HoursFile> {
        let (format, seed) = (hours::format_of(self.index), self.path());
        let aged = self.periods.iter().enumerate().rev();
        aged.map(move |(age, period)| hours::file(format, &seed, &self.people, *period, age))
    }

    /// What is set before the first file comes; the closing days make the periods of the files.
    pub fn settings(&self, site: &Site) -> Vec<Command> {
        story::settings(self.scene(), site)
    }

    /// What happened since, once roster and hours are in; `site` knows them.
    pub fn events(&self, site: &Site) -> Vec<Command> {
        story::events(self.scene(), site)
    }

    /// What was begun and not finished.
    pub fn drafts(&self, site: &Site) -> Vec<DraftField> {
        story::drafts(self.scene(), site)
    }

    fn path(&self) -> [u64; 2] {
        [self.seed, self.index as u64]
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            seed: self.path(),
            company: company::of(self.index),
            people: &self.people,
            periods: &self.periods,
            today: self.today,
        }
    }
}

/// A usual plan has a small establishment; a plan made to measure speed keeps the number it was given.
const MEASURED: u32 = 200;
/// Fewer than fifty workers.
const SMALL: u32 = 34;

fn size(plan: &Plan, company: &Company) -> usize {
    let is_cut = company.is_small && plan.workers <= MEASURED;
    usize::try_from(if is_cut { plan.workers.min(SMALL) } else { plan.workers }).unwrap_or(0)
}

/// The closing days of a kind of establishment.
pub(super) fn closings(company: &Company, today: Day) -> Vec<Closing> {
    let since = Day::from_ymd_opt(1990, 1, 1).unwrap_or(today);
    let changed = first_of_month(today).checked_sub_months(Months::new(7)).unwrap_or(today);
    let first = Closing { valid_from: since, day: company.closing };
    let second = company.new_closing.map(|day| Closing { valid_from: changed, day });
    [Some(first), second].into_iter().flatten().collect()
}
