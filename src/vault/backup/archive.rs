//! The smallest tar that every `tar` reads: POSIX ustar, regular files only, mode 0600, no time.

use std::io::{Error, ErrorKind, Read, Result, Write};

use crate::vault::layout::DatabaseId;

const BLOCK: usize = 512;
const SUM: std::ops::Range<usize> = 148..156;

/// The header of one file in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) size: u64,
}

/// Returns the name of a database inside the archive.
pub(super) fn name_of(id: DatabaseId) -> String {
    match id {
        DatabaseId::Registry => format!("{id}.db"),
        DatabaseId::Site(_) => format!("sites/{id}.db"),
    }
}

/// Returns the database that a name inside the archive stands for.
pub(super) fn database_of(name: &str) -> Option<DatabaseId> {
    let id = name.strip_prefix("sites/").unwrap_or(name).strip_suffix(".db")?.parse().ok()?;
    (name_of(id) == name).then_some(id)
}

/// Appends one file.
pub(in crate::vault) fn append(archive: &mut dyn Write, name: &str, content: &[u8]) -> Result<()> {
    archive.write_all(&header(name, content.len())?)?;
    archive.write_all(content)?;
    let padding = content.len().next_multiple_of(BLOCK) - content.len();
    archive.write_all([0; BLOCK].get(..padding).unwrap_or_default())
}

/// Ends the archive with its two empty blocks.
pub(super) fn finish(archive: &mut dyn Write) -> Result<()> {
    archive.write_all(&[0; 2 * BLOCK])
}

fn header(name: &str, size: usize) -> Result<[u8; BLOCK]> {
    let mut header = [0; BLOCK];
    if name.len() > 100 || size >= 1 << 33 {
        return Err(ErrorKind::FileTooLarge.into());
    }
    put(&mut header, 0, name.as_bytes());
    put(&mut header, 100, b"0000600\x000000000\x000000000\x00");
    put(&mut header, 124, format!("{size:011o}\x0000000000000\x00").as_bytes());
    put(&mut header, SUM.start, b"        0");
    put(&mut header, 257, b"ustar\x0000");
    let sum = checksum(&header);
    put(&mut header, SUM.start, format!("{sum:06o}\0 ").as_bytes());
    Ok(header)
}

fn put(header: &mut [u8; BLOCK], at: usize, bytes: &[u8]) {
    header.iter_mut().skip(at).zip(bytes).for_each(|(place, byte)| *place = *byte);
}

/// Sums the header with its own checksum field taken as spaces.
fn checksum(header: &[u8; BLOCK]) -> u32 {
    header.iter().enumerate().map(|(at, byte)| if SUM.contains(&at) { 32 } else { u32::from(*byte) }).sum()
}

/// Reads the next header; `None` at the end of the archive.
pub(super) fn next(archive: &mut dyn Read) -> Result<Option<Entry>> {
    let mut header = [0; BLOCK];
    archive.read_exact(&mut header)?;
    if header == [0; BLOCK] {
        return Ok(None);
    }
    let (sum, size) = (octal(&header, SUM.start, 6)?, octal(&header, 124, 11)?);
    if sum != u64::from(checksum(&header)) || header.get(156) != Some(&b'0') {
        return Err(ErrorKind::InvalidData.into());
    }
    let name = header.iter().take(100).take_while(|byte| **byte != 0).copied().collect();
    let name = String::from_utf8(name).map_err(|_| Error::from(ErrorKind::InvalidData))?;
    Ok(Some(Entry { name, size }))
}

/// Skips the zeros that fill a file's last block.
pub(super) fn skip_padding(archive: &mut dyn Read, size: u64) -> Result<()> {
    let padding = size.next_multiple_of(BLOCK as u64) - size;
    std::io::copy(&mut archive.take(padding), &mut std::io::sink()).map(drop)
}

fn octal(header: &[u8; BLOCK], at: usize, length: usize) -> Result<u64> {
    header.iter().skip(at).take(length).try_fold(0, |value, byte| match byte {
        b'0'..=b'7' => Ok(value * 8 + u64::from(byte - b'0')),
        _ => Err(ErrorKind::InvalidData.into()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = Vec::new();
        files.iter().for_each(|(name, content)| append(&mut archive, name, content).unwrap());
        finish(&mut archive).unwrap();
        archive
    }

    #[test]
    fn what_is_packed_is_read_again() {
        let archive = packed(&[("a.json", b"{}"), ("sites/E01.db", &[7; 512]), ("empty", b"")]);
        let mut reader = archive.as_slice();
        for (name, size) in [("a.json", 2), ("sites/E01.db", 512), ("empty", 0)] {
            assert_eq!(next(&mut reader).unwrap(), Some(Entry { name: name.to_owned(), size }));
            std::io::copy(&mut (&mut reader).take(size), &mut std::io::sink()).unwrap();
            skip_padding(&mut reader, size).unwrap();
        }
        assert_eq!(next(&mut reader).unwrap(), None);
    }

    #[test]
    fn the_systems_tar_lists_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tar");
        std::fs::write(&path, packed(&[("manifest.json", b"{}"), ("sites/E01.db", &[7; 700])])).unwrap();
        let listed = std::process::Command::new("tar").arg("tvf").arg(&path).output().unwrap();
        let text = String::from_utf8(listed.stdout).unwrap();
        assert!(listed.status.success() && text.contains("-rw-------"), "{text}");
        assert!(text.contains(" 700 ") && text.contains("sites/E01.db"), "{text}");
    }

    #[test]
    fn one_name_stands_for_one_database() {
        for id in [DatabaseId::Registry, DatabaseId::Site(1), DatabaseId::Site(120)] {
            assert_eq!(database_of(&name_of(id)), Some(id));
        }
        for name in ["sites/registry.db", "E01.db", "sites/../E01.db", "sites/E1.db", "manifest.json"] {
            assert_eq!(database_of(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1100)) {
            let _ = next(&mut bytes.as_slice());
        }
    }
}
