//! junkai (巡回): the occupational physician's own desk, offline and encrypted.
//!
//! The map of the house is `src/README.md`.

pub mod app;
pub mod cli;
pub mod demo;
pub mod documents;
pub mod domain;
pub mod import;
pub mod law;
pub mod runtime;
pub mod scales;
pub mod store;
pub mod ui;
pub mod vault;
