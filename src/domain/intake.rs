//! What comes in as one batch, what is remembered of its rows, and what stays when a batch goes.

use serde::{Deserialize, Serialize};

use super::command::{HoursBatch, Operation};
use super::hours::{Batch, WorkTime};
use super::{AnyRecord, Day, Id, Table};
use crate::labelled;

/// A batch with everything that comes with it: taken in, taken back and erased as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// The batch.
    pub batch: Batch,
    /// Its records, table after table, so that no record is put before one that it names.
    pub records: Vec<AnyRecord>,
    /// Where those records come from.
    pub lines: Vec<SourceLine>,
    /// Its rows of hours, which carry their line and text themselves.
    pub rows: Vec<WorkTime>,
}

impl Intake {
    /// A batch with nothing in it yet.
    pub const fn new(batch: Batch) -> Self {
        Self { batch, records: Vec::new(), lines: Vec::new(), rows: Vec::new() }
    }

    /// Adds a record that comes from no line of its own.
    pub fn put(&mut self, record: impl Into<AnyRecord>) {
        self.records.push(record.into());
    }

    /// Adds a record that a line of the file brings.
    pub fn put_from(&mut self, line: u32, text: &str, record: impl Into<AnyRecord>) {
        let record = record.into();
        let (table, key) = (record.table(), record.key().to_owned());
        self.lines.push(SourceLine { line, table, key, text: text.to_owned() });
        self.records.push(record);
    }
}

impl From<HoursBatch> for Intake {
    fn from(HoursBatch { batch, workers, rows }: HoursBatch) -> Self {
        Self { batch, records: workers.into_iter().map(AnyRecord::from).collect(), lines: Vec::new(), rows }
    }
}

/// The line of a file that a record comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Line of the file, 1-based.
    pub line: u32,
    /// The record's table.
    pub table: Table,
    /// The record's key.
    pub key: String,
    /// The line's cells as they stood, with tabs between them.
    pub text: String,
}

labelled! {
    /// What the physician said about a person of an employer's file.
    Answer { Same = "この人", New = "別の人", Leave = "入れない" }
}

/// An answer about a person, remembered for the next file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAnswer {
    /// Row.
    pub id: Id,
    /// The folded employee number of the file.
    pub number: String,
    /// The folded name of the file.
    pub name: String,
    /// What was said.
    pub answer: Answer,
    /// Who it is, for [`Answer::Same`]. Not a reference: a worker who is gone makes it a question again.
    pub person: Option<Id>,
    /// Said on.
    pub day: Day,
}

labelled! {
    /// Why a row stays when its batch is taken back or erased.
    Stay {
        ChangedLater = "あとから直された",
        Cited = "発行した文書が基づいている",
        HasRecords = "ほかの記録が付いている",
    }
}

/// A row that stays when its batch goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staying {
    /// Its table.
    pub table: Table,
    /// Its key.
    pub key: String,
    /// Why.
    pub why: Stay,
}

/// What an undo took back, and what it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// The operation that was taken back.
    pub operation: Operation,
    /// Rows that stay; only a batch leaves any.
    pub staying: Vec<Staying>,
}

/// What became of a batch that was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Rows that are gone: values of hours, records, sealed files.
    pub rows: usize,
    /// SHA-256 over what was taken in, which stays in the audit chain.
    pub sha256: String,
    /// Rows that stay.
    pub staying: Vec<Staying>,
    /// Older rows that say again what they said before the batch, each by table and key.
    pub scrubbed: Vec<(Table, String)>,
}
