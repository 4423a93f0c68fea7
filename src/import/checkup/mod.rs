//! A clinic's file of checkups against the roster: one row, one examination, its values as the catalogue reads them.
//!
//! Knows people, headings and cells. Must not know what a value means, nor what is on record already: whether an
//! examination is new is asked of `app`. A row whose person is not on the roster is refused: a clinic makes nobody.

mod row;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::people::{Decisions, Match, People, PersonKey, RowDecision, Strangers};
use super::profile::{Located, Profile, ProfileError};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use crate::domain::checkup::{Cells, CheckupKind};
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

/// A row that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// Line of the file.
    pub line: u32,
    /// Under which an answer is remembered.
    pub person: PersonKey,
    /// Who it may be.
    pub candidates: Vec<Id>,
    /// The question.
    pub why: Doubt,
}

/// What every row of a clinic's file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Rows below the header.
    pub rows: usize,
    /// Examinations, new or not.
    pub exams: Vec<Exam>,
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
    let coded = row::coded(&located, &input.table.header);
    let reader = Reader { input, located, coded, people: People::new(input.roster, input.decisions) };
    let mut read = Vec::new();
    for row in &input.table.rows {
        match reader.judge(row) {
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

enum Out {
    Refused(Refusal),
    Doubtful(PersonKey, Vec<usize>, Doubt),
    Ignored(Skip),
}

struct Reader<'a> {
    input: &'a Input<'a>,
    located: Located,
    /// For every column of an item whether it is headed by a code.
    coded: Vec<bool>,
    people: People<'a>,
}

impl Reader<'_> {
    fn judge(&self, row: &SourceRow) -> Result<(Exam, PersonKey), Out> {
        if self.input.decisions.rows.get(&row.line) == Some(&RowDecision::Leave) {
            return Err(Out::Ignored(Skip::Answered));
        }
        let read = row::Read::of(row, (&self.located, &self.coded), self.input)?;
        let (worker, key) = self.person(row, read.day)?;
        let row::Read { day, kind, clinic, judgement, words, cells } = read;
        Ok((Exam { line: row.line, worker, day, kind, clinic, judgement, words, cells }, key))
    }

    fn person(&self, row: &SourceRow, day: Day) -> Result<(Id, PersonKey), Out> {
        let found = self.people.find(&row::named(row, &self.located));
        match found.who {
            Match::Known(index) => match self.leaver(index, day).filter(|_| !found.is_decided) {
                Some(doubt) => Err(Out::Doubtful(found.key, vec![index], doubt)),
                None => {
                    let worker = self.people.worker(index).map(|worker| worker.id.clone());
                    let worker = worker.ok_or(Out::Refused(Refusal::row(row.line, Why::NotOnRoster)))?;
                    Ok((worker, found.key))
                }
            },
            Match::New => Err(Out::Refused(Refusal::row(row.line, Why::NotOnRoster))),
            Match::Doubtful(candidates, doubt) => Err(Out::Doubtful(found.key, candidates, doubt)),
            Match::Refused(why) => Err(Out::Refused(Refusal::row(row.line, why))),
            Match::Left => Err(Out::Ignored(Skip::Answered)),
        }
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

    /// How many of the file's people are known, where they are fewer than a fifth.
    pub fn strangers(&self) -> Option<Strangers> {
        let unknown = self.refused.iter().filter(|row| row.why == Why::NotOnRoster).count();
        let people = self.rows.saturating_sub(self.ignored.len());
        Strangers::among(people.saturating_sub(unknown), people, people)
    }

    fn leave(&mut self, line: u32, out: Out, roster: &[Worker]) {
        match out {
            Out::Refused(refusal) => self.refused.push(refusal),
            Out::Ignored(why) => self.ignored.push(Ignored { line, why }),
            Out::Doubtful(person, candidates, why) => {
                let id = |index: &usize| roster.get(*index).map(|worker| worker.id.clone());
                let candidates = candidates.iter().filter_map(id).collect();
                self.doubtful.push(Doubtful { line, person, candidates, why });
            }
        }
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
