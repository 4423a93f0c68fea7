use std::sync::Arc;

use super::*;
use crate::app::Site;
use crate::domain::EstablishmentId;
use crate::domain::command::{Change, DraftField};
use crate::domain::establishment::{Committee, Engagement, Establishment};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn today() -> Day {
    day("2026-11-20")
}

fn row(number: u32) -> Id {
    Id::new(&EstablishmentId::new(1), Prefix::Row, number)
}

pub fn bare_site() -> Site {
    let establishment = Establishment {
        name: "あかつき精機".into(),
        short_name: "あかつき".into(),
        engagement: Engagement::PartTime,
        committee: Committee::Health,
        ..Establishment::new(EstablishmentId::new(1))
    };
    let mut site = Site::new(establishment);
    site.places = Arc::new(vec![Place { id: row(1), name: "鋳造".into(), position: 1, retired_on: None }]);
    site.last_numbers = [0, 0, 1];
    site
}

fn beginning(presence: Presence, on: &str) -> Beginning {
    let (starts, companions, private_remark) = ("13:10".into(), String::new(), String::new());
    Beginning { presence, day: day(on), starts, companions, private_remark }
}

fn spot() -> Spot {
    Spot { patrol: row(2), place: row(1), category: Category::Passage }
}

/// Applies the rows of patrols, marks and findings.
fn apply(site: &mut Site, command: Command) {
    for change in command.changes {
        let Change::Put(record) = change else { continue };
        site.last_numbers[2] += 1;
        match record {
            AnyRecord::Patrol(row) => replace(Arc::make_mut(&mut site.patrols), *row, |p| p.id.clone()),
            AnyRecord::PlaceMark(row) => replace(Arc::make_mut(&mut site.marks), *row, |m| m.id.clone()),
            AnyRecord::Finding(row) => replace(Arc::make_mut(&mut site.findings), *row, |f| f.id.clone()),
            _ => {}
        }
    }
}

use crate::domain::AnyRecord;

fn replace<T>(rows: &mut Vec<T>, row: T, key: impl Fn(&T) -> Id) {
    rows.retain(|other| key(other) != key(&row));
    rows.push(row);
}

fn walking() -> Site {
    let mut site = bare_site();
    let command = start(&site, &beginning(Presence::OnSite, "2026-11-20"), today()).unwrap();
    apply(&mut site, command);
    site
}

fn typed(severity: Severity, measure: &str, at: &str) -> TypedFinding {
    let (measure, measure_at) = (measure.into(), at.into());
    TypedFinding { content: "通路に台車".into(), severity, measure, measure_at, ..TypedFinding::default() }
}

#[test]
fn a_patrol_is_walked_on_site_on_a_day_that_has_come() {
    let site = bare_site();
    for presence in [Presence::Pictures, Presence::Remote] {
        assert_eq!(start(&site, &beginning(presence, "2026-11-20"), today()), Err(PatrolError::NotOnSite));
    }
    assert_eq!(start(&site, &beginning(Presence::OnSite, "2026-11-21"), today()), Err(PatrolError::NotYet));
    let command = start(&site, &beginning(Presence::OnSite, "2026-11-18"), today()).unwrap();
    assert_eq!((command.act, command.subject.as_deref()), (Act::StartPatrol, Some("E01")));
    let open = walking();
    assert_eq!(start(&open, &beginning(Presence::OnSite, "2026-11-20"), today()), Err(PatrolError::StillOpen));
}

#[test]
fn a_mark_is_changed_in_its_own_row() {
    let mut site = walking();
    let command = mark(&site, &spot(), Mark::Good).unwrap();
    apply(&mut site, command);
    let command = mark(&site, &spot(), Mark::NotApplicable).unwrap();
    apply(&mut site, command);
    assert_eq!(site.marks.len(), 1);
    assert_eq!(mark_of(&site, &spot()).map(|mark| mark.mark), Some(Mark::NotApplicable));
    assert_eq!(mark(&site, &spot(), Mark::Finding), Err(PatrolError::WantsWords));
}

#[test]
fn a_finding_marks_its_category_and_keeps_it() {
    let mut site = walking();
    let command = record(&site, &spot(), &typed(Severity::Improve, "", "")).unwrap();
    assert_eq!((command.changes.len(), command.ends_drafts.clone()), (2, vec![spot().draft()]));
    assert_eq!(command.subject, Some(row(3).to_string()));
    apply(&mut site, command);
    assert_eq!(mark(&site, &spot(), Mark::Good), Err(PatrolError::HasFinding));
    let empty = TypedFinding { content: "  ".into(), ..TypedFinding::default() };
    assert_eq!(record(&site, &spot(), &empty), Err(PatrolError::NoContent));
}

#[test]
fn a_danger_wants_its_measure_and_its_time_before_the_end() {
    for (measure, at) in [("", ""), ("移した", ""), ("", "13:32"), ("移した", "25:00"), ("移した", "13:3")] {
        let mut site = walking();
        let command = record(&site, &spot(), &typed(Severity::Urgent, measure, at)).unwrap();
        apply(&mut site, command);
        assert_eq!(complete(&site, &row(2), today()), Err(PatrolError::Unmeasured), "{measure} {at}");
    }
    let mut site = walking();
    let command = record(&site, &spot(), &typed(Severity::Urgent, "移した", "13:32")).unwrap();
    apply(&mut site, command);
    let command = complete(&site, &row(2), today()).unwrap();
    assert_eq!((command.act, command.subject.as_deref()), (Act::CompletePatrol, Some("E01")));
    apply(&mut site, command);
    assert_eq!(complete(&site, &row(2), today()), Err(PatrolError::Ended));
    assert_eq!(mark(&site, &spot(), Mark::Good), Err(PatrolError::Ended));
}

#[test]
fn an_empty_or_half_typed_walk_does_not_end() {
    let mut site = walking();
    assert_eq!(complete(&site, &row(2), today()), Err(PatrolError::NothingSeen));
    let command = mark(&site, &spot(), Mark::Good).unwrap();
    apply(&mut site, command);
    let draft = DraftField { form: spot().draft(), field: "content".into(), value: "床が".into() };
    site.drafts = Arc::new(vec![draft]);
    assert_eq!(complete(&site, &row(2), today()), Err(PatrolError::DraftLeft));
}

#[test]
fn a_finding_is_seen_closed_on_an_open_patrol_only_and_once() {
    let mut site = walking();
    let command = record(&site, &spot(), &typed(Severity::Improve, "", "")).unwrap();
    apply(&mut site, command);
    assert_eq!(close(&site, &row(9), &row(3)), Err(PatrolError::Unknown));
    let command = close(&site, &row(2), &row(3)).unwrap();
    assert_eq!((command.act, command.subject.clone()), (Act::CloseFinding, Some(row(3).to_string())));
    apply(&mut site, command);
    let closed = site.findings.first().unwrap();
    assert_eq!((closed.closed_on, closed.closed_by.clone()), (Some(today()), Some(row(2))));
    assert_eq!(close(&site, &row(2), &row(3)), Err(PatrolError::Closed));
    assert_eq!(rewrite(&site, &row(3), &typed(Severity::Soon, "", ""), None, today()), Err(PatrolError::Closed));
}

#[test]
fn a_finding_is_not_closed_before_it_was_found() {
    let mut site = walking();
    let command = record(&site, &spot(), &typed(Severity::Improve, "", "")).unwrap();
    apply(&mut site, command);
    let older = Patrol { id: row(20), day: day("2026-11-01"), ..site.patrols.first().unwrap().clone() };
    Arc::make_mut(&mut site.patrols).push(older);
    assert_eq!(close(&site, &row(20), &row(3)), Err(PatrolError::BeforeFinding));
}

#[test]
fn an_answer_is_an_act_of_its_own() {
    let mut site = walking();
    let command = record(&site, &spot(), &typed(Severity::Improve, "", "")).unwrap();
    apply(&mut site, command);
    let told = Answer { day: today(), text: "片付けた".into() };
    assert_eq!(answer(&site, &row(3), &told, today()).unwrap().act, Act::AnswerMeasure);
    let same = typed(Severity::Improve, "", "");
    assert_eq!(rewrite(&site, &row(3), &same, Some(&told), today()).unwrap().act, Act::AnswerMeasure);
    let other = typed(Severity::Soon, "", "");
    assert_eq!(rewrite(&site, &row(3), &other, Some(&told), today()).unwrap().act, Act::RecordFinding);
    let ahead = Answer { day: day("2026-12-01"), text: String::new() };
    assert_eq!(answer(&site, &row(3), &ahead, today()), Err(PatrolError::NotYet));
}

#[test]
fn an_open_patrol_of_an_earlier_day_is_still_the_current_one() {
    let mut site = walking();
    assert_eq!(current(&site, day("2026-11-25")).map(|patrol| patrol.id.clone()), Some(row(2)));
    Arc::make_mut(&mut site.patrols)[0].completed_on = Some(today());
    assert_eq!(current(&site, today()).map(|patrol| patrol.id.clone()), Some(row(2)));
    assert_eq!(current(&site, day("2026-11-25")), None);
}

#[test]
fn information_of_a_month_is_one_row() {
    let mut site = bare_site();
    let asked = note_information(&site, InformationKind::ManagerRound, today(), today(), false);
    let Some(Change::Put(AnyRecord::Information(row))) = asked.changes.into_iter().next() else { panic!() };
    site.information = Arc::new(vec![*row.clone()]);
    let come = note_information(&site, InformationKind::ManagerRound, day("2026-11-30"), today(), true);
    let Some(Change::Put(AnyRecord::Information(same))) = come.changes.into_iter().next() else { panic!() };
    assert_eq!((same.id.clone(), same.asked_on, same.received_on), (row.id.clone(), Some(today()), Some(today())));
}
