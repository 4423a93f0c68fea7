//! A vault folder that is built beside its place and gets its name last, so that it is there whole or not at all.

use std::path::{Path, PathBuf};

use super::error::VaultError;
use super::files::{Files, FilesError, parent};
use super::layout::{Header, Layout};

/// An unfinished vault folder.
pub(super) struct Staging<'a> {
    files: &'a dyn Files,
    pub(super) layout: Layout,
    target: PathBuf,
}

impl<'a> Staging<'a> {
    /// Starts beside the target, which must be free or an empty folder; leftovers of an interrupted start are cleared.
    pub(super) fn begin(files: &'a dyn Files, target: &Path) -> Result<Self, VaultError> {
        refuse_occupied(files, target)?;
        let root = unfinished_name(target)?;
        files.create_dir_all(parent(target))?;
        if files.exists(&root) {
            files.remove_tree(&root)?;
        }
        let staging = Self { files, layout: Layout::new(&root), target: target.to_path_buf() };
        for folder in [root, staging.layout.keys(), staging.layout.sites()] {
            files.create_dir(&folder)?;
        }
        Ok(staging)
    }

    /// Writes `vault.json` and the lock file.
    pub(super) fn write_header(&self, header: &Header) -> Result<(), VaultError> {
        self.files.write_new(&self.layout.lock(), b"")?;
        Ok(self.files.write_new(&self.layout.header(), &header.bytes()?)?)
    }

    /// Makes every name inside durable, then gives the folder its own name.
    pub(super) fn publish(self) -> Result<Layout, VaultError> {
        for folder in [self.layout.keys(), self.layout.sites(), self.layout.root().to_path_buf()] {
            self.files.sync_dir(&folder)?;
        }
        refuse_occupied(self.files, &self.target)?;
        if self.files.exists(&self.target) {
            self.files.remove_dir(&self.target)?;
        }
        self.files.rename(self.layout.root(), &self.target)?;
        self.files.sync_dir(parent(&self.target))?;
        Ok(Layout::new(&self.target))
    }

    /// Clears the unfinished folder away after a failure, as far as that is possible.
    pub(super) fn abandon(&self) {
        let _ = self.files.remove_tree(self.layout.root());
    }
}

fn refuse_occupied(files: &dyn Files, target: &Path) -> Result<(), VaultError> {
    let free = !files.exists(target) || (files.is_dir(target) && files.list(target)?.is_empty());
    if free { Ok(()) } else { Err(VaultError::TargetExists) }
}

/// A name of our own that nobody else gives to a folder: what bears it may be cleared away.
fn unfinished_name(target: &Path) -> Result<PathBuf, FilesError> {
    let name = target.file_name().ok_or(FilesError::Missing)?.to_string_lossy();
    Ok(target.with_file_name(format!(".{name}.junkai-unfinished")))
}
