//! OpenDocument sheets: events of content.xml to rows of text.
//!
//! Knows table, row and cell of ODF. Must not know columns. Repeats are counted, never unrolled past what is read.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, MAX_UNPACKED};
use super::rows::UNKEPT;
use super::sheet::{Book, Grid, Merge};
use super::{Encoding, MAX_COLUMNS, MAX_ROWS, SourceError};
use crate::domain::progress::{Going, Phase};

/// A document with its sheets still as XML.
pub(super) struct Document {
    content: Vec<u8>,
    names: Vec<String>,
}

impl Document {
    /// Unpacks the content of an archive whose size was counted.
    ///
    /// # Errors
    /// It is damaged or locked; the reading was stopped.
    pub fn open(archive: &mut Archive<'_>, going: &Going<'_>) -> Result<Self, SourceError> {
        let manifest = archive.file("META-INF/manifest.xml", MAX_UNPACKED, going).unwrap_or_default();
        if manifest.windows(15).any(|bytes| bytes == b"encryption-data") {
            return Err(SourceError::Locked);
        }
        let content = archive.file("content.xml", MAX_UNPACKED, going)?;
        let mut document = Self { content, names: Vec::new() };
        let (mut names, mut tables) = (Vec::new(), Tables::new(&document.content, going)?);
        while let Some(name) = tables.next_table()? {
            names.push(name);
        }
        document.names = names;
        Ok(document)
    }
}

impl Book for Document {
    fn encoding(&self) -> Encoding {
        Encoding::Ods
    }

    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn shown(&self) -> Vec<usize> {
        (0..self.names.len()).collect()
    }

    fn grid(&mut self, place: usize, most_rows: usize, going: &Going<'_>) -> Result<Grid, SourceError> {
        let mut tables = Tables::new(&self.content, going)?;
        for _ in 0..=place {
            tables.next_table()?.ok_or(SourceError::NoSheet)?;
        }
        let mut sheet = Sheet { tables, grid: Grid::default(), row: 0, column: 0 };
        sheet.read(most_rows)?;
        Ok(sheet.grid)
    }
}

struct Tables<'x, 'g> {
    xml: Reader<&'x [u8]>,
    going: &'g Going<'g>,
}

impl<'x, 'g> Tables<'x, 'g> {
    fn new(content: &'x [u8], going: &'g Going<'g>) -> Result<Self, SourceError> {
        going.begin(Phase::Decoding, content.len())?;
        let mut xml = Reader::from_reader(content);
        xml.config_mut().check_end_names = true;
        Ok(Self { xml, going })
    }

    fn event(&mut self) -> Result<Event<'x>, SourceError> {
        self.going.at(usize::try_from(self.xml.buffer_position()).unwrap_or(usize::MAX))?;
        match self.xml.read_event() {
            Ok(Event::DocType(_)) | Err(_) => Err(SourceError::BrokenZip),
            Ok(event) => Ok(event),
        }
    }

    /// The name of the next sheet; tables within a sheet are passed over with their rows.
    fn next_table(&mut self) -> Result<Option<String>, SourceError> {
        loop {
            match self.event()? {
                Event::Start(start) if is(&start, "table:table") => {
                    return Ok(Some(attribute(&start, "table:name").unwrap_or_default()));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }
}

/// A cell as it opens.
struct Opened {
    columns: u32,
    value: Option<String>,
    /// A formula of which the document does not say what it came to.
    is_unkept: bool,
    spans: (u32, u32),
}

struct Sheet<'x, 'g> {
    tables: Tables<'x, 'g>,
    grid: Grid,
    row: u32,
    column: u32,
}

impl Sheet<'_, '_> {
    fn read(&mut self, most_rows: usize) -> Result<(), SourceError> {
        let mut repeated = 1;
        while self.grid.len() <= most_rows {
            match self.tables.event()? {
                Event::Start(start) if is(&start, "table:table-row") => {
                    repeated = number(&start, "table:number-rows-repeated");
                    self.column = 0;
                }
                Event::Start(start) if is_cell(&start) => self.cell(&start, true)?,
                Event::Empty(empty) if is_cell(&empty) => self.cell(&empty, false)?,
                Event::End(end) if end.name().as_ref() == "table:table-row" => {
                    self.row = self.row.saturating_add(repeated)
                }
                Event::End(end) if end.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Err(SourceError::BrokenZip),
                _ => {}
            }
            if self.grid.len() > MAX_ROWS {
                return Err(SourceError::TooManyRows);
            }
        }
        Ok(())
    }

    fn cell(&mut self, start: &BytesStart<'_>, has_text: bool) -> Result<(), SourceError> {
        let opened = Opened {
            columns: number(start, "table:number-columns-repeated"),
            value: value(start),
            is_unkept: attribute(start, "table:formula").is_some() && attribute(start, "office:value-type").is_none(),
            spans: (number(start, "table:number-rows-spanned"), number(start, "table:number-columns-spanned")),
        };
        let text = if has_text { self.text()? } else { String::new() };
        let text = opened.value.unwrap_or(text);
        let text = if opened.is_unkept && text.trim().is_empty() { UNKEPT.to_owned() } else { text };
        if !text.trim().is_empty() {
            // Equal cells side by side are written once; beyond what is read, the first one names the place.
            for offset in 0..opened.columns.min(MAX_COLUMNS as u32 + 1) {
                self.grid.put(self.row, self.column.saturating_add(offset), text.clone())?;
            }
        }
        if opened.spans != (1, 1) {
            self.grid.merges.push(Merge {
                rows: (self.row, self.row.saturating_add(opened.spans.0 - 1)),
                columns: (self.column, self.column.saturating_add(opened.spans.1 - 1)),
            });
        }
        self.column = self.column.saturating_add(opened.columns);
        Ok(())
    }

    /// The paragraphs of a cell up to its end; a comment in it is none of them.
    fn text(&mut self) -> Result<String, SourceError> {
        let (mut text, mut depth, mut comments) = (String::new(), 0u32, 0u32);
        loop {
            match self.tables.event()? {
                Event::Start(start) => {
                    depth = depth.saturating_add(1);
                    comments += u32::from(comments > 0 || is(&start, "office:annotation"));
                    if is(&start, "text:p") && !text.is_empty() {
                        text.push(' ');
                    }
                }
                Event::Empty(empty) if is(&empty, "text:s") => text.push(' '),
                Event::Text(found) if comments == 0 => text.push_str(found.as_ref()),
                Event::GeneralRef(found) if comments == 0 => {
                    text.push(super::super::xml::entity(found.as_ref()).ok_or(SourceError::BrokenZip)?);
                }
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => {
                    depth -= 1;
                    comments = comments.saturating_sub(1);
                }
                Event::Eof => return Err(SourceError::BrokenZip),
                _ => {}
            }
        }
    }
}

fn is(start: &BytesStart<'_>, name: &str) -> bool {
    start.name().as_ref() == name
}

fn is_cell(start: &BytesStart<'_>) -> bool {
    is(start, "table:table-cell") || is(start, "table:covered-table-cell")
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    super::super::xml::attribute(start, name)
}

/// A repeat or a span: at least 1.
fn number(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// The value that a cell was kept with, where that is no text.
fn value(start: &BytesStart<'_>) -> Option<String> {
    match attribute(start, "office:value-type")?.as_str() {
        "float" | "currency" | "percentage" => attribute(start, "office:value").map(|text| plain(&text)),
        "date" => {
            attribute(start, "office:date-value").map(|text| text.strip_suffix("T00:00:00").unwrap_or(&text).to_owned())
        }
        "time" => attribute(start, "office:time-value").map(|text| duration(&text).unwrap_or(text)),
        "boolean" => attribute(start, "office:boolean-value"),
        _ => attribute(start, "office:string-value"),
    }
}

fn plain(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), super::serial::number_text)
}

/// `PT257H10M00S` as 257:10.
fn duration(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, seconds) = rest.split_once('M')?;
    let seconds = seconds.strip_suffix('S')?.split('.').next()?;
    let is_number = |part: &str| !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
    if ![hours, minutes, seconds].into_iter().all(is_number) {
        return None;
    }
    let hours = hours.trim_start_matches('0');
    let hours = if hours.is_empty() { "0" } else { hours };
    Some(if matches!(seconds, "00" | "0") {
        format!("{hours}:{minutes:0>2}")
    } else {
        format!("{hours}:{minutes:0>2}:{seconds:0>2}")
    })
}
