//! A file of the employer through 取込 by keys: the path, the reading, the batch, and the batch taken back.

use std::fs;

use super::{DAY, SIZES, Visit, events, worker};
use crate::scratch::Scratch;
use crate::terminal::{CTRL_L, CTRL_U, CTRL_Y, CTRL_Z, ENTER, ESC};

/// A file name as an office sends it; it holds no name.
const FILE: &str = "勤怠 10月分.csv";

/// 257.10 lies on either side of 80 h: 257:10 as hours and minutes, 257:06 as hours with decimals.
const MONTH: &str =
    "氏名,総労働時間\n上田 蓮,257.10\n橋本 健,200.30\nヴァシリエヴナ・アナスタシア・ミハイロヴナ,180.00\n";

fn take_in(size: (u16, u16)) {
    let mut visit = Visit::opened(size);
    fs::write(visit.scratch.path(FILE), MONTH).unwrap();
    let session = visit.open_roster().wait("79:30+");
    session.counted();
    session.press("i").wait("CSV").write(FILE).wait(FILE).press(ENTER).wait("読み方を選ぶと");
    session.press(ENTER).wait("推測では取り込みません");
    session.press("1").wait("x 1").press(ENTER).wait("封入して消す").press(ENTER).wait("2[名簿]").wait_gone("79:30+");
    session.at_most(7, "a file taken in, with the question about its reading");
    session.wait("80:01+");

    session.press(CTRL_Z).wait("79:30+").wait_gone("80:01+");
    // A batch is not done again from what was kept of it, but from its file; the reading that moves somebody across
    // the line is asked every time.
    session.press(CTRL_Y).wait("同じファイルをもう一度").press(ENTER).wait_gone("できませんでした");
    session.press("i").wait("CSV").write(FILE).press(ENTER).wait("読み方を選ぶと");
    session.press("1").wait("x 1").press(ENTER).wait("封入して消す").press(ENTER).wait("80:01+").wait_gone("79:30+");
    let scratch = visit.leave();
    let taken = worker(&scratch, "上田 蓮");
    assert_eq!((&taken["words"]["overtime"], &taken["overtime"]["shown"]), (&"80超".into(), &"80:01+".into()));
    assert_eq!(worker(&scratch, "橋本 健")["month"]["low_seconds"], 721_800, "200:30");
    assert_eq!(
        worker(&scratch, "ヴァシリエヴナ・アナスタシア・ミハイロヴナ")["month"]["low_seconds"],
        648_000,
        "180:00"
    );
    assert_eq!(events(&scratch, "取込の取消"), 1);
}

#[test]
fn a_file_is_taken_in_and_back_at_80_columns() {
    take_in(SIZES[0]);
}

#[test]
fn a_file_is_taken_in_and_back_at_120_columns() {
    take_in(SIZES[1]);
}

/// One row for everything that can be wrong with one, and one that is right.
fn bad_rows() -> Vec<u8> {
    let rows = [
        "橋本 健,25:61",
        "横尾 久美子,-8:00",
        "村瀬 恵,999:00",
        "矢野 一馬,未提出",
        "佐藤 誠司",
        "宇田川 結衣,160:00,余分",
        "渡邉 恵,160:00",
        "渡邉 恵,161:00",
        "上田 蓮,200:30",
    ];
    let text = format!("氏名,総労働時間\n{}\n", rows.join("\n"));
    let mut bytes = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    bytes.extend(b"\x81\xff\xfe,160:00\n");
    bytes
}

/// What is not there, no table, or full of bad rows is said so; nothing is written until somebody says so.
#[test]
fn a_bad_file_is_named_row_by_row_and_only_the_good_row_comes_in() {
    let mut visit = Visit::opened(SIZES[1]);
    fs::write(visit.scratch.path("bad.csv"), bad_rows()).unwrap();
    fs::write(visit.scratch.path("no-table.csv"), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n").unwrap();
    let session = visit.open_roster().press("i").wait("CSV");
    session.write("nowhere.csv").press(ENTER).wait("見つかりません").press(ENTER).wait_gone("できませんでした");
    session.press(CTRL_U).write("no-table.csv").press(ENTER).wait("できませんでした");
    session.press(ENTER).wait_gone("できませんでした").press(CTRL_U).write("bad.csv").press(ENTER).wait("不可 7");
    for (line, why) in [
        (2, "2列目  分または秒が 60 以上です"),
        (3, "2列目  負の時間です"),
        (4, "2列目  期間の全部を働いても届かない時間です"),
        (5, "2列目  時間として読めない値です"),
        (6, "列の数が見出しより少ない行です"),
        (7, "列の数が見出しより多い行です"),
        (8, "渡邉恵  同じ人の同じ期間"),
        (9, "渡邉恵  同じ人の同じ期間"),
        (11, "1列目  読めない文字があります"),
    ] {
        session.wait(&format!("{line}行目  {why}"));
    }
    session.press(ESC).wait("何も書いていません").press(ENTER).wait("不可 7");
    session.press(ENTER).wait("封入して消す").press(ENTER).wait("2[名簿]").wait_gone("79:30+");
    let scratch = visit.leave();
    assert_eq!(worker(&scratch, "上田 蓮")["month"]["low_seconds"], 721_800, "200:30");
    let newest = "SELECT added + changed FROM batch ORDER BY rowid DESC LIMIT 1";
    assert_eq!(scratch.number(1, newest), 1);
}

/// Half a million rows: long enough that it is still being read when the next key comes.
fn large() -> String {
    let row = |index: usize| format!("L{index:06},架空 第{index}号,2026/09,{}:{:02},\n", 150 + index % 60, index % 60);
    let rows: String = (0..500_000).map(row).collect();
    format!("社員番号,氏名,対象年月,総労働時間,備考\n{rows}")
}

/// What an import leaves behind, whatever it brought.
const LEFT: &str = "SELECT (SELECT count(*) FROM batch) + (SELECT count(*) FROM operation)
                    + (SELECT count(*) FROM import_profile) + (SELECT count(*) FROM source_line)";

/// At 取込, with a large file that is being read.
fn reading(size: (u16, u16)) -> (Visit, i64) {
    let scratch = Scratch::of_demo_command(DAY);
    fs::write(scratch.path(FILE), large()).unwrap();
    let before = scratch.number(1, LEFT);
    let mut visit = Visit::on(scratch, size);
    visit.session.wait("パスフレーズ");
    visit.unlock();
    visit.session.wait("訪問");
    visit.open_roster().press("i").wait("CSV").write(FILE).wait(FILE).press(ENTER).wait("Esc やめる");
    visit.session.wait("表の読取り  [").wait(" KB");
    (visit, before)
}

#[test]
fn a_large_file_is_left_by_esc_and_the_next_one_is_taken_in() {
    let (mut visit, before) = reading(SIZES[0]);
    visit.session.resize(120, 40).wait("読んでいます").press(ESC).wait("やめました。何も書いていません");
    visit.session.wait_gone("読取り  [");
    // A pipe is no file, and is not waited for.
    let pipe = visit.scratch.path("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    visit.session.press(CTRL_U).write("pipe.csv").press(ENTER).wait("普通のファイルではありません").press(ENTER);
    fs::write(visit.scratch.path("small.csv"), MONTH).unwrap();
    visit.session.wait_gone("できませんでした").press(CTRL_U).write("small.csv").press(ENTER).wait("読み方を選ぶと");
    let drawn = visit.session.drawn();
    assert!(!drawn.contains("名簿の人がほとんどいません"), "nothing of the large file was shown");
    visit.session.press(ESC).wait("何も書いていません");
    let scratch = visit.leave();
    assert_eq!(scratch.number(1, LEFT), before);
}

#[test]
fn a_lock_falls_in_the_middle_of_a_large_file() {
    let (mut visit, before) = reading(SIZES[1]);
    visit.session.press(CTRL_L).wait("パスフレーズ").wait_gone("読取り");
    visit.unlock();
    // The path that was typed is there again, and the file is not being read.
    visit.session.wait(FILE).wait("Enter 読む");
    assert!(!visit.session.text().contains("  [#"), "{}", visit.session.text());
    visit.session.press(CTRL_U).press(ESC);
    let scratch = visit.leave();
    assert_eq!(scratch.number(1, LEFT), before);
}

#[test]
fn a_hang_up_in_the_middle_of_a_large_file_leaves_a_whole_vault() {
    let (mut visit, before) = reading(SIZES[0]);
    let process = visit.session.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-HUP", &process]).status().unwrap().success());
    visit.session.end();
    visit.scratch.assert_clean();
    assert_eq!(visit.scratch.number(1, LEFT), before);
}
