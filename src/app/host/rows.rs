//! The rows of a read file by what becomes of them: each is put into words when it is looked at, never all at once.
//!
//! Knows lists, places and words. Must not know what a row brings: whoever holds the file says it.

use std::fmt;
use std::sync::Arc;

use super::{DoubtfulRow, UnreadValue};
use crate::domain::Id;
use crate::labelled;

labelled! {
    /// A list of rows of a read file, or of people whom it concerns.
    RowList {
        Doubtful = "要確認",
        Value = "読めない値",
        Refused = "不可",
        Unread = "読めず",
        NotKept = "残さず",
        Differing = "違い",
        Undecided = "未定",
        Over = "80超",
        Flag = "旗",
        ToJudge = "判定待ち",
        Computed = "該当",
        Duty = "期限",
        Joining = "新しい人",
        Gap = "差",
        Night = "深夜業",
        Changed = "変更",
        Added = "追加",
        Unchanged = "同じ",
        Absent = "載らず",
        Ignored = "対象外",
    }
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedRow {
    /// Its number in the file; none where no row of the file is meant.
    pub row: Option<usize>,
    /// The worker, where that is settled.
    pub worker: Option<Id>,
    /// The person, by name; as the file writes it where the worker is not settled.
    pub whom: String,
    /// What becomes of it, in words.
    pub what: String,
}

/// Holds the rows of a read file and puts one of them into words.
pub trait RowSource: Send + Sync {
    /// How many rows a list has.
    fn count(&self, list: RowList) -> usize;
    /// The row at a place of a list, from 0.
    fn row(&self, list: RowList, place: usize) -> Option<ListedRow>;
    /// What is asked about the row at a place of [`RowList::Doubtful`].
    fn doubt(&self, place: usize) -> Option<DoubtfulRow>;
    /// The value at a place of [`RowList::Value`].
    fn value(&self, place: usize) -> Option<UnreadValue>;
}

/// The rows of a read file; a copy shares them.
#[derive(Clone)]
pub struct FileRows(Arc<dyn RowSource>);

impl FileRows {
    /// The rows that `source` holds.
    pub fn of(source: impl RowSource + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// How many rows a list has.
    pub fn count(&self, list: RowList) -> usize {
        self.0.count(list)
    }

    /// The row at a place of a list, from 0.
    pub fn row(&self, list: RowList, place: usize) -> Option<ListedRow> {
        self.0.row(list, place)
    }

    /// What is asked about the doubtful row at a place.
    pub fn doubt(&self, place: usize) -> Option<DoubtfulRow> {
        self.0.doubt(place)
    }

    /// The value that could not be read, or was answered, at a place.
    pub fn value(&self, place: usize) -> Option<UnreadValue> {
        self.0.value(place)
    }

    /// Every row of a list, one after the other: for what goes through all of them, such as a command.
    pub fn all(&self, list: RowList) -> impl Iterator<Item = ListedRow> {
        (0..self.count(list)).filter_map(move |place| self.row(list, place))
    }
}

impl Default for FileRows {
    fn default() -> Self {
        Self::of(HeldRows::default())
    }
}

impl fmt::Debug for FileRows {
    /// Counts only: a row names somebody.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = RowList::ALL.iter().map(|list| (list, self.count(*list))).filter(|(_, count)| *count > 0);
        formatter.debug_map().entries(counted).finish()
    }
}

impl PartialEq for FileRows {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |list: &RowList| self.all(*list).eq(other.all(*list));
        Arc::ptr_eq(&self.0, &other.0) || RowList::ALL.iter().all(is_same)
    }
}

impl Eq for FileRows {}

/// Few rows, held as they are: of a file that brings none, and of a screen without a host.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeldRows {
    /// Rows with their lists, in the order of each list.
    pub rows: Vec<(RowList, ListedRow)>,
    /// What is asked.
    pub doubts: Vec<DoubtfulRow>,
    /// Values that could not be read.
    pub values: Vec<UnreadValue>,
}

impl RowSource for HeldRows {
    fn count(&self, list: RowList) -> usize {
        match list {
            RowList::Doubtful => self.doubts.len(),
            RowList::Value => self.values.len(),
            list => self.rows.iter().filter(|(other, _)| *other == list).count(),
        }
    }

    fn row(&self, list: RowList, place: usize) -> Option<ListedRow> {
        match list {
            RowList::Doubtful => self.doubts.get(place).map(DoubtfulRow::listed),
            RowList::Value => self.values.get(place).map(UnreadValue::listed),
            list => self.rows.iter().filter(|(other, _)| *other == list).nth(place).map(|(_, row)| row.clone()),
        }
    }

    fn doubt(&self, place: usize) -> Option<DoubtfulRow> {
        self.doubts.get(place).cloned()
    }

    fn value(&self, place: usize) -> Option<UnreadValue> {
        self.values.get(place).cloned()
    }
}
