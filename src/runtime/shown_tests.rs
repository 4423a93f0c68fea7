//! What was shown is what comes in, as long as it is true.

use std::path::Path;

use super::*;
use crate::app::host::RowList;
use crate::app::testing;
use crate::domain::EstablishmentId;
use crate::domain::command::{Act, Command, DraftField};
use crate::domain::doctor::Doctor;
use crate::import::profile::{ProfileError, propose_hours};
use crate::law::Law;
use crate::runtime::{Clock, NewVault, Place, Unlocking};
use crate::vault::{Passphrase, WORK_FACTOR_QUICK};

fn asked() -> Asked {
    Asked {
        sha256: "ab".repeat(32),
        sheet: None,
        profile: propose_hours(&["氏名".to_owned(), "総労働時間".to_owned()]).profile,
        notation: None,
        period: None,
        decisions: Decisions::default(),
        round: None,
        answered_on: None,
    }
}

fn shown(site: &Site) -> Shown {
    let rows = Arc::new(Rows::Restrictions(ledger::Preview::default()));
    Shown { asked: asked(), site: Arc::new(site.clone()), today: Day::default(), rows }
}

#[test]
fn what_was_shown_is_true_until_something_under_it_changes() {
    let site = testing::site();
    let shown = shown(&site);
    assert!(shown.is_true(&asked(), &site, Day::default()));
    assert!(!shown.is_true(&asked(), &site, Day::default().succ_opt().unwrap()), "another day");
    for part in Part::ALL {
        let other = part.taken_from(&testing::site(), &site);
        let is_true = shown.is_true(&asked(), &other, Day::default());
        assert_eq!(is_true, *part == Part::Drafts, "{part:?}");
    }
}

#[test]
fn what_is_said_about_the_file_makes_another_preview() {
    let site = testing::site();
    let shown = shown(&site);
    let mut ours = asked();
    ours.decisions.are_ours = true;
    let mut summed = asked();
    summed.profile.columns.pop();
    let read = Asked { notation: Some(Notation::Minutes), ..asked() };
    let round = Asked { round: Some(Id::new(&EstablishmentId::new(1), crate::domain::Prefix::Row, 1)), ..asked() };
    let other = Asked { sha256: String::new(), ..asked() };
    for asked in [ours, summed, read, round, other, Asked { sheet: Some(2), ..asked() }] {
        assert!(!shown.is_true(&asked, &site, Day::default()), "{asked:?}");
    }
}
fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A desk with one establishment and nobody in it.
pub(in crate::runtime) fn opened(folder: &Path) -> (Desk, EstablishmentId) {
    let unlocking = Unlocking {
        place: Place::new(&folder.join("vault")),
        passphrase: Passphrase::new("horse-battery-staple-7".to_owned()),
        clock: Clock::fixed(day("2026-11-20")),
        law: Arc::new(Law::built_in().unwrap()),
    };
    let owner = Doctor { name: "見本 医師".to_owned(), registration: "123456".to_owned(), ..Doctor::default() };
    let new = NewVault { unlocking, identity: None, work_factor: WORK_FACTOR_QUICK, owner, is_demo: false };
    let (mut desk, _) = Desk::create(&new).unwrap();
    let id = desk.create_site((*testing::site().establishment).clone()).unwrap();
    (desk, id)
}

/// Reads two rows, shows them, and marks what was kept: its last row is gone.
fn shown_and_marked(desk: &mut Desk, id: &EstablishmentId, text: &str) {
    let mut file = desk.read_pasted(id, text, false).unwrap();
    // The month is chosen by hand: this establishment has no closing day.
    assert_eq!(file.proposal.missing.take(), Some(ProfileError::NoClosing));
    (file.period, file.is_period_told) = (Period::new(day("2026-10-01"), day("2026-10-31")), true);
    file.decisions.are_ours = true;
    desk.read = Some(file);
    assert_eq!(desk.look().unwrap().count(RowList::Added), 2);
    match desk.shown.as_mut().map(|shown| Arc::make_mut(&mut shown.rows)) {
        Some(Rows::Hours(preview)) => _ = preview.added.pop(),
        _ => panic!("a file of hours was shown"),
    }
}

fn take_in(desk: &mut Desk) -> Option<i64> {
    let file = desk.read.take().unwrap();
    desk.accept_shown(&file).unwrap()
}

/// The mark comes in: the rows were not read once more. A draft between changes nothing.
#[test]
fn what_was_shown_is_what_comes_in() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, id) = opened(folder.path());
    shown_and_marked(&mut desk, &id, "架空 太郎 45:00\n架空 花子 50:00\n");
    let field = DraftField { form: "import".to_owned(), field: "path".to_owned(), value: "/tmp/a".to_owned() };
    desk.save_draft(&id, field).unwrap();
    assert_eq!(desk.look().unwrap().count(RowList::Added), 1, "shown again, it is the same one");
    assert!(take_in(&mut desk).is_some());
    assert_eq!(desk.site(&id).unwrap().workers.len(), 1);
}

/// After a change of the roster the mark is gone: the rows are found anew.
#[test]
fn what_is_no_longer_true_is_found_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, id) = opened(folder.path());
    shown_and_marked(&mut desk, &id, "架空 太郎 45:00\n架空 花子 50:00\n");
    let mut worker = testing::site().workers[0].clone();
    worker.id = desk.site(&id).unwrap().next_id(crate::domain::Prefix::Worker);
    desk.perform(&id, &Command::new(Act::EditWorker, worker.id.to_string()).put(worker)).unwrap();
    assert!(take_in(&mut desk).is_some());
    assert_eq!(desk.site(&id).unwrap().workers.len(), 3);
}
