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
        Self { files: Arc::new(RealFiles), folder: folder.to_path_buf(), identity: None, templates: None }
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
        let named = self.identity.clone().or_else(|| header.as_ref().and_then(|header| header.identity.clone()));
        let key_place = if named.is_some() { "別の媒体の鍵" } else { "この計算機" };
        let key = named.unwrap_or_else(|| layout.identity());
        Threshold {
            key_place: key_place.to_owned(),
            key_found: self.files.exists(&key),
            warning: places::inspect(&self.folder).first().map(ToString::to_string),
            failures: self.failures(&layout),
            is_demo: header.is_some_and(|header| header.demo),
        }
    }

    fn failures(&self, layout: &Layout) -> u32 {
        let content = self.files.read(&layout.failures()).ok();
        let counted = content.and_then(|bytes| serde_json::from_slice::<FailedUnlocks>(&bytes).ok());
        counted.map_or(0, |failed| failed.count)
    }
}
