//! A synthetic caseload of any size, for trying the program, for its tests and for measuring it.
//!
//! Knows how invented establishments, people, hours and records hang together on a given day. Must not
//! know a clock, a file or a vault: a [`DemoDriver`] performs what is made here, through the same
//! importers and commands as real input. The same plan and day give the same bytes on every machine.

mod company;
mod driver;
mod hours;
mod names;
mod part;
mod people;
mod random;
mod site;
mod story;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::sync::Arc;

pub use driver::DeskDriver;
pub use hours::HoursFile;
pub use site::DemoSite;

use crate::app::Site;
use crate::domain::command::{Command, DraftField};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::Establishment;
use crate::domain::{Day, EstablishmentId};

/// How large a caseload, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Establishments.
    pub establishments: u32,
    /// Workers of each establishment; one in seven has fewer than fifty, unless the plan is large.
    pub workers: u32,
    /// Years of hours.
    pub years: u32,
    /// Another seed makes other people.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { establishments: 7, workers: 100, years: 2, seed: 1 }
    }
}

/// A demo that could not be built.
#[derive(Debug, thiserror::Error)]
#[error("見本を作れませんでした。空きの容量を確かめて、もう一度 demo を実行してください。")]
pub struct DemoError(#[from] DriverError);

/// What a driver met; the text never names a person.
pub type DriverError = Box<dyn Error + Send + Sync>;

/// Performs what the demo makes; the vault's runtime is one, a test in memory another.
pub trait DemoDriver {
    /// Makes an establishment in a fresh vault, under the id that it bears.
    ///
    /// # Errors
    /// It could not be made durable.
    fn create_site(&mut self, establishment: Establishment) -> Result<(), DriverError>;

    /// Takes a roster in through the importer; every row must be accepted.
    ///
    /// # Errors
    /// A row was doubtful or refused, or the batch could not be written.
    fn import_roster(&mut self, site: &EstablishmentId, file: &[u8]) -> Result<(), DriverError>;

    /// Takes months of hours in through the importer, each as a batch, oldest first; every row must be accepted.
    ///
    /// # Errors
    /// A row was doubtful or refused, or a batch could not be written.
    fn import_hours(&mut self, site: &EstablishmentId, files: &[HoursFile]) -> Result<(), DriverError>;

    /// Performs commands in their order.
    ///
    /// # Errors
    /// A command was refused or could not be written.
    fn perform(&mut self, site: &EstablishmentId, commands: Vec<Command>) -> Result<(), DriverError>;

    /// Keeps draft fields.
    ///
    /// # Errors
    /// They could not be written.
    fn save_drafts(&mut self, site: &EstablishmentId, fields: Vec<DraftField>) -> Result<(), DriverError>;

    /// The establishment as it stands after everything performed so far.
    ///
    /// # Errors
    /// It could not be read.
    fn site(&mut self, site: &EstablishmentId) -> Result<Arc<Site>, DriverError>;
}

/// How far the building has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// The physician of the demo, an invented person.
pub fn owner() -> Doctor {
    story::owner()
}

/// The establishments of a plan on a day.
pub fn sites(plan: &Plan, today: Day) -> impl Iterator<Item = DemoSite> {
    let plan = *plan;
    (0..usize::try_from(plan.establishments).unwrap_or(0)).map(move |index| DemoSite::new(&plan, index, today))
}

/// Months that are handed over at once; between them the driver may take breath and the bar moves.
const MONTHS_AT_ONCE: usize = 12;

/// Builds the caseload of a plan, establishment by establishment.
///
/// # Errors
/// The first thing that the driver could not do; what was built so far stays behind.
pub fn build(
    driver: &mut dyn DemoDriver,
    plan: &Plan,
    today: Day,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), DemoError> {
    let mut steps =
        Steps { done: 0, total: plan.establishments.saturating_mul(plan.years.saturating_add(2)), progress };
    for demo in sites(plan, today) {
        build_site(driver, &demo, &mut steps)?;
    }
    Ok(())
}

fn build_site(driver: &mut dyn DemoDriver, demo: &DemoSite, steps: &mut Steps<'_>) -> Result<(), DriverError> {
    let id = &demo.establishment.id;
    driver.create_site(demo.establishment.clone())?;
    let site = driver.site(id)?;
    driver.perform(id, demo.settings(&site))?;
    driver.import_roster(id, &demo.roster())?;
    steps.step();
    let mut files = demo.hours().peekable();
    while files.peek().is_some() {
        let months: Vec<HoursFile> = files.by_ref().take(MONTHS_AT_ONCE).collect();
        driver.import_hours(id, &months)?;
        steps.step();
    }
    let site = driver.site(id)?;
    driver.perform(id, demo.events(&site))?;
    driver.save_drafts(id, demo.drafts(&site))?;
    steps.step();
    Ok(())
}

struct Steps<'a> {
    done: u32,
    total: u32,
    progress: &'a mut dyn FnMut(Progress),
}

impl Steps<'_> {
    fn step(&mut self) {
        self.done = self.done.saturating_add(1).min(self.total);
        (self.progress)(Progress { done: self.done, total: self.total });
    }
}
