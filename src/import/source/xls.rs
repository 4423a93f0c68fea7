//! Workbooks of Excel 97-2003 (BIFF8): records to rows of text.
//!
//! Knows the records that hold cells. Must not know columns. Written out here because calamine builds every sheet as a
//! range: two cells far apart would fill memory, and a ring of sectors would never end.

use super::compound::{Compound, Numbers};
use super::rows::UNKEPT;
use super::serial::{self, Shown};
use super::sheet::{Book, Grid, Merge};
use super::{Encoding, MAX_ROWS, SourceError};
use crate::domain::progress::{Going, Phase};

const CONTINUE: u16 = 0x003C;
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FORMULA: u16 = 0x0006;
/// The mark of a formula that is to be computed when the book is opened.
const ON_LOAD: u16 = 2;
/// Fewest bytes of a string that the sheets share: its length, its flags, nothing else.
const SHORTEST: usize = 3;

/// A record: its kind, its data and the parts that continue it.
struct Record<'s> {
    kind: u16,
    data: &'s [u8],
    more: Vec<&'s [u8]>,
}

struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    fn part(&mut self) -> Option<(u16, &'s [u8])> {
        let (head, rest) = self.rest.split_at_checked(4)?;
        let (data, rest) = rest.split_at_checked(usize::from(head.u16_at(2)))?;
        self.rest = rest;
        Some((head.u16_at(0), data))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let (kind, data) = self.part()?;
        let mut more = Vec::new();
        while self.rest.len() >= 4 && self.rest.u16_at(0) == CONTINUE {
            more.push(self.part()?.1);
        }
        Some(Record { kind, data, more })
    }
}

struct Sheet {
    name: String,
    start: usize,
    is_shown: bool,
}

/// An open workbook.
pub(super) struct Workbook {
    stream: Vec<u8>,
    sheets: Vec<Sheet>,
    strings: Vec<String>,
    /// How the numbers of each cell format are shown; none as they are.
    formats: Vec<Option<Shown>>,
    is_1904: bool,
}

impl Workbook {
    /// Opens a workbook and reads what its sheets share.
    ///
    /// # Errors
    /// It is damaged, locked, or older than Excel 97; the reading was stopped.
    pub fn open(bytes: &[u8], going: &Going<'_>) -> Result<Self, SourceError> {
        let file = Compound::open(bytes)?;
        if file.has("EncryptedPackage") {
            return Err(SourceError::Locked);
        }
        if !file.has("Workbook") {
            return Err(if file.has("Book") { SourceError::OldExcel } else { SourceError::NotExcel });
        }
        let stream = file.stream("Workbook")?;
        let mut book =
            Self { stream: Vec::new(), sheets: Vec::new(), strings: Vec::new(), formats: Vec::new(), is_1904: false };
        book.globals(&stream, going)?;
        book.stream = stream;
        if book.sheets.is_empty() { Err(SourceError::BrokenZip) } else { Ok(book) }
    }

    fn globals(&mut self, stream: &[u8], going: &Going<'_>) -> Result<(), SourceError> {
        let mut named: Vec<(u16, String)> = Vec::new();
        let mut cells = Vec::new();
        for record in (Records { rest: stream }) {
            let data = record.data;
            match record.kind {
                BOF if data.u16_at(0) != 0x0600 => return Err(SourceError::OldExcel),
                0x002F => return Err(SourceError::Locked),
                0x0022 => self.is_1904 = data.u16_at(0) == 1,
                0x041E => named.push((data.u16_at(0), Text::new(&record, 2).long())),
                0x00E0 => cells.push(data.u16_at(2)),
                0x0085 if data.get(5) == Some(&0) => self.sheets.push(Sheet {
                    name: Text::new(&record, 6).short(),
                    start: data.u32_at(0) as usize,
                    is_shown: data.get(4).is_some_and(|state| state & 3 == 0),
                }),
                0x00FC => self.strings = strings(&record, going)?,
                EOF => break,
                _ => {}
            }
        }
        let kind = |id: &u16| {
            serial::shown(u32::from(*id), named.iter().find(|(found, _)| found == id).map(|(_, text)| text.as_str()))
        };
        self.formats = cells.iter().map(kind).collect();
        Ok(())
    }

    fn number(&self, format: u16, value: f64) -> String {
        serial::text(value, self.formats.get(usize::from(format)).copied().flatten(), self.is_1904)
    }

    fn cells(&self, record: &Record<'_>, grid: &mut Grid) -> Result<(), SourceError> {
        let data = record.data;
        let (row, column, format) = (u32::from(data.u16_at(0)), u32::from(data.u16_at(2)), data.u16_at(4));
        match record.kind {
            0x00FD => {
                let text = self.strings.get(data.u32_at(6) as usize).ok_or(SourceError::BrokenZip)?;
                grid.put(row, column, text.clone())
            }
            0x0204 => grid.put(row, column, Text::new(record, 6).long()),
            0x0203 => grid.put(row, column, self.number(format, double(data, 6))),
            0x027E => grid.put(row, column, self.number(format, packed(data.u32_at(6)))),
            0x00BD => {
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                cells.chunks_exact(6).zip(column..).try_for_each(|(cell, column)| {
                    grid.put(row, column, self.number(cell.u16_at(0), packed(cell.u32_at(2))))
                })
            }
            0x0205 => grid.put(row, column, logical(data.get(6).copied(), data.get(7) == Some(&1))),
            FORMULA if data.u16_at(12) != 0xFFFF => grid.put(row, column, self.number(format, double(data, 6))),
            FORMULA => match data.get(6) {
                Some(1) => grid.put(row, column, logical(data.get(8).copied(), false)),
                Some(2) => grid.put(row, column, logical(data.get(8).copied(), true)),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

impl Book for Workbook {
    fn is_1904(&self) -> bool {
        self.is_1904
    }

    fn encoding(&self) -> Encoding {
        Encoding::Xls
    }

    fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }

    fn shown(&self) -> Vec<usize> {
        let all = self.sheets.iter().enumerate();
        all.filter(|(_, sheet)| sheet.is_shown).map(|(place, _)| place).collect()
    }

    fn grid(&mut self, place: usize, most_rows: usize, going: &Going<'_>) -> Result<Grid, SourceError> {
        let start = self.sheets.get(place).ok_or(SourceError::NoSheet)?.start;
        let rest = self.stream.get(start..).ok_or(SourceError::BrokenZip)?;
        let (mut grid, mut depth, mut formula) = (Grid::default(), 0u32, (0u32, 0u32));
        let is_computed = is_computed(rest);
        going.begin(Phase::Decoding, rest.len())?;
        let mut records = Records { rest };
        while let Some(record) = records.next() {
            going.at(rest.len() - records.rest.len())?;
            match record.kind {
                BOF => depth = depth.saturating_add(1),
                EOF if depth <= 1 => return Ok(grid),
                EOF => depth -= 1,
                // A chart within the sheet has records of the same kinds.
                _ if depth != 1 => {}
                0x0207 => grid.put(formula.0, formula.1, Text::new(&record, 0).long())?,
                0x00E5 => grid.merges.extend(merges(record.data)),
                FORMULA if !is_computed => {
                    let place = (u32::from(record.data.u16_at(0)), u32::from(record.data.u16_at(2)));
                    grid.put(place.0, place.1, UNKEPT.to_owned())?;
                }
                _ => {
                    formula = (u32::from(record.data.u16_at(0)), u32::from(record.data.u16_at(2)));
                    self.cells(&record, &mut grid)?;
                }
            }
            if grid.len() > MAX_ROWS {
                return Err(SourceError::TooManyRows);
            }
            if grid.len() > most_rows && record.kind != 0x00E5 {
                return Ok(grid);
            }
        }
        Err(SourceError::BrokenZip)
    }
}

/// Whether what the formulas of a sheet came to was written with them. A program that does not compute leaves nought in
/// each, and asks for the computing when the book is opened; that mark alone says nothing, because others set it too.
fn is_computed(sheet: &[u8]) -> bool {
    let mut depth = 0u32;
    let formulas = Records { rest: sheet }.take_while(|record| {
        match record.kind {
            BOF => depth = depth.saturating_add(1),
            EOF => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 0
    });
    let (mut is_any, mut is_left) = (false, true);
    for formula in formulas.filter(|record| record.kind == FORMULA) {
        is_any = true;
        is_left &= formula.data.u16_at(14) & ON_LOAD != 0 && double(formula.data, 6) == 0.0;
    }
    !is_any || !is_left
}

fn merges(data: &[u8]) -> impl Iterator<Item = Merge> {
    let number = |bytes: &[u8], index: usize| u32::from(bytes.u16_at(index * 2));
    let ranges = data.get(2..).unwrap_or_default().chunks_exact(8);
    ranges.map(move |bytes| Merge {
        rows: (number(bytes, 0), number(bytes, 1)),
        columns: (number(bytes, 2), number(bytes, 3)),
    })
}

fn double(data: &[u8], at: usize) -> f64 {
    f64::from_bits(u64::from(data.u32_at(at)) | u64::from(data.u32_at(at + 4)) << 32)
}

/// An RK number: an integer or the upper half of a double, perhaps a hundredfold.
fn packed(bits: u32) -> f64 {
    let value =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

fn logical(value: Option<u8>, is_error: bool) -> String {
    let text = match (is_error, value) {
        (false, Some(1)) => "TRUE",
        (false, _) => "FALSE",
        (true, Some(0x00)) => "#NULL!",
        (true, Some(0x07)) => "#DIV/0!",
        (true, Some(0x0F)) => "#VALUE!",
        (true, Some(0x17)) => "#REF!",
        (true, Some(0x1D)) => "#NAME?",
        (true, Some(0x24)) => "#NUM!",
        (true, _) => "#N/A",
    };
    text.to_owned()
}

/// The strings that the sheets share.
fn strings(record: &Record<'_>, going: &Going<'_>) -> Result<Vec<String>, SourceError> {
    let mut text = Text::new(record, 8);
    // As many as there is data for; the count in the record is only a claim.
    let bytes = record.data.len() + record.more.iter().map(|part| part.len()).sum::<usize>();
    let claimed = record.data.u32_at(4) as usize;
    let all = std::iter::from_fn(|| text.has_more().then(|| text.rich())).take(claimed);
    let strings = going.over(Phase::Sorting, claimed.min(bytes / SHORTEST), all).collect();
    going.check()?;
    Ok(strings)
}

/// A reader of the strings in a record; where one runs on into the next part, that part begins with its own width.
struct Text<'r> {
    part: &'r [u8],
    more: std::slice::Iter<'r, &'r [u8]>,
}

impl<'r> Text<'r> {
    fn new(record: &'r Record<'_>, at: usize) -> Self {
        Self { part: record.data.get(at..).unwrap_or_default(), more: record.more.iter() }
    }

    fn has_more(&self) -> bool {
        !self.part.is_empty() || self.more.len() > 0
    }

    fn take(&mut self, length: usize) -> &'r [u8] {
        if self.part.is_empty() {
            self.part = self.more.next().copied().unwrap_or_default();
        }
        let (taken, rest) = self.part.split_at(length.min(self.part.len()));
        self.part = rest;
        taken
    }

    fn skip(&mut self, mut length: usize) {
        while length > 0 && self.has_more() {
            length -= self.take(length).len().min(length);
        }
    }

    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    /// A string behind one byte of length.
    fn short(&mut self) -> String {
        let (length, flags) = (usize::from(self.byte()), self.byte());
        self.characters(length, flags & 1 == 1)
    }

    /// A string behind two bytes of length.
    fn long(&mut self) -> String {
        let (length, flags) = (usize::from(self.take(2).u16_at(0)), self.byte());
        self.characters(length, flags & 1 == 1)
    }

    /// A string with formatting runs (flag 8) and phonetic data (flag 4) behind it, both passed over.
    fn rich(&mut self) -> String {
        let (length, flags) = (usize::from(self.take(2).u16_at(0)), self.byte());
        let runs = if flags & 8 == 8 { usize::from(self.take(2).u16_at(0)) } else { 0 };
        let phonetic = if flags & 4 == 4 { self.take(4).u32_at(0) as usize } else { 0 };
        let text = self.characters(length, flags & 1 == 1);
        self.skip(runs * 4);
        self.skip(phonetic);
        text
    }

    fn characters(&mut self, mut left: usize, mut is_wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while left > 0 {
            if self.part.is_empty() {
                if self.more.len() == 0 {
                    break;
                }
                is_wide = self.byte() & 1 == 1;
            }
            let width = if is_wide { 2 } else { 1 };
            let count = left.min(self.part.len() / width);
            if count == 0 {
                self.part = &[];
                continue;
            }
            let bytes = self.take(count * width);
            let unit =
                |bytes: &[u8]| if is_wide { bytes.u16_at(0) } else { bytes.first().copied().map_or(0, u16::from) };
            units.extend(bytes.chunks_exact(width).map(unit));
            left -= count;
        }
        String::from_utf16_lossy(&units)
    }
}
