//! What was learnt from files, by keys.

use std::sync::Arc;

use super::*;
use crate::domain::command::Change;
use crate::domain::hours::{BatchKind, ImportProfile};
use crate::domain::intake::Answer;
use crate::domain::{Prefix, Table as Records};
use crate::ui::keys::Code;
use crate::ui::screens::fixture::{Drive, day, site, site_id, worker_id};

fn row_id(number: u32) -> Id {
    Id::new(&site_id(), Prefix::Row, number)
}

fn learnt() -> Site {
    let answer = |number, name: &str, answer, person| PersonAnswer {
        id: row_id(number),
        number: String::new(),
        name: name.to_owned(),
        answer,
        person,
        day: day("2026-11-09"),
    };
    let answers =
        vec![answer(71, "髙田実", Answer::Leave, None), answer(72, "佐伯みさき", Answer::Same, Some(worker_id(1)))];
    let profile = ImportProfile {
        id: row_id(73),
        name: "労働時間1".to_owned(),
        kind: BatchKind::Hours,
        header: String::new(),
        mapping_json: serde_json::Value::Null,
    };
    Site { answers: Arc::new(answers), profiles: Arc::new(vec![profile]), ..site() }
}

#[test]
fn answers_and_mappings_are_seen_and_forgotten_one_at_a_time() {
    let mut drive = Drive::at(learnt(), &Route::History(site_id()));
    drive.keys("m");
    assert_eq!(drive.route(), Route::Kept(site_id()));
    insta::assert_snapshot!("kept_80x24", drive.screen(80, 24));
    drive.keys("d");
    let forgotten = |drive: &Drive| drive.desk.commands.last().map(|command| command.changes.clone());
    assert_eq!(forgotten(&drive), Some(vec![Change::Remove(Records::PersonAnswer, row_id(72).to_string())]));
    drive.press(Code::End);
    assert!(drive.screen(80, 24).contains("--show-mapping で TOML に写し"));
    drive.keys("d");
    assert_eq!(forgotten(&drive), Some(vec![Change::Remove(Records::ImportProfile, row_id(73).to_string())]));
    assert_eq!(drive.desk.commands.len(), 2);
}

#[test]
fn nothing_learnt_is_said_and_nothing_can_be_forgotten() {
    let mut drive = Drive::at(site(), &Route::Kept(site_id()));
    assert!(drive.screen(80, 24).contains("覚えたものはまだありません"));
    drive.keys("d");
    assert!(drive.desk.commands.is_empty());
}

#[test]
fn what_was_learnt_about_people_is_not_shown_while_the_screen_is_shared() {
    let mut drive = Drive::at(learnt(), &Route::Kept(site_id()));
    drive.press(Code::F(9));
    assert!(!drive.screen(80, 24).contains("髙田"), "{}", drive.screen(80, 24));
}
