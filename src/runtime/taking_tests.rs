//! An import that is given up at any of its steps, from the first row that is matched to the last that is written.

use std::path::PathBuf;

use rusqlite::Connection;

use super::*;
use crate::domain::EstablishmentId;
use crate::domain::command::Act;
use crate::domain::hours::BatchKind;
use crate::import::hours::AcceptError;
use crate::runtime::fetching::Fetched;
use crate::runtime::imports::ReadOptions;
use crate::runtime::shown::tests::opened;
use crate::runtime::ticket::Ticket;

const ROSTER: &str = "社員番号,氏名,所属,生年月日\n001,架空 太郎,製造課,1980-01-02\n002,架空 花子,総務課,1990-03-04\n";
const HOURS: &str = "社員番号,氏名,開始日,終了日,総労働時間\n001,架空 太郎,2026-09-01,2026-09-30,200:30\n\
                     002,架空 花子,2026-09-01,2026-09-30,160:15\n";
const CHECKUPS: &str = "社員番号,氏名,健診日,身長,体重,AST\n001,架空 太郎,2026-10-01,170.2,60.1,20\n\
                        002,架空 花子,2026-10-02,160.3,50.5,溶血\n";
const LEDGER: &str = "社員番号,氏名,措置,期限\n001,架空 太郎,夜勤をしない,2027-03-31\n";

/// Every row of every table of both databases, the journal, the chain and the numbers included.
fn rows(desk: &mut Desk, id: &EstablishmentId) -> Vec<String> {
    let mut rows = rows_in(desk.open_site_mut(id).unwrap().store.connection());
    rows.extend(rows_in(desk.registry.connection()));
    rows
}

fn rows_in(connection: &Connection) -> Vec<String> {
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut lines = Vec::new();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            lines.push(format!("{name} {row:?}"));
        }
    }
    lines
}

/// The file as it was read, with what is said about it.
fn read(desk: &Desk, id: &EstablishmentId, kind: BatchKind, text: &str) -> ReadFile {
    let mut fetched = Fetched::of_bytes(text.as_bytes(), kind, None).unwrap();
    fetched.path = Some(PathBuf::from("/nowhere/file.csv"));
    let mut file = desk.read_fetched(id, fetched, ReadOptions::of(kind)).unwrap();
    file.decisions.are_ours = true;
    file
}

/// Takes a file in, stopped at the first step, then at the second, until no step is left; gives their number.
fn taken_in_at_last(desk: &mut Desk, id: &EstablishmentId, kind: BatchKind, text: &str) -> usize {
    let (before, snapshot) = (rows(desk, id), Arc::clone(desk.site(id).unwrap()));
    for n in 0..10_000 {
        let file = read(desk, id, kind, text);
        desk.ticket = Ticket::stopping_at(n);
        match desk.accept_shown(&file) {
            Err(error) if error.is_stop() => {
                assert_eq!(rows(desk, id), before, "{kind:?} stopped at step {n}");
                assert!(Arc::ptr_eq(desk.site(id).unwrap(), &snapshot), "{kind:?} stopped at step {n}");
                assert!(desk.shown.is_none());
            }
            done => {
                assert!(done.unwrap().is_some(), "{kind:?}");
                desk.ticket = Ticket::default();
                return n;
            }
        }
    }
    panic!("{kind:?} does not end");
}

#[test]
fn an_import_that_is_given_up_leaves_no_row_no_mapping_and_no_note_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, id) = opened(folder.path());
    for (kind, text) in [
        (BatchKind::Roster, ROSTER),
        (BatchKind::Hours, HOURS),
        (BatchKind::Checkup, CHECKUPS),
        (BatchKind::Restrictions, LEDGER),
    ] {
        let steps = taken_in_at_last(&mut desk, &id, kind, text);
        assert!(steps > 4, "{kind:?} has {steps} steps");
    }
    let site = desk.site(&id).unwrap();
    assert_eq!((site.workers.len(), site.batches.len(), site.profiles.len()), (2, 4, 4));
    let clear = desk.registry.clear_files().unwrap();
    assert_eq!(clear.len(), 4, "each is noted once: {clear:?}");
    let faults = desk.open_site(&id).unwrap().store.check(None).unwrap();
    assert_eq!(faults, []);
}

#[test]
fn an_import_that_fails_is_put_back_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, id) = opened(folder.path());
    let (before, file) = (rows(&mut desk, &id), read(&desk, &id, BatchKind::Roster, ROSTER));
    let failed = desk.as_one(&file, |desk| {
        let preview = desk.preview_roster(&file)?;
        let incoming = desk.intake_of_roster(&file, preview)?;
        desk.take_in(&id, Act::ImportRoster, incoming)?;
        assert_eq!(desk.site(&id)?.workers.len(), 2);
        Err::<(), _>(AcceptError::Unanswered.into())
    });
    assert!(matches!(failed, Err(RuntimeError::Accept(_))));
    assert_eq!((rows(&mut desk, &id), desk.site(&id).unwrap().workers.len()), (before, 0));
}

#[test]
fn a_batch_that_is_not_taken_back_in_the_end_stands_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, id) = opened(folder.path());
    taken_in_at_last(&mut desk, &id, BatchKind::Roster, ROSTER);
    taken_in_at_last(&mut desk, &id, BatchKind::Hours, HOURS);
    let before = rows(&mut desk, &id);
    let mut n = 0;
    loop {
        desk.ticket = Ticket::stopping_at(n);
        match desk.undo(&id, None) {
            Err(error) if error.is_stop() => assert_eq!(rows(&mut desk, &id), before, "stopped at step {n}"),
            done => break assert_eq!(done.unwrap().staying, []),
        }
        n += 1;
    }
    assert!(n > 7 && desk.site(&id).unwrap().hours.is_empty());
}
