//! One row of a clinic's file: its person, its day, its words and its values.

use chrono::Datelike;

use super::super::folding::{self, Field};
use super::super::profile::{ItemRole, Located};
use super::super::reason::{Skip, Why};
use super::super::source::{SourceRow, Table};
use super::super::{EARLIEST_YEAR, calendar, profile};
use super::dashes::Dashes;
use super::merge::merged;
use super::unread::{self, Unread};
use super::{Input, Out};
use crate::domain::Day;
use crate::domain::checkup::several::{self, Told};
use crate::domain::checkup::{self, Cell, Cells, CheckupKind, Manner, Reading, Standing, Value, read_as};

/// The columns of a file, with how their cells are written.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a> {
    pub located: &'a Located,
    pub manners: &'a [Manner],
    pub dashes: &'a Dashes,
}

/// What a row says about one examination.
pub(super) struct Read {
    pub day: Day,
    pub kind: Option<CheckupKind>,
    pub clinic: String,
    pub judgement: String,
    pub words: String,
    pub cells: Cells,
    /// Values that could not be read.
    pub unread: Vec<Unread>,
}

/// Marks that say that a column of a clinic's words does not hold for this person.
const NO_MARKS: &[&str] = &["", "-", "0", "×", "x", "なし", "無", "否", "非該当", "不要"];
/// Marks that say that the heading itself holds.
const MARKS: &[&str] = &["○", "◯", "〇", "●", "1", "レ", "✓", "あり", "有", "要", "該当"];

impl Read {
    pub(super) fn of(row: &SourceRow, columns: &Columns<'_>, input: &Input<'_>) -> Result<Self, Out> {
        let (located, header) = (columns.located, &input.table.header);
        let (cells, unread) = values(row, columns, input);
        let judgement = located.text(row, Field::Judgement).trim().to_owned();
        let words = words(row, located, header, &judgement);
        let day = match located.text(row, Field::ExamDay) {
            text if is_silent(text) && is_silent(&words) && says_nothing(&cells) => {
                return Err(Out::Ignored(Skip::NoExam));
            }
            text => examined_on(text, input.day)
                .map_err(|why| Out::Refused(located.refusal(row.line, Field::ExamDay, why)))?,
        };
        let text = |field| located.text(row, field).trim().to_owned();
        let kind = kind(&text(Field::ExamKind)).map_err(|out| out.at(row, located))?;
        Ok(Self { day, kind, clinic: text(Field::Clinic), judgement, words, cells, unread })
    }
}

/// Nothing, or a dash in its place.
fn is_silent(text: &str) -> bool {
    matches!(checkup::standing(text), Standing::Nothing | Standing::Dash)
}

/// Whether no value was measured: the row is of somebody who did not come.
fn says_nothing(cells: &Cells) -> bool {
    cells.all().iter().all(|cell| cell.value == Value::NotDone)
}

fn examined_on(text: &str, today: Day) -> Result<Day, Why> {
    let day = calendar::date(text).ok_or(Why::NotDate)?;
    if day > today || day.year() < EARLIEST_YEAR { Err(Why::DateOutOfRange) } else { Ok(day) }
}

/// For every column of an item how its cells are written: asked once a file, not once a cell.
pub(super) fn manners(located: &Located, table: &Table) -> Vec<Manner> {
    let cells = |index: usize| table.rows.iter().map(move |row| row.cells.get(index));
    let manner = |(role, index): &(ItemRole, usize)| match (role, table.header.get(*index)) {
        (ItemRole::Value(column), Some(heading)) => {
            checkup::compared(checkup::manner(heading, *column), *column, cells(*index))
        }
        (ItemRole::Judgement(_), Some(heading)) => {
            checkup::judged(heading).map(|found| found.manner).unwrap_or_default()
        }
        _ => Manner::default(),
    };
    located.items.iter().map(manner).collect()
}

/// Every item once, with what is doubtful in it.
fn values(row: &SourceRow, columns: &Columns<'_>, input: &Input<'_>) -> (Cells, Vec<Unread>) {
    let Columns { located, manners, dashes } = *columns;
    let mut told: Vec<Told> = Vec::with_capacity(located.items.len());
    for ((role, index), manner) in located.items.iter().zip(manners) {
        let (ItemRole::Value(column), text) = (role, row.cells.get(*index)) else { continue };
        let Reading::Cells(read) = read_as(*column, text, *manner) else { continue };
        let settled = read.into_iter().map(|cell| dashes.settled(row, text, cell));
        told.extend(settled.map(|cell| Told { cell, which: manner.which, column: *index }));
    }
    let (mut cells, unread) = unread::answered(row.line, merged(told, &input.table.header), input.decisions);
    judge(row, (located, manners), &mut cells);
    let mut cells = Cells::new(cells);
    cells.fold();
    (cells, unread)
}

/// Puts the clinic's judgement of an item beside its value, as it came.
fn judge(row: &SourceRow, (located, manners): (&Located, &[Manner]), cells: &mut [Cell]) {
    for ((role, index), manner) in located.items.iter().zip(manners) {
        let profile::ItemRole::Judgement(item) = role else { continue };
        let waits = |cell: &&mut Cell| {
            cell.item == *item && cell.judgement.is_empty() && several::is_judged_by(cell, manner.which)
        };
        if let Some(cell) = cells.iter_mut().find(waits) {
            row.cells.get(*index).trim().clone_into(&mut cell.judgement);
        }
    }
}

/// The judgement and every word of the clinic; a mark alone is told by its heading.
fn words(row: &SourceRow, located: &Located, header: &[String], judgement: &str) -> String {
    let remark = |index: &usize| {
        let text = row.cells.get(*index).trim();
        let folded = folding::fold(text);
        match folded.as_ref() {
            mark if NO_MARKS.contains(&mark) => None,
            mark if MARKS.contains(&mark) => header.get(*index).map(String::as_str),
            _ => Some(text),
        }
    };
    let told = std::iter::once(judgement).filter(|text| !text.is_empty());
    told.chain(located.remarks.iter().filter_map(remark)).collect::<Vec<_>>().join(" ")
}

/// Words in the column of the kind that name no kind of examination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKind {
    /// 保健指導: nobody was examined.
    Guidance,
    /// Words that deny a kind, or leave it open.
    Unclear,
}

impl NoKind {
    fn at(self, row: &SourceRow, located: &Located) -> Out {
        match self {
            Self::Guidance => Out::Ignored(Skip::NotExam),
            Self::Unclear => Out::Refused(located.refusal(row.line, Field::ExamKind, Why::NotKind)),
        }
    }
}

/// 健診の種類 by its words; none where the file does not say, or names a course of the clinic's own.
pub(super) fn kind(text: &str) -> Result<Option<CheckupKind>, NoKind> {
    const WORDS: &[(&str, CheckupKind)] = &[
        ("雇入", CheckupKind::Hire),
        ("雇い入れ", CheckupKind::Hire),
        ("入社時", CheckupKind::Hire),
        ("特定業務", CheckupKind::Specified),
        ("海外", CheckupKind::Overseas),
        ("自発", CheckupKind::OwnChoice),
        ("特殊", CheckupKind::Special),
        ("有機", CheckupKind::Special),
        ("鉛", CheckupKind::Special),
        ("特化", CheckupKind::Special),
        ("特定化学", CheckupKind::Special),
        ("電離", CheckupKind::Special),
        ("石綿", CheckupKind::Special),
        ("じん肺", CheckupKind::Special),
        ("高気圧", CheckupKind::Special),
        ("二次", CheckupKind::Secondary),
        ("2次", CheckupKind::Secondary),
        ("定期", CheckupKind::Periodic),
    ];
    let folded = folding::fold(text);
    if folded.contains("保健指導") {
        return Err(NoKind::Guidance);
    }
    if folded.contains("定期外") || folded.contains("定期以外") {
        return Err(NoKind::Unclear);
    }
    Ok(WORDS.iter().find(|(word, _)| folded.contains(word)).map(|(_, kind)| *kind))
}
