//! Undo, redo, batches, frozen rows and the check, on a database in memory.

use super::*;
use crate::domain::establishment::Promise;
use crate::domain::hours::{Batch, BatchKind, Measure, Series, WorkTime};
use crate::domain::worker::{Sex, Worker};
use crate::domain::{Day, EstablishmentId, Hours, Period, Seconds, Table};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn stamp() -> Stamp {
    Stamp { at: "2026-11-20 15:22:07".to_owned(), day: day("2026-11-20") }
}

fn store() -> SiteStore {
    let mac: Mac = Box::new(|message| {
        let mut sum = [0_u8; 32];
        message.iter().enumerate().for_each(|(i, b)| sum[i % 32] = sum[i % 32].rotate_left(1) ^ b);
        sum
    });
    SiteStore::open(Connection::open_in_memory().unwrap(), mac).unwrap()
}

/// Written under the first schema, then brought up: nothing that was kept disagrees with its journal.
#[test]
fn a_file_of_the_first_schema_is_brought_up_and_agrees_with_its_journal() {
    let mac = || -> Mac { Box::new(|message| [u8::try_from(message.len() % 251).unwrap(); 32]) };
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection, &schema::ESTABLISHMENT[..1]).unwrap();
    let transaction = connection.transaction().unwrap();
    let command = Command::new(Act::AddWorker, None).put(worker(1, "佐伯 美咲")).put(promise("騒音"));
    journal::perform(&transaction, &mac(), &stamp(), &command).unwrap();
    transaction.commit().unwrap();
    let store = SiteStore::open(connection, mac()).unwrap();
    assert_eq!(store.check(None).unwrap(), []);
    assert_eq!(store.all::<Worker>().unwrap(), [worker(1, "佐伯 美咲")]);
    assert_eq!(store.all::<crate::domain::case::Certificate>().unwrap(), []);
}

/// A decision and what it rests on come and go together, the reference always whole.
#[test]
fn a_decision_and_its_bases_are_undone_and_redone_as_one() {
    use crate::domain::case::{BasisKind, Exclusion, ExclusionBasis};
    let mut store = store();
    store.connection().pragma_update(None, "foreign_keys", true).unwrap();
    let (person, decision) = (worker(1, "佐伯 美咲"), id(Prefix::Row, 1));
    let exclusion = Exclusion {
        id: decision.clone(),
        worker: person.id.clone(),
        period: Period { start: day("2026-10-01"), end: day("2026-10-31") },
        day: day("2026-11-08"),
        interviewed_on: None,
        grounds: "診察した".to_owned(),
        keeps_healthy: "なし".to_owned(),
    };
    let basis = ExclusionBasis {
        id: id(Prefix::Row, 2),
        exclusion: decision,
        worker: person.id.clone(),
        kind: BasisKind::Examination,
        day: None,
        doctor: String::new(),
        records: String::new(),
    };
    store.perform(&stamp(), &Command::new(Act::AddWorker, None).put(person)).unwrap();
    store.perform(&stamp(), &Command::new(Act::DecideExclusion, None).put(exclusion).put(basis.clone())).unwrap();
    store.undo_last(&stamp()).unwrap();
    assert_eq!(store.all::<Exclusion>().unwrap().len() + store.all::<ExclusionBasis>().unwrap().len(), 0);
    store.redo_last(&stamp()).unwrap();
    assert_eq!(store.all::<ExclusionBasis>().unwrap(), [basis]);
    assert_eq!(store.check(None).unwrap(), []);
}

fn id(prefix: Prefix, number: u32) -> Id {
    Id::new(&EstablishmentId::new(1), prefix, number)
}

fn worker(number: u32, name: &str) -> Worker {
    Worker {
        number: format!("{number}"),
        name: name.to_owned(),
        sex: Sex::Female,
        birth: Some(day("1984-05-01")),
        department: "製造技術課".to_owned(),
        ..Worker::new(id(Prefix::Worker, number))
    }
}

fn promise(content: &str) -> Promise {
    let id = id(Prefix::Row, 1);
    Promise {
        id,
        made_on: day("2026-10-16"),
        occasion: "委員会".to_owned(),
        content: content.to_owned(),
        due: None,
        kept_on: None,
    }
}

fn put(record: impl Into<crate::domain::AnyRecord>) -> Command {
    Command::new(Act::Promise, None).put(record)
}

fn batch(number: u32, values: &[(u32, i64)]) -> Intake {
    let period = Period { start: day("2026-10-01"), end: day("2026-10-31") };
    let row = |(worker, seconds): &(u32, i64)| WorkTime {
        worker: id(Prefix::Worker, *worker),
        period,
        measure: Measure::StatutoryTotal,
        series: Series::Employer,
        hours: Hours::exact(Seconds(*seconds)),
        source_text: seconds.to_string().into(),
        row: *worker,
    };
    let rows = i64::try_from(values.len()).unwrap();
    let batch = Batch {
        id: id(Prefix::Row, number),
        kind: BatchKind::Hours,
        day: day("2026-11-09"),
        sha256: "ab".repeat(32),
        rows,
        added: rows,
        changed: 0,
        refused: 0,
        reading: "60進".to_owned(),
        content_sha256: "cd".repeat(32),
        undone_on: None,
    };
    Intake { rows: values.iter().map(row).collect(), ..Intake::new(batch) }
}

fn take_in(store: &mut SiteStore, incoming: Intake) {
    store.take_in(&stamp(), Act::ImportHours, &incoming, &Going::freely()).unwrap();
}

fn dump(store: &SiteStore) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for table in Table::ALL {
        let sql = format!("SELECT * FROM {}", table.name());
        let mut statement = store.connection.prepare(&sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            lines.push((table.name().to_owned(), format!("{row:?}")));
        }
    }
    lines
}

fn values(store: &SiteStore) -> Vec<i64> {
    store.hours().unwrap().iter().flat_map(|(_, values)| values).map(|value| value.hours.low.0).collect()
}

#[test]
fn a_record_comes_back_as_it_was_put() {
    let mut store = store();
    let command = Command::new(Act::AddWorker, None).put(worker(1, "佐伯 美咲"));
    store.perform(&stamp(), &command).unwrap();
    assert_eq!(store.all::<Worker>().unwrap(), [worker(1, "佐伯 美咲")]);
    assert_eq!(store.last_number(Prefix::Worker).unwrap(), 1);
}

#[test]
fn undo_and_redo_go_back_and_forth() {
    let mut store = store();
    let empty = dump(&store);
    store.perform(&stamp(), &put(promise("一"))).unwrap();
    let first = dump(&store);
    store.perform(&stamp(), &put(promise("二"))).unwrap();
    let second = dump(&store);
    store.undo_last(&stamp()).unwrap();
    assert_eq!(dump(&store), first);
    store.undo_last(&stamp()).unwrap();
    assert_eq!(dump(&store), empty);
    assert!(matches!(store.undo_last(&stamp()), Err(StoreError::NothingToUndo)));
    store.redo_last(&stamp()).unwrap();
    assert_eq!(dump(&store), first);
    store.redo_last(&stamp()).unwrap();
    assert_eq!(dump(&store), second);
    assert!(matches!(store.redo_last(&stamp()), Err(StoreError::NothingToRedo)));
    store.undo_last(&stamp()).unwrap();
    assert_eq!(dump(&store), first);
    assert_eq!(store.check(None).unwrap(), []);
}

#[test]
fn an_id_is_not_given_again_after_undo() {
    let mut store = store();
    store.perform(&stamp(), &Command::new(Act::AddWorker, None).put(worker(7, "a"))).unwrap();
    store.undo_last(&stamp()).unwrap();
    assert_eq!(store.last_number(Prefix::Worker).unwrap(), 7);
}

#[test]
fn an_older_operation_is_undone_only_if_its_rows_are_untouched() {
    let mut store = store();
    store.perform(&stamp(), &put(promise("一"))).unwrap();
    store.perform(&stamp(), &put(promise("二"))).unwrap();
    let first = store.history(9).unwrap().pop().unwrap();
    let before = dump(&store);
    assert!(matches!(store.undo(&stamp(), &first, &Going::freely()), Err(StoreError::Conflict(1))));
    assert_eq!(dump(&store), before);
}

#[test]
fn a_failed_command_leaves_nothing_behind() {
    let mut store = store();
    let orphan = crate::domain::worker::Checkup {
        id: id(Prefix::Row, 1),
        worker: id(Prefix::Worker, 99),
        day: day("2026-09-11"),
        judgement: String::new(),
        finding: Default::default(),
        summary: String::new(),
        opinion_on: None,
        opinion: None,
    };
    store.connection.pragma_update(None, "foreign_keys", true).unwrap();
    assert!(store.perform(&stamp(), &put(promise("一")).put(orphan)).is_err());
    assert_eq!(dump(&store), []);
    assert_eq!(store.history(9).unwrap(), []);
    assert_eq!(store.head().unwrap(), audit::Head::default());
}

#[test]
fn frozen_rows_are_neither_changed_nor_undone() {
    let mut store = store();
    store.perform(&stamp(), &put(promise("一"))).unwrap();
    let mut issue = Command::new(Act::IssueDocument, None);
    issue.freezes.push((Table::Promise, promise("").id.to_string()));
    store.perform(&stamp(), &issue).unwrap();
    assert!(matches!(store.perform(&stamp(), &put(promise("二"))), Err(StoreError::Frozen(Table::Promise))));
    assert!(matches!(store.undo_last(&stamp()), Err(StoreError::Frozen(_))));
    let first = store.history(9).unwrap().pop().unwrap();
    assert!(matches!(store.undo(&stamp(), &first, &Going::freely()), Err(StoreError::Frozen(_))));
}

#[test]
fn a_batch_replaces_and_gives_back() {
    let mut store = store();
    let workers = Command::new(Act::AddWorker, None).put(worker(1, "a")).put(worker(2, "b"));
    store.perform(&stamp(), &workers).unwrap();
    take_in(&mut store, batch(10, &[(1, 100), (2, 200)]));
    take_in(&mut store, batch(11, &[(2, 222)]));
    assert_eq!(values(&store), [100, 222]);
    assert_eq!(store.check(None).unwrap(), []);
    store.undo_last(&stamp()).unwrap();
    assert_eq!(values(&store), [100, 200]);
    store.undo_last(&stamp()).unwrap();
    assert_eq!(values(&store), [] as [i64; 0]);
    assert_eq!(store.check(None).unwrap(), []);
}

#[test]
fn an_older_batch_is_undone_under_a_later_one() {
    let mut store = store();
    store.perform(&stamp(), &Command::new(Act::AddWorker, None).put(worker(1, "a"))).unwrap();
    for (number, value) in [(10, 100), (11, 111), (12, 122)] {
        take_in(&mut store, batch(number, &[(1, value)]));
    }
    let middle = store.history(9).unwrap().remove(1);
    store.undo(&stamp(), &middle, &Going::freely()).unwrap();
    assert_eq!(values(&store), [122]);
    let newest = store.history(9).unwrap().into_iter().find(|o| o.batch == Some(id(Prefix::Row, 12))).unwrap();
    store.undo(&stamp(), &newest, &Going::freely()).unwrap();
    assert_eq!(values(&store), [100]);
    assert_eq!(store.check(None).unwrap(), []);
}

#[test]
fn a_worker_with_hours_is_not_taken_back() {
    let mut store = store();
    store.perform(&stamp(), &Command::new(Act::AddWorker, None).put(worker(1, "a"))).unwrap();
    take_in(&mut store, batch(10, &[(1, 100)]));
    let first = store.history(9).unwrap().pop().unwrap();
    assert!(matches!(store.undo(&stamp(), &first, &Going::freely()), Err(StoreError::Conflict(1))));
    assert_eq!(store.all::<Worker>().unwrap().len(), 1);
    store.undo_last(&stamp()).unwrap();
    store.undo(&stamp(), &first, &Going::freely()).unwrap();
    assert_eq!(store.all::<Worker>().unwrap(), []);
}

#[test]
fn hours_of_the_first_schema_come_along() {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection, &schema::ESTABLISHMENT[..1]).unwrap();
    let rows = "INSERT INTO worker VALUES ('E01-W0001', '1', 'a', '', 'unknown', NULL, '', '', NULL, NULL, '', '', '', '');
        INSERT INTO work_time VALUES (1, 'E01-W0001', '2026-10-01', '2026-10-31', 'medical_act', 'reference', 5, 6, '5', 2,
          'E01-R0001', 'E01-R0002');
        INSERT INTO work_time VALUES (2, 'E01-W0001', '2026-10-01', '2026-10-31', 'medical_act', 'reference', 7, 8, '7', 3,
          'E01-R0002', NULL)";
    connection.execute_batch(rows).unwrap();
    let store = SiteStore::open(connection, Box::new(|_| [0; 32])).unwrap();
    let values = &store.hours().unwrap()[0].1;
    let period = Period { start: day("2026-10-01"), end: day("2026-10-31") };
    let hours = Hours { low: Seconds(7), high: Seconds(8) };
    let expected = HoursInForce { period, measure: Measure::MedicalAct, series: Series::Reference, hours };
    assert_eq!(values, &[expected]);
    let mut batches = Vec::new();
    store
        .each_batch_of_hours(|batch, rows| batches.push((batch.to_string(), rows[0].source_text.to_string())))
        .unwrap();
    assert_eq!(batches, [("E01-R0001".to_owned(), "5".to_owned()), ("E01-R0002".to_owned(), "7".to_owned())]);
}

#[test]
fn the_check_names_what_was_changed_behind_its_back() {
    let mut store = store();
    store.perform(&stamp(), &Command::new(Act::AddWorker, None).put(worker(1, "a")).put(worker(2, "b"))).unwrap();
    take_in(&mut store, batch(10, &[(1, 100), (2, 200)]));
    store.connection.execute("UPDATE worker SET name = 'x' WHERE number = '1'", []).unwrap();
    store.connection.execute("DELETE FROM hours WHERE low_s = 200", []).unwrap();
    store.connection.execute("INSERT INTO place VALUES ('E01-R0099', 'x', 1, NULL)", []).unwrap();
    let expected = [
        Fault::Row(Table::Worker, "E01-W0001".to_owned()),
        Fault::Presence(Table::Place, "E01-R0099".to_owned()),
        Fault::BatchRows("E01-R0010".to_owned()),
    ];
    assert_eq!(store.check(None).unwrap(), expected);
}

#[test]
fn drafts_end_with_their_command_and_are_outside_the_journal() {
    let mut store = store();
    let field =
        DraftField { form: "interview/E01-C0001".to_owned(), field: "fatigue".to_owned(), value: "1".to_owned() };
    store.save_draft(&field).unwrap();
    store.save_draft(&DraftField { value: "2".to_owned(), ..field.clone() }).unwrap();
    assert_eq!(store.drafts().unwrap(), [DraftField { value: "2".to_owned(), ..field }]);
    assert_eq!(store.check(None).unwrap(), []);
    store.perform(&stamp(), &put(promise("一")).ending("interview/E01-C0001")).unwrap();
    assert_eq!(store.drafts().unwrap(), []);
}
