//! 値の元: which row of which file brought what is kept of a person.

use crate::app::Site;
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::{Day, Id};

/// A row that brought something of a person, or values that were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The batch it came with.
    pub batch: Id,
    /// The day it was taken in.
    pub day: Day,
    /// What the file brought.
    pub kind: BatchKind,
    /// SHA-256 of the file, in hex; empty by hand.
    pub sha256: String,
    /// How the file was read, e.g. 60進.
    pub reading: String,
    /// Row of the file, 1 and up; none by hand.
    pub row: Option<u32>,
    /// What of the person it brought, in words.
    pub brought: Vec<String>,
    /// The cells as they stood.
    pub text: String,
    /// Whether a later batch replaced all of it.
    pub is_replaced: bool,
}

impl Origin {
    /// What a row of a batch brought; none of a batch that is not known or was taken back.
    pub fn of(site: &Site, batch: &Id, row: u32, brought: String, text: &str) -> Option<Self> {
        let Batch { day, kind, sha256, reading, .. } =
            site.batches.iter().find(|known| &known.id == batch && known.undone_on.is_none())?;
        Some(Self {
            batch: batch.clone(),
            day: *day,
            kind: *kind,
            sha256: sha256.clone(),
            reading: reading.clone(),
            row: (row > 0).then_some(row),
            brought: vec![brought],
            text: text.replace('\t', "  "),
            is_replaced: false,
        })
    }

    /// Where it comes from, for a list: `3行`, or 手入力.
    pub fn place(&self) -> String {
        self.row.map_or_else(|| "手入力".to_owned(), |row| format!("{row}行"))
    }
}

/// One line a row of a file, newest batch first: one row may bring several records.
pub fn merged(origins: Vec<Origin>) -> Vec<Origin> {
    let mut merged: Vec<Origin> = Vec::with_capacity(origins.len());
    for origin in origins {
        let same =
            |known: &&mut Origin| known.row.is_some() && (&known.batch, known.row) == (&origin.batch, origin.row);
        match merged.iter_mut().find(same) {
            Some(known) => {
                known.brought.extend(origin.brought);
                known.is_replaced &= origin.is_replaced;
            }
            None => merged.push(origin),
        }
    }
    merged.sort_by(|a, b| (b.day, &b.batch, a.row).cmp(&(a.day, &a.batch, b.row)));
    merged
}
