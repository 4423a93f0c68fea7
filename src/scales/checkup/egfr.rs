//! 推算糸球体濾過量 from creatinine, age and sex, for a sheet that leaves it out (日本腎臓学会の推算式; 係数は未確認).
//!
//! Computed once and rounded to tenths; from there on it is an exact number like every other.

use crate::domain::checkup::Decimal;
use crate::domain::worker::Sex;

/// 194 × クレアチニン^-1.094 × 年齢^-0.287, for women × 0.739.
const FACTOR: f64 = 194.0;
const OF_CREATININE: f64 = -1.094;
const OF_AGE: f64 = -0.287;
const OF_WOMEN: f64 = 0.739;
/// The formula is made for adults.
const ADULT: i32 = 18;

/// eGFR in mL/min/1.73m², in tenths; none for a child, without a creatinine above nothing, or where the sex is not known.
pub fn egfr(creatinine: Decimal, age: i32, sex: Sex) -> Option<Decimal> {
    let hundredths = i32::try_from(creatinine.units_at(2)).ok().filter(|units| *units > 0)?;
    let sex = match sex {
        Sex::Male => 1.0,
        Sex::Female => OF_WOMEN,
        Sex::Unknown => return None,
    };
    let creatinine = f64::from(hundredths) / 100.0;
    let value = FACTOR * creatinine.powf(OF_CREATININE) * f64::from(age).powf(OF_AGE) * sex;
    // Through text, because no cast of a float is exact; what is not finite is refused by the parse.
    (age >= ADULT).then(|| Decimal::parse(&format!("{value:.1}"))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checkup::{Cell, Cells, Item, Value};
    use crate::scales::checkup::{grade, of_item, table};

    fn of(sex: Sex, age: i32, creatinine: &str) -> Option<String> {
        egfr(Decimal::parse(creatinine).unwrap(), age, sex).map(|value| value.to_string())
    }

    #[test]
    fn the_worked_examples_of_a_missing_egfr() {
        assert_eq!(of(Sex::Male, 50, "1.00").as_deref(), Some("63.1"));
        assert_eq!(of(Sex::Female, 50, "0.70").as_deref(), Some("68.9"));
        assert_eq!(of(Sex::Male, 45, "1.30").as_deref(), Some("48.8"));
    }

    #[test]
    fn what_the_formula_is_not_made_for_is_not_computed() {
        assert_eq!(of(Sex::Unknown, 50, "1.00"), None);
        assert_eq!(of(Sex::Male, 17, "1.00"), None);
        assert!(of(Sex::Male, 18, "1.00").is_some());
        assert_eq!(of(Sex::Male, 50, "0.00"), None);
    }

    #[test]
    fn the_computed_value_has_the_class_of_its_edition() {
        let class = |id: &str, age, creatinine| {
            let value = egfr(Decimal::parse(creatinine).unwrap(), age, Sex::Male).unwrap();
            let text = value.to_string();
            let cell = Cell { item: Item::Egfr, value: Value::exactly(value), text, judgement: String::new() };
            let table = table(id).unwrap();
            of_item(&grade(table, &Cells::new(vec![cell]), Sex::Male), Item::Egfr).unwrap().shown(table)
        };
        for edition in ["dock-2016", "dock-2018", "dock-2026"] {
            assert_eq!(class(edition, 50, "1.00"), "A", "{edition}");
        }
        assert_eq!(class("dock-2016", 45, "1.30"), "D");
        assert_eq!((class("dock-2018", 45, "1.30"), class("dock-2026", 45, "1.30")), ("C".to_owned(), "C".to_owned()));
    }
}
