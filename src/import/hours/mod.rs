//! A table of hours against the roster and what is already in force: the preview, before anything is written.
//!
//! Knows people, periods and values. Must not know the law: which threshold a value crosses is
//! asked of the caller. Every row of the file ends in exactly one list of the preview.

mod above;
mod accept;
mod daily;
mod newcomers;
mod night;
mod overlap;
mod question;
mod rows;
#[cfg(test)]
mod tests;

pub use accept::{AcceptError, Acceptance, content_sha256};
pub use night::Night;
pub use question::{Crossing, Question, Reading};

use compact_str::CompactString;

pub use super::aside::Doubtful;
use super::aside::Left;
use super::notation::{Notation, Survey};
use super::people::{Decisions, People, Strangers};
use super::profile::{Profile, ProfileError};
use super::reason::{Doubt, Ignored, Refusal, Skip};
use super::source::Table;
use crate::domain::command::HoursInForce;
use crate::domain::hours::{Measure, Series};
use crate::domain::period::Closing;
use crate::domain::progress::{Going, Phase};
use crate::domain::worker::Worker;
use crate::domain::{Day, Hours, Id, Period};
use rows::{Dated, Lines, Place, Resolved, Rows};

/// What a preview is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The file.
    pub table: &'a Table,
    /// Its columns.
    pub profile: &'a Profile,
    /// Every worker of the establishment, leavers included.
    pub roster: &'a [Worker],
    /// What is in force for a worker, any period, measure and series.
    pub existing: &'a dyn Fn(&Id) -> &'a [HoursInForce],
    /// The period of the file where its rows do not say one.
    pub period: Option<Period>,
    /// The closing days of the establishment.
    pub closings: &'a [Closing],
    /// The notation the physician chose; none asks where more than one is possible.
    pub notation: Option<Notation>,
    /// The answers given so far.
    pub decisions: &'a Decisions,
    /// The day of the import: no period begins after it.
    pub day: Day,
    /// The tiers between which a value lies in a period; two readings that differ in them are a question.
    pub crosses: &'a dyn Fn(Period, Hours, Measure) -> Reach,
}

/// The tiers that a value may reach: one, or two where its source rounded it and a line lies within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// By the least it can be.
    pub low: u8,
    /// By the most it can be.
    pub high: u8,
}

impl Reach {
    /// Whether nobody can say which tier it is.
    pub const fn is_undecided(self) -> bool {
        self.low != self.high
    }
}

/// Whose hours a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A worker of the roster.
    Known(Id),
    /// Somebody new, by index into [`Preview::new_workers`].
    New(usize),
}

/// A row that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Line of the file.
    pub line: u32,
    /// Whose.
    pub who: Who,
    /// Counting period.
    pub period: Period,
    /// Value.
    pub hours: Hours,
    /// What is in force now, where that differs; apart, because hardly any row of a large file has it.
    pub old: Option<Box<Hours>>,
    /// The cell, or the summed cells, as they stood.
    pub text: CompactString,
}

/// Somebody the roster does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorker {
    /// 社員番号
    pub number: String,
    /// 氏名
    pub name: String,
    /// ふりがな
    pub kana: String,
    /// 生年月日
    pub birth: Option<Day>,
}

/// What would happen to every row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Rows below the header.
    pub rows: usize,
    /// Values that are new.
    pub added: Vec<Taken>,
    /// Values that replace another; [`Taken::old`] says which.
    pub changed: Vec<Taken>,
    /// Values that are in force already.
    pub unchanged: Vec<u32>,
    /// Rows that wait for an answer; they are not taken without one.
    pub doubtful: Vec<Doubtful>,
    /// Rows that cannot be taken.
    pub refused: Vec<Refusal>,
    /// Rows left out without being an error.
    pub ignored: Vec<Ignored>,
    /// The first and the last day of the periods of its values, be they new or not.
    pub span: Option<(Day, Day)>,
    /// How the file is to be read, where that is not clear; the lists then follow [`Preview::notation`] for show.
    pub question: Option<Question>,
    /// Rows that are part of another row's sum: of single days, or of one month in several rows.
    pub summed: usize,
    /// Lines among the taken values whose tier stays open, because their source rounded them.
    pub undecided: Vec<u32>,
    /// 深夜業 beside the values, new or not.
    pub nights: Vec<Night>,
    /// Cells of 深夜業 that nobody can read, of rows that are taken all the same.
    pub unread: Vec<Refusal>,
    /// People who come with the file.
    pub new_workers: Vec<NewWorker>,
    /// Set where the file stops, because it hardly speaks of this establishment's people.
    pub strangers: Option<Strangers>,
    /// People are told by numbers alone: no name could be compared.
    pub is_unnamed: bool,
    /// The physician said that the file is this establishment's all the same.
    pub are_ours: bool,
    /// The reading.
    pub notation: Notation,
    /// Digits behind the point in the columns of hours.
    digits: u32,
    /// Which definition of hours.
    pub measure: Measure,
    /// Where the hours come from.
    pub series: Series,
}

impl Preview {
    /// Rows that ended in some list; equal to [`Preview::rows`].
    pub fn accounted(&self) -> usize {
        let taken = self.added.len() + self.changed.len() + self.unchanged.len();
        taken + self.left().count() + self.summed
    }

    /// The rows that are not plainly taken.
    pub fn left(&self) -> Left<'_> {
        let Self { rows, doubtful, refused, ignored, is_unnamed, .. } = self;
        Left { rows: *rows, doubtful, refused, ignored, is_unnamed: *is_unnamed }
    }

    /// Whether the column was rounded to tenths of an hour, so that values are intervals.
    pub fn is_rounded(&self) -> bool {
        self.notation == Notation::Decimal && self.digits == 1
    }

    /// Whether the file may have come to the wrong establishment; nothing is taken from it then.
    pub fn seems_foreign(&self) -> bool {
        self.strangers.is_some() && !self.are_ours
    }
}

/// Says what would happen to every row, and what has to be asked first.
///
/// # Errors
/// The profile does not fit the file, or no period is known; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview, ProfileError> {
    preview_while(input, &Going::freely())
}

/// As [`preview`], as long as it is to go on.
///
/// # Errors
/// As [`preview`], and [`ProfileError::Stopped`].
pub fn preview_while(input: &Input<'_>, going: &Going<'_>) -> Result<Preview, ProfileError> {
    let rows = Rows::new(input, going)?;
    // The index of the people is large and lives no longer than this line.
    let (resolved, new_workers, met) = rows.resolve(&People::new(input.roster, input.decisions));
    let resolved = if rows.is_daily() { daily::join(resolved, &rows) } else { resolved };
    let survey = Survey::within(rows.cells(), rows.cell_limit());
    let (notation, question) = question::settle(&rows, &resolved, &survey);
    let mut preview = Preview {
        rows: input.table.row_count(),
        added: Vec::new(),
        changed: Vec::new(),
        unchanged: Vec::new(),
        doubtful: Vec::new(),
        refused: input.table.refused.clone(),
        ignored: input.table.ignored.clone(),
        span: None,
        question,
        summed: resolved.iter().map(|row| row.lines.days.len()).sum(),
        undecided: Vec::new(),
        nights: Vec::new(),
        unread: Vec::new(),
        new_workers,
        strangers: met.strangers,
        is_unnamed: met.is_unnamed,
        are_ours: input.decisions.are_ours,
        notation,
        digits: survey.digits,
        measure: input.profile.measure,
        series: input.profile.series,
    };
    let candidates = preview.candidates(resolved, &rows);
    preview.span = span(&candidates);
    preview.added.reserve_exact(candidates.len());
    overlap::settle(candidates, &mut preview, &rows);
    preview.sort();
    preview.undecided = preview.undecided_by(input);
    going.check()?;
    Ok(preview)
}

/// Whether people and hours are found in a file, and no column says of which period they are.
pub fn lacks_period(profile: &Profile, header: &[String]) -> bool {
    profile.locate_hours(header).is_ok_and(|located| rows::dating(&located, None).is_none())
}

/// A row with a person, a period and a value.
struct Candidate<'t> {
    lines: Lines<'t>,
    place: Place,
    period: Period,
    hours: Hours,
    /// What is asked about the row itself and was not answered yet. It holds the place of its person and period all the
    /// same: another row of them is no plain one.
    doubt: Option<Doubt>,
}

impl Candidate<'_> {
    /// Whether two rows are one told twice: two equal values with another 所属 or another place of work are not.
    fn says_the_same_as(&self, other: &Self) -> bool {
        self.period == other.period
            && self.lines.all().map(|row| &row.cells).eq(other.lines.all().map(|row| &row.cells))
    }

    /// What the row says of 深夜業.
    fn night(&self, rows: &Rows<'_, '_>, preview: &Preview) -> Option<Night> {
        let (count, seconds) = rows.night(&self.lines, preview.notation, preview.digits)?;
        let who = self.place.who(rows.input.roster);
        Some(Night { line: self.lines.line(), who, period: self.period, count, seconds })
    }
}

fn span(candidates: &[Candidate<'_>]) -> Option<(Day, Day)> {
    let periods = || candidates.iter().filter(|row| row.doubt.is_none()).map(|row| row.period);
    periods().map(|period| period.start).min().zip(periods().map(|period| period.end).max())
}

/// Why a row does not become a candidate.
enum Out {
    Refused(Refusal),
    Doubtful(Vec<usize>, Doubt),
    Ignored(Skip),
}

/// An empty row asks nothing, a wrong one is refused before it asks, and only then comes doubt: of the person here, of the
/// row itself once it is known what else the file says of the person.
fn judge(rows: &Rows<'_, '_>, row: &Resolved<'_>, notation: Notation, digits: u32) -> Result<Judged, Out> {
    let line = row.lines.line();
    if rows.is_left(line) {
        return Err(Out::Ignored(Skip::Answered));
    }
    let period = row.period.map_err(Out::Refused);
    let hours = rows.value(&row.lines, notation, digits, period.as_ref().ok().map(|found| found.period));
    let hours = hours.map_err(Out::Refused)?.ok_or(Out::Ignored(Skip::NoValue))?;
    let place = row.place.as_ref().map_err(|out| out.to_out(line))?;
    let Dated { period, doubt } = period?;
    let is_open = |doubt: &Doubt| !rows.is_settled(line, *doubt);
    if let Some(other) = doubt.filter(|doubt| *doubt == Doubt::OtherClosing).filter(is_open) {
        // Its period is none that another row could be taken in: it stands for itself.
        return Err(Out::Doubtful(place.known().into_iter().collect(), other));
    }
    let of_row = [(Doubt::MainBlank, rows.lacks_main(&row.lines)), (Doubt::PartAboveWhole, rows.exceeds(&row.lines))];
    let of_row = of_row.into_iter().find(|(doubt, is_asked)| *is_asked && is_open(doubt)).map(|(doubt, _)| doubt);
    Ok(Judged { place: *place, period, hours, doubt: doubt.filter(is_open).or(of_row) })
}

/// What a row says, and what is asked about it.
struct Judged {
    place: Place,
    period: Period,
    hours: Hours,
    doubt: Option<Doubt>,
}

impl Preview {
    /// Puts aside what cannot be taken. A year of hours is large: each candidate takes the place of its row.
    fn candidates<'t>(&mut self, resolved: Vec<Resolved<'t>>, rows: &Rows<'_, '_>) -> Vec<Candidate<'t>> {
        let mut judged = |row: Resolved<'t>| match judge(rows, &row, self.notation, self.digits) {
            Ok(Judged { place, period, hours, doubt }) => {
                Some(Candidate { lines: row.lines, place, period, hours, doubt })
            }
            Err(out) => {
                self.leave(&row, out, rows);
                None
            }
        };
        let going = rows.going;
        let is_wanted = |(done, _): &(usize, Resolved<'t>)| going.at(*done).is_ok();
        // Whoever reads the candidates hears of a stop from `going`.
        let _ = going.begin(Phase::Weighing, resolved.len());
        let wanted = resolved.into_iter().enumerate().take_while(is_wanted);
        wanted.filter_map(|(_, row)| judged(row)).collect()
    }

    fn leave(&mut self, row: &Resolved<'_>, out: Out, rows: &Rows<'_, '_>) {
        let line = row.lines.line();
        match out {
            Out::Refused(refusal) => self.refused.push(refusal),
            Out::Ignored(why) => self.ignored.push(Ignored { line, why }),
            Out::Doubtful(candidates, why) => {
                let ids = candidates.iter().filter_map(|index| Some(rows.input.roster.get(*index)?.id.clone()));
                let person = rows.person(row.lines.first).named().key();
                self.doubtful.push(Doubtful { line, person, candidates: ids.collect(), why });
            }
        }
    }

    /// Compares a candidate with what is in force.
    fn compare(&mut self, candidate: &Candidate<'_>, input: &Input<'_>, text: CompactString) {
        let line = candidate.lines.line();
        let worker = candidate.place.known().and_then(|index| input.roster.get(index));
        let in_force = worker.map_or(&[][..], |worker| (input.existing)(&worker.id));
        let mut same = in_force.iter().filter(|old| old.measure == self.measure && old.series == self.series);
        let (who, period) = (candidate.place.who(input.roster), candidate.period);
        let taken = |old| Taken { line, who, period, hours: candidate.hours, old, text };
        match same.clone().find(|old| old.period == period) {
            Some(old) if old.hours == candidate.hours => self.unchanged.push(line),
            Some(old) => self.changed.push(taken(Some(Box::new(old.hours)))),
            None if same.any(|old| old.period.overlaps(period)) => {
                self.refused.push(Refusal::row(line, super::reason::Why::OverlapsExisting));
            }
            None => self.added.push(taken(None)),
        }
    }

    fn undecided_by(&self, input: &Input<'_>) -> Vec<u32> {
        let is_open = |row: &&Taken| {
            row.hours.low != row.hours.high && (input.crosses)(row.period, row.hours, self.measure).is_undecided()
        };
        self.added.iter().chain(&self.changed).filter(is_open).map(|row| row.line).collect()
    }

    fn sort(&mut self) {
        self.added.sort_unstable_by_key(|taken| taken.line);
        self.changed.sort_unstable_by_key(|taken| taken.line);
        self.unchanged.sort_unstable();
        self.doubtful.sort_by_key(|doubtful| doubtful.line);
        self.refused.sort_unstable();
        self.unread.sort_unstable();
        self.ignored.sort_unstable();
    }
}
