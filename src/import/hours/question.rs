//! How a column is to be read, where more than one notation fits: never guessed, the people between them named.

use std::collections::BTreeMap;

use super::super::notation::{self, DIGITS_OF_DAYS, Notation, Survey};
use super::super::units::{self, Unit};
use super::Reach;
use super::rows::{Resolved, Rows};
use crate::domain::progress::Phase;
use crate::domain::{Hours, Id};

/// The question which notation a column is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Every reading of numbers, possible or not.
    pub readings: Vec<Reading>,
    /// The reading of the profile, as a hint.
    pub remembered: Option<Notation>,
    /// Rows that reach any tier but the lowest under some reading; [`Crossing::is_decided`] where all readings agree.
    pub people: Vec<Crossing>,
}

/// One way to read the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The notation.
    pub notation: Notation,
    /// Whether it fits every cell, as far as any does.
    pub is_possible: bool,
    /// Cells that speak against it.
    pub misfits: usize,
    /// The first number of the column and what it would mean.
    pub example: Option<(String, Hours)>,
    /// Whether the heading says it, although the values speak against it.
    pub is_of_heading: bool,
    /// How many rows reach which tiers.
    pub reaches: BTreeMap<Reach, usize>,
}

/// A row that reaches a tier under some reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// Line of the file.
    pub line: u32,
    /// The worker, where the row is certain about it.
    pub worker: Option<Id>,
    /// The cell as it stands.
    pub text: String,
    /// Value and tiers under each possible reading that can read the row.
    pub values: Vec<(Notation, Hours, Reach)>,
}

impl Crossing {
    /// Whether every reading comes to the same tier, and none of them leaves it open.
    pub fn is_decided(&self) -> bool {
        !self.differs() && !self.values.iter().any(|(.., reach)| reach.is_undecided())
    }

    /// Whether two readings come to other tiers.
    fn differs(&self) -> bool {
        self.values.windows(2).any(|pair| matches!(pair, [one, other] if one.2 != other.2))
    }
}

/// Settles the reading: chosen, self-evident, or remembered and harmless; else it is asked.
pub(super) fn settle(rows: &Rows<'_, '_>, resolved: &[Resolved<'_>], survey: &Survey) -> (Notation, Option<Question>) {
    if let Some(chosen) = rows.input.notation {
        return (chosen, None);
    }
    let (possible, contradicted) = by_heading(survey, units::of_hours(rows.input.profile));
    let possible = distinct(survey, possible, rows.input.profile.notation);
    let remembered = rows.input.profile.notation.filter(|notation| *notation != Notation::Clock);
    let fits = remembered.is_none_or(|notation| possible.contains(&notation));
    match possible.as_slice() {
        _ if contradicted.is_some() => {}
        [Notation::Clock] => return (Notation::Clock, None),
        [only] if survey.is_clear() && fits => return (*only, None),
        _ => {}
    }
    let people = crossings(rows, resolved, survey, &possible);
    let first = remembered.filter(|_| fits).or(possible.first().copied()).unwrap_or_default();
    if survey.is_clear() && remembered.is_some() && fits && !people.iter().any(Crossing::differs) {
        return (first, None);
    }
    let named = named(survey, &possible, contradicted);
    let mut readings: Vec<Reading> =
        named.iter().map(|notation| reading(rows, resolved, survey, *notation, &possible)).collect();
    for reading in &mut readings {
        reading.is_of_heading = contradicted.is_some_and(|unit| unit.allows(reading.notation));
    }
    (first, Some(Question { readings, remembered, people }))
}

/// The notations that fit the values and the heading; where none fits both, those of the values with the unit that they
/// contradict.
fn by_heading(survey: &Survey, unit: Option<Unit>) -> (Vec<Notation>, Option<Unit>) {
    let fitting = survey.possible();
    let holds_any = survey.written + survey.numbers > 0;
    let Some(unit) = unit.filter(|_| holds_any) else { return (fitting, None) };
    let told: Vec<Notation> = fitting.iter().copied().filter(|notation| unit.allows(*notation)).collect();
    if told.is_empty() { (fitting, Some(unit)) } else { (told, None) }
}

/// The readings that are named in the question, by their places among [`Notation::CHOICES`]: parts of a day only where
/// somebody might have written them, hours and minutes only where they are what contradicts.
fn named(survey: &Survey, possible: &[Notation], contradicted: Option<Unit>) -> &'static [Notation] {
    let may_be_clock = possible.contains(&Notation::Clock) || contradicted == Some(Unit::Clock);
    let [numbers, days] = [3, 4].map(|count| Notation::CHOICES.get(..count).unwrap_or_default());
    match (may_be_clock, survey.digits >= DIGITS_OF_DAYS) {
        (true, _) => &Notation::CHOICES,
        (false, true) => days,
        (false, false) => numbers,
    }
}

/// Without a fraction, 60進 and 10進 are one reading; the remembered one of them stands for both.
fn distinct(survey: &Survey, mut possible: Vec<Notation>, remembered: Option<Notation>) -> Vec<Notation> {
    let are_one = survey.fractions == 0 && survey.digits != 1;
    if are_one && possible.contains(&Notation::Sexagesimal) && possible.contains(&Notation::Decimal) {
        let other = if remembered == Some(Notation::Sexagesimal) { Notation::Decimal } else { Notation::Sexagesimal };
        possible.retain(|notation| *notation != other);
    }
    possible
}

fn reach(rows: &Rows<'_, '_>, row: &Resolved<'_>, notation: Notation, digits: u32) -> Option<(Hours, Reach)> {
    let period = row.period.ok()?.period;
    let hours = rows.value(&row.lines, notation, digits, Some(period)).ok()??;
    Some((hours, (rows.input.crosses)(period, hours, rows.input.profile.measure)))
}

fn crossings(rows: &Rows<'_, '_>, resolved: &[Resolved<'_>], survey: &Survey, possible: &[Notation]) -> Vec<Crossing> {
    let crossing = |row: &Resolved<'_>| {
        let value = |notation: &Notation| {
            reach(rows, row, *notation, survey.digits).map(|(hours, reach)| (*notation, hours, reach))
        };
        let values: Vec<_> = possible.iter().filter_map(value).collect();
        let reaches_any = values.iter().any(|(.., reach)| reach.high > 0);
        let worker = row.known().and_then(|index| rows.input.roster.get(index)).map(|worker| worker.id.clone());
        let crossing = Crossing { line: row.lines.line(), worker, text: rows.text(&row.lines).into_string(), values };
        reaches_any.then_some(crossing)
    };
    rows.going.over(Phase::Weighing, resolved.len(), resolved).filter_map(crossing).collect()
}

fn reading(
    rows: &Rows<'_, '_>,
    resolved: &[Resolved<'_>],
    survey: &Survey,
    notation: Notation,
    possible: &[Notation],
) -> Reading {
    let mut reaches = BTreeMap::new();
    let walked = rows.going.over(Phase::Weighing, resolved.len(), resolved);
    for (_, reach) in walked.filter_map(|row| reach(rows, row, notation, survey.digits)) {
        *reaches.entry(reach).or_default() += 1;
    }
    let example = rows.cells().find_map(|cell| {
        let hours = notation::read(notation::shape(&cell).ok()?, notation, survey.digits).ok()??;
        (hours.high.0 > 0).then(|| (cell.into_owned(), hours))
    });
    let (is_possible, misfits) = (possible.contains(&notation), survey.misfits(notation));
    Reading { notation, is_possible, misfits, example, is_of_heading: false, reaches }
}
