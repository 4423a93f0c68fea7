//! Plain types of the field: what an establishment, a worker, an hour, an interview or a finding is.
//!
//! Knows nothing of files, clocks, screens or the law's numbers. Everything above speaks in these types.

pub mod case;
pub mod checkup;
pub mod command;
pub mod doctor;
pub mod establishment;
pub mod flag;
pub mod hours;
pub mod id;
pub mod intake;
pub mod interview;
pub mod label;
pub mod opinion;
pub mod patrol;
pub mod period;
pub mod progress;
pub mod record;
pub mod stress;
pub mod time;
pub mod worker;

pub use chrono::NaiveDate as Day;
pub use id::{EstablishmentId, Id, Prefix};
pub use period::Period;
pub use record::{AnyRecord, Record, Table};
pub use time::{Hours, Seconds};
