//! `junkai law list` and `junkai law assess`: strings in, strings out; the caller does the reading.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::facts::{Fact, FactError, Facts};
use super::outcome::{Citation, Outcome};
use super::param::Status;
use super::rules::{self, Rule};
use super::{Law, check, questions};
use crate::domain::Day;

/// Ids of the fact sheets that no rule answers, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotEncoded {
    /// Why.
    pub reason: String,
    /// The ids.
    pub ids: Vec<String>,
}

/// One answered line of `law assess`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// A JSON object, without a line end.
    pub json: String,
    /// The line was refused; the command then ends with 1.
    pub is_refused: bool,
}

/// Why an input line is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Not a JSON object.
    #[error("JSON の1行として読めません。{{\"rule\":…,\"day\":…,\"facts\":{{…}}}} の形で書いてください。")]
    NotAnObject,
    /// A key beside rule, day and facts.
    #[error("使える項目は rule、day、facts です。")]
    UnknownKey,
    /// No such rule.
    #[error("その規則はありません。junkai law list で番号を確かめてください。")]
    UnknownRule,
    /// No day, or not a day.
    #[error("day は \"2026-04-01\" の形で書いてください。")]
    BadDay,
    /// Facts that are no object.
    #[error("facts は {{\"名前\": 値}} の形で書いてください。")]
    FactsNotAnObject,
    /// The facts.
    #[error("{0}")]
    Facts(#[from] FactError),
}

fn fact_json(fact: &Fact) -> Value {
    let mut value = json!(fact);
    if let Some(object) = value.as_object_mut() {
        object.insert("unit".to_owned(), json!(fact.kind.unit()));
        object.insert("written".to_owned(), json!(fact.kind.written().trim()));
    }
    value
}

#[derive(Serialize)]
struct Line<'a, T> {
    schema: u8,
    #[serde(flatten)]
    body: &'a T,
}

/// A JSON text of anything with the schema number in front.
fn json_text(body: &impl Serialize) -> String {
    // Plain data with string keys cannot fail to serialise; an empty object would be seen at once.
    serde_json::to_string(&Line { schema: 1, body }).unwrap_or_else(|_| "{}".to_owned())
}

impl Law {
    /// Answers one line of `law assess`; `number` is its 1-based place in the input.
    pub fn assess_line(&self, number: usize, line: &str) -> Assessed {
        match self.assessed(line) {
            Ok(outcome) => Assessed { json: json_text(&outcome), is_refused: false },
            Err(error) => {
                let refusal = json!({ "line": number, "error": error.to_string() });
                Assessed { json: json_text(&refusal), is_refused: true }
            }
        }
    }

    fn assessed(&self, line: &str) -> Result<Outcome, LineError> {
        let value: Value = serde_json::from_str(line).map_err(|_| LineError::NotAnObject)?;
        let object = value.as_object().ok_or(LineError::NotAnObject)?;
        if object.keys().any(|key| !["rule", "day", "facts"].contains(&key.as_str())) {
            return Err(LineError::UnknownKey);
        }
        let rule = object.get("rule").and_then(Value::as_str).and_then(rules::find).ok_or(LineError::UnknownRule)?;
        let day = object.get("day").and_then(Value::as_str).filter(|text| text.len() == 10);
        let day: Day = day.and_then(|text| text.parse().ok()).ok_or(LineError::BadDay)?;
        let facts = object.get("facts").filter(|facts| !facts.is_null());
        if facts.is_some_and(|facts| !facts.is_object()) {
            return Err(LineError::FactsNotAnObject);
        }
        Ok(self.assess(rule, day, facts.unwrap_or(&Value::Null))?)
    }

    /// Evaluates a rule on facts by name.
    ///
    /// # Errors
    /// Facts the rule does not declare, or of another type.
    pub fn assess(&self, rule: &Rule, day: Day, facts: &Value) -> Result<Outcome, FactError> {
        let empty = Map::new();
        let facts = Facts::read(rule.facts, facts.as_object().unwrap_or(&empty))?;
        Ok((rule.evaluate)(self, day, &facts))
    }

    /// Every rule with its facts, parameters, versions and citations, one JSON object a line.
    pub fn list_json(&self) -> String {
        rules::all().map(|rule| json_text(&self.described(rule)) + "\n").collect()
    }

    fn described(&self, rule: &Rule) -> Value {
        let parameters: Vec<Value> = rule.parameters.iter().filter_map(|id| self.parameter_json(id)).collect();
        let mut value = json!(rule);
        if let Some(object) = value.as_object_mut() {
            object.insert("facts".to_owned(), rule.facts.iter().map(fact_json).collect());
            object.insert("topic_label".to_owned(), json!(rule.topic.label()));
            object.insert("question".to_owned(), json!(questions::of(rule.id).map(|question| question.asks)));
            object.insert("parameters".to_owned(), json!(parameters));
        }
        value
    }

    fn parameter_json(&self, id: &str) -> Option<Value> {
        let parameter = self.parameters().iter().find(|parameter| parameter.id == id)?;
        let versions: Vec<Value> = parameter
            .versions
            .iter()
            .map(|version| json!({ "value": version.value, "note": version.note, "revision": version.revision, "promulgated": version.promulgated, "citation": Citation::of(version) }))
            .collect();
        Some(
            json!({ "id": parameter.id, "meaning": parameter.meaning, "unit": parameter.unit, "versions": versions, "announced": parameter.announced }),
        )
    }

    /// The ids of the sheets that are not encoded, one JSON object an id.
    pub fn not_encoded_json(&self) -> String {
        let groups = self.tables().not_encoded.iter();
        let each = groups.flat_map(|group| group.ids.iter().map(|id| json!({ "id": id, "reason": group.reason })));
        each.map(|line| json_text(&line) + "\n").collect()
    }

    /// The ids of the sheets that are not encoded as lines a person reads, by reason.
    pub fn not_encoded_text(&self) -> String {
        let groups = self.tables().not_encoded.iter();
        groups.map(|group| format!("{}\n  {}\n", group.reason, group.ids.join(" "))).collect()
    }

    /// Every rule as lines a person reads: id, topic, title, 予定あり where a change is announced, and 利用者追補 or
    /// 未確認 where a parameter says so.
    pub fn list_text(&self) -> String {
        rules::all().map(|rule| self.line(rule)).collect()
    }

    fn line(&self, rule: &Rule) -> String {
        let mark = match (check::is_added(self, rule), check::is_unverified(self, rule)) {
            (true, _) => format!("  {}", Status::Added.label()),
            (false, true) => format!("  {}", Status::Memory.label()),
            (false, false) => String::new(),
        };
        let announced = if check::is_announced(self, rule) { "  予定あり" } else { "" };
        format!("{}  {}  {}{announced}{mark}\n", rule.id, rule.topic.label(), rule.title)
    }
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
