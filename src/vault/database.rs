//! One encrypted database: made, opened, told from another, closed whole.
//!
//! Its table `vault_meta` holds which database of which vault it is; the key file holds the same. A database or a key
//! put in another's place is therefore named for what it is. Knows no other table.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use age::Identity;
use rusqlite::{Connection, OpenFlags};

use super::files::{Files, FilesError};
use super::key_file::{self, SealedKey};
use super::key_line::{self, Fault};
use super::layout::{DatabaseId, Layout};
use super::seal::OpenError;
use super::secret::{CryptoError, DatabaseKey};

/// The format of `vault_meta` that this program writes.
const FORMAT: u32 = 1;

/// An opened, keyed and proven database.
#[derive(Debug)]
pub struct OpenDatabase {
    /// Which database this is.
    pub id: DatabaseId,
    /// The keyed connection.
    pub connection: Connection,
    /// The key, for the audit chain that belongs to this database.
    pub key: DatabaseKey,
}

/// Says why a database did not open, and names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// The key file is not there.
    #[error("{0} の鍵ファイルがありません。控え(バックアップ)から戻してください。データベースは消さないでください。")]
    KeyMissing(DatabaseId),
    /// The key file is cut off, changed, or sealed to somebody else.
    #[error("{0} の鍵ファイルが壊れているか、別の金庫のものです。控え(バックアップ)から戻してください。")]
    KeyDamaged(DatabaseId),
    /// The key file of another database lies in this place.
    #[error(
        "{expected} の鍵ファイルの場所に {found} の鍵ファイルがあります。入れ替わった二つのファイルを元に戻してください。"
    )]
    KeySwapped {
        /// The database whose place it is.
        expected: DatabaseId,
        /// The database that the key file names.
        found: DatabaseId,
    },
    /// The key file names another vault.
    #[error("{0} の鍵ファイルは別の金庫のものです。この金庫の控えから戻してください。")]
    KeyOfOtherVault(DatabaseId),
    /// The database file is not there.
    #[error("{0} のデータベースがありません。控え(バックアップ)から戻してください。")]
    Missing(DatabaseId),
    /// A page does not open with the right key, or the file is no whole database.
    #[error("{0} のデータベースが壊れています。ファイルを変えずに、控え(バックアップ)から別の場所へ復元してください。")]
    Damaged(DatabaseId),
    /// Another database of this vault lies in this place.
    #[error("{expected} の場所に {found} のデータベースがあります。入れ替わった二つのファイルを元に戻してください。")]
    Swapped {
        /// The database whose place it is.
        expected: DatabaseId,
        /// The database that was found.
        found: DatabaseId,
    },
    /// The database names another vault.
    #[error("{0} のデータベースは別の金庫のものです。この金庫の控えから戻してください。")]
    OtherVault(DatabaseId),
    /// The file is a database in clear text.
    #[error("{0} のデータベースが暗号化されていません。開くのを止めました。控え(バックアップ)から戻してください。")]
    NotEncrypted(DatabaseId),
    /// A newer version of the program wrote it.
    #[error("{0} のデータベースは新しい版の junkai のものです。新しい版で開いてください。")]
    Newer(DatabaseId),
    /// Another program holds the file.
    #[error("{0} のデータベースをほかのプログラムが使っています。それを終了してから、もう一度開いてください。")]
    Busy(DatabaseId),
    /// The disk is full.
    #[error("ディスクに空きがなく、{0} のデータベースを開けません。空きを作ってから、もう一度開いてください。")]
    Full(DatabaseId),
    /// Any other failure; the library's text is withheld since it may hold the key.
    #[error("{0} のデータベースを開けません。媒体の状態を確かめて、もう一度開いてください。")]
    Failed(DatabaseId),
    /// A step on the files failed.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The cryptographic library failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl DatabaseError {
    /// The failure of a database for a fault of its connection.
    pub fn of(id: DatabaseId, fault: Fault) -> Self {
        match fault {
            Fault::NotEncrypted => Self::NotEncrypted(id),
            Fault::Unreadable => Self::Damaged(id),
            Fault::Busy => Self::Busy(id),
            Fault::Full => Self::Full(id),
            Fault::KeyRefused | Fault::Failed => Self::Failed(id),
        }
    }
}

/// What an opening needs beside the id.
pub(super) struct Place<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) layout: &'a Layout,
    pub(super) vault: &'a str,
    pub(super) identity: &'a dyn Identity,
}

/// Makes an encrypted database at a path where nothing is, proves that it is not plain, and makes it durable.
pub(super) fn create(
    files: &dyn Files,
    path: &Path,
    id: DatabaseId,
    key: &DatabaseKey,
    fill: impl FnOnce(&mut Connection) -> Result<(), Fault>,
) -> Result<(), DatabaseError> {
    drop(files.create_new(path)?);
    make(path, key, fill).map_err(|fault| DatabaseError::of(id, fault))?;
    if key_line::is_plain(&first_bytes(files, path)?) {
        return Err(DatabaseError::NotEncrypted(id));
    }
    Ok(files.sync(path)?)
}

fn make(path: &Path, key: &DatabaseKey, fill: impl FnOnce(&mut Connection) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut connection = connect(path)?;
    key_line::open(&connection, key)?;
    fill(&mut connection)?;
    close(connection)
}

/// Writes into a new database which one it is.
pub(super) fn write_meta(connection: &Connection, id: DatabaseId, vault: &str) -> Result<(), Fault> {
    connection.execute_batch("CREATE TABLE vault_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;")?;
    let mut insert = connection.prepare("INSERT INTO vault_meta (key, value) VALUES (?1, ?2)")?;
    for (name, value) in [("id", id.to_string()), ("vault", vault.to_owned()), ("format", FORMAT.to_string())] {
        insert.execute((name, value))?;
    }
    Ok(())
}

/// Opens a database with its sealed key and checks that both are what their places say.
pub(super) fn open(place: &Place<'_>, id: DatabaseId) -> Result<OpenDatabase, DatabaseError> {
    let sealed = read_key(place, id)?;
    let path = place.layout.database(id);
    // Read before SQLite opens the file: closing another handle of it would drop SQLite's locks (POSIX).
    let first = first_bytes(place.files, &path).map_err(|error| missing(error, DatabaseError::Missing(id)))?;
    if key_line::is_plain(&first) {
        return Err(DatabaseError::NotEncrypted(id));
    }
    match open_keyed(&path, &sealed.key) {
        Ok(connection) => {
            check_meta(&connection, id, place.vault)?;
            Ok(OpenDatabase { id, connection, key: sealed.key })
        }
        Err(Fault::Unreadable) => Err(what_lies_there(place, id)),
        Err(fault) => Err(DatabaseError::of(id, fault)),
    }
}

fn missing(error: FilesError, named: DatabaseError) -> DatabaseError {
    if error == FilesError::Missing { named } else { error.into() }
}

/// Reads a sealed key and checks whose it is.
pub(super) fn read_key(place: &Place<'_>, id: DatabaseId) -> Result<SealedKey, DatabaseError> {
    let bytes =
        place.files.read(&place.layout.key(id)).map_err(|error| missing(error, DatabaseError::KeyMissing(id)))?;
    let sealed = key_file::open(place.identity, &bytes).or_else(|error| next_key(place, id, error));
    let sealed = sealed.map_err(|_| DatabaseError::KeyDamaged(id))?;
    if sealed.vault != place.vault {
        return Err(DatabaseError::KeyOfOtherVault(id));
    }
    if sealed.id != id {
        return Err(DatabaseError::KeySwapped { expected: id, found: sealed.id });
    }
    Ok(sealed)
}

/// Falls back on the newly sealed key: a change of identities was cut off after its point of no return.
fn next_key(place: &Place<'_>, id: DatabaseId, error: OpenError) -> Result<SealedKey, OpenError> {
    let bytes = place.files.read(&place.layout.next_key(id)).map_err(|_| error)?;
    key_file::open(place.identity, &bytes).map_err(|_| error)
}

fn open_keyed(path: &Path, key: &DatabaseKey) -> Result<Connection, Fault> {
    let connection = connect(path)?;
    key_line::open(&connection, key)?;
    Ok(connection)
}

/// Opens an existing file only: without `CREATE`, a missing database is an error and not a new plain file.
fn connect(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}

fn first_bytes(files: &dyn Files, path: &Path) -> Result<Vec<u8>, FilesError> {
    let mut first = Vec::with_capacity(16);
    files.open(path)?.take(16).read_to_end(&mut first)?;
    Ok(first)
}

fn check_meta(connection: &Connection, id: DatabaseId, vault: &str) -> Result<(), DatabaseError> {
    let meta = read_meta(connection).map_err(|_| DatabaseError::Damaged(id))?;
    let value = |name: &str| meta.get(name).cloned().ok_or(DatabaseError::Damaged(id));
    if value("format")?.parse::<u32>().map_err(|_| DatabaseError::Damaged(id))? > FORMAT {
        return Err(DatabaseError::Newer(id));
    }
    if value("vault")? != vault {
        return Err(DatabaseError::OtherVault(id));
    }
    let found = value("id")?.parse().map_err(|_| DatabaseError::Damaged(id))?;
    if found == id { Ok(()) } else { Err(DatabaseError::Swapped { expected: id, found }) }
}

fn read_meta(connection: &Connection) -> rusqlite::Result<HashMap<String, String>> {
    let mut statement = connection.prepare("SELECT key, value FROM vault_meta")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// A file that its own key does not open is another database of the vault, or damaged: every other key is tried.
fn what_lies_there(place: &Place<'_>, id: DatabaseId) -> DatabaseError {
    let path = place.layout.database(id);
    let others = super::sites::present(place.files, place.layout).unwrap_or_default();
    let opens = |other: &DatabaseId| {
        read_key(place, *other).is_ok_and(|sealed| {
            connect(&path).is_ok_and(|connection| key_line::unlock(&connection, &sealed.key).is_ok())
        })
    };
    match others.into_iter().filter(|other| *other != id).find(opens) {
        Some(found) => DatabaseError::Swapped { expected: id, found },
        None => DatabaseError::Damaged(id),
    }
}

/// Lists the pages whose seal is broken, as SQLCipher names them; checkpoints first, since it reads the file itself.
pub fn broken_pages(database: &OpenDatabase) -> Result<usize, DatabaseError> {
    let fault = |error: rusqlite::Error| DatabaseError::of(database.id, error.into());
    checkpoint(&database.connection).map_err(|fault| DatabaseError::of(database.id, fault))?;
    let mut check = database.connection.prepare("PRAGMA cipher_integrity_check").map_err(fault)?;
    let mut rows = check.query([]).map_err(fault)?;
    let mut count = 0;
    while rows.next().map_err(fault)?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// Moves everything from the write-ahead log into the database file and closes it, so that the file alone is whole.
pub fn checkpoint_and_close(database: OpenDatabase) -> Result<(), DatabaseError> {
    let id = database.id;
    close(database.connection).map_err(|fault| DatabaseError::of(id, fault))
}

fn close(connection: Connection) -> Result<(), Fault> {
    checkpoint(&connection)?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Runs `wal_checkpoint(TRUNCATE)`; a checkpoint that was held up is an error, since the file alone is not whole then.
pub fn checkpoint(connection: &Connection) -> Result<(), Fault> {
    let held_up: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if held_up == 0 { Ok(()) } else { Err(Fault::Busy) }
}
