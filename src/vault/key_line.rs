//! The key line: the one place that hands a raw key to SQLCipher, and the proof that it took effect.
//!
//! rusqlite puts the failing statement into its errors, and here the statement is the key: no error of that line leaves
//! this file. A connection that was never keyed writes a plain file and reports nothing, so the proof is not optional.

use rusqlite::{Connection, ErrorCode};
use zeroize::Zeroizing;

use super::secret::DatabaseKey;

/// Says that the key line failed, and nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRefused;

/// Says why a keyed connection is not usable; carries no text of SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The key line itself failed.
    KeyRefused,
    /// The library is not SQLCipher: the file would be plain.
    NotEncrypted,
    /// The first page does not open with this key: another key, or a damaged page.
    Unreadable,
    /// Another program holds the file.
    Busy,
    /// The disk is full.
    Full,
    /// Any other failure.
    Failed,
}

impl From<KeyRefused> for Fault {
    fn from(_: KeyRefused) -> Self {
        Self::KeyRefused
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Unreadable,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Failed,
        }
    }
}

const BEFORE: &[u8] = b"PRAGMA key = \"x'";
const AFTER: &[u8] = b"'\";";
const LINE: usize = BEFORE.len() + 64 + AFTER.len();

/// Memory security comes before the key, so that SQLite's own copies of the key line are wiped as well; SQLCipher's log
/// would write over the screen.
const BEFORE_KEY: &str = "PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;";

/// Exclusive locking comes before the first page is read: the wal-index then lives on the heap, not in a `-shm` file,
/// which a full disk would not take.
const BEFORE_READING: &str = "PRAGMA locking_mode = EXCLUSIVE;";

/// The pages kept are as many as lie in a connection's first buffer (`.cargo/config.toml`): a page beyond it would be
/// allocated, locked, wiped and unlocked for itself, and that costs more than reading it again.
const SETTINGS: &str = "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; \
                        PRAGMA synchronous = FULL; PRAGMA cache_size = 150;";

/// Keys the connection, applies the settings of every database, and proves that the file is encrypted and readable.
pub fn open(connection: &Connection, key: &DatabaseKey) -> Result<(), Fault> {
    unlock(connection, key)?;
    connection.execute_batch(SETTINGS)?;
    prove_settings(connection)
}

/// Keys the connection and reads the first page, changing nothing.
pub(super) fn unlock(connection: &Connection, key: &DatabaseKey) -> Result<(), Fault> {
    connection.execute_batch(BEFORE_KEY)?;
    apply(connection, key)?;
    connection.execute_batch(BEFORE_READING)?;
    prove_cipher(connection)?;
    let _: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok(())
}

fn apply(connection: &Connection, key: &DatabaseKey) -> Result<(), KeyRefused> {
    let digits = key.to_hex();
    let mut line = Zeroizing::new([0; LINE]);
    let parts = BEFORE.iter().chain(digits.iter()).chain(AFTER);
    line.iter_mut().zip(parts).for_each(|(place, byte)| *place = *byte);
    let statement = std::str::from_utf8(line.as_ref()).map_err(|_| KeyRefused)?;
    connection.execute_batch(statement).map_err(|_| KeyRefused)
}

fn prove_cipher(connection: &Connection) -> Result<(), Fault> {
    let version: Option<String> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    if version.is_some_and(|version| !version.is_empty()) { Ok(()) } else { Err(Fault::NotEncrypted) }
}

fn prove_settings(connection: &Connection) -> Result<(), Fault> {
    let journal: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    let foreign_keys: i64 = connection.query_row("PRAGMA foreign_keys", [], |row| row.get(0))?;
    let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
    if journal == "wal" && foreign_keys == 1 && synchronous == 2 { Ok(()) } else { Err(Fault::Failed) }
}

/// Tells whether these first bytes of a file are those of a database without encryption.
pub fn is_plain(first_bytes: &[u8]) -> bool {
    first_bytes.starts_with(b"SQLite format 3")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DatabaseKey {
        DatabaseKey::from_hex(&"5a".repeat(32)).unwrap()
    }

    #[test]
    fn the_line_is_filled_to_its_last_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        {
            let connection = Connection::open(&path).unwrap();
            open(&connection, &key()).unwrap();
            connection.execute_batch("CREATE TABLE t (a)").unwrap();
        }
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "5a".repeat(32))).unwrap();
        assert_eq!(connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)), Ok(0));
    }

    #[test]
    fn a_wrong_key_and_a_plain_file_are_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        let (sealed, plain) = (folder.path().join("a.db"), folder.path().join("b.db"));
        open(&Connection::open(&sealed).unwrap(), &key()).unwrap();
        Connection::open(&plain).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        let other = DatabaseKey::generate().unwrap();
        assert_eq!(open(&Connection::open(&sealed).unwrap(), &other), Err(Fault::Unreadable));
        assert_eq!(open(&Connection::open(&plain).unwrap(), &key()), Err(Fault::Unreadable));
    }

    #[test]
    fn every_setting_holds() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("a.db")).unwrap();
        open(&connection, &key()).unwrap();
        let text = |pragma: &str| -> String { connection.query_row(pragma, [], |row| row.get(0)).unwrap() };
        let number = |pragma: &str| -> i64 { connection.query_row(pragma, [], |row| row.get(0)).unwrap() };
        assert_eq!((text("PRAGMA locking_mode"), text("PRAGMA journal_mode")), ("exclusive".into(), "wal".into()));
        assert_eq!(
            (number("PRAGMA temp_store"), number("PRAGMA foreign_keys"), number("PRAGMA synchronous")),
            (2, 1, 2)
        );
        assert_eq!(text("PRAGMA cipher_memory_security"), "1");
        assert!(!folder.path().join("a.db-shm").exists());
    }

    #[test]
    fn no_fault_can_carry_the_key() {
        let shown = format!("{KeyRefused:?} {:?} {:?}", Fault::from(KeyRefused), Fault::Unreadable);
        assert_eq!(shown, "KeyRefused KeyRefused Unreadable");
    }
}
