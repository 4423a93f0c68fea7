//! What comes in with a file goes out again as one; what followed it stays and is named; an erased batch leaves no page.

#[path = "batch_erase_tests.rs"]
mod erased;

use proptest::prelude::*;

use super::*;
use crate::domain::checkup::{Cells, CheckupKind, CheckupSheet};
use crate::domain::hours::{Measure, NightWork, Series, WorkTime};
use crate::domain::intake::{Answer, PersonAnswer};
use crate::domain::worker::{AttributeKind, Checkup, FindingState, Sex, Worker, WorkerAttribute};
use crate::domain::{Day, EstablishmentId, Hours, Period, Prefix, Seconds};
use crate::store::SiteStore;

/// Stands nowhere but in the batch under test.
const CANARY: &str = "カナリヤ七五三";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn stamp() -> Stamp {
    Stamp { at: "2026-11-20 15:22:07".to_owned(), day: day("2026-11-20") }
}

fn store() -> SiteStore {
    let mac: Mac = Box::new(openssl::sha::sha256);
    let mut store = SiteStore::open(Connection::open_in_memory().unwrap(), mac).unwrap();
    store.connection().pragma_update(None, "foreign_keys", true).unwrap();
    store
}

fn id(prefix: Prefix, number: u32) -> Id {
    Id::new(&EstablishmentId::new(1), prefix, number)
}

fn worker(number: u32, department: &str) -> Worker {
    Worker {
        number: format!("{number}"),
        name: format!("人{number}"),
        sex: Sex::Female,
        department: department.to_owned(),
        ..Worker::new(id(Prefix::Worker, number))
    }
}

fn batch(number: u32, kind: BatchKind, rows: usize) -> Batch {
    Batch {
        id: id(Prefix::Row, number),
        kind,
        day: day("2026-11-09"),
        sha256: "ab".repeat(32),
        rows: i64::try_from(rows).unwrap(),
        added: i64::try_from(rows).unwrap(),
        changed: 0,
        refused: 0,
        reading: String::new(),
        content_sha256: format!("{number:064}"),
        undone_on: None,
    }
}

fn hours(worker: u32, month: u32, seconds: i64, text: &str) -> WorkTime {
    let start = Day::from_ymd_opt(2026, month, 1).unwrap();
    let end = Day::from_ymd_opt(2026, month, 28).unwrap();
    WorkTime {
        worker: id(Prefix::Worker, worker),
        period: Period { start, end },
        measure: Measure::StatutoryTotal,
        series: Series::Employer,
        hours: Hours::exact(Seconds(seconds)),
        source_text: text.into(),
        row: worker,
    }
}

fn of_hours(number: u32, rows: Vec<WorkTime>) -> Intake {
    Intake { rows: rows.clone(), ..Intake::new(batch(number, BatchKind::Hours, rows.len())) }
}

fn of_roster(number: u32, workers: Vec<Worker>) -> Intake {
    let mut intake = Intake::new(batch(number, BatchKind::Roster, workers.len()));
    for (line, worker) in (2..).zip(workers) {
        let text = format!("{}\t{}", worker.name, worker.department);
        intake.put_from(line, text, worker);
    }
    intake
}

fn answer(number: u32, name: &str) -> PersonAnswer {
    let id = id(Prefix::Row, number);
    let (name, number) = (name.to_owned(), String::new());
    PersonAnswer { id, number, name, answer: Answer::New, person: None, day: day("2026-11-09") }
}

fn take_in(store: &mut SiteStore, intake: &Intake) -> Operation {
    store.take_in(&stamp(), Act::ImportHours, intake, &Going::freely()).unwrap();
    store.history(1).unwrap().remove(0)
}

fn known(store: &mut SiteStore, numbers: &[u32]) {
    let command = crate::domain::command::Command::new(Act::AddWorker, None);
    let command = numbers.iter().fold(command, |command, number| command.put(worker(*number, "製造課")));
    store.perform(&stamp(), &command).unwrap();
}

/// Tables that tell of the acts themselves and differ after an import that was taken back: an undo is an operation of its
/// own with its own journal, the audit chain only grows, and a number once given is not given again.
const OF_THE_ACTS: [&str; 5] = ["operation", "journal", "audit", "sequence", "sqlite_sequence"];

/// Every row of every other table, whichever a migration brings: batches, source lines, replaced hours, drafts, frozen rows.
fn dump(store: &mut SiteStore) -> Vec<String> {
    let mut lines = Vec::new();
    for table in tables(store).into_iter().filter(|table| !OF_THE_ACTS.contains(&table.as_str())) {
        lines.extend(rows_of(store, &table));
    }
    lines.sort();
    lines
}

fn rows_of(store: &mut SiteStore, table: &str) -> Vec<String> {
    let mut statement = store.connection().prepare(&format!("SELECT * FROM {table}")).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        lines.push(format!("{table} {row:?}"));
    }
    lines
}

/// Stops an act at each of its steps: of one that was stopped no row of any table tells, nor does its number. At last it
/// goes to its end; gives the number of its steps.
fn stopped_at_every_step(
    store: &mut SiteStore,
    act: impl Fn(&mut SiteStore, &Going<'_>) -> Result<(), StoreError>,
) -> usize {
    let rows = |store: &mut SiteStore| tables(store).into_iter().flat_map(|table| rows_of(store, &table)).collect();
    let whole: Vec<String> = rows(store);
    let mut n = 0;
    loop {
        let asked = std::cell::Cell::new(0);
        let listener = |_| asked.replace(asked.get() + 1) < n;
        match act(store, &Going::heard_by(&listener)) {
            Err(StoreError::Stopped) => {
                let after: Vec<String> = rows(store);
                assert_eq!(after, whole, "stopped at step {n}");
            }
            done => {
                done.unwrap();
                return n;
            }
        }
        n += 1;
    }
}

fn tables(store: &mut SiteStore) -> Vec<String> {
    let connection = store.connection();
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The pages of the database in clear, as SQLite would write them.
fn holds(store: &mut SiteStore, needle: &str) -> bool {
    let pages = store.connection().serialize(rusqlite::MAIN_DB).unwrap();
    pages.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn staying(taken_back: &TakenBack) -> Vec<(Table, &str, Stay)> {
    taken_back.staying.iter().map(|row| (row.table, row.key.as_str(), row.why)).collect()
}

#[test]
fn a_record_knows_its_file_its_line_and_its_text() {
    let mut store = store();
    take_in(&mut store, &of_roster(10, vec![worker(1, "製造課"), worker(2, "総務課")]));
    let lines = store.lines_of(&["E01-W0002"]).unwrap();
    let found: Vec<_> = lines.iter().map(|(batch, line)| (batch.as_str(), line.line, &*line.text)).collect();
    assert_eq!(found, [("E01-R0010", 3, "人2\t総務課")]);
    assert_eq!(store.find::<Batch>(&id(Prefix::Row, 10)).unwrap().unwrap().sha256, "ab".repeat(32));
    assert_eq!(store.check(None).unwrap(), []);
}

#[test]
fn a_batch_counts_what_its_preview_counted_and_not_the_rows_of_the_tables() {
    let mut store = store();
    known(&mut store, &[1]);
    let records = vec![head(1, 1).into(), sheet(1, 1).into()];
    let taken = take_in(&mut store, &Intake { records, ..Intake::new(batch(1, BatchKind::Checkup, 1)) });
    assert_eq!(store.undo(&stamp(), &taken, &Going::freely()).unwrap().operation.rows, 1);
}

#[test]
fn a_batch_goes_back_even_after_later_edits_and_names_what_stays() {
    let mut store = store();
    known(&mut store, &[1, 2]);
    let new = [worker(1, "営業課"), worker(2, "営業課"), worker(3, ""), worker(4, ""), worker(5, "")];
    let roster = take_in(&mut store, &of_roster(10, new.to_vec()));
    let edit = crate::domain::command::Command::new(Act::EditWorker, None)
        .put(Worker { kana: "ひと".to_owned(), ..worker(2, "営業課") });
    store.perform(&stamp(), &edit).unwrap();
    take_in(&mut store, &of_hours(11, vec![hours(3, 10, 100, "")]));
    let mut issue = crate::domain::command::Command::new(Act::IssueDocument, None);
    issue.freezes.push((Table::Worker, "E01-W0004".to_owned()));
    store.perform(&stamp(), &issue).unwrap();

    let undone = store.undo(&stamp(), &roster, &Going::freely()).unwrap();
    let expected = [
        (Table::Worker, "E01-W0004", Stay::Cited),
        (Table::Worker, "E01-W0003", Stay::HasRecords),
        (Table::Worker, "E01-W0002", Stay::ChangedLater),
    ];
    assert_eq!(staying(&undone), expected);
    let departments: Vec<String> = store.all::<Worker>().unwrap().into_iter().map(|w| w.department).collect();
    assert_eq!(departments, ["製造課", "営業課", "", ""]);
    let kept = store.find::<Batch>(&id(Prefix::Row, 10)).unwrap().unwrap();
    assert_eq!(kept.undone_on, Some(day("2026-11-20")), "the rows that stay know their file");
    assert_eq!(store.lines_of(&["E01-W0003"]).unwrap().len(), 1);
    assert_eq!(store.lines_of(&["E01-W0005"]).unwrap(), []);
    assert!(matches!(store.undo(&stamp(), &roster, &Going::freely()), Err(StoreError::NoBatch)), "once only");
    assert_eq!(store.check(None).unwrap(), []);
}

#[test]
fn the_text_of_a_line_is_kept_once_and_stays_with_what_stays() {
    let mut store = store();
    known(&mut store, &[1]);
    let mut intake = Intake::new(batch(10, BatchKind::Checkup, 1));
    intake.put_from(7, "1\t170.2", head(1, 10));
    intake.put_from(7, "1\t170.2", class(1));
    let taken = take_in(&mut store, &intake);
    let texts = |store: &SiteStore, key: &str| -> Vec<String> {
        store.lines_of(&[key]).unwrap().iter().map(|(_, line)| line.text.to_string()).collect()
    };
    let (head_id, class_id) = (head(1, 10).id, class(1).id);
    assert_eq!([texts(&store, head_id.as_str()), texts(&store, class_id.as_str())], [["1\t170.2"], ["1\t170.2"]]);
    let sql = "SELECT count(*) FROM source_line WHERE text <> ''";
    assert_eq!(store.connection().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 1);

    let later = WorkerAttribute { kind: AttributeKind::Research, ..class(1) };
    store.perform(&stamp(), &crate::domain::command::Command::new(Act::EditWorker, None).put(later)).unwrap();
    let undone = store.undo(&stamp(), &taken, &Going::freely()).unwrap();
    assert_eq!(staying(&undone), [(Table::WorkerAttribute, class_id.as_str(), Stay::ChangedLater)]);
    assert_eq!(
        (texts(&store, head_id.as_str()), texts(&store, class_id.as_str())),
        (vec![], vec!["1\t170.2".to_owned()])
    );
}

#[test]
fn a_line_whose_record_was_so_already_goes_with_its_batch() {
    let mut store = store();
    known(&mut store, &[1]);
    let before = dump(&mut store);
    let taken = take_in(&mut store, &of_roster(10, vec![worker(1, "製造課")]));
    assert_eq!(store.lines_of(&["E01-W0001"]).unwrap().len(), 1);
    assert_eq!(store.undo(&stamp(), &taken, &Going::freely()).unwrap().staying, []);
    assert_eq!(dump(&mut store), before);
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let mut store = store();
    known(&mut store, &[1]);
    let before = dump(&mut store);
    let rows = (1..=12).map(|month| hours(1, month, 100, "")).collect();
    let stopped = store.take_in(&stamp(), Act::ImportHours, &of_hours(10, rows), &Going::heard_by(&|_| false));
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert_eq!(dump(&mut store), before);
    assert_eq!(store.history(9).unwrap().len(), 1);
}

/// 深夜業 of a worker's month; a later batch changes the row of an earlier one.
fn nights(worker: u32, month: u32, seconds: i64) -> NightWork {
    let WorkTime { worker: whose, period, .. } = hours(worker, month, seconds, "");
    let id = id(Prefix::Row, 500 + worker * 10 + month);
    NightWork {
        id,
        worker: whose,
        first_day: period.start,
        last_day: period.end,
        count: Some(seconds % 31),
        seconds: None,
    }
}

/// What a clinic's file brings of a worker, by the batch that says it.
fn head(worker: u32, batch: u32) -> Checkup {
    Checkup {
        id: id(Prefix::Row, 700 + worker),
        worker: id(Prefix::Worker, worker),
        day: day("2026-10-05"),
        judgement: format!("{batch}"),
        finding: FindingState::None,
        summary: String::new(),
        opinion_on: None,
        opinion: None,
    }
}

fn sheet(worker: u32, batch: u32) -> CheckupSheet {
    let head = head(worker, batch);
    CheckupSheet {
        id: id(Prefix::Row, 800 + worker),
        checkup: head.id,
        worker: head.worker,
        day: head.day,
        kind: CheckupKind::Periodic,
        clinic: String::new(),
        clinic_text: head.judgement,
        cells: Cells::default(),
        source: String::new(),
        source_row: i64::from(worker),
    }
}

/// The class of a worker, as a roster brings it.
fn class(worker: u32) -> WorkerAttribute {
    WorkerAttribute {
        id: id(Prefix::Row, 900 + worker),
        worker: id(Prefix::Worker, worker),
        kind: AttributeKind::Discretionary,
        valid_from: None,
        valid_until: None,
    }
}

/// Rows of hours: whose, of which month, how much.
fn any_hours() -> impl Strategy<Value = Vec<(u32, u32, i64)>> {
    prop::collection::btree_map((1..6_u32, 1..4_u32), 0..1_000_000_i64, 0..8)
        .prop_map(|rows| rows.into_iter().map(|((worker, month), value)| (worker, month, value)).collect())
}

fn any_intake(number: u32, rows: &[(u32, u32, i64)], people: &[(u32, String)]) -> Intake {
    let mut workers: Vec<Worker> = people.iter().map(|(number, department)| worker(*number, department)).collect();
    workers.sort_by(|one, other| one.id.cmp(&other.id));
    workers.dedup_by(|one, other| one.id == other.id);
    let listed: Vec<u32> = workers.iter().filter_map(|worker| worker.number.parse().ok()).collect();
    let mut intake = of_roster(number, workers);
    // Table after table, as every batch brings them.
    listed.iter().for_each(|worker| intake.put_from(*worker, "x", head(*worker, number)));
    listed.iter().for_each(|worker| intake.put_from(*worker, "x", sheet(*worker, number)));
    listed.iter().for_each(|worker| intake.put_from(*worker, "x", class(*worker)));
    for (worker, month, value) in rows {
        intake.put_from(*worker, "x", nights(*worker, *month, *value));
    }
    intake.rows = rows.iter().map(|(worker, month, value)| hours(*worker, *month, *value, "x")).collect();
    intake.put(answer(number + 100, "x"));
    intake
}

#[test]
fn what_was_begun_stands_or_falls_as_one() {
    let mut store = store();
    known(&mut store, &[1]);
    let command = |number| crate::domain::command::Command::new(Act::EditWorker, None).put(worker(number, "総務課"));
    let before = dump(&mut store);
    for is_kept in [false, true] {
        store.begin().unwrap();
        store.perform(&stamp(), &command(1)).unwrap();
        store
            .take_in(&stamp(), Act::ImportHours, &of_hours(10, vec![hours(1, 10, 100, "")]), &Going::freely())
            .unwrap();
        assert_eq!(store.history(9).unwrap().len(), 3, "seen by whoever began it");
        if is_kept {
            store.commit().unwrap()
        } else {
            store.roll_back().unwrap()
        }
        assert_eq!(dump(&mut store) == before, !is_kept);
        assert_eq!(store.history(9).unwrap().len(), if is_kept { 3 } else { 1 });
    }
    store.roll_back().unwrap();
    assert_eq!(store.check(None).unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]
    #[test]
    fn taking_in_taking_back_and_erasing_leave_nothing_of_themselves_when_they_are_stopped(
        older in any_hours(),
        rows in any_hours(),
        people in prop::collection::vec((1..9_u32, "[a-c]{0,2}"), 0..4),
    ) {
        let mut store = store();
        known(&mut store, &[1, 2, 3, 4, 5]);
        take_in(&mut store, &any_intake(10, &older, &[]));
        for number in [11, 12] {
            let intake = any_intake(number, &rows, &people);
            let parts = intake.records.len() + intake.lines.len() + intake.rows.len();
            let steps = stopped_at_every_step(&mut store, |store, going| {
                store.take_in(&stamp(), Act::ImportHours, &intake, going).map(drop)
            });
            prop_assert!(steps >= parts);
            let target = store.history(1).unwrap().remove(0);
            let steps = stopped_at_every_step(&mut store, |store, going| match number {
                11 => store.undo(&stamp(), &target, going).map(drop),
                _ => store.erase(&stamp(), &target, &|_| String::new(), going).map(drop),
            });
            prop_assert!(steps > intake.records.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn taking_in_and_back_leaves_the_database_as_it_was(
        older in any_hours(),
        rows in any_hours(),
        people in prop::collection::vec((1..9_u32, "[a-c]{0,2}"), 0..6),
    ) {
        let mut store = store();
        known(&mut store, &[1, 2, 3, 4, 5]);
        take_in(&mut store, &any_intake(10, &older, &[]));
        let before = dump(&mut store);
        let taken = take_in(&mut store, &any_intake(11, &rows, &people));
        let undone = store.undo(&stamp(), &taken, &Going::freely()).unwrap();
        prop_assert_eq!(undone.staying, vec![]);
        prop_assert_eq!(dump(&mut store), before.clone());
        // Erased instead of taken back, it leaves the same.
        let again = take_in(&mut store, &any_intake(12, &rows, &people));
        store.erase(&stamp(), &again, &|_| String::new(), &Going::freely()).unwrap();
        prop_assert_eq!(dump(&mut store), before);
    }
}
