//! One binary for all integration tests: linking Typst and SQLCipher once is enough.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod architecture;
mod attachments;
mod bad_files;
mod bad_input;
mod batches;
mod canaries;
mod checkup_notes;
mod checkup_tables;
mod cli;
mod damage;
mod dependencies;
mod desk;
mod faces;
mod faults;
mod host;
mod import_answers;
mod import_columns;
mod import_following;
mod import_screen;
mod journey;
mod kills;
mod papers;
mod purges;
mod reel;
mod samples;
mod scratch;
mod screens;
mod secrecy;
mod seed_map;
mod sources;
mod stalled;
mod stress;
mod stress_files;
mod terminal;
