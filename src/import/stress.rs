//! Answers of the stress check: which column names the person, which hold the answers, whom a row is about.
//!
//! Knows columns and people. Must not know how answers are scored, nor whether they may be taken in at all. What a file
//! says about scores is not read: scores are computed from the answers.

use super::calendar;
use super::folding::{self, Field};
use super::people::{Decisions, Match, Named, People};
use super::source::{SourceRow, Table};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};

/// Questions of the two forms.
const LENGTHS: [usize; 2] = [57, 23];
/// Questions of the four parts, in their order: A1–A17, B1–B29, C1–C9, D1, D2.
const PARTS: [(char, usize); 4] = [('a', 17), ('b', 29), ('c', 9), ('d', 2)];
/// Words in the name of the column of the day.
const DAYS: [&str; 4] = ["回答日", "受検日", "実施日", "検査日"];
/// The name of a column of whole sheets; one bad sheet in it is then that row's fault only.
const SHEETS: [&str; 4] = ["回答", "回答文字列", "答え", "answers"];
/// Rows that are looked at to tell a column of answers.
const SAMPLE: usize = 50;

/// A file whose columns cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StressFileError {
    /// No column of employee numbers.
    #[error("社員番号の列が見つかりません。見出しに「社員番号」と書いて出し直してください。")]
    NoNumber,
    /// No answers, or more than one place that could be them.
    #[error(
        "回答の列が一つに決まりません。57問か23問の続いた列に q1、q2… と見出しを付けるか、57文字の1列にして出し直してください。"
    )]
    NoAnswers,
}

/// One row of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Line of the file, 1-based.
    pub line: u32,
    /// Whom it is about; none where nobody, or more than one, bears the number.
    pub worker: Option<Id>,
    /// Answered on, where the file says so.
    pub day: Option<Day>,
    /// One character a question: what stood there, `-` for nothing, `?` for what is no single character.
    pub answers: String,
}

/// Where things stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    number: usize,
    name: Option<usize>,
    day: Option<usize>,
    first: usize,
    count: usize,
}

/// Reads every row of a table; people are found by their number, and a name that does not fit makes nobody.
///
/// # Errors
/// The columns cannot be told.
pub fn read(table: &Table, roster: &[Worker]) -> Result<Vec<AnswerRow>, StressFileError> {
    let columns = columns(table)?;
    let decisions = Decisions::default();
    let people = People::new(roster, &decisions);
    Ok(table.rows.iter().map(|row| answer_row(row, &columns, &people)).collect())
}

fn answer_row(row: &SourceRow, columns: &Columns, people: &People<'_>) -> AnswerRow {
    let cell = |index: usize| row.cells.get(index).trim();
    let named = Named { number: cell(columns.number), name: columns.name.map_or("", cell), ..Named::default() };
    let found = match people.find(&named).who {
        Match::Known(index) if !named.number.is_empty() => people.worker(index),
        _ => None,
    };
    let answers = match columns.count {
        1 => cell(columns.first).to_owned(),
        count => (columns.first..columns.first + count).map(|index| one(cell(index))).collect(),
    };
    AnswerRow {
        line: row.line,
        worker: found.map(|worker| worker.id.clone()),
        day: columns.day.and_then(|index| calendar::date(cell(index))),
        answers,
    }
}

fn one(cell: &str) -> char {
    let mut characters = cell.chars();
    match (characters.next(), characters.next()) {
        (None, _) => '-',
        (Some(only), None) => only,
        _ => '?',
    }
}

fn columns(table: &Table) -> Result<Columns, StressFileError> {
    let field = |wanted: Field| table.header.iter().position(|name| folding::field_of(name) == Some(wanted));
    let folded: Vec<String> = table.header.iter().map(|name| folding::fold(name).into_owned()).collect();
    let number = field(Field::Number).or_else(|| folded.iter().position(|name| name == "id"));
    let number = number.ok_or(StressFileError::NoNumber)?;
    let day = folded.iter().position(|name| DAYS.iter().any(|word| name.contains(word)));
    let (first, count) = answers(table, &folded).ok_or(StressFileError::NoAnswers)?;
    Ok(Columns { number, name: field(Field::Name), day, first, count })
}

/// By the names of the columns, by one column of whole sheets, by the only run of columns that hold nothing else.
fn answers(table: &Table, folded: &[String]) -> Option<(usize, usize)> {
    let starts = |count: usize| (0..folded.len().saturating_sub(count - 1)).map(move |first| (first, count));
    let named = |(first, count): &(usize, usize)| {
        folded.get(*first..first + count).is_some_and(|names| is_numbered(names) || is_lettered(names))
    };
    if let Some(found) = LENGTHS.into_iter().flat_map(starts).find(named) {
        return Some(found);
    }
    if let Some(index) = folded.iter().position(|name| SHEETS.contains(&name.as_str())) {
        return Some((index, 1));
    }
    let only = |mut found: Vec<(usize, usize)>| if found.len() == 1 { found.pop() } else { None };
    let whole = (0..folded.len()).filter(|index| holds(table, *index, is_sheet));
    only(whole.map(|index| (index, 1)).collect()).or_else(|| {
        let runs = runs(folded.len(), |index| holds(table, index, is_answer));
        only(runs.into_iter().filter(|(_, count)| LENGTHS.contains(count)).collect())
    })
}

/// `q1`, `q2` …, `設問1` … in order.
fn is_numbered(names: &[String]) -> bool {
    let split = |name: &String| {
        let end = name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (word, number) = name.split_at(end);
        number.parse::<usize>().ok().map(|number| (word.to_owned(), number))
    };
    let found: Option<Vec<(String, usize)>> = names.iter().map(split).collect();
    found.is_some_and(|found| {
        let word = found.first().map(|(word, _)| word.clone()).unwrap_or_default();
        found.iter().zip(1..).all(|((other, number), place)| *other == word && *number == place)
    })
}

/// `a1` … `d2` in order, 57 of them.
fn is_lettered(names: &[String]) -> bool {
    let all = PARTS.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}")));
    names.len() == LENGTHS.iter().copied().max().unwrap_or_default() && names.iter().cloned().eq(all)
}

fn holds(table: &Table, index: usize, is_so: fn(&str) -> bool) -> bool {
    let mut cells = table.rows.iter().take(SAMPLE).map(|row| row.cells.get(index).trim()).peekable();
    cells.peek().is_some() && cells.all(is_so)
}

fn is_answer(cell: &str) -> bool {
    matches!(cell, "" | "-" | "1" | "2" | "3" | "4" | "１" | "２" | "３" | "４")
}

fn is_sheet(cell: &str) -> bool {
    let inside = |c: char| matches!(c, '1'..='4' | '１'..='４' | '-');
    LENGTHS.contains(&cell.chars().count()) && cell.chars().all(inside)
}

fn runs(width: usize, is_in: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for index in (0..width).filter(|index| is_in(*index)) {
        match runs.last_mut() {
            Some((first, count)) if *first + *count == index => *count += 1,
            _ => runs.push((index, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::source;

    fn worker(number: u32) -> Worker {
        let text = |text: &str| text.to_owned();
        Worker {
            id: Id::new(&crate::domain::EstablishmentId::new(1), crate::domain::Prefix::Worker, number),
            number: format!("00{number}"),
            name: text("架空 太郎"),
            kana: String::new(),
            sex: crate::domain::worker::Sex::Male,
            birth: None,
            department: String::new(),
            position: String::new(),
            joined_on: None,
            left_on: None,
            dispatch_from: String::new(),
            dispatch_to: String::new(),
            special_work: String::new(),
            duties: String::new(),
        }
    }

    fn rows(text: &str) -> Result<Vec<AnswerRow>, StressFileError> {
        read(&source::read(text.as_bytes()).unwrap(), &[worker(1), worker(2)])
    }

    const SHEET: &str = "112331443323243341112334443344433222234342333343343443322";

    fn cells() -> String {
        SHEET.chars().map(|c| format!(",{c}")).collect()
    }

    fn heads(word: &str) -> String {
        (1..=57).map(|number| format!(",{word}{number}")).collect()
    }

    #[test]
    fn one_column_numbered_columns_and_lettered_columns_read_alike() {
        let lettered: String = PARTS
            .iter()
            .flat_map(|(letter, count)| (1..=*count).map(move |n| format!(",{}{n}", letter.to_ascii_uppercase())))
            .collect();
        let files = [
            format!("社員番号,氏名,回答日,回答\n001,架空 太郎,2026/9/28,{SHEET}\n"),
            format!("社員番号,氏名,受検日{}\n001,架空太郎,令和8年9月28日{}\n", heads("q_"), cells()),
            format!("社員番号,性別,回答日{}\n1,1,2026-09-28{}\n", heads("設問"), cells()),
            format!("社員番号,回答日{lettered}\n001,2026-09-28{}\n", cells()),
        ];
        for file in files {
            let rows = rows(&file).unwrap();
            assert_eq!(rows.len(), 1);
            assert_eq!((rows[0].answers.as_str(), rows[0].day), (SHEET, "2026-09-28".parse().ok()), "{file}");
            assert_eq!(rows[0].worker, Some(worker(1).id));
        }
    }

    #[test]
    fn who_is_not_plain_is_nobody_and_what_is_no_answer_stays_visible() {
        let file = format!("社員番号,氏名{}\n009,架空 太郎{}\n002,別名 花子{}\n", heads("q"), cells(), cells());
        assert!(rows(&file).unwrap().iter().all(|row| row.worker.is_none()));
        let double = format!("社員番号,氏名{}\n001,架空 太郎{}\n", heads("q"), cells().replacen(",1", ",12", 1));
        assert!(rows(&double).unwrap()[0].answers.starts_with("?1"));
    }

    #[test]
    fn without_number_or_answers_nothing_is_guessed() {
        assert_eq!(rows("氏名,所属,回答\n架空,総務,1\n").err(), Some(StressFileError::NoNumber));
        assert_eq!(rows("社員番号,氏名,備考\n001,架空,1\n").err(), Some(StressFileError::NoAnswers));
    }

    proptest! {
        #[test]
        fn any_table_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(table) = source::read(&bytes) {
                let _ = read(&table, &[worker(1)]);
            }
        }

        #[test]
        fn any_cells_under_a_good_header_are_read(cells in "[ -~１-４\\n]{0,200}") {
            let file = format!("社員番号,氏名{}\n001,架空 太郎,{cells}\n", heads("q"));
            if let Ok(table) = source::read(file.as_bytes()) {
                let _ = read(&table, &[worker(1)]);
            }
        }
    }
}
