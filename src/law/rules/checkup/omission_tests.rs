use serde_json::json;

use super::*;

fn owed(exam: &str, facts: serde_json::Value) -> Vec<(&'static str, Conclusion)> {
    let law = Law::built_in().unwrap();
    let facts = Facts::read(WORKER_FACTS, facts.as_object().unwrap()).unwrap();
    let found = items(&law, "2026-11-20".parse().unwrap(), exam, &facts);
    found.into_iter().map(|(item, outcome)| (item, outcome.outcome)).collect()
}

fn with(found: &[(&'static str, Conclusion)], conclusion: Conclusion) -> Vec<&'static str> {
    found.iter().filter(|(_, is)| *is == conclusion).map(|(item, _)| *item).collect()
}

#[test]
fn a_young_worker_is_owed_less_only_at_the_periodic_examination() {
    let facts = json!({ "birth": "1998-05-20", "tb_workplace": false, "dust_subject": false, "no_lesion": true });
    let periodic = owed("periodic", facts.clone());
    assert_eq!(
        with(&periodic, Conclusion::Allowed),
        ["height", "waist", "hearing", "xray", "sputum", "anemia", "liver", "lipid", "glucose", "ecg"]
    );
    assert_eq!(with(&periodic, Conclusion::Required).len(), 7);
    let overseas = owed("overseas_out", facts.clone());
    assert_eq!(with(&overseas, Conclusion::Allowed), ["height", "sputum"]);
    let hire = owed("hire", facts);
    assert_eq!((hire.len(), with(&hire, Conclusion::Required).len()), (16, 16));
    assert!(hire.iter().all(|(item, _)| *item != "sputum"));
}

#[test]
fn the_previous_examination_counts_only_for_specified_work() {
    let facts = json!({ "age": 50, "done_before": true, "no_lesion": true });
    let left_out = ["hearing", "sputum", "anemia", "liver", "lipid", "glucose", "ecg"];
    assert_eq!(with(&owed("specified", facts.clone()), Conclusion::Allowed), [&["height"], &left_out[..]].concat());
    assert_eq!(with(&owed("periodic", facts), Conclusion::Allowed), ["height", "sputum"]);
}

#[test]
fn a_worker_without_an_age_is_an_open_question() {
    let found = owed("periodic", json!({}));
    assert!(
        with(&found, Conclusion::Unknown).contains(&"ecg") && with(&found, Conclusion::Required).contains(&"vision")
    );
}
