//! The opinion after the stress check, and the papers of a round.

use super::record::{Record, id};
use super::*;
use crate::documents::disclosure::stress_committee::{self, StressCommitteeFacts};
use crate::documents::disclosure::stress_papers::{self, ScaleLine, StressNoticeFacts};
use crate::domain::patrol::{Category, Finding, Patrol, Place, Severity};
use crate::domain::stress::{Heard, Improvement, Need, StressImprovement, StressInterview};

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
fn the_article_of_the_record_follows_from_the_form() {
    let text = said(&Record::sample(), &[], Recipient::Personnel);
    assert!(text.contains("規則第52条の18") && !text.contains("52条の6"), "{text}");
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

#[test]
fn forbidden_consequences_are_named_in_an_opinion_after_the_check() {
    let mut record = after_the_check();
    record.interview.message = "回復しないときは契約の更新をしないでください。".into();
    record.measures[0].content = "降格を含めて検討してください。".into();
    let law = crate::law::Law::built_in().unwrap();
    let found = hints(&law, &record.facts(&[], &[]));
    for field in ["連絡事項等", "措置の内容"] {
        assert!(found.iter().any(|hint| hint.field == field), "{field} in {found:?}");
    }
    record.interview.message = String::new();
    record.measures[0].content = "残業をしない。".into();
    assert_eq!(hints(&law, &record.facts(&[], &[])), []);
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

fn improvement(number: u32, kind: Improvement, content: &str) -> StressImprovement {
    StressImprovement {
        id: id(number),
        round: id(60),
        kind,
        day: "2026-11-10".parse().unwrap(),
        group_name: "開発部".into(),
        content: content.into(),
        heard: Some(Heard::Both).filter(|_| kind == Improvement::Hearing),
        who: "留保Qx 太郎".into(),
        due: Some("2026-12-18".parse().unwrap()).filter(|_| kind == Improvement::Action),
        done_on: None,
        finding: Some(id(63)).filter(|_| kind == Improvement::Action),
    }
}

fn finding() -> (Patrol, Place, Finding) {
    let day = "2026-11-02".parse().unwrap();
    let patrol = Patrol {
        id: id(61),
        day,
        starts: String::new(),
        companions: String::new(),
        completed_on: Some(day),
        private_remark: String::new(),
    };
    let place = Place { id: id(62), name: "設計室".into(), position: 1, retired_on: None };
    let finding = Finding {
        content: "指摘の言葉".into(),
        severity: Severity::Improve,
        owner: "留保Qx 次郎".into(),
        ..Finding::new(id(63), id(61), id(62), Category::Environment)
    };
    (patrol, place, finding)
}

/// The paper with these records, the hints about it, and what stays.
fn committee(rows: &[&StressImprovement], names: &[&str]) -> (String, Vec<Hint>, Vec<(String, usize)>) {
    let record = Record::sample();
    let facts = record.facts(&[], &[]);
    let (patrol, place, finding) = finding();
    let facts = StressCommitteeFacts {
        establishment: facts.establishment,
        round: "2026年度",
        improvements: rows,
        findings: &[finding],
        patrols: &[patrol],
        places: &[place],
        figures: &[("面接指導を受けた人", "伏せています".to_owned())],
        smallest: 10,
        names,
        imprint: facts.imprint(),
    };
    let law = crate::law::Law::built_in().unwrap();
    let (view, hints) = (stress_committee::copy(&facts), stress_committee::hints(&law, &facts));
    (view.lines().join("\n"), hints, stress_committee::staying(&facts))
}

#[test]
fn the_committee_reads_advice_hearings_and_actions_and_no_person() {
    let advice = improvement(64, Improvement::Advice, "会議を減らしてください。");
    let hearing = improvement(65, Improvement::Hearing, "納期の前に残業が続く。");
    let action = improvement(66, Improvement::Action, "締切りを二回に分ける。");
    let (text, hints, staying) = committee(&[&advice, &hearing, &action], &[]);
    for wanted in ["会議を減らしてください。", "管理監督者と職場の労働者", "締切りを二回に分ける。", "2026年12月18日"]
    {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert!(text.contains("2026年11月2日 設計室 作業環境") && text.contains("努力義務"), "{text}");
    assert!(text.contains("面接指導を受けた人　伏せています"), "{text}");
    assert!(
        text.contains("助言した日　対象　助言\n") && !text.contains("済んだ日"),
        "no column that says nothing\n{text}"
    );
    for kept in ["留保Qx", "指摘の言葉"] {
        assert!(!text.contains(kept), "{kept}\n{text}");
    }
    assert_eq!(hints, []);
    assert_eq!(staying, [("助言した人".to_owned(), 1), ("担当".to_owned(), 1)]);
}

#[test]
fn a_round_without_improvement_says_so_and_still_tells_the_counts() {
    let (text, ..) = committee(&[], &[]);
    assert!(text.contains("集団分析のあと　記載なし") && text.contains("伏せています"), "{text}");
}

#[test]
fn a_name_that_came_onto_the_roster_later_is_pointed_at() {
    let advice = improvement(64, Improvement::Advice, "佐伯美咲さんの席を移すこと。");
    let (_, hints, _) = committee(&[&advice], &["佐伯 美咲"]);
    assert_eq!(hints.iter().map(|hint| hint.word.as_str()).collect::<Vec<_>>(), ["佐伯美咲"]);
}
