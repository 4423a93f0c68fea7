//! Files of employers to records: source, columns, notation, people, preview.
//!
//! Bytes come in, data goes out: no file, no clock, no law. Imports `domain` only. What the law
//! makes of a value is asked of the caller through a closure.

pub mod aside;
pub mod calendar;
pub mod checkup;
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
pub mod source;
pub mod stress;
mod synonyms;
pub mod titles;
pub mod xml;

#[cfg(test)]
mod samples;

use crate::domain::hours::BatchKind;
use profile::{ProfileError, Proposal};

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
/// [`Proposal::missing`] may still say why that kind cannot be taken as it is: a column of
/// another definition makes a file of hours that is refused, not a roster.
pub fn detect(header: &[String]) -> Option<(&'static Importer, Proposal)> {
    let proposals = IMPORTERS.iter().map(|importer| (importer, (importer.propose)(header)));
    let lacks_columns = |missing: &Option<ProfileError>| {
        use ProfileError::{ColumnMissing, NoAnswers, NoExamDay, NoHours, NoItems, NoJudgement, NoMeasure, NoPerson};
        matches!(
            missing,
            Some(NoPerson | NoHours | NoMeasure | NoExamDay | NoItems | NoAnswers | NoJudgement | ColumnMissing)
        )
    };
    proposals.into_iter().find(|(_, proposal)| !lacks_columns(&proposal.missing))
}
