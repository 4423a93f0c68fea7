//! Zip archives: what is inside, and how much it unpacks to, counted while reading before anything is used.
//!
//! Knows containers. Must not know sheets or records. The sizes that an archive claims are not believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::SourceError;
use crate::domain::progress::{Going, Phase};

/// Most bytes that an archive may unpack to.
pub(in crate::import) const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// Most files in an archive.
const MAX_ENTRIES: usize = 20_000;

/// Bytes that are unpacked between two looks at whether to go on.
const PART: usize = 256 * 1024;

/// An archive whose size is known.
pub(in crate::import) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
}

/// What an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Contents {
    /// A workbook of Excel.
    Xlsx,
    /// A workbook of Excel in its binary form.
    Xlsb,
    /// An OpenDocument sheet.
    Ods,
    /// 特定健診情報ファイル: XML, one file a person.
    Checkups,
    /// XML files outside the folder in which 特定健診 keeps its people.
    Strays,
    /// A document of Numbers.
    Numbers,
    /// A document of an office program that is no workbook.
    Document,
    /// Something else.
    Other,
}

impl<'b> Archive<'b> {
    /// Opens an archive and counts what it unpacks to, at most `limit` bytes.
    ///
    /// # Errors
    /// It is damaged, locked by a password, or too large; the reading was stopped.
    pub fn open(bytes: &'b [u8], limit: u64, going: &Going<'_>) -> Result<Self, SourceError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(fault)?;
        if zip.len() > MAX_ENTRIES {
            return Err(SourceError::TooMuchUnpacked);
        }
        let (mut names, mut left) = (Vec::with_capacity(zip.len()), limit);
        going.begin(Phase::Unpacking, zip.len())?;
        for index in 0..zip.len() {
            going.at(index)?;
            let entry = zip.by_index(index).map_err(fault)?;
            names.push(entry.name().map_err(fault)?.into_owned());
            let read = unpack(entry.take(left + 1), going, |_| {})?;
            left = left.checked_sub(read).ok_or(SourceError::TooMuchUnpacked)?;
        }
        Ok(Self { zip, names })
    }

    /// Says what the archive holds, by the names in it.
    pub fn contents(&self) -> Contents {
        let has = |name: &str| self.names.iter().any(|found| found.eq_ignore_ascii_case(name));
        if has("xl/workbook.xml") {
            Contents::Xlsx
        } else if has("xl/workbook.bin") {
            Contents::Xlsb
        } else if has("content.xml") && has("mimetype") {
            Contents::Ods
        } else if has("word/document.xml") || has("ppt/presentation.xml") {
            Contents::Document
        } else if self.names.iter().any(|name| is_numbers(name)) {
            Contents::Numbers
        } else if self.names.iter().any(|name| is_person(name)) {
            Contents::Checkups
        } else if !has("[Content_Types].xml") && self.names.iter().any(|name| is_xml(name)) {
            Contents::Strays
        } else {
            Contents::Other
        }
    }

    /// Names of the files that hold one person's checkup each, in order.
    pub fn people(&self) -> Vec<String> {
        self.names.iter().filter(|name| is_person(name)).cloned().collect()
    }

    /// Unpacks one file.
    ///
    /// # Errors
    /// It is not there, damaged, or larger than `limit`; the reading was stopped.
    pub fn file(&mut self, name: &str, limit: u64, going: &Going<'_>) -> Result<Vec<u8>, SourceError> {
        let entry = self.zip.by_name(name).map_err(fault)?;
        let mut bytes = Vec::new();
        unpack(entry.take(limit + 1), going, |part| bytes.extend_from_slice(part))?;
        if bytes.len() as u64 > limit { Err(SourceError::TooMuchUnpacked) } else { Ok(bytes) }
    }
}

/// Unpacks part by part, and gives the number of bytes.
fn unpack(mut packed: impl Read, going: &Going<'_>, mut keep: impl FnMut(&[u8])) -> Result<u64, SourceError> {
    let (mut part, mut unpacked) = (vec![0; PART], 0);
    loop {
        let read = packed.read(&mut part).map_err(|_| SourceError::BrokenZip)?;
        if read == 0 {
            return Ok(unpacked);
        }
        keep(part.get(..read).unwrap_or_default());
        unpacked += read as u64;
        going.check()?;
    }
}

/// `…/DATA/h….xml`: one person; ix08 and su08 beside that folder are its index and its summary.
fn is_person(name: &str) -> bool {
    let folded = name.replace('\\', "/").to_ascii_lowercase();
    let mut parts = folded.rsplit('/');
    let file = parts.next().unwrap_or("");
    let is_in_data = parts.next() == Some("data");
    is_in_data && file.starts_with('h') && file.ends_with(".xml")
}

/// The parts of which Numbers makes a document.
fn is_numbers(name: &str) -> bool {
    let folded = name.to_ascii_lowercase();
    folded.ends_with(".iwa") || folded.ends_with("index.zip")
}

fn is_xml(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".xml")
}

fn fault(error: ZipError) -> SourceError {
    match error {
        ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED => SourceError::Locked,
        _ => SourceError::BrokenZip,
    }
}
