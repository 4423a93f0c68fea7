//! Acts on the vault itself: the passphrase, the key's place, and files in clear that are to be settled.

use std::path::Path;

use super::desk::Desk;
use super::error::RuntimeError;
use super::opening::work_factor;
use crate::vault::Passphrase;
use crate::vault::files::FilesError;

impl Desk {
    /// Sets a new passphrase; the old identity file is kept until the next unlock.
    ///
    /// # Errors
    /// The old passphrase is wrong, the new one too weak, or the file cannot be written; the old one holds then.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase) -> Result<(), RuntimeError> {
        self.vault.change_passphrase(old, new, work_factor(self.is_demo()))?;
        Ok(self.registry.audit(&self.clock.stamp(), "パスフレーズの変更", "", "")?)
    }

    /// Moves the key to another medium, or back into the vault (none); the file it leaves is kept until the next unlock.
    ///
    /// # Errors
    /// A wrong passphrase, one too short for the new place, or a file that cannot be written; the old place holds then.
    pub fn move_key(&mut self, to: Option<&Path>, passphrase: &Passphrase) -> Result<(), RuntimeError> {
        self.vault.move_identity(to, passphrase)?;
        let whither = if to.is_some() { "別の場所へ" } else { "金庫の中へ" };
        self.registry.audit(&self.clock.stamp(), "鍵の移動", "", whither)?;
        self.renew_vault_view()?;
        self.publish();
        Ok(())
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
