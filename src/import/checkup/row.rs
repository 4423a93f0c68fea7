//! One row of a clinic's file: its person, its day, its words and its values.

use super::super::aside;
use super::super::folding::{self, Field};
use super::super::profile::{ItemRole, Located};
use super::super::reason::{Doubt, Skip, Why};
use super::super::source::{SourceRow, Table};
use super::super::unexamined;
use super::copies::Copies;
use super::dashes::Dashes;
use super::day::{NoDay, examined_on};
use super::kind::{NoKind, kind};
use super::merge::merged;
use super::sample;
use super::unread::{self, Unread};
use super::{Input, Out};
use crate::domain::Day;
use crate::domain::checkup::several::{self, Told};
use crate::domain::checkup::{self, Cell, Cells, CheckupKind, Item, Manner, Reading, Standing, Value, beside, read_as};

/// The columns of a file, with how their cells are written.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a> {
    pub located: &'a Located,
    pub manners: &'a [Manner],
    pub dashes: &'a Dashes,
    pub copies: &'a Copies,
}

/// What a row says about one examination.
pub(super) struct Read {
    pub day: Day,
    pub kind: Result<Option<CheckupKind>, NoKind>,
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
            text if is_unexamined(text, &cells, &words) => return Err(Out::Ignored(Skip::NotExamined)),
            text if unexamined::says_so(text) => {
                let why = unexamined::contradicted(text);
                return Err(Out::Refused(located.refusal(row.line, Field::ExamDay, why)));
            }
            text => examined_on(text, input.day, input.decisions.short_years).map_err(|why| match why {
                NoDay::Refused(why) => Out::Refused(located.refusal(row.line, Field::ExamDay, why)),
                NoDay::ShortYear => Out::Doubtful(aside::named(row, located).key(), Vec::new(), Doubt::ShortYear),
            })?,
        };
        let text = |field| located.text(row, field).trim().to_owned();
        let kind = match kind(&text(Field::ExamKind)) {
            Err(NoKind::Guidance) => return Err(Out::Ignored(Skip::NotExam)),
            Err(NoKind::Denied) => return Err(Out::Refused(located.refusal(row.line, Field::ExamKind, Why::NotKind))),
            kind => kind,
        };
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

/// Whether a row says in words that nobody was examined, and brings nothing else.
fn is_unexamined(day: &str, cells: &Cells, words: &str) -> bool {
    let is_said = unexamined::says_so(day) || day.trim().is_empty() && !words.is_empty();
    is_said && words.split_whitespace().all(unexamined::says_so) && says_nothing(cells)
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
    let Columns { located, manners, dashes, copies } = *columns;
    let mut told: Vec<Told> = Vec::with_capacity(located.items.len());
    for ((role, index), manner) in located.items.iter().zip(manners) {
        let (ItemRole::Value(column), text) = (role, row.cells.get(*index)) else { continue };
        let unit = unit_beside(row, located, *index);
        let Reading::Cells(read) = read_with(*column, text, unit, *manner) else { continue };
        let settled = read.into_iter().map(|cell| dashes.settled(row, text, cell));
        told.extend(settled.map(|cell| Told { cell, which: manner.which, column: *index }));
    }
    sample::settle(&mut told, row, located);
    let mut merged = merged(told, &input.table.header);
    crossed(&mut merged);
    let (mut cells, unread) = unread::answered(row.line, copies.answered_at(row.line), merged, input.decisions);
    judge(row, (located, manners), &mut cells);
    let mut cells = Cells::new(cells);
    cells.fold();
    (cells, unread)
}

/// A systolic pressure that is not above the diastolic one: the columns were taken for each other, perhaps, so both are asked.
fn crossed(cells: &mut [(Cell, Vec<usize>)]) {
    const PRESSURES: [Item; 2] = [Item::Systolic, Item::Diastolic];
    let number = |item| {
        let cell = cells.iter().map(|(cell, _)| cell).find(|cell| cell.item == item)?;
        cell.value.number().map(|(_, number)| number)
    };
    if let [Some(systolic), Some(diastolic)] = PRESSURES.map(number)
        && systolic <= diastolic
    {
        let both = cells.iter_mut().map(|(cell, _)| cell).filter(|cell| PRESSURES.contains(&cell.item));
        both.for_each(|cell| cell.value = Value::Doubtful(checkup::Doubt::Crossed));
    }
}

/// The unit of a value where a column behind it tells it.
fn unit_beside<'r>(row: &'r SourceRow, located: &Located, index: usize) -> Option<&'r str> {
    let is_its = |(role, other): &&(ItemRole, usize)| matches!(role, ItemRole::Unit(_)) && *other == index + 1;
    let unit = located.items.iter().find(is_its).map(|(_, column)| row.cells.get(*column).trim())?;
    (checkup::is_unit(unit) || unit.contains('/')).then_some(unit)
}

/// Reads a cell with the unit beside it; what was read as a number keeps its own text.
fn read_with(column: checkup::Column, text: &str, unit: Option<&str>, manner: Manner) -> Reading {
    let Some(unit) = unit.filter(|_| text.trim_end().ends_with(char::is_numeric)) else {
        return read_as(column, text, manner);
    };
    let with_unit = format!("{}{unit}", text.trim());
    match read_as(column, &with_unit, manner) {
        Reading::Cells(cells) => {
            let as_came = |cell: Cell| match cell.value {
                Value::Number(..) if cell.text == with_unit => Cell { text: text.trim().to_owned(), ..cell },
                _ => cell,
            };
            Reading::Cells(cells.into_iter().map(as_came).collect())
        }
        Reading::Empty => Reading::Empty,
    }
}

/// Puts the clinic's judgement of an item beside its value, as it came; that of a group goes beside each of its items, with
/// the group's name.
fn judge(row: &SourceRow, (located, manners): (&Located, &[Manner]), cells: &mut [Cell]) {
    for ((role, index), manner) in located.items.iter().zip(manners) {
        let ItemRole::Judgement(item) = role else { continue };
        let is_its = |cell: &Cell| is_judged(*item, cell.item) && several::is_judged_by(cell, manner.which);
        if let Some(cell) = cells.iter_mut().find(|cell| cell.judgement.is_empty() && is_its(cell)) {
            row.cells.get(*index).trim().clone_into(&mut cell.judgement);
        }
    }
    // The judgement of one item says more than that of its group.
    for (role, index) in &located.items {
        if let ItemRole::Group(first) = role {
            judge_group(*first, row.cells.get(*index).trim(), cells);
        }
    }
}

/// Whether the judgement of an item is that of a value: 血糖判定 is that of what the sample made of 血糖 too.
fn is_judged(item: Item, value: Item) -> bool {
    let is_made = |word: &&str| beside::sampled_as(item, word) == Some(value);
    item == value || beside::is_of_either_sample(item) && ["空腹", "随時"].iter().any(is_made)
}

fn judge_group(first: Item, text: &str, cells: &mut [Cell]) {
    let Some(group) = beside::group_of(first).filter(|_| !text.is_empty()) else { return };
    let open = cells.iter_mut().filter(|cell| cell.judgement.is_empty() && group.items.contains(&cell.item));
    open.for_each(|cell| cell.judgement = format!("{} {text}", group.name));
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
