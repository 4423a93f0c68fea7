//! A small establishment with a round, and commands performed on it in memory through the gate.

use std::sync::Arc;

use super::answers::{SheetEntry, enter};
use super::reported::{self, ReportedEntry, Reporting, Said};
use super::rounds::{self, RoundEntry, StaffEntry};
use super::{StressFault, gate, judging};
use crate::app::Site;
use crate::app::entry_fixture::{TODAY, day, establishment, worker, worker_id};
use crate::domain::command::{Change, Command};
use crate::domain::stress::{Computed, Method, OwnerRole, Profession, StaffPart};
use crate::domain::{AnyRecord, Day, Id, Record};
use crate::law::Law;
use crate::scales::stress::criteria::examples;
use crate::scales::stress::{Questionnaire, Sheet};

/// A sheet that is above the criteria by both methods.
pub const HIGH: &str = "112331443323243341112334443344433222234342333343343443322";
/// One that is below.
pub const LOW: &str = "444444411144414114441111111111111111111111111111111111111";
/// One with a gap at B4.
pub const GAP: &str = "11233144332324334111-334443344433222234342333343343443322";

/// An establishment with one round.
pub struct Room {
    /// The law.
    pub law: Law,
    /// The records.
    pub site: Site,
    /// The round.
    pub round: Id,
}

fn put<R: Record>(rows: &mut Arc<Vec<R>>, row: &R) {
    let rows = Arc::make_mut(rows);
    rows.retain(|known| known.key() != row.key());
    rows.push(row.clone());
}

/// Puts the rows of the stress check, and the numbers that were given.
pub fn apply(site: &mut Site, command: &Command) {
    for change in &command.changes {
        let Change::Put(record) = change else { continue };
        if let Some((prefix, number)) = Id::parse(record.key()).ok().and_then(|id| id.numbered()) {
            let place = crate::domain::Prefix::ALL.iter().position(|known| *known == prefix).unwrap();
            site.last_numbers[place] = site.last_numbers[place].max(number);
        }
        match record {
            AnyRecord::StressRound(row) => put(&mut site.stress_rounds, row),
            AnyRecord::StressStaff(row) => put(&mut site.stress_staff, row),
            AnyRecord::StressAnswers(row) => put(&mut site.stress_answers, row),
            AnyRecord::StressResult(row) => put(&mut site.stress_results, row),
            AnyRecord::StressReported(row) => put(&mut site.stress_reported, row),
            AnyRecord::StressConsent(row) => put(&mut site.stress_consents, row),
            AnyRecord::StressConsultation(row) => put(&mut site.stress_consultations, row),
            AnyRecord::StressRelease(row) => put(&mut site.stress_releases, row),
            AnyRecord::StressFlag(row) => put(&mut site.stress, row),
            AnyRecord::StressImprovement(row) => put(&mut site.stress_improvements, row),
            _ => {}
        }
    }
}

impl Room {
    /// Workers 1 to `count`, and a round of this role that is not open yet.
    pub fn closed(count: u32, role: OwnerRole) -> Self {
        let mut site = Site::new(establishment());
        site.workers = Arc::new((1..=count).map(|n| worker(n, &format!("架空 {n}"))).collect());
        site.last_numbers = [count, 0, 0];
        let law = Law::built_in().unwrap();
        let (round, command) = rounds::write(&law, &site, None, &entry(role), today()).unwrap();
        let mut room = Self { law, site, round };
        room.perform(command).unwrap();
        room
    }

    /// The same, open.
    pub fn open(count: u32, role: OwnerRole) -> Self {
        let mut room = Self::closed(count, role);
        let staff = rounds::add_staff(&room.law, &room.site, &room.round, &staff(), today()).unwrap();
        room.perform(staff).unwrap();
        let open = rounds::open(&room.law, &room.site, &room.round, day("2026-09-01"), today()).unwrap();
        room.perform(open).unwrap();
        room
    }

    /// Performs a command as the desk does: through the gate, or not at all.
    pub fn perform(&mut self, command: Command) -> Result<(), StressFault> {
        gate::admits(&self.law, &self.site, &command, today())?;
        apply(&mut self.site, &command);
        for change in &command.changes {
            match change {
                Change::Put(AnyRecord::Case(row)) => put(&mut self.site.cases, row),
                Change::Put(AnyRecord::Request(row)) => put(&mut self.site.requests, row),
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes sheets in for workers by number.
    pub fn enter(&mut self, sheets: &[(u32, &str)]) -> Result<(), StressFault> {
        let book = Questionnaire::built_in().unwrap();
        let one = |(number, text): &(u32, &str)| SheetEntry {
            worker: worker_id(*number),
            day: day("2026-09-28"),
            sheet: Sheet::parse(book, text).unwrap(),
            sex: None,
        };
        let sheets: Vec<SheetEntry> = sheets.iter().map(one).collect();
        let (_, command) = enter(&self.law, &self.site, &self.round, &sheets, today())?;
        command.map_or(Ok(()), |command| self.perform(command))
    }

    /// Takes in what was told about workers by number, without scores; says what differs.
    pub fn tell(&mut self, told: &[(u32, Computed)]) -> Result<Reporting, StressFault> {
        let said = |computed| Said { computed, scores: [None; 3] };
        let one = |(number, computed): &(u32, Computed)| ReportedEntry {
            worker: worker_id(*number),
            day: day("2026-09-29"),
            said: said(*computed),
        };
        let entries: Vec<ReportedEntry> = told.iter().map(one).collect();
        let (reporting, command) = reported::enter(&self.law, &self.site, &self.round, &entries, today())?;
        command.map_or(Ok(()), |command| self.perform(command)).map(|()| reporting)
    }

    /// Judges what can be judged.
    pub fn judge(&mut self) {
        let command = judging::judge_round(&self.law, &self.site, &self.round, today()).unwrap();
        command.into_iter().for_each(|command| self.perform(command).unwrap());
    }
}

/// The day of the tests.
pub fn today() -> Day {
    day(TODAY)
}

/// A round with all that is fixed before.
pub fn entry(role: OwnerRole) -> RoundEntry {
    let criteria = examples().unwrap().iter().map(|e| &e.criteria).find(|c| c.method == Method::Sums).unwrap();
    RoundEntry {
        name: "2026年度".to_owned(),
        committee_on: Some(day("2026-06-12")),
        rules: "第3版".to_owned(),
        criteria: criteria.clone(),
        criteria_opinion_on: Some(day("2026-06-01")),
        role,
    }
}

/// A physician as implementer.
pub fn staff() -> StaffEntry {
    StaffEntry {
        part: StaffPart::Implementer,
        name: "架空 実施".to_owned(),
        profession: Profession::Physician,
        is_trained: false,
        has_personnel_power: false,
    }
}
