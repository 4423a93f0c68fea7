//! The catalogue of items: names, units, plausible spans, headings of clinics, JLAC10 codes; read from `items.toml`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::decimal::Decimal;
use super::eyes;
use super::item::Item;
use super::naming;

const BUILT_IN: &str = include_str!("items.toml");

/// What kind of value an item has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A number with a unit.
    Number,
    /// A sign of a urine test.
    Sign,
    /// 所見の有無, with words.
    Finding,
    /// A tone: decibels, or heard and not heard.
    Tone,
    /// はい and いいえ.
    Answer,
    /// How long after the meal the blood was taken.
    Meal,
    /// One of the words of a list, by its number in coded files.
    Choice,
    /// Words that are kept as they come: 業務歴, a physician's name.
    Words,
}

/// Another unit of an item: its values lie in a span of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherUnit {
    /// Written as.
    pub unit: String,
    /// Power of ten that leads to the item's own unit.
    pub shift: i8,
    /// Plausible values in this unit.
    pub span: (Decimal, Decimal),
}

/// An item with everything that is known about its writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub item: Item,
    /// 項目名
    pub name: String,
    /// Unit in which it is kept; may be empty.
    pub unit: String,
    /// The unit of a value that is written without one, such as BMI.
    pub unspoken: String,
    /// Kind of value.
    pub kind: Kind,
    /// Digits behind the point with which it is usually written; none where it is no number.
    pub places: Option<u8>,
    /// Plausible values.
    pub span: Option<(Decimal, Decimal)>,
    /// Other units.
    pub other: Vec<OtherUnit>,
    /// Words of a choice, by their code from 1.
    pub words: Vec<String>,
}

/// What a column brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// One item.
    One(Item),
    /// Two items in one cell, named by the first: 142/90, right/left.
    Pair(Item),
    /// One eye without and with glasses in one cell, named by the first.
    Glasses(Item),
    /// A code under which public programs name two different items, without a name that says which or with one that
    /// contradicts it.
    Disputed(Item),
}

/// All items by item, heading and code.
#[derive(Debug, Default)]
pub struct Catalogue {
    entries: HashMap<Item, Entry>,
    names: HashMap<String, Column>,
    codes: HashMap<String, Column>,
}

/// Why a catalogue is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("健診の項目の一覧を読めません（{0}）。その項目を直してください。")]
pub struct CatalogueError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    item: Vec<Line>,
    pair: Vec<PairLine>,
    #[serde(default)]
    glasses: Vec<PairLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    code: String,
    name: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    unspoken: String,
    kind: Kind,
    places: Option<u8>,
    low: Option<String>,
    high: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    jlac10: Vec<String>,
    #[serde(default)]
    disputed: bool,
    #[serde(default)]
    other: Vec<OtherLine>,
    #[serde(default)]
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherLine {
    unit: String,
    shift: i8,
    low: String,
    high: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairLine {
    first: String,
    names: Vec<String>,
}

impl Column {
    /// The item, or the first of two.
    pub const fn item(self) -> Item {
        match self {
            Self::One(item) | Self::Pair(item) | Self::Glasses(item) | Self::Disputed(item) => item,
        }
    }
}

impl Catalogue {
    /// The catalogue that ships. A test reads it, so that the empty one in its place is never met.
    pub fn built_in() -> &'static Self {
        static READ: OnceLock<Catalogue> = OnceLock::new();
        READ.get_or_init(|| Self::parse(BUILT_IN).unwrap_or_default())
    }

    /// Reads a catalogue.
    ///
    /// # Errors
    /// [`CatalogueError`] names the item: an unknown code, a heading that stands twice, a span that is none.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let file: File = toml::from_str(text).map_err(|error| CatalogueError(error.message().to_owned()))?;
        let mut catalogue = Self::default();
        file.item.iter().try_for_each(|line| catalogue.add(line))?;
        for pair in &file.pair {
            let first = item(&pair.first)?;
            first.left_of_pair().ok_or_else(|| CatalogueError(pair.first.clone()))?;
            catalogue.name(&pair.names, Column::Pair(first))?;
        }
        for both in &file.glasses {
            let eye = item(&both.first)?;
            eyes::corrected(eye).ok_or_else(|| CatalogueError(both.first.clone()))?;
            catalogue.name(&both.names, Column::Glasses(eye))?;
        }
        Ok(catalogue)
    }

    fn add(&mut self, line: &Line) -> Result<(), CatalogueError> {
        let item = item(&line.code)?;
        let plausible = match (&line.low, &line.high) {
            (Some(low), Some(high)) => Some(span(&line.code, low, high)?),
            _ => None,
        };
        let other = line.other.iter().map(|other| {
            let span = span(&line.code, &other.low, &other.high)?;
            Ok(OtherUnit { unit: other.unit.clone(), shift: other.shift, span })
        });
        let other = other.collect::<Result<_, _>>()?;
        let (name, unit, unspoken) = (line.name.clone(), line.unit.clone(), line.unspoken.clone());
        let (words, kind, places) = (line.words.clone(), line.kind, line.places);
        let entry = Entry { item, name, unit, unspoken, kind, places, span: plausible, other, words };
        if self.entries.insert(item, entry).is_some() {
            return Err(CatalogueError(line.code.clone()));
        }
        self.name(&line.names, Column::One(item))?;
        let coded = if line.disputed { Column::Disputed(item) } else { Column::One(item) };
        line.jlac10.iter().for_each(|code| _ = self.codes.insert(code.clone(), coded));
        Ok(())
    }

    fn name(&mut self, names: &[String], column: Column) -> Result<(), CatalogueError> {
        for name in names {
            if self.names.insert(fold(name), column).is_some_and(|known| known != column) {
                return Err(CatalogueError(name.clone()));
            }
        }
        Ok(())
    }

    /// What is known about an item.
    pub fn entry(&self, item: Item) -> Option<&Entry> {
        self.entries.get(&item)
    }

    /// 項目名
    pub fn name_of(&self, item: Item) -> &str {
        self.entry(item).map_or(item.code(), |entry| &entry.name)
    }

    /// What a column of this heading brings: a heading of a clinic, or a JLAC10 code with or without a name behind it.
    pub fn column(&self, heading: &str) -> Option<Column> {
        let folded = fold(heading);
        self.names.get(&folded).copied().or_else(|| {
            let (column, name) = self.coded(&folded)?;
            Some(naming::named(self, column, name))
        })
    }

    /// Whether the heading is a JLAC10 code, so that its cells hold the codes of 特定健診 (所見 1 = あり).
    pub fn is_coded(&self, heading: &str) -> bool {
        self.coded(&fold(heading)).is_some()
    }

    /// The column of the code with which a folded heading begins, and the name behind it.
    fn coded<'h>(&self, folded: &'h str) -> Option<(Column, &'h str)> {
        // The judgement of a code stands in a column of its own and is no value.
        let (code, name) = folded.split_at_checked(naming::CODE).filter(|(_, name)| !name.ends_with("判定"))?;
        let column = self.codes.get(&code.to_uppercase())?;
        Some((*column, name))
    }

    /// The column of a name alone, without any code.
    pub(super) fn by_name(&self, folded: &str) -> Option<Column> {
        self.names.get(folded).copied()
    }

    /// Whether a name decides what a value under this code is: it is disputed, or the name contradicts it.
    pub fn is_decided_by_name(&self, code: &str, name: &str) -> bool {
        let Some((column, _)) = self.coded(&fold(code)) else { return false };
        matches!(column, Column::Disputed(_)) || naming::named(self, column, &fold(name)) != column
    }

    /// Whether a part of a name of this item was typed, or of a heading that clinics give it.
    pub fn is_called(&self, item: Item, part: &str) -> bool {
        let part = fold(part);
        let has = |name: &str| fold(name).contains(&part);
        has(self.name_of(item)) || self.names.iter().any(|(name, column)| column.item() == item && has(name))
    }

    /// Every heading with its column, folded.
    pub(super) fn headings(&self) -> impl Iterator<Item = (&str, Column)> {
        self.names.iter().map(|(name, column)| (name.as_str(), *column))
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn item(code: &str) -> Result<Item, CatalogueError> {
    Item::of_code(code).ok_or_else(|| CatalogueError(code.to_owned()))
}

fn span(code: &str, low: &str, high: &str) -> Result<(Decimal, Decimal), CatalogueError> {
    let ends = Decimal::parse(low).zip(Decimal::parse(high));
    ends.filter(|(low, high)| low < high).ok_or_else(|| CatalogueError(code.to_owned()))
}

/// Folds a heading or a cell: NFKC, lower case, no white space. `μ` of either code point is one.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most cells are digits, and none of ASCII has another form.
        return text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    }
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_that_ships_holds_every_item() {
        let catalogue = Catalogue::parse(BUILT_IN).unwrap();
        assert_eq!(catalogue.len(), Item::ALL.len());
        assert!(!catalogue.is_empty());
        let is_told = |entry: &Entry| (entry.kind == Kind::Number) == entry.places.is_some();
        assert!(Item::ALL.iter().filter_map(|item| catalogue.entry(*item)).all(is_told));
    }

    #[test]
    fn headings_of_clinics_are_known_whatever_their_width() {
        let catalogue = Catalogue::built_in();
        let one = |heading: &str| catalogue.column(heading);
        assert_eq!(one("ＡＳＴ（ＧＯＴ）"), Some(Column::One(Item::Ast)));
        assert_eq!(one("γ－ＧＴＰ"), Some(Column::One(Item::Ggt)));
        assert_eq!(one("γ-GTP"), Some(Column::One(Item::Ggt)));
        assert_eq!(one("血圧"), Some(Column::Pair(Item::Systolic)));
        assert_eq!(one("HbA1c (JDS)"), Some(Column::One(Item::HbA1cJds)));
        assert_eq!(one("内臓脂肪"), None);
    }

    #[test]
    fn the_disputed_codes_of_hearing_ask_for_their_heading() {
        let catalogue = Catalogue::built_in();
        assert_eq!(catalogue.column("9D100163200000011"), Some(Column::Disputed(Item::Hearing1000Left)));
        assert_eq!(catalogue.column("9D100163500000011"), Some(Column::Disputed(Item::Hearing4000Right)));
        assert_eq!(catalogue.column("9D100163100000011"), Some(Column::One(Item::Hearing1000Right)));
    }

    #[test]
    fn a_name_decides_only_where_the_code_is_disputed_or_contradicted() {
        let catalogue = Catalogue::built_in();
        assert!(catalogue.is_decided_by_name("9D100163200000011", ""));
        assert!(catalogue.is_decided_by_name("3C020000002327101", "クレアチニン"));
        assert!(!catalogue.is_decided_by_name("9D100163100000011", "聴力(右、1000Hz)"));
        assert!(!catalogue.is_decided_by_name("9A755000000000001", "収縮期血圧(その他)"));
        assert!(!catalogue.is_decided_by_name("9N999000000000001", "何か"));
        assert_eq!(catalogue.column("9A751000000000001判定"), None, "the flag of a code is no value");
    }

    #[test]
    fn codes_of_the_wrong_list_that_circulates_are_not_known() {
        let catalogue = Catalogue::built_in();
        for code in ["9N016000000000001", "3D010000001926201", "1A030000000191111"] {
            assert_eq!(catalogue.column(code), None, "{code}");
        }
        assert_eq!(catalogue.column("3C020000002327101"), Some(Column::One(Item::UricAcid)), "not creatinine");
        assert_eq!(catalogue.column("3d045000001906202"), Some(Column::One(Item::HbA1cJds)), "the old one is JDS");
    }

    #[test]
    fn a_catalogue_with_a_doubled_heading_is_refused() {
        let line = |code: &str| format!("[[item]]\ncode='{code}'\nname='x'\nkind='number'\nnames=['同じ']\n");
        let text = format!("pair=[]\n{}{}", line("ast"), line("alt"));
        assert_eq!(Catalogue::parse(&text).unwrap_err(), CatalogueError("同じ".to_owned()));
    }
}
