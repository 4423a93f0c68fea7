//! The plain counter of failed unlocks: no key is open then, so the audit chain cannot hold them.
//!
//! It holds a number and a day, nothing typed. The store absorbs it as 未認証 after the next unlock.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::files::{Files, FilesError, parent};
use super::layout::Layout;

/// How many unlocks failed since the last success, and the day of the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedUnlocks {
    /// The number of failures.
    pub count: u32,
    /// The day of the last failure, as the caller's clock said.
    pub last_day: NaiveDate,
}

/// Reads the counter; an unreadable one counts as one failure on an unknown (the given) day, since somebody changed it.
pub(super) fn read(files: &dyn Files, layout: &Layout, day: NaiveDate) -> Option<FailedUnlocks> {
    let content = files.read(&layout.failures()).ok()?;
    Some(serde_json::from_slice(&content).unwrap_or(FailedUnlocks { count: 1, last_day: day }))
}

/// Adds one failure.
pub(super) fn add(files: &dyn Files, layout: &Layout, day: NaiveDate) -> Result<(), FilesError> {
    let count = read(files, layout, day).map_or(0, |known| known.count).saturating_add(1);
    let content = serde_json::to_vec(&FailedUnlocks { count, last_day: day }).unwrap_or_default();
    files.replace(&layout.failures(), &content)
}

/// Removes the counter after the store has written it down.
pub(super) fn forget(files: &dyn Files, layout: &Layout) -> Result<(), FilesError> {
    let path = layout.failures();
    if files.exists(&path) {
        files.remove(&path)?;
        files.sync_dir(parent(&path))?;
    }
    Ok(())
}
