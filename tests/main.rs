//! One binary for all integration tests: linking Typst and SQLCipher once is enough.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so by panicking")]

mod architecture;
mod cli;
mod damage;
mod dependencies;
mod desk;
mod faults;
mod host;
mod journey;
mod kills;
mod scratch;
mod screens;
mod secrecy;
mod seed_map;
mod terminal;
