//! 健診の判定 (安衛法66条の4): who waits, how heavy a sheet weighs, what is said beside it, and the opinion as a command.
//!
//! Prompts hold a person out of every batch and decide nothing: the physician judges.

pub mod care;
pub mod committee;
pub mod counts;
#[cfg(test)]
mod counts_tests;
pub mod inquiries;
pub mod intake;
pub mod judge;
pub mod lacking;
pub mod lines;
pub mod notes;
#[cfg(test)]
mod notes_tests;
pub mod others;
pub mod queue;
pub mod season;
pub mod secondary;
pub mod special_counts;
pub mod sugar;
pub mod tables;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod trends;
pub mod weigh;
