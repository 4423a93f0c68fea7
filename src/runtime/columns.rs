//! 列の対応 of the file that is being looked at: what each column is taken for, and where the hours come from, changed by hand.

use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, ReadOptions, columns, missing};
use super::jobs::show;
use super::periods;
use crate::app::Event;
use crate::app::host::MappingRow;
use crate::domain::hours::{BatchKind, Series};
use crate::import::folding::Field;
use crate::import::profile::{Part, Reason};

/// Above the columns of a file of hours stands where the hours come from.
const SOURCE: &str = "時間の出どころ";
/// Below it, where the rows of the file do not say it.
const PERIOD: &str = "期間";

impl Desk {
    /// Gives a row of the mapping its choice of that place and shows the file so. An unknown row or choice changes nothing.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`], and what the preview says.
    pub(super) fn choose_part(&mut self, row: usize, choice: usize) -> Result<Vec<Event>, RuntimeError> {
        let mut file = self.read.take().ok_or(RuntimeError::NothingRead)?;
        let chosen = match row.checked_sub(rows_above(&file)) {
            Some(column) => {
                give(&mut file, column, choice);
                Ok(())
            }
            None if row == 0 => self.choose_series(&mut file, choice),
            None => {
                choose_period(&mut file, choice);
                Ok(())
            }
        };
        file.proposal.missing = file.proposal.missing.take().or_else(|| periods::missing(&file));
        self.read = Some(file);
        chosen?;
        show(self)
    }

    /// A mapping that was kept for that source counts; else the columns stay, and are kept beside the other source's.
    fn choose_series(&self, file: &mut ReadFile, choice: usize) -> Result<(), RuntimeError> {
        let Some(series) = Series::ALL.get(choice).copied() else { return Ok(()) };
        let options = ReadOptions { series: Some(series), ..ReadOptions::of(file.kind) };
        let (proposal, recognised) = columns(self.site(&file.site)?, &file.table, &options)?;
        if recognised.is_some() {
            file.proposal = proposal;
        }
        file.recognised = recognised;
        file.proposal.profile.series = series;
        Ok(())
    }
}

/// Of a file of hours: where they come from, and the period where no row says one.
fn rows_above(file: &ReadFile) -> usize {
    usize::from(file.kind == BatchKind::Hours) + usize::from(periods::is_open(file))
}

/// Counts all rows to a period; an unknown choice changes nothing.
fn choose_period(file: &mut ReadFile, choice: usize) {
    let Some(period) = file.offered.get(choice).copied() else { return };
    (file.period, file.is_period_told) = (Some(period), true);
    // What else is lacking is still lacking.
    file.proposal.missing = file.proposal.missing.take().filter(|lacking| !periods::is_answered_by_period(lacking));
}

fn give(file: &mut ReadFile, column: usize, choice: usize) {
    let Some(part) = Part::of_kind(file.kind).get(choice).copied() else { return };
    file.proposal.profile.give(&file.table.header, column, part);
    file.proposal.missing = missing(&file.proposal.profile, file.kind, &file.table);
    file.proposal.reasons = reasons(file, column, part);
}

/// The reasons of the columns as they are used now; the one that was chosen says so.
fn reasons(file: &ReadFile, chosen: usize, part: Part) -> Vec<Reason> {
    let (profile, header) = (&file.proposal.profile, &file.table.header);
    let is_used = |column: usize| profile.part_of(header, column) != Some(Part::Unused);
    let others = file.proposal.reasons.iter().filter(|reason| reason.column != chosen && is_used(reason.column));
    let field = if let Part::Field(field) = part { field } else { Field::Unused };
    let told = Reason { column: chosen, field, is_used: is_used(chosen), text: "手で選んだ列です。" };
    let mut reasons: Vec<Reason> = others.cloned().chain([told]).collect();
    reasons.sort_by_key(|reason| reason.column);
    reasons
}

/// The source of the hours and their period, then every column with the part it plays and what it may play.
pub(super) fn rows(file: &ReadFile) -> Vec<MappingRow> {
    let parts = Part::of_kind(file.kind);
    if parts.is_empty() {
        return Vec::new();
    }
    let choices: Arc<[String]> = parts.iter().map(|part| part.label().to_owned()).collect();
    let profile = &file.proposal.profile;
    let columns = file.table.header.iter().enumerate().map(|(index, heading)| {
        let part = profile.part_of(&file.table.header, index);
        let chosen = part.and_then(|part| parts.iter().position(|other| *other == part));
        let example = file.table.rows.first().map_or("", |row| row.cells.get(index)).to_owned();
        MappingRow { heading: heading.clone(), example, choices: Arc::clone(&choices), chosen }
    });
    source(file).into_iter().chain(period(file)).chain(columns).collect()
}

fn period(file: &ReadFile) -> Option<MappingRow> {
    if !periods::is_open(file) {
        return None;
    }
    let offered = &file.offered;
    let chosen = file.period.and_then(|period| offered.iter().position(|other| *other == period));
    let choices = offered.iter().map(|period| format!("{} から {}", period.start, period.end)).collect();
    Some(MappingRow { heading: PERIOD.to_owned(), example: String::new(), choices, chosen })
}

fn source(file: &ReadFile) -> Option<MappingRow> {
    let chosen = Series::ALL.iter().position(|series| *series == file.proposal.profile.series);
    let choices = Series::ALL.iter().map(|series| source_word(*series).to_owned()).collect();
    let row = || MappingRow { heading: SOURCE.to_owned(), example: String::new(), choices, chosen };
    (file.kind == BatchKind::Hours).then(row)
}

/// Where hours come from, in words.
pub(super) const fn source_word(series: Series) -> &'static str {
    match series {
        Series::Employer => "会社",
        Series::Worker => "本人の申告",
        Series::Reference => "入退館などの記録",
    }
}
