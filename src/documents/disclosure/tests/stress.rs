//! The opinion after the stress check, and the papers of a round.

use super::record::{Record, id};
use super::*;
use crate::documents::disclosure::stress_papers::{self, ScaleLine, StressNoticeFacts};
use crate::domain::stress::{Need, StressInterview};

fn after_the_check() -> Record {
    let stress = StressInterview {
        id: id(40),
        interview: id(41),
        worker: Record::sample().worker.id,
        round: None,
        burden: "負担の言葉".into(),
        findings: "所見の言葉".into(),
    };
    Record { stress: Some(stress), ..Record::sample() }
}

fn said(record: &Record, released: &[Release], recipient: Recipient) -> String {
    opinion(&record.facts(&[], released), FormKind::StressOpinion, recipient).lines().join("\n")
}

#[test]
fn the_employer_reads_the_opinion_and_the_guidance_alone() {
    let text = said(&after_the_check(), &[], Recipient::Personnel);
    for wanted in ["■ 1 就業制限・配慮", "要再面接", "職場環境の改善に関する意見　立上げ期の応援体制", "規則第52条の18"]
    {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    for kept in ["負担の言葉", "所見の言葉", "眠りが浅い", "疲労", "92:30"] {
        assert!(!text.contains(kept), "{kept}\n{text}");
    }
}

#[test]
fn findings_leave_only_where_they_were_released() {
    let text = said(&after_the_check(), &[Release::Findings], Recipient::Personnel);
    assert!(text.contains("所見の言葉") && !text.contains("負担の言葉"), "{text}");
    let other = said(&after_the_check(), &[Release::Diagnosis], Recipient::Personnel);
    assert!(!other.contains("所見の言葉"));
    let manager = said(&after_the_check(), &[Release::Findings], Recipient::LineManager);
    assert!(!manager.contains("所見") && !manager.contains("面接"), "{manager}");
}

#[test]
fn what_stays_is_counted() {
    let record = after_the_check();
    let stays = staying(&record.facts(&[], &[]), Recipient::Personnel);
    for field in ["心理的な負担の状況", "医学的所見", "勤務の状況"] {
        assert!(stays.iter().any(|(name, count)| name == field && *count == 1), "{field} {stays:?}");
    }
    let released = staying(&record.facts(&[], &[Release::Findings]), Recipient::Personnel);
    assert!(released.iter().all(|(name, _)| name != "医学的所見"), "{released:?}");
}

#[test]
fn the_burden_is_wanted_before_the_opinion_is_issued() {
    let mut record = after_the_check();
    assert_eq!(missing(&record.facts(&[], &[])), Vec::<String>::new());
    record.stress.as_mut().unwrap().burden.clear();
    assert_eq!(missing(&record.facts(&[], &[])), ["心理的な負担の状況"]);
}

fn notice(need: Need, apply_by: Option<&str>) -> String {
    let record = Record::sample();
    let facts = record.facts(&[], &[]);
    let scale = |name: &str, column, point| ScaleLine {
        part: 'A',
        name: name.into(),
        raw: Some(11),
        column: Some(column),
        point: Some(point),
        columns: [true; 5],
    };
    let notice = StressNoticeFacts {
        site: "あかつき精機 本社工場",
        worker: "佐伯 美咲",
        answered_on: "2026年9月28日",
        points: &[("A ストレスの要因", "51点".to_owned())],
        degree: "高ストレスです",
        need,
        scales: &[scale("心理的な仕事の負担（量）", 4, 2), scale("活気", 1, 1)],
        apply_by,
        imprint: facts.imprint(),
    };
    stress_papers::notice(&notice).lines().join("\n")
}

#[test]
fn the_notice_shows_the_column_and_the_point_turned_round() {
    let text = notice(Need::Needed, Some("2026年12月20日"));
    assert!(text.contains("A　心理的な仕事の負担（量）　11　・　・　・　●　・　2"), "{text}");
    assert!(text.contains("A　活気　11　●　・　・　・　・　1"), "{text}");
    assert!(text.contains("2026年12月20日までに") && text.contains("同意したものとして扱います"), "{text}");
}

#[test]
fn who_needs_no_interview_is_not_told_how_to_apply() {
    let text = notice(Need::NotNeeded, None);
    assert!(text.contains("面接指導の対象ではありません") && !text.contains("面接指導の申出"), "{text}");
    assert!(text.contains("健康相談"), "{text}");
}
