//! Names and places inside the vault folder, and the one plain file that says what the folder is.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::files::{Files, FilesError};

/// The format of the vault folder that this program writes.
pub const FORMAT: u32 = 1;

/// Names one database of the vault: the registry or an establishment (`E01`, `E02`, …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatabaseId {
    /// The registry, one per vault.
    Registry,
    /// The establishment of this number, counted from 1 and never reused.
    Site(u32),
}

impl fmt::Display for DatabaseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Registry => formatter.write_str("registry"),
            Self::Site(number) => write!(formatter, "E{number:02}"),
        }
    }
}

/// Says that a text is no name of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("事業場の番号は E01 の形です。junkai establishment list で確かめてください。")]
pub struct BadDatabaseId;

impl FromStr for DatabaseId {
    type Err = BadDatabaseId;

    fn from_str(text: &str) -> Result<Self, BadDatabaseId> {
        if text == "registry" {
            return Ok(Self::Registry);
        }
        let number = text.strip_prefix('E').and_then(|digits| digits.parse().ok()).ok_or(BadDatabaseId)?;
        let id = Self::Site(number);
        // Only the one way of writing it counts: E1, E001 or E+1 would be second names of the same file.
        if number > 0 && id.to_string() == text { Ok(id) } else { Err(BadDatabaseId) }
    }
}

/// Knows where everything lies below one vault folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// Describes the vault at this folder; touches nothing.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    /// Returns the vault folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the plain file that makes the folder a vault.
    pub fn header(&self) -> PathBuf {
        self.root.join("vault.json")
    }

    /// Returns the file that the one running instance holds.
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// Returns the counter of failed unlocks.
    pub fn failures(&self) -> PathBuf {
        self.root.join("failures")
    }

    /// Returns the folder of the identity file.
    pub fn keys(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// Returns the identity file unless it lies on another medium.
    pub fn identity(&self) -> PathBuf {
        self.keys().join("identity.age")
    }

    /// Returns the folder of the establishments.
    pub fn sites(&self) -> PathBuf {
        self.root.join("sites")
    }

    /// Returns the folder that holds a database and its key.
    pub fn folder(&self, id: DatabaseId) -> PathBuf {
        match id {
            DatabaseId::Registry => self.root.clone(),
            DatabaseId::Site(_) => self.sites(),
        }
    }

    /// Returns the encrypted database.
    pub fn database(&self, id: DatabaseId) -> PathBuf {
        self.folder(id).join(format!("{id}.db"))
    }

    /// Returns the database under its temporary name while it is being made.
    pub fn unfinished(&self, id: DatabaseId) -> PathBuf {
        self.folder(id).join(format!("{id}.db.new"))
    }

    /// Returns the sealed key of a database.
    pub fn key(&self, id: DatabaseId) -> PathBuf {
        self.folder(id).join(format!("{id}.key.age"))
    }

    /// Returns the newly sealed key of a database while identities are being exchanged.
    pub fn next_key(&self, id: DatabaseId) -> PathBuf {
        self.folder(id).join(format!("{id}.key.age.next"))
    }

    /// Lists what others may read or write, as paths that should be closed to them.
    pub(super) fn open_to_others(&self, files: &dyn Files) -> Result<Vec<PathBuf>, FilesError> {
        let mut paths = vec![self.root.clone()];
        for folder in [self.root.clone(), self.keys(), self.sites()] {
            if files.is_dir(&folder) {
                paths.extend(files.list(&folder)?.into_iter().map(|name| folder.join(name)));
            }
        }
        let open = |path: &PathBuf| files.mode(path).is_ok_and(|mode| mode.is_some_and(|mode| mode & 0o077 != 0));
        paths.retain(open);
        Ok(paths)
    }
}

/// The plain file `vault.json`; holds no person and no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format of the folder.
    pub format: u32,
    /// The vault's random identifier; it also stands in every key file and database.
    pub vault: String,
    /// Whether the vault was made by `demo`: its documents carry 見本.
    pub demo: bool,
    /// Where the identity file lies if not inside the vault.
    pub identity: Option<PathBuf>,
    /// Where it lay before it was moved; kept there until the next unlock. Below the vault folder the path is relative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_before: Option<PathBuf>,
}

#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

impl Header {
    /// Reads `vault.json`; a newer format is told from a damaged file before the rest is read.
    pub fn read(files: &dyn Files, layout: &Layout) -> Result<Self, VaultError> {
        let content = match files.read(&layout.header()) {
            Err(FilesError::Missing) => return Err(VaultError::NotAVault),
            other => other?,
        };
        Self::parse(&content)
    }

    pub(super) fn parse(content: &[u8]) -> Result<Self, VaultError> {
        let FormatOnly { format } = serde_json::from_slice(content).map_err(|_| VaultError::DamagedHeader)?;
        if format > FORMAT {
            return Err(VaultError::NewerVersion { found: format, known: FORMAT });
        }
        serde_json::from_slice(content).map_err(|_| VaultError::DamagedHeader)
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>, VaultError> {
        serde_json::to_vec_pretty(self).map_err(|_| VaultError::DamagedHeader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_names_one_database() {
        for text in ["registry", "E01", "E09", "E10", "E123"] {
            assert_eq!(text.parse::<DatabaseId>().unwrap().to_string(), text);
        }
        for text in ["E1", "E001", "E00", "e01", "E-1", "E+1", "E", "", "E01 ", "E99999999999"] {
            assert_eq!(text.parse::<DatabaseId>(), Err(BadDatabaseId), "{text}");
        }
    }

    #[test]
    fn a_newer_folder_is_told_from_a_damaged_one() {
        let newer = br#"{"format":2,"anything":[]}"#;
        assert!(matches!(Header::parse(newer), Err(VaultError::NewerVersion { found: 2, known: 1 })));
        assert!(matches!(Header::parse(b"{"), Err(VaultError::DamagedHeader)));
        assert!(matches!(Header::parse(br#"{"format":1}"#), Err(VaultError::DamagedHeader)));
    }

    #[test]
    fn the_header_survives_writing() {
        let moved = Some(PathBuf::from("keys/identity.age"));
        for identity_before in [None, moved] {
            let identity = Some(PathBuf::from("/mnt/k"));
            let header = Header { format: 1, vault: "ab".to_owned(), demo: true, identity, identity_before };
            assert_eq!(Header::parse(&header.bytes().unwrap()).unwrap(), header);
        }
    }
}
