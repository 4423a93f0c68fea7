//! What the world does to the program: full disks, signals, clocks, small terminals, places that may not be written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use junkai::domain::EstablishmentId;
use serde_json::Value;

use crate::desk::PASSPHRASE;
use crate::kills::{IMPORT, month};
use crate::scratch::{Answer, Scratch, files};
use crate::terminal::{CTRL_P, DOWN, ENTER, F6, Session, TAB};

const DAY: &str = "2026-11-20";
const CTRL_C: &str = "\x03";
const JUNKAI: &str = env!("CARGO_BIN_EXE_junkai");

/// Runs a script as root of a namespace of its own, where it may mount; `$JUNKAI` is the program.
#[track_caller]
fn in_namespace(scratch: &Scratch, script: &str, arguments: &[&str]) -> Answer {
    let mut command = scratch.command("unshare");
    command.args(["-rm", "sh", "-euc", script, "sh"]).args(arguments).env("JUNKAI", JUNKAI);
    fs::write(scratch.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
    let answer: Answer = command.output().expect("unshare is needed: apt-get install util-linux").into();
    assert!(answer.out.contains("mounted\n"), "mounting in a namespace of one's own is not permitted here: {answer:?}");
    answer
}

/// A disk of 24 MB that is full but for `$1` kilobytes; what follows runs on it.
const FULL: &str = r#"
    slack=$1; shift
    mkdir full; mount -t tmpfs -o size=24M none full; echo mounted
    if [ -n "${ON_DISK:-}" ]; then cp -a vault full/vault; fi
    dd if=/dev/zero of=full/fill bs=64k 2>/dev/null || true
    truncate -s "-${slack}K" full/fill
"#;

/// Runs the program on the full disk, with the vault on it or not, and brings everything but the filling back.
fn on_full_disk(scratch: &Scratch, slack: u32, is_vault_there: bool, arguments: &[&str]) -> Answer {
    let vault = if is_vault_there { "full/vault" } else { "vault" };
    let script = format!(
        r#"{there}{FULL}
        code=0; "$JUNKAI" --vault {vault} --passphrase-file passphrase "$@" >said || code=$?
        rm full/fill; cp -a full brought; cat said; exit $code"#,
        there = if is_vault_there { "ON_DISK=1\n" } else { "" },
    );
    let slack = slack.to_string();
    let all: Vec<&str> = std::iter::once(slack.as_str()).chain(arguments.iter().copied()).collect();
    let answer = in_namespace(scratch, &script, &all);
    if is_vault_there {
        fs::remove_dir_all(scratch.vault()).unwrap();
        fs::rename(scratch.path("brought/vault"), scratch.vault()).unwrap();
    }
    Answer { out: answer.out.replacen("mounted\n", "", 1), ..answer }
}

#[track_caller]
fn assert_says_full(answer: &Answer) {
    assert_eq!(answer.code, 2, "{answer:?}");
    assert!(answer.err.contains("空き") && !answer.err.contains("内部の誤り"), "{answer:?}");
}

#[test]
fn a_disk_that_fills_up_while_importing_takes_all_or_nothing() {
    let mut refused = 0;
    for slack in [0, 24, 64, 128, 256, 8000] {
        let scratch = Scratch::demo();
        let site = Arc::clone(scratch.desk().site(&EstablishmentId::new(1)).unwrap());
        fs::write(scratch.path("month.csv"), month(&site, 7)).unwrap();
        let newest = "SELECT max(number) FROM operation";
        let before = scratch.number(1, newest);
        let answer = on_full_disk(&scratch, slack, true, &IMPORT);
        let objects: Vec<Value> = answer.out.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let acknowledged = objects.iter().find_map(|object| object["operation"].as_i64());
        let last = scratch.number(1, newest);
        match acknowledged {
            Some(operation) => assert!(operation > before && last >= operation, "{slack}: {answer:?}"),
            None => assert_eq!(last, before, "{slack}: {answer:?}"),
        }
        // 1 is an answer: leavers wait in the file.
        if answer.code > 1 {
            assert_says_full(&answer);
            refused += 1;
        }
        scratch.assert_clean();
    }
    assert!((1..6).contains(&refused), "{refused} of six were refused");
}

#[test]
fn a_backup_onto_a_full_disk_leaves_no_file_that_looks_like_one() {
    let scratch = Scratch::demo();
    for slack in [0, 64] {
        let answer = on_full_disk(&scratch, slack, false, &["backup", "full/backup.age"]);
        assert_says_full(&answer);
        assert_eq!(files(&scratch.path("brought")), Vec::<PathBuf>::new());
        fs::remove_dir(scratch.path("brought")).unwrap();
        fs::remove_dir(scratch.path("full")).unwrap();
    }
    scratch.assert_clean();
    assert_eq!(scratch.number(0, "SELECT count(*) FROM backup"), 0, "no backup is remembered");
}

/// The hash of what would leave.
#[track_caller]
fn shown(scratch: &Scratch, document: &[&str]) -> String {
    let arguments = [&["--json", "--today", DAY, "document"][..], document, &["--out", "out"]].concat();
    let answer = scratch.run(&arguments, "").with_code(0);
    answer.objects()[0]["sha256"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
}

#[test]
fn a_paper_onto_a_full_disk_is_not_said_to_be_there() {
    let scratch = Scratch::demo();
    let hash = shown(&scratch, &["brief", "--establishment", "E01"]);
    let arguments =
        ["--today", DAY, "document", "brief", "--establishment", "E01", "--out", "full/out", "--confirm", &hash];
    let answer = on_full_disk(&scratch, 4, false, &arguments);
    assert_says_full(&answer);
    assert_eq!(files(&scratch.path("brought")), Vec::<PathBuf>::new());
    scratch.assert_clean();
}

/// A worker whose interview is complete and has no opinion yet, else one who has one.
fn interviewed(scratch: &Scratch) -> (String, bool) {
    let desk = scratch.desk();
    let site = desk.site(&EstablishmentId::new(1)).unwrap();
    let open = site
        .interviews
        .iter()
        .find(|held| !site.issued.iter().any(|issued| issued.worker.as_ref() == Some(&held.worker)));
    let chosen = open.or(site.interviews.first()).expect("the demo holds an interview");
    (chosen.worker.to_string(), open.is_some())
}

#[test]
fn an_opinion_onto_a_full_disk_is_issued_once_and_written_later() {
    let scratch = Scratch::demo();
    let (worker, is_open) = interviewed(&scratch);
    let document = ["opinion", "--establishment", "E01", "--worker", &worker];
    let mut arguments = [&["--today", DAY, "document"][..], &document, &["--out", "full/out"]].concat();
    let hash = if is_open { shown(&scratch, &document) } else { String::new() };
    if is_open {
        arguments.extend(["--confirm", &hash]);
    }
    let count = "SELECT count(*) FROM issued";
    let before = scratch.number(1, count);
    let answer = on_full_disk(&scratch, 4, false, &arguments);
    assert_eq!(answer.code, 2, "{answer:?}");
    assert!(answer.err.contains("ファイルを書き出せませんでした") || answer.err.contains("空き"), "{answer:?}");
    assert_eq!(files(&scratch.path("brought")), Vec::<PathBuf>::new());
    assert_eq!(scratch.number(1, count), before + i64::from(is_open));
    let again = [&["--today", DAY, "document"][..], &document, &["--out", "out"]].concat();
    scratch.run(&again, "").with_code(0);
    assert!(!files(&scratch.path("out")).is_empty());
    scratch.assert_clean();
}

fn at_the_door(scratch: &Scratch, size: (u16, u16), environment: &[(&str, &str)]) -> Session {
    Session::start_under(&[], scratch.home(), size, &["--vault", "vault", "--today", DAY], environment)
}

fn opened(scratch: &Scratch, environment: &[(&str, &str)]) -> Session {
    let mut session = at_the_door(scratch, (80, 24), environment);
    session.wait("パスフレーズ").write(PASSPHRASE).press(ENTER).wait_gone("パスフレーズ").wait("今日");
    session
}

/// Somebody's name, by which the palette finds a worker.
fn somebody(scratch: &Scratch) -> String {
    let desk = scratch.desk();
    let site = Arc::clone(desk.site(&EstablishmentId::new(1)).unwrap());
    site.workers.first().unwrap().name.clone()
}

/// Begins an interview and writes into a field; the letters are a draft from then on.
fn begin(session: &mut Session, name: &str, text: &str) {
    session.press(CTRL_P).write(name).wait(name).press(ENTER).wait("n 面接");
    session.press("n").wait("実施日").presses(&[TAB; 5]).write(text).wait(text);
}

fn signal(session: &Session, name: &str) {
    let process = session.process_id().unwrap().to_string();
    assert!(Command::new("kill").args([name, &process]).status().unwrap().success());
}

/// No log with content lies beside a locked database.
#[track_caller]
fn assert_no_log(scratch: &Scratch) {
    for path in files(&scratch.vault()) {
        let is_log = path.to_string_lossy().ends_with("-wal");
        assert!(!is_log || fs::metadata(&path).unwrap().len() == 0, "{}", path.display());
    }
}

#[test]
fn a_hangup_and_a_termination_lock_and_lose_nothing() {
    for name in ["-HUP", "-TERM"] {
        let scratch = Scratch::demo();
        let name_of = somebody(&scratch);
        let mut session = opened(&scratch, &[]);
        begin(&mut session, &name_of, "書きかけ");
        signal(&session, name);
        assert_eq!(session.end(), 0, "{name}");
        assert!(!session.is_alternate(), "{name}");
        assert_no_log(&scratch);
        assert_eq!(scratch.number(1, "SELECT count(*) FROM draft WHERE value LIKE '%書きかけ%'"), 1);
        scratch.assert_clean();
    }
}

#[test]
fn a_second_instance_is_told_that_it_is_the_second() {
    let scratch = Scratch::demo();
    let mut session = opened(&scratch, &[]);
    let answer = scratch.run(&["worklist"], "").with_code(3);
    assert!(answer.err.contains("もう一つの junkai"), "{answer:?}");
    let mut second = at_the_door(&scratch, (80, 24), &[]);
    second.wait("パスフレーズ").write(PASSPHRASE).press(ENTER).wait("もう一つの junkai");
    session.press(DOWN).wait("今日");
    drop((session, second));
    scratch.assert_clean();
}

fn faketime() -> String {
    let of = |folder: &Path| folder.join("faketime/libfaketime.so.1");
    let folders = fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path());
    let found = folders.map(|folder| of(&folder)).find(|library| library.exists());
    found.expect("libfaketime is needed: apt-get install faketime").to_string_lossy().into_owned()
}

/// What was drawn, without places, colours and blanks.
fn letters(drawn: &str) -> String {
    let mut parts = drawn.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    let rest =
        parts.map(|part| part.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).get(1..).unwrap_or_default());
    std::iter::once(first.as_str()).chain(rest).flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
}

/// The machine slept for six hours, or somebody set its clock: nothing open is drawn again, whatever key comes first.
#[test]
fn after_six_hours_the_first_frame_is_the_lock_screen() {
    let scratch = Scratch::demo();
    let (library, clock) = (faketime(), scratch.path("clock").to_string_lossy().into_owned());
    fs::write(&clock, "+0\n").unwrap();
    let environment = [
        ("LD_PRELOAD", library.as_str()),
        ("FAKETIME_TIMESTAMP_FILE", &clock),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ];
    let mut session = opened(&scratch, &environment);
    session.press(DOWN).wait("今日");
    session.drawn();
    fs::write(&clock, "+6h\n").unwrap();
    session.raw(DOWN).wait("パスフレーズ");
    let drawn = letters(&session.drawn());
    assert!(drawn.contains("時計が飛んだため"), "{drawn}");
    for text in ["E01", "訪問", "面接", "今日"] {
        assert!(!drawn.contains(text), "{text} was drawn after the jump: {drawn}");
    }
    session.write(PASSPHRASE).press(ENTER).wait("今日");
}

#[test]
fn a_terminal_of_twenty_by_five_takes_every_key_and_grows() {
    let scratch = Scratch::demo();
    let mut session = at_the_door(&scratch, (20, 5), &[]);
    session.wait("80x24");
    session.write(PASSPHRASE).press(ENTER).presses(&[DOWN, "\t", "?", "\x1b", CTRL_P, "x", "\x1b", F6, "w", "1"]);
    assert!(session.is_alternate(), "it runs on");
    session.resize(1, 1).press(DOWN).resize(80, 24);
    assert!(!session.text().trim().is_empty());
    session.presses(&["\x1b", "\x1b", "\x1b", "\x1b"]).press("\x11").press("\x11");
    assert_eq!(session.end(), 0);
    scratch.assert_clean();
}

/// Presses Ctrl-C until the program asks whether to leave, and leaves.
#[track_caller]
fn leave_by_interrupts(session: &mut Session) {
    for _ in 0..8 {
        session.raw(CTRL_C);
        if session.text().contains("もう一度") || session.text().contains("終了しますか") {
            break;
        }
    }
    session.press("\x11").press("\x11");
    assert_eq!(session.end(), 0);
    assert!(!session.is_alternate(), "the terminal is given back");
}

#[test]
fn interrupts_anywhere_lose_nothing_and_give_the_terminal_back() {
    let scratch = Scratch::demo();
    let name = somebody(&scratch);
    leave_by_interrupts(at_the_door(&scratch, (80, 24), &[]).wait("パスフレーズ"));
    for keys in [vec![], vec!["?"], vec![CTRL_P, "a"], vec!["w"], vec!["m"]] {
        let mut session = opened(&scratch, &[]);
        leave_by_interrupts(session.presses(&keys));
    }
    let mut session = opened(&scratch, &[]);
    begin(&mut session, &name, "途中の文");
    leave_by_interrupts(&mut session);
    assert_eq!(scratch.number(1, "SELECT count(*) FROM draft WHERE value LIKE '%途中の文%'"), 1);
    assert_no_log(&scratch);
    scratch.assert_clean();
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let scratch = Scratch::demo();
    fs::write(scratch.path("backup.age"), "mine").unwrap();
    let answer = scratch.run(&["backup", "backup.age"], "").with_code(2);
    assert!(answer.err.contains("上書きはしません"), "{answer:?}");
    assert_eq!(fs::read(scratch.path("backup.age")).unwrap(), b"mine");

    let document = ["brief", "--establishment", "E01"];
    let hash = shown(&scratch, &document);
    let arguments = [&["--today", DAY, "document"][..], &document, &["--out", "out", "--confirm", &hash]].concat();
    scratch.run(&arguments, "").with_code(0);
    let written = files(&scratch.path("out"));
    written.iter().for_each(|path| fs::write(path, "mine").unwrap());
    // A second paper of the day gets a name of its own.
    scratch.run(&arguments, "").with_code(0);
    assert_eq!(files(&scratch.path("out")).len(), written.len() + 1);
    assert!(written.iter().all(|path| fs::read(path).unwrap() == b"mine"));
    scratch.assert_clean();
}

#[test]
fn a_folder_that_may_not_be_written_is_said_to_be_one() {
    let scratch = Scratch::demo();
    fs::write(scratch.path("file"), "x").unwrap();
    let hash = shown(&scratch, &["brief", "--establishment", "E01"]);
    let below_a_file =
        ["--today", DAY, "document", "brief", "--establishment", "E01", "--out", "file/below", "--confirm", &hash];
    for arguments in [&["backup", "file/backup.age"][..], &["backup", "none/backup.age"], &below_a_file] {
        let answer = scratch.run(arguments, "").with_code(2);
        assert!(answer.err.ends_with("。\n") && !answer.err.contains("内部の誤り"), "{answer:?}");
    }
    let script = r#"mount --bind out out; mount -o remount,ro,bind out; echo mounted
        exec "$JUNKAI" --vault vault --passphrase-file passphrase "$@""#;
    let onto = |document: &str| {
        ["--today", DAY, "document", document, "--establishment", "E01", "--out", "out", "--confirm", &hash]
            .map(str::to_owned)
    };
    for arguments in [&["backup".to_owned(), "out/backup.age".to_owned()][..], &onto("brief")] {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let answer = in_namespace(&scratch, script, &words).with_code(2);
        assert!(answer.err.contains("許可がありません"), "{answer:?}");
    }
    assert_eq!(files(&scratch.path("out")), Vec::<PathBuf>::new());
    let script = r#"mount --bind vault vault; mount -o remount,ro,bind vault; echo mounted
        exec "$JUNKAI" --vault vault --passphrase-file passphrase worklist"#;
    let answer = in_namespace(&scratch, script, &[]);
    assert!(answer.code > 1 && answer.err.contains("許可がありません"), "{answer:?}");
    scratch.assert_clean();
}
