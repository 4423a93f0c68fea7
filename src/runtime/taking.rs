//! A file as one batch: the way in that every kind of file goes, and the line that each record comes from.
//!
//! Must not know what a file brings.

use std::collections::HashSet;

use openssl::sha::sha256;

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
        strangers: Option<Strangers>,
        intake: Option<impl FnOnce(&Self) -> Result<Intake, RuntimeError>>,
    ) -> Result<Option<i64>, RuntimeError> {
        refuse_strangers(file, strangers)?;
        let Some(intake) = intake else {
            self.remember_source(file)?;
            return Ok(None);
        };
        let incoming = intake(self)?;
        self.take_in_with_mapping(file, act, None, incoming).map(Some)
    }

    /// Takes a batch in with the mapping that it was read by, and remembers that its file lies in clear. Where the batch
    /// does not come in after all, nothing of it is left.
    pub(super) fn take_in_with_mapping(
        &mut self,
        file: &ReadFile,
        act: Act,
        notation: Option<Notation>,
        mut incoming: Intake,
    ) -> Result<i64, RuntimeError> {
        let site = self.site(&file.site)?;
        put_mapping(site, file, notation, &mut incoming);
        used_answers(site, file, &mut incoming);
        let batch = incoming.batch.id.clone();
        // Before the rows: values that are in the vault never lie in clear unremembered.
        let noted = self.remember_source(file)?;
        let taken = self.take_in(&file.site, act, incoming);
        if let (Err(_), Some(number)) = (&taken, noted)
            && self.open_site(&file.site)?.store.find::<Batch>(&batch)?.is_none()
        {
            self.registry.withdraw_clear_file(number)?;
            self.renew_vault_view()?;
            self.publish();
        }
        taken
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
    let texts = lines.iter().map(|line| format!("{}\t{}\t{}\n", line.line, line.key, line.text));
    hex(&sha256(texts.collect::<String>().as_bytes()))
}
