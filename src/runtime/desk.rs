//! The open desk: the vault, its stores, and the newest snapshot of all that stands in them.

use std::sync::Arc;

use super::clock::Clock;
use super::documents::Prepared;
use super::error::RuntimeError;
use super::imports::ReadFile;
use crate::app::assess::SiteAssessment;
use crate::app::host::VaultView;
use crate::app::{Caseload, Site};
use crate::domain::doctor::Doctor;
use crate::domain::{Day, EstablishmentId};
use crate::law::Law;
use crate::store::{Mac, RegistryStore, SiteStore};
use crate::vault::{DatabaseId, DatabaseKey, Vault};

/// The label under which the audit chain's subkey is derived.
const AUDIT: &str = "audit";

/// One opened establishment.
pub(super) struct OpenSite {
    pub(super) store: SiteStore,
    pub(super) site: Arc<Site>,
    pub(super) assessment: Arc<SiteAssessment>,
    /// Whether the older hours were read too.
    pub(super) is_whole: bool,
    /// The snapshot that the assessment is about; after an opinion in a sitting of hundreds it is an older one for a while.
    pub(super) assessed: Arc<Site>,
}

/// One consistent state of everything that is known.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Rises with every change.
    pub revision: u64,
    /// The day it was assessed for.
    pub today: Day,
    /// The caseload.
    pub caseload: Arc<Caseload>,
    /// Flags and deadlines, in the order of the caseload's sites.
    pub assessments: Arc<Vec<Arc<SiteAssessment>>>,
    /// What concerns the vault itself.
    pub vault: Arc<VaultView>,
}

/// The open desk; everything that is done to the records goes through it.
pub struct Desk {
    pub(super) vault: Vault,
    pub(super) files: std::sync::Arc<dyn crate::vault::files::Files>,
    pub(super) registry: RegistryStore,
    pub(super) sites: Vec<OpenSite>,
    pub(super) unopened: Vec<(EstablishmentId, RuntimeError)>,
    pub(super) notices: Vec<String>,
    pub(super) clock: Clock,
    /// Where the physician's own templates lie.
    pub(super) templates: Option<std::path::PathBuf>,
    pub(super) law: Arc<Law>,
    pub(super) owner: Doctor,
    pub(super) snapshot: Snapshot,
    pub(super) prepared: Option<Prepared>,
    pub(super) read: Option<ReadFile>,
    /// The preview of the read file that was shown last.
    pub(super) shown: Option<super::shown::Shown>,
    /// How far a long import is; the host holds a copy.
    pub(super) ticket: super::ticket::Ticket,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Desk").field("sites", &self.sites.len()).finish_non_exhaustive()
    }
}

impl Desk {
    /// Gives the newest snapshot; cheap.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot.clone()
    }

    /// Gives the caseload.
    pub fn caseload(&self) -> &Arc<Caseload> {
        &self.snapshot.caseload
    }

    /// Gives the law in use.
    pub fn law(&self) -> &Arc<Law> {
        &self.law
    }

    /// Gives the legal day.
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// Gives the clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Takes another clock: the demo lives through its years with it.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
        self.turn_the_day();
    }

    /// Whether this is the synthetic demo vault.
    pub fn is_demo(&self) -> bool {
        self.vault.header().demo
    }

    /// Gives what the physician should be told about place and files after opening.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Lists establishments that did not open, each with the reason.
    pub fn unopened(&self) -> &[(EstablishmentId, RuntimeError)] {
        &self.unopened
    }

    /// Gives an establishment's snapshot.
    ///
    /// # Errors
    /// [`RuntimeError::NoSuchSite`], or [`RuntimeError::SiteNotOpen`] if it is there and damaged.
    pub fn site(&self, id: &EstablishmentId) -> Result<&Arc<Site>, RuntimeError> {
        self.open_site(id).map(|open| &open.site)
    }

    /// Gives an establishment's flags and deadlines.
    ///
    /// # Errors
    /// As [`Desk::site`].
    pub fn assessment(&self, id: &EstablishmentId) -> Result<&Arc<SiteAssessment>, RuntimeError> {
        self.open_site(id).map(|open| &open.assessment)
    }

    pub(super) fn vault_files(&self) -> &dyn crate::vault::files::Files {
        &*self.files
    }

    pub(super) fn open_site(&self, id: &EstablishmentId) -> Result<&OpenSite, RuntimeError> {
        self.sites.iter().find(|open| open.site.id() == id).ok_or_else(|| self.absent(id))
    }

    pub(super) fn open_site_mut(&mut self, id: &EstablishmentId) -> Result<&mut OpenSite, RuntimeError> {
        match self.sites.iter().position(|open| open.site.id() == id) {
            Some(index) => self.sites.get_mut(index).ok_or(RuntimeError::NoSuchSite),
            None => Err(self.absent(id)),
        }
    }

    fn absent(&self, id: &EstablishmentId) -> RuntimeError {
        let is_unopened = self.unopened.iter().any(|(unopened, _)| unopened == id);
        if is_unopened { RuntimeError::SiteNotOpen(id.to_string()) } else { RuntimeError::NoSuchSite }
    }

    /// Replaces one site's snapshot and assesses what hangs on the change.
    pub(super) fn replace_site(&mut self, site: Site) {
        let id = site.id().clone();
        self.put_site(site);
        self.assess_again(&id);
        self.publish();
    }

    /// Replaces one site's snapshot and leaves its flags for a moment without keys: where nothing changed that they rest
    /// on, and in a sitting of hundreds of opinions, which do not wait for the flags of thousands.
    pub(super) fn replace_site_unassessed(&mut self, site: Site) {
        self.put_site(site);
        self.publish();
    }

    /// Computes the flags that were left behind.
    pub(super) fn catch_up_flags(&mut self) {
        let is_behind = |open: &&OpenSite| !Arc::ptr_eq(&open.assessed, &open.site);
        let behind: Vec<EstablishmentId> =
            self.sites.iter().filter(is_behind).map(|open| open.site.id().clone()).collect();
        if !behind.is_empty() {
            behind.iter().for_each(|id| self.assess_again(id));
            self.publish();
        }
    }

    fn put_site(&mut self, site: Site) {
        if let Some(open) = self.sites.iter_mut().find(|open| open.site.id() == site.id()) {
            open.site = Arc::new(site);
        }
    }

    fn assess_again(&mut self, id: &EstablishmentId) {
        let today = self.clock.today();
        // The day of the snapshot is the day of its assessments; on another one everything is assessed anew.
        let is_same_day = self.snapshot.today == today;
        if let Some(open) = self.sites.iter_mut().find(|open| open.site.id() == id) {
            open.assessment = Arc::new(match is_same_day {
                true => open.assessment.after(&self.law, &open.assessed, &open.site, today),
                false => SiteAssessment::new(&self.law, &open.site, today),
            });
            open.assessed = Arc::clone(&open.site);
        }
    }

    /// Makes the next snapshot out of what the sites hold now.
    pub(super) fn publish(&mut self) {
        let sites = self.sites.iter().map(|open| Arc::clone(&open.site)).collect();
        self.snapshot = Snapshot {
            revision: self.snapshot.revision + 1,
            today: self.clock.today(),
            caseload: Arc::new(Caseload { owner: self.owner.clone(), sites }),
            assessments: Arc::new(self.sites.iter().map(|open| Arc::clone(&open.assessment)).collect()),
            vault: Arc::clone(&self.snapshot.vault),
        };
    }

    /// Assesses everything anew when the legal day has changed.
    pub fn turn_the_day(&mut self) {
        let today = self.clock.today();
        if self.snapshot.today != today {
            for open in &mut self.sites {
                open.assessment = Arc::new(SiteAssessment::new(&self.law, &open.site, today));
                open.assessed = Arc::clone(&open.site);
            }
            self.publish();
        }
    }
}

/// Binds a database's key to the audit chain.
///
/// A failure of the library gives a digest that no line bears, so that a check reports the line instead of passing it.
pub(super) fn mac(key: DatabaseKey) -> Mac {
    Box::new(move |message| key.mac(AUDIT, message).unwrap_or_default())
}

/// The database of an establishment.
pub(super) fn database_of(id: &EstablishmentId) -> DatabaseId {
    DatabaseId::Site(id.number())
}
