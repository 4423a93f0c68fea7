//! Lends the opened databases to the vault for a backup or a check of the pages, and takes them back.
//!
//! The stores hold keyed connections without keys; the vault works on databases with them. Two connections cannot be
//! open at once (exclusive locking), so each is closed whole and opened again.

use rusqlite::Connection;

use super::desk::{Desk, database_of};
use super::error::RuntimeError;
use crate::store::StoreError;
use crate::vault::database::{DatabaseError, checkpoint};
use crate::vault::{DatabaseId, OpenDatabase, Vault, VaultError};

impl Desk {
    /// Runs `work` on every database, the registry first.
    ///
    /// # Errors
    /// What `work` says; [`RuntimeError::Broken`] if a database does not open again, and then the desk must be locked.
    pub(super) fn lend<T>(
        &mut self,
        work: impl FnOnce(&Vault, &mut [OpenDatabase]) -> Result<T, RuntimeError>,
    ) -> Result<T, RuntimeError> {
        let ids = self.databases();
        for (connection, id) in self.connections().into_iter().zip(&ids) {
            let held = std::mem::replace(connection, placeholder()?);
            close(held, *id)?;
        }
        let mut databases = Vec::with_capacity(ids.len());
        for id in ids {
            databases.push(self.vault.open_database(id).map_err(|_| RuntimeError::Broken)?);
        }
        let answer = work(&self.vault, &mut databases);
        for (connection, database) in self.connections().into_iter().zip(databases) {
            *connection = database.connection;
        }
        answer
    }

    fn databases(&self) -> Vec<DatabaseId> {
        let sites = self.sites.iter().map(|open| database_of(open.site.id()));
        std::iter::once(DatabaseId::Registry).chain(sites).collect()
    }

    /// In the order of [`Desk::databases`].
    fn connections(&mut self) -> Vec<&mut Connection> {
        let sites = self.sites.iter_mut().map(|open| open.store.connection());
        std::iter::once(self.registry.connection()).chain(sites).collect()
    }
}

/// Stands in a store's place while its own connection is lent; empty and in memory.
fn placeholder() -> Result<Connection, RuntimeError> {
    Ok(Connection::open_in_memory().map_err(StoreError::from)?)
}

/// Moves everything into the database file and closes it.
pub(super) fn close(connection: Connection, id: DatabaseId) -> Result<(), RuntimeError> {
    checkpoint(&connection).map_err(|fault| VaultError::from(DatabaseError::of(id, fault)))?;
    connection.close().map_err(|(_, error)| StoreError::from(error).into())
}
