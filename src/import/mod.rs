//! Files of employers to records: source, columns, notation, people, preview.
//!
//! Bytes come in, data goes out: no file, no clock, no law. Imports `domain` only. What the law
//! makes of a value is asked of the caller through a closure.

pub mod calendar;
pub mod folding;
pub mod hours;
pub mod notation;
pub mod people;
pub mod profile;
pub mod reason;
pub mod source;
