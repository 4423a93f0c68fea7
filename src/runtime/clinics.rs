//! Files of clinics and 特定健診 XML: previewed against roster and record, taken in as one batch, and shown.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use super::import_view::told;
use super::imports::ReadFile;
use super::listed::{About, Picked, Tells};
use super::taking::{batch, completed, text_of};
use super::unread;
use crate::app::Site;
use crate::app::checkups::intake::{self, NewExam, State, Weighed};
use crate::app::checkups::secondary;
use crate::app::host::{ImportPreview, ListedRow, RowList};
use crate::domain::checkup::{CheckupKind, CheckupSheet};
use crate::domain::command::Act;
use crate::domain::intake::Intake;
use crate::domain::progress::Phase;
use crate::domain::worker::{Checkup, Worker};
use crate::domain::{Day, Id, Prefix, Table};
use crate::import::checkup::{self, Exam, Preview, Unread};
use crate::import::people::{Named, PersonKey};
use crate::import::reason::{Refusal, Why};

/// The first free ids are left to the mapping that is kept before the rows, and to the batch.
const BESIDE: usize = 2;

/// What a clinic's file would do: every row, and every examination weighed against the record.
#[derive(Debug, Clone)]
pub struct ClinicPreview {
    /// The rows.
    pub rows: Preview,
    /// The examinations, in the order of the file.
    pub weighed: Vec<Weighed>,
}

impl ClinicPreview {
    /// Examinations added, changed and unchanged.
    pub fn counts(&self) -> [usize; 3] {
        let count = |is: fn(&State) -> bool| self.weighed.iter().filter(|exam| is(&exam.state)).count();
        [
            count(|state| *state == State::Added),
            count(|state| matches!(state, State::Changed(_))),
            count(|state| *state == State::Unchanged),
        ]
    }

    /// Rows that ended in some list; equal to the rows of the file.
    pub fn accounted(&self) -> usize {
        self.weighed.len() + self.rows.summed() + self.rows.left().count()
    }
}

impl Desk {
    /// Says what would happen to every row of a clinic's file.
    ///
    /// # Errors
    /// No person, no day or no item can be told from the file; what the store says.
    pub fn preview_checkups(&self, file: &ReadFile) -> Result<ClinicPreview, RuntimeError> {
        if let Some(missing) = &file.proposal.missing {
            return Err(missing.clone().into());
        }
        let site = self.site(&file.site)?;
        let input = checkup::Input {
            table: &file.table,
            profile: &file.proposal.profile,
            roster: &site.workers,
            decisions: &file.decisions,
            day: self.today(),
        };
        let mut rows = self.ticket.while_wanted(|going| checkup::preview_while(&input, going))?;
        let known = self.sheets_at(file, site, &rows.exams)?;
        checkup::laid_beside(&mut rows, &known, &file.decisions, |id| person(site, id));
        leave_unconsented(site, &known, &mut rows, self.today());
        let mut ids = site.next_ids(Prefix::Row).skip(BESIDE);
        let exams = examinations(site, file, &known, std::mem::take(&mut rows.exams));
        let weighed = self.ticket.while_wanted(|going| {
            let exams = going.over(Phase::Comparing, exams.len(), exams);
            let (weighed, _) = intake::weigh_in(site, &known, exams, file.sha256(), &mut ids);
            going.check().map(|()| weighed)
        })?;
        Ok(ClinicPreview { rows, weighed })
    }

    /// The sheets that stand for these people and days, and for the days before and after.
    fn sheets_at(&self, file: &ReadFile, site: &Site, exams: &[Exam]) -> Result<Vec<CheckupSheet>, RuntimeError> {
        let days = |exam: &Exam| [exam.day.pred_opt(), Some(exam.day), exam.day.succ_opt()].into_iter().flatten();
        let wanted: HashSet<(&Id, Day)> =
            exams.iter().flat_map(|exam| days(exam).map(|day| (&exam.worker, day))).collect();
        let heads = site.checkups.iter().filter(|head| wanted.contains(&(&head.worker, head.day)));
        let ids: Vec<&Id> = heads.map(|head| &head.id).collect();
        Ok(self.open_site(&file.site)?.store.sheets(&ids)?)
    }

    /// Takes a clinic's file in, keeps its mapping, and remembers that the file lies in clear. Gives the operation's
    /// number; none where the file holds nothing that is not there already, and then nothing is written.
    ///
    /// # Errors
    /// The people are strangers, and what the store says; nothing was taken in then.
    pub fn accept_checkups(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_checkups(file)?;
        self.accept_checkups_as(file, preview)
    }

    /// As [`Desk::accept_checkups`], by the preview that was just shown: what was read once is not read again.
    ///
    /// # Errors
    /// As [`Desk::accept_checkups`].
    pub fn accept_checkups_as(&mut self, file: &ReadFile, preview: ClinicPreview) -> Result<Option<i64>, RuntimeError> {
        let (strangers, [added, changed, _]) = (preview.rows.strangers(), preview.counts());
        let intake = (added + changed > 0).then_some(|desk: &Self| desk.intake_of_checkups(file, preview));
        self.take_file(file, Act::ImportCheckups, None, strangers, intake)
    }

    fn intake_of_checkups(&self, file: &ReadFile, preview: ClinicPreview) -> Result<Intake, RuntimeError> {
        let (site, day) = (self.site(&file.site)?, self.clock().stamp().day);
        let [added, changed, _] = preview.counts();
        let counts = [preview.rows.rows, added, changed, preview.rows.refused.len()];
        let mut incoming = Intake::new(batch(site.next_id(Prefix::Row), file, day, counts));
        let used = BESIDE + 2 * preview.weighed.len();
        let taken: Vec<Weighed> = preview.weighed.into_iter().filter(|exam| exam.state != State::Unchanged).collect();
        let joined = &preview.rows.joined;
        let texts: Vec<(u32, Arc<str>)> = taken.iter().map(|exam| line(file, joined, &exam.sheet)).collect();
        taken.iter().filter(|exam| !exam.said.is_empty()).for_each(|exam| {
            incoming.say(Table::Checkup, &exam.checkup.id, &exam.said);
            incoming.say(Table::CheckupSheet, &exam.sheet.id, &exam.said);
        });
        let (heads, sheets): (Vec<Checkup>, Vec<CheckupSheet>) =
            taken.into_iter().map(|exam| (exam.checkup, exam.sheet)).unzip();
        // All heads before the sheets that hang on them: a batch goes out in the other order.
        // One that stands as it is has no part in it: an issued list may cite it, and then nobody may change it.
        let known: HashMap<&Id, &Checkup> = site.checkups.iter().map(|head| (&head.id, head)).collect();
        let is_new = |head: &Checkup| known.get(&head.id) != Some(&head);
        for (head, (line, text)) in heads.into_iter().zip(&texts).filter(|(head, _)| is_new(head)) {
            incoming.put_from(*line, Arc::clone(text), head);
        }
        for (sheet, (line, text)) in sheets.into_iter().zip(&texts) {
            incoming.put_from(*line, Arc::clone(text), sheet);
        }
        Ok(completed(site, file, day, used, incoming))
    }
}

/// The row of an examination with its text, and with that of the rows that were joined with it.
fn line(file: &ReadFile, joined: &HashMap<u32, Vec<u32>>, sheet: &CheckupSheet) -> (u32, Arc<str>) {
    let line = u32::try_from(sheet.source_row).unwrap_or_default();
    let others = joined.get(&line).into_iter().flatten();
    let texts = std::iter::once(&line).chain(others).map(|line| text_of(file, *line));
    (line, texts.collect::<Vec<_>>().join("\n").into())
}

/// A worker of the roster, as a question names somebody.
fn person(site: &Site, id: &Id) -> PersonKey {
    let named = |worker: &Worker| Named { number: &worker.number, name: &worker.name, ..Named::default() }.key();
    site.worker(id).map_or_else(|| Named::default().key(), named)
}

/// Secondary examinations without the person's recorded consent stay out, row by row (OPN-15).
fn leave_unconsented(site: &Site, known: &[CheckupSheet], rows: &mut Preview, today: Day) {
    let is_secondary = |exam: &Exam| {
        let standing = || known.iter().find(|sheet| sheet.worker == exam.worker && sheet.day == exam.day);
        exam.kind.or_else(|| standing().map(|sheet| sheet.kind)) == Some(CheckupKind::Secondary)
    };
    let stays = |exam: &Exam| is_secondary(exam) && secondary::consented(site, &exam.worker, exam.day, today).is_none();
    let (out, exams): (Vec<Exam>, Vec<Exam>) = std::mem::take(&mut rows.exams).into_iter().partition(stays);
    rows.exams = exams;
    rows.refused.extend(out.iter().map(|exam| Refusal::row(exam.line, Why::NoConsent)));
}

/// Read rows as examinations; a file that is silent about the kind leaves the one on record.
fn examinations(site: &Site, file: &ReadFile, known: &[CheckupSheet], exams: Vec<Exam>) -> Vec<NewExam> {
    let kinds: HashMap<(&Id, Day), CheckupKind> =
        known.iter().map(|sheet| ((&sheet.worker, sheet.day), sheet.kind)).collect();
    let standing: HashMap<(&Id, Day), &Checkup> =
        site.checkups.iter().map(|head| ((&head.worker, head.day), head)).collect();
    let new = |exam: Exam| {
        let known = kinds.get(&(&exam.worker, exam.day)).copied();
        let exam = if known.is_some() { unread::silent(site, file, exam) } else { exam };
        let at = (&exam.worker, exam.day);
        let kind = exam.kind.or(known).unwrap_or(CheckupKind::Periodic);
        let finding = match exam.judgement.as_str() {
            // A file without judgements does not take back what another said.
            "" => standing.get(&at).map(|head| head.finding).filter(|_| exam.words.is_empty()),
            judgement => Some(intake::finding(judgement)),
        };
        NewExam {
            kind,
            finding,
            worker: exam.worker,
            day: exam.day,
            clinic: exam.clinic,
            clinic_text: exam.words,
            cells: exam.cells,
            source_row: i64::from(exam.line),
        }
    };
    exams.into_iter().map(new).collect()
}

/// Shows what a clinic's file says of itself.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &ClinicPreview) -> ImportPreview {
    let rows = &preview.rows;
    ImportPreview {
        source: source(file, rows.open_values().count()),
        summed: rows.summed(),
        ..told(desk, file, rows.left(), rows.strangers())
    }
}

fn source(file: &ReadFile, unread: usize) -> String {
    let told = if unread == 0 { String::new() } else { format!("  読めない値 {unread}件") };
    format!("{} 見出し {}行目{told}", file.table.encoding.label(), file.table.header_row)
}

impl Tells for ClinicPreview {
    fn picked(&self, _about: &About) -> Picked {
        let of = |list: RowList| {
            let of_list = self.weighed.iter().enumerate().filter(|(_, exam)| list_of(&exam.state) == list);
            of_list.map(|(index, _)| index).collect::<Vec<_>>()
        };
        let lists = [RowList::Added, RowList::Changed, RowList::Unchanged];
        lists.into_iter().fold(Picked::default(), |picked, list| picked.with(list, of(list)))
    }

    fn count(&self, list: RowList, picked: &Picked) -> usize {
        picked.count(list)
    }

    fn row(&self, list: RowList, place: usize, picked: &Picked, about: &About) -> Option<ListedRow> {
        let exam = self.weighed.get(picked.at(list, place)?)?;
        let what = match list {
            RowList::Changed => changed(exam),
            RowList::Added => exam.checkup.summary.clone(),
            _ => String::new(),
        };
        let what = format!("{}  {what}", exam.sheet.day).trim_end().to_owned();
        let line = u32::try_from(exam.sheet.source_row).ok();
        Some(about.of_worker(line, &exam.sheet.worker, what))
    }

    fn unread_values(&self) -> &[Unread] {
        &self.rows.unread
    }
}

const fn list_of(state: &State) -> RowList {
    match state {
        State::Added => RowList::Added,
        State::Changed(_) => RowList::Changed,
        State::Unchanged => RowList::Unchanged,
    }
}

/// What an examination was and what it will be, item by item.
fn changed(exam: &Weighed) -> String {
    let differences = exam.differences();
    let told = |pick: fn(&(String, String, String)) -> &String| {
        let words = differences.iter().map(|difference| format!("{} {}", difference.0, pick(difference)));
        words.collect::<Vec<_>>().join("、")
    };
    format!("{} から {} へ", told(|difference| &difference.1), told(|difference| &difference.2))
}
