//! Rosters of employers: previewed against the workers, taken in as one batch.

use std::collections::HashMap;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use super::taking::{batch, completed, text_of};
use crate::domain::command::Act;
use crate::domain::intake::Intake;
use crate::domain::{Id, Prefix};
use crate::import::roster::{self, Preview};

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
        let input = roster::Input {
            table: &file.table,
            profile: &file.proposal.profile,
            roster: &site.workers,
            attributes: &site.attributes,
            decisions: &file.decisions,
            day: self.today(),
        };
        Ok(self.ticket.while_wanted(|going| roster::preview_while(&input, going))?)
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
        let (strangers, is_new) = (preview.strangers, preview.added.len() + preview.changed.len() > 0);
        let intake = is_new.then_some(|desk: &Self| desk.intake_of_roster(file, preview));
        self.take_file(file, Act::ImportRoster, None, strangers, intake)
    }

    /// What a preview of a roster would bring in, each record with the line it comes from.
    pub(super) fn intake_of_roster(&self, file: &ReadFile, preview: Preview) -> Result<Intake, RuntimeError> {
        let (site, day) = (self.site(&file.site)?, self.clock().stamp().day);
        let (mut workers, mut rows) = (site.next_ids(Prefix::Worker), site.next_ids(Prefix::Row).skip(1));
        let spare = site.next_id(Prefix::Row);
        let lines: Vec<u32> = preview.added.iter().chain(&preview.changed).map(|taken| taken.line).collect();
        let counts = [preview.rows, preview.added.len(), preview.changed.len(), preview.refused.len()];
        let mut incoming = Intake::new(batch(spare.clone(), file, day, counts));
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
            incoming.put_from(line, text_of(file, line), worker);
        }
        for attribute in accepted.attributes {
            let line = line_of.get(&attribute.worker).copied().unwrap_or_default();
            incoming.put_from(line, text_of(file, line), attribute);
        }
        Ok(completed(site, file, day, used, incoming))
    }
}
