//! A vault in memory: the real store and the real importers, without keys and files.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;

use crate::app::Site;
use crate::demo::{DemoDriver, DriverError, HoursFile};
use crate::domain::command::{Act, Command, DraftField};
use crate::domain::establishment::Establishment;
use crate::domain::{Day, EstablishmentId, Id, Prefix, Record};
use crate::import::people::Decisions;
use crate::import::{hours, profile, roster, source};
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
        self.store(id).take_in(&stamp, Act::ImportHours, &accepted.into(), &mut |_| true)?;
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
        Ok(Arc::new(read(self.store(id))))
    }
}

fn rows<R: Record>(store: &SiteStore) -> Arc<Vec<R>> {
    Arc::new(store.all().unwrap())
}

fn read(store: &SiteStore) -> Site {
    let establishment = store.all::<Establishment>().unwrap().remove(0);
    Site {
        establishment: Arc::new(establishment),
        headcounts: rows(store),
        contacts: rows(store),
        closing_days: rows(store),
        rhythms: rows(store),
        information: rows(store),
        promises: rows(store),
        visits: rows(store),
        plans: rows(store),
        workers: rows(store),
        attributes: rows(store),
        checkups: Arc::new(store.all().unwrap().into()),
        checkup_details: rows(store),
        stress: rows(store),
        batches: rows(store),
        profiles: rows(store),
        cases: rows(store),
        requests: rows(store),
        notices: rows(store),
        exclusions: rows(store),
        bases: rows(store),
        certificates: rows(store),
        interview_information: rows(store),
        attachments: Arc::new(store.attachments().unwrap()),
        measures: rows(store),
        interviews: rows(store),
        issued: rows(store),
        places: rows(store),
        patrols: rows(store),
        marks: rows(store),
        findings: rows(store),
        criteria: rows(store),
        methods: rows(store),
        instructions: rows(store),
        doctors: rows(store),
        answers: rows(store),
        nights: rows(store),
        checkup_policies: rows(store),
        checkup_omissions: rows(store),
        checkup_follows: rows(store),
        opinion_inquiries: rows(store),
        secondary_consents: rows(store),
        secondary_exams: rows(store),
        health_guidance: rows(store),
        risk_notices: rows(store),
        checkup_advice: rows(store),
        sent_reports: rows(store),
        result_notices: rows(store),
        workplace_facts: rows(store),
        exam_duties: rows(store),
        special_exams: rows(store),
        postings: rows(store),
        stress_rounds: rows(store),
        stress_staff: rows(store),
        stress_answers: rows(store),
        stress_results: rows(store),
        stress_consents: rows(store),
        stress_consultations: rows(store),
        stress_interviews: rows(store),
        stress_improvements: rows(store),
        stress_reported: rows(store),
        stress_releases: rows(store),
        hours: Arc::new(store.hours().unwrap().into_iter().collect()),
        drafts: Arc::new(store.drafts().unwrap()),
        history: Arc::default(),
        last_numbers: Prefix::ALL.map(|prefix| store.last_number(prefix).unwrap()),
    }
}
