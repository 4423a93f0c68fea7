//! Flags and deadlines of a site, computed once for each snapshot and day.

use super::Site;
use super::flags::{self, WorkerFlags};
use super::worklist::{self, Item};
use crate::domain::{Day, Id};
use crate::law::Law;

/// What the law says about a site today.
#[derive(Debug, Clone, Default)]
pub struct SiteAssessment {
    /// Flags, in the order of the roster.
    pub flags: Vec<WorkerFlags>,
    /// What is due, in order.
    pub items: Vec<Item>,
}

impl SiteAssessment {
    /// Assesses a site.
    pub fn new(law: &Law, site: &Site, today: Day) -> Self {
        let flags = flags::all(law, site, today);
        let items = worklist::of_site(law, site, &flags, today);
        Self { flags, items }
    }

    /// The flags of a worker.
    pub fn flags_of(&self, worker: &Id) -> Option<&WorkerFlags> {
        self.flags.binary_search_by(|flags| flags.worker.cmp(worker)).ok().and_then(|index| self.flags.get(index))
    }
}
