//! A sitting of hundreds in the terminal: one key a person, a batch and its undo, a letter, a lock in the middle.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{DAY, SIZES, Visit, issued_files};
use crate::scratch::Scratch;
use crate::terminal::{CTRL_L, CTRL_P, CTRL_S, ENTER, ESC, F6, Session, TAB};

/// Enough people that more than three hundred wait for an opinion.
const PEOPLE: usize = 420;
/// What the restricted person must not do.
const LIMIT: &str = "深夜業は月1回まで";
/// How long a judgement may take to show before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

fn at_the_reel() -> Visit {
    let mut visit = Visit::on(Scratch::by_demo_command(DAY, PEOPLE), SIZES[0]);
    visit.session.wait("パスフレーズ");
    visit.unlock();
    visit.session.wait("訪問").press(CTRL_P).write("健診の判定").wait("健診の判定").press(ENTER).wait("残り");
    visit
}

/// The number behind a word on the screen.
#[track_caller]
fn number(session: &mut Session, word: &str) -> usize {
    let text = session.text();
    let behind = text.split(word).nth(1).unwrap_or_else(|| panic!("no 「{word}」:\n{text}"));
    let digits: String = behind.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

#[track_caller]
fn left(session: &mut Session) -> usize {
    number(session, "残り")
}

/// Waits until so many are left.
#[track_caller]
fn until_left(session: &mut Session, wanted: usize) {
    let start = Instant::now();
    while left(session) != wanted {
        assert!(start.elapsed() < PATIENCE, "{wanted} should be left:\n{}", session.text());
    }
}

/// Who is on the screen: number, name, age, department.
fn person(session: &mut Session) -> String {
    session.text().lines().nth(3).unwrap_or_default().trim().to_owned()
}

/// 就業制限 with a measure, its period and its review.
fn restrict(session: &mut Session) {
    session.press("3").at("措置").keys("4").at("内容").write(LIMIT).wait(LIMIT).press(TAB);
    session.write("12-01").press(TAB).write("2027-02-28").press(TAB).write("2027-02-19");
    session.press(F6).wait("> [ 意見を保存").press(ENTER).wait("残り");
}

/// One key until somebody stays: gives how many people that judged, and the keys it took.
#[track_caller]
fn judge(session: &mut Session, people: usize) -> usize {
    session.counted();
    let until = left(session) - people;
    for still in (until..until + people).rev() {
        session.press("1");
        if session.text().contains("もう一度 1") {
            session.press("1");
        }
        until_left(session, still);
    }
    session.counted()
}

#[test]
fn three_hundred_people_are_judged_with_a_key_each() {
    let mut visit = at_the_reel();
    let session = &mut visit.session;
    let all = left(session);
    assert!(all >= 300, "{all} people wait");

    // One is put aside, the next restricted.
    session.press("5").wait("保留 1");
    restrict(session);
    until_left(session, all - 1);

    // The batch says whom it takes; one key takes all of it back.
    let taken = number(session, "一括の候補");
    assert!(taken >= 60, "{taken} could be taken");
    session.press("b").wait("一括の確認").wait(&format!("入れる {taken}名")).wait("入れない").press("1");
    until_left(session, all - 1 - taken);
    session.press("u");
    until_left(session, all - 1);
    session.press("b").wait("一括の確認").press("1");
    until_left(session, all - 1 - taken);

    // Half of the rest, then a lock: the same person is there again.
    let rest = all - 1 - taken;
    let mut presses = judge(session, rest / 2);
    let before = person(session);
    session.press(CTRL_L).wait("パスフレーズ").wait_gone(&before);
    visit.unlock();
    let session = &mut visit.session;
    session.wait("健診の判定");
    until_left(session, rest - rest / 2);
    assert_eq!(person(session), before);
    presses += judge(session, rest - rest / 2);
    session.wait("意見がそろいました");
    println!("{rest} people judged one by one with {presses} keys, {taken} in one batch, of {all}");
    assert!(presses <= rest + rest / 10, "{presses} keys for {rest} people");

    // The opinions for the employer, with the restriction in them.
    session.press("x").wait("意見」一覧").press(ENTER).wait("出るもの").press("x").wait("これから起きること");
    session.press(CTRL_S).wait("を発行しました").press(ESC);
    let scratch = visit.leave();
    assert_letter(&scratch);
    assert_eq!(judged(&scratch, "1 = 1"), i64::try_from(all).unwrap());
    assert_eq!(judged(&scratch, "opinion = 'limited'"), 1);
}

/// Opinions written on the day of the sitting.
fn judged(scratch: &Scratch, which: &str) -> i64 {
    scratch.number(1, &format!("SELECT count(*) FROM checkup WHERE opinion_on = '2026-11-20' AND {which}"))
}

/// The letters of a document in the order in which they were set, whatever line they stand on.
#[track_caller]
fn letters_of(file: &PathBuf) -> String {
    let output =
        Command::new("pdftotext").arg("-raw").arg(file).arg("-").output().expect("apt-get install poppler-utils");
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect()
}

/// It holds the restriction with its period and review, and no value of anybody.
#[track_caller]
fn assert_letter(scratch: &Scratch) {
    let text: String = issued_files(scratch).iter().map(letters_of).collect();
    for part in ["就業制限・配慮、深夜業の回数の減少", LIMIT, "2026年12月1日から2027年2月28日まで", "2027年2月19日"]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    for value in ["血圧", "HbA1c", "LDL", "162/101"] {
        assert!(!text.contains(value), "{value} in\n{text}");
    }
}
