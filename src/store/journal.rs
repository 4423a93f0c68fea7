//! The undo journal (D9): one function performs a command and writes every row before and after.
//!
//! Undo is a new operation that puts `before` back, and only where the row still says `after`.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::Value;

use super::{Mac, Stamp, StoreError, audit, draft, hours, row, schema};
use crate::domain::command::{Act, Change, Command, Operation, RowChange};
use crate::domain::progress::Going;
use crate::domain::{AnyRecord, Id, Prefix, Table};

/// Performs the command in the open transaction: rows, journal, drafts, frozen rows, audit line.
pub fn perform(transaction: &Connection, mac: &Mac, stamp: &Stamp, command: &Command) -> Result<i64, StoreError> {
    let number = open(transaction, stamp, command.act, command.subject.as_deref())?;
    for change in &command.changes {
        apply(transaction, number, change)?;
    }
    keep_workers_of_hours(transaction, command.changes.iter().any(removes_worker))?;
    for form in &command.ends_drafts {
        draft::end(transaction, form)?;
    }
    for (table, key) in &command.freezes {
        freeze(transaction, number, *table, key)?;
    }
    let subject = command.subject.as_deref().unwrap_or_default();
    audit::append(transaction, mac, stamp, command.act.label(), subject, &format!("操作{number}"))?;
    Ok(number)
}

/// Opens an operation and gives its number.
pub fn open(connection: &Connection, stamp: &Stamp, act: Act, subject: Option<&str>) -> Result<i64, StoreError> {
    let sql = "INSERT INTO operation (at, day, act, subject) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute(params![stamp.at, stamp.day.to_string(), word(act)?, subject])?;
    Ok(connection.last_insert_rowid())
}

/// Makes one change and journals the row before and after it.
pub fn apply(connection: &Connection, operation: i64, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Put(record) => {
            put(connection, operation, record)?;
            count(connection, record.key())
        }
        Change::Remove(table, key) => remove(connection, operation, *table, key),
    }
}

/// Puts records in their order; the numbers of their ids are counted once, at the end.
///
/// `going` hears of each; the transaction is to be given up where it says so.
pub(super) fn put_all(
    connection: &Connection,
    operation: i64,
    records: &[AnyRecord],
    going: &Going<'_>,
) -> Result<(), StoreError> {
    let mut last: BTreeMap<Prefix, u32> = BTreeMap::new();
    for (done, record) in records.iter().enumerate() {
        going.at(done)?;
        put(connection, operation, record)?;
        if let Some((prefix, number)) = numbered(record.key()) {
            let known = last.entry(prefix).or_default();
            *known = number.max(*known);
        }
    }
    last.into_iter().try_for_each(|(prefix, number)| remember(connection, prefix, number))
}

fn put(connection: &Connection, operation: i64, record: &AnyRecord) -> Result<(), StoreError> {
    let (table, key) = (record.table(), record.key());
    let before = row::get(connection, table, key)?;
    let after = if before.is_none() {
        // Only a row that is there can have been frozen, and a frozen one is never removed.
        row::insert(connection, record)?
    } else {
        refuse_frozen(connection, table, key)?;
        row::put(connection, record)?
    };
    if before.as_ref() == Some(&after) {
        return Ok(());
    }
    let (before, after) = (before.map(|value| value.to_string()), after.to_string());
    note(connection, operation, (table, key), before.as_deref(), Some(&after))
}

fn remove(connection: &Connection, operation: i64, table: Table, key: &str) -> Result<(), StoreError> {
    refuse_frozen(connection, table, key)?;
    let before = row::get(connection, table, key)?;
    row::remove(connection, table, key)?;
    let Some(before) = before else { return Ok(()) };
    note(connection, operation, (table, key), Some(&before.to_string()), None)
}

/// Writes down what a row said before and after; the caller has changed it.
pub(super) fn note(
    c: &Connection,
    operation: i64,
    (table, key): (Table, &str),
    before: Option<&str>,
    after: Option<&str>,
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO journal (operation, table_name, row_key, before, after, schema) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let version = i64::try_from(schema::ESTABLISHMENT.len()).unwrap_or(i64::MAX);
    c.prepare_cached(sql)?.execute(params![operation, table.name(), key, before, after, version])?;
    Ok(())
}

/// Remembers the number of an id, so that it is never given again even after the row has gone.
fn count(connection: &Connection, key: &str) -> Result<(), StoreError> {
    numbered(key).map_or(Ok(()), |(prefix, number)| remember(connection, prefix, number))
}

fn numbered(key: &str) -> Option<(Prefix, u32)> {
    Id::parse(key).ok()?.numbered()
}

fn remember(connection: &Connection, prefix: Prefix, number: u32) -> Result<(), StoreError> {
    let sql = "INSERT INTO sequence (prefix, last) VALUES (?1, ?2)
               ON CONFLICT(prefix) DO UPDATE SET last = max(last, excluded.last)";
    connection.prepare_cached(sql)?.execute(params![prefix.letter().to_string(), number])?;
    Ok(())
}

fn freeze(connection: &Connection, operation: i64, table: Table, key: &str) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO frozen (table_name, row_key, operation) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![table.name(), key, operation])?;
    Ok(())
}

fn refuse_frozen(connection: &Connection, table: Table, key: &str) -> Result<(), StoreError> {
    if is_frozen(connection, table, key)? { Err(StoreError::Frozen(table)) } else { Ok(()) }
}

/// Whether an issued document cites the row.
pub fn is_frozen(connection: &Connection, table: Table, key: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM frozen WHERE table_name = ?1 AND row_key = ?2";
    Ok(connection.prepare_cached(sql)?.query_row([table.name(), key], |_| Ok(())).optional()?.is_some())
}

/// One journalled row, its states as the texts that they are: an operation may have tens of thousands.
pub(super) struct Entry {
    pub(super) table: Table,
    pub(super) key: String,
    before: Option<String>,
    after: Option<String>,
}

impl Entry {
    /// Whether the row was not there before.
    pub(super) const fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// The row as it was.
    pub(super) fn before(&self) -> Result<Option<Value>, StoreError> {
        json(self.before.as_deref())
    }

    /// The row as its operation left it.
    pub(super) fn after(&self) -> Result<Option<Value>, StoreError> {
        json(self.after.as_deref())
    }
}

/// The rows of an operation, the last one first.
pub(super) fn entries(connection: &Connection, operation: i64) -> Result<Vec<Entry>, StoreError> {
    let sql = "SELECT table_name, row_key, before, after, schema FROM journal WHERE operation = ?1 ORDER BY id DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([operation])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(4)? != i64::try_from(schema::ESTABLISHMENT.len()).unwrap_or(i64::MAX) {
            return Err(StoreError::OlderSchema);
        }
        entries.push(entry(row)?);
    }
    Ok(entries)
}

fn entry(row: &rusqlite::Row<'_>) -> Result<Entry, StoreError> {
    let name: String = row.get(0)?;
    let table = table_named(&name)?;
    Ok(Entry { table, key: row.get(1)?, before: row.get(2)?, after: row.get(3)? })
}

/// The table with this name.
pub fn table_named(name: &str) -> Result<Table, StoreError> {
    Table::ALL.iter().copied().find(|t| t.name() == name).ok_or_else(|| StoreError::Unreadable("journal".to_owned()))
}

fn json(text: Option<&str>) -> Result<Option<Value>, StoreError> {
    text.map(|t| serde_json::from_str(t).map_err(|_| StoreError::Unreadable("journal".to_owned()))).transpose()
}

/// The tables that an operation changed.
pub fn tables_of(connection: &Connection, operation: i64) -> Result<Vec<Table>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT table_name FROM journal WHERE operation = ?1")?;
    let mut rows = statement.query([operation])?;
    let mut tables = Vec::new();
    while let Some(row) = rows.next()? {
        tables.push(table_named(&row.get::<_, String>(0)?)?);
    }
    Ok(tables)
}

/// Rows of the operation that no longer say what it left them with.
pub fn conflicts(connection: &Connection, operation: i64) -> Result<usize, StoreError> {
    let mut seen = std::collections::BTreeSet::new();
    let mut count = 0;
    for entry in entries(connection, operation)? {
        // A row changed twice in one operation is compared with its last state only.
        if seen.insert((entry.table, entry.key.clone()))
            && row::get(connection, entry.table, &entry.key)? != entry.after()?
        {
            count += 1;
        }
    }
    Ok(count)
}

/// Takes an operation back as a new operation.
pub fn reverse(
    transaction: &Transaction<'_>,
    mac: &Mac,
    stamp: &Stamp,
    target: &Operation,
    act: Act,
) -> Result<i64, StoreError> {
    let conflicts = conflicts(transaction, target.number)?;
    if conflicts > 0 {
        return Err(StoreError::Conflict(conflicts));
    }
    let number = open(transaction, stamp, act, target.subject.as_deref())?;
    let changes: Vec<Change> = entries(transaction, target.number)?.iter().map(backwards).collect::<Result<_, _>>()?;
    for change in &changes {
        apply(transaction, number, change)?;
    }
    keep_workers_of_hours(transaction, changes.iter().any(removes_worker))?;
    link(transaction, number, target.number)?;
    let subject = target.subject.as_deref().unwrap_or_default();
    audit::append(transaction, mac, stamp, act.label(), subject, &format!("操作{number} 対象{}", target.number))?;
    Ok(number)
}

/// Notes that the operation `number` took `target` back.
pub(super) fn link(connection: &Connection, number: i64, target: i64) -> Result<(), StoreError> {
    connection.execute("UPDATE operation SET undoes = ?2 WHERE number = ?1", [number, target])?;
    connection.execute("UPDATE operation SET undone_by = ?2 WHERE number = ?1", [target, number])?;
    Ok(())
}

fn removes_worker(change: &Change) -> bool {
    matches!(change, Change::Remove(Table::Worker, _))
}

/// Hours lie in the order of their periods, where no reference to a worker could be followed back in time.
fn keep_workers_of_hours(connection: &Connection, is_removing: bool) -> Result<(), StoreError> {
    let left = if is_removing { hours::without_worker(connection)? } else { 0 };
    if left == 0 { Ok(()) } else { Err(StoreError::Conflict(left)) }
}

/// Notes that a row goes which still says what its operation left it with, and which no document cites: both were looked
/// at. The caller takes it out.
pub(super) fn note_gone(connection: &Connection, operation: i64, entry: &Entry) -> Result<(), StoreError> {
    note(connection, operation, (entry.table, &entry.key), entry.after.as_deref(), None)
}

/// The change that puts a row back to what it was.
pub(super) fn backwards(entry: &Entry) -> Result<Change, StoreError> {
    let Some(before) = entry.before()? else { return Ok(Change::Remove(entry.table, entry.key.clone())) };
    let record = AnyRecord::from_json(entry.table, before).map_err(|_| StoreError::Unreadable("journal".to_owned()))?;
    Ok(Change::Put(record))
}

/// Every change to rows that name this worker, and to rows with these keys or hanging on them, oldest first.
pub fn changes_of(connection: &Connection, worker: &Id, keys: &[String]) -> Result<Vec<RowChange>, StoreError> {
    let sql = "SELECT o.number, o.at, o.act, j.table_name, j.row_key, j.before, j.after
               FROM journal j JOIN operation o ON o.number = j.operation
               WHERE j.row_key IN (SELECT value FROM json_each(?2))
                 OR coalesce(j.after, j.before) ->> '$.worker' = ?1
                 OR coalesce(j.after, j.before) ->> '$.record' IN (SELECT value FROM json_each(?2))
               ORDER BY j.id";
    let mut statement = connection.prepare(sql)?;
    let keys = serde_json::json!(keys).to_string();
    let mut rows = statement.query([worker.as_str(), keys.as_str()])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(change(row)?);
    }
    Ok(changes)
}

fn change(row: &rusqlite::Row<'_>) -> Result<RowChange, StoreError> {
    let (act, table): (String, String) = (row.get(2)?, row.get(3)?);
    Ok(RowChange {
        operation: row.get(0)?,
        at: row.get(1)?,
        act: act_named(act)?,
        table: table_named(&table)?,
        key: row.get(4)?,
        before: json(text(row, 5)?)?,
        after: json(text(row, 6)?)?,
    })
}

fn text<'row>(row: &'row rusqlite::Row<'_>, index: usize) -> Result<Option<&'row str>, StoreError> {
    row.get_ref(index)?.as_str_or_null().map_err(|_| StoreError::Unreadable("journal".to_owned()))
}

fn act_named(name: String) -> Result<Act, StoreError> {
    serde_json::from_value(Value::from(name)).map_err(|_| StoreError::Unreadable("operation".to_owned()))
}

/// The newest operations, newest first.
pub fn history(connection: &Connection, limit: i64) -> Result<Vec<Operation>, StoreError> {
    let sql = "SELECT o.number, o.at, o.day, o.act, o.subject, o.batch, o.undoes, o.undone_by,
                 coalesce((SELECT nullif(b.added + b.changed, 0) FROM batch b WHERE b.id = o.batch),
                   (SELECT count(*) FROM journal j WHERE j.operation = o.number)),
                 EXISTS (SELECT 1 FROM frozen f WHERE f.operation = o.number)
               FROM operation o ORDER BY o.number DESC LIMIT ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([limit])?;
    let mut operations = Vec::new();
    while let Some(row) = rows.next()? {
        operations.push(operation(row)?);
    }
    Ok(operations)
}

fn operation(row: &rusqlite::Row<'_>) -> Result<Operation, StoreError> {
    let unreadable = || StoreError::Unreadable("operation".to_owned());
    let day: String = row.get(2)?;
    let act: String = row.get(3)?;
    let batch: Option<String> = row.get(5)?;
    Ok(Operation {
        number: row.get(0)?,
        at: row.get(1)?,
        day: day.parse().map_err(|_| unreadable())?,
        act: act_named(act)?,
        subject: row.get(4)?,
        rows: row.get(8)?,
        batch: batch.map(|text| Id::parse(&text)).transpose().map_err(|_| unreadable())?,
        undone_by: row.get(7)?,
        undoes: row.get(6)?,
        is_barrier: row.get(9)?,
    })
}

fn word(act: Act) -> Result<String, StoreError> {
    match serde_json::to_value(act) {
        Ok(Value::String(text)) => Ok(text),
        _ => Err(StoreError::Unreadable("operation".to_owned())),
    }
}
