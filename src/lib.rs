//! junkai (巡回): the occupational physician's own desk, offline and encrypted.
//!
//! The map of the house is `src/README.md`.

pub mod vault;
