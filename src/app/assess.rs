//! Flags and deadlines of a site, computed once for each snapshot and day; after an edit only what hangs on it.

use std::sync::Arc;

use super::Site;
use super::caseload::Rows;
use super::changes::Changes;
use super::duties;
use super::flags::{self, WorkerFlags};
use super::worklist::{self, Item};
use crate::domain::{Day, Id};
use crate::law::Law;

/// What the law says about a site today.
#[derive(Debug, Clone, Default)]
pub struct SiteAssessment {
    /// Flags, in the order of the roster.
    pub flags: Rows<WorkerFlags>,
    /// What is due, in order.
    pub items: Vec<Item>,
    /// What is due by the kind of duty, before the physician's plans: what did not change is taken over.
    duties: Vec<Arc<Vec<Item>>>,
    /// How much of it was computed anew.
    pub work: Work,
}

/// How much an assessment computed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Workers whose flags were computed.
    pub workers: usize,
    /// Kinds of duty that were gone through.
    pub duties: usize,
}

impl SiteAssessment {
    /// Assesses a site.
    pub fn new(law: &Law, site: &Site, today: Day) -> Self {
        let flags = flags::all(law, site, today);
        let duties = duties::KINDS.iter().map(|kind| Arc::new(kind.items(law, site, &flags, today))).collect();
        let work = Work { workers: flags.len(), duties: duties::KINDS.len() };
        Self::of(site, Arc::new(flags), duties, work, today)
    }

    /// Assesses a site again after an edit on the same day under the same law; equal to [`SiteAssessment::new`].
    #[must_use]
    pub fn after(&self, law: &Law, before: &Site, site: &Site, today: Day) -> Self {
        let changes = Changes::between(before, site);
        let (flags, workers) = self.flags_after(law, site, &changes, today);
        let are_new = !Arc::ptr_eq(&flags, &self.flags);
        let mut work = Work { workers, duties: 0 };
        let mut again = |kind: &duties::Kind| {
            work.duties += 1;
            Arc::new(kind.items(law, site, &flags, today))
        };
        let kept = |kind: &duties::Kind| !(changes.touch(kind.reads) || are_new && kind.reads_flags);
        let known = self.duties.iter().map(Some).chain(std::iter::repeat(None));
        let duties = duties::KINDS.iter().zip(known).map(|(kind, known)| match known {
            Some(known) if kept(kind) => Arc::clone(known),
            _ => again(kind),
        });
        let duties = duties.collect();
        Self::of(site, flags, duties, work, today)
    }

    /// Only these flags and items: for a screen that may not show the others.
    #[must_use]
    pub fn showing(&self, worker: impl Fn(&Id) -> bool) -> Self {
        let flags = self.flags.iter().filter(|flags| worker(&flags.worker)).cloned().collect();
        let shown = self.items.iter().filter(|item| item.worker.as_ref().is_none_or(&worker));
        let items = shown.map(|item| item.showing(&worker)).collect();
        Self { flags: Arc::new(flags), items, duties: Vec::new(), work: self.work }
    }

    fn of(site: &Site, flags: Rows<WorkerFlags>, duties: Vec<Arc<Vec<Item>>>, work: Work, today: Day) -> Self {
        let items = duties.iter().flat_map(|items| items.iter().cloned()).collect();
        Self { items: worklist::arranged(site, items, today), flags, duties, work }
    }

    fn flags_after(&self, law: &Law, site: &Site, changes: &Changes<'_>, today: Day) -> (Rows<WorkerFlags>, usize) {
        if changes.touch(flags::READS_OF_ALL) {
            let flags = flags::all(law, site, today);
            let count = flags.len();
            return (Arc::new(flags), count);
        }
        let touched = changes.workers();
        if touched.is_empty() {
            return (Arc::clone(&self.flags), 0);
        }
        let known = |id: &Id| self.flags_of(id).filter(|_| !touched.contains(id)).cloned();
        (Arc::new(flags::some(law, site, today, known)), touched.len())
    }

    /// The flags of a worker.
    pub fn flags_of(&self, worker: &Id) -> Option<&WorkerFlags> {
        self.flags.binary_search_by(|flags| flags.worker.cmp(worker)).ok().and_then(|index| self.flags.get(index))
    }
}
