//! Power cuts and full disks at every step of our own work on files.

use super::*;
use crate::vault::backup::{self, Credential};
use crate::vault::files::fake::{FakeFiles, Fault};
use crate::vault::rotate::Recovery;

/// Runs `act` with a fault at every step in turn until it gets through, and `check` on what each run left behind.
///
/// Every run starts from a copy of what `prepare` made. `check` is told whether the act was acknowledged. A power cut is
/// tried twice: everything written had reached the disk, and only what was synced had.
fn at_every_step<Made>(
    prepare: impl Fn(&Path) -> Made,
    act: impl Fn(Arc<dyn Files>, &Path, &Made) -> Result<(), VaultError>,
    check: impl Fn(&Path, &Made, bool),
) {
    let template = tempfile::tempdir().unwrap();
    let made = prepare(template.path());
    for (fault, lose) in [(Fault::PowerCut, true), (Fault::PowerCut, false), (Fault::DiskFull, false)] {
        let mut step = 1;
        loop {
            let folder = tempfile::tempdir().unwrap();
            copy_tree(template.path(), folder.path());
            let files = FakeFiles::with_fault(folder.path(), step, fault);
            let done = act(Arc::new(files.clone()), folder.path(), &made);
            if lose {
                files.lose_what_was_not_synced().unwrap();
            }
            check(folder.path(), &made, done.is_ok());
            if files.steps() < step {
                assert!(done.is_ok(), "fails without a fault: {done:?}");
                break;
            }
            step += 1;
        }
        assert!(step > 4, "only {step} steps");
    }
}

fn copy_tree(from: &Path, to: &Path) {
    for name in RealFiles.list(from).unwrap() {
        let (source, target) = (from.join(&name), to.join(&name));
        if source.is_dir() {
            RealFiles.create_dir(&target).unwrap();
            copy_tree(&source, &target);
        } else {
            std::fs::copy(source, target).unwrap();
        }
    }
}

fn prepared(sites: u32) -> impl Fn(&Path) -> RecoveryCode {
    move |folder| {
        let (mut vault, code) = create(real(), &folder.join("vault"), None).unwrap();
        (1..=sites).for_each(|number| add_site(&mut vault, number).unwrap());
        code
    }
}

#[test]
fn a_vault_is_made_whole_or_not_at_all() {
    at_every_step(
        |_| (),
        |files, folder, _| create(files, &folder.join("vault"), None).map(drop),
        |folder, _, done| {
            let vault = folder.join("vault");
            match unlock(&vault, RIGHT) {
                Ok(vault) => assert!(vault.open_registry().is_ok()),
                Err(VaultError::NotAVault) => {
                    assert!(!done, "acknowledged and gone");
                    assert!(create(real(), &vault, None).is_ok(), "a second start succeeds");
                }
                Err(other) => panic!("{other:?}"),
            }
        },
    );
}

#[test]
fn a_new_establishment_is_whole_or_an_orphan_that_is_named() {
    at_every_step(
        prepared(1),
        |files, folder, _| unlock_with(files, &folder.join("vault"), RIGHT)?.new_site(DatabaseId::Site(2)).map(drop),
        |folder, _, done| {
            let mut vault = unlock(&folder.join("vault"), RIGHT).unwrap();
            assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
            if done {
                assert!(vault.open_site(2).is_ok());
            } else if vault.open_site(2).is_err() {
                let leftover = vault.layout().key(DatabaseId::Site(2)).exists();
                assert!(!leftover || !vault.reconcile(&[DatabaseId::Site(1)]).unwrap().is_empty());
            }
            let next = vault.next_site(&[DatabaseId::Site(1)]).unwrap();
            assert!(vault.new_site(next).is_ok(), "the next one can be made");
        },
    );
}

#[test]
fn the_old_or_the_new_passphrase_opens() {
    const NEW: &str = "another-passphrase-8";
    at_every_step(
        prepared(1),
        |files, folder, _| {
            unlock_with(files, &folder.join("vault"), RIGHT)?.change_passphrase(
                &passphrase(RIGHT),
                &passphrase(NEW),
                QUICK,
            )
        },
        |folder, _, done| {
            let opened = unlock(&folder.join("vault"), NEW);
            assert!(opened.is_ok() || !done, "acknowledged and not in force");
            let vault = opened.or_else(|_| unlock(&folder.join("vault"), RIGHT)).unwrap();
            assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
        },
    );
}

#[test]
fn the_identity_is_whole_where_the_vault_says_it_is() {
    at_every_step(
        prepared(1),
        |files, folder, _| {
            let stick = folder.join("stick.age");
            unlock_with(files, &folder.join("vault"), RIGHT)?.move_identity(Some(&stick), &passphrase(RIGHT))
        },
        |folder, _, done| {
            let vault = unlock(&folder.join("vault"), RIGHT).unwrap();
            assert!(vault.header().identity.is_some() || !done);
            assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
        },
    );
}

#[test]
fn the_first_unlock_after_a_move_settles_it_or_leaves_both_files() {
    at_every_step(
        |folder| {
            let code = prepared(1)(folder);
            let mut vault = unlock(&folder.join("vault"), RIGHT).unwrap();
            vault.move_identity(Some(&folder.join("stick.age")), &passphrase(RIGHT)).unwrap();
            code
        },
        |files, folder, _| {
            // The steps on the kept file may fail: what counts is that it opens afterwards.
            let _ = unlock_with(files, &folder.join("vault"), RIGHT)?;
            Ok(())
        },
        |folder, _, _| {
            // The template's own path stands in the header; this copy of the folder has its own stick.
            let stick = folder.join("stick.age");
            let typed = passphrase(RIGHT);
            let unlock_at = Unlock { passphrase: &typed, identity: Some(&stick), day: day() };
            let vault = Vault::unlock(real(), &folder.join("vault"), &unlock_at).unwrap();
            assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
        },
    );
}

#[test]
fn a_recovery_onto_a_new_stick_leaves_the_old_or_the_new_identity_and_can_be_repeated() {
    const NEW: &str = "after-recovery-9";
    let recover = |files, folder: &Path, code: &RecoveryCode, name: &str| {
        let new = passphrase(NEW);
        let identity = Some(folder.join(name));
        let recovery = Recovery { code, passphrase: &new, identity, work_factor: QUICK };
        Vault::recover(files, &folder.join("vault"), &recovery).map(drop)
    };
    let act = |files, folder: &Path, code: &RecoveryCode| recover(files, folder, code, "stick.age");
    at_every_step(prepared(1), act, |folder, code, done| {
        let opened = unlock(&folder.join("vault"), NEW);
        assert!(opened.is_ok() || !done, "acknowledged and not in force");
        let vault = opened.or_else(|_| unlock(&folder.join("vault"), RIGHT)).unwrap();
        assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
        drop(vault);
        recover(real(), folder, code, "another.age").unwrap();
        assert_eq!(canary_of(&unlock(&folder.join("vault"), NEW).unwrap(), 1), format!("{NAME}1"));
    });
}

#[test]
fn a_recovery_cut_off_leaves_the_old_or_the_new_identity_and_can_be_repeated() {
    const NEW: &str = "after-recovery-9";
    let recover = |files, folder: &Path, code: &RecoveryCode| {
        let new = passphrase(NEW);
        let recovery = Recovery { code, passphrase: &new, identity: None, work_factor: QUICK };
        Vault::recover(files, &folder.join("vault"), &recovery).map(drop)
    };
    at_every_step(prepared(2), recover, |folder, code, done| {
        let opened = unlock(&folder.join("vault"), NEW);
        assert!(opened.is_ok() || !done, "acknowledged and not in force");
        let vault = opened.or_else(|_| unlock(&folder.join("vault"), RIGHT)).unwrap();
        assert_eq!(canary_of(&vault, 2), format!("{NAME}2"));
        drop(vault);
        recover(real(), folder, code).unwrap();
        let vault = unlock(&folder.join("vault"), NEW).unwrap();
        assert_eq!(canary_of(&vault, 1), format!("{NAME}1"));
    });
}

#[test]
fn a_failed_unlock_is_counted_or_not_and_nothing_else_changes() {
    at_every_step(
        |folder| {
            let code = prepared(0)(folder);
            unlock(&folder.join("vault"), "wrong-passphrase-1").unwrap_err();
            code
        },
        |files, folder, _| match unlock_with(files, &folder.join("vault"), "wrong-passphrase-1") {
            Err(VaultError::Identity(crate::vault::IdentityError::WrongPassphrase)) => Ok(()),
            other => panic!("{other:?}"),
        },
        |folder, _, _| {
            let vault = unlock(&folder.join("vault"), RIGHT).unwrap();
            assert!([1, 2].contains(&vault.failed_unlocks().unwrap().count));
        },
    );
}

#[test]
fn a_backup_is_whole_or_not_there() {
    at_every_step(
        prepared(1),
        |files, folder, _| {
            let vault = unlock_with(files, &folder.join("vault"), RIGHT)?;
            super::backup::back_up(&vault, &folder.join("b.age")).map(drop)
        },
        |folder, code, done| {
            let file = folder.join("b.age");
            assert!(file.exists() || !done, "acknowledged and gone");
            if file.exists() {
                assert!(backup::verify(&RealFiles, &file, &Credential::Recovery(code)).is_ok(), "named and not whole");
            }
            assert_eq!(canary_of(&unlock(&folder.join("vault"), RIGHT).unwrap(), 1), format!("{NAME}1"));
        },
    );
}

#[test]
fn a_restored_vault_is_whole_or_not_there() {
    at_every_step(
        |folder| {
            let code = prepared(1)(folder);
            super::backup::back_up(&unlock(&folder.join("vault"), RIGHT).unwrap(), &folder.join("b.age")).unwrap();
            code
        },
        |files, folder, code| {
            backup::restore(&*files, &folder.join("b.age"), &folder.join("new"), &Credential::Recovery(code)).map(drop)
        },
        |folder, code, done| {
            let target = folder.join("new");
            match unlock(&target, RIGHT) {
                Ok(vault) => assert_eq!(canary_of(&vault, 1), format!("{NAME}1")),
                Err(VaultError::NotAVault) => {
                    assert!(!done, "acknowledged and gone");
                    backup::restore(&RealFiles, &folder.join("b.age"), &target, &Credential::Recovery(code)).unwrap();
                }
                Err(other) => panic!("{other:?}"),
            }
        },
    );
}

#[test]
fn an_exported_document_is_whole_or_not_there() {
    const CONTENT: [u8; 5000] = [7; 5000];
    at_every_step(
        |_| (),
        |files, folder, _| Ok(files.publish(&folder.join("E01-2026-0001.pdf"), &CONTENT)?),
        |folder, _, done| match std::fs::read(folder.join("E01-2026-0001.pdf")) {
            Ok(content) => assert_eq!(content, CONTENT),
            Err(_) => assert!(!done, "acknowledged and gone"),
        },
    );
}

#[test]
fn a_file_in_clear_is_there_until_its_seal_can_be_read() {
    const CONTENT: [u8; 5000] = [7; 5000];
    at_every_step(
        |folder| {
            std::fs::write(folder.join("hours.csv"), CONTENT).unwrap();
            prepared(0)(folder)
        },
        |files, folder, _| {
            unlock_with(files, &folder.join("vault"), RIGHT)?.seal_beside(&folder.join("hours.csv")).map(drop)
        },
        |folder, _, done| {
            let (clear, sealed) = (folder.join("hours.csv"), folder.join("hours.csv.age"));
            assert!(!done || !clear.exists(), "acknowledged and still in clear");
            if clear.exists() {
                assert_eq!(std::fs::read(&clear).unwrap(), CONTENT);
                unlock(&folder.join("vault"), RIGHT).unwrap().seal_beside(&clear).unwrap();
            }
            let opened = unlock(&folder.join("vault"), RIGHT).unwrap().owner;
            let content = crate::vault::seal::open(&opened.secret, &std::fs::read(&sealed).unwrap(), 6000).unwrap();
            assert_eq!(content.as_slice(), CONTENT);
        },
    );
}
