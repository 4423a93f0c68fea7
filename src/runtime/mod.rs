//! The only performer of effects: owns the vault, the stores, the clock and the worker thread (design D8).
//!
//! Knows how a change becomes durable and when the desk locks. Must not know how anything is drawn. [`Desk`] offers every
//! operation synchronously, for the headless commands; [`Runtime`] is the [`crate::app::Host`] of the screens and sends
//! the long ones to its worker. Both share one path.

mod about;
pub mod additions;
mod answers;
mod attachments;
mod backups;
mod checks;
mod checkups;
pub mod clinics;
pub mod clock;
mod closing;
mod columns;
mod desk;
pub mod documents;
mod edits;
mod erasing;
mod error;
mod exporting;
mod failure;
mod fetching;
pub mod following;
mod host;
mod hours;
pub mod import_view;
pub mod imports;
#[cfg(test)]
mod intake_tests;
mod jobs;
mod lending;
mod listed;
pub(crate) mod loading;
mod mappings;
pub mod nights;
mod opening;
mod origins;
mod periods;
mod place;
mod reader;
mod remembering;
mod restrictions;
mod roster_view;
mod rosters;
mod sealing;
mod settings;
mod sheets;
mod shown;
mod signals;
pub mod stress;
pub mod stress_results;
mod taking;
mod ticket;
pub mod unread;
mod vault_acts;
mod worker;
mod workshop;

pub use checks::{Finding, NOTHING_FOUND};
pub use clock::{Clock, FixedTime, Reading, TimeSource};
pub use desk::{Desk, Snapshot};
pub use error::RuntimeError;
pub use host::Runtime;
pub use opening::{NewVault, Recovering, Unlocking};
pub use place::Place;
pub use workshop::Workshop;
