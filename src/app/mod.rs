//! What the program can do, without saying how: the caseload, its flags and deadlines, the use cases.
//!
//! Knows the domain and the law; performs nothing itself. Screens and headless commands share it.

pub mod assess;
pub mod attachments;
pub mod caseload;
pub mod certificates;
pub mod changes;
pub mod checkup_entry;
pub mod checkups;
pub mod consequences;
mod duties;
#[cfg(test)]
pub mod entry_fixture;
pub mod erasure;
pub mod exclusions;
pub mod flags;
pub mod hand_entry;
pub mod host;
pub mod information;
pub mod interview;
pub mod keeping;
pub mod kept;
pub mod leaves;
pub mod listing;
pub mod measure_answers;
pub mod methods;
pub mod months;
pub mod origins;
mod packed;
pub mod patrol_year;
pub mod patrols;
pub mod people;
pub mod plans;
pub mod replies;
pub mod requests;
pub mod roster_list;
pub mod second_series;
pub mod stress;
#[cfg(test)]
pub mod testing;
pub mod urging;
pub mod visits;
pub mod wish;
pub mod worklist;

pub use caseload::{Caseload, Site};
pub use host::{Effect, Event, Host, View};
