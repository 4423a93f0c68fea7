//! Targets that read single words: cells, dates, headings, names, and what is kept between two files.

use super::super::folding;
use super::super::notation::{self, Notation, Survey};
use super::super::profile::{self, Located, Profile};
use super::super::{IMPORTERS, calendar, pasted, source, titles};
use crate::domain::checkup::{self, Catalogue, Cells, Column, Item, Judgement, Manner, Reading, Value};
use crate::domain::hours::{BatchKind, ImportProfile};
use crate::domain::{EstablishmentId, Id, Prefix};

/// Reads any bytes as a cell, and each line of them as a column, under every notation.
pub(super) fn fuzz_notation(bytes: &[u8]) {
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

/// Reads any bytes as a profile's text; what is read is written and read again.
pub(super) fn fuzz_profile(bytes: &[u8]) {
    let Ok(carried) = Profile::from_toml(&String::from_utf8_lossy(bytes)) else { return };
    let text = carried.profile.to_toml(carried.kind, &carried.header);
    assert_eq!(Profile::from_toml(&text).as_ref(), Ok(&carried), "a profile changes on its way");
}

/// Reads each line of any bytes as a date and a month.
pub(super) fn fuzz_calendar(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines() {
        if let Some(day) = calendar::date(line) {
            assert_eq!(calendar::date(&day.to_string()), Some(day), "a day does not read back");
        }
        let _ = calendar::year_month(line);
    }
}

/// Reads any bytes as the JSON of a kept mapping; what is read is written and read again.
pub(super) fn fuzz_kept(bytes: &[u8]) {
    let Ok(mapping_json) = serde_json::from_slice(bytes) else { return };
    let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
    for kind in BatchKind::ALL {
        let (name, header) = ("x".to_owned(), "a\tb".to_owned());
        let record =
            ImportProfile { id: id.clone(), name, kind: *kind, header, mapping_json: Clone::clone(&mapping_json) };
        let Ok(profile) = Profile::from_json(&record) else { return };
        let names = ["a".to_owned(), "b".to_owned()];
        let written = profile.to_json(id.clone(), "x", *kind, &names);
        assert_eq!(Profile::from_json(&written).as_ref(), Ok(&profile), "a mapping changes on its way");
        let _ = profile::recognised(&[record], *kind, &names);
        let _: Result<Located, _> = profile.locate_for(*kind, &names);
    }
}

/// Most characters of a cell that is read as every item, and half those of a heading: what is longer is words.
const CELL: usize = 48;

/// Reads the first lines of any bytes as the cell of every item, under the manner that they name themselves and as typed;
/// what is read can be kept and read back.
pub(super) fn fuzz_cell(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines().take(2) {
        let line: String = line.chars().take(CELL).collect();
        let manner = checkup::heading(&line).map(|found| found.manner).unwrap_or_default();
        let coded = Manner { is_coded: true, ..manner };
        let _ = Judgement::read(&line);
        for item in Item::ALL {
            let columns =
                [(Column::One(*item), manner), (Column::Pair(*item), manner), (Column::Disputed(*item), coded)];
            for (column, manner) in columns {
                if let Reading::Cells(cells) = checkup::read_as(column, &line, manner) {
                    kept(cells);
                }
            }
            kept(checkup::typed(*item, &line).into_iter().collect());
        }
    }
}

fn kept(cells: Vec<checkup::Cell>) {
    for cell in &cells {
        assert_eq!(Value::of_code(&cell.value.code()).as_ref(), Some(&cell.value), "a value does not read back");
        let _ = (cell.shown(), cell.clinic());
    }
    let cells = Cells::new(cells);
    assert_eq!(Cells::unpack(cells.pack()).as_ref(), Some(&cells), "a sheet does not read back");
}

/// Reads each line of any bytes as a heading, and all of them as a header of every kind: no proposal names a column that is
/// not there.
pub(super) fn fuzz_heading(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let names = text.split(['\n', ',', '\t']).take(64);
    let header: Vec<String> = names.map(|name| name.chars().take(2 * CELL).collect()).collect();
    for name in &header {
        let _ = (
            checkup::heading(name),
            checkup::judged(name),
            folding::field_of(name),
            Catalogue::built_in().column(name),
        );
    }
    for importer in IMPORTERS {
        let proposal = (importer.propose)(&header);
        let is_there = |(_, column): &(profile::Role, profile::Column)| column.find(&header).is_some();
        assert!(proposal.profile.columns.iter().all(is_there), "a column that is not there");
        assert!(proposal.reasons.iter().all(|reason| reason.column < header.len()), "a reason for no column");
        let located = proposal.profile.locate_for(importer.kind, &header);
        assert!(proposal.missing.is_some() || located.is_ok(), "proposed, and not found");
    }
    for (_, month) in titles::months(&header) {
        assert!((1..=12).contains(&month), "no month of a year");
    }
}

/// Reads each line of any bytes as number, name and kana: what is folded once is folded.
pub(super) fn fuzz_person(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines().take(64) {
        let (name, number, kana) = (folding::fold_name(line), folding::fold_number(line), folding::fold_kana(line));
        assert_eq!(folding::fold_name(&name), name, "a name");
        assert_eq!(folding::fold_number(&number), number, "a number");
        assert_eq!(folding::fold_kana(&kana), kana, "a reading");
        let _ = (folding::loosen_name(&name), folding::loosen_kana(line), folding::is_kana(line));
    }
}

/// Reads any bytes as lines of a mail: what comes out is a table of three columns, no longer than the mail.
pub(super) fn fuzz_pasted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for column in ["残業時間", "総労働時間"] {
        let table = pasted::table(&text, column);
        if let Ok(read) = source::read(table.as_bytes()) {
            let lines = text.split(['\n', '\r']).count();
            assert!(table == text || read.row_count() <= lines, "a line became two");
        }
    }
}
