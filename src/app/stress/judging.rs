//! From the answers to what the numbers say, then, person by person, to what the implementer says, then the notice.

use super::{StressFault, not_ahead, result, round};
use crate::app::Site;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Computed, Criteria, Need, OwnerRole, StaffPart, StressAnswers, StressResult, StressRound};
use crate::domain::worker::{StressFlag, StressState};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;
use crate::scales::stress::criteria::totals;
use crate::scales::stress::{Judgement, Questionnaire, Score, Sheet, Sums, judge};

/// A sheet read again from its record.
///
/// # Errors
/// [`StressFault::Sheet`] if the record is no sheet.
pub fn scored(row: &StressAnswers) -> Result<(Sheet, Score), StressFault> {
    let book = Questionnaire::built_in()?;
    let sheet = Sheet::parse(book, &row.answers)?;
    Ok((sheet, book.score(&sheet, row.sex)))
}

/// Judges every sheet that has no result, or one that was withheld, by the numbers of the round.
///
/// # Errors
/// The round is not open; a record that cannot be read.
pub fn judge_round(law: &Law, site: &Site, id: &Id, today: Day) -> Result<Option<Command>, StressFault> {
    let round = round(site, id)?;
    let mut free = site.next_ids(Prefix::Row);
    let mut command = Command::new(Act::JudgeStress, site.id().to_string());
    let mut is_changed = false;
    for row in site.stress_answers.iter().filter(|row| row.round == round.id) {
        let known = result(site, id, &row.worker);
        let judged = judged(&round.criteria_json, row)?;
        if known.is_none_or(|known| known.computed == Computed::Withheld && judged.computed != Computed::Withheld) {
            let key = known.map_or_else(|| free.next(), |known| Some(known.id.clone()));
            let Some(key) = key else { break };
            command = command.put(StressResult { id: key, ..judged });
            is_changed = true;
        }
    }
    if !is_changed {
        return Ok(None);
    }
    let judged_on = round.judged_on.or(Some(today));
    let command = command.put(StressRound { judged_on, entries: round.entries + 1, ..round.clone() });
    super::gate::admits(law, site, &command, today)?;
    Ok(Some(command))
}

/// What the numbers say of one sheet, under the sheet's own id; the need for an interview stays open.
///
/// # Errors
/// A record that is no sheet.
pub fn judged(criteria: &Criteria, row: &StressAnswers) -> Result<StressResult, StressFault> {
    let (sheet, score) = scored(row)?;
    let sums: Option<Sums> = totals(criteria, sheet.form(), row.sex, &score).ok();
    let (computed, by_symptoms, by_causes) = match judge(criteria, sheet.form(), row.sex, &score) {
        Judgement::High { by_symptoms, by_causes } => (Computed::High, by_symptoms, by_causes),
        Judgement::Below => (Computed::Below, false, false),
        Judgement::Withheld(_) => (Computed::Withheld, false, false),
    };
    Ok(StressResult {
        id: row.id.clone(),
        round: row.round.clone(),
        worker: row.worker.clone(),
        computed,
        by_symptoms,
        by_causes,
        causes: sums.map(|sums| i64::from(sums.causes)),
        symptoms: sums.map(|sums| i64::from(sums.symptoms)),
        support: sums.map(|sums| i64::from(sums.support)),
        need: Need::Open,
        decided_on: None,
        decided_by: String::new(),
        reason: String::new(),
        notified_on: None,
    })
}

/// Who decides: the owner as implementer, else the implementer named with the round.
fn implementer(site: &Site, round: &StressRound, owner: &str) -> Result<String, StressFault> {
    if round.role != OwnerRole::Neither {
        return Ok(owner.to_owned());
    }
    let named = site.stress_staff.iter().find(|staff| staff.round == round.id && staff.part == StaffPart::Implementer);
    named.map(|staff| staff.name.clone()).ok_or(StressFault::NotDeciding)
}

/// The implementer's decision about one person above the criteria (則52条の15).
///
/// # Errors
/// Nobody decides about a person below the criteria or withheld; 否 wants a reason; after the notice it stands.
pub fn confirm(
    site: &Site,
    round_id: &Id,
    worker: &Id,
    need: Need,
    reason: &str,
    owner: &str,
    today: Day,
) -> Result<Command, StressFault> {
    let round = round(site, round_id)?;
    let known = result(site, round_id, worker).ok_or(StressFault::NoResult)?;
    let reason = reason.trim();
    check_decision(known, need, reason)?;
    let is_open = need == Need::Open;
    let decided = StressResult {
        need,
        decided_on: (!is_open).then_some(today),
        decided_by: if is_open { String::new() } else { implementer(site, round, owner)? },
        reason: reason.to_owned(),
        ..known.clone()
    };
    let state = if need == Need::Needed { StressState::Selected } else { StressState::Taken };
    let flag = flag(site, round_id, worker, state).filter(|_| round.role.sees_everybody());
    let command = Command::new(Act::ConfirmStress, worker.to_string()).put(decided);
    Ok(flag.into_iter().fold(command, Command::put))
}

fn check_decision(known: &StressResult, need: Need, reason: &str) -> Result<(), StressFault> {
    match known.computed {
        Computed::Withheld => return Err(StressFault::Withheld),
        Computed::Below => return Err(StressFault::NotHigh),
        Computed::High => {}
    }
    if known.notified_on.is_some() {
        return Err(StressFault::Notified);
    }
    if need == Need::NotNeeded && reason.is_empty() {
        return Err(StressFault::NoReason);
    }
    Ok(())
}

/// The word of the lists for this round; a request or an interview says more and stays.
fn flag(site: &Site, round: &Id, worker: &Id, state: StressState) -> Option<StressFlag> {
    let day = super::taken_on(site, round, worker)?;
    let known = site.stress.iter().find(|flag| &flag.worker == worker && flag.day == day)?;
    let is_simple = matches!(known.state, StressState::Taken | StressState::Selected | StressState::NotTaken);
    (is_simple && known.state != state).then(|| StressFlag { state, ..known.clone() })
}

/// The worker was told the result (則52条の12); one person at a time or many, for nothing of it reaches the employer.
///
/// # Errors
/// A person above the criteria is told only after the implementer's decision.
pub fn notify(
    site: &Site,
    round_id: &Id,
    workers: &[Id],
    day: Day,
    today: Day,
) -> Result<Option<Command>, StressFault> {
    not_ahead(day, today)?;
    let mut command = Command::new(Act::NotifyStress, site.id().to_string());
    for worker in workers {
        let known = result(site, round_id, worker).ok_or(StressFault::NoResult)?;
        check_notice(known)?;
        if known.notified_on.is_none() {
            command = command.put(StressResult { notified_on: Some(day), ..known.clone() });
        }
    }
    Ok((!command.changes.is_empty()).then_some(command))
}

/// Whether the result may be told now.
///
/// # Errors
/// Withheld, or above the criteria without the implementer's decision.
pub fn check_notice(known: &StressResult) -> Result<(), StressFault> {
    match (known.computed, known.need) {
        (Computed::Withheld, _) => Err(StressFault::Withheld),
        (Computed::High, Need::Open) => Err(StressFault::NotDecided),
        _ => Ok(()),
    }
}

/// Who can be told now: judged, decided where a decision is wanted, and not told yet.
pub fn to_notify(site: &Site, round: &Id) -> Vec<Id> {
    let is_due = |row: &&StressResult| &row.round == round && row.notified_on.is_none() && check_notice(row).is_ok();
    site.stress_results.iter().filter(is_due).map(|row| row.worker.clone()).collect()
}

/// How a round stands, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Sheets.
    pub sheets: usize,
    /// Sheets that are not judged: an answer or the sex is missing. They are not "not high".
    pub withheld: usize,
    /// Above the criteria.
    pub high: usize,
    /// Of these, decided about.
    pub decided: usize,
    /// Told.
    pub notified: usize,
}

/// Counts a round.
pub fn standing(site: &Site, round: &Id) -> Standing {
    let of = || site.stress_results.iter().filter(|row| &row.round == round);
    let high = || of().filter(|row| row.computed == Computed::High);
    Standing {
        sheets: site.stress_answers.iter().filter(|row| &row.round == round).count(),
        withheld: of().filter(|row| row.computed == Computed::Withheld).count(),
        high: high().count(),
        decided: high().filter(|row| row.need != Need::Open).count(),
        notified: of().filter(|row| row.notified_on.is_some()).count(),
    }
}
