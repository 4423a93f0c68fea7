//! Drafts: one row a field, written as it is typed, outside journal and audit.

use rusqlite::Connection;

use super::StoreError;
use crate::domain::command::DraftField;

/// Keeps what stands in a field now; an empty value is kept too, since it was typed.
pub fn save(connection: &Connection, field: &DraftField) -> Result<(), StoreError> {
    let sql = "INSERT INTO draft (form, field, value) VALUES (?1, ?2, ?3)
               ON CONFLICT(form, field) DO UPDATE SET value = excluded.value";
    connection.prepare_cached(sql)?.execute([&field.form, &field.field, &field.value])?;
    Ok(())
}

/// Every field of every form.
pub fn all(connection: &Connection) -> Result<Vec<DraftField>, StoreError> {
    let mut statement = connection.prepare("SELECT form, field, value FROM draft ORDER BY form, field")?;
    let rows =
        statement.query_map([], |row| Ok(DraftField { form: row.get(0)?, field: row.get(1)?, value: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ends every form about a record, such as `interview/E01-W0012`.
pub fn end_about(connection: &Connection, key: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM draft WHERE '/' || form || '/' LIKE '%/' || ?1 || '/%'";
    connection.prepare_cached(sql)?.execute([key])?;
    Ok(())
}

/// Ends a form: its fields became a record, or were given up.
pub fn end(connection: &Connection, form: &str) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM draft WHERE form = ?1")?.execute([form])?;
    Ok(())
}
