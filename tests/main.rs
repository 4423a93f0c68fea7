//! One binary for all integration tests: linking Typst and SQLCipher once is enough.

mod architecture;
mod cli;
mod damage;
mod dependencies;
mod desk;
mod faults;
mod kills;
mod scratch;
mod screens;
mod secrecy;
mod seed_map;
mod terminal;
