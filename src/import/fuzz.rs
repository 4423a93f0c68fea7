//! Fuzz targets: functions of bytes that must neither panic nor lose a row.
//!
//! The unit tests drive them for a bounded number of inputs; `PROPTEST_CASES=100000 cargo test
//! fuzz` runs longer. Every parser of a file has its target:
//!
//! | parser | target |
//! | --- | --- |
//! | delimited text, encodings, XLSX, XLS, ODS, archives, serial dates | [`fuzz_source`] |
//! | 特定健診 XML and its zip | [`fuzz_xml`], [`fuzz_checkup`] |
//! | notations of hours | [`words::fuzz_notation`], [`fuzz_hours`] |
//! | dates and months, 和暦 | [`words::fuzz_calendar`] |
//! | cells of checkups: numbers, signs, units, words | [`words::fuzz_cell`], [`fuzz_checkup`] |
//! | headings and the units in them, every proposal of columns, titles | [`words::fuzz_heading`] |
//! | numbers, names and kana of people | [`words::fuzz_person`] |
//! | answers and results of the stress check | [`fuzz_stress`], [`fuzz_stress_results`] |
//! | words of measures | [`fuzz_restrictions`] |
//! | rosters | [`fuzz_roster`] |
//! | kept mappings, TOML and JSON | [`words::fuzz_profile`], [`words::fuzz_kept`] |
//! | pasted lines | [`words::fuzz_pasted`] |

#[cfg(test)]
mod tests;
mod words;

use super::folding::Field;
use super::people::Decisions;
use super::profile::{self, Column, Profile, Role};
use super::source::{self, Table};
use super::{checkup, hours, restrictions, roster, stress, xml};
use crate::domain::period::Closing;
use crate::domain::worker::Worker;
use crate::domain::{Day, EstablishmentId, Id, Period, Prefix};

/// Every target that needs no importer.
pub const TARGETS: &[fn(&[u8])] = &[
    fuzz_source,
    fuzz_xml,
    words::fuzz_notation,
    words::fuzz_calendar,
    words::fuzz_cell,
    words::fuzz_heading,
    words::fuzz_person,
    words::fuzz_profile,
    words::fuzz_kept,
    words::fuzz_pasted,
];

/// Two people, so that rows are read beyond whom they are about; the second shares a reading and a number without its noughts.
fn roster() -> Vec<Worker> {
    let people = [("1", "山田 太郎", "やまだ たろう"), ("01", "髙田 実", "やまだ たろう")];
    let worker = |(position, (number, name, kana)): (u32, &(&str, &str, &str))| Worker {
        number: (*number).to_owned(),
        name: (*name).to_owned(),
        kana: (*kana).to_owned(),
        ..Worker::new(Id::new(&EstablishmentId::new(1), Prefix::Worker, position))
    };
    (1..).zip(&people).map(worker).collect()
}

/// The day on which the files of the targets are read.
fn today() -> Day {
    Day::from_ymd_opt(2026, 11, 20).unwrap_or_default()
}

/// Reads any bytes as a table.
pub fn fuzz_source(bytes: &[u8]) {
    if let Ok(table) = source::read(bytes) {
        let width = table.header.len();
        assert!(table.rows.iter().all(|row| row.cells.len() == width && row.line > table.header_row));
        let mut lines: Vec<u32> = table.rows.iter().map(|row| row.line).collect();
        lines.extend(table.refused.iter().map(|row| row.line));
        lines.extend(table.ignored.iter().map(|row| row.line));
        lines.sort_unstable();
        assert!(lines.windows(2).all(|pair| pair.first() != pair.last()), "a line stands in two lists");
    }
}

/// Previews any bytes as hours, with the proposed columns or, failing those, the first ones.
pub fn fuzz_hours(bytes: &[u8]) {
    let Ok(table) = source::read(bytes) else { return };
    let profile = usable(profile::propose_hours(&table.header).profile, &table);
    let (closings, roster) = ([Closing { valid_from: Day::default(), day: 20 }], roster());
    let input = hours::Input {
        table: &table,
        profile: &profile,
        roster: &roster,
        existing: &|_| &[],
        period: Period::new(Day::default(), Day::default()),
        closings: &closings,
        notation: None,
        decisions: &Decisions::default(),
        day: Day::MAX,
        crosses: &|_, hours, _| {
            let [low, high] = [hours.low, hours.high].map(|seconds| u8::from(seconds.0 > 288_000));
            hours::Reach { low, high }
        },
    };
    if let Ok(preview) = hours::preview(&input) {
        assert_eq!(preview.accounted(), preview.rows, "a row is lost");
    }
}

/// Previews any bytes as a roster.
pub fn fuzz_roster(bytes: &[u8]) {
    let Ok(table) = source::read(bytes) else { return };
    let profile = usable(profile::propose_roster(&table.header).profile, &table);
    let (decisions, people) = (Decisions::default(), roster());
    let input = roster::Input {
        table: &table,
        profile: &profile,
        roster: &people,
        attributes: &[],
        decisions: &decisions,
        day: today(),
    };
    if let Ok(preview) = roster::preview(&input) {
        assert_eq!(preview.accounted(), preview.rows, "a row is lost");
    }
}

/// Reads any bytes as 特定健診 XML, or as a zip of it.
pub fn fuzz_xml(bytes: &[u8]) {
    for entry in xml::read(bytes).unwrap_or_default() {
        let items = entry.read.map(|checkup| checkup.items).unwrap_or_default();
        assert!(items.len() <= xml::MAX_ITEMS, "a limit is not held");
    }
}

/// Previews any bytes as a ledger of restrictions.
pub fn fuzz_restrictions(bytes: &[u8]) {
    let Ok(table) = source::read(bytes) else { return };
    let decisions = Decisions::default();
    let profile = usable(restrictions::propose(&table.header).profile, &table);
    let (table, decisions, day, roster) = (&table, &decisions, today(), &roster());
    let input = restrictions::Input { table, profile: &profile, roster, measures: &[], decisions, day };
    if let Ok(preview) = restrictions::preview(&input) {
        assert_eq!(preview.accounted(), preview.rows, "a row is lost");
    }
}

/// Previews any bytes as a clinic's file: a table, 特定健診 XML, or a zip of it.
pub fn fuzz_checkup(bytes: &[u8]) {
    let people = || xml::read(bytes).ok().and_then(|entries| xml::table(&entries).ok());
    let Some(table) = source::read(bytes).ok().or_else(people) else { return };
    let mut profile = usable(profile::propose_checkup(&table.header).profile, &table);
    profile.fixed.insert(Field::ExamDay, "2026-10-05".to_owned());
    let (decisions, roster, day) = (&Decisions::default(), &roster(), today());
    let input = checkup::Input { table: &table, profile: &profile, roster, decisions, day };
    if let Ok(preview) = checkup::preview(&input) {
        assert_eq!(preview.accounted(), preview.rows, "a row is lost");
    }
}

/// Previews any bytes as answers of the stress check.
pub fn fuzz_stress(bytes: &[u8]) {
    let propose = |table: &Table| stress::propose_in(table).profile;
    fuzz_people(bytes, propose, |input| stress::preview(input).map(|found| (found.accounted(), found.rows)).ok());
}

/// Previews any bytes as results of the stress check that were computed elsewhere.
pub fn fuzz_stress_results(bytes: &[u8]) {
    let propose = |table: &Table| stress::results::propose(&table.header).profile;
    fuzz_people(bytes, propose, |input| {
        stress::results::preview(input).map(|found| (found.accounted(), found.rows)).ok()
    });
}

fn fuzz_people(
    bytes: &[u8],
    propose: impl Fn(&Table) -> Profile,
    preview: impl Fn(&stress::Input<'_>) -> Option<(usize, usize)>,
) {
    let Ok(table) = source::read(bytes) else { return };
    let (profile, decisions) = (propose(&table), Decisions::default());
    let (table, profile, decisions, roster, today) = (&table, &profile, &decisions, &roster(), today());
    let input = stress::Input { table, profile, roster, decisions, day: None, since: None, today };
    if let Some((accounted, rows)) = preview(&input) {
        assert_eq!(accounted, rows, "a row is lost");
    }
}

/// Random headers name no columns: then the first is the name and the last the time, so that rows are reached.
fn usable(mut profile: Profile, table: &Table) -> Profile {
    let has = |role: Role| profile.columns.iter().any(|(found, _)| *found == role);
    let name = (!has(Role::Field(Field::Name))).then_some((Role::Field(Field::Name), 0));
    let hours = (!has(Role::Hours)).then_some((Role::Hours, table.header.len().saturating_sub(1)));
    let column = |index| Column::at(&table.header, index);
    let added: Vec<_> =
        [name, hours].into_iter().flatten().filter_map(|(role, index)| Some((role, column(index)?))).collect();
    profile.columns.extend(added);
    profile
}
