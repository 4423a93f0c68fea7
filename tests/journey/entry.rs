//! What is entered by hand: a request, a worker with a month, a worker with everything.

use super::{SIZES, Visit, events, said, worker};
use crate::scratch::Scratch;
use crate::terminal::{ENTER, F6, Session};

/// A worker whom the demo does not have.
const NAME: &str = "鴨志田 千尋";

/// Goes to the row of buttons and presses the first.
fn save(session: &mut Session) -> &mut Session {
    session.press(F6).press(ENTER)
}

fn ask_for_an_interview(size: (u16, u16)) {
    let mut visit = Visit::opened(size);
    let session = visit.open_worker("高梨");
    session.counted();
    session
        .press("r")
        .wait("申出日")
        .press("2")
        .at("日時・場所")
        .write("本社・午後を希望")
        .wait("本社・午後を希望")
        .keys("\t");
    session.write("通院の日を避ける").wait("通院の日を避ける");
    save(session).wait("申出を受け付けました").at_most(5, "a request");
    let scratch = visit.leave();
    assert_eq!(worker(&scratch, "高梨 悠斗")["words"]["interview"], "申出");
    let due = said(&scratch, &["worklist"]);
    assert!(due.iter().any(|item| item["task"] == "interview" && item["worker"] == "E01-W0009"), "{due:?}");
    let written = "SELECT count(*) FROM request WHERE worker = 'E01-W0009' AND by = 'mail'
                   AND place = '本社・午後を希望' AND wishes = '通院の日を避ける'";
    assert_eq!(scratch.number(1, written), 1);
}

#[test]
fn a_request_at_80_columns() {
    ask_for_an_interview(SIZES[0]);
}

#[test]
fn a_request_at_120_columns() {
    ask_for_an_interview(SIZES[1]);
}

/// From the roster to the new worker's own screen; the day of birth counts by its digits.
fn register(session: &mut Session) {
    session.press("n").wait("社員番号").write("10442").keys("\t").write(NAME).wait(NAME).keys("\t");
    session.write("かもしだ ちひろ").keys("\t").keys("119800115\t").at("所属").write("品質保証課").wait("品質保証課");
    save(session).wait("を記録しました").wait("n 面接");
}

fn month_by_hand(size: (u16, u16)) {
    let mut visit = Visit::opened(size);
    let session = visit.open_roster();
    session.counted();
    register(session);
    session.press("e").wait("総労働時間").keys("257:08").wait("257:08");
    save(session).wait("書いたものを記録しました").at_most(25, "a worker with a month of hours");
    let scratch = visit.leave();
    let worker = worker(&scratch, NAME);
    assert_eq!(
        (&worker["month"]["low_seconds"], &worker["month"]["period_end"]),
        (&925_680.into(), &"2026-10-31".into())
    );
    assert_eq!(worker["words"]["overtime"], "45超", "257:08 in 31 days is just not above 80:00");
    assert_birth(&scratch);
}

fn assert_birth(scratch: &Scratch) {
    let known = format!("SELECT count(*) FROM worker WHERE name = '{NAME}' AND birth = '1980-01-15' AND sex = 'male'");
    assert_eq!(scratch.number(1, &known), 1);
}

#[test]
fn a_worker_with_a_month_of_hours_at_80_columns() {
    month_by_hand(SIZES[0]);
}

#[test]
fn a_worker_with_a_month_of_hours_at_120_columns() {
    month_by_hand(SIZES[1]);
}

fn everything_by_hand(size: (u16, u16)) {
    let mut visit = Visit::opened(size);
    let session = visit.open_roster();
    session.counted();
    register(session);
    session.press("e").wait("総労働時間");
    (0..12).for_each(|month| _ = session.keys(&format!("2{:02}:08\t", 59 - month)));
    session
        .keys("2026-09-11\tC\t1")
        .at("要点")
        .write("血圧 152/96")
        .wait("血圧 152/96")
        .keys("\t1")
        .keys("2026-10-16\t");
    session
        .keys("32026-07-03\t")
        .keys("2026-11-10\t12")
        .at("日時・場所")
        .write("本社")
        .keys("\t")
        .write("通院の日を避ける");
    session.keys("\t\t95:00").wait("95:00");
    save(session).wait("書いたものを記録しました").at_most(250, "everything about a worker by hand");
    let scratch = visit.leave();
    let worker = worker(&scratch, NAME);
    let words = ["overtime", "interview", "checkup"].map(|word| worker["words"][word].as_str().unwrap());
    assert_eq!(words, ["80超", "申出", "済"], "{worker}");
    assert_eq!(worker["disputed"], true, "{worker}");
    let id = worker["worker"].as_str().unwrap();
    let count = |table: &str| scratch.number(1, &format!("SELECT count(*) FROM {table} WHERE worker = '{id}'"));
    assert_eq!(["hours", "checkup", "stress_flag", "request"].map(count), [12, 1, 1, 1]);
    assert_birth(&scratch);
    let counts = ["労働者の登録", "労働時間の入力"].map(|event| events(&scratch, event));
    assert_eq!(counts, [1, 1], "one batch of twelve months");
}

#[test]
fn everything_by_hand_at_80_columns() {
    everything_by_hand(SIZES[0]);
}

#[test]
fn everything_by_hand_at_120_columns() {
    everything_by_hand(SIZES[1]);
}
