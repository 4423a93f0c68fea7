//! Nothing in clear: words put in by every door are in no file, no error, no argument and on no socket.

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command as Process;

use age::secrecy::{ExposeSecret, SecretString};
use junkai::domain::EstablishmentId;
use junkai::domain::command::{Act, Command, DraftField};

use crate::desk::PASSPHRASE;
use crate::scratch::{Scratch, files};
use crate::terminal::{CTRL_L, ENTER, Session, TAB};

/// A name that came in a file of the employer.
const NAME: &str = "禽蔵雁金";
/// A note that is the physician's alone.
const NOTE: &str = "夜半に鵺が鳴くと話す";
/// Letters of a form that is not complete.
const DRAFT: &str = "書きかけの鵺";
/// Something wrong that was typed: it may hold anything.
const TYPED: &str = "CANARY-typed-4711";
const DAY: &str = "2026-11-20";

/// Every form that a leak of these texts could take.
fn forms(texts: &[String]) -> Vec<Vec<u8>> {
    let wide = |text: &String, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    let both = |text: &String| [text.clone().into_bytes(), wide(text, u16::to_le_bytes), wide(text, u16::to_be_bytes)];
    texts.iter().flat_map(both).collect()
}

fn contains(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}

/// Opens the key of the first establishment with age alone, as a thief of passphrase and files would.
fn key_digits(scratch: &Scratch) -> (String, String) {
    let open = |identity: &dyn age::Identity, name: &str| {
        let sealed = fs::read(scratch.vault().join(name)).unwrap();
        let mut content = String::new();
        let decryptor = age::Decryptor::new(&sealed[..]).unwrap();
        decryptor.decrypt(std::iter::once(identity)).unwrap().read_to_string(&mut content).unwrap();
        content
    };
    let passphrase = SecretString::from(PASSPHRASE.to_owned());
    let identity = open(&age::scrypt::Identity::new(passphrase), "keys/identity.age");
    let secret = identity.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap().to_owned();
    let owner: age::x25519::Identity = secret.parse().unwrap();
    assert_eq!(owner.to_string().expose_secret(), secret);
    let sealed: serde_json::Value = serde_json::from_str(&open(&owner, "sites/E01.key.age")).unwrap();
    let digits = sealed["key"].as_str().unwrap().to_owned();
    assert_eq!(digits.len(), 64);
    (digits, secret)
}

fn canaries(scratch: &Scratch) -> Vec<Vec<u8>> {
    let (digits, secret) = key_digits(scratch);
    let raw = (0..32).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect();
    let texts = [NAME, NOTE, DRAFT, PASSPHRASE, &digits, &digits.to_uppercase(), &secret].map(str::to_owned);
    let mut canaries = forms(&texts);
    canaries.push(raw);
    canaries
}

/// Looks into every byte below home, vault and temporary folder.
#[track_caller]
fn assert_sealed(scratch: &Scratch, canaries: &[Vec<u8>]) {
    let all = files(scratch.home());
    assert!(all.iter().any(|path| path.ends_with("E01.db")));
    for path in all {
        let (bytes, name) = (fs::read(&path).unwrap(), path.to_string_lossy().into_owned());
        for canary in canaries {
            assert!(!contains(&bytes, canary), "a canary stands in {name}");
            assert!(!contains(name.as_bytes(), canary), "a canary is a name: {name}");
        }
    }
}

/// A roster with the name is taken in from outside the home; a note is written as a command.
fn put_in(scratch: &Scratch) {
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("roster.csv");
    let roster =
        format!("社員番号,氏名,フリガナ,性別,生年月日,所属,入社日\n9001,{NAME},キンゾウ,男,1980/4/1,製造,2020/4/1\n");
    fs::write(&file, roster).unwrap();
    let file = file.to_string_lossy();
    let arguments = ["--json", "--today", DAY, "import", &file, "--establishment", "E01", "--kind", "roster", "--ours"];
    let answer = scratch.run(&arguments, "").with_code(0);
    assert_eq!(answer.objects()[0]["added"], 1, "{answer:?}");
    let mut desk = scratch.desk();
    let id = EstablishmentId::new(1);
    let mut case = desk.site(&id).unwrap().cases.first().unwrap().clone();
    case.note = NOTE.to_owned();
    let subject = case.id.to_string();
    desk.perform(&id, &Command::new(Act::WriteNote, subject).put(case)).unwrap();
    desk.lock().unwrap();
}

fn at_the_door(scratch: &Scratch, before: &[&str]) -> Session {
    let path = std::env::var("PATH").unwrap();
    let environment: &[(&str, &str)] = if before.is_empty() { &[] } else { &[("PATH", &path)] };
    let arguments = ["--vault", "vault", "--today", DAY];
    let mut session = Session::start_under(before, scratch.home(), (80, 24), &arguments, environment);
    session.wait("パスフレーズ");
    session
}

fn opened(scratch: &Scratch, before: &[&str]) -> Session {
    let mut session = at_the_door(scratch, before);
    session.write(PASSPHRASE).press(ENTER).wait_gone("パスフレーズ").wait("今日");
    session
}

/// Writes the beginning of a form, which is kept as it is typed.
fn begin_a_form(session: &mut Session) {
    session.press("\x10").write(NAME).wait(NAME).press(ENTER).wait("n 面接");
    session.press("n").wait("実施日").presses(&[TAB; 5]).write(DRAFT).wait(DRAFT);
}

#[test]
fn no_file_holds_a_word_while_open_after_a_kill_after_a_lock_and_in_a_backup() {
    let scratch = Scratch::demo();
    put_in(&scratch);
    let canaries = canaries(&scratch);
    assert_sealed(&scratch, &canaries);

    let mut session = opened(&scratch, &[]);
    begin_a_form(&mut session);
    assert_sealed(&scratch, &canaries);
    let process = session.process_id().unwrap().to_string();
    assert!(Process::new("kill").args(["-KILL", &process]).status().unwrap().success());
    session.end();
    assert_sealed(&scratch, &canaries);

    let mut session = opened(&scratch, &[]);
    session.press(CTRL_L).wait("パスフレーズ");
    assert_sealed(&scratch, &canaries);
    drop(session);
    let drafts = scratch.number(1, &format!("SELECT count(*) FROM draft WHERE value LIKE '%{DRAFT}%'"));
    assert_eq!(drafts, 1, "what was typed before the kill is there");
    scratch.run(&["backup", "backup.age"], "").with_code(0);
    assert!(scratch.path("backup.age").exists());
    assert_sealed(&scratch, &canaries);
}

#[test]
fn no_file_holds_a_draft_or_a_record_while_the_desk_is_open() {
    let scratch = Scratch::demo();
    let canaries = canaries(&scratch);
    let mut desk = scratch.desk();
    let id = EstablishmentId::new(1);
    let field = DraftField { form: "x".to_owned(), field: "y".to_owned(), value: DRAFT.repeat(3000) };
    desk.save_draft(&id, field).unwrap();
    let mut worker = desk.site(&id).unwrap().workers.first().unwrap().clone();
    (worker.name, worker.duties) = (NAME.to_owned(), NOTE.repeat(3000));
    let subject = worker.id.to_string();
    desk.perform(&id, &Command::new(Act::EditWorker, subject).put(worker)).unwrap();
    assert_sealed(&scratch, &canaries);
    drop(desk);
    assert_sealed(&scratch, &canaries);
}

/// Errors say what happened and repeat nothing that was typed, named or read. Which of several files is meant stands before
/// the sentence of an import, without its folders, and only where the errors go.
#[test]
fn no_error_repeats_what_it_was_given() {
    let scratch = Scratch::demo();
    let write = |name: &str, content: &str| fs::write(scratch.path(name), content).unwrap();
    let header = "社員番号,氏名,総労働時間\n";
    let rows = format!("{header}9001,{NAME},25:61\n9002,{NAME}{TYPED},-5\n{TYPED}\n9003,{TYPED},{TYPED}\n");
    write("hours.csv", &rows);
    write(&format!("{NAME}.csv"), TYPED);
    fs::write(scratch.path("bytes.csv"), [header.as_bytes(), TYPED.as_bytes(), b",\x81\xff\x00,1\n"].concat()).unwrap();
    write(&format!("{NAME}.age"), TYPED);
    let named = [format!("{NAME}.csv"), format!("{NAME}.age"), format!("{NAME}/{NOTE}")];
    let import = |file: &'static str| vec!["import", file, "--establishment", "E01", "--kind", "hours"];
    let mut cases: Vec<(Vec<&str>, &str)> = vec![
        (import("hours.csv"), ""),
        (import("bytes.csv"), ""),
        ([&["--json"][..], &import("hours.csv")].concat(), ""),
        (vec!["import", &named[0], "--establishment", "E01", "--kind", "roster"], ""),
        (vec!["import", &named[2], "--establishment", "E01", "--kind", "hours"], ""),
        (vec!["import", "hours.csv", "--establishment", NAME, "--kind", "hours"], ""),
        (vec!["import", "hours.csv", "--establishment", "E01", "--kind", NAME], ""),
        (vec!["import", "hours.csv", "--establishment", "E01", "--kind", "hours", "--profile", NAME], ""),
        (vec!["workers", "--establishment", NAME], ""),
        (vec!["document", "opinion", "--establishment", "E01", "--worker", NAME, "--out", "out"], ""),
        (vec!["document", NAME, "--establishment", "E01", "--out", "out"], ""),
        (vec!["document", "brief", "--establishment", "E01", "--out", &named[1], "--confirm", TYPED], ""),
        (vec!["--today", NAME, "worklist"], ""),
        (vec!["backup", &named[1]], ""),
        (vec!["verify", &named[1], "--signer", TYPED], ""),
        (vec!["verify", &named[2]], ""),
        (vec!["restore", &named[1], "--recovery-file", &named[1]], ""),
        (vec!["restore", &named[1], "--identity", &named[1]], ""),
        (vec![NAME], ""),
    ];
    cases.push((vec!["establishment", "add"], "{\"name\":\"禽蔵雁金\",\"CANARY-typed-4711\":1}"));
    cases.push((vec!["establishment", "add"], "{\"name\": CANARY-typed-4711"));
    let mut refused = 0;
    for (arguments, input) in cases {
        let answer = scratch.run(&arguments, input);
        assert_silent(&answer.out, &arguments);
        assert_silent(behind_the_file(&answer.err, &arguments), &arguments);
        refused += usize::from(answer.code != 0);
    }
    assert!(refused >= 18, "only {refused} of them failed");
}

/// What is said behind the name of the imported file, which its own user gave.
fn behind_the_file<'s>(said: &'s str, arguments: &[&str]) -> &'s str {
    let place = arguments.iter().position(|argument| *argument == "import").map(|place| place + 1);
    let name = place.and_then(|place| Path::new(arguments[place]).file_name()).and_then(|name| name.to_str());
    name.and_then(|name| said.strip_prefix(name)?.strip_prefix(": ")).unwrap_or(said)
}

#[track_caller]
fn assert_silent(said: &str, arguments: &[&str]) {
    for canary in [NAME, NOTE, TYPED, PASSPHRASE] {
        assert!(!said.contains(canary), "{arguments:?}: {said}");
    }
}

#[test]
fn a_wrong_passphrase_is_repeated_nowhere() {
    let scratch = Scratch::demo();
    let child = scratch.start(&["check"], &format!("{TYPED}\n"));
    let answer: crate::scratch::Answer = child.wait_with_output().unwrap().into();
    assert_eq!(answer.code, 3, "{answer:?}");
    assert_silent(&answer.out, &["check"]);
    assert_silent(&answer.err, &["check"]);
    let mut session = at_the_door(&scratch, &[]);
    session.write(TYPED).press(ENTER).wait("パスフレーズが違います");
    assert!(!session.drawn().contains(TYPED), "the door shows what was typed");
    assert_sealed(&scratch, &forms(&[TYPED.to_owned()]));
}

/// A running process as others on the machine see it.
#[test]
fn the_process_shows_and_dumps_nothing() {
    let scratch = Scratch::demo();
    let session = opened(&scratch, &[]);
    let process = Path::new("/proc").join(session.process_id().unwrap().to_string());
    let line = fs::read(process.join("cmdline")).unwrap();
    assert!(contains(&line, b"--vault"), "the command line is readable");
    let environment = fs::read(process.join("environ"));
    // Not dumpable: whoever is not root may not read it at all.
    let environment = environment.or_else(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => Ok(Vec::new()),
        _ => Err(error),
    });
    let seen = [line, environment.unwrap()].concat();
    for canary in canaries(&scratch) {
        assert!(!contains(&seen, &canary));
    }
    let limits = fs::read_to_string(process.join("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"]);
    assert_private(&scratch.vault());
}

/// 0600 and 0700, logs and locks of the open vault included.
fn assert_private(folder: &Path) {
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for folder in [folder.to_path_buf(), folder.join("sites"), folder.join("keys")] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    let all = files(folder);
    assert!(all.iter().any(|path| path.to_string_lossy().ends_with("-wal")), "the vault is open");
    for path in all {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn files_that_leave_are_for_the_owner_only() {
    let scratch = Scratch::demo();
    scratch.run(&["backup", "backup.age"], "").with_code(0);
    let shown =
        scratch.run(&["--json", "--today", DAY, "document", "brief", "--establishment", "E01", "--out", "out"], "");
    let hash = shown.with_code(0).objects()[0]["sha256"].as_str().unwrap().to_owned();
    let arguments = ["--today", DAY, "document", "brief", "--establishment", "E01", "--out", "out", "--confirm", &hash];
    scratch.run(&arguments, "").with_code(0);
    let mut left = files(&scratch.path("out"));
    assert!(!left.is_empty());
    left.push(scratch.path("backup.age"));
    for path in left {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
}

/// Every socket and connection that the program asked for, as `strace` wrote them down.
#[track_caller]
fn assert_no_internet(trace: &Path, processes: &str) {
    let trace = fs::read_to_string(trace).expect("strace is needed: apt-get install strace");
    assert!(trace.contains(processes), "strace did not see the program end: {trace}");
    for line in trace.lines() {
        assert!(!line.contains("AF_INET") && !line.contains("AF_NETLINK") && !line.contains("AF_PACKET"), "{line}");
    }
}

#[test]
fn building_and_using_a_vault_opens_no_internet_socket() {
    let scratch = Scratch::empty();
    let mut command = scratch.command("strace");
    command.args(["-f", "-o", "trace", "-e", "trace=socket,connect", env!("CARGO_BIN_EXE_junkai"), "demo", "--no-ui"]);
    command.args(["--vault", "vault", "--establishments", "1", "--workers", "12", "--years", "1"]);
    let output = command.output().expect("strace is needed: apt-get install strace");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_no_internet(&scratch.path("trace"), "+++ exited with 0 +++");
}

#[test]
fn a_session_at_the_terminal_opens_no_internet_socket() {
    let scratch = Scratch::demo();
    let before = ["strace", "-f", "-o", "trace", "-e", "trace=socket,connect"];
    let mut session = opened(&scratch, &before);
    session.press("\x11").wait("もう一度").press("\x11");
    assert_eq!(session.end(), 0);
    assert_no_internet(&scratch.path("trace"), "+++ exited with 0 +++");
}
