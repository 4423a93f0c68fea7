//! A ledger of restrictions in force: previewed, taken in as one batch, and shown.

use super::answers::Question;
use super::desk::Desk;
use super::error::RuntimeError;
use super::import_view::{known_since, mapping, of_file, place, refused};
use super::imports::{ReadFile, refuse_strangers};
use super::remembering;
use super::rosters::{content_sha256, text_of};
use crate::app::host::ImportPreview;
use crate::domain::case::Measure;
use crate::domain::command::Act;
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::Intake;
use crate::domain::{Day, Id, Prefix};
use crate::import::people::Strangers;
use crate::import::reason::Why;
use crate::import::restrictions::{self, Preview, Row, Taken};

impl Desk {
    /// Says what would happen to every row of a ledger.
    ///
    /// # Errors
    /// Nobody, or no measure, can be told from the file.
    pub fn preview_restrictions(&self, file: &ReadFile) -> Result<Preview, RuntimeError> {
        let site = self.site(&file.site)?;
        Ok(restrictions::preview(&restrictions::Input {
            table: &file.table,
            roster: &site.workers,
            measures: &site.measures,
            decisions: &file.decisions,
            day: self.today(),
        })?)
    }

    /// Takes a ledger in and remembers that the file lies in clear. Gives the operation's number; none where the file
    /// holds nothing that is not there already, and then nothing is written.
    ///
    /// # Errors
    /// The people are strangers, and what the store says; nothing was taken in then.
    pub fn accept_restrictions(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_restrictions(file)?;
        refuse_strangers(file, strangers(&preview))?;
        // Before the rows: once they are on disk nothing may be said to have failed.
        self.remember_source(file)?;
        if preview.added.len() + preview.changed.len() == 0 {
            return Ok(None);
        }
        let incoming = self.intake_of_restrictions(file, preview)?;
        self.take_in(&file.site, Act::ImportRestrictions, incoming).map(Some)
    }

    fn intake_of_restrictions(&self, file: &ReadFile, preview: Preview) -> Result<Intake, RuntimeError> {
        let (site, day) = (self.site(&file.site)?, self.clock().stamp().day);
        let (mut cases, mut rows) = (site.next_ids(Prefix::Case), site.next_ids(Prefix::Row).skip(1));
        let spare = site.next_id(Prefix::Row);
        let mut incoming = Intake::new(batch(spare.clone(), file, &preview, day));
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
        remembering::put(site, &file.decisions, day, used, &mut incoming);
        incoming.batch.content_sha256 = content_sha256(&incoming.lines);
        Ok(incoming)
    }
}

/// How many of the file's people are known, where they are fewer than a fifth.
fn strangers(preview: &Preview) -> Option<Strangers> {
    let unknown = preview.refused.iter().filter(|row| row.why == Why::NotOnRoster).count();
    let people = preview.rows.saturating_sub(preview.ignored.len());
    let known = people.saturating_sub(unknown);
    Strangers::among(known, people, people)
}

fn batch(id: Id, file: &ReadFile, preview: &Preview, day: Day) -> Batch {
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    Batch {
        id,
        kind: BatchKind::Restrictions,
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

/// Shows what would happen to the rows of a ledger.
pub(super) fn shown(desk: &Desk, file: &ReadFile) -> Result<ImportPreview, RuntimeError> {
    let preview = desk.preview_restrictions(file)?;
    let doubtful = preview.doubtful.iter().map(|row| {
        let (line, why) = (row.line, row.why);
        desk.asked(&file.site, file.kind, &Question { line, person: &row.person, candidates: &row.candidates, why })
    });
    let name = |id: &Id| desk.site(&file.site).ok().and_then(|site| site.worker(id)).map(|worker| worker.name.clone());
    Ok(ImportPreview {
        kind: file.kind,
        mapping: columns(file).chain(mapping(file)).collect(),
        doubtful: doubtful.collect(),
        strangers: strangers(&preview).map(|found| (found.known, found.people)),
        is_ours: file.decisions.are_ours,
        known_since: known_since(desk, file),
        added: preview.added.len(),
        changed: preview.changed.iter().map(|taken| changed(taken, name(&taken.worker), desk.today())).collect(),
        unchanged: preview.unchanged.len(),
        refused: preview.refused.iter().map(refused).collect(),
        ignored: preview.ignored.iter().map(|row| (place(row.line), row.why.to_string())).collect(),
        rows: preview.rows,
        ..of_file(file)
    })
}

/// The columns of the ledger itself, and as what they are read.
fn columns(file: &ReadFile) -> impl Iterator<Item = (String, String)> {
    let header = &file.table.header;
    let told = restrictions::told(header).into_iter();
    told.filter_map(|(index, text)| Some((header.get(index)?.clone(), text.to_owned())))
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
