//! A vault in memory: the real store and the real importers, without keys and files.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;

use crate::app::Site;
use crate::demo::{DemoDriver, DriverError, HoursFile};
use crate::domain::command::{Act, Command, DraftField};
use crate::domain::establishment::Establishment;
use crate::domain::progress::Going;
use crate::domain::{Day, EstablishmentId, Id, Prefix};
use crate::import::people::Decisions;
use crate::import::{hours, profile, roster, source};
use crate::runtime::loading;
use crate::store::{SiteStore, Stamp};

/// Establishments in memory.
pub struct InMemory {
    pub stores: BTreeMap<EstablishmentId, SiteStore>,
    stamp: Stamp,
}

impl InMemory {
    pub fn new(today: Day) -> Self {
        Self { stores: BTreeMap::new(), stamp: Stamp { at: format!("{today} 08:55:00"), day: today } }
    }

    fn store(&mut self, site: &EstablishmentId) -> &mut SiteStore {
        self.stores.get_mut(site).unwrap()
    }

    fn take_month(&mut self, id: &EstablishmentId, site: &Site, file: &HoursFile) -> Result<(), DriverError> {
        let table = source::read(&file.bytes)?;
        let proposal = profile::propose_hours(&table.header);
        assert_eq!(proposal.missing, None);
        let preview = hours::preview(&hours::Input {
            table: &table,
            profile: &proposal.profile,
            roster: &site.workers,
            existing: &|worker| site.hours_of(worker),
            period: Some(file.period),
            closings: &site.closings(),
            notation: Some(file.notation),
            decisions: &Decisions::default(),
            day: self.stamp.day,
            crosses: &|_, _, _| hours::Reach { low: 0, high: 0 },
        })?;
        assert_eq!((preview.doubtful.as_slice(), preview.refused.as_slice()), (&[][..], &[][..]), "{:?}", file.period);
        assert_eq!((preview.new_workers.as_slice(), preview.ignored.as_slice()), (&[][..], &[][..]));
        assert!(preview.added.iter().all(|taken| taken.period == file.period));
        let batch = Id::new(id, Prefix::Row, self.store(id).last_number(Prefix::Row)? + 1);
        let accepted = preview.accept(hours::Acceptance {
            batch,
            day: self.stamp.day,
            sha256: String::new(),
            new_worker: &mut || Id::new(id, Prefix::Worker, 9999),
        })?;
        let stamp = self.stamp.clone();
        self.store(id).take_in(&stamp, Act::ImportHours, &accepted.into(), &Going::freely())?;
        Ok(())
    }
}

impl DemoDriver for InMemory {
    fn create_site(&mut self, establishment: Establishment) -> Result<(), DriverError> {
        let mac = Box::new(|message: &[u8]| openssl::sha::sha256(message));
        let connection = Connection::open_in_memory()?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let mut store = SiteStore::open(connection, mac)?;
        let id = establishment.id.clone();
        store.perform(&self.stamp, &Command::new(Act::EditEstablishment, id.to_string()).put(establishment))?;
        self.stores.insert(id, store);
        Ok(())
    }

    fn import_roster(&mut self, id: &EstablishmentId, file: &[u8]) -> Result<(), DriverError> {
        let (table, site) = (source::read(file)?, self.site(id)?);
        let profile = profile::propose_roster(&table.header).profile;
        let preview = roster::preview(&roster::Input {
            table: &table,
            profile: &profile,
            roster: &site.workers,
            attributes: &site.attributes,
            decisions: &Decisions::default(),
            day: self.stamp.day,
        })?;
        assert_eq!((preview.doubtful.as_slice(), preview.refused.as_slice()), (&[][..], &[][..]));
        assert_eq!(preview.ignored.as_slice(), &[]);
        let mut numbers = site.next_ids(Prefix::Worker);
        let accepted = preview.accept(self.stamp.day, &mut |_| numbers.next().unwrap())?;
        let workers = accepted.workers.into_iter();
        self.perform(id, vec![workers.fold(Command::new(Act::ImportRoster, None), Command::put)])
    }

    fn import_hours(&mut self, id: &EstablishmentId, files: &[HoursFile]) -> Result<(), DriverError> {
        let site = self.site(id)?;
        files.iter().try_for_each(|file| self.take_month(id, &site, file))
    }

    fn perform(&mut self, id: &EstablishmentId, commands: Vec<Command>) -> Result<(), DriverError> {
        let stamp = self.stamp.clone();
        for command in &commands {
            self.store(id).perform(&stamp, command)?;
        }
        Ok(())
    }

    fn save_drafts(&mut self, id: &EstablishmentId, fields: Vec<DraftField>) -> Result<(), DriverError> {
        fields.iter().try_for_each(|field| Ok(self.store(id).save_draft(field)?))
    }

    fn site(&mut self, id: &EstablishmentId) -> Result<Arc<Site>, DriverError> {
        let today = self.stamp.day;
        let store = self.store(id);
        let mut site = loading::load_tables(store, id, today).unwrap();
        loading::hours(store, &mut site).unwrap();
        Ok(Arc::new(site))
    }
}
