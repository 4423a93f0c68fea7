//! A clinic's file of checkups against the roster: one row, one examination, its values as the catalogue reads them.
//!
//! Knows people, headings and cells. Must not know what a value means, nor what is on record already: whether an
//! examination is new is asked of `app`. A row whose person is not on the roster is refused: a clinic makes nobody.

mod merge;
mod row;
#[cfg(test)]
mod tests;
mod unread;

use std::collections::{HashMap, HashSet};

pub use super::aside::Doubtful;
pub use unread::Unread;
use super::aside::{self, Lists, Out};
use super::people::{Decisions, People, PersonKey, RowDecision, Strangers};
use super::profile::{Located, Profile, ProfileError};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use crate::domain::checkup::{Cells, CheckupKind, Manner};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Period};

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
    /// Rows that wait for an answer.
    pub doubtful: Vec<Doubtful>,
    /// Rows that cannot be taken.
    pub refused: Vec<Refusal>,
    /// Rows left out without being an error.
    pub ignored: Vec<Ignored>,
}

/// Says what every row brings.
///
/// # Errors
/// No person, no day or no item can be told from the header; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview, ProfileError> {
    let located = input.profile.locate_checkup(&input.table.header)?;
    let mut preview = Preview {
        rows: input.table.row_count(),
        refused: input.table.refused.clone(),
        ignored: input.table.ignored.clone(),
        ..Preview::default()
    };
    let manners = row::manners(&located, &input.table.header);
    let reader = Reader { input, located, manners, people: People::new(input.roster, input.decisions) };
    let mut read = Vec::new();
    for row in &input.table.rows {
        match reader.judge(row) {
            Ok((exam, key, unread)) => {
                read.push((exam, key));
                preview.unread.extend(unread);
            }
            Err(out) => preview.leave(row.line, out, input.roster),
        }
    }
    preview.take(read);
    preview.keep_unread_of_exams();
    preview.doubtful.sort_by_key(|row| row.line);
    preview.refused.sort_unstable();
    preview.ignored.sort_unstable();
    Ok(preview)
}

struct Reader<'a> {
    input: &'a Input<'a>,
    located: Located,
    /// For every column of an item how its cells are written.
    manners: Vec<Manner>,
    people: People<'a>,
}

impl Reader<'_> {
    fn judge(&self, row: &SourceRow) -> Result<(Exam, PersonKey, Vec<Unread>), Out> {
        if self.input.decisions.rows.get(&row.line) == Some(&RowDecision::Leave) {
            return Err(Out::Ignored(Skip::Answered));
        }
        let read = row::Read::of(row, (&self.located, &self.manners), self.input)?;
        let (worker, key) = self.person(row, read.day)?;
        let row::Read { day, kind, clinic, judgement, words, cells, unread } = read;
        Ok((Exam { line: row.line, worker, day, kind, clinic, judgement, words, cells }, key, unread))
    }

    fn person(&self, row: &SourceRow, day: Day) -> Result<(Id, PersonKey), Out> {
        let found = self.people.find(&row::named(row, &self.located));
        let (index, key) = aside::listed(found, row.line, |index| self.leaver(index, day))?;
        let worker = self.people.worker(index).map(|worker| worker.id.clone());
        Ok((worker.ok_or(Out::Refused(Refusal::row(row.line, Why::NotOnRoster)))?, key))
    }

    /// Somebody may be examined before the first day of work (雇入時), not after the last.
    fn leaver(&self, index: usize, day: Day) -> Option<Doubt> {
        self.people.doubt_in(index, Period::new(day, day)?).filter(|doubt| *doubt == Doubt::Leaver)
    }
}

impl Preview {
    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        self.exams.len() + self.doubtful.len() + self.refused.len() + self.ignored.len()
    }

    /// Values that are still a question.
    pub fn open_values(&self) -> impl Iterator<Item = &Unread> {
        self.unread.iter().filter(|unread| unread.is_open)
    }

    /// How many of the file's people are known, where they are fewer than a fifth.
    pub fn strangers(&self) -> Option<Strangers> {
        aside::strangers(self.rows, &self.refused, &self.ignored)
    }

    fn leave(&mut self, line: u32, out: Out, roster: &[Worker]) {
        let Self { doubtful, refused, ignored, .. } = self;
        Lists { doubtful, refused, ignored }.put(line, out, roster);
    }

    /// Only values of rows that are taken are asked about: the other rows are asked about as a whole.
    fn keep_unread_of_exams(&mut self) {
        let taken: HashSet<u32> = self.exams.iter().map(|exam| exam.line).collect();
        self.unread.retain(|unread| taken.contains(&unread.line));
    }

    /// One row a person and day is taken; the same row again is one, and rows that differ are a question all together.
    fn take(&mut self, read: Vec<(Exam, PersonKey)>) {
        let mut first: HashMap<(Id, Day), usize> = HashMap::with_capacity(read.len());
        let mut groups: Vec<Vec<(Exam, PersonKey)>> = Vec::with_capacity(read.len());
        for (exam, key) in read {
            let place = *first.entry((exam.worker.clone(), exam.day)).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) if group.iter().any(|(known, _)| says_the_same(known, &exam)) => {
                    self.ignored.push(Ignored { line: exam.line, why: Skip::SameRow });
                }
                Some(group) => group.push((exam, key)),
                None => groups.push(vec![(exam, key)]),
            }
        }
        for mut group in groups {
            match (group.pop(), group.is_empty()) {
                (Some((exam, _)), true) => self.exams.push(exam),
                (last, _) => self.doubtful.extend(group.into_iter().chain(last).map(twice)),
            }
        }
    }
}

fn twice((exam, person): (Exam, PersonKey)) -> Doubtful {
    Doubtful { line: exam.line, person, candidates: vec![exam.worker], why: Doubt::TwiceInFile }
}

fn says_the_same(one: &Exam, other: &Exam) -> bool {
    Exam { line: other.line, ..one.clone() } == *other
}
