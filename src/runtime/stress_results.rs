//! Results of the stress check that were computed elsewhere: through the same gate as answers, and in and out as one batch.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use super::stress::{of_sheets, undated};
use crate::app::host::ImportPreview;
use crate::app::stress::reported::{Difference, ReportedEntry, Reporting, Said, enter};
use crate::domain::command::{Act, Command};
use crate::domain::{AnyRecord, Id};
use crate::import::reason::{Refusal, Why};
use crate::import::stress::results::{self, ResultRow};
use crate::import::stress::{Input, Preview};

/// What a file of results would do.
#[derive(Debug, Clone)]
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
        if let Some(missing) = &file.proposal.missing {
            return Err(missing.clone().into());
        }
        let (site, today) = (self.site(&file.site)?, self.today());
        let round = file.round.clone().map_or_else(|| self.open_round(&file.site), Ok)?;
        let (table, profile, decisions) = (&file.table, &file.proposal.profile, &file.decisions);
        let input = Input { table, profile, roster: &site.workers, decisions, day: file.answered_on, today };
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
        self.accept_stress_results_as(file, preview)
    }

    /// As [`Desk::accept_stress_results`], by the preview that was just shown: what was read once is not read again.
    ///
    /// # Errors
    /// As [`Desk::accept_stress_results`].
    pub fn accept_stress_results_as(
        &mut self,
        file: &ReadFile,
        preview: ResultsPreview,
    ) -> Result<Option<i64>, RuntimeError> {
        let (strangers, is_new) = (preview.rows.strangers(), preview.command.is_some());
        let intake = is_new.then_some(|desk: &Self| {
            let ResultsPreview { rows, reporting, command, .. } = preview;
            let counts = [rows.rows, reporting.added, 0, rows.refused.len()];
            desk.intake_of_sheets(file, command, counts, |record| line_of(&rows.sheets, record))
        });
        self.take_file(file, Act::ImportStress, strangers, intake)
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

/// Shows what would happen to the rows of a file of results, and where the answers say something else.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &ResultsPreview) -> Result<ImportPreview, RuntimeError> {
    let site = desk.site(&file.site)?;
    let differing = preview.reporting.differences.iter().map(|Difference { worker, by_answers, told }| {
        let name = site.worker(worker).map(|worker| worker.name.clone()).unwrap_or_default();
        (name, by_answers.words(), told.words())
    });
    Ok(ImportPreview {
        added: preview.reporting.added,
        differing: differing.collect(),
        undated: undated(desk, file, preview.undated()),
        unchanged: preview.reporting.unchanged,
        ..of_sheets(desk, file, &preview.rows)
    })
}
