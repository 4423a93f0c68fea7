//! A visit (訪問): it begins, it ends with what was done and promised, and the next one is planned.

use crate::domain::command::{Act, Command};
use crate::domain::establishment::{Promise, Visit};
use crate::domain::{Day, Id, Prefix};

use super::Site;

/// Where today's visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today<'site> {
    /// Nothing is planned.
    None,
    /// Planned from `starts` to `ends`, and not begun.
    Planned(&'site Visit),
    /// Begun: its end is still open.
    Running(&'site Visit),
    /// Over.
    Closed(&'site Visit),
}

/// Why a visit is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VisitError {
    /// It was closed before.
    #[error("本日の訪問は閉じています。直すときは u で取り消してください。")]
    Closed,
    /// It was not begun.
    #[error("訪問を始めていません。v で始めてください。")]
    NotBegun,
    /// The next visit lies behind.
    #[error("次回は本日より後の日を入れてください。")]
    NextBehind,
    /// The promise is no longer there, or is kept.
    #[error("約束が見つかりません。画面を開き直してください。")]
    NoPromise,
}

/// What the physician writes when a visit ends; everything may stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ending {
    /// What was done.
    pub summary: String,
    /// What was promised.
    pub promise: String,
    /// By when.
    pub promise_due: Option<Day>,
    /// The next visit.
    pub next_on: Option<Day>,
    /// Its hour.
    pub next_at: String,
}

/// The form of the draft of a visit's end.
pub const ENDING_DRAFT: &str = "visit/end";

/// The end of a planned visit whose hours are not settled; an empty end means that the visit runs.
const UNSETTLED: &str = "未定";

/// Where the visit of `today` stands.
pub fn today(site: &Site, today: Day) -> Today<'_> {
    let mut visits = site.visits.iter().filter(|visit| visit.day == today);
    match visits.clone().find(|visit| visit.closed_on.is_none()).or_else(|| visits.next_back()) {
        None => Today::None,
        Some(visit) if visit.closed_on.is_some() => Today::Closed(visit),
        Some(visit) if visit.ends.is_empty() => Today::Running(visit),
        Some(visit) => Today::Planned(visit),
    }
}

/// The newest visit before `today`.
pub fn last(site: &Site, today: Day) -> Option<Day> {
    let visits = site.visits.iter().filter(|visit| visit.day < today).map(|visit| visit.day);
    let patrols = site.patrols.iter().filter(|patrol| patrol.day < today).map(|patrol| patrol.day);
    visits.chain(patrols).max()
}

/// The next visit after `today`.
pub fn next(site: &Site, today: Day) -> Option<Day> {
    site.visits.iter().filter(|visit| visit.day > today && visit.closed_on.is_none()).map(|visit| visit.day).min()
}

/// Begins today's visit at `clock`, planned or not.
///
/// # Errors
/// Refused when it was closed.
pub fn start(site: &Site, day: Day, clock: &str) -> Result<Command, VisitError> {
    let visit = match today(site, day) {
        Today::Closed(_) => return Err(VisitError::Closed),
        Today::Planned(visit) | Today::Running(visit) => {
            Visit { starts: clock.to_owned(), ends: String::new(), ..visit.clone() }
        }
        Today::None => new(site.next_id(Prefix::Row), day, clock),
    };
    Ok(about(site).put(visit))
}

/// Ends today's visit at `clock`, with the promise made and the next visit, as one change.
///
/// # Errors
/// Refused when it was not begun, was closed, or the next visit does not lie ahead.
pub fn close(site: &Site, day: Day, clock: &str, ending: &Ending) -> Result<Command, VisitError> {
    let visit = match today(site, day) {
        Today::Closed(_) => return Err(VisitError::Closed),
        Today::Running(visit) => visit.clone(),
        Today::Planned(_) | Today::None => return Err(VisitError::NotBegun),
    };
    if ending.next_on.is_some_and(|next| next <= day) {
        return Err(VisitError::NextBehind);
    }
    let summary = ending.summary.trim().to_owned();
    let visit = Visit { ends: clock.to_owned(), closed_on: Some(day), summary, ..visit };
    let mut ids = site.next_ids(Prefix::Row);
    let command = about(site).put(visit).ending(ENDING_DRAFT);
    Ok(with_next(with_promise(command, &mut ids, day, ending), &mut ids, site, ending))
}

/// Notes that a promise was kept.
///
/// # Errors
/// Refused when there is no such open promise.
pub fn keep(site: &Site, promise: &Id, today: Day) -> Result<Command, VisitError> {
    let found = site.promises.iter().find(|p| &p.id == promise && p.kept_on.is_none());
    let kept = Promise { kept_on: Some(today), ..found.ok_or(VisitError::NoPromise)?.clone() };
    Ok(Command::new(Act::Promise, promise.to_string()).put(kept))
}

fn about(site: &Site) -> Command {
    Command::new(Act::Visit, site.id().to_string())
}

fn new(id: Id, day: Day, starts: &str) -> Visit {
    Visit { id, day, starts: starts.to_owned(), ends: String::new(), closed_on: None, summary: String::new() }
}

fn with_promise(command: Command, ids: &mut impl Iterator<Item = Id>, day: Day, ending: &Ending) -> Command {
    let content = ending.promise.trim();
    match ids.next().filter(|_| !content.is_empty()) {
        Some(id) => command.put(Promise {
            id,
            made_on: day,
            occasion: String::new(),
            content: content.to_owned(),
            due: ending.promise_due,
            kept_on: None,
        }),
        None => command,
    }
}

/// A visit that is planned already for that day stays as it is.
fn with_next(command: Command, ids: &mut impl Iterator<Item = Id>, site: &Site, ending: &Ending) -> Command {
    let is_new = |day: &Day| !site.visits.iter().any(|visit| visit.day == *day && visit.closed_on.is_none());
    match ending.next_on.filter(is_new).zip(ids.next()) {
        Some((day, id)) => command.put(Visit { ends: UNSETTLED.to_owned(), ..new(id, day, ending.next_at.trim()) }),
        None => command,
    }
}

#[cfg(test)]
#[path = "visits_tests.rs"]
mod tests;
