//! One binary for all integration tests: linking Typst and SQLCipher once is enough.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod host;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod seed_map;
#[cfg(test)]
mod terminal;
