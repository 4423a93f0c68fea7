//! A file as one batch: the way in that every kind of file goes, and the line that each record comes from.
//!
//! Must not know what a file brings.

use std::collections::HashSet;
use std::sync::Arc;

use openssl::sha::Sha256;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, refuse_strangers};
use super::remembering;
use crate::app::Site;
use crate::domain::command::Act;
use crate::domain::hours::{Batch, BatchKind, ImportProfile};
use crate::domain::intake::{Intake, PersonAnswer, SourceLine};
use crate::domain::{AnyRecord, Day, Id, Prefix, Table};
use crate::import::folding;
use crate::import::notation::Notation;
use crate::import::people::Strangers;
use crate::import::profile::Profile;
use crate::store::audit::hex;

impl Desk {
    /// Takes a file in with its mapping and remembers that it lies in clear. `intake` makes what comes in; none where
    /// the file holds nothing that is not there already, and then nothing of it is written. Gives the operation's number.
    ///
    /// # Errors
    /// The people are strangers, and what the store says; nothing was taken in then.
    pub(super) fn take_file(
        &mut self,
        file: &ReadFile,
        act: Act,
        notation: Option<Notation>,
        strangers: Option<Strangers>,
        intake: Option<impl FnOnce(&Self) -> Result<Intake, RuntimeError>>,
    ) -> Result<Option<i64>, RuntimeError> {
        refuse_strangers(file, strangers)?;
        let Some(intake) = intake else { return self.remember_source(file).map(|_| None) };
        let mut incoming = intake(self)?;
        let site = self.site(&file.site)?;
        put_mapping(site, file, notation, &mut incoming);
        used_answers(site, file, &mut incoming);
        self.as_one(file, |desk| desk.take_in(&file.site, act, incoming).map(Some))
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
        let mut noted = None;
        let done = act(self).and_then(|done| {
            self.ticket.check()?;
            // Before the last step: once the rows are on disk nothing may be said to have failed.
            noted = self.remember_source(file)?;
            self.open_site_mut(&file.site)?.store.commit()?;
            Ok(done)
        });
        if done.is_err() {
            let open = self.open_site_mut(&file.site)?;
            open.store.roll_back()?;
            (open.site, open.assessment, open.assessed) = before;
            self.withdraw(noted)?;
            self.publish();
        }
        done
    }

    /// Takes the note of a file back whose rows did not come in after all.
    fn withdraw(&mut self, noted: Option<i64>) -> Result<(), RuntimeError> {
        let Some(number) = noted else { return Ok(()) };
        self.registry.withdraw_clear_file(number)?;
        self.renew_vault_view()
    }
}

/// Puts the mapping beside what was read by it, for the next file of this shape; one that is kept so already was used.
fn put_mapping(site: &Site, file: &ReadFile, notation: Option<Notation>, incoming: &mut Intake) {
    let mapping = Profile { notation, ..file.proposal.profile.without_days() };
    let known = file.recognised.as_ref().and_then(|name| site.profiles.iter().find(|kept| &kept.name == name));
    let id = known.map_or_else(|| free_id(site, incoming), |kept| kept.id.clone());
    let name = known.map_or_else(|| free_name(&site.profiles, file.kind), |kept| kept.name.clone());
    let record = mapping.to_json(id, &name, file.kind, &file.table.header);
    match known.filter(|known| **known == record) {
        Some(known) => incoming.say(Table::ImportProfile, &known.id, ""),
        None => incoming.put(record),
    }
}

/// A row id that nothing of the batch has.
fn free_id(site: &Site, incoming: &Intake) -> Id {
    let taken: HashSet<&str> =
        incoming.records.iter().map(AnyRecord::key).chain([incoming.batch.id.as_str()]).collect();
    let free = site.next_ids(Prefix::Row).find(|id| !taken.contains(id.as_str()));
    free.unwrap_or_else(|| site.next_id(Prefix::Row))
}

/// `勤怠1`, `名簿1`: never taken from the file, whose name may hold a company.
fn free_name(kept: &[ImportProfile], kind: BatchKind) -> String {
    let count = kept.iter().filter(|record| record.kind == kind).count();
    format!("{}{}", kind.label(), count + 1)
}

/// Notes which answers that were given before the file was read by: erasing the batch that taught them must not forget
/// them. Somebody whom the file seems to name counts.
fn used_answers(site: &Site, file: &ReadFile, incoming: &mut Intake) {
    if site.answers.is_empty() {
        return;
    }
    let mut words: HashSet<String> = HashSet::new();
    for row in &file.table.rows {
        for cell in (0..file.table.header.len()).map(|index| row.cells.get(index)).filter(|cell| !cell.is_empty()) {
            words.insert(folding::fold_name(cell));
            words.insert(folding::fold_number(cell).into_owned());
            words.insert(folding::fold_kana(cell));
        }
    }
    let is_there = |word: &str| word.is_empty() || words.contains(word);
    let is_named = |answer: &PersonAnswer| {
        let name = answer.name.split(' ').next().unwrap_or_default();
        is_there(&answer.number) && (is_there(&answer.name) || is_there(name))
    };
    site.answers.iter().filter(|answer| is_named(answer)).for_each(|answer| {
        incoming.say(Table::PersonAnswer, &answer.id, "");
    });
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
