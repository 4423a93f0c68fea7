//! A ledger of restrictions in force: previewed, taken in as one batch, and listed.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use super::listed::{About, Picked, Tells};
use super::taking::{batch, completed, text_of};
use crate::app::host::{ListedRow, RowList};
use crate::domain::case::Measure;
use crate::domain::command::Act;
use crate::domain::intake::Intake;
use crate::domain::{Day, Prefix};
use crate::import::restrictions::{self, Preview, Row, Taken};

impl Desk {
    /// Says what would happen to every row of a ledger.
    ///
    /// # Errors
    /// Nobody, or no measure, can be told from the file.
    pub fn preview_restrictions(&self, file: &ReadFile) -> Result<Preview, RuntimeError> {
        if let Some(missing) = &file.proposal.missing {
            return Err(missing.clone().into());
        }
        let site = self.site(&file.site)?;
        let input = restrictions::Input {
            table: &file.table,
            profile: &file.proposal.profile,
            roster: &site.workers,
            measures: &site.measures,
            decisions: &file.decisions,
            day: self.today(),
        };
        Ok(self.ticket.while_wanted(|going| restrictions::preview_while(&input, going))?)
    }

    /// Takes a ledger in, keeps its mapping, and remembers that the file lies in clear. Gives the operation's number; none where the file
    /// holds nothing that is not there already, and then nothing is written.
    ///
    /// # Errors
    /// The people are strangers, and what the store says; nothing was taken in then.
    pub fn accept_restrictions(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_restrictions(file)?;
        self.accept_restrictions_as(file, preview)
    }

    /// As [`Desk::accept_restrictions`], by the preview that was just shown: what was read once is not read again.
    ///
    /// # Errors
    /// As [`Desk::accept_restrictions`].
    pub fn accept_restrictions_as(&mut self, file: &ReadFile, preview: Preview) -> Result<Option<i64>, RuntimeError> {
        let (strangers, is_new) = (preview.strangers(), preview.added.len() + preview.changed.len() > 0);
        let intake = is_new.then_some(|desk: &Self| desk.intake_of_restrictions(file, preview));
        self.take_file(file, Act::ImportRestrictions, None, strangers, intake)
    }

    /// What a preview of a ledger would bring in, each record with the line it comes from.
    pub(super) fn intake_of_restrictions(&self, file: &ReadFile, preview: Preview) -> Result<Intake, RuntimeError> {
        let (site, day) = (self.site(&file.site)?, self.clock().stamp().day);
        let (mut cases, mut rows) = (site.next_ids(Prefix::Case), site.next_ids(Prefix::Row).skip(1));
        let spare = site.next_id(Prefix::Row);
        let counts = [preview.rows, preview.added.len(), preview.changed.len(), preview.refused.len()];
        let mut incoming = Intake::new(batch(spare.clone(), file, day, counts));
        let used = preview.added.len() + 1;
        let accepted = preview.accept(day, &mut |prefix| {
            let next = if prefix == Prefix::Case { cases.next() } else { rows.next() };
            next.unwrap_or_else(|| spare.clone())
        });
        // All cases before the measures that hang on them: a batch goes out in the other order.
        for row in &accepted {
            if let Some(case) = row.case.clone() {
                incoming.put_from(row.line, text_of(file, row.line), case);
            }
        }
        for row in accepted {
            incoming.put_from(row.line, text_of(file, row.line), row.measure);
        }
        Ok(completed(site, file, day, used, incoming))
    }
}

impl Tells for Preview {
    fn count(&self, list: RowList, _picked: &Picked) -> usize {
        match list {
            RowList::Added => self.added.len(),
            RowList::Changed => self.changed.len(),
            RowList::Unchanged => self.unchanged.len(),
            _ => 0,
        }
    }

    fn row(&self, list: RowList, place: usize, _picked: &Picked, about: &About) -> Option<ListedRow> {
        let row = |taken: &Taken, what| about.of_worker(Some(taken.line), &taken.worker, what);
        match list {
            RowList::Added => self.added.get(place).map(|taken| row(taken, added(taken, about.today))),
            RowList::Changed => self.changed.get(place).map(|taken| row(taken, changed(taken, about.today))),
            RowList::Unchanged => self.unchanged.get(place).map(|line| about.of_line(*line, String::new())),
            _ => None,
        }
    }
}

/// The measure, until when it holds, and when it is looked at.
fn added(taken: &Taken, today: Day) -> String {
    let Row { until, content, .. } = &taken.row;
    format!("{content}  {}", held(*until, Some(taken.row.review(today))))
}

/// The measure that changes: until when it holds, and when it is looked at.
fn changed(taken: &Taken, today: Day) -> String {
    let old = taken.old.as_ref().map(|old: &Measure| held(old.until, old.review_on)).unwrap_or_default();
    let Row { until, content, .. } = &taken.row;
    let until = until.or(taken.old.as_ref().and_then(|old| old.until));
    let new = match taken.row.is_over(today) {
        true => format!("{}（解除）", word(until)),
        false => held(until, Some(taken.row.review(today))),
    };
    format!("{content}  {old} から {new} へ")
}

fn held(until: Option<Day>, review: Option<Day>) -> String {
    format!("{}（見直し {}）", word(until), word(review))
}

fn word(day: Option<Day>) -> String {
    day.map_or_else(|| "なし".to_owned(), |day| day.to_string())
}
