//! An interview that ends in 就業制限 with two measures, their period and their review, to the signed documents.

use super::{SIZES, Visit, issued_files, text_of, worker};
use crate::scratch::Scratch;
use crate::terminal::{CTRL_S, CTRL_X, F6, Session};

/// How the physician goes from 勤務 to 判定.
#[derive(Clone, Copy)]
enum Way {
    /// Step by step, each looked at.
    EveryStep,
    /// Straight there.
    Straight,
}

fn to_the_judgment(session: &mut Session, way: Way) {
    match way {
        Way::EveryStep => _ = session.presses(&[F6; 6]),
        Way::Straight => _ = session.press(CTRL_X),
    }
    session.wait("[判定]");
}

/// 疲労 3, 心身 1, 指導なし, 就業区分 1; 時間外 40 h and 深夜業 月 1回まで, for three months, reviewed after two.
fn judge(session: &mut Session) {
    session.keys("31").at("  記載").write("睡眠が足りません。").wait("睡眠が足りません。").keys("\tx1");
    session.wait("就業制限").keys("1\t40\t3\t").at("  深夜業").write("月 1回まで").wait("月 1回まで");
    session.keys("\t\t3m\t2m").wait("2027-01-20");
}

fn restrict((size, way): ((u16, u16), Way)) -> Scratch {
    let mut visit = Visit::opened(size);
    let session = visit.open_worker("佐伯");
    session.counted();
    session.press("n").wait("実施日");
    to_the_judgment(session, way);
    judge(session);
    session.press(CTRL_X).wait("残るもの").press("x").wait("これから起きること");
    session.press(CTRL_S).wait("を発行しました").at_most(30, "interview to issued opinion, 就業制限 and two measures");
    visit.leave()
}

fn assert_restricted(scratch: &Scratch) {
    let files = issued_files(scratch);
    assert_eq!(files.len(), 3, "{files:?}");
    let text = text_of(&files[0]);
    for part in ["40", "月 1回まで", "2027年2月20日", "2027年1月20日", "睡眠が足りません。"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let worker = worker(scratch, "佐伯 美咲");
    assert_eq!(worker["words"]["fitness"], "制限");
    let query =
        |what: &str| format!("SELECT {what} FROM measure WHERE worker = '{}'", worker["worker"].as_str().unwrap());
    let periods = "count(*) || min(until) || max(until) || min(review_on) || max(review_on)";
    assert_eq!(scratch.number(1, &query("count(*)")), 2);
    assert_eq!(scratch.word(1, &query(periods)), "22027-02-202027-02-202027-01-202027-01-20");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM issued"), 3, "two of the demo's, and this one");
}

#[test]
fn two_measures_with_period_and_review_step_by_step_at_80_columns() {
    assert_restricted(&restrict((SIZES[0], Way::EveryStep)));
}

#[test]
fn two_measures_with_period_and_review_straight_to_the_judgment_at_120_columns() {
    assert_restricted(&restrict((SIZES[1], Way::Straight)));
}
