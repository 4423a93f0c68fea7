//! Records part by part: what a later change did to a record, done to the record as it stands without an erased batch.
//!
//! A part is a member, a value of a sheet of examinations, a member of a nested record, an element of a list.

use std::cell::Cell as Flag;
use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

use super::super::StoreError;
use super::super::batch::TEXT;
use crate::domain::Table;
use crate::domain::checkup::{Cells, Item};

/// The member that holds all values of an examination in one text.
const CELLS: &str = "cells";
/// Tables whose records are told by the words of their line where a batch did not say which parts it tells.
const BY_WORDS: &[Table] = &[Table::Worker, Table::Measure, Table::Case];

/// What a later batch says of a record, also where it changed nothing.
#[derive(Debug, Default)]
pub(super) struct Voice {
    /// Members and items that it tells.
    parts: HashSet<String>,
    /// The cells of its line, where it is not known which parts they tell.
    words: HashSet<String>,
    /// Whether a part stays because of such a word alone.
    is_unsure: Flag<bool>,
}

impl Voice {
    /// What a batch says of a record.
    pub(super) fn of(connection: &Connection, batch: &str, table: Table, key: &str) -> Result<Self, StoreError> {
        let sql = "SELECT parts FROM batch_said WHERE batch = ?1 AND table_name = ?2 AND row_key = ?3";
        let mut statement = connection.prepare_cached(sql)?;
        let parts = statement.query_row([batch, table.name(), key], |row| row.get::<_, String>(0)).optional()?;
        let words = match &parts {
            None if BY_WORDS.contains(&table) => words(connection, batch, table, key)?,
            _ => HashSet::new(),
        };
        let parts = parts.unwrap_or_default().split(' ').map(str::to_owned).collect();
        Ok(Self { parts, words, is_unsure: Flag::new(false) })
    }

    /// Whether something stays that may be the batch's own or the erased one's.
    pub(super) const fn is_unsure(&self) -> bool {
        self.is_unsure.get()
    }

    fn tells(&self, item: Item) -> bool {
        self.parts.contains(item.code())
    }

    /// Whether a member that stood so already is told here; `here` is what would stand otherwise.
    fn says(&self, name: &str, value: &Value, here: Option<&Value>) -> bool {
        if self.parts.contains(name) {
            return true;
        }
        let word = value.as_str().map(plain).filter(|word| !word.is_empty());
        let is_there = word.is_some_and(|word| self.words.contains(&word));
        self.is_unsure.set(self.is_unsure.get() || (is_there && here != Some(value)));
        is_there
    }
}

fn words(connection: &Connection, batch: &str, table: Table, key: &str) -> Result<HashSet<String>, StoreError> {
    let sql = format!("SELECT {TEXT} FROM source_line AS one WHERE batch = ?1 AND table_name = ?2 AND row_key = ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![batch, table.name(), key])?;
    let mut words = HashSet::new();
    while let Some(row) = rows.next()? {
        words.extend(row.get::<_, String>(0)?.split('\t').map(plain));
    }
    Ok(words)
}

/// Days are written in several ways; spaces mean nothing.
fn plain(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '/' { '-' } else { c }).collect()
}

/// `here` after the change that made `to` out of `from`; what `voice` tells stays as it is in `to`.
pub(super) fn carried(here: &Value, from: &Value, to: &Value, voice: &Voice) -> Value {
    let (Value::Object(here), Value::Object(from), Value::Object(to)) = (here, from, to) else { return to.clone() };
    let names = to.keys().chain(here.keys().filter(|name| !to.contains_key(*name)));
    let member = |name: &String| {
        let value = member(name, [here, from, to].map(|members: &Map<String, Value>| members.get(name)), voice)?;
        Some((name.clone(), value))
    };
    Value::Object(names.filter_map(member).collect())
}

fn member(name: &str, [here, from, to]: [Option<&Value>; 3], voice: &Voice) -> Option<Value> {
    let composite = here.zip(from).zip(to).and_then(|((here, from), to)| composite(name, here, from, to, voice));
    match to {
        _ if composite.is_some() => composite,
        Some(to) if from == Some(to) && !voice.says(name, to, here) => here.cloned(),
        None if from.is_none() => here.cloned(),
        to => to.cloned(),
    }
}

/// A member that has parts of its own; none for any other.
fn composite(name: &str, here: &Value, from: &Value, to: &Value, voice: &Voice) -> Option<Value> {
    match (here, from, to) {
        (Value::Object(_), Value::Object(_), Value::Object(_)) => Some(carried(here, from, to, voice)),
        (Value::Array(here), Value::Array(from), Value::Array(to)) => Some(list(here, from, to)),
        _ if name == CELLS => {
            let [here, from, to] = [here, from, to].map(|value| Cells::unpack(value.as_str()?));
            Some(Value::from(here?.carried(&from?, &to?, &|item| voice.tells(item)).pack()))
        }
        _ => None,
    }
}

/// What was put into the list is put in, what was taken out is taken out.
fn list(here: &[Value], from: &[Value], to: &[Value]) -> Value {
    let stays = here.iter().filter(|value| to.contains(value) || !from.contains(value));
    let comes = to.iter().filter(|value| !from.contains(value) && !here.contains(value));
    stays.chain(comes).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_of_part_is_carried_by_itself() {
        let here =
            json!({ "name": "甲", "nested_json": { "a": 1, "b": 2 }, "list_json": [1, 2], "cells": "sbp 120\n" });
        let from = json!({ "name": "乙", "nested_json": { "a": 9, "b": 9 }, "list_json": [1, 2, 9],
                           "cells": "sbp 187\nua 9.9\n" });
        let to = json!({ "name": "乙", "nested_json": { "a": 9, "b": 3 }, "list_json": [2, 9, 4],
                         "cells": "sbp 187\nua 9.9\nalt 33\n" });
        let expected = json!({ "name": "甲", "nested_json": { "a": 1, "b": 3 }, "list_json": [2, 4],
                               "cells": "sbp 120\nalt 33\n" });
        assert_eq!(carried(&here, &from, &to, &Voice::default()), expected);
    }

    #[test]
    fn a_word_of_the_later_line_stays_and_is_no_certainty() {
        let (here, from) = (json!({ "department": "製造課" }), json!({ "department": "営業課" }));
        let voice = Voice { words: HashSet::from([plain("営業課")]), ..Voice::default() };
        assert_eq!(carried(&here, &from, &from, &voice), from);
        assert!(voice.is_unsure());
        let sure = Voice { parts: HashSet::from(["department".to_owned()]), ..Voice::default() };
        assert_eq!(carried(&here, &from, &from, &sure), from);
        assert!(!sure.is_unsure());
    }
}
