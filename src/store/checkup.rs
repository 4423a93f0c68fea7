//! Sheets of checkups: read by person or by examination, never all at once.

use rusqlite::{Connection, ToSql};

use super::{StoreError, row};
use crate::domain::Id;
use crate::domain::checkup::CheckupSheet;

/// Every sheet of a worker, newest first.
pub fn of_worker(connection: &Connection, worker: &Id) -> Result<Vec<CheckupSheet>, StoreError> {
    read(connection, "WHERE worker = ?1 ORDER BY day DESC, id DESC", worker.as_str())
}

/// The sheets of these examinations, in no order.
pub fn of_checkups(connection: &Connection, checkups: &[&Id]) -> Result<Vec<CheckupSheet>, StoreError> {
    let ids: Vec<&str> = checkups.iter().map(|id| id.as_str()).collect();
    let list = serde_json::json!(ids).to_string();
    read(connection, "WHERE checkup IN (SELECT value FROM json_each(?1))", list)
}

fn read(connection: &Connection, of: &str, parameter: impl ToSql) -> Result<Vec<CheckupSheet>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT * FROM checkup_sheet {of}"))?;
    let mut rows = statement.query([parameter])?;
    let mut sheets = Vec::new();
    while let Some(found) = rows.next()? {
        sheets.push(row::record(found)?);
    }
    Ok(sheets)
}
