//! Fuzz targets: functions of bytes that must neither panic nor lose a row.
//!
//! The unit tests drive them for a bounded number of inputs; `PROPTEST_CASES=100000 cargo test
//! fuzz` runs longer.

use super::folding::Field;
use super::notation::{self, Notation, Survey};
use super::people::Decisions;
use super::profile::{self, Column, Profile, Role};
use super::source::{self, Table};
use super::{hours, restrictions, roster};
use crate::domain::period::Closing;
use crate::domain::{Day, Period};

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

/// Reads any bytes as a cell, and each line of them as a column, under every notation.
pub fn fuzz_notation(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let survey = Survey::of(text.lines());
    assert!(!survey.possible().is_empty());
    for cell in text.lines().chain([text.as_ref()]) {
        for notation in Notation::ALL {
            let hours = notation::shape(cell).and_then(|shape| notation::read(shape, *notation, survey.digits));
            if let Ok(Some(hours)) = hours {
                assert!(hours.low.0 >= 0 && hours.low <= hours.high, "an interval is turned round");
            }
        }
    }
}

/// Previews any bytes as hours, with the proposed columns or, failing those, the first ones.
pub fn fuzz_hours(bytes: &[u8]) {
    let Ok(table) = source::read(bytes) else { return };
    let profile = usable(profile::propose_hours(&table.header).profile, &table);
    let closings = [Closing { valid_from: Day::default(), day: 20 }];
    let input = hours::Input {
        table: &table,
        profile: &profile,
        roster: &[],
        existing: &|_| &[],
        period: Period::new(Day::default(), Day::default()),
        closings: &closings,
        notation: None,
        decisions: &Decisions::default(),
        crosses: &|_, hours, _| u8::from(hours.high.0 > 288_000),
    };
    if let Ok(preview) = hours::preview(&input) {
        assert_eq!(preview.accounted(), preview.rows, "a row is lost");
    }
}

/// Previews any bytes as a roster.
pub fn fuzz_roster(bytes: &[u8]) {
    let Ok(table) = source::read(bytes) else { return };
    let profile = usable(profile::propose_roster(&table.header).profile, &table);
    let decisions = Decisions::default();
    let input = roster::Input {
        table: &table,
        profile: &profile,
        roster: &[],
        attributes: &[],
        decisions: &decisions,
        day: Day::default(),
    };
    if let Ok(preview) = roster::preview(&input) {
        assert_eq!(preview.accounted(), preview.rows, "a row is lost");
    }
}

/// Previews any bytes as a ledger of restrictions.
pub fn fuzz_restrictions(bytes: &[u8]) {
    let Ok(table) = source::read(bytes) else { return };
    let decisions = Decisions::default();
    let input =
        restrictions::Input { table: &table, roster: &[], measures: &[], decisions: &decisions, day: Day::default() };
    if let Ok(preview) = restrictions::preview(&input) {
        assert_eq!(preview.accounted(), preview.rows, "a row is lost");
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::IMPORTERS;
    use super::*;

    fn near_csv() -> impl Strategy<Value = Vec<u8>> {
        let header = prop_oneof![
            Just("社員番号,氏名,総労働時間"),
            Just("氏名\t年月\t残業時間"),
            Just("a,b"),
            Just("社員番号,氏名,性別,生年月日,退職日,区分"),
            Just("氏名,措置,期限"),
        ];
        let body = "([0-9:.\\-,\t\"\r\n 時間分合計山髙﨑男R/]|\\PC){0,120}";
        (header, body).prop_map(|(header, body)| format!("{header}\n{body}").into_bytes())
    }

    proptest! {
        #[test]
        fn fuzz_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            fuzz_source(&bytes);
            fuzz_notation(&bytes);
            IMPORTERS.iter().for_each(|importer| (importer.fuzz)(&bytes));
        }

        #[test]
        fn fuzz_near_csv(bytes in near_csv()) {
            fuzz_source(&bytes);
            fuzz_notation(&bytes);
            IMPORTERS.iter().for_each(|importer| (importer.fuzz)(&bytes));
        }
    }
}
