//! Reading a backup as a stream: every file is hashed while it passes, the manifest at the end must agree.

use std::io::{BufReader, Read};
use std::path::Path;

use age::x25519;
use age::{DecryptError, Decryptor};
use openssl::sha::Sha256;

use super::archive::{self, Entry};
use super::manifest::{self, Manifest, PackedFile};
use crate::vault::error::VaultError;
use crate::vault::files::Files;
use crate::vault::identity_file::IdentityFile;
use crate::vault::passphrase::Passphrase;
use crate::vault::recovery::RecoveryCode;
use crate::vault::secret::hex;

/// What opens a backup.
#[derive(Debug)]
pub enum Credential<'a> {
    /// The recovery code.
    Recovery(&'a RecoveryCode),
    /// The owner's identity file and its passphrase.
    Identity {
        /// Where the identity file lies.
        path: &'a Path,
        /// Its passphrase.
        passphrase: &'a Passphrase,
    },
}

impl Credential<'_> {
    pub(super) fn identity(&self, files: &dyn Files) -> Result<x25519::Identity, VaultError> {
        match self {
            Self::Recovery(code) => Ok(code.identity()?),
            Self::Identity { path, passphrase } => {
                Ok(IdentityFile::new(path.to_path_buf()).open(files, passphrase)?.owner.secret)
            }
        }
    }
}

/// Reads everything and compares every hash.
pub(super) fn verify(files: &dyn Files, path: &Path, identity: &x25519::Identity) -> Result<Manifest, VaultError> {
    read(files, path, identity, |_, content| {
        std::io::copy(content, &mut std::io::sink()).map(drop).map_err(|_| VaultError::BackupDamaged)
    })
}

/// Shows every file but the manifest to `visit`, then compares what passed with the manifest.
pub(super) fn read(
    files: &dyn Files,
    path: &Path,
    identity: &x25519::Identity,
    mut visit: impl FnMut(&Entry, &mut dyn Read) -> Result<(), VaultError>,
) -> Result<Manifest, VaultError> {
    let sealed = BufReader::with_capacity(super::BUFFER, files.open(path)?);
    let opened = Decryptor::new_buffered(sealed).and_then(|file| file.decrypt(std::iter::once(identity as _)));
    let mut stream = opened.map_err(|error: DecryptError| damaged(&error))?;
    let mut passed = Vec::new();
    loop {
        let entry = archive::next(&mut stream).map_err(|_| VaultError::BackupDamaged)?;
        let entry = entry.ok_or(VaultError::BackupDamaged)?;
        if entry.name == manifest::NAME {
            let manifest = read_manifest(&mut stream, entry.size)?;
            read_end(&mut stream, entry.size)?;
            return if manifest.files == passed { Ok(manifest) } else { Err(VaultError::BackupDamaged) };
        }
        passed.push(pass(&mut stream, &entry, &mut visit)?);
    }
}

fn damaged(_: &DecryptError) -> VaultError {
    VaultError::BackupDamaged
}

fn pass(
    stream: &mut dyn Read,
    entry: &Entry,
    visit: &mut dyn FnMut(&Entry, &mut dyn Read) -> Result<(), VaultError>,
) -> Result<PackedFile, VaultError> {
    let mut content = Hashed { inner: stream.take(entry.size), hash: Sha256::new(), length: 0 };
    visit(entry, &mut content)?;
    let rest = std::io::copy(&mut content, &mut std::io::sink());
    rest.map_err(|_| VaultError::BackupDamaged)?;
    let Hashed { hash, length, .. } = content;
    archive::skip_padding(stream, entry.size).map_err(|_| VaultError::BackupDamaged)?;
    let sha256 = hex(&hash.finish());
    if length == entry.size {
        Ok(PackedFile { name: entry.name.clone(), size: length, sha256 })
    } else {
        Err(VaultError::BackupDamaged)
    }
}

/// A newer format is told from damage before the rest is read.
fn read_manifest(stream: &mut dyn Read, size: u64) -> Result<Manifest, VaultError> {
    if size > manifest::LIMIT {
        return Err(VaultError::BackupDamaged);
    }
    let value: serde_json::Value = serde_json::from_reader(stream.take(size)).map_err(|_| VaultError::BackupDamaged)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64).unwrap_or_default();
    if format > u64::from(manifest::FORMAT) {
        let found = u32::try_from(format).unwrap_or(u32::MAX);
        return Err(VaultError::NewerVersion { found, known: manifest::FORMAT });
    }
    serde_json::from_value(value).map_err(|_| VaultError::BackupDamaged)
}

/// Reads to the end: only the last chunk of an age file proves that nothing was cut off.
fn read_end(stream: &mut dyn Read, size: u64) -> Result<(), VaultError> {
    let skipped = archive::skip_padding(stream, size);
    let ended = skipped.and_then(|()| archive::next(stream));
    let rest = std::io::copy(stream, &mut std::io::sink());
    match (ended, rest) {
        (Ok(None), Ok(_)) => Ok(()),
        _ => Err(VaultError::BackupDamaged),
    }
}

struct Hashed<R> {
    inner: R,
    hash: Sha256,
    length: u64,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.length += read as u64;
        Ok(read)
    }
}
