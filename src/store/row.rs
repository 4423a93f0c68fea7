//! Records and rows: one member of the record is one column.
//!
//! A member whose name ends in `_json` is kept as JSON text; everything else is a text, an integer or null.

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::de::value::MapDeserializer;
use serde_json::{Map, Value};

use super::StoreError;
use crate::domain::{AnyRecord, Record, Table};

/// Every record of a table, by key.
pub fn all<R: Record>(connection: &Connection) -> Result<Vec<R>, StoreError> {
    let sql = format!("SELECT * FROM {} ORDER BY id", R::TABLE.name());
    // Read once an unlock: a statement that is not kept takes its memory from the connection's own buffer.
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(record(row)?);
    }
    Ok(records)
}

/// The record with `key`, if there is one.
pub fn find<R: Record>(connection: &Connection, key: &str) -> Result<Option<R>, StoreError> {
    let sql = format!("SELECT * FROM {} WHERE id = ?1", R::TABLE.name());
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([key])?;
    rows.next()?.map(record).transpose()
}

/// The row of `table` with `key` as JSON, if there is one.
pub fn get(connection: &Connection, table: Table, key: &str) -> Result<Option<Value>, StoreError> {
    let sql = format!("SELECT * FROM {} WHERE id = ?1", table.name());
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row([key], |row| Ok(to_json(row))).optional()?;
    found.transpose()
}

/// Writes the record; an existing row is changed, never replaced under its references.
///
/// Gives the row as [`get`] would read it back.
pub fn put(connection: &Connection, record: &AnyRecord) -> Result<Value, StoreError> {
    write(connection, record, |columns| {
        let updates: Vec<String> = columns.iter().map(|name| format!("{name} = excluded.{name}")).collect();
        format!(" ON CONFLICT(id) DO UPDATE SET {}", updates.join(", "))
    })
}

/// Writes a record whose row is not there: without the copy of each page that the other way keeps for a conflict.
pub fn insert(connection: &Connection, record: &AnyRecord) -> Result<Value, StoreError> {
    write(connection, record, |_| String::new())
}

fn write(
    connection: &Connection,
    record: &AnyRecord,
    otherwise: impl FnOnce(&[String]) -> String,
) -> Result<Value, StoreError> {
    let table = record.table();
    let Ok(Value::Object(members)) = record.to_json() else { return Err(unreadable(table)) };
    let columns: Vec<String> = members.keys().map(|name| format!("\"{name}\"")).collect();
    let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({}){}",
        table.name(),
        columns.join(", "),
        marks.join(", "),
        otherwise(&columns)
    );
    connection.prepare_cached(&sql)?.execute(params_from_iter(members.iter().map(to_sql)))?;
    Ok(Value::Object(members))
}

/// Removes the row of `table` with `key`.
pub fn remove(connection: &Connection, table: Table, key: &str) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {} WHERE id = ?1", table.name());
    connection.prepare_cached(&sql)?.execute([key])?;
    Ok(())
}

/// Removes the rows of `table` with these keys in one statement.
pub fn remove_all(connection: &Connection, table: Table, keys: &[String]) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {} WHERE id IN (SELECT value FROM json_each(?1))", table.name());
    connection.prepare_cached(&sql)?.execute([serde_json::json!(keys).to_string()])?;
    Ok(())
}

/// A row as its record, without a map of names in between: an unlock reads every row.
pub(super) fn record<R: Record>(row: &Row<'_>) -> Result<R, StoreError> {
    let mut members = Vec::with_capacity(row.as_ref().column_count());
    for (index, name) in row.as_ref().column_names().enumerate() {
        members.push((name, member(name, row.get_ref(index)?)?));
    }
    let members = MapDeserializer::<_, serde_json::Error>::new(members.into_iter());
    R::deserialize(members).map_err(|_| unreadable(R::TABLE))
}

/// A row as JSON, one member a column.
fn to_json(row: &Row<'_>) -> Result<Value, StoreError> {
    let mut members = Map::new();
    for (index, name) in row.as_ref().column_names().enumerate() {
        members.insert(name.to_owned(), member(name, row.get_ref(index)?)?);
    }
    Ok(Value::Object(members))
}

fn member(name: &str, value: ValueRef<'_>) -> Result<Value, StoreError> {
    let unreadable = || StoreError::Unreadable(name.to_owned());
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::from(number)),
        ValueRef::Text(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
            if name.ends_with("_json") {
                return serde_json::from_str(text).map_err(|_| unreadable());
            }
            Ok(Value::from(text))
        }
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(unreadable()),
    }
}

fn to_sql((name, value): (&String, &Value)) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(flag) => Sql::Integer(i64::from(*flag)),
        Value::Number(number) => number.as_i64().map_or(Sql::Null, Sql::Integer),
        Value::String(text) if !name.ends_with("_json") => Sql::Text(text.clone()),
        nested => Sql::Text(nested.to_string()),
    }
}

fn unreadable(table: Table) -> StoreError {
    StoreError::Unreadable(table.name().to_owned())
}
