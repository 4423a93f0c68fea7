//! Units as clinics write them, read from `units.toml`: what leads from one to another is a power of ten, or nothing.
//!
//! Knows spellings and dimensions. Must not know which values are plausible.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::catalogue::{Entry, fold};

const BUILT_IN: &str = include_str!("units.toml");

/// What is said about the unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Said {
    /// Nothing: the value may be in any unit of its item.
    #[default]
    Nothing,
    /// A unit that this power of ten turns into the item's own; 0 for the own unit.
    Power(i8),
    /// A unit of which no rule leads to the item's own.
    Unknown,
}

impl Said {
    /// What heading and cell say together; a contradiction is no unit.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (said, Self::Nothing) => said,
            (Self::Nothing, said) => said,
            (one, other) if one == other => one,
            _ => Self::Unknown,
        }
    }
}

/// A unit: units of one dimension differ by powers of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    dimension: usize,
    power: i8,
}

/// Every unit by its spelling, without what separates words.
#[derive(Debug, Default)]
pub(super) struct Units {
    units: HashMap<String, Unit>,
    longest: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unit: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    dimension: String,
    power: i8,
    names: Vec<String>,
}

impl Units {
    /// The units that ship. A test reads them, so that the empty table in their place is never met.
    pub fn built_in() -> &'static Self {
        static READ: OnceLock<Units> = OnceLock::new();
        READ.get_or_init(|| Self::parse(BUILT_IN).unwrap_or_default())
    }

    /// Reads a table; none where a spelling stands twice.
    fn parse(text: &str) -> Option<Self> {
        let file: File = toml::from_str(text).ok()?;
        let (mut table, mut dimensions) = (Self::default(), Vec::new());
        for line in &file.unit {
            let place = dimensions.iter().position(|known| *known == line.dimension.as_str());
            let dimension = place.unwrap_or_else(|| {
                dimensions.push(line.dimension.as_str());
                dimensions.len() - 1
            });
            for name in line.names.iter().map(|name| compact(name)) {
                table.longest = table.longest.max(name.chars().count());
                let unit = Unit { dimension, power: line.power };
                if table.units.insert(name, unit).is_some_and(|known| known != unit) {
                    return None;
                }
            }
        }
        Some(table)
    }

    /// Every spelling.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }

    /// What a spelled unit says about a value of this item; nothing where it is no unit.
    pub fn said(&self, entry: &Entry, name: &str) -> Said {
        let Some(unit) = self.units.get(name) else { return Said::Nothing };
        let own = if entry.unit.is_empty() { &entry.unspoken } else { &entry.unit };
        let own = self.units.get(&compact(own)).filter(|own| own.dimension == unit.dimension);
        let power = own.and_then(|own| unit.power.checked_sub(own.power));
        power.map_or(Said::Unknown, Said::Power)
    }

    /// Takes the unit behind a folded number away: the rest, and what it says.
    ///
    /// A spelling that begins with a digit is no unit here, because `5104/μL` may be any number.
    pub fn behind<'t>(&self, entry: &Entry, text: &'t str) -> (&'t str, Said) {
        // Most cells are digits alone.
        if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return (text, Said::Nothing);
        }
        let has_brackets = text.contains(['(', '[', '{']);
        let known =
            |name: &str| self.units.contains_key(name) || has_brackets && self.units.contains_key(&compact(name));
        let starts = text.char_indices().map(|(start, _)| start).filter(|start| *start > 0);
        let start = starts.skip_while(|start| text.len() - start > 4 * self.longest).find(|start| {
            let (rest, name) = text.split_at(*start);
            let is_number = rest.ends_with(|last: char| last.is_ascii_digit());
            is_number && !name.starts_with(|first: char| first.is_ascii_digit()) && known(name)
        });
        start.map_or((text, Said::Nothing), |start| {
            let (rest, name) = text.split_at(start);
            (rest, self.said(entry, &compact(name)))
        })
    }

    /// The unit with which a heading ends, for a column that was given its item by hand.
    pub fn at_end(&self, entry: &Entry, heading: &str) -> Said {
        let text = compact(heading);
        let mut ends = text.char_indices().filter_map(|(start, _)| text.get(start..));
        ends.find(|name| self.units.contains_key(*name)).map_or(Said::Nothing, |name| self.said(entry, name))
    }
}

/// Whether a text is the spelling of a unit, in brackets or not.
pub fn is_unit(text: &str) -> bool {
    let units = &Units::built_in().units;
    let compact = compact(text);
    let bare = compact.trim_start_matches(['(', '[', '{']).trim_end_matches([')', ']', '}']);
    units.contains_key(&compact) || units.contains_key(bare)
}

/// Whether a unit is the one in which the item is kept.
pub fn is_own(entry: &Entry, written: &str) -> bool {
    Units::built_in().said(entry, &compact(written)) == Said::Power(0)
}

/// Whether two texts name one unit.
pub fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (compact(one), compact(other));
    let unit = |name: &str| Units::built_in().units.get(name).copied();
    one == other || unit(&one).is_some_and(|known| unit(&other) == Some(known))
}

/// Folds a heading or a unit, without what only separates words: brackets, dashes, points in the middle.
pub(super) fn compact(text: &str) -> String {
    const BETWEEN: &[char] = &[
        '(', ')', '[', ']', '{', '}', '「', '」', '『', '』', '【', '】', '〔', '〕', '<', '>', '〈', '〉', '_', ':',
        ',', '、', '。', '・', '|', '=', ';', '"', '\'', '-', '−', '–', '‐', '—', '―', '‑', '~', '〜', '\\',
    ];
    fold(text).replace(BETWEEN, "")
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogue;
    use super::super::item::Item;
    use super::*;

    fn entry(item: Item) -> &'static Entry {
        Catalogue::built_in().entry(item).unwrap()
    }

    #[test]
    fn the_table_that_ships_is_read_and_knows_the_unit_of_every_item() {
        let units = Units::parse(BUILT_IN).unwrap();
        for entry in Item::ALL.iter().map(|item| entry(*item)).filter(|entry| !entry.unit.is_empty()) {
            assert_eq!(units.said(entry, &compact(&entry.unit)), Said::Power(0), "{}", entry.name);
            for other in &entry.other {
                assert_eq!(units.said(entry, &compact(&other.unit)), Said::Power(other.shift), "{}", entry.name);
            }
        }
    }

    #[test]
    fn a_spelling_of_two_units_is_refused() {
        let line = |power: i8| format!("[[unit]]\ndimension = 'x'\npower = {power}\nnames = ['a']\n");
        assert!(Units::parse(&format!("{}{}", line(0), line(1))).is_none());
    }

    #[test]
    fn a_unit_behind_a_number_is_the_longest_that_fits() {
        let units = Units::built_in();
        let behind = |item, text| units.behind(entry(item), text);
        assert_eq!(behind(Item::Platelets, "95千/μl"), ("95", Said::Power(-1)));
        assert_eq!(behind(Item::RedCells, "4.5×10^6/μl"), ("4.5", Said::Power(2)));
        assert_eq!(behind(Item::RedCells, "5104/μl"), ("5104", Said::Power(-4)), "not 5 times ten thousand");
        assert_eq!(behind(Item::Haemoglobin, "9.3mmol/l"), ("9.3", Said::Unknown));
        assert_eq!(behind(Item::Ast, "28"), ("28", Said::Nothing));
        assert_eq!(behind(Item::Ast, "溶血"), ("溶血", Said::Nothing));
    }

    #[test]
    fn units_of_the_xml_are_the_catalogues_or_lead_to_them() {
        let own = [
            (Item::Systolic, "mm[Hg]"),
            (Item::RedCells, "10*4/mm3"),
            (Item::RedCells, "万/μL"),
            (Item::Ast, "IU/L"),
            (Item::Ast, "[IU]/L"),
            (Item::Bmi, "kg/m2"),
            (Item::Egfr, "mL/min/1.73m2"),
            (Item::HeartRate, "/min"),
            (Item::Hearing1000Right, "dB[HL]"),
        ];
        for (item, written) in own {
            assert!(is_own(entry(item), written), "{written}");
        }
        let said = |item, written: &str| Units::built_in().said(entry(item), &compact(written));
        assert_eq!(said(Item::Haemoglobin, "g/L"), Said::Power(-1));
        assert_eq!(said(Item::RedCells, "10*6/uL"), Said::Power(2));
        for (item, written) in [(Item::Haemoglobin, "mmol/L"), (Item::HbA1c, "mg/dL"), (Item::Bmi, "kg")] {
            assert_eq!(said(item, written), Said::Unknown, "{written}");
        }
        assert!(is_same("mm[Hg]", "mmHg") && is_same("10*4/mm3", "万/μL") && !is_same("g/dL", "g/L"));
        let behind = Units::built_in().behind(entry(Item::RedCells), "4.52×10*6/mm3");
        assert_eq!(behind, ("4.52", Said::Power(2)));
        assert_eq!(Units::built_in().behind(entry(Item::Systolic), "142mm[hg]"), ("142", Said::Power(0)));
    }

    #[test]
    fn what_contradicts_itself_is_no_unit() {
        assert_eq!(Said::Power(1).with(Said::Power(1)), Said::Power(1));
        assert_eq!(Said::Power(1).with(Said::Nothing), Said::Power(1));
        assert_eq!(Said::Nothing.with(Said::Power(0)), Said::Power(0));
        assert_eq!(Said::Power(1).with(Said::Power(0)), Said::Unknown);
    }

    #[test]
    fn a_heading_given_by_hand_keeps_its_unit() {
        let said = |heading| Units::built_in().at_end(entry(Item::Haemoglobin), heading);
        assert_eq!(said("当院の血色素［ｇ／Ｌ］"), Said::Power(-1));
        assert_eq!(said("当院の血色素"), Said::Nothing);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parted_or_left_whole(text in "\\PC{0,30}") {
            let (rest, _) = Units::built_in().behind(entry(Item::RedCells), &text);
            proptest::prop_assert!(text.starts_with(rest));
            let _ = Units::built_in().at_end(entry(Item::RedCells), &text);
        }
    }
}
