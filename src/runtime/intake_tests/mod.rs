//! Files of every kind on a real vault: no row is lost, and what was taken in goes again without a trace.
//!
//! The vault is made once and lies in its folder locked; every case opens a copy of its own.

mod dump;
mod files;
mod rows;
mod undo;

use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tempfile::TempDir;

use super::imports::{ReadFile, ReadOptions};
use super::shown::Rows;
use super::{Clock, Desk, NewVault, Place, RuntimeError, Unlocking};
use crate::app::stress::{fixture, rounds};
use crate::app::testing;
use crate::domain::command::{Act, Command};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::ClosingDay;
use crate::domain::hours::BatchKind;
use crate::domain::stress::OwnerRole;
use crate::domain::{Day, EstablishmentId, Prefix};
use crate::import::aside::Left;
use crate::law::Law;
use crate::vault::{Passphrase, WORK_FACTOR_QUICK};

/// The roster and one file of every other kind: what stands before the first file of a case.
const STANDING: [(&[u8], BatchKind); 7] = [
    (include_bytes!("../../../data-samples/roster-cp932.csv"), BatchKind::Roster),
    ("社員番号,氏名,所属\n4098,架空 一,総務課\n4099,架空 二,総務課\n".as_bytes(), BatchKind::Roster),
    (include_bytes!("../../../data-samples/monthly-words-utf8.csv"), BatchKind::Hours),
    (include_bytes!("../../../data-samples/checkup-clinic-cp932.csv"), BatchKind::Checkup),
    (include_bytes!("../../../data-samples/restrictions-utf8.csv"), BatchKind::Restrictions),
    (include_bytes!("../../../data-samples/stress-id-utf8.csv"), BatchKind::Stress),
    (include_bytes!("../../../data-samples/stress-results-cp932.csv"), BatchKind::StressResults),
];

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn unlocking(folder: &Path) -> Unlocking {
    Unlocking {
        place: Place::new(&folder.join("vault")),
        passphrase: Passphrase::new("horse-battery-staple-7".to_owned()),
        clock: Clock::fixed(day("2026-11-20")),
        law: Arc::new(Law::built_in().unwrap()),
    }
}

/// A desk with its own copy of the vault, in a folder that goes with it.
struct Room {
    desk: Desk,
    _folder: TempDir,
}

impl Room {
    fn new() -> Self {
        static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
        let folder = tempfile::tempdir().unwrap();
        copied(TEMPLATE.get_or_init(made).path(), folder.path());
        Self { desk: Desk::unlock(&unlocking(folder.path())).unwrap(), _folder: folder }
    }
}

fn copied(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copied(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

fn made() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let owner = Doctor { name: "見本 医師".to_owned(), registration: "123456".to_owned(), ..Doctor::default() };
    let unlocking = unlocking(folder.path());
    let new = NewVault { unlocking, identity: None, work_factor: WORK_FACTOR_QUICK, owner, is_demo: false };
    let (mut desk, _) = Desk::create(&new).unwrap();
    assert_eq!(desk.create_site((*testing::site().establishment).clone()).unwrap(), site());
    let id = desk.site(&site()).unwrap().next_id(Prefix::Row);
    let closing = ClosingDay { id, valid_from: day("2020-01-01"), day: 31 };
    desk.perform(&site(), &Command::new(Act::EditEstablishment, site().to_string()).put(closing)).unwrap();
    for (bytes, kind) in STANDING {
        if kind == BatchKind::Stress {
            opened_round(&mut desk);
        }
        let file = read(&desk, bytes, kind).unwrap();
        assert!(desk.accept_shown(&file).unwrap().is_some(), "{kind:?}");
    }
    desk.lock().unwrap();
    folder
}

/// A round of an implementer's, open for answers.
fn opened_round(desk: &mut Desk) {
    let (law, today) = (Arc::clone(desk.law()), desk.today());
    let (round, command) =
        rounds::write(&law, desk.site(&site()).unwrap(), None, &fixture::entry(OwnerRole::Implementer), today).unwrap();
    desk.perform(&site(), &command).unwrap();
    let command = rounds::add_staff(&law, desk.site(&site()).unwrap(), &round, &fixture::staff(), today).unwrap();
    desk.perform(&site(), &command).unwrap();
    let command = rounds::open(&law, desk.site(&site()).unwrap(), &round, day("2026-09-01"), today).unwrap();
    desk.perform(&site(), &command).unwrap();
}

/// The file as it is read; whose people it holds is settled.
fn read(desk: &Desk, bytes: &[u8], kind: BatchKind) -> Result<ReadFile, RuntimeError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    let mut file = desk.read_file(&site(), &path, ReadOptions::of(kind))?;
    file.decisions.are_ours = true;
    Ok(file)
}

/// The lines of rows that are taken, new or not, and how many rows are part of another row's sum.
fn taken(rows: &Rows) -> (Vec<u32>, usize) {
    let lines = |own: Vec<u32>, unchanged: &[u32]| own.into_iter().chain(unchanged.iter().copied()).collect();
    match rows {
        Rows::Hours(found) => {
            let own = found.added.iter().chain(&found.changed).map(|row| row.line).collect();
            (lines(own, &found.unchanged), found.summed)
        }
        Rows::Roster(found) => {
            (lines(found.added.iter().chain(&found.changed).map(|row| row.line).collect(), &found.unchanged), 0)
        }
        Rows::Restrictions(found) => {
            (lines(found.added.iter().chain(&found.changed).map(|row| row.line).collect(), &found.unchanged), 0)
        }
        Rows::Checkup(found) => {
            let joined = found.rows.joined.values().map(Vec::len).sum();
            (found.weighed.iter().map(|exam| u32::try_from(exam.sheet.source_row).unwrap()).collect(), joined)
        }
        Rows::Stress(found) => (found.rows.sheets.iter().map(|row| row.line).collect(), 0),
        Rows::StressResults(found) => (found.rows.sheets.iter().map(|row| row.line).collect(), 0),
    }
}

/// The rows that are not plainly taken.
fn left(rows: &Rows) -> Left<'_> {
    match rows {
        Rows::Hours(found) => found.left(),
        Rows::Roster(found) => found.left(),
        Rows::Restrictions(found) => found.left(),
        Rows::Checkup(found) => found.rows.left(),
        Rows::Stress(found) => found.rows.left(),
        Rows::StressResults(found) => found.rows.left(),
    }
}

/// How many rows would add or change something.
fn new_rows(rows: &Rows) -> usize {
    match rows {
        // Nothing comes in while it is open how the column reads.
        Rows::Hours(found) if found.question.is_some() => 0,
        Rows::Hours(found) => found.added.len() + found.changed.len(),
        Rows::Roster(found) => found.added.len() + found.changed.len(),
        Rows::Restrictions(found) => found.added.len() + found.changed.len(),
        Rows::Checkup(found) => found.counts()[..2].iter().sum(),
        Rows::Stress(found) => found.entered.added + found.entered.changed,
        Rows::StressResults(found) => found.reporting.added,
    }
}
