//! A vault's life without accidents: made, locked, unlocked, its passphrase changed, its identity moved, recovered.

use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::vault::files::fake::FakeFiles;
use crate::vault::rotate::Recovery;
use crate::vault::{ErrorClass, FailedUnlocks, IdentityError, Orphan, Warning, WeakPassphrase};

#[test]
fn what_was_written_is_there_after_unlocking_again() {
    let scratch = Scratch::with_sites(2);
    let vault = scratch.open();
    assert_eq!(vault.sites().unwrap(), [DatabaseId::Site(1), DatabaseId::Site(2)]);
    assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
    assert_eq!(canary_of(&vault, 2), format!("{NAME}2"));
    assert!(vault.open_registry().is_ok());
    assert_eq!(vault.warnings(), []);
    assert!(!vault.header().demo);
}

#[test]
fn a_wrong_passphrase_is_counted_until_the_store_has_it() {
    let scratch = Scratch::with_sites(0);
    for _ in 0..2 {
        let error = unlock(&scratch.vault(), "wrong-passphrase-1").unwrap_err();
        assert_eq!(error, VaultError::Identity(IdentityError::WrongPassphrase));
        assert_eq!(error.class(), ErrorClass::Locked);
    }
    let mut vault = scratch.open();
    assert_eq!(vault.failed_unlocks(), Some(FailedUnlocks { count: 2, last_day: day() }));
    vault.forget_failed_unlocks().unwrap();
    drop(vault);
    assert_eq!(scratch.open().failed_unlocks(), None);
}

#[test]
fn a_second_instance_is_told() {
    let scratch = Scratch::with_sites(0);
    let first = scratch.open();
    assert_eq!(unlock(&scratch.vault(), RIGHT).unwrap_err(), VaultError::AlreadyOpen);
    drop(first);
    assert!(unlock(&scratch.vault(), RIGHT).is_ok());
}

#[test]
fn no_place_that_is_taken_is_overwritten() {
    let scratch = Scratch::with_sites(0);
    assert_eq!(create(real(), &scratch.vault(), None).unwrap_err(), VaultError::TargetExists);
    let file = scratch.folder.path().join("file");
    std::fs::write(&file, "mine").unwrap();
    assert_eq!(create(real(), &file, None).unwrap_err(), VaultError::TargetExists);
    let identity = scratch.folder.path().join("other");
    let error = create(real(), &identity, Some(file.clone())).unwrap_err();
    assert_eq!(error, VaultError::Files(crate::vault::files::FilesError::AlreadyExists));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    assert!(!identity.exists());
}

#[test]
fn an_empty_folder_and_missing_parents_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    assert!(create(real(), &empty, None).is_ok());
    assert!(create(real(), &folder.path().join("a/b/c"), None).is_ok());
}

#[test]
fn a_weak_passphrase_makes_no_vault() {
    let folder = tempfile::tempdir().unwrap();
    let weak = passphrase("short");
    let options = CreateOptions { passphrase: &weak, identity: None, work_factor: QUICK, demo: false };
    let error = Vault::create(real(), &folder.path().join("vault"), &options).unwrap_err();
    assert_eq!(error, VaultError::Weak(WeakPassphrase::TooShort(13)));
    assert_eq!(files_below(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn files_and_folders_are_for_the_owner_only() {
    let scratch = Scratch::with_sites(1);
    let vault = scratch.open();
    let _site = vault.open_site(1).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for path in files_below(&scratch.vault()) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    for folder in [scratch.vault(), scratch.file("keys"), scratch.file("sites")] {
        assert_eq!(mode(&folder), 0o700);
    }
}

#[test]
fn rights_of_others_are_taken_away_and_said() {
    let scratch = Scratch::with_sites(1);
    std::fs::set_permissions(scratch.file("sites/E01.db"), PermissionsExt::from_mode(0o644)).unwrap();
    std::fs::set_permissions(scratch.file("keys"), PermissionsExt::from_mode(0o755)).unwrap();
    assert_eq!(scratch.open().warnings(), [Warning::Restricted(2)]);
    assert_eq!(scratch.open().warnings(), []);
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let error = create(real(), Path::new("/proc/junkai/vault"), None).unwrap_err();
    assert!(matches!(error, VaultError::Files(_)), "{error:?}");
    assert_eq!(error.class(), ErrorClass::Use);
}

#[test]
fn the_new_passphrase_opens_and_the_old_one_does_not() {
    let scratch = Scratch::with_sites(1);
    let mut vault = scratch.open();
    let (old, new) = (passphrase(RIGHT), passphrase("another-passphrase-8"));
    assert_eq!(vault.change_passphrase(&new, &new, QUICK), Err(VaultError::OldPassphraseWrong));
    assert!(matches!(vault.change_passphrase(&old, &passphrase("weak"), QUICK), Err(VaultError::Weak(_))));
    vault.change_passphrase(&old, &new, QUICK).unwrap();
    assert!(scratch.file("keys/identity.age.previous").exists());
    drop(vault);
    assert_eq!(unlock(&scratch.vault(), RIGHT).unwrap_err(), VaultError::Identity(IdentityError::WrongPassphrase));
    assert!(scratch.file("keys/identity.age.previous").exists(), "kept until an unlock succeeds");
    let vault = unlock(&scratch.vault(), "another-passphrase-8").unwrap();
    assert!(!scratch.file("keys/identity.age.previous").exists());
    assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
}

#[test]
fn the_previous_identity_stands_in_for_a_lost_one() {
    let scratch = Scratch::with_sites(1);
    let new = passphrase("another-passphrase-8");
    scratch.open().change_passphrase(&passphrase(RIGHT), &new, QUICK).unwrap();
    std::fs::remove_file(scratch.file("keys/identity.age")).unwrap();
    let error = unlock(&scratch.vault(), "another-passphrase-8").unwrap_err();
    assert_eq!(error, VaultError::Identity(IdentityError::WrongPassphrase));
    assert_eq!(scratch.open().warnings(), [Warning::PreviousIdentity]);
    assert_eq!(scratch.open().warnings(), [], "healed");
}

/// A stick for a key: what lies below it is another medium.
fn with_stick(scratch: &Scratch) -> (Arc<dyn Files>, PathBuf) {
    let stick = scratch.folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    (Arc::new(FakeFiles::over(scratch.folder.path())), stick.join("junkai-identity.age"))
}

#[test]
fn the_identity_moves_to_a_second_medium_and_back() {
    let scratch = Scratch::with_sites(1);
    let (files, on_stick) = with_stick(&scratch);
    let open = |typed: &str| unlock_with(Arc::clone(&files), &scratch.vault(), typed);
    let mut vault = open(RIGHT).unwrap();
    assert_eq!(vault.move_identity(Some(&on_stick), &passphrase("wrong")), Err(VaultError::OldPassphraseWrong));
    vault.move_identity(Some(&on_stick), &passphrase(RIGHT)).unwrap();
    assert!(vault.second_medium());
    vault.change_passphrase(&passphrase(RIGHT), &passphrase("eight888"), QUICK).unwrap();
    drop(vault);
    assert!(scratch.file("keys/identity.age").exists(), "kept until the new one has opened");
    drop(open("eight888").unwrap());
    assert!(!scratch.file("keys/identity.age").exists());

    let elsewhere = scratch.folder.path().join("stick-of-today");
    std::fs::rename(on_stick.parent().unwrap(), &elsewhere).unwrap();
    assert_eq!(open("eight888").unwrap_err(), VaultError::Identity(IdentityError::Missing));
    let moved = elsewhere.join("junkai-identity.age");
    let typed = passphrase("eight888");
    let unlock_at = Unlock { passphrase: &typed, identity: Some(&moved), day: day() };
    let mut vault = Vault::unlock(Arc::clone(&files), &scratch.vault(), &unlock_at).unwrap();
    let weak = VaultError::Weak(WeakPassphrase::TooShort(13));
    assert_eq!(vault.move_identity(None, &typed), Err(weak), "eight characters do for a stick only");
    vault.change_passphrase(&typed, &passphrase(RIGHT), QUICK).unwrap();
    vault.move_identity(None, &passphrase(RIGHT)).unwrap();
    drop(vault);
    assert!(moved.exists());
    drop(open(RIGHT).unwrap());
    assert!(!moved.exists() && scratch.file("keys/identity.age").exists());
}

#[test]
fn another_folder_of_the_same_disk_is_no_second_medium() {
    let scratch = Scratch::with_sites(0);
    let mut vault = scratch.open();
    vault.move_identity(Some(&scratch.folder.path().join("elsewhere.age")), &passphrase(RIGHT)).unwrap();
    assert!(!vault.second_medium());
    let eight = vault.change_passphrase(&passphrase(RIGHT), &passphrase("eight888"), QUICK);
    assert_eq!(eight, Err(VaultError::Weak(WeakPassphrase::TooShort(13))));
}

#[test]
fn the_file_that_a_move_left_stands_in_for_a_stick_that_kept_nothing() {
    let scratch = Scratch::with_sites(1);
    let (files, on_stick) = with_stick(&scratch);
    let open = || unlock_with(Arc::clone(&files), &scratch.vault(), RIGHT);
    open().unwrap().move_identity(Some(&on_stick), &passphrase(RIGHT)).unwrap();
    std::fs::write(&on_stick, "").unwrap();
    let vault = open().unwrap();
    assert!(vault.warnings().contains(&Warning::PreviousIdentity), "{:?}", vault.warnings());
    assert_eq!((vault.second_medium(), canary_of(&vault, 1)), (false, format!("{NAME}1")));
    drop(vault);
    assert_eq!(open().unwrap().warnings(), []);
    assert!(scratch.file("keys/identity.age").exists());
}

#[test]
fn two_moves_leave_one_file_and_a_way_back_is_free() {
    let scratch = Scratch::with_sites(1);
    let (files, on_stick) = with_stick(&scratch);
    let open = || unlock_with(Arc::clone(&files), &scratch.vault(), RIGHT);
    let mut vault = open().unwrap();
    vault.move_identity(Some(&on_stick), &passphrase(RIGHT)).unwrap();
    vault.move_identity(None, &passphrase(RIGHT)).unwrap();
    vault.move_identity(Some(&scratch.folder.path().join("stick/second.age")), &passphrase(RIGHT)).unwrap();
    assert!(!on_stick.exists());
    drop(vault);
    assert_eq!(canary_of(&open().unwrap(), 1), format!("{NAME}1"));
    assert!(!scratch.file("keys/identity.age").exists());
}

#[test]
fn an_identity_left_behind_is_said() {
    let scratch = Scratch::with_sites(0);
    let on_stick = scratch.folder.path().join("identity.age");
    let copy = std::fs::read(scratch.file("keys/identity.age")).unwrap();
    scratch.open().move_identity(Some(&on_stick), &passphrase(RIGHT)).unwrap();
    drop(scratch.open());
    std::fs::write(scratch.file("keys/identity.age"), copy).unwrap();
    assert!(scratch.open().warnings().contains(&Warning::IdentityLeftBehind));
}

#[test]
fn the_recovery_code_sets_a_new_passphrase() {
    let scratch = Scratch::with_sites(2);
    std::fs::remove_file(scratch.file("keys/identity.age")).unwrap();
    let code = RecoveryCode::parse(&scratch.code.reveal()).unwrap();
    let new = passphrase("after-recovery-9");
    let recovery = Recovery { code: &code, passphrase: &new, identity: None, work_factor: QUICK };
    let vault = Vault::recover(real(), &scratch.vault(), &recovery).unwrap();
    assert_eq!(canary_of(&vault, 2), format!("{NAME}2"));
    drop(vault);
    let mut vault = unlock(&scratch.vault(), "after-recovery-9").unwrap();
    assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
    add_site(&mut vault, 3).unwrap();
    drop(vault);
    let again = Vault::recover(real(), &scratch.vault(), &recovery).unwrap();
    assert_eq!(canary_of(&again, 3), format!("{NAME}3"));
}

#[test]
fn the_lost_identity_opens_nothing_after_recovery() {
    let scratch = Scratch::with_sites(1);
    let lost = std::fs::read(scratch.file("keys/identity.age")).unwrap();
    let new = passphrase("after-recovery-9");
    let recovery = Recovery { code: &scratch.code, passphrase: &new, identity: None, work_factor: QUICK };
    drop(Vault::recover(real(), &scratch.vault(), &recovery).unwrap());
    std::fs::write(scratch.file("keys/identity.age"), lost).unwrap();
    std::fs::remove_file(scratch.file("keys/identity.age.sha256")).unwrap();
    assert!(scratch.open().open_registry().is_err());
}

#[test]
fn another_vaults_code_recovers_nothing() {
    let (scratch, other) = (Scratch::with_sites(1), Scratch::with_sites(0));
    let new = passphrase("after-recovery-9");
    let recovery = Recovery { code: &other.code, passphrase: &new, identity: None, work_factor: QUICK };
    assert_eq!(Vault::recover(real(), &scratch.vault(), &recovery).unwrap_err(), VaultError::OtherRecoveryCode);
    assert_eq!(canary_of(&scratch.open(), 1), format!("{NAME}1"));
}

#[test]
fn one_key_that_nobody_can_open_does_not_hold_the_others_back() {
    let scratch = Scratch::with_sites(2);
    std::fs::write(scratch.file("sites/E01.key.age"), "").unwrap();
    std::fs::write(scratch.file("keys/identity.age"), "").unwrap();
    let new = passphrase("after-recovery-9");
    let recovery = Recovery { code: &scratch.code, passphrase: &new, identity: None, work_factor: QUICK };
    let vault = Vault::recover(real(), &scratch.vault(), &recovery).unwrap();
    assert_eq!(canary_of(&vault, 2), format!("{NAME}2"));
    assert!(vault.open_site(1).is_err());
}

#[test]
fn a_key_lost_with_its_stick_is_recovered_into_the_vault() {
    let scratch = Scratch::with_sites(1);
    let (files, on_stick) = with_stick(&scratch);
    let mut vault = unlock_with(Arc::clone(&files), &scratch.vault(), RIGHT).unwrap();
    vault.move_identity(Some(&on_stick), &passphrase(RIGHT)).unwrap();
    drop(vault);
    std::fs::remove_dir_all(on_stick.parent().unwrap()).unwrap();
    let new = passphrase("after-recovery-9");
    let recovery = Recovery { code: &scratch.code, passphrase: &new, identity: None, work_factor: QUICK };
    drop(Vault::recover(files, &scratch.vault(), &recovery).unwrap());
    for _ in 0..2 {
        let vault = unlock(&scratch.vault(), "after-recovery-9").unwrap();
        assert_eq!((vault.second_medium(), canary_of(&vault, 1)), (false, format!("{NAME}1")));
    }
}

#[test]
fn ids_are_never_given_twice() {
    let scratch = Scratch::with_sites(2);
    let mut vault = scratch.open();
    assert_eq!(vault.next_site(&[]).unwrap(), DatabaseId::Site(3));
    assert_eq!(vault.next_site(&[DatabaseId::Registry, DatabaseId::Site(9)]).unwrap(), DatabaseId::Site(10));
    assert_eq!(vault.new_site(DatabaseId::Site(2)).unwrap_err(), VaultError::TargetExists);
    std::fs::write(scratch.file("sites/E05.db.new"), "").unwrap();
    assert_eq!(vault.next_site(&[]).unwrap(), DatabaseId::Site(6));
}

#[test]
fn orphans_are_named_and_kept() {
    let scratch = Scratch::with_sites(5);
    let [one, two, three, four, five, six] = [1, 2, 3, 4, 5, 6].map(DatabaseId::Site);
    std::fs::remove_file(scratch.file("sites/E01.key.age")).unwrap();
    std::fs::remove_file(scratch.file("sites/E02.db")).unwrap();
    std::fs::write(scratch.file("sites/E07.db.new"), "").unwrap();
    std::fs::write(scratch.file("sites/note.txt"), "").unwrap();
    let before = files_below(&scratch.vault()).len();
    let vault = scratch.open();
    let found = vault.reconcile(&[DatabaseId::Registry, one, two, three, five, six]).unwrap();
    let expected = [
        Orphan::WithoutKey(one),
        Orphan::WithoutDatabase(two),
        Orphan::NotRegistered(four),
        Orphan::Gone(six),
        Orphan::Unfinished(DatabaseId::Site(7)),
        Orphan::Foreign(1),
    ];
    assert_eq!(found, expected);
    assert_eq!(files_below(&scratch.vault()).len(), before);
}

#[test]
fn nothing_stands_in_clear_in_any_file_while_open_or_closed() {
    let scratch = Scratch::with_sites(2);
    let mut vault = scratch.open();
    vault.change_passphrase(&passphrase(RIGHT), &passphrase(RIGHT), QUICK).unwrap();
    let site = vault.open_site(1).unwrap();
    site.connection.execute("INSERT INTO person VALUES (?1)", [NAME]).unwrap();
    let key = String::from_utf8(site.key.to_hex().to_vec()).unwrap();
    let code = scratch.code.reveal().to_string();
    let canaries =
        [NAME.to_owned(), RIGHT.to_owned(), key.clone(), key.to_uppercase(), code, "SQLite format 3".to_owned()];
    assert_eq!(found_in_clear(scratch.folder.path(), &canaries), Vec::<PathBuf>::new());
    checkpoint_and_close(site).unwrap();
    assert!(!scratch.file("sites/E01.db-wal").exists(), "a closed database is one whole file");
    assert_eq!(found_in_clear(scratch.folder.path(), &canaries), Vec::<PathBuf>::new());
}

#[test]
fn every_database_has_a_key_of_its_own() {
    let scratch = Scratch::with_sites(2);
    let vault = scratch.open();
    let keys = [vault.open_registry(), vault.open_site(1), vault.open_site(2)].map(|open| open.unwrap().key.to_hex());
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
}
