//! A checkup from paper by keys, on a small caseload.

use super::*;
use crate::app::Host as _;
use crate::domain::command::Change;
use crate::domain::{AnyRecord, checkup::Value};
use crate::ui::keys::Code;
use crate::ui::screens::fixture::{Drive, day, site, worker_id};

fn opened() -> Drive {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    // Hand entry, its row of buttons, the third.
    drive.keys("e").press(Code::F(6)).press(Code::Right).press(Code::Right).press(Code::Enter);
    assert_eq!(drive.route(), Route::CheckupForm(worker_id(1)));
    drive
}

/// The paper of one person: twenty-five values in the order of the form.
const PAPER: [&str; 25] = [
    "170.2", "63.5", "21.9", "80.5", "1.0", "0.9", "1.2", "1.2", "15", "15", "20", "20", "0", "142", "90", "14.5",
    "470", "20", "18", "25", "121", "60", "90", "98", "5.6",
];

fn sheet(drive: &Drive) -> CheckupSheet {
    let changes = &drive.desk.commands.last().unwrap().changes;
    let found = changes.iter().find_map(|change| match change {
        Change::Put(AnyRecord::CheckupSheet(sheet)) => Some(sheet.as_ref().clone()),
        _ => None,
    });
    found.unwrap()
}

fn paper(drive: &mut Drive) {
    drive.keys("2026-09-11\tB\t");
    for value in PAPER {
        drive.keys(value).press(Code::Tab);
    }
}

#[test]
fn twenty_five_values_take_their_digits_and_a_tab_each() {
    let mut drive = opened();
    let before = drive.presses;
    paper(&mut drive);
    drive.save();
    let digits: usize = PAPER.iter().map(|value| value.len()).sum();
    // The day with its Tab, the judgement with its own, and the two keys that save.
    assert_eq!(drive.presses - before, digits + PAPER.len() + 11 + 2 + 2);
    assert!(drive.presses - before <= 130, "{}", drive.presses - before);
    let sheet = sheet(&drive);
    assert_eq!((sheet.cells.all().len(), sheet.day, sheet.clinic_text.as_str()), (25, day("2026-09-11"), "B"));
    assert_eq!(sheet.cells.get(Item::Systolic).unwrap().shown(), "142");
    assert_eq!(sheet.cells.get(Item::ChestXray).unwrap().value, Value::Finding(false));
    assert_eq!(sheet.cells.doubtful().count(), 0);
    assert_eq!(drive.desk.commands.last().unwrap().act.label(), "健診の記入");
    let exam = drive.desk.site.checkups.last().unwrap();
    assert_eq!((exam.day, exam.judgement.as_str()), (day("2026-09-11"), "B"), "the sheet has its exam");
    assert_eq!(drive.route(), Route::HandEntry(worker_id(1)));
    assert!(drive.desk.site.drafts.is_empty());
}

#[test]
fn an_item_that_the_form_does_not_show_is_added_by_a_part_of_its_name() {
    let mut drive = opened();
    drive.keys("2026-09-11\tB\t170.2\t").press(Code::F(3)).text("喀");
    assert!(drive.screen(80, 24).contains("喀痰"), "{}", drive.screen(80, 24));
    drive.press(Code::Enter).keys("0").press(Code::F(3)).text("服薬").press(Code::Down).press(Code::Enter);
    drive.text("はい");
    drive.press(Code::F(3)).text("jds").press(Code::Esc);
    drive.save();
    let sheet = sheet(&drive);
    let told: Vec<String> =
        sheet.cells.all().iter().map(|cell| format!("{} {}", cell.item.code(), cell.shown())).collect();
    assert_eq!(told, ["ht 170.2", "spt 所見なし", "mdg はい"]);
}

#[test]
fn the_forms_own_numbers_of_hearing_are_typed_and_their_meaning_is_said() {
    let mut drive = opened();
    drive.keys("2026-09-11\tB\t");
    (0..8).for_each(|_| _ = drive.press(Code::Tab));
    assert!(drive.screen(80, 24).contains("1 所見なし  2 所見あり（様式第5号の番号）"), "{}", drive.screen(80, 24));
    drive.keys("2");
    assert!(drive.screen(80, 24).contains("2 は「所見あり」として記録します"), "{}", drive.screen(80, 24));
    drive.save();
    let sheet = sheet(&drive);
    assert_eq!(sheet.cells.get(Item::Hearing1000Right).unwrap().value, Value::Finding(true));
    assert_eq!(sheet.cells.get(Item::Hearing1000Right).unwrap().text, "所見あり");
}

#[test]
fn a_doubtful_value_is_said_at_its_field_and_saved_only_when_asked_twice() {
    let mut drive = opened();
    drive.keys("2026-09-11\tB\t1702\t63.5\t");
    assert!(drive.screen(80, 24).contains("ふつうは出ない値"), "{}", drive.screen(80, 24));
    drive.save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("もう一度保存してください"), "{}", drive.screen(80, 24));
    drive.save();
    let sheet = sheet(&drive);
    assert_eq!(sheet.cells.doubtful().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["1702"]);
    assert_eq!(sheet.cells.all().len(), 2);
}

#[test]
fn a_doubt_that_was_told_does_not_cover_another_one() {
    let mut drive = opened();
    drive.keys("2026-09-11\tB\t1702\t").save();
    drive.key(crate::ui::keys::Key::ctrl('u')).keys("1703").save();
    assert!(drive.desk.commands.is_empty(), "another text is another question");
    drive.key(crate::ui::keys::Key::ctrl('u')).keys("170.3").save();
    assert_eq!(sheet(&drive).cells.doubtful().count(), 0);
}

#[test]
fn the_sheet_of_a_known_day_is_shown_and_one_value_corrected() {
    let mut drive = opened();
    paper(&mut drive);
    drive.save();
    let known = sheet(&drive);
    drive.desk.sheets = vec![known.clone()];
    drive.press(Code::Esc);
    let mut drive = Drive { shell: crate::ui::Shell::new(&mut drive.desk), ..drive };
    drive.shell.stack.push(crate::ui::screens::open(&Route::Worker(worker_id(1)), &drive.desk.view()));
    drive.keys("e").press(Code::F(6)).press(Code::Right).press(Code::Right).press(Code::Enter);
    drive.keys("2026-09-11\t\t");
    assert!(drive.screen(120, 40).contains("142"), "{}", drive.screen(120, 40));
    drive.key(crate::ui::keys::Key::ctrl('u')).keys("171").save();
    let corrected = sheet(&drive);
    assert_eq!((&corrected.id, &corrected.checkup), (&known.id, &known.checkup));
    assert_eq!(corrected.cells.get(Item::Height).unwrap().text, "171");
    assert_eq!(corrected.cells.all().len(), 25);
}

#[test]
fn a_checkup_without_a_day_is_not_recorded_and_a_lock_loses_nothing() {
    let mut drive = opened();
    drive.keys("\t\t170.2\t").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("健診日が要ります。"));
    drive.keys("2026-09-11\t").key(crate::ui::keys::Key::ctrl('l'));
    drive.text("x\n");
    assert_eq!(drive.route(), Route::CheckupForm(worker_id(1)));
    // What is on record is read again first, so that no second sheet of the day is made.
    drive.save().save();
    assert_eq!(sheet(&drive).cells.get(Item::Height).unwrap().text, "170.2");
}

#[test]
fn the_form_reads_as_two_columns() {
    let mut drive = opened();
    insta::assert_snapshot!("checkup_form_80x24", drive.screen(80, 24));
    drive.keys("2026-09-11\tB\t1702\t63.5\t");
    insta::assert_snapshot!("checkup_form_120x40", drive.screen(120, 40));
}
