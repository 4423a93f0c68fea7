//! The desk's settings in the registry: the physician, the signing key, minutes until the lock, where documents go.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretSlice};

use super::desk::Desk;
use super::error::RuntimeError;
use crate::app::host::{ClearFile, VaultView};
use crate::documents::signer::Signer;
use crate::domain::Day;
use crate::domain::doctor::Doctor;
use crate::store::registry as store;
use crate::store::{RegistryStore, StoreError};

const OWNER: &str = "owner";
const SIGNER: &str = "signer";
const IDLE: &str = "idle_minutes";
const OUT: &str = "out_dir";
const FONT: &str = "font";

/// Minutes without a key until the lock, unless set otherwise.
const IDLE_DEFAULT: u64 = 5;
/// The longest that can be set.
const IDLE_LONGEST: u64 = 60;
/// How many characters a setting may have.
const LONGEST: usize = 1000;

pub(super) fn new_signer(owner: &Doctor, is_demo: bool, day: Day) -> Result<Signer, RuntimeError> {
    let made = if is_demo { Signer::demo(day) } else { Signer::generate(&owner.name, &owner.registration, day) };
    Ok(made?)
}

pub(super) fn write_signer(registry: &RegistryStore, signer: &Signer) -> Result<(), RuntimeError> {
    let sealed = signer.to_secret_bytes()?;
    let text = std::str::from_utf8(sealed.expose_secret()).map_err(|_| StoreError::Unreadable(SIGNER.to_owned()))?;
    Ok(registry.set(SIGNER, text)?)
}

pub(super) fn write_owner(registry: &RegistryStore, owner: &Doctor) -> Result<(), RuntimeError> {
    let text = serde_json::to_string(owner).map_err(|_| StoreError::Unreadable(OWNER.to_owned()))?;
    Ok(registry.set(OWNER, &text)?)
}

pub(super) fn read_owner(registry: &RegistryStore) -> Result<Doctor, RuntimeError> {
    let Some(text) = registry.setting(OWNER)? else { return Ok(Doctor::default()) };
    Ok(serde_json::from_str(&text).map_err(|_| StoreError::Unreadable(OWNER.to_owned()))?)
}

fn shown(file: store::ClearFile) -> ClearFile {
    let store::ClearFile { number, at, path, site, kind, .. } = file;
    ClearFile { number, site, kind, at, path }
}

impl Desk {
    /// Gives the signer whose key the registry keeps.
    ///
    /// # Errors
    /// The key is absent or damaged.
    pub fn signer(&self) -> Result<Signer, RuntimeError> {
        let text = self.registry.setting(SIGNER)?.ok_or_else(|| StoreError::Unreadable(SIGNER.to_owned()))?;
        Ok(Signer::from_secret_bytes(&SecretSlice::from(text.into_bytes()))?)
    }

    /// Gives the minutes without a key until the lock.
    pub fn idle(&self) -> Duration {
        Duration::from_secs(self.snapshot.vault.idle_minutes.max(1) * 60)
    }

    /// Gives the font family that the physician chose, if any.
    ///
    /// # Errors
    /// What the registry says.
    pub fn font(&self) -> Result<Option<String>, RuntimeError> {
        Ok(self.registry.setting(FONT)?.filter(|name| !name.is_empty()))
    }

    /// Makes a setting: `idle_minutes` (1 to 60), `out_dir`, `font`, or a member of the physician
    /// (`owner.name`, `owner.affiliation`, `owner.registration`).
    ///
    /// # Errors
    /// [`RuntimeError::UnknownSetting`], [`RuntimeError::BadSetting`].
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), RuntimeError> {
        let value = value.trim();
        if value.chars().count() > LONGEST || value.chars().any(char::is_control) {
            return Err(RuntimeError::BadSetting);
        }
        match key {
            IDLE if !value.parse().is_ok_and(|minutes| (1..=IDLE_LONGEST).contains(&minutes)) => {
                return Err(RuntimeError::BadSetting);
            }
            IDLE | OUT | FONT => self.registry.set(key, value)?,
            _ => self.set_owner(key, value)?,
        }
        self.registry.audit(&self.clock.stamp(), "設定", key, "")?;
        self.renew_vault_view()?;
        self.publish();
        Ok(())
    }

    fn set_owner(&mut self, key: &str, value: &str) -> Result<(), RuntimeError> {
        let mut owner = self.owner.clone();
        let member = match key {
            "owner.name" => &mut owner.name,
            "owner.affiliation" => &mut owner.affiliation,
            "owner.registration" => &mut owner.registration,
            _ => return Err(RuntimeError::UnknownSetting),
        };
        value.clone_into(member);
        write_owner(&self.registry, &owner)?;
        self.owner = owner;
        Ok(())
    }

    /// Reads anew what the vault's own screen shows.
    pub(super) fn renew_vault_view(&mut self) -> Result<(), RuntimeError> {
        let files = self.registry.clear_files()?;
        let fingerprint = self.signer().and_then(|signer| Ok(signer.fingerprint()?.to_string()));
        let minutes = self.registry.setting(IDLE)?.and_then(|text| text.parse().ok());
        self.snapshot.vault = std::sync::Arc::new(VaultView {
            backups: self.registry.backups()?.into_iter().map(|line| (line.at, line.bytes)).collect(),
            too_large: files.iter().filter_map(|file| Some((file.number, self.too_large(file)?))).collect(),
            clear_files: files.into_iter().map(shown).collect(),
            fingerprint: fingerprint.unwrap_or_default(),
            out_dir: self.registry.setting(OUT)?.unwrap_or_default(),
            idle_minutes: minutes.unwrap_or(IDLE_DEFAULT),
            key_path: self.vault.header().identity.as_ref().map(|path| path.to_string_lossy().into_owned()),
            is_key_apart: self.vault.second_medium(),
        });
        Ok(())
    }
}
