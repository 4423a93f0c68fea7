use std::sync::Arc;

use super::*;
use crate::app::duties::all;
use crate::app::entry_fixture::day;
use crate::app::stress::fixture::{Room, today};
use crate::app::stress::improvement::{ImprovementEntry, done, write};
use crate::app::worklist::State;
use crate::domain::stress::{OwnerRole, StressRelease};
use crate::domain::{Id, Prefix};

/// The lines of improvement: what about, the word of urgency, whose turn.
fn lines(room: &Room, on: &str) -> Vec<(String, String, Turn, State)> {
    let items = all(&room.law, &room.site, &[], day(on)).into_iter().filter(|item| item.task == Task::Improvement);
    items.map(|item| (item.about.clone(), item.urgency(day(on)), item.turn, item.state)).collect()
}

fn given(role: OwnerRole) -> Room {
    let mut room = Room::open(1, role);
    let release = StressRelease {
        id: Id::new(room.site.id(), Prefix::Row, 900),
        round: room.round.clone(),
        day: day("2026-11-02"),
        recipients: "衛生委員会".to_owned(),
        figures_json: serde_json::Value::Null,
    };
    room.site.stress_releases = Arc::new(vec![release]);
    room
}

fn put(room: &mut Room, entry: &ImprovementEntry) {
    let command = write(&room.law, &room.site, &room.round, None, entry, today()).unwrap();
    room.perform(command).unwrap();
}

#[test]
fn an_analysis_nobody_has_talked_of_is_an_effort_without_a_day() {
    let mut room = given(OwnerRole::Implementer);
    let line = [("集団分析のあと".to_owned(), "努力義務".to_owned(), Turn::Mine, State::Open)];
    assert_eq!(lines(&room, "2026-11-20"), line);
    assert_eq!(lines(&room, "2028-11-20"), line, "it is never late");
    assert_eq!(lines(&given(OwnerRole::Neither), "2026-11-20")[0].2, Turn::Employer);
    put(&mut room, &ImprovementEntry { content: "会議を減らすこと。".to_owned(), ..ImprovementEntry::new(today()) });
    assert_eq!(lines(&room, "2026-11-20"), [], "advice was given");
}

#[test]
fn a_round_without_a_report_of_groups_asks_for_nothing() {
    assert_eq!(lines(&Room::open(1, OwnerRole::Implementer), "2026-11-20"), []);
}

#[test]
fn an_action_stands_until_it_is_done_and_is_late_behind_its_day() {
    let mut room = given(OwnerRole::Implementer);
    let entry = ImprovementEntry {
        kind: Improvement::Action,
        content: "定例会議を半分にする".to_owned(),
        who: "開発課長".to_owned(),
        due: Some(day("2026-11-25")),
        ..ImprovementEntry::new(today())
    };
    put(&mut room, &entry);
    put(&mut room, &ImprovementEntry { content: "席替えをする".to_owned(), ..entry });
    let seen = lines(&room, "2026-11-26");
    assert_eq!(seen.len(), 2, "two actions of one day are two lines");
    assert_eq!(seen[0], ("定例会議を半分にする".to_owned(), "超過  1日".to_owned(), Turn::Employer, State::Overdue));
    let id = room.site.stress_improvements[0].id.clone();
    let command = done(&room.site, &id, today()).unwrap();
    room.perform(command).unwrap();
    assert_eq!(lines(&room, "2026-11-26").len(), 1);
}
