//! The lock file: one running instance writes, the operating system lets go of it when the process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::error::VaultError;
use super::files::FilesError;

/// Holds the vault for this process until dropped.
#[derive(Debug)]
pub(super) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock or says that another instance has it; never waits.
    ///
    /// Standard `File::try_lock` is `flock` on Unix and `LockFileEx` on Windows: no lock file can be left behind stale.
    pub(super) fn take(path: &Path) -> Result<Self, VaultError> {
        let file = open(path).map_err(FilesError::from)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(VaultError::AlreadyOpen),
            Err(TryLockError::Error(error)) => Err(FilesError::from(error).into()),
        }
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_taker_is_told_and_may_come_back_later() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = WriterLock::take(&path).unwrap();
        assert!(matches!(WriterLock::take(&path), Err(VaultError::AlreadyOpen)));
        drop(first);
        assert!(WriterLock::take(&path).is_ok());
    }
}
