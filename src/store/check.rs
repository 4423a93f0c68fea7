//! Reads everything and compares: pages, rows against the journal, batches against their audit line, the chain.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value;

use super::{Mac, StoreError, audit, batch, hours, journal, row};
use crate::domain::{Id, Table};

/// What does not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// SQLite's own check of the pages failed.
    Pages,
    /// A row is not what the journal says was last written.
    Row(Table, String),
    /// A row is there that the journal does not know, or the journal knows one that is not there.
    Presence(Table, String),
    /// Rows of this table name an operation or a record that is not there.
    Reference(String),
    /// The counter of ids of this letter stands below a number that was given out.
    Counter(char),
    /// A batch does not hold the number of rows that its audit line says.
    BatchRows(String),
    /// The audit chain.
    Chain(audit::Break),
}

/// Runs every comparison; an empty list means that nothing was found, not that nothing is wrong.
pub fn run(connection: &Connection, mac: &Mac, known: Option<&audit::Head>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = pages(connection)?;
    let last = last_written(connection)?;
    for table in Table::ALL {
        faults.extend(compare(connection, *table, &last)?);
    }
    faults.extend(references(connection)?);
    faults.extend(counters(connection, &last)?);
    faults.extend(batches(connection)?);
    faults.extend(audit::verify(connection, mac, known)?.into_iter().map(Fault::Chain));
    Ok(faults)
}

fn pages(connection: &Connection) -> Result<Vec<Fault>, StoreError> {
    let answer: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(if answer == "ok" { Vec::new() } else { vec![Fault::Pages] })
}

type LastWritten = BTreeMap<(Table, String), Option<Value>>;

fn last_written(connection: &Connection) -> Result<LastWritten, StoreError> {
    let mut statement = connection.prepare("SELECT table_name, row_key, after FROM journal ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut last = LastWritten::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let after: Option<String> = row.get(2)?;
        let value = after.map(|text| serde_json::from_str(&text)).transpose();
        let value = value.map_err(|_| StoreError::Unreadable("journal".to_owned()))?;
        last.insert((journal::table_named(&name)?, row.get(1)?), value);
    }
    Ok(last)
}

fn compare(connection: &Connection, table: Table, last: &LastWritten) -> Result<Vec<Fault>, StoreError> {
    let mut faults = Vec::new();
    let sql = format!("SELECT id FROM {}", table.name());
    let mut statement = connection.prepare(&sql)?;
    let keys: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for key in &keys {
        match last.get(&(table, key.clone())) {
            Some(Some(expected)) if Some(expected) == row::get(connection, table, key)?.as_ref() => {}
            Some(Some(_)) => faults.push(Fault::Row(table, key.clone())),
            _ => faults.push(Fault::Presence(table, key.clone())),
        }
    }
    let present: std::collections::HashSet<&String> = keys.iter().collect();
    let lost = last.iter().filter(|((t, key), value)| *t == table && value.is_some() && !present.contains(key));
    faults.extend(lost.map(|((_, key), _)| Fault::Presence(table, key.clone())));
    Ok(faults)
}

fn references(connection: &Connection) -> Result<Vec<Fault>, StoreError> {
    let mut statement = connection.prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let hours = (hours::without_worker(connection)? > 0).then(|| "hours".to_owned());
    Ok(tables.into_iter().chain(hours).map(Fault::Reference).collect())
}

/// Every id that was ever given stands in the journal; a counter below it would give one of them again.
fn counters(connection: &Connection, last: &LastWritten) -> Result<Vec<Fault>, StoreError> {
    let mut given: BTreeMap<char, u32> = BTreeMap::new();
    for (prefix, number) in last.keys().filter_map(|(_, key)| Id::parse(key).ok()?.numbered()) {
        let highest = given.entry(prefix.letter()).or_default();
        *highest = number.max(*highest);
    }
    let mut faults = Vec::new();
    for (letter, highest) in given {
        let sql = "SELECT coalesce(max(last), 0) FROM sequence WHERE prefix = ?1";
        let kept: u32 = connection.query_row(sql, [letter.to_string()], |row| row.get(0))?;
        faults.extend((kept < highest).then_some(Fault::Counter(letter)));
    }
    Ok(faults)
}

fn batches(connection: &Connection) -> Result<Vec<Fault>, StoreError> {
    let whole = |(batch, rows): &(crate::domain::hours::Batch, i64)| batch.added + batch.changed == *rows;
    let broken = batch::counted(connection)?.into_iter().filter(|pair| !whole(pair));
    Ok(broken.map(|(batch, _)| Fault::BatchRows(batch.id.to_string())).collect())
}
