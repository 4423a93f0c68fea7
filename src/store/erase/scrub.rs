//! What a batch wrote over an older row: where its values stand, the older ones stand again, in the row and in every later
//! state of it that the journal holds.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

use super::super::journal::Entry;
use super::super::{StoreError, journal, row};
use crate::domain::checkup::Cells;
use crate::domain::{AnyRecord, Table};

/// What a batch wrote over an older row: where its values stand, the older ones stand again.
pub(super) struct Scrub<'a> {
    pub(super) before: &'a Map<String, Value>,
    pub(super) after: &'a Map<String, Value>,
}

impl Scrub<'_> {
    pub(super) fn everywhere(&self, connection: &Connection, operation: i64, entry: &Entry) -> Result<(), StoreError> {
        if let Some(current) = row::get(connection, entry.table, &entry.key)? {
            let record = AnyRecord::from_json(entry.table, self.clean(current)).map_err(|_| unreadable())?;
            row::put(connection, &record)?;
        }
        self.journal(connection, operation, entry)
    }

    pub(super) fn journal(&self, connection: &Connection, operation: i64, entry: &Entry) -> Result<(), StoreError> {
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

    pub(super) fn clean(&self, mut state: Value) -> Value {
        if let Value::Object(members) = &mut state {
            for (name, wrong) in self.after.iter().filter(|(name, value)| self.before.get(*name) != Some(value)) {
                if let (Some(member), Some(right)) = (members.get_mut(name), self.before.get(name)) {
                    put_back(name, member, wrong, right);
                }
            }
        }
        state
    }
}

/// What a member says once the batch's part of it has gone.
fn put_back(name: &str, member: &mut Value, wrong: &Value, right: &Value) {
    if member == wrong {
        *member = right.clone();
    } else if name == CELLS
        && let Some(without) = values_without(member, wrong, right)
    {
        *member = without;
    }
}

/// The values of an examination stand in one text: a later file changes the text and keeps most of them.
const CELLS: &str = "cells";

fn values_without(member: &Value, wrong: &Value, right: &Value) -> Option<Value> {
    let [member, wrong, right] = [member, wrong, right].map(|value| Cells::unpack(value.as_str()?));
    Some(Value::from(member?.without(&wrong?, &right?).pack()))
}

/// The text of a head is made of the values of its sheet, also of those that a later file brought beside the batch's: it
/// says again what it said before, in the row and in every later state; the caller makes it anew.
pub(super) fn summary(connection: &Connection, operation: i64, sheet: &Entry) -> Result<(), StoreError> {
    let head = sheet.before.as_ref().and_then(|row| row.get("checkup")).and_then(Value::as_str);
    let Some(head) = head.filter(|_| sheet.table == Table::CheckupSheet) else { return Ok(()) };
    if journal::is_frozen(connection, Table::Checkup, head)? {
        return Ok(());
    }
    let first = "SELECT before ->> '$.summary' FROM journal WHERE table_name = 'checkup' AND row_key = ?1
                   AND operation >= ?2 ORDER BY id LIMIT 1";
    let found = connection.query_row(first, params![head, operation], |row| row.get::<_, Option<String>>(0));
    let Some(right) = found.optional()?.flatten() else { return Ok(()) };
    let states =
        "UPDATE journal SET before = json_set(before, '$.summary', ?3), after = json_set(after, '$.summary', ?3)
                  WHERE table_name = 'checkup' AND row_key = ?1 AND operation >= ?2";
    connection.execute(states, params![head, operation, right])?;
    connection.execute("UPDATE checkup SET summary = ?2 WHERE id = ?1", params![head, right])?;
    Ok(())
}

pub(super) fn unreadable() -> StoreError {
    StoreError::Unreadable("journal".to_owned())
}
