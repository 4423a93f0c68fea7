//! One binary for all integration tests: linking Typst and SQLCipher once is enough.

mod architecture;
mod cli;
mod dependencies;
mod desk;
mod journey;
mod screens;
mod seed_map;
mod terminal;
