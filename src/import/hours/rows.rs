//! Rows to people and periods, each spelling looked up once.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::Datelike;
use compact_str::CompactString;

use super::super::EARLIEST_YEAR;
use super::super::folding::{self, Field};
use super::super::notation::{self, Notation, Shape};
use super::super::people::{Census, Found, Match, Met, Named, People};
use super::super::profile::{Located, ProfileError};
use super::super::reason::{Doubt, Refusal, Skip, Why};
use super::super::source::SourceRow;
use super::super::{blank, calendar};
use super::above::Exceeding;
use super::newcomers::NewPeople;
use super::{Input, NewWorker, Out, Who, daily};
use crate::domain::period::closing_in;
use crate::domain::progress::{Going, Phase};
use crate::domain::worker::Worker;
use crate::domain::{Day, Hours, Period, Seconds};

/// Whose row it is: by index into the roster, or among the new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    Known(usize),
    New(usize),
}

impl Place {
    pub fn known(self) -> Option<usize> {
        match self {
            Self::Known(index) => Some(index),
            Self::New(_) => None,
        }
    }

    pub fn who(self, roster: &[Worker]) -> Who {
        match self {
            Self::New(index) => Who::New(index),
            Self::Known(index) => {
                roster.get(index).map_or(Who::New(usize::MAX), |worker| Who::Known(worker.id.clone()))
            }
        }
    }
}

/// Why a row has no place.
#[derive(Debug, Clone)]
pub(super) enum NoPlace {
    Refused(Why),
    Doubtful(Vec<usize>, Doubt),
    Left,
}

impl NoPlace {
    pub fn to_out(&self, line: u32) -> Out {
        match self {
            Self::Refused(why) => Out::Refused(Refusal::row(line, *why)),
            Self::Doubtful(candidates, doubt) => Out::Doubtful(candidates.clone(), *doubt),
            Self::Left => Out::Ignored(Skip::Answered),
        }
    }
}

/// The person of a row as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Columns<'t> {
    pub number: &'t str,
    name: &'t str,
    kana: &'t str,
    birth: &'t str,
}

impl<'t> Columns<'t> {
    pub fn named(self) -> Named<'t> {
        Named { number: self.number, name: self.name, kana: self.kana, birth: calendar::date(self.birth) }
    }
}

/// A period, and whether it is the one the closing day makes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub period: Period,
    pub doubt: Option<Doubt>,
}

/// What a value comes from: a row of the file, and the rows of further days that are summed with it.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    pub first: &'t SourceRow,
    pub days: Vec<&'t SourceRow>,
}

impl<'t> Lines<'t> {
    /// Every row of the file that the value comes from.
    pub fn all(&self) -> impl Iterator<Item = &'t SourceRow> {
        std::iter::once(self.first).chain(self.days.iter().copied())
    }

    /// The line that the value is known by.
    pub fn line(&self) -> u32 {
        self.first.line
    }
}

/// A row with what its person and period columns say.
pub(super) struct Resolved<'t> {
    pub lines: Lines<'t>,
    pub place: Result<Place, NoPlace>,
    pub period: Result<Dated, Refusal>,
}

impl Resolved<'_> {
    /// The worker, where that is certain.
    pub fn known(&self) -> Option<usize> {
        self.place.as_ref().ok().and_then(|place| place.known())
    }
}

/// The columns that say a period.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dating {
    Fixed(Period),
    YearMonth(usize),
    YearAndMonth(usize, usize),
    Span(usize, usize),
    End(usize),
    Day(usize),
}

/// The rows of a table with the places of its columns.
pub(super) struct Rows<'t, 'g> {
    pub input: Input<'t>,
    /// Whether it goes on: every walk over the rows is a phase of its own.
    pub going: &'g Going<'g>,
    located: Located,
    dating: Dating,
    /// The summed columns of overtime itself, where others are summed with them.
    main: Vec<usize>,
    /// The lines in which a part of the time is longer than its whole.
    exceeding: Exceeding,
}

impl<'t, 'g> Rows<'t, 'g> {
    pub fn new(input: &Input<'t>, going: &'g Going<'g>) -> Result<Self, ProfileError> {
        let located = input.profile.locate_hours(&input.table.header)?;
        let dating = dating(&located, input.period).ok_or(ProfileError::NoPeriod)?;
        let main = main_columns(&located.hours, &input.table.header);
        let exceeding = Exceeding::of(input.table, &located.hours);
        Ok(Self { input: *input, going, located, dating, main, exceeding })
    }

    /// The person of a row as it is written.
    pub fn person<'r>(&self, row: &'r SourceRow) -> Columns<'r> {
        let cell = |field| self.located.get(field).map_or("", |index| row.cells.get(index));
        let [number, name, kana, birth] = [Field::Number, Field::Name, Field::Kana, Field::Birth].map(cell);
        Columns { number, name, kana, birth }
    }

    /// Whether the physician said that a row is left out.
    pub fn is_left(&self, line: u32) -> bool {
        let left = &self.input.decisions.left;
        !left.is_empty() && left.contains(&line)
    }

    /// Whether a question about a line was answered by using it: one answer is none to another question.
    pub fn is_settled(&self, line: u32, doubt: Doubt) -> bool {
        let settled = &self.input.decisions.settled;
        !settled.is_empty() && settled.contains(&(line, doubt))
    }

    /// The column of a field beside the hours.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.located.get(field)
    }

    /// Every cell of time in the file.
    pub fn cells(&self) -> impl Iterator<Item = Cow<'t, str>> + Clone {
        let table = self.input.table;
        table.rows.iter().flat_map(|row| self.located.hours.iter().map(|index| self.cell(row, *index)))
    }

    /// A cell of time, with the minutes that stand beside it in a column of their own.
    pub fn cell<'r>(&self, row: &'r SourceRow, index: usize) -> Cow<'r, str> {
        let own = row.cells.get(index);
        let beside = self.located.minutes.iter().find(|(hours, _)| *hours == index);
        beside.map_or(Cow::Borrowed(own), |(_, minutes)| Cow::Owned(with_minutes(own, row.cells.get(*minutes))))
    }

    /// Whether a part of the time stands in the file with more than its whole.
    pub fn exceeds(&self, lines: &Lines<'_>) -> bool {
        self.exceeding.holds(lines.all())
    }

    /// Whether each row is one day.
    pub fn is_daily(&self) -> bool {
        matches!(self.dating, Dating::Day(_))
    }

    /// The most that one cell can hold.
    pub fn cell_limit(&self) -> Seconds {
        if self.is_daily() { daily::LIMIT } else { notation::limit_of(None) }
    }

    /// The day of a row, where rows are days.
    pub fn day(&self, row: &SourceRow) -> Option<Day> {
        match self.dating {
            Dating::Day(column) => calendar::date(row.cells.get(column)),
            _ => None,
        }
    }

    /// The sum of a row's columns of time, and of its days; `None` where all of them are empty.
    pub fn value(
        &self,
        lines: &Lines<'_>,
        notation: Notation,
        digits: u32,
        period: Option<Period>,
    ) -> Result<Option<Hours>, Refusal> {
        let mut sum: Option<Hours> = None;
        for day in lines.all() {
            let hours = self.columns(day, notation, digits)?;
            if hours.is_some_and(|hours| self.is_daily() && hours.low > daily::LIMIT) {
                return Err(self.absurd(day));
            }
            sum = added(sum, hours);
        }
        let within = |hours| notation::within(hours, notation::limit_of(period));
        sum.map(within).transpose().map_err(|_| self.absurd(lines.first))
    }

    fn columns(&self, row: &SourceRow, notation: Notation, digits: u32) -> Result<Option<Hours>, Refusal> {
        let mut sum = None;
        for index in &self.located.hours {
            let cell =
                notation::shape(&self.cell(row, *index)).and_then(|shape| notation::read(shape, notation, digits));
            sum = added(sum, cell.map_err(|why| Refusal::cell(row.line, *index, why))?);
        }
        Ok(sum)
    }

    /// Whether a row says anything where time stands.
    pub fn holds_time(&self, row: &SourceRow) -> bool {
        let is_told = |index: &usize| notation::shape(&self.cell(row, *index)) != Ok(Shape::Nothing);
        self.located.hours.iter().any(is_told)
    }

    /// Whether the overtime itself is blank beside hours of the night or of days off: nothing, or nobody filled it in.
    ///
    /// A row of one day is none of this: on a day off there is only work of a day off.
    pub fn lacks_main(&self, lines: &Lines<'_>) -> bool {
        let holds = |index: &usize| {
            let shape = notation::shape(&self.cell(lines.first, *index));
            shape.is_ok_and(|shape| shape != Shape::Nothing && !shape.is_zero())
        };
        let is_blank = |index: &usize| notation::shape(&self.cell(lines.first, *index)) == Ok(Shape::Nothing);
        let is_lacking = || self.main.iter().all(is_blank) && self.located.hours.iter().any(holds);
        !self.is_daily() && !self.main.is_empty() && is_lacking()
    }

    fn absurd(&self, row: &SourceRow) -> Refusal {
        Refusal::cell(row.line, self.located.hours.first().copied().unwrap_or_default(), Why::Absurd)
    }

    /// The cells as they stood, joined where they are summed.
    pub fn text(&self, lines: &Lines<'_>) -> CompactString {
        if lines.days.is_empty() {
            return self.cell_text(lines.first);
        }
        let cells = lines.all().map(|day| self.cell_text(day)).filter(|text| !text.is_empty());
        cells.collect::<Vec<_>>().join(" + ").into()
    }

    /// The cells of one row of the file.
    pub fn cell_text(&self, row: &SourceRow) -> CompactString {
        match self.located.hours.as_slice() {
            [only] => self.cell(row, *only).into(),
            several => several.iter().map(|index| self.cell(row, *index)).collect::<Vec<_>>().join(" + ").into(),
        }
    }

    pub fn resolve(&self, people: &People<'_>) -> (Vec<Resolved<'t>>, Vec<NewWorker>, Met) {
        let table = &self.input.table.rows;
        let (spellings, spelled_as) = self.spellings(people);
        let mut census = Census::default();
        spellings.iter().for_each(|spelled| census.add(&spelled.person.named(), &spelled.found));
        let new = NewPeople::of(&spellings);
        let mut resolver = Resolver { rows: self, people, periods: HashMap::new(), new };
        let mut resolved = Vec::with_capacity(table.len());
        let spelled = spelled_as.iter().filter_map(|index| spellings.get(*index));
        let rows = self.going.over(Phase::Matching, table.len(), table);
        resolved.extend(rows.zip(spelled).map(|(row, whose)| resolver.resolve(row, whose)));
        for row in &mut resolved {
            resolver.new.look_again(row, self);
        }
        (resolved, resolver.new.workers, census.met(self.input.roster.is_empty()))
    }

    /// Every way in which the file writes somebody, looked up once, and for every row which of them it is.
    fn spellings(&self, people: &People<'_>) -> (Vec<Spelling<'t>>, Vec<usize>) {
        let mut places: HashMap<Columns<'t>, usize> = HashMap::new();
        let mut spellings: Vec<Spelling<'t>> = Vec::new();
        let place = |row| {
            let person = self.person(row);
            *places.entry(person).or_insert_with(|| {
                spellings.push(Spelling { person, found: people.find(&person.named()) });
                spellings.len() - 1
            })
        };
        let rows = &self.input.table.rows;
        let spelled_as = self.going.over(Phase::Matching, rows.len(), rows).map(place).collect();
        (spellings, spelled_as)
    }
}

/// Hours and minutes of two cells as one text: 190 and 30 as 190時間30分.
fn with_minutes(hours: &str, minutes: &str) -> String {
    let amount = |cell: &str, unit: &str| {
        let folded = folding::fold(cell);
        let amount = folded.trim_end_matches(unit);
        if blank::is_blank(amount) { String::new() } else { format!("{amount}{unit}") }
    };
    amount(hours, "時間") + &amount(minutes, "分")
}

fn main_columns(hours: &[usize], header: &[String]) -> Vec<usize> {
    let is_main = |index: &&usize| {
        let field = header.get(**index).and_then(|name| folding::field_of(name));
        matches!(field, Some(Field::Overtime | Field::TotalOvertime))
    };
    let main: Vec<usize> = hours.iter().filter(is_main).copied().collect();
    if main.len() < hours.len() { main } else { Vec::new() }
}

fn added(sum: Option<Hours>, hours: Option<Hours>) -> Option<Hours> {
    let Some(hours) = hours else { return sum };
    let so_far = sum.unwrap_or_default();
    Some(Hours { low: Seconds(so_far.low.0 + hours.low.0), high: Seconds(so_far.high.0 + hours.high.0) })
}

pub(super) fn dating(located: &Located, fixed: Option<Period>) -> Option<Dating> {
    let pair = |one, other| located.get(one).zip(located.get(other));
    let span = pair(Field::PeriodStart, Field::PeriodEnd).map(|(start, end)| Dating::Span(start, end));
    let months = || pair(Field::Year, Field::Month).map(|(year, month)| Dating::YearAndMonth(year, month));
    let month = || located.get(Field::YearMonth).map(Dating::YearMonth);
    let end = || located.get(Field::PeriodEnd).map(Dating::End);
    let day = || located.get(Field::Date).map(Dating::Day);
    span.or_else(months).or_else(month).or_else(end).or_else(day).or_else(|| fixed.map(Dating::Fixed))
}

/// Somebody as the file writes them, and whom that is.
pub(super) struct Spelling<'t> {
    pub person: Columns<'t>,
    pub found: Found,
}

struct Resolver<'r, 't> {
    rows: &'r Rows<'t, 'r>,
    people: &'r People<'r>,
    periods: HashMap<(&'t str, &'t str), Result<Dated, Why>>,
    new: NewPeople,
}

impl<'t> Resolver<'_, 't> {
    fn resolve(&mut self, row: &'t SourceRow, spelled: &Spelling<'t>) -> Resolved<'t> {
        let period = self.period(row);
        let place = self.place(spelled, period.ok().map(|dated| dated.period));
        Resolved { lines: Lines { first: row, days: Vec::new() }, place, period }
    }

    fn place(&mut self, spelled: &Spelling<'_>, period: Option<Period>) -> Result<Place, NoPlace> {
        let found = &spelled.found;
        match &found.who {
            Match::Known(index) => {
                let undecided = period.filter(|_| !found.is_decided);
                let doubt = undecided.and_then(|period| self.people.doubt_in(*index, period));
                doubt.map_or(Ok(Place::Known(*index)), |doubt| Err(NoPlace::Doubtful(vec![*index], doubt)))
            }
            Match::New => self.new.place(spelled.person.named(), found),
            Match::Doubtful(candidates, doubt) => Err(NoPlace::Doubtful(candidates.clone(), *doubt)),
            Match::Refused(why) => Err(NoPlace::Refused(*why)),
            Match::Left => Err(NoPlace::Left),
        }
    }

    fn period(&mut self, row: &'t SourceRow) -> Result<Dated, Refusal> {
        let (first, second) = match self.rows.dating {
            Dating::Fixed(period) => return self.rows.fixed(row, period),
            Dating::YearMonth(column) | Dating::End(column) => (column, column),
            Dating::YearAndMonth(year, month) => (year, month),
            Dating::Span(start, end) => (start, end),
            Dating::Day(column) => (column, column),
        };
        let key = (row.cells.get(first), row.cells.get(second));
        let rows = self.rows;
        let dated = self.periods.entry(key).or_insert_with(|| rows.dated(key).and_then(|dated| rows.possible(dated)));
        dated.map_err(|why| Refusal::cell(row.line, first, why))
    }
}

impl Rows<'_, '_> {
    fn dated(&self, (first, second): (&str, &str)) -> Result<Dated, Why> {
        let month = match self.dating {
            Dating::Fixed(period) => return Ok(Dated { period, doubt: None }),
            Dating::Span(..) => return self.span(first, second),
            Dating::Day(_) => {
                let day = calendar::told(first)?;
                let period = daily::period_of(self.input.closings, day).ok_or(Why::NoClosing)?;
                return Ok(Dated { period, doubt: None });
            }
            Dating::End(_) => {
                let day = calendar::told(first)?;
                let period = daily::period_of(self.input.closings, day).ok_or(Why::NoClosing)?;
                return Ok(Dated { period, doubt: (period.end != day).then_some(Doubt::OtherClosing) });
            }
            Dating::YearMonth(_) => match calendar::span(first) {
                Some((start, end)) => return self.between(start, end),
                None => calendar::year_month(first).or_else(|| calendar::month_as_day(first)),
            },
            Dating::YearAndMonth(..) => calendar::month_of_year(first, second),
        };
        let (year, month) = month.ok_or(Why::NotPeriod)?;
        let period = closing_in(self.input.closings, year, month).ok_or(Why::NoClosing)?;
        Ok(Dated { period, doubt: None })
    }

    /// Nobody has worked in a period that has not begun, nor before there was a law to count by.
    fn possible(&self, dated: Dated) -> Result<Dated, Why> {
        let start = dated.period.start;
        let is_possible = start <= self.input.day && start.year() >= EARLIEST_YEAR;
        if is_possible { Ok(dated) } else { Err(Why::DateOutOfRange) }
    }

    /// A month in the row, without its year, has to be that of the period which was chosen for the file.
    fn fixed(&self, row: &SourceRow, period: Period) -> Result<Dated, Refusal> {
        let column = self.located.get(Field::Month);
        let other = column.filter(|column| calendar::month(row.cells.get(*column)) != Some(period.month().1));
        other.map_or(Ok(Dated { period, doubt: None }), |column| Err(Refusal::cell(row.line, column, Why::OtherMonth)))
    }

    fn span(&self, start: &str, end: &str) -> Result<Dated, Why> {
        let known = |day| calendar::told(day).map_err(|why| if why == Why::NotDate { Why::NotPeriod } else { why });
        let (start, end) = (known(start)?, known(end)?);
        self.between(start, end)
    }

    /// A span is taken as it is written; where it is not the registered period, that is asked.
    fn between(&self, start: Day, end: Day) -> Result<Dated, Why> {
        let period = Period::new(start, end).filter(|period| period.days() <= LONGEST).ok_or(Why::NotPeriod)?;
        let (year, month) = period.month();
        let is_regular = closing_in(self.input.closings, year, month).is_none_or(|regular| regular == period);
        Ok(Dated { period, doubt: (!is_regular).then_some(Doubt::OtherClosing) })
    }
}

/// Two months: a changed closing day makes no longer period.
const LONGEST: i64 = 62;
