//! A file's bytes to a table: encoding, delimiter, header, rows, and every row that cannot be one.
//!
//! Knows the shapes files come in. Must not know what a value means or who a row is about.

pub(super) mod archive;
#[cfg(test)]
mod book_tests;
mod cells;
mod compound;
mod days;
mod encoding;
mod foreign;
mod header;
mod levels;
mod names;
mod numbering;
mod ods;
mod records;
mod rows;
mod serial;
mod sheet;
#[cfg(test)]
mod tests;
mod totals;
mod xls;
mod xlsx;
mod years;

pub use cells::Cells;
pub use encoding::Encoding;
pub use records::Delimiter;

use super::reason::{Ignored, Refusal, Why};
use crate::domain::progress::{Going, Phase, Stopped};
use archive::{Archive, Contents, MAX_UNPACKED};
use header::{FirstRow, Header};
use records::{Raw, Records};
use rows::{Filler, Given};
pub use sheet::SheetChoice;

/// Most bytes of a file that is read at all.
pub const MAX_BYTES: usize = 512 * 1024 * 1024;
/// Most rows of a table.
pub const MAX_ROWS: usize = 1_000_000;
/// Most bytes of a cell.
pub const MAX_CELL: usize = 1_000_000;
/// Most columns of a table.
pub const MAX_COLUMNS: usize = 400;
/// First bytes of a compound file, the container of Excel 97-2003.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// A file that cannot be read as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Nothing in it.
    #[error("ファイルが空です。元のシステムから出し直してください。")]
    Empty,
    /// A header and nothing below it.
    #[error("見出しの下に行がありません。期間や対象を確かめて、出し直してください。")]
    NoRows,
    /// The mark beside a book that is open in a spreadsheet.
    #[error(
        "表ではなく、Excel などが開いている間に置く印のファイルです。Excel を閉じてから、元の表を指定してください。"
    )]
    LockFile,
    /// A PDF under another name.
    #[error("中身は PDF です。CSV で出し直すか、手で入力してください。")]
    Pdf,
    /// A zip that holds no table.
    #[error("中身は zip です。中の表を取り出してから取り込んでください。")]
    Zip,
    /// A zip with XML files, but none where 特定健診 keeps its people.
    #[error(
        "zip の中に DATA フォルダ（h で始まる一人一つの XML）がありません。健診機関から受け取ったままの zip を選ぶか、XML を一つずつ取り込んでください。"
    )]
    NoData,
    /// A zip or a workbook that ends too early or does not add up.
    #[error("ブックまたは zip が壊れているか、途中で切れています。元のファイルをもう一度受け取ってください。")]
    BrokenZip,
    /// A zip or a workbook behind a password.
    #[error("パスワードのかかったファイルです。パスワードを外して保存し直してください。")]
    Locked,
    /// An archive that unpacks to more than is read.
    #[error("展開すると大きすぎるファイルです（512 MB まで）。必要なシートだけを保存し直してください。")]
    TooMuchUnpacked,
    /// A binary workbook (xlsb).
    #[error("中身は Excel バイナリブック（xlsb）です。xlsx で保存し直してください。")]
    Xlsb,
    /// 特定健診情報ファイル, which is no table.
    #[error("中身は特定健診の XML です。種類に健診を選んでください。")]
    CheckupXml,
    /// A workbook older than Excel 97.
    #[error(
        "中身は Excel 95 以前の形式のブックです。Excel で開き、「名前を付けて保存」で xlsx にしてから取り込んでください。"
    )]
    OldExcel,
    /// A file of an office program that is no workbook.
    #[error("Excel のブックではなく、文書やメールなどのファイルです。表の入ったファイルを選んでください。")]
    NotExcel,
    /// A page of the web under the name of a book.
    #[error(
        "名前は Excel でも、中身はウェブページ（HTML）です。Excel で開き、「名前を付けて保存」で xlsx にしてから取り込んでください。"
    )]
    WebPage,
    /// A book written as XML.
    #[error(
        "中身は XML で書かれたブック（Excel 2003 など）です。Excel で開き、「名前を付けて保存」で xlsx にしてから取り込んでください。"
    )]
    XmlBook,
    /// XML of another kind.
    #[error(
        "中身は XML で、表ではありません。特定健診の XML なら種類に健診を選び、ほかの XML なら CSV か xlsx で出し直してください。"
    )]
    OtherXml,
    /// A document of Numbers.
    #[error("中身は Numbers の書類です。Numbers で開き、「書き出す」で CSV か Excel にしてから取り込んでください。")]
    Numbers,
    /// A file that only says where a sheet lies.
    #[error(
        "表ではなく、置き場所を示すだけのファイル（ショートカット）です。Google スプレッドシートなどで開き、「ダウンロード」で xlsx か CSV にしてから取り込んでください。"
    )]
    Shortcut,
    /// Nothing but noughts, as a broken copy leaves them.
    #[error("中身が 0 の並びだけで、表が残っていません。元のファイルをもう一度受け取ってください。")]
    Zeros,
    /// Semicolons stand between the cells, as it seems, but not in every row the same number.
    #[error(
        "区切りがセミコロン（;）のようですが、行ごとに数が違い、列を決められません。CSV（コンマ区切り）か xlsx で保存し直してください。"
    )]
    Semicolons,
    /// A workbook without that sheet.
    #[error("その番号のシートがありません。シートの番号を確かめてください。")]
    NoSheet,
    /// A cell stands outside the columns that are read.
    #[error("{line}行目 {column}列目に値があります（400列まで）。必要な列だけを保存し直してください。")]
    TooWide {
        /// Row of the sheet, 1-based.
        line: u32,
        /// Column, 1-based.
        column: usize,
    },
    /// Bytes that are no text.
    #[error("文字の表ではありません。CSV（コンマ区切り）で出し直してください。")]
    Binary,
    /// UTF-16 without its mark in which a byte is lost or too many.
    #[error(
        "UTF-16 の文字のファイルですが、バイトが欠けたか増えて、全体は読めません。元のシステムから出し直すか、UTF-8 の CSV で保存し直してください。"
    )]
    BrokenUtf16,
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
    /// The reading was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
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
    /// What separates the cells of a text.
    pub delimiter: Option<Delimiter>,
    /// The sheet of a workbook.
    pub sheet: Option<SheetChoice>,
    /// Why that encoding or that sheet.
    pub reason: &'static str,
    /// What stands above the header, cell by cell.
    pub titles: Vec<String>,
    /// Line of the header, 1-based; the last one where headings take several.
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
    /// A table that has a header and no row yet.
    fn below(header: Header, encoding: Encoding, reason: &'static str) -> Self {
        Self {
            encoding,
            delimiter: None,
            sheet: None,
            reason,
            titles: Vec::new(),
            header_row: header.line,
            header: header.names,
            rows: Vec::new(),
            refused: Vec::new(),
            ignored: Vec::new(),
        }
    }

    /// Counts the lines without the header's, where the sender wrote none.
    pub fn forget_header_line(&mut self) {
        self.header_row = 0;
        let lines = self.rows.iter_mut().map(|row| &mut row.line);
        let lines = lines.chain(self.refused.iter_mut().map(|row| &mut row.line));
        lines.chain(self.ignored.iter_mut().map(|row| &mut row.line)).for_each(|line| *line = line.saturating_sub(1));
    }

    /// Every row below the header, readable or not.
    pub fn row_count(&self) -> usize {
        self.rows.len() + self.refused.len() + self.ignored.len()
    }
}

/// Reads the bytes of a file: delimited text, or the sheet of a workbook whose header is known best.
///
/// # Errors
/// The file is no table, too large, or has no header; see [`SourceError`].
pub fn read(bytes: &[u8]) -> Result<Table, SourceError> {
    read_sheet(bytes, None)
}

/// As [`read`], but takes the sheet of that number, counted from 1, where the file is a workbook.
///
/// # Errors
/// As [`read`], and [`SourceError::NoSheet`].
pub fn read_sheet(bytes: &[u8], sheet: Option<usize>) -> Result<Table, SourceError> {
    read_while(bytes, sheet, &Going::freely())
}

/// As [`read_sheet`], as long as it is to go on.
///
/// # Errors
/// As [`read_sheet`], and [`SourceError::Stopped`].
pub fn read_while(bytes: &[u8], sheet: Option<usize>, going: &Going<'_>) -> Result<Table, SourceError> {
    let mut table = table_of(bytes, sheet, going)?;
    names::join(&mut table);
    Ok(table)
}

fn table_of(bytes: &[u8], sheet: Option<usize>, going: &Going<'_>) -> Result<Table, SourceError> {
    if bytes.len() > MAX_BYTES {
        return Err(SourceError::TooLarge);
    }
    if bytes.starts_with(COMPOUND) {
        return sheet::table(&mut xls::Workbook::open(bytes, going)?, sheet, going);
    }
    if !bytes.starts_with(b"PK") {
        return foreign::named(bytes).map_or_else(|| read_text(bytes, going), Err);
    }
    let mut archive = Archive::open(bytes, MAX_UNPACKED, going)?;
    match archive.contents() {
        Contents::Xlsx => sheet::table(&mut xlsx::Workbook::open(archive, going)?, sheet, going),
        Contents::Ods => sheet::table(&mut ods::Document::open(&mut archive, going)?, sheet, going),
        Contents::Xlsb => Err(SourceError::Xlsb),
        Contents::Numbers => Err(SourceError::Numbers),
        Contents::Document => Err(SourceError::NotExcel),
        Contents::Checkups => Err(SourceError::CheckupXml),
        Contents::Strays => Err(SourceError::NoData),
        Contents::Other => Err(SourceError::Zip),
    }
}

fn read_text(bytes: &[u8], going: &Going<'_>) -> Result<Table, SourceError> {
    let decoded = encoding::decode(bytes, going)?;
    let (delimiter, header) = parted(&decoded.text)?;
    let reason = if delimiter == Delimiter::Semicolon { BY_SEMICOLONS } else { decoded.reason };
    let mut table = Table::below(header, decoded.encoding, reason);
    table.delimiter = Some(delimiter);
    fill(&mut table, &decoded.text, delimiter, going)?;
    Ok(table)
}

const BY_SEMICOLONS: &str = "どの行にも同じ数のセミコロン（;）があり、区切りと判りました。";

/// What separates the cells, with the header that this gives. Semicolons are taken only where nothing speaks against
/// them: every row has as many, and more columns are known by them than by anything else.
fn parted(text: &str) -> Result<(Delimiter, Header), SourceError> {
    let plain = Delimiter::detect(text);
    let header = header_by(text, plain);
    if !records::has_semicolons(text) {
        return Ok((plain, header?));
    }
    let known = header.as_ref().map_or(0, |header| header.known);
    match header_by(text, Delimiter::Semicolon) {
        Ok(found) if found.known > known && records::are_even(text, Delimiter::Semicolon) => {
            Ok((Delimiter::Semicolon, found))
        }
        _ if header.as_ref().is_err_and(|error| *error == SourceError::NoHeader) => Err(SourceError::Semicolons),
        _ => Ok((plain, header?)),
    }
}

fn header_by(text: &str, delimiter: Delimiter) -> Result<Header, SourceError> {
    let mut records = Records::new(text, delimiter);
    let row = |raw: Raw<'_>| FirstRow {
        line: raw.line,
        cells: raw.record.iter().map(unguarded).map(str::to_owned).collect(),
        merged: Vec::new(),
    };
    header::find(std::iter::from_fn(|| records.next().map(row)))
}

fn fill(table: &mut Table, text: &str, delimiter: Delimiter, going: &Going<'_>) -> Result<(), SourceError> {
    let (width, header_row) = (table.header.len(), table.header_row);
    let mut records = Records::new(text, delimiter);
    let mut filler = Filler::new(table);
    going.begin(Phase::Decoding, text.len())?;
    while let Some(raw) = records.next() {
        going.at(raw.byte)?;
        if raw.line <= header_row {
            let above =
                raw.record.iter().map(unguarded).filter(|cell| raw.line < header_row && !cell.trim().is_empty());
            filler.titles(above);
            continue;
        }
        if raw.has_open_quote {
            return Err(SourceError::OpenQuote { line: raw.line });
        }
        let wrong_width = wrong_width(&raw, width);
        filler.add(Given { line: raw.line, cells: raw.record.iter().map(unguarded), wrong_width })?;
    }
    filler.finish();
    Ok(())
}

/// What stands in `="0012"` and `="170:00"`, by which programs keep a spreadsheet from reading a cell as a number.
fn unguarded(cell: &str) -> &str {
    let inner = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(cell)
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
