//! Answers about people of employers' files: remembered with the batch that they let in, and known to the next file.

use crate::app::Site;
use crate::domain::intake::{Answer, Intake, PersonAnswer};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Prefix};
use crate::import::folding;
use crate::import::people::{Decisions, PersonDecision, PersonKey};

/// What earlier files taught.
pub(super) fn known(site: &Site) -> Decisions {
    let decision = |kept: &PersonAnswer| match (kept.answer, &kept.person) {
        (Answer::Same, Some(id)) => Some(PersonDecision::Same(id.clone())),
        (Answer::Same, None) => None,
        (Answer::New, _) => Some(PersonDecision::New),
        (Answer::Leave, _) => Some(PersonDecision::Leave),
    };
    let key = |kept: &PersonAnswer| PersonKey { number: kept.number.clone(), name: kept.name.clone() };
    let people = site.answers.iter().filter_map(|kept| Some((key(kept), decision(kept)?))).collect();
    Decisions { people, ..Decisions::default() }
}

/// Puts the new answers beside what they let in.
///
/// Somebody who was new is from now on this worker: the next file must not bring the person in again.
pub(super) fn put(site: &Site, decisions: &Decisions, day: Day, first: usize, intake: &mut Intake) {
    let new: Vec<Worker> = intake.records.iter().filter_map(worker).cloned().collect();
    let mut ids = site.next_ids(Prefix::Row).skip(first);
    let mut given: Vec<(&PersonKey, &PersonDecision)> = decisions.people.iter().collect();
    given.sort_by(|one, other| one.0.cmp(other.0));
    for (key, decision) in given {
        let Some((answer, person)) = answer(key, decision, &new) else { continue };
        let same = |kept: &&PersonAnswer| (&kept.number, &kept.name) == (&key.number, &key.name);
        let kept = site.answers.iter().find(same);
        if kept.is_some_and(|kept| kept.answer == answer && kept.person == person) {
            continue;
        }
        let Some(id) = kept.map(|kept| kept.id.clone()).or_else(|| ids.next()) else { return };
        let PersonKey { number, name } = key.clone();
        intake.put(PersonAnswer { id, number, name, answer, person, day });
    }
}

fn worker(record: &crate::domain::AnyRecord) -> Option<&Worker> {
    match record {
        crate::domain::AnyRecord::Worker(worker) => Some(worker),
        _ => None,
    }
}

fn answer(key: &PersonKey, decision: &PersonDecision, new: &[Worker]) -> Option<(Answer, Option<Id>)> {
    match decision {
        PersonDecision::Same(id) => Some((Answer::Same, Some(id.clone()))),
        PersonDecision::Leave => Some((Answer::Leave, None)),
        PersonDecision::New | PersonDecision::AsInFile(_) => {
            let key = if let PersonDecision::AsInFile(other) = decision { other } else { key };
            let is_it = |worker: &&Worker| {
                folding::fold_number(&worker.number) == key.number && folding::fold_name(&worker.name) == key.name
            };
            new.iter().find(is_it).map(|worker| (Answer::Same, Some(worker.id.clone())))
        }
    }
}
