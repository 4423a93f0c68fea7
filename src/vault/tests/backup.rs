//! Backup and restore: one moment, verified, nothing in clear, nothing overwritten.

use rusqlite::Connection;

use super::*;
use crate::vault::backup::{self, Credential, Manifest, Source, restore};
use crate::vault::rotate::Recovery;
use crate::vault::{IdentityError, OpenDatabase};

const MADE_AT: &str = "2026-11-20T18:00:00+09:00";

pub(super) fn back_up(vault: &Vault, to: &Path) -> Result<Manifest, VaultError> {
    let mut open = vec![vault.open_registry()?];
    for id in vault.sites()? {
        open.push(vault.open_database(id)?);
    }
    vault.backup(&mut sources(&mut open), to, MADE_AT)
}

fn sources(open: &mut [OpenDatabase]) -> Vec<Source<'_>> {
    let head = |id: DatabaseId| format!("head-{id}");
    open.iter_mut().map(|database| Source { audit_head: head(database.id), database }).collect()
}

#[test]
fn a_restored_vault_holds_what_was_backed_up() {
    let scratch = Scratch::with_sites(2);
    let (file, target) = (scratch.folder.path().join("b.age"), scratch.folder.path().join("restored"));
    let site = scratch.open().open_site(1).unwrap();
    let rich = "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT REFERENCES u) STRICT; CREATE TABLE u (c TEXT PRIMARY KEY) \
                STRICT, WITHOUT ROWID; CREATE INDEX i ON t (b); CREATE VIEW v AS SELECT a FROM t; \
                INSERT INTO u VALUES ('x'); INSERT INTO t VALUES (7, 'x'); DELETE FROM person; INSERT INTO person VALUES ('kept'); PRAGMA \
                application_id = 42; CREATE TRIGGER tr AFTER DELETE ON t BEGIN DELETE FROM u; END;";
    site.connection.execute_batch(rich).unwrap();
    checkpoint_and_close(site).unwrap();
    let made = back_up(&scratch.open(), &file).unwrap();
    let typed = passphrase(RIGHT);
    let credential = Credential::Identity { path: &scratch.file("keys/identity.age"), passphrase: &typed };
    let restored = restore(&RealFiles, &file, &target, &credential).unwrap();
    assert_eq!(restored, made);
    assert_eq!(
        made.heads.iter().map(|head| head.audit_head.as_str()).collect::<Vec<_>>(),
        ["head-registry", "head-E01", "head-E02"]
    );

    let vault = unlock(&target, RIGHT).unwrap();
    assert_eq!(vault.header().vault, made.vault);
    assert_eq!(canary_of(&vault, 2), format!("{NAME}2"));
    let site = vault.open_site(1).unwrap();
    let number = |sql: &str| -> i64 { site.connection.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!((number("PRAGMA user_version"), number("PRAGMA application_id")), (3, 42));
    assert_eq!(number("SELECT count(*) FROM person WHERE name = 'kept'"), 1);
    assert_eq!((number("SELECT a FROM v"), number("SELECT count(*) FROM sqlite_master WHERE name = 'tr'")), (7, 1));
    assert_ne!(site.key.to_hex(), scratch.open().open_site(1).unwrap().key.to_hex(), "fresh keys");
}

#[test]
fn the_recovery_code_restores_and_a_new_passphrase_opens() {
    let scratch = Scratch::with_sites(1);
    let (file, target) = (scratch.folder.path().join("b.age"), scratch.folder.path().join("restored"));
    back_up(&scratch.open(), &file).unwrap();
    std::fs::remove_dir_all(scratch.vault()).unwrap();
    restore(&RealFiles, &file, &target, &Credential::Recovery(&scratch.code)).unwrap();
    assert_eq!(canary_of(&unlock(&target, RIGHT).unwrap(), 1), format!("{NAME}1"));
    let new = passphrase("after-recovery-9");
    let recovery = Recovery { code: &scratch.code, passphrase: &new, identity: None, work_factor: QUICK };
    assert_eq!(canary_of(&Vault::recover(real(), &target, &recovery).unwrap(), 1), format!("{NAME}1"));
}

#[test]
fn age_and_tar_and_sqlite_alone_read_a_backup() {
    let scratch = Scratch::with_sites(1);
    let file = scratch.folder.path().join("b.age");
    let vault = scratch.open();
    back_up(&vault, &file).unwrap();
    let archive = age::decrypt(&vault.owner.secret, &std::fs::read(&file).unwrap()).unwrap();
    let out = tempfile::tempdir().unwrap();
    let tar = out.path().join("a.tar");
    std::fs::write(&tar, archive).unwrap();
    let unpacked = std::process::Command::new("tar").arg("xf").arg(&tar).arg("-C").arg(out.path()).status().unwrap();
    assert!(unpacked.success());
    let plain = Connection::open(out.path().join("sites/E01.db")).unwrap();
    let name: String = plain.query_row("SELECT name FROM person", [], |row| row.get(0)).unwrap();
    assert_eq!(name, format!("{NAME}1"));
    let manifest = std::fs::read_to_string(out.path().join("manifest.json")).unwrap();
    assert!(manifest.contains(MADE_AT) && manifest.contains("head-E01"));
    assert!(out.path().join("identity.age").exists() && out.path().join("vault.json").exists());
}

#[test]
fn a_backup_holds_nothing_in_clear_and_restoring_leaves_nothing_in_clear() {
    let scratch = Scratch::with_sites(1);
    let (file, target) = (scratch.folder.path().join("b.age"), scratch.folder.path().join("restored"));
    back_up(&scratch.open(), &file).unwrap();
    restore(&RealFiles, &file, &target, &Credential::Recovery(&scratch.code)).unwrap();
    let canaries = [NAME.to_owned(), RIGHT.to_owned(), "SQLite format 3".to_owned(), MADE_AT.to_owned()];
    assert_eq!(found_in_clear(scratch.folder.path(), &canaries), Vec::<PathBuf>::new());
}

#[test]
fn what_was_deleted_is_not_in_the_backup() {
    let scratch = Scratch::with_sites(1);
    let file = scratch.folder.path().join("b.age");
    let site = scratch.open().open_site(1).unwrap();
    site.connection.execute_batch("DELETE FROM person").unwrap();
    checkpoint_and_close(site).unwrap();
    let vault = scratch.open();
    back_up(&vault, &file).unwrap();
    let archive = age::decrypt(&vault.owner.secret, &std::fs::read(&file).unwrap()).unwrap();
    assert!(!archive.windows(6).any(|window| window == b"CANARY"));
}

#[test]
fn every_changed_or_missing_byte_of_a_backup_is_found() {
    let scratch = Scratch::with_sites(1);
    let file = scratch.folder.path().join("b.age");
    back_up(&scratch.open(), &file).unwrap();
    let credential = Credential::Recovery(&scratch.code);
    assert!(backup::verify(&RealFiles, &file, &credential).is_ok());
    let whole = std::fs::read(&file).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 23).chain([whole.len() - 1]) {
        flip(&file, at);
        assert_eq!(backup::verify(&RealFiles, &file, &credential).unwrap_err(), VaultError::BackupDamaged, "byte {at}");
        flip(&file, at);
    }
    std::fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(backup::verify(&RealFiles, &file, &credential).unwrap_err(), VaultError::BackupDamaged);
    let target = scratch.folder.path().join("restored");
    assert_eq!(restore(&RealFiles, &file, &target, &credential).unwrap_err(), VaultError::BackupDamaged);
    let left: Vec<String> = RealFiles.list(scratch.folder.path()).unwrap();
    assert_eq!(left, ["b.age", "vault"], "a failed restore leaves nothing behind");
}

#[test]
fn nothing_is_overwritten_by_a_backup_or_a_restore() {
    let scratch = Scratch::with_sites(0);
    let file = scratch.folder.path().join("b.age");
    back_up(&scratch.open(), &file).unwrap();
    let before = std::fs::read(&file).unwrap();
    assert_eq!(back_up(&scratch.open(), &file).unwrap_err(), VaultError::TargetExists);
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let credential = Credential::Recovery(&scratch.code);
    assert_eq!(restore(&RealFiles, &file, &scratch.vault(), &credential).unwrap_err(), VaultError::TargetExists);
    assert!(scratch.open().open_registry().is_ok());
}

#[test]
fn a_wrong_passphrase_and_a_foreign_code_open_no_backup() {
    let (scratch, other) = (Scratch::with_sites(0), Scratch::with_sites(0));
    let file = scratch.folder.path().join("b.age");
    back_up(&scratch.open(), &file).unwrap();
    let wrong = passphrase("wrong-passphrase-1");
    let path = scratch.file("keys/identity.age");
    let credential = Credential::Identity { path: &path, passphrase: &wrong };
    let error = backup::verify(&RealFiles, &file, &credential).unwrap_err();
    assert_eq!(error, VaultError::Identity(IdentityError::WrongPassphrase));
    let error = backup::verify(&RealFiles, &file, &Credential::Recovery(&other.code)).unwrap_err();
    assert_eq!(error, VaultError::BackupDamaged);
}

#[test]
fn a_backup_wants_every_database_and_no_open_edit() {
    let scratch = Scratch::with_sites(1);
    let file = scratch.folder.path().join("b.age");
    let vault = scratch.open();
    let mut open = vec![vault.open_registry().unwrap()];
    assert_eq!(vault.backup(&mut sources(&mut open), &file, MADE_AT).unwrap_err(), VaultError::Incomplete);
    open.push(vault.open_site(1).unwrap());
    open[1].connection.execute_batch("BEGIN; DELETE FROM person;").unwrap();
    assert_eq!(vault.backup(&mut sources(&mut open), &file, MADE_AT).unwrap_err(), VaultError::EditRunning);
    open[1].connection.execute_batch("ROLLBACK").unwrap();
    assert!(vault.backup(&mut sources(&mut open), &file, MADE_AT).is_ok());
    assert!(vault.backup(&mut sources(&mut open), &scratch.folder.path().join("c.age"), MADE_AT).is_ok(), "again");
}

#[test]
fn a_backup_of_a_newer_program_is_named() {
    let scratch = Scratch::with_sites(0);
    let file = scratch.folder.path().join("b.age");
    let owner = scratch.open().owner.secret.to_public();
    let mut archive = Vec::new();
    backup::archive::append(&mut archive, "manifest.json", br#"{"format":2}"#).unwrap();
    std::fs::write(&file, age::encrypt(&owner, &archive).unwrap()).unwrap();
    let (typed, path) = (passphrase(RIGHT), scratch.file("keys/identity.age"));
    let credential = Credential::Identity { path: &path, passphrase: &typed };
    let error = backup::verify(&RealFiles, &file, &credential).unwrap_err();
    assert_eq!(error, VaultError::NewerVersion { found: 2, known: 1 });
}

#[test]
fn a_file_that_differs_from_its_hash_is_found_behind_a_whole_seal() {
    let scratch = Scratch::with_sites(1);
    let file = scratch.folder.path().join("b.age");
    let vault = scratch.open();
    back_up(&vault, &file).unwrap();
    let mut archive = age::decrypt(&vault.owner.secret, &std::fs::read(&file).unwrap()).unwrap();
    let at = archive.windows(6).position(|window| window == b"CANARY").unwrap();
    archive[at] ^= 1;
    std::fs::write(&file, age::encrypt(&vault.owner.secret.to_public(), &archive).unwrap()).unwrap();
    let credential = Credential::Recovery(&scratch.code);
    assert!(backup::verify(&RealFiles, &file, &credential).is_err(), "sealed to the owner alone");
    let (typed, path) = (passphrase(RIGHT), scratch.file("keys/identity.age"));
    let credential = Credential::Identity { path: &path, passphrase: &typed };
    assert_eq!(backup::verify(&RealFiles, &file, &credential).unwrap_err(), VaultError::BackupDamaged);
    let target = scratch.folder.path().join("restored");
    assert_eq!(restore(&RealFiles, &file, &target, &credential).unwrap_err(), VaultError::BackupDamaged);
    assert!(!target.exists());
}
