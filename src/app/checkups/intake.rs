//! Examinations that come in, read from a file or typed: heads and sheets as one command, one key takes all back.

use std::collections::{HashMap, HashSet};

use super::lines;
use crate::app::Site;
use crate::domain::checkup::{Catalogue, Cell, Cells, CheckupKind, CheckupSheet, Judgement};
use crate::domain::command::{Act, Command};
use crate::domain::opinion::FormKind;
use crate::domain::worker::{Checkup, FindingState, Sex};
use crate::domain::{Day, Id, Prefix};
use crate::scales::checkup::{DEFAULT, table};

/// One examination as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExam {
    /// Whose, as the matching of people said.
    pub worker: Id,
    /// 健診日
    pub day: Day,
    /// Which kind.
    pub kind: CheckupKind,
    /// 健診実施機関
    pub clinic: String,
    /// The clinic's overall judgement and words, as they came.
    pub clinic_text: String,
    /// 異常の所見, where the file says it in a column of its own; else it follows from the clinic's judgement.
    pub finding: Option<FindingState>,
    /// Every value.
    pub cells: Cells,
    /// The row of the file, 1 and up; 0 where it was typed.
    pub source_row: i64,
}

/// One examination weighed against what is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The head as it would stand.
    pub checkup: Checkup,
    /// The sheet as it would stand.
    pub sheet: CheckupSheet,
    /// What it would do.
    pub state: State,
    /// What the file says of a sheet that stood before: codes of items and names of members, with spaces between them.
    pub said: String,
}

/// What taking one examination in would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is none of this person and day.
    Added,
    /// It says something else than the sheet that stands; none where only the head does.
    Changed(Option<Box<CheckupSheet>>),
    /// It stands so already.
    Unchanged,
}

impl Weighed {
    /// What changes, item by item: name, old, new. The clinic's words come first.
    pub fn differences(&self) -> Vec<(String, String, String)> {
        let State::Changed(Some(old)) = &self.state else { return Vec::new() };
        let words = (old.clinic_text != self.sheet.clinic_text)
            .then(|| ("判定".to_owned(), old.clinic_text.clone(), self.sheet.clinic_text.clone()));
        let values = self.sheet.cells.all().iter().filter_map(|cell| {
            let known = old.cells.get(cell.item);
            let name = || Catalogue::built_in().name_of(cell.item).to_owned();
            (known != Some(cell)).then(|| (name(), known.map_or_else(String::new, Cell::shown), cell.shown()))
        });
        words.into_iter().chain(values).collect()
    }
}

/// What taking in would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// The change; without rows where there is nothing new.
    pub command: Command,
    /// Examinations that are new.
    pub added: usize,
    /// Examinations that say something else than before; an opinion given on them stays.
    pub changed: usize,
    /// Examinations that stand so already.
    pub unchanged: usize,
    /// Rows of the file that are about somebody who is not on the roster, or name a person and day a second time.
    pub refused: Vec<i64>,
}

/// Takes examinations in; `source` is the SHA-256 of the file in hex, empty where they were typed.
///
/// `known` are the sheets that stand already for these people and days, as the store gives them.
pub fn take_in(site: &Site, known: &[CheckupSheet], exams: Vec<NewExam>, source: &str) -> Intake {
    let act = if source.is_empty() { Act::EnterCheckup } else { Act::ImportCheckups };
    let mut intake =
        Intake { command: Command::new(act, None), added: 0, changed: 0, unchanged: 0, refused: Vec::new() };
    let (weighed, refused) = weigh_in(site, known, exams, source, &mut site.next_ids(Prefix::Row));
    intake.refused = refused;
    for Weighed { checkup, sheet, state, .. } in weighed {
        match state {
            State::Unchanged => {
                intake.unchanged += 1;
                continue;
            }
            State::Added => intake.added += 1,
            State::Changed(_) => intake.changed += 1,
        }
        intake.command = with_head(intake.command, site, checkup).put(sheet);
    }
    intake
}

/// A head that stands as it is needs no change; one that an issued list cites may have none.
fn with_head(command: Command, site: &Site, checkup: Checkup) -> Command {
    if site.checkups.find(checkup.id.as_str()) == Some(&checkup) { command } else { command.put(checkup) }
}

/// Examinations whose opinion stands in an issued list: the store lets nobody change their heads.
fn told_to_the_employer(site: &Site) -> HashSet<&str> {
    let lists = site.issued.iter().filter(|issued| issued.form == FormKind::CheckupOpinions);
    let heads = lists.filter_map(|issued| issued.snapshot_json.get("checkups")?.as_array()).flatten();
    let given = heads.filter(|head| head.get("opinion_on").is_some_and(|day| !day.is_null()));
    given.filter_map(|head| head.get("id")?.as_str()).collect()
}

/// Weighs examinations against what is on record, in their order, with the rows that are refused; `ids` are free ones.
///
/// A file adds to what another said of the same person and day: what it is silent about stays. What is typed is the
/// whole sheet.
pub fn weigh_in(
    site: &Site,
    known: &[CheckupSheet],
    exams: impl IntoIterator<Item = NewExam>,
    source: &str,
    ids: &mut impl Iterator<Item = Id>,
) -> (Vec<Weighed>, Vec<i64>) {
    let heads: HashMap<(&Id, Day), &Checkup> = site.checkups.iter().map(|row| ((&row.worker, row.day), row)).collect();
    let sheets: HashMap<&Id, &CheckupSheet> = known.iter().map(|sheet| (&sheet.checkup, sheet)).collect();
    let told = told_to_the_employer(site);
    let (mut weighed, mut refused) = (Vec::new(), Vec::new());
    let mut seen = std::collections::HashSet::new();
    for exam in exams {
        let is_new = seen.insert((exam.worker.clone(), exam.day));
        let Some(worker) = site.worker(&exam.worker).filter(|_| is_new) else {
            refused.push(exam.source_row);
            continue;
        };
        let head = heads.get(&(&exam.worker, exam.day)).copied();
        let sheet = head.and_then(|head| sheets.get(&head.id)).copied();
        let said = sheet.filter(|_| !source.is_empty()).map(|_| said(&exam)).unwrap_or_default();
        let exam = if source.is_empty() { exam } else { onto(exam, sheet) };
        let Some((mut checkup, made)) = make(exam, worker.sex, source, head, sheet, ids) else { continue };
        if let Some(head) = head.filter(|head| told.contains(head.id.as_str())) {
            // The employer has this opinion in writing: its head stands, and the corrected values come in beside it.
            checkup = head.clone();
        }
        let is_same = head == Some(&checkup) && sheet.is_some_and(|known| same(known, &made));
        let state = match (is_same, head) {
            (true, _) => State::Unchanged,
            (false, None) => State::Added,
            (false, Some(_)) => State::Changed(sheet.cloned().map(Box::new)),
        };
        weighed.push(Weighed { checkup, sheet: made, state, said });
    }
    (weighed, refused)
}

/// What a file says itself: beside what it is silent about it cannot be told from what another file said.
fn said(exam: &NewExam) -> String {
    let members = [(&exam.clinic, "clinic"), (&exam.clinic_text, "clinic_text judgement finding")];
    let members = members.into_iter().filter(|(text, _)| !text.trim().is_empty()).map(|(_, names)| names);
    let members = members.chain(["source source_row"]);
    exam.cells.all().iter().map(|cell| cell.item.code()).chain(members).collect::<Vec<_>>().join(" ")
}

/// What the list says of a sheet, e.g. `血圧 152/96  LDL 174`.
pub fn summary_of(site: &Site, sheet: &CheckupSheet) -> String {
    let sex = site.worker(&sheet.worker).map_or(Sex::Unknown, |worker| worker.sex);
    told(sheet, sex)
}

/// Adds what a file says to the sheet that stands.
fn onto(exam: NewExam, known: Option<&CheckupSheet>) -> NewExam {
    let Some(known) = known else { return exam };
    let said = |new: String, old: &String| if new.trim().is_empty() { old.clone() } else { new };
    let NewExam { clinic, clinic_text, cells, .. } = exam;
    let mut merged = known.cells.all().to_vec();
    for cell in cells.all() {
        match merged.iter_mut().find(|kept| kept.item == cell.item) {
            Some(kept) => *kept = cell.clone(),
            None => merged.push(cell.clone()),
        }
    }
    NewExam {
        clinic: said(clinic, &known.clinic),
        clinic_text: said(clinic_text, &known.clinic_text),
        cells: Cells::new(merged),
        ..exam
    }
}

/// The same examination from another file is the same examination.
fn same(known: &CheckupSheet, new: &CheckupSheet) -> bool {
    CheckupSheet { source: new.source.clone(), source_row: new.source_row, ..known.clone() } == *new
}

fn make(
    exam: NewExam,
    sex: Sex,
    source: &str,
    head: Option<&Checkup>,
    sheet: Option<&CheckupSheet>,
    rows: &mut impl Iterator<Item = Id>,
) -> Option<(Checkup, CheckupSheet)> {
    let head_id = head.map(|head| head.id.clone()).or_else(|| rows.next())?;
    let mut sheet = CheckupSheet {
        id: sheet.map(|sheet| sheet.id.clone()).or_else(|| rows.next())?,
        checkup: head_id.clone(),
        worker: exam.worker,
        day: exam.day,
        kind: exam.kind,
        clinic: exam.clinic.trim().to_owned(),
        clinic_text: exam.clinic_text.trim().to_owned(),
        cells: exam.cells,
        source: source.to_owned(),
        source_row: exam.source_row,
    };
    let checkup = Checkup {
        id: head_id,
        worker: sheet.worker.clone(),
        day: sheet.day,
        judgement: sheet.clinic_text.clone(),
        finding: exam.finding.unwrap_or_else(|| finding(&sheet.clinic_text)),
        summary: told(&sheet, sex),
        opinion_on: head.and_then(|head| head.opinion_on),
        opinion: head.and_then(|head| head.opinion),
    };
    sheet.cells.fold();
    Some((checkup, sheet))
}

/// A slight deviation is a finding too, until the clinic says otherwise: every finding wants an opinion (安衛法66条の4).
pub fn finding(clinic_text: &str) -> FindingState {
    match Judgement::read(clinic_text) {
        None => FindingState::Unknown,
        Some(Judgement::Normal) => FindingState::None,
        Some(_) => FindingState::Present,
    }
}

fn told(sheet: &CheckupSheet, sex: Sex) -> String {
    let lines = table(DEFAULT).map(|table| lines::named(table, sheet, sex)).unwrap_or_default();
    let told = lines::summary(&lines);
    match finding(&sheet.clinic_text) {
        _ if !told.is_empty() || sheet.cells.is_empty() => told,
        // The clinic found something that no value shows: its judgement stands beside this.
        FindingState::Present => "総合判定のほかに所見なし".to_owned(),
        _ => "所見なし".to_owned(),
    }
}
