//! Making and unlocking a vault, and making an establishment in it.

use std::path::PathBuf;
use std::sync::Arc;

use super::clock::Clock;
use super::desk::{Desk, OpenSite, Snapshot, database_of, mac};
use super::error::RuntimeError;
use super::place::Place;
use super::{loading, settings};
use crate::app::assess::SiteAssessment;
use crate::domain::command::{Act, Command};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::Establishment;
use crate::domain::{Day, EstablishmentId};
use crate::law::Law;
use crate::law::check::Problem;
use crate::store::{RegistryStore, SiteStore, Stamp};
use crate::vault::{
    CreateOptions, DatabaseId, Passphrase, Recovery, RecoveryCode, Unlock, Vault, WORK_FACTOR, WORK_FACTOR_QUICK,
};

/// What an unlock needs.
#[derive(Debug)]
pub struct Unlocking {
    /// Where the vault lies.
    pub place: Place,
    /// The passphrase as typed.
    pub passphrase: Passphrase,
    /// The clock.
    pub clock: Clock,
    /// The law in use.
    pub law: Arc<Law>,
}

/// What a recovery needs.
#[derive(Debug)]
pub struct Recovering {
    /// Where the vault lies, and the new passphrase.
    pub unlocking: Unlocking,
    /// The code, as typed from the paper.
    pub code: RecoveryCode,
    /// The new identity file on another medium, if any.
    pub identity: Option<PathBuf>,
}

/// What a new vault is made with.
#[derive(Debug)]
pub struct NewVault {
    /// Where and under which passphrase.
    pub unlocking: Unlocking,
    /// The identity file on another medium, if any.
    pub identity: Option<PathBuf>,
    /// The scrypt work factor.
    pub work_factor: u8,
    /// The physician whose desk it is.
    pub owner: Doctor,
    /// Whether this is the synthetic demo vault.
    pub is_demo: bool,
}

impl Desk {
    /// Makes a new vault with its signing key and opens the desk; the recovery code is given once and kept nowhere.
    ///
    /// # Errors
    /// A weak passphrase, an occupied place, a name or registration that a certificate cannot hold.
    pub fn create(new: &NewVault) -> Result<(Self, RecoveryCode), RuntimeError> {
        let unlocking = &new.unlocking;
        let signer = settings::new_signer(&new.owner, new.is_demo, unlocking.clock.today())?;
        let options = CreateOptions {
            passphrase: &unlocking.passphrase,
            identity: new.identity.clone(),
            work_factor: new.work_factor,
            demo: new.is_demo,
        };
        let place = &unlocking.place;
        let (vault, code) = Vault::create(Arc::clone(&place.files), &place.folder, &options)?;
        let registry = open_registry(&vault)?;
        settings::write_owner(&registry, &new.owner)?;
        settings::write_signer(&registry, &signer)?;
        registry.audit(&unlocking.clock.stamp(), "金庫の作成", "", "")?;
        Ok((Self::assemble(vault, registry, unlocking)?, code))
    }

    /// Unlocks the vault and opens every establishment in it.
    ///
    /// An establishment that does not open is listed in [`Desk::unopened`]; the others can be worked with.
    ///
    /// # Errors
    /// A wrong passphrase, a missing key, another running instance, a damaged registry: see
    /// [`crate::vault::VaultError`].
    pub fn unlock(unlocking: &Unlocking) -> Result<Self, RuntimeError> {
        let unlock = Unlock {
            passphrase: &unlocking.passphrase,
            identity: unlocking.place.identity.as_deref(),
            day: unlocking.clock.today(),
        };
        let mut vault = Vault::unlock(Arc::clone(&unlocking.place.files), &unlocking.place.folder, &unlock)?;
        let registry = open_registry(&vault)?;
        absorb_failures(&mut vault, &registry, &unlocking.clock.stamp())?;
        registry.audit(&unlocking.clock.stamp(), "解錠", "", "")?;
        Self::assemble(vault, registry, unlocking)
    }

    /// Opens the vault with the recovery code and sets a new key under a new passphrase.
    ///
    /// # Errors
    /// A code of another vault, a weak passphrase, another running instance; the old key holds then.
    pub fn recover(recovering: &Recovering) -> Result<Self, RuntimeError> {
        let unlocking = &recovering.unlocking;
        let place = &unlocking.place;
        let recovery = Recovery {
            code: &recovering.code,
            passphrase: &unlocking.passphrase,
            identity: recovering.identity.clone(),
            work_factor: work_factor(place.header()?.demo),
        };
        let vault = Vault::recover(Arc::clone(&place.files), &place.folder, &recovery)?;
        let registry = open_registry(&vault)?;
        registry.audit(&unlocking.clock.stamp(), "回復コードによる鍵の作り直し", "", "")?;
        Self::assemble(vault, registry, unlocking)
    }

    fn assemble(vault: Vault, registry: RegistryStore, unlocking: &Unlocking) -> Result<Self, RuntimeError> {
        let (clock, law) = (unlocking.clock.clone(), Arc::clone(&unlocking.law));
        let clock = if vault.header().demo { clock.fiction() } else { clock };
        let ids = registry.sites()?;
        let mut desk = Self {
            notices: notices(&vault, &ids, &law),
            owner: settings::read_owner(&registry)?,
            sites: Vec::with_capacity(ids.len()),
            unopened: Vec::new(),
            snapshot: Snapshot::default(),
            prepared: None,
            read: None,
            shown: None,
            ticket: super::ticket::Ticket::default(),
            files: Arc::clone(&unlocking.place.files),
            templates: unlocking.place.templates.clone(),
            vault,
            registry,
            clock,
            law,
        };
        for (id, opened) in open_all(&desk.vault, &ids, &desk.law, desk.clock.today()) {
            match opened {
                Ok(open) => desk.sites.push(open),
                Err(error) => desk.unopened.push((id, error)),
            }
        }
        desk.renew_vault_view()?;
        desk.publish();
        Ok(desk)
    }

    /// Makes an establishment: database and key, then its first row, then the registry's row, last.
    ///
    /// The id in `establishment` is replaced by the next free one, which is given back.
    ///
    /// # Errors
    /// The database cannot be made; what a failure leaves behind is named at the next opening.
    pub fn create_site(&mut self, establishment: Establishment) -> Result<EstablishmentId, RuntimeError> {
        let id = self.next_site()?;
        let establishment = Establishment { id: id.clone(), ..establishment };
        let stamp = self.clock.stamp();
        let database = self.vault.new_site(database_of(&id))?;
        let mut store = SiteStore::open(database.connection, mac(database.key))?;
        store.perform(&stamp, &Command::new(Act::EditEstablishment, id.to_string()).put(establishment))?;
        self.registry.add_site(&stamp, &id)?;
        let open = assessed(store, &id, &self.law, self.clock.today())?;
        self.sites.push(OpenSite { is_whole: true, ..open });
        self.publish();
        Ok(id)
    }

    fn next_site(&self) -> Result<EstablishmentId, RuntimeError> {
        let registered: Vec<DatabaseId> = self.registry.sites()?.iter().map(database_of).collect();
        let free_on_disk = match self.vault.next_site(&registered)? {
            DatabaseId::Site(number) => number,
            DatabaseId::Registry => 1,
        };
        Ok(EstablishmentId::new(self.registry.next_site()?.number().max(free_on_disk)))
    }
}

/// The scrypt work factor of a key that is made now.
pub(super) const fn work_factor(is_demo: bool) -> u8 {
    if is_demo { WORK_FACTOR_QUICK } else { WORK_FACTOR }
}

fn open_registry(vault: &Vault) -> Result<RegistryStore, RuntimeError> {
    let database = vault.open_registry()?;
    Ok(RegistryStore::open(database.connection, mac(database.key))?)
}

/// Failed unlocks had no key to sign with: they enter the chain now, marked as not authenticated.
fn absorb_failures(vault: &mut Vault, registry: &RegistryStore, stamp: &Stamp) -> Result<(), RuntimeError> {
    let Some(failed) = vault.failed_unlocks() else { return Ok(()) };
    let detail = format!("未認証 {}回 最終{}", failed.count, failed.last_day);
    registry.audit(stamp, "解錠の失敗", "", &detail)?;
    Ok(vault.forget_failed_unlocks()?)
}

fn notices(vault: &Vault, ids: &[EstablishmentId], law: &Law) -> Vec<String> {
    let registered: Vec<DatabaseId> = ids.iter().map(database_of).collect();
    let warnings = vault.warnings().iter().map(ToString::to_string);
    let orphans = vault.reconcile(&registered).unwrap_or_default();
    let refused = law.refused_additions().cloned().map(|error| Problem::Addition(error).to_string());
    warnings.chain(orphans.iter().map(ToString::to_string)).chain(refused).collect()
}

type Opened = (EstablishmentId, Result<OpenSite, RuntimeError>);

/// Opens, reads and assesses the establishments on as many threads as the machine has.
fn open_all(vault: &Vault, ids: &[EstablishmentId], law: &Law, today: Day) -> Vec<Opened> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = ids.len().div_ceil(threads).max(1);
    let open = |id: &EstablishmentId| (id.clone(), open_one(vault, id, law, today));
    std::thread::scope(|scope| {
        let shares: Vec<_> = ids
            .chunks(share)
            .map(|part| (part, scope.spawn(move || part.iter().map(open).collect::<Vec<_>>())))
            .collect();
        shares.into_iter().flat_map(|(part, thread)| thread.join().unwrap_or_else(|_| broken(part))).collect()
    })
}

fn broken(part: &[EstablishmentId]) -> Vec<Opened> {
    part.iter().map(|id| (id.clone(), Err(RuntimeError::Broken))).collect()
}

fn open_one(vault: &Vault, id: &EstablishmentId, law: &Law, today: Day) -> Result<OpenSite, RuntimeError> {
    let database = vault.open_database(database_of(id))?;
    let store = SiteStore::open(database.connection, mac(database.key))?;
    assessed(store, id, law, today)
}

fn assessed(store: SiteStore, id: &EstablishmentId, law: &Law, today: Day) -> Result<OpenSite, RuntimeError> {
    let site = Arc::new(loading::load(&store, id, today)?);
    let assessment = Arc::new(SiteAssessment::new(law, &site, today));
    Ok(OpenSite { store, assessed: Arc::clone(&site), site, assessment, is_whole: false })
}
