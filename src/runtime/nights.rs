//! 深夜業 from files of hours: what differs from the record comes in with the batch of the hours.
//!
//! What a file does not say, and what nobody can read in it, takes nothing away.

use std::collections::HashMap;

use super::imports::ReadFile;
use super::taking::text_of;
use crate::app::Site;
use crate::app::host::NightRows;
use crate::domain::hours::{NightWork, Series};
use crate::domain::intake::Intake;
use crate::domain::{Day, Id, Period, Prefix, Seconds};
use crate::import::hours::{Night, Preview, Who};
use crate::law::overtime::clock;

/// 深夜業 of one person in one period: how often, and how long in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// 回数
    pub count: Option<i64>,
    /// 時間 in seconds.
    pub seconds: Option<i64>,
}

impl Figures {
    fn of(kept: &NightWork) -> Self {
        Self { count: kept.count, seconds: kept.seconds }
    }

    /// What stands once the file is taken in.
    fn after(self, night: &Night) -> Self {
        Self { count: night.count.or(self.count), seconds: night.seconds.or(self.seconds) }
    }

    fn are_none(self) -> bool {
        self.count.unwrap_or(0) == 0 && self.seconds.unwrap_or(0) == 0
    }

    /// In words.
    pub fn words(self) -> String {
        let count = self.count.map(|count| format!("{count}回"));
        let hours = self.seconds.map(|seconds| clock(Seconds(seconds)));
        count.into_iter().chain(hours).collect::<Vec<_>>().join(" ")
    }
}

/// 深夜業 that a file changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NightChange {
    /// Its place among the nights of the preview.
    pub place: usize,
    /// Line of the file.
    pub line: u32,
    /// Whose.
    pub worker: Id,
    /// On record.
    pub old: Figures,
    /// As it will stand.
    pub new: Figures,
}

/// What a file would do to the 深夜業 on record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NightChanges {
    /// People and periods of which nothing was on record.
    pub added: usize,
    /// What replaces other figures.
    pub changed: Vec<NightChange>,
    /// What is on record already, or is none.
    pub unchanged: usize,
}

impl NightChanges {
    /// How many come in.
    pub fn brought(&self) -> usize {
        self.added + self.changed.len()
    }

    /// As the screen counts them.
    pub(super) const fn counted(&self) -> NightRows {
        NightRows { added: self.added, changed: self.changed.len(), unchanged: self.unchanged }
    }
}

/// Weighs what a file tells of 深夜業 against the record.
pub fn changes(site: &Site, preview: &Preview) -> NightChanges {
    let mut changes = NightChanges::default();
    // Most files tell of no nights, and a year of hours has many rows.
    if preview.nights.is_empty() || !is_told_by(preview.series) {
        return changes;
    }
    let known = on_record(site);
    for (place, night) in preview.nights.iter().enumerate() {
        let worker = known_worker(night);
        let kept = worker.and_then(|worker| known.get(&(worker, night.period.start)).copied());
        match (worker, kept, differing(kept, night)) {
            (_, _, None) => changes.unchanged += 1,
            (Some(worker), Some(kept), Some(new)) => {
                let (worker, old) = (worker.clone(), Figures::of(kept));
                changes.changed.push(NightChange { place, line: night.line, worker, old, new });
            }
            _ => changes.added += 1,
        }
    }
    changes
}

/// What a file changes by the night at a place of its preview; none where it changes nothing on record.
pub(super) fn change_at(site: &Site, preview: &Preview, place: usize) -> Option<NightChange> {
    let night = preview.nights.get(place)?;
    let worker = known_worker(night)?;
    let is_its = |kept: &&NightWork| (&kept.worker, kept.first_day) == (worker, night.period.start);
    let kept = site.nights.iter().find(is_its)?;
    let new = differing(Some(kept), night)?;
    Some(NightChange { place, line: night.line, worker: worker.clone(), old: Figures::of(kept), new })
}

/// Adds what differs; `first` is the number of row ids that are taken already. Gives how many it took.
pub(super) fn put(site: &Site, file: &ReadFile, nights: Vec<Night>, first: usize, intake: &mut Intake) -> usize {
    if nights.is_empty() {
        return 0;
    }
    let known = on_record(site);
    let by_line: HashMap<u32, (Id, Period)> =
        intake.rows.iter().map(|row| (row.row, (row.worker.clone(), row.period))).collect();
    let mut ids = site.next_ids(Prefix::Row).skip(first);
    let mut used = 0;
    for night in nights {
        // Somebody new has got an id with the hours of the same line.
        let of_line = || by_line.get(&night.line).map(|(id, _)| id);
        let Some(worker) = known_worker(&night).or_else(of_line).cloned() else { continue };
        let kept = known.get(&(&worker, night.period.start)).copied();
        let Some(Figures { count, seconds }) = differing(kept, &night) else { continue };
        let id = kept.map(|kept| kept.id.clone()).or_else(|| ids.next().inspect(|_| used += 1));
        let Some(id) = id else { break };
        let Period { start, end } = night.period;
        let record = NightWork { id, worker, first_day: start, last_day: end, count, seconds };
        intake.put_from(night.line, text_of(file, night.line), record);
    }
    used
}

/// The employer's word only: another source does not speak of the nights of the payroll.
pub(super) fn is_told_by(series: Series) -> bool {
    series == Series::Employer
}

const fn known_worker(night: &Night) -> Option<&Id> {
    match &night.who {
        Who::Known(worker) => Some(worker),
        Who::New(_) => None,
    }
}

fn on_record(site: &Site) -> HashMap<(&Id, Day), &NightWork> {
    site.nights.iter().map(|night| ((&night.worker, night.first_day), night)).collect()
}

/// What will stand, where it differs from the record; nothing is kept of a period without nights, unless it had some.
fn differing(kept: Option<&NightWork>, night: &Night) -> Option<Figures> {
    let told = kept.map(Figures::of).unwrap_or_default().after(night);
    match kept {
        Some(kept) => Some(told).filter(|told| (*told, night.period.end) != (Figures::of(kept), kept.last_day)),
        None => Some(told).filter(|told| !told.are_none()),
    }
}
