//! A file's bytes to a table: encoding, delimiter, header, rows, and every row that cannot be one.
//!
//! Knows the shapes files come in. Must not know what a value means or who a row is about.

mod encoding;
mod records;
#[cfg(test)]
mod tests;

pub use encoding::Encoding;
pub use records::{Cells, Delimiter};

use super::folding;
use super::reason::{Ignored, Refusal, Skip, Why};
use records::{Raw, Records};

/// Most bytes of a file that is read at all.
pub const MAX_BYTES: usize = 512 * 1024 * 1024;
/// Most rows of a table.
pub const MAX_ROWS: usize = 1_000_000;
/// Most bytes of a cell.
pub const MAX_CELL: usize = 1_000_000;
/// Most columns of a table.
pub const MAX_COLUMNS: usize = 400;
/// The header is looked for in this many records.
const HEADER_WITHIN: usize = 20;
/// A header with more columns than this may number them.
const QUESTIONS: usize = 20;

/// Words that make a row a total, wherever it stands.
const TOTALS: &[&str] = &["合計", "総計", "総合計", "小計", "部門計", "部署計"];
/// Words that make a row a total only below the last person: somebody may bear them as a name.
const TOTALS_AT_END: &[&str] = &["計", "平均", "total"];

/// A file that cannot be read as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Nothing in it.
    #[error("ファイルが空です。元のシステムから出し直してください。")]
    Empty,
    /// A PDF under another name.
    #[error("中身は PDF です。CSV で出し直すか、手で記入してください。")]
    Pdf,
    /// A zip or an Excel workbook under another name.
    #[error("中身は zip または Excel のブックです。CSV（コンマ区切り）で保存し直してください。")]
    Zip,
    /// An Excel 97-2003 workbook.
    #[error("中身は古い形式の Excel のブックです。CSV（コンマ区切り）で保存し直してください。")]
    OldExcel,
    /// Bytes that are no text.
    #[error("文字の表ではありません。CSV（コンマ区切り）で出し直してください。")]
    Binary,
    /// More bytes than are read.
    #[error("ファイルが大きすぎます（512 MB まで）。期間を分けて出し直してください。")]
    TooLarge,
    /// More rows than are read.
    #[error("行が多すぎます（100万行まで）。期間を分けて出し直してください。")]
    TooManyRows,
    /// More columns than are read.
    #[error("列が多すぎます（400列まで）。必要な列だけを出し直してください。")]
    TooManyColumns,
    /// No row looks like a header.
    #[error("見出しの行が見つかりません。1行目に列の名前を入れて出し直してください。")]
    NoHeader,
    /// The header holds a byte that is no character.
    #[error("{line}行目 {column}列目の見出しに読めない文字があります。文字コードを変えずに出し直してください。")]
    UndecodableHeader {
        /// Line, 1-based.
        line: u32,
        /// Column, 1-based.
        column: usize,
    },
    /// A quote that never closes has taken the rest of the file.
    #[error("{line}行目から引用符が閉じていません。元の表で直し、出し直してください。")]
    OpenQuote {
        /// Line, 1-based.
        line: u32,
    },
}

/// A row of the table with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Line of the file, 1-based.
    pub line: u32,
    /// Its cells, as many as the header has.
    pub cells: Cells,
}

/// A file as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How the bytes were read.
    pub encoding: Encoding,
    /// What separates the cells.
    pub delimiter: Delimiter,
    /// Why that encoding.
    pub reason: &'static str,
    /// Line of the header, 1-based.
    pub header_row: u32,
    /// The names of the columns, as they came.
    pub header: Vec<String>,
    /// The rows that could be read.
    pub rows: Vec<SourceRow>,
    /// The rows that could not.
    pub refused: Vec<Refusal>,
    /// Totals and blank rows.
    pub ignored: Vec<Ignored>,
}

impl Table {
    /// Every row below the header, readable or not.
    pub fn row_count(&self) -> usize {
        self.rows.len() + self.refused.len() + self.ignored.len()
    }
}

/// Reads the bytes of a delimited file.
///
/// # Errors
/// The file is no text, too large, or has no header; see [`SourceError`].
pub fn read(bytes: &[u8]) -> Result<Table, SourceError> {
    if bytes.len() > MAX_BYTES {
        return Err(SourceError::TooLarge);
    }
    let decoded = encoding::decode(bytes)?;
    let delimiter = Delimiter::detect(&decoded.text);
    let (header_row, header) = find_header(&decoded.text, delimiter)?;
    let mut table = Table {
        encoding: decoded.encoding,
        delimiter,
        reason: decoded.reason,
        header_row,
        header,
        rows: Vec::new(),
        refused: Vec::new(),
        ignored: Vec::new(),
    };
    fill(&mut table, &decoded.text)?;
    Ok(table)
}

/// The record that names the most known columns; failing that, the first one without a number in it.
fn find_header(text: &str, delimiter: Delimiter) -> Result<(u32, Vec<String>), SourceError> {
    let mut records = Records::new(text, delimiter);
    let mut best: Option<(usize, u32, Vec<String>)> = None;
    let mut fallback = None;
    for _ in 0..HEADER_WITHIN {
        let Some(raw) = records.next() else { break };
        let cells = trimmed(raw.record);
        let known = folding::known_fields(&cells);
        if known >= 2 && best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, raw.line, cells));
        } else if fallback.is_none() && (looks_like_names(&cells) || (known > 0 && looks_like_questions(&cells))) {
            fallback = Some((0, raw.line, cells));
        }
    }
    let (_, line, cells) = best.or(fallback).ok_or(SourceError::NoHeader)?;
    checked_header(line, cells)
}

fn trimmed(record: &csv::StringRecord) -> Vec<String> {
    let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn looks_like_names(cells: &[String]) -> bool {
    cells.len() >= 2 && cells.iter().all(|cell| !cell.is_empty() && !cell.contains(|c: char| c.is_ascii_digit()))
}

/// A questionnaire names its columns q1, q2 …: digits, but never a number alone.
fn looks_like_questions(cells: &[String]) -> bool {
    let is_name = |cell: &String| cell.contains(|c: char| c.is_alphabetic());
    cells.len() > QUESTIONS && cells.iter().all(is_name)
}

fn checked_header(line: u32, cells: Vec<String>) -> Result<(u32, Vec<String>), SourceError> {
    if cells.len() > MAX_COLUMNS {
        return Err(SourceError::TooManyColumns);
    }
    match cells.iter().position(|cell| cell.contains('\u{FFFD}')) {
        Some(index) => Err(SourceError::UndecodableHeader { line, column: index + 1 }),
        None => Ok((line, cells)),
    }
}

fn fill(table: &mut Table, text: &str) -> Result<(), SourceError> {
    let mut records = Records::new(text, table.delimiter);
    let mut waiting = Vec::new();
    while let Some(raw) = records.next() {
        if raw.line <= table.header_row {
            continue;
        }
        if raw.has_open_quote {
            return Err(SourceError::OpenQuote { line: raw.line });
        }
        if table.row_count() + waiting.len() >= MAX_ROWS {
            return Err(SourceError::TooManyRows);
        }
        let first = folding::fold(raw.record.iter().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or(""));
        if TOTALS_AT_END.contains(&first.as_ref()) {
            waiting.push((raw.line, judge(&raw, table.header.len())));
            continue;
        }
        for (line, judged) in waiting.drain(..) {
            place(table, line, judged);
        }
        let judged = if is_total(&first) { Judged::Ignored(Skip::Totals) } else { judge(&raw, table.header.len()) };
        place(table, raw.line, judged);
    }
    table.ignored.extend(waiting.into_iter().map(|(line, _)| Ignored { line, why: Skip::Totals }));
    Ok(())
}

/// 合計, also as 合計(96名).
fn is_total(first: &str) -> bool {
    let word = first.split(['(', ':']).next().unwrap_or("");
    TOTALS.contains(&word)
}

enum Judged {
    Row(Cells),
    Refused(Option<usize>, Why),
    Ignored(Skip),
}

fn place(table: &mut Table, line: u32, judged: Judged) {
    match judged {
        Judged::Row(cells) => table.rows.push(SourceRow { line, cells }),
        Judged::Refused(column, why) => table.refused.push(Refusal { line, column, why }),
        Judged::Ignored(why) => table.ignored.push(Ignored { line, why }),
    }
}

fn judge(raw: &Raw<'_>, width: usize) -> Judged {
    let mut cells = raw.record.iter();
    if let Some(index) = cells.clone().position(|cell| cell.len() > MAX_CELL) {
        return Judged::Refused(Some(index + 1), Why::CellTooLong);
    }
    if cells.clone().all(|cell| cell.trim().is_empty()) {
        return Judged::Ignored(Skip::Blank);
    }
    if let Some(why) = wrong_width(raw, width) {
        return Judged::Refused(None, why);
    }
    match cells.position(|cell| cell.contains('\u{FFFD}')) {
        Some(index) => Judged::Refused(Some(index + 1), Why::Undecodable),
        None => Judged::Row(Cells::new(raw.record.iter().take(width))),
    }
}

/// Empty cells beyond the header are a habit of spreadsheets and do no harm.
fn wrong_width(raw: &Raw<'_>, width: usize) -> Option<Why> {
    let found = raw.record.len();
    let why = if found < width {
        Why::RowTooShort
    } else if raw.record.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        Why::RowTooLong
    } else {
        return None;
    };
    Some(if raw.is_multiline { Why::OpenQuote } else { why })
}
