//! A worker as typed by hand: registered or changed, with the traits that decide the class.
//!
//! Knows the roster of one establishment and the day; performs nothing. What cannot be so is
//! refused with a sentence, and then nothing is built at all.

use super::Site;
use crate::domain::command::{Act, Command};
use crate::domain::worker::{AttributeKind, Worker, WorkerAttribute};
use crate::domain::{Day, Id, Prefix, Table};

/// Nobody who works was born before this many years; a slip of the century is caught by it.
const OLDEST: i32 = 120;

/// A worker as typed, with the traits that hold from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerEntry {
    /// The worker; its id is not read when it is a new one.
    pub worker: Worker,
    /// The traits that hold.
    pub traits: Vec<AttributeKind>,
    /// First day of the traits that were changed; none = since ever for a new one, from today for
    /// one that ends.
    pub since: Option<Day>,
}

/// Why a worker is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WorkerFault {
    /// No name.
    #[error("氏名を書いてください。")]
    NoName,
    /// The employee number is taken.
    #[error("同じ社員番号の人が名簿にいます。番号を確かめてください。")]
    NumberTaken,
    /// Born in the future or beyond a life.
    #[error("生年月日がありえない日です。年を確かめてください。")]
    Birth,
    /// Joined before birth.
    #[error("生年月日より前の日です。入社日か生年月日を確かめてください。")]
    JoinedBeforeBirth,
    /// Left before joining.
    #[error("入社より前の日です。退職日か入社日を確かめてください。")]
    LeftBeforeJoining,
    /// 派遣 without the employer who sends: the opinion goes there (派遣法45条).
    #[error("派遣の人は派遣元を書いてください。意見書の宛先になります。")]
    NoDispatchingEmployer,
    /// A trait from before joining, or after leaving.
    #[error("在籍していない日です。入社日と退職日を確かめてください。")]
    TraitOutside,
    /// The worker is not on the roster.
    #[error("この労働者は名簿にありません。名簿を開き直してください。")]
    NoWorker,
}

/// Registers a worker; gives the id with the command.
///
/// # Errors
/// [`WorkerFault`] for the first thing that cannot be so.
pub fn add(site: &Site, entry: &WorkerEntry, today: Day) -> Result<(Id, Command), WorkerFault> {
    let id = site.next_id(Prefix::Worker);
    let worker = Worker { id: id.clone(), ..tidied(&entry.worker) };
    check(site, &worker, entry, today)?;
    let command = Command::new(Act::AddWorker, id.to_string()).put(worker);
    Ok((id.clone(), with_traits(site, &id, entry, today, command)))
}

/// Changes a worker; what was not changed is not written.
///
/// # Errors
/// [`WorkerFault`] for the first thing that cannot be so.
pub fn edit(site: &Site, id: &Id, entry: &WorkerEntry, today: Day) -> Result<Command, WorkerFault> {
    let known = site.worker(id).ok_or(WorkerFault::NoWorker)?;
    let worker = Worker { id: id.clone(), ..tidied(&entry.worker) };
    check(site, &worker, entry, today)?;
    let command = Command::new(Act::EditWorker, id.to_string());
    let command = if worker == *known { command } else { command.put(worker) };
    Ok(with_traits(site, id, entry, today, command))
}

/// The traits that hold for a worker on `day`, in the order of the list.
pub fn traits_on(site: &Site, worker: &Id, day: Day) -> Vec<AttributeKind> {
    let holds = |kind: &AttributeKind| site.attributes_of(worker, day).any(|known| known.kind == *kind);
    AttributeKind::ALL.iter().copied().filter(holds).collect()
}

fn tidied(worker: &Worker) -> Worker {
    let trim = |text: &str| text.trim().to_owned();
    Worker {
        number: trim(&worker.number),
        name: trim(&worker.name),
        kana: trim(&worker.kana),
        department: trim(&worker.department),
        position: trim(&worker.position),
        dispatch_from: trim(&worker.dispatch_from),
        dispatch_to: trim(&worker.dispatch_to),
        special_work: trim(&worker.special_work),
        duties: trim(&worker.duties),
        ..worker.clone()
    }
}

fn check(site: &Site, worker: &Worker, entry: &WorkerEntry, today: Day) -> Result<(), WorkerFault> {
    if worker.name.is_empty() {
        return Err(WorkerFault::NoName);
    }
    let is_taken = |other: &Worker| other.id != worker.id && other.number == worker.number;
    if !worker.number.is_empty() && site.workers.iter().any(is_taken) {
        return Err(WorkerFault::NumberTaken);
    }
    check_dates(worker, today)?;
    if entry.traits.contains(&AttributeKind::Dispatched) && worker.dispatch_from.is_empty() {
        return Err(WorkerFault::NoDispatchingEmployer);
    }
    if entry.since.is_some_and(|since| !worker.is_employed_on(since)) {
        return Err(WorkerFault::TraitOutside);
    }
    Ok(())
}

fn check_dates(worker: &Worker, today: Day) -> Result<(), WorkerFault> {
    let is_birth = |birth: Day| birth <= today && crate::domain::time::age(birth, today) <= OLDEST;
    if worker.birth.is_some_and(|birth| !is_birth(birth)) {
        return Err(WorkerFault::Birth);
    }
    if worker.birth.zip(worker.joined_on).is_some_and(|(birth, joined)| joined <= birth) {
        return Err(WorkerFault::JoinedBeforeBirth);
    }
    if worker.joined_on.zip(worker.left_on).is_some_and(|(joined, left)| left < joined) {
        return Err(WorkerFault::LeftBeforeJoining);
    }
    Ok(())
}

/// Begins the traits that are new and ends those that are gone; the others stay as they are.
fn with_traits(site: &Site, id: &Id, entry: &WorkerEntry, today: Day, mut command: Command) -> Command {
    let known = traits_on(site, id, today);
    let new = entry.traits.iter().filter(|kind| !known.contains(kind));
    for (row, kind) in site.next_ids(Prefix::Row).zip(new) {
        let worker = id.clone();
        command =
            command.put(WorkerAttribute { id: row, worker, kind: *kind, valid_from: entry.since, valid_until: None });
    }
    let gone = site.attributes_of(id, today).filter(|attribute| !entry.traits.contains(&attribute.kind));
    let first_without = entry.since.unwrap_or(today);
    gone.fold(command, |command, attribute| ended(command, attribute, first_without))
}

/// Ends a trait on the day before `first_without`; one that never held goes as a whole.
fn ended(command: Command, attribute: &WorkerAttribute, first_without: Day) -> Command {
    let last = first_without.pred_opt().unwrap_or(first_without);
    if attribute.valid_from.is_some_and(|from| from > last) {
        return command.remove(Table::WorkerAttribute, attribute.id.as_str());
    }
    command.put(WorkerAttribute { valid_until: Some(last), ..attribute.clone() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::entry_fixture::{TODAY, day, row, site, worker, worker_id};
    use crate::domain::AnyRecord;
    use crate::domain::command::Change;

    fn entry(worker: Worker) -> WorkerEntry {
        WorkerEntry { worker, traits: Vec::new(), since: None }
    }

    fn added(entry: &WorkerEntry) -> Result<(Id, Command), WorkerFault> {
        add(&site(), entry, day(TODAY))
    }

    fn second() -> Worker {
        worker(2, "  岡部 千尋 ")
    }

    fn traits(command: &Command) -> Vec<WorkerAttribute> {
        let put = command.changes.iter().filter_map(|change| match change {
            Change::Put(AnyRecord::WorkerAttribute(attribute)) => Some((**attribute).clone()),
            _ => None,
        });
        put.collect()
    }

    #[test]
    fn a_new_worker_gets_the_next_id_and_trimmed_texts() {
        let (id, command) = added(&entry(second())).unwrap();
        assert_eq!(id, worker_id(2));
        let Some(Change::Put(AnyRecord::Worker(worker))) = command.changes.first() else { panic!() };
        assert_eq!((worker.id.clone(), worker.name.as_str()), (worker_id(2), "岡部 千尋"));
    }

    #[test]
    fn what_cannot_be_so_is_refused() {
        let fault = |worker| added(&entry(worker)).err();
        assert_eq!(fault(Worker { name: " ".to_owned(), ..second() }), Some(WorkerFault::NoName));
        assert_eq!(fault(Worker { number: "10001".to_owned(), ..second() }), Some(WorkerFault::NumberTaken));
        assert_eq!(fault(Worker { number: String::new(), ..second() }), None, "a number may be missing");
        assert_eq!(fault(Worker { birth: Some(day("2026-11-21")), ..second() }), Some(WorkerFault::Birth));
        assert_eq!(fault(Worker { birth: Some(day("1900-01-01")), ..second() }), Some(WorkerFault::Birth));
        let before = Worker { joined_on: Some(day("1984-04-02")), ..second() };
        assert_eq!(fault(before), Some(WorkerFault::JoinedBeforeBirth));
        let left = Worker { left_on: Some(day("2009-03-31")), ..second() };
        assert_eq!(fault(left), Some(WorkerFault::LeftBeforeJoining));
    }

    #[test]
    fn a_dispatched_worker_names_the_employer_who_sends() {
        let dispatched = WorkerEntry { traits: vec![AttributeKind::Dispatched], ..entry(second()) };
        assert_eq!(added(&dispatched).err(), Some(WorkerFault::NoDispatchingEmployer));
        let worker = Worker { dispatch_from: "みなと人材".to_owned(), ..second() };
        assert_eq!(traits(&added(&WorkerEntry { worker, ..dispatched }).unwrap().1).len(), 1);
    }

    #[test]
    fn several_traits_begin_on_the_day_typed() {
        let traits_of = |since| WorkerEntry {
            traits: vec![AttributeKind::Article41, AttributeKind::Research],
            since,
            ..entry(second())
        };
        let begun = traits(&added(&traits_of(Some(day("2026-04-01")))).unwrap().1);
        assert_eq!(begun.iter().map(|t| t.id.clone()).collect::<Vec<_>>(), [row(2), row(3)]);
        assert!(begun.iter().all(|t| t.valid_from == Some(day("2026-04-01")) && t.worker == worker_id(2)));
        assert_eq!(added(&traits_of(Some(day("2009-03-31")))).err(), Some(WorkerFault::TraitOutside));
    }

    #[test]
    fn an_edit_writes_only_what_changed() {
        let known = worker(1, "佐伯 美咲");
        let edited = |worker| edit(&site(), &worker_id(1), &entry(worker), day(TODAY)).unwrap();
        assert_eq!(edited(known.clone()).changes, []);
        assert_eq!(edited(Worker { position: "係長".to_owned(), ..known.clone() }).changes.len(), 1);
        assert_eq!(edit(&site(), &worker_id(9), &entry(known), day(TODAY)).err(), Some(WorkerFault::NoWorker));
    }

    #[test]
    fn a_trait_that_is_taken_away_ends_the_day_before() {
        let mut site = site();
        let held = WorkerAttribute {
            id: row(7),
            worker: worker_id(1),
            kind: AttributeKind::Research,
            valid_from: Some(day("2026-11-01")),
            valid_until: None,
        };
        site.attributes = Arc::new(vec![held]);
        let without = |since| {
            let entry = WorkerEntry { since, ..entry(worker(1, "佐伯 美咲")) };
            edit(&site, &worker_id(1), &entry, day(TODAY)).unwrap()
        };
        assert_eq!(traits(&without(None))[0].valid_until, Some(day("2026-11-19")));
        assert_eq!(traits(&without(Some(day("2026-11-10"))))[0].valid_until, Some(day("2026-11-09")));
        let never = without(Some(day("2026-11-01")));
        assert_eq!(never.changes, [Change::Remove(Table::WorkerAttribute, "E01-R0007".to_owned())]);
        assert_eq!(traits_on(&site, &worker_id(1), day(TODAY)), [AttributeKind::Research]);
    }
}
