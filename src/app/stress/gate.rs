//! The one door of the stress check's records: whatever makes a command, it passes here before it is performed.
//!
//! Without consent nothing individual enters where the owner is neither implementer nor co-implementer (SC-30); what
//! was fixed before a round opened stands; a judged result is not judged again.

use serde_json::json;

use super::{StressFault, answers, ask, consent_of, current, is_allowed, reported_of, result, round, sheet};
use crate::app::Site;
use crate::domain::command::{Change, Command};
use crate::domain::stress::{Computed, StressAnswers, StressConsent, StressReported, StressResult, StressRound};
use crate::domain::worker::{StressFlag, StressState};
use crate::domain::{AnyRecord, Day, Id, Table};
use crate::law::Law;

/// Says whether a command may be performed at this establishment.
///
/// # Errors
/// The first [`StressFault`] of one of its rows.
pub fn admits(law: &Law, site: &Site, command: &Command, today: Day) -> Result<(), StressFault> {
    let gate = Gate { law, site, command, today };
    command.changes.iter().try_for_each(|change| gate.row(change))
}

struct Gate<'a> {
    law: &'a Law,
    site: &'a Site,
    command: &'a Command,
    today: Day,
}

impl Gate<'_> {
    fn row(&self, change: &Change) -> Result<(), StressFault> {
        match change {
            Change::Put(AnyRecord::StressRound(row)) => self.round(row),
            Change::Put(AnyRecord::StressAnswers(row)) => self.answers(row),
            Change::Put(AnyRecord::StressResult(row)) => self.result(row),
            Change::Put(AnyRecord::StressReported(row)) => self.reported(row),
            Change::Put(AnyRecord::StressConsent(row)) => self.consent(row),
            Change::Put(AnyRecord::StressFlag(row)) => self.flag(row),
            Change::Put(AnyRecord::StressImprovement(row)) => {
                super::improvement::admits(self.law, self.site, row, self.today)
            }
            // Rows of the stress check go by undo only: what was judged or said is not taken out by another way.
            Change::Remove(
                Table::StressResult | Table::StressReported | Table::StressConsent | Table::StressRelease,
                _,
            ) => Err(StressFault::Judged),
            _ => Ok(()),
        }
    }

    /// The round as this command leaves it.
    fn round_of(&self, id: &Id) -> Result<&StressRound, StressFault> {
        let put = self.command.changes.iter().find_map(|change| match change {
            Change::Put(AnyRecord::StressRound(row)) if &row.id == id => Some(&**row),
            _ => None,
        });
        put.map_or_else(|| round(self.site, id), Ok)
    }

    fn round(&self, row: &StressRound) -> Result<(), StressFault> {
        let Ok(known) = round(self.site, &row.id) else { return Ok(()) };
        let has_entries = known.entries > 0;
        let same = fixed(known) == fixed(row);
        if (known.opened_on.is_some() || has_entries) && !same {
            return Err(StressFault::Fixed);
        }
        if known.judged_on.is_some() && known.judged_on != row.judged_on {
            return Err(StressFault::Judged);
        }
        if row.entries < known.entries || (has_entries && row.opened_on != known.opened_on) {
            return Err(StressFault::Fixed);
        }
        self.role(known, row)
    }

    /// A role that sees nothing is not taken on while results without consent lie here.
    fn role(&self, known: &StressRound, row: &StressRound) -> Result<(), StressFault> {
        if row.role == known.role {
            return Ok(());
        }
        let answers = self.site.stress_answers.iter().map(|row| (&row.round, &row.worker));
        let results = self.site.stress_results.iter().map(|row| (&row.round, &row.worker));
        let told = self.site.stress_reported.iter().map(|row| (&row.round, &row.worker));
        let mut held = answers.chain(results).chain(told).filter(|(round, _)| *round == &known.id);
        held.try_for_each(|(_, worker)| self.seeing(row, worker))
    }

    fn answers(&self, row: &StressAnswers) -> Result<(), StressFault> {
        self.entering(&row.round, &row.worker)?;
        // What was told stays as it is beside the answers, and what differs is listed.
        let is_known = sheet(self.site, &row.round, &row.worker) == Some(row);
        let is_judged = answers::is_judged(self.site, &row.round, &row.worker);
        if is_judged && !is_known { Err(StressFault::Judged) } else { Ok(()) }
    }

    /// What was told once is never told otherwise.
    fn reported(&self, row: &StressReported) -> Result<(), StressFault> {
        match reported_of(self.site, &row.round, &row.worker) {
            Some(known) if known != row => Err(StressFault::Judged),
            _ => self.entering(&row.round, &row.worker),
        }
    }

    fn result(&self, row: &StressResult) -> Result<(), StressFault> {
        match result(self.site, &row.round, &row.worker) {
            Some(known) if judged(known) == judged(row) => self.seeing(self.round_of(&row.round)?, &row.worker),
            Some(known) if known.computed != Computed::Withheld => Err(StressFault::Judged),
            _ => self.entering(&row.round, &row.worker),
        }
    }

    /// Something individual comes in: the round is open, counts it, and the owner may see it.
    fn entering(&self, id: &Id, worker: &Id) -> Result<(), StressFault> {
        let after = self.round_of(id)?;
        self.seeing(after, worker)?;
        if after.opened_on.is_none() {
            return Err(StressFault::NotOpen);
        }
        let before = round(self.site, id).map_or(0, |known| known.entries);
        if after.entries > before { Ok(()) } else { Err(StressFault::Uncounted) }
    }

    fn seeing(&self, round: &StressRound, worker: &Id) -> Result<(), StressFault> {
        let is_consented = consent_of(self.site, &round.id, worker).is_some_and(|row| row.holds_on(self.today));
        let facts = json!({ "is_implementer": round.role.sees_everybody(), "consented": is_consented });
        let found = ask(self.law, "SC-30", self.today, &facts);
        if is_allowed(found.as_ref()) { Ok(()) } else { Err(StressFault::NotImplementer) }
    }

    /// One person's word at a time, never a list of them.
    fn consent(&self, row: &StressConsent) -> Result<(), StressFault> {
        let is_other = |change: &&Change| match change {
            Change::Put(AnyRecord::StressConsent(other)) => other.id != row.id,
            _ => false,
        };
        if self.command.changes.iter().any(|change| is_other(&change)) { Err(StressFault::Bulk) } else { Ok(()) }
    }

    /// 要面接 by hand is a result too; a request is the worker's own word.
    fn flag(&self, row: &StressFlag) -> Result<(), StressFault> {
        let known = self.site.stress.iter().any(|known| known == row);
        match current(self.site) {
            Some(round) if row.state == StressState::Selected && !row.is_consented && !known => {
                self.seeing(round, &row.worker)
            }
            _ => Ok(()),
        }
    }
}

/// What is fixed before the round opens.
fn fixed(round: &StressRound) -> impl PartialEq {
    (round.criteria_json.clone(), round.committee_on, round.rules.clone(), round.criteria_opinion_on)
}

/// What the numbers said.
fn judged(row: &StressResult) -> impl PartialEq {
    (row.computed, row.by_symptoms, row.by_causes, row.causes, row.symptoms, row.support)
}
