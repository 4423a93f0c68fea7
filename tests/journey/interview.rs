//! Unlock, the brief, an interview by the legal minimum, two signed documents, as the 職場 has nothing to act on; locked and shared on the way.

use std::path::PathBuf;
use std::process::Command;

use super::{READY, SIZES, Visit, issued_files, worker};
use crate::terminal::{CTRL_L, CTRL_Q, CTRL_S, CTRL_T, CTRL_X, ENTER, ESC, F6, F9};

fn visit(size: (u16, u16)) {
    let mut visit = Visit::at_the_door(size);
    let session = visit.session.wait("パスフレーズ");
    session.counted();
    visit.unlock();
    visit.session.wait("訪問").press(ENTER).wait("1[訪問]").at_most(2, "unlock to the brief");

    visit.session.press(ESC).wait("今日");
    let session = visit.open_worker("佐伯");
    session.counted();
    session.press("n").wait("実施日");
    session.press(CTRL_X).wait("[判定]").presses(&["1", "0"]).press(CTRL_X).press("0").press(CTRL_X);
    session.wait("残るもの").press("x").wait("これから起きること");
    session.press(ENTER).wait("残るもの").press("x").wait("これから起きること").wait(READY);
    assert!(issued_files(&visit.scratch).is_empty(), "Enter must not issue");
    visit.session.press(CTRL_S).wait("を発行しました").at_most(14, "interview to issued opinion, 通常勤務");
    let files = issued_files(&visit.scratch);
    assert_eq!(files.len(), 2, "人事 and 本人: {files:?}");
    assert_documents(&files);

    // Lock in the middle of another interview: the same field is there again.
    let session = visit.open_worker("高梨");
    session.press("n").wait("実施日").press(F6).wait("[疲労]").presses(&["1", "0"]);
    session.press(CTRL_L).wait("パスフレーズ").wait_gone("高梨");
    visit.unlock();
    visit.session.wait("[疲労]").press(ESC).wait("n 面接").press(CTRL_T).wait("今日");

    // Sharing hides everybody, and ends at the door.
    visit.session.press(F9).wait("画面共有").wait_gone("佐伯").press(F9).wait("パスフレーズ");
    visit.unlock();
    visit.session.wait("訪問");
    let scratch = visit.leave();
    assert_eq!(worker(&scratch, "佐伯 美咲")["words"]["fitness"], "通常");
    assert_eq!(worker(&scratch, "高梨 悠斗")["words"]["interview"], "途中");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM issued"), 3, "two of the demo's, and this one");
}

/// The field's own tools accept what was written.
#[track_caller]
fn assert_documents(files: &[PathBuf]) {
    for file in files {
        let run = |tool: &str, arguments: &[&str]| {
            let output = Command::new(tool)
                .args(arguments)
                .arg(file)
                .output()
                .unwrap_or_else(|_| panic!("{tool} is not installed"));
            (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        assert!(run("qpdf", &["--check"]).0, "{}", file.display());
        assert!(run("pdfsig", &[]).1.contains("Signature is Valid"), "{}", file.display());
        assert_eq!(file.file_name().unwrap().to_str().unwrap().split('_').next(), Some("E01-2026-0003"));
    }
}

#[test]
fn a_whole_visit_at_80_columns() {
    visit(SIZES[0]);
}

#[test]
fn a_whole_visit_at_120_columns() {
    visit(SIZES[1]);
}

/// A wrong passphrase is told apart, and the door stays a door.
#[test]
fn a_wrong_passphrase_says_so_and_shows_nothing() {
    let mut visit = Visit::at_the_door(SIZES[0]);
    visit.session.wait("パスフレーズ").write("not the one").press(ENTER).wait("パスフレーズが違います");
    assert!(!visit.session.text().contains("あかつき"));
    visit.unlock();
    visit.session.wait("訪問");
    visit.leave();
}

/// The window is closed over an open desk: the program locks, checkpoints and ends, and opens again.
#[test]
fn a_hang_up_locks_and_ends() {
    let mut visit = Visit::opened(SIZES[0]);
    let process = visit.session.process_id().unwrap().to_string();
    assert!(Command::new("kill").args(["-HUP", &process]).status().unwrap().success());
    visit.session.end();
    let logs = std::fs::read_dir(visit.scratch.path("vault/sites")).unwrap().map(|entry| entry.unwrap().path());
    let full = |path: &PathBuf| path.to_string_lossy().ends_with("-wal") && path.metadata().unwrap().len() > 0;
    assert_eq!(logs.filter(full).count(), 0, "everything is in the database files");
    let mut visit = Visit::on(visit.scratch, SIZES[0]);
    visit.session.wait("パスフレーズ");
    visit.unlock();
    visit.session.wait("訪問").press(CTRL_Q).press(CTRL_Q);
    assert_eq!(visit.session.end(), 0);
}
