//! Where items come from: one file for each kind of duty, each reading the law for its day.

mod checkups;
mod committee;
#[cfg(test)]
mod group_tests;
mod improvement;
mod interviews;
mod measures;
mod notices;
mod patrols;
mod promises;
mod special;
mod stress;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::Site;
use super::changes::Part;
use super::flags::WorkerFlags;
use super::months::Context;
use super::worklist::{Item, State, Task, Turn, state};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};
use crate::law::overtime::{self, Decided, Tier, WorkedMonth};
use crate::law::param::Status;
use crate::law::{Conclusion, Deadline, Law, Outcome, rules};

/// A kind of duty, and what it reads: after an edit of anything else its items stand as they are.
pub(super) struct Kind {
    items: fn(&Desk<'_>, &[WorkerFlags]) -> Vec<Item>,
    /// The parts of the establishment it reads.
    pub(super) reads: &'static [Part],
    /// Whether it reads the flags of the workers.
    pub(super) reads_flags: bool,
}

impl Kind {
    /// What is due, without order.
    pub(super) fn items(&self, law: &Law, site: &Site, flags: &[WorkerFlags], today: Day) -> Vec<Item> {
        (self.items)(&Desk { law, site, today }, flags)
    }
}

/// Every kind of duty.
pub(super) const KINDS: &[Kind] = &[
    notices::KIND,
    interviews::KIND,
    stress::KIND,
    improvement::KIND,
    measures::KIND,
    patrols::KIND,
    promises::KIND,
    checkups::KIND,
    special::KIND,
    committee::KIND,
];

/// Everything due at a site, without order.
#[cfg(test)]
pub(super) fn all(law: &Law, site: &Site, flags: &[WorkerFlags], today: Day) -> Vec<Item> {
    KINDS.iter().flat_map(|kind| kind.items(law, site, flags, today)).collect()
}

/// Months looked back on for what was still open when the next month's hours came.
const OPEN_MONTHS: usize = 2;

/// The newest months of workers that lie above the notice line, or may: a rounded value that spans it counts.
fn over_80<'site>(
    desk: &Desk<'site>,
    context: &Context<'site>,
    flags: &[WorkerFlags],
) -> Vec<(&'site Worker, WorkedMonth)> {
    let lately = |flags: &&WorkerFlags| {
        let before = flags.recent.iter().take(OPEN_MONTHS).flatten().any(|tier| *tier >= Tier::Over80);
        before || flags.may_be_over_80()
    };
    let workers = flags.iter().filter(lately).filter_map(|flags| desk.site.worker(&flags.worker));
    let months =
        workers.flat_map(|worker| context.months(worker).into_iter().take(OPEN_MONTHS).map(move |m| (worker, m)));
    let newest = |worker: &Worker, end: Day| flags_month(flags, &worker.id) == Some(end);
    let is_asked = |worker: &Worker, end: Day| newest(worker, end) || desk.served_since(end);
    months.filter(|(w, month)| is_asked(w, month.period.end) && may_be_over_80(desk.law, month)).collect()
}

/// The end of the newest month of a worker.
fn flags_month(flags: &[WorkerFlags], worker: &Id) -> Option<Day> {
    let found = flags.binary_search_by(|flags| flags.worker.cmp(worker)).ok().and_then(|index| flags.get(index))?;
    found.month.map(|month| month.period.end)
}

fn may_be_over_80(law: &Law, month: &WorkedMonth) -> bool {
    let view = overtime::month(law, month.period.end, month.period, month.hours, month.measure);
    match view.map(|view| view.tier) {
        Some(Decided::Known(tier)) => tier >= Tier::Over80,
        Some(Decided::Undecided { high, .. }) => high >= Tier::Over80,
        None => false,
    }
}

/// Days ahead from which a duty that comes back every year is worth a line.
const AHEAD: i64 = 60;

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
    /// The day from which 遅滞なく runs, for a rule without a number of days.
    since: Option<Day>,
}

impl Subject {
    fn new(task: Task, turn: Turn) -> Self {
        Self { task, turn, worker: None, about: String::new(), record: None, since: None }
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

    fn promptly_since(mut self, day: Day) -> Self {
        self.since = Some(day);
        self
    }
}

impl Desk<'_> {
    /// The item that a rule's deadline makes, if the rule gives one for these facts.
    fn by_rule(&self, rule: &'static str, law_day: Day, facts: Value, subject: Subject) -> Option<Item> {
        let encoded = rules::find(rule)?;
        let outcome = self.law.assess(encoded, law_day, &facts).ok()?;
        let is_owed = matches!(outcome.outcome, Conclusion::Required | Conclusion::Effort);
        let item = match (outcome.due, subject.since.filter(|_| is_owed)) {
            (Some(due), _) => self.item(rule, law_day, facts, due, subject),
            (None, Some(since)) => self.promptly(rule, law_day, facts, since, subject),
            (None, None) => return None,
        };
        Some(Item { is_unverified: is_unverified(&outcome), ..item })
    }

    /// The item for a duty that is to be done 遅滞なく: it is open from its day on, and never late by a number of days.
    fn promptly(&self, rule: &'static str, law_day: Day, facts: Value, since: Day, subject: Subject) -> Item {
        let item = self.item(rule, law_day, facts, Deadline::on(since, false), subject);
        Item { is_prompt: true, state: State::Open, ..item }
    }

    /// Whether the physician is known to have served here on `day`: only then something older can have been left open.
    fn served_since(&self, day: Day) -> bool {
        self.site.establishment.contract_from.is_some_and(|from| from <= day)
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
            members: Vec::new(),
            about: subject.about,
            record: subject.record,
            due,
            is_prompt: false,
            is_effort: false,
            is_unverified: false,
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

/// Whether the answer rests on something that nobody has compared with the text of the law.
fn is_unverified(outcome: &Outcome) -> bool {
    outcome.citations.iter().any(|citation| citation.status == Status::Memory)
}
