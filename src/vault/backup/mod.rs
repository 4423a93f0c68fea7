//! Backups: the whole vault of one moment in one age file, verified before it is called done.
//!
//! Inside lies a plain tar archive (`age -d -i identity.age FILE | tar x` gives databases that `sqlite3` reads):
//! `vault.json`, `identity.age`, `registry.db`, `sites/E01.db`, …, and `manifest.json` last, with every hash. The plain
//! databases exist in memory only. Knows no table but `vault_meta`.

pub(super) mod archive;
mod image;
mod manifest;
mod read;
mod restore;

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::path::Path;

use age::{Encryptor, Recipient};

use super::database::OpenDatabase;
use super::error::VaultError;
use super::files::{Files, FilesError, NewFile, parent, temporary_name};
use super::layout::DatabaseId;
use super::open::Vault;
use super::secret::CryptoError;

pub use manifest::{Head, Manifest, PackedFile};
pub use read::Credential;
pub use restore::restore;

/// Bytes gathered before one write to the medium.
const BUFFER: usize = 1 << 20;

/// One open database that goes into the backup.
#[derive(Debug)]
pub struct Source<'a> {
    /// The database; borrowed for the whole backup, so nothing can change it meanwhile.
    pub database: &'a mut OpenDatabase,
    /// The head of its audit chain at this moment, as the store computed it.
    pub audit_head: String,
}

impl Vault {
    /// Writes a backup of all databases to a new file and reads it back before it returns.
    ///
    /// `made_at` is a time as text from the caller's clock. Fails with [`VaultError::Incomplete`] unless the registry and
    /// every establishment are handed in, and with [`VaultError::EditRunning`] inside a transaction.
    pub fn backup(&self, sources: &mut [Source<'_>], to: &Path, made_at: &str) -> Result<Manifest, VaultError> {
        self.refuse_incomplete(sources)?;
        if self.files.exists(to) {
            return Err(VaultError::TargetExists);
        }
        let temporary = temporary_name(to);
        if self.files.exists(&temporary) {
            self.files.remove(&temporary)?;
        }
        let done = self.write_and_verify(sources, &temporary, made_at);
        if done.is_err() {
            let _ = self.files.remove(&temporary);
            return done;
        }
        self.files.rename(&temporary, to)?;
        self.files.sync_dir(parent(to))?;
        done
    }

    fn refuse_incomplete(&self, sources: &[Source<'_>]) -> Result<(), VaultError> {
        let given: BTreeSet<DatabaseId> = sources.iter().map(|source| source.database.id).collect();
        let wanted: BTreeSet<DatabaseId> = self.sites()?.into_iter().chain([DatabaseId::Registry]).collect();
        if given != wanted || given.len() != sources.len() {
            return Err(VaultError::Incomplete);
        }
        let idle = sources.iter().all(|source| source.database.connection.is_autocommit());
        if idle { Ok(()) } else { Err(VaultError::EditRunning) }
    }

    /// Verifies before the file gets its name: what bears the name of a backup has been read back.
    fn write_and_verify(
        &self,
        sources: &mut [Source<'_>],
        temporary: &Path,
        made_at: &str,
    ) -> Result<Manifest, VaultError> {
        let mut manifest = Manifest::begin(&self.header.vault, made_at, &self.recipients());
        let file = BufWriter::with_capacity(BUFFER, self.files.create_new(temporary)?);
        let mut file = self.pack(sources, file, &mut manifest)?;
        file.sync()?;
        drop(file);
        let found = read::verify(&*self.files, temporary, &self.owner.secret);
        if found.as_ref() == Ok(&manifest) { Ok(manifest) } else { Err(VaultError::BackupNotVerified) }
    }

    fn pack(
        &self,
        sources: &mut [Source<'_>],
        file: BufWriter<Box<dyn NewFile>>,
        manifest: &mut Manifest,
    ) -> Result<Box<dyn NewFile>, VaultError> {
        let recipients: [&dyn Recipient; 2] = [&self.owner.secret.to_public(), &self.owner.recovery];
        let encryptor = Encryptor::with_recipients(recipients.into_iter()).map_err(|_| CryptoError)?;
        let mut sealed = encryptor.wrap_output(file).map_err(FilesError::from)?;
        let mut pack = |name: &str, content: &[u8]| -> Result<(), VaultError> {
            manifest.add_file(name, content);
            Ok(archive::append(&mut sealed, name, content).map_err(FilesError::from)?)
        };
        pack("vault.json", &self.header.bytes()?)?;
        pack("identity.age", &self.files.read(self.identity.path())?)?;
        for source in sources.iter_mut() {
            let id = source.database.id;
            image::with_plain_image(source.database, |plain| pack(&archive::name_of(id), plain))?;
        }
        manifest.heads = sources.iter().map(|source| Head::new(source.database.id, &source.audit_head)).collect();
        archive::append(&mut sealed, manifest::NAME, &manifest.bytes()?).map_err(FilesError::from)?;
        archive::finish(&mut sealed).map_err(FilesError::from)?;
        let mut file = sealed.finish().map_err(FilesError::from)?;
        file.flush().map_err(FilesError::from)?;
        Ok(file.into_inner().map_err(|error| FilesError::from(error.into_error()))?)
    }

    fn recipients(&self) -> manifest::Recipients {
        manifest::Recipients {
            owner: self.owner.secret.to_public().to_string(),
            recovery: self.owner.recovery.to_string(),
        }
    }
}

/// Reads a whole backup, compares every hash and returns its manifest; changes nothing.
pub fn verify(files: &dyn Files, path: &Path, credential: &Credential<'_>) -> Result<Manifest, VaultError> {
    let identity = credential.identity(files)?;
    read::verify(files, path, &identity)
}
