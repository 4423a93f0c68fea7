//! Fuzz targets: functions of bytes that must neither panic nor lose a row.
//!
//! The unit tests drive them for a bounded number of inputs; `PROPTEST_CASES=100000 cargo test
//! fuzz` runs longer.

use super::folding::Field;
use super::notation::{self, Notation, Survey};
use super::people::Decisions;
use super::profile::{self, Column, Profile, Role};
use super::source::{self, Table};
use super::{calendar, checkup, hours, restrictions, roster, stress, xml};
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

/// Reads any bytes as 特定健診 XML, or as a zip of it.
pub fn fuzz_xml(bytes: &[u8]) {
    for entry in xml::read(bytes).unwrap_or_default() {
        let items = entry.read.map(|checkup| checkup.items).unwrap_or_default();
        assert!(items.len() <= xml::MAX_ITEMS, "a limit is not held");
    }
}

/// Reads any bytes as a profile's text; what is read is written and read again.
pub fn fuzz_profile(bytes: &[u8]) {
    let Ok(carried) = Profile::from_toml(&String::from_utf8_lossy(bytes)) else { return };
    let text = carried.profile.to_toml(carried.kind, &carried.header);
    assert_eq!(Profile::from_toml(&text).as_ref(), Ok(&carried), "a profile changes on its way");
}

/// Reads each line of any bytes as a date and a month.
pub fn fuzz_calendar(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines() {
        if let Some(day) = calendar::date(line) {
            assert_eq!(calendar::date(&day.to_string()), Some(day), "a day does not read back");
        }
        let _ = calendar::year_month(line);
    }
}

/// Every target that needs no importer.
pub const TARGETS: &[fn(&[u8])] = &[fuzz_source, fuzz_notation, fuzz_xml, fuzz_profile, fuzz_calendar];

/// Previews any bytes as a ledger of restrictions.
pub fn fuzz_restrictions(bytes: &[u8]) {
    let Ok(table) = source::read(bytes) else { return };
    let decisions = Decisions::default();
    let profile = usable(restrictions::propose(&table.header).profile, &table);
    let (table, decisions, day) = (&table, &decisions, Day::default());
    let input = restrictions::Input { table, profile: &profile, roster: &[], measures: &[], decisions, day };
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
    let decisions = Decisions::default();
    let day = Day::from_ymd_opt(2026, 11, 20).unwrap_or_default();
    let input = checkup::Input { table: &table, profile: &profile, roster: &[], decisions: &decisions, day };
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
    let (table, profile, decisions, today) = (&table, &profile, &decisions, Day::default());
    let input = stress::Input { table, profile, roster: &[], decisions, day: None, since: None, today };
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _, Write as _};

    use proptest::prelude::*;

    use super::super::IMPORTERS;
    use super::*;

    /// Samples in every container.
    const BOOKS: [&[u8]; 5] = [
        include_bytes!("../../data-samples/monthly-merged.xlsx"),
        include_bytes!("../../data-samples/monthly-97.xls"),
        include_bytes!("../../data-samples/monthly.ods"),
        include_bytes!("../../data-samples/checkup-cda.zip"),
        include_bytes!("../../data-samples/checkup-cda.xml"),
    ];

    fn run_all(bytes: &[u8]) {
        TARGETS.iter().for_each(|target| target(bytes));
        IMPORTERS.iter().for_each(|importer| (importer.fuzz)(bytes));
    }

    fn near_csv() -> impl Strategy<Value = Vec<u8>> {
        let header = prop_oneof![
            Just("社員番号,氏名,総労働時間"),
            Just("氏名\t年月\t残業時間"),
            Just("a,b"),
            Just("社員番号,氏名,性別,生年月日,退職日,区分"),
            Just("氏名,措置,期限"),
            Just("職員ID,氏名,健診日,血圧,総合判定,要再検査"),
        ];
        let body = "([0-9:.\\-,\t\"\r\n 時間分合計山髙﨑男R/]|\\PC){0,120}";
        (header, body).prop_map(|(header, body)| format!("{header}\n{body}").into_bytes())
    }

    /// Rows of days, most of them good.
    fn near_days() -> impl Strategy<Value = Vec<u8>> {
        let row = (0..4u8, 1..33u8, prop_oneof!["[0-9]{1,2}:[0-5][0-9]", "[0-9]{1,3}", "\\PC{0,4}"]);
        prop::collection::vec(row, 0..40).prop_map(|rows| {
            let lines = rows.iter().map(|(who, day, text)| format!("{who},山田{who},2026/10/{day},{text}\n"));
            format!("社員番号,氏名,年月日,実労働時間\n{}", lines.collect::<String>()).into_bytes()
        })
    }

    /// A sample with some bytes changed and its end perhaps cut.
    fn near_book() -> impl Strategy<Value = Vec<u8>> {
        let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
        (prop::sample::select(BOOKS.to_vec()), changes, prop::option::of(any::<prop::sample::Index>())).prop_map(
            |(sample, changes, cut)| {
                let mut bytes = sample.to_vec();
                for (place, byte) in changes {
                    let place = place.index(bytes.len());
                    bytes[place] = byte;
                }
                bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
                bytes
            },
        )
    }

    /// The sheet of a workbook with some bytes changed, in a zip that is whole: past the checksums.
    fn near_sheet() -> impl Strategy<Value = Vec<u8>> {
        let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
        (0..3usize, any::<prop::sample::Index>(), changes).prop_map(|(book, part, changes)| {
            let book = [BOOKS[0], BOOKS[2], BOOKS[3]][book];
            let mut zip = zip::ZipArchive::new(Cursor::new(book)).unwrap();
            let mut changed = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let target = part.index(zip.len());
            for index in 0..zip.len() {
                let mut entry = zip.by_index(index).unwrap();
                let (mut bytes, name) = (Vec::new(), entry.name().unwrap().into_owned());
                entry.read_to_end(&mut bytes).unwrap();
                let is_changed = index == target && !bytes.is_empty();
                for (place, byte) in changes.iter().filter(|_| is_changed) {
                    let place = place.index(bytes.len());
                    bytes[place] = *byte;
                }
                changed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                changed.write_all(&bytes).unwrap();
            }
            changed.finish().unwrap().into_inner()
        })
    }

    proptest! {
        #[test]
        fn fuzz_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            run_all(&bytes);
        }

        #[test]
        fn fuzz_near_csv(bytes in near_csv()) {
            run_all(&bytes);
        }

        #[test]
        fn fuzz_near_days(bytes in near_days()) {
            run_all(&bytes);
        }

        #[test]
        fn fuzz_near_books(bytes in near_book()) {
            run_all(&bytes);
        }

        #[test]
        fn fuzz_near_sheets(bytes in near_sheet()) {
            run_all(&bytes);
        }
    }
}
