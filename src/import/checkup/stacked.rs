//! Tables that stand below one another in a sheet: a header that is repeated is skipped, and below another header nothing is
//! read by the names of the first.
//!
//! Knows headings. Must not know values.

use super::super::folding::{self, Field};
use super::super::profile::Located;
use super::super::reason::{Refusal, Skip, Why};
use super::super::source::{SourceRow, Table};
use super::Out;

/// The rows of a table that name its columns again, by line; whether each of them is its header once more.
#[derive(Debug, Default)]
pub(super) struct Stacked(Vec<(u32, bool)>);

impl Stacked {
    pub fn of(table: &Table, located: &Located) -> Self {
        let person = [Field::Number, Field::Name].into_iter().filter_map(|field| Some((field, located.get(field)?)));
        let person: Vec<(Field, usize)> = person.collect();
        // Nobody is called 氏名.
        let names_columns = |row: &&SourceRow| {
            person.iter().any(|(field, column)| folding::field_of(row.cells.get(*column)) == Some(*field))
        };
        let is_same = |row: &SourceRow| {
            let mut names = table.header.iter().enumerate().filter(|(_, name)| !name.is_empty());
            names.all(|(column, name)| folding::fold(row.cells.get(column)) == folding::fold(name))
        };
        Self(table.rows.iter().filter(names_columns).map(|row| (row.line, is_same(row))).collect())
    }

    /// Lets a row of the table itself through.
    ///
    /// # Errors
    /// It is a header, or stands below another one.
    pub fn admit(&self, line: u32) -> Result<(), Out> {
        match self.0.iter().rev().find(|(header, _)| *header <= line) {
            Some((header, true)) if *header == line => Err(Out::Ignored(Skip::HeaderAgain)),
            Some((_, false)) => Err(Out::Refused(Refusal::row(line, Why::OtherTable))),
            _ => Ok(()),
        }
    }
}
