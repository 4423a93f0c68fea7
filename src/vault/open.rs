//! The open vault: unlocked by the owner's identity, held by one instance.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::database::{self, OpenDatabase, Place};
use super::error::VaultError;
use super::failures::{self, FailedUnlocks};
use super::files::Files;
use super::identity::{IdentityError, Owner};
use super::identity_file::{IdentityFile, Opened};
use super::layout::{DatabaseId, Header, Layout};
use super::lock::WriterLock;
use super::moving;
use super::passphrase::Passphrase;
use super::places::{self, Warning};

/// What an unlock needs.
#[derive(Debug)]
pub struct Unlock<'a> {
    /// The passphrase as typed.
    pub passphrase: &'a Passphrase,
    /// The identity file, if it is not where `vault.json` says (a stick that is mounted elsewhere today).
    pub identity: Option<&'a Path>,
    /// Today, for the counter of failed unlocks.
    pub day: NaiveDate,
}

/// The open vault; dropping it wipes the identity and lets the lock go.
pub struct Vault {
    pub(super) files: Arc<dyn Files>,
    pub(super) layout: Layout,
    pub(super) header: Header,
    pub(super) owner: Owner,
    pub(super) identity: IdentityFile,
    warnings: Vec<Warning>,
    failed_unlocks: Option<FailedUnlocks>,
    _lock: WriterLock,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Vault").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Vault {
    /// Unlocks the vault in this folder; a wrong passphrase is counted in the plain counter file.
    pub fn unlock(files: Arc<dyn Files>, folder: &Path, unlock: &Unlock<'_>) -> Result<Self, VaultError> {
        let layout = Layout::new(folder);
        let header = Header::read(&*files, &layout)?;
        let lock = WriterLock::take(&layout.lock())?;
        let (identity, opened) = open_identity(&*files, &layout, &header, unlock)?;
        let failed_unlocks = failures::read(&*files, &layout, unlock.day);
        // The kept file may stay if its medium cannot be written today; the next unlock tries again.
        let _ = identity.settle(&*files, opened.from_previous);
        let header = moving::settle(&*files, &layout, header, &identity, opened.from_before);
        let mut vault = Self::assemble(files, layout, header, opened.owner, identity, lock)?;
        vault.failed_unlocks = failed_unlocks;
        let stood_in = opened.from_previous || opened.from_before;
        vault.warnings.extend(stood_in.then_some(Warning::PreviousIdentity));
        vault.finish_rotation()?;
        Ok(vault)
    }

    /// Takes the lock of a vault whose owner is already known, after `create` or a recovery.
    pub(super) fn opened(
        files: Arc<dyn Files>,
        layout: Layout,
        header: Header,
        owner: Owner,
    ) -> Result<Self, VaultError> {
        let lock = WriterLock::take(&layout.lock())?;
        let identity = IdentityFile::new(header.identity.clone().unwrap_or_else(|| layout.identity()));
        Self::assemble(files, layout, header, owner, identity, lock)
    }

    pub(super) fn assemble(
        files: Arc<dyn Files>,
        layout: Layout,
        header: Header,
        owner: Owner,
        identity: IdentityFile,
        lock: WriterLock,
    ) -> Result<Self, VaultError> {
        let warnings = warnings(&*files, &layout, &header)?;
        Ok(Self { files, layout, header, owner, identity, warnings, failed_unlocks: None, _lock: lock })
    }

    /// Returns what `vault.json` says.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns where everything lies.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Returns what the physician should be told about the place and the files.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Tells whether the identity lies on another medium, which allows a shorter passphrase.
    pub fn second_medium(&self) -> bool {
        moving::is_second_medium(&*self.files, self.layout.root(), self.header.identity.as_deref())
    }

    /// Returns the failed unlocks since the last success, for the store to write down as 未認証.
    pub fn failed_unlocks(&self) -> Option<FailedUnlocks> {
        self.failed_unlocks
    }

    /// Resets the counter, to be called after the store has written it down.
    pub fn forget_failed_unlocks(&mut self) -> Result<(), VaultError> {
        failures::forget(&*self.files, &self.layout)?;
        self.failed_unlocks = None;
        Ok(())
    }

    /// Opens the registry.
    pub fn open_registry(&self) -> Result<OpenDatabase, VaultError> {
        self.open_database(DatabaseId::Registry)
    }

    /// Opens the database of one establishment by its number.
    pub fn open_site(&self, number: u32) -> Result<OpenDatabase, VaultError> {
        self.open_database(DatabaseId::Site(number))
    }

    /// Opens any database of the vault.
    pub fn open_database(&self, id: DatabaseId) -> Result<OpenDatabase, VaultError> {
        Ok(database::open(&self.place(), id)?)
    }

    pub(super) fn place(&self) -> Place<'_> {
        Place { files: &*self.files, layout: &self.layout, vault: &self.header.vault, identity: &self.owner.secret }
    }

    /// Sets a new passphrase; the old file is kept beside it until the next unlock.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase, work_factor: u8) -> Result<(), VaultError> {
        new.check(self.second_medium())?;
        match self.identity.open(&*self.files, old) {
            Err(IdentityError::WrongPassphrase) => return Err(VaultError::OldPassphraseWrong),
            other => other?,
        };
        let sealed = self.owner.seal(new, work_factor)?;
        Ok(self.identity.replace(&*self.files, &sealed)?)
    }
}

fn open_identity(
    files: &dyn Files,
    layout: &Layout,
    header: &Header,
    unlock: &Unlock<'_>,
) -> Result<(IdentityFile, Opened), VaultError> {
    let place = unlock.identity.map(Path::to_path_buf).or_else(|| header.identity.clone());
    let identity = IdentityFile::new(place.unwrap_or_else(|| layout.identity()));
    let opened = identity.open(files, unlock.passphrase);
    let is_gone = matches!(opened, Err(IdentityError::Missing | IdentityError::Damaged));
    let kept = moving::kept(layout, header).filter(|_| is_gone && unlock.identity.is_none());
    let (identity, opened) = match kept.map(|kept| (kept.open(files, unlock.passphrase), kept)) {
        Some((Ok(opened), kept)) => (kept, Ok(Opened { from_before: true, ..opened })),
        _ => (identity, opened),
    };
    if matches!(opened, Err(IdentityError::WrongPassphrase)) {
        // A counter that cannot be written must not hide why the unlock failed.
        let _ = failures::add(files, layout, unlock.day);
    }
    let opened = opened?;
    if opened.owner.vault == header.vault { Ok((identity, opened)) } else { Err(IdentityError::OtherVault.into()) }
}

/// Takes the rights of others away; a FAT medium cannot, which is said and is no reason to stay locked.
fn restrict(files: &dyn Files, layout: &Layout) -> Result<Vec<Warning>, VaultError> {
    let open = layout.open_to_others(files)?;
    for path in &open {
        let _ = files.restrict(path);
    }
    let open = open.len();
    let left = layout.open_to_others(files)?.len();
    let restricted = (open > left).then(|| Warning::Restricted(open - left));
    Ok(restricted.into_iter().chain((left > 0).then_some(Warning::NotRestricted(left))).collect())
}

fn warnings(files: &dyn Files, layout: &Layout, header: &Header) -> Result<Vec<Warning>, VaultError> {
    let mut warnings = places::inspect(layout.root());
    warnings.extend(restrict(files, layout)?);
    let left_behind = header.identity.is_some() && files.exists(&layout.identity());
    warnings.extend(left_behind.then_some(Warning::IdentityLeftBehind));
    Ok(warnings)
}
