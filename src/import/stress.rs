//! Answers of the stress check: which column names the person, which hold the answers, whom a row is about.
//!
//! Knows columns and people. Must not know how answers are scored, nor whether they may be taken in at all. What a file
//! of answers says about scores is handed on to be compared and never taken: scores are computed from the answers. A file
//! of results alone is another kind ([`results`]).

mod placing;
pub mod results;
mod sex;
pub mod wishes;

pub use self::placing::HeadingFault;
pub use super::aside::Doubtful;
use super::aside::{self, Judged, Left, Out, PersonRow};
use super::folding::{self, Field};
use super::people::{Decisions, Met, People, PersonKey, Strangers};
use super::profile::{Located, NamedColumn, Profile, ProfileError, Proposal, Role, propose_named};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use super::{blank, calendar, unexamined};
use crate::domain::progress::{Going, Stopped};
use crate::domain::stress::Computed;
use crate::domain::worker::{Sex, Worker};
use crate::domain::{Day, Id};

/// Questions of the two forms.
pub(super) const LENGTHS: [usize; 2] = [57, 23];
/// Questions of the four parts, in their order: A1–A17, B1–B29, C1–C9, D1, D2.
const PARTS: [(&str, usize); 4] = [("a", 17), ("b", 29), ("c", 9), ("d", 2)];
/// Words in the name of the column of the day.
const DAYS: [&str; 5] = ["回答日", "受検日", "実施日", "検査日", "受診日"];
/// Rows that are looked at to tell a column of answers.
const SAMPLE: usize = 50;

/// What a preview is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The file.
    pub table: &'a Table,
    /// The columns.
    pub profile: &'a Profile,
    /// Every worker of the establishment, leavers included.
    pub roster: &'a [Worker],
    /// The answers given so far.
    pub decisions: &'a Decisions,
    /// Answered on, where the file does not say so; none is today.
    pub day: Option<Day>,
    /// The round takes answers from this day on, where that is known.
    pub since: Option<Day>,
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
    /// The cells of the questions with tabs between them, where one holds more than a character; else nothing. Words of the
    /// form (そうだ) are the questionnaire's to read.
    pub worded: Box<str>,
    /// Whether the file does not say the day.
    pub is_undated: bool,
    /// 性別, where the file says it and the roster does not.
    pub sex: Option<Sex>,
    /// 高ストレス or not, as the file says beside the answers.
    pub computed: Option<Computed>,
    /// A, B and C, as the file says beside the answers.
    pub scores: [Option<i64>; 3],
}

impl PersonRow for AnswerRow {
    fn line(&self) -> u32 {
        self.line
    }

    fn worker(&self) -> &Id {
        &self.worker
    }

    fn says_the_same(&self, other: &Self) -> bool {
        (&self.answers, &self.worded, self.day) == (&other.answers, &other.worded, other.day)
    }

    fn doubt_of<'r>(_: impl Iterator<Item = &'r Self>) -> Doubt {
        Doubt::SheetTwice
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
    /// The people of the file beside those of the roster.
    pub met: Met,
}

/// The columns by which a row finds its person.
const PEOPLE: [Field; 4] = [Field::Number, Field::Name, Field::Kana, Field::Birth];

/// Proposes the columns of answers by their names; a column that only its cells can tell is found by [`propose_in`].
pub fn propose(header: &[String]) -> Proposal {
    proposed(header, placing::by_names(&folded(header)))
}

/// As [`propose`], by the cells where the names tell nothing.
pub fn propose_in(table: &Table) -> Proposal {
    let folded = folded(&table.header);
    let run = || by_cells(table, &folded).map(|(first, count)| (first..first + count).collect::<Vec<_>>());
    let by_cells = || run().filter(|columns| !placing::begins_at_nought(&folded, columns));
    proposed(&table.header, placing::by_names(&folded).or_else(by_cells))
}

fn proposed(header: &[String], answers: Option<Vec<usize>>) -> Proposal {
    let answers = answers.into_iter().flatten();
    let answers = answers.map(|index| (index, Role::Answers, "この列を最初の設問として、回答を読みます。"));
    // A question may bear the same words as a day or a score.
    let named: Vec<NamedColumn> = answers.chain(answered_column(header)).chain(beside(header)).collect();
    propose_named(header, &PEOPLE, &named, |profile| profile.locate_answers(header).err())
}

/// What a file says beside the answers: the sex, and scores and a judgement that were made of them.
fn beside(header: &[String]) -> Vec<NamedColumn> {
    let sex =
        sex_column(header).map(|index| (index, Role::Field(Field::Sex), "名簿と比べ、名簿に性別のない人に使います。"));
    let told = results::named(header).into_iter();
    let compared = told.map(|(index, field)| (index, Role::Field(field), "答えからの計算と比べます。取り込みません。"));
    sex.into_iter().chain(compared).collect()
}

fn sex_column(header: &[String]) -> Option<usize> {
    header.iter().position(|name| folding::field_of(name) == Some(Field::Sex))
}

/// Puts the columns of answers in the order of the questions, whoever chose them.
///
/// # Errors
/// They are not as many as a form has questions, or their headings say that they are other questions.
pub(super) fn ordered(header: &[String], answers: Vec<usize>) -> Result<Vec<usize>, ProfileError> {
    let folded = folded(header);
    if answers.len() == 1 || LENGTHS.contains(&answers.len()) {
        return Ok(placing::in_order(&folded, answers)?);
    }
    Err(placing::fault(&folded).map_or(ProfileError::NoAnswers, ProfileError::Headings))
}

/// Whether people are told by a hash: `employee_hash`, 社員ハッシュ.
pub(super) fn has_hash(header: &[String]) -> bool {
    folded(header).iter().any(|name| name.contains("hash") || name.contains("ハッシュ"))
}

/// The column of the day, by its words.
fn answered_column(header: &[String]) -> Option<NamedColumn> {
    let is_of_now = |name: &str| !super::qualifiers::is_of_another_time(name);
    let is_day = |name: &String| is_of_now(name) && DAYS.iter().any(|word| name.contains(word));
    let index = folded(header).iter().position(is_day)?;
    Some((index, Role::Field(Field::AnsweredOn), "見出しの言葉で判りました。"))
}

fn folded(header: &[String]) -> Vec<String> {
    header.iter().map(|name| folding::fold(name).into_owned()).collect()
}

/// Says what every row brings; people are found by number, and a name, reading or birth date that does not fit is a
/// question.
///
/// # Errors
/// No number or no answers can be told from the columns; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview, ProfileError> {
    preview_while(input, &Going::freely())
}

/// As [`preview`], as long as it is to go on.
///
/// # Errors
/// As [`preview`], and [`ProfileError::Stopped`].
pub fn preview_while(input: &Input<'_>, going: &Going<'_>) -> Result<Preview, ProfileError> {
    let located = input.profile.locate_answers(&input.table.header)?;
    let has_words = located.answers.len() > 1 && placing::carries_words(&folded(&input.table.header));
    let is_open = has_words && !input.decisions.is_as_printed;
    Ok(Preview::of((input, &located), going, |row, people| judge(row, &located, is_open, people, input))?)
}

fn judge(
    row: &SourceRow,
    located: &Located,
    is_open: bool,
    people: &People<'_>,
    input: &Input<'_>,
) -> Result<(AnswerRow, PersonKey), Out> {
    let cell = |field| located.text(row, field).trim();
    let (answers, digit) = sheet(row, &located.answers);
    // Words say themselves which way round they stand.
    let is_open = is_open && answers.contains(|c: char| c.is_numeric());
    let worded = worded(row, &located.answers);
    let is_digit = digit.is_some();
    let told = sex::read(&digit.unwrap_or_else(|| cell(Field::Sex).to_owned()), input.profile.sex_codes);
    let (worker, key) = whose(row, located, people, input, told.ok())?;
    let is_silent = answers.chars().all(|c| c == '-');
    let day = answered_on(row, located, input, is_silent)?;
    let sex = asked(told, is_digit, is_open, people.place(&worker), people)
        .and_then(|sex| in_round(row, located, input).map(|()| sex))
        .map_err(|doubt| Out::Doubtful(key.clone(), people.place(&worker).into_iter().collect(), doubt))?;
    let is_undated = cell(Field::AnsweredOn).is_empty();
    let computed = results::said(cell(Field::HighStress));
    let scores = results::SCORES.map(|field| results::score(cell(field)).ok().flatten());
    Ok((AnswerRow { line: row.line, worker, day, answers, worded, is_undated, sex, computed, scores }, key))
}

/// The sex where the roster has none; or what has to be asked about the whole file before this row can be taken. What a digit
/// behind the answers stands for is asked of everybody: perhaps it is no sex at all.
fn asked(
    told: Result<Sex, Doubt>,
    is_digit: bool,
    is_open: bool,
    place: Option<usize>,
    people: &People<'_>,
) -> Result<Option<Sex>, Doubt> {
    if is_open {
        return Err(Doubt::Orientation);
    }
    let is_listed = place.and_then(|place| people.worker(place)).is_some_and(|worker| worker.sex != Sex::Unknown);
    match told {
        Err(doubt) if is_digit || !is_listed => Err(doubt),
        Ok(sex) if !is_listed && sex != Sex::Unknown => Ok(Some(sex)),
        _ => Ok(None),
    }
}

/// A day before the round began is another round's, unless the physician says otherwise.
fn in_round(row: &SourceRow, located: &Located, input: &Input<'_>) -> Result<(), Doubt> {
    let day = calendar::date(located.text(row, Field::AnsweredOn).trim());
    let is_before = day.zip(input.since).is_some_and(|(day, since)| day < since);
    let is_settled = input.decisions.settled.contains(&(row.line, Doubt::OutsideRound));
    if is_before && !is_settled { Err(Doubt::OutsideRound) } else { Ok(()) }
}

/// Whom a row is about: by number, and a name, reading, birth date or sex that does not fit is a question.
fn whose(
    row: &SourceRow,
    located: &Located,
    people: &People<'_>,
    input: &Input<'_>,
    told: Option<Sex>,
) -> Result<(Id, PersonKey), Out> {
    if input.decisions.left.contains(&row.line) {
        return Err(Out::Ignored(Skip::Answered));
    }
    let refused = |why| Err(Out::Refused(Refusal::row(row.line, why)));
    let named = aside::named(row, located);
    if named.number.is_empty() {
        return refused(Why::NoPerson);
    }
    let is_other = |index| people.worker(index).is_some_and(|worker| sex::contradicts(worker, told));
    let doubt = |index| is_other(index).then_some(Doubt::OtherSex);
    let (index, key) = aside::listed(people.find(&named), row.line, doubt)?;
    let worker = people.worker(index).map(|worker| worker.id.clone());
    worker.map_or_else(|| refused(Why::NotOnRoster), |worker| Ok((worker, key)))
}

/// The day of a row; where the file does not say it, the one that was told, else today. `is_silent` says that the row
/// brings nothing else.
fn answered_on(row: &SourceRow, located: &Located, input: &Input<'_>, is_silent: bool) -> Result<Day, Out> {
    let refused = |why| Out::Refused(located.refusal(row.line, Field::AnsweredOn, why));
    let day = match located.text(row, Field::AnsweredOn).trim() {
        "" => input.day.unwrap_or(input.today),
        text if unexamined::says_so(text) && is_silent => return Err(Out::Ignored(Skip::NotExamined)),
        text if unexamined::says_so(text) => return Err(refused(unexamined::contradicted(text))),
        text => calendar::told(text).map_err(refused)?,
    };
    if day > input.today { Err(refused(Why::DateOutOfRange)) } else { Ok(day) }
}

/// The answers, and the digit of the sex where it stands behind them in the same cell.
fn sheet(row: &SourceRow, answers: &[usize]) -> (String, Option<String>) {
    let cell = |index: &usize| row.cells.get(*index).trim();
    match answers {
        [only] => match sex::coded(cell(only)) {
            Some((answers, sex)) => (answers, Some(sex)),
            None => (cell(only).to_owned(), None),
        },
        questions => (questions.iter().map(|index| one(cell(index))).collect(), None),
    }
}

/// The cells of the questions, tabs between them, where one of them holds more than a character.
fn worded(row: &SourceRow, answers: &[usize]) -> Box<str> {
    let cells = || answers.iter().map(|index| row.cells.get(*index).trim());
    let has_words = answers.len() > 1 && cells().any(|cell| cell.chars().nth(1).is_some());
    if has_words {
        cells().map(|cell| cell.replace('\t', " ")).collect::<Vec<_>>().join("\t").into()
    } else {
        Box::default()
    }
}

/// Whose place a row in doubt holds: it is somebody's, and only what it says is asked.
fn held(row: &Doubtful) -> Option<aside::Place> {
    let is_of_row = matches!(row.why, Doubt::OutsideRound | Doubt::OtherSex | Doubt::SexCodes);
    match row.candidates.as_slice() {
        [worker] if is_of_row => Some((worker.clone(), None)),
        _ => None,
    }
}

impl<R: PersonRow> Preview<R> {
    /// Judges every row, and takes one a person.
    fn of(
        (input, located): (&Input<'_>, &Located),
        going: &Going<'_>,
        judge: impl Fn(&SourceRow, &People<'_>) -> Result<(R, PersonKey), Out>,
    ) -> Result<Self, Stopped> {
        let people = People::new(input.roster, input.decisions);
        let met = people.meet(aside::people(input.table, located, input.decisions));
        let judged = Judged::of(input.table, input.roster, going, |row| judge(row, &people))?;
        let held = judged.doubtful.iter().filter_map(held).collect();
        let judged = judged.once(&held, input.decisions);
        let Judged { rows, taken: sheets, doubtful, refused, ignored } = judged;
        Ok(Self { rows, sheets, doubtful, refused, ignored, met })
    }

    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        self.sheets.len() + self.left().count()
    }

    /// The rows that are not plainly taken.
    pub fn left(&self) -> Left<'_> {
        let Self { rows, doubtful, refused, ignored, met, .. } = self;
        Left { rows: *rows, doubtful, refused, ignored, is_unnamed: met.is_unnamed }
    }

    /// How many of the file's people are known, where they are fewer than a fifth.
    pub fn strangers(&self) -> Option<Strangers> {
        self.met.strangers
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
    blank::is_blank(cell) || matches!(cell, "1" | "2" | "3" | "4" | "１" | "２" | "３" | "４")
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
