//! Records which versions of which parameters are read, so that a changed number runs only the cases it can reach.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::param::Reading;
use crate::domain::Day;

type Reads = BTreeSet<(String, Day)>;

thread_local! {
    static READS: RefCell<Option<Reads>> = const { RefCell::new(None) };
}

/// Notes a reading while something is being recorded on this thread.
pub(super) fn note(id: &str, reading: &Reading<'_>) {
    let (Reading::InForce(_, version) | Reading::Absent(version)) = reading else { return };
    READS.with_borrow_mut(|reads| {
        if let Some(reads) = reads {
            reads.insert((id.to_owned(), version.from));
        }
    });
}

/// What `act` answers, and the versions it read (parameter, first day).
pub(super) fn recorded<T>(act: impl FnOnce() -> T) -> (T, Reads) {
    READS.set(Some(Reads::new()));
    let answer = act();
    (answer, READS.take().unwrap_or_default())
}
