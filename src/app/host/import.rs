//! A file that was read, as the screen shows it before anything is written.

use std::sync::Arc;

use crate::domain::Day;
use crate::domain::checkup::Item;
use crate::domain::hours::BatchKind;

/// A reading of a column and whom it would flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingChoice {
    /// `60進`, `10進`, `分`.
    pub name: String,
    /// How many would stand above the notice line.
    pub over: usize,
    /// Of how many nobody can say it, because the source rounded them.
    pub undecided: usize,
    /// Whose side changes with the reading, or stays open under one: worker, the cell read this way.
    pub persons: Vec<(String, String)>,
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
    /// 1 stands for a man and 2 for a woman, in this file and the next ones of its shape.
    ManFirst,
    /// 1 stands for a woman and 2 for a man, in this file and the next ones of its shape.
    WomanFirst,
    /// The answers of this file stand as on the form.
    AsPrinted,
    /// Every person's rows of one period are added up, in this file and the next ones of its kind.
    AddUp,
    /// Whether 1 and 2 are 男 and 女, in this file and the next ones of its kind; else they are not taken.
    SexCodes(bool),
    /// The row is left out.
    Leave,
}

/// A row that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulRow {
    /// Its number in the file.
    pub row: usize,
    /// The question.
    pub why: String,
    /// The answers, in words.
    pub options: Vec<(RowAnswer, String)>,
}

/// A value of a checkup that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadValue {
    /// The row in the file.
    pub row: usize,
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
}

/// A row of 列の対応: a column of the read file, where its hours come from, or what no column tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingRow {
    /// The heading.
    pub heading: String,
    /// What stands in the first row below it; of the stress check only what kind of cell it is.
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

/// A file that was read and not yet taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportPreview {
    /// What it brings.
/// What a file of hours brings of 深夜業.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightRows {
    /// People and periods of which nothing was on record.
    pub added: usize,
    /// What replaces other figures: worker, old, new.
    pub changed: Vec<(String, String, String)>,
    /// What is on record already, or is none.
    pub unchanged: usize,
}

impl NightRows {
    /// How many come in.
    pub const fn brought(&self) -> usize {
        self.added + self.changed.len()
    }
}

    pub kind: BatchKind,
    /// Encoding and header row, in words, with the reason.
    pub source: String,
    /// The names of a workbook's sheets; empty for any other file.
    pub sheets: Vec<String>,
    /// The sheet that was read, by its place in `sheets`.
    pub sheet: Option<usize>,
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
    /// What another source than the employer says: worker, both values and what lies between.
    pub gaps: Vec<(String, String)>,
    /// The period.
    pub period: String,
    /// Rows added.
    pub added: usize,
    /// Rows that change a value: worker, old, new.
    pub changed: Vec<(String, String, String)>,
    /// Results told, or standing beside answers, that differ from what the answers say: worker, by the answers, as told.
    /// Of a file of results both stay, of a file of answers the answers.
    pub differing: Vec<(String, String, String)>,
    /// Rows of a stress check of which the file does not say the day, and the day that they are given.
    pub undated: Option<(usize, Day)>,
    /// Rows that are already so.
    pub unchanged: usize,
    /// Rows that want an answer.
    pub doubtful: Vec<DoubtfulRow>,
    /// Values of checkups that could not be read, or were answered.
    pub values: Vec<UnreadValue>,
    /// 深夜業 beside the hours.
    pub nights: NightRows,
    /// Headings of columns that hold something and are not used.
    pub unused: Vec<String>,
    /// Rows that cannot be taken: row number and why.
    pub refused: Vec<(usize, String)>,
    /// Cells of rows that are taken all the same, which nobody can read: row number, column and why.
    pub unread: Vec<(usize, String)>,
    /// Totals rows and the like: row number and why.
    pub ignored: Vec<(usize, String)>,
    /// Rows of single days that are part of another row's sum.
    pub summed: usize,
    /// Whose value the source rounded so that a line lies within: worker, what it lies between.
    pub undecided: Vec<(String, String)>,
    /// Workers of the roster of whom a roster says nothing, by name. They stay.
    pub absent: Vec<String>,
    /// Rows in all.
    pub rows: usize,
    /// The readings, when more than one is possible.
    pub readings: Vec<ReadingChoice>,
    /// The reading chosen, by its place in `readings`.
    pub chosen: Option<usize>,
    /// Workers whose flag would change: name, flag now, flag then.
    pub flags: Vec<(String, String, String)>,
    /// People of the file who are on the roster, of how many, where it seems to be another company's file.
    pub strangers: Option<(usize, usize)>,
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
            unread: Vec::new(),
            unused: Vec::new(),
            reason: String::new(),
            mapping: Vec::new(),
            columns: Vec::new(),
            sum: None,
            mapping_file: String::new(),
            problem: None,
            source_of_hours: None,
            gaps: Vec::new(),
            period: String::new(),
            added: 0,
            changed: Vec::new(),
            differing: Vec::new(),
            undated: None,
            unchanged: 0,
            doubtful: Vec::new(),
            refused: Vec::new(),
            values: Vec::new(),
            ignored: Vec::new(),
            summed: 0,
            undecided: Vec::new(),
            nights: NightRows::default(),
            absent: Vec::new(),
            rows: 0,
            readings: Vec::new(),
            chosen: None,
            flags: Vec::new(),
            strangers: None,
            is_ours: false,
            known_since: None,
        }
    }
}

impl ImportPreview {
    /// Whether the physician still has to choose how the column reads.
    pub fn wants_reading(&self) -> bool {
        self.chosen.is_none() && self.readings.iter().filter(|r| r.possible).count() > 1
    }
}
