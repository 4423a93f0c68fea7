//! 申出 after the notice (則52条の16), and 健康相談, which is no such request and reaches no employer.

use serde_json::json;

use super::{StressFault, ask, consent_of, not_ahead, result, round};
use crate::app::Site;
use crate::domain::case::{Case, CaseState, Ground, Request, RequestBy};
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Need, StressConsultation};
use crate::domain::worker::{StressFlag, StressState};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;

/// The standing request of a worker that belongs to a round: the first one under 高ストレス after its notice.
pub fn request_of<'site>(site: &'site Site, round: &Id, worker: &Id) -> Option<&'site Request> {
    let since = result(site, round, worker)?.notified_on?;
    let until = next_notice(site, worker, since);
    let is_case = |id: &Id| site.cases.iter().any(|case| &case.id == id && case.ground == Ground::HighStress);
    let fits = |row: &&Request| {
        &row.worker == worker
            && row.withdrawn_on.is_none()
            && row.day >= since
            && until.is_none_or(|until| row.day < until)
            && is_case(&row.case_id)
    };
    site.requests.iter().filter(fits).min_by_key(|row| row.day)
}

/// The notice of a later round, from which on a request belongs to that one.
fn next_notice(site: &Site, worker: &Id, since: Day) -> Option<Day> {
    let of = site.stress_results.iter().filter(|row| &row.worker == worker);
    of.filter_map(|row| row.notified_on).filter(|day| *day > since).min()
}

/// Records a request; a late one is a request like any other. It opens a case of its own.
///
/// # Errors
/// Not found to need the interview, not told yet, already asked.
pub fn receive(
    site: &Site,
    round_id: &Id,
    worker: &Id,
    day: Day,
    by: RequestBy,
    today: Day,
) -> Result<Command, StressFault> {
    not_ahead(day, today)?;
    round(site, round_id)?;
    let known = result(site, round_id, worker).ok_or(StressFault::NoResult)?;
    if known.need != Need::Needed {
        return Err(StressFault::NotNeeded);
    }
    known.notified_on.filter(|told| *told <= day).ok_or(StressFault::NotNotified)?;
    if request_of(site, round_id, worker).is_some() {
        return Err(StressFault::Requested);
    }
    let case = case(site, worker, day);
    let mut rows = site.next_ids(Prefix::Row);
    let (Some(first), Some(second)) = (rows.next(), rows.next()) else { return Err(StressFault::NoRound) };
    let command = Command::new(Act::ReceiveRequest, worker.to_string());
    let request = request(first, &case.id, worker, day, by);
    Ok(command.put(case).put(request).put(flag(site, second, round_id, worker, day)))
}

fn case(site: &Site, worker: &Id, day: Day) -> Case {
    Case {
        id: site.next_id(Prefix::Case),
        worker: worker.clone(),
        ground: Ground::HighStress,
        state: CaseState::Open,
        opened_on: day,
        next_on: None,
        closed_on: None,
        note: String::new(),
    }
}

fn request(id: Id, case: &Id, worker: &Id, day: Day, by: RequestBy) -> Request {
    Request {
        id,
        case_id: case.clone(),
        worker: worker.clone(),
        day,
        by,
        period_end: None,
        place: String::new(),
        wishes: String::new(),
        doctor: String::new(),
        own_seconds: None,
        withdrawn_on: None,
    }
}

fn flag(site: &Site, id: Id, round: &Id, worker: &Id, day: Day) -> StressFlag {
    let answered = super::taken_on(site, round, worker);
    let known = site.stress.iter().find(|flag| &flag.worker == worker && Some(flag.day) == answered);
    StressFlag {
        id: known.map_or(id, |known| known.id.clone()),
        worker: worker.clone(),
        day: known.map_or(day, |known| known.day),
        state: StressState::Requested,
        requested_on: Some(day),
        is_consented: consent_of(site, round, worker).is_none_or(|row| row.holds_on(day)),
    }
}

/// The day until which a request is in time (SC-41), and whether this one is late; it counts all the same.
pub fn is_late(law: &Law, notified_on: Day, requested_on: Day) -> bool {
    let due = ask(law, "SC-41", requested_on, &json!({ "notified_on": notified_on })).and_then(|outcome| outcome.due);
    due.is_some_and(|due| requested_on > due.last)
}

/// Records a talk that the employer does not hear of (SC-47): no case, no form, no count.
///
/// # Errors
/// Not on the roster, or a day that cannot be.
pub fn consult(site: &Site, worker: &Id, day: Day, note: &str, today: Day) -> Result<Command, StressFault> {
    not_ahead(day, today)?;
    site.worker(worker).ok_or(StressFault::NoWorker)?;
    let row =
        StressConsultation { id: site.next_id(Prefix::Row), worker: worker.clone(), day, note: note.trim().to_owned() };
    Ok(Command::new(Act::RecordConsultation, worker.to_string()).put(row))
}
