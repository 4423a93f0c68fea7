//! Where items come from: one file for each kind of duty, each reading the law for its day.

mod interviews;
mod measures;
mod notices;
mod patrols;
mod promises;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::Site;
use super::flags::WorkerFlags;
use super::worklist::{Item, Task, Turn, state};
use crate::domain::{Day, Id};
use crate::law::{Deadline, Law, rules};

/// Everything due at a site, without order.
pub fn all(law: &Law, site: &Site, flags: &[WorkerFlags], today: Day) -> Vec<Item> {
    let desk = Desk { law, site, today };
    let mut items = notices::items(&desk, flags);
    items.extend(interviews::items(&desk, flags));
    items.extend(measures::items(&desk));
    items.extend(patrols::items(&desk));
    items.extend(promises::items(&desk));
    items
}

/// What every kind of duty needs to know.
struct Desk<'site> {
    law: &'site Law,
    site: &'site Site,
    today: Day,
}

/// What an item is about, before the law gave it a day.
struct Subject {
    task: Task,
    turn: Turn,
    worker: Option<Id>,
    about: String,
    record: Option<Id>,
}

impl Subject {
    fn new(task: Task, turn: Turn) -> Self {
        Self { task, turn, worker: None, about: String::new(), record: None }
    }

    fn of(mut self, worker: &Id) -> Self {
        self.worker = Some(worker.clone());
        self
    }

    fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    fn opening(mut self, record: &Id) -> Self {
        self.record = Some(record.clone());
        self
    }
}

impl Desk<'_> {
    /// The item that a rule's deadline makes, if the rule gives one for these facts.
    fn by_rule(&self, rule: &'static str, law_day: Day, facts: Value, subject: Subject) -> Option<Item> {
        let encoded = rules::find(rule)?;
        let due = self.law.assess(encoded, law_day, &facts).ok()?.due?;
        Some(self.item(rule, law_day, facts, due, subject))
    }

    /// The item for a day that the physician or the employer set.
    fn on(&self, due: Day, subject: Subject) -> Item {
        self.item("", due, Value::Null, Deadline::on(due, false), subject)
    }

    fn item(&self, rule: &'static str, law_day: Day, facts: Value, due: Deadline, subject: Subject) -> Item {
        let whom = subject.record.as_ref().or(subject.worker.as_ref()).map_or(self.site.id().as_str(), Id::as_str);
        Item {
            key: format!("{}/{whom}/{law_day}", subject.task.label()),
            site: self.site.id().clone(),
            task: subject.task,
            worker: subject.worker,
            about: subject.about,
            record: subject.record,
            due,
            turn: subject.turn,
            rule,
            facts,
            law_day,
            state: state(due, self.today),
            scheduled_for: None,
            snoozed_until: None,
        }
    }
}
