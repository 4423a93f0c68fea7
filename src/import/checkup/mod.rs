//! A clinic's file of checkups against the roster: one row, one examination, its values as the catalogue reads them.
//!
//! Knows people, headings and cells. Must not know what a value means, nor what is on record already: whether an
//! examination is new is asked of `app`. A row whose person is not on the roster is refused: a clinic makes nobody.

mod copies;
mod dashes;
mod day;
mod join;
mod kind;
mod merge;
mod neighbours;
mod row;
mod sample;
mod stacked;
#[cfg(test)]
mod tests;
mod unread;

use std::collections::{HashMap, HashSet};

pub use super::aside::Doubtful;
use super::aside::{self, Judged, Left, Out, PersonRow};
use super::folding::{self, Field};
use super::people::{Decisions, Met, People, PersonKey, Strangers};
use super::profile::{Located, Profile, ProfileError};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::sex::{self, Said};
use super::source::{SourceRow, Table};
use crate::domain::checkup::{Cells, CheckupKind, Manner};
use crate::domain::progress::Going;
use crate::domain::worker::{Sex, Worker};
use crate::domain::{Day, Id, Period};
use copies::Copies;
use dashes::Dashes;
pub use neighbours::laid_beside;
use stacked::Stacked;
pub use unread::Unread;

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
    /// The day of the import: nobody was examined after it.
    pub day: Day,
}

/// One examination that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    /// Line of the file.
    pub line: u32,
    /// Whose.
    pub worker: Id,
    /// 健診日
    pub day: Day,
    /// Which kind, where the file says so.
    pub kind: Option<CheckupKind>,
    /// 健診実施機関
    pub clinic: String,
    /// The clinic's overall judgement, as it came.
    pub judgement: String,
    /// The clinic's judgement and words together, as they came.
    pub words: String,
    /// Every value; one that could not be read keeps its text.
    pub cells: Cells,
}

/// What every row of a clinic's file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Rows below the header.
    pub rows: usize,
    /// Examinations, new or not.
    pub exams: Vec<Exam>,
    /// Values of the examinations that could not be read; each is taken as its text, unless it is answered.
    pub unread: Vec<Unread>,
    /// Lines that are part of another's examination, by the line of that.
    pub joined: HashMap<u32, Vec<u32>>,
    /// Rows that wait for an answer.
    pub doubtful: Vec<Doubtful>,
    /// Rows that cannot be taken.
    pub refused: Vec<Refusal>,
    /// Rows left out without being an error.
    pub ignored: Vec<Ignored>,
    /// The people of the file beside those of the roster.
    pub met: Met,
}

/// Whether a word names a kind of examination.
pub(super) fn is_kind(text: &str) -> bool {
    matches!(kind::kind(text), Ok(Some(_)))
}

/// The words of a row about the kind of examination, folded, as an answer about all that say the same holds them.
pub fn kind_words(table: &Table, profile: &Profile, line: u32) -> Option<String> {
    let located = profile.locate_checkup(&table.header).ok()?;
    let row = table.rows.iter().find(|row| row.line == line)?;
    Some(folding::fold(located.text(row, Field::ExamKind)).into_owned())
}

/// Says what every row brings.
///
/// # Errors
/// No person, no day or no item can be told from the header; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview, ProfileError> {
    preview_while(input, &Going::freely())
}

/// As [`preview`], as long as it is to go on.
///
/// # Errors
/// As [`preview`], and [`ProfileError::Stopped`].
pub fn preview_while(input: &Input<'_>, going: &Going<'_>) -> Result<Preview, ProfileError> {
    let located = input.profile.locate_checkup(&input.table.header)?;
    let manners = row::manners(&located, input.table);
    let dashes = Dashes::of(input.table, &located);
    let copies = Copies::of(input.table, input.decisions);
    let people = People::new(input.roster, input.decisions);
    let met = people.meet(aside::people(input.table, &located, input.decisions));
    let stacked = Stacked::of(input.table, &located);
    let held = HashSet::new();
    let mut reader = Reader { input, located, manners, dashes, copies, stacked, people, held };
    let mut unread = Vec::new();
    let judged = Judged::of(input.table, input.roster, going, |row| {
        let (exam, key, found) = reader.judge(row)?;
        unread.extend(found);
        Ok((exam, key))
    });
    let judged = judged?;
    let held = std::mem::take(&mut reader.held);
    let join::Joined { rows: taken, lines: joined } = join::join(judged.taken, &mut unread, &reader.located, input);
    let judged = neighbours::laid_aside(Judged { taken, ..judged }, input.decisions);
    let Judged { rows, taken: exams, doubtful, refused, ignored } = judged.once(&held, input.decisions);
    // Only values of rows that are taken are asked about: the other rows are asked about as a whole.
    let taken: HashSet<u32> = exams.iter().map(|exam| exam.line).collect();
    unread.retain(|value| taken.contains(&value.line));
    unread::count_alike(&mut unread);
    Ok(Preview { rows, exams, unread, joined, doubtful, refused, ignored, met })
}

struct Reader<'a> {
    input: &'a Input<'a>,
    located: Located,
    /// For every column of an item how its cells are written.
    manners: Vec<Manner>,
    dashes: Dashes,
    copies: Copies,
    stacked: Stacked,
    people: People<'a>,
    /// Whose examination of which day waits for an answer about its row.
    held: HashSet<aside::Place>,
}

impl Reader<'_> {
    fn judge(&mut self, row: &SourceRow) -> Result<(Exam, PersonKey, Vec<Unread>), Out> {
        if self.input.decisions.left.contains(&row.line) {
            return Err(Out::Ignored(Skip::Answered));
        }
        self.stacked.admit(row.line)?;
        let read = row::Read::of(row, &self.columns(), self.input);
        if let Err(Out::Doubtful(_, _, Doubt::ShortYear)) = &read {
            self.hold_every_day(row);
        }
        let read = read?;
        let (index, key) = self.person(row, read.day)?;
        let kind = match read.kind {
            Ok(kind) => kind,
            Err(_) if self.is_yearly(row) => Some(CheckupKind::Periodic),
            Err(_) => {
                let worker = self.people.worker(index).map(|worker| worker.id.clone());
                self.held.extend(worker.map(|worker| (worker, Some(read.day))));
                return Err(Out::Doubtful(key, vec![index], Doubt::UnclearKind));
            }
        };
        let worker = self.people.worker(index).map(|worker| worker.id.clone());
        let worker = worker.ok_or(Out::Refused(Refusal::row(row.line, Why::NotOnRoster)))?;
        let row::Read { day, clinic, judgement, words, cells, unread, .. } = read;
        Ok((Exam { line: row.line, worker, day, kind, clinic, judgement, words, cells }, key, unread))
    }

    /// Holds the place of a row on each of the days that its short year may mean.
    fn hold_every_day(&mut self, row: &SourceRow) {
        let days = day::possible(self.located.text(row, Field::ExamDay), self.input.day);
        let found = days.filter_map(|day| Some((self.person(row, day).ok()?.0, day)));
        let places = found.filter_map(|(index, day)| Some((self.people.worker(index)?.id.clone(), Some(day))));
        let places: Vec<aside::Place> = places.collect();
        self.held.extend(places);
    }

    fn columns(&self) -> row::Columns<'_> {
        row::Columns { located: &self.located, manners: &self.manners, dashes: &self.dashes, copies: &self.copies }
    }

    fn person(&self, row: &SourceRow, day: Day) -> Result<(usize, PersonKey), Out> {
        let found = self.people.find(&aside::named(row, &self.located));
        aside::listed(found, row.line, |index| self.leaver(index, day).or_else(|| self.other_sex(row, index)))
    }

    /// Whether the physician said that the row, or the words of its kind, are the yearly examination.
    fn is_yearly(&self, row: &SourceRow) -> bool {
        let (given, words) = (self.input.decisions, folding::fold(self.located.text(row, Field::ExamKind)));
        given.settled.contains(&(row.line, Doubt::UnclearKind)) || given.yearly.contains(words.as_ref())
    }

    /// 男 where the roster has 女, or the other way round: it may be somebody else. What is no word says nothing.
    fn other_sex(&self, row: &SourceRow, index: usize) -> Option<Doubt> {
        let Said::Word(told) = sex::said(self.located.text(row, Field::Sex)) else { return None };
        let known = self.people.worker(index).map(|worker| worker.sex).filter(|known| *known != Sex::Unknown)?;
        (told != known).then_some(Doubt::OtherSex)
    }

    /// Somebody may be examined before the first day of work (雇入時), not after the last.
    fn leaver(&self, index: usize, day: Day) -> Option<Doubt> {
        self.people.doubt_in(index, Period::new(day, day)?).filter(|doubt| *doubt == Doubt::Leaver)
    }
}

impl Preview {
    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        self.exams.len() + self.summed() + self.left().count()
    }

    /// Rows that are part of another row's examination.
    pub fn summed(&self) -> usize {
        self.joined.values().map(Vec::len).sum()
    }

    /// The rows that are not plainly taken.
    pub fn left(&self) -> Left<'_> {
        let Self { rows, doubtful, refused, ignored, met, .. } = self;
        Left { rows: *rows, doubtful, refused, ignored, is_unnamed: met.is_unnamed }
    }

    /// Values that are still a question.
    pub fn open_values(&self) -> impl Iterator<Item = &Unread> {
        self.unread.iter().filter(|unread| unread.is_open)
    }

    /// How many of the file's people are known, where they are fewer than a fifth.
    pub fn strangers(&self) -> Option<Strangers> {
        self.met.strangers
    }
}

impl PersonRow for Exam {
    fn line(&self) -> u32 {
        self.line
    }

    fn worker(&self) -> &Id {
        &self.worker
    }

    fn day_of_its_own(&self) -> Option<Day> {
        Some(self.day)
    }

    fn says_the_same(&self, other: &Self) -> bool {
        Self { line: other.line, ..self.clone() } == *other
    }

    fn doubt_of<'r>(rows: impl Iterator<Item = &'r Self>) -> Doubt {
        if join::are_of_one_kind(rows) { Doubt::SameDayTwice } else { Doubt::OtherExamTwice }
    }
}
