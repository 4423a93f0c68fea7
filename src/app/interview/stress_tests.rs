//! The interview of 66条の10 from the request to the rows it puts.

use serde_json::json;

use super::field::*;
use super::*;
use crate::app::entry_fixture::{day, worker_id};
use crate::app::stress::ask;
use crate::app::stress::fixture::{HIGH, LOW, Room, today};
use crate::app::stress::judging::{confirm, notify};
use crate::app::stress::requests::receive;
use crate::domain::AnyRecord;
use crate::domain::case::{Ground, RequestBy};
use crate::domain::command::{Change, Command};
use crate::domain::stress::{Need, OwnerRole, StressInterview};
use crate::law::judgment::LegalItem;
use crate::law::outcome::Conclusion;

/// One of two was above the criteria and has applied.
fn asked() -> Room {
    let mut room = Room::open(2, OwnerRole::Implementer);
    room.enter(&[(1, HIGH), (2, LOW)]).unwrap();
    room.judge();
    let confirmed = confirm(&room.site, &room.round, &worker_id(1), Need::Needed, "", "架空 医師", today()).unwrap();
    room.perform(confirmed).unwrap();
    let told = notify(&room.site, &room.round, &[worker_id(1)], day("2026-10-20"), today()).unwrap().unwrap();
    room.perform(told).unwrap();
    let asked = receive(&room.site, &room.round, &worker_id(1), day("2026-11-10"), RequestBy::Paper, today()).unwrap();
    room.perform(asked).unwrap();
    room
}

fn opened(room: &Room, worker: u32) -> InterviewForm {
    let owner = Doctor { name: "架空 医師".into(), ..Doctor::default() };
    let opening = Opening { law: &room.law, owner: &owner, site: &room.site, today: today(), clock: "14:20" };
    InterviewForm::open(opening, &worker_id(worker)).unwrap()
}

const ANSWERS: &[(&str, &str)] = &[
    (WORK_SITUATION, "担当が増えた。"),
    (RESULT_READ, "1"),
    (BURDEN, "締切りが重なり、眠れない日がある。"),
    (FINDINGS, "所見の言葉。"),
    (CONDITION, "0"),
    (FITNESS, "0"),
];

fn filled(room: &Room, more: &[(&str, &str)]) -> InterviewForm {
    let mut form = opened(room, 1);
    form.pass(Step::Work);
    for (field, value) in ANSWERS.iter().chain(more) {
        form.set(field, value);
    }
    form
}

fn beside(command: &Command) -> StressInterview {
    let found = command.changes.iter().find_map(|change| match change {
        Change::Put(AnyRecord::StressInterview(row)) => Some((**row).clone()),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn the_form_asks_for_the_burden_instead_of_the_fatigue() {
    let room = asked();
    let form = opened(&room, 1);
    assert!(form.is_high_stress());
    assert!(!form.fields(Step::Judgment).contains(&FATIGUE) && form.fields(Step::Judgment).contains(&FINDINGS));
    assert!(form.fields(Step::Condition).contains(&BURDEN));
    let other = opened(&room, 2);
    assert!(!other.is_high_stress() && !other.fields(Step::Work).contains(&GROUND), "nobody else is asked");
    assert!(other.fields(Step::Judgment).contains(&FATIGUE));
}

#[test]
fn the_result_stands_beside_the_questions() {
    let room = asked();
    let lines = opened(&room, 1).results(&room.site);
    assert_eq!(lines, ["2026年度  合計点数  A 51  B 92  C 31  該当"]);
}

#[test]
fn nothing_is_completed_without_the_items_of_the_record() {
    let room = asked();
    let form = opened(&room, 1);
    let missing = form.missing(&room.site);
    assert!(missing.contains(&LegalItem::Burden) && !missing.contains(&LegalItem::Fatigue), "{missing:?}");
    // The rule of the law and the form agree on what the record lacks (SC-33).
    let lacks = |burden: bool| {
        let facts = json!({ "work_situation": true, "burden": burden, "condition": true, "interviewed_on": true,
            "worker_name": true, "doctor_name": true, "opinion": true });
        ask(&room.law, "SC-33", today(), &facts).unwrap().outcome
    };
    assert_eq!(lacks(false), Conclusion::Required);
    assert_eq!(lacks(true), Conclusion::NotRequired);
    assert_eq!(filled(&room, &[]).missing(&room.site), []);
}

#[test]
fn what_was_not_asked_speaks_and_does_not_block() {
    let room = asked();
    let form = filled(&room, &[(RESULT_READ, "0")]);
    let unasked = form.unasked(&room.law, today());
    assert!(unasked.iter().any(|text| text.contains("3領域")), "{unasked:?}");
    assert!(form.complete(&room.law, &room.site, today()).is_ok());
    assert_eq!(filled(&room, &[]).unasked(&room.law, today()), Vec::<String>::new());
}

#[test]
fn the_interview_goes_to_the_case_of_its_request_and_keeps_what_is_beside_it() {
    let room = asked();
    let (command, id) = filled(&room, &[]).complete(&room.law, &room.site, today()).unwrap();
    let case = command.changes.iter().find_map(|change| match change {
        Change::Put(AnyRecord::Case(row)) => Some(row),
        _ => None,
    });
    let case = case.unwrap();
    assert_eq!((case.ground, &case.id), (Ground::HighStress, &room.site.cases[0].id));
    let kept = beside(&command);
    assert_eq!((&kept.interview, kept.round.as_ref()), (&id, Some(&room.round)));
    assert_eq!((kept.burden.as_str(), kept.findings.as_str()), ("締切りが重なり、眠れない日がある。", "所見の言葉。"));
    let keys: std::collections::BTreeSet<_> = command
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Put(row) => Some(row.key().to_owned()),
            Change::Remove(..) => None,
        })
        .collect();
    assert_eq!(keys.len(), command.changes.len(), "no id twice");
}

#[test]
fn the_form_refuses_what_the_paper_does_not_take() {
    let room = asked();
    let refused = |more: &[(&str, &str)], field: &str| {
        let form = filled(&room, more);
        let faults = form.complete(&room.law, &room.site, today()).unwrap_err().faults;
        assert_eq!(faults.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [field], "{more:?}");
    };
    refused(&[(GUIDANCE, "3")], NEXT_ON);
    let limited = [(FITNESS, "1"), (HOURS_MEASURES, "1"), (UNTIL, "2027-01-31")];
    refused(&limited, OVERTIME_LIMIT);
    refused(&[&limited[..], &[(OVERTIME_LIMIT, "100")]].concat(), OVERTIME_LIMIT);
    refused(&[(FITNESS, "2"), (HOURS_MEASURES, "2")], UNTIL);
    let whole = filled(&room, &[&limited[..], &[(OVERTIME_LIMIT, "99")]].concat());
    assert!(whole.complete(&room.law, &room.site, today()).is_ok());
    let mut both = filled(&room, &[]);
    both.values.insert(GUIDANCE.to_owned(), "0,2".to_owned());
    assert_eq!(both.complete(&room.law, &room.site, today()).unwrap_err().faults[0].0, GUIDANCE);
}

#[test]
fn without_a_request_there_is_no_interview_of_this_kind() {
    let room = asked();
    let mut form = filled(&room, &[]);
    let mut site = room.site.clone();
    std::sync::Arc::make_mut(&mut site.requests).clear();
    assert_eq!(form.complete(&room.law, &site, today()).unwrap_err().faults[0].0, GROUND);
    form.set(GROUND, "0");
    assert!(!form.is_high_stress());
}

/// Duty 13: what the employer is asked for before the interview of 66条の10 is kept item by item, and stands in the form.
#[test]
fn what_was_asked_of_the_employer_for_this_interview_is_kept_item_by_item() {
    use crate::app::information::{Standing, advance, checklist, summary};
    use crate::domain::case::InformationItem;
    let mut room = asked();
    let before = checklist(&room.site, &worker_id(1), today());
    assert!(before.iter().all(|line| line.standing == Standing::Missing));
    for (item, times) in [(InformationItem::NightWork, 2), (InformationItem::Environment, 1)] {
        for _ in 0..times {
            let command = advance(&room.site, &worker_id(1), item, today()).unwrap();
            let Some(Change::Put(AnyRecord::InterviewInformation(row))) = command.changes.into_iter().next() else {
                panic!("no record of what was asked for")
            };
            let rows = std::sync::Arc::make_mut(&mut room.site.interview_information);
            rows.retain(|known| known.id != row.id);
            rows.push(*row);
            room.site.last_numbers[2] += 1;
        }
    }
    let lines = checklist(&room.site, &worker_id(1), today());
    let standing = |item| lines.iter().find(|line| line.item == item).map(|line| line.standing);
    assert_eq!(standing(InformationItem::NightWork), Some(Standing::Received));
    assert_eq!(standing(InformationItem::Environment), Some(Standing::Asked));
    assert!(summary(&lines).starts_with("受領 1  依頼中 1"), "{}", summary(&lines));
    let form = opened(&room, 1);
    assert!(
        form.is_high_stress() && form.fields(Step::Work).contains(&INFORMATION),
        "the list stands in the interview"
    );
    assert!(checklist(&room.site, &worker_id(2), today()).iter().all(|line| line.standing == Standing::Missing));
}
