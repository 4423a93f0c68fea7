//! From the key that judges one person to the next person's screen: 3,000 people with ten years of checkups.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use junkai::app::checkups::intake::{NewExam, take_in};
use junkai::domain::checkup::{Cells, CheckupKind};
use junkai::domain::{EstablishmentId, Id};
use junkai::runtime::{Desk, Place, Runtime};
use junkai::ui::Shell;

use crate::figure::{Figure, Samples};
use crate::still::{frame, key, text};
use crate::vaults;

/// Years before those that the demo brings.
const OLDER: std::ops::Range<i32> = 2016..2023;
/// People judged one by one.
const PEOPLE: usize = 300;

/// Keys of the reel, and its opening.
pub fn reel() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::checkups());
    let mut host = Runtime::opened(Place::new(&folder), vaults::open(&folder)).unwrap();
    let mut shell = Shell::new(&mut host);
    let (mut opening, mut samples, mut syncs) = (Samples::default(), Samples::default(), Samples::default());
    let mut beside = File::create(folder.join("beside")).unwrap();
    for name in "^p k e n s h i n n o h a n t e i".split_whitespace() {
        shell.input(&mut host, key(name));
    }
    let start = Instant::now();
    shell.input(&mut host, key("Enter"));
    frame(&mut shell);
    opening.push(start.elapsed());
    assert!(text(&mut shell).contains("健診の判定"), "the reel is not open");
    for _ in 0..PEOPLE {
        let start = Instant::now();
        shell.input(&mut host, key("2"));
        frame(&mut shell);
        samples.push(start.elapsed());
        syncs.push(sync(&mut beside));
    }
    vec![
        Figure::times("key to next person, 3,000 × 10 years", &samples).by_p99().under(8.0).noting("judged by p99"),
        Figure::times("  of it, a write and its fsync on the same disk", &syncs),
        Figure::times("  weighing the season", &opening),
    ]
}

/// What the disk alone takes for as many pages as an opinion writes: an opinion is durable before the next person shows.
fn sync(file: &mut File) -> Duration {
    let start = Instant::now();
    file.write_all(&[0; 8 * 4096]).unwrap();
    file.sync_data().unwrap();
    start.elapsed()
}

/// Brings the years before those of the demo: the same sheets, earlier.
pub fn add_older_years(desk: &mut Desk) {
    let id = EstablishmentId::new(1);
    let site = Arc::clone(desk.site(&id).unwrap());
    let workers: Vec<Id> = site.workers.iter().map(|worker| worker.id.clone()).collect();
    let cells = Cells::unpack(SHEET).unwrap();
    for year in OLDER {
        let site = Arc::clone(desk.site(&id).unwrap());
        let exams = workers.iter().map(|worker| NewExam {
            worker: worker.clone(),
            day: chrono::NaiveDate::from_ymd_opt(year, 9, 11).unwrap(),
            kind: CheckupKind::Periodic,
            clinic: "見本健診センター".into(),
            clinic_text: "A".into(),
            finding: None,
            cells: cells.clone(),
            source_row: 0,
        });
        let intake = take_in(&site, &[], exams.collect(), "bench");
        desk.perform(&id, &intake.command).unwrap();
    }
}

/// A sheet of forty values, as one is packed.
const SHEET: &str = "ht 170.0\nwt 63.5\nbmi 22.0\nwc 80.0\nvr 1.0\nvl 1.0\nvrc 1.2\nvlc 1.2\nh1r 15\nh1l 15\nh4r 20\n\
h4l 20\ncxr ok\nsbp 118\ndbp 72\nhr 66\nhb 14.5\nrbc 470\nhct 44.0\nwbc 5.6\nplt 22.0\nast 20\nalt 18\nggt 25\n\
tp 7.2\nalb 4.4\nldl 100\nhdl 60\nnhdl 120\ntc 180\ntgf 90\nfpg 90\na1c 5.3\nug -\nup -\nub -\ncr 0.65\negfr 80.0\n\
ua 5.0\necg ok\n";
