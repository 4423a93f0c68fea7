//! A read file as the screen shows it: names instead of ids, words instead of reasons.

use super::columns;
use super::desk::Desk;
use super::error::RuntimeError;
use super::flag_changes::{self, FlagChange};
use super::imports::{ReadFile, is_over, over_and_undecided};
use crate::app::host::{ImportPreview, ReadingChoice};
use crate::app::second_series;
use crate::domain::hours::{Batch, Series};
use crate::domain::{Day, EstablishmentId, Hours, Id};
use crate::import::aside::Left;
use crate::import::hours::{Crossing, Preview, Question, Reading, Taken, Who};
use crate::import::notation::Notation;
use crate::import::people::Strangers;
use crate::import::reason::Refusal;
use crate::law::overtime::clock;

/// Shows what would happen to the rows of a file.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &Preview) -> Result<ImportPreview, RuntimeError> {
    // The choice among readings stays on the sheet after one was chosen.
    let question = match (&preview.question, file.notation) {
        (None, Some(_)) => desk.preview_hours_as(file, None)?.question,
        (question, _) => question.clone(),
    };
    let shown = Shown { desk, site: &file.site, preview };
    Ok(shown.preview(file, question.as_ref()))
}

struct Shown<'a> {
    desk: &'a Desk,
    site: &'a EstablishmentId,
    preview: &'a Preview,
}

impl Shown<'_> {
    fn preview(&self, file: &ReadFile, question: Option<&Question>) -> ImportPreview {
        let preview = self.preview;
        ImportPreview {
            mapping: mapping(file),
            period: self.period(file),
            added: preview.added.len(),
            changed: preview.changed.iter().map(|row| self.changed(row)).collect(),
            unchanged: preview.unchanged.len(),
            refused: preview.refused.iter().map(refused).collect(),
            unread: preview.unread.iter().map(refused).collect(),
            summed: preview.summed,
            undecided: self.undecided(),
            gaps: self.gaps(),
            source_of_hours: self.source(),
            readings: question.map(|question| self.readings(question)).unwrap_or_default(),
            chosen: chosen(file.notation, question),
            flags: self.flags(file),
            ..told(self.desk, file, preview.left(), preview.strangers, of_file(file))
        }
    }

    fn name(&self, worker: &Id) -> String {
        let site = self.desk.site(self.site).ok();
        let found = site.and_then(|site| site.worker(worker)).map(|worker| worker.name.clone());
        found.unwrap_or_else(|| worker.to_string())
    }

    fn whose(&self, who: &Who) -> String {
        match who {
            Who::Known(id) => self.name(id),
            Who::New(index) => {
                self.preview.new_workers.get(*index).map_or_else(String::new, |person| person.name.clone())
            }
        }
    }

    fn changed(&self, row: &Taken) -> (String, String, String) {
        (self.whose(&row.who), row.old.as_deref().copied().map_or_else(String::new, span), span(row.hours))
    }

    /// Whose value stays open, because the source rounded it.
    fn undecided(&self) -> Vec<(String, String)> {
        let rows = || self.preview.added.iter().chain(&self.preview.changed);
        let found = self.preview.undecided.iter().filter_map(|line| rows().find(|row| row.line == *line));
        found.map(|row| (self.whose(&row.who), span(row.hours))).collect()
    }

    /// Where the hours come from, where that is not the employer.
    fn source(&self) -> Option<String> {
        let series = Some(self.preview.series).filter(|series| *series != Series::Employer);
        series.map(|series| columns::source_word(series).to_owned())
    }

    /// What contradicts the values: another source's of the same period, or the employer's own by the other measure.
    fn gaps(&self) -> Vec<(String, String)> {
        let contradictions = contradictions(self.desk, self.site, self.preview).into_iter();
        let told = contradictions.map(|(who, text)| (self.name(&who), text));
        self.gaps_of_sources().into_iter().chain(told).collect()
    }

    /// What another source says beside the employer's value of the same person and period.
    fn gaps_of_sources(&self) -> Vec<(String, String)> {
        let Some(site) = self.desk.site(self.site).ok().filter(|_| self.preview.series != Series::Employer) else {
            return Vec::new();
        };
        let rows = self.preview.added.iter().chain(&self.preview.changed);
        let gap = |row: &Taken| {
            let Who::Known(worker) = &row.who else { return None };
            let employer = second_series::employers(site, worker, row.period, self.preview.measure)?;
            let gap = second_series::gap_text(employer.hours, row.hours);
            Some((
                self.whose(&row.who),
                format!("会社 {}   この記録 {}   {gap}", span(employer.hours), span(row.hours)),
            ))
        };
        rows.filter_map(gap).collect()
    }

    fn period(&self, file: &ReadFile) -> String {
        let open = || file.period.map(|period| (period.start, period.end));
        self.preview.span.or_else(open).map_or_else(String::new, |(first, last)| format!("{first} から {last}"))
    }

    fn readings(&self, question: &Question) -> Vec<ReadingChoice> {
        let choice = |reading: &Reading| {
            let (over, undecided) = over_and_undecided(reading);
            let persons = self.crossing(question, reading.notation);
            let name = reading.notation.label().to_owned();
            ReadingChoice { name, over, undecided, persons, possible: reading.is_possible }
        };
        question.readings.iter().map(choice).collect()
    }

    /// Whom a reading would flag: first those of whom the readings differ, then those above the line under each.
    fn crossing(&self, question: &Question, notation: Notation) -> Vec<(String, String)> {
        let read = |crossing: &Crossing| {
            let (_, hours, reach) = crossing.values.iter().find(|(found, ..)| *found == notation)?;
            if crossing.is_decided() && is_over(*reach) != Some(true) {
                return None;
            }
            let name = crossing.worker.as_ref().map_or_else(|| format!("{}行目", crossing.line), |id| self.name(id));
            let undecided = if is_over(*reach).is_none() { "  未定" } else { "" };
            Some((name, format!("{}{undecided}", span(*hours))))
        };
        let (agreed, open): (Vec<_>, Vec<_>) = question.people.iter().partition(|row| row.is_decided());
        open.into_iter().chain(agreed).filter_map(read).collect()
    }

    /// Whose flag would change; nothing while it is open how the column reads.
    fn flags(&self, file: &ReadFile) -> Vec<FlagChange> {
        if self.preview.question.is_some() {
            return Vec::new();
        }
        let incoming = self.desk.intake_of_hours(file, self.preview.clone());
        incoming.and_then(|incoming| flag_changes::of(self.desk, self.site, &incoming)).unwrap_or_default()
    }
}

/// Shows what every file has besides what it brings: questions, rows that are left, and what is to be known before it is
/// taken in; over what it says of itself.
pub(super) fn told(
    desk: &Desk,
    file: &ReadFile,
    left: Left<'_>,
    strangers: Option<Strangers>,
    itself: ImportPreview,
) -> ImportPreview {
    ImportPreview {
        kind: file.kind,
        rows: left.rows,
        doubtful: left.doubtful.iter().map(|row| desk.asked(&file.site, file.kind, row)).collect(),
        refused: left.refused.iter().map(|row| (place(row.line), row.why.to_string())).collect(),
        ignored: left.ignored.iter().map(|row| (place(row.line), row.why.to_string())).collect(),
        strangers: strangers.map(|found| (found.known, found.people)),
        is_ours: file.decisions.are_ours,
        known_since: known_since(desk, file),
        ..itself
    }
}

/// Whose total and overtime, both by the employer's word, would come to other tiers in one period, with both figures.
pub fn contradictions(desk: &Desk, site: &EstablishmentId, preview: &Preview) -> Vec<(Id, String)> {
    let Some(site) = desk.site(site).ok().filter(|_| preview.series == Series::Employer) else { return Vec::new() };
    let rows = preview.added.iter().chain(&preview.changed);
    let told = rows.filter_map(|row| {
        let Who::Known(worker) = &row.who else { return None };
        let value = (row.period, preview.measure, row.hours);
        Some((worker.clone(), second_series::contradicting(desk.law(), site, worker, value)?))
    });
    told.collect()
}

/// The day on which the same bytes were taken in, while that batch stands.
fn known_since(desk: &Desk, file: &ReadFile) -> Option<Day> {
    let site = desk.site(&file.site).ok()?;
    let is_same = |batch: &&Batch| batch.sha256 == file.sha256() && batch.undone_on.is_none();
    site.batches.iter().rev().find(is_same).map(|batch| batch.day)
}

pub(super) fn place(line: u32) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

/// A value as it is shown: one figure, or what it lies between.
fn span(hours: Hours) -> String {
    let [low, high] = [hours.low, hours.high].map(clock);
    if low == high { low } else { format!("{low}-{high}") }
}

fn chosen(notation: Option<Notation>, question: Option<&Question>) -> Option<usize> {
    let readings = &question?.readings;
    notation.and_then(|notation| readings.iter().position(|reading| reading.notation == notation))
}

/// A file whose columns are not settled: what is missing, and the columns to choose from.
pub(super) fn unmapped(file: &ReadFile) -> ImportPreview {
    let problem = file.proposal.missing.as_ref().map(ToString::to_string);
    ImportPreview { kind: file.kind, rows: file.table.row_count(), problem, ..of_file(file) }
}

/// What the file says of itself: encoding or sheet, the row of the header, and why.
pub(super) fn of_file(file: &ReadFile) -> ImportPreview {
    let table = &file.table;
    let source = match table.header_row {
        0 => "貼り付けた行".to_owned(),
        row => format!("{} 見出し {row}行目", table.encoding.label()),
    };
    ImportPreview {
        source,
        sheets: table.sheet.as_ref().map(|sheet| sheet.names.clone()).unwrap_or_default(),
        sheet: table.sheet.as_ref().and_then(|sheet| sheet.number.checked_sub(1)),
        columns: columns::rows(file),
        sum: columns::sum(file),
        reason: if table.header_row == 0 { String::new() } else { table.reason.trim_end_matches('。').to_owned() },
        ..ImportPreview::default()
    }
}

/// Row, column and reason of a row that cannot be taken.
pub(super) fn refused(row: &Refusal) -> (usize, String) {
    let told = row.column.map_or_else(|| row.why.to_string(), |column| format!("{column}列目  {}", row.why));
    (place(row.line), told)
}

pub(super) fn mapping(file: &ReadFile) -> Vec<(String, String)> {
    let used = file.proposal.reasons.iter().filter(|reason| reason.is_used);
    let header = |column: usize| file.table.header.get(column).cloned().unwrap_or_default();
    used.map(|reason| (header(reason.column), reason.text.to_owned())).collect()
}
