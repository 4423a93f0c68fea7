//! Erasing a batch, such as a wrong company's file: the one act that takes rows out of tables and journal.
//!
//! What stays of it is its count and its hash, in the audit chain. Pages are overwritten and the file is written anew, so
//! that no page and no log holds a value of the batch. Knows nothing of backups: those stay as they are.

use rusqlite::{Connection, Transaction, params};
use serde_json::{Map, Value};

use super::batch::Hanging;
use super::journal::Entry;
use super::{Mac, Stamp, StoreError, audit, batch, hours, journal, row};
use crate::domain::command::{Act, Operation};
use crate::domain::intake::{Erased, Stay, Staying};
use crate::domain::progress::{Going, Phase};
use crate::domain::{AnyRecord, Id, Table};

/// Steps of erasing besides its records: the hours, and what closes it.
const AROUND: usize = hours::STEPS_BACK + 1;

/// Erases what an operation brought in as a batch, whether it still stands or was taken back.
///
/// `going` may stop it as long as nothing is erased; from the commit on it goes to its end, so that no page holds what no
/// table holds.
pub fn erase(
    connection: &mut Connection,
    mac: &Mac,
    stamp: &Stamp,
    target: &Operation,
    going: &Going<'_>,
) -> Result<Erased, StoreError> {
    connection.pragma_update(None, "secure_delete", true)?;
    let transaction = connection.transaction()?;
    let erased = rows(&transaction, mac, stamp, target, going)?;
    going.check()?;
    transaction.commit()?;
    // Rows that moved from page to page while the tables grew left copies in free space: the file is written anew.
    connection.execute_batch("VACUUM")?;
    empty_log(connection)?;
    Ok(erased)
}

/// Brings the log into the file and cuts it to nothing; a database in memory has none.
fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

fn rows(
    tx: &Transaction<'_>,
    mac: &Mac,
    stamp: &Stamp,
    target: &Operation,
    going: &Going<'_>,
) -> Result<Erased, StoreError> {
    let id = target.batch.as_ref().ok_or(StoreError::NoBatch)?;
    let sha256 = batch::content_sha256(tx, id)?;
    let entries = journal::entries(tx, target.number)?;
    going.begin(Phase::Erasing, AROUND + entries.len())?;
    let mut erased = Erased { rows: hours::remove(tx, id, &|step| going.at(step))?, sha256, staying: Vec::new() };
    erased.rows += sealed_files(tx, id)?;
    let mut hanging = Hanging::default();
    for (done, entry) in entries.into_iter().enumerate() {
        going.at(hours::STEPS_BACK + done)?;
        match record(tx, &mut hanging, target.number, &entry)? {
            Some(why) => erased.staying.push(Staying { table: entry.table, key: entry.key, why }),
            None => erased.rows += 1,
        }
    }
    tx.execute("DELETE FROM source_line WHERE batch = ?1", [id.as_str()])?;
    tx.execute("DELETE FROM face", [])?;
    let number = journal::open(tx, stamp, Act::EraseBatch, Some(id.as_str()))?;
    journal::link(tx, number, target.number)?;
    let detail = format!("操作{number} 対象{} {}行 {}", target.number, erased.rows, erased.sha256);
    audit::append(tx, mac, stamp, Act::EraseBatch.label(), id.as_str(), &detail)?;
    Ok(erased)
}

/// The source file that was sealed beside the batch.
fn sealed_files(connection: &Connection, batch: &Id) -> Result<usize, StoreError> {
    let sql = "DELETE FROM journal WHERE table_name = 'attachment'
                 AND row_key IN (SELECT id FROM attachment WHERE record = ?1)";
    connection.execute(sql, [batch.as_str()])?;
    Ok(connection.execute("DELETE FROM attachment WHERE record = ?1", [batch.as_str()])?)
}

/// Erases one record of the batch, or says why it stays.
fn record(
    connection: &Connection,
    hanging: &mut Hanging,
    operation: i64,
    entry: &Entry,
) -> Result<Option<Stay>, StoreError> {
    if journal::is_frozen(connection, entry.table, &entry.key)? {
        return Ok(Some(Stay::Cited));
    }
    match (entry.before()?, entry.after()?) {
        (None, _) if hanging.on(connection, entry.table, &entry.key)? => return Ok(Some(Stay::HasRecords)),
        (None, _) => forget(connection, entry.table, &entry.key)?,
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            Scrub { before: &before, after: &after }.everywhere(connection, operation, entry)?;
        }
        _ => {}
    }
    Ok(None)
}

/// The row goes, and with it every state of it that the journal holds.
fn forget(connection: &Connection, table: Table, key: &str) -> Result<(), StoreError> {
    row::remove(connection, table, key)?;
    let sql = "DELETE FROM journal WHERE table_name = ?1 AND row_key = ?2";
    connection.prepare_cached(sql)?.execute([table.name(), key])?;
    Ok(())
}

/// What a batch wrote over an older row: where its values stand, the older ones stand again.
struct Scrub<'a> {
    before: &'a Map<String, Value>,
    after: &'a Map<String, Value>,
}

impl Scrub<'_> {
    fn everywhere(&self, connection: &Connection, operation: i64, entry: &Entry) -> Result<(), StoreError> {
        if let Some(current) = row::get(connection, entry.table, &entry.key)? {
            let record = AnyRecord::from_json(entry.table, self.clean(current)).map_err(|_| unreadable())?;
            row::put(connection, &record)?;
        }
        self.journal(connection, operation, entry)
    }

    fn journal(&self, connection: &Connection, operation: i64, entry: &Entry) -> Result<(), StoreError> {
        let sql = "SELECT id, before, after FROM journal WHERE operation >= ?1 AND table_name = ?2 AND row_key = ?3";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![operation, entry.table.name(), entry.key])?;
        let mut states: Vec<(i64, Option<String>, Option<String>)> = Vec::new();
        while let Some(row) = rows.next()? {
            states.push((row.get(0)?, row.get(1)?, row.get(2)?));
        }
        for (id, before, after) in states {
            self.state(connection, id, before, after)?;
        }
        Ok(())
    }

    /// An entry that says the same before and after is no change any more.
    fn state(
        &self,
        connection: &Connection,
        id: i64,
        before: Option<String>,
        after: Option<String>,
    ) -> Result<(), StoreError> {
        let (before, after) = (self.text(before)?, self.text(after)?);
        if before == after {
            connection.execute("DELETE FROM journal WHERE id = ?1", [id])?;
        } else {
            let sql = "UPDATE journal SET before = ?2, after = ?3 WHERE id = ?1";
            connection.execute(sql, params![id, before, after])?;
        }
        Ok(())
    }

    fn text(&self, state: Option<String>) -> Result<Option<String>, StoreError> {
        let Some(text) = state else { return Ok(None) };
        let value = serde_json::from_str(&text).map_err(|_| unreadable())?;
        Ok(Some(self.clean(value).to_string()))
    }

    fn clean(&self, mut state: Value) -> Value {
        if let Value::Object(members) = &mut state {
            for (name, wrong) in self.after.iter().filter(|(name, value)| self.before.get(*name) != Some(value)) {
                if let (Some(member), Some(right)) = (members.get_mut(name), self.before.get(name))
                    && member == wrong
                {
                    *member = right.clone();
                }
            }
        }
        state
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("journal".to_owned())
}
