use super::*;
use crate::app::entry_fixture::day;
use crate::app::stress::fixture::{LOW, Room, today};
use crate::app::stress::gate;
use crate::domain::AnyRecord;
use crate::domain::command::Change;
use crate::domain::patrol::{Category, Finding, Severity};
use crate::domain::stress::OwnerRole;
use std::sync::Arc;

/// Twelve people of 開発部, and so many of 営業部.
fn room_with(others: u32) -> Room {
    let mut room = Room::open(12 + others, OwnerRole::Implementer);
    for (index, worker) in Arc::make_mut(&mut room.site.workers).iter_mut().enumerate() {
        worker.department = if index < 12 { "開発部" } else { "営業部" }.to_owned();
    }
    let sheets: Vec<(u32, &str)> = (1..=12 + others).map(|number| (number, LOW)).collect();
    room.enter(&sheets).unwrap();
    room
}

fn room() -> Room {
    room_with(10)
}

fn advice(content: &str, group: &str) -> ImprovementEntry {
    ImprovementEntry { content: content.to_owned(), group: group.to_owned(), ..ImprovementEntry::new(today()) }
}

fn action() -> ImprovementEntry {
    ImprovementEntry {
        kind: Improvement::Action,
        who: "開発課長".to_owned(),
        due: Some(day("2026-12-20")),
        ..advice("会議を週1回にする", "")
    }
}

fn write_in(room: &Room, entry: &ImprovementEntry) -> Result<Command, StressFault> {
    write(&room.law, &room.site, &room.round, None, entry, today())
}

fn finding(room: &Room) -> Finding {
    let row = |number| Id::new(room.site.id(), Prefix::Row, number);
    Finding {
        content: "長い立ち作業".to_owned(),
        severity: Severity::Improve,
        ..Finding::new(row(900), row(901), row(902), Category::Work)
    }
}

#[test]
fn advice_hearing_and_action_stand_beside_their_round() {
    let mut room = room();
    let hearing = ImprovementEntry {
        kind: Improvement::Hearing,
        heard: Some(Heard::Staff),
        ..advice("納期の前に残業が続く", "開発部")
    };
    for entry in [advice("会議を減らすこと", "開発部"), hearing, action()] {
        let command = write_in(&room, &entry).unwrap();
        room.perform(command).unwrap();
    }
    let kinds: Vec<_> = of_round(&room.site, &room.round).iter().rev().map(|row| row.kind).collect();
    assert_eq!(kinds, [Improvement::Advice, Improvement::Hearing, Improvement::Action]);
}

#[test]
fn a_hearing_says_who_and_an_action_says_whose_and_until_when() {
    let room = room();
    let hearing = ImprovementEntry { kind: Improvement::Hearing, ..advice("声", "") };
    assert_eq!(write_in(&room, &hearing), Err(StressFault::NoHeard));
    assert_eq!(write_in(&room, &ImprovementEntry { who: " ".to_owned(), ..action() }), Err(StressFault::NoOwner));
    assert_eq!(write_in(&room, &ImprovementEntry { due: None, ..action() }), Err(StressFault::NoDue));
    assert_eq!(write_in(&room, &advice(" \n", "")), Err(StressFault::NoContent));
}

#[test]
fn days_that_cannot_be_are_refused() {
    let room = room();
    let tomorrow = today().succ_opt().unwrap();
    let yesterday = today().pred_opt().unwrap();
    assert_eq!(write_in(&room, &ImprovementEntry { day: tomorrow, ..action() }), Err(StressFault::Future));
    for done_on in [tomorrow, yesterday] {
        let entry = ImprovementEntry { done_on: Some(done_on), ..action() };
        assert_eq!(write_in(&room, &entry), Err(StressFault::DoneWhen));
    }
    assert!(write_in(&room, &ImprovementEntry { done_on: Some(today()), ..action() }).is_ok());
}

#[test]
fn a_group_of_nine_is_named_nowhere() {
    let room = room_with(9);
    let names = nameable(&room.law, &room.site, &room.round, today());
    assert!(names.contains(&"開発部".to_owned()) && !names.contains(&"営業部".to_owned()), "{names:?}");
    for group in ["営業部", "ない部"] {
        assert_eq!(write_in(&room, &advice("声を聴くこと", group)), Err(StressFault::SmallGroup(10)), "{group}");
    }
    let named = write_in(&room, &advice("声を聴くこと", "")).unwrap();
    let Some(Change::Put(AnyRecord::StressImprovement(row))) = named.changes.first() else { panic!("no row") };
    let smuggled = StressImprovement { group_name: "営業部".to_owned(), ..(**row).clone() };
    let command = Command::new(Act::ImproveWorkplace, None).put(smuggled);
    let admitted = gate::admits(&room.law, &room.site, &command, today());
    assert_eq!(admitted, Err(StressFault::SmallGroup(10)), "nor by a command that was made elsewhere");
}

#[test]
fn twelve_and_ten_may_both_be_named() {
    let room = room();
    let mut names = nameable(&room.law, &room.site, &room.round, today());
    names.sort();
    assert_eq!(names, ["営業部", "開発部"]);
    assert!(write_in(&room, &advice("会議を減らすこと", "開発部")).is_ok());
}

#[test]
fn a_group_that_was_named_in_time_stays_when_the_action_is_done() {
    let mut room = Room::open(12, OwnerRole::Implementer);
    let row = StressImprovement {
        id: Id::new(room.site.id(), Prefix::Row, 910),
        round: room.round.clone(),
        kind: Improvement::Action,
        day: day("2026-10-01"),
        group_name: "旧開発部".to_owned(),
        content: "会議を減らす".to_owned(),
        heard: None,
        who: "課長".to_owned(),
        due: Some(day("2026-12-01")),
        done_on: None,
        finding: None,
    };
    room.site.stress_improvements = Arc::new(vec![row.clone()]);
    let command = done(&room.site, &row.id, today()).unwrap();
    room.perform(command).unwrap();
    assert_eq!(find(&room.site, &row.id).unwrap().done_on, Some(today()));
    assert_eq!(done(&room.site, &row.id, today()), Err(StressFault::NoAction), "once");
}

#[test]
fn nobody_on_the_roster_is_named_in_the_words() {
    let mut room = room();
    Arc::make_mut(&mut room.site.workers)[0].name = "佐伯 美咲".to_owned();
    for words in ["佐伯美咲さんの負担が大きい", "佐伯　美咲 の席"] {
        assert_eq!(write_in(&room, &advice(words, "")), Err(StressFault::NamesPerson), "{words}");
    }
    let owned = ImprovementEntry { who: "佐伯 美咲".to_owned(), ..action() };
    assert_eq!(write_in(&room, &owned), Err(StressFault::NamesPerson), "whose it is, is said by the post");
    assert!(write_in(&room, &advice("佐伯工場の換気を見直すこと", "")).is_ok(), "a family name is a word");
}

#[test]
fn a_finding_of_the_patrol_goes_with_an_action() {
    let mut room = room();
    let finding = finding(&room);
    let with = ImprovementEntry { finding: Some(finding.id.clone()), ..action() };
    assert_eq!(write_in(&room, &with), Err(StressFault::NoFinding));
    room.site.findings = Arc::new(vec![finding]);
    let command = write_in(&room, &with).unwrap();
    room.perform(command).unwrap();
    assert!(room.site.stress_improvements[0].finding.is_some());
}

#[test]
fn who_is_no_implementer_records_advice_and_names_no_group() {
    let room = Room::open(20, OwnerRole::Neither);
    assert_eq!(nameable(&room.law, &room.site, &room.round, today()), Vec::<String>::new());
    assert!(write_in(&room, &advice("会議を減らすこと", "")).is_ok());
}
