//! Files of employers to records: source, columns, notation, people, preview.
//!
//! Bytes come in, data goes out: no file, no clock, no law. Imports `domain` only. What the law
//! makes of a value is asked of the caller through a closure.

pub mod aside;
mod blank;
pub mod calendar;
pub mod checkup;
mod clocks;
pub mod folding;
pub mod fuzz;
pub mod hours;
pub mod notation;
pub mod pasted;
pub mod people;
mod plainness;
pub mod profile;
mod qualifiers;
pub mod reason;
pub mod restrictions;
pub mod roster;
pub mod sex;
pub mod source;
pub mod stress;
mod synonyms;
pub mod titles;
mod unexamined;
pub mod units;
pub mod xml;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod stopping;

use crate::domain::hours::BatchKind;
use folding::Field;
use profile::{ItemRole, ProfileError, Proposal};

/// 労働安全衛生法 is of this year: no file of this caseload speaks of an earlier one.
const EARLIEST_YEAR: i32 = 1972;

/// A kind of file that can be taken in.
#[derive(Debug)]
pub struct Importer {
    /// What it brings.
    pub kind: BatchKind,
    /// The name on the command line (`--kind`).
    pub name: &'static str,
    /// Proposes the columns of a header, or says what is missing.
    pub propose: fn(&[String]) -> Proposal,
    /// Its fuzz target.
    pub fuzz: fn(&[u8]),
}

/// Every kind of file, in the order in which a header is tried.
pub const IMPORTERS: &[Importer] = &[
    Importer { kind: BatchKind::Hours, name: "hours", propose: profile::propose_hours, fuzz: fuzz::fuzz_hours },
    Importer { kind: BatchKind::Checkup, name: "checkup", propose: profile::propose_checkup, fuzz: fuzz::fuzz_checkup },
    Importer { kind: BatchKind::Stress, name: "stress", propose: stress::propose, fuzz: fuzz::fuzz_stress },
    Importer {
        kind: BatchKind::StressResults,
        name: "stress-results",
        propose: stress::results::propose,
        fuzz: fuzz::fuzz_stress_results,
    },
    Importer {
        kind: BatchKind::Restrictions,
        name: "restrictions",
        propose: restrictions::propose,
        fuzz: fuzz::fuzz_restrictions,
    },
    Importer { kind: BatchKind::Roster, name: "roster", propose: profile::propose_roster, fuzz: fuzz::fuzz_roster },
];

impl Importer {
    /// Finds an importer by its name on the command line.
    pub fn named(name: &str) -> Option<&'static Self> {
        IMPORTERS.iter().find(|importer| importer.name == name)
    }
}

/// The first kind whose columns are in a header; a file with hours is one of hours, whatever else it holds.
///
/// A column of another definition makes a file of hours that is refused, not a roster.
pub fn detect(header: &[String]) -> Option<BatchKind> {
    // 残業 beside 運転 and 期限 is no column of hours.
    if restrictions::is_plain(header) {
        return Some(BatchKind::Restrictions);
    }
    let speaks = |importer: &&Importer| !lacks_columns((importer.propose)(header).missing.as_ref());
    IMPORTERS.iter().find(speaks).map(|importer| importer.kind)
}

/// The kind of which the headings speak; none where number and name are all that is known of them.
pub fn kind_of(header: &[String]) -> Option<BatchKind> {
    let has = |is_wanted: &dyn Fn(&str) -> bool| header.iter().any(|name| is_wanted(name));
    match detect(header) {
        // A checkup whose day has another name: the columns are chosen by hand.
        Some(BatchKind::Roster) if has(&|name| ItemRole::of_heading(name).is_some()) => Some(BatchKind::Checkup),
        Some(BatchKind::Roster) => {
            has(&|name| folding::field_of(name).is_some_and(of_roster)).then_some(BatchKind::Roster)
        }
        found => found,
    }
}

/// Whether a heading tells more of a person than who it is.
const fn of_roster(field: Field) -> bool {
    matches!(field, Field::Joined | Field::Left | Field::Birth | Field::Sex | Field::Department | Field::Class)
}

/// The kind of which the headings speak where they lack what was looked for: the wrong kind was chosen, perhaps.
///
/// Number and name alone are in every file: a roster speaks by a day on which somebody came or left.
pub fn detect_instead(header: &[String], missing: &ProfileError) -> Option<BatchKind> {
    let has = |is_wanted: &dyn Fn(&str) -> bool| header.iter().any(|name| is_wanted(name));
    let has_days = || has(&|name| matches!(folding::field_of(name), Some(Field::Joined | Field::Left)));
    // Items without a day are a checkup all the same.
    let is_checkup = || *missing == ProfileError::NoExamDay && has(&|name| ItemRole::of_heading(name).is_some());
    let found = detect(header).filter(|_| lacks_columns(Some(missing)) && !is_checkup())?;
    (found != BatchKind::Roster || has_days()).then_some(found)
}

fn lacks_columns(missing: Option<&ProfileError>) -> bool {
    use ProfileError::{ColumnMissing, NoAnswers, NoExamDay, NoHours, NoItems, NoJudgement, NoMeasure, NoPerson};
    matches!(
        missing,
        Some(NoPerson | NoHours | NoMeasure | NoExamDay | NoItems | NoAnswers | NoJudgement | ColumnMissing)
    )
}
