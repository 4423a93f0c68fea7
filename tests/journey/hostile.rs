//! What an input method, a paste, a resize and Ctrl-C send: nothing acts that should not, and nothing is lost.

use std::fs;

use super::{SIZES, Visit, issued_files, to_the_confirmation};
use crate::scratch::Scratch;
use crate::terminal::{CTRL_C, CTRL_P, DOWN, ENTER, ESC, F6, TAB};

/// The number of the newest change.
fn newest(scratch: &Scratch) -> i64 {
    scratch.number(1, "SELECT max(number) FROM operation")
}

#[test]
fn one_full_width_key_is_folded_and_two_act_nowhere() {
    let mut visit = Visit::opened(SIZES[0]);
    visit.session.press(DOWN).raw("ｗ").wait("なぜ").wait("「ｗ」は w として受けました").press(ESC).wait("までです");
    for text in ["ｄｄ", "あいう", "あ", "ｕｕ"] {
        visit.session.raw(text).wait("IMEオン").press(DOWN).wait_gone("IMEオン");
    }
    to_the_confirmation(visit.open_worker("佐伯"));
    for text in ["はい", "ｘｘ", "ｙｅｓ"] {
        visit.session.raw(text).wait("IMEオン").wait("署名と出力").press(DOWN).wait_gone("IMEオン");
    }
    let scratch = visit.leave();
    assert!(issued_files(&scratch).is_empty());
    assert_eq!(newest(&scratch), newest(&Scratch::of_demo_command(super::DAY)) + 1, "the interview, and nothing else");
}

#[test]
fn a_paste_with_newlines_acts_nowhere() {
    let mut visit = Visit::at_the_door(SIZES[1]);
    let passphrase = visit.scratch.passphrase().to_owned();
    visit
        .session
        .wait("パスフレーズ")
        .paste("これは\n違う\n")
        .wait("全角の文字が入っています")
        .press(ESC)
        .wait_gone("***");
    visit.session.paste(&format!("{passphrase}\n\n")).wait("****").press(ENTER).wait("訪問");
    let before = newest(&Scratch::of_demo_command(super::DAY));

    visit.session.paste("x\ny\nz\n").wait("貼り付けられません");
    let session = visit.open_worker("高梨");
    session
        .press("r")
        .wait("申出日")
        .press("2")
        .paste("本社\n午後を希望\n")
        .wait("本社 午後を希望")
        .press(ESC)
        .wait("n 面接");
    to_the_confirmation(visit.open_worker("佐伯"));
    visit.session.paste("\n\x13\n\x18\n").wait("貼り付けられません").wait("これから起きること");
    // Without brackets a paste looks like keys: nothing behind the first Enter acts, and Enter goes back.
    visit.session.raw("\r\x13").wait("受け取りませんでした").wait("残るもの");
    let scratch = visit.leave();
    assert!(issued_files(&scratch).is_empty());
    assert_eq!(newest(&scratch), before + 1, "the interview, and no request");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM draft WHERE value = '本社 午後を希望'"), 1);
}

/// Goes from 今日 to a place where something stands half done.
type Way = fn(&mut Visit);

fn in_the_palette(visit: &mut Visit) {
    visit.session.press(CTRL_P).write("佐伯").wait("佐伯");
}

fn in_the_search(visit: &mut Visit) {
    visit.open_roster().press("/").write("橋本").wait("1-1 / 1");
}

fn in_a_new_worker(visit: &mut Visit) {
    visit.open_roster().press("n").wait("社員番号").press(TAB).write("鴨志田").wait("鴨志田");
}

fn in_the_path(visit: &mut Visit) {
    visit.open_roster().press("i").wait("CSV").write("勤怠.csv").wait("勤怠.csv");
}

fn in_a_preview(visit: &mut Visit) {
    // The path that was typed before and not read is still there.
    visit.open_roster().press("i").wait("勤怠.csv").press(ENTER).wait("Enter で取り込みます");
}

fn in_a_finding(visit: &mut Visit) {
    visit.session.press(ENTER).wait("1[訪問]").press("5").wait("[ 巡視を始める ]").press(TAB).press(ENTER);
    visit.session.wait("[ 巡視を終える ]").press("2").wait("指摘 1").write("通路に台車").wait("通路に台車");
}

fn in_an_interview(visit: &mut Visit) {
    visit
        .open_worker("上田")
        .press("n")
        .wait("実施日")
        .presses(&[TAB; 5])
        .at("業務内容")
        .write("納期前の作業")
        .wait("納期前の作業");
}

fn in_the_confirmation(visit: &mut Visit) {
    to_the_confirmation(visit.open_worker("佐伯"));
}

#[test]
fn control_c_anywhere_goes_back_offers_to_leave_and_loses_nothing() {
    let ways: [Way; 8] = [
        in_the_palette,
        in_the_search,
        in_a_new_worker,
        in_the_path,
        in_a_preview,
        in_a_finding,
        in_an_interview,
        in_the_confirmation,
    ];
    let mut visit = Visit::opened(SIZES[0]);
    fs::write(visit.scratch.path("勤怠.csv"), "氏名,総労働時間\n橋本 健,200:30\n").unwrap();
    for way in ways {
        way(&mut visit);
        let session = visit.session.raw("\x03\x03").wait("もう一度 Ctrl-Q").press(ESC).wait_gone("もう一度 Ctrl-Q");
        session.press("\x14").wait("本日の訪問");
    }
    visit.session.press(CTRL_C).wait("本日の訪問");
    let scratch = visit.leave();
    assert!(issued_files(&scratch).is_empty());
    for text in ["鴨志田", "通路に台車", "納期前の作業"] {
        assert_eq!(scratch.number(1, &format!("SELECT count(*) FROM draft WHERE value = '{text}'")), 1, "{text}");
    }
    assert_eq!(scratch.number(1, "SELECT count(*) FROM hours WHERE source_text = '200:30'"), 0);
}

#[test]
fn a_resize_in_a_field_keeps_the_field_and_what_is_typed_meanwhile() {
    let mut visit = Visit::opened(SIZES[0]);
    visit.open_roster().press("n").wait("社員番号").press(TAB).write("鴨志田").wait("鴨志田");
    let session = visit.session.resize(20, 5).wait("80x24").write("　千").resize(1, 1).write("尋");
    session.resize(120, 40).wait("鴨志田　千尋").press(TAB).write("かもしだ").wait("かもしだ");
    assert!(session.row_of_cursor().contains("かもしだ"), "the cursor stands where one types:\n{}", session.text());
    session.resize(80, 24).wait("鴨志田　千尋").press(F6).press(ENTER).wait("さんを記録しました");
    let scratch = visit.leave();
    assert_eq!(scratch.number(1, "SELECT count(*) FROM worker WHERE name = '鴨志田　千尋' AND kana = 'かもしだ'"), 1);
}

#[test]
fn a_terminal_that_is_too_small_at_first_opens_when_it_grows() {
    let mut visit = Visit::at_the_door((20, 5));
    visit.session.wait("80x24");
    let passphrase = visit.scratch.passphrase().to_owned();
    visit.session.write(&passphrase).press(ENTER).resize(80, 24).wait("本日の訪問");
    visit.leave();
}

/// Keys that came behind an Enter in one read are counted and dropped, wherever one is.
#[test]
fn keys_behind_an_enter_are_dropped_and_said_so() {
    let mut visit = Visit::opened(SIZES[0]);
    visit.open_worker("佐伯").raw("n\rxu").wait("実施日").wait("受け取りませんでした");
    visit
        .session
        .press("\x14")
        .wait("本日の訪問")
        .press(CTRL_P)
        .raw("橋本\rn")
        .wait("受け取りませんでした")
        .wait("はしもと");
    visit.leave();
}
