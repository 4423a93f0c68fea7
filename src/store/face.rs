//! The face of a site: what the desk held of it when it was last left, in one piece.
//!
//! An unlock that reads it is several times quicker than one that reads every table. It is never the truth: it counts only
//! while no operation followed it and the schema is the same, and whoever cannot read it reads the tables.

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, schema};
use crate::domain::Day;

const CURRENT: &str = "operation = (SELECT coalesce(max(number), 0) FROM operation) AND schema = ?1";

/// Hands the face to `read` if nothing has happened since it was kept and its hours reach back to `since`, if that matters.
pub fn read<T>(
    connection: &Connection,
    since: Option<Day>,
    read: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let sql = format!("SELECT content FROM face WHERE {CURRENT} AND coalesce(since <= ?2, 1)");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params![version(), since.map(|day| day.to_string())])?;
    Ok(match rows.next()? {
        Some(row) => row.get_ref(0)?.as_bytes().ok().and_then(read),
        None => None,
    })
}

/// Whether the face still shows what the tables hold.
pub fn is_current(connection: &Connection) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM face WHERE {CURRENT}");
    Ok(connection.prepare_cached(&sql)?.query_row([version()], |_| Ok(())).optional()?.is_some())
}

/// Keeps the face; the one before goes.
pub fn keep(connection: &mut Connection, since: Day, content: &str) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    transaction.execute("DELETE FROM face", [])?;
    let sql = "INSERT INTO face (operation, schema, since, content)
               VALUES ((SELECT coalesce(max(number), 0) FROM operation), ?1, ?2, ?3)";
    transaction.execute(sql, params![version(), since.to_string(), content])?;
    Ok(transaction.commit()?)
}

fn version() -> i64 {
    i64::try_from(schema::ESTABLISHMENT.len()).unwrap_or(i64::MAX)
}
