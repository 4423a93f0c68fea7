//! Recovery: the code opens the database keys, a new identity takes them over.
//!
//! The newly sealed keys are written beside the old ones (`.next`); the new identity file is the point of no return; the
//! renames after it can be cut off anywhere, because an identity that finds its key only in `.next` finishes the work.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use age::x25519;

use super::database::{self, DatabaseError, Place};
use super::error::VaultError;
use super::files::{Files, FilesError};
use super::identity::Owner;
use super::identity_file::IdentityFile;
use super::key_file;
use super::layout::{DatabaseId, Header, Layout};
use super::lock::WriterLock;
use super::moving;
use super::open::Vault;
use super::passphrase::Passphrase;
use super::recovery::RecoveryCode;
use super::sites;

/// What a recovery needs.
#[derive(Debug)]
pub struct Recovery<'a> {
    /// The code as typed from the paper.
    pub code: &'a RecoveryCode,
    /// The new passphrase.
    pub passphrase: &'a Passphrase,
    /// Where the new identity goes: another medium, or `None` for the vault folder.
    pub identity: Option<PathBuf>,
    /// The scrypt work factor of the new identity.
    pub work_factor: u8,
}

impl Vault {
    /// Opens the vault with the recovery code and sets a new identity under a new passphrase.
    ///
    /// The lost identity opens nothing of this folder afterwards; copies made earlier still open with it. The recovery
    /// code stays the same.
    pub fn recover(files: Arc<dyn Files>, folder: &Path, recovery: &Recovery<'_>) -> Result<Self, VaultError> {
        let layout = Layout::new(folder);
        let header = Header::read(&*files, &layout)?;
        if !header.demo {
            let second = moving::is_second_medium(&*files, folder, recovery.identity.as_deref());
            recovery.passphrase.check(second)?;
        }
        let lock = WriterLock::take(&layout.lock())?;
        let secret = recovery.code.identity()?;
        let owner = Owner::generate(&header.vault, secret.to_public());
        reseal(&*files, &layout, &header, &secret, &owner)?;
        let identity = place_identity(&*files, &layout, &header, &owner, recovery)?;
        let mut vault = Self::assemble(files, layout, header, owner, identity, lock)?;
        let place = recovery.identity.as_deref().map(moving::absolute);
        if vault.header.identity != place || vault.header.identity_before.is_some() {
            vault.point_to_identity(place, None)?;
        }
        vault.finish_rotation()?;
        Ok(vault)
    }

    /// Finishes a change of identities that was cut off, or clears one away that never came to its point of no return.
    pub(super) fn finish_rotation(&mut self) -> Result<(), VaultError> {
        let ids = sites::present(&*self.files, &self.layout)?;
        let pending: Vec<DatabaseId> =
            ids.into_iter().filter(|id| self.files.exists(&self.layout.next_key(*id))).collect();
        for id in &pending {
            let next = self.layout.next_key(*id);
            let ours = key_file::open(&self.owner.secret, &self.files.read(&next)?).is_ok();
            if ours { self.files.rename(&next, &self.layout.key(*id))? } else { self.files.remove(&next)? }
        }
        if pending.is_empty() { Ok(()) } else { Ok(sync_folders(&*self.files, &self.layout)?) }
    }
}

/// Writes the new identity; on a medium that `vault.json` does not name, an existing file is somebody else's.
fn place_identity(
    files: &dyn Files,
    layout: &Layout,
    header: &Header,
    owner: &Owner,
    recovery: &Recovery<'_>,
) -> Result<IdentityFile, VaultError> {
    let place = &recovery.identity.as_deref().map(moving::absolute);
    let identity = IdentityFile::new(place.clone().unwrap_or_else(|| layout.identity()));
    let sealed = owner.seal(recovery.passphrase, recovery.work_factor)?;
    if place.is_some() && *place != header.identity {
        identity.write_new(files, &sealed)?;
    } else {
        identity.replace(files, &sealed)?;
    }
    Ok(identity)
}

fn reseal(
    files: &dyn Files,
    layout: &Layout,
    header: &Header,
    recovery: &x25519::Identity,
    owner: &Owner,
) -> Result<(), VaultError> {
    let place = Place { files, layout, vault: &header.vault, identity: recovery };
    for id in sites::present(files, layout)? {
        let opened = match database::read_key(&place, id) {
            Err(DatabaseError::KeyDamaged(DatabaseId::Registry)) => return Err(VaultError::OtherRecoveryCode),
            // The others are not held back by one key that nobody can open; the opening names it.
            Err(DatabaseError::KeyDamaged(DatabaseId::Site(_))) => continue,
            other => other?,
        };
        let sealed = key_file::seal(&[&owner.secret.to_public(), &owner.recovery], id, &header.vault, &opened.key)?;
        files.replace(&layout.next_key(id), &sealed)?;
    }
    Ok(())
}

fn sync_folders(files: &dyn Files, layout: &Layout) -> Result<(), FilesError> {
    files.sync_dir(&layout.sites())?;
    files.sync_dir(layout.root())
}
