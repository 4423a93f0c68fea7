//! Published scales: what is computed from answers and values by a table that somebody else answers for.
//!
//! Knows questionnaires, reference tables, editions and units; every result names the table it comes from. Must not
//! know records, files, clocks or screens, and decides nothing: a score is not a judgment, a grade is not a diagnosis.

pub mod checkup;
pub mod stress;
