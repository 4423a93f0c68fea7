//! What a backup says about itself: every file with its hash, every audit chain with its head.

use openssl::sha::sha256;
use serde::{Deserialize, Serialize};

use crate::vault::error::VaultError;
use crate::vault::layout::DatabaseId;
use crate::vault::secret::hex;

pub(super) const NAME: &str = "manifest.json";
pub(super) const FORMAT: u32 = 1;
pub(super) const LIMIT: u64 = 1 << 24;

/// The manifest of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the backup.
    pub format: u32,
    /// The vault that was backed up.
    pub vault: String,
    /// When it was made, as the caller's clock said.
    pub made_at: String,
    pub(super) recipients: Recipients,
    /// Every file but the manifest itself.
    pub files: Vec<PackedFile>,
    /// The head of each database's audit chain: an anchor outside the vault.
    pub heads: Vec<Head>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedFile {
    /// Its name inside the archive.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its plain content, in hexadecimal digits.
    pub sha256: String,
}

/// The head of one database's audit chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The database (`registry`, `E01`, …).
    pub database: String,
    /// The head as the store computed it.
    pub audit_head: String,
}

/// To whom a restored vault seals its keys; they need not be known to who restores by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recipients {
    pub(super) owner: String,
    pub(super) recovery: String,
}

impl Head {
    pub(super) fn new(id: DatabaseId, audit_head: &str) -> Self {
        Self { database: id.to_string(), audit_head: audit_head.to_owned() }
    }
}

impl Manifest {
    pub(super) fn begin(vault: &str, made_at: &str, recipients: &Recipients) -> Self {
        let (vault, made_at, recipients) = (vault.to_owned(), made_at.to_owned(), recipients.clone());
        Self { format: FORMAT, vault, made_at, recipients, files: Vec::new(), heads: Vec::new() }
    }

    pub(super) fn add_file(&mut self, name: &str, content: &[u8]) {
        let (name, size) = (name.to_owned(), content.len() as u64);
        self.files.push(PackedFile { name, size, sha256: hex(&sha256(content)) });
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>, VaultError> {
        serde_json::to_vec_pretty(self).map_err(|_| VaultError::BackupDamaged)
    }
}
