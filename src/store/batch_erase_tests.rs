//! A batch that is erased: no page, no log and no later row holds anything of it.

use super::*;

#[test]
fn an_erased_batch_is_in_no_page_and_its_count_and_hash_are_in_the_chain() {
    for undone_first in [false, true] {
        let mut store = store();
        known(&mut store, &[1, 2]);
        take_in(&mut store, &of_hours(9, vec![hours(1, 10, 50, "older")]));
        let mut wrong = of_roster(10, vec![worker(1, CANARY), worker(3, CANARY)]);
        wrong.put(answer(20, CANARY));
        wrong.rows = vec![hours(1, 10, 100, CANARY), hours(2, 10, 200, CANARY)];
        wrong.batch.kind = BatchKind::Hours;
        let target = take_in(&mut store, &wrong);
        take_in(&mut store, &of_hours(11, vec![hours(2, 10, 222, "later")]));
        store.keep_face(day("2026-01-01"), CANARY).unwrap();
        if undone_first {
            store.undo(&stamp(), &target, &Going::freely()).unwrap();
        } else {
            // A later edit carries the wrong value along in the row and in the journal.
            let edit = crate::domain::command::Command::new(Act::EditWorker, None)
                .put(Worker { kana: "ひと".to_owned(), ..worker(1, CANARY) });
            store.perform(&stamp(), &edit).unwrap();
        }
        assert!(holds(&mut store, CANARY));
        let erased = store.erase(&stamp(), &target, &|_| String::new(), &Going::freely()).unwrap();
        assert!(!holds(&mut store, CANARY), "undone first: {undone_first}");
        assert_eq!(erased.staying, []);
        assert_eq!(store.all::<Worker>().unwrap().len(), 2);
        assert_eq!(store.all::<Worker>().unwrap()[0].department, "製造課");
        assert_eq!(store.all::<Batch>().unwrap().len(), 2);
        let values: Vec<i64> = store.hours().unwrap().iter().flat_map(|(_, v)| v).map(|v| v.hours.low.0).collect();
        assert_eq!(values, [50, 222]);
        let line = store.audit_lines(1).unwrap().remove(0);
        assert_eq!((line.event.as_str(), line.subject.as_str()), ("取込の消去", "E01-R0010"));
        assert!(line.detail.ends_with(&format!("{}行 {:064}", erased.rows, 10)), "{}", line.detail);
        assert_eq!(store.check(None).unwrap(), []);
        assert!(store.undo_last(&stamp()).is_ok(), "what is older can still be taken back");
    }
}

/// A database that is not encrypted shows what stands in its file: pages, free ones included, and the log beside it.
#[test]
fn an_erased_batch_is_in_no_byte_of_the_file_nor_of_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plain.db");
    let connection = Connection::open(&path).unwrap();
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    let mac: Mac = Box::new(openssl::sha::sha256);
    let mut store = SiteStore::open(connection, mac).unwrap();
    known(&mut store, &[1, 2]);
    let mut wrong = of_roster(10, (1..400).map(|number| worker(number, CANARY)).collect());
    wrong.put(answer(20, CANARY));
    wrong.rows = vec![hours(1, 10, 100, CANARY)];
    let target = take_in(&mut store, &wrong);
    let holds = |name: &str| {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_default();
        bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes())
    };
    assert!(holds("plain.db-wal"), "the log has it before");
    store.connection().query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
    assert!(holds("plain.db"), "and so has the file");
    store.erase(&stamp(), &target, &|_| String::new(), &Going::freely()).unwrap();
    assert_eq!([holds("plain.db"), holds("plain.db-wal")], [false, false], "while it is still open");
    store.keep_face(day("2026-01-01"), "x").unwrap();
    drop(store);
    assert_eq!([holds("plain.db"), holds("plain.db-wal")], [false, false], "and when it was closed");
}

/// An examination that the wrong file made and a right one added to: it stays for the right one, without the wrong values, and
/// goes with it.
#[test]
fn a_row_that_a_later_file_wrote_on_stays_for_that_file_alone() {
    let mut store = store();
    known(&mut store, &[1]);
    let cells = |text: &str| Cells::unpack(text).unwrap();
    let clinic = |number: u32, judgement: &str, text: &str| {
        let mut intake = Intake::new(batch(number, BatchKind::Checkup, 1));
        let head = Checkup { judgement: judgement.to_owned(), summary: text.to_owned(), ..head(1, 0) };
        intake.put_from(2, text, head);
        let sheet = CheckupSheet { clinic_text: judgement.to_owned(), cells: cells(text), ..sheet(1, 0) };
        intake.put_from(2, text, sheet);
        intake
    };
    let wrong = take_in(&mut store, &clinic(10, CANARY, "sbp 187\n"));
    let right = take_in(&mut store, &clinic(11, CANARY, "sbp 187\nast 21\n"));
    let erased = store.erase(&stamp(), &wrong, &|_| String::new(), &Going::freely()).unwrap();
    let staying: Vec<_> = erased.staying.iter().map(|left| (left.table, left.why)).collect();
    assert_eq!(staying, [(Table::CheckupSheet, Stay::ChangedLater), (Table::Checkup, Stay::HasRecords)]);
    assert!(!holds(&mut store, CANARY), "its part is gone");
    let sheet = store.all::<CheckupSheet>().unwrap().remove(0);
    assert_eq!((sheet.cells.pack(), sheet.clinic_text.as_str()), ("ast 21\n", ""));
    let head = store.all::<Checkup>().unwrap().remove(0);
    assert_eq!((head.judgement.as_str(), head.summary.as_str(), head.finding), ("", "", FindingState::Unknown));
    assert_eq!(store.check(None).unwrap(), []);
    assert_eq!(store.undo(&stamp(), &right, &Going::freely()).unwrap().staying, []);
    assert!(store.all::<CheckupSheet>().unwrap().is_empty() && store.all::<Checkup>().unwrap().is_empty());
    assert_eq!(store.check(None).unwrap(), []);
}

#[test]
fn erasing_leaves_what_others_hang_on_and_says_so() {
    let mut store = store();
    let target = take_in(&mut store, &of_roster(10, vec![worker(1, "a"), worker(2, "b")]));
    take_in(&mut store, &of_hours(11, vec![hours(1, 10, 100, "")]));
    let erased = store.erase(&stamp(), &target, &|_| String::new(), &Going::freely()).unwrap();
    assert_eq!(erased.staying, [Staying { table: Table::Worker, key: "E01-W0001".to_owned(), why: Stay::HasRecords }]);
    assert_eq!(store.all::<Worker>().unwrap(), [worker(1, "a")]);
    assert_eq!(store.check(None).unwrap(), []);
}
