//! `kill -9` at random instants, a few hundred times: what was acknowledged is there, and the check is clean.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use junkai::app::Site;
use junkai::app::host::TypedHours;
use junkai::domain::command::{Act, Command as Change, DraftField};
use junkai::domain::worker::Worker;
use junkai::domain::{Day, EstablishmentId};
use junkai::runtime::Desk;

use crate::desk;
use crate::scratch::Scratch;

/// Kills of the process that edits, in each of two vaults.
const EDIT_KILLS: u64 = 110;
/// Kills of the real binary while it imports.
const IMPORT_KILLS: u64 = 80;
/// Where the child finds its vault.
const VAULT: &str = "JUNKAI_TEST_VAULT";
const FORM: &str = "kills";

/// Pseudorandom instants; the machine's own scheduling makes them truly so.
struct Instants(u64);

impl Instants {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// The last number that was written by an edit, as a draft, as hours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Numbers {
    edit: u64,
    draft: u64,
    hours: u64,
}

impl Numbers {
    fn read(site: &Site) -> Self {
        let (worker, end) = subject(site);
        let draft = site.drafts.iter().find(|draft| draft.form == FORM);
        let hours = site.hours_of(&worker.id).iter().find(|value| value.period.end == end);
        Self {
            edit: worker.department.parse().unwrap_or(0),
            draft: draft.map_or(0, |draft| draft.value.parse().unwrap()),
            hours: hours.map_or(0, |value| u64::try_from(value.hours.low.0 / 60).unwrap()),
        }
    }

    fn heard(&mut self, line: &str) {
        let (word, number) = line.split_once(' ').unwrap();
        let number = number.parse().unwrap();
        match word {
            "edit" => self.edit = number,
            "draft" => self.draft = number,
            "hours" => self.hours = number,
            _ => panic!("{line}"),
        }
    }

    /// What is there is what was acknowledged, or the one step that was under way.
    fn assert_kept(self, acknowledged: Self) {
        let next = acknowledged.edit.max(acknowledged.draft).max(acknowledged.hours) + 1;
        for (here, said) in
            [(self.edit, acknowledged.edit), (self.draft, acknowledged.draft), (self.hours, acknowledged.hours)]
        {
            assert!((said..=next).contains(&here), "{self:?} after {acknowledged:?}");
        }
    }
}

fn subject(site: &Site) -> (Worker, Day) {
    let worker = site.workers.first().unwrap().clone();
    (worker, site.period(2031, 1).unwrap().end)
}

/// Edits, writes drafts and takes hours in until it is killed; says each only when it is done.
#[test]
#[ignore = "run by the test below, which kills it"]
fn child() {
    let Some(vault) = std::env::var_os(VAULT) else { return };
    let mut desk = Desk::unlock(&desk::unlocking(PathBuf::from(vault))).unwrap();
    let id = EstablishmentId::new(1);
    let (mut worker, end) = subject(desk.site(&id).unwrap());
    let found = Numbers::read(desk.site(&id).unwrap());
    let start = found.edit.max(found.draft).max(found.hours);
    say("edit", found.edit);
    say("draft", found.draft);
    say("hours", found.hours);
    for number in start + 1.. {
        worker.department = number.to_string();
        let subject = worker.id.to_string();
        desk.perform(&id, &Change::new(Act::EditWorker, subject).put(worker.clone())).unwrap();
        say("edit", number);
        let field = DraftField { form: FORM.to_owned(), field: "x".to_owned(), value: number.to_string() };
        desk.save_draft(&id, field).unwrap();
        say("draft", number);
        let text = format!("{}:{:02}", number / 60, number % 60);
        let typed = TypedHours { worker: worker.id.clone(), period_end: end, text, is_total: true };
        desk.enter_hours(&id, &[typed]).unwrap();
        say("hours", number);
    }
}

fn say(word: &str, number: u64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "said {word} {number}").unwrap();
    out.flush().unwrap();
}

fn start_child(scratch: &Scratch) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "kills::child", "--ignored", "--nocapture", "--test-threads", "1"]);
    command.env(VAULT, scratch.vault()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Lets the child live for a while; gives what it found and what it acknowledged last, if it came so far.
fn one_life(scratch: &Scratch, instants: &mut Instants, is_early: bool) -> Option<(Numbers, Numbers)> {
    let mut child = start_child(scratch);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    let mut read = |said: &mut Vec<String>, wanted: usize| {
        while said.len() < wanted {
            // A line that the kill cut short acknowledges nothing.
            let Some(Ok(line)) = lines.next() else { return };
            said.extend(line.split_once("said ").map(|(_, rest)| rest.to_owned()));
        }
    };
    if !is_early {
        read(&mut said, 3);
    }
    let wait = Duration::from_micros(instants.below(if is_early { 120_000 } else { 25_000 }));
    let killer = thread::spawn(move || {
        thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
    });
    read(&mut said, usize::MAX);
    killer.join().unwrap();
    let (mut found, mut last) = (Numbers::default(), Numbers::default());
    said.iter().take(3).for_each(|line| found.heard(line));
    said.iter().for_each(|line| last.heard(line));
    (said.len() >= 3).then_some((found, last))
}

fn kill_a_life(seed: u64) {
    let scratch = Scratch::demo();
    let mut instants = Instants(seed);
    let mut acknowledged = Numbers::read(scratch.desk().site(&EstablishmentId::new(1)).unwrap());
    let mut lived = 0;
    for life in 0..EDIT_KILLS {
        if let Some((found, last)) = one_life(&scratch, &mut instants, life % 5 == 4) {
            found.assert_kept(acknowledged);
            acknowledged = last;
            lived += 1;
        }
        if life % 40 == 39 {
            scratch.assert_clean();
        }
    }
    assert!(lived >= EDIT_KILLS * 3 / 4 && acknowledged.edit > 20, "{lived} lives, {acknowledged:?}");
    Numbers::read(scratch.desk().site(&EstablishmentId::new(1)).unwrap()).assert_kept(acknowledged);
    scratch.assert_clean();
}

#[test]
fn whoever_is_killed_while_editing_loses_nothing_that_was_acknowledged() {
    kill_a_life(1);
}

#[test]
fn whoever_is_killed_while_editing_elsewhere_loses_nothing_either() {
    kill_a_life(2);
}

/// A month of hours of everybody, with another value each time.
pub fn month(site: &Site, round: u64) -> String {
    let row = |worker: &Worker| format!("{},{},{}.25\n", worker.number, worker.name, 120 + round % 60);
    let rows: String = site.workers.iter().map(row).collect();
    format!("社員番号,氏名,総労働時間\n{rows}")
}

/// The arguments of that import.
pub const IMPORT: [&str; 10] = [
    "--json",
    "--today",
    "2026-11-20",
    "import",
    "month.csv",
    "--establishment",
    "E01",
    "--kind",
    "hours",
    "--notation=decimal",
];

/// A clinic's file of everybody, with other values each time.
fn clinic(site: &Site, round: u64) -> String {
    let row =
        |worker: &Worker| format!("{},{},2026/11/19,{},{}\n", worker.number, worker.name, 110 + round, 60 + round);
    let rows: String = site.workers.iter().map(row).collect();
    format!("社員番号,氏名,健診日,収縮期血圧,拡張期血圧\n{rows}")
}

/// The arguments of the import of `clinic.csv`.
const CLINIC: [&str; 9] =
    ["--json", "--today", "2026-11-20", "import", "clinic.csv", "--establishment", "E01", "--kind", "checkup"];

/// Milliseconds of an import that nobody ends, on this machine as loaded as it is now.
fn whole_life(scratch: &Scratch, site: &Site) -> u64 {
    std::fs::write(scratch.path("month.csv"), month(site, IMPORT_KILLS)).unwrap();
    let start = std::time::Instant::now();
    let child = scratch.start(&IMPORT, &format!("{}\n", desk::PASSPHRASE));
    // Leavers are in the file too, and wait for an answer.
    assert!(matches!(child.wait_with_output().unwrap().status.code(), Some(0 | 1)));
    u64::try_from(start.elapsed().as_millis()).unwrap()
}

#[test]
fn the_binary_killed_while_importing_leaves_a_whole_batch_or_none() {
    let scratch = Scratch::demo();
    let site = std::sync::Arc::clone(scratch.desk().site(&EstablishmentId::new(1)).unwrap());
    let mut instants = Instants(3);
    let (mut newest, mut done) = (0, 0);
    let whole = whole_life(&scratch, &site);
    for round in 0..IMPORT_KILLS {
        // Every fourth time a clinic's file: heads, sheets and the mapping are records, and not rows of hours.
        let is_clinic = round % 4 == 3;
        std::fs::write(scratch.path("month.csv"), month(&site, round)).unwrap();
        std::fs::write(scratch.path("clinic.csv"), clinic(&site, round)).unwrap();
        let arguments: &[&str] = if is_clinic { &CLINIC } else { &IMPORT };
        let mut child = scratch.start(arguments, &format!("{}\n", desk::PASSPHRASE));
        // Up to a quarter longer than a life that nobody ends: most are cut short, and some come to their end; of the
        // clinic's files the first one surely.
        if round != 3 {
            thread::sleep(Duration::from_millis(20 + instants.below(whole + whole / 4)));
            child.kill().unwrap();
        }
        let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        let report = said.split_once('\n').map(|(line, _)| serde_json::from_str::<serde_json::Value>(line).unwrap());
        if let Some(operation) = report.and_then(|report| report["operation"].as_i64()) {
            (newest, done) = (operation, done + 1);
        }
    }
    let last = scratch.number(1, "SELECT max(number) FROM operation");
    assert!(last >= newest, "operation {newest} was acknowledged, the last one there is {last}");
    assert!(done > 3 && done < IMPORT_KILLS, "{done} of {IMPORT_KILLS} came to their end");
    let torn = "SELECT count(*) FROM batch WHERE added + changed <>
                (SELECT count(*) FROM hours WHERE hours.batch = batch.id)
                + (SELECT count(*) FROM hours_replaced WHERE hours_replaced.batch = batch.id)";
    let torn = format!("{torn} AND kind = 'hours'");
    assert_eq!(scratch.number(1, &torn), 0);
    // A batch has each of its lines with head and sheet, its mapping, and a file that is remembered, or is not there.
    let halves = "SELECT count(*) FROM batch b WHERE kind = 'checkup' AND day = '2026-11-20' AND (
                    added + changed <> (SELECT count(*) FROM source_line WHERE batch = b.id AND table_name = 'checkup_sheet')
                    OR NOT EXISTS (SELECT 1 FROM import_profile WHERE kind = 'checkup'))";
    assert_eq!(scratch.number(1, halves), 0);
    let values = "SELECT count(DISTINCT cells) FROM checkup_sheet WHERE day = '2026-11-19'";
    assert_eq!(scratch.number(1, values), 1, "everybody's sheet is of one file");
    assert!(scratch.number(0, "SELECT count(*) FROM clear_file WHERE path LIKE '%clinic.csv'") > 0);
    scratch.assert_clean();
}
