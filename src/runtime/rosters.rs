//! Rosters of employers: previewed against the workers, taken in as one batch.

use std::collections::HashMap;

use openssl::sha::sha256;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, refuse_strangers};
use super::remembering;
use crate::domain::command::Act;
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::{Intake, SourceLine};
use crate::domain::{Id, Prefix};
use crate::import::roster::{self, Preview};
use crate::store::audit::hex;

impl Desk {
    /// Says what would happen to every row of a roster.
    ///
    /// # Errors
    /// Nobody can be told from the file.
    pub fn preview_roster(&self, file: &ReadFile) -> Result<Preview, RuntimeError> {
        if let Some(missing) = &file.proposal.missing {
            return Err(missing.clone().into());
        }
        let site = self.site(&file.site)?;
        Ok(roster::preview(&roster::Input {
            table: &file.table,
            profile: &file.proposal.profile,
            roster: &site.workers,
            attributes: &site.attributes,
            decisions: &file.decisions,
            day: self.today(),
        })?)
    }

    /// Takes a roster in, keeps its mapping, and remembers that the file lies in clear. Gives the operation's number;
    /// none where the file holds nothing that is not there already, and then nothing is written.
    ///
    /// # Errors
    /// The people are strangers, and what the store says; nothing was taken in then.
    pub fn accept_roster(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_roster(file)?;
        self.accept_roster_as(file, preview)
    }

    /// As [`Desk::accept_roster`], by the preview that was just shown: what was read once is not read again.
    ///
    /// # Errors
    /// As [`Desk::accept_roster`].
    pub fn accept_roster_as(&mut self, file: &ReadFile, preview: Preview) -> Result<Option<i64>, RuntimeError> {
        refuse_strangers(file, preview.strangers)?;
        // Before the rows: once they are on disk nothing may be said to have failed.
        self.remember_source(file)?;
        if preview.added.len() + preview.changed.len() == 0 {
            return Ok(None);
        }
        self.keep_profile(file, None)?;
        let incoming = self.intake_of_roster(file, preview)?;
        self.take_in(&file.site, Act::ImportRoster, incoming).map(Some)
    }

    /// What a preview of a roster would bring in, each record with the line it comes from.
    pub(super) fn intake_of_roster(&self, file: &ReadFile, preview: Preview) -> Result<Intake, RuntimeError> {
        let (site, day) = (self.site(&file.site)?, self.clock().stamp().day);
        let (mut workers, mut rows) = (site.next_ids(Prefix::Worker), site.next_ids(Prefix::Row).skip(1));
        let spare = site.next_id(Prefix::Row);
        let lines: Vec<u32> = preview.added.iter().chain(&preview.changed).map(|taken| taken.line).collect();
        let mut incoming = Intake::new(batch(spare.clone(), file, &preview, day));
        // Whether strangers come in was settled before; a preview of what they would change asks nobody.
        let mut preview = preview;
        preview.are_ours = true;
        let accepted = preview.accept(day, &mut |prefix| {
            let next = if prefix == Prefix::Worker { workers.next() } else { rows.next() };
            next.unwrap_or_else(|| spare.clone())
        })?;
        // Accepted in the order of the lists, a worker a line.
        let line_of: HashMap<Id, u32> = accepted.workers.iter().map(|worker| worker.id.clone()).zip(lines).collect();
        let used = accepted.attributes.len() + 1;
        for worker in accepted.workers {
            let line = line_of.get(&worker.id).copied().unwrap_or_default();
            incoming.put_from(line, &text_of(file, line), worker);
        }
        for attribute in accepted.attributes {
            let line = line_of.get(&attribute.worker).copied().unwrap_or_default();
            incoming.put_from(line, &text_of(file, line), attribute);
        }
        remembering::put(site, &file.decisions, day, used, &mut incoming);
        incoming.batch.content_sha256 = content_sha256(&incoming.lines);
        Ok(incoming)
    }
}

fn batch(id: Id, file: &ReadFile, preview: &Preview, day: crate::domain::Day) -> Batch {
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    Batch {
        id,
        kind: BatchKind::Roster,
        day,
        sha256: file.sha256().to_owned(),
        rows: count(preview.rows),
        added: count(preview.added.len()),
        changed: count(preview.changed.len()),
        refused: count(preview.refused.len()),
        reading: String::new(),
        content_sha256: String::new(),
        undone_on: None,
    }
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
pub(super) fn content_sha256(lines: &[SourceLine]) -> String {
    let texts = lines.iter().map(|line| format!("{}\t{}\t{}\n", line.line, line.key, line.text));
    hex(&sha256(texts.collect::<String>().as_bytes()))
}
