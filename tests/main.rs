//! One binary for all integration tests: linking Typst and SQLCipher once is enough.

mod architecture;
mod dependencies;
mod seed_map;
