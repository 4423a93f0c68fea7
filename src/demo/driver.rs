//! The real desk as the one that performs the demo: the same importers, commands and vault as any input.

use std::sync::Arc;

use super::{DemoDriver, DriverError, HoursFile};
use crate::app::Site;
use crate::domain::command::{Act, Command, DraftField};
use crate::domain::establishment::Establishment;
use crate::domain::{AnyRecord, Day, EstablishmentId, Prefix};
use crate::import::people::Decisions;
use crate::import::{hours, profile, roster, source};
use crate::runtime::Desk;

/// A file of the demo did not go in whole: a fault of the demo, not of the vault.
#[derive(Debug, thiserror::Error)]
#[error("見本のファイルに、取り込めない行がありました。")]
struct NotWhole;

/// A desk, and the day on which the demo stands.
pub struct DeskDriver<'desk> {
    desk: &'desk mut Desk,
    today: Day,
}

impl<'desk> DeskDriver<'desk> {
    /// Lets `desk` perform the demo of `today`.
    pub fn new(desk: &'desk mut Desk, today: Day) -> Self {
        Self { desk, today }
    }

    fn take_month(&mut self, id: &EstablishmentId, file: &HoursFile) -> Result<(), DriverError> {
        let site = Arc::clone(self.desk.site(id)?);
        let table = source::read(&file.bytes)?;
        let profile = profile::propose_hours(&table.header).profile;
        let preview = hours::preview(&hours::Input {
            table: &table,
            profile: &profile,
            roster: &site.workers,
            existing: &|worker| site.hours_of(worker),
            period: Some(file.period),
            closings: &site.closings(),
            notation: Some(file.notation),
            decisions: &Decisions::default(),
            day: self.today,
            crosses: &|_, _, _| hours::Reach { low: 0, high: 0 },
        })?;
        if preview.doubtful.len() + preview.refused.len() + preview.new_workers.len() > 0 {
            return Err(NotWhole.into());
        }
        let (batch, worker) = (site.next_id(Prefix::Row), site.next_id(Prefix::Worker));
        let batch = preview.accept(hours::Acceptance {
            batch,
            day: self.today,
            sha256: String::new(),
            new_worker: &mut || worker.clone(),
        })?;
        self.desk.take_in(id, Act::ImportHours, batch)?;
        Ok(())
    }
}

impl DemoDriver for DeskDriver<'_> {
    fn create_site(&mut self, establishment: Establishment) -> Result<(), DriverError> {
        let wanted = establishment.id.clone();
        let made = self.desk.create_site(establishment)?;
        if made == wanted { Ok(()) } else { Err(NotWhole.into()) }
    }

    fn import_roster(&mut self, id: &EstablishmentId, file: &[u8]) -> Result<(), DriverError> {
        let (table, site) = (source::read(file)?, Arc::clone(self.desk.site(id)?));
        let profile = profile::propose_roster(&table.header).profile;
        let preview = roster::preview(&roster::Input {
            table: &table,
            profile: &profile,
            roster: &site.workers,
            attributes: &site.attributes,
            decisions: &Decisions::default(),
            day: self.today,
        })?;
        if preview.doubtful.len() + preview.refused.len() > 0 {
            return Err(NotWhole.into());
        }
        let (mut workers, mut rows) = (site.next_ids(Prefix::Worker), site.next_ids(Prefix::Row));
        let spare = site.next_id(Prefix::Row);
        let accepted = preview.accept(self.today, &mut |prefix| {
            let next = if prefix == Prefix::Worker { workers.next() } else { rows.next() };
            next.unwrap_or_else(|| spare.clone())
        })?;
        let records = accepted.workers.into_iter().map(AnyRecord::from);
        let records = records.chain(accepted.attributes.into_iter().map(AnyRecord::from));
        let command = records.fold(Command::new(Act::ImportRoster, None), Command::put);
        self.desk.perform(id, &command)?;
        Ok(())
    }

    fn import_hours(&mut self, id: &EstablishmentId, files: &[HoursFile]) -> Result<(), DriverError> {
        files.iter().try_for_each(|file| self.take_month(id, file))
    }

    fn perform(&mut self, id: &EstablishmentId, commands: Vec<Command>) -> Result<(), DriverError> {
        commands.iter().try_for_each(|command| Ok(self.desk.perform(id, command).map(drop)?))
    }

    fn save_drafts(&mut self, id: &EstablishmentId, fields: Vec<DraftField>) -> Result<(), DriverError> {
        fields.into_iter().try_for_each(|field| Ok(self.desk.save_draft(id, field)?))
    }

    fn site(&mut self, id: &EstablishmentId) -> Result<Arc<Site>, DriverError> {
        Ok(Arc::clone(self.desk.site(id)?))
    }
}
