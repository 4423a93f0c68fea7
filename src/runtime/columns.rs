//! 列の対応 of the file that is being looked at: what each column is taken for, where the hours come from, how its numbers
//! read, and what no column tells; each can be changed by hand.

use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, ReadOptions, columns, missing};
use super::jobs::show;
use super::periods;
use crate::app::Event;
use crate::app::host::MappingRow;
use crate::domain::Period;
use crate::domain::hours::{BatchKind, Series};
use crate::import::calendar;
use crate::import::folding::Field;
use crate::import::notation::Notation;
use crate::import::profile::{Part, Reason, Role, fixed_hint};

/// Above the columns of a file of hours stands where the hours come from.
const SOURCE: &str = "時間の出どころ";
/// Then how bare numbers read.
const READING: &str = "数字の読み方";
/// Then to which period rows belong that say none.
const PERIOD: &str = "期間";
/// What stands where a column has an example.
const NO_COLUMN: &str = "列にないとき";
/// Rows in which an example is looked for.
const FIRST: usize = 20;
/// A value that is not fixed.
const OPEN: &str = "決めない";

/// A row of 列の対応.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Source,
    Reading,
    Period,
    Column(usize),
    Fixed(Field),
}

/// The rows, in the order in which they stand.
fn places(file: &ReadFile) -> Vec<Place> {
    let mut places = Vec::new();
    if file.kind == BatchKind::Hours {
        places.extend([Place::Source, Place::Reading]);
        places.extend(periods::is_open(file).then_some(Place::Period));
    }
    // Above the columns: below the sixtieth question nobody would look for them.
    places.extend(file.proposal.profile.fixable(file.kind).into_iter().map(Place::Fixed));
    places.extend((0..file.table.header.len()).map(Place::Column));
    places
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
            Some(Place::Reading) => {
                expect(&mut file, choice);
                Ok(())
            }
            Some(Place::Period) => {
                choose_period(&mut file, choice);
                Ok(())
            }
            Some(Place::Column(column)) => {
                give(&mut file, *column, choice);
                Ok(())
            }
            Some(Place::Fixed(_)) | None => Ok(()),
        };
        file.proposal.missing = file.proposal.missing.take().or_else(|| periods::missing(&file));
        self.read = Some(file);
        chosen?;
        show(self)
    }

    /// Fixes what was typed for the row of a field that no column tells, or takes it away where nothing was typed, and
    /// shows the file so. Another row changes nothing.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`]; the value cannot be one of that field, and then nothing changes; what the preview says.
    pub(super) fn fix_value(&mut self, row: usize, text: &str) -> Result<Vec<Event>, RuntimeError> {
        let file = self.read.as_mut().ok_or(RuntimeError::NothingRead)?;
        if let Some(Place::Fixed(field)) = places(file).get(row) {
            file.proposal.profile.fix(*field, text)?;
            file.proposal.missing = missing(&file.proposal.profile, file.kind, &file.table);
        }
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

/// A hint, no word: where it would change whom the law reaches, the reading is still asked.
fn expect(file: &mut ReadFile, choice: usize) {
    file.proposal.profile.notation = choice.checked_sub(1).and_then(|place| Notation::OF_NUMBERS.get(place)).copied();
    file.notation = None;
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
    let open = file.proposal.missing.take().and_then(|lacking| lacking.open_without(column));
    file.proposal.missing = missing(&file.proposal.profile, file.kind, &file.table).or(open);
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
        Place::Reading => reading(file),
        Place::Period => period(file),
        Place::Column(index) => column(file, index, &labels),
        Place::Fixed(field) => fixed(file, field),
    };
    places(file).into_iter().map(row).collect()
}

/// `残業時間 = 残業 + 深夜残業`: the columns of time, where several make one value.
pub(super) fn sum(file: &ReadFile) -> Option<String> {
    let (profile, header) = (&file.proposal.profile, &file.table.header);
    let summed = profile.columns.iter().filter(|(role, _)| *role == Role::Hours);
    let names: Vec<&str> =
        summed.filter_map(|(_, column)| header.get(column.find(header)?)).map(String::as_str).collect();
    (names.len() > 1).then(|| format!("{} = {}", profile.measure.label(), names.join(" + ")))
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
        is_settled: part != Some(Part::Unused),
        typed: None,
        is_column: true,
    }
}

/// What kind of cell stands first in the column: the cell itself is somebody's name, hours or result, and somebody may
/// look over the physician's shoulder.
fn example(file: &ReadFile, index: usize) -> String {
    let cells = file.table.rows.iter().take(FIRST).map(|row| row.cells.get(index));
    cells.map(str::trim).find(|cell| !cell.is_empty()).map_or_else(|| "空".to_owned(), kind_word)
}

fn kind_word(cell: &str) -> String {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(char::is_numeric);
    let parts: Vec<&str> = cell.split(['.', '．']).collect();
    let clock: Vec<&str> = cell.split([':', '：']).collect();
    match (parts.as_slice(), clock.as_slice()) {
        _ if calendar::date(cell).is_some() => "日付".to_owned(),
        ([whole, behind], _) if is_number(whole) && is_number(behind) => format!("小数 下{}桁", behind.chars().count()),
        (_, [hours, rest @ ..]) if !rest.is_empty() && is_number(hours) && rest.iter().all(|part| is_number(part)) => {
            "時:分".to_owned()
        }
        _ if is_number(cell) => format!("数字 {}桁", cell.chars().count()),
        _ => format!("文字 {}字", cell.chars().count()),
    }
}

fn source(file: &ReadFile) -> MappingRow {
    let series = file.proposal.profile.series;
    let choices = Series::ALL.iter().map(|series| source_word(*series).to_owned()).collect();
    chosen(SOURCE, choices, Series::ALL.iter().position(|other| *other == series))
}

fn reading(file: &ReadFile) -> MappingRow {
    let hint = file.notation.or(file.proposal.profile.notation);
    let place = hint.and_then(|hint| Notation::OF_NUMBERS.iter().position(|other| *other == hint));
    let words = Notation::OF_NUMBERS.iter().map(|notation| reading_word(*notation).to_owned());
    let choices = std::iter::once("決めない 判らなければ尋ねる".to_owned()).chain(words).collect();
    chosen(READING, choices, Some(place.map_or(0, |place| place + 1)))
}

const fn reading_word(notation: Notation) -> &'static str {
    match notation {
        Notation::Sexagesimal => "60進 1.30 は 1時間30分",
        Notation::Decimal => "10進 1.50 は 1時間30分",
        Notation::Minutes => "分 90 は 1時間30分",
        Notation::Days => "日数 0.0625 は 1時間30分",
        Notation::Clock => "時:分のまま読む",
    }
}

fn period(file: &ReadFile) -> MappingRow {
    let word = |period: &Period| format!("{} から {}", period.start, period.end);
    let choices = file.offered.iter().map(word).collect();
    let place = file.offered.iter().position(|period| Some(*period) == file.period);
    MappingRow { example: NO_COLUMN.to_owned(), ..chosen(PERIOD, choices, place) }
}

/// A row of one choice among words, that of `place`.
fn chosen(heading: &str, choices: Arc<[String]>, place: Option<usize>) -> MappingRow {
    let words = place.and_then(|place| choices.get(place)).map_or(OPEN, String::as_str).to_owned();
    let is_settled = place.is_some();
    MappingRow {
        heading: heading.to_owned(),
        example: String::new(),
        choices,
        chosen: place,
        words,
        is_settled,
        typed: None,
        is_column: false,
    }
}

fn fixed(file: &ReadFile, field: Field) -> MappingRow {
    let value = file.proposal.profile.fixed.get(&field).cloned().unwrap_or_default();
    MappingRow {
        heading: field.label().to_owned(),
        example: NO_COLUMN.to_owned(),
        choices: [fixed_hint(field).to_owned()].into(),
        chosen: None,
        words: if value.is_empty() { OPEN.to_owned() } else { format!("全員 {value}") },
        is_settled: !value.is_empty(),
        typed: Some(value),
        is_column: false,
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

#[cfg(test)]
mod tests {
    use super::kind_word;

    #[test]
    fn a_column_shows_what_kind_of_cell_it_holds_and_no_cell() {
        for (cell, word) in [
            ("4017", "数字 4桁"),
            ("４０１７", "数字 4桁"),
            ("1.30", "小数 下2桁"),
            ("257:10", "時:分"),
            ("8:30:00", "時:分"),
            ("2026/10/1", "日付"),
            ("R8.10.1", "日付"),
            ("見本 太郎", "文字 5字"),
            ("1時間30分", "文字 6字"),
            (":", "文字 1字"),
            (".5", "文字 2字"),
        ] {
            assert_eq!(kind_word(cell), word);
        }
    }
}
