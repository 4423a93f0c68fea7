//! The identity file on its medium: its checksum beside it, and the previous one kept until the next unlock.
//!
//! Renaming over a file is not atomic on a USB stick's FAT, so a copy of the old file stays until the new one has opened.
//! A changed byte in the header of an age file looks like a wrong passphrase; the checksum beside it tells them apart.

use std::path::{Path, PathBuf};

use openssl::sha::sha256;

use super::files::{Files, FilesError, parent};
use super::identity::{IdentityError, Owner};
use super::passphrase::Passphrase;
use super::secret::hex;

/// The paths of one identity file.
#[derive(Debug, Clone)]
pub(super) struct IdentityFile {
    path: PathBuf,
}

/// An opened identity and where it came from.
pub(super) struct Opened {
    pub(super) owner: Owner,
    /// From the previous file kept beside it.
    pub(super) from_previous: bool,
    /// From the place where it lay before it was moved.
    pub(super) from_before: bool,
}

impl IdentityFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_os_string();
        name.push(ending);
        self.path.with_file_name(name)
    }

    fn previous(&self) -> PathBuf {
        self.beside(".previous")
    }

    fn checksum(&self) -> PathBuf {
        self.beside(".sha256")
    }

    /// Writes a first identity file; an existing one is never overwritten.
    pub(super) fn write_new(&self, files: &dyn Files, sealed: &[u8]) -> Result<(), FilesError> {
        if files.exists(&self.path) {
            return Err(FilesError::AlreadyExists);
        }
        files.replace(&self.checksum(), checksum_line(sealed).as_bytes())?;
        files.write_new(&self.path, sealed)?;
        files.sync_dir(parent(&self.path))
    }

    /// Replaces the identity file: the old one is copied aside first, then both checksums are noted, then it is replaced.
    pub(super) fn replace(&self, files: &dyn Files, sealed: &[u8]) -> Result<(), FilesError> {
        let mut known = checksum_line(sealed);
        if files.exists(&self.path) {
            let old = files.read(&self.path)?;
            files.replace(&self.previous(), &old)?;
            known.push_str(&checksum_line(&old));
        }
        files.replace(&self.checksum(), known.as_bytes())?;
        files.replace(&self.path, sealed)
    }

    /// Opens the identity, or the kept previous one if the file is gone or damaged.
    pub(super) fn open(&self, files: &dyn Files, passphrase: &Passphrase) -> Result<Opened, IdentityError> {
        match self.open_one(files, &self.path, passphrase) {
            Ok(owner) => Ok(Opened { owner, from_previous: false, from_before: false }),
            Err(reason @ (IdentityError::Missing | IdentityError::Damaged)) => self
                .open_one(files, &self.previous(), passphrase)
                .map(|owner| Opened { owner, from_previous: true, from_before: false })
                .map_err(|kept| if kept == IdentityError::WrongPassphrase { kept } else { reason }),
            Err(reason) => Err(reason),
        }
    }

    fn open_one(&self, files: &dyn Files, path: &Path, passphrase: &Passphrase) -> Result<Owner, IdentityError> {
        let sealed = match files.read(path) {
            Err(FilesError::Missing) => return Err(IdentityError::Missing),
            other => other?,
        };
        match Owner::open(&sealed, passphrase) {
            Err(IdentityError::WrongPassphrase) if !self.is_known(files, &sealed) => Err(IdentityError::Damaged),
            other => other,
        }
    }

    /// Tells whether the content is one we wrote; without a checksum file nothing speaks against it.
    fn is_known(&self, files: &dyn Files, sealed: &[u8]) -> bool {
        files.read(&self.checksum()).map_or(true, |known| {
            let line = checksum_line(sealed);
            String::from_utf8_lossy(&known).lines().any(|noted| noted == line.trim_end())
        })
    }

    /// After a successful unlock: heals the file from the previous one, or drops the previous one.
    pub(super) fn settle(&self, files: &dyn Files, from_previous: bool) -> Result<(), FilesError> {
        let previous = self.previous();
        if from_previous {
            let kept = files.read(&previous)?;
            files.replace(&self.checksum(), checksum_line(&kept).as_bytes())?;
            files.replace(&self.path, &kept)?;
        }
        if files.exists(&previous) {
            files.remove(&previous)?;
            files.sync_dir(parent(&self.path))?;
        }
        Ok(())
    }

    /// Removes the file and what lies beside it, after the identity has moved elsewhere.
    pub(super) fn remove(&self, files: &dyn Files) -> Result<(), FilesError> {
        for path in [self.path.clone(), self.previous(), self.checksum()] {
            if files.exists(&path) {
                files.remove(&path)?;
            }
        }
        files.sync_dir(parent(&self.path))
    }
}

fn checksum_line(sealed: &[u8]) -> String {
    format!("{}  identity.age\n", hex(&sha256(sealed)))
}
