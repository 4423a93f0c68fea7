//! The store of one establishment: everything goes through these few doors.

use rusqlite::Connection;

use super::check::{self, Fault};
use super::{
    Mac, Stamp, StoreError, attachment, audit, batch, checkup, draft, erase, face, hours, journal, row, schema,
};
use crate::domain::case::AttachmentLine;
use crate::domain::checkup::CheckupSheet;
use crate::domain::command::{Act, Command, DraftField, HoursInForce, Operation, RowChange};
use crate::domain::hours::{KeptHours, WorkTime};
use crate::domain::intake::{Erased, Intake, SourceLine, TakenBack};
use crate::domain::{Day, Id, Prefix, Record};

/// An opened establishment.
pub struct SiteStore {
    connection: Connection,
    mac: Mac,
}

impl SiteStore {
    /// Takes over an opened, keyed connection and brings it up to date.
    pub fn open(mut connection: Connection, mac: Mac) -> Result<Self, StoreError> {
        schema::migrate(&mut connection, schema::ESTABLISHMENT)?;
        Ok(Self { connection, mac })
    }

    /// Performs a command; when this returns, it is on disk. Gives the operation's number.
    pub fn perform(&mut self, stamp: &Stamp, command: &Command) -> Result<i64, StoreError> {
        let transaction = self.connection.transaction()?;
        let number = journal::perform(&transaction, &self.mac, stamp, command)?;
        transaction.commit()?;
        Ok(number)
    }

    /// Takes a batch in as one; `goes_on` hears how many rows of hours are written and may stop it.
    pub fn take_in(
        &mut self,
        stamp: &Stamp,
        act: Act,
        incoming: &Intake,
        goes_on: &mut dyn FnMut(usize) -> bool,
    ) -> Result<i64, StoreError> {
        let transaction = self.connection.transaction()?;
        let number = batch::take_in(&transaction, &self.mac, stamp, act, incoming, goes_on)?;
        transaction.commit()?;
        Ok(number)
    }

    /// Erases what an operation brought in as a batch, for good; the caller has asked first.
    pub fn erase(&mut self, stamp: &Stamp, target: &Operation) -> Result<Erased, StoreError> {
        erase::erase(&mut self.connection, &self.mac, stamp, target)
    }

    /// SHA-256 over what a batch brought, also of one that was taken back.
    pub fn content_sha256(&self, batch: &Id) -> Result<String, StoreError> {
        batch::content_sha256(&self.connection, batch)
    }

    /// SHA-256 of the file that a batch came from, also of one that was taken back; empty by hand.
    pub fn source_sha256(&self, batch: &Id) -> Result<String, StoreError> {
        batch::source_sha256(&self.connection, batch)
    }

    /// The lines of files that a record comes from, oldest batch first.
    pub fn lines_of(&self, key: &str) -> Result<Vec<(Id, SourceLine)>, StoreError> {
        batch::lines_of(&self.connection, key)
    }

    /// Takes back the newest operation that still stands.
    pub fn undo_last(&mut self, stamp: &Stamp) -> Result<TakenBack, StoreError> {
        let stands = |o: &Operation| o.undone_by.is_none() && o.undoes.is_none();
        let target = self.history(i64::MAX)?.into_iter().find(stands).ok_or(StoreError::NothingToUndo)?;
        self.undo(stamp, &target)
    }

    /// Takes back one operation, if its rows still say what it left them with; a batch as far as nothing followed it.
    pub fn undo(&mut self, stamp: &Stamp, target: &Operation) -> Result<TakenBack, StoreError> {
        if target.is_barrier {
            return Err(StoreError::Frozen(crate::domain::Table::Issued));
        }
        let transaction = self.connection.transaction()?;
        let taken_back = match target.batch {
            Some(_) => batch::take_back(&transaction, &self.mac, stamp, target)?,
            None => {
                journal::reverse(&transaction, &self.mac, stamp, target, Act::Undo)?;
                TakenBack { operation: target.clone(), staying: Vec::new() }
            }
        };
        transaction.commit()?;
        Ok(taken_back)
    }

    /// Does again what the last undo took back. A batch is taken in again from its file instead.
    pub fn redo_last(&mut self, stamp: &Stamp) -> Result<Operation, StoreError> {
        let operations = self.history(i64::MAX)?;
        let newest = operations.first().filter(|o| o.undoes.is_some() && o.act == Act::Undo);
        let target = newest.or_else(|| next_redo(&operations)).cloned().ok_or(StoreError::NothingToRedo)?;
        let transaction = self.connection.transaction()?;
        journal::reverse(&transaction, &self.mac, stamp, &target, Act::Redo)?;
        transaction.execute("UPDATE operation SET undone_by = NULL WHERE number = ?1", [target.undoes])?;
        transaction.commit()?;
        Ok(target)
    }

    /// The newest operations, newest first.
    pub fn history(&self, limit: i64) -> Result<Vec<Operation>, StoreError> {
        journal::history(&self.connection, limit)
    }

    /// Every record of one kind.
    pub fn all<R: Record>(&self) -> Result<Vec<R>, StoreError> {
        row::all(&self.connection)
    }

    /// The record with this id, if there is one.
    pub fn find<R: Record>(&self, id: &Id) -> Result<Option<R>, StoreError> {
        row::find(&self.connection, id.as_str())
    }

    /// Every sheet of a worker's checkups, newest first.
    pub fn sheets_of(&self, worker: &Id) -> Result<Vec<CheckupSheet>, StoreError> {
        checkup::of_worker(&self.connection, worker)
    }

    /// The sheets of these examinations.
    pub fn sheets(&self, checkups: &[&Id]) -> Result<Vec<CheckupSheet>, StoreError> {
        checkup::of_checkups(&self.connection, checkups)
    }

    /// Every attachment without its bytes.
    pub fn attachments(&self) -> Result<Vec<AttachmentLine>, StoreError> {
        attachment::lines(&self.connection)
    }

    /// Every value of hours in force.
    pub fn hours(&self) -> Result<Vec<(Id, Vec<HoursInForce>)>, StoreError> {
        hours::in_force(&self.connection, None)
    }

    /// Values of hours in force whose period ends on `day` or later.
    pub fn hours_since(&self, day: Day) -> Result<Vec<(Id, Vec<HoursInForce>)>, StoreError> {
        hours::in_force(&self.connection, Some(day))
    }

    /// Hands every batch's rows over, in the order in which they were taken in.
    pub fn each_batch_of_hours(&self, hand_over: impl FnMut(&Id, &[WorkTime])) -> Result<(), StoreError> {
        hours::each_batch(&self.connection, hand_over)
    }

    /// Hands the kept face to `read` if it still shows what the tables hold, with hours that reach back to `since`.
    pub fn face<T>(&self, since: Option<Day>, read: impl FnOnce(&[u8]) -> Option<T>) -> Result<Option<T>, StoreError> {
        face::read(&self.connection, since, read)
    }

    /// Whether the kept face still shows what the tables hold.
    pub fn has_face(&self) -> Result<bool, StoreError> {
        face::is_current(&self.connection)
    }

    /// Keeps a face, whose hours reach back to `since`.
    pub fn keep_face(&mut self, since: Day, content: &str) -> Result<(), StoreError> {
        face::keep(&mut self.connection, since, content)
    }

    /// Every row of hours of a worker, newest period first; replaced ones too.
    pub fn hours_of_worker(&self, worker: &Id) -> Result<Vec<KeptHours>, StoreError> {
        hours::of_one(&self.connection, worker)
    }

    /// Every change to a worker's own rows and to the rows with these keys, oldest first.
    pub fn changes_of(&self, worker: &Id, keys: &[String]) -> Result<Vec<RowChange>, StoreError> {
        journal::changes_of(&self.connection, worker, keys)
    }

    /// Keeps a draft field.
    pub fn save_draft(&self, field: &DraftField) -> Result<(), StoreError> {
        draft::save(&self.connection, field)
    }

    /// Every draft field.
    pub fn drafts(&self) -> Result<Vec<DraftField>, StoreError> {
        draft::all(&self.connection)
    }

    /// Gives a draft up.
    pub fn end_draft(&self, form: &str) -> Result<(), StoreError> {
        draft::end(&self.connection, form)
    }

    /// The last number given out for each kind of id.
    pub fn last_number(&self, prefix: Prefix) -> Result<u32, StoreError> {
        let sql = "SELECT coalesce(max(last), 0) FROM sequence WHERE prefix = ?1";
        Ok(self.connection.query_row(sql, [prefix.letter().to_string()], |row| row.get(0))?)
    }

    /// Writes one audit line that no change accompanies, such as 閲覧 or 出力.
    pub fn audit(&self, stamp: &Stamp, event: &str, subject: &str, detail: &str) -> Result<(), StoreError> {
        audit::append(&self.connection, &self.mac, stamp, event, subject, detail)
    }

    /// The newest audit lines.
    pub fn audit_lines(&self, limit: i64) -> Result<Vec<audit::Line>, StoreError> {
        audit::lines(&self.connection, limit)
    }

    /// The newest audit line.
    pub fn head(&self) -> Result<audit::Head, StoreError> {
        audit::head(&self.connection)
    }

    /// Whether the chain still holds the line that this head names.
    pub fn holds(&self, head: &audit::Head) -> Result<bool, StoreError> {
        audit::holds(&self.connection, head)
    }

    /// Reads everything and says what does not fit together.
    pub fn check(&self, known: Option<&audit::Head>) -> Result<Vec<Fault>, StoreError> {
        check::run(&self.connection, &self.mac, known)
    }

    /// The connection, for the backup and for closing.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Gives the connection back, to be closed.
    pub fn into_connection(self) -> Connection {
        self.connection
    }
}

/// After an undo and its redo, the undo before it is the next to do again.
fn next_redo(operations: &[Operation]) -> Option<&Operation> {
    let redo = operations.first().filter(|o| o.act == Act::Redo)?;
    let redone = redo.undoes?;
    operations.iter().filter(|o| o.number < redone).take_while(|o| o.act == Act::Undo).find(|o| o.undone_by.is_none())
}

#[cfg(test)]
#[path = "site_tests.rs"]
mod tests;
