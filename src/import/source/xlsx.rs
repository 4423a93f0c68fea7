//! Workbooks of Excel: events of their parts to rows of text, formulas by the value they were kept with.
//!
//! Knows the parts of a workbook. Must not know columns. Written out here because a bad byte makes calamine panic, and
//! no input may.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{Archive, MAX_UNPACKED};
use super::rows::UNKEPT;
use super::serial::{self, Shown};
use super::sheet::{Book, Grid, Merge};
use super::{Encoding, MAX_ROWS, SourceError};
use crate::domain::progress::{Going, Phase};
use crate::import::xml::{attribute, entity};

struct Sheet {
    name: String,
    path: String,
    is_shown: bool,
}

/// An open workbook.
pub(super) struct Workbook<'b> {
    archive: Archive<'b>,
    sheets: Vec<Sheet>,
    strings: Vec<String>,
    /// How the numbers of each cell format are shown; none as they are.
    formats: Vec<Option<Shown>>,
    is_1904: bool,
}

impl<'b> Workbook<'b> {
    /// Opens an archive whose size was counted, and reads what its sheets share.
    ///
    /// # Errors
    /// It is damaged; the reading was stopped.
    pub fn open(mut archive: Archive<'b>, going: &Going<'_>) -> Result<Self, SourceError> {
        let mut part = |name| archive.file(name, MAX_UNPACKED, going);
        let relations = relations(&part("xl/_rels/workbook.xml.rels")?, going)?;
        let (sheets, is_1904) = sheets(&part("xl/workbook.xml")?, &relations, going)?;
        // A workbook of numbers only has neither of these.
        let strings = shared(&part("xl/sharedStrings.xml").unwrap_or_default(), going)?;
        let formats = formats(&part("xl/styles.xml").unwrap_or_default(), going)?;
        Ok(Self { archive, sheets, strings, formats, is_1904 })
    }

    /// What a cell shows, in the spelling that a text file would have.
    fn shown(&self, cell: &Cell) -> Result<String, SourceError> {
        match cell.kind.as_str() {
            "s" => {
                let string = cell.text.trim().parse().ok().and_then(|place: usize| self.strings.get(place));
                string.cloned().ok_or(SourceError::BrokenZip)
            }
            "b" => Ok(if cell.text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
            "d" => Ok(cell.text.strip_suffix("T00:00:00").unwrap_or(&cell.text).to_owned()),
            "" | "n" => {
                let format = self.formats.get(cell.format).copied().flatten();
                let number = cell.text.trim().parse().ok();
                Ok(number.map_or_else(|| cell.text.clone(), |number| serial::text(number, format, self.is_1904)))
            }
            _ => Ok(cell.text.replace("_x000D_", "")),
        }
    }
}

impl Book for Workbook<'_> {
    fn is_1904(&self) -> bool {
        self.is_1904
    }

    fn encoding(&self) -> Encoding {
        Encoding::Xlsx
    }

    fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }

    fn shown(&self) -> Vec<usize> {
        let all = self.sheets.iter().enumerate();
        all.filter(|(_, sheet)| sheet.is_shown).map(|(place, _)| place).collect()
    }

    fn grid(&mut self, place: usize, most_rows: usize, going: &Going<'_>) -> Result<Grid, SourceError> {
        let path = &self.sheets.get(place).ok_or(SourceError::NoSheet)?.path;
        let content = self.archive.file(path, MAX_UNPACKED, going)?;
        let (mut xml, mut grid, mut cell) = (Parts::new(&content, going)?, Grid::default(), Cell::default());
        let mut is_enough = false;
        while let Some(event) = xml.next()? {
            match event {
                Part::Open("row", start) => cell.row(&start)?,
                Part::Open("c", start) => cell.open(&start)?,
                Part::Open("mergeCell", start) => {
                    grid.merges.extend(attribute(&start, "ref").and_then(|text| merge(&text)))
                }
                // The text of a formula is no value, nor is the reading of a name (rPh).
                Part::Text(text) if xml.is_in(&["c", "v"]) || (xml.is_in(&["t"]) && !xml.is_within("rPh")) => {
                    cell.text.push_str(&text);
                }
                Part::Open("f", _) if xml.is_in(&["c", "f"]) => cell.is_formula = true,
                Part::Open("v", _) if xml.is_in(&["c", "v"]) => cell.is_kept = true,
                Part::Close("c") if !is_enough => {
                    if cell.is_formula && !cell.is_kept {
                        grid.put(cell.row, cell.column, UNKEPT.to_owned())?;
                    } else if !cell.text.is_empty() {
                        grid.put(cell.row, cell.column, self.shown(&cell)?)?;
                    }
                    cell.column = cell.column.saturating_add(1);
                }
                Part::Close("row") => cell.end_row(),
                _ => {}
            }
            // Merged cells stand behind the rows.
            is_enough |= grid.len() > most_rows;
            if grid.len() > MAX_ROWS {
                return Err(SourceError::TooManyRows);
            }
        }
        Ok(grid)
    }
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    kind: String,
    format: usize,
    text: String,
    is_formula: bool,
    /// Whether the workbook holds what the formula came to, be it nothing.
    is_kept: bool,
}

impl Cell {
    fn row(&mut self, start: &BytesStart<'_>) -> Result<(), SourceError> {
        self.column = 0;
        if let Some(number) = attribute(start, "r") {
            self.row = number.parse::<u32>().ok().and_then(|row| row.checked_sub(1)).ok_or(SourceError::BrokenZip)?;
        }
        Ok(())
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), SourceError> {
        if let Some(place) = attribute(start, "r") {
            (self.row, self.column) = self::place(&place).ok_or(SourceError::BrokenZip)?;
        }
        self.kind = attribute(start, "t").unwrap_or_default();
        self.format = attribute(start, "s").and_then(|text| text.parse().ok()).unwrap_or(0);
        self.text.clear();
        (self.is_formula, self.is_kept) = (false, false);
        Ok(())
    }
}

/// `AB12` as row and column, counted from 0.
fn place(text: &str) -> Option<(u32, u32)> {
    let (letters, digits) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
    let column = letters.bytes().try_fold(0u32, |column, letter| {
        let value = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn merge(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':')?;
    let (first, last) = (place(first)?, place(last)?);
    Some(Merge { rows: (first.0, last.0), columns: (first.1, last.1) })
}

/// The parts of a workbook by their ids; paths begin at the archive.
fn relations(content: &[u8], going: &Going<'_>) -> Result<Vec<(String, String)>, SourceError> {
    let (mut xml, mut found) = (Parts::new(content, going)?, Vec::new());
    while let Some(event) = xml.next()? {
        if let Part::Open("Relationship", start) = event {
            let get = |name| attribute(&start, name).unwrap_or_default();
            let is_sheet = get("Type").ends_with("/worksheet");
            let target = get("Target");
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            found.extend(is_sheet.then(|| (get("Id"), path)));
        }
    }
    Ok(found)
}

fn sheets(
    content: &[u8],
    relations: &[(String, String)],
    going: &Going<'_>,
) -> Result<(Vec<Sheet>, bool), SourceError> {
    let (mut xml, mut sheets, mut is_1904) = (Parts::new(content, going)?, Vec::new(), false);
    while let Some(event) = xml.next()? {
        match event {
            Part::Open("workbookPr", start) => {
                is_1904 = attribute(&start, "date1904").is_some_and(|value| value == "1" || value == "true");
            }
            Part::Open("sheet", start) => {
                let id = attribute(&start, "r:id").or_else(|| attribute(&start, "id")).unwrap_or_default();
                let path = relations.iter().find(|(found, _)| *found == id).map(|(_, path)| path.clone());
                let (name, state) = (attribute(&start, "name").unwrap_or_default(), attribute(&start, "state"));
                // A sheet that is a chart has no rows.
                sheets.extend(path.map(|path| Sheet {
                    name,
                    path,
                    is_shown: state.is_none_or(|state| state == "visible"),
                }));
            }
            _ => {}
        }
    }
    if sheets.is_empty() { Err(SourceError::BrokenZip) } else { Ok((sheets, is_1904)) }
}

/// The strings that the sheets share, without the readings of names.
fn shared(content: &[u8], going: &Going<'_>) -> Result<Vec<String>, SourceError> {
    let (mut xml, mut strings, mut text) = (Parts::new(content, going)?, Vec::new(), String::new());
    while let Some(event) = xml.next()? {
        match event {
            Part::Open("si", _) => text.clear(),
            Part::Text(found) if xml.is_in(&["t"]) && !xml.is_within("rPh") => text.push_str(&found),
            Part::Close("si") => strings.push(text.replace("_x000D_", "")),
            _ => {}
        }
    }
    Ok(strings)
}

fn formats(content: &[u8], going: &Going<'_>) -> Result<Vec<Option<Shown>>, SourceError> {
    let (mut xml, mut named, mut cells) = (Parts::new(content, going)?, Vec::new(), Vec::new());
    while let Some(event) = xml.next()? {
        let Part::Open(name, start) = event else { continue };
        let id = attribute(&start, "numFmtId").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        match name {
            "numFmt" => named.push((id, attribute(&start, "formatCode").unwrap_or_default())),
            "xf" if xml.is_in(&["cellXfs", "xf"]) => cells.push(id),
            _ => {}
        }
    }
    let format = |id: u32| named.iter().find(|(found, _)| *found == id).map(|(_, text)| text.as_str());
    Ok(cells.into_iter().map(|id| serial::shown(id, format(id))).collect())
}

/// What stands in a part, by local names.
enum Part<'n> {
    Open(&'n str, BytesStart<'n>),
    Close(&'n str),
    Text(String),
}

/// Names that a part is read by; all others are one.
const NAMES: &[&str] = &[
    "row",
    "c",
    "f",
    "v",
    "t",
    "is",
    "si",
    "rPh",
    "mergeCell",
    "Relationship",
    "workbookPr",
    "sheet",
    "numFmt",
    "xf",
    "cellXfs",
];

/// A part's events with the names that are open; an empty element opens and closes.
struct Parts<'x, 'g> {
    xml: Reader<&'x [u8]>,
    going: &'g Going<'g>,
    path: Vec<&'static str>,
    is_closing: bool,
}

impl<'x, 'g> Parts<'x, 'g> {
    fn new(content: &'x [u8], going: &'g Going<'g>) -> Result<Self, SourceError> {
        going.begin(Phase::Decoding, content.len())?;
        let mut xml = Reader::from_reader(content);
        xml.config_mut().expand_empty_elements = true;
        Ok(Self { xml, going, path: Vec::new(), is_closing: false })
    }

    fn is_in(&self, names: &[&str]) -> bool {
        self.path.ends_with(names)
    }

    fn is_within(&self, name: &str) -> bool {
        self.path.contains(&name)
    }

    fn next(&mut self) -> Result<Option<Part<'x>>, SourceError> {
        if std::mem::take(&mut self.is_closing) {
            self.path.pop();
        }
        loop {
            self.going.at(usize::try_from(self.xml.buffer_position()).unwrap_or(usize::MAX))?;
            match self.xml.read_event().map_err(|_| SourceError::BrokenZip)? {
                Event::DocType(_) => return Err(SourceError::BrokenZip),
                Event::Start(start) => {
                    let name = known(start.local_name().as_ref());
                    if self.path.len() >= crate::import::xml::MAX_DEPTH {
                        return Err(SourceError::BrokenZip);
                    }
                    self.path.push(name);
                    return Ok(Some(Part::Open(name, start)));
                }
                Event::End(end) => {
                    // Open until the next event, so that whoever asks still stands within.
                    self.is_closing = true;
                    return Ok(Some(Part::Close(known(end.local_name().as_ref()))));
                }
                Event::Text(text) => return Ok(Some(Part::Text(text.to_string()))),
                Event::CData(text) => return Ok(Some(Part::Text(text.to_string()))),
                Event::GeneralRef(name) => {
                    let character = entity(name.as_ref()).ok_or(SourceError::BrokenZip)?;
                    return Ok(Some(Part::Text(character.to_string())));
                }
                Event::Eof if self.path.is_empty() => return Ok(None),
                Event::Eof => return Err(SourceError::BrokenZip),
                _ => {}
            }
        }
    }
}

fn known(name: &str) -> &'static str {
    NAMES.iter().find(|known| **known == name).copied().unwrap_or("")
}
