//! Results of the stress check that were computed elsewhere: through the same gate as answers, and in and out as one batch.

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadFile;
use super::listed::{About, Picked, Tells};
use super::stress::{differing, of_sheets, since, undated};
use crate::app::host::{ImportPreview, ListedRow, RowList};
use crate::app::stress::reported::{ReportedEntry, Reporting, Said, enter};
use crate::app::stress::{self, reported_of};
use crate::domain::command::{Act, Change, Command};
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
        let (roster, day, since) = (&site.workers, file.answered_on, since(file, stress::round(site, &round)?));
        let input = Input { table, profile, roster, decisions, day, since, today };
        let mut rows = self.ticket.while_wanted(|going| results::preview_while(&input, going))?;
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
        self.take_file(file, Act::ImportStress, None, strangers, intake)
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

/// Shows what a file of results says of itself.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &ResultsPreview) -> ImportPreview {
    ImportPreview { undated: undated(desk, file, preview.undated()), ..of_sheets(desk, file, &preview.rows) }
}

/// Names of those whose result comes in; where the answers say something else, both.
impl Tells for ResultsPreview {
    fn picked(&self, about: &About) -> Picked {
        let is_new = |row: &ResultRow| reported_of(&about.site, &self.round, &row.worker).is_none();
        let rows = self.rows.sheets.iter().enumerate();
        let (new, known): (Vec<_>, Vec<_>) = rows.partition(|(_, row)| is_new(row));
        let places = |rows: Vec<(usize, &ResultRow)>| rows.into_iter().map(|(index, _)| index).collect();
        Picked::default().with(RowList::Added, places(new)).with(RowList::Unchanged, places(known))
    }

    fn line_of(&self, worker: &Id) -> Option<u32> {
        self.row_of(worker)
    }

    fn count(&self, list: RowList, picked: &Picked) -> usize {
        match list {
            RowList::Differing => self.reporting.differences.len(),
            list => picked.count(list),
        }
    }

    fn row(&self, list: RowList, place: usize, picked: &Picked, about: &About) -> Option<ListedRow> {
        if list == RowList::Differing {
            let found = self.reporting.differences.get(place)?;
            let what = differing(&found.by_answers.words(), &found.told.words());
            return Some(about.of_worker(self.row_of(&found.worker), &found.worker, what));
        }
        let row = self.rows.sheets.get(picked.at(list, place)?)?;
        Some(about.of_worker(Some(row.line), &row.worker, format!("{} の結果", row.day)))
    }
}

impl ResultsPreview {
    /// The line of somebody's row in the file.
    pub fn row_of(&self, worker: &Id) -> Option<u32> {
        self.rows.sheets.iter().find(|row| &row.worker == worker).map(|row| row.line)
    }

    /// What it would write.
    pub(super) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.command.iter().flat_map(|command| &command.changes)
    }
}
