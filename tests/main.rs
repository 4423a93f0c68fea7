//! One binary for all integration tests: linking Typst and SQLCipher once is enough.

mod architecture;
mod dependencies;
mod desk;
mod screens;
mod seed_map;
mod terminal;
