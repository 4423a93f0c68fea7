//! A table as it is published: edition, source, classes, and the bands of each item. Read from TOML, ours or entered.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::band::{Band, Holds};
use crate::domain::Day;
use crate::domain::checkup::Item;
use crate::domain::worker::Sex;
use crate::labelled;

labelled! {
    /// How sure the table's numbers are.
    TableStatus { Confirmed = "照合済", Unconfirmed = "未確認", Own = "事業場の表" }
}

labelled! {
    /// What a table is for.
    Purpose { Grade = "判定", Prompt = "就業上の措置の検討", Urgent = "緊急", Secondary = "二次健診の所見" }
}

/// A class of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Written as, e.g. `C`.
    pub name: String,
    /// In words.
    pub label: String,
    /// 0 nothing, 1 slight, 2 to be watched, 3 to be treated: comparable between tables, for order only.
    pub weight: u8,
}

/// A rule of a row: the class, and the alternatives of conditions that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Place of the class in the table.
    pub class: usize,
    /// Each alternative asks for all of its bands.
    pub when: Vec<Vec<(Item, Band)>>,
}

/// A row: one item, or several that are graded together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Items, the first gives the row its name.
    pub items: Vec<Item>,
    /// For one sex only.
    pub sex: Option<Sex>,
    /// Digits behind the point with which the table is printed.
    pub places: u8,
    /// A remark on these numbers.
    pub note: String,
    /// Whether these numbers were compared with the source.
    pub is_confirmed: bool,
    /// Items that this one takes the place of (eGFR before creatinine).
    pub instead_of: Vec<Item>,
    /// Items that count only where they were examined.
    pub if_measured: Vec<Item>,
    /// Rules, heaviest class first.
    pub rules: Vec<Rule>,
}

/// A reference table of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// `dock-2026`
    pub id: String,
    /// First day of the edition.
    pub edition: Day,
    /// Its name.
    pub title: String,
    /// Where it was read.
    pub source: String,
    /// When.
    pub checked_on: Day,
    /// How sure its numbers are.
    pub status: TableStatus,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether a value is rounded to the printed digits before it is graded.
    pub is_rounded: bool,
    /// A remark.
    pub note: String,
    /// Classes, lightest first.
    pub classes: Vec<Class>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// Why a table is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Not TOML, or not of this shape.
    #[error("判定の表を読めません（{line} 行目）。書式を直してください。")]
    Shape {
        /// Line, 1 and up.
        line: usize,
    },
    /// An item that is not known.
    #[error("判定の表の「{0}」という項目は、項目の一覧にありません。コードを直してください。")]
    Item(String),
    /// A class that the table does not have.
    #[error("判定の表の「{0}」という区分は、その表の classes にありません。")]
    Class(String),
    /// A band that cannot be read.
    #[error("判定の表の帯「{0}」を読めません。例: <=129、130-139、>=140")]
    Band(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    edition: Day,
    title: String,
    source: String,
    checked_on: Day,
    status: TableStatus,
    purpose: Purpose,
    is_rounded: bool,
    #[serde(default)]
    note: String,
    classes: Vec<Class>,
    #[serde(default, rename = "row")]
    rows: Vec<RowLine>,
    #[serde(default, rename = "joint")]
    joints: Vec<JointLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowLine {
    items: Vec<String>,
    sex: Option<String>,
    places: Option<u8>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    is_unconfirmed: bool,
    #[serde(default)]
    instead_of: Vec<String>,
    bands: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JointLine {
    items: Vec<String>,
    places: Option<u8>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    is_unconfirmed: bool,
    #[serde(default)]
    if_measured: Vec<String>,
    rules: Vec<RuleLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleLine {
    class: String,
    when: Vec<BTreeMap<String, String>>,
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// [`TableError`] names what is wrong; nothing of the file is used then.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let file: File = toml::from_str(text).map_err(|error| TableError::Shape { line: line_of(text, &error) })?;
        let mut rows = Vec::new();
        for line in &file.rows {
            rows.extend(plain_rows(line, &file.classes, file.is_rounded)?);
        }
        for line in &file.joints {
            rows.push(joint_row(line, &file.classes)?);
        }
        let File { id, edition, title, source, checked_on, status, purpose, is_rounded, note, classes, .. } = file;
        Ok(Self { id, edition, title, source, checked_on, status, purpose, is_rounded, note, classes, rows })
    }

    /// The class at a place.
    pub fn class(&self, place: usize) -> Option<&Class> {
        self.classes.get(place)
    }

    /// The weight of the class at a place.
    pub fn weight(&self, place: usize) -> u8 {
        self.class(place).map_or(0, |class| class.weight)
    }

    /// Title with 未確認 where the table was not compared with its source.
    pub fn shown(&self) -> String {
        let mark = if self.status == TableStatus::Unconfirmed { "（未確認）" } else { "" };
        format!("{}{mark}", self.title)
    }
}

impl Rule {
    /// Whether the rule applies, given what each band is told about its item.
    pub fn applies(&self, holds: impl Fn(Item, &Band) -> Holds) -> Holds {
        let all = |bands: &Vec<(Item, Band)>| {
            bands.iter().fold(Holds::Yes, |found, (item, band)| found.and(holds(*item, band)))
        };
        self.when.iter().fold(Holds::No, |found, bands| found.or(all(bands)))
    }
}

fn line_of(text: &str, error: &toml::de::Error) -> usize {
    let start = error.span().map_or(0, |span| span.start);
    text.get(..start).map_or(1, |before| before.matches('\n').count() + 1)
}

/// A row names several items that have the same bands: each is graded by itself.
fn plain_rows(line: &RowLine, classes: &[Class], is_rounded: bool) -> Result<Vec<Row>, TableError> {
    let mut rows = Vec::new();
    for name in &line.items {
        let item = item(name)?;
        let mut rules = Vec::new();
        for (name, text) in &line.bands {
            let bands = text.split(" or ").map(|text| Ok(vec![(item, band(text)?)]));
            rules.push(Rule { class: class(name, classes)?, when: bands.collect::<Result<_, _>>()? });
        }
        let printed = places(&rules);
        // A threshold that is not rounded keeps every digit of the value.
        let places = line.places.unwrap_or(if is_rounded { printed } else { u8::MAX });
        rows.push(Row {
            items: vec![item],
            sex: line.sex.as_deref().and_then(sex),
            places,
            note: line.note.clone(),
            is_confirmed: !line.is_unconfirmed,
            instead_of: items(&line.instead_of)?,
            if_measured: Vec::new(),
            rules: heaviest_first(rules),
        });
    }
    Ok(rows)
}

fn joint_row(line: &JointLine, classes: &[Class]) -> Result<Row, TableError> {
    let mut rules = Vec::new();
    for rule in &line.rules {
        let mut when = Vec::new();
        for bands in &rule.when {
            let bands = bands.iter().map(|(name, text)| Ok((item(name)?, band(text)?)));
            when.push(bands.collect::<Result<Vec<_>, _>>()?);
        }
        rules.push(Rule { class: class(&rule.class, classes)?, when });
    }
    Ok(Row {
        items: items(&line.items)?,
        sex: None,
        places: line.places.unwrap_or_else(|| places(&rules)),
        note: line.note.clone(),
        is_confirmed: !line.is_unconfirmed,
        instead_of: Vec::new(),
        if_measured: items(&line.if_measured)?,
        rules: heaviest_first(rules),
    })
}

fn heaviest_first(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.class));
    rules
}

fn places(rules: &[Rule]) -> u8 {
    rules.iter().flat_map(|rule| rule.when.iter().flatten()).map(|(_, band)| band.places()).max().unwrap_or(0)
}

fn item(code: &str) -> Result<Item, TableError> {
    Item::of_code(code).ok_or_else(|| TableError::Item(code.to_owned()))
}

fn items(codes: &[String]) -> Result<Vec<Item>, TableError> {
    codes.iter().map(|code| item(code)).collect()
}

fn class(name: &str, classes: &[Class]) -> Result<usize, TableError> {
    classes.iter().position(|class| class.name == name).ok_or_else(|| TableError::Class(name.to_owned()))
}

fn band(text: &str) -> Result<Band, TableError> {
    Band::parse(text).ok_or_else(|| TableError::Band(text.to_owned()))
}

fn sex(text: &str) -> Option<Sex> {
    match text {
        "M" => Some(Sex::Male),
        "F" => Some(Sex::Female),
        _ => None,
    }
}
