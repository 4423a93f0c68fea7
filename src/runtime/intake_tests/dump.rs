//! The database as rows: what a file brings and an undo takes back, without the history of the acts themselves.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::site;
use crate::runtime::Desk;

/// The acts: an undo is one of its own, the audit chain only grows, a number once given is not given again, and how a file is
/// read was learnt by an act of its own.
const HISTORY: [&str; 6] = ["audit", "face", "operation", "journal", "sequence", "import_profile"];

/// Every record with the line that it comes from and the text of that.
const SOURCE_LINES: &str = "SELECT batch, line, table_name, row_key,
    (SELECT max(text) FROM source_line AS whole WHERE whole.batch = one.batch AND whole.line = one.line)
    FROM source_line AS one";

/// The tables as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dump {
    /// Records by table and key.
    pub records: BTreeMap<(String, String), String>,
    /// Source lines: batch, table and key, with the rest.
    pub lines: BTreeSet<(String, String, String, String)>,
    /// Hours in force and replaced: whose and of what, the batch, the rest, and what replaced it.
    pub hours: BTreeSet<Hours>,
}

/// A row of hours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// Period, worker, measure and series.
    pub of: String,
    /// The batch that brought it.
    pub batch: String,
    /// What it says.
    pub rest: String,
    /// The batch that replaced it.
    pub replaced_by: Option<String>,
}

fn texts(connection: &Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let cell = |value: Value| match value {
        Value::Text(text) => text,
        other => format!("{other:?}"),
    };
    let row = |row: &rusqlite::Row<'_>| (0..width).map(|index| row.get(index).map(cell)).collect();
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}

fn hours(connection: &Connection) -> impl Iterator<Item = Hours> {
    let columns = "\"end\" || ' ' || start || ' ' || worker || ' ' || measure || ' ' || series, batch,
                   low_s || ' ' || high_s || ' ' || nth || ' ' || row || ' ' || source_text";
    let sql = format!("SELECT {columns}, '' FROM hours UNION ALL SELECT {columns}, replaced_by FROM hours_replaced");
    texts(connection, &sql).into_iter().map(|row| {
        let [of, batch, rest, replaced_by] = <[String; 4]>::try_from(row).unwrap();
        Hours { of, batch, rest, replaced_by: Some(replaced_by).filter(|batch| !batch.is_empty()) }
    })
}

impl Dump {
    /// What stands now.
    pub fn of(desk: &mut Desk) -> Self {
        let connection = &*desk.open_site_mut(&site()).unwrap().store.connection();
        let tables = texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        let is_other = |table: &String| HISTORY.contains(&table.as_str()) || table.starts_with("hours");
        let mut dump = Self { hours: hours(connection).collect(), ..Self::default() };
        for table in tables.into_iter().flatten().filter(|table| !is_other(table)) {
            // The text of a line is kept once, with whichever of its records.
            let sql = match table.as_str() {
                "source_line" => SOURCE_LINES.to_owned(),
                _ => format!("SELECT * FROM \"{table}\""),
            };
            for row in texts(connection, &sql) {
                dump.put(&table, &row);
            }
        }
        dump
    }

    fn put(&mut self, table: &str, row: &[String]) {
        let cell = |index: usize| row.get(index).cloned().unwrap_or_default();
        let all = row.join("\u{1f}");
        if table == "source_line" {
            self.lines.insert((cell(0), cell(2), cell(3), all));
        } else if table == "batch_said" {
            // It goes with its batch whatever stays of that.
            self.lines.insert((cell(0), table.to_owned(), cell(2), all));
        } else {
            self.records.insert((table.to_owned(), cell(0)), all);
        }
    }

    /// Records that are other ones there.
    pub fn differing(&self, other: &Self) -> BTreeSet<(String, String)> {
        let keys = self.records.keys().chain(other.records.keys());
        keys.filter(|key| self.records.get(*key) != other.records.get(*key)).cloned().collect()
    }
}
