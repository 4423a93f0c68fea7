//! Units as files write them: the item's own, another that leads to it, or one that contradicts the catalogue.
//!
//! Knows spellings. Must not know values: whether a number is plausible is the cell's question.

use super::catalogue::{Entry, fold};
use super::item::Item;

/// What the unit behind a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The item's own.
    Own,
    /// Another one of the item: its values lie in the span of [`Entry::other`] at this place.
    Other(usize),
    /// A unit without a rule that leads to the item's own.
    Foreign,
}

/// Spellings that mean one unit, folded; the longer first.
const SPELLINGS: &[(&str, &str)] = &[
    ("mm[hg]", "mmhg"),
    ("[iu]/l", "u/l"),
    ("iu/l", "u/l"),
    ("×", ""),
    ("10*6/", "百万/"),
    ("10*4/", "万/"),
    ("10*3/", "千/"),
    ("10*2/", "百/"),
    ("10^6/", "百万/"),
    ("10^4/", "万/"),
    ("10^3/", "千/"),
    ("10^2/", "百/"),
    ("/mm3", "/μl"),
    ("/ul", "/μl"),
    ("/min", "/分"),
    ("bpm", "/分"),
    ("cm^2", "cm2"),
    ("db[hl]", "db"),
];

/// What `written` is for this item.
pub fn of(entry: &Entry, written: &str) -> Unit {
    let plain = plain(written);
    if plain == self::plain(&entry.unit) || is_of_bmi(entry.item, &plain) {
        return Unit::Own;
    }
    let other = entry.other.iter().position(|other| self::plain(&other.unit) == plain);
    other.map_or(Unit::Foreign, Unit::Other)
}

/// BMI is kept without a unit, and files write the one that it has.
fn is_of_bmi(item: Item, plain: &str) -> bool {
    item == Item::Bmi && plain == "kg/m2"
}

/// Whether two texts name one unit.
pub fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn plain(written: &str) -> String {
    SPELLINGS.iter().fold(fold(written), |text, (spelling, unit)| text.replace(spelling, unit))
}

/// A number and the unit behind it, in a cell that was folded; none where no unit stands there.
pub fn split(folded: &str) -> Option<(&str, &str)> {
    let end = folded.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '<' | '>' | '=' | '≦' | '≧')))?;
    let (number, unit) = folded.split_at(end);
    let unit = unit.trim_matches(['(', ')']);
    let is_ratio = |unit: &str| unit.contains(['/', '[']) && unit.chars().any(char::is_alphabetic);
    let is_unit = |unit: &str| is_ratio(unit) || matches!(unit, "cm" | "kg" | "%" | "mmhg" | "cm2");
    (number.ends_with(|c: char| c.is_ascii_digit()) && is_unit(unit)).then_some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checkup::Catalogue;

    fn unit(item: Item, written: &str) -> Unit {
        of(Catalogue::built_in().entry(item).unwrap(), written)
    }

    #[test]
    fn units_of_the_xml_are_the_catalogues_or_lead_to_them() {
        let own = [
            (Item::Systolic, "mm[Hg]"),
            (Item::RedCells, "10*4/mm3"),
            (Item::RedCells, "万/μL"),
            (Item::Ast, "IU/L"),
            (Item::Bmi, "kg/m2"),
            (Item::Egfr, "mL/min/1.73m2"),
            (Item::Hearing1000Right, "dB"),
        ];
        for (item, written) in own {
            assert_eq!(unit(item, written), Unit::Own, "{written}");
        }
        assert_eq!(unit(Item::Haemoglobin, "g/L"), Unit::Other(0));
        assert_eq!(unit(Item::RedCells, "10*6/uL"), Unit::Other(0));
        for (item, written) in [(Item::Haemoglobin, "mmol/L"), (Item::HbA1c, "mg/dL"), (Item::Bmi, "kg")] {
            assert_eq!(unit(item, written), Unit::Foreign, "{written}");
        }
    }

    #[test]
    fn a_number_parts_from_its_unit_only() {
        assert_eq!(split("148g/l"), Some(("148", "g/l")));
        assert_eq!(split("<10mg/dl"), Some(("<10", "mg/dl")));
        for text in ["148", "28h", "10未満", "142/90", "6.1(jds)", "溶血", "/", "40db"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
