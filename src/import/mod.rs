//! Files of employers to records: source, columns, notation, people, preview.
//!
//! Bytes come in, data goes out: no file, no clock, no law. Imports `domain` only. What the law
//! makes of a value is asked of the caller through a closure.

pub mod aside;
mod blank;
pub mod calendar;
pub mod checkup;
mod clocks;
mod detecting;
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
pub use detecting::{detect, detect_instead, kind_of};
use profile::Proposal;

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
