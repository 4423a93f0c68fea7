//! Where a vault lies and through which files it is reached.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::host::Threshold;
use crate::vault::files::{Files, RealFiles};
use crate::vault::{FailedUnlocks, Header, Layout, VaultError, places};

/// A vault's folder, and the identity file if it is not where the vault says.
#[derive(Clone)]
pub struct Place {
    /// The files.
    pub files: Arc<dyn Files>,
    /// The vault's folder.
    pub folder: PathBuf,
    /// The identity file today, if given.
    pub identity: Option<PathBuf>,
    /// Whether the folder was named, and is not the usual one.
    pub is_named: bool,
    /// The folder of the physician's own templates, if the platform has one.
    pub templates: Option<PathBuf>,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Place").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Place {
    /// The vault in `folder` on the real disk.
    pub fn new(folder: &Path) -> Self {
        Self {
            files: Arc::new(RealFiles),
            folder: folder.to_path_buf(),
            identity: None,
            is_named: false,
            templates: None,
        }
    }

    /// Reads the plain head of the vault.
    ///
    /// # Errors
    /// [`VaultError::NotAVault`], a damaged head, or a newer version.
    pub fn header(&self) -> Result<Header, VaultError> {
        Header::read(&*self.files, &Layout::new(&self.folder))
    }

    /// Whether there is something that calls itself a vault here.
    pub fn holds_vault(&self) -> bool {
        self.files.exists(&Layout::new(&self.folder).header())
    }

    /// What may be said before unlocking: no name, no count of people, no path.
    pub fn threshold(&self) -> Threshold {
        let layout = Layout::new(&self.folder);
        let header = self.header().ok();
        let apart = header.as_ref().is_some_and(|header| header.identity.is_some());
        let key_place = match (&self.identity, apart) {
            (Some(_), _) => "指定した場所",
            (None, true) => "別の媒体",
            (None, false) => "この計算機",
        };
        Threshold {
            vault_place: if self.is_named { "指定した場所" } else { "標準" }.to_owned(),
            key_place: key_place.to_owned(),
            key_found: self.key_found(),
            warning: places::inspect(&self.folder).first().map(ToString::to_string),
            failures: self.failures(&layout),
            is_demo: header.is_some_and(|header| header.demo),
        }
    }

    /// Whether the key lies where it is expected today.
    pub fn key_found(&self) -> bool {
        let named = self.identity.clone().or_else(|| self.header().ok()?.identity);
        self.files.exists(&named.unwrap_or_else(|| Layout::new(&self.folder).identity()))
    }

    fn failures(&self, layout: &Layout) -> u32 {
        let content = self.files.read(&layout.failures()).ok();
        let counted = content.and_then(|bytes| serde_json::from_slice::<FailedUnlocks>(&bytes).ok());
        counted.map_or(0, |failed| failed.count)
    }
}
