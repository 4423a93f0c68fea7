//! What was taken in goes again: to the last row where nothing followed, else but for what is named; twice changes nothing.

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestCaseResult};

use super::dump::{Dump, Hours};
use super::files::{Wild, of_any_kind, of_kind};
use super::rows::answered;
use super::{Room, new_rows, read, site};
use crate::domain::command::{Act, Command};
use crate::domain::hours::BatchKind;
use crate::domain::intake::{Stay, Staying};
use crate::domain::worker::{AttributeKind, WorkerAttribute};
use crate::domain::{AnyRecord, Id, Prefix, Table};
use crate::runtime::Desk;

/// A batch that stands: its operation, its id, and what it changed.
#[derive(Debug, Clone)]
struct Taken {
    number: i64,
    batch: String,
    before: Dump,
    after: Dump,
}

impl Taken {
    fn touched(&self) -> BTreeSet<(String, String)> {
        self.before.differing(&self.after)
    }
}

/// Takes a file in, answered as it says; none where nothing of it comes in.
fn take_in(desk: &mut Desk, wild: &Wild) -> Result<Option<Taken>, TestCaseError> {
    let Some((file, rows)) = answered(desk, wild)? else { return Ok(None) };
    let before = Dump::of(desk);
    // A file may still be refused as a whole: its reading is open, or the gate is shut.
    let Ok(number) = desk.accept_shown(&file) else {
        prop_assert_eq!(Dump::of(desk), before, "refused and half written");
        return Ok(None);
    };
    let Some(number) = number else {
        prop_assert_eq!(new_rows(&rows), 0, "nothing of it was new");
        prop_assert_eq!(Dump::of(desk), before);
        return Ok(None);
    };
    let operation = desk.site(&site()).unwrap().history.iter().find(|done| done.number == number).cloned().unwrap();
    let batch = operation.batch.unwrap().to_string();
    let kept = desk.site(&site()).unwrap().batches.iter().find(|kept| kept.id.as_str() == batch).cloned().unwrap();
    prop_assert_eq!(usize::try_from(kept.rows).unwrap(), file.table.row_count());
    let after = Dump::of(desk);
    the_same_again(desk, wild, &file.decisions.left, &after)?;
    Ok(Some(Taken { number, batch, before, after }))
}

/// The same bytes a second time hold nothing new, whatever was answered and remembered the first time. Rows that were
/// left out are left out again: what was learnt from another row may have made them plain ones.
fn the_same_again(desk: &mut Desk, wild: &Wild, left: &HashSet<u32>, after: &Dump) -> TestCaseResult {
    let mut file = read(desk, &wild.bytes, wild.kind).unwrap();
    file.decisions.left.clone_from(left);
    if let Ok(rows) = desk.rows_of(&file) {
        prop_assert_eq!(new_rows(&rows), 0, "{:?}", rows);
    }
    let again = desk.accept_shown(&file);
    prop_assert!(matches!(again, Ok(None) | Err(_)), "{:?}", again);
    prop_assert_eq!(&Dump::of(desk), after, "the same file twice");
    Ok(())
}

fn sound(desk: &mut Desk) -> TestCaseResult {
    let faults = desk.open_site(&site()).unwrap().store.check(None).unwrap();
    prop_assert!(faults.is_empty(), "{:?}", faults);
    Ok(())
}

fn key_of(left: &Staying) -> (String, String) {
    (left.table.name().to_owned(), left.key.clone())
}

/// What must stand after `taken` was taken back and left `staying`, from what stood then.
fn expected(taken: &Taken, now: &Dump, staying: &[Staying], other: &[Taken]) -> Dump {
    let stays: BTreeSet<(String, String)> = staying.iter().map(key_of).collect();
    let mut dump = now.clone();
    for key in taken.touched().into_iter().filter(|key| !stays.contains(key)) {
        match taken.before.records.get(&key) {
            Some(row) => _ = dump.records.insert(key, row.clone()),
            None => _ = dump.records.remove(&key),
        }
    }
    dump.lines.retain(|(batch, table, key, _)| *batch != taken.batch || stays.contains(&(table.clone(), key.clone())));
    dump.hours = hours_without(taken, now, other);
    dump
}

/// The rows of a batch go; of each cell the newest of what is left is in force, and each older one is replaced by the next.
fn hours_without(taken: &Taken, now: &Dump, other: &[Taken]) -> BTreeSet<Hours> {
    let age = |row: &Hours| other.iter().position(|one| one.batch == row.batch).map_or(0, |place| place + 1);
    let mut left: Vec<Hours> = now.hours.iter().filter(|row| row.batch != taken.batch).cloned().collect();
    left.sort_by_key(|row| (row.of.clone(), age(row)));
    let next: Vec<Option<String>> = (0..left.len())
        .map(|place| left.get(place + 1).filter(|next| next.of == left[place].of).map(|next| next.batch.clone()))
        .collect();
    left.into_iter().zip(next).map(|(row, replaced_by)| Hours { replaced_by, ..row }).collect()
}

/// Every row that stays has its reason.
fn reasoned(taken: &Taken, now: &Dump, after: &Dump, staying: &[Staying]) -> TestCaseResult {
    for left in staying.iter().filter(|left| left.table != Table::Batch) {
        let key = key_of(left);
        prop_assert!(taken.touched().contains(&key), "{:?} is not of this batch", left);
        let is_changed = now.records.get(&key) != taken.after.records.get(&key);
        let names = |(other, row): (&(String, String), &String)| *other != key && row.contains(&left.key);
        let has_records = after.records.iter().any(names) || after.hours.iter().any(|row| row.of.contains(&left.key));
        match left.why {
            Stay::ChangedLater => prop_assert!(is_changed, "{:?}", left),
            Stay::HasRecords => prop_assert!(has_records, "{:?}", left),
            Stay::Cited => {}
            Stay::UsedLater | Stay::SaidLater => prop_assert!(false, "only an erasing tells of {:?}", left),
        }
    }
    let changed = taken.touched().into_iter().filter(|key| now.records.get(key) != taken.after.records.get(key));
    let stays: BTreeSet<(String, String)> = staying.iter().map(key_of).collect();
    for key in changed.filter(|key| key.0 != "batch") {
        prop_assert!(stays.contains(&key), "{:?} was changed since and is not named", key);
    }
    Ok(())
}

/// Takes a batch back and sees that it left exactly what it says; `other` are the batches that stood, oldest first.
fn take_back(desk: &mut Desk, taken: &Taken, other: &[Taken]) -> Result<Vec<Staying>, TestCaseError> {
    let now = Dump::of(desk);
    let staying = desk.undo(&site(), Some(taken.number)).unwrap().staying;
    let after = Dump::of(desk);
    let mut wanted = expected(taken, &now, &staying, other);
    let batch = ("batch".to_owned(), taken.batch.clone());
    match staying.is_empty() {
        true => prop_assert!(!after.records.contains_key(&batch)),
        false => {
            let row = after.records.get(&batch).cloned().unwrap_or_default();
            prop_assert!(row.ends_with("2026-11-20"), "it stands as taken back: {}", row);
            wanted.records.insert(batch, row);
        }
    }
    prop_assert_eq!(&after, &wanted, "left {:?}", staying);
    reasoned(taken, &now, &after, &staying)?;
    sound(desk)?;
    Ok(staying)
}

/// Changes one of the rows that a batch brought, or lets something follow it.
fn edit(desk: &mut Desk, taken: &Taken, pick: u8) {
    let tables = [Table::Worker, Table::Checkup, Table::Measure, Table::Case, Table::NightWork];
    let keys = taken.touched();
    let found: Vec<(Table, &String)> = keys
        .iter()
        .filter_map(|(name, key)| Some((*tables.iter().find(|table| table.name() == name.as_str())?, key)))
        .collect();
    let Some((table, key)) = found.get(usize::from(pick) % found.len().max(1)).copied() else { return };
    let Some(change) = edited(desk, table, key, pick) else { return };
    // A row that a document cites is changed no more.
    let _ = desk.perform(&site(), &change);
}

fn edited(desk: &mut Desk, table: Table, key: &str, pick: u8) -> Option<Command> {
    let known = desk.site(&site()).unwrap();
    let row = known.next_id(Prefix::Row);
    let id = Id::parse(key).ok()?;
    let command = Command::new(Act::WriteNote, key.to_owned());
    match (pick / 32, table) {
        (0, Table::Worker) => {
            let worker = known.worker(&id)?.id.clone();
            let kind = AttributeKind::Physician;
            Some(command.put(WorkerAttribute { id: row, worker, kind, valid_from: None, valid_until: None }))
        }
        (1, _) => Some(Command { freezes: vec![(table, key.to_owned())], ..command }),
        _ => Some(command.put(changed(desk, table, &id)?)),
    }
}

/// The record with one member changed.
fn changed(desk: &mut Desk, table: Table, id: &Id) -> Option<AnyRecord> {
    let store = &desk.open_site_mut(&site()).unwrap().store;
    let mut row = match table {
        Table::Worker => AnyRecord::from(store.find::<crate::domain::worker::Worker>(id).unwrap()?),
        Table::Checkup => AnyRecord::from(store.find::<crate::domain::worker::Checkup>(id).unwrap()?),
        Table::Measure => AnyRecord::from(store.find::<crate::domain::case::Measure>(id).unwrap()?),
        Table::Case => AnyRecord::from(store.find::<crate::domain::case::Case>(id).unwrap()?),
        _ => AnyRecord::from(store.find::<crate::domain::hours::NightWork>(id).unwrap()?),
    }
    .to_json()
    .unwrap();
    match table {
        Table::Worker => row["department"] = "あとの課".into(),
        Table::Checkup => row["summary"] = "あとから".into(),
        Table::Measure => row["answer"] = "あとから".into(),
        Table::Case => row["note"] = "あとから".into(),
        _ => row["count"] = 99.into(),
    }
    AnyRecord::from_json(table, row).ok()
}

/// Takes the files in, one after the other, and gives those that brought something.
fn all_in(desk: &mut Desk, files: &[Wild]) -> Result<Vec<Taken>, TestCaseError> {
    let mut taken = Vec::new();
    for wild in files {
        taken.extend(take_in(desk, wild)?);
    }
    Ok(taken)
}

/// In the other order than they came, so that nothing stands on what goes.
fn all_back(files: &[Wild]) -> Result<usize, TestCaseError> {
    let mut room = Room::new();
    let desk = &mut room.desk;
    let before = Dump::of(desk);
    let mut taken = all_in(desk, files)?;
    let count = taken.len();
    while let Some(newest) = taken.pop() {
        let staying = take_back(desk, &newest, &taken)?;
        prop_assert_eq!(staying, vec![], "nothing followed");
        prop_assert_eq!(&Dump::of(desk), &newest.before);
    }
    prop_assert_eq!(Dump::of(desk), before);
    Ok(count)
}

fn cases(count: u32) -> ProptestConfig {
    // As many times more as the environment asks for beyond the usual number.
    let asked = ProptestConfig::default().cases;
    ProptestConfig { cases: (asked / 256).max(1) * count, ..ProptestConfig::default() }
}

#[test]
fn import_and_undo_of_every_kind_leave_the_database_as_it_was() {
    for kind in BatchKind::ALL {
        let mut runner = proptest::test_runner::TestRunner::new(cases(6));
        let brought = std::cell::Cell::new(0);
        let files = prop::collection::vec(of_kind(*kind), 1..3);
        let run = runner.run(&files, |files| all_back(&files).map(|count| brought.set(brought.get() + count)));
        run.unwrap_or_else(|fault| panic!("{kind:?}: {fault}"));
        assert!(brought.get() > 0, "{kind:?}: no file brought anything");
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn mixtures_of_kinds_leave_the_database_as_it_was(files in prop::collection::vec(of_any_kind(), 2..6)) {
        all_back(&files)?;
    }

    #[test]
    fn an_undo_after_later_edits_and_files_leaves_exactly_what_it_names(
        files in prop::collection::vec(of_any_kind(), 2..5),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        order in prop::collection::vec(any::<prop::sample::Index>(), 5),
    ) {
        let mut room = Room::new();
        let desk = &mut room.desk;
        let mut taken = all_in(desk, &files)?;
        for (of, pick) in edits.iter().filter(|_| !taken.is_empty()) {
            edit(desk, of.get(&taken), *pick);
        }
        for next in &order {
            if !taken.is_empty() {
                let place = next.index(taken.len());
                take_back(desk, &taken[place].clone(), &taken)?;
                taken.remove(place);
            }
        }
    }
}
