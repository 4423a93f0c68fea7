//! Results that were computed elsewhere: kept as they were told, apart from what this desk computes from answers.
//!
//! A person without answers gets a result from what was told, so that the confirmation, the notice and the request can
//! follow. Where answers are there too nothing is overwritten: what differs is listed.

use std::collections::BTreeSet;

use super::{StressFault, judging, not_ahead, reported_of, result, round, sheet};
use crate::app::Site;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Computed, Need, StressReported, StressResult, StressRound};
use crate::domain::worker::Worker;
use crate::domain::{AnyRecord, Day, Id, Prefix};
use crate::law::Law;

/// What was told about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedEntry {
    /// Whose.
    pub worker: Id,
    /// The check was taken on.
    pub day: Day,
    /// 高ストレス or not.
    pub said: Said,
}

/// A judgement with its scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// 高ストレス or not.
    pub computed: Computed,
    /// A, B, C.
    pub scores: [Option<i64>; 3],
}

/// A person of whom the answers say something else than what was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whose.
    pub worker: Id,
    /// By the answers, with the numbers of the round.
    pub by_answers: Said,
    /// As told.
    pub told: Said,
}

/// What taking results in would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reporting {
    /// Results that are new.
    pub added: usize,
    /// Results that are known as they are.
    pub unchanged: usize,
    /// Who is known with another result already; that one stays.
    pub standing: Vec<Id>,
    /// Where the answers say something else.
    pub differences: Vec<Difference>,
}

impl Said {
    /// What a file told.
    pub const fn told(row: &StressReported) -> Self {
        Self { computed: row.computed, scores: [row.causes, row.symptoms, row.support] }
    }

    /// What a result says.
    pub const fn of(row: &StressResult) -> Self {
        Self { computed: row.computed, scores: [row.causes, row.symptoms, row.support] }
    }

    /// Whether two say the same; a score that only one of them has is no difference.
    pub fn agrees(&self, other: &Self) -> bool {
        let is_same = |(one, two): (&Option<i64>, &Option<i64>)| one.is_none() || two.is_none() || one == two;
        self.computed == other.computed && self.scores.iter().zip(&other.scores).all(is_same)
    }

    /// `該当  A 51  B 92  C 31`
    pub fn words(&self) -> String {
        let score = |(letter, score): (char, Option<i64>)| score.map(|score| format!("  {letter} {score}"));
        let scores = ['A', 'B', 'C'].into_iter().zip(self.scores).filter_map(score);
        format!("{}{}", self.computed.label(), scores.collect::<String>())
    }
}

/// Takes results in, all or none of the new ones; none where nothing would change.
///
/// # Errors
/// The gate's faults: not open, not the implementer. A person twice or not on the roster, a day that has not come.
pub fn enter(
    law: &Law,
    site: &Site,
    round_id: &Id,
    entries: &[ReportedEntry],
    today: Day,
) -> Result<(Reporting, Option<Command>), StressFault> {
    let mut draft = Draft::new(site, round(site, round_id)?, site.next_ids(Prefix::Row));
    let mut seen = BTreeSet::new();
    for entry in entries {
        not_ahead(entry.day, today)?;
        let worker = site.worker(&entry.worker).ok_or(StressFault::NoWorker)?;
        if !seen.insert(&entry.worker) {
            return Err(StressFault::Twice);
        }
        draft.take(worker, entry);
    }
    let (reporting, command) = draft.finish(today);
    command.as_ref().map_or(Ok(()), |command| super::gate::admits(law, site, command, today))?;
    Ok((reporting, command))
}

/// What is being taken in.
struct Draft<'a, I> {
    site: &'a Site,
    round: &'a StressRound,
    free: I,
    reporting: Reporting,
    rows: Vec<AnyRecord>,
    has_result: bool,
}

impl<'a, I: Iterator<Item = Id>> Draft<'a, I> {
    fn new(site: &'a Site, round: &'a StressRound, free: I) -> Self {
        Self { site, round, free, reporting: Reporting::default(), rows: Vec::new(), has_result: false }
    }

    fn take(&mut self, worker: &Worker, entry: &ReportedEntry) {
        match reported_of(self.site, &self.round.id, &entry.worker) {
            Some(known) if known.day == entry.day && Said::told(known) == entry.said => self.reporting.unchanged += 1,
            Some(_) => self.reporting.standing.push(entry.worker.clone()),
            None => self.add(worker, entry),
        }
    }

    /// The row as told, the result where there is nothing else, and the word 済 of the lists.
    fn add(&mut self, worker: &Worker, entry: &ReportedEntry) {
        let Some(id) = self.free.next() else { return };
        let made = alone(self.site, self.round, entry, &mut self.free);
        let row = row(id, self.round, entry, made.as_ref().map(|made| made.id.clone()));
        self.reporting.differences.extend(difference(self.site, self.round, &row));
        self.reporting.added += 1;
        self.has_result |= made.is_some();
        self.rows.push(row.into());
        self.rows.extend(made.map(AnyRecord::from));
        self.rows.extend(super::answers::taken(self.site, worker, entry.day, &mut self.free).map(AnyRecord::from));
    }

    /// The round counts the entry, and is judged from the first result on.
    fn finish(self, today: Day) -> (Reporting, Option<Command>) {
        if self.reporting.added == 0 {
            return (self.reporting, None);
        }
        let judged_on = self.round.judged_on.or(self.has_result.then_some(today));
        let round = StressRound { judged_on, entries: self.round.entries + 1, ..self.round.clone() };
        let command = Command::new(Act::ImportStress, self.site.id().to_string());
        (self.reporting, Some(self.rows.into_iter().fold(command, Command::put).put(round)))
    }
}

fn row(id: Id, round: &StressRound, entry: &ReportedEntry, result: Option<Id>) -> StressReported {
    let [causes, symptoms, support] = entry.said.scores;
    StressReported {
        id,
        round: round.id.clone(),
        worker: entry.worker.clone(),
        day: entry.day,
        computed: entry.said.computed,
        causes,
        symptoms,
        support,
        result,
    }
}

/// The result of a person of whom there is nothing else; ア and イ are not told.
fn alone(
    site: &Site,
    round: &StressRound,
    entry: &ReportedEntry,
    free: &mut impl Iterator<Item = Id>,
) -> Option<StressResult> {
    let (round_id, worker) = (&round.id, &entry.worker);
    if sheet(site, round_id, worker).is_some() || result(site, round_id, worker).is_some() {
        return None;
    }
    let [causes, symptoms, support] = entry.said.scores;
    Some(StressResult {
        id: free.next()?,
        round: round_id.clone(),
        worker: worker.clone(),
        computed: entry.said.computed,
        by_symptoms: false,
        by_causes: false,
        causes,
        symptoms,
        support,
        need: Need::Open,
        decided_on: None,
        decided_by: String::new(),
        reason: String::new(),
        notified_on: None,
    })
}

/// Where the answers of a person say something else than what was told; nothing where there are no answers.
pub fn difference(site: &Site, round: &StressRound, told: &StressReported) -> Option<Difference> {
    let answers = sheet(site, &round.id, &told.worker)?;
    let by_answers = Said::of(&judging::judged(&round.criteria_json, answers).ok()?);
    let (worker, told) = (told.worker.clone(), Said::told(told));
    (!by_answers.agrees(&told)).then_some(Difference { worker, by_answers, told })
}

/// Every difference of a round, in the order of the records.
pub fn differences(site: &Site, round: &StressRound) -> Vec<Difference> {
    let of = site.stress_reported.iter().filter(|row| row.round == round.id);
    of.filter_map(|row| difference(site, round, row)).collect()
}

/// Whether a result is what was told, and nothing was computed here since.
pub fn is_told(site: &Site, row: &StressResult) -> bool {
    let told = reported_of(site, &row.round, &row.worker).filter(|told| told.result.as_ref() == Some(&row.id));
    told.is_some_and(|told| Said::told(told) == Said::of(row))
}
