//! Sheets of checkups for the screen: the season weighed once, and the sheets of whoever is shown.

use std::collections::HashMap;
use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use crate::app::Event;
use crate::app::checkups::lacking::{self, Lacking};
use crate::app::checkups::queue;
use crate::app::checkups::tables::Tables;
use crate::app::checkups::weigh::{Measures, Standing, weigh};
use crate::domain::worker::Sex;
use crate::domain::{EstablishmentId, Id};
use crate::scales::checkup::{DEFAULT, table};

impl Desk {
    /// Weighs everybody whose newest checkup has no opinion, heaviest first; an unknown table is the default one.
    ///
    /// # Errors
    /// What the store says.
    pub fn weigh_checkups(&self, id: &EstablishmentId, by: &str) -> Result<Vec<Standing>, RuntimeError> {
        let (open, today) = (self.open_site(id)?, self.today());
        let tables = Tables::of(&open.site);
        let Some(by) = tables.named(by).or_else(|| table(DEFAULT)) else { return Ok(Vec::new()) };
        let left = queue::remaining(&open.site, today);
        let ids: Vec<&Id> = left.iter().map(|checkup| &checkup.id).collect();
        let sheets = open.store.sheets(&ids)?;
        let sheets: HashMap<&Id, _> = sheets.iter().map(|sheet| (&sheet.checkup, sheet)).collect();
        let weighed = left.into_iter().map(|checkup| {
            let sex = open.site.worker(&checkup.worker).map_or(Sex::Unknown, |worker| worker.sex);
            let flags = open.assessment.flags_of(&checkup.worker);
            let measures = Measures { table: by, urgent: tables.urgent() };
            weigh(measures, checkup, sheets.get(&checkup.id).copied(), sex, flags)
        });
        let mut standings: Vec<Standing> = weighed.collect();
        queue::order(&open.site, &mut standings);
        Ok(standings)
    }

    /// Finds who still lacks what: the newest sheet of everybody, held against the law of its day.
    ///
    /// # Errors
    /// What the store says.
    pub fn lacking(&self, id: &EstablishmentId) -> Result<Vec<Lacking>, RuntimeError> {
        let (open, today) = (self.open_site(id)?, self.today());
        let wanted = lacking::wanted(&open.site, today);
        let ids: Vec<&Id> = wanted.iter().collect();
        let sheets = open.store.sheets(&ids)?;
        Ok(lacking::lacking(self.law(), &open.site, &sheets, today))
    }

    /// Reads every sheet of these workers, an answer each.
    ///
    /// # Errors
    /// What the store says.
    pub fn read_sheets(&self, id: &EstablishmentId, workers: &[Id]) -> Result<Vec<Event>, RuntimeError> {
        let store = &self.open_site(id)?.store;
        let sheets = |worker: &Id| Ok(Event::SheetsRead(worker.clone(), Arc::new(store.sheets_of(worker)?)));
        workers.iter().map(sheets).collect()
    }
}
