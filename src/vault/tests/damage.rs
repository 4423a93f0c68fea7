//! Damaged, swapped, foreign and newer files: each found, and named for what it is.

use rusqlite::Connection;

use super::*;
use crate::vault::database::broken_pages;
use crate::vault::{DatabaseError, ErrorClass, IdentityError};

fn site_error(scratch: &Scratch, number: u32) -> DatabaseError {
    match scratch.open().open_site(number).unwrap_err() {
        VaultError::Database(error) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_flipped_byte_in_the_identity_is_damage_and_no_wrong_passphrase() {
    let scratch = Scratch::with_sites(0);
    let identity = scratch.file("keys/identity.age");
    for at in (0..std::fs::metadata(&identity).unwrap().len() as usize).step_by(11) {
        flip(&identity, at);
        let error = unlock(&scratch.vault(), RIGHT).unwrap_err();
        let named = [IdentityError::Damaged, IdentityError::UnknownFormat, IdentityError::ExcessiveWork(0)];
        let VaultError::Identity(error) = error else { panic!("{error:?}") };
        assert!(
            named.iter().any(|known| std::mem::discriminant(known) == std::mem::discriminant(&error)),
            "{at} {error:?}"
        );
        flip(&identity, at);
    }
    assert!(unlock(&scratch.vault(), RIGHT).is_ok());
}

#[test]
fn a_missing_identity_is_named() {
    let scratch = Scratch::with_sites(0);
    std::fs::remove_file(scratch.file("keys/identity.age")).unwrap();
    let error = unlock(&scratch.vault(), RIGHT).unwrap_err();
    assert_eq!((error, error.class()), (VaultError::Identity(IdentityError::Missing), ErrorClass::Locked));
}

#[test]
fn the_identity_of_another_vault_is_named() {
    let (scratch, other) = (Scratch::with_sites(0), Scratch::with_sites(0));
    for name in ["keys/identity.age", "keys/identity.age.sha256"] {
        std::fs::copy(other.file(name), scratch.file(name)).unwrap();
    }
    assert_eq!(unlock(&scratch.vault(), RIGHT).unwrap_err(), VaultError::Identity(IdentityError::OtherVault));
}

#[test]
fn a_folder_that_is_no_vault_a_damaged_header_and_a_newer_vault_differ() {
    let scratch = Scratch::with_sites(0);
    assert_eq!(unlock(scratch.folder.path(), RIGHT).unwrap_err(), VaultError::NotAVault);
    std::fs::write(scratch.file("vault.json"), "{").unwrap();
    assert_eq!(unlock(&scratch.vault(), RIGHT).unwrap_err(), VaultError::DamagedHeader);
    std::fs::write(scratch.file("vault.json"), r#"{"format":9}"#).unwrap();
    let error = unlock(&scratch.vault(), RIGHT).unwrap_err();
    assert_eq!(error, VaultError::NewerVersion { found: 9, known: 1 });
    assert_eq!(error.class(), ErrorClass::Damaged);
}

#[test]
fn a_flipped_byte_in_a_key_file_is_named() {
    let scratch = Scratch::with_sites(1);
    let key = scratch.file("sites/E01.key.age");
    for at in (0..std::fs::metadata(&key).unwrap().len() as usize).step_by(13) {
        flip(&key, at);
        assert!(scratch.open().open_site(1).is_err(), "byte {at}");
        flip(&key, at);
    }
    let last = std::fs::metadata(&key).unwrap().len() as usize - 1;
    flip(&key, last);
    assert_eq!(site_error(&scratch, 1), DatabaseError::KeyDamaged(DatabaseId::Site(1)));
}

#[test]
fn a_flipped_byte_in_the_first_page_is_named() {
    let scratch = Scratch::with_sites(2);
    for at in [0, 20, 100, 4000] {
        flip(&scratch.file("sites/E01.db"), at);
        assert_eq!(site_error(&scratch, 1), DatabaseError::Damaged(DatabaseId::Site(1)), "byte {at}");
        flip(&scratch.file("sites/E01.db"), at);
    }
    assert_eq!(canary_of(&scratch.open(), 1), format!("{NAME}1"));
}

#[test]
fn a_flipped_byte_in_a_later_page_is_found_by_the_check() {
    let scratch = Scratch::with_sites(1);
    let database = scratch.file("sites/E01.db");
    assert_eq!(broken_pages(&scratch.open().open_site(1).unwrap()), Ok(0));
    let length = std::fs::metadata(&database).unwrap().len() as usize;
    flip(&database, length - 2000);
    let vault = scratch.open();
    let site = vault.open_site(1).unwrap();
    assert_eq!(broken_pages(&site), Ok(1));
    assert!(site.connection.query_row("SELECT name FROM person", [], |row| row.get::<_, String>(0)).is_err());
}

#[test]
fn swapped_databases_are_named() {
    let scratch = Scratch::with_sites(2);
    let [one, two] = [1, 2].map(DatabaseId::Site);
    swap(&scratch.file("sites/E01.db"), &scratch.file("sites/E02.db"));
    assert_eq!(site_error(&scratch, 1), DatabaseError::Swapped { expected: one, found: two });
    assert_eq!(site_error(&scratch, 2), DatabaseError::Swapped { expected: two, found: one });
}

#[test]
fn swapped_key_files_are_named() {
    let scratch = Scratch::with_sites(2);
    let [one, two] = [1, 2].map(DatabaseId::Site);
    swap(&scratch.file("sites/E01.key.age"), &scratch.file("sites/E02.key.age"));
    assert_eq!(site_error(&scratch, 1), DatabaseError::KeySwapped { expected: one, found: two });
    swap(&scratch.file("sites/E01.db"), &scratch.file("sites/E02.db"));
    assert_eq!(site_error(&scratch, 2), DatabaseError::KeySwapped { expected: two, found: one });
}

#[test]
fn a_database_of_another_vault_does_not_open() {
    let (scratch, other) = (Scratch::with_sites(1), Scratch::with_sites(1));
    std::fs::copy(other.file("sites/E01.db"), scratch.file("sites/E01.db")).unwrap();
    assert_eq!(site_error(&scratch, 1), DatabaseError::Damaged(DatabaseId::Site(1)));
    std::fs::copy(other.file("sites/E01.key.age"), scratch.file("sites/E01.key.age")).unwrap();
    assert_eq!(site_error(&scratch, 1), DatabaseError::KeyDamaged(DatabaseId::Site(1)));
}

#[test]
fn missing_files_are_named_and_no_plain_file_takes_their_place() {
    let scratch = Scratch::with_sites(2);
    std::fs::remove_file(scratch.file("sites/E01.db")).unwrap();
    std::fs::remove_file(scratch.file("sites/E02.key.age")).unwrap();
    assert_eq!(site_error(&scratch, 1), DatabaseError::Missing(DatabaseId::Site(1)));
    assert_eq!(site_error(&scratch, 2), DatabaseError::KeyMissing(DatabaseId::Site(2)));
    assert!(!scratch.file("sites/E01.db").exists());
}

#[test]
fn a_plain_or_empty_file_is_not_taken_for_a_database() {
    let scratch = Scratch::with_sites(1);
    let database = scratch.file("sites/E01.db");
    std::fs::remove_file(&database).unwrap();
    Connection::open(&database).unwrap().execute_batch("CREATE TABLE person (name TEXT)").unwrap();
    assert_eq!(site_error(&scratch, 1), DatabaseError::NotEncrypted(DatabaseId::Site(1)));
    std::fs::write(&database, "").unwrap();
    assert_eq!(site_error(&scratch, 1), DatabaseError::Damaged(DatabaseId::Site(1)));
}

#[test]
fn a_database_of_a_newer_program_is_named() {
    let scratch = Scratch::with_sites(1);
    let site = scratch.open().open_site(1).unwrap();
    site.connection.execute("UPDATE vault_meta SET value = '2' WHERE key = 'format'", []).unwrap();
    checkpoint_and_close(site).unwrap();
    assert_eq!(site_error(&scratch, 1), DatabaseError::Newer(DatabaseId::Site(1)));
}

#[test]
fn no_error_text_holds_a_canary() {
    let scratch = Scratch::with_sites(2);
    let key = String::from_utf8(scratch.open().open_site(1).unwrap().key.to_hex().to_vec()).unwrap();
    let mut texts = vec![format!("{:?}", unlock(&scratch.vault(), "wrong-CANARY-77").unwrap_err())];
    flip(&scratch.file("sites/E01.db"), 100);
    let vault = scratch.open();
    for error in [unlock(&scratch.vault(), "wrong-CANARY-77").unwrap_err(), vault.open_site(1).unwrap_err()] {
        texts.extend([format!("{error}"), format!("{error:?}"), format!("{error:#?}")]);
    }
    texts.push(format!("{vault:?} {:?}", vault.open_site(2).unwrap().key));
    let shown = texts.join("\n");
    for canary in ["CANARY", &key, "PRAGMA", &*scratch.vault().to_string_lossy()] {
        assert!(!shown.contains(canary), "{canary} in {shown}");
    }
}
