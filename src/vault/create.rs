//! Making a new vault: identity, recovery code, registry.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::database;
use super::error::VaultError;
use super::files::Files;
use super::identity::Owner;
use super::identity_file::IdentityFile;
use super::key_file;
use super::layout::{self, DatabaseId, Header};
use super::moving;
use super::open::Vault;
use super::passphrase::Passphrase;
use super::recovery::RecoveryCode;
use super::secret::{DatabaseKey, random_identifier};
use super::staging::Staging;

/// What a new vault is made with.
#[derive(Debug)]
pub struct CreateOptions<'a> {
    /// The owner's passphrase.
    pub passphrase: &'a Passphrase,
    /// The identity file on a second medium, or `None` for inside the vault folder.
    pub identity: Option<PathBuf>,
    /// The scrypt work factor: [`super::WORK_FACTOR`], or [`super::WORK_FACTOR_QUICK`] in the demo.
    pub work_factor: u8,
    /// Whether this is a demo vault, whose passphrase is printed and may be weak.
    pub demo: bool,
}

impl Vault {
    /// Makes a new vault at a free place; the recovery code is returned once and kept nowhere.
    pub fn create(
        files: Arc<dyn Files>,
        folder: &Path,
        options: &CreateOptions<'_>,
    ) -> Result<(Self, RecoveryCode), VaultError> {
        if !options.demo {
            let second = moving::is_second_medium(&*files, folder, options.identity.as_deref());
            options.passphrase.check(second)?;
        }
        let (code, recovery) = RecoveryCode::generate()?;
        let identity = options.identity.as_deref().map(moving::absolute);
        let vault = random_identifier()?;
        let header = Header { format: layout::FORMAT, vault, demo: options.demo, identity, identity_before: None };
        let owner = Owner::generate(&header.vault, recovery);
        let staging = Staging::begin(&*files, folder)?;
        if let Err(error) = fill(&*files, &staging, &header, &owner, options) {
            staging.abandon();
            return Err(error);
        }
        let layout = staging.publish()?;
        Ok((Self::opened(files, layout, header, owner)?, code))
    }
}

fn fill(
    files: &dyn Files,
    staging: &Staging<'_>,
    header: &Header,
    owner: &Owner,
    options: &CreateOptions<'_>,
) -> Result<(), VaultError> {
    let (id, key) = (DatabaseId::Registry, DatabaseKey::generate()?);
    database::create(files, &staging.layout.database(id), id, &key, |connection| {
        database::write_meta(connection, id, &header.vault)
    })?;
    let sealed = key_file::seal(&[&owner.secret.to_public(), &owner.recovery], id, &header.vault, &key)?;
    files.write_new(&staging.layout.key(id), &sealed)?;
    staging.write_header(header)?;
    let place = header.identity.clone().unwrap_or_else(|| staging.layout.identity());
    Ok(IdentityFile::new(place).write_new(files, &owner.seal(options.passphrase, options.work_factor)?)?)
}
