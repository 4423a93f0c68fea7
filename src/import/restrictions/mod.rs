//! A physician's own ledger of restrictions in force (name, measure, until) against the roster and what is recorded.
//!
//! Knows people, words of measures and days. Must not know what follows from a measure. A row whose person is not on the
//! roster is refused: a ledger makes nobody. A row that says 制限なし or 解除 makes no measure and ends none. What the employer
//! answered is no ledger's to say: a measure that comes in has no answer yet.

mod cell;
mod fields;
mod headings;
mod state;
#[cfg(test)]
mod tests;
mod words;

pub use fields::Row;
use headings::{Column, Note};
use state::State;

use std::collections::{HashMap, HashSet};

pub use super::aside::Doubtful;
use super::aside::{self, Judged, Left, Out};
use super::folding::{self, Field};
use super::people::{Decisions, Met, People, PersonKey, Strangers};
use super::profile::{Located, Profile, ProfileError, Proposal, propose_named};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use super::source::{SourceRow, Table};
use crate::domain::case::{Case, CaseState, Ground, Measure};
use crate::domain::progress::Going;
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Period, Prefix};

/// What a preview is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The file.
    pub table: &'a Table,
    /// The columns.
    pub profile: &'a Profile,
    /// Every worker of the establishment, leavers included.
    pub roster: &'a [Worker],
    /// The measures that are recorded.
    pub measures: &'a [Measure],
    /// The answers given so far.
    pub decisions: &'a Decisions,
    /// The day of the import.
    pub day: Day,
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Line of the file.
    pub line: u32,
    /// Whose.
    pub worker: Id,
    /// What it says.
    pub row: Row,
    /// The measure as it stands now; none for a new one.
    pub old: Option<Measure>,
}

/// What would happen to every row of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Rows below the header; one that tells several measures counts for each of them.
    pub rows: usize,
    /// Measures that are new.
    pub added: Vec<Taken>,
    /// Measures whose days change.
    pub changed: Vec<Taken>,
    /// Measures that are recorded so.
    pub unchanged: Vec<u32>,
    /// Rows that wait for an answer.
    pub doubtful: Vec<Doubtful>,
    /// Rows that cannot be taken.
    pub refused: Vec<Refusal>,
    /// Rows left out without being an error.
    pub ignored: Vec<Ignored>,
    /// The people of the file beside those of the roster.
    pub met: Met,
}

/// The records of one row: a new measure comes with the case it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Line of the file.
    pub line: u32,
    /// The case of a new measure.
    pub case: Option<Case>,
    /// The measure.
    pub measure: Measure,
}

/// Proposes the columns of a ledger: the people as in a roster, and the columns of measures.
pub fn propose(header: &[String]) -> Proposal {
    let people = [Field::Number, Field::Name, Field::Kana, Field::Birth];
    let (named, asked) = headings::named(header).map_or_else(|asked| (Vec::new(), Some(asked)), |named| (named, None));
    propose_named(header, &people, &named, |profile| match profile.locate_ledger(header) {
        Err(ProfileError::NoMeasure) if asked.is_some() => asked.clone(),
        located => located.err(),
    })
}

/// Says what would happen to every row.
///
/// # Errors
/// No person or no measure can be told from the header; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview, ProfileError> {
    preview_while(input, &Going::freely())
}

/// As [`preview`], as long as it is to go on.
///
/// # Errors
/// As [`preview`], and [`ProfileError::Stopped`].
pub fn preview_while(input: &Input<'_>, going: &Going<'_>) -> Result<Preview, ProfileError> {
    let located = input.profile.locate_ledger(&input.table.header)?;
    let people = People::new(input.roster, input.decisions);
    let met = people.meet(aside::people(input.table, &located, input.decisions));
    let columns = headings::measures(&input.table.header, &located);
    let notes = headings::notes(&input.table.header, &located);
    let (standing, seen) = (HashSet::new(), HashMap::new());
    let mut reader = Reader { input, located, columns, notes, people, standing, seen };
    reader.standing = input.table.rows.iter().flat_map(|row| reader.standing(row)).collect();
    let judged = Judged::of_parts(input.table, input.roster, going, |row| reader.judge(row));
    let Judged { rows, taken, doubtful, refused, ignored } = judged?;
    let mut preview = Preview { rows, doubtful, refused, ignored, met, ..Preview::default() };
    taken.into_iter().for_each(|taken| preview.take(taken, input.day));
    Ok(preview)
}

struct Reader<'a> {
    input: &'a Input<'a>,
    located: Located,
    /// The columns of measures.
    columns: Vec<Column>,
    /// The columns in which a word of the end may stand.
    notes: Vec<Note>,
    people: People<'a>,
    /// Recorded measures of which a row says that they are in force as they stand.
    standing: HashSet<Id>,
    /// The rows of this file by person and folded measure.
    seen: HashMap<(usize, String), Row>,
}

impl Reader<'_> {
    /// What becomes of each measure of a row.
    fn judge(&mut self, row: &SourceRow) -> Vec<Result<Taken, Out>> {
        if self.input.decisions.left.contains(&row.line) {
            return vec![Err(Out::Ignored(Skip::Answered))];
        }
        let marks_hold = self.is_settled(row, Doubt::MarkAlone);
        let all = Row::all(row, &self.located, &self.columns, marks_hold);
        let (read, mut left): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
        let read: Vec<Row> = read.into_iter().flatten().collect();
        if !read.is_empty() {
            // 可 beside a measure says nothing that has to be told.
            left.retain(|out| !matches!(out, Err(Out::Ignored(Skip::NoRestriction))));
        }
        let mut told: Vec<Result<Taken, Out>> = left.into_iter().filter_map(Result::err).map(Err).collect();
        match self.in_force(row, &read) {
            Err(out) => told.push(Err(out)),
            Ok(None) => {}
            Ok(Some((index, key))) => told.extend(read.into_iter().map(|read| self.measure(row, index, &key, read))),
        }
        aside::once_each(told)
    }

    /// Whose a row is that is in force; none where no measure could be read.
    fn in_force(&self, row: &SourceRow, read: &[Row]) -> Result<Option<(usize, PersonKey)>, Out> {
        let Some(first) = read.first() else { return Ok(None) };
        let (index, key) = self.person(row)?;
        match self.state(row) {
            _ if first.is_over(self.input.day) => {}
            State::Over if first.lifted_on.is_none() => return Err(Out::Ignored(Skip::Over)),
            State::InForce => {}
            _ if self.is_settled(row, Doubt::PerhapsOver) => {}
            _ => return Err(Out::Doubtful(key, vec![index], Doubt::PerhapsOver)),
        }
        Ok(Some((index, key)))
    }

    /// What the words beside the measures say of them.
    fn state(&self, row: &SourceRow) -> State {
        let of_note = |note: &Note| {
            let text = row.cells.get(note.index);
            match state::of_note(text) {
                State::Over if note.is_remark => State::Over,
                State::InForce if !note.speaks_of_end || text.trim().is_empty() => State::InForce,
                _ => State::Unclear,
            }
        };
        let told = state::of_state(self.located.text(row, Field::MeasureState));
        self.notes.iter().map(of_note).fold(told, State::max)
    }

    fn measure(&mut self, row: &SourceRow, index: usize, key: &PersonKey, read: Row) -> Result<Taken, Out> {
        let measure = (index, folding::fold(&read.content).into_owned());
        let asked = [(Doubt::MarkAlone, read.is_mark), (Doubt::PerhapsNone, read.is_unclear)];
        for (doubt, is_asked) in asked {
            if is_asked && !self.is_settled(row, doubt) {
                // It holds the place of its measure: another row of it with other days is no plain one.
                self.seen.entry(measure).or_insert(read);
                return Err(Out::Doubtful(key.clone(), vec![index], doubt));
            }
        }
        let worker = self.people.worker(index).map(|worker| worker.id.clone());
        let worker = worker.ok_or(Out::Refused(Refusal::row(row.line, Why::NotOnRoster)))?;
        // An older spell of the same words that was lifted ends no measure that the ledger itself says is in force.
        let is_other = |old: &Measure| read.is_over(self.input.day) && self.standing.contains(&old.id);
        let old = self.recorded(&worker, &read).filter(|old| !is_other(old));
        if old.is_none() && read.is_over(self.input.day) {
            return Err(Out::Ignored(Skip::Lifted));
        }
        match self.seen.get(&measure) {
            Some(first) if *first == read => return Err(Out::Ignored(Skip::SameRow)),
            Some(_) => return Err(Out::Doubtful(key.clone(), vec![index], Doubt::TwiceInFile)),
            None => _ = self.seen.insert(measure, read.clone()),
        }
        Ok(Taken { line: row.line, old, worker, row: read })
    }

    fn is_settled(&self, row: &SourceRow, doubt: Doubt) -> bool {
        self.input.decisions.settled.contains(&(row.line, doubt))
    }

    fn person(&self, row: &SourceRow) -> Result<(usize, PersonKey), Out> {
        aside::listed(self.people.find(&aside::named(row, &self.located)), row.line, |index| self.leaver(index))
    }

    fn leaver(&self, index: usize) -> Option<Doubt> {
        let today = Period::new(self.input.day, self.input.day)?;
        self.people.doubt_in(index, today).filter(|doubt| *doubt == Doubt::Leaver)
    }

    /// The recorded measures of which a row says what stands.
    fn standing(&self, row: &SourceRow) -> Vec<Id> {
        let Ok((index, _)) = self.person(row) else { return Vec::new() };
        let Some(worker) = self.people.worker(index).filter(|_| !self.input.decisions.left.contains(&row.line)) else {
            return Vec::new();
        };
        let marks_hold = self.is_settled(row, Doubt::MarkAlone);
        let stands = |read: Row| {
            let old = self.recorded(&worker.id, &read)?;
            (!read.is_over(self.input.day) && read.says(&old, self.input.day)).then_some(old.id)
        };
        let all = Row::all(row, &self.located, &self.columns, marks_hold);
        all.into_iter().flatten().filter_map(stands).collect()
    }

    /// The measure of the same words that stands for this worker.
    fn recorded(&self, worker: &Id, row: &Row) -> Option<Measure> {
        let words = folding::fold(&row.content);
        let is_same = |measure: &&Measure| {
            let is_standing = &measure.worker == worker && measure.lifted_on.is_none();
            is_standing && folding::fold(&measure.content) == words && row.may_be(measure)
        };
        self.input.measures.iter().find(is_same).cloned()
    }
}

impl Preview {
    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        self.added.len() + self.changed.len() + self.unchanged.len() + self.left().count()
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

    fn take(&mut self, taken: Taken, day: Day) {
        match &taken.old {
            None => self.added.push(taken),
            Some(old) if taken.row.says(old, day) => self.unchanged.push(taken.line),
            Some(_) => self.changed.push(taken),
        }
    }

    /// Makes the records; `next_id` names new cases ([`Prefix::Case`]) and measures ([`Prefix::Row`]). The new measures of
    /// one row hang on one case.
    pub fn accept(self, day: Day, next_id: &mut dyn FnMut(Prefix) -> Id) -> Vec<Accepted> {
        let taken = self.added.into_iter().chain(self.changed);
        let mut cases = HashMap::new();
        taken.map(|taken| accepted(taken, day, &mut cases, next_id)).collect()
    }
}

fn accepted(taken: Taken, day: Day, cases: &mut HashMap<u32, Id>, next_id: &mut dyn FnMut(Prefix) -> Id) -> Accepted {
    let Taken { line, worker, row, old } = taken;
    if let Some(old) = old {
        return Accepted { line, case: None, measure: row.onto(old, day) };
    }
    let known = cases.get(&line).cloned();
    let case_id = known.clone().unwrap_or_else(|| next_id(Prefix::Case));
    cases.insert(line, case_id.clone());
    let case = known.is_none().then(|| case(case_id.clone(), &worker, row.from.unwrap_or(day)));
    let measure = Measure {
        content: row.content.clone(),
        from: row.from,
        until: row.until,
        review_on: Some(row.review(day)),
        ..Measure::new(next_id(Prefix::Row), case_id, worker, row.kind)
    };
    Accepted { line, case, measure }
}

fn case(id: Id, worker: &Id, opened_on: Day) -> Case {
    Case {
        id,
        worker: worker.clone(),
        ground: Ground::Ledger,
        state: CaseState::Open,
        opened_on,
        next_on: None,
        closed_on: None,
        note: String::new(),
    }
}
