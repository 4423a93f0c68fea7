//! Backups: every database of one moment into one sealed file that was read back.

use std::path::Path;

use openssl::sha::Sha256;
use serde_json::json;

use super::desk::Desk;
use super::error::RuntimeError;
use crate::store::audit::{Head, hex};
use crate::store::registry::BackupLine;
use crate::vault::backup::{Manifest, Source};
use crate::vault::files::{Files, FilesError};

/// Bytes read at once for the hash of a backup.
const PIECE: usize = 1 << 16;

impl Desk {
    /// Writes a backup to a new file, reads it back, and remembers it with the audit heads of that moment.
    ///
    /// # Errors
    /// An establishment is not open, the file exists, the disk is full, or what was read back differs.
    pub fn back_up(&mut self, to: &Path) -> Result<Manifest, RuntimeError> {
        if let Some((id, _)) = self.unopened.first() {
            return Err(RuntimeError::SiteNotOpen(id.to_string()));
        }
        let stamp = self.clock.stamp();
        self.registry.audit(&stamp, "控えの作成", "", "")?;
        self.note_heads()?;
        let heads = self.heads()?;
        let manifest = self.lend(|vault, databases| {
            let sources = databases.iter_mut().zip(&heads);
            let mut sources: Vec<Source<'_>> =
                sources.map(|(database, head)| Source { database, audit_head: anchor(head) }).collect();
            Ok(vault.backup(&mut sources, to, &stamp.at)?)
        })?;
        let (sha256, bytes) = measure(&*self.files, to)?;
        let known: Vec<_> =
            manifest.heads.iter().map(|head| json!({ "database": head.database, "head": head.audit_head })).collect();
        let line = BackupLine { at: stamp.at, sha256, bytes, heads: json!(known).to_string() };
        self.registry.add_backup(&line)?;
        self.renew_vault_view()?;
        self.publish();
        Ok(manifest)
    }

    /// The newest audit heads: the registry's first, then each establishment's.
    pub(super) fn heads(&self) -> Result<Vec<Head>, RuntimeError> {
        let mut heads = vec![self.registry.head()?];
        for open in &self.sites {
            heads.push(open.store.head()?);
        }
        Ok(heads)
    }
}

/// A head as it stands outside the vault: `1234:ab12…`.
pub(super) fn anchor(head: &Head) -> String {
    format!("{}:{}", head.number, head.digest)
}

/// Reads an anchor back.
pub(super) fn head_of(anchor: &str) -> Option<Head> {
    let (number, digest) = anchor.split_once(':')?;
    Some(Head { number: number.parse().ok()?, digest: digest.to_owned() })
}

fn measure(files: &dyn Files, path: &Path) -> Result<(String, i64), RuntimeError> {
    let mut file = files.open(path)?;
    let (mut hash, mut length, mut piece) = (Sha256::new(), 0_i64, vec![0; PIECE]);
    loop {
        let read = std::io::Read::read(&mut file, &mut piece).map_err(FilesError::from)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        length = length.saturating_add(i64::try_from(read).unwrap_or(i64::MAX));
    }
    Ok((hex(&hash.finish()), length))
}
