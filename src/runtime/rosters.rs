//! Rosters of employers: previewed against the workers, taken in as one operation that can be undone.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use crate::domain::command::{Act, Command};
use crate::domain::{EstablishmentId, Prefix};
use crate::import::roster::{self, Accepted, Preview};

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

    /// Takes a roster in, keeps its mapping, and remembers that the file lies in clear.
    ///
    /// # Errors
    /// What the store says; nothing was taken in then.
    pub fn accept_roster(&mut self, file: &ReadFile) -> Result<i64, RuntimeError> {
        let preview = self.preview_roster(file)?;
        self.keep_profile(file, None)?;
        let site = self.site(&file.site)?;
        let (mut workers, mut rows) = (site.next_ids(Prefix::Worker), site.next_ids(Prefix::Row));
        let spare = site.next_id(Prefix::Row);
        let detail = format!("{}行 {}", preview.rows, file.sha256());
        let accepted = preview.accept(self.clock().stamp().day, &mut |prefix| {
            let next = if prefix == Prefix::Worker { workers.next() } else { rows.next() };
            next.unwrap_or_else(|| spare.clone())
        })?;
        // Before the rows: once they are on disk nothing may be said to have failed.
        self.remember_source(file)?;
        self.audit(&file.site, "名簿の取込元", file.site.as_str(), &detail)?;
        self.perform(&file.site, &command(&file.site, accepted))
    }
}

/// Every row is journalled, so the operation is undone row by row and needs no batch.
fn command(site: &EstablishmentId, accepted: Accepted) -> Command {
    let command = Command::new(Act::ImportRoster, site.to_string());
    let command = accepted.workers.into_iter().fold(command, Command::put);
    accepted.attributes.into_iter().fold(command, Command::put)
}
