//! Answers of the stress check from a file: through the gate as what is typed, and in and out as one batch.

use super::answers::Question;
use super::desk::Desk;
use super::error::RuntimeError;
use super::import_view::{known_since, mapping, of_file, place, refused};
use super::imports::{ReadFile, refuse_strangers};
use super::remembering;
use super::rosters::{content_sha256, text_of};
use crate::app::Site;
use crate::app::host::ImportPreview;
use crate::app::stress::answers::{Entered, SheetEntry, enter, is_judged};
use crate::app::stress::beside::{Beside, Contradiction, contradiction};
use crate::app::stress::{self, StressFault};
use crate::domain::command::{Act, Change, Command};
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::Intake;
use crate::domain::{AnyRecord, Day, EstablishmentId, Id, Prefix};
use crate::import::reason::{Refusal, Why};
use crate::import::stress::{self as rows, AnswerRow, Preview};
use crate::scales::stress::{Questionnaire, Sheet};

/// What a file of answers would do.
#[derive(Debug)]
pub struct StressPreview {
    /// The round that it is for.
    pub round: Id,
    /// The rows; a sheet that is none of the round's form is refused here.
    pub rows: Preview,
    /// Sheets added, changed and unchanged.
    pub entered: Entered,
    /// Of whom the file says something else beside the answers than the answers give.
    pub contradictions: Vec<Contradiction>,
    command: Option<Command>,
}

impl StressPreview {
    /// Rows that ended in some list; equal to the rows of the file.
    pub fn accounted(&self) -> usize {
        self.rows.accounted()
    }

    /// Sheets of which the file does not say the day.
    pub fn undated(&self) -> usize {
        self.rows.sheets.iter().filter(|row| row.is_undated).count()
    }
}

impl Desk {
    /// Says what would happen to every row of a file of answers.
    ///
    /// # Errors
    /// There is no round; the columns cannot be told; the gate does not admit the file as a whole.
    pub fn preview_stress(&self, file: &ReadFile) -> Result<StressPreview, RuntimeError> {
        let (site, today) = (self.site(&file.site)?, self.today());
        let round = file.round.clone().map_or_else(|| self.open_round(&file.site), Ok)?;
        let form = stress::round(site, &round)?.criteria_json.form;
        let book = Questionnaire::built_in().map_err(StressFault::from)?;
        let (table, decisions) = (&file.table, &file.decisions);
        let mut rows =
            rows::preview(&rows::Input { table, roster: &site.workers, decisions, day: file.answered_on, today })?;
        let mut entries = Vec::with_capacity(rows.sheets.len());
        let mut kept = Vec::with_capacity(rows.sheets.len());
        let mut contradictions = Vec::new();
        for row in std::mem::take(&mut rows.sheets) {
            match Sheet::parse(book, &row.answers) {
                Ok(sheet) if sheet.form() == form && is_settled(site, &round, &row.worker, &sheet.text(book)) => {
                    rows.refused.push(Refusal::row(row.line, Why::Judged));
                }
                Ok(sheet) if sheet.form() == form => {
                    let entry = SheetEntry { worker: row.worker.clone(), day: row.day, sheet, sex: row.sex };
                    let beside = Beside { computed: row.computed, scores: row.scores };
                    contradictions.extend(contradiction(site, &round, &entry, beside)?);
                    entries.push(entry);
                    kept.push(row);
                }
                Ok(_) => rows.refused.push(Refusal::row(row.line, Why::OtherForm)),
                Err(_) => rows.refused.push(Refusal::row(row.line, Why::NotAnswer)),
            }
        }
        rows.sheets = kept;
        rows.refused.sort_unstable();
        let (entered, command) = enter(self.law(), site, &round, &entries, today)?;
        Ok(StressPreview { round, rows, entered, contradictions, command })
    }

    /// Takes answers in as a batch and remembers that the file lies in clear. Gives the operation's number; none where
    /// the file holds nothing that is not there already, and then nothing is written.
    ///
    /// # Errors
    /// What the gate or the store says; the people are strangers. Nothing was taken in then.
    pub fn accept_stress(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_stress(file)?;
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
        let preview = self.preview_stress(file)?;
        let incoming = self.intake_of_answers(file, preview)?;
        self.take_in(&file.site, Act::ImportStress, incoming).map(Some)
    }

    /// The answers with the lines they come from, behind the round that counts them.
    fn intake_of_answers(&self, file: &ReadFile, preview: StressPreview) -> Result<Intake, RuntimeError> {
        let changes = preview.command.as_ref().map(|command| command.changes.clone()).unwrap_or_default();
        let made = |id, day| batch(id, file, &preview, day);
        self.intake_by_lines(file, changes, made, |record| line_of(&preview.rows.sheets, record))
    }

    /// Changes as one batch, each with the line of the file that it comes from.
    pub(super) fn intake_by_lines(
        &self,
        file: &ReadFile,
        changes: Vec<Change>,
        batch: impl FnOnce(Id, Day) -> Batch,
        line_of: impl Fn(&AnyRecord) -> Option<u32>,
    ) -> Result<Intake, RuntimeError> {
        let (site, day) = (self.site(&file.site)?, self.clock().stamp().day);
        let used = changes.len() + 1;
        // What made the changes has taken the first free ids.
        let id = site.next_ids(Prefix::Row).nth(changes.len()).unwrap_or_else(|| site.next_id(Prefix::Row));
        let mut incoming = Intake::new(batch(id, day));
        for change in changes {
            let Change::Put(record) = change else { continue };
            match line_of(&record) {
                Some(line) => incoming.put_from(line, &text_of(file, line), record),
                None => incoming.put(record),
            }
        }
        remembering::put(site, &file.decisions, day, used, &mut incoming);
        incoming.batch.content_sha256 = content_sha256(&incoming.lines);
        Ok(incoming)
    }

    /// The round that takes answers now.
    ///
    /// # Errors
    /// There is none.
    pub fn open_round(&self, id: &EstablishmentId) -> Result<Id, RuntimeError> {
        let round = stress::current(self.site(id)?).ok_or(StressFault::NoRound)?;
        Ok(round.id.clone())
    }
}

/// Whether somebody was judged by other answers than these.
fn is_settled(site: &Site, round: &Id, worker: &Id, answers: &str) -> bool {
    let is_known = stress::sheet(site, round, worker).is_some_and(|known| known.answers == answers);
    !is_known && is_judged(site, round, worker)
}

/// The line of the sheet, or of the word 済 that comes with it.
fn line_of(sheets: &[AnswerRow], record: &AnyRecord) -> Option<u32> {
    let worker = match record {
        AnyRecord::StressAnswers(row) => &row.worker,
        AnyRecord::StressFlag(row) => &row.worker,
        _ => return None,
    };
    sheets.iter().find(|row| &row.worker == worker).map(|row| row.line)
}

fn batch(id: Id, file: &ReadFile, preview: &StressPreview, day: Day) -> Batch {
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    Batch {
        id,
        kind: BatchKind::Stress,
        day,
        sha256: file.sha256().to_owned(),
        rows: count(preview.rows.rows),
        added: count(preview.entered.added),
        changed: count(preview.entered.changed),
        refused: count(preview.rows.refused.len()),
        reading: String::new(),
        content_sha256: String::new(),
        undone_on: None,
    }
}

/// How many rows have no day of their own, and the day that they are given.
pub(super) fn undated(desk: &Desk, file: &ReadFile, rows: usize) -> Option<(usize, Day)> {
    (rows > 0).then(|| (rows, file.answered_on.unwrap_or_else(|| desk.today())))
}

/// Shows what would happen to the rows of a file of answers: names of those whose sheet changes, never an answer.
pub(super) fn shown(desk: &Desk, file: &ReadFile) -> Result<ImportPreview, RuntimeError> {
    let preview = desk.preview_stress(file)?;
    let site = desk.site(&file.site)?;
    let rows = &preview.rows;
    let doubtful = rows.doubtful.iter().map(|row| {
        let (line, why) = (row.line, row.why);
        desk.asked(&file.site, file.kind, &Question { line, person: &row.person, candidates: &row.candidates, why })
    });
    let put = preview.command.iter().flat_map(|command| &command.changes);
    let changed = put.filter_map(|change| match change {
        Change::Put(AnyRecord::StressAnswers(row)) => {
            let known = stress::sheet(site, &row.round, &row.worker)?;
            let name = site.worker(&row.worker).map(|worker| worker.name.clone()).unwrap_or_default();
            Some((name, format!("{} の回答", known.day), format!("{} の回答", row.day)))
        }
        _ => None,
    });
    let differing = preview.contradictions.iter().map(|Contradiction { worker, by_answers, beside }| {
        let name = site.worker(worker).map(|worker| worker.name.clone()).unwrap_or_default();
        (name, by_answers.words(), beside.words())
    });
    Ok(ImportPreview {
        kind: file.kind,
        differing: differing.collect(),
        undated: undated(desk, file, preview.undated()),
        mapping: mapping(file),
        doubtful: doubtful.collect(),
        strangers: rows.strangers().map(|found| (found.known, found.people)),
        is_ours: file.decisions.are_ours,
        known_since: known_since(desk, file),
        added: preview.entered.added,
        changed: changed.collect(),
        unchanged: preview.entered.unchanged,
        refused: rows.refused.iter().map(refused).collect(),
        ignored: rows.ignored.iter().map(|row| (place(row.line), row.why.to_string())).collect(),
        rows: rows.rows,
        ..of_file(file)
    })
}
