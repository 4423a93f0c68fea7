//! Answers that come in, by a file or typed: as printed, with sex and department as they are on that day.

use std::collections::BTreeSet;

use super::reported::is_told;
use super::{StressFault, not_ahead, result, round, sheet};
use crate::app::Site;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Computed, StressAnswers, StressRound};
use crate::domain::worker::{Sex, StressFlag, StressState, Worker};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;
use crate::scales::stress::{Questionnaire, Sheet};

/// One answered sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEntry {
    /// Whose.
    pub worker: Id,
    /// Answered on.
    pub day: Day,
    /// The answers.
    pub sheet: Sheet,
    /// 性別 as it was told with the answers; it counts where the roster says none.
    pub sex: Option<Sex>,
}

/// What an entry of sheets would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entered {
    /// New sheets.
    pub added: usize,
    /// Sheets that replace one.
    pub changed: usize,
    /// Sheets that are already so.
    pub unchanged: usize,
}

/// What an entry would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entering {
    /// The person has no sheet in the round.
    Added,
    /// It replaces a sheet.
    Changed,
    /// It is the sheet that stands.
    Unchanged,
}

/// What taking an entry in would do to its round.
///
/// # Errors
/// The questionnaire cannot be read.
pub fn entering(site: &Site, round: &Id, entry: &SheetEntry) -> Result<Entering, StressFault> {
    let Some(known) = sheet(site, round, &entry.worker) else { return Ok(Entering::Added) };
    let is_same = known.answers == entry.sheet.text(Questionnaire::built_in()?);
    Ok(if is_same { Entering::Unchanged } else { Entering::Changed })
}

/// Whether a person was judged in a round, so that other answers would judge anew what stands. Answers may come to lie
/// beside a result that was told.
pub fn is_judged(site: &Site, round: &Id, worker: &Id) -> bool {
    let settled = result(site, round, worker).filter(|known| known.computed != Computed::Withheld);
    settled.is_some_and(|settled| sheet(site, round, worker).is_some() || !is_told(site, settled))
}

/// Takes sheets in, all or none; none where nothing would change.
///
/// # Errors
/// The gate's faults: not open, not the implementer, already judged. A sheet of the other form, a person twice or not
/// on the roster, a day that has not come.
pub fn enter(
    law: &Law,
    site: &Site,
    round_id: &Id,
    sheets: &[SheetEntry],
    today: Day,
) -> Result<(Entered, Option<Command>), StressFault> {
    let round = round(site, round_id)?;
    let mut entered = Entered::default();
    let mut free = site.next_ids(Prefix::Row);
    let mut command = Command::new(Act::ImportStress, site.id().to_string());
    let mut seen = BTreeSet::new();
    for entry in sheets {
        let worker = check(site, round, entry, today)?;
        if !seen.insert(&entry.worker) {
            return Err(StressFault::Twice);
        }
        match entering(site, round_id, entry)? {
            Entering::Unchanged => {
                entered.unchanged += 1;
                continue;
            }
            Entering::Added => entered.added += 1,
            Entering::Changed => entered.changed += 1,
        }
        let known = sheet(site, round_id, &entry.worker);
        let id = known.map_or_else(|| free.next(), |known| Some(known.id.clone()));
        let Some(id) = id else { break };
        command = command.put(row(id, round, worker, entry)?);
        command = taken(site, worker, entry.day, &mut free).into_iter().fold(command, Command::put);
    }
    if entered.added + entered.changed == 0 {
        return Ok((entered, None));
    }
    let command = command.put(StressRound { entries: round.entries + 1, ..round.clone() });
    super::gate::admits(law, site, &command, today)?;
    Ok((entered, Some(command)))
}

fn check<'site>(
    site: &'site Site,
    round: &StressRound,
    entry: &SheetEntry,
    today: Day,
) -> Result<&'site Worker, StressFault> {
    not_ahead(entry.day, today)?;
    if entry.sheet.form() != round.criteria_json.form {
        return Err(StressFault::OtherForm);
    }
    site.worker(&entry.worker).ok_or(StressFault::NoWorker)
}

/// The record of an entry, with sex and department as they are now.
pub(super) fn row(
    id: Id,
    round: &StressRound,
    worker: &Worker,
    entry: &SheetEntry,
) -> Result<StressAnswers, StressFault> {
    let Worker { id: whose, sex, department, .. } = worker.clone();
    let sex = entry.sex.filter(|_| sex == Sex::Unknown).unwrap_or(sex);
    let answers = entry.sheet.text(Questionnaire::built_in()?);
    Ok(StressAnswers { id, round: round.id.clone(), worker: whose, day: entry.day, answers, sex, department })
}

/// The word of the lists, 済; one that says more already stays.
pub(super) fn taken(site: &Site, worker: &Worker, day: Day, free: &mut impl Iterator<Item = Id>) -> Option<StressFlag> {
    let is_known = site.stress.iter().any(|flag| flag.worker == worker.id && flag.day == day);
    let id = (!is_known).then(|| free.next()).flatten()?;
    Some(StressFlag {
        id,
        worker: worker.id.clone(),
        day,
        state: StressState::Taken,
        requested_on: None,
        is_consented: false,
    })
}
