//! What was put back, swapped, damaged or changed behind our back is found, and named for what it is.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use junkai::domain::EstablishmentId;
use junkai::domain::command::{Act, Command};

use crate::kills::{IMPORT, month};
use crate::scratch::Scratch;

/// The page size of every database.
const PAGE: usize = 4096;
const E01: &str = "vault/sites/E01.db";

fn pair(place: &str, kind: &str) -> (String, String) {
    (place.to_owned(), kind.to_owned())
}

/// A day's work at the first establishment: a month is taken in, a person moves, a list is opened.
fn work(scratch: &Scratch) {
    let site = Arc::clone(scratch.desk().site(&EstablishmentId::new(1)).unwrap());
    fs::write(scratch.path("month.csv"), month(&site, 7)).unwrap();
    scratch.run(&IMPORT, "").imported();
    let mut desk = scratch.desk();
    let id = EstablishmentId::new(1);
    let mut worker = desk.site(&id).unwrap().workers.first().unwrap().clone();
    worker.department = "検査課".to_owned();
    let subject = worker.id.to_string();
    desk.perform(&id, &Command::new(Act::EditWorker, subject).put(worker)).unwrap();
    desk.viewed(&id, "労働者一覧").unwrap();
    desk.lock().unwrap();
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

fn swap(scratch: &Scratch, extension: &str) {
    let [one, two] = ["E01", "E02"].map(|id| scratch.path(&format!("vault/sites/{id}.{extension}")));
    let (first, second) = (fs::read(&one).unwrap(), fs::read(&two).unwrap());
    fs::write(one, second).unwrap();
    fs::write(two, first).unwrap();
}

/// What the check says about an establishment that does not open.
#[track_caller]
fn assert_not_open(scratch: &Scratch, place: &str, sentence: &str) {
    let answer = scratch.run(&["--json", "check"], "").with_code(1);
    let objects = answer.objects();
    let found = objects.iter().find(|object| object["place"] == place).unwrap_or_else(|| panic!("{answer:?}"));
    assert_eq!(found["kind"], "not_open", "{answer:?}");
    assert!(found["sentence"].as_str().unwrap().contains(sentence), "{answer:?}");
    // No answer silently leaves one out.
    let refused = scratch.run(&["worklist"], "").with_code(4);
    assert!(refused.err.contains("開けませんでした"), "{refused:?}");
}

#[test]
fn a_whole_vault_is_not_called_more_than_it_is() {
    let scratch = Scratch::demo();
    scratch.assert_clean();
    let verified = scratch.run(&["audit", "--verify"], "").with_code(0);
    assert_eq!(verified.out.trim(), junkai::runtime::NOTHING_FOUND);
    assert!(verified.out.contains("壊れていません。") && verified.out.contains("控えとの照合がないと判りません。"));
}

#[test]
fn yesterdays_database_is_named_by_the_registrys_head() {
    let scratch = Scratch::demo();
    let yesterday = fs::read(scratch.path(E01)).unwrap();
    work(&scratch);
    scratch.assert_clean();
    fs::write(scratch.path(E01), yesterday).unwrap();
    let answer = scratch.run(&["--json", "check"], "").with_code(1);
    let objects = answer.objects();
    assert_eq!((&objects[0]["place"], &objects[0]["kind"]), (&"E01".into(), &"audit_shortened".into()), "{answer:?}");
    assert!(objects[0]["sentence"].as_str().unwrap().contains("古い状態に戻されています。"), "{answer:?}");
    assert_eq!(scratch.broken_chains(), [pair("E01", "audit_shortened")]);
}

/// Every page that changed in a day is put back alone. SQLCipher takes it for whole; the comparison does not, unless the
/// page says the same as before (a counter of changes, an entry that was taken out of an index and put in again).
#[test]
fn one_old_page_is_found_wherever_it_lies() {
    let scratch = Scratch::demo();
    let old = fs::read(scratch.path(E01)).unwrap();
    work(&scratch);
    let new = fs::read(scratch.path(E01)).unwrap();
    let content = scratch.content(1);
    let page_of = |bytes: &[u8], page: usize| bytes[page * PAGE..(page + 1) * PAGE].to_vec();
    let changed: Vec<usize> =
        (0..old.len() / PAGE).filter(|page| page_of(&old, *page) != page_of(&new, *page)).collect();
    let mut found = 0;
    for page in &changed {
        let mut mixed = new.clone();
        mixed[page * PAGE..(page + 1) * PAGE].copy_from_slice(&page_of(&old, *page));
        fs::write(scratch.path(E01), mixed).unwrap();
        match scratch.findings() {
            named if named.is_empty() => assert_eq!(scratch.content(1), content, "page {page} was put back unseen"),
            named => {
                assert!(named.iter().all(|(place, _)| place == "E01"), "page {page}: {named:?}");
                found += 1;
            }
        }
    }
    assert!(found >= 10, "{found} of {changed:?}");
}

#[test]
fn swapped_databases_and_swapped_keys_are_named() {
    let scratch = Scratch::demo();
    swap(&scratch, "db");
    assert_not_open(&scratch, "E01", "E01 の場所に E02 のデータベースがあります");
    swap(&scratch, "db");
    swap(&scratch, "key.age");
    assert_not_open(&scratch, "E02", "E02 の鍵ファイルの場所に E01 の鍵ファイルがあります");
    swap(&scratch, "key.age");
    scratch.assert_clean();
}

#[test]
fn a_damaged_identity_is_no_wrong_passphrase() {
    let scratch = Scratch::demo();
    let identity = scratch.path("vault/keys/identity.age");
    let length = fs::metadata(&identity).unwrap().len() as usize;
    for at in [length / 2, length - 1] {
        flip(&identity, at);
        let answer = scratch.run(&["check"], "").with_code(4);
        assert!(answer.err.contains("本人鍵のファイルが壊れています。"), "{answer:?}");
        flip(&identity, at);
    }
    fs::write(&identity, "").unwrap();
    scratch.run(&["check"], "").with_code(4);
}

#[test]
fn a_truncated_database_is_named() {
    let scratch = Scratch::demo();
    let whole = fs::read(scratch.path(E01)).unwrap();
    for length in [0, 100, whole.len() / 2, whole.len() - PAGE, whole.len() - 1] {
        fs::write(scratch.path(E01), &whole[..length]).unwrap();
        let found = scratch.findings();
        assert!(found.iter().any(|(place, _)| place == "E01"), "{length}: {found:?}");
        assert!(found.iter().all(|(place, _)| place != "E02"), "{length}: {found:?}");
    }
}

#[test]
fn a_flipped_bit_in_any_page_is_named() {
    let scratch = Scratch::demo();
    let pages = fs::metadata(scratch.path(E01)).unwrap().len() as usize / PAGE;
    for page in [1, pages / 3, pages / 2, pages - 1] {
        flip(&scratch.path(E01), page * PAGE + 77);
        let found = scratch.findings();
        let named = |kind: &str| found.contains(&pair("E01", kind));
        assert!(named("pages") || named("not_open"), "page {page}: {found:?}");
        flip(&scratch.path(E01), page * PAGE + 77);
    }
    scratch.assert_clean();
}

#[test]
fn a_flipped_bit_in_the_registry_is_named() {
    let scratch = Scratch::demo();
    let registry = scratch.path("vault/registry.db");
    flip(&registry, 77);
    let answer = scratch.run(&["check"], "").with_code(4);
    assert!(answer.err.contains("registry のデータベースが壊れています。"), "{answer:?}");
}

#[test]
fn audit_lines_removed_changed_inserted_or_cut_off_are_told_apart() {
    let insert = "INSERT INTO audit SELECT max(number) + 1, at, event, subject, detail, digest FROM audit";
    let shift =
        "UPDATE audit SET number = -number - 1 WHERE number >= 5; UPDATE audit SET number = -number WHERE number < 0;
                 INSERT INTO audit SELECT 5, at, event, subject, detail, digest FROM audit WHERE number = 4";
    let cases: [(&str, &[&str]); 5] = [
        ("DELETE FROM audit WHERE number = 5", &["audit_gap", "audit_changed"]),
        ("UPDATE audit SET subject = 'E01-W0002' WHERE number = 5", &["audit_changed"]),
        (insert, &["audit_changed"]),
        (shift, &["audit_changed", "audit_changed"]),
        ("DELETE FROM audit WHERE number > 5", &["audit_shortened"]),
    ];
    for (statement, expected) in cases {
        let scratch = Scratch::demo();
        scratch.sql(1, statement);
        let expected: Vec<_> = expected.iter().map(|kind| pair("E01", kind)).collect();
        let found = scratch.broken_chains();
        assert!(expected.iter().all(|each| found.contains(each)), "{statement}: {found:?}");
        assert_eq!(scratch.findings(), found, "{statement}");
    }
}

#[test]
fn lines_cut_off_the_registrys_own_chain_are_found() {
    for (statement, kind) in [
        ("DELETE FROM audit WHERE number = 2", "audit_gap"),
        ("UPDATE audit SET detail = 'x' WHERE number = 2", "audit_changed"),
        ("DELETE FROM audit WHERE number > 1", "audit_shortened"),
    ] {
        let scratch = Scratch::demo();
        scratch.sql(0, statement);
        assert!(scratch.broken_chains().contains(&pair("registry", kind)), "{statement}");
    }
}

#[test]
fn rows_changed_behind_the_journals_back_are_named() {
    let first = "(SELECT min(id) FROM worker)";
    let copy = "INSERT INTO place SELECT substr(id, 1, 5) || '9999', name, position, retired_on FROM place LIMIT 1";
    for (statement, kind) in [
        (format!("UPDATE worker SET name = 'x' WHERE id = {first}"), "row"),
        ("DELETE FROM visit".to_owned(), "presence"),
        (copy.to_owned(), "presence"),
        ("DELETE FROM batch WHERE id = (SELECT min(id) FROM batch)".to_owned(), "presence"),
        (format!("DELETE FROM hours WHERE nth = 0 AND worker = {first}"), "batch"),
        (format!("UPDATE hours SET low_s = low_s + 3600, high_s = high_s + 3600 WHERE worker = {first}"), "batch"),
        (format!("UPDATE hours SET source_text = '1' WHERE worker = {first}"), "batch"),
        (format!("UPDATE hours SET worker = 'E01-W9999' WHERE worker = {first}"), "reference"),
    ] {
        let scratch = Scratch::demo();
        scratch.sql(1, &statement);
        let found = scratch.findings();
        assert!(found.contains(&pair("E01", kind)), "{statement}: {found:?}");
        assert!(found.iter().all(|(place, _)| place == "E01"), "{statement}: {found:?}");
    }
}

/// The newest head of a backup is an anchor outside: what was put back whole is found where a line of it is missing.
#[test]
fn a_database_older_than_a_backup_is_found_by_the_heads_kept_with_it() {
    let scratch = Scratch::demo();
    let yesterday = fs::read(scratch.path(E01)).unwrap();
    work(&scratch);
    scratch.run(&["backup", "backup.age"], "").with_code(0);
    // The registry's own memory of the heads is lost; the one beside the backup stays.
    scratch.sql(0, "DELETE FROM head");
    fs::write(scratch.path(E01), yesterday).unwrap();
    assert!(scratch.findings().contains(&pair("E01", "audit_shortened")));
}
