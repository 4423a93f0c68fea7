//! Answers of the stress check: which column names the person, which hold the answers, whom a row is about.
//!
//! Knows columns and people. Must not know how answers are scored, nor whether they may be taken in at all. What a file
//! of answers says about scores is handed on to be compared and never taken: scores are computed from the answers. A file
//! of results alone is another kind ([`results`]).

mod placing;
pub mod results;
mod sex;

use std::collections::BTreeMap;

pub use self::placing::HeadingFault;
pub use self::sex::SexCodes;
pub use super::aside::Doubtful;
use super::aside::{self, Lists, Out};
use super::calendar;
use super::folding::{self, Field};
use super::people::{Decisions, Named, People, PersonKey, RowDecision, Strangers};
use super::profile::{ProfileError, Proposal, Reason, propose_roster};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use crate::domain::stress::Computed;
use crate::domain::worker::{Sex, Worker};
use crate::domain::{Day, Id};

/// Questions of the two forms.
const LENGTHS: [usize; 2] = [57, 23];
/// Questions of the four parts, in their order: A1–A17, B1–B29, C1–C9, D1, D2.
const PARTS: [(&str, usize); 4] = [("a", 17), ("b", 29), ("c", 9), ("d", 2)];
/// Words in the name of the column of the day.
const DAYS: [&str; 5] = ["回答日", "受検日", "実施日", "検査日", "受診日"];
/// Rows that are looked at to tell a column of answers.
const SAMPLE: usize = 50;

/// A file whose columns cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StressFileError {
    /// No column of employee numbers.
    #[error("社員番号の列が見つかりません。見出しに「社員番号」と書いて出し直してください。")]
    NoNumber,
    /// People are told by a hash, which names nobody.
    #[error(
        "人がハッシュだけで書かれたファイルで、誰の回答か判りません。社員番号の列を付けて出し直すよう、発行元に頼んでください。"
    )]
    HashOnly,
    /// No answers, or more than one place that could be them.
    #[error(
        "回答の列が一つに決まりません。57問か23問の続いた列に q1、q2… と見出しを付けるか、57文字の1列にして出し直してください。"
    )]
    NoAnswers,
    /// The headings do not say which column is which question.
    #[error(transparent)]
    Headings(#[from] HeadingFault),
    /// No column says whether somebody is 高ストレス, or more than one does.
    #[error("高ストレスかどうかの列が一つに決まりません。見出しを「高ストレス」として出し直してください。")]
    NoJudgement,
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
    /// Whether the file does not say the day.
    pub is_undated: bool,
    /// 性別, where the file says it and the roster does not.
    pub sex: Option<Sex>,
    /// 高ストレス or not, as the file says beside the answers.
    pub computed: Option<Computed>,
    /// A, B and C, as the file says beside the answers.
    pub scores: [Option<i64>; 3],
}

/// A row about one person, whatever it brings.
pub trait PersonRow {
    /// Line of the file, 1-based.
    fn line(&self) -> u32;
    /// Whom it is about.
    fn worker(&self) -> &Id;
    /// Whether it says what another row says.
    fn says_the_same(&self, other: &Self) -> bool;
}

impl PersonRow for AnswerRow {
    fn line(&self) -> u32 {
        self.line
    }

    fn worker(&self) -> &Id {
        &self.worker
    }

    fn says_the_same(&self, other: &Self) -> bool {
        (&self.answers, self.day) == (&other.answers, other.day)
    }
}

/// What every row of a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview<R = AnswerRow> {
    /// Rows below the header.
    pub rows: usize,
    /// Sheets or results, new or not; whether they are answers at all is the questionnaire's to say.
    pub sheets: Vec<R>,
    /// Rows that wait for an answer.
    pub doubtful: Vec<Doubtful>,
    /// Rows that cannot be taken.
    pub refused: Vec<Refusal>,
    /// Rows left out without being an error.
    pub ignored: Vec<Ignored>,
}

/// Where things stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Columns {
    number: usize,
    name: Option<usize>,
    day: Option<usize>,
    /// The columns of the questions in their order, or the one of whole sheets.
    answers: Vec<usize>,
    sex: Option<usize>,
    judgement: Option<usize>,
    scores: [Option<usize>; 3],
    /// The headings hold the words of the questions.
    has_words: bool,
}

/// Proposes the columns of answers by their names; a column that only its cells can tell is found by [`preview`].
pub fn propose(header: &[String]) -> Proposal {
    let mut proposal = propose_roster(header);
    let folded: Vec<String> = header.iter().map(|name| folding::fold(name).into_owned()).collect();
    let found = placing::by_names(&folded);
    proposal.reasons.extend(found.iter().filter_map(|columns| columns.first()).map(|column| Reason {
        column: *column,
        field: Field::Unused,
        is_used: true,
        text: "この列を最初の設問として、回答を読みます。",
    }));
    proposal.reasons.extend(compared(&folded, found.as_deref().unwrap_or_default()));
    let who = proposal.missing.clone().map(|missing| match missing {
        ProfileError::NoPerson if has_hash(&folded) => ProfileError::HashOnly,
        other => other,
    });
    Proposal { missing: who.or(lacking(&folded, found)), ..proposal }
}

/// The columns of scores and of a judgement beside the answers.
fn compared<'h>(folded: &'h [String], answers: &'h [usize]) -> impl Iterator<Item = Reason> + 'h {
    let beside = results::judgement(folded).into_iter().chain(results::scores(folded).into_iter().flatten());
    beside.filter(move |column| !answers.contains(column)).map(|column| Reason {
        column,
        field: Field::Judgement,
        is_used: true,
        text: "答えからの計算と比べます。取り込みません。",
    })
}

fn lacking(folded: &[String], found: Option<Vec<usize>>) -> Option<ProfileError> {
    match found {
        Some(columns) => placing::in_order(folded, columns).err().map(ProfileError::Headings),
        None => Some(placing::fault(folded).map_or(ProfileError::NoAnswers, ProfileError::Headings)),
    }
}

/// Says what every row brings; people are found by number, and a name that does not fit is a question.
///
/// # Errors
/// The columns cannot be told.
pub fn preview(input: &Input<'_>) -> Result<Preview, StressFileError> {
    let columns = columns(input.table)?;
    Ok(Preview::of(input, |row, people| judge(row, &columns, people, input)))
}

fn judge(
    row: &SourceRow,
    columns: &Columns,
    people: &People<'_>,
    input: &Input<'_>,
) -> Result<(AnswerRow, PersonKey), Out> {
    let cell = |index: usize| row.cells.get(index).trim();
    let (worker, key) = whose(row, columns.number, columns.name, people, input)?;
    let day = answered_on(columns.day.map_or("", cell), input).map_err(|why| {
        Out::Refused(columns.day.map_or(Refusal::row(row.line, why), |index| Refusal::cell(row.line, index, why)))
    })?;
    let (answers, digit) = sheet(row, columns);
    let sex = digit.unwrap_or_else(|| columns.sex.map_or("", cell).to_owned());
    let sex = asked(&sex, columns, &worker, people, input)
        .map_err(|(place, doubt)| Out::Doubtful(key.clone(), place.into_iter().collect(), doubt))?;
    let is_undated = columns.day.is_none_or(|index| cell(index).is_empty());
    let computed = columns.judgement.and_then(|index| results::said(cell(index)));
    let scores = columns.scores.map(|column| results::score(cell(column?)).ok().flatten());
    let line = row.line;
    Ok((AnswerRow { line, worker, day, answers, is_undated, sex, computed, scores }, key))
}

/// The sex where the roster has none; or what has to be asked about the whole file before this row can be taken.
fn asked(
    sex: &str,
    columns: &Columns,
    worker: &Id,
    people: &People<'_>,
    input: &Input<'_>,
) -> Result<Option<Sex>, (Option<usize>, Doubt)> {
    let place = people.place(worker);
    if columns.has_words && !input.decisions.is_as_printed {
        return Err((place, Doubt::Orientation));
    }
    let is_listed = place.and_then(|place| people.worker(place)).is_some_and(|worker| worker.sex != Sex::Unknown);
    if is_listed {
        return Ok(None);
    }
    let read = sex::read(sex, input.decisions.sex_codes).map_err(|doubt| (place, doubt))?;
    Ok(Some(read).filter(|sex| *sex != Sex::Unknown))
}

/// Whom a row is about: by number, and a name that does not fit is a question.
fn whose(
    row: &SourceRow,
    number: usize,
    name: Option<usize>,
    people: &People<'_>,
    input: &Input<'_>,
) -> Result<(Id, PersonKey), Out> {
    if input.decisions.rows.get(&row.line) == Some(&RowDecision::Leave) {
        return Err(Out::Ignored(Skip::Answered));
    }
    let cell = |index: usize| row.cells.get(index).trim();
    let refused = |why| Err(Out::Refused(Refusal::row(row.line, why)));
    let named = Named { number: cell(number), name: name.map_or("", cell), ..Named::default() };
    if named.number.is_empty() {
        return refused(Why::NoPerson);
    }
    let (index, key) = aside::listed(people.find(&named), row.line, |_| None)?;
    let worker = people.worker(index).map(|worker| worker.id.clone());
    worker.map_or_else(|| refused(Why::NotOnRoster), |worker| Ok((worker, key)))
}

fn answered_on(text: &str, input: &Input<'_>) -> Result<Day, Why> {
    let day = match text {
        "" => input.day.unwrap_or(input.today),
        text => calendar::date(text).ok_or(Why::NotDate)?,
    };
    if day > input.today { Err(Why::DateOutOfRange) } else { Ok(day) }
}

/// The answers, and the digit of the sex where it stands behind them in the same cell.
fn sheet(row: &SourceRow, columns: &Columns) -> (String, Option<String>) {
    let cell = |index: usize| row.cells.get(index).trim();
    match columns.answers.as_slice() {
        [only] => match sex::coded(cell(*only)) {
            Some((answers, sex)) => (answers, Some(sex)),
            None => (cell(*only).to_owned(), None),
        },
        questions => (questions.iter().map(|index| one(cell(*index))).collect(), None),
    }
}

impl<R: PersonRow> Preview<R> {
    /// Judges every row, and takes one a person.
    fn of(input: &Input<'_>, judge: impl Fn(&SourceRow, &People<'_>) -> Result<(R, PersonKey), Out>) -> Self {
        let people = People::new(input.roster, input.decisions);
        let mut preview = Self {
            rows: input.table.row_count(),
            sheets: Vec::new(),
            doubtful: Vec::new(),
            refused: input.table.refused.clone(),
            ignored: input.table.ignored.clone(),
        };
        let mut read: Vec<(R, PersonKey)> = Vec::new();
        for row in &input.table.rows {
            match judge(row, &people) {
                Ok(found) => read.push(found),
                Err(out) => preview.leave(row.line, out, input.roster),
            }
        }
        preview.take(read);
        preview.doubtful.sort_by_key(|row| row.line);
        preview.refused.sort_unstable();
        preview.ignored.sort_unstable();
        preview
    }

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
    fn take(&mut self, read: Vec<(R, PersonKey)>) {
        let mut groups: BTreeMap<Id, Vec<(R, PersonKey)>> = BTreeMap::new();
        for (row, key) in read {
            let group = groups.entry(row.worker().clone()).or_default();
            if group.iter().any(|(known, _)| known.says_the_same(&row)) {
                self.ignored.push(Ignored { line: row.line(), why: Skip::SameRow });
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
        self.sheets.sort_by_key(PersonRow::line);
    }
}

fn twice<R: PersonRow>((row, person): (R, PersonKey)) -> Doubtful {
    Doubtful { line: row.line(), person, candidates: vec![row.worker().clone()], why: Doubt::TwiceInFile }
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
    let number = number.ok_or(if has_hash(&folded) { StressFileError::HashOnly } else { StressFileError::NoNumber })?;
    let day = folded.iter().position(|name| DAYS.iter().any(|word| name.contains(word)));
    let answers = answers(table, &folded)?;
    // A question may bear the same words as a score.
    let beside = |column: &usize| !answers.contains(column);
    Ok(Columns {
        number,
        name: field(Field::Name),
        day,
        sex: field(Field::Sex).filter(beside),
        judgement: results::judgement(&folded).filter(beside),
        scores: results::scores(&folded).map(|column| column.filter(beside)),
        has_words: answers.len() > 1 && placing::carries_words(&folded),
        answers,
    })
}

/// Whether people are told by a hash: `employee_hash`, 社員ハッシュ.
fn has_hash(folded: &[String]) -> bool {
    folded.iter().any(|name| name.contains("hash") || name.contains("ハッシュ"))
}

/// By the headings, wherever the columns stand; failing them by the cells, as far as no heading contradicts.
fn answers(table: &Table, folded: &[String]) -> Result<Vec<usize>, StressFileError> {
    let by_cells = || by_cells(table, folded).map(|(first, count)| (first..first + count).collect::<Vec<_>>());
    match placing::by_names(folded).or_else(by_cells) {
        Some(columns) => Ok(placing::in_order(folded, columns)?),
        None => Err(placing::fault(folded).map_or(StressFileError::NoAnswers, StressFileError::Headings)),
    }
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

fn holds(table: &Table, index: usize, is_so: fn(&str) -> bool) -> bool {
    let mut cells = table.rows.iter().take(SAMPLE).map(|row| row.cells.get(index).trim()).peekable();
    cells.peek().is_some() && cells.all(is_so)
}

fn is_answer(cell: &str) -> bool {
    matches!(cell, "" | "-" | "1" | "2" | "3" | "4" | "１" | "２" | "３" | "４")
}

fn is_sheet(cell: &str) -> bool {
    let inside = |c: char| matches!(c, '1'..='4' | '１'..='４' | '-');
    sex::coded(cell).is_some() || LENGTHS.contains(&cell.chars().count()) && cell.chars().all(inside)
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
pub(super) mod tests;
