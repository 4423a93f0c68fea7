//! A file that was read, as the screen shows it before anything is written.

use std::sync::Arc;

use super::rows::{FileRows, ListedRow, RowList};
use crate::domain::Day;
use crate::domain::checkup::{Item, ShortYears};
use crate::domain::hours::BatchKind;
use crate::domain::worker::SexCodes;

/// A reading of a column and whom it would flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingChoice {
    /// `60進`, `10進`, `分`.
    pub name: String,
    /// How many would stand above the notice line.
    pub over: usize,
    /// Of how many nobody can say it, because the source rounded them.
    pub undecided: usize,
    /// Whose side changes with the reading, or stays open under one: worker, the cell read this way; the first of them.
    pub persons: Vec<(String, String)>,
    /// How many they are: all of them are [`RowList::Over`].
    pub crossing: usize,
    /// Whether the column can be read this way at all.
    pub possible: bool,
}

/// What the physician may say about a doubtful row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowAnswer {
    /// It is the candidate of this place.
    Same(usize),
    /// Somebody who is not on the roster.
    New,
    /// The row is used as it stands.
    Take,
    /// The row is used, and every other of the file about which the same is asked: of the yearly examination, of this round.
    TakeAlike,
    /// What years of two digits stand for in this file.
    ShortYears(ShortYears),
    /// What 1 and 2 stand for in a column of 性別, in this file and the next ones of its headings.
    SexCodes(SexCodes),
    /// The answers of this file stand as on the form.
    AsPrinted,
    /// Every person's rows of one period are added up, in this file and the next ones of its kind.
    AddUp,
    /// The rows of this person and day of examination are one examination.
    Join,
    /// Every row of the file with this number is about one person, who bears this row's name.
    OneInFile,
    /// The row is left out.
    Leave,
}

/// A row that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulRow {
    /// Its number in the file.
    pub row: usize,
    /// The person as the file names it.
    pub whom: String,
    /// The question.
    pub why: String,
    /// The answers, in words.
    pub options: Vec<(RowAnswer, String)>,
}

impl DoubtfulRow {
    /// As a row of a list.
    pub fn listed(&self) -> ListedRow {
        ListedRow { row: Some(self.row), worker: None, whom: self.whom.clone(), what: self.why.clone() }
    }
}

/// A value of a checkup that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadValue {
    /// The row in the file.
    pub row: usize,
    /// Whose, as the file names it.
    pub whom: String,
    /// Which item.
    pub item: Item,
    /// The headings of its columns.
    pub heading: String,
    /// Why.
    pub why: String,
    /// What stands there.
    pub text: String,
    /// The unit in which a value is typed; may be empty.
    pub unit: String,
    /// What the physician said: the value, or nothing where it is left out; none while nothing was said.
    pub answer: Option<String>,
    /// Whether it is still a question.
    pub is_open: bool,
    /// How many values of the file are of the same item and text, this one included.
    pub alike: usize,
}

impl UnreadValue {
    /// As a row of a list.
    pub fn listed(&self) -> ListedRow {
        let what = format!("{}  「{}」  {}", self.heading, self.text, self.why);
        ListedRow { row: Some(self.row), worker: None, whom: self.whom.clone(), what }
    }
}

/// A row of 列の対応: a column of the read file, where its hours come from, or what no column tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingRow {
    /// The heading.
    pub heading: String,
    /// What kind of cell stands below it: no cell is shown.
    pub example: String,
    /// What it may be, in words; of a value that is typed, how it is written.
    pub choices: Arc<[String]>,
    /// What it is, by its place in `choices`; none for a part that only a heading can give.
    pub chosen: Option<usize>,
    /// What it is, in words.
    pub words: String,
    /// Whether it is taken for anything.
    pub is_settled: bool,
    /// The value as it stands, of a field that no column tells: it is typed, not chosen.
    pub typed: Option<String>,
    /// Whether it is a column of the file.
    pub is_column: bool,
}

/// What a file of hours brings of 深夜業.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightRows {
    /// People and periods of which nothing was on record.
    pub added: usize,
    /// What replaces other figures; listed as [`RowList::Night`].
    pub changed: usize,
    /// What is on record already, or is none.
    pub unchanged: usize,
}

impl NightRows {
    /// How many come in.
    pub const fn brought(&self) -> usize {
        self.added + self.changed
    }
}

/// A file that was read and not yet taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPreview {
    /// What it brings.
    pub kind: BatchKind,
    /// Encoding and header row, in words, with the reason.
    pub source: String,
    /// The names of a workbook's sheets; empty for any other file.
    pub sheets: Vec<String>,
    /// The sheet that was read, by its place in `sheets`.
    pub sheet: Option<usize>,
    /// The other sheets that hold rows of people, by their places in `sheets`.
    pub other_sheets: Vec<usize>,
    /// Why that sheet, or why that encoding.
    pub reason: String,
    /// The columns that are used, in words.
    pub mapping: Vec<(String, String)>,
    /// Every column with what it may be; empty where columns are not chosen by hand.
    pub columns: Vec<MappingRow>,
    /// The columns of time, where several make one value.
    pub sum: Option<String>,
    /// Where the mapping would be written out; empty where no folder is set.
    pub mapping_file: String,
    /// What the columns lack before anything can be said of the rows.
    pub problem: Option<String>,
    /// Where the hours come from, where that is not the employer.
    pub source_of_hours: Option<String>,
    /// The period.
    pub period: String,
    /// Its rows, by what becomes of them.
    pub listed: FileRows,
    /// What would follow if it were taken in, counted, in words.
    pub following: Vec<String>,
    /// What the file says beside its rows and nobody takes in, counted, in words.
    pub beside: Vec<String>,
    /// Rows of a stress check of which the file does not say the day, and the day that they are given.
    pub undated: Option<(usize, Day)>,
    /// 深夜業 beside the hours.
    pub nights: NightRows,
    /// Headings of columns that hold something and are not used.
    pub unused: Vec<String>,
    /// Rows of single days that are part of another row's sum.
    pub summed: usize,
    /// Rows in all.
    pub rows: usize,
    /// The readings, when more than one is possible.
    pub readings: Vec<ReadingChoice>,
    /// The reading chosen, by its place in `readings`.
    pub chosen: Option<usize>,
    /// People of the file who are on the roster, of how many, where it seems to be another company's file.
    pub strangers: Option<(usize, usize)>,
    /// Whether people are told by numbers alone, so that no name could be compared.
    pub is_unnamed: bool,
    /// Whether the physician said that it is this establishment's all the same.
    pub is_ours: bool,
    /// The day on which the same file was taken in.
    pub known_since: Option<Day>,
}

impl Default for ImportPreview {
    fn default() -> Self {
        Self {
            kind: BatchKind::Hours,
            source: String::new(),
            sheets: Vec::new(),
            sheet: None,
            other_sheets: Vec::new(),
            unused: Vec::new(),
            reason: String::new(),
            mapping: Vec::new(),
            columns: Vec::new(),
            sum: None,
            mapping_file: String::new(),
            problem: None,
            source_of_hours: None,
            period: String::new(),
            listed: FileRows::default(),
            following: Vec::new(),
            beside: Vec::new(),
            undated: None,
            summed: 0,
            nights: NightRows::default(),
            rows: 0,
            readings: Vec::new(),
            chosen: None,
            strangers: None,
            is_unnamed: false,
            is_ours: false,
            known_since: None,
        }
    }
}

impl ImportPreview {
    /// How many rows a list has.
    pub fn count(&self, list: RowList) -> usize {
        self.listed.count(list)
    }

    /// How many rows are new or change a value.
    pub fn brought(&self) -> usize {
        self.count(RowList::Added) + self.count(RowList::Changed)
    }

    /// Whether the physician still has to choose how the column reads.
    pub fn wants_reading(&self) -> bool {
        self.chosen.is_none() && self.readings.iter().filter(|r| r.possible).count() > 1
    }
}
