//! The registry: which establishments there are, the desk's settings, heads, backups, files in clear.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Mac, Stamp, StoreError, audit, schema};
use crate::domain::{Day, EstablishmentId};

/// The opened registry.
pub struct RegistryStore {
    connection: Connection,
    mac: Mac,
}

/// A file in clear outside the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearFile {
    /// Number.
    pub number: i64,
    /// Since when it is known.
    pub at: String,
    /// Where it lies.
    pub path: String,
    /// Establishment it belongs to.
    pub site: String,
    /// 取込元 or 出力.
    pub kind: String,
    /// SHA-256 in hex.
    pub sha256: String,
}

/// A backup that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupLine {
    /// Wall time.
    pub at: String,
    /// SHA-256 of the file in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: i64,
    /// Audit heads at that moment, as JSON.
    pub heads: String,
}

impl RegistryStore {
    /// Takes over an opened, keyed connection and brings it up to date.
    pub fn open(mut connection: Connection, mac: Mac) -> Result<Self, StoreError> {
        schema::migrate(&mut connection, schema::REGISTRY)?;
        Ok(Self { connection, mac })
    }

    /// Ids of the establishments that were acknowledged and not erased.
    pub fn sites(&self) -> Result<Vec<EstablishmentId>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id FROM site WHERE erased_on IS NULL ORDER BY id")?;
        let ids: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        ids.iter().map(|id| EstablishmentId::parse(id).map_err(|_| StoreError::Unreadable("site".to_owned()))).collect()
    }

    /// The next establishment's id; ids of erased ones are not given again.
    pub fn next_site(&self) -> Result<EstablishmentId, StoreError> {
        let sql = "SELECT coalesce(max(CAST(substr(id, 2) AS INTEGER)), 0) FROM site";
        let last: u32 = self.connection.query_row(sql, [], |row| row.get(0))?;
        Ok(EstablishmentId::new(last + 1))
    }

    /// Acknowledges an establishment; the last step of making one.
    pub fn add_site(&mut self, stamp: &Stamp, site: &EstablishmentId) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        let values = params![site.as_str(), stamp.day.to_string()];
        transaction.execute("INSERT INTO site (id, created_on) VALUES (?1, ?2)", values)?;
        audit::append(&transaction, &self.mac, stamp, "事業場の作成", site.as_str(), "")?;
        Ok(transaction.commit()?)
    }

    /// A setting, if it was ever made.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM setting WHERE key = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Makes a setting.
    pub fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value";
        self.connection.prepare_cached(sql)?.execute([key, value])?;
        Ok(())
    }

    /// Remembers an establishment's newest audit line.
    pub fn set_head(&self, stamp: &Stamp, site: &str, head: &audit::Head) -> Result<(), StoreError> {
        let sql = "INSERT INTO head (site, number, digest, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT(site)
                   DO UPDATE SET number = excluded.number, digest = excluded.digest, at = excluded.at";
        self.connection.prepare_cached(sql)?.execute(params![site, head.number, head.digest, stamp.at])?;
        Ok(())
    }

    /// The head remembered for an establishment.
    pub fn head_of(&self, site: &str) -> Result<Option<audit::Head>, StoreError> {
        let sql = "SELECT number, digest FROM head WHERE site = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok(audit::Head { number: row.get(0)?, digest: row.get(1)? });
        Ok(self.connection.query_row(sql, [site], read).optional()?)
    }

    /// Remembers a file in clear, and gives the number of the note.
    pub fn remember_clear_file(&self, stamp: &Stamp, file: &ClearFile) -> Result<i64, StoreError> {
        let sql = "INSERT INTO clear_file (at, path, site, kind, sha256) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.connection.execute(sql, params![stamp.at, file.path, file.site, file.kind, file.sha256])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Takes the note of a file back that did not come in after all.
    pub fn withdraw_clear_file(&self, number: i64) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM clear_file WHERE number = ?1", [number])?;
        Ok(())
    }

    /// Where files with these bytes lay that were sealed, deleted or deliberately left, oldest first.
    pub fn settled_files(&self, site: &str, sha256: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT path FROM clear_file WHERE settled_on IS NOT NULL AND site = ?1 AND sha256 = ?2
                   ORDER BY number";
        let mut statement = self.connection.prepare(sql)?;
        let paths = statement.query_map([site, sha256], |row| row.get(0))?;
        Ok(paths.collect::<Result<_, _>>()?)
    }

    /// Files in clear that are not settled.
    pub fn clear_files(&self) -> Result<Vec<ClearFile>, StoreError> {
        let sql =
            "SELECT number, at, path, site, kind, sha256 FROM clear_file WHERE settled_on IS NULL ORDER BY number";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(ClearFile {
                number: row.get(0)?,
                at: row.get(1)?,
                path: row.get(2)?,
                site: row.get(3)?,
                kind: row.get(4)?,
                sha256: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that a file in clear was sealed, deleted or deliberately left.
    pub fn settle_clear_file(&self, day: Day, number: i64) -> Result<(), StoreError> {
        let sql = "UPDATE clear_file SET settled_on = ?2 WHERE number = ?1";
        self.connection.execute(sql, params![number, day.to_string()])?;
        Ok(())
    }

    /// Forgets where a file lay that was sealed, deleted or left, by its hash. The day and the hash stay; the pages are
    /// written anew.
    pub fn forget_settled(&self, sha256: &str) -> Result<(), StoreError> {
        let sql = "UPDATE clear_file SET path = '' WHERE sha256 = ?1 AND settled_on IS NOT NULL";
        if self.connection.execute(sql, [sha256])? > 0 {
            self.connection.execute_batch("VACUUM")?;
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Remembers a verified backup.
    pub fn add_backup(&self, line: &BackupLine) -> Result<(), StoreError> {
        let sql = "INSERT INTO backup (at, sha256, bytes, heads) VALUES (?1, ?2, ?3, ?4)";
        self.connection.execute(sql, params![line.at, line.sha256, line.bytes, line.heads])?;
        Ok(())
    }

    /// Backups, newest first.
    pub fn backups(&self) -> Result<Vec<BackupLine>, StoreError> {
        let mut statement =
            self.connection.prepare("SELECT at, sha256, bytes, heads FROM backup ORDER BY number DESC")?;
        let rows = statement.query_map([], |row| {
            Ok(BackupLine { at: row.get(0)?, sha256: row.get(1)?, bytes: row.get(2)?, heads: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes one audit line of the desk as a whole.
    pub fn audit(&self, stamp: &Stamp, event: &str, subject: &str, detail: &str) -> Result<(), StoreError> {
        audit::append(&self.connection, &self.mac, stamp, event, subject, detail)
    }

    /// The newest audit lines.
    pub fn audit_lines(&self, limit: i64) -> Result<Vec<audit::Line>, StoreError> {
        audit::lines(&self.connection, limit)
    }

    /// The newest audit line.
    pub fn head(&self) -> Result<audit::Head, StoreError> {
        audit::head(&self.connection)
    }

    /// Whether the chain still holds the line that this head names.
    pub fn holds(&self, head: &audit::Head) -> Result<bool, StoreError> {
        audit::holds(&self.connection, head)
    }

    /// Walks the chain.
    pub fn verify(&self, known: Option<&audit::Head>) -> Result<Vec<audit::Break>, StoreError> {
        audit::verify(&self.connection, &self.mac, known)
    }

    /// The connection, for the backup and for closing.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Gives the connection back, to be closed.
    pub fn into_connection(self) -> Connection {
        self.connection
    }
}
