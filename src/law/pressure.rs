//! Blood pressure in the consulting room and the layer of its factors (JSH2019).
//!
//! A reference for the physician, labelled with its edition; no opinion follows from it.

use serde::Deserialize;

use crate::domain::interview::BloodPressure;
use crate::domain::worker::Sex;

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PressureTable {
    /// `JSH2019`
    pub edition: String,
    /// Where it was read.
    pub source: String,
    factor_age: i32,
    factors_of_third_layer: usize,
    /// Names of the classes.
    pub classes: Vec<String>,
    systolic: Vec<u32>,
    diastolic: Vec<u32>,
    /// Names of the layers.
    pub layers: Vec<String>,
    risks: Vec<Vec<String>>,
}

/// What a measurement comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressure {
    /// A value is missing.
    NotMeasured,
    /// Below every class of the table.
    BelowTable,
    /// Class, layer and risk; two layers where age or sex is not known and would matter.
    Classified {
        /// 高値血圧 … III度
        class: String,
        /// The layer, or `第一層〜第二層`.
        layer: String,
        /// The risk, or both that are possible.
        risk: String,
    },
}

impl PressureTable {
    /// Class, layer and risk of a measurement; `age` in years, none when the birth date is not known.
    pub fn assess(&self, measured: &BloodPressure, age: Option<i32>, sex: Sex) -> Pressure {
        let (Some(systolic), Some(diastolic)) = (measured.systolic, measured.diastolic) else {
            return Pressure::NotMeasured;
        };
        let reached = |limits: &[u32], value: u32| limits.iter().filter(|least| value >= **least).count();
        let class = reached(&self.systolic, systolic).max(reached(&self.diastolic, diastolic));
        let Some(class) = class.checked_sub(1) else { return Pressure::BelowTable };
        let (low, high) = self.layer(measured, age, sex);
        let risk = |layer: usize| self.risks.get(layer).and_then(|row| row.get(class)).map_or("", String::as_str);
        Pressure::Classified {
            class: self.classes.get(class).cloned().unwrap_or_default(),
            layer: between(name(&self.layers, low), name(&self.layers, high)),
            risk: between(risk(low), risk(high)),
        }
    }

    /// The layer by the known factors, and by the unknown ones counted too.
    fn layer(&self, measured: &BloodPressure, age: Option<i32>, sex: Sex) -> (usize, usize) {
        let elderly = age.map(|age| age >= self.factor_age);
        let male = (sex != Sex::Unknown).then_some(sex == Sex::Male);
        let factors = [elderly, male, Some(measured.dyslipidaemia), Some(measured.smoker)];
        let known = factors.iter().filter(|factor| **factor == Some(true)).count();
        let unknown = factors.iter().filter(|factor| factor.is_none()).count();
        let of = |count: usize| match count {
            _ if measured.major_factor || count >= self.factors_of_third_layer => 2,
            0 => 0,
            _ => 1,
        };
        (of(known), of(known + unknown))
    }
}

fn name(names: &[String], index: usize) -> &str {
    names.get(index).map_or("", String::as_str)
}

fn between(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}〜{high}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Law;

    fn risk(systolic: u32, diastolic: u32, age: Option<i32>, sex: Sex, smoker: bool, major: bool) -> String {
        let measured = BloodPressure {
            systolic: Some(systolic),
            diastolic: Some(diastolic),
            smoker,
            major_factor: major,
            ..BloodPressure::default()
        };
        match Law::built_in().unwrap().tables().pressure.assess(&measured, age, sex) {
            Pressure::Classified { layer, risk, .. } => format!("{layer} {risk}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_worked_examples_of_the_sheet() {
        assert_eq!(risk(135, 78, Some(40), Sex::Male, false, false), "第二層 中等リスク");
        assert_eq!(risk(162, 88, Some(50), Sex::Female, false, false), "第一層 中等リスク");
        assert_eq!(risk(150, 95, Some(66), Sex::Male, true, false), "第三層 高リスク");
        assert_eq!(risk(181, 100, Some(50), Sex::Female, false, false), "第一層 高リスク");
        assert_eq!(risk(128, 79, Some(66), Sex::Male, true, true), "BelowTable");
        assert_eq!(risk(129, 80, Some(50), Sex::Female, false, true), "第三層 高リスク");
    }

    #[test]
    fn what_is_not_known_stays_open_only_where_it_matters() {
        assert_eq!(risk(135, 78, None, Sex::Female, false, false), "第一層〜第二層 低リスク〜中等リスク");
        assert_eq!(risk(165, 78, Some(50), Sex::Unknown, true, false), "第二層 高リスク");
        assert_eq!(risk(185, 78, None, Sex::Unknown, false, false), "第一層〜第二層 高リスク");
        let open = Law::built_in().unwrap().tables().pressure.assess(&BloodPressure::default(), None, Sex::Unknown);
        assert_eq!(open, Pressure::NotMeasured);
    }

    #[test]
    fn the_limits_of_the_classes() {
        let class = |systolic, diastolic| {
            let measured =
                BloodPressure { systolic: Some(systolic), diastolic: Some(diastolic), ..BloodPressure::default() };
            match Law::built_in().unwrap().tables().pressure.assess(&measured, Some(30), Sex::Female) {
                Pressure::Classified { class, .. } => class,
                _ => String::new(),
            }
        };
        let wanted = [
            (129, 79, ""),
            (130, 79, "高値血圧"),
            (140, 79, "I度高血圧"),
            (139, 90, "I度高血圧"),
            (160, 99, "II度高血圧"),
            (159, 100, "II度高血圧"),
            (180, 0, "III度高血圧"),
            (0, 110, "III度高血圧"),
        ];
        for (systolic, diastolic, name) in wanted {
            assert_eq!(class(systolic, diastolic), name, "{systolic}/{diastolic}");
        }
    }
}
