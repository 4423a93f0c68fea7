//! What was learnt from employers' files: answers about people, and how files are read; each can be forgotten.
//!
//! Forgetting is one operation of the history and undone like any other. The batch that an answer came with stays.

use super::Site;
use crate::domain::command::{Act, Command};
use crate::domain::hours::ImportProfile;
use crate::domain::intake::PersonAnswer;
use crate::domain::{Id, Table};

/// Something that the next file is read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept<'a> {
    /// What was said about a person of a file.
    Answer(&'a PersonAnswer),
    /// The mapping of a file's columns.
    Profile(&'a ImportProfile),
}

impl Kept<'_> {
    /// Its row.
    pub const fn id(&self) -> &Id {
        match self {
            Self::Answer(answer) => &answer.id,
            Self::Profile(profile) => &profile.id,
        }
    }

    const fn table(&self) -> Table {
        match self {
            Self::Answer(_) => Table::PersonAnswer,
            Self::Profile(_) => Table::ImportProfile,
        }
    }
}

/// Everything that is kept: answers by name, then mappings by theirs.
pub fn of(site: &Site) -> Vec<Kept<'_>> {
    let mut answers: Vec<&PersonAnswer> = site.answers.iter().collect();
    answers.sort_by(|one, other| (&one.name, &one.number).cmp(&(&other.name, &other.number)));
    let mut profiles: Vec<&ImportProfile> = site.profiles.iter().collect();
    profiles.sort_by(|one, other| one.name.cmp(&other.name));
    answers.into_iter().map(Kept::Answer).chain(profiles.into_iter().map(Kept::Profile)).collect()
}

/// Forgets one of them: the next file asks again, or its columns are proposed anew. None where it is not there.
pub fn forget(site: &Site, id: &Id) -> Option<Command> {
    let kept = of(site).into_iter().find(|kept| kept.id() == id)?;
    Some(Command::new(Act::Forget, id.to_string()).remove(kept.table(), kept.id().as_str()))
}
