//! Whether the blood sugar of a sheet counts as examined (CHK-20): asked of the law of its day, with the time of the sample.

use serde_json::{Map, Value as Json, json};

use crate::domain::Day;
use crate::domain::checkup::{Bound, Cells, Item, Value};
use crate::law::outcome::Conclusion;
use crate::law::{Law, rules};

const MINUTES: i64 = 60;
/// Hours after which a sample is fasting: 採血時間 2.
const FASTING: i64 = 10 * MINUTES;

/// Whether 血糖検査 was done on that day; none where the sheet or the law of the day cannot tell.
pub fn is_done(law: &Law, cells: &Cells, day: Day) -> Option<bool> {
    let rule = rules::find("CHK-20")?;
    let ask = |minutes: Option<i64>| {
        let outcome = law.assess(rule, day, &Json::Object(facts(cells, minutes))).ok()?;
        match outcome.outcome {
            Conclusion::NotRequired => Some(true),
            Conclusion::Required => Some(false),
            _ => None,
        }
    };
    match minutes(cells).filter(|_| has(cells, SAMPLES)) {
        // At least so long: a longer time makes a sample late enough, never too early.
        Some((Bound::AtLeast | Bound::Above, least)) => ask(Some(least)).filter(|is_done| *is_done),
        Some((Bound::AtMost, most)) => ask(Some(most)).filter(|is_done| !is_done || !rests_on_time(cells)),
        Some((Bound::Below, end)) => ask(Some(end - 1)).filter(|is_done| !is_done || !rests_on_time(cells)),
        Some((Bound::Exactly, passed)) => ask(Some(passed)),
        None => ask(None),
    }
}

/// Minutes after the meal, as far as the sheet says.
fn minutes(cells: &Cells) -> Option<(Bound, i64)> {
    let (bound, hours) = cells.get(Item::Meal)?.value.number()?;
    Some((bound, hours.units_at(2) * MINUTES / 100))
}

fn facts(cells: &Cells, minutes: Option<i64>) -> Map<String, Json> {
    let is_late = minutes.is_none_or(|minutes| minutes >= FASTING);
    // A sample whose time contradicts its name goes by the time.
    let is_fasting = has(cells, &[Item::GlucoseFasting]) && is_late;
    let is_plain_fasting = has(cells, &[Item::Glucose]) && minutes.is_some_and(|minutes| minutes >= FASTING);
    let mut facts = Map::new();
    facts.insert("fasting_glucose".to_owned(), json!(is_fasting || is_plain_fasting));
    facts.insert("hba1c".to_owned(), json!(has(cells, &[Item::HbA1c, Item::HbA1cJds])));
    facts.insert("random_glucose".to_owned(), json!(has(cells, SAMPLES) && !is_fasting));
    if let Some(minutes) = minutes {
        facts.insert("minutes_after_meal".to_owned(), json!(minutes));
    }
    facts
}

/// Blood sugar by itself, whatever its name says of the meal.
const SAMPLES: &[Item] = &[Item::GlucoseFasting, Item::GlucoseCasual, Item::Glucose];

fn has(cells: &Cells, items: &[Item]) -> bool {
    let mut found = items.iter().filter_map(|item| cells.get(*item));
    found.any(|cell| !matches!(cell.value, Value::NotDone | Value::Doubtful(_)))
}

/// Whether nothing but a sample of blood sugar stands there.
fn rests_on_time(cells: &Cells) -> bool {
    !has(cells, &[Item::HbA1c, Item::HbA1cJds])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::checkups::testing::cells;

    fn asked(day: &str, values: &[(&str, &str)]) -> Option<bool> {
        let rows: Vec<(&str, &str, &str)> = values.iter().map(|(code, value)| (*code, *value, "")).collect();
        is_done(&Law::built_in().unwrap(), &cells(&rows), day.parse().unwrap())
    }

    #[test]
    fn the_examples_of_the_sheet() {
        let today = "2026-11-20";
        assert_eq!(asked("2026-05-01", &[("a1c", "5.7")]), Some(true));
        assert_eq!(asked("2019-05-01", &[("a1c", "5.7")]), Some(false));
        assert_eq!(asked(today, &[("cpg", "104"), ("meal", "2")]), Some(false), "two hours");
        assert_eq!(asked(today, &[("cpg", "104"), ("meal", "3.5")]), Some(true));
        assert_eq!(asked(today, &[("cpg", "104"), ("meal", "<3.5")]), Some(false), "採血時間 4");
        assert_eq!(asked(today, &[("cpg", "104"), ("meal", ">=3.5")]), Some(true), "採血時間 3");
        assert_eq!(asked(today, &[("cpg", "104"), ("meal", "<3.5"), ("a1c", "5.7")]), Some(true), "with HbA1c");
        assert_eq!(asked(today, &[("fpg", "92")]), Some(true));
        assert_eq!(asked(today, &[]), Some(false));
        assert_eq!(asked("2019-05-01", &[("a1c", "5.7"), ("meal", ">=10.0")]), Some(false), "no sample to be timed");
    }

    #[test]
    fn a_name_that_contradicts_the_time_goes_by_the_time_and_an_unknown_time_is_open() {
        let today = "2026-11-20";
        assert_eq!(asked(today, &[("fpg", "92"), ("meal", "<3.5")]), Some(false));
        assert_eq!(asked(today, &[("fpg", "92"), ("meal", ">=10.0")]), Some(true));
        assert_eq!(asked(today, &[("glu", "92"), ("meal", "<3.5")]), Some(false));
        assert_eq!(asked(today, &[("glu", "92"), ("meal", ">=10.0")]), Some(true));
        assert_eq!(asked(today, &[("glu", "92")]), None);
        assert_eq!(asked(today, &[("cpg", "104")]), None);
        assert_eq!(asked(today, &[("cpg", "x"), ("meal", "<3.5")]), Some(false));
    }
}
