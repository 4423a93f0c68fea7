//! Names of records: `E01` for an establishment, `E01-W0001` for what belongs to it. Never reused.

use std::fmt;

use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Serialize};

/// A string that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("番号の形が違います（例 E01、E01-W0001）。一覧で番号を確かめてください。")]
pub struct BadId;

/// An establishment (事業場): `E01`, `E02` … per vault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EstablishmentId(String);

impl EstablishmentId {
    /// The `number`-th establishment of the vault.
    pub fn new(number: u32) -> Self {
        Self(format!("E{number:02}"))
    }

    /// Reads `E01`; the number has two digits or more.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let digits = text.strip_prefix('E').ok_or(BadId)?;
        let plain = digits.len() >= 2 && digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { Ok(Self(text.to_owned())) } else { Err(BadId) }
    }

    /// The text, as in file names.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number behind the letter.
    pub fn number(&self) -> u32 {
        self.0[1..].parse().unwrap_or(0)
    }
}

impl TryFrom<String> for EstablishmentId {
    type Error = BadId;
    fn try_from(text: String) -> Result<Self, BadId> {
        Self::parse(&text)
    }
}

impl From<EstablishmentId> for String {
    fn from(id: EstablishmentId) -> Self {
        id.0
    }
}

impl fmt::Display for EstablishmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of record an id names; the letter stands between the establishment and the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prefix {
    /// 労働者
    Worker,
    /// 案件 (case)
    Case,
    /// Everything else that is a row of its own.
    Row,
}

impl Prefix {
    /// The letter in the id.
    pub const fn letter(self) -> char {
        match self {
            Self::Worker => 'W',
            Self::Case => 'C',
            Self::Row => 'R',
        }
    }

    /// Every prefix.
    pub const ALL: [Self; 3] = [Self::Worker, Self::Case, Self::Row];
}

/// A record of one establishment, such as `E01-W0001`; a document is `E01-2026-0001`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "CompactString", into = "CompactString")]
pub struct Id(CompactString);

impl Id {
    /// The `number`-th record of this kind at `establishment`.
    pub fn new(establishment: &EstablishmentId, prefix: Prefix, number: u32) -> Self {
        Self(format_compact!("{establishment}-{}{number:04}", prefix.letter()))
    }

    /// The `number`-th document of `year` at `establishment`.
    pub fn document(establishment: &EstablishmentId, year: i32, number: u32) -> Self {
        Self(format_compact!("{establishment}-{year:04}-{number:04}"))
    }

    /// Reads an id of either shape.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let (establishment, rest) = text.split_once('-').ok_or(BadId)?;
        EstablishmentId::parse(establishment)?;
        let known = Prefix::ALL.iter().any(|p| rest.strip_prefix(p.letter()).is_some_and(digits));
        let document =
            rest.split_once('-').is_some_and(|(year, number)| year.len() == 4 && digits(year) && digits(number));
        if known || document { Ok(Self(text.into())) } else { Err(BadId) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The establishment the record belongs to.
    pub fn establishment(&self) -> Option<EstablishmentId> {
        self.0.split_once('-').and_then(|(head, _)| EstablishmentId::parse(head).ok())
    }

    /// Kind and number, unless this is a document.
    pub fn numbered(&self) -> Option<(Prefix, u32)> {
        let (_, rest) = self.0.split_once('-')?;
        let prefix = Prefix::ALL.into_iter().find(|p| rest.starts_with(p.letter()))?;
        rest[1..].parse().ok().map(|number| (prefix, number))
    }
}

fn digits(text: &str) -> bool {
    text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit())
}

impl TryFrom<CompactString> for Id {
    type Error = BadId;
    fn try_from(text: CompactString) -> Result<Self, BadId> {
        Self::parse(&text)
    }
}

impl From<Id> for CompactString {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_what_they_print() {
        let site = EstablishmentId::new(1);
        assert_eq!(site.as_str(), "E01");
        let worker = Id::new(&site, Prefix::Worker, 12);
        assert_eq!(Id::parse(worker.as_str()), Ok(worker.clone()));
        assert_eq!(worker.numbered(), Some((Prefix::Worker, 12)));
        assert_eq!(worker.establishment(), Some(site.clone()));
        assert_eq!(Id::parse("E01-2026-0001"), Ok(Id::document(&site, 2026, 1)));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "E1", "01", "E01-", "E01-X0001", "E01-W1", "E01-W000a", "山田", "E01/../x", "E01-26-0001"] {
            assert_eq!(Id::parse(text), Err(BadId), "{text}");
        }
    }
}
