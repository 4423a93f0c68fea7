use std::collections::BTreeSet;

use super::*;

fn law() -> Law {
    Law::built_in().unwrap()
}

fn error(line: &str) -> String {
    let assessed = law().assess_line(7, line);
    assert!(assessed.is_refused, "{line}");
    let value: Value = serde_json::from_str(&assessed.json).unwrap();
    assert_eq!((&value["schema"], &value["line"]), (&json!(1), &json!(7)));
    value["error"].as_str().unwrap().to_owned()
}

#[test]
fn a_line_answers_with_reasons_and_citations() {
    let line = r#"{"rule":"DL-INT","day":"2026-11-10","facts":{"requested_on":"2026-11-10"}}"#;
    let assessed = law().assess_line(1, line);
    assert!(!assessed.is_refused);
    let value: Value = serde_json::from_str(&assessed.json).unwrap();
    let keys: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let wanted = ["citations", "day", "due", "missing", "outcome", "reasons", "rule", "schema"];
    assert_eq!(keys, BTreeSet::from(wanted));
    assert_eq!(value["outcome"], "required");
    assert_eq!(value["due"], json!({ "safe": "2026-12-10", "last": "2026-12-10", "soft": true }));
    let citation = &value["citations"][0];
    assert_eq!(
        (&citation["article"], &citation["in_force_from"], &citation["in_force_to"]),
        (&json!("52条の3第3項"), &json!("2006-04-01"), &Value::Null)
    );
    assert_eq!((&citation["status"], &citation["checked_on"]), (&json!("verified"), &json!("2026-11-21")));
}

#[test]
fn a_bad_line_is_refused_without_repeating_it() {
    assert!(error("山田").contains("JSON"));
    assert!(error("[]").contains("JSON"));
    assert!(error(r#"{"rule":"X","day":"2026-11-10"}"#).contains("規則はありません"));
    assert!(error(r#"{"rule":"DL-INT","day":"2026-1-1"}"#).contains("day"));
    assert!(error(r#"{"rule":"DL-INT"}"#).contains("day"));
    assert!(error(r#"{"rule":"DL-INT","day":"2026-11-10","山田":1}"#).contains("rule、day、facts"));
    let unknown = error(r#"{"rule":"DL-INT","day":"2026-11-10","facts":{"山田":1}}"#);
    assert!(unknown.contains("requested_on") && !unknown.contains("山田"), "{unknown}");
    assert!(error(r#"{"rule":"DL-INT","day":"2026-11-10","facts":{"requested_on":3}}"#).starts_with("requested_on は"));
    assert!(error(r#"{"rule":"DL-INT","day":"2026-11-10","facts":[1]}"#).contains("facts"));
}

#[test]
fn the_list_documents_every_rule() {
    let lines: Vec<Value> = law().list_json().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), rules::all().count());
    for line in &lines {
        assert!(line["title"].as_str().is_some_and(|title| !title.is_empty()), "{line}");
        assert!(line["facts"].as_array().is_some_and(|facts| !facts.is_empty()), "{line}");
        assert!(line["parameters"].as_array().is_some_and(|parameters| !parameters.is_empty()), "{line}");
    }
    let keep = lines.iter().find(|line| line["rule"] == "RET-KEEP" || line["id"] == "RET-KEEP").unwrap();
    let fact = &keep["facts"][0];
    assert_eq!(
        (&fact["name"], &fact["type"], &fact["choices"][0], &fact["unit"]),
        (&json!("record"), &json!("choice"), &json!("interview"), &json!(""))
    );
    let text = law().list_text();
    assert!(text.lines().any(|line| line.starts_with("DL-NOTE-NONE") && line.ends_with("未確認")), "{text}");
    assert!(text.lines().any(|line| line.starts_with("IV-RND ") && !line.contains("未確認")), "{text}");
}

/// A law that is announced is listed beside what holds, and is applied by nobody.
#[test]
fn what_is_announced_is_listed() {
    let lines: Vec<Value> = law().list_json().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let strength = lines.iter().find(|line| line["id"] == "SC-22").unwrap();
    let people =
        strength["parameters"].as_array().unwrap().iter().find(|one| one["id"] == "stress.duty.people").unwrap();
    assert_eq!((&people["versions"][0]["value"], people["versions"].as_array().unwrap().len()), (&json!(50), 1));
    assert_eq!((&people["announced"][0]["from"], &people["announced"][0]["value"]), (&json!("2028-04-01"), &json!(1)));
    let text = law().list_text();
    assert!(text.lines().any(|line| line.starts_with("SC-22 ") && line.contains("予定あり")), "{text}");
    assert!(text.lines().any(|line| line.starts_with("SC-20 ") && !line.contains("予定あり")), "{text}");
}

/// Whoever reads the list can ask without reading code: every fact says its name, type, meaning and how it is written.
#[test]
fn every_fact_is_documented_and_every_refusal_names_the_right_facts() {
    let law = Law::shared();
    for (line, rule) in law.list_json().lines().zip(rules::all()) {
        let line: Value = serde_json::from_str(line).unwrap();
        for (documented, fact) in line["facts"].as_array().unwrap().iter().zip(rule.facts) {
            assert_eq!(documented["name"], fact.name);
            for key in ["type", "meaning", "written"] {
                assert!(documented[key].as_str().is_some_and(|text| !text.is_empty()), "{} {key}", rule.id);
            }
            let wrong = json!({ "rule": rule.id, "day": "2026-05-20", "facts": { fact.name: { "山田": 1 } } });
            let refused = law.assess_line(1, &wrong.to_string());
            let wanted = format!("{} は{}", fact.name, fact.kind.written());
            assert!(refused.is_refused && error_of(&refused).starts_with(&wanted), "{} {}", rule.id, refused.json);
            assert!(!refused.json.contains("山田"));
        }
        let unknown = json!({ "rule": rule.id, "day": "2026-05-20", "facts": { "no_such_fact": true } });
        let refused = error_of(&law.assess_line(1, &unknown.to_string()));
        assert!(rule.facts.iter().all(|fact| refused.contains(fact.name)), "{} {refused}", rule.id);
    }
}

fn error_of(assessed: &Assessed) -> String {
    let value: Value = serde_json::from_str(&assessed.json).unwrap();
    value["error"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_shared_question_is_documented() {
    let lines: Vec<Value> = law().list_json().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let question = |id: &str| lines.iter().find(|line| line["id"] == id).unwrap()["question"].clone();
    assert_eq!(question("INF-01"), question("DL-MEAS"));
    assert!(question("INF-01").is_string() && question("COM-01").is_null());
}

#[test]
fn no_id_is_both_encoded_and_not() {
    let ids: Vec<String> = law().tables().not_encoded.iter().flat_map(|group| group.ids.clone()).collect();
    let encoded: Vec<&String> = ids.iter().filter(|id| rules::find(id).is_some()).collect();
    assert_eq!(encoded, Vec::<&String>::new());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert_eq!(law().not_encoded_json().lines().count(), ids.len());
}

/// What a physician reads never accuses and never promises.
#[test]
fn no_text_uses_a_word_that_is_never_used() {
    let all = law().list_json() + &law().not_encoded_json() + &law().not_encoded_text();
    for word in ["違反", "改ざん不能", "完全消去", "復元不能", "準拠", "これで足りる"] {
        assert!(!all.contains(word), "{word}");
    }
}
