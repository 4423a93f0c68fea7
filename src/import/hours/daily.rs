//! Rows of single days, summed to the counting period of the closing day.
//!
//! A sum is taken only where nothing speaks for a missing day: what is short by a day looks like any other value.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Months};
use compact_str::CompactString;

use super::super::reason::{Doubt, Why};
use super::rows::{Columns, Place, Resolved, Rows};
use crate::domain::period::{Closing, closing_in};
use crate::domain::{Day, Period, Seconds};

/// The most that a row of one day can hold: a shift that began on it may end on the next.
pub(super) const LIMIT: Seconds = Seconds(48 * 3600);
/// The period that a day belongs to.
pub(super) fn period_of(closings: &[Closing], day: Day) -> Option<Period> {
    let next = day.checked_add_months(Months::new(1))?;
    let closing = |day: Day| closing_in(closings, day.year(), day.month());
    [day, next].into_iter().filter_map(closing).find(|period| period.start <= day && day <= period.end)
}

#[derive(PartialEq, Eq, Hash)]
enum Whose<'t> {
    Placed(Place),
    Named(Columns<'t>),
}

/// Joins the rows of one person in one period: the first one carries the others.
pub(super) fn join<'t>(resolved: Vec<Resolved<'t>>, rows: &Rows<'t, '_>) -> Vec<Resolved<'t>> {
    let (span, unread) = (span(&resolved, rows), unread(&resolved, rows));
    let mut joined: Vec<Resolved<'t>> = Vec::new();
    let mut places: HashMap<(Whose<'t>, Period), usize> = HashMap::new();
    for row in resolved {
        let whose = whose(&row, rows);
        let period = row.period.ok().filter(|_| !rows.is_left(row.lines.line()));
        let first = period.and_then(|dated| {
            let place = *places.entry((whose, dated.period)).or_insert(joined.len());
            joined.get_mut(place)
        });
        match first {
            Some(first) => first.lines.days.push(row.lines.first),
            None => joined.push(row),
        }
    }
    for row in &mut joined {
        let lacks_day = unread.contains(&whose(row, rows));
        let doubt = doubt(row, rows, span, lacks_day);
        if let Ok(dated) = &mut row.period {
            dated.doubt = dated.doubt.or(doubt);
        }
    }
    joined
}

fn whose<'t>(row: &Resolved<'t>, rows: &Rows<'t, '_>) -> Whose<'t> {
    row.place.as_ref().map_or(Whose::Named(rows.person(row.lines.first)), |place| Whose::Placed(*place))
}

/// Who has a day that nobody can read, with hours on it: it is missing in one of their sums.
fn unread<'t>(resolved: &[Resolved<'t>], rows: &Rows<'t, '_>) -> HashSet<Whose<'t>> {
    let is_wrong = |row: &&Resolved<'t>| {
        let is_unread = matches!(&row.period, Err(refusal) if matches!(refusal.why, Why::NotDate | Why::NoSuchDay | Why::DateOutOfRange));
        is_unread && rows.holds_time(row.lines.first) && !rows.is_left(row.lines.line())
    };
    resolved.iter().filter(is_wrong).map(|row| whose(row, rows)).collect()
}

/// The first and the last day of the file.
fn span(resolved: &[Resolved<'_>], rows: &Rows<'_, '_>) -> Option<(Day, Day)> {
    let days = || resolved.iter().filter_map(|row| rows.day(row.lines.first));
    days().min().zip(days().max())
}

/// Whether one of the days from `start` up to `end`, which is not among them, is no Saturday or Sunday: a file may
/// begin behind a weekend without rows.
fn lacks_working_day(start: Day, end: Day) -> bool {
    start.iter_days().take_while(|day| *day < end).any(|day| day.weekday().number_from_monday() <= 5)
}

fn doubt(row: &Resolved<'_>, rows: &Rows<'_, '_>, span: Option<(Day, Day)>, lacks_day: bool) -> Option<Doubt> {
    let period = row.period.ok()?.period;
    let (first, last) = span?;
    let is_part = lacks_working_day(period.start, first) || lacks_working_day(last.succ_opt()?, period.end.succ_opt()?);
    let is_open = |doubt: &Doubt| !rows.is_settled(row.lines.line(), *doubt);
    let part = is_part.then_some(Doubt::PartOfPeriod).filter(is_open);
    let unread = (lacks_day || !rows.input.table.refused.is_empty()).then_some(Doubt::DaysUnread).filter(is_open);
    part.or(unread).or_else(|| holds_a_day_twice(row, rows).then_some(Doubt::DayTwice).filter(is_open))
}

fn holds_a_day_twice(row: &Resolved<'_>, rows: &Rows<'_, '_>) -> bool {
    let mut seen: HashSet<(Option<Day>, CompactString)> = HashSet::new();
    row.lines.all().any(|day| !seen.insert((rows.day(day), rows.cell_text(day))))
}
