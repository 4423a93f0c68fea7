//! Acts on the vault itself: the passphrase, and files in clear that are to be settled.

use std::path::Path;

use super::desk::Desk;
use super::error::RuntimeError;
use crate::vault::files::FilesError;
use crate::vault::{Passphrase, WORK_FACTOR, WORK_FACTOR_QUICK};

impl Desk {
    /// Sets a new passphrase; the old identity file is kept until the next unlock.
    ///
    /// # Errors
    /// The old passphrase is wrong, the new one too weak, or the file cannot be written; the old one holds then.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase) -> Result<(), RuntimeError> {
        let work_factor = if self.is_demo() { WORK_FACTOR_QUICK } else { WORK_FACTOR };
        self.vault.change_passphrase(old, new, work_factor)?;
        Ok(self.registry.audit(&self.clock.stamp(), "パスフレーズの変更", "", "")?)
    }

    /// Notes that a file in clear was settled; with `deletes` it is deleted first.
    ///
    /// # Errors
    /// The file cannot be deleted; it stays on the list then.
    pub fn settle_clear_file(&mut self, number: i64, deletes: bool) -> Result<(), RuntimeError> {
        let stamp = self.clock.stamp();
        if let Some(file) = self.registry.clear_files()?.into_iter().find(|file| file.number == number && deletes) {
            match self.files.remove(Path::new(&file.path)) {
                // Somebody deleted it already: that settles it too.
                Ok(()) | Err(FilesError::Missing) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.registry.settle_clear_file(stamp.day, number)?;
        let event = if deletes { "平文ファイルの削除" } else { "平文ファイルの確認" };
        self.registry.audit(&stamp, event, &number.to_string(), "")?;
        self.renew_vault_view()?;
        self.publish();
        Ok(())
    }
}
