//! Erasing a batch that should never have come in, such as a wrong company's file: never by itself, only when confirmed.

use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use super::loading;
use crate::app::Site;
use crate::app::checkups::intake;
use crate::app::erasure::Erasure;
use crate::app::keeping::{self, Keeping};
use crate::domain::checkup::CheckupSheet;
use crate::domain::command::Operation;
use crate::domain::intake::Erased;
use crate::domain::{Day, EstablishmentId};
use crate::store::StoreError;

impl Desk {
    /// The operation of that number and the hash over what it brought in, which a confirmation names.
    ///
    /// # Errors
    /// [`StoreError::NothingToUndo`] for an unknown number, [`StoreError::NoBatch`] for one that brought in no batch.
    pub fn erasable(&self, id: &EstablishmentId, number: i64) -> Result<(Operation, String), RuntimeError> {
        let store = &self.open_site(id)?.store;
        let found = store.history(i64::MAX)?.into_iter().find(|operation| operation.number == number);
        let operation = found.ok_or(StoreError::NothingToUndo)?;
        let batch = operation.batch.as_ref().filter(|_| operation.undoes.is_none()).ok_or(StoreError::NoBatch)?;
        let sha256 = store.content_sha256(batch)?;
        Ok((operation, sha256))
    }

    /// What the batch of an operation brought in that is still to be kept (SC-45).
    ///
    /// # Errors
    /// The establishment is not open.
    pub fn kept_of(&self, id: &EstablishmentId, operation: &Operation) -> Result<Vec<Keeping>, RuntimeError> {
        let site = self.site(id)?;
        let of = |batch| keeping::of_batch(self.law(), site, batch, self.today());
        Ok(operation.batch.as_ref().map(of).unwrap_or_default())
    }

    /// Says what erasing the batch of an operation would take, leave and lose; nothing is erased.
    ///
    /// # Errors
    /// As [`Desk::erasable`].
    pub fn weigh_erasure(&mut self, id: &EstablishmentId, number: i64) -> Result<Erasure, RuntimeError> {
        let (operation, _) = self.erasable(id, number)?;
        let sealed = self.sealed_beside(id, &operation)?;
        let sealed = sealed.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let (stamp, ticket) = (self.clock.stamp(), self.ticket.clone());
        let open = self.open_site_mut(id)?;
        let known = Arc::clone(&open.site);
        let told = |sheet: &CheckupSheet| intake::summary_of(&known, sheet);
        let erased = ticket.while_wanted(|going| open.store.weigh_erasing(&stamp, &operation, &told, going))?;
        Ok(Erasure { operation: number, erased, sealed })
    }

    /// Erases the batch whose hash was confirmed. Backups and the file it came from stay as they are. What is still to
    /// be kept wants a second confirmation: the day until which it is, in `until`.
    ///
    /// # Errors
    /// [`RuntimeError::OtherConfirmation`] for another hash, [`RuntimeError::StillKept`] without that day, and what the
    /// store says; nothing is erased then.
    pub fn erase_batch(
        &mut self,
        id: &EstablishmentId,
        number: i64,
        sha256: &str,
        until: Option<Day>,
    ) -> Result<Erased, RuntimeError> {
        let (operation, expected) = self.erasable(id, number)?;
        if !expected.eq_ignore_ascii_case(sha256) {
            return Err(RuntimeError::OtherConfirmation);
        }
        let kept = self.kept_of(id, &operation)?;
        if !kept.is_empty() && keeping::last(&kept) != until {
            return Err(RuntimeError::StillKept(kept.iter().map(Keeping::words).collect::<Vec<_>>().join("。")));
        }
        let batch = operation.batch.as_ref().ok_or(StoreError::NoBatch)?;
        let source = self.open_site(id)?.store.file_sha256(batch)?;
        let sealed = self.sealed_beside(id, &operation)?;
        let (stamp, today, ticket) = (self.clock.stamp(), self.today(), self.ticket.clone());
        let open = self.open_site_mut(id)?;
        let known = Arc::clone(&open.site);
        let told = |sheet: &CheckupSheet| intake::summary_of(&known, sheet);
        let erased = ticket.while_wanted(|going| open.store.erase(&stamp, &operation, &told, going))?;
        let site: Site = loading::load_tables(&open.store, id, today)?;
        open.is_whole = false;
        (self.read, self.shown, self.prepared) = (None, None, None);
        self.replace_site(site);
        self.make_whole(id)?;
        self.list_sealed(id, &sealed)?;
        // The path of a file in clear may name a company; one that still lies there stays on the list.
        self.registry.forget_settled(&source)?;
        Ok(erased)
    }

    /// As [`Desk::erase_batch`], confirmed by typing the establishment's short name.
    ///
    /// # Errors
    /// As [`Desk::erase_batch`].
    pub fn erase_batch_of(
        &mut self,
        id: &EstablishmentId,
        number: i64,
        typed: &str,
        until: Option<Day>,
    ) -> Result<Erased, RuntimeError> {
        if typed.trim().is_empty() || typed.trim() != self.site(id)?.establishment.short_name.trim() {
            return Err(RuntimeError::OtherConfirmation);
        }
        let (_, sha256) = self.erasable(id, number)?;
        self.erase_batch(id, number, &sha256, until)
    }
}
