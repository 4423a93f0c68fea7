//! One examination under two days that follow one another: the same values are asked about, and never two silently.
//!
//! Knows days and values, those on record among them where it is handed them. Must not know people.

use std::collections::HashMap;

use super::super::aside::{Doubtful, Judged};
use super::super::people::{Decisions, PersonKey};
use super::super::reason::Doubt;
use super::{Exam, Preview};
use crate::domain::checkup::{Cell, Cells, CheckupSheet};
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

/// Lays the examinations aside of which the same values are on record for a neighbouring day and none for the day itself,
/// unless that is answered. `known` are the sheets on record around the days of the file.
pub fn laid_beside(preview: &mut Preview, known: &[CheckupSheet], given: &Decisions, key: impl Fn(&Id) -> PersonKey) {
    let standing: HashMap<(&Id, Day), &Cells> =
        known.iter().map(|sheet| ((&sheet.worker, sheet.day), &sheet.cells)).collect();
    let is_twin = |exam: &Exam| {
        let is_answered = given.settled.contains(&(exam.line, Doubt::NextDay));
        let is_new = !standing.contains_key(&(&exam.worker, exam.day));
        let mut beside = days_beside(exam.day).filter_map(|day| standing.get(&(&exam.worker, day)));
        !is_answered && is_new && !exam.cells.is_empty() && beside.any(|cells| says_the_same(cells, &exam.cells))
    };
    let (out, exams): (Vec<Exam>, Vec<Exam>) = std::mem::take(&mut preview.exams).into_iter().partition(is_twin);
    preview.exams = exams;
    let lines: Vec<u32> = out.iter().map(|exam| exam.line).collect();
    preview.unread.retain(|value| !lines.contains(&value.line));
    let asked = out.into_iter().map(|exam| (key(&exam.worker), exam)).map(|(person, exam)| question((exam, person)));
    preview.doubtful.extend(asked);
    preview.doubtful.sort_by_key(|row| row.line);
}

fn days_beside(day: Day) -> impl Iterator<Item = Day> {
    [day.pred_opt(), day.succ_opt()].into_iter().flatten()
}

/// Whether two sheets hold the same values, however they were written.
fn says_the_same(one: &Cells, other: &Cells) -> bool {
    let is_in = |cell: &Cell| other.get(cell.item).is_some_and(|known| known.value == cell.value);
    one.all().len() == other.all().len() && one.all().iter().all(is_in)
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
        let mut others = days_beside(exam.day).filter_map(|day| days.get(&(&exam.worker, day))).flatten();
        others.any(|other| other.cells == exam.cells)
    };
    rows.iter().map(|(exam, _)| is_open(exam) && has_twin(exam)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checkup::CheckupKind;

    fn cells(packed: &str) -> Cells {
        Cells::unpack(packed).unwrap()
    }

    fn exam(line: u32, day: &str, packed: &str) -> Exam {
        Exam {
            line,
            worker: Id::parse("E01-W0001").unwrap(),
            day: day.parse().unwrap(),
            kind: None,
            clinic: String::new(),
            judgement: String::new(),
            words: String::new(),
            cells: cells(packed),
        }
    }

    fn sheet(day: &str, packed: &str) -> CheckupSheet {
        CheckupSheet {
            id: Id::parse("E01-R0001").unwrap(),
            checkup: Id::parse("E01-R0002").unwrap(),
            worker: Id::parse("E01-W0001").unwrap(),
            day: day.parse().unwrap(),
            kind: CheckupKind::Periodic,
            clinic: String::new(),
            clinic_text: String::new(),
            cells: cells(packed),
            source: String::new(),
            source_row: 1,
        }
    }

    #[test]
    fn the_same_values_as_on_record_a_day_before_are_a_question() {
        let asked = |known: &[CheckupSheet], given: &Decisions| {
            let exams = vec![exam(2, "2026-10-06", "ast 22.0\nalt 30\n"), exam(3, "2026-09-01", "ast 22\nalt 30\n")];
            let mut preview = Preview { rows: 2, exams, ..Preview::default() };
            let key = |_: &Id| PersonKey { number: "101".to_owned(), name: String::new() };
            laid_beside(&mut preview, known, given, key);
            assert_eq!(preview.accounted(), 2);
            preview.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>()
        };
        let twin = sheet("2026-10-05", "alt 30\nast 22\n");
        let plain = Decisions::default();
        assert_eq!(asked(std::slice::from_ref(&twin), &plain), [(2, Doubt::NextDay)], "in any order and spelling");
        let answered = Decisions { settled: [(2, Doubt::NextDay)].into(), ..Decisions::default() };
        assert_eq!(asked(std::slice::from_ref(&twin), &answered), []);
        let own = [twin, sheet("2026-10-06", "ast 22\nalt 30\n")];
        assert_eq!(asked(&own, &plain), [], "what stands on the day itself is that examination");
        for other in ["ast 22\nalt 31\n", "ast 22\n", "ast 22\nalt 30\nggt 9\n"] {
            assert_eq!(asked(&[sheet("2026-10-05", other)], &plain), [], "{other}");
        }
        assert_eq!(asked(&[sheet("2026-10-04", "ast 22\nalt 30\n")], &plain), [], "two days before");
    }
}
