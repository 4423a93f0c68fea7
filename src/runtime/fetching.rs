//! A file of an employer as bytes, and as a table: read part by part, and left as soon as nobody wants it any more.
//!
//! Needs no desk and holds no key, so that a medium that stalls keeps neither the lock nor the next unlock waiting. Must
//! not know whose people the file is about.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use openssl::sha::{Sha256, sha256};

use super::error::RuntimeError;
use crate::domain::hours::BatchKind;
use crate::domain::progress::{Going, Phase};
use crate::import::source::{self, MAX_BYTES, SourceError, Table};
use crate::import::xml;
use crate::store::audit;
use crate::vault::files::{Files, FilesError};

/// Bytes that are read between two looks at whether to go on.
const PART: usize = 1 << 20;

/// Which table of which file.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// Where the file lies.
    pub path: PathBuf,
    /// What it brings; none is told by its headings.
    pub kind: Option<BatchKind>,
    /// The sheet of a workbook, counted from 1; none takes the one with the best header.
    pub sheet: Option<usize>,
}

/// A file as a table, before anybody is looked for in it.
pub(super) struct Fetched {
    /// The table.
    pub table: Table,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// Where it lies; none for what was pasted.
    pub path: Option<PathBuf>,
}

impl Fetched {
    /// Bytes that are at hand.
    ///
    /// # Errors
    /// They are no table, or hold no row.
    pub fn of_bytes(bytes: &[u8], kind: BatchKind, sheet: Option<usize>) -> Result<Self, RuntimeError> {
        let table = table(bytes, Some(kind), sheet, &Going::freely())?;
        Ok(Self { table, sha256: audit::hex(&sha256(bytes)), path: None })
    }
}

/// Reads a file as a table; its bytes are let go at once.
///
/// # Errors
/// It cannot be read, is no table, holds no row, or was given up.
pub(super) fn fetch(files: &dyn Files, wanted: &Wanted, going: &Going<'_>) -> Result<Fetched, RuntimeError> {
    if is_lock_file(&wanted.path) {
        return Err(SourceError::LockFile.into());
    }
    let (bytes, sha256) = bytes(files, &wanted.path, going)?;
    let table = table(&bytes, wanted.kind, wanted.sheet, going)?;
    let path = std::path::absolute(&wanted.path).unwrap_or_else(|_| wanted.path.clone());
    Ok(Fetched { table, sha256, path: Some(path) })
}

/// Reads a file that somebody else made, and what it hashes to in hex.
///
/// # Errors
/// It cannot be read, is a device or a pipe, is larger than is read, or was given up.
pub(super) fn bytes(files: &dyn Files, path: &Path, going: &Going<'_>) -> Result<(Vec<u8>, String), RuntimeError> {
    let size = files.size_of_source(path).map_err(RuntimeError::SourceFile)?;
    let size = usize::try_from(size).ok().filter(|size| *size <= MAX_BYTES).ok_or(SourceError::TooLarge)?;
    let mut file = files.open(path).map_err(RuntimeError::SourceFile)?;
    let (mut bytes, mut hash, mut part) = (Vec::with_capacity(size), Sha256::new(), vec![0; PART.min(size + 1)]);
    going.begin(Phase::Fetching, size)?;
    loop {
        let read = match file.read(&mut part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read.map_err(|error| RuntimeError::SourceFile(FilesError::from(error)))?,
        };
        let Some(new) = part.get(..read).filter(|new| !new.is_empty()) else { break };
        hash.update(new);
        bytes.extend_from_slice(new);
        if bytes.len() > MAX_BYTES {
            return Err(SourceError::TooLarge.into());
        }
        going.at(bytes.len())?;
    }
    going.check()?;
    Ok((bytes, audit::hex(&hash.finish())))
}

/// A file of checkups may be 特定健診 XML or a zip of it; everything else is a table.
fn table(
    bytes: &[u8],
    kind: Option<BatchKind>,
    sheet: Option<usize>,
    going: &Going<'_>,
) -> Result<Table, RuntimeError> {
    let may_be_people = kind.is_none_or(|kind| kind == BatchKind::Checkup);
    let people = || Ok::<_, RuntimeError>(xml::table_while(&xml::read_while(bytes, going)?, going)?);
    let read = match source::read_while(bytes, sheet, going) {
        Err(error @ (SourceError::WebPage | SourceError::XmlBook | SourceError::Shortcut)) => return Err(error.into()),
        Err(SourceError::CheckupXml) if may_be_people => people()?,
        Err(_) if may_be_people && xml::is_markup(bytes) => people()?,
        read => read?,
    };
    if read.row_count() == 0 { Err(SourceError::NoRows.into()) } else { Ok(read) }
}

/// The mark that a spreadsheet lays beside a book while it is open there.
fn is_lock_file(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    name.starts_with("~$") || name.starts_with(".~lock.")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::domain::progress::Stopped;
    use crate::vault::files::RealFiles;

    fn wanted(path: &Path) -> Wanted {
        Wanted { path: path.to_path_buf(), kind: Some(BatchKind::Hours), sheet: None }
    }

    fn written(text: &str) -> (tempfile::TempDir, Wanted) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hours.csv");
        std::fs::write(&path, text).unwrap();
        (folder, wanted(&path))
    }

    #[test]
    fn a_file_of_many_parts_is_read_whole_and_left_at_any_of_them() {
        let rows = "山田 太郎,160:00\n".repeat(200_000);
        let (_folder, wanted) = written(&format!("氏名,総労働時間\n{rows}"));
        let whole = fetch(&RealFiles, &wanted, &Going::freely()).unwrap();
        let at_hand = std::fs::read(&wanted.path).unwrap();
        assert_eq!((whole.table.row_count(), whole.sha256), (200_000, audit::hex(&sha256(&at_hand))));
        for n in 0..8 {
            let asked = Cell::new(0);
            let listener = |_| asked.replace(asked.get() + 1) < n;
            let stopped = fetch(&RealFiles, &wanted, &Going::heard_by(&listener)).err();
            assert!(stopped.is_some_and(|error| error.is_stop()), "at step {n}");
            assert_eq!(asked.get(), n + 1);
        }
    }

    #[test]
    fn a_device_is_no_file_and_an_empty_file_is_said_to_be_empty() {
        let failed = |path: &str| fetch(&RealFiles, &wanted(Path::new(path)), &Going::freely()).err().unwrap();
        assert!(matches!(failed("/dev/zero"), RuntimeError::SourceFile(FilesError::NotAFile)));
        assert!(matches!(failed("/nowhere/at/all"), RuntimeError::SourceFile(FilesError::Missing)));
        assert!(matches!(failed("/tmp"), RuntimeError::SourceFile(FilesError::Folder)));
        let (_folder, empty) = written("");
        let empty = fetch(&RealFiles, &empty, &Going::freely()).err();
        assert!(matches!(empty, Some(RuntimeError::Source(SourceError::Empty))));
        assert!(RuntimeError::from(Stopped).is_stop());
    }
}
