//! A physician's own ledger of restrictions in force (name, measure, until) against the roster and what is recorded.
//!
//! Knows people, words of measures and days. Must not know what follows from a measure. A row whose person is not on the
//! roster is refused: a ledger makes nobody. A row that says 制限なし or 解除 makes no measure and ends none. What the employer
//! answered is no ledger's to say: a measure that comes in has no answer yet.

mod cell;
mod ends;
mod fields;
mod headings;
mod sections;
mod several;
mod stages;
mod state;
mod subjects;
#[cfg(test)]
mod tests;
mod words;

pub use fields::Row;
pub(super) use headings::is_of_levels;
use headings::{Column, Note};
use sections::{Section, Sections};
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

/// The columns in which a word alone is that of somebody's measure, and no line that stands alone.
const DAYS_AND_STATE: &[Field] = &[
    Field::MeasureFrom,
    Field::MeasureUntil,
    Field::MeasureSpan,
    Field::MeasureLifted,
    Field::MeasureReview,
    Field::MeasureState,
];

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

/// Whether the headings are those of a ledger, although a kind of file that is tried before it knows some of them as its
/// own: 残業, 深夜業, 出張, 運転 and 期限 are no hours.
pub fn is_plain(header: &[String]) -> bool {
    headings::is_ledger(header) && propose(header).missing.is_none()
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
    let columns = headings::measures(input.table, &located);
    let notes = headings::notes(&input.table.header, &located);
    let (standing, seen) = (HashSet::new(), HashMap::new());
    let sections = Sections::default();
    let mut reader = Reader { input, located, columns, notes, sections, people, standing, seen };
    reader.sections = reader.find_sections();
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
    /// The lines that stand alone.
    sections: Sections,
    people: People<'a>,
    /// Recorded measures of which a row says that they are in force.
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
        if let Some(skip) = self.sections.skip(row.line).or_else(|| self.below(row)).or_else(|| self.without(row)) {
            return vec![Err(Out::Ignored(skip))];
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
        let state = self.state(row);
        let doubt = match state {
            _ if first.is_over(self.input.day) => None,
            State::Over if first.lifted_on.is_none() => return Err(Out::Ignored(Skip::Over)),
            State::Nothing => Some(Doubt::Contradicts),
            State::InForce if self.says_freely(row) => Some(Doubt::Contradicts),
            State::InForce => {
                (first.is_past(self.input.day) && self.is_said_to_hold(row, first)).then_some(Doubt::PerhapsOver)
            }
            _ => Some(Doubt::PerhapsOver),
        };
        match doubt.filter(|doubt| !self.is_settled(row, *doubt)) {
            Some(doubt) => Err(Out::Doubtful(key, vec![index], doubt)),
            None => Ok(Some((index, key))),
        }
    }

    /// What the words beside the measures say of them.
    fn state(&self, row: &SourceRow) -> State {
        let of_note = |note: &Note| {
            let text = row.cells.get(note.index);
            let told = if note.is_remark { state::of_remark(text) } else { state::of_note(text) };
            match told {
                _ if note.asks_whether => state::of_state(text, true),
                State::Over if note.is_remark => State::Over,
                State::InForce if !note.speaks_of_end || text.trim().is_empty() => State::InForce,
                _ => State::Unclear,
            }
        };
        let of_section = match self.sections.above(row.line) {
            None | Some(Section::InForce) => State::InForce,
            Some(Section::Over) if self.located.text(row, Field::MeasureState).trim().is_empty() => State::Over,
            Some(_) => State::Unclear,
        };
        self.notes.iter().map(of_note).fold(self.told_state(row).max(of_section), State::max)
    }

    /// What the column of states, or the one that asks whether there is a measure, says of a row.
    fn told_state(&self, row: &SourceRow) -> State {
        let heading = self.located.get(Field::MeasureState).and_then(|index| self.input.table.header.get(index));
        let asks_whether = heading.is_some_and(|heading| headings::asks_whether(&folding::fold(heading)));
        let lifted = state::of_lifted(self.located.text(row, Field::MeasureLifted)).unwrap_or(State::InForce);
        state::of_state(self.located.text(row, Field::MeasureState), asks_whether).max(lifted)
    }

    /// Whether 就業区分 says 通常勤務 beside a measure of its own column.
    fn says_freely(&self, row: &SourceRow) -> bool {
        let class = self.located.text(row, Field::MeasureClass);
        !class.trim().is_empty() && !self.has_no_words(row) && words::read(class) == words::Says::Nothing
    }

    /// Whether something beside an end that has passed says that the measure goes on.
    fn is_said_to_hold(&self, row: &SourceRow, read: &Row) -> bool {
        let is_ahead = read.review_on.is_some_and(|review| review > self.input.day);
        let is_told = state::says_in_force(self.located.text(row, Field::MeasureState));
        is_ahead || is_told || self.sections.above(row.line) == Some(Section::InForce)
    }

    fn has_no_words(&self, row: &SourceRow) -> bool {
        self.columns.iter().all(|column| column.text(row, &self.located).trim().is_empty())
    }

    /// Why a row below a line that stands alone is left out.
    fn below(&self, row: &SourceRow) -> Option<Skip> {
        let is_silent = |field: Field| self.located.text(row, field).trim().is_empty();
        match self.sections.above(row.line)? {
            // What the ledger says to have ended on a day may end what is recorded.
            Section::Over if is_silent(Field::MeasureLifted) && is_silent(Field::MeasureState) => Some(Skip::BelowOver),
            Section::Ahead if is_silent(Field::MeasureState) => Some(Skip::BelowAhead),
            _ => None,
        }
    }

    /// Why a row without words of a measure is left out, where another column says that there is none.
    fn without(&self, row: &SourceRow) -> Option<Skip> {
        match self.told_state(row) {
            _ if !self.has_no_words(row) => None,
            State::Nothing => Some(Skip::NoRestriction),
            State::Over => Some(Skip::Over),
            _ => None,
        }
    }

    /// The lines that stand alone: one cell, or a heading by its sign before cells that tell no measure.
    fn find_sections(&self) -> Sections {
        let table = self.input.table;
        let lines = table.rows.iter().filter_map(|row| Some((row.line, self.alone(row)?)));
        let sheet = table.sheet.as_ref().and_then(|sheet| sheet.names.get(sheet.number.checked_sub(1)?));
        Sections::of(table.titles.iter().chain(sheet), lines)
    }

    /// The words of a row that is no measure of anybody, but a line that stands alone.
    fn alone<'r>(&self, row: &'r SourceRow) -> Option<&'r str> {
        let cells = row.cells.iter().map(str::trim).enumerate();
        let mut filled = cells.filter(|(_, cell)| !cell.is_empty());
        let (index, text) = filled.next()?;
        let is_alone = filled.all(|(_, cell)| cell == text);
        let tells_measure = self.columns.iter().any(|column| column.index == Some(index) && column.is_of_subject);
        let is_day = |field: &Field| self.located.get(*field) == Some(index);
        if tells_measure || DAYS_AND_STATE.iter().any(is_day) {
            return None;
        }
        let is_person = || !matches!(self.person(row), Err(Out::Refused(_)));
        let is_place = index == 0 || self.located.get(Field::Number) == Some(index);
        let is_wordy = || is_place && !text.contains(|c: char| c.is_ascii_digit()) && !is_person();
        let is_signed = || sections::has_sign(text) && self.has_no_words(row) && !is_person();
        let is_line = is_alone && (sections::is_heading(text) || is_wordy()) || !is_alone && is_signed();
        is_line.then_some(text)
    }

    fn measure(&mut self, row: &SourceRow, index: usize, key: &PersonKey, read: Row) -> Result<Taken, Out> {
        let measure = (index, folding::fold(&read.content).into_owned());
        let open = read.doubts.iter().copied().find(|doubt| !self.is_settled(row, *doubt));
        if let Some(doubt) = open {
            // It holds the place of its measure: another row of it with other days is no plain one.
            self.seen.entry(measure).or_insert(read);
            return Err(Out::Doubtful(key.clone(), vec![index], doubt));
        }
        let worker = self.people.worker(index).map(|worker| worker.id.clone());
        let worker = worker.ok_or(Out::Refused(Refusal::row(row.line, Why::NotOnRoster)))?;
        // An older spell of the same words that ended is no word about a measure that the ledger itself says is in force.
        let day = self.input.day;
        let is_other = |old: &Measure| read.has_ended(day) && self.standing.contains(&old.id);
        let old = self.recorded(&worker, &read).filter(|old| !is_other(old));
        let old = old.filter(|old| !read.is_past(day) || read.is_of_the_same_time(old));
        if old.is_none() && read.is_over(day) {
            return Err(Out::Ignored(Skip::Lifted));
        }
        if old.is_none() && read.is_past(day) && !self.is_settled(row, Doubt::PerhapsOver) {
            return Err(Out::Ignored(Skip::Past));
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

    /// The recorded measures of which a row says that they go on, with the same days or others.
    fn standing(&self, row: &SourceRow) -> Vec<Id> {
        let Ok((index, _)) = self.person(row) else { return Vec::new() };
        let is_out = self.input.decisions.left.contains(&row.line) || self.below(row).is_some();
        let Some(worker) = self.people.worker(index).filter(|_| !is_out) else { return Vec::new() };
        let marks_hold = self.is_settled(row, Doubt::MarkAlone);
        let stands = |read: Row| {
            let old = self.recorded(&worker.id, &read)?;
            (!read.has_ended(self.input.day)).then_some(old.id)
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
