//! Facts as a rule declares them, and as a caller hands them over by name.
//!
//! A name the rule does not know, or a value of another type, is refused with the right names; the
//! refused text itself is never repeated, it could be a person's.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::overtime::WorkedMonth;
use crate::domain::hours::Measure;
use crate::domain::{Day, Hours, Period, Seconds};

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "choices")]
pub enum FactKind {
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count,
    /// Seconds, or `H:MM` or `H:MM:SS`.
    Time,
    /// `YYYY-MM-DD`.
    Day,
    /// A list of days.
    Days,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of these words.
    Choices(&'static [&'static str]),
    /// A list of months: `{"start","end","measure","seconds","high_seconds","partial"}`, newest first.
    Months,
}

impl FactKind {
    /// What a number of this type counts; empty where there is no number.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Time => "seconds",
            Self::Count => "count",
            Self::Months => "seconds a month",
            Self::Flag | Self::Day | Self::Days | Self::Choice(_) | Self::Choices(_) => "",
        }
    }

    /// How a value of this type is written in JSON.
    pub fn written(self) -> String {
        match self {
            Self::Flag => " true か false ".to_owned(),
            Self::Count => "整数".to_owned(),
            Self::Time => "整数の秒か \"H:MM\" ".to_owned(),
            Self::Day => " \"2026-04-01\" の形".to_owned(),
            Self::Days => " [\"2026-04-01\"] の形".to_owned(),
            Self::Choice(words) => format!(" {} のどれか", words.join("、")),
            Self::Choices(words) => format!(" [\"…\"] の形（{} から）", words.join("、")),
            Self::Months => " [{\"start\",\"end\",\"seconds\"}] の形（新しい順）".to_owned(),
        }
    }
}

/// A fact that a rule may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Its name in JSON.
    pub name: &'static str,
    /// Its type.
    #[serde(flatten)]
    pub kind: FactKind,
    /// What it means.
    pub meaning: &'static str,
    /// Without it the rule still answers; its absence means what `meaning` says.
    pub optional: bool,
}

impl Fact {
    /// A fact without which the answer is unknown.
    pub const fn needed(name: &'static str, kind: FactKind, meaning: &'static str) -> Self {
        Self { name, kind, meaning, optional: false }
    }

    /// A fact whose absence has a meaning of its own.
    pub const fn optional(name: &'static str, kind: FactKind, meaning: &'static str) -> Self {
        Self { name, kind, meaning, optional: true }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FactValue {
    Flag(bool),
    Count(i64),
    Day(Day),
    Days(Vec<Day>),
    Choice(&'static str),
    Choices(Vec<&'static str>),
    Months(Vec<WorkedMonth>),
}

/// Facts that were refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// A name the rule does not declare.
    #[error("この規則にない項目があります。使える項目は {0} です。")]
    UnknownName(String),
    /// A value of another type.
    #[error("{name} は{expected}で書いてください。")]
    WrongType {
        /// The fact, by the rule's own name for it.
        name: &'static str,
        /// How it is written.
        expected: String,
    },
}

/// Facts by name; `null` and absence are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<&'static str, FactValue>);

impl Facts {
    /// Reads the facts that a rule declares.
    ///
    /// # Errors
    /// An undeclared name or a value of another type.
    pub fn read(declared: &[Fact], given: &Map<String, Value>) -> Result<Self, FactError> {
        let mut facts = BTreeMap::new();
        for (name, value) in given.iter().filter(|(_, value)| !value.is_null()) {
            let fact = declared.iter().find(|fact| fact.name == name).ok_or_else(|| unknown(declared))?;
            let wrong = || FactError::WrongType { name: fact.name, expected: fact.kind.written() };
            facts.insert(fact.name, read(fact.kind, value).ok_or_else(wrong)?);
        }
        Ok(Self(facts))
    }

    /// One day.
    pub(crate) fn of_day(name: &'static str, day: Day) -> Self {
        Self(BTreeMap::from([(name, FactValue::Day(day))]))
    }

    /// One yes or no.
    pub(crate) fn of_flag(name: &'static str, value: bool) -> Self {
        Self(BTreeMap::from([(name, FactValue::Flag(value))]))
    }

    /// Several.
    pub(crate) fn of_flags(flags: &[(&'static str, bool)]) -> Self {
        Self(flags.iter().map(|(name, value)| (*name, FactValue::Flag(*value))).collect())
    }

    /// A yes or no.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name) {
            Some(FactValue::Flag(value)) => Some(*value),
            _ => None,
        }
    }

    /// A whole number.
    pub fn count(&self, name: &str) -> Option<i64> {
        match self.0.get(name) {
            Some(FactValue::Count(value)) => Some(*value),
            _ => None,
        }
    }

    /// An amount of time.
    pub fn time(&self, name: &str) -> Option<Seconds> {
        self.count(name).map(Seconds)
    }

    /// An amount of time with an optional upper end, for a source that rounded.
    pub fn hours(&self, low: &str, high: &str) -> Option<Hours> {
        let low = self.time(low)?;
        Some(Hours { low, high: self.time(high).unwrap_or(low).max(low) })
    }

    /// A day.
    pub fn day(&self, name: &str) -> Option<Day> {
        match self.0.get(name) {
            Some(FactValue::Day(value)) => Some(*value),
            _ => None,
        }
    }

    /// A list of days.
    pub fn days(&self, name: &str) -> Option<&[Day]> {
        match self.0.get(name) {
            Some(FactValue::Days(value)) => Some(value),
            _ => None,
        }
    }

    /// A word of a closed list.
    pub fn choice(&self, name: &str) -> Option<&'static str> {
        match self.0.get(name) {
            Some(FactValue::Choice(value)) => Some(value),
            _ => None,
        }
    }

    /// Several words of a closed list.
    pub fn choices(&self, name: &str) -> Option<&[&'static str]> {
        match self.0.get(name) {
            Some(FactValue::Choices(value)) => Some(value),
            _ => None,
        }
    }

    /// A list of months, newest first.
    pub fn months(&self, name: &str) -> Option<&[WorkedMonth]> {
        match self.0.get(name) {
            Some(FactValue::Months(value)) => Some(value),
            _ => None,
        }
    }
}

fn unknown(declared: &[Fact]) -> FactError {
    FactError::UnknownName(declared.iter().map(|fact| fact.name).collect::<Vec<_>>().join("、"))
}

fn read(kind: FactKind, value: &Value) -> Option<FactValue> {
    match kind {
        FactKind::Flag => value.as_bool().map(FactValue::Flag),
        FactKind::Count => value.as_i64().map(FactValue::Count),
        FactKind::Time => time(value).map(FactValue::Count),
        FactKind::Day => day(value).map(FactValue::Day),
        FactKind::Days => value.as_array()?.iter().map(day).collect::<Option<_>>().map(FactValue::Days),
        FactKind::Choice(words) => words.iter().find(|word| value == **word).map(|word| FactValue::Choice(word)),
        FactKind::Choices(words) => {
            let known = |value: &Value| words.iter().find(|word| value == **word).copied();
            value.as_array()?.iter().map(known).collect::<Option<_>>().map(FactValue::Choices)
        }
        FactKind::Months => value.as_array()?.iter().map(month).collect::<Option<_>>().map(FactValue::Months),
    }
}

/// The most an amount of time can be: enough for any record, small enough to multiply.
const MOST_SECONDS: i64 = 1_000_000_000_000;

fn time(value: &Value) -> Option<i64> {
    let seconds = value.as_i64().or_else(|| clock(value.as_str()?));
    seconds.filter(|seconds| (-MOST_SECONDS..=MOST_SECONDS).contains(seconds))
}

fn clock(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, rest) = parts.split_first()?;
    let mut seconds = whole(hours)?.checked_mul(3600)?;
    for (part, unit) in rest.iter().zip([60, 1]) {
        seconds += Some(part).filter(|part| part.len() == 2).and_then(|part| whole(part)).filter(|n| *n < 60)? * unit;
    }
    (1..=2).contains(&rest.len()).then_some(sign * seconds)
}

fn whole(digits: &str) -> Option<i64> {
    let plain = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

fn day(value: &Value) -> Option<Day> {
    value.as_str().filter(|text| text.len() == 10)?.parse().ok()
}

const MONTH_KEYS: [&str; 6] = ["start", "end", "measure", "seconds", "high_seconds", "partial"];

fn month(value: &Value) -> Option<WorkedMonth> {
    let object = value.as_object().filter(|object| object.keys().all(|key| MONTH_KEYS.contains(&key.as_str())))?;
    let low = Seconds(time(object.get("seconds")?)?);
    let high = object.get("high_seconds").map_or(Some(low), |value| time(value).map(Seconds))?.max(low);
    let measure = object.get("measure").cloned().map_or(Some(Measure::StatutoryTotal), measure)?;
    let period = Period::new(day(object.get("start")?)?, day(object.get("end")?)?)?;
    let is_partial = object.get("partial").map_or(Some(false), Value::as_bool)?;
    Some(WorkedMonth { period, hours: Hours { low, high }, measure, is_partial })
}

fn measure(value: Value) -> Option<Measure> {
    serde_json::from_value(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: &[Fact] = &[
        Fact::needed("total_seconds", FactKind::Time, ""),
        Fact::needed("requested", FactKind::Flag, ""),
        Fact::optional("seen_on", FactKind::Day, ""),
    ];

    fn facts(json: Value) -> Result<Facts, FactError> {
        Facts::read(DECLARED, json.as_object().unwrap())
    }

    #[test]
    fn times_are_seconds_or_a_clock() {
        for (json, seconds) in [("251:30", 905_400), ("-11:25", -41_100), ("0:00:36", 36)] {
            assert_eq!(
                facts(serde_json::json!({ "total_seconds": json })).unwrap().count("total_seconds"),
                Some(seconds)
            );
        }
        for bad in ["251:60", "251:3", "251", "", "1:2:3:4", "9999999999:00", "１:00"] {
            assert!(facts(serde_json::json!({ "total_seconds": bad })).is_err(), "{bad}");
        }
        assert!(facts(serde_json::json!({ "total_seconds": 1.5 })).is_err());
        assert!(facts(serde_json::json!({ "total_seconds": i64::MIN })).is_err());
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_right_ones_and_not_repeated() {
        let text = facts(serde_json::json!({ "山田": true })).unwrap_err().to_string();
        assert!(text.contains("total_seconds、requested、seen_on") && !text.contains("山田"), "{text}");
        let text = facts(serde_json::json!({ "requested": "山田" })).unwrap_err().to_string();
        assert!(text.contains("requested") && !text.contains("山田"), "{text}");
    }

    #[test]
    fn null_is_absence() {
        assert_eq!(facts(serde_json::json!({ "requested": null, "seen_on": null })).unwrap(), Facts::default());
    }
}
