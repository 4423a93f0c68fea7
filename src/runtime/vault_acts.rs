//! Acts on the vault itself: the passphrase, the key's place, and files in clear that are to be settled.

use std::path::Path;

use openssl::sha::sha256;

use super::desk::Desk;
use super::error::RuntimeError;
use super::opening::work_factor;
use crate::app::host::Settling;
use crate::store::audit::hex;
use crate::store::registry::ClearFile;
use crate::vault::Passphrase;

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

    /// Settles a file in clear: it stays, is sealed beside, or is deleted.
    ///
    /// # Errors
    /// The file is another one than was noted, or cannot be written or deleted; it stays on the list then.
    pub fn settle_clear_file(&mut self, number: i64, how: Settling) -> Result<(), RuntimeError> {
        let stamp = self.clock.stamp();
        if let Some(file) = self.registry.clear_files()?.into_iter().find(|file| file.number == number) {
            self.take_away(&file, how)?;
        }
        self.registry.settle_clear_file(stamp.day, number)?;
        let event = match how {
            Settling::Keep => "平文ファイルの確認",
            Settling::Seal => "平文ファイルの封入",
            Settling::Delete => "平文ファイルの削除",
        };
        self.registry.audit(&stamp, event, &number.to_string(), "")?;
        self.renew_vault_view()?;
        self.publish();
        Ok(())
    }

    /// Somebody deleted the file already: that settles it too.
    fn take_away(&self, file: &ClearFile, how: Settling) -> Result<(), RuntimeError> {
        let path = Path::new(&file.path);
        if how == Settling::Keep || !self.files.exists(path) {
            return Ok(());
        }
        self.files.size_of_source(path)?;
        if hex(&sha256(&self.files.read(path)?)) != file.sha256 {
            return Err(RuntimeError::OtherFile);
        }
        match how {
            Settling::Seal => Ok(self.vault.seal_beside(path).map(drop)?),
            _ => Ok(self.files.remove(path)?),
        }
    }
}
