//! A roster as a file against the one in the vault: who is new, who changed, who is doubtful.
//!
//! Knows workers and their classes. Must not know hours. An empty cell or an absent column takes
//! nothing away: only what the file says is put. A class that the file rules out ends the day before the import.

mod classes;
mod fields;
pub(super) mod headings;
mod lines;
mod marks;
#[cfg(test)]
mod tests;

pub use classes::Classes;
pub use fields::Row;
use headings::Mark;
use lines::Alone;

use std::collections::{HashMap, HashSet};

pub use super::aside::Doubtful;
use super::aside::{self, Judged, Left, Out};
use super::folding::Field;
use super::hours::AcceptError;
use super::people::{Decisions, Found, Match, Named, People, PersonKey, Strangers, clashing};
use super::profile::{Located, Profile, ProfileError};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use crate::domain::progress::Going;
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
    /// Classes that the worker has no longer, with their last day.
    pub ended: Vec<WorkerAttribute>,
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
    /// What rows say beside what is taken of them, and what the records have no place for, or not yet.
    pub not_kept: Vec<Refusal>,
    /// Workers who belong to the establishment on the day and of whom no row speaks: perhaps they left. Nothing is
    /// done about them without a word.
    pub absent: Vec<Id>,
    /// The people of the unchanged rows, until they are counted.
    same: Vec<Id>,
    /// Set where the file stops, because it hardly speaks of this establishment's people.
    pub strangers: Option<Strangers>,
    /// People are told by numbers alone: no name could be compared.
    pub is_unnamed: bool,
    /// The physician said that the file is this establishment's all the same.
    pub are_ours: bool,
}

/// The records to put.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// Workers, new and changed.
    pub workers: Vec<Worker>,
    /// Classes that are new: since ever for a new worker, from the day of the import for a known one; and those that
    /// end.
    pub attributes: Vec<WorkerAttribute>,
}

/// Says what would happen to every row.
///
/// # Errors
/// The profile does not fit the file; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview, ProfileError> {
    preview_while(input, &Going::freely())
}

/// As [`preview`], as long as it is to go on.
///
/// # Errors
/// As [`preview`], and [`ProfileError::Stopped`].
pub fn preview_while(input: &Input<'_>, going: &Going<'_>) -> Result<Preview, ProfileError> {
    let located = input.profile.locate(&input.table.header)?;
    let clashing = clashing_numbers(input.table, &located);
    let people = People::new(input.roster, input.decisions);
    let met = people.counted(aside::people(input.table, &located, input.decisions)).met(input.roster.is_empty());
    let (marks, others) = columns(&input.table.header, &located);
    let is_wide = input.table.rows.iter().any(|row| filled(row).nth(1).is_some());
    let (seen, is_below_leavers) = (HashMap::new(), tells_of_leavers(input.table));
    let not_kept = Vec::new();
    let mut reader =
        Reader { input, located, people, clashing, marks, others, is_wide, is_below_leavers, seen, not_kept };
    let judged = Judged::of(input.table, input.roster, going, |row| reader.judge(row));
    let Judged { rows, taken, doubtful, refused, ignored } = judged?;
    let mut preview = Preview { rows, doubtful, refused, ignored, not_kept: reader.not_kept, ..Preview::default() };
    (preview.strangers, preview.is_unnamed) = (met.strangers, met.is_unnamed);
    taken.into_iter().for_each(|taken| preview.take(taken));
    preview.count_known(input);
    Ok(preview)
}

/// The columns of marks, and those that play no part.
fn columns(header: &[String], located: &Located) -> (Vec<(usize, Mark)>, Vec<usize>) {
    (headings::marks(header, located), headings::others(header, located))
}

/// Whether the file is a list of those who left, by its title or by the name of its sheet.
fn tells_of_leavers(table: &Table) -> bool {
    let sheet = table.sheet.as_ref().and_then(|sheet| sheet.names.get(sheet.number.checked_sub(1)?));
    table.titles.iter().chain(sheet).any(|title| lines::is_title_of_leavers(title))
}

/// The cells of a row that hold something.
fn filled(row: &SourceRow) -> impl Iterator<Item = &str> {
    row.cells.iter().filter(|cell| !cell.trim().is_empty())
}

/// Numbers that stand with several names in the file.
fn clashing_numbers(table: &Table, located: &Located) -> HashSet<String> {
    let text = |row, field| located.text(row, field);
    let keys = table.rows.iter().map(|row| {
        let named = Named { number: text(row, Field::Number), name: text(row, Field::Name), ..Named::default() };
        named.key()
    });
    clashing(keys.collect::<Vec<_>>().iter())
}

struct Reader<'a> {
    input: &'a Input<'a>,
    located: Located,
    people: People<'a>,
    /// Numbers that stand with several names in the file.
    clashing: HashSet<String>,
    /// The columns of marks.
    marks: Vec<(usize, Mark)>,
    /// The columns that play no part.
    others: Vec<usize>,
    /// Whether people have more than one cell, so that a cell alone may be a heading.
    is_wide: bool,
    /// Whether the last heading, among the rows or above them, was that of those who left.
    is_below_leavers: bool,
    /// The rows of this file by person: a known one by place, a new one by number and name.
    seen: HashMap<Person, Row>,
    /// What the taken rows say and nothing keeps.
    not_kept: Vec<Refusal>,
}

#[derive(PartialEq, Eq, Hash)]
enum Person {
    Known(usize),
    New(PersonKey),
}

fn person(place: Option<usize>, key: &PersonKey) -> Person {
    place.map_or_else(|| Person::New(key.clone()), Person::Known)
}

impl Reader<'_> {
    fn judge(&mut self, row: &SourceRow) -> Result<Taken, Out> {
        let line = row.line;
        if self.input.decisions.left.contains(&line) {
            return Err(Out::Ignored(Skip::Answered));
        }
        let alone = self.alone(row);
        if let Some(what @ (Alone::Leavers | Alone::Section)) = alone {
            self.is_below_leavers = what == Alone::Leavers;
            return Err(Out::Ignored(Skip::Section));
        }
        let mut read = self.read(row)?;
        let found = self.people.find(&read.named());
        if alone.is_some() && !read.name.is_empty() && found.who == Match::New && !found.is_decided {
            return Err(Out::Doubtful(found.key, Vec::new(), Doubt::LineAlone));
        }
        let place = self.place(line, &read, &found)?;
        if let Some(doubt) = self.doubt(line, place, &read, found.is_decided) {
            // It holds the place of its person: another row that says something else is no plain one.
            self.seen.entry(person(place, &found.key)).or_insert(read);
            return Err(Out::Doubtful(found.key, place.into_iter().collect(), doubt));
        }
        read.returns = self.is_settled(line, Doubt::StillListed);
        self.first_time(place, &found.key, &read)?;
        self.note(row, &read);
        Ok(self.taken(line, place, read))
    }

    /// Notes what a row says beside what is taken of it: a move that lies ahead, and that somebody is away.
    fn note(&mut self, row: &SourceRow, read: &Row) {
        if fields::moves_later(row, &self.located, self.input.day) == Ok(true) {
            self.not_kept.push(self.located.refusal(row.line, Field::MovedOn, Why::MoveAhead));
        }
        let is_away = |index: &&usize| lines::says_away(row.cells.get(**index));
        let away = self.others.iter().find(is_away).filter(|_| read.left_on.is_none());
        self.not_kept.extend(away.map(|index| Refusal::cell(row.line, *index, Why::NotKept)));
        let says_away = |field: &Field| lines::says_away_instead(self.located.text(row, *field));
        let instead = fields::PLACED.into_iter().filter(says_away).filter(|_| read.left_on.is_none());
        self.not_kept.extend(instead.map(|field| self.located.refusal(row.line, field, Why::NotKept)));
    }

    /// What a line is of which one cell holds something, where people have more.
    fn alone(&self, row: &SourceRow) -> Option<Alone> {
        let only = filled(row).next().filter(|_| self.is_wide && filled(row).nth(1).is_none());
        only.map(lines::alone)
    }

    /// What a row says, marks and words for leaving included.
    fn read(&self, row: &SourceRow) -> Result<Row, Out> {
        let mut read = Row::read(row, &self.located, self.input.day).map_err(Out::Refused)?;
        read.sex = read.sex_as(self.input.profile.sex_codes);
        if marks::is_mark(&read.special_work) {
            read.special_work = self.heading(Field::SpecialWork);
        }
        read.mark(marks::read(row, &self.marks));
        let says_left = |index: &usize| lines::says_left(row.cells.get(*index));
        let says_left_instead = |field| lines::says_left(self.located.text(row, field));
        read.is_said_to_have_left = self.is_below_leavers
            || self.others.iter().any(says_left)
            || fields::PLACED.into_iter().any(says_left_instead);
        Ok(read)
    }

    /// The heading of a field's column, for a mark below it that names nothing itself.
    fn heading(&self, field: Field) -> String {
        let name = self.located.get(field).and_then(|index| self.input.table.header.get(index));
        name.map(|name| name.trim().to_owned()).unwrap_or_default()
    }

    fn place(&self, line: u32, read: &Row, found: &Found) -> Result<Option<usize>, Out> {
        let Found { who, is_decided, key, .. } = found;
        match who {
            Match::Known(index) => Ok(Some(*index)),
            Match::New if read.name.is_empty() => Err(Out::Refused(Refusal::row(line, Why::NoName))),
            Match::New if !is_decided && self.clashing.contains(&key.number) => {
                Err(Out::Doubtful(key.clone(), Vec::new(), Doubt::OtherNameInFile))
            }
            Match::New => Ok(None),
            Match::Doubtful(candidates, doubt) => Err(Out::Doubtful(key.clone(), candidates.clone(), *doubt)),
            Match::Refused(why) => Err(Out::Refused(Refusal::row(line, *why))),
            Match::Left => Err(Out::Ignored(Skip::Answered)),
        }
    }

    /// The first question about a row whose person is found; one about the person is none where the physician said who
    /// it is.
    fn doubt(&self, line: u32, place: Option<usize>, read: &Row, is_decided: bool) -> Option<Doubt> {
        let old = place.and_then(|index| self.people.worker(index));
        let of_old = |speaks: &dyn Fn(&Worker) -> bool| old.is_some_and(speaks);
        let questions = [
            (Doubt::SexCodes, read.sex_number.is_some() && self.input.profile.sex_codes.is_none()),
            (Doubt::NumberAlone, !is_decided && of_old(&|old| read.is_told_by_number_alone(old))),
            (Doubt::OtherSex, !is_decided && of_old(&|old| read.has_other_sex(old))),
            (Doubt::UnknownClass, read.has_unknown_class),
            (Doubt::JoinsAhead, read.joins_ahead(old, self.input.day)),
            (Doubt::SaidToHaveLeft, read.lacks_leaving(old)),
            (
                Doubt::Rejoins,
                read.is_rehired && !of_old(&|old| read.is_known_again(old)) || of_old(&|old| read.rejoins(old)),
            ),
            (Doubt::StillListed, of_old(&|old| read.is_still_listed(old, self.input.day))),
        ];
        let mut open = questions.into_iter().filter(|(doubt, is_asked)| *is_asked && !self.is_settled(line, *doubt));
        open.next().map(|(doubt, _)| doubt)
    }

    fn is_settled(&self, line: u32, doubt: Doubt) -> bool {
        self.input.decisions.settled.contains(&(line, doubt))
    }

    /// A person's second row is a copy, or a question: two rows must not overwrite each other.
    fn first_time(&mut self, place: Option<usize>, key: &PersonKey, read: &Row) -> Result<(), Out> {
        let person = person(place, key);
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
        let held = || {
            let id = old.as_ref().map(|old| &old.id);
            let is_own = move |held: &&WorkerAttribute| Some(&held.worker) == id && held.holds_on(self.input.day);
            self.input.attributes.iter().filter(is_own)
        };
        let is_new = |kind: &AttributeKind| !held().any(|held| held.kind == *kind);
        let classes = row.classes.told.iter().copied().filter(is_new).collect();
        let ended = held().filter(|held| row.classes.ruled_out.contains(&held.kind));
        let last = self.input.day.pred_opt();
        let ended = ended.map(|held| WorkerAttribute { valid_until: last, ..held.clone() }).collect();
        Taken { line, classes, ended, old, row }
    }
}

impl Taken {
    fn keeps_classes(&self) -> bool {
        self.classes.is_empty() && self.ended.is_empty()
    }
}

impl Preview {
    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        self.added.len() + self.changed.len() + self.unchanged.len() + self.left().count()
    }

    /// The rows that are not plainly taken.
    pub fn left(&self) -> Left<'_> {
        let Self { rows, doubtful, refused, ignored, is_unnamed, .. } = self;
        Left { rows: *rows, doubtful, refused, ignored, is_unnamed: *is_unnamed }
    }

    /// Who of the roster is missing in the file, which may speak of somebody certainly or perhaps.
    fn count_known(&mut self, input: &Input<'_>) {
        let known = |taken: &Taken| taken.old.as_ref().map(|old| old.id.clone());
        let taken = self.added.iter().chain(&self.changed).filter_map(known);
        let mut met: HashSet<Id> = taken.chain(self.same.drain(..)).collect();
        self.are_ours = input.decisions.are_ours;
        met.extend(self.doubtful.iter().flat_map(|row| row.candidates.iter().cloned()));
        let here = input.roster.iter().filter(|worker| worker.is_employed_on(input.day));
        self.absent = here.filter(|worker| !met.contains(&worker.id)).map(|worker| worker.id.clone()).collect();
    }

    fn take(&mut self, taken: Taken) {
        match &taken.old {
            None => self.added.push(taken),
            Some(old) if taken.keeps_classes() && taken.row.onto(old) == *old => {
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
            accepted.attributes.extend(taken.ended);
            accepted.workers.push(worker);
        }
        Ok(accepted)
    }
}

/// Whether a word names a class, or several do.
pub(super) fn is_class(text: &str) -> bool {
    Classes::read(text).is_some_and(|classes| !classes.told.is_empty())
}
