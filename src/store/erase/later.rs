//! A row that the batch made and a later file wrote on: it stays for what that file says, without the batch's part, and is
//! named. From then on it is the later file's, which takes it back when it is taken back itself.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

use super::super::journal::Entry;
use super::super::{StoreError, journal, row};
use super::scrub::{self, Scrub};
use crate::domain::{AnyRecord, Table};

/// Heads whose sheet stays, with the operation of the file that it stays for.
pub(super) type Heads = HashMap<String, i64>;

/// Keeps the row for a later file that wrote on it and stands; says whether it did.
pub(super) fn kept(connection: &Connection, batch: i64, entry: &Entry, heads: &mut Heads) -> Result<bool, StoreError> {
    let Some(Value::Object(wrong)) = &entry.after else { return Ok(false) };
    let Some(current) = row::get(connection, entry.table, &entry.key)? else { return Ok(false) };
    if journal::is_frozen(connection, entry.table, &entry.key)? {
        return Ok(false);
    }
    let head = heads.get(&entry.key).filter(|_| entry.table == Table::Checkup);
    let of_head = || head.map(|operation| (*operation, Value::Object(wrong.clone())));
    let Some((operation, first)) = written(connection, batch, entry)?.or_else(of_head) else { return Ok(false) };
    let blank = blank(entry.table, wrong);
    let scrub = Scrub { before: &blank, after: wrong };
    let record = AnyRecord::from_json(entry.table, scrub.clean(current)).map_err(|_| scrub::unreadable())?;
    row::put(connection, &record)?;
    make_theirs(connection, batch, entry, operation, &scrub.clean(first).to_string())?;
    scrub.journal(connection, operation + 1, entry)?;
    match entry.table {
        Table::Checkup => without_summary(connection, batch, &entry.key)?,
        Table::CheckupSheet => {
            heads.extend(wrong.get("checkup").and_then(Value::as_str).map(|head| (head.to_owned(), operation)));
        }
        _ => {}
    }
    Ok(true)
}

/// The first operation of a later file that wrote the row, and what it left the row with.
fn written(connection: &Connection, batch: i64, entry: &Entry) -> Result<Option<(i64, Value)>, StoreError> {
    let sql = "SELECT o.number, j.after FROM journal AS j JOIN operation AS o ON o.number = j.operation
               WHERE j.table_name = ?1 AND j.row_key = ?2 AND o.number > ?3 AND j.after IS NOT NULL
                 AND o.batch IS NOT NULL AND o.undone_by IS NULL ORDER BY j.id LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
    let found = connection.query_row(sql, params![entry.table.name(), entry.key, batch], read).optional()?;
    let Some((operation, after)) = found else { return Ok(None) };
    let after = serde_json::from_str(&after).map_err(|_| scrub::unreadable())?;
    Ok(Some((operation, after)))
}

/// The journal says that the later file made the row, as it left it; nothing of it is older.
fn make_theirs(
    connection: &Connection,
    batch: i64,
    entry: &Entry,
    operation: i64,
    first: &str,
) -> Result<(), StoreError> {
    let older = "DELETE FROM journal WHERE table_name = ?1 AND row_key = ?2 AND operation > ?3 AND operation <= ?4";
    connection.execute(older, params![entry.table.name(), entry.key, batch, operation])?;
    let made = "UPDATE journal SET operation = ?4, before = NULL, after = ?5
                WHERE table_name = ?1 AND row_key = ?2 AND operation = ?3";
    connection.execute(made, params![entry.table.name(), entry.key, batch, operation, first])?;
    Ok(())
}

/// The text of a head may hold a value of the batch beside later ones; the caller makes it anew.
fn without_summary(connection: &Connection, batch: i64, head: &str) -> Result<(), StoreError> {
    let states =
        "UPDATE journal SET before = json_set(before, '$.summary', ''), after = json_set(after, '$.summary', '')
                  WHERE table_name = 'checkup' AND row_key = ?1 AND operation > ?2";
    connection.execute(states, params![head, batch])?;
    connection.execute("UPDATE checkup SET summary = '' WHERE id = ?1", [head])?;
    Ok(())
}

/// The row as it would be without what a clinic's file adds to it; every other row is written whole by each file.
fn blank(table: Table, wrong: &Map<String, Value>) -> Map<String, Value> {
    let added: &[(&str, &str)] = match table {
        Table::CheckupSheet => &[("cells", ""), ("clinic", ""), ("clinic_text", "")],
        Table::Checkup => &[("judgement", ""), ("summary", ""), ("finding", "unknown")],
        _ => &[],
    };
    let mut blank = wrong.clone();
    for (name, empty) in added {
        blank.insert((*name).to_owned(), Value::from(*empty));
    }
    blank
}
