//! Advice and actions in a real vault: taken back like anything else, and what the committee has read stands.

use junkai::app::host::DocumentRequest;
use junkai::app::stress::improvement::{self, ImprovementEntry};
use junkai::domain::opinion::{FormKind, Recipient};
use junkai::domain::stress::{Improvement, OwnerRole};
use junkai::domain::{EstablishmentId, Id};
use junkai::runtime::{Desk, RuntimeError, Workshop};
use junkai::store::StoreError;

use super::open_round;
use crate::scratch::Scratch;

fn site_id() -> EstablishmentId {
    EstablishmentId::new(1)
}

/// Writes a record; a known one where an id is given.
fn write(desk: &mut Desk, round: &Id, id: Option<&Id>, entry: &ImprovementEntry) -> Result<(), RuntimeError> {
    let (law, today) = (desk.law().clone(), desk.today());
    let command = improvement::write(&law, desk.site(&site_id()).unwrap(), round, id, entry, today).unwrap();
    desk.perform(&site_id(), &command).map(drop)
}

fn ids(desk: &Desk, kind: Improvement) -> Vec<Id> {
    let rows = desk.site(&site_id()).unwrap().stress_improvements.clone();
    rows.iter().filter(|row| row.kind == kind).map(|row| row.id.clone()).collect()
}

/// Issues the committee's paper of the round; gives its version.
fn issue(desk: &mut Desk, scratch: &Scratch, round: &Id) -> u32 {
    let to = vec![Recipient::Employer];
    let request = DocumentRequest::new(site_id(), FormKind::StressCommittee, Some(round.clone()), to);
    let preview = desk.preview_document_in(&request, Some(&scratch.path("out"))).unwrap();
    let hashes: Vec<String> = preview.copies.iter().map(|copy| copy.sha256.clone()).collect();
    desk.issue(&mut Workshop::default(), &request, &hashes).unwrap();
    preview.version
}

#[test]
fn what_the_committee_read_stands_and_an_action_goes_on() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let round = open_round(&mut desk, OwnerRole::Implementer);
    let today = desk.today();
    let advice = ImprovementEntry { content: "会議を減らすこと。".to_owned(), ..ImprovementEntry::new(today) };
    let action = ImprovementEntry {
        kind: Improvement::Action,
        content: "締切りを二回に分ける。".to_owned(),
        who: "開発課長".to_owned(),
        due: Some(today),
        ..ImprovementEntry::new(today)
    };
    write(&mut desk, &round, None, &advice).unwrap();
    desk.undo(&site_id(), None).unwrap();
    assert_eq!(ids(&desk, Improvement::Advice), [], "taken back");
    write(&mut desk, &round, None, &advice).unwrap();
    write(&mut desk, &round, None, &action).unwrap();
    assert_eq!(issue(&mut desk, &scratch, &round), 1);

    let (advised, open) = (ids(&desk, Improvement::Advice)[0].clone(), ids(&desk, Improvement::Action)[0].clone());
    let other = ImprovementEntry { content: "別の助言。".to_owned(), ..advice };
    let refused = write(&mut desk, &round, Some(&advised), &other);
    assert!(matches!(refused, Err(RuntimeError::Store(StoreError::Frozen(_)))), "{refused:?}");
    let done = improvement::done(desk.site(&site_id()).unwrap(), &open, today).unwrap();
    desk.perform(&site_id(), &done).unwrap();
    assert_eq!(issue(&mut desk, &scratch, &round), 2, "the committee reads that it is done");
    desk.lock().unwrap();
    scratch.assert_clean();
}
