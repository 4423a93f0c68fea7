//! What came after an erased batch stands as if the batch had never come; what cannot stand is named.

use proptest::prelude::*;

use super::*;
use crate::domain::checkup::{Cells, CheckupKind};
use crate::domain::command::Command;
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::Intake;
use crate::domain::worker::{AttributeKind, Checkup, Worker, WorkerAttribute};
use crate::domain::{Day, EstablishmentId, Prefix};
use crate::store::SiteStore;

fn day() -> Day {
    "2026-11-20".parse().unwrap()
}

fn stamp() -> Stamp {
    Stamp { at: "2026-11-20 15:22:07".to_owned(), day: day() }
}

fn id(prefix: Prefix, number: u32) -> Id {
    Id::new(&EstablishmentId::new(1), prefix, number)
}

fn store() -> SiteStore {
    let mut store = SiteStore::open(Connection::open_in_memory().unwrap(), Box::new(openssl::sha::sha256)).unwrap();
    store.connection().pragma_update(None, "foreign_keys", true).unwrap();
    store.perform(&stamp(), &Command::new(Act::AddWorker, None).put(worker(1, ""))).unwrap();
    store
}

fn worker(number: u32, department: &str) -> Worker {
    let (number, name) = (number.to_string(), format!("人{number}"));
    let id = id(Prefix::Worker, number.parse().unwrap());
    Worker { number, name, department: department.to_owned(), ..Worker::new(id) }
}

fn batch(number: u32, kind: BatchKind) -> Intake {
    Intake::new(Batch {
        id: id(Prefix::Row, number),
        kind,
        day: day(),
        sha256: format!("{number}"),
        rows: 1,
        added: 1,
        changed: 0,
        refused: 0,
        reading: String::new(),
        content_sha256: format!("{number:064}"),
        undone_on: None,
    })
}

/// What the list says of a sheet: all of it.
fn told(sheet: &CheckupSheet) -> String {
    sheet.cells.pack().replace('\n', " ").trim_end().to_owned()
}

/// The examination with these values, as a file of that number leaves it.
fn exam(number: u32, cells: &str) -> (Checkup, CheckupSheet) {
    let (checkup, worker) = (id(Prefix::Row, 700), id(Prefix::Worker, 1));
    let sheet = CheckupSheet {
        id: id(Prefix::Row, 800),
        checkup: checkup.clone(),
        worker: worker.clone(),
        day: day(),
        kind: CheckupKind::Periodic,
        clinic: String::new(),
        clinic_text: String::new(),
        cells: Cells::unpack(cells).unwrap(),
        source: format!("{number}"),
        source_row: 2,
    };
    let (judgement, summary) = (String::new(), told(&sheet));
    let head = Checkup {
        id: checkup,
        worker,
        day: day(),
        judgement,
        summary,
        finding: crate::domain::worker::FindingState::Unknown,
        opinion_on: None,
        opinion: None,
    };
    (head, sheet)
}

/// Takes a file in that says `said` of an examination that then holds `cells`.
fn clinic(store: &mut SiteStore, number: u32, cells: &str, said: &str) -> Operation {
    let mut intake = batch(number, BatchKind::Checkup);
    let (head, sheet) = exam(number, cells);
    intake.say(Table::CheckupSheet, &sheet.id, said);
    intake.put_from(2, "x", head);
    intake.put_from(2, "x", sheet);
    take_in(store, &intake)
}

fn take_in(store: &mut SiteStore, intake: &Intake) -> Operation {
    store.take_in(&stamp(), Act::ImportCheckups, intake, &Going::freely()).unwrap();
    store.history(1).unwrap().remove(0)
}

fn erase(store: &mut SiteStore, target: &Operation) -> Erased {
    let weighed = store.weigh_erasing(&stamp(), target, &told, &Going::freely()).unwrap();
    let erased = store.erase(&stamp(), target, &told, &Going::freely()).unwrap();
    assert_eq!(weighed, erased, "what was told before is what was done");
    assert_eq!(store.check(None).unwrap(), []);
    erased
}

fn now(store: &SiteStore) -> Option<(String, String)> {
    let sheet = store.find::<CheckupSheet>(&id(Prefix::Row, 800)).unwrap()?;
    let head = store.find::<Checkup>(&id(Prefix::Row, 700)).unwrap()?;
    Some((sheet.cells.pack().to_owned(), head.summary))
}

/// Everything that row and journal still say of examinations.
fn everything(store: &mut SiteStore) -> String {
    let sql = "SELECT group_concat(coalesce(before, '') || coalesce(after, ''), ' ') FROM journal";
    let journal: String = store.connection().query_row(sql, [], |row| row.get(0)).unwrap();
    format!("{journal} {:?}", now(store))
}

fn reasons(rows: &[Staying]) -> Vec<(Table, Stay)> {
    rows.iter().map(|row| (row.table, row.why)).collect()
}

#[test]
fn a_later_file_shields_nothing_of_the_one_before_it() {
    let mut store = store();
    clinic(&mut store, 10, "sbp 120\nast 20\n", "sbp ast");
    let wrong = clinic(&mut store, 11, "sbp 187\nast 20\nua 9.9\n", "sbp ua");
    clinic(&mut store, 12, "sbp 187\nast 20\nua 9.9\nalt 33\n", "alt");
    let erased = erase(&mut store, &wrong);
    assert_eq!((erased.staying, erased.losing), (vec![], vec![]));
    assert_eq!(now(&store), Some(("sbp 120\nast 20\nalt 33\n".to_owned(), "sbp 120 ast 20 alt 33".to_owned())));
    let all = everything(&mut store);
    assert!(!all.contains("187") && !all.contains("9.9"), "{all}");
}

#[test]
fn what_a_later_file_or_hand_says_of_a_wrong_examination_stays() {
    let mut store = store();
    let wrong = clinic(&mut store, 11, "sbp 187\nldl 140\n", "");
    clinic(&mut store, 12, "sbp 187\nldl 140\nalt 33\n", "alt ldl");
    let mut opinion = exam(12, "sbp 187\nldl 140\nalt 33\n").0;
    opinion.opinion_on = Some(day());
    store.perform(&stamp(), &Command::new(Act::JudgeCheckup, None).put(opinion)).unwrap();
    let erased = erase(&mut store, &wrong);
    let expected = [(Table::CheckupSheet, Stay::ChangedLater), (Table::Checkup, Stay::ChangedLater)];
    assert_eq!((reasons(&erased.staying), erased.losing), (expected.to_vec(), vec![]));
    assert_eq!(now(&store), Some(("ldl 140\nalt 33\n".to_owned(), "ldl 140 alt 33".to_owned())));
    let head = store.find::<Checkup>(&id(Prefix::Row, 700)).unwrap().unwrap();
    assert_eq!(head.opinion_on, Some(day()), "what was typed stands");
    let sheet = store.find::<CheckupSheet>(&id(Prefix::Row, 800)).unwrap().unwrap();
    assert_eq!(sheet.source, "12");
    assert!(!everything(&mut store).contains("187"));
    // The opinion, the later file: everything that is left can be taken back.
    while store.undo_last(&stamp()).is_ok() {}
    assert_eq!(now(&store), None);
}

#[test]
fn a_later_change_that_was_taken_back_brings_nothing_of_the_batch_back() {
    let mut store = store();
    clinic(&mut store, 10, "sbp 120\n", "sbp");
    let wrong = clinic(&mut store, 11, "sbp 187\n", "sbp");
    let corrected = exam(0, "sbp 150\n").1;
    store.perform(&stamp(), &Command::new(Act::EnterCheckup, None).put(corrected)).unwrap();
    store.undo_last(&stamp()).unwrap();
    store.redo_last(&stamp()).unwrap();
    store.undo_last(&stamp()).unwrap();
    erase(&mut store, &wrong);
    assert_eq!(now(&store).unwrap().0, "sbp 120\n");
    assert!(!everything(&mut store).contains("187"));
}

#[test]
fn a_batch_that_was_taken_back_is_erased_like_one_that_stands() {
    for is_new in [true, false] {
        let mut store = store();
        if !is_new {
            clinic(&mut store, 10, "sbp 120\n", "sbp");
        }
        let wrong = clinic(&mut store, 11, "sbp 187\nua 9.9\n", "sbp ua");
        store.undo(&stamp(), &wrong, &Going::freely()).unwrap();
        let erased = erase(&mut store, &wrong);
        assert_eq!((erased.staying, erased.losing), (vec![], vec![]));
        assert_eq!(now(&store).map(|(cells, _)| cells), (!is_new).then(|| "sbp 120\n".to_owned()));
        assert!(!everything(&mut store).contains("187"));
    }
}

/// Who has a name by the later file alone stays with what that file says.
#[test]
fn a_person_of_a_wrong_roster_stays_as_the_right_one_tells() {
    let mut store = store();
    let mut wrong = batch(11, BatchKind::Roster);
    wrong.batch.added = 2;
    wrong.put_from(2, "2\t人2\t鋳造課", Worker { kana: "かなりや".to_owned(), ..worker(2, "鋳造課") });
    wrong.put_from(3, "1\t人1\t鋳造課", worker(1, "鋳造課"));
    let wrong = take_in(&mut store, &wrong);
    let mut right = batch(12, BatchKind::Roster);
    right.batch.added = 2;
    let told = Worker { kana: "かなりや".to_owned(), position: "係長".to_owned(), ..worker(2, "総務課") };
    right.put_from(2, "2\t人2\t総務課\t係長", told);
    right.put_from(3, "1\t人1\t鋳造課\t係長", Worker { position: "係長".to_owned(), ..worker(1, "鋳造課") });
    take_in(&mut store, &right);
    let erased = erase(&mut store, &wrong);
    let expected = [(Table::Worker, Stay::SaidLater), (Table::Worker, Stay::ChangedLater)];
    assert_eq!(reasons(&erased.staying), expected, "the department of the first may be of either file");
    let people = store.all::<Worker>().unwrap();
    assert_eq!(people[1], Worker { position: "係長".to_owned(), ..worker(2, "総務課") });
    assert_eq!(people[0].department, "鋳造課");
}

/// The end of a class that only the wrong file knew cannot stand alone: that it goes too is told before.
#[test]
fn what_cannot_stand_without_the_batch_is_named_as_lost() {
    let mut store = store();
    let class = WorkerAttribute {
        id: id(Prefix::Row, 900),
        worker: id(Prefix::Worker, 1),
        kind: AttributeKind::Discretionary,
        valid_from: None,
        valid_until: None,
    };
    let mut wrong = batch(11, BatchKind::Roster);
    wrong.put_from(2, "x", class.clone());
    let wrong = take_in(&mut store, &wrong);
    let ended = WorkerAttribute { valid_until: Some(day()), ..class };
    store.perform(&stamp(), &Command::new(Act::EditWorker, None).put(ended)).unwrap();
    let erased = erase(&mut store, &wrong);
    assert_eq!(reasons(&erased.losing), [(Table::WorkerAttribute, Stay::ChangedLater)]);
    assert_eq!((erased.staying, store.all::<WorkerAttribute>().unwrap()), (vec![], vec![]));
}

/// A file: which of some items it tells, and which digit it tells of each.
fn any_file() -> impl Strategy<Value = Vec<Option<u8>>> {
    prop::collection::vec(prop::option::of(0..3_u8), ITEMS.len())
}

const ITEMS: [&str; 5] = ["sbp", "ast", "ua", "alt", "ldl"];

/// What a sheet holds once files were added to each other.
fn merged(files: &[&Vec<Option<u8>>]) -> String {
    let mut cells: Vec<(&str, u8)> = Vec::new();
    for file in files {
        for (item, value) in ITEMS.iter().zip(file.iter()).filter_map(|(item, value)| Some((*item, (*value)?))) {
            match cells.iter_mut().find(|(known, _)| *known == item) {
                Some(cell) => cell.1 = value,
                None => cells.push((item, value)),
            }
        }
    }
    cells.into_iter().map(|(item, value)| format!("{item} {value}\n")).collect()
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whichever of some files about one examination is erased, the rest says what it would say without it.
    #[test]
    fn an_examination_says_what_it_would_say_had_the_file_never_come(
        files in prop::collection::vec(any_file(), 2..6),
        which in any::<prop::sample::Index>(),
    ) {
        let mut store = store();
        let wrong = which.index(files.len());
        let mut operations = Vec::new();
        for (number, file) in (10..).zip(1..=files.len()) {
            let said: Vec<&str> =
                ITEMS.iter().zip(&files[file - 1]).filter(|(_, value)| value.is_some()).map(|(item, _)| *item).collect();
            let all: Vec<&Vec<Option<u8>>> = files[..file].iter().collect();
            operations.push(clinic(&mut store, number, &merged(&all), &said.join(" ")));
        }
        erase(&mut store, &operations[wrong]);
        let others: Vec<&Vec<Option<u8>>> =
            files.iter().enumerate().filter(|(index, _)| *index != wrong).map(|(_, file)| file).collect();
        let expected = merged(&others);
        let (cells, summary) = now(&store).unwrap_or_default();
        prop_assert_eq!(sorted(&cells), sorted(&expected));
        let line = cells.replace('\n', " ");
        prop_assert_eq!(summary.as_str(), line.trim_end());
    }
}
