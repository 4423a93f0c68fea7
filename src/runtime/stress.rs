//! Answers of the stress check from a file: through the gate as what is typed, and in and out as one batch.

use super::desk::Desk;
use super::error::RuntimeError;
use super::import_view::told;
use super::imports::ReadFile;
use super::listed::{About, Picked, Tells};
use super::taking::{batch, completed, text_of};
use crate::app::Site;
use crate::app::host::{ImportPreview, ListedRow, RowList};
use crate::app::stress::answers::{Entered, Entering, SheetEntry, enter, entering, is_judged};
use crate::app::stress::beside::{Beside, Contradiction, contradiction};
use crate::app::stress::{self, StressFault};
use crate::domain::command::{Act, Change, Command};
use crate::domain::intake::Intake;
use crate::domain::stress::StressRound;
use crate::domain::{AnyRecord, Day, EstablishmentId, Id, Prefix};
use crate::import::aside::{Doubtful, PersonRow};
use crate::import::people::{Decisions, Named};
use crate::import::reason::{Doubt, Refusal, Why};
use crate::import::stress::{self as rows, AnswerRow, Preview, wishes};
use crate::scales::stress::{Questionnaire, Sheet, SheetFault};

/// What a file of answers would do.
#[derive(Debug, Clone)]
pub struct StressPreview {
    /// The round that it is for.
    pub round: Id,
    /// The rows; a sheet that is none of the round's form is refused here.
    pub rows: Preview,
    /// Sheets added, changed and unchanged.
    pub entered: Entered,
    /// Of whom the file says something else beside the answers than the answers give.
    pub contradictions: Vec<Contradiction>,
    /// What each sheet would do, in the order of the sheets.
    entering: Vec<Entering>,
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
        if let Some(missing) = &file.proposal.missing {
            return Err(missing.clone().into());
        }
        let (site, today) = (self.site(&file.site)?, self.today());
        let round = file.round.clone().map_or_else(|| self.open_round(&file.site), Ok)?;
        let opened = stress::round(site, &round)?;
        let (form, since) = (opened.criteria_json.form, since(file, opened));
        let book = Questionnaire::built_in().map_err(StressFault::from)?;
        let (table, profile, decisions) = (&file.table, &file.proposal.profile, &file.decisions);
        let (roster, day) = (&site.workers, file.answered_on);
        let input = rows::Input { table, profile, roster, decisions, day, since, today };
        let mut rows = self.ticket.while_wanted(|going| rows::preview_while(&input, going))?;
        let mut entries = Vec::with_capacity(rows.sheets.len());
        let mut kept = Vec::with_capacity(rows.sheets.len());
        let mut contradictions = Vec::new();
        for row in std::mem::take(&mut rows.sheets) {
            match read(book, &row) {
                Ok(sheet) if sheet.form() == form && is_settled(site, &round, &row.worker, &sheet.text(book)) => {
                    rows.refused.push(Refusal::row(row.line, Why::Judged));
                }
                Ok(sheet) if sheet.form() == form && is_open(site, &round, &row, &sheet.text(book), decisions) => {
                    rows.doubtful.push(on_record(site, &row));
                }
                Ok(sheet) if sheet.form() == form => {
                    let entry = SheetEntry { worker: row.worker.clone(), day: row.day, sheet, sex: row.sex };
                    let beside = Beside { computed: row.computed, scores: row.scores };
                    contradictions.extend(contradiction(site, &round, &entry, beside)?);
                    entries.push(entry);
                    kept.push(row);
                }
                Ok(_) => rows.refused.push(Refusal::row(row.line, Why::OtherForm)),
                Err(_) => rows.refused.push(Refusal::row(row.line, unread(&row))),
            }
        }
        rows.sheets = kept;
        rows.refused.sort_unstable();
        rows.doubtful.sort_by_key(|row| row.line);
        self.ticket.check()?;
        let entering = entries.iter().map(|entry| entering(site, &round, entry)).collect::<Result<_, _>>()?;
        let (entered, command) = enter(self.law(), site, &round, &entries, today)?;
        Ok(StressPreview { round, rows, entered, contradictions, entering, command })
    }

    /// Takes answers in as a batch and remembers that the file lies in clear. Gives the operation's number; none where
    /// the file holds nothing that is not there already, and then nothing is written.
    ///
    /// # Errors
    /// What the gate or the store says; the people are strangers. Nothing was taken in then.
    pub fn accept_stress(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_stress(file)?;
        self.accept_stress_as(file, preview)
    }

    /// As [`Desk::accept_stress`], by the preview that was just shown: what was read once is not read again.
    ///
    /// # Errors
    /// As [`Desk::accept_stress`].
    pub fn accept_stress_as(&mut self, file: &ReadFile, preview: StressPreview) -> Result<Option<i64>, RuntimeError> {
        let (strangers, is_new) = (preview.rows.strangers(), preview.command.is_some());
        let intake = is_new.then_some(|desk: &Self| {
            let StressPreview { rows, entered, command, .. } = preview;
            let counts = [rows.rows, entered.added, entered.changed, rows.refused.len()];
            desk.intake_of_sheets(file, command, counts, |record| line_of(&rows.sheets, record))
        });
        self.take_file(file, Act::ImportStress, None, strangers, intake)
    }

    /// What was entered as one batch, behind the round that counts it; each record with the line that it comes from.
    pub(super) fn intake_of_sheets(
        &self,
        file: &ReadFile,
        command: Option<Command>,
        counts: [usize; 4],
        line_of: impl Fn(&AnyRecord) -> Option<u32>,
    ) -> Result<Intake, RuntimeError> {
        let (site, day) = (self.site(&file.site)?, self.clock().stamp().day);
        let changes = command.map(|command| command.changes).unwrap_or_default();
        let used = changes.len() + 1;
        // What made the changes has taken the first free ids.
        let id = site.next_ids(Prefix::Row).nth(changes.len()).unwrap_or_else(|| site.next_id(Prefix::Row));
        let mut incoming = Intake::new(batch(id, file, day, counts));
        for change in changes {
            let Change::Put(record) = change else { continue };
            match line_of(&record) {
                Some(line) => incoming.put_from(line, text_of(file, line), record),
                None => incoming.put(record),
            }
        }
        Ok(completed(site, file, day, used, incoming))
    }

    /// The round that takes answers now.
    ///
    /// # Errors
    /// There is none.
    pub fn open_round(&self, id: &EstablishmentId) -> Result<Id, RuntimeError> {
        Ok(stress::newest(self.site(id)?)?.id.clone())
    }
}

/// The answers of a row, which may be numbers or the words of the form.
fn read(book: &Questionnaire, row: &AnswerRow) -> Result<Sheet, SheetFault> {
    if row.worded.is_empty() {
        Sheet::parse(book, &row.answers)
    } else {
        Sheet::from_cells(book, row.worded.split('\t'))
    }
}

/// Why the answers of a row cannot be read.
fn unread(row: &AnswerRow) -> Why {
    if row.worded.contains(char::is_alphabetic) { Why::NotAnswerWord } else { Why::NotAnswer }
}

/// The day before which answers are asked about; none where the round was named, or the physician said that they are of it.
pub(super) fn since(file: &ReadFile, round: &StressRound) -> Option<Day> {
    round.begun_on().filter(|_| file.round.is_none() && !file.decisions.is_of_round)
}

/// Whether somebody was judged by other answers than these.
fn is_settled(site: &Site, round: &Id, worker: &Id, answers: &str) -> bool {
    let is_known = stress::sheet(site, round, worker).is_some_and(|known| known.answers == answers);
    !is_known && is_judged(site, round, worker)
}

/// Whether other answers of the same round are on record, and nobody said which of them count (SC-61).
fn is_open(site: &Site, round: &Id, row: &AnswerRow, answers: &str, given: &Decisions) -> bool {
    let is_other = stress::sheet(site, round, &row.worker).is_some_and(|known| known.answers != answers);
    is_other && !given.settled.contains(&(row.line, Doubt::SheetOnRecord))
}

fn on_record(site: &Site, row: &AnswerRow) -> Doubtful {
    let worker = site.worker(&row.worker);
    let named = worker.map(|worker| Named { number: &worker.number, name: &worker.name, ..Named::default() });
    let person = named.unwrap_or_default().key();
    Doubtful { line: row.line, person, candidates: vec![row.worker.clone()], why: Doubt::SheetOnRecord }
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

/// How many rows have no day of their own, and the day that they are given.
pub(super) fn undated(desk: &Desk, file: &ReadFile, rows: usize) -> Option<(usize, Day)> {
    (rows > 0).then(|| (rows, file.answered_on.unwrap_or_else(|| desk.today())))
}

/// Shows what a file of answers says of itself.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &StressPreview) -> ImportPreview {
    ImportPreview { undated: undated(desk, file, preview.undated()), ..of_sheets(desk, file, &preview.rows) }
}

/// What is shown of answers and of results.
pub(super) fn of_sheets<R: PersonRow>(desk: &Desk, file: &ReadFile, rows: &Preview<R>) -> ImportPreview {
    let beside = wishes::told(&file.table, &file.proposal.profile).words();
    ImportPreview { beside, ..told(desk, file, rows.left(), rows.strangers()) }
}

/// Names of those whose sheet comes in or changes, never an answer.
impl Tells for StressPreview {
    fn picked(&self, _about: &About) -> Picked {
        let of = |wanted: Entering| {
            let of_state = self.entering.iter().enumerate().filter(|(_, state)| **state == wanted);
            of_state.map(|(index, _)| index).collect::<Vec<_>>()
        };
        Picked::default()
            .with(RowList::Added, of(Entering::Added))
            .with(RowList::Changed, of(Entering::Changed))
            .with(RowList::Unchanged, of(Entering::Unchanged))
    }

    fn line_of(&self, worker: &Id) -> Option<u32> {
        self.row_of(worker)
    }

    fn count(&self, list: RowList, picked: &Picked) -> usize {
        match list {
            RowList::Differing => self.contradictions.len(),
            list => picked.count(list),
        }
    }

    fn row(&self, list: RowList, place: usize, picked: &Picked, about: &About) -> Option<ListedRow> {
        if list == RowList::Differing {
            let found = self.contradictions.get(place)?;
            let what = differing(&found.by_answers.words(), &found.beside.words());
            return Some(about.of_worker(self.row_of(&found.worker), &found.worker, what));
        }
        let row = self.rows.sheets.get(picked.at(list, place)?)?;
        let known = stress::sheet(&about.site, &self.round, &row.worker).filter(|_| list == RowList::Changed);
        let old = known.map(|known| format!("{} の回答 から ", known.day)).unwrap_or_default();
        let to = if old.is_empty() { "" } else { " へ" };
        Some(about.of_worker(Some(row.line), &row.worker, format!("{old}{} の回答{to}", row.day)))
    }
}

impl StressPreview {
    /// The line of somebody's row in the file.
    pub fn row_of(&self, worker: &Id) -> Option<u32> {
        self.rows.sheets.iter().find(|row| &row.worker == worker).map(|row| row.line)
    }

    /// What it would write.
    pub(super) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.command.iter().flat_map(|command| &command.changes)
    }
}

/// What the answers say and what stands beside them, or was told.
pub(super) fn differing(by_answers: &str, told: &str) -> String {
    format!("答えでは {by_answers}   ファイルでは {told}")
}
