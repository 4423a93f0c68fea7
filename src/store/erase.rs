//! Erasing a batch, such as a wrong company's file: the one act that takes rows out of tables and journal.
//!
//! What stays of it is its count and its hash, in the audit chain. Pages are overwritten and the file is written anew, so
//! that no page and no log holds a value of the batch. The mapping that was kept with the file goes too: its headings are
//! the file's own. Knows nothing of backups: those stay as they are.

mod later;
mod scrub;

use rusqlite::{Connection, Transaction};
use serde_json::Value;

use super::batch::Hanging;
use super::journal::Entry;
use super::{Mac, Stamp, StoreError, audit, batch, draft, hours, journal, row};
use crate::domain::command::{Act, Operation};
use crate::domain::intake::{Erased, Stay, Staying};
use crate::domain::{Id, Table};
use later::Heads;
use scrub::Scrub;

/// Erases what an operation brought in as a batch, whether it still stands or was taken back.
pub fn erase(connection: &mut Connection, mac: &Mac, stamp: &Stamp, target: &Operation) -> Result<Erased, StoreError> {
    connection.pragma_update(None, "secure_delete", true)?;
    let transaction = connection.transaction()?;
    let erased = rows(&transaction, mac, stamp, target)?;
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

fn rows(tx: &Transaction<'_>, mac: &Mac, stamp: &Stamp, target: &Operation) -> Result<Erased, StoreError> {
    let id = target.batch.as_ref().ok_or(StoreError::NoBatch)?;
    let sha256 = batch::content_sha256(tx, id)?;
    let mut erased = Erased { rows: hours::remove(tx, id)?, sha256, staying: Vec::new(), scrubbed: Vec::new() };
    erased.rows += sealed_files(tx, id)?;
    let (mut hanging, mut heads) = (Hanging::default(), Heads::new());
    for entry in journal::entries(tx, target.number)? {
        if entry.before.is_none() && later::kept(tx, target.number, &entry, &mut heads)? {
            erased.scrubbed.push((entry.table, entry.key.clone()));
            erased.staying.push(Staying { table: entry.table, key: entry.key, why: Stay::ChangedLater });
            continue;
        }
        match record(tx, &mut hanging, target.number, &entry)? {
            Some(why) => erased.staying.push(Staying { table: entry.table, key: entry.key, why }),
            None => {
                erased.rows += 1;
                erased.scrubbed.extend(entry.before.is_some().then_some((entry.table, entry.key)));
            }
        }
    }
    tx.execute("DELETE FROM source_line WHERE batch = ?1", [id.as_str()])?;
    tx.execute("DELETE FROM face", [])?;
    let number = journal::open(tx, stamp, Act::EraseBatch, Some(id.as_str()))?;
    mapping(tx, number, target.number)?;
    journal::link(tx, number, target.number)?;
    let detail = format!("操作{number} 対象{} {}行 {}", target.number, erased.rows, erased.sha256);
    audit::append(tx, mac, stamp, Act::EraseBatch.label(), id.as_str(), &detail)?;
    Ok(erased)
}

/// The mapping that was kept with the file, by the operation before that of the batch; none where it was kept before.
fn mapping(tx: &Transaction<'_>, number: i64, batch: i64) -> Result<(), StoreError> {
    let sql = "SELECT max(number) FROM operation WHERE number = ?1 - 1 AND batch IS NULL AND act = 'edit_establishment'
                 AND EXISTS (SELECT 1 FROM journal WHERE operation = number)
                 AND NOT EXISTS (SELECT 1 FROM journal WHERE operation = number AND table_name <> 'import_profile')";
    let found: Option<i64> = tx.query_row(sql, [batch], |row| row.get(0))?;
    let Some(kept) = found else { return Ok(()) };
    for entry in journal::entries(tx, kept)? {
        record(tx, &mut Hanging::default(), kept, &entry)?;
    }
    tx.execute("UPDATE operation SET undone_by = ?2 WHERE number = ?1", [kept, number])?;
    Ok(())
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
    match (&entry.before, &entry.after) {
        (None, _) if hanging.on(connection, entry.table, &entry.key)? => return Ok(Some(Stay::HasRecords)),
        (None, _) => forget(connection, entry.table, &entry.key)?,
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            Scrub { before, after }.everywhere(connection, operation, entry)?;
            scrub::summary(connection, operation, entry)?;
        }
        _ => {}
    }
    Ok(None)
}

/// The row goes, and with it every state of it that the journal holds and what was being typed about it.
fn forget(connection: &Connection, table: Table, key: &str) -> Result<(), StoreError> {
    row::remove(connection, table, key)?;
    draft::end_about(connection, key)?;
    let sql = "DELETE FROM journal WHERE table_name = ?1 AND row_key = ?2";
    connection.prepare_cached(sql)?.execute([table.name(), key])?;
    Ok(())
}
