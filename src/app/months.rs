//! A worker's months as the law wants them: which figure counts, which months are whole, which class holds.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Site;
use crate::domain::command::HoursInForce;
use crate::domain::hours::{Measure, Series};
use crate::domain::period::{self, Closing};
use crate::domain::worker::{AttributeKind, Worker, WorkerAttribute};
use crate::domain::{Day, Id, Seconds};
use crate::law::Law;
use crate::law::interview::{Excess, InterviewFacts};
use crate::law::overtime::{Overtime, WorkedMonth};

/// How many months a flag looks back.
pub const LOOK_BACK: usize = 12;

/// What is the same for every worker of a site, found once.
#[derive(Debug)]
pub struct Context<'site> {
    /// The establishment.
    pub site: &'site Site,
    /// Its closing days.
    pub closings: Vec<Closing>,
    /// Traits by worker.
    attributes: HashMap<&'site Id, Vec<&'site WorkerAttribute>>,
}

impl<'site> Context<'site> {
    /// Prepares a site.
    pub fn new(site: &'site Site) -> Self {
        let mut attributes: HashMap<&Id, Vec<&WorkerAttribute>> = HashMap::new();
        for attribute in site.attributes.iter() {
            attributes.entry(&attribute.worker).or_default().push(attribute);
        }
        Self { site, closings: site.closings(), attributes }
    }

    /// Whether a trait of the worker holds on `day`.
    pub fn has(&self, worker: &Id, kind: AttributeKind, day: Day) -> bool {
        let traits = self.attributes.get(worker).map_or(&[][..], Vec::as_slice);
        traits.iter().any(|attribute| attribute.kind == kind && attribute.holds_on(day))
    }

    /// The months that count for the worker, newest first; one figure a period.
    pub fn months(&self, worker: &Worker) -> Vec<WorkedMonth> {
        self.months_until(worker, Day::MAX)
    }

    /// The months that counted for the worker on `day`: those that had ended by then, as they are known now.
    pub fn months_until(&self, worker: &Worker, day: Day) -> Vec<WorkedMonth> {
        let mut months: Vec<WorkedMonth> = Vec::with_capacity(LOOK_BACK);
        for value in self.site.hours_of(&worker.id).iter().filter(|value| value.period.end <= day) {
            if value.series != Series::Employer || !is_counted(value.measure) {
                continue;
            }
            let month = self.month(worker, value);
            let is_full = months.len() == LOOK_BACK;
            match months.last_mut() {
                Some(last) if last.period == month.period => *last = better(*last, month),
                _ if is_full => break,
                _ => months.push(month),
            }
        }
        months
    }

    fn month(&self, worker: &Worker, value: &HoursInForce) -> WorkedMonth {
        let irregular = !self.closings.is_empty() && period::is_partial(&self.closings, value.period);
        let is_partial = irregular || worker.is_partial_in(value.period);
        WorkedMonth { period: value.period, hours: value.hours, measure: value.measure, is_partial }
    }

    /// The facts about the newest month of the worker.
    pub fn facts(&self, law: &Law, worker: &Worker, month: &WorkedMonth) -> InterviewFacts {
        let day = month.period.end;
        let has = |kind| Some(self.has(&worker.id, kind, day));
        let excess = Excess::of_month(law, month);
        let health = (month.measure == Measure::HealthManagement).then_some(excess).flatten();
        let (criterion_set, criterion) = self.criterion(day);
        let exclusion = self.site.exclusions.iter().find(|e| e.worker == worker.id && e.period == month.period);
        InterviewFacts {
            overtime: if health.is_some() { None } else { excess },
            health_management: health,
            research: has(AttributeKind::Research),
            article41: has(AttributeKind::Article41),
            highly_professional: has(AttributeKind::HighlyProfessional),
            requested: Some(self.is_requested(&worker.id, day)),
            interviewed_on: exclusion.and_then(|e| e.interviewed_on).max(self.interviewed_before(&worker.id, day)),
            judged_unnecessary: exclusion.is_some(),
            similar_grounds: exclusion.is_some_and(|e| self.has_similar_grounds(&e.id)),
            criterion_set: Some(criterion_set),
            criterion,
            // Whether the words of the criterion are met is said by a person, or not at all.
            criterion_met: self.has(&worker.id, AttributeKind::Criterion, day).then_some(true),
            fifty_or_more: None,
            fatigue: None,
            anxiety: None,
            ..InterviewFacts::unknown(day)
        }
    }

    /// Whether the workplace has a criterion of its own on `day`, and its machine part.
    ///
    /// Before the first dated row the fields of the establishment speak, which older vaults have filled in.
    fn criterion(&self, day: Day) -> (bool, Option<Seconds>) {
        let undated = &self.site.establishment;
        match self.site.criterion_by(day) {
            Some(row) if row.valid_until.is_some_and(|until| until < day) => (false, None),
            Some(row) => (true, row.seconds.map(Seconds)),
            None => (undated.criterion_on.is_some(), undated.criterion_seconds.map(Seconds)),
        }
    }

    /// Whether a request stands that is about the period that ends on `day`, or came after it.
    pub fn is_requested(&self, worker: &Id, day: Day) -> bool {
        let about = |r: &crate::domain::case::Request| r.period_end.map_or(r.day > day, |end| end == day);
        self.site.requests.iter().any(|r| &r.worker == worker && r.withdrawn_on.is_none() && about(r))
    }

    fn has_similar_grounds(&self, exclusion: &Id) -> bool {
        self.site.bases.iter().any(|basis| &basis.exclusion == exclusion && basis.kind.is_similar())
    }

    /// The last interview up to `day`, by whatever doctor.
    fn interviewed_before(&self, worker: &Id, day: Day) -> Option<Day> {
        let held = self.site.interviews.iter().filter(|i| &i.worker == worker).map(|i| i.day);
        let certified = self.site.certificates.iter().filter(|c| &c.worker == worker).map(|c| c.interviewed_on);
        held.chain(certified).filter(|held| *held <= day).max()
    }
}

fn is_counted(measure: Measure) -> bool {
    matches!(measure, Measure::StatutoryTotal | Measure::ReportedOvertime | Measure::HealthManagement)
}

/// Total hours win over the employer's own overtime figure: only they can be computed by the circular.
fn better(one: WorkedMonth, other: WorkedMonth) -> WorkedMonth {
    if one.measure == Measure::ReportedOvertime { other } else { one }
}

/// Facts by name, as the rules of the list declare them.
pub fn named(facts: &InterviewFacts, month: &WorkedMonth) -> Value {
    let is_exact = month.hours.low == month.hours.high;
    let total = (month.measure == Measure::StatutoryTotal && is_exact).then_some(month.hours.low.0);
    let overtime = facts.overtime.filter(|_| total.is_none());
    json!({
        "total_seconds": total,
        "overtime_seconds": overtime.map(|excess| whole_seconds(excess.low)),
        "overtime_high_seconds": overtime.filter(|_| !is_exact).map(|excess| whole_seconds(excess.high)),
        "health_management_seconds": facts.health_management.map(|excess| whole_seconds(excess.low)),
        "period_start": total.map(|_| month.period.start.to_string()),
        "research": facts.research,
        "article41": facts.article41,
        "highly_professional": facts.highly_professional,
        "requested": facts.requested,
    })
}

/// Sevenths of a second, rounded up: what lies above a limit of whole seconds still does, and nothing else.
fn whole_seconds(overtime: Overtime) -> i64 {
    overtime.0.div_euclid(SEVENTHS) + i64::from(overtime.0.rem_euclid(SEVENTHS) > 0)
}

/// A week's share of a day is counted in sevenths.
const SEVENTHS: i64 = 7;

#[cfg(test)]
#[path = "months_tests.rs"]
mod tests;
