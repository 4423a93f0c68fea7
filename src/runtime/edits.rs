//! Changes to one establishment: durable when the function returns, then visible in the next snapshot.

use std::borrow::Cow;
use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use super::loading;
use crate::app::checkups::secondary;
use crate::app::{Site, stress};
use crate::domain::EstablishmentId;
use crate::domain::command::{Act, Change, Command, DraftField, Operation};
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::{Intake, TakenBack};
use crate::store::{SiteStore, StoreError};

/// Rows of a batch that are taken back between two keys; more of them go beside the screen.
const AT_ONCE: i64 = 1_000;

impl Desk {
    /// Performs a change and gives the operation's number.
    ///
    /// # Errors
    /// [`StoreError`], what the stress check does not admit, or a secondary result without consent; nothing has changed
    /// then.
    pub fn perform(&mut self, id: &EstablishmentId, command: &Command) -> Result<i64, RuntimeError> {
        stress::gate::admits(&self.law, self.site(id)?, command, self.today())?;
        let command = &*self.with_links(id, command)?;
        let stamp = self.clock.stamp();
        let number = self.open_site_mut(id)?.store.perform(&stamp, command)?;
        if matches!(command.act, Act::JudgeCheckup | Act::HoldCheckup) {
            let site = self.reread_site(id, |store, site| loading::touched(store, site, command))?;
            self.replace_site_unassessed(site);
        } else {
            self.reread(id, |store, site| loading::touched(store, site, command))?;
        }
        Ok(number)
    }

    /// The command with the links of secondary examinations that it stores.
    fn with_links<'command>(
        &self,
        id: &EstablishmentId,
        command: &'command Command,
    ) -> Result<Cow<'command, Command>, RuntimeError> {
        let rows = command.changes.iter().filter_map(|change| match change {
            Change::Put(row) => Some(row),
            Change::Remove(..) => None,
        });
        let links = secondary::admits(&self.law, self.site(id)?, rows, self.today())?;
        if links.is_empty() {
            return Ok(Cow::Borrowed(command));
        }
        Ok(Cow::Owned(links.into_iter().fold(command.clone(), Command::put)))
    }

    /// Takes a batch in as one and gives the operation's number.
    ///
    /// # Errors
    /// [`StoreError`], or a secondary result without consent; nothing has changed then.
    pub fn take_in(
        &mut self,
        id: &EstablishmentId,
        act: Act,
        incoming: impl Into<Intake>,
    ) -> Result<i64, RuntimeError> {
        let (stamp, mut incoming) = (self.clock.stamp(), incoming.into());
        let links = secondary::admits(&self.law, self.site(id)?, incoming.records.iter(), self.today())?;
        links.into_iter().for_each(|link| incoming.put(link));
        let ticket = self.ticket.clone();
        let store = &mut self.open_site_mut(id)?.store;
        let number = ticket.while_wanted(|going| store.take_in(&stamp, act, &incoming, going))?;
        self.reread(id, |store, site| loading::taken_in(store, site, &incoming))?;
        Ok(number)
    }

    /// Whether taking back that operation, or the newest that stands, takes a while: a batch of many rows, or one that is
    /// not among the newest.
    pub(super) fn is_long_to_undo(&self, id: &EstablishmentId, number: Option<i64>) -> bool {
        let Ok(site) = self.site(id) else { return false };
        let is_meant = |known: &&Operation| match number {
            None => known.undone_by.is_none() && known.undoes.is_none(),
            Some(number) => known.number == number,
        };
        site.history.iter().find(is_meant).is_none_or(|known| known.batch.is_some() && known.rows > AT_ONCE)
    }

    /// Takes back the operation of that number, or the newest that stands, and gives it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::Frozen`], [`StoreError::NothingToUndo`], [`StoreError::Stopped`] and what the
    /// store says.
    pub fn undo(&mut self, id: &EstablishmentId, number: Option<i64>) -> Result<TakenBack, RuntimeError> {
        let (stamp, ticket) = (self.clock.stamp(), self.ticket.clone());
        let store = &mut self.open_site_mut(id)?.store;
        let target = match number {
            None => store.last_standing()?,
            Some(number) => {
                let found = store.history(i64::MAX)?.into_iter().find(|operation| operation.number == number);
                found.ok_or(StoreError::NothingToUndo)?
            }
        };
        let undone = ticket.while_wanted(|going| store.undo(&stamp, &target, going))?;
        self.reread_after(id, &undone.operation)?;
        Ok(undone)
    }

    /// Does again what the last undo took back.
    ///
    /// # Errors
    /// [`StoreError::NothingToRedo`] and what the store says.
    pub fn redo(&mut self, id: &EstablishmentId) -> Result<Operation, RuntimeError> {
        let stamp = self.clock.stamp();
        let redone = self.open_site_mut(id)?.store.redo_last(&stamp)?;
        self.reread_after(id, &redone)?;
        Ok(redone)
    }

    /// Keeps a draft field.
    ///
    /// # Errors
    /// What the store says; the field is then not kept.
    pub fn save_draft(&mut self, id: &EstablishmentId, field: DraftField) -> Result<(), RuntimeError> {
        let open = self.open_site_mut(id)?;
        open.store.save_draft(&field)?;
        let mut site = Site::clone(&open.site);
        let is_new_form = !site.drafts.iter().any(|known| known.form == field.form);
        let mut drafts = Vec::clone(&site.drafts);
        match drafts.iter_mut().find(|known| known.form == field.form && known.field == field.field) {
            Some(known) => *known = field,
            None => drafts.push(field),
        }
        site.drafts = drafts.into();
        // A form that was just begun shows as 途中; its next letters change no flag.
        if is_new_form {
            self.replace_site(site)
        } else {
            self.replace_site_unassessed(site)
        }
        Ok(())
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// What the store says.
    pub fn end_draft(&mut self, id: &EstablishmentId, form: &str) -> Result<(), RuntimeError> {
        self.open_site_mut(id)?.store.end_draft(form)?;
        self.reread(id, |store, site| {
            site.drafts = store.drafts()?.into();
            Ok(())
        })
    }

    /// Writes one audit line that a person or a list was opened.
    ///
    /// # Errors
    /// What the store says.
    pub fn viewed(&self, id: &EstablishmentId, subject: &str) -> Result<(), RuntimeError> {
        self.audit(id, "閲覧", subject, "")
    }

    /// Writes one audit line that no change accompanies.
    ///
    /// # Errors
    /// What the store says.
    pub fn audit(&self, id: &EstablishmentId, event: &str, subject: &str, detail: &str) -> Result<(), RuntimeError> {
        Ok(self.open_site(id)?.store.audit(&self.clock.stamp(), event, subject, detail)?)
    }

    /// Reads the older hours of one establishment that still lacks them; says whether there was one.
    ///
    /// # Errors
    /// What the store says.
    pub fn read_older_hours(&mut self) -> Result<bool, RuntimeError> {
        let Some(id) = self.sites.iter().find(|open| !open.is_whole).map(|open| open.site.id().clone()) else {
            return Ok(false);
        };
        self.make_whole(&id).map(|()| true)
    }

    /// Reads the older hours of this establishment, unless they are here.
    ///
    /// # Errors
    /// What the store says.
    pub(super) fn make_whole(&mut self, id: &EstablishmentId) -> Result<(), RuntimeError> {
        let open = self.open_site_mut(id)?;
        if std::mem::replace(&mut open.is_whole, true) {
            return Ok(());
        }
        self.reread(id, loading::hours)
    }

    fn reread_after(&mut self, id: &EstablishmentId, operation: &Operation) -> Result<(), RuntimeError> {
        self.reread(id, |store, site| {
            let before = Arc::clone(&site.batches);
            loading::changed_by(store, site, operation)?;
            let known = before.iter().chain(site.batches.iter());
            if brings_hours(operation, known) { loading::hours(store, site) } else { Ok(()) }
        })
    }

    /// Reads a part of a site again into a copy of its snapshot, which then takes its place.
    fn reread(
        &mut self,
        id: &EstablishmentId,
        read: impl FnOnce(&SiteStore, &mut Site) -> Result<(), StoreError>,
    ) -> Result<(), RuntimeError> {
        let site = self.reread_site(id, read)?;
        self.replace_site(site);
        Ok(())
    }

    fn reread_site(
        &self,
        id: &EstablishmentId,
        read: impl FnOnce(&SiteStore, &mut Site) -> Result<(), StoreError>,
    ) -> Result<Site, RuntimeError> {
        let open = self.open_site(id)?;
        let mut site = Site::clone(&open.site);
        read(&open.store, &mut site)?;
        Ok(site)
    }
}

/// Whether hours came or went with an operation: a batch of another kind brings none, and hours are the most rows.
fn brings_hours<'batch>(operation: &Operation, mut known: impl Iterator<Item = &'batch Batch>) -> bool {
    let Some(id) = &operation.batch else { return false };
    known.find(|batch| batch.id == *id).is_none_or(|batch| batch.kind == BatchKind::Hours)
}
