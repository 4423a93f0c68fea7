//! Results of the stress check that were computed elsewhere: through the same gate as answers, and in and out as one batch.

use super::answers::Question;
use super::desk::Desk;
use super::error::RuntimeError;
use super::import_view::{known_since, mapping, of_file, place, refused};
use super::imports::{ReadFile, refuse_strangers};
use super::stress::undated;
use crate::app::host::ImportPreview;
use crate::app::stress::reported::{Difference, ReportedEntry, Reporting, Said, enter};
use crate::domain::command::{Act, Command};
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::Intake;
use crate::domain::{AnyRecord, Day, Id};
use crate::import::reason::{Refusal, Why};
use crate::import::stress::results::{self, ResultRow};
use crate::import::stress::{Input, Preview};

/// What a file of results would do.
#[derive(Debug)]
pub struct ResultsPreview {
    /// The round that it is for.
    pub round: Id,
    /// The rows; a person with another result already is refused here.
    pub rows: Preview<ResultRow>,
    /// Results added and unchanged, and where the answers say something else.
    pub reporting: Reporting,
    command: Option<Command>,
}

impl ResultsPreview {
    /// Results of which the file does not say the day.
    pub fn undated(&self) -> usize {
        self.rows.sheets.iter().filter(|row| row.is_undated).count()
    }
}

impl Desk {
    /// Says what would happen to every row of a file of results.
    ///
    /// # Errors
    /// There is no round; the columns cannot be told; the gate does not admit the file as a whole.
    pub fn preview_stress_results(&self, file: &ReadFile) -> Result<ResultsPreview, RuntimeError> {
        let (site, today) = (self.site(&file.site)?, self.today());
        let round = file.round.clone().map_or_else(|| self.open_round(&file.site), Ok)?;
        let (table, decisions) = (&file.table, &file.decisions);
        let input = Input { table, roster: &site.workers, decisions, day: file.answered_on, today };
        let mut rows = results::preview(&input)?;
        let entries: Vec<ReportedEntry> = rows.sheets.iter().map(entry).collect();
        let (reporting, command) = enter(self.law(), site, &round, &entries, today)?;
        let is_standing = |row: &ResultRow| reporting.standing.contains(&row.worker);
        let standing = rows.sheets.extract_if(.., |row| is_standing(row));
        rows.refused.extend(standing.map(|row| Refusal::row(row.line, Why::OtherResult)));
        rows.refused.sort_unstable();
        Ok(ResultsPreview { round, rows, reporting, command })
    }

    /// Takes results in as a batch and remembers that the file lies in clear. Gives the operation's number; none where
    /// the file holds nothing new, and then nothing is written.
    ///
    /// # Errors
    /// What the gate or the store says; the people are strangers. Nothing was taken in then.
    pub fn accept_stress_results(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_stress_results(file)?;
        refuse_strangers(file, preview.rows.strangers())?;
        // Before the rows: once they are on disk nothing may be said to have failed.
        self.remember_source(file)?;
        if preview.command.is_none() {
            return Ok(None);
        }
        if file.proposal.missing.is_none() {
            self.keep_profile(file, None)?;
        }
        // Entered again: the mapping that was kept has taken an id.
        let preview = self.preview_stress_results(file)?;
        let incoming = self.intake_of_results(file, preview)?;
        self.take_in(&file.site, Act::ImportStress, incoming).map(Some)
    }

    fn intake_of_results(&self, file: &ReadFile, preview: ResultsPreview) -> Result<Intake, RuntimeError> {
        let changes = preview.command.as_ref().map(|command| command.changes.clone()).unwrap_or_default();
        let made = |id, day| batch(id, file, &preview, day);
        self.intake_by_lines(file, changes, made, |record| line_of(&preview.rows.sheets, record))
    }
}

fn entry(row: &ResultRow) -> ReportedEntry {
    let said = Said { computed: row.computed, scores: row.scores };
    ReportedEntry { worker: row.worker.clone(), day: row.day, said }
}

/// The line of the result, and of what comes with it.
fn line_of(rows: &[ResultRow], record: &AnyRecord) -> Option<u32> {
    let worker = match record {
        AnyRecord::StressReported(row) => &row.worker,
        AnyRecord::StressResult(row) => &row.worker,
        AnyRecord::StressFlag(row) => &row.worker,
        _ => return None,
    };
    rows.iter().find(|row| &row.worker == worker).map(|row| row.line)
}

fn batch(id: Id, file: &ReadFile, preview: &ResultsPreview, day: Day) -> Batch {
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    Batch {
        id,
        kind: BatchKind::StressResults,
        day,
        sha256: file.sha256().to_owned(),
        rows: count(preview.rows.rows),
        added: count(preview.reporting.added),
        changed: 0,
        refused: count(preview.rows.refused.len()),
        reading: String::new(),
        content_sha256: String::new(),
        undone_on: None,
    }
}

/// Shows what would happen to the rows of a file of results, and where the answers say something else.
pub(super) fn shown(desk: &Desk, file: &ReadFile) -> Result<ImportPreview, RuntimeError> {
    let preview = desk.preview_stress_results(file)?;
    let site = desk.site(&file.site)?;
    let rows = &preview.rows;
    let doubtful = rows.doubtful.iter().map(|row| {
        let (line, why) = (row.line, row.why);
        desk.asked(&file.site, file.kind, &Question { line, person: &row.person, candidates: &row.candidates, why })
    });
    let differing = preview.reporting.differences.iter().map(|Difference { worker, by_answers, told }| {
        let name = site.worker(worker).map(|worker| worker.name.clone()).unwrap_or_default();
        (name, by_answers.words(), told.words())
    });
    Ok(ImportPreview {
        kind: file.kind,
        mapping: mapping(file),
        doubtful: doubtful.collect(),
        strangers: rows.strangers().map(|found| (found.known, found.people)),
        is_ours: file.decisions.are_ours,
        known_since: known_since(desk, file),
        added: preview.reporting.added,
        differing: differing.collect(),
        undated: undated(desk, file, preview.undated()),
        unchanged: preview.reporting.unchanged,
        refused: rows.refused.iter().map(refused).collect(),
        ignored: rows.ignored.iter().map(|row| (place(row.line), row.why.to_string())).collect(),
        rows: rows.rows,
        ..of_file(file)
    })
}
