//! What the reports of special and dental examinations count (有機則30条の3, 電離則58条, 安衛則52条2項): persons, items, 指示,
//! and until when their records are kept.

use std::collections::HashMap;

use chrono::Datelike;
use serde_json::json;

use super::others::FOUND_BY_LOOKING;
use crate::app::Site;
use crate::domain::checkup::{ItemState, ReportKind, SpecialExam, SpecialKind};
use crate::domain::worker::FindingState;
use crate::domain::{Day, Id};
use crate::law::{Deadline, Law, rules};

/// One item of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCount {
    /// Its name, as it was typed.
    pub name: String,
    /// 受診者数
    pub examined: usize,
    /// 異常所見者数
    pub found: usize,
    /// 分布1, 2, 3 of a metabolite.
    pub classes: [usize; 3],
}

/// The counts of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialCounts {
    /// From when to when.
    pub period: (Day, Day),
    /// Clinics, each once.
    pub clinics: Vec<String>,
    /// What the people work with, each once.
    pub works: Vec<String>,
    /// Persons whose work calls for the examination on the last day.
    pub engaged: usize,
    /// Persons, each once, by their newest examination of the period.
    pub examined: usize,
    /// Of these, with a finding.
    pub found: usize,
    /// Of these, told by a physician or dentist what to do.
    pub instructed: usize,
    /// The items, in the order in which they came.
    pub items: Vec<ItemCount>,
    /// Of the examined, of whom nobody said whether there is a finding.
    pub unclear: usize,
    /// Of the examined, without the dose since the last examination.
    pub without_dose: usize,
    /// Until when the records of the newest examination are kept; none where the day is not fixed yet.
    pub kept_until: Option<Deadline>,
}

/// Counts everything of a kind that no sent report covers yet; none where there is nothing.
pub fn count(law: &Law, site: &Site, exam: SpecialKind, kind: ReportKind, today: Day) -> Option<SpecialCounts> {
    let days = site.special_exams.iter().filter(|row| row.exam == exam && row.day <= today);
    let until = days.map(|row| row.day).max()?;
    let from = first_day(site, kind, until);
    let people = newest(site, exam, (from, until));
    let last = people.iter().max_by_key(|row| row.day)?;
    let duties = || site.exam_duties.iter().filter(|duty| duty.exam == exam && duty.holds_on(until));
    let engaged: std::collections::HashSet<&Id> = duties().map(|duty| &duty.worker).collect();
    Some(SpecialCounts {
        period: (from, until),
        clinics: each_once(people.iter().map(|row| row.clinic.as_str())),
        works: each_once(duties().map(|duty| duty.work.as_str())),
        engaged: engaged.len(),
        examined: people.len(),
        found: people.iter().filter(|row| is_found(row)).count(),
        instructed: people.iter().filter(|row| row.is_instructed).count(),
        items: items(&people),
        unclear: people.iter().filter(|row| row.finding == FindingState::Unknown).count(),
        without_dose: people.iter().filter(|row| row.dose_microsieverts.is_none()).count(),
        kept_until: kept_until(law, site, last),
    })
}

/// The day after the last report's period, else the first of the year.
fn first_day(site: &Site, kind: ReportKind, until: Day) -> Day {
    let sent = site.sent_reports.iter().filter(|row| row.kind == kind && row.period_until < until);
    let after = sent.map(|row| row.period_until).max().and_then(|day| day.succ_opt());
    let year = Day::from_ymd_opt(until.year(), 1, 1).unwrap_or(until);
    after.map_or(year, |after| after.max(year))
}

fn newest(site: &Site, exam: SpecialKind, (from, until): (Day, Day)) -> Vec<&SpecialExam> {
    let mut newest: HashMap<&Id, &SpecialExam> = HashMap::new();
    for row in site.special_exams.iter().filter(|row| row.exam == exam && (from..=until).contains(&row.day)) {
        let known = newest.entry(&row.worker).or_insert(row);
        if known.day < row.day {
            *known = row;
        }
    }
    let mut people: Vec<&SpecialExam> = newest.into_values().collect();
    people.sort_by(|one, other| one.worker.cmp(&other.worker));
    people
}

fn each_once<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut texts: Vec<String> = texts.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// 他覚所見 alone makes nobody 有所見 in the report on solvents (有機則30条の3).
fn is_found(row: &SpecialExam) -> bool {
    let mut found = row.items_json.iter().filter(|item| item.state == ItemState::Found).peekable();
    let only_looked_at = found.peek().is_some() && found.all(|item| item.name == FOUND_BY_LOOKING);
    row.finding == FindingState::Present && !(row.exam == SpecialKind::Organic && only_looked_at)
}

fn items(people: &[&SpecialExam]) -> Vec<ItemCount> {
    let mut counts: Vec<ItemCount> = Vec::new();
    for item in people.iter().flat_map(|row| &row.items_json) {
        let place = counts.iter().position(|count| count.name == item.name).unwrap_or_else(|| {
            counts.push(ItemCount { name: item.name.clone(), examined: 0, found: 0, classes: [0; 3] });
            counts.len() - 1
        });
        let Some(count) = counts.get_mut(place) else { continue };
        count.examined += usize::from(item.state != ItemState::NotDone);
        count.found += usize::from(item.state == ItemState::Found);
        let classes = [ItemState::First, ItemState::Second, ItemState::Third];
        for (class, state) in count.classes.iter_mut().zip(classes) {
            *class += usize::from(item.state == state);
        }
    }
    counts
}

/// Until when the record of an examination is kept (RET-KEEP): five, seven, thirty or forty years by its ordinance.
pub fn kept_until(law: &Law, site: &Site, exam: &SpecialExam) -> Option<Deadline> {
    let record = match (exam.exam, exam.is_long_kept) {
        (SpecialKind::Organic, _) => "organic_solvent",
        (SpecialKind::Lead, _) => "lead",
        (SpecialKind::TetraalkylLead, _) => "tetraalkyl_lead",
        (SpecialKind::Chemical, false) => "chemicals",
        (SpecialKind::Chemical, true) => "controlled_chemicals",
        (SpecialKind::Pressure, _) => "high_pressure",
        (SpecialKind::Radiation, _) => "radiation",
        (SpecialKind::Decontamination, _) => "decontamination",
        (SpecialKind::Asbestos, _) => "asbestos",
        (SpecialKind::Dust, _) => "pneumoconiosis",
        _ => "checkup",
    };
    let made_on = exam.day.to_string();
    let ended_on = ended_on(site, exam).filter(|_| exam.exam == SpecialKind::Asbestos);
    let facts = match ended_on {
        Some(ended) => {
            json!({ "record": record, "made_on": made_on, "engagement_ended_on": ended.to_string() })
        }
        None => json!({ "record": record, "made_on": made_on }),
    };
    law.assess(rules::find("RET-KEEP")?, exam.day, &facts).ok()?.due
}

/// The end of the engagement, where every such work of the person has ended.
fn ended_on(site: &Site, exam: &SpecialExam) -> Option<Day> {
    let duties = site.exam_duties.iter().filter(|duty| duty.worker == exam.worker && duty.exam == exam.exam);
    let ends: Option<Vec<Day>> = duties.map(|duty| duty.valid_until).collect();
    ends?.into_iter().max()
}

#[cfg(test)]
#[path = "special_counts_tests.rs"]
mod tests;
