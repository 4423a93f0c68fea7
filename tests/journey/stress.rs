//! The stress check by keys, from the opened round to the papers: two hundred people, five above the criteria, two
//! requests, one interview. What was made then names the one who was interviewed, and nobody else.

use std::fs;
use std::path::PathBuf;

use junkai::domain::EstablishmentId;

use super::{DAY, READY, SIZES, Visit, events, issued_files};
use crate::scratch::{Scratch, files};
use crate::stress::{HIGH, LOW, bare, read};
use crate::terminal::{BACK_TAB, CTRL_S, CTRL_X, ENTER, ESC, F6, HOME, Session, TAB};

/// People of the file, and who of them is above the criteria.
const PEOPLE: usize = 200;
const EVERY: usize = 40;
/// Words of the physician's own record, which no paper shows.
const OWN: [&str; 2] = ["負担Qx1z", "所見Qx2z"];
const FILE: &str = "回答 2026年度.csv";

/// A vault of one establishment, the file of answers in its home, and every name of the roster; the first asks.
fn prepared() -> (Scratch, Vec<String>) {
    let scratch = Scratch::by_demo_command(DAY, 230);
    let desk = scratch.desk();
    let workers = desk.site(&EstablishmentId::new(1)).unwrap().workers.clone();
    desk.lock().unwrap();
    let sheet = |place: usize| if place.is_multiple_of(EVERY) { HIGH } else { LOW };
    let rows = workers.iter().take(PEOPLE).enumerate();
    let rows: Vec<String> =
        rows.map(|(place, one)| format!("{},{},2026-09-28,{}", one.number, one.name, sheet(place))).collect();
    fs::write(scratch.path(FILE), format!("社員番号,氏名,回答日,回答\n{}\n", rows.join("\n"))).unwrap();
    (scratch, workers.iter().map(|worker| worker.name.clone()).collect())
}

/// What the committee decided, who carries the round, and the round opened.
fn open_a_round(session: &mut Session) {
    session.press(ENTER).wait("1[訪問]").press("4").wait("回がまだありません");
    session.counted();
    session.press("n").wait("> 回").write("2026年度").wait("2026年度").keys("\t2").at("委員会の審議");
    session.keys("20260612\t").at("規程の版").write("第3版").wait("第3版").keys("\t1\t\t\t").at("実施者の意見");
    session.keys("20260601\t").at("実施者").write("架空 実施").wait("架空 実施").press(F6).press(ENTER).wait("準備中");
    session.press("d").wait("回を開きました").at_most(32, "a round, written and opened");
}

/// The file in and sealed, all judged, the five confirmed one by one, all told.
fn from_the_file_to_the_notice(session: &mut Session) {
    session.press("i").wait("CSV").write(FILE).wait(FILE).press(ENTER).wait("追加 200").press(ENTER);
    session.wait("封入して消す").press("s").wait("200     0 / 0").at_most(4, "two hundred answers taken in and sealed");
    session.press(ENTER).wait("回答 200").press("d").wait("数値基準に該当 5");
    for done in 1..=PEOPLE / EVERY {
        session.press("1").wait(&format!("実施者の確認 {done} / 5"));
    }
    session.press("d").wait("通知 200").at_most(8, "two hundred judged, five confirmed, all told");
}

/// From the list, with the cursor on somebody: the chart, then the request of today.
fn ask(session: &mut Session) -> &mut Session {
    session.press(ENTER).wait("評価点").press(ENTER).wait("3  申出を受けた");
    session.press("3").wait("空なら今日").press(ENTER).wait("通知と同じ範囲まで")
}

/// The interview from the request, and its opinion to the confirmation.
fn interview(session: &mut Session) {
    session.press("n").wait("1 高ストレス").press(CTRL_X).wait("> 心理的な負担").press(BACK_TAB).keys("1");
    session.at("心理的な負担").write(OWN[0]).wait(OWN[0]).press(CTRL_X).wait("> 心身の状況").press(BACK_TAB);
    session.at("医学的所見").write(OWN[1]).wait(OWN[1]).press(TAB).keys("0").press(CTRL_X).wait("> 就業区分").keys("0");
    session.press(CTRL_X).wait("残るもの").wait("文の点検");
    let columns = session.columns();
    // What was once written over with blanks is blank: a terminal tells them apart, a reader does not.
    let shown: Vec<String> = session.text().lines().map(|line| line.trim_end().to_owned()).collect();
    insta::assert_snapshot!(format!("stress_opinion_{columns}"), shown.join("\n"));
    session.press("x").wait("これから起きること").wait("医学的所見  出しません").wait(READY);
}

/// The report of the groups: given to the committee, looked at, issued as a PDF with its workbook.
fn report(session: &mut Session) {
    session.press(F6).wait("判定図の係数").press("d").wait("提供する相手").write("衛生委員会").wait("衛生委員会");
    session
        .press(ENTER)
        .wait("提供したことを記録しました")
        .press("x")
        .wait("出るもの")
        .press("x")
        .wait("表          同じ表の XLSX");
    session.press(CTRL_S).wait("を発行しました。PDF と XLSX").at_most(6, "the report of the groups, issued");
}

/// Every file in the home that is neither of the vault nor of its folder for temporary files.
fn made(scratch: &Scratch) -> Vec<PathBuf> {
    let inside = [scratch.vault(), scratch.path("tmp")];
    files(scratch.home()).into_iter().filter(|file| !inside.iter().any(|folder| file.starts_with(folder))).collect()
}

#[track_caller]
fn assert_nobody_else(made: &[PathBuf], people: &[String]) {
    let first = bare(&people[0]);
    for file in made {
        let (text, name) = (read(file), file.display());
        let is_opinion = file.to_string_lossy().contains("E01-2026-0003");
        assert_eq!(text.contains(&first), is_opinion, "whose {name} is");
        for other in people.iter().map(|person| bare(person)).filter(|person| *person != first) {
            assert!(!text.contains(&other), "somebody else stands in {name}");
        }
        let ids: Vec<_> = text.match_indices("E01-W").collect();
        assert!(ids.is_empty(), "{ids:?} in {name}");
        for kept in [HIGH, LOW].into_iter().chain(OWN) {
            assert!(!text.contains(kept), "{kept} in {name}");
        }
    }
}

fn the_whole_way(size: (u16, u16)) {
    let (scratch, people) = prepared();
    let mut visit = Visit::on(scratch, size);
    visit.session.wait("パスフレーズ");
    visit.unlock();
    let session = visit.session.wait("訪問");
    open_a_round(session);
    from_the_file_to_the_notice(session);
    session.press(HOME);
    ask(session).at_most(5, "a request");
    session.presses(&[ESC, ESC]).wait("申出 11-20").press("j");
    ask(session).presses(&[ESC, ESC]).wait("通知 200").press(HOME).press(ENTER).wait("評価点").press(ENTER);
    session.wait("3  申出を受けた").counted();
    interview(session);
    session
        .press(CTRL_S)
        .wait("を発行しました")
        .wait("高ストレス  通常勤務")
        .at_most(13, "an interview after the check to its issued opinion");
    session.presses(&[ESC, ESC, ESC]).wait("通知 200").counted();
    report(session);

    let scratch = visit.leave();
    let made = made(&scratch);
    assert_eq!((made.len(), issued_files(&scratch).len()), (4, 4), "the file of answers is sealed: {made:?}");
    assert_nobody_else(&made, &people);
    let groups: Vec<_> = made.iter().filter(|file| file.to_string_lossy().contains("0004")).collect();
    assert!(groups.iter().all(|file| read(file).contains("品質保証課")), "the search can find");
    let counted = ["stress_answers", "stress_result", "stress_interview", "stress_release"];
    let counted = counted.map(|table| scratch.number(1, &format!("SELECT count(*) FROM {table}")));
    assert_eq!(counted, [200, 200, 1, 1]);
    assert_eq!(events(&scratch, "結果の通知"), 1, "all were told in one act");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM case_file WHERE ground = 'high_stress'"), 2, "two requests");
}

#[test]
fn two_hundred_answers_come_to_one_opinion_and_one_report_at_80_columns() {
    the_whole_way(SIZES[0]);
}

#[test]
fn two_hundred_answers_come_to_one_opinion_and_one_report_at_120_columns() {
    the_whole_way(SIZES[1]);
}
