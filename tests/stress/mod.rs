//! The stress check: scores against the worked examples and against a second, naive implementation.

mod duties;
mod improvement;
mod journey;
mod naive;
mod scores;
mod vault;

pub use journey::{bare, read};
pub use vault::{HIGH, LOW, open_round};
