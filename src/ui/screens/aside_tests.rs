//! An item put off and an item done, by keys.

use crate::app::worklist::Task;
use crate::domain::command::Act;
use crate::ui::route::{Aside, Route};
use crate::ui::screens::fixture::{Drive, day, site};

/// The list, with the cursor on the row of a task.
fn on(task: &str) -> Drive {
    let mut drive = Drive::at(site(), &Route::Today);
    for _ in 0..20 {
        if drive.screen(80, 24).lines().any(|line| line.starts_with('>') && line.contains(task)) {
            return drive;
        }
        drive.keys("j");
    }
    panic!("no row of {task}\n{}", drive.screen(80, 24))
}

#[test]
fn a_row_is_put_off_with_a_reason_and_the_list_stands_again() {
    let mut drive = on(Task::Patrol.label());
    drive.keys("z");
    assert!(matches!(drive.route(), Route::Aside(_, _, Aside::Later)));
    let screen = drive.screen(80, 24);
    for text in ["後で", "巡視", "期限", "理由", "いつまで", "後に回す"] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    drive.text("先方の都合").save();
    assert_eq!(drive.route(), Route::Today);
    let plan = &drive.desk.site.plans[0];
    assert_eq!((plan.snoozed_until, plan.reason.as_str()), (Some(day("2026-11-27")), "先方の都合"));
    let list = drive.screen(80, 24);
    assert!(list.contains("後で 1"), "{list}");
}

#[test]
fn without_a_reason_nothing_is_written_and_the_field_says_why() {
    let mut drive = on(Task::Patrol.label());
    drive.keys("z").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("理由がありません"));
}

#[test]
fn a_patrol_needs_a_reason_to_be_done_without_its_record() {
    let mut drive = on(Task::Patrol.label());
    drive.keys("d").text("前任者が実施").save();
    assert_eq!(drive.desk.commands[0].act, Act::Settle);
    assert_eq!(drive.desk.site.plans[0].done_on, Some(day("2026-11-20")));
    assert!(!drive.screen(80, 24).contains(" 巡視  "), "{}", drive.screen(80, 24));
}

#[test]
fn without_a_next_visit_the_row_says_what_to_do() {
    let mut drive = on(Task::Patrol.label());
    drive.keys("p");
    assert!(drive.screen(80, 24).contains("次の訪問が決まっていません"));
}
