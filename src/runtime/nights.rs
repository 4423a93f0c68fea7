//! 深夜業 from files of hours: what differs from the record comes in with the batch of the hours.

use std::collections::HashMap;

use super::imports::ReadFile;
use super::taking::text_of;
use crate::app::Site;
use crate::domain::hours::{NightWork, Series};
use crate::domain::intake::Intake;
use crate::domain::{Id, Period, Prefix};
use crate::import::hours::{Night, Preview, Who};

/// Whether a file tells of 深夜業 anything that is not on record so.
pub(super) fn tells_more(site: &Site, preview: &Preview) -> bool {
    let known = on_record(site);
    preview.nights.iter().any(|night| match &night.who {
        Who::Known(worker) => differs(known.get(&(worker, night.period.start)).copied(), night),
        Who::New(_) => false,
    })
}

/// Adds what differs; `first` is the number of row ids that are taken already. Gives how many it took.
pub(super) fn put(site: &Site, file: &ReadFile, nights: Vec<Night>, first: usize, intake: &mut Intake) -> usize {
    // Most files tell of no nights, and a year of hours has many rows.
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
        let worker = match &night.who {
            Who::Known(id) => Some(id.clone()),
            Who::New(_) => by_line.get(&night.line).map(|(id, _)| id.clone()),
        };
        let Some(worker) = worker else { continue };
        let kept = known.get(&(&worker, night.period.start)).copied();
        if !differs(kept, &night) {
            continue;
        }
        let id = kept.map(|kept| kept.id.clone()).or_else(|| ids.next().inspect(|_| used += 1));
        let Some(id) = id else { break };
        let Period { start, end } = night.period;
        let record =
            NightWork { id, worker, first_day: start, last_day: end, count: night.count, seconds: night.seconds };
        intake.put_from(night.line, text_of(file, night.line), record);
    }
    used
}

/// The employer's word only: another source does not speak of the nights of the payroll.
pub(super) fn is_told_by(series: Series) -> bool {
    series == Series::Employer
}

fn on_record(site: &Site) -> HashMap<(&Id, crate::domain::Day), &NightWork> {
    site.nights.iter().map(|night| ((&night.worker, night.first_day), night)).collect()
}

/// Nothing is kept of a period without nights, unless it had some.
fn differs(kept: Option<&NightWork>, night: &Night) -> bool {
    match kept {
        Some(kept) => (kept.count, kept.seconds, kept.last_day) != (night.count, night.seconds, night.period.end),
        None => night.count.unwrap_or(0) > 0 || night.seconds.unwrap_or(0) > 0,
    }
}
