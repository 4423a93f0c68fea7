//! Restoring: a new vault folder with fresh database keys from a backup; never over something that is there.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use age::{Recipient, x25519};

use super::archive::{self, Entry};
use super::image;
use super::manifest::{Manifest, Recipients};
use super::read::{self, Credential};
use crate::vault::database;
use crate::vault::error::VaultError;
use crate::vault::files::{Files, FilesError};
use crate::vault::identity_file::IdentityFile;
use crate::vault::key_file;
use crate::vault::layout::{DatabaseId, Header};
use crate::vault::secret::DatabaseKey;
use crate::vault::staging::Staging;

/// A header or an identity is never larger than this.
const SMALL: u64 = 1 << 16;

/// Builds a vault at a free place from a backup; it opens with the passphrase that the backup's identity had.
///
/// The identity lies inside the new folder, wherever it lay before. After the recovery code, set a new passphrase with
/// [`crate::vault::Vault::recover`]. A failure leaves nothing behind.
pub fn restore(
    files: &dyn Files,
    backup: &Path,
    into: &Path,
    credential: &Credential<'_>,
) -> Result<Manifest, VaultError> {
    let identity = credential.identity(files)?;
    let staging = Staging::begin(files, into)?;
    match unpack(files, &staging, backup, &identity) {
        Ok(manifest) => {
            staging.publish()?;
            Ok(manifest)
        }
        Err(error) => {
            staging.abandon();
            Err(error)
        }
    }
}

#[derive(Default)]
struct Unpacked {
    header: Option<Header>,
    identity: Option<Vec<u8>>,
    keys: BTreeMap<DatabaseId, DatabaseKey>,
}

/// Nothing is published before the manifest, which comes last, has agreed with every byte.
fn unpack(
    files: &dyn Files,
    staging: &Staging<'_>,
    backup: &Path,
    identity: &x25519::Identity,
) -> Result<Manifest, VaultError> {
    let mut unpacked = Unpacked::default();
    let manifest = read::read(files, backup, identity, |entry, content| {
        match (entry.name.as_str(), archive::database_of(&entry.name)) {
            ("vault.json", _) => unpacked.header = Some(Header::parse(&small(entry, content)?)?),
            ("identity.age", _) => unpacked.identity = Some(small(entry, content)?),
            (_, Some(id)) => {
                unpacked.keys.insert(id, load(files, staging, id, entry, content)?);
            }
            _ => return Err(VaultError::BackupDamaged),
        }
        Ok(())
    })?;
    finish(files, staging, &manifest, unpacked)?;
    Ok(manifest)
}

fn small(entry: &Entry, content: &mut dyn Read) -> Result<Vec<u8>, VaultError> {
    if entry.size > SMALL {
        return Err(VaultError::BackupDamaged);
    }
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes).map_err(|_| VaultError::BackupDamaged)?;
    Ok(bytes)
}

fn load(
    files: &dyn Files,
    staging: &Staging<'_>,
    id: DatabaseId,
    entry: &Entry,
    content: &mut dyn Read,
) -> Result<DatabaseKey, VaultError> {
    let key = DatabaseKey::generate()?;
    database::create(files, &staging.layout.database(id), id, &key, |connection| {
        image::load(connection, content, entry.size)
    })?;
    Ok(key)
}

fn finish(files: &dyn Files, staging: &Staging<'_>, manifest: &Manifest, unpacked: Unpacked) -> Result<(), VaultError> {
    let (Some(header), Some(identity)) = (unpacked.header, unpacked.identity) else {
        return Err(VaultError::BackupDamaged);
    };
    if header.vault != manifest.vault || !unpacked.keys.contains_key(&DatabaseId::Registry) {
        return Err(VaultError::BackupDamaged);
    }
    let (owner, recovery) = recipients(&manifest.recipients)?;
    for (id, key) in &unpacked.keys {
        let to: [&dyn Recipient; 2] = [&owner, &recovery];
        files.write_new(&staging.layout.key(*id), &key_file::seal(&to, *id, &header.vault, key)?)?;
    }
    write_identity(files, staging, &identity)?;
    staging.write_header(&Header { identity: None, identity_before: None, ..header })
}

fn recipients(named: &Recipients) -> Result<(x25519::Recipient, x25519::Recipient), VaultError> {
    let parse = |text: &str| text.parse().map_err(|_| VaultError::BackupDamaged);
    Ok((parse(&named.owner)?, parse(&named.recovery)?))
}

fn write_identity(files: &dyn Files, staging: &Staging<'_>, sealed: &[u8]) -> Result<(), FilesError> {
    IdentityFile::new(staging.layout.identity()).write_new(files, sealed)
}
