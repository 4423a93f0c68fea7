//! The identity moves to another medium, or comes back; the file it leaves is kept until the next unlock.
//!
//! Until an unlock has read the new file, nobody knows that the stick keeps what it was given.

use std::path::{Path, PathBuf};

use super::error::VaultError;
use super::files::{Files, FilesError};
use super::identity::IdentityError;
use super::identity_file::IdentityFile;
use super::layout::{Header, Layout};
use super::open::Vault;
use super::passphrase::Passphrase;

/// Names a place from the root on: the vault may be opened from another folder tomorrow.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Tells whether a key lies on another medium than the vault; where the platform does not say, any other place counts.
pub(super) fn is_second_medium(files: &dyn Files, vault: &Path, identity: Option<&Path>) -> bool {
    let Some(identity) = identity else { return false };
    match (files.medium(identity), files.medium(vault)) {
        (Some(key), Some(vault)) => key != vault,
        _ => true,
    }
}

/// The file that a move left behind, if the new one has not opened yet.
pub(super) fn kept(layout: &Layout, header: &Header) -> Option<IdentityFile> {
    header.identity_before.as_ref().map(|before| IdentityFile::new(layout.root().join(before)))
}

/// After a successful unlock: drops the file that a move left behind, or goes back to it if it had to stand in.
///
/// A medium that is not there today keeps its file; the next unlock tries again.
pub(super) fn settle(
    files: &dyn Files,
    layout: &Layout,
    header: Header,
    used: &IdentityFile,
    stood_in: bool,
) -> Header {
    let Some(kept) = kept(layout, &header) else { return header };
    let settled = match kept.path() == used.path() {
        true if !stood_in => return header,
        true => Header { identity: header.identity_before.clone().filter(|p| p.is_absolute()), ..header.clone() },
        false if kept.remove(files).is_err() => return header,
        false => header.clone(),
    };
    let settled = Header { identity_before: None, ..settled };
    let written = settled.bytes().and_then(|bytes| Ok(files.replace(&layout.header(), &bytes)?));
    if written.is_ok() { settled } else { header }
}

impl Vault {
    /// Moves the identity to another medium (`Some`) or back into the vault folder (`None`).
    ///
    /// The new file is written and read back, then `vault.json` names it: at every moment the file that it names is
    /// whole. The old file stays until the next unlock. The passphrase must be strong enough for the new place.
    pub fn move_identity(&mut self, to: Option<&Path>, passphrase: &Passphrase) -> Result<(), VaultError> {
        let to = to.map(absolute);
        let is_second = is_second_medium(&*self.files, self.layout.root(), to.as_deref());
        match self.identity.open(&*self.files, passphrase) {
            Err(IdentityError::WrongPassphrase) => return Err(VaultError::OldPassphraseWrong),
            other => other?,
        };
        if !self.header.demo {
            passphrase.check(is_second)?;
        }
        let target = IdentityFile::new(to.clone().unwrap_or_else(|| self.layout.identity()));
        self.copy_identity(&target)?;
        let left = std::mem::replace(&mut self.identity, target);
        let earlier = kept(&self.layout, &self.header).filter(|kept| kept.path() != self.identity.path());
        self.point_to_identity(to, Some(self.place_of(&left)))?;
        // One that was left earlier is older than the one that is kept now.
        Ok(earlier.map_or(Ok(()), |earlier| earlier.remove(&*self.files))?)
    }

    /// Below the vault folder a place is relative to it, so that the folder may be moved.
    fn place_of(&self, identity: &IdentityFile) -> PathBuf {
        let inside = identity.path().strip_prefix(self.layout.root());
        inside.map_or_else(|_| absolute(identity.path()), Path::to_path_buf)
    }

    fn copy_identity(&self, target: &IdentityFile) -> Result<(), VaultError> {
        let sealed = self.files.read(self.identity.path())?;
        let is_ours = kept(&self.layout, &self.header).is_some_and(|kept| kept.path() == target.path());
        let has_moved = target.path() != self.identity.path();
        if is_ours && has_moved {
            target.replace(&*self.files, &sealed)?;
        } else {
            target.write_new(&*self.files, &sealed)?;
        }
        let back = self.files.read(target.path())?;
        if back == sealed { Ok(()) } else { Err(FilesError::Failed(std::io::ErrorKind::InvalidData).into()) }
    }

    pub(super) fn point_to_identity(
        &mut self,
        place: Option<PathBuf>,
        before: Option<PathBuf>,
    ) -> Result<(), VaultError> {
        let header = Header { identity: place, identity_before: before, ..self.header.clone() };
        self.files.replace(&self.layout.header(), &header.bytes()?)?;
        self.header = header;
        Ok(())
    }
}
