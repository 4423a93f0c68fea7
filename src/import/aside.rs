//! Rows of a file that are not plainly taken: refused, left out, or waiting for the physician's word.
//!
//! The same for every kind of file. Must not know what a row brings.

use super::people::{Found, Match, PersonKey, Strangers};
use super::reason::{Doubt, Ignored, Refusal, Skip, Why};
use crate::domain::Id;
use crate::domain::worker::Worker;

/// A row that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// Line of the file.
    pub line: u32,
    /// Under which an answer about the person is remembered.
    pub person: PersonKey,
    /// Who it may be.
    pub candidates: Vec<Id>,
    /// The question.
    pub why: Doubt,
}

/// Why a row is not taken; candidates by their place in the roster.
pub(super) enum Out {
    Refused(Refusal),
    Doubtful(PersonKey, Vec<usize>, Doubt),
    Ignored(Skip),
}

/// The three lists of a preview in which such a row can end.
pub(super) struct Lists<'p> {
    pub doubtful: &'p mut Vec<Doubtful>,
    pub refused: &'p mut Vec<Refusal>,
    pub ignored: &'p mut Vec<Ignored>,
}

impl Lists<'_> {
    /// Puts the row at `line` where it belongs.
    pub fn put(self, line: u32, out: Out, roster: &[Worker]) {
        match out {
            Out::Refused(refusal) => self.refused.push(refusal),
            Out::Ignored(why) => self.ignored.push(Ignored { line, why }),
            Out::Doubtful(person, candidates, why) => {
                let id = |index: &usize| roster.get(*index).map(|worker| worker.id.clone());
                let candidates = candidates.iter().filter_map(id).collect();
                self.doubtful.push(Doubtful { line, person, candidates, why });
            }
        }
    }
}

/// The worker of the roster that a row is about, by place; whoever is not there is refused, because a file of this kind makes
/// nobody. `doubt` speaks against somebody who was not answered about.
pub(super) fn listed(
    found: Found,
    line: u32,
    doubt: impl FnOnce(usize) -> Option<Doubt>,
) -> Result<(usize, PersonKey), Out> {
    let refused = |why| Err(Out::Refused(Refusal::row(line, why)));
    match found.who {
        Match::Known(index) if found.is_decided => Ok((index, found.key)),
        Match::Known(index) => match doubt(index) {
            Some(doubt) => Err(Out::Doubtful(found.key, vec![index], doubt)),
            None => Ok((index, found.key)),
        },
        Match::New => refused(Why::NotOnRoster),
        Match::Doubtful(candidates, doubt) => Err(Out::Doubtful(found.key, candidates, doubt)),
        Match::Refused(why) => refused(why),
        Match::Left => Err(Out::Ignored(Skip::Answered)),
    }
}

/// How many of a file's people are known, where they are fewer than a fifth; of a file that makes nobody.
pub(super) fn strangers(rows: usize, refused: &[Refusal], ignored: &[Ignored]) -> Option<Strangers> {
    let unknown = refused.iter().filter(|row| row.why == Why::NotOnRoster).count();
    let people = rows.saturating_sub(ignored.len());
    Strangers::among(people.saturating_sub(unknown), people, people)
}
