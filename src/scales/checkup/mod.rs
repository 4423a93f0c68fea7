//! Reference tables of checkups, by edition: which class a value falls into, and how far that is decided.
//!
//! Knows tables, bands and rounding; every grade names its table. Must not know records or duties: no number here is
//! a threshold of the law, and what counts as a finding is the examining physician's to say.

mod band;
mod built_in;
mod egfr;
mod grade;
mod measured;
mod support;
mod table;
#[cfg(test)]
mod tests;

pub use built_in::{DEFAULT, all, table};
pub use egfr::egfr;
pub use grade::{Grade, Graded, grade, of_item};
pub use measured::{Measured, Origin, measured};
pub use support::{Support, SupportFacts, support};
pub use table::{Class, Purpose, Row, Rule, Table, TableError, TableStatus};
