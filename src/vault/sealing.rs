//! A file in clear becomes an age file beside it: what an employer sent, or what was written for one.
//!
//! Beside, and not inside a database: whoever has the key or the recovery code opens it with `age` alone, and the
//! databases do not grow by files that are kept only to be able to look again.

use std::path::{Path, PathBuf};

use age::Recipient;
use zeroize::Zeroizing;

use super::error::VaultError;
use super::files::{FilesError, parent};
use super::open::Vault;
use super::seal;

impl Vault {
    /// Seals a file to the owner and to the recovery code, reads it back, and then removes the one in clear.
    ///
    /// `data.csv` becomes `data.csv.age`. A seal that was cut off before the removal is finished by the next call.
    pub fn seal_beside(&self, path: &Path) -> Result<PathBuf, VaultError> {
        let content = Zeroizing::new(self.files.read(path)?);
        let target = sealed_name(path);
        if !(self.files.exists(&target) && self.opens_to(&target, &content)?) {
            let recipients: [&dyn Recipient; 2] = [&self.owner.secret.to_public(), &self.owner.recovery];
            self.files.publish(&target, &seal::seal(&recipients, &content)?)?;
        }
        if !self.opens_to(&target, &content)? {
            return Err(FilesError::Failed(std::io::ErrorKind::InvalidData).into());
        }
        self.files.remove(path)?;
        self.files.sync_dir(parent(path))?;
        Ok(target)
    }

    fn opens_to(&self, sealed: &Path, content: &[u8]) -> Result<bool, VaultError> {
        let opened = seal::open(&self.owner.secret, &self.files.read(sealed)?, content.len() + 1);
        Ok(opened.is_ok_and(|opened| opened.as_slice() == content))
    }
}

/// Where [`Vault::seal_beside`] puts the seal of a file.
pub fn sealed_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".age");
    path.with_file_name(name)
}
