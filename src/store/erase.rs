//! Erasing a batch, such as a wrong company's file: the one act that takes rows out of tables and journal.
//!
//! What stays of it is its count and its hash, in the audit chain. Pages are overwritten and the file is written anew, so
//! that no page and no log holds a value of the batch. What came later stays: every later change is done again, part by
//! part, to the rows as they stood before the batch. Knows nothing of backups: those stay as they are.

mod blank;
mod heads;
mod history;
mod parts;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, Transaction, params};
use serde_json::Value;

use super::batch::{self, Hanging};
use super::{Mac, Stamp, StoreError, audit, draft, hours, journal, row};
use crate::domain::checkup::CheckupSheet;
use crate::domain::command::{Act, Operation};
use crate::domain::intake::{Erased, Stay, Staying};
use crate::domain::progress::{Going, Phase};
use crate::domain::{AnyRecord, Id, Table};
use heads::Sheet;
use history::{Rebased, State, rebase, states};

/// What the list says of a sheet of an examination: made by whoever knows the tables of reference.
pub type Told<'a> = &'a dyn Fn(&CheckupSheet) -> String;

/// Steps of erasing besides its records: the hours, and what closes it.
const AROUND: usize = hours::STEPS_BACK + 1;

/// Erases what an operation brought in as a batch, whether it still stands or was taken back.
///
/// `going` may stop it as long as nothing is erased; from the commit on it goes to its end, so that no page holds what no
/// table holds.
pub fn erase(
    connection: &mut Connection,
    mac: &Mac,
    stamp: &Stamp,
    target: &Operation,
    told: Told<'_>,
    going: &Going<'_>,
) -> Result<Erased, StoreError> {
    connection.pragma_update(None, "secure_delete", true)?;
    let transaction = connection.transaction()?;
    let erased = rows(&transaction, mac, stamp, target, told, going)?;
    going.check()?;
    transaction.commit()?;
    // Rows that moved from page to page while the tables grew left copies in free space: the file is written anew.
    connection.execute_batch("VACUUM")?;
    empty_log(connection)?;
    Ok(erased)
}

/// Says what [`erase`] would take and leave: does it, and takes all of it back.
pub fn weigh(
    connection: &mut Connection,
    mac: &Mac,
    stamp: &Stamp,
    target: &Operation,
    told: Told<'_>,
    going: &Going<'_>,
) -> Result<Erased, StoreError> {
    let transaction = connection.transaction()?;
    let erased = rows(&transaction, mac, stamp, target, told, going)?;
    transaction.rollback()?;
    Ok(erased)
}

/// Brings the log into the file and cuts it to nothing; a database in memory has none.
fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

fn rows(
    tx: &Transaction<'_>,
    mac: &Mac,
    stamp: &Stamp,
    target: &Operation,
    told: Told<'_>,
    going: &Going<'_>,
) -> Result<Erased, StoreError> {
    let id = target.batch.as_ref().ok_or(StoreError::NoBatch)?;
    let sha256 = batch::content_sha256(tx, id)?;
    let brought = brought(tx, target.number)?;
    going.begin(Phase::Erasing, AROUND + brought.len())?;
    batch::refer_at_the_end(tx)?;
    let gone = hours::remove(tx, id, &|step| going.at(step))? + sealed_files(tx, id)?;
    let mut eraser = Eraser::new(tx, target.number, told, Erased { rows: gone, sha256, ..Erased::default() });
    for (done, own) in brought.iter().enumerate() {
        going.at(hours::STEPS_BACK + done)?;
        eraser.record(own)?;
    }
    eraser.other_heads()?;
    let erased = eraser.erased;
    tx.execute("DELETE FROM source_line WHERE batch = ?1", [id.as_str()])?;
    tx.execute("DELETE FROM batch_said WHERE batch = ?1", [id.as_str()])?;
    tx.execute("DELETE FROM face", [])?;
    let number = journal::open(tx, stamp, Act::EraseBatch, Some(id.as_str()))?;
    journal::link(tx, number, target.number)?;
    let detail = format!("操作{number} 対象{} {}行 {}", target.number, erased.rows, erased.sha256);
    audit::append(tx, mac, stamp, Act::EraseBatch.label(), id.as_str(), &detail)?;
    Ok(erased)
}

/// The source file that was sealed beside the batch.
fn sealed_files(connection: &Connection, batch: &Id) -> Result<usize, StoreError> {
    let sql = "DELETE FROM journal WHERE table_name = 'attachment'
                 AND row_key IN (SELECT id FROM attachment WHERE record = ?1)";
    connection.execute(sql, [batch.as_str()])?;
    Ok(connection.execute("DELETE FROM attachment WHERE record = ?1", [batch.as_str()])?)
}

/// A row that the batch wrote, once or several times.
struct Own {
    table: Table,
    key: String,
    before: Option<Value>,
    after: Option<Value>,
    /// How often it was written.
    entries: usize,
}

/// The rows of an operation, those that hang on others first.
fn brought(connection: &Connection, operation: i64) -> Result<Vec<Own>, StoreError> {
    let (mut rows, mut places): (Vec<Own>, BTreeMap<(Table, String), usize>) = (Vec::new(), BTreeMap::new());
    for entry in journal::entries(connection, operation)? {
        let place = (entry.table, entry.key.clone());
        match places.get(&place).and_then(|index| rows.get_mut(*index)) {
            Some(own) => (own.before, own.entries) = (entry.before()?, own.entries + 1),
            None => {
                places.insert(place, rows.len());
                let (before, after) = (entry.before()?, entry.after()?);
                rows.push(Own { table: entry.table, key: entry.key, before, after, entries: 1 });
            }
        }
    }
    Ok(rows)
}

/// What is being erased.
struct Eraser<'a> {
    connection: &'a Connection,
    /// The operation of the batch.
    target: i64,
    told: Told<'a>,
    hanging: Hanging,
    /// By their head.
    sheets: HashMap<String, Sheet>,
    heads: HashSet<String>,
    erased: Erased,
}

impl<'a> Eraser<'a> {
    fn new(connection: &'a Connection, target: i64, told: Told<'a>, erased: Erased) -> Self {
        let (hanging, sheets, heads) = (Hanging::default(), HashMap::new(), HashSet::new());
        Self { connection, target, told, hanging, sheets, heads, erased }
    }

    /// Erases one row of the batch, or says why it stays.
    fn record(&mut self, own: &Own) -> Result<(), StoreError> {
        if own.table == Table::Checkup {
            self.heads.insert(own.key.clone());
        }
        if journal::is_frozen(self.connection, own.table, &own.key)? {
            return self.stays(own, Stay::Cited);
        }
        match own.table {
            Table::Batch => self.forget(own),
            Table::ImportProfile | Table::PersonAnswer if self.is_used_later(own)? => self.stays(own, Stay::UsedLater),
            Table::SecondaryExam if self.is_told_later(own)? => self.stays(own, Stay::HasRecords),
            _ => self.without(own),
        }
    }

    /// Puts the row back to what it would be without the batch.
    fn without(&mut self, own: &Own) -> Result<(), StoreError> {
        let known = states(self.connection, own.table, &own.key, self.target)?;
        // A round counts its entries and holds no value: underneath later ones it is not turned back.
        if own.table == Table::StressRound && known.iter().any(|state| state.operation > self.target) {
            return self.goes(own);
        }
        let base = own.before.clone().or_else(|| blank::of(own.table, own.after.clone()?));
        let rebased = self.rebased(own, base.clone(), &known)?;
        let current = row::get(self.connection, own.table, &own.key)?;
        match (&own.before, &current) {
            (None, None) => return self.forget(own),
            (None, Some(current)) => self.brought(own, base.clone(), &rebased, current)?,
            (Some(_), _) => self.changed(own, &rebased, current.as_ref())?,
        }
        self.remember(own, base, known, rebased);
        Ok(())
    }

    fn rebased(&self, own: &Own, base: Option<Value>, known: &[State]) -> Result<Rebased, StoreError> {
        let row = history::Row { table: own.table, key: &own.key, target: self.target, base };
        let sheet = self.sheet_of(own);
        rebase(self.connection, &row, known, &|state, now| {
            if let Some(sheet) = sheet {
                sheet.retell(self.told, state, now);
            }
        })
    }

    fn sheet_of(&self, own: &Own) -> Option<&Sheet> {
        self.sheets.get(&own.key).filter(|_| own.table == Table::Checkup)
    }

    /// A row that was there before: what the batch wrote goes.
    fn changed(&mut self, own: &Own, rebased: &Rebased, current: Option<&Value>) -> Result<(), StoreError> {
        rebased.write(self.connection, self.target, false)?;
        if let (Some(_), Some(now)) = (current, &rebased.now) {
            self.put(own, now.clone(), current)?;
        }
        if rebased.is_unsure { self.stays(own, Stay::SaidLater) } else { self.goes(own) }
    }

    /// A row that the batch brought: it stays with what came later, or as what others hang on, or goes.
    fn brought(
        &mut self,
        own: &Own,
        base: Option<Value>,
        rebased: &Rebased,
        current: &Value,
    ) -> Result<(), StoreError> {
        let is_hung_on = self.hanging.on(self.connection, own.table, &own.key)?;
        let is_told_later = rebased.now != base;
        let now = rebased.now.clone().filter(|now| blank::stands(own.table, now));
        match now.filter(|_| is_told_later || is_hung_on) {
            Some(now) => {
                rebased.write(self.connection, self.target, true)?;
                self.put(own, now, Some(current))?;
                self.stays(own, if is_told_later { Stay::ChangedLater } else { Stay::HasRecords })
            }
            None if is_hung_on => self.stays(own, Stay::HasRecords),
            None => {
                if own.after.as_ref() != Some(current) {
                    let (table, key) = (own.table, own.key.clone());
                    self.erased.losing.push(Staying { table, key, why: Stay::ChangedLater });
                }
                self.forget(own)
            }
        }
    }

    /// Writes the row; the text of a head is what its sheet tells now.
    fn put(&self, own: &Own, now: Value, current: Option<&Value>) -> Result<(), StoreError> {
        let retold = self.sheet_of(own).and_then(|sheet| sheet.retold(self.told, current, &now));
        let now = match retold {
            Some((operation, after)) => {
                let (before, told) = (now.to_string(), after.to_string());
                journal::note(self.connection, operation, (own.table, &own.key), Some(&before), Some(&told))?;
                after
            }
            None => now,
        };
        let record = AnyRecord::from_json(own.table, now).map_err(|_| history::unreadable())?;
        row::put(self.connection, &record).map(drop)
    }

    /// Keeps what became of a sheet: its head comes after it.
    fn remember(&mut self, own: &Own, base: Option<Value>, known: Vec<State>, rebased: Rebased) {
        let head =
            own.before.as_ref().or(own.after.as_ref()).and_then(|row| row.get("checkup")).and_then(Value::as_str);
        if let Some(head) = head.filter(|_| own.table == Table::CheckupSheet) {
            self.sheets.insert(head.to_owned(), Sheet { base, known, rebased });
        }
    }

    /// Heads that the batch left as they were and a later file made of its values.
    fn other_heads(&mut self) -> Result<(), StoreError> {
        let heads: Vec<String> = self.sheets.keys().filter(|head| !self.heads.contains(*head)).cloned().collect();
        for key in heads {
            let known = states(self.connection, Table::Checkup, &key, self.target)?;
            let current = row::get(self.connection, Table::Checkup, &key)?;
            let is_cited = journal::is_frozen(self.connection, Table::Checkup, &key)?;
            let Some(current) = current.filter(|_| !is_cited) else { continue };
            let before = known.first().map_or(Some(current.clone()), |first| first.before.clone());
            let own = Own { table: Table::Checkup, key, before: before.clone(), after: before.clone(), entries: 0 };
            let rebased = self.rebased(&own, before, &known)?;
            rebased.write(self.connection, self.target, false)?;
            if let Some(now) = rebased.now {
                self.put(&own, now, Some(&current))?;
            }
        }
        Ok(())
    }

    /// Whether a later file went by what was learnt from the batch.
    fn is_used_later(&self, own: &Own) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM batch_said s JOIN operation o ON o.batch = s.batch
                     WHERE s.table_name = ?1 AND s.row_key = ?2 AND o.number > ?3)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![own.table.name(), own.key, self.target], |row| row.get(0))?)
    }

    /// Whether a later file or the physician told of the secondary examination that this row ties to its primary one.
    fn is_told_later(&self, own: &Own) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM journal j JOIN operation o ON o.number = j.operation
                     WHERE j.table_name = 'checkup_sheet' AND j.operation > ?2 AND o.undoes IS NULL
                       AND o.undone_by IS NULL
                       AND j.row_key IN (SELECT id FROM checkup_sheet WHERE checkup = ?1))";
        let head = own.after.as_ref().and_then(|row| row.get("checkup")).and_then(Value::as_str);
        Ok(self.connection.query_row(sql, params![head, self.target], |row| row.get(0))?)
    }

    fn stays(&mut self, own: &Own, why: Stay) -> Result<(), StoreError> {
        self.erased.staying.push(Staying { table: own.table, key: own.key.clone(), why });
        Ok(())
    }

    const fn goes(&mut self, own: &Own) -> Result<(), StoreError> {
        self.erased.rows += own.entries;
        Ok(())
    }

    /// The row goes, and with it every state of it that the journal holds and what was being typed about it.
    fn forget(&mut self, own: &Own) -> Result<(), StoreError> {
        row::remove(self.connection, own.table, &own.key)?;
        draft::end_about(self.connection, &own.key)?;
        let sql = "DELETE FROM journal WHERE table_name = ?1 AND row_key = ?2";
        self.connection.prepare_cached(sql)?.execute([own.table.name(), &own.key])?;
        self.goes(own)
    }
}
