//! Batches: everything that came with one file goes in, back and out as one.
//!
//! Its rows of hours are not journalled, its records are. What was changed since, what a document cites and what other
//! records hang on stays, and is named.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::journal::Entry;
use super::{Mac, Stamp, StoreError, audit, hours, journal, row};
use crate::domain::command::{Act, Change, Operation};
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::{Intake, Said, SourceLine, Stay, Staying, TakenBack};
use crate::domain::progress::{Going, Phase, Stopped};
use crate::domain::{AnyRecord, Id, Record, Table};

/// Steps of a way back besides its records: the hours in three tables, the lines, and what closes it.
const AROUND: usize = 7;

/// Takes a batch in within the open transaction; `going` hears of every record, line and row, and may stop it.
pub fn take_in(
    tx: &Connection,
    mac: &Mac,
    stamp: &Stamp,
    act: Act,
    incoming: &Intake,
    going: &Going<'_>,
) -> Result<i64, StoreError> {
    let batch = &incoming.batch;
    let (records, lines) = (incoming.records.len(), incoming.lines.len());
    going.begin(Phase::Writing, records + lines + incoming.rows.len())?;
    refer_at_the_end(tx)?;
    let number = journal::open(tx, stamp, act, Some(batch.key()))?;
    tx.execute("UPDATE operation SET batch = ?2 WHERE number = ?1", params![number, batch.key()])?;
    journal::apply(tx, number, &Change::Put(batch.clone().into()))?;
    journal::put_all(tx, number, &incoming.records, going)?;
    write_lines(tx, &batch.id, &incoming.lines, &|written| going.at(records + written))?;
    write_said(tx, &batch.id, &incoming.said)?;
    hours::write_rows(tx, &batch.id, &incoming.rows, &|written| going.at(records + lines + written))?;
    let rows = incoming.rows.len() + incoming.lines.len();
    let detail = format!("操作{number} {rows}行 {}", batch.content_sha256);
    audit::append(tx, mac, stamp, act.label(), batch.key(), &detail)?;
    Ok(number)
}

/// References are looked at once, when the transaction ends: else SQLite keeps a way back for every single statement, and
/// for thousands of rows that costs more than the rows.
pub(super) fn refer_at_the_end(tx: &Connection) -> Result<(), StoreError> {
    Ok(tx.execute_batch("PRAGMA defer_foreign_keys = ON")?)
}

/// The text of a line is written once, with the first of the records that it brought.
fn write_lines(
    connection: &Connection,
    batch: &Id,
    lines: &[SourceLine],
    written: &dyn Fn(usize) -> Result<(), Stopped>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO source_line (batch, line, table_name, row_key, text) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = connection.prepare_cached(sql)?;
    let mut texts: HashMap<u32, &str> = HashMap::new();
    for (done, line) in lines.iter().enumerate() {
        written(done)?;
        let is_written = texts.insert(line.line, &line.text) == Some(&*line.text);
        let text = if is_written { "" } else { &*line.text };
        insert.execute(params![batch.as_str(), line.line, line.table.name(), line.key, text])?;
    }
    Ok(())
}

fn write_said(connection: &Connection, batch: &Id, said: &[Said]) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO batch_said (batch, table_name, row_key, parts) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = connection.prepare_cached(sql)?;
    for Said { table, key, parts } in said {
        insert.execute(params![batch.as_str(), table.name(), key, parts])?;
    }
    Ok(())
}

/// The text of the line that `one` is of, whichever of its records it lies with.
pub(super) const TEXT: &str = "coalesce(nullif(one.text, ''),
    (SELECT max(text) FROM source_line AS whole WHERE whole.batch = one.batch AND whole.line = one.line))";

/// Where the records with these keys come from, oldest batch first: the batch and the line.
pub fn lines_of(connection: &Connection, keys: &[&str]) -> Result<Vec<(Id, SourceLine)>, StoreError> {
    let sql = format!(
        "SELECT batch, line, table_name, {TEXT}, row_key FROM source_line AS one
         WHERE row_key IN (SELECT value FROM json_each(?1)) ORDER BY batch, line"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([serde_json::json!(keys).to_string()])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let (batch, table): (String, String) = (row.get(0)?, row.get(2)?);
        let batch = Id::parse(&batch).map_err(|_| StoreError::Unreadable("source_line".to_owned()))?;
        let table = journal::table_named(&table)?;
        let text = row.get::<_, String>(3)?.into();
        lines.push((batch, SourceLine { line: row.get(1)?, table, key: row.get(4)?, text }));
    }
    Ok(lines)
}

/// Takes a batch back as far as nothing followed it, as a new operation; `going` hears of every record and may stop it.
pub fn take_back(
    tx: &Transaction<'_>,
    mac: &Mac,
    stamp: &Stamp,
    target: &Operation,
    going: &Going<'_>,
) -> Result<TakenBack, StoreError> {
    let id = target.batch.as_ref().ok_or(StoreError::NoBatch)?;
    let batch = row::find::<Batch>(tx, id.as_str())?.filter(|batch| batch.undone_on.is_none());
    let batch = batch.ok_or(StoreError::NoBatch)?;
    let hash = batch.content_sha256.clone();
    refer_at_the_end(tx)?;
    let number = journal::open(tx, stamp, Act::UndoBatch, target.subject.as_deref())?;
    let entries = journal::entries(tx, target.number)?;
    let total = AROUND + entries.len();
    going.begin(Phase::TakingBack, total)?;
    let removed = hours::remove(tx, id, &|step| going.at(step))?;
    let mut staying = Vec::new();
    let (mut seen, mut hanging, mut gone) = (BTreeSet::new(), Hanging::default(), Gone::default());
    // How a file is read was learnt whatever becomes of its values; it is forgotten by an act of its own.
    let is_brought = |entry: &Entry| entry.key != id.as_str() && entry.table != Table::ImportProfile;
    for (done, entry) in entries.into_iter().enumerate().filter(|(_, entry)| is_brought(entry)) {
        going.at(hours::STEPS_BACK + done)?;
        // A row written twice in one batch is compared with its last state, and goes back to its first.
        let is_last = seen.insert((entry.table, entry.key.clone()));
        if staying.iter().any(|left: &Staying| left.key == entry.key && left.table == entry.table) {
            continue;
        }
        gone.unless(tx, entry.table)?;
        match why_stays(tx, &mut hanging, &entry, is_last)? {
            Some(why) => staying.push(Staying { table: entry.table, key: entry.key, why }),
            None if is_last && entry.is_new() => {
                journal::note_gone(tx, number, &entry)?;
                gone.take(entry);
            }
            None => {
                gone.go(tx)?;
                journal::apply(tx, number, &journal::backwards(&entry)?)?;
            }
        }
    }
    gone.go(tx)?;
    going.at(total - 2)?;
    forget_lines(tx, id, &staying)?;
    going.at(total - 1)?;
    close(tx, number, stamp, batch, &mut staying)?;
    journal::link(tx, number, target.number)?;
    let detail = format!("操作{number} 対象{} {removed}行 残{} {hash}", target.number, staying.len());
    audit::append(tx, mac, stamp, Act::UndoBatch.label(), id.as_str(), &detail)?;
    going.check()?;
    Ok(TakenBack { operation: target.clone(), staying })
}

/// Rows of one table that are taken out together: one by one, each would cost a way back of its own.
#[derive(Default)]
struct Gone {
    table: Option<Table>,
    keys: Vec<String>,
}

impl Gone {
    /// Takes what was gathered out, unless it is of this table: what hangs on the next one must be gone by then.
    fn unless(&mut self, tx: &Transaction<'_>, table: Table) -> Result<(), StoreError> {
        if self.table == Some(table) { Ok(()) } else { self.go(tx) }
    }

    fn take(&mut self, entry: Entry) {
        self.table = Some(entry.table);
        self.keys.push(entry.key);
    }

    fn go(&mut self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let keys = std::mem::take(&mut self.keys);
        self.table.take().map_or(Ok(()), |table| row::remove_all(tx, table, &keys))
    }
}

/// Forgets the lines of a batch but those of what stays: all in one walk, because they lie by line and not by record.
fn forget_lines(connection: &Connection, batch: &Id, staying: &[Staying]) -> Result<(), StoreError> {
    connection.execute("DELETE FROM batch_said WHERE batch = ?1", [batch.as_str()])?;
    if staying.is_empty() {
        connection.execute("DELETE FROM source_line WHERE batch = ?1", [batch.as_str()])?;
        return Ok(());
    }
    let kept: Vec<String> = staying.iter().map(|left| format!("{} {}", left.table.name(), left.key)).collect();
    let kept = serde_json::json!(kept).to_string();
    let of_batch = |is_kept: &str| {
        format!("batch = ?1 AND table_name || ' ' || row_key {is_kept} (SELECT value FROM json_each(?2))")
    };
    // What stays may have its text with what goes.
    let keep = format!("UPDATE source_line AS one SET text = {TEXT} WHERE {}", of_batch("IN"));
    connection.execute(&keep, params![batch.as_str(), kept])?;
    let forget = format!("DELETE FROM source_line WHERE {}", of_batch("NOT IN"));
    connection.execute(&forget, params![batch.as_str(), kept])?;
    Ok(())
}

/// Why a row cannot be as it was before its batch; `is_compared` where it must still say what the batch left it with.
fn why_stays(
    connection: &Connection,
    hanging: &mut Hanging,
    entry: &Entry,
    is_compared: bool,
) -> Result<Option<Stay>, StoreError> {
    if journal::is_frozen(connection, entry.table, &entry.key)? {
        return Ok(Some(Stay::Cited));
    }
    if is_compared && row::get(connection, entry.table, &entry.key)? != entry.after()? {
        return Ok(Some(Stay::ChangedLater));
    }
    Ok((entry.is_new() && hanging.on(connection, entry.table, &entry.key)?).then_some(Stay::HasRecords))
}

/// What other records hang on, by table: read once, because no child is indexed by what it names.
///
/// A batch's own records are taken out children first, so that a table is looked at when its batch's children are gone.
#[derive(Default)]
pub(super) struct Hanging(HashMap<Table, HashSet<String>>);

impl Hanging {
    /// Whether hours, attachments or other records hang on a row.
    pub(super) fn on(&mut self, connection: &Connection, table: Table, key: &str) -> Result<bool, StoreError> {
        if let Some(known) = self.0.get(&table) {
            return Ok(known.contains(key));
        }
        let read = named(connection, table)?;
        let found = read.contains(key);
        self.0.insert(table, read);
        Ok(found)
    }
}

/// Every key of a table that some other row names.
fn named(connection: &Connection, table: Table) -> Result<HashSet<String>, StoreError> {
    let mut sources = references(connection, table)?;
    sources.push(("attachment".to_owned(), "record".to_owned()));
    if table == Table::Worker {
        sources.extend(["hours", "hours_replaced"].map(|hours| (hours.to_owned(), "worker".to_owned())));
    }
    let mut keys = HashSet::new();
    for (child, column) in sources {
        let sql = format!("SELECT DISTINCT \"{column}\" FROM \"{child}\" WHERE \"{column}\" IS NOT NULL");
        let mut statement = connection.prepare(&sql)?;
        let found = statement.query_map([], |row| row.get::<_, String>(0))?;
        for key in found {
            keys.insert(key?);
        }
    }
    Ok(keys)
}

/// The tables that refer to this one, each with its column.
fn references(connection: &Connection, table: Table) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT m.name, f.\"from\" FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f
               WHERE m.type = 'table' AND f.\"table\" = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([table.name()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The batch goes too, unless something of it stays: then it stands as taken back, so that the rest knows its file.
fn close(
    connection: &Connection,
    operation: i64,
    stamp: &Stamp,
    batch: Batch,
    staying: &mut Vec<Staying>,
) -> Result<(), StoreError> {
    let key = batch.key().to_owned();
    if staying.is_empty() && !Hanging::default().on(connection, Table::Batch, &key)? {
        // A line whose record was so already has no entry in the journal, and would be left behind.
        connection.execute("DELETE FROM source_line WHERE batch = ?1", [&key])?;
        return journal::apply(connection, operation, &Change::Remove(Table::Batch, key));
    }
    if staying.is_empty() {
        staying.push(Staying { table: Table::Batch, key, why: Stay::HasRecords });
    }
    let undone = Batch { undone_on: Some(stamp.day), ..batch };
    journal::apply(connection, operation, &Change::Put(AnyRecord::from(undone)))
}

/// The hash over what a batch brought, from its row or, once that has gone, from the journal.
pub(super) fn content_sha256(connection: &Connection, batch: &Id) -> Result<String, StoreError> {
    told(connection, batch, "content_sha256")
}

/// The hash of the file that a batch came with; empty where it was typed or pasted.
pub(super) fn file_sha256(connection: &Connection, batch: &Id) -> Result<String, StoreError> {
    told(connection, batch, "sha256")
}

fn told(connection: &Connection, batch: &Id, member: &str) -> Result<String, StoreError> {
    let sql = format!(
        "SELECT coalesce((SELECT {member} FROM batch WHERE id = ?1),
           (SELECT after ->> '$.{member}' FROM journal WHERE table_name = 'batch' AND row_key = ?1
            AND after IS NOT NULL ORDER BY id DESC LIMIT 1))"
    );
    let found: Option<Option<String>> = connection.query_row(&sql, [batch.as_str()], |row| row.get(0)).optional()?;
    found.flatten().ok_or(StoreError::NoBatch)
}

/// The batches that stand, each with the number of rows it left; for the check.
pub fn counted(connection: &Connection) -> Result<Vec<(Batch, i64)>, StoreError> {
    let hours = hours::counts(connection)?;
    let mut counted = Vec::new();
    for batch in row::all::<Batch>(connection)?.into_iter().filter(|batch| batch.undone_on.is_none()) {
        let rows = match batch.kind {
            BatchKind::Hours => hours.get(batch.key()).copied().unwrap_or(0),
            _ => lines(connection, &batch.id)?,
        };
        counted.push((batch, rows));
    }
    Ok(counted)
}

/// Lines of the file that brought a record.
fn lines(connection: &Connection, batch: &Id) -> Result<i64, StoreError> {
    let sql = "SELECT count(DISTINCT line) FROM source_line WHERE batch = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([batch.as_str()], |row| row.get(0))?)
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
