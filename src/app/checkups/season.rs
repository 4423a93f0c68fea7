//! A season as a whole: 受診率, the physician's advice on plan and precautions, and which reports the employer sent, when,
//! and that it told people of their results.

use chrono::Datelike;

use super::notes::{self, NoteFault};
use super::secondary;
use crate::app::Site;
use crate::domain::checkup::{CheckupAdvice, ReportKind, ResultNotice, SentReport, WorkplaceFact, WorkplaceKind};
use crate::domain::command::{Act, Command};
use crate::domain::worker::Checkup;
use crate::domain::{Day, Id};

/// 受診率 of a calendar year, the year of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// Which year.
    pub year: i32,
    /// The day on which those are counted who should have been examined: the last one of the year, or today.
    pub counted_on: Day,
    /// Employed on that day.
    pub enrolled: usize,
    /// Of these, examined within the year.
    pub examined: usize,
}

impl Turnout {
    /// `98.2%`, cut to the tenth so that nobody's absence is rounded away; none where nobody is employed.
    pub fn percent(self) -> Option<String> {
        let tenths = (self.examined * 1000).checked_div(self.enrolled)?;
        Some(format!("{}.{}%", tenths / 10, tenths % 10))
    }
}

/// 受診率 of every year with an examination, newest first; secondary examinations are none of them.
pub fn turnouts(site: &Site, today: Day) -> Vec<Turnout> {
    let others = secondary::heads(site);
    let heads: Vec<(i32, &Id)> = site
        .checkups
        .iter()
        .filter(|head| head.day <= today && !others.contains(&head.id))
        .map(|head| (head.day.year(), &head.worker))
        .collect();
    let mut years: Vec<i32> = heads.iter().map(|(year, _)| *year).collect();
    years.sort_unstable();
    years.dedup();
    years.into_iter().rev().filter_map(|year| turnout(site, &heads, year, today)).collect()
}

fn turnout(site: &Site, heads: &[(i32, &Id)], year: i32, today: Day) -> Option<Turnout> {
    let counted_on = Day::from_ymd_opt(year, 12, 31)?.min(today);
    let examined: std::collections::HashSet<&Id> =
        heads.iter().filter(|(of, _)| *of == year).map(|(_, worker)| *worker).collect();
    let employed: Vec<&Id> =
        site.workers.iter().filter(|worker| worker.is_employed_on(counted_on)).map(|worker| &worker.id).collect();
    let examined = employed.iter().filter(|id| examined.contains(*id)).count();
    Some(Turnout { year, counted_on, enrolled: employed.len(), examined })
}

/// Records advice on the plan of the checkups and what to heed.
///
/// # Errors
/// [`NoteFault`] for a day that has not come, or an advice without a word.
pub fn advise(site: &Site, row: CheckupAdvice, today: Day) -> Result<Command, NoteFault> {
    notes::past("day", row.given_on, today)?;
    notes::written("given_to", &row.given_to)?;
    if row.precautions.trim().is_empty() {
        notes::written("plan", &row.plan)?;
    }
    Ok(Command::new(Act::AdviseCheckups, site.id().to_string()).put(row))
}

/// Records that a report was sent, and when.
///
/// # Errors
/// [`NoteFault`] for days out of order.
pub fn sent(site: &Site, row: SentReport, today: Day) -> Result<Command, NoteFault> {
    notes::after("until", row.period_until, row.period_from)?;
    notes::past("submitted", row.submitted_on, today)?;
    notes::after("submitted", row.submitted_on, row.period_from)?;
    Ok(Command::new(Act::RecordReport, site.id().to_string()).put(row))
}

/// Whether a report of this kind that covers `day` was sent.
pub fn is_sent(site: &Site, kind: ReportKind, day: Day) -> bool {
    site.sent_reports.iter().any(|row| row.kind == kind && (row.period_from..=row.period_until).contains(&day))
}

/// Records that people were told of their results: everybody examined in the period, or the one person named.
///
/// # Errors
/// [`NoteFault`] for days out of order, a person who is not here, or an empty field.
pub fn tell_results(site: &Site, row: ResultNotice, today: Day) -> Result<Command, NoteFault> {
    if let Some(worker) = &row.worker {
        notes::known(site, worker)?;
    }
    notes::after("until", row.examined_until, row.examined_from)?;
    notes::past("day", row.told_on, today)?;
    notes::after("day", row.told_on, row.examined_until)?;
    notes::written("way", &row.way)?;
    let about = row.worker.as_ref().map_or_else(|| site.id().to_string(), ToString::to_string);
    Ok(Command::new(Act::RecordResultNotice, about).put(row))
}

/// When the person was told of the result of this examination, if anybody wrote it down.
pub fn told_of(site: &Site, head: &Checkup) -> Option<Day> {
    let notices = site.result_notices.iter().filter(|row| row.covers(&head.worker, head.day));
    notices.map(|row| row.told_on).min()
}

/// Records what kind of workplace it is from a day on.
///
/// # Errors
/// [`NoteFault`] for a day that has not come, or one that has its answer.
pub fn workplace(site: &Site, row: WorkplaceFact, today: Day) -> Result<Command, NoteFault> {
    notes::past("day", row.valid_from, today)?;
    if site.workplace_facts.iter().any(|known| known.id != row.id && known.valid_from == row.valid_from) {
        return Err(NoteFault::Twice("day"));
    }
    Ok(Command::new(Act::EditWorkplace, site.id().to_string()).put(row))
}

/// The kind of workplace on `day`; none where nobody said so.
pub fn workplace_on(site: &Site, day: Day) -> Option<WorkplaceKind> {
    let known = site.workplace_facts.iter().filter(|row| row.valid_from <= day);
    known.max_by_key(|row| row.valid_from).map(|row| row.kind)
}
