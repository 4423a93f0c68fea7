//! 健診の記録: what is kept round the checkups of a person, and of an establishment, in two lists and one form.
//!
//! Knows kinds, fields and their words; what may be recorded is `app::checkups`' to say.

mod fields;
mod form;
mod lines;
mod list;
mod read;
#[cfg(test)]
mod tests;

pub(super) use form::NoteForm;
pub(super) use list::{Notes, Of};
