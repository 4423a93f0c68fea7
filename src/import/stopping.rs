//! Every way of reading and every preview, stopped at each of its steps: nothing comes of it, and nothing more is asked.

use std::cell::Cell;
use std::fmt::Debug;

use super::people::Decisions;
use super::profile::{self, ProfileError};
use super::source::{self, SourceError, Table, read};
use super::{checkup, hours, restrictions, roster, stress, xml};
use crate::domain::period::Closing;
use crate::domain::progress::{Going, Phase, Stopped};
use crate::domain::worker::Worker;
use crate::domain::{Day, EstablishmentId, Id, Period};

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../../data-samples/", $name))
    };
}

/// Does the work once to its end, where it must be `whole`, and once for each of its steps, stopped there. Gives the
/// phases that it went through.
fn stopped_at_every_step<T: PartialEq + Debug, E: PartialEq + Debug + From<Stopped>>(
    whole: &T,
    work: impl Fn(&Going<'_>) -> Result<T, E>,
) -> Vec<Phase> {
    let (asked, phases) = (Cell::new(0), std::cell::RefCell::new(Vec::new()));
    let listener = |progress: crate::domain::progress::Progress| {
        assert!(progress.done <= progress.total || progress.total == 0, "{progress:?}");
        asked.set(asked.get() + 1);
        phases.borrow_mut().push(progress.phase);
        true
    };
    assert_eq!(work(&Going::heard_by(&listener)).as_ref(), Ok(whole));
    let steps: usize = asked.get();
    for n in 0..steps {
        let asked = Cell::new(0);
        let listener = |_| asked.replace(asked.get() + 1) < n;
        let result = work(&Going::heard_by(&listener));
        assert_eq!((result, asked.get()), (Err(Stopped.into()), n + 1), "stopped at step {n} of {steps}");
    }
    let mut phases = phases.into_inner();
    phases.dedup();
    phases
}

#[test]
fn every_kind_of_file_stops_at_every_step_of_its_reading() {
    use Phase::{Converting, Decoding, Sorting, Unpacking};
    let files: [(&[u8], &[Phase]); 7] = [
        (sample!("monthly-words-utf8.csv"), &[Decoding]),
        (sample!("monthly-decimal-utf8-bom.csv"), &[Decoding]),
        (sample!("daily-cp932.csv"), &[Converting, Decoding]),
        (sample!("monthly-clock-utf16.tsv"), &[Converting, Decoding]),
        (sample!("monthly-merged.xlsx"), &[Unpacking, Decoding, Sorting]),
        (sample!("monthly.ods"), &[Unpacking, Decoding, Sorting]),
        (sample!("monthly-97.xls"), &[Sorting, Decoding, Sorting]),
    ];
    for (bytes, wanted) in files {
        let whole = read(bytes).unwrap();
        let phases = stopped_at_every_step(&whole, |going| source::read_while(bytes, None, going));
        assert_eq!(phases, wanted, "{:?}", whole.encoding);
    }
}

#[test]
fn a_zip_of_people_stops_at_every_person() {
    let bytes = sample!("checkup-cda.zip");
    let whole = xml::read(bytes).unwrap();
    let phases = stopped_at_every_step(&whole, |going| xml::read_while(bytes, going));
    assert_eq!(phases, [Phase::Unpacking, Phase::People]);
    let table = xml::table(&whole).unwrap();
    stopped_at_every_step(&table, |going| xml::table_while(&whole, going));
}

/// A part that a bomb unpacks to is left in the middle, not at its end.
#[test]
fn an_archive_is_left_within_a_part() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..20_000 {
        sheet.write_string(row, 0, "架空の行").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let asked = Cell::new(0);
    let listener = |_| asked.replace(asked.get() + 1) < 12;
    let stopped = source::read_while(&bytes, None, &Going::heard_by(&listener));
    assert_eq!((stopped.err(), asked.get()), (Some(SourceError::Stopped(Stopped)), 13));
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn people() -> Vec<Worker> {
    let table = read(sample!("roster-cp932.csv")).unwrap();
    let (profile, decisions) = (profile::propose_roster(&table.header).profile, Decisions::default());
    let today = day("2026-11-20");
    let input = roster::Input {
        table: &table,
        profile: &profile,
        roster: &[],
        attributes: &[],
        decisions: &decisions,
        day: today,
    };
    let mut next = 0;
    let accepted = roster::preview(&input).unwrap().accept(today, &mut |prefix| {
        next += 1;
        Id::new(&EstablishmentId::new(1), prefix, next)
    });
    accepted.unwrap().workers
}

fn previewed<T: PartialEq + Debug>(preview: impl Fn(&Going<'_>) -> Result<T, ProfileError>) -> Vec<Phase> {
    let whole = preview(&Going::freely()).unwrap();
    stopped_at_every_step(&whole, preview)
}

fn hours_of(table: &Table, roster: &[Worker]) -> Vec<Phase> {
    let (profile, decisions) = (profile::propose_hours(&table.header).profile, Decisions::default());
    let closings = [Closing { valid_from: day("2020-01-01"), day: 31 }];
    previewed(|going| {
        let input = hours::Input {
            table,
            profile: &profile,
            roster,
            existing: &|_| &[],
            period: Period::new(day("2026-10-01"), day("2026-10-31")),
            closings: &closings,
            notation: None,
            decisions: &decisions,
            day: day("2026-11-20"),
            crosses: &|_, hours, _| {
                let [low, high] = [hours.low, hours.high].map(|seconds| u8::from(seconds.0 > 288_000));
                hours::Reach { low, high }
            },
        };
        hours::preview_while(&input, going)
    })
}

#[test]
fn every_preview_stops_at_every_step() {
    let (roster, decisions, today) = (people(), Decisions::default(), day("2026-11-20"));
    for bytes in [&sample!("monthly-sexagesimal-cp932.csv")[..], sample!("daily-cp932.csv")] {
        let phases = hours_of(&read(bytes).unwrap(), &roster);
        assert_eq!(phases.last(), Some(&Phase::Comparing));
    }
    let table = &read(sample!("roster-cp932.csv")).unwrap();
    let profile = &profile::propose_roster(&table.header).profile;
    let input = roster::Input { table, profile, roster: &[], attributes: &[], decisions: &decisions, day: today };
    assert_eq!(previewed(|going| roster::preview_while(&input, going)), [Phase::Matching]);

    let table = &read(sample!("restrictions-utf8.csv")).unwrap();
    let profile = &restrictions::propose(&table.header).profile;
    let (roster, decisions) = (&roster[..], &decisions);
    let input = restrictions::Input { table, profile, roster, measures: &[], decisions, day: today };
    assert_eq!(previewed(|going| restrictions::preview_while(&input, going)), [Phase::Matching]);

    let table = &read(sample!("checkup-clinic-cp932.csv")).unwrap();
    let profile = &profile::propose_checkup(&table.header).profile;
    let input = checkup::Input { table, profile, roster, decisions, day: today };
    assert_eq!(previewed(|going| checkup::preview_while(&input, going)), [Phase::Matching]);

    let table = &read(sample!("stress-one-column-cp932.csv")).unwrap();
    let profile = &stress::propose_in(table).profile;
    let input = stress::Input { table, profile, roster, decisions, day: None, since: None, today };
    assert_eq!(previewed(|going| stress::preview_while(&input, going)), [Phase::Matching]);

    let table = &read(sample!("stress-results-cp932.csv")).unwrap();
    let profile = &stress::results::propose(&table.header).profile;
    let input = stress::Input { table, profile, roster, decisions, day: None, since: None, today };
    assert_eq!(previewed(|going| stress::results::preview_while(&input, going)), [Phase::Matching]);
}
