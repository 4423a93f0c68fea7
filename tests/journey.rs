//! The whole visit on the real binary, at both sizes: keys in, screens out, presses counted.
//!
//! Counted are key presses besides free text and the passphrase, each from the screen before the act.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::terminal::{CTRL_L, CTRL_P, CTRL_Q, CTRL_S, CTRL_T, CTRL_X, DOWN, ENTER, ESC, F6, F9, Session, TAB};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
const DAY: &str = "2026-11-20";

/// A demo vault in `home`, built by the program itself; gives its folder and passphrase.
pub fn demo(home: &Path) -> (PathBuf, String) {
    let vault = home.join("vault");
    let mut command = Command::new(env!("CARGO_BIN_EXE_junkai"));
    command.args([
        "demo",
        "--no-ui",
        "--today",
        DAY,
        "--establishments",
        "1",
        "--workers",
        "40",
        "--years",
        "1",
        "--vault",
    ]);
    let output = command.arg(&vault).env_clear().env("HOME", home).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (vault, answer["passphrase"].as_str().unwrap().to_owned())
}

/// The program at the locked door of `vault`.
pub fn at_the_door(home: &Path, vault: &Path, (columns, rows): (u16, u16)) -> Session {
    let vault = vault.to_string_lossy().into_owned();
    let mut session = Session::start(home, columns, rows, &["--vault", &vault, "--today", DAY]);
    session.wait("パスフレーズ");
    session
}

fn unlock(session: &mut Session, passphrase: &str) {
    session.write(passphrase).press(ENTER).wait("今日");
    session.wait("訪問");
}

/// Opens the worker with this number by the palette.
fn open_worker(session: &mut Session, name: &str) {
    session.press(CTRL_P).write(name).wait(name).press(ENTER).wait("n 面接");
}

fn issued_files(vault: &Path) -> Vec<PathBuf> {
    let folder = vault.with_extension("documents").join("E01/2026-11");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).map(|entries| entries.map(|e| e.unwrap().path()).collect()).unwrap_or_default();
    files.sort();
    files
}

fn visit(size: (u16, u16)) {
    let home = tempfile::tempdir().unwrap();
    let (vault, passphrase) = demo(home.path());
    let mut session = at_the_door(home.path(), &vault, size);

    // Unlock → brief of today's site: the passphrase and two presses.
    session.counted();
    unlock(&mut session, &passphrase);
    session.press(ENTER).wait("1[訪問]");
    assert!(session.counted() <= 2, "brief of today's site");

    // An interview by the legal minimum, 通常勤務 → issued PDF.
    session.press(ESC).wait("今日");
    open_worker(&mut session, "佐伯");
    session.counted();
    session.press("n").wait("実施日");
    session.press(CTRL_X).wait("[判定]").presses(&["1", "0"]).press(CTRL_X).press("0").press(CTRL_X);
    session.wait("残るもの").press("x").wait("これから起きること");
    session.press(ENTER).wait("残るもの").press("x").wait("これから起きること");
    assert!(issued_files(&vault).is_empty(), "Enter must not issue");
    session.press(CTRL_S).wait("を発行しました");
    assert!(session.counted() <= 14, "interview to issued opinion");
    let files = issued_files(&vault);
    assert_eq!(files.len(), 3, "{files:?}");
    assert_documents(&files);

    // Lock in the middle of another interview: the same field is there again.
    open_worker(&mut session, "高梨");
    session.press("n").wait("実施日").press(F6).wait("[疲労]").presses(&["1", "0"]);
    session.press(CTRL_L).wait("パスフレーズ").wait_gone("高梨");
    session.write(&passphrase).press(ENTER).wait("[疲労]");
    session.press(ESC);
    session.press(CTRL_T).wait("今日");

    // Sharing hides everybody, and ends at the door.
    session.press(F9).wait("画面共有").wait_gone("佐伯");
    session.press(F9).wait("パスフレーズ");
    unlock(&mut session, &passphrase);
    session.press(CTRL_Q).wait("もう一度").press(CTRL_Q);
    assert_eq!(session.end(), 0);
    assert!(!session.is_alternate(), "the terminal is given back");
}

/// The field's own tools accept what was written.
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

/// Full-width keys, a paste with newlines, keys behind an Enter, a resize and Ctrl-C: nothing acts that should not.
#[test]
fn what_an_input_method_and_a_paste_send_does_no_harm() {
    let home = tempfile::tempdir().unwrap();
    let (vault, passphrase) = demo(home.path());
    let mut session = at_the_door(home.path(), &vault, SIZES[0]);
    unlock(&mut session, &passphrase);

    session.press(DOWN).press("ｗ").wait("なぜ").press(ESC).wait("今日");
    session.raw("あいう").wait("IMEオン").press(DOWN).wait_gone("IMEオン");
    session.paste("x\ny\nz\n").wait("貼り付けられません");
    open_worker(&mut session, "佐伯");
    session.raw("n\rxu").wait("実施日");
    assert!(session.text().contains("受け取りませんでした"), "{}", session.text());

    session.press(F6).press(F6).wait("[心身");
    session.press(TAB).resize(120, 40).wait("[心身").resize(20, 5).wait("80x24").resize(80, 24).wait("[心身");
    session.press("\x03").wait("面接の続き");
    session.press("\x03").wait("終了").press(ESC).wait("面接の続き");
    session.press(CTRL_Q).press(CTRL_Q);
    assert_eq!(session.end(), 0);
}

/// Japanese typed into a field arrives and is still there after a lock.
#[test]
fn japanese_text_is_kept_as_it_is_typed() {
    let home = tempfile::tempdir().unwrap();
    let (vault, passphrase) = demo(home.path());
    let mut session = at_the_door(home.path(), &vault, SIZES[0]);
    unlock(&mut session, &passphrase);
    open_worker(&mut session, "佐伯");
    session.press("r").wait("申出日").presses(&[TAB, TAB]).press("1");
    session.write("本社・午後を希望").wait("本社・午後を希望");
    session.press(CTRL_L).wait("パスフレーズ").wait_gone("希望");
    session.write(&passphrase).press(ENTER).wait("本社・午後を希望");
    session.press(ESC).press(CTRL_Q).press(CTRL_Q);
    assert_eq!(session.end(), 0);
}

/// A wrong passphrase is told apart, and the door stays a door.
#[test]
fn a_wrong_passphrase_says_so_and_shows_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (vault, passphrase) = demo(home.path());
    let mut session = at_the_door(home.path(), &vault, SIZES[0]);
    session.write("not the one").press(ENTER).wait("パスフレーズが違います");
    assert!(!session.text().contains("あかつき"));
    unlock(&mut session, &passphrase);
    session.press(CTRL_Q).press(CTRL_Q);
    assert_eq!(session.end(), 0);
}

/// The window is closed over an open desk: the program locks, checkpoints and ends, and opens again.
#[test]
fn a_hang_up_locks_and_ends() {
    let home = tempfile::tempdir().unwrap();
    let (vault, passphrase) = demo(home.path());
    let mut session = at_the_door(home.path(), &vault, SIZES[0]);
    unlock(&mut session, &passphrase);
    let process = session.process_id().unwrap().to_string();
    assert!(Command::new("kill").args(["-HUP", &process]).status().unwrap().success());
    session.end();
    let logs = std::fs::read_dir(vault.join("sites")).unwrap().map(|entry| entry.unwrap().path());
    let full = |path: &PathBuf| path.to_string_lossy().ends_with("-wal") && path.metadata().unwrap().len() > 0;
    assert_eq!(logs.filter(full).count(), 0, "everything is in the database files");
    let mut session = at_the_door(home.path(), &vault, SIZES[0]);
    unlock(&mut session, &passphrase);
    session.press(CTRL_Q).press(CTRL_Q);
    assert_eq!(session.end(), 0);
}
