//! What happened at an establishment before today, as the commands that a physician would have given.
//!
//! Knows the records and the day. Dates are counted from `today`, so that the demo is as near its
//! deadlines next year as it is now. Nothing is written that the physician's own screens could not write.

mod health;
mod improvement;
mod interviews;
mod measures;
mod others;
mod patrols;
mod settings;
mod sheets;
mod stress;

use std::collections::HashMap;

use chrono::{Datelike, Days};

use super::company::Company;
use super::people::Person;
use crate::app::Site;
use crate::domain::command::{Act, Command, DraftField};
use crate::domain::doctor::Doctor;
use crate::domain::{Day, Id, Period, Prefix};

/// What the story of one establishment rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    /// Seed of the plan, and the establishment from 0.
    pub seed: [u64; 2],
    /// Its kind.
    pub company: &'a Company,
    /// Its people.
    pub people: &'a [Person],
    /// Periods with hours, newest first.
    pub periods: &'a [Period],
    /// The day of the demo.
    pub today: Day,
}

impl Scene<'_> {
    /// The establishment, from 0.
    fn index(&self) -> usize {
        usize::try_from(self.seed[1]).unwrap_or(0)
    }

    /// Its kind, from 0 to 6.
    fn kind(&self) -> usize {
        self.index() % super::company::COMPANIES.len()
    }

    /// So many days before today.
    fn ago(&self, days: u64) -> Day {
        self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today)
    }

    /// So many days from today.
    fn ahead(&self, days: u64) -> Day {
        crate::domain::time::after_days(self.today, days)
    }
}

/// The day, or the Friday before it: no factory is walked on a Sunday.
fn workday_until(day: Day) -> Day {
    day - Days::new(u64::from(day.weekday().num_days_from_monday().saturating_sub(4)))
}

/// The day, or the Monday after it; the day of the demo itself stays.
fn workday_from(day: Day, today: Day) -> Day {
    let over = day.weekday().num_days_from_monday();
    if day == today || over < 5 { day } else { day + Days::new(u64::from(7 - over)) }
}

/// The physician of the demo, an invented person.
pub(super) fn owner() -> Doctor {
    Doctor {
        name: "見本 一郎".to_owned(),
        affiliation: "見本産業医事務所".to_owned(),
        registration: "000000".to_owned(),
    }
}

/// Writes commands and numbers their records.
struct Pen<'a> {
    scene: Scene<'a>,
    site: &'a Site,
    last: [u32; 3],
    documents: u32,
    ids: HashMap<&'a str, &'a Id>,
    commands: Vec<Command>,
}

impl<'a> Pen<'a> {
    fn new(scene: Scene<'a>, site: &'a Site) -> Self {
        let ids = site.workers.iter().map(|worker| (worker.number.as_str(), &worker.id)).collect();
        Self { scene, site, last: site.last_numbers, documents: 0, ids, commands: Vec::new() }
    }

    fn next(&mut self, prefix: Prefix) -> Id {
        let slot = Prefix::ALL.iter().zip(self.last.iter_mut()).find(|(known, _)| **known == prefix);
        let number = slot.map_or(1, |(_, last)| {
            *last += 1;
            *last
        });
        Id::new(self.site.id(), prefix, number)
    }

    fn row(&mut self) -> Id {
        self.next(Prefix::Row)
    }

    fn document(&mut self, day: Day) -> Id {
        self.documents += 1;
        Id::document(self.site.id(), chrono::Datelike::year(&day), self.documents)
    }

    /// The worker that a person became when the roster was taken in.
    fn worker(&self, person: &Person) -> Option<Id> {
        self.ids.get(person.number.as_str()).map(|id| (*id).clone())
    }

    fn say(&mut self, command: Command) {
        if !command.changes.is_empty() {
            self.commands.push(command);
        }
    }

    fn about(act: Act, subject: &Id) -> Command {
        Command::new(act, subject.to_string())
    }
}

/// What is set before the first file comes: contacts, closing days, rhythm, places, criterion and doctors.
pub(super) fn settings(scene: Scene<'_>, site: &Site) -> Vec<Command> {
    let mut pen = Pen::new(scene, site);
    settings::write(&mut pen);
    pen.commands
}

/// Everything that happened since, once roster and hours are in.
pub(super) fn events(scene: Scene<'_>, site: &Site) -> Vec<Command> {
    let mut pen = Pen::new(scene, site);
    health::write(&mut pen);
    interviews::write(&mut pen);
    patrols::write(&mut pen);
    improvement::write(&mut pen);
    others::write(&mut pen);
    pen.commands
}

/// The interview that was begun and not finished.
pub(super) fn drafts(scene: Scene<'_>, site: &Site) -> Vec<DraftField> {
    let pen = Pen::new(scene, site);
    let begun = scene.people.iter().filter(|person| person.part == Some(super::part::Part::Drafted));
    let field = |worker: Id| DraftField {
        form: format!("interview/{worker}"),
        field: "work_factors".to_owned(),
        value: "10月から夜間の試運転に立ち会っている。".to_owned(),
    };
    begun.filter_map(|person| pen.worker(person)).map(field).collect()
}
