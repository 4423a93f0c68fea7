//! People of 特定健診 files as a table: one row a person, one column a code, so that they go the way of any other file.

use std::collections::BTreeSet;

use super::{Checkup, Entry, XmlError};
use crate::import::folding;
use crate::import::reason::{Refusal, Why};
use crate::import::source::{Cells, Encoding, SourceRow, Table};

/// Names of the columns that say who and when.
const HEAD: [&str; 4] = ["氏名", "カナ氏名", "生年月日", "健診日"];
/// Behind a code, the column of its flag (H, L).
const FLAG: &str = "判定";

/// Makes a table of the people; a row's line is the person's place among them, from 1.
///
/// # Errors
/// A file of one person that cannot be read; one of several is a refused row.
pub fn table(entries: &[Entry]) -> Result<Table, XmlError> {
    if let [Entry { read: Err(error), .. }] = entries {
        return Err(*error);
    }
    let codes: BTreeSet<&str> =
        people(entries).flat_map(|(_, found)| &found.items).map(|item| item.code.as_str()).collect();
    let flagged: BTreeSet<&str> = people(entries)
        .flat_map(|(_, found)| &found.items)
        .filter(|item| !item.flag.is_empty())
        .map(|item| item.code.as_str())
        .collect();
    let header = HEAD.iter().map(|name| (*name).to_owned()).chain(codes.iter().map(|code| (*code).to_owned()));
    let header = header.chain(flagged.iter().map(|code| format!("{code}{FLAG}"))).collect();
    let row = |(line, checkup)| SourceRow { line, cells: cells(checkup, &codes, &flagged) };
    let refusal = |entry: &Entry| entry.read.is_err().then(|| Refusal::row(line(entry), Why::BadXml));
    Ok(Table {
        encoding: Encoding::Xml,
        delimiter: None,
        sheet: None,
        reason: "特定健診の XML です。一人を一行として読みました。",
        titles: Vec::new(),
        header_row: 0,
        header,
        rows: people(entries).map(row).collect(),
        refused: entries.iter().filter_map(refusal).collect(),
        ignored: Vec::new(),
    })
}

fn people(entries: &[Entry]) -> impl Iterator<Item = (u32, &Checkup)> {
    entries.iter().filter_map(|entry| Some((line(entry), entry.read.as_ref().ok()?)))
}

fn line(entry: &Entry) -> u32 {
    u32::try_from(entry.number).unwrap_or(u32::MAX)
}

fn cells(checkup: &Checkup, codes: &BTreeSet<&str>, flagged: &BTreeSet<&str>) -> Cells {
    let person = &checkup.person;
    let has_kanji = folding::fold_kana(&person.name).chars().any(|c| c as u32 >= 0x3400);
    let (name, kana) = if has_kanji { (person.name.as_str(), "") } else { ("", person.name.as_str()) };
    let day = |day: Option<crate::domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let (birth, exam) = (day(person.birth), day(checkup.exam_date));
    let item = |code: &&str| checkup.items.iter().find(|item| item.code == **code);
    let values = codes.iter().map(|code| item(code).map_or("", |item| item.value.as_str()));
    let flags = flagged.iter().map(|code| item(code).map_or("", |item| item.flag.as_str()));
    Cells::new([name, kana, &birth, &exam].into_iter().chain(values).chain(flags))
}
