//! The states of a row since a batch came, and the same states as they would be had it never come.
//!
//! Every later change is done again, part by part, to the row as it stood before the batch.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use serde_json::Value;

use super::super::StoreError;
use super::blank::is_whole;
use super::parts::{Voice, carried};
use crate::domain::Table;

/// A change of a row as the journal holds it.
#[derive(Debug, Clone)]
pub(super) struct State {
    id: i64,
    pub(super) operation: i64,
    /// The operation that this one takes back or does again.
    undoes: Option<i64>,
    batch: Option<String>,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
}

/// The changes of a row from an operation on, oldest first.
pub(super) fn states(connection: &Connection, table: Table, key: &str, since: i64) -> Result<Vec<State>, StoreError> {
    let sql = "SELECT j.id, j.operation, o.undoes, o.batch, j.before, j.after FROM journal j
               JOIN operation o ON o.number = j.operation
               WHERE j.table_name = ?1 AND j.row_key = ?2 AND j.operation >= ?3 ORDER BY j.id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![table.name(), key, since])?;
    let mut states = Vec::new();
    while let Some(row) = rows.next()? {
        states.push(State {
            id: row.get(0)?,
            operation: row.get(1)?,
            undoes: row.get(2)?,
            batch: row.get(3)?,
            before: json(row.get(4)?)?,
            after: json(row.get(5)?)?,
        });
    }
    Ok(states)
}

fn json(text: Option<String>) -> Result<Option<Value>, StoreError> {
    text.map(|text| serde_json::from_str(&text).map_err(|_| unreadable())).transpose()
}

pub(super) fn unreadable() -> StoreError {
    StoreError::Unreadable("journal".to_owned())
}

/// A row without the erased batch.
#[derive(Debug)]
pub(super) struct Rebased {
    /// The row as it stands now; none where it would not be there.
    pub(super) now: Option<Value>,
    /// Its states, in the order of those that the journal holds.
    pub(super) states: Vec<State>,
    /// Whether a part stays of which nobody can say whose it is.
    pub(super) is_unsure: bool,
}

/// Whose states of which row, which batch goes, and the row before it.
pub(super) struct Row<'a> {
    pub(super) table: Table,
    pub(super) key: &'a str,
    /// The operation of the erased batch.
    pub(super) target: i64,
    /// The row before the batch, or what is left of one that it brought.
    pub(super) base: Option<Value>,
}

/// Does every later change again without the batch. `retell` hears what a change was and what becomes of it, and may
/// make anew what is made of other rows.
pub(super) fn rebase(
    connection: &Connection,
    row: &Row<'_>,
    states: &[State],
    retell: &dyn Fn(&State, &mut Value),
) -> Result<Rebased, StoreError> {
    let mut rebased = Rebased { now: row.base.clone(), states: Vec::with_capacity(states.len()), is_unsure: false };
    let mut firsts: HashMap<i64, Option<Value>> = HashMap::new();
    for state in states {
        let before = rebased.now.clone();
        let taken_back = state.undoes.and_then(|undone| firsts.get(&undone).cloned());
        firsts.entry(state.operation).or_insert_with(|| before.clone());
        rebased.now = match (&state.before, &state.after) {
            _ if state.operation == row.target => before.clone(),
            (_, None) => None,
            // What is taken back said exactly this before.
            _ if taken_back.is_some() => taken_back.flatten(),
            (None, Some(after)) => Some(after.clone()),
            (Some(from), Some(to)) => rebased.changed(connection, row, state, [from, to], retell)?,
        };
        rebased.states.push(State { before, after: rebased.now.clone(), ..state.clone() });
    }
    Ok(rebased)
}

impl Rebased {
    fn changed(
        &mut self,
        connection: &Connection,
        row: &Row<'_>,
        state: &State,
        [from, to]: [&Value; 2],
        retell: &dyn Fn(&State, &mut Value),
    ) -> Result<Option<Value>, StoreError> {
        if is_whole(row.table) {
            return Ok(Some(to.clone()));
        }
        let Some(here) = &self.now else { return Ok(None) };
        let voice = match &state.batch {
            Some(batch) => Voice::of(connection, batch, row.table, row.key)?,
            None => Voice::default(),
        };
        let mut now = carried(here, from, to, &voice);
        retell(state, &mut now);
        self.is_unsure |= voice.is_unsure();
        Ok(Some(now))
    }

    /// The row at the end of an operation; `base` where nothing was changed by then.
    pub(super) fn at<'a>(&'a self, operation: i64, base: Option<&'a Value>) -> Option<&'a Value> {
        let last = self.states.iter().rev().find(|state| state.operation <= operation);
        last.map_or(base, |state| state.after.as_ref())
    }

    /// Writes the states over those of the journal; an entry that says the same before and after is no change any more.
    ///
    /// A row that the batch brought, `is_new`, is brought by the first change that is left, or by the batch where none is.
    pub(super) fn write(&self, connection: &Connection, target: i64, is_new: bool) -> Result<(), StoreError> {
        let is_left = |state: &&State| state.before != state.after && state.operation != target;
        let first = self.states.iter().find(is_left).or_else(|| self.states.last()).map(|state| state.id);
        for state in &self.states {
            let is_first = is_new && Some(state.id) == first;
            let before = state.before.as_ref().filter(|_| !is_first);
            let after = if is_first && !is_left(&state) { self.now.as_ref() } else { state.after.as_ref() };
            put(connection, state.id, before, after)?;
        }
        Ok(())
    }
}

fn put(connection: &Connection, id: i64, before: Option<&Value>, after: Option<&Value>) -> Result<(), StoreError> {
    if before == after {
        connection.prepare_cached("DELETE FROM journal WHERE id = ?1")?.execute([id])?;
        return Ok(());
    }
    let [before, after] = [before, after].map(|state| state.map(ToString::to_string));
    let sql = "UPDATE journal SET before = ?2, after = ?3 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![id, before, after])?;
    Ok(())
}
