//! How far the sitting is: who is still open and who is put aside, followed from snapshot to snapshot.
//!
//! Counted when a head changes, not with every frame: thousands of people stand in a season, and each costs a key.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::app::Site;
use crate::app::caseload::Rows;
use crate::app::checkups::queue;
use crate::app::checkups::weigh::Standing;
use crate::app::leaves::Leaves;
use crate::domain::Id;
use crate::domain::checkup::CheckupDetail;
use crate::domain::worker::Checkup;

/// The count of one weighing.
#[derive(Debug, Default)]
pub(super) struct Count {
    /// What was counted.
    heads: Arc<Leaves<Checkup>>,
    details: Rows<CheckupDetail>,
    /// Where each examination stands.
    places: HashMap<Id, usize>,
    people: Vec<Person>,
    /// Without an opinion.
    pub(super) left: usize,
    /// Of those, put aside.
    pub(super) held: usize,
    /// Of those, whom a batch may take.
    pub(super) batch: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Person {
    is_open: bool,
    is_held: bool,
    /// Whether anything beside being put aside keeps this person out of a batch.
    speaks: bool,
}

impl Count {
    /// Counts what was just weighed.
    pub(super) fn new(site: &Site, standings: &[Standing]) -> Self {
        let nobody = HashSet::new();
        let person = |standing: &Standing| Person {
            is_open: super::is_open(site, &standing.checkup),
            is_held: false,
            speaks: queue::left(&nobody, standing).is_some(),
        };
        let places = standings.iter().enumerate().map(|(place, standing)| (standing.checkup.clone(), place));
        let mut count = Self {
            heads: Arc::clone(&site.checkups),
            details: Arc::clone(&site.checkup_details),
            places: places.collect(),
            people: standings.iter().map(person).collect(),
            ..Self::default()
        };
        count.add_up();
        count
    }

    /// Follows a new snapshot; only the heads that changed are looked at.
    pub(super) fn follow(&mut self, site: &Site) {
        if Arc::ptr_eq(&self.heads, &site.checkups) && Arc::ptr_eq(&self.details, &site.checkup_details) {
            return;
        }
        let (before, heads) = (std::mem::take(&mut self.heads), Arc::clone(&site.checkups));
        for head in before.differing(&heads) {
            if let Some(person) = self.place(&head.id).and_then(|place| self.people.get_mut(place)) {
                person.is_open = super::is_open(site, &head.id);
            }
        }
        (self.heads, self.details) = (heads, Arc::clone(&site.checkup_details));
        self.add_up();
    }

    /// Where an examination stands in the order of the reel.
    pub(super) fn place(&self, checkup: &Id) -> Option<usize> {
        self.places.get(checkup).copied()
    }

    /// Whether the one at this place has no opinion yet.
    pub(super) fn is_open(&self, place: usize) -> bool {
        self.people.get(place).is_some_and(|person| person.is_open)
    }

    /// Whether the one at this place was put aside.
    pub(super) fn is_held(&self, place: usize) -> bool {
        self.people.get(place).is_some_and(|person| person.is_held)
    }

    fn add_up(&mut self) {
        self.people.iter_mut().for_each(|person| person.is_held = false);
        for detail in self.details.iter().filter(|detail| detail.is_held) {
            let person = self.places.get(&detail.checkup).and_then(|place| self.people.get_mut(*place));
            person.into_iter().for_each(|person| person.is_held = true);
        }
        let open = || self.people.iter().filter(|person| person.is_open);
        let (left, held) = (open().count(), open().filter(|person| person.is_held).count());
        let batch = open().filter(|person| !person.is_held && !person.speaks).count();
        (self.left, self.held, self.batch) = (left, held, batch);
    }
}
