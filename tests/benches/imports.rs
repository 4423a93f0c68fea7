//! A year of overtime of 10,000 people, from the file to the disk, beside what `sqlite3` needs for the raw rows.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use junkai::app::Site;
use junkai::domain::Day;
use junkai::domain::hours::BatchKind;
use junkai::domain::worker::Worker;
use junkai::runtime::Desk;
use junkai::runtime::imports::ReadOptions;

use crate::figure::{Figure, Samples};
use crate::vaults;

const RUNS: usize = 5;
const ROWS: usize = 120_000;
/// Months before the hours that the roster's vault already holds; as many as the rows want.
const MONTHS: [&str; 14] = [
    "2024/09", "2024/10", "2024/11", "2024/12", "2025/01", "2025/02", "2025/03", "2025/04", "2025/05", "2025/06",
    "2025/07", "2025/08", "2025/09", "2025/10",
];

/// The import, its steps, and its ratio to the peer, in turns.
pub fn imports() -> Vec<Figure> {
    let vault = vaults::roster();
    let scratch = vaults::scratch();
    let file = scratch.path().join("hours.csv");
    let (mut whole, mut reading, mut peer) = (Samples::default(), Samples::default(), Samples::default());
    let (mut undoing, mut growth) = (Samples::default(), 0.0);
    for run in 0..RUNS {
        let (_copy, folder) = vaults::copy(&vault);
        let mut opened = vaults::open(&folder);
        if run == 0 {
            fs::write(&file, rows(opened.caseload().sites.first().unwrap())).unwrap();
        }
        let before = memory_now();
        let (read, accepted) = import(&mut opened, &file);
        if run == 0 {
            growth = memory("VmHWM:") - before;
        }
        undoing.push(undo(&mut opened));
        reading.push(read);
        whole.push(read + accepted);
        peer.push(raw(&file, &scratch.path().join(format!("raw{run}.db"))));
    }
    let ratio = whole.at(0.5) / peer.at(0.5);
    vec![
        Figure::times("import of 120,000 rows of hours", &whole)
            .under(1000.0)
            .noting("read, checked, matched, durable"),
        Figure::times("  of it: reading and decoding the file", &reading),
        Figure::times("  sqlite3 .import of the raw rows", &peer).noting("plain text, no key"),
        Figure::one("  ratio of the import to sqlite3", "×", ratio),
        Figure::times("  undo of the batch", &undoing).under(1000.0),
        Figure::one("  memory grown by the first import", "MB", growth)
            .under(32.0 + 3.0 * fs::metadata(&file).unwrap().len() as f64 / 1e6),
    ]
}

/// Rows of everybody who was employed in all of those months.
fn rows(site: &Site) -> String {
    let first: Day = "2024-08-01".parse().unwrap();
    let was_there = |worker: &&Worker| worker.left_on.is_none() && worker.joined_on.is_some_and(|day| day < first);
    let workers: Vec<&Worker> = site.workers.iter().filter(was_there).collect();
    let all = MONTHS.iter().flat_map(|month| workers.iter().map(move |worker| (month, worker)));
    let mut text = String::from("社員番号,氏名,部署,対象年月,総労働時間\r\n");
    for (index, (month, worker)) in all.take(ROWS).enumerate() {
        let (hours, minutes) = (150 + index % 90, index % 60);
        let Worker { number, name, department, .. } = worker;
        write!(text, "{number},{name},{department},{month},{hours}:{minutes:02}\r\n").unwrap();
    }
    text
}

/// The headless command's path: reading the file, then checking, matching and writing it.
fn import(opened: &mut Desk, file: &Path) -> (Duration, Duration) {
    let id = opened.caseload().sites.first().unwrap().id().clone();
    let start = Instant::now();
    let read = opened.read_file(&id, file, ReadOptions::of(BatchKind::Hours)).unwrap();
    let reading = start.elapsed();
    opened.accept_hours(&read).unwrap();
    let time = start.elapsed();
    let batch = opened.site(&id).unwrap().batches.last().unwrap().clone();
    assert_eq!((batch.added, batch.refused), (i64::try_from(ROWS).unwrap(), 0));
    (reading, time - reading)
}

/// The newest batch taken back, durable.
fn undo(opened: &mut Desk) -> Duration {
    let id = opened.caseload().sites.first().unwrap().id().clone();
    let start = Instant::now();
    let undone = opened.undo(&id, None).unwrap();
    let time = start.elapsed();
    assert_eq!(undone.staying, []);
    time
}

/// What this process holds now; the highest is counted anew from here, so that an unlock before does not count.
pub fn memory_now() -> f64 {
    fs::write("/proc/self/clear_refs", "5").unwrap();
    memory("VmRSS:")
}

/// A line of this process's own status, in megabytes of 10^6 bytes.
pub fn memory(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let found = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
    let kibibytes: f64 = found.split_whitespace().next().unwrap().parse().unwrap();
    kibibytes * 1024.0 / 1e6
}

fn raw(file: &Path, database: &Path) -> Duration {
    let start = Instant::now();
    let status = Command::new("sqlite3")
        .arg(database)
        .args([".mode csv", &format!(".import {} hours", file.display())])
        .status()
        .expect("sqlite3 is missing: apt-get install sqlite3");
    let time = start.elapsed();
    assert!(status.success(), "sqlite3 .import failed");
    time
}
