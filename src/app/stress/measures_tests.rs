use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::app::entry_fixture::{day, worker_id};
use crate::app::stress::fixture::{HIGH, LOW, Room, today};
use crate::app::stress::judging::{confirm, notify};
use crate::app::stress::requests::receive;
use crate::domain::Prefix;
use crate::domain::case::{Measure, MeasureKind, RequestBy};
use crate::domain::interview::{BloodPressure, Condition, Fatigue, FatigueSheet, Fitness, Interview, Mode};
use crate::domain::stress::{Need, OwnerRole};

fn row(room: &Room, number: u32) -> Id {
    Id::new(room.site.id(), Prefix::Row, number)
}

fn interview(room: &Room, number: u32, case: &Id) -> Interview {
    Interview {
        id: row(room, 700 + number),
        case_id: case.clone(),
        worker: worker_id(number),
        day: today(),
        time: String::new(),
        mode: Mode::InPerson,
        online_json: None,
        doctor: String::new(),
        work_situation: String::new(),
        work_factors: String::new(),
        fatigue_sheet_json: FatigueSheet::default(),
        family_answers: String::new(),
        condition_notes: String::new(),
        bsid_json: Vec::new(),
        blood_pressure_json: BloodPressure::default(),
        red_flags: String::new(),
        fatigue: Fatigue::None,
        condition: Condition::None,
        condition_text: String::new(),
        diagnosis: None,
        guidance_json: Vec::new(),
        next_on: None,
        remarks: String::new(),
        fitness: Fitness::Limited,
        worker_view: String::new(),
        care: String::new(),
        workplace: String::new(),
        message: String::new(),
        completed_on: today(),
    }
}

fn measure(room: &Room, number: u32, case: &Id, place: u32, taken: Taken) -> Measure {
    Measure {
        taken,
        ..Measure::new(row(room, 800 + number * 3 + place), case.clone(), worker_id(number), MeasureKind::Place)
    }
}

/// Twenty-four took the check; twelve are above the criteria, told and interviewed; each has two measures.
fn room() -> Room {
    let mut room = Room::open(24, OwnerRole::Implementer);
    let sheets: Vec<(u32, &str)> = (1..=24).map(|number| (number, if number <= 12 { HIGH } else { LOW })).collect();
    room.enter(&sheets).unwrap();
    room.judge();
    let everybody: Vec<Id> = (1..=24).map(worker_id).collect();
    for number in 1..=12 {
        let made = confirm(&room.site, &room.round, &worker_id(number), Need::Needed, "", "架空 医師", today());
        room.perform(made.unwrap()).unwrap();
    }
    let told = notify(&room.site, &room.round, &everybody, day("2026-11-01"), today()).unwrap().unwrap();
    room.perform(told).unwrap();
    for number in 1..=12 {
        let made = receive(&room.site, &room.round, &worker_id(number), today(), RequestBy::Paper, today());
        room.perform(made.unwrap()).unwrap();
        let case = requests::request_of(&room.site, &room.round, &worker_id(number)).unwrap().case_id.clone();
        let held = interview(&room, number, &case);
        Arc::make_mut(&mut room.site.interviews).push(held);
        let second = if number <= 3 { Taken::Planned } else { Taken::Taken };
        let both = [measure(&room, number, &case, 0, Taken::Taken), measure(&room, number, &case, 1, second)];
        Arc::make_mut(&mut room.site.measures).extend(both);
    }
    room
}

#[test]
fn people_are_counted_and_not_their_measures() {
    let room = room();
    let expected = MeasureCounts { taken: 24, interviewed: 12, asked: 12, answers: [0, 9, 3, 0, 0] };
    assert_eq!(counts(&room.site, &room.round), expected);
    assert_eq!(counts(&room.site, &row(&room, 999)), MeasureCounts::default(), "of another round nobody");
}

#[test]
fn measures_go_to_the_committee_as_counts_of_ten_and_more() {
    let said = |counts: MeasureCounts| numbers(&shown(&counts, &[]));
    let counted = counts(&room().site, &room().round);
    assert_eq!(said(counted), [Some(24), Some(12), Some(12), Some(0), None, None, Some(0), Some(0)]);
    let few = MeasureCounts { taken: 120, interviewed: 3, asked: 2, answers: [0, 2, 0, 0, 0] };
    assert_eq!(said(few), [Some(120), None, None, None, None, None, None, None]);
    let nobody = MeasureCounts { taken: 120, ..MeasureCounts::default() };
    assert_eq!(said(nobody), [Some(120), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0)]);
    let complement = MeasureCounts { taken: 120, interviewed: 115, asked: 20, answers: [20, 0, 0, 0, 0] };
    assert_eq!(said(complement)[1], None, "five of those who took the check were not interviewed");
}

#[test]
fn a_later_paper_does_not_tell_of_the_few_between() {
    let first = MeasureCounts { taken: 120, interviewed: 20, asked: 20, answers: [20, 0, 0, 0, 0] };
    let before = vec![numbers(&shown(&first, &[]))];
    let one_more = MeasureCounts { taken: 120, interviewed: 21, asked: 20, answers: [20, 0, 0, 0, 0] };
    assert_eq!(numbers(&shown(&one_more, &before)), [None; FIGURES]);
    let many_more = MeasureCounts { taken: 120, interviewed: 40, asked: 40, answers: [20, 20, 0, 0, 0] };
    assert_eq!(numbers(&shown(&many_more, &before))[1], Some(40));
    assert_eq!(shown(&first, &before), shown(&first, &[]), "the same figures may be given again");
}

proptest! {
    /// By brute force: whatever is shown, no part, rest or difference of one to nine people can be worked out.
    #[test]
    fn no_figure_gives_away_a_few(rest in 0_usize..40, calm in 0_usize..40, answers in prop::array::uniform5(0_usize..25)) {
        let asked: usize = answers.iter().sum();
        let counts = MeasureCounts { taken: asked + calm + rest, interviewed: asked + calm, asked, answers };
        let figures = numbers(&shown(&counts, &[]));
        let is_safe = |count: usize| count == 0 || count >= SMALLEST;
        for count in figures.iter().flatten() {
            prop_assert!(is_safe(*count), "{counts:?} {figures:?}");
        }
        let chain = &figures[..3];
        for (wide, narrow) in [(0, 1), (1, 2), (0, 2)] {
            if let (Some(wide), Some(narrow)) = (chain[wide], chain[narrow]) {
                prop_assert!(is_safe(wide - narrow), "{counts:?} {figures:?}");
            }
        }
        let known: Vec<usize> = figures[3..].iter().flatten().copied().collect();
        match figures[2] {
            Some(asked) => {
                let left_out = 5 - known.len();
                let rest = asked - known.iter().sum::<usize>();
                prop_assert!(left_out != 1 && (left_out == 0 || rest >= SMALLEST || left_out == 5), "{counts:?} {figures:?}");
            }
            None => prop_assert!(known.is_empty(), "the answers would tell their sum: {counts:?} {figures:?}"),
        }
    }
}
