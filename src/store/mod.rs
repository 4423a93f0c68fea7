//! What is kept, and how it changes: tables, the undo journal, the audit chain.
//!
//! Gets opened, keyed connections and a message authentication function from above; knows no keys,
//! no files and no clock.

mod attachment;
pub mod audit;
pub mod batch;
pub mod check;
mod checkup;
pub mod draft;
pub mod erase;
pub mod error;
pub mod face;
pub mod hours;
pub mod journal;
pub mod registry;
pub mod row;
pub mod schema;
mod site;

pub use error::StoreError;
pub use registry::RegistryStore;
pub use site::SiteStore;

use crate::domain::Day;

/// When something happened, as the clock above read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// `2026-11-20 15:22:07`, local time.
    pub at: String,
    /// The legal day (Asia/Tokyo).
    pub day: Day,
}

/// Authenticates a message under a key that the store never sees.
pub type Mac = Box<dyn Fn(&[u8]) -> [u8; 32] + Send>;
