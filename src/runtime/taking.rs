//! A file as one batch: the way in that every kind of file goes, and the line that each record comes from.
//!
//! Must not know what a file brings.

use std::sync::Arc;

use openssl::sha::Sha256;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, refuse_strangers};
use super::remembering;
use crate::app::Site;
use crate::domain::command::Act;
use crate::domain::hours::Batch;
use crate::domain::intake::{Intake, SourceLine};
use crate::domain::{Day, Id};
use crate::import::people::Strangers;
use crate::store::audit::hex;

impl Desk {
    /// Takes a file in and remembers that it lies in clear. `intake` makes what comes in, and keeps the mapping before;
    /// none where the file holds nothing that is not there already, and then nothing is written. Gives the operation's
    /// number.
    ///
    /// # Errors
    /// The people are strangers, and what the store says; nothing was taken in then.
    pub(super) fn take_file(
        &mut self,
        file: &ReadFile,
        act: Act,
        strangers: Option<Strangers>,
        intake: Option<impl FnOnce(&mut Self) -> Result<Intake, RuntimeError>>,
    ) -> Result<Option<i64>, RuntimeError> {
        refuse_strangers(file, strangers)?;
        let Some(intake) = intake else { return self.remember_source(file).map(|()| None) };
        self.as_one(file, |desk| {
            let incoming = intake(desk)?;
            desk.take_in(&file.site, act, incoming).map(Some)
        })
    }

    /// Does all that taking a file in writes: when this returns, all of it is on disk, or nothing is, neither in the
    /// database nor in the snapshot. Until the very end it can be given up.
    fn as_one<T>(
        &mut self,
        file: &ReadFile,
        act: impl FnOnce(&mut Self) -> Result<T, RuntimeError>,
    ) -> Result<T, RuntimeError> {
        let open = self.open_site_mut(&file.site)?;
        let before = (Arc::clone(&open.site), Arc::clone(&open.assessment), Arc::clone(&open.assessed));
        open.store.begin()?;
        let done = act(self).and_then(|done| {
            self.ticket.check()?;
            // Before the last step: once the rows are on disk nothing may be said to have failed.
            self.remember_source(file)?;
            self.open_site_mut(&file.site)?.store.commit()?;
            Ok(done)
        });
        if done.is_err() {
            let open = self.open_site_mut(&file.site)?;
            open.store.roll_back()?;
            (open.site, open.assessment, open.assessed) = before;
            self.publish();
        }
        done
    }
}

/// The batch of a file, with its rows, those that add, change and are refused; its content is told by [`completed`].
pub(super) fn batch(id: Id, file: &ReadFile, day: Day, [rows, added, changed, refused]: [usize; 4]) -> Batch {
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    Batch {
        id,
        kind: file.kind,
        day,
        sha256: file.sha256().to_owned(),
        rows: count(rows),
        added: count(added),
        changed: count(changed),
        refused: count(refused),
        reading: String::new(),
        content_sha256: String::new(),
        undone_on: None,
    }
}

/// What comes in, with the answers that let it in; `used` is how many row ids are taken already.
pub(super) fn completed(site: &Site, file: &ReadFile, day: Day, used: usize, mut incoming: Intake) -> Intake {
    remembering::put(site, &file.decisions, day, used, &mut incoming);
    incoming.batch.content_sha256 = content_sha256(&incoming.lines);
    incoming
}

/// The cells of a line as they stood.
pub(super) fn text_of(file: &ReadFile, line: u32) -> String {
    let place = file.table.rows.binary_search_by_key(&line, |row| row.line);
    let row = place.ok().and_then(|index| file.table.rows.get(index));
    let width = file.table.header.len();
    let cells = row.map(|row| (0..width).map(|index| row.cells.get(index)).collect::<Vec<&str>>());
    cells.unwrap_or_default().join("\t").trim_end().to_owned()
}

/// SHA-256 over the lines in the order in which they came in.
fn content_sha256(lines: &[SourceLine]) -> String {
    let mut hash = Sha256::new();
    lines.iter().for_each(|line| hash.update(format!("{}\t{}\t{}\n", line.line, line.key, line.text).as_bytes()));
    hex(&hash.finish())
}

#[cfg(test)]
#[path = "taking_tests.rs"]
mod tests;
