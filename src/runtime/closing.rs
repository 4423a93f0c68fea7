//! Locking: heads to the registry, everything into the database files, keys and snapshots dropped.

use super::desk::{Desk, database_of};
use super::error::RuntimeError;
use super::lending::close;
use super::loading;
use crate::vault::DatabaseId;

/// The registry's row for its own head is kept under this name.
const REGISTRY: &str = "registry";

impl Desk {
    /// Locks: writes the heads down, checkpoints and closes every database, and drops keys and snapshots.
    ///
    /// # Errors
    /// The first failure; everything that can be closed is closed all the same.
    pub fn lock(mut self) -> Result<(), RuntimeError> {
        let noted = self.note_heads();
        let stamp = self.clock.stamp();
        let said = self.registry.audit(&stamp, "施錠", "", "").map_err(RuntimeError::from);
        let today = self.clock.today();
        let Self { registry, sites, vault, .. } = self;
        let mut results = vec![noted, said];
        for mut open in sites {
            let id = database_of(open.site.id());
            // The tables hold everything: without a face the next unlock is slower, and that is all.
            let _ = loading::keep_face(&mut open.store, &open.site, today);
            results.push(close(open.store.into_connection(), id));
        }
        results.push(close(registry.into_connection(), DatabaseId::Registry));
        drop(vault);
        results.into_iter().collect()
    }

    /// Writes the newest audit head of each establishment into the registry.
    ///
    /// A head that its chain no longer holds stays noted: it is what tells that an older database was put back.
    ///
    /// # Errors
    /// What a store says.
    pub fn note_heads(&mut self) -> Result<(), RuntimeError> {
        let stamp = self.clock.stamp();
        for open in &self.sites {
            let id = open.site.id().as_str();
            let known = self.registry.head_of(id)?.unwrap_or_default();
            if open.store.holds(&known)? {
                self.registry.set_head(&stamp, id, &open.store.head()?)?;
            }
        }
        let known = self.registry.head_of(REGISTRY)?.unwrap_or_default();
        if self.registry.holds(&known)? {
            self.registry.set_head(&stamp, REGISTRY, &self.registry.head()?)?;
        }
        Ok(())
    }
}
