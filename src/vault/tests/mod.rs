//! Tests of the vault as a whole, on real files in scratch folders; synthetic data only.

mod backup;
mod crash;
mod damage;
mod life;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use tempfile::TempDir;

use super::files::{Files, RealFiles};
use super::{CreateOptions, DatabaseId, Passphrase, RecoveryCode, Unlock, Vault, VaultError, checkpoint_and_close};

/// The tests' work factor: scrypt itself is not what is tested.
const QUICK: u8 = 4;
const RIGHT: &str = "canary-passphrase-7";
const NAME: &str = "かなりや太郎CANARY";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn real() -> Arc<dyn Files> {
    Arc::new(RealFiles)
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn create(
    files: Arc<dyn Files>,
    folder: &Path,
    identity: Option<PathBuf>,
) -> Result<(Vault, RecoveryCode), VaultError> {
    let passphrase = passphrase(RIGHT);
    Vault::create(files, folder, &CreateOptions { passphrase: &passphrase, identity, work_factor: QUICK, demo: false })
}

fn unlock_with(files: Arc<dyn Files>, folder: &Path, typed: &str) -> Result<Vault, VaultError> {
    Vault::unlock(files, folder, &Unlock { passphrase: &passphrase(typed), identity: None, day: day() })
}

fn unlock(folder: &Path, typed: &str) -> Result<Vault, VaultError> {
    unlock_with(real(), folder, typed)
}

/// A scratch folder with a vault of the given number of establishments, each with one canary row.
struct Scratch {
    folder: TempDir,
    code: RecoveryCode,
}

impl Scratch {
    fn with_sites(count: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (mut vault, code) = create(real(), &folder.path().join("vault"), None).unwrap();
        for number in 1..=count {
            add_site(&mut vault, number).unwrap();
        }
        Self { folder, code }
    }

    fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.vault().join(name)
    }

    fn open(&self) -> Vault {
        unlock(&self.vault(), RIGHT).unwrap()
    }
}

/// Makes an establishment and writes its canary, as a caller would, then closes it.
fn add_site(vault: &mut Vault, number: u32) -> Result<(), VaultError> {
    let site = vault.new_site(DatabaseId::Site(number))?;
    site.connection.execute_batch("CREATE TABLE person (name TEXT) STRICT; PRAGMA user_version = 3;").unwrap();
    site.connection.execute("INSERT INTO person VALUES (?1)", [format!("{NAME}{number}")]).unwrap();
    Ok(checkpoint_and_close(site)?)
}

fn canary_of(vault: &Vault, number: u32) -> String {
    let site = vault.open_site(number).unwrap();
    site.connection.query_row("SELECT name FROM person", [], |row| row.get(0)).unwrap()
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found
}

/// Says in which files below a folder one of the texts stands in clear.
fn found_in_clear(folder: &Path, canaries: &[String]) -> Vec<PathBuf> {
    let holds = |content: &[u8]| {
        canaries.iter().any(|canary| content.windows(canary.len()).any(|window| window == canary.as_bytes()))
    };
    files_below(folder).into_iter().filter(|path| holds(&std::fs::read(path).unwrap())).collect()
}

fn flip(path: &Path, at: usize) {
    let mut content = std::fs::read(path).unwrap();
    content[at] ^= 1;
    std::fs::write(path, content).unwrap();
}

fn swap(one: &Path, other: &Path) {
    let aside = one.with_extension("aside");
    std::fs::rename(one, &aside).unwrap();
    std::fs::rename(other, one).unwrap();
    std::fs::rename(&aside, other).unwrap();
}
