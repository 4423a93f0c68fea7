//! 特定健診情報ファイル (HL7 CDA R2) and its zip, to neutral rows: who, which day, which item, what value.
//!
//! Knows XML and the names of CDA's elements. Must not know what an item code or a value means. There is no DTD, no
//! entity but the five of XML and character numbers, and a limit to depth, size and count.

mod document;
mod encoding;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::BytesStart;

use super::source::SourceError;
use super::source::archive::{Archive, Contents};
use crate::domain::Day;
use crate::domain::progress::{Going, Phase, Stopped};
pub use table::{table, table_while};

/// Most bytes of one person's file.
pub const MAX_FILE: u64 = 8 * 1024 * 1024;
/// Most bytes that a zip of such files may unpack to.
pub const MAX_ARCHIVE: u64 = 256 * 1024 * 1024;
/// Deepest nesting of elements.
pub const MAX_DEPTH: usize = 64;
/// Most items of one person.
pub const MAX_ITEMS: usize = 5_000;

/// A file of one person that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// No well-formed XML.
    #[error("XML として読めません（{line}行目）。健診機関に、出し直しを頼んでください。")]
    Broken {
        /// Line, 1-based.
        line: u32,
    },
    /// A document type definition, which no file of this kind has.
    #[error("XML に文書型宣言（DTD）があります。安全のため読みません。健診機関に確かめてください。")]
    Dtd,
    /// An entity that XML itself does not have.
    #[error(
        "XML に定義された文字列（実体参照）が使われています（{line}行目）。安全のため読みません。健診機関に確かめてください。"
    )]
    Entity {
        /// Line, 1-based.
        line: u32,
    },
    /// Elements within elements without end.
    #[error("XML の入れ子が深すぎます（64段まで）。健診機関に確かめてください。")]
    TooDeep,
    /// More items than one person has.
    #[error("一人分の検査項目が多すぎます（5,000項目まで）。健診機関に確かめてください。")]
    TooManyItems,
    /// More bytes than one person has.
    #[error("一人分のファイルが大きすぎます（8 MB まで）。健診機関に確かめてください。")]
    TooLarge,
    /// XML, but no ClinicalDocument.
    #[error("特定健診の XML ではありません。健診機関から受け取ったファイルを確かめてください。")]
    OtherDocument,
    /// A byte that is no character of the encoding that the file declares.
    #[error(
        "XML の{line}行目に、{encoding} として読めない文字があります。健診機関に、UTF-8 で出し直すよう頼んでください。"
    )]
    Undecodable {
        /// The encoding by its public name.
        encoding: &'static str,
        /// Line, 1-based.
        line: u32,
    },
    /// The file declares an encoding that nobody knows.
    #[error("XML が名のる文字コード（1行目の encoding）が判りません。健診機関に、UTF-8 で出し直すよう頼んでください。")]
    UnknownEncoding,
    /// The file could not be taken out of its zip.
    #[error("zip の中のファイルが壊れています。元のファイルをもう一度受け取ってください。")]
    Unpacking,
    /// The reading was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// An identifier of the person: which register (an OID), and what stands there. Its meaning is not read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonId {
    /// OID of the register.
    pub root: String,
    /// The number or the symbol in it.
    pub extension: String,
}

/// The person of a file, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Identifiers in the order of the file.
    pub ids: Vec<PersonId>,
    /// The name, usually in half-width kana.
    pub name: String,
    /// The code of the sex: 1 男, 2 女.
    pub sex: String,
    /// 生年月日; none where it is missing or no date.
    pub birth: Option<Day>,
}

/// One item of a checkup, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// The 17-digit code.
    pub code: String,
    /// The name that the file gives it.
    pub name: String,
    /// The kind of value: PQ a quantity, CD or CO a code, ST a text.
    pub kind: String,
    /// The quantity, the code or the text; empty where the item was not done.
    pub value: String,
    /// The unit of a quantity.
    pub unit: String,
    /// Lower end of the reference range.
    pub lower: String,
    /// Upper end of the reference range.
    pub upper: String,
    /// The unit of the reference range.
    pub range_unit: String,
    /// The flag: H, L and the like.
    pub flag: String,
    /// Line of the file, 1-based.
    pub line: u32,
}

/// One person's checkup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checkup {
    /// Who.
    pub person: Person,
    /// The day of the examination; none where it is missing or no date.
    pub exam_date: Option<Day>,
    /// The items in the order of the file.
    pub items: Vec<Item>,
}

/// One file of an archive: its place among the persons, counted from 1, and what was read. File names stay inside: they
/// hold numbers of insurers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counted from 1.
    pub number: usize,
    /// The checkup, or why there is none.
    pub read: Result<Checkup, XmlError>,
}

/// Reads a zip of such files, or a single one.
///
/// # Errors
/// The archive cannot be opened or holds no such file; a single damaged file is an [`Entry`] with its reason.
pub fn read(bytes: &[u8]) -> Result<Vec<Entry>, SourceError> {
    read_while(bytes, &Going::freely())
}

/// As [`read`], as long as it is to go on.
///
/// # Errors
/// As [`read`], and [`SourceError::Stopped`].
pub fn read_while(bytes: &[u8], going: &Going<'_>) -> Result<Vec<Entry>, SourceError> {
    if !bytes.starts_with(b"PK") {
        return Ok(vec![Entry { number: 1, read: read_one(bytes) }]);
    }
    let mut archive = Archive::open(bytes, MAX_ARCHIVE, going)?;
    match archive.contents() {
        Contents::Checkups => {}
        Contents::Strays => return Err(SourceError::NoData),
        _ => return Err(SourceError::Zip),
    }
    let people = archive.people();
    let named = going.over(Phase::People, people.len(), people.iter().zip(1..));
    let read = named.map(|(name, number)| Entry { number, read: unpack(&mut archive, name, going) }).collect();
    going.check()?;
    Ok(read)
}

fn unpack(archive: &mut Archive<'_>, name: &str, going: &Going<'_>) -> Result<Checkup, XmlError> {
    let bytes = archive.file(name, MAX_FILE, going).map_err(|error| match error {
        SourceError::TooMuchUnpacked => XmlError::TooLarge,
        _ => XmlError::Unpacking,
    })?;
    read_one(&bytes)
}

/// Whether the bytes begin as markup, in whatever encoding.
pub fn is_markup(bytes: &[u8]) -> bool {
    encoding::begins_with_markup(bytes)
}

/// Reads one person's file.
///
/// # Errors
/// See [`XmlError`].
pub fn read_one(bytes: &[u8]) -> Result<Checkup, XmlError> {
    if bytes.len() as u64 > MAX_FILE { Err(XmlError::TooLarge) } else { document::read(&encoding::decode(bytes)?) }
}

/// The character of a reference: one of the five names of XML, or a number.
pub(super) fn entity(name: &str) -> Option<char> {
    if let Some(text) = resolve_xml_entity(name) {
        return text.chars().next();
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

/// An attribute by its whole name; none where it is absent or holds an unknown entity.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|found| found.key.as_ref() == name)?;
    unescaped(&found.value).map(Cow::into_owned)
}

fn unescaped(value: &str) -> Option<Cow<'_, str>> {
    quick_xml::escape::unescape_with(value, resolve_xml_entity).ok()
}
