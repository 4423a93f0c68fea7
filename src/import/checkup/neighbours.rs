//! One examination under two days that follow one another: the same values are asked about, and never two silently.
//!
//! Knows days and values. Must not know people.

use std::collections::HashMap;

use super::super::aside::{Doubtful, Judged};
use super::super::people::{Decisions, PersonKey};
use super::super::reason::Doubt;
use super::Exam;
use crate::domain::{Day, Id};

type Row = (Exam, PersonKey);

/// Lays the rows aside that say the same of one person on neighbouring days, unless that is answered.
pub(super) fn laid_aside(mut judged: Judged<Row>, given: &Decisions) -> Judged<Row> {
    let mut asked = asked(&judged.taken, given).into_iter();
    let (out, taken): (Vec<Row>, Vec<Row>) =
        std::mem::take(&mut judged.taken).into_iter().partition(|_| asked.next().unwrap_or(false));
    judged.taken = taken;
    judged.doubtful.extend(out.into_iter().map(question));
    judged
}

fn question((exam, person): Row) -> Doubtful {
    Doubtful { line: exam.line, person, candidates: vec![exam.worker], why: Doubt::NextDay }
}

/// For every row whether it is a question.
fn asked(rows: &[Row], given: &Decisions) -> Vec<bool> {
    let is_open = |exam: &Exam| !given.settled.contains(&(exam.line, Doubt::NextDay)) && !exam.cells.is_empty();
    let mut days: HashMap<(&Id, Day), Vec<&Exam>> = HashMap::with_capacity(rows.len());
    for (exam, _) in rows.iter().filter(|(exam, _)| is_open(exam)) {
        days.entry((&exam.worker, exam.day)).or_default().push(exam);
    }
    let has_twin = |exam: &Exam| {
        let beside = [exam.day.pred_opt(), exam.day.succ_opt()].into_iter().flatten();
        let mut others = beside.filter_map(|day| days.get(&(&exam.worker, day))).flatten();
        others.any(|other| other.cells == exam.cells)
    };
    rows.iter().map(|(exam, _)| is_open(exam) && has_twin(exam)).collect()
}
