//! People of 特定健診 files as a table: one row a person, one column a code, so that they go the way of any other file.
//!
//! A code whose name decides what it is stands with that name; a second value of one code stands in a column of its own,
//! `CODE#2`, so that nobody loses it; a unit that is not the catalogue's stands behind its number.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Checkup, Entry, Item, XmlError};
use crate::domain::checkup::{Catalogue, units};
use crate::domain::progress::{Going, Phase};
use crate::import::folding;
use crate::import::reason::{Refusal, Why};
use crate::import::source::{Cells, Encoding, SourceRow, Table};

/// Names of the columns that say who and when.
const HEAD: [&str; 4] = ["氏名", "カナ氏名", "生年月日", "健診日"];
/// Behind a code, the column of its flag (H, L).
const FLAG: &str = "判定";
/// Between two texts under one code.
const BETWEEN: &str = "／";

/// Makes a table of the people; a row's line is the person's place among them, from 1.
///
/// # Errors
/// A file of one person that cannot be read; one of several is a refused row.
pub fn table(entries: &[Entry]) -> Result<Table, XmlError> {
    table_while(entries, &Going::freely())
}

/// As [`table`], as long as it is to go on.
///
/// # Errors
/// As [`table`], and [`XmlError::Stopped`].
pub fn table_while(entries: &[Entry], going: &Going<'_>) -> Result<Table, XmlError> {
    if let [Entry { read: Err(error), .. }] = entries {
        return Err(*error);
    }
    let read = going.over(Phase::Weighing, entries.len(), people(entries));
    let people: Vec<(u32, &Checkup, Told<'_>)> = read.map(|(line, one)| (line, one, told(one))).collect();
    let columns = Columns::of(people.iter().map(|(_, _, told)| told));
    let row = |(line, checkup, told): &(u32, &Checkup, Told<'_>)| SourceRow {
        line: *line,
        cells: columns.cells(checkup, told),
    };
    let rows = going.over(Phase::Sorting, people.len(), &people).map(row).collect();
    going.check()?;
    let refusal = |entry: &Entry| entry.read.is_err().then(|| Refusal::row(line(entry), Why::BadXml));
    Ok(Table {
        encoding: Encoding::Xml,
        delimiter: None,
        sheet: None,
        reason: "特定健診の XML です。一人を一行として読みました。",
        titles: Vec::new(),
        header_row: 0,
        header: columns.header(),
        rows,
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

/// What one document says under each heading: every value that differs, and the flag.
type Told<'c> = BTreeMap<Cow<'c, str>, Under<'c>>;

#[derive(Default)]
struct Under<'c> {
    values: Vec<Cow<'c, str>>,
    flag: &'c str,
}

fn told(checkup: &Checkup) -> Told<'_> {
    let mut told = Told::new();
    for item in &checkup.items {
        let under = told.entry(heading(item)).or_default();
        under.add(item);
        if under.flag.is_empty() {
            under.flag = &item.flag;
        }
    }
    told
}

impl<'c> Under<'c> {
    /// The same value again says nothing new; several texts are one text, and several numbers are a question.
    fn add(&mut self, item: &'c Item) {
        let value = written(item);
        if value.is_empty() || self.values.contains(&value) {
            return;
        }
        match self.values.first_mut().filter(|_| item.kind == "ST") {
            Some(text) if !text.split(BETWEEN).any(|part| part == value) => {
                *text = Cow::Owned(format!("{text}{BETWEEN}{value}"));
            }
            Some(_) => {}
            None => self.values.push(value),
        }
    }
}

/// The code, with the name behind it where the name decides.
fn heading(item: &Item) -> Cow<'_, str> {
    let is_named = Catalogue::built_in().is_decided_by_name(&item.code, &item.name) && !item.name.trim().is_empty();
    // A `#` in a name would count values.
    if is_named {
        Cow::Owned(format!("{} {}", item.code, item.name.replace('#', " ")))
    } else {
        Cow::Borrowed(&item.code)
    }
}

/// The value, with its unit where that is not the catalogue's own or where the range is in another.
fn written(item: &Item) -> Cow<'_, str> {
    let (value, unit) = (item.value.trim(), item.unit.trim());
    let range = item.range_unit.trim();
    if value.is_empty() || unit.is_empty() {
        return Cow::Borrowed(value);
    }
    if !range.is_empty() && !units::is_same(range, unit) {
        return Cow::Owned(format!("{value} {unit} [基準範囲 {range}]"));
    }
    // A power of ten must not run into the digits before it.
    let times = if unit.starts_with(|first: char| first.is_ascii_digit()) { "×" } else { "" };
    if is_own(&item.code, unit) { Cow::Borrowed(value) } else { Cow::Owned(format!("{value} {times}{unit}")) }
}

/// Whether the unit is the catalogue's; that of a code nobody knows is nobody's.
fn is_own(code: &str, written: &str) -> bool {
    let catalogue = Catalogue::built_in();
    let Some(column) = catalogue.column(code) else { return false };
    catalogue.entry(column.item()).is_some_and(|entry| units::is_own(entry, written))
}

/// The columns that all documents together need.
struct Columns<'c> {
    /// Headings in order, with the most values that one person has.
    values: BTreeMap<&'c str, usize>,
    flags: Vec<&'c str>,
}

impl<'c> Columns<'c> {
    fn of<'t: 'c>(people: impl Iterator<Item = &'c Told<'t>>) -> Self {
        let (mut values, mut flagged) = (BTreeMap::new(), BTreeMap::new());
        for (heading, under) in people.flatten() {
            let most = values.entry(heading.as_ref()).or_insert(1_usize);
            *most = (*most).max(under.values.len());
            if !under.flag.is_empty() {
                flagged.insert(heading.as_ref(), ());
            }
        }
        Self { values, flags: flagged.into_keys().collect() }
    }

    fn header(&self) -> Vec<String> {
        let value =
            |(heading, most): (&&str, &usize)| (0..*most).map(|place| numbered(heading, place)).collect::<Vec<_>>();
        let head = HEAD.iter().map(|name| (*name).to_owned()).chain(self.values.iter().flat_map(value));
        head.chain(self.flags.iter().map(|heading| format!("{heading}{FLAG}"))).collect()
    }

    fn cells(&self, checkup: &Checkup, told: &Told<'_>) -> Cells {
        let person = &checkup.person;
        let has_kanji = folding::fold_kana(&person.name).chars().any(|c| c as u32 >= 0x3400);
        let (name, kana) = if has_kanji { (person.name.as_str(), "") } else { ("", person.name.as_str()) };
        let day = |day: Option<crate::domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let (birth, exam) = (day(person.birth), day(checkup.exam_date));
        let under = |heading: &str| told.get(heading);
        let value = |heading: &str, place: usize| under(heading).and_then(|under| under.values.get(place));
        let values = self.values.iter().flat_map(|(heading, most)| {
            (0..*most).map(move |place| value(heading, place).map_or("", |text| text.as_ref()))
        });
        let flags = self.flags.iter().map(|heading| under(heading).map_or("", |under| under.flag));
        Cells::new([name, kana, &birth, &exam].into_iter().chain(values).chain(flags))
    }
}

/// `CODE`, `CODE#2`, `CODE#3`.
fn numbered(heading: &str, place: usize) -> String {
    if place == 0 { heading.to_owned() } else { format!("{heading}#{}", place + 1) }
}
