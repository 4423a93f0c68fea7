use serde_json::json;

use super::*;
use crate::domain::Day;
use crate::law::{Conclusion, Outcome, rules};

fn version(from: &str, rest: &str) -> String {
    format!(
        "[[parameter.version]]\nin_force_from = \"{from}\"\nlaw = \"令9厚労令1号\"\narticle = \"52条の2第3項\"\nchecked_on = \"2027-02-01\"\n{rest}\n"
    )
}

fn addition(id: &str, versions: &str) -> Vec<AdditionFile> {
    vec![("2027.toml".to_owned(), Some(format!("[[parameter]]\nid = \"{id}\"\n{versions}")))]
}

fn with(files: &[AdditionFile]) -> Law {
    Law::shared().clone().with_additions(files)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn ask(law: &Law, id: &str, on: &str, facts: serde_json::Value) -> Outcome {
    law.assess(rules::find(id).unwrap(), day(on), &facts).unwrap()
}

#[test]
fn an_added_version_holds_from_its_day_and_says_whose_it_is() {
    let law = with(&addition("notice.worker.hours", &version("2027-04-01", "value = 75")));
    assert_eq!(law.refused_additions(), None);
    let notice = |on| ask(&law, "DL-NOTE-W", on, json!({ "highly_professional": false, "overtime_seconds": "76:00" }));
    assert_eq!(notice("2027-03-31").outcome, Conclusion::NotRequired);
    assert!(notice("2027-03-31").citations.iter().all(|citation| citation.status != Status::Added));
    let added = notice("2027-04-01");
    assert_eq!(added.outcome, Conclusion::Required);
    let citation = added.citations.iter().find(|citation| citation.law == "令9厚労令1号").unwrap();
    assert_eq!((citation.status.label(), citation.in_force_from), ("利用者追補", day("2027-04-01")));
    assert!(added.is_unverified());
    assert!(law.list_text().lines().any(|line| line.starts_with("DL-NOTE-W") && line.ends_with("利用者追補")));
    assert_eq!(law.check(), Vec::new());
}

/// The computation of hours keeps its thresholds by day, so it has to see an addition too.
#[test]
fn the_computation_of_hours_sees_an_addition() {
    let law = with(&addition("overtime.tier_80.hours", &version("2027-04-01", "value = 60")));
    let tier = |on: &str, start: &str| {
        ask(&law, "OT-80", on, json!({ "period_start": start, "total_seconds": "230:00" })).outcome
    };
    // 230:00 in 28 days is 70:00 above the frame of 160:00.
    assert_eq!(tier("2027-02-28", "2027-02-01"), Conclusion::NotRequired);
    assert_eq!(tier("2028-02-28", "2028-02-01"), Conclusion::Required);
    let before = |law: &Law| law.thresholds(day("2027-03-31")).unwrap().tiers;
    assert_eq!(before(&law), before(Law::shared()));
}

#[test]
fn a_repeal_and_a_second_change_follow_each_other() {
    let versions = version("2027-04-01", "value = 4") + &version("2030-04-01", "repealed = true");
    let law = with(&addition("retention.committee", &versions));
    let keep = |on: &str| ask(&law, "RET-KEEP", on, json!({ "record": "committee", "made_on": on }));
    assert_eq!(keep("2027-04-01").due.unwrap().last, day("2031-04-01"));
    assert_eq!(keep("2030-03-31").due.unwrap().last, day("2034-03-31"));
    assert_eq!(keep("2030-04-01").outcome, Conclusion::NotRequired);
}

/// One refused file takes none of the others with it into force: half of a change would be a law nobody wrote.
#[test]
fn a_broken_addition_is_named_and_the_built_in_law_stays() {
    let good = version("2027-04-01", "value = 75");
    let broken = [
        ("notice.worker.hours", version("2019-04-01", "value = 75"), 3, "その後に始まる版がもうあります"),
        ("notice.worker.hours", version("2018-04-01", "value = 75"), 3, "その後に始まる版がもうあります"),
        ("notice.worker.hour", good.clone(), 2, "その名前のパラメータはありません"),
        ("notice.worker.hours", good.replace("article = \"52条の2第3項\"\n", ""), 3, "根拠"),
        ("notice.worker.hours", good.replace("2027-04-01", "2027-04-31"), 3, "日付は"),
        ("notice.worker.hours", good.clone() + &good, 9, "その後に始まる版がもうあります"),
        ("notice.worker.hours", version("2027-04-01", "value = 75\nstatus = \"verified\""), 9, "status"),
        ("notice.worker.hours", version("2027-04-01", "value = 75.5"), 8, "書式か項目名"),
        ("notice.worker.hours", version("2027-04-01", "value = 1\npromulgated = \"2028-01-01\""), 3, "公布の日"),
        ("patrol.on_site", version("2027-04-01", "value = 2"), 3, "値がその単位では使えません"),
    ];
    for (id, versions, line, reason) in broken {
        let mut files = vec![("2026.toml".to_owned(), Some(String::new()))];
        files.extend(addition("retention.committee", &version("2027-04-01", "value = 4")));
        files.push(("x.toml".to_owned(), addition(id, &versions).remove(0).1));
        let law = with(&files);
        let text = law.refused_additions().unwrap().to_string();
        assert!(
            text.starts_with(&format!("法令データ x.toml の {line} 行目")) && text.contains(reason),
            "{reason}: {text}"
        );
        assert_eq!(law.parameters(), Law::shared().parameters());
        let problems = law.check();
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].to_string().contains("x.toml") && problems[0].to_string().contains("組み込み"),
            "{}",
            problems[0]
        );
    }
    let law = with(&[("図.toml".to_owned(), None)]);
    assert!(law.refused_additions().unwrap().to_string().contains("文字のファイル"));
}
