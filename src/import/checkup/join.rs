//! Rows of one person and day that are one examination, a row a panel: joined by the physician's word.
//!
//! Knows cells and answers. Must not decide that rows belong together, nor between values that contradict each other:
//! those are asked like every value that could not be read.

use std::collections::{HashMap, HashSet};

use super::super::people::PersonKey;
use super::super::profile::{ItemRole, Located};
use super::super::reason::Doubt;
use super::unread::{self, Unread};
use super::{Exam, Input};
use crate::domain::checkup::heading::Which;
use crate::domain::checkup::several::{self, Told};
use crate::domain::checkup::{Cell, Cells, Item, Judgement, Value};
use crate::domain::{Day, Id};

/// What stands between two words that stood in two rows.
const BETWEEN: &str = "、";

type Row = (Exam, PersonKey);

/// The rows after the answers: those of one examination as one, with the lines that it holds besides its own.
pub(super) struct Joined {
    pub rows: Vec<Row>,
    pub lines: HashMap<u32, Vec<u32>>,
}

/// Joins every examination of which the physician said so at one of its rows; rows of two kinds stay apart.
pub(super) fn join(rows: Vec<Row>, unread: &mut Vec<Unread>, located: &Located, input: &Input<'_>) -> Joined {
    let is_told = |exam: &Exam| input.decisions.settled.contains(&(exam.line, Doubt::SameDayTwice));
    let mut groups: HashMap<(Id, Day), Vec<Row>> =
        rows.iter().filter(|(exam, _)| is_told(exam)).map(|(exam, _)| (at(exam), Vec::new())).collect();
    let mut joined = Joined { rows: Vec::with_capacity(rows.len()), lines: HashMap::new() };
    for row in rows {
        match groups.get_mut(&at(&row.0)) {
            Some(group) => group.push(row),
            None => joined.rows.push(row),
        }
    }
    for group in groups.into_values() {
        joined.take(group, unread, located, input);
    }
    joined.rows.sort_by_key(|(exam, _)| exam.line);
    joined
}

fn at(exam: &Exam) -> (Id, Day) {
    (exam.worker.clone(), exam.day)
}

/// Whether the rows name no two kinds of examination.
pub(super) fn are_of_one_kind<'e>(exams: impl Iterator<Item = &'e Exam>) -> bool {
    exams.filter_map(|exam| exam.kind).collect::<HashSet<_>>().len() <= 1
}

impl Joined {
    fn take(&mut self, group: Vec<Row>, unread: &mut Vec<Unread>, located: &Located, input: &Input<'_>) {
        if !are_of_one_kind(group.iter().map(|(exam, _)| exam)) {
            return self.rows.extend(group);
        }
        let (exams, mut keys): (Vec<Exam>, Vec<PersonKey>) = group.into_iter().unzip();
        let lines: Vec<u32> = exams.iter().map(|exam| exam.line).collect();
        let asked: Vec<Unread> = unread.extract_if(.., |value| lines.contains(&value.line)).collect();
        let columns = |item| columns(item, &asked, located);
        let (Some((exam, still)), Some(key)) = (one(exams, columns, input), keys.pop()) else { return };
        self.lines.insert(exam.line, lines.into_iter().filter(|line| *line != exam.line).collect());
        unread.extend(still);
        self.rows.push((exam, key));
    }
}

/// The columns that tell an item, for the headings of a question.
fn columns(item: Item, asked: &[Unread], located: &Located) -> Vec<usize> {
    let known = asked.iter().find(|value| value.item == item).map(|value| value.columns.clone());
    let tells = |(role, index): &(ItemRole, usize)| match role {
        ItemRole::Value(column) => (column.item() == item).then_some(*index),
        ItemRole::Judgement(_) | ItemRole::Group(_) | ItemRole::Sample(_) | ItemRole::Unit(_) => None,
    };
    known.unwrap_or_else(|| located.items.iter().filter_map(tells).collect())
}

/// One examination of all rows, under the line of the first, and what is a question in it.
fn one(exams: Vec<Exam>, columns: impl Fn(Item) -> Vec<usize>, input: &Input<'_>) -> Option<(Exam, Vec<Unread>)> {
    let words = |pick: fn(&Exam) -> &str| distinct(exams.iter().map(pick));
    let (clinic, all_words) = (words(|exam| &exam.clinic), words(|exam| &exam.words));
    let kind = exams.iter().find_map(|exam| exam.kind);
    let judgement = judgement(&exams).to_owned();
    let settled = cells(&exams).into_iter().map(|cell| {
        let asked = if matches!(cell.value, Value::Doubtful(_)) { columns(cell.item) } else { Vec::new() };
        (cell, asked)
    });
    let first = exams.iter().min_by_key(|exam| exam.line)?;
    let (cells, unread) = unread::answered(first.line, None, settled.collect(), input.decisions);
    let mut cells = Cells::new(cells);
    cells.fold();
    let Exam { line, worker, day, .. } = first.clone();
    Some((Exam { line, worker, day, kind, clinic, judgement, words: all_words, cells }, unread))
}

fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut found: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found.join(BETWEEN)
}

/// A judgement that finds something goes before one that finds nothing: each panel has its own.
fn judgement(exams: &[Exam]) -> &str {
    let mut told = exams.iter().map(|exam| exam.judgement.as_str()).filter(|text| !text.is_empty());
    let first = told.clone().next();
    told.find(|text| Judgement::read(text) != Some(Judgement::Normal)).or(first).unwrap_or("")
}

/// Every item once; rows that contradict each other make a doubt that names them.
fn cells(exams: &[Exam]) -> Vec<Cell> {
    let mut groups: Vec<Vec<Told>> = Vec::new();
    for (place, exam) in exams.iter().enumerate() {
        for cell in exam.cells.all() {
            let told = Told { cell: cell.clone(), which: Which::Only, column: place };
            match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.cell.item == cell.item)) {
                Some(group) => group.push(told),
                None => groups.push(vec![told]),
            }
        }
    }
    let row = |place: usize| exams.get(place).map(|exam| format!("{}行目", exam.line));
    let one = |group: Vec<Told>| {
        let judgement = distinct(group.iter().map(|told| told.cell.judgement.as_str()));
        Some(Cell { judgement, ..several::settle(group, &row)? })
    };
    groups.into_iter().filter_map(one).collect()
}
