//! A roster as a file against the one in the vault: who is new, who changed, who is doubtful.
//!
//! Knows workers and their classes. Must not know hours. An empty cell or an absent column takes
//! nothing away: only what the file says is put.

mod fields;
#[cfg(test)]
mod tests;

pub use fields::Row;

use std::collections::{HashMap, HashSet};

pub use super::aside::Doubtful;
use super::aside::{Judged, Left, Out};
use super::folding;
use super::hours::AcceptError;
use super::people::{Decisions, Found, Match, Named, People, PersonKey, RowDecision, Strangers};
use super::profile::{Located, Profile, ProfileError};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use crate::domain::worker::{AttributeKind, Worker, WorkerAttribute};
use crate::domain::{Day, Id, Prefix};

/// What a preview is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The file.
    pub table: &'a Table,
    /// Its columns.
    pub profile: &'a Profile,
    /// Every worker of the establishment, leavers included.
    pub roster: &'a [Worker],
    /// Their classes.
    pub attributes: &'a [WorkerAttribute],
    /// The answers given so far.
    pub decisions: &'a Decisions,
    /// The day of the import: nobody is born after it.
    pub day: Day,
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Line of the file.
    pub line: u32,
    /// The worker as it stands now; none for somebody new.
    pub old: Option<Worker>,
    /// What the file says.
    pub row: Row,
    /// Classes that the worker does not have yet.
    pub classes: Vec<AttributeKind>,
}

/// What would happen to every row of a roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Rows below the header.
    pub rows: usize,
    /// People who are new.
    pub added: Vec<Taken>,
    /// People with a new value somewhere.
    pub changed: Vec<Taken>,
    /// People as they are.
    pub unchanged: Vec<u32>,
    /// Rows that wait for an answer.
    pub doubtful: Vec<Doubtful>,
    /// Rows that cannot be taken.
    pub refused: Vec<Refusal>,
    /// Rows left out without being an error.
    pub ignored: Vec<Ignored>,
    /// Workers who belong to the establishment on the day and of whom no row speaks: perhaps they left. Nothing is
    /// done about them without a word.
    pub absent: Vec<Id>,
    /// The people of the unchanged rows, until they are counted.
    same: Vec<Id>,
    /// Set where the file stops, because it hardly speaks of this establishment's people.
    pub strangers: Option<Strangers>,
    /// The physician said that the file is this establishment's all the same.
    pub are_ours: bool,
}

/// The records to put.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// Workers, new and changed.
    pub workers: Vec<Worker>,
    /// Classes that are new: since ever for a new worker, from the day of the import for a known one.
    pub attributes: Vec<WorkerAttribute>,
}

/// Says what would happen to every row.
///
/// # Errors
/// The profile does not fit the file; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview, ProfileError> {
    let located = input.profile.locate(&input.table.header)?;
    let mut reader =
        Reader { input, located, people: People::new(input.roster, input.decisions), seen: HashMap::new() };
    let judged = Judged::of(input.table, input.roster, |row| reader.judge(row));
    let Judged { rows, taken, doubtful, refused, ignored } = judged;
    let mut preview = Preview { rows, doubtful, refused, ignored, ..Preview::default() };
    taken.into_iter().for_each(|taken| preview.take(taken));
    preview.count_known(input);
    Ok(preview)
}

struct Reader<'a> {
    input: &'a Input<'a>,
    located: Located,
    people: People<'a>,
    /// The rows of this file by person: a known one by place, a new one by number and name.
    seen: HashMap<Person, Row>,
}

#[derive(PartialEq, Eq, Hash)]
enum Person {
    Known(usize),
    New(PersonKey),
}

impl Reader<'_> {
    fn judge(&mut self, row: &SourceRow) -> Result<Taken, Out> {
        let line = row.line;
        let decision = self.input.decisions.rows.get(&line).copied();
        if decision == Some(RowDecision::Leave) {
            return Err(Out::Ignored(Skip::Answered));
        }
        let read = Row::read(row, &self.located, self.input.day).map_err(Out::Refused)?;
        let key = Named { number: &read.number, name: &read.name, ..Named::default() }.key();
        let place = self.place(row, &read, &key)?;
        if read.has_unknown_class && decision != Some(RowDecision::Take) {
            return Err(Out::Doubtful(key, place.into_iter().collect(), Doubt::UnknownClass));
        }
        let old = place.and_then(|index| self.people.worker(index));
        if old.is_some_and(|old| read.rejoins(old)) && decision != Some(RowDecision::Take) {
            return Err(Out::Doubtful(key, place.into_iter().collect(), Doubt::Rejoins));
        }
        self.first_time(place, &key, &read)?;
        Ok(self.taken(line, place, read))
    }

    fn place(&self, row: &SourceRow, read: &Row, key: &PersonKey) -> Result<Option<usize>, Out> {
        let named = Named { number: &read.number, name: &read.name, kana: &read.kana, birth: read.birth };
        let Found { who, .. } = self.people.find(&named);
        match who {
            Match::Known(index) => Ok(Some(index)),
            Match::New if read.name.is_empty() => Err(Out::Refused(Refusal::row(row.line, Why::NoName))),
            Match::New => Ok(None),
            Match::Doubtful(candidates, doubt) => Err(Out::Doubtful(key.clone(), candidates, doubt)),
            Match::Refused(why) => Err(Out::Refused(Refusal::row(row.line, why))),
            Match::Left => Err(Out::Ignored(Skip::Answered)),
        }
    }

    /// A person's second row is a copy, or a question: two rows must not overwrite each other.
    fn first_time(&mut self, place: Option<usize>, key: &PersonKey, read: &Row) -> Result<(), Out> {
        let person = place.map_or_else(|| Person::New(key.clone()), Person::Known);
        match self.seen.get(&person) {
            Some(first) if first == read => Err(Out::Ignored(Skip::SameRow)),
            Some(_) => Err(Out::Doubtful(key.clone(), place.into_iter().collect(), Doubt::TwiceInFile)),
            None => {
                self.seen.insert(person, read.clone());
                Ok(())
            }
        }
    }

    fn taken(&self, line: u32, place: Option<usize>, row: Row) -> Taken {
        let old = place.and_then(|index| self.people.worker(index)).cloned();
        let classes = row.classes.iter().copied().filter(|kind| {
            let holds =
                |held: &&WorkerAttribute| old.as_ref().is_some_and(|old| old.id == held.worker) && held.kind == *kind;
            !self.input.attributes.iter().filter(holds).any(|held| held.holds_on(self.input.day))
        });
        Taken { line, classes: classes.collect(), old, row }
    }
}

impl Preview {
    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        self.added.len() + self.changed.len() + self.unchanged.len() + self.left().count()
    }

    /// The rows that are not plainly taken.
    pub fn left(&self) -> Left<'_> {
        let Self { rows, doubtful, refused, ignored, .. } = self;
        Left { rows: *rows, doubtful, refused, ignored }
    }

    /// Who the file speaks of, certainly or perhaps, and who of the roster is missing in it.
    fn count_known(&mut self, input: &Input<'_>) {
        let known = |taken: &Taken| taken.old.as_ref().map(|old| old.id.clone());
        let taken = self.added.iter().chain(&self.changed).filter_map(known);
        let mut met: HashSet<Id> = taken.chain(self.same.drain(..)).collect();
        let doubtful = self.doubtful.iter().filter(|row| !row.candidates.is_empty());
        let (known, people) = (met.len() + doubtful.clone().count(), self.rows.saturating_sub(self.ignored.len()));
        self.strangers = Strangers::among(known, people, input.roster.len());
        self.are_ours = input.decisions.are_ours;
        met.extend(doubtful.flat_map(|row| row.candidates.iter().cloned()));
        let here = input.roster.iter().filter(|worker| worker.is_employed_on(input.day));
        self.absent = here.filter(|worker| !met.contains(&worker.id)).map(|worker| worker.id.clone()).collect();
    }

    fn take(&mut self, taken: Taken) {
        match &taken.old {
            None => self.added.push(taken),
            Some(old) if taken.classes.is_empty() && taken.row.onto(old) == *old => {
                self.same.push(old.id.clone());
                self.unchanged.push(taken.line);
            }
            Some(_) => self.changed.push(taken),
        }
    }

    /// Makes the records; `next_id` names new workers ([`Prefix::Worker`]) and classes ([`Prefix::Row`]).
    ///
    /// # Errors
    /// [`AcceptError::Strangers`] while the file may be another establishment's.
    pub fn accept(self, day: Day, next_id: &mut dyn FnMut(Prefix) -> Id) -> Result<Accepted, AcceptError> {
        if let Some(strangers) = self.strangers.filter(|_| !self.are_ours) {
            return Err(strangers.into());
        }
        let mut accepted = Accepted::default();
        for taken in self.added.into_iter().chain(self.changed) {
            let valid_from = taken.old.as_ref().map(|_| day);
            let worker =
                taken.old.map_or_else(|| taken.row.new_worker(next_id(Prefix::Worker)), |old| taken.row.onto(&old));
            let attribute = |kind| WorkerAttribute {
                id: next_id(Prefix::Row),
                worker: worker.id.clone(),
                kind,
                valid_from,
                valid_until: None,
            };
            accepted.attributes.extend(taken.classes.into_iter().map(attribute));
            accepted.workers.push(worker);
        }
        Ok(accepted)
    }
}

/// Words of the column 区分 and what they mean for the rules.
///
/// 管理職 is not among them: only some of them are 監督若しくは管理の地位にある者 (労基法41条2号).
const CLASSES: &[(&str, Option<AttributeKind>)] = &[
    ("管理監督者", Some(AttributeKind::Article41)),
    ("41条", Some(AttributeKind::Article41)),
    ("裁量", Some(AttributeKind::Discretionary)),
    ("裁量労働", Some(AttributeKind::Discretionary)),
    ("裁量労働制", Some(AttributeKind::Discretionary)),
    ("専門業務型裁量労働制", Some(AttributeKind::Discretionary)),
    ("企画業務型裁量労働制", Some(AttributeKind::Discretionary)),
    ("研究開発", Some(AttributeKind::Research)),
    ("高プロ", Some(AttributeKind::HighlyProfessional)),
    ("高度プロフェッショナル", Some(AttributeKind::HighlyProfessional)),
    ("高度プロフェッショナル制度", Some(AttributeKind::HighlyProfessional)),
    ("派遣", Some(AttributeKind::Dispatched)),
    ("派遣社員", Some(AttributeKind::Dispatched)),
    ("派遣労働者", Some(AttributeKind::Dispatched)),
    ("医師", Some(AttributeKind::Physician)),
    ("一般", None),
    ("正社員", None),
    ("社員", None),
    ("契約社員", None),
    ("嘱託", None),
    ("パート", None),
    ("アルバイト", None),
    ("フレックス", None),
    ("変形労働時間制", None),
    ("なし", None),
    ("-", None),
];

/// Reads 区分; several stand with 、 or / between them. `None` where a word is not known.
/// Whether a word names a class, or several do.
pub(super) fn is_class(text: &str) -> bool {
    classes(text).is_some_and(|kinds| !kinds.is_empty())
}

fn classes(text: &str) -> Option<Vec<AttributeKind>> {
    let folded = folding::fold(text);
    let words = folded.split(['、', '/', ',', '・', ';', '+']).filter(|word| !word.is_empty());
    let kinds = words.map(|word| CLASSES.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind));
    let kinds: Option<Vec<Option<AttributeKind>>> = kinds.collect();
    kinds.map(|kinds| kinds.into_iter().flatten().collect())
}
