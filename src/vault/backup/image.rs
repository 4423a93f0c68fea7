//! A database as plain SQLite, in memory only: out of an encrypted one, and into an encrypted one.
//!
//! `sqlcipher_export` copies tables, indexes, triggers and views but no free pages, so what was purged is not in the
//! backup. As with `VACUUM`, a table without INTEGER PRIMARY KEY may get new row numbers: nothing may rely on those.
//! `cipher_memory_security` wipes the memory that SQLite gives back.

use std::io::Read;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::vault::database::{DatabaseError, OpenDatabase};
use crate::vault::error::VaultError;
use crate::vault::key_line::Fault;

const MAIN: &str = "main";
const PLAIN: &str = "plain";

/// Hands the plain image of an open database to `act` and forgets it afterwards.
pub(super) fn with_plain_image(
    database: &mut OpenDatabase,
    act: impl FnOnce(&[u8]) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let id = database.id;
    let connection = &mut database.connection;
    attach(connection).map_err(|fault| DatabaseError::of(id, fault))?;
    let done = match transfer(connection, MAIN, PLAIN).and_then(|()| Ok(connection.serialize(PLAIN)?)) {
        Ok(image) => act(&image),
        Err(fault) => Err(DatabaseError::of(id, fault).into()),
    };
    let detached = detach(connection).map_err(|fault| DatabaseError::of(id, fault));
    done.and(Ok(detached?))
}

/// Fills a new, keyed, empty database from a plain image of the given size.
pub(super) fn load(connection: &mut Connection, image: &mut dyn Read, size: u64) -> Result<(), Fault> {
    let size = usize::try_from(size).map_err(|_| Fault::Full)?;
    let mut source = Connection::open_in_memory()?;
    source.deserialize_read_exact(MAIN, image, size, true)?;
    attach(connection)?;
    // By way of a second connection: deserialising beside an encrypted `main` would apply its key to the plain image.
    copy_pages(&source, connection)?;
    transfer(connection, PLAIN, MAIN)?;
    detach(connection)
}

fn copy_pages(source: &Connection, connection: &mut Connection) -> Result<(), Fault> {
    const ALL: i32 = -1;
    let copy = Backup::new_with_names(source, MAIN, connection, PLAIN)?;
    if copy.step(ALL)? == StepResult::Done { Ok(()) } else { Err(Fault::Busy) }
}

/// The empty key makes the attached memory database a plain one; without it SQLCipher would take over the key of `main`.
fn attach(connection: &Connection) -> Result<(), Fault> {
    Ok(connection.execute_batch("ATTACH DATABASE ':memory:' AS plain KEY ''")?)
}

fn detach(connection: &Connection) -> Result<(), Fault> {
    Ok(connection.execute_batch("DETACH DATABASE plain")?)
}

fn transfer(connection: &Connection, from: &str, to: &str) -> Result<(), Fault> {
    connection.query_row("SELECT sqlcipher_export(?1, ?2)", [to, from], |_| Ok(()))?;
    // The export leaves these two numbers of the header behind; the first is the schema's version.
    for number in ["user_version", "application_id"] {
        let value: i64 = connection.query_row(&format!("PRAGMA {from}.{number}"), [], |row| row.get(0))?;
        connection.execute_batch(&format!("PRAGMA {to}.{number} = {value}"))?;
    }
    Ok(())
}
