//! The worker's word about handing the own result to the employer, and who may be named to the employer at all.

use serde_json::json;

use super::requests::request_of;
use super::{StressFault, ask, consent_of, is_allowed, not_ahead, result, round, said};
use crate::app::Site;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{ConsentForm, StressConsent};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;

/// A word of one worker, as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentEntry {
    /// The day of the result's notice, where it is not on record here: told with the consent.
    pub notified_on: Option<Day>,
    /// Said on.
    pub day: Day,
    /// How.
    pub form: ConsentForm,
    /// Refused.
    pub is_refused: bool,
}

/// Records the word of one worker about one result; there is no way to record many at once.
///
/// # Errors
/// Before the notice, after a refusal, or what else the rule SC-26 does not accept.
pub fn record(
    law: &Law,
    site: &Site,
    round_id: &Id,
    worker: &Id,
    entry: &ConsentEntry,
    today: Day,
) -> Result<Command, StressFault> {
    not_ahead(entry.day, today)?;
    round(site, round_id)?;
    site.worker(worker).ok_or(StressFault::NoWorker)?;
    let told = result(site, round_id, worker).map_or(entry.notified_on, |row| row.notified_on);
    let notified_on = told.ok_or(StressFault::NotNotified)?;
    let known = consent_of(site, round_id, worker);
    let facts = json!({
        "notified_on": notified_on,
        "consented_on": entry.day,
        "form": if entry.form == ConsentForm::Written { "written" } else { "electronic" },
        "refused": known.is_some_and(|row| row.is_refused),
    });
    let found = ask(law, "SC-26", today, &facts);
    if !is_allowed(found.as_ref()) {
        return Err(StressFault::ConsentNotAllowed(said(found)));
    }
    let row = StressConsent {
        id: site.next_id(Prefix::Row),
        round: round_id.clone(),
        worker: worker.clone(),
        notified_on,
        day: entry.day,
        form: entry.form,
        is_refused: entry.is_refused,
        withdrawn_on: None,
    };
    Ok(Command::new(Act::RecordConsent, worker.to_string()).put(row))
}

/// The consent ends on `day`: from then on the person is in nothing that goes to the employer.
///
/// # Errors
/// Nothing that stands, or a day that cannot be.
pub fn withdraw(site: &Site, round_id: &Id, worker: &Id, day: Day, today: Day) -> Result<Command, StressFault> {
    not_ahead(day, today)?;
    let known = consent_of(site, round_id, worker).filter(|row| !row.is_refused && row.withdrawn_on.is_none());
    let known = known.filter(|row| row.day <= day).ok_or(StressFault::NothingToWithdraw)?;
    let row = StressConsent { withdrawn_on: Some(day), ..known.clone() };
    Ok(Command::new(Act::RecordConsent, worker.to_string()).put(row))
}

/// Whether the employer may be told the result of one worker on a day: by consent, or by the request that the notice
/// said would count as one (SC-27). A consent taken back outweighs an earlier request.
pub fn may_be_told(site: &Site, round: &Id, worker: &Id, day: Day) -> bool {
    match consent_of(site, round, worker) {
        Some(row) => row.holds_on(day),
        None => request_of(site, round, worker).is_some_and(|request| request.day <= day),
    }
}

/// Everybody whom a list for the employer may name; nobody else is on it, not even as missing.
pub fn nameable(site: &Site, round: &Id, day: Day) -> Vec<Id> {
    let of = site.stress_results.iter().filter(|row| &row.round == round);
    of.map(|row| row.worker.clone()).filter(|worker| may_be_told(site, round, worker, day)).collect()
}
