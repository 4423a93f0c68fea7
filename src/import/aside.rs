//! Rows of a file that are not plainly taken: refused, left out, or waiting for the physician's word.
//!
//! The same for every kind of file. Must not know what a row brings.

use std::collections::{HashMap, HashSet};

use super::calendar;
use super::folding::{self, Field};
use super::people::{Decisions, Found, Match, Named, PersonKey};
use super::profile::Located;
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use crate::domain::progress::{Going, Phase, Stopped};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};

/// A row that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// Line of the file.
    pub line: u32,
    /// Under which an answer about the person is remembered.
    pub person: PersonKey,
    /// Who it may be.
    pub candidates: Vec<Id>,
    /// The question.
    pub why: Doubt,
}

/// Why a row is not taken; candidates by their place in the roster.
pub(super) enum Out {
    Refused(Refusal),
    Doubtful(PersonKey, Vec<usize>, Doubt),
    Ignored(Skip),
}

/// The rows of a file that are not plainly taken, as any preview shows them.
#[derive(Debug, Clone, Copy)]
pub struct Left<'p> {
    /// Rows below the header, those that are taken included.
    pub rows: usize,
    /// Rows that wait for an answer.
    pub doubtful: &'p [Doubtful],
    /// Rows that cannot be taken.
    pub refused: &'p [Refusal],
    /// Rows left out without being an error.
    pub ignored: &'p [Ignored],
    /// People are told by numbers alone: no name could be compared.
    pub is_unnamed: bool,
}

impl Left<'_> {
    /// How many rows are left.
    pub fn count(&self) -> usize {
        self.doubtful.len() + self.refused.len() + self.ignored.len()
    }
}

/// Every row of a file: what can be taken, in the order of the file, and what is left, by line.
pub(super) struct Judged<T> {
    pub rows: usize,
    pub taken: Vec<T>,
    pub doubtful: Vec<Doubtful>,
    pub refused: Vec<Refusal>,
    pub ignored: Vec<Ignored>,
}

impl<T> Judged<T> {
    /// Judges the rows one by one, behind those that the table itself has refused or left out.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn of(
        table: &Table,
        roster: &[Worker],
        going: &Going<'_>,
        mut judge: impl FnMut(&SourceRow) -> Result<T, Out>,
    ) -> Result<Self, Stopped> {
        Self::of_parts(table, roster, going, |row| std::iter::once(judge(row)))
    }

    /// As [`Judged::of`], where a row may tell several things; each counts as a row.
    ///
    /// # Errors
    /// [`Stopped`].
    pub fn of_parts<P: IntoIterator<Item = Result<T, Out>>>(
        table: &Table,
        roster: &[Worker],
        going: &Going<'_>,
        mut judge: impl FnMut(&SourceRow) -> P,
    ) -> Result<Self, Stopped> {
        let mut judged = Self {
            rows: table.refused.len() + table.ignored.len(),
            taken: Vec::with_capacity(table.rows.len()),
            doubtful: Vec::new(),
            refused: table.refused.clone(),
            ignored: table.ignored.clone(),
        };
        for row in going.over(Phase::Matching, table.rows.len(), &table.rows) {
            for told in judge(row) {
                judged.rows += 1;
                match told {
                    Ok(taken) => judged.taken.push(taken),
                    Err(out) => judged.leave(row.line, out, roster),
                }
            }
        }
        going.check()?;
        Ok(judged.sorted())
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

    fn sorted(mut self) -> Self {
        self.doubtful.sort_by_key(|row| row.line);
        self.refused.sort_unstable();
        self.ignored.sort_unstable();
        self
    }
}

/// What a row tells, each question, refusal and reason once.
pub(super) fn once_each<T>(told: Vec<Result<T, Out>>) -> Vec<Result<T, Out>> {
    let (mut doubts, mut refusals, mut skips) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_first = |told: &Result<T, Out>| match told {
        Ok(_) => true,
        Err(Out::Doubtful(_, _, doubt)) => adds(&mut doubts, *doubt),
        Err(Out::Refused(refusal)) => adds(&mut refusals, *refusal),
        Err(Out::Ignored(skip)) => adds(&mut skips, *skip),
    };
    told.into_iter().filter(|told| is_first(told)).collect()
}

fn adds<V: PartialEq>(known: &mut Vec<V>, value: V) -> bool {
    let is_new = !known.contains(&value);
    if is_new {
        known.push(value);
    }
    is_new
}

/// A row about one person, whatever it brings.
pub trait PersonRow {
    /// Line of the file, 1-based.
    fn line(&self) -> u32;
    /// Whom it is about.
    fn worker(&self) -> &Id;
    /// The day of which a person has one row; none where a file has one row a person.
    fn day_of_its_own(&self) -> Option<Day> {
        None
    }
    /// Whether it says what another row says.
    fn says_the_same(&self, other: &Self) -> bool;
    /// What is asked about rows that say different things of one person and day.
    fn doubt_of<'r>(rows: impl Iterator<Item = &'r Self>) -> Doubt
    where
        Self: 'r;
}

impl<R: PersonRow> Judged<(R, PersonKey)> {
    /// One row a person, or a person and day, is taken; the same row again is one, and rows that differ are a question
    /// all together. A row in doubt holds its place: another row of a place that is `held` is no plain one.
    pub fn once(mut self, held: &HashSet<Place>, given: &Decisions) -> Judged<R> {
        let mut places: HashMap<Place, usize> = HashMap::with_capacity(self.taken.len());
        let mut groups: Vec<Vec<(R, PersonKey)>> = Vec::with_capacity(self.taken.len());
        for (row, key) in self.taken {
            let place = *places.entry(place_of(&row)).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) if group.iter().any(|(known, _)| known.says_the_same(&row)) => {
                    self.ignored.push(Ignored { line: row.line(), why: Skip::SameRow });
                }
                Some(group) => group.push((row, key)),
                None => groups.push(vec![(row, key)]),
            }
        }
        let mut taken = Vec::with_capacity(groups.len());
        for mut group in groups {
            let is_held = group.first().is_some_and(|(row, _)| {
                let why = R::doubt_of(std::iter::once(row));
                held.contains(&place_of(row)) && !given.settled.contains(&(row.line(), why))
            });
            match (group.pop(), group.is_empty() && !is_held) {
                (Some((row, _)), true) => taken.push(row),
                (last, _) => {
                    group.extend(last);
                    let why = R::doubt_of(group.iter().map(|(row, _)| row));
                    self.doubtful.extend(group.into_iter().map(|row| twice(row, why)));
                }
            }
        }
        let Self { rows, doubtful, refused, ignored, .. } = self;
        Judged { rows, taken, doubtful, refused, ignored }.sorted()
    }
}

/// A person, and the day where that is the row's own.
pub(super) type Place = (Id, Option<Day>);

fn place_of<R: PersonRow>(row: &R) -> Place {
    (row.worker().clone(), row.day_of_its_own())
}

fn twice<R: PersonRow>((row, person): (R, PersonKey), why: Doubt) -> Doubtful {
    Doubtful { line: row.line(), person, candidates: vec![row.worker().clone()], why }
}

/// The person of a row; a name in kana alone goes with the birth date, as clinics and 特定健診 name people.
pub(super) fn named<'r>(row: &'r SourceRow, located: &'r Located) -> Named<'r> {
    let text = |field| located.text(row, field).trim();
    let (name, kana) = (text(Field::Name), text(Field::Kana));
    let birth = calendar::date(text(Field::Birth));
    let is_kana = kana.is_empty() && birth.is_some() && folding::is_kana(name);
    let (name, kana) = if is_kana { ("", name) } else { (name, kana) };
    Named { number: text(Field::Number), name, kana, birth }
}

/// The people of the rows that were not left out by an answer.
pub(super) fn people<'r>(
    table: &'r Table,
    located: &'r Located,
    decisions: &'r Decisions,
) -> impl Iterator<Item = Named<'r>> {
    let is_in = |row: &&SourceRow| !decisions.left.contains(&row.line);
    table.rows.iter().filter(is_in).map(|row| named(row, located))
}

/// The worker of the roster that a row is about, by place; whoever is not there is refused, because a file of this kind makes
/// nobody. `doubt` speaks against somebody who was not answered about.
pub(super) fn listed(
    found: Found,
    line: u32,
    doubt: impl FnOnce(usize) -> Option<Doubt>,
) -> Result<(usize, PersonKey), Out> {
    let refused = |why| Err(Out::Refused(Refusal::row(line, why)));
    match found.who {
        Match::Known(index) if found.is_decided => Ok((index, found.key)),
        Match::Known(index) => match doubt(index) {
            Some(doubt) => Err(Out::Doubtful(found.key, vec![index], doubt)),
            None => Ok((index, found.key)),
        },
        Match::New => refused(Why::NotOnRoster),
        Match::Doubtful(candidates, doubt) => Err(Out::Doubtful(found.key, candidates, doubt)),
        Match::Refused(why) => refused(why),
        Match::Left => Err(Out::Ignored(Skip::Answered)),
    }
}
