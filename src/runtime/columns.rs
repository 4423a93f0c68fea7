//! 列の対応 of the file that is being looked at: what each column is taken for, and where the hours come from, changed by hand.

use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, ReadOptions, columns, missing};
use super::jobs::show;
use crate::app::Event;
use crate::app::host::MappingRow;
use crate::domain::hours::{BatchKind, Series};
use crate::import::calendar;
use crate::import::folding::Field;
use crate::import::profile::{Part, Reason};

/// Above the columns of a file of hours stands where the hours come from.
const SOURCE: &str = "時間の出どころ";

/// A row of 列の対応.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Source,
    Column(usize),
}

/// The rows, in the order in which they stand.
fn places(file: &ReadFile) -> Vec<Place> {
    let source = (file.kind == BatchKind::Hours).then_some(Place::Source);
    source.into_iter().chain((0..file.table.header.len()).map(Place::Column)).collect()
}

impl Desk {
    /// Gives a row of the mapping its choice of that place and shows the file so. An unknown row or choice changes nothing.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`], and what the preview says.
    pub(super) fn choose_part(&mut self, row: usize, choice: usize) -> Result<Vec<Event>, RuntimeError> {
        let mut file = self.read.take().ok_or(RuntimeError::NothingRead)?;
        let chosen = match places(&file).get(row) {
            Some(Place::Source) => self.choose_series(&mut file, choice),
            Some(Place::Column(column)) => {
                give(&mut file, *column, choice);
                Ok(())
            }
            None => Ok(()),
        };
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

/// Every row with what it is and what it may be.
pub(super) fn rows(file: &ReadFile) -> Vec<MappingRow> {
    let labels: Arc<[String]> = Part::of_kind(file.kind).iter().map(|part| part.label().to_owned()).collect();
    let row = |place: Place| match place {
        Place::Source => source(file),
        Place::Column(index) => column(file, index, &labels),
    };
    places(file).into_iter().map(row).collect()
}

fn column(file: &ReadFile, index: usize, labels: &Arc<[String]>) -> MappingRow {
    let (profile, header) = (&file.proposal.profile, &file.table.header);
    let part = profile.part_of(header, index);
    MappingRow {
        heading: header.get(index).cloned().unwrap_or_default(),
        example: example(file, index),
        choices: Arc::clone(labels),
        chosen: part.and_then(|part| Part::of_kind(file.kind).iter().position(|other| *other == part)),
        words: profile.words_of(header, index),
    }
}

/// The cell of the first row; of the stress check no more than what kind of cell it is, because it is somebody's answer.
fn example(file: &ReadFile, index: usize) -> String {
    let cell = file.table.rows.first().map_or("", |row| row.cells.get(index));
    match file.kind {
        BatchKind::Stress | BatchKind::StressResults => shape_word(cell.trim()),
        _ => cell.to_owned(),
    }
}

fn shape_word(cell: &str) -> String {
    let count = cell.chars().count();
    match cell {
        "" => "空".to_owned(),
        _ if calendar::date(cell).is_some() => "日付".to_owned(),
        _ if cell.chars().all(char::is_numeric) => format!("数字 {count}桁"),
        _ => format!("文字 {count}字"),
    }
}

fn source(file: &ReadFile) -> MappingRow {
    let series = file.proposal.profile.series;
    MappingRow {
        heading: SOURCE.to_owned(),
        example: String::new(),
        choices: Series::ALL.iter().map(|series| source_word(*series).to_owned()).collect(),
        chosen: Series::ALL.iter().position(|other| *other == series),
        words: source_word(series).to_owned(),
    }
}

/// Where hours come from, in words.
pub(super) const fn source_word(series: Series) -> &'static str {
    match series {
        Series::Employer => "会社",
        Series::Worker => "本人の申告",
        Series::Reference => "入退館などの記録",
    }
}
