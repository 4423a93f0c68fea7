//! A ledger of restrictions in force: previewed, taken in as one batch, and shown.

use super::desk::Desk;
use super::error::RuntimeError;
use super::import_view::{mapping, of_file, refused, told};
use super::imports::ReadFile;
use super::taking::{batch, completed, text_of};
use crate::app::host::ImportPreview;
use crate::domain::case::Measure;
use crate::domain::command::Act;
use crate::domain::intake::Intake;
use crate::domain::{Day, Id, Prefix};
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
        Ok(restrictions::preview(&restrictions::Input {
            table: &file.table,
            profile: &file.proposal.profile,
            roster: &site.workers,
            measures: &site.measures,
            decisions: &file.decisions,
            day: self.today(),
        })?)
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
        let (strangers, is_new) = (preview.left().strangers(), preview.added.len() + preview.changed.len() > 0);
        let intake = is_new.then_some(|desk: &Self| desk.intake_of_restrictions(file, preview));
        self.take_file(file, Act::ImportRestrictions, strangers, intake)
    }

    fn intake_of_restrictions(&self, file: &ReadFile, preview: Preview) -> Result<Intake, RuntimeError> {
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
                incoming.put_from(row.line, &text_of(file, row.line), case);
            }
        }
        for row in accepted {
            incoming.put_from(row.line, &text_of(file, row.line), row.measure);
        }
        Ok(completed(site, file, day, used, incoming))
    }
}

/// Shows what would happen to the rows of a ledger.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &Preview) -> Result<ImportPreview, RuntimeError> {
    let name = |id: &Id| desk.site(&file.site).ok().and_then(|site| site.worker(id)).map(|worker| worker.name.clone());
    Ok(ImportPreview {
        mapping: mapping(file),
        added: preview.added.len(),
        changed: preview.changed.iter().map(|taken| changed(taken, name(&taken.worker), desk.today())).collect(),
        unchanged: preview.unchanged.len(),
        refused: preview.refused.iter().map(refused).collect(),
        ..told(desk, file, preview.left(), preview.left().strangers(), of_file(file))
    })
}

/// Whose measure changes: until when it holds, and when it is looked at.
fn changed(taken: &Taken, name: Option<String>, today: Day) -> (String, String, String) {
    let word = |day: Option<Day>| day.map_or_else(|| "なし".to_owned(), |day| day.to_string());
    let told = |until: Option<Day>, review: Option<Day>| format!("{}（見直し {}）", word(until), word(review));
    let old = taken.old.as_ref().map(|old: &Measure| told(old.until, old.review_on)).unwrap_or_default();
    let Row { until, content, .. } = &taken.row;
    let until = until.or(taken.old.as_ref().and_then(|old| old.until));
    if taken.row.is_over(today) {
        return (format!("{} {content}", name.unwrap_or_default()), old, format!("{}（解除）", word(until)));
    }
    (format!("{} {content}", name.unwrap_or_default()), old, told(until, Some(taken.row.review(today))))
}
