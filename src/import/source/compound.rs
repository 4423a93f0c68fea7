//! Compound files (MS-CFB), the container of Excel 97-2003: one stream by its name.
//!
//! Knows sectors and chains. Must not know records. A chain is followed no further than the file is long: a ring of
//! sectors ends, and no claimed length is believed.

use super::SourceError;

const END: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
/// Streams below this length lie in the mini stream.
const MINI_BELOW: usize = 4096;

/// Little-endian numbers at a place; 0 beyond the end.
pub(super) trait Numbers {
    fn u16_at(&self, at: usize) -> u16;
    fn u32_at(&self, at: usize) -> u32;
}

impl Numbers for [u8] {
    fn u16_at(&self, at: usize) -> u16 {
        let bytes = self.get(at..at.saturating_add(2)).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u16::from_le_bytes)
    }

    fn u32_at(&self, at: usize) -> u32 {
        let bytes = self.get(at..at.saturating_add(4)).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes)
    }
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

/// An open compound file.
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
}

impl<'b> Compound<'b> {
    /// Reads the tables and the directory.
    ///
    /// # Errors
    /// [`SourceError::BrokenZip`] where they do not add up.
    pub fn open(bytes: &'b [u8]) -> Result<Self, SourceError> {
        let sector = match bytes.u16_at(30) {
            9 => 512,
            12 => 4096,
            _ => return Err(SourceError::BrokenZip),
        };
        let mut file = Self { bytes, sector, table: Vec::new(), entries: Vec::new() };
        file.table = file.tables()?;
        let directory = file.chain(bytes.u32_at(48), usize::MAX)?;
        file.entries = directory.chunks_exact(128).map(entry).collect();
        if file.entries.is_empty() { Err(SourceError::BrokenZip) } else { Ok(file) }
    }

    /// Whether a stream of that name is there.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Reads a stream.
    ///
    /// # Errors
    /// It is not there, or its chain breaks.
    pub fn stream(&self, name: &str) -> Result<Vec<u8>, SourceError> {
        let found = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let entry = found.ok_or(SourceError::BrokenZip)?;
        if entry.length >= MINI_BELOW {
            return self.chain(entry.start, entry.length);
        }
        let root = self.entries.first().ok_or(SourceError::BrokenZip)?;
        let mini = self.chain(root.start, root.length)?;
        let table = numbers(&self.chain(self.bytes.u32_at(60), usize::MAX)?);
        follow(&mini, MINI_SECTOR, 0, &table, entry.start, entry.length)
    }

    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, SourceError> {
        follow(self.bytes, self.sector, self.sector, &self.table, start, length)
    }

    /// The table of sectors: its first 109 parts are named in the header, the others in a chain of their own.
    fn tables(&self) -> Result<Vec<u32>, SourceError> {
        let most = self.bytes.len() / self.sector;
        let mut parts: Vec<u32> = numbers(self.bytes.get(76..512).ok_or(SourceError::BrokenZip)?);
        let mut next = self.bytes.u32_at(68);
        while next < END {
            let mut more = numbers(sector(self.bytes, self.sector, self.sector, next)?);
            next = more.pop().unwrap_or(END);
            parts.append(&mut more);
            if parts.len() > most + self.sector {
                return Err(SourceError::BrokenZip);
            }
        }
        let mut table = Vec::new();
        for part in parts.into_iter().filter(|part| *part < END).take(most + 1) {
            table.append(&mut numbers(sector(self.bytes, self.sector, self.sector, part)?));
        }
        Ok(table)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|bytes| bytes.u32_at(0)).collect()
}

/// A sector by its number; the last one may be cut by the end of the file.
fn sector(bytes: &[u8], size: usize, offset: usize, number: u32) -> Result<&[u8], SourceError> {
    let start = (number as usize).saturating_mul(size).saturating_add(offset);
    let end = start.saturating_add(size).min(bytes.len());
    bytes.get(start..end).filter(|found| !found.is_empty()).ok_or(SourceError::BrokenZip)
}

fn follow(
    bytes: &[u8],
    size: usize,
    offset: usize,
    table: &[u32],
    start: u32,
    length: usize,
) -> Result<Vec<u8>, SourceError> {
    let (mut chain, mut next) = (Vec::new(), start);
    while next < END && chain.len() < length {
        if chain.len() > bytes.len() {
            return Err(SourceError::BrokenZip);
        }
        chain.extend_from_slice(sector(bytes, size, offset, next)?);
        next = *table.get(next as usize).ok_or(SourceError::BrokenZip)?;
    }
    chain.truncate(length);
    Ok(chain)
}

fn entry(bytes: &[u8]) -> Entry {
    let length = usize::from(bytes.u16_at(64)).saturating_sub(2).min(62);
    let name: Vec<u16> = (0..length / 2).map(|index| bytes.u16_at(index * 2)).collect();
    Entry { name: String::from_utf16_lossy(&name), start: bytes.u32_at(116), length: bytes.u32_at(120) as usize }
}
