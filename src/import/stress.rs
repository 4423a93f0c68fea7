//! Answers of the stress check: which column names the person, which hold the answers, whom a row is about.
//!
//! Knows columns and people. Must not know how answers are scored, nor whether they may be taken in at all. What a file
//! says about scores is not read: scores are computed from the answers.

use std::collections::BTreeMap;

pub use super::aside::Doubtful;
use super::aside::{self, Lists, Out};
use super::calendar;
use super::folding::{self, Field};
use super::people::{Decisions, Named, People, PersonKey, RowDecision, Strangers};
use super::profile::{ProfileError, Proposal, propose_roster};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
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

/// What a preview is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The file.
    pub table: &'a Table,
    /// Every worker of the establishment, leavers included.
    pub roster: &'a [Worker],
    /// The answers given so far.
    pub decisions: &'a Decisions,
    /// Answered on, where the file does not say so; none is today.
    pub day: Option<Day>,
    /// The day of the import: nobody answered after it.
    pub today: Day,
}

/// One row of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Line of the file, 1-based.
    pub line: u32,
    /// Whom it is about.
    pub worker: Id,
    /// Answered on.
    pub day: Day,
    /// One character a question: what stood there, `-` for nothing, `?` for what is no single character.
    pub answers: String,
}

/// What every row of a file of answers says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Rows below the header.
    pub rows: usize,
    /// Sheets, new or not; whether they are answers at all is the questionnaire's to say.
    pub sheets: Vec<AnswerRow>,
    /// Rows that wait for an answer.
    pub doubtful: Vec<Doubtful>,
    /// Rows that cannot be taken.
    pub refused: Vec<Refusal>,
    /// Rows left out without being an error.
    pub ignored: Vec<Ignored>,
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

/// Proposes the columns of answers by their names; a column that only its cells can tell is found by [`preview`].
pub fn propose(header: &[String]) -> Proposal {
    let proposal = propose_roster(header);
    let folded: Vec<String> = header.iter().map(|name| folding::fold(name).into_owned()).collect();
    let lacks_answers = by_names(&folded).is_none().then_some(ProfileError::NoAnswers);
    Proposal { missing: proposal.missing.clone().or(lacks_answers), ..proposal }
}

/// Says what every row brings; people are found by number, and a name that does not fit is a question.
///
/// # Errors
/// The columns cannot be told.
pub fn preview(input: &Input<'_>) -> Result<Preview, StressFileError> {
    let columns = columns(input.table)?;
    let people = People::new(input.roster, input.decisions);
    let mut preview = Preview {
        rows: input.table.row_count(),
        refused: input.table.refused.clone(),
        ignored: input.table.ignored.clone(),
        ..Preview::default()
    };
    let mut read: Vec<(AnswerRow, PersonKey)> = Vec::new();
    for row in &input.table.rows {
        match judge(row, &columns, &people, input) {
            Ok(found) => read.push(found),
            Err(out) => preview.leave(row.line, out, input.roster),
        }
    }
    preview.take(read);
    preview.doubtful.sort_by_key(|row| row.line);
    preview.refused.sort_unstable();
    preview.ignored.sort_unstable();
    Ok(preview)
}

fn judge(
    row: &SourceRow,
    columns: &Columns,
    people: &People<'_>,
    input: &Input<'_>,
) -> Result<(AnswerRow, PersonKey), Out> {
    if input.decisions.rows.get(&row.line) == Some(&RowDecision::Leave) {
        return Err(Out::Ignored(Skip::Answered));
    }
    let cell = |index: usize| row.cells.get(index).trim();
    let refused = |why| Err(Out::Refused(Refusal::row(row.line, why)));
    let named = Named { number: cell(columns.number), name: columns.name.map_or("", cell), ..Named::default() };
    if named.number.is_empty() {
        return refused(Why::NoPerson);
    }
    let (index, key) = aside::listed(people.find(&named), row.line, |_| None)?;
    let Some(worker) = people.worker(index).map(|worker| worker.id.clone()) else { return refused(Why::NotOnRoster) };
    let day = answered_on(columns.day.map_or("", cell), input).map_err(|why| {
        Out::Refused(columns.day.map_or(Refusal::row(row.line, why), |index| Refusal::cell(row.line, index, why)))
    })?;
    Ok((AnswerRow { line: row.line, worker, day, answers: sheet(row, columns) }, key))
}

fn answered_on(text: &str, input: &Input<'_>) -> Result<Day, Why> {
    let day = match text {
        "" => input.day.unwrap_or(input.today),
        text => calendar::date(text).ok_or(Why::NotDate)?,
    };
    if day > input.today { Err(Why::DateOutOfRange) } else { Ok(day) }
}

fn sheet(row: &SourceRow, columns: &Columns) -> String {
    let cell = |index: usize| row.cells.get(index).trim();
    match columns.count {
        1 => cell(columns.first).to_owned(),
        count => (columns.first..columns.first + count).map(|index| one(cell(index))).collect(),
    }
}

impl Preview {
    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        self.sheets.len() + self.doubtful.len() + self.refused.len() + self.ignored.len()
    }

    /// How many of the file's people are known, where they are fewer than a fifth.
    pub fn strangers(&self) -> Option<Strangers> {
        aside::strangers(self.rows, &self.refused, &self.ignored)
    }

    fn leave(&mut self, line: u32, out: Out, roster: &[Worker]) {
        let Self { doubtful, refused, ignored, .. } = self;
        Lists { doubtful, refused, ignored }.put(line, out, roster);
    }

    /// One sheet a person; the same sheet again is one, and sheets that differ are a question all together.
    fn take(&mut self, read: Vec<(AnswerRow, PersonKey)>) {
        let mut groups: BTreeMap<Id, Vec<(AnswerRow, PersonKey)>> = BTreeMap::new();
        for (row, key) in read {
            let group = groups.entry(row.worker.clone()).or_default();
            if group.iter().any(|(known, _)| (&known.answers, known.day) == (&row.answers, row.day)) {
                self.ignored.push(Ignored { line: row.line, why: Skip::SameRow });
            } else {
                group.push((row, key));
            }
        }
        for mut group in groups.into_values() {
            match (group.pop(), group.is_empty()) {
                (Some((row, _)), true) => self.sheets.push(row),
                (last, _) => self.doubtful.extend(group.into_iter().chain(last).map(twice)),
            }
        }
        self.sheets.sort_by_key(|row| row.line);
    }
}

fn twice((row, person): (AnswerRow, PersonKey)) -> Doubtful {
    Doubtful { line: row.line, person, candidates: vec![row.worker], why: Doubt::TwiceInFile }
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
    let (first, count) = by_names(&folded).or_else(|| by_cells(table, &folded)).ok_or(StressFileError::NoAnswers)?;
    Ok(Columns { number, name: field(Field::Name), day, first, count })
}

/// By the names of the columns.
fn by_names(folded: &[String]) -> Option<(usize, usize)> {
    let starts = |count: usize| (0..folded.len().saturating_sub(count - 1)).map(move |first| (first, count));
    let named = |(first, count): &(usize, usize)| {
        folded.get(*first..first + count).is_some_and(|names| is_numbered(names) || is_lettered(names))
    };
    let named = LENGTHS.into_iter().flat_map(starts).find(named);
    named.or_else(|| folded.iter().position(|name| SHEETS.contains(&name.as_str())).map(|index| (index, 1)))
}

/// Failing names, by one column of whole sheets or by the only run of columns that hold nothing else.
fn by_cells(table: &Table, folded: &[String]) -> Option<(usize, usize)> {
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

    fn previewed(text: &str) -> Result<Preview, StressFileError> {
        let (table, roster) = (source::read(text.as_bytes()).unwrap(), [worker(1), worker(2)]);
        let today = "2026-11-20".parse().unwrap();
        let input = Input { table: &table, roster: &roster, decisions: &Decisions::default(), day: None, today };
        let preview = preview(&input)?;
        assert_eq!(preview.accounted(), preview.rows);
        Ok(preview)
    }

    fn rows(text: &str) -> Result<Vec<AnswerRow>, StressFileError> {
        previewed(text).map(|preview| preview.sheets)
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
            assert_eq!((rows[0].answers.as_str(), rows[0].day), (SHEET, "2026-09-28".parse().unwrap()), "{file}");
            assert_eq!(rows[0].worker, worker(1).id);
        }
    }

    #[test]
    fn who_is_not_plain_is_nobody_and_what_is_no_answer_stays_visible() {
        let file = format!("社員番号,氏名{}\n009,架空 太郎{}\n002,別名 花子{}\n", heads("q"), cells(), cells());
        let preview = previewed(&file).unwrap();
        let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
        assert_eq!(doubts, [(2, Doubt::SameNameTwice), (3, Doubt::OtherName)], "nobody is guessed");
        let double = format!("社員番号,氏名{}\n001,架空 太郎{}\n", heads("q"), cells().replacen(",1", ",12", 1));
        assert!(rows(&double).unwrap()[0].answers.starts_with("?1"));
    }

    #[test]
    fn without_number_or_answers_nothing_is_guessed() {
        assert_eq!(rows("氏名,所属,回答\n架空,総務,1\n").err(), Some(StressFileError::NoNumber));
        assert_eq!(rows("社員番号,氏名,備考\n001,架空,1\n").err(), Some(StressFileError::NoAnswers));
    }

    #[test]
    fn sheets_that_differ_are_a_question_together_and_a_day_to_come_is_refused() {
        let other = SHEET.replacen('1', "2", 1);
        let file = format!(
            "社員番号,回答日,回答\n001,2026/9/1,{SHEET}\n001,2026/9/1,{SHEET}\n001,2026/9/2,{other}\n002,2126/9/1,{SHEET}\n"
        );
        let preview = previewed(&file).unwrap();
        let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
        assert_eq!(doubts, [(2, Doubt::TwiceInFile), (4, Doubt::TwiceInFile)]);
        assert_eq!(preview.ignored, [Ignored { line: 3, why: Skip::SameRow }]);
        assert_eq!(preview.refused, [Refusal::cell(5, 1, Why::DateOutOfRange)]);
    }

    proptest! {
        #[test]
        fn any_table_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let text = String::from_utf8_lossy(&bytes);
            if source::read(text.as_bytes()).is_ok() {
                let _ = previewed(&text);
            }
        }

        #[test]
        fn every_row_is_accounted_for(cells in "[ -~１-４\n]{0,200}") {
            let file = format!("社員番号,氏名{}\n001,架空 太郎,{cells}\n", heads("q"));
            if source::read(file.as_bytes()).is_ok() {
                let _ = previewed(&file);
            }
        }
    }
}
