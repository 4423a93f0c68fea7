//! The hand entry by keys, on a small caseload.

use super::*;
use crate::ui::keys::Code;
use crate::ui::keys::Key;
use crate::ui::screens::fixture::{Drive, day, site, worker_id};

fn opened() -> Drive {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    drive.keys("e");
    drive
}

/// Goes to a field by Tab from the newest month.
fn go(drive: &mut Drive, field: &str) {
    let order: Vec<&str> =
        MONTHS.into_iter().chain(CHECKUP).chain(["s_state", "s_day"]).chain(request::FIELDS).collect();
    for _ in 0..order.iter().position(|other| *other == field).unwrap() {
        drive.press(Code::Tab);
    }
}

fn written(drive: &Drive) -> Vec<(String, String, bool)> {
    drive.desk.hours.iter().map(|h| (h.period_end.to_string(), h.text.clone(), h.is_total)).collect()
}

#[test]
fn a_month_of_hours_takes_nine_presses() {
    let mut drive = opened();
    drive.keys("257:08").save();
    assert!(drive.presses <= 9, "{}", drive.presses);
    assert_eq!(written(&drive), [("2026-10-31".to_owned(), "257:08".to_owned(), true)]);
    assert_eq!(drive.route(), Route::Worker(worker_id(1)));
    assert!(drive.desk.site.drafts.is_empty());
}

#[test]
fn everything_by_hand_stays_within_two_hundred_and_fifty_presses() {
    let mut drive = opened();
    for _ in MONTHS {
        drive.keys("257:08\t");
    }
    drive.keys("2026-09-11\tC\t1").text("血圧 152/96").keys("\t1").keys("2026-10-16\t");
    drive.keys("32026-07-03\t");
    drive.keys("2026-11-10\t12").text("本社").keys("\t").text("通院").keys("\t\t95:00").save();
    assert!(drive.presses <= 250, "{}", drive.presses);
    assert_eq!(written(&drive)[1], ("2026-09-30".to_owned(), "257:08".to_owned(), true), "typed over 255:30");
    assert_eq!(drive.desk.hours.len(), 12);
    let acts: Vec<_> = drive.desk.commands.iter().map(|command| command.act.label()).collect();
    assert_eq!(acts, ["健診の記入", "ストレスチェックの記入", "申出の受付"]);
    let rows = format!("{:?}", drive.desk.commands);
    for expected in ["E01-R0002", "E01-R0003", "E01-R0004", "血圧 152/96", "Limited", "Requested", "342000", "Mail"] {
        assert!(rows.contains(expected), "{expected} in {rows}");
    }
}

#[test]
fn what_is_on_record_is_shown_and_not_written_again() {
    let mut drive = opened();
    assert!(drive.screen(80, 24).contains("2026-09       255:30"));
    drive.save();
    assert_eq!(written(&drive), []);
    assert_eq!(drive.route(), Route::HandEntry(worker_id(1)));
    assert!(drive.screen(80, 24).contains("新しく書いたものはありません"));
}

#[test]
fn the_other_measure_shows_its_own_figures() {
    let mut drive = opened();
    drive.key(Key::plain(Code::Tab).with_shift()).keys("2");
    assert!(!drive.screen(80, 24).contains("255:30"));
    drive.keys("92:30").save();
    assert_eq!(written(&drive), [("2026-10-31".to_owned(), "92:30".to_owned(), false)]);
}

#[test]
fn the_screen_reads_as_two_columns() {
    let mut drive = opened();
    insta::assert_snapshot!("hand_entry_80x24", drive.screen(80, 24));
    drive.keys("257:08\t\t25:61\t").press(Code::F(6)).press(Code::Enter);
    insta::assert_snapshot!("hand_entry_refused_80x24", drive.screen(80, 24));
    let mut drive = opened();
    go(&mut drive, "s_state");
    insta::assert_snapshot!("hand_entry_120x40", drive.screen(120, 40));
    go(&mut drive, "m8");
    insta::assert_snapshot!("hand_entry_scrolled_80x24", drive.screen(80, 24));
}

#[test]
fn hours_that_no_period_has_are_refused_and_nothing_else_changes() {
    for (typed, sentence) in
        [("25:61", "分は 59 までです"), ("-8:00", "時間として読めませ"), ("745:00", "31日の期間には")]
    {
        let mut drive = opened();
        drive.text(typed).save();
        assert!(drive.screen(80, 24).contains(sentence), "{typed}: {}", drive.screen(80, 24));
        assert!(drive.desk.commands.is_empty() && drive.desk.hours.is_empty());
    }
}

#[test]
fn one_bad_field_keeps_everything_else_unwritten() {
    let mut drive = opened();
    drive.keys("257:08");
    go(&mut drive, "c_day");
    drive.keys("2026-11-21").save();
    assert!(drive.desk.commands.is_empty() && drive.desk.hours.is_empty());
    assert!(drive.screen(80, 24).contains("今日より後の日です"));
    drive.key(Key::ctrl('u')).keys("2026-09-11").save();
    assert_eq!((drive.desk.commands.len(), drive.desk.hours.len()), (1, 1));
}

#[test]
fn a_lock_loses_nothing_and_comes_back_to_the_field() {
    let mut drive = opened();
    drive.keys("257:08\t\t240:0").key(Key::ctrl('l'));
    drive.text("x\n");
    assert_eq!(drive.route(), Route::HandEntry(worker_id(1)));
    drive.keys("0").save();
    let texts: Vec<String> = written(&drive).into_iter().map(|(_, text, _)| text).collect();
    assert_eq!(texts, ["257:08", "240:00"]);
}

#[test]
fn a_failure_keeps_what_was_typed_and_saving_again_writes_what_is_missing() {
    let mut drive = opened();
    drive.keys("257:08");
    go(&mut drive, "c_day");
    drive.keys("2026-09-11");
    drive.desk.fails = true;
    drive.save();
    assert!(drive.desk.hours.is_empty(), "nothing is asked for behind a failure");
    assert!(drive.desk.site.drafts.iter().any(|draft| draft.value == "257:08"));
    drive.desk.fails = false;
    drive.press(Code::Esc).press(Code::Enter);
    assert_eq!((drive.desk.commands.len(), drive.desk.hours.len()), (1, 1));
    assert!(drive.desk.site.drafts.is_empty());
}

#[test]
fn the_checkup_of_a_known_day_is_shown_and_corrected() {
    let mut drive = opened();
    go(&mut drive, "c_day");
    drive.keys("2026-09-11\tC\t1").text("血圧 152/96").save();
    drive.keys("e");
    go(&mut drive, "c_day");
    drive.keys("2026-09-11\t");
    assert!(drive.screen(80, 24).contains("血圧 152/96"));
    go(&mut drive, "m4");
    drive.keys("0").keys("2026-10-16").save();
    let rows = drive.desk.last_rows();
    assert!(rows.contains("血圧 152/96") && rows.contains("Normal") && rows.contains("E01-R0002"), "{rows}");
    assert_eq!(drive.desk.commands.len(), 2);
    assert!(drive.desk.site.checkups.iter().all(|checkup| checkup.day == day("2026-09-11")));
}

#[test]
fn a_group_that_was_begun_wants_its_day() {
    let mut drive = opened();
    go(&mut drive, "place");
    drive.text("本社").save();
    assert!(drive.desk.commands.is_empty());
    assert!(drive.screen(80, 24).contains("申出日を書いてください。"));
}
