//! Nothing is left out: every member that is stored and says something stands in the decoded PDF.

mod minted;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use self::minted::*;
use super::*;
use crate::documents::tests as tools;
use crate::domain::case::*;
use crate::domain::checkup::{
    Cell, Cells, CheckupDetail, CheckupKind, CheckupSheet, DustClass, ExamDuty, HealthGuidance, Item, ItemState,
    OpinionInquiry, Posting, ResultNotice, RiskNotice, SecondaryConsent, SecondaryExam, SpecialExam, SpecialItem,
    SpecialKind, SpecificGuidance,
};
use crate::domain::command::Act;
use crate::domain::establishment::Plan;
use crate::domain::hours::{Measure as Definition, NightWork, Series, WorkTime};
use crate::domain::interview::*;
use crate::domain::opinion::{FormKind, Issued, IssuedCopy, Recipient, SignedCopy};
use crate::domain::stress::{
    Computed, ConsentForm, Need, StressAnswers, StressConsent, StressConsultation, StressInterview, StressReported,
    StressResult,
};
use crate::domain::worker::{
    AttributeKind, Checkup, FindingState, Sex, StressFlag, StressState, Worker, WorkerAttribute,
};
use crate::domain::{EstablishmentId, Hours, Id, Period, Prefix, Seconds, Table as Rows};

/// The leaves of a row as JSON, with the path of each.
fn leaves(path: &str, value: &Value, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| leaves(path, item, found)),
        Value::Object(members) => members.iter().for_each(|(name, one)| leaves(&format!("{path}.{name}"), one, found)),
        leaf => found.push((path.to_owned(), leaf.clone())),
    }
}

/// The words for closed lists, by their stored names, as this test uses them.
const WORDS: &[(&str, &str)] = &[
    ("female", "女"),
    ("highly_professional", "高プロ"),
    ("present", "所見あり"),
    ("leave", "要休業"),
    ("selected", "要面接"),
    ("consultation", "健康相談"),
    ("high", "該当"),
    ("needed", "要面接"),
    ("electronic", "電磁的記録"),
    ("waiting", "待ち"),
    ("attended", "通知を受けて来た"),
    ("urging", "申出の勧奨"),
    ("online", "オンライン"),
    ("yes", "はい"),
    ("no", "いいえ"),
    ("heavy", "重"),
    ("observe", "要観察"),
    ("follow_up", "要経過観察"),
    ("care", "現病治療継続又は医療機関紹介"),
    ("limited", "就業制限・配慮"),
    ("paid_leave", "有給休暇の付与"),
    ("planned", "講じる予定"),
    ("interview_opinion2011", "（様式例2-3）"),
    ("dispatching_employer", "派遣元"),
    ("specified", "特定業務"),
    ("treat", "要医療"),
    ("received", "内容を受け取った"),
    ("chemical", "特定化学物質"),
    ("radiation", "電離放射線"),
    ("past_interview", "過去の面接"),
    ("environment", "作業環境"),
    ("third", "管理3"),
    ("found", "所見あり"),
];

/// What a leaf looks like on paper; none where it is counted or said by the paper as a whole.
fn printed(path: &str, leaf: &Value) -> Option<String> {
    if path == "stress_result.symptoms" {
        return Some(leaf.to_string());
    }
    if path == "exam_duty.work" {
        return leaf.as_str().map(tools::without_space);
    }
    match (path.rsplit('.').next().unwrap_or_default(), leaf) {
        ("by_symptoms", _) => Some("アはい".to_owned()),
        ("by_causes", _) => Some("イはい".to_owned()),
        ("is_refused", _) => Some("同意したいいえ".to_owned()),
        ("content", Value::String(base64)) if base64 == "QUJDREVG" => Some("6バイト".to_owned()),
        ("pdf", _) => Some("7バイト".to_owned()),
        ("own_seconds", _) => Some("92:41".to_owned()),
        ("seconds", _) => Some("時間12:35".to_owned()),
        ("count", _) => Some("回数7".to_owned()),
        ("is_consented", _) => Some("会社へ伝える同意はい".to_owned()),
        ("is_long_kept", _) => Some("長期の保存はい".to_owned()),
        ("is_relaxed", _) => Some("間隔の緩和はい".to_owned()),
        ("is_instructed", _) => Some("医師の指示はい".to_owned()),
        ("is_home_temporary", _) => Some("帰国後の業務は一時的はい".to_owned()),
        ("is_held", _) => Some("保留はい".to_owned()),
        // One packed text: code and value, then what the clinic wrote and its judgement.
        ("cells", Value::String(packed)) => Some(packed.trim().split('\t').skip(1).collect()),
        ("symptoms", _) => Some("3-1".to_owned()),
        ("work", _) => Some("03".to_owned()),
        (_, Value::String(text)) => {
            let word = WORDS.iter().find(|(name, _)| name == text).map(|(_, word)| (*word).to_owned());
            Some(tools::without_space(&word.unwrap_or_else(|| text.clone())))
        }
        (_, Value::Bool(is_so)) => Some(if *is_so { "はい" } else { "いいえ" }.to_owned()),
        (_, other) => Some(other.to_string()),
    }
}

fn facts<'a>(records: &'a [AnyRecord], hours: &'a [KeptHours], changes: &'a [RowChange]) -> RecordFacts<'a> {
    RecordFacts {
        site: "あかつき精機 本社工場",
        records,
        hours,
        flags: &[],
        drafts: &[],
        changes,
        traces: &[],
        day: "2026-11-21".parse().unwrap(),
        number: "E01-W0012-2026-11-21",
        demo: false,
    }
}

fn text(facts: &RecordFacts<'_>) -> String {
    let (said, content) = tools::run("pdftotext", &["-raw"], &tools::pdf(&record(facts)), &["-"]);
    assert!(content, "{said}");
    tools::without_space(&said)
}

#[test]
fn every_member_of_every_record_is_printed() {
    let records = everything(&mut Mint::default());
    let told: BTreeSet<Rows> = records.iter().map(AnyRecord::table).collect();
    assert_eq!(told.len(), 35, "one of each kind that can be about a worker");
    let said = text(&facts(&records, &[], &[]));
    let mut count = 0;
    for record in &records {
        let mut found = Vec::new();
        leaves(record.table().name(), &record.to_json().unwrap(), &mut found);
        count += found.len();
        for (path, leaf) in found {
            let Some(wanted) = printed(&path, &leaf).filter(|wanted| !wanted.is_empty()) else { continue };
            assert!(said.contains(&wanted), "{path}: {wanted}\n{said}");
        }
    }
    assert!(count > 150, "{count} leaves");
}

#[test]
fn every_row_of_hours_is_printed_also_a_replaced_one() {
    let mut mint = Mint::default();
    let value = |text: String, high: i64| WorkTime {
        worker: worker_id(),
        period: Period::new("2026-10-01".parse().unwrap(), "2026-10-31".parse().unwrap()).unwrap(),
        measure: Definition::ReportedOvertime,
        series: Series::Worker,
        hours: Hours { low: Seconds(333_000), high: Seconds(high) },
        source_text: text.into(),
        row: 4711,
    };
    let (first, second) = (mint.row(), mint.row());
    let kept = [
        KeptHours { value: value(mint.word(), 333_000), batch: second.clone(), retired_by: None },
        KeptHours { value: value(mint.word(), 336_600), batch: first.clone(), retired_by: Some(second.clone()) },
    ];
    let said = text(&facts(&[worker(&mut mint).into()], &kept, &[]));
    let wanted =
        ["2026-10-01-2026-10-31", "会社の計算の残業", "本人", "92:30", "92:30-93:30", "Qv001k", "Qv002k", "4711行"];
    for word in wanted.iter().copied().chain([first.as_str(), second.as_str()]) {
        assert!(said.contains(word), "{word}\n{said}");
    }
}

#[test]
fn the_history_keeps_what_went() {
    let mut mint = Mint::default();
    let old = worker(&mut mint);
    let new = Worker { department: "組立一課".into(), left_on: None, ..old.clone() };
    let row = |worker: &Worker| serde_json::to_value(worker).unwrap();
    let change = |operation, act, before: Option<Value>, after: Option<Value>| RowChange {
        operation,
        at: format!("2026-11-20 15:2{operation}"),
        act,
        table: Rows::Worker,
        key: old.id.to_string(),
        before,
        after,
    };
    let changes = [
        change(1, Act::AddWorker, None, Some(row(&old))),
        change(2, Act::EditWorker, Some(row(&old)), Some(row(&new))),
        change(3, Act::Undo, Some(row(&new)), None),
        change(4, Act::EditWorker, Some(json!({"of": "another", "schema": "Qold"})), None),
    ];
    let said = text(&facts(&[], &[], &changes));
    let department = format!("所属:{}→組立一課", old.department);
    let gone = format!("退職:{}→なし", old.left_on.unwrap());
    for word in ["新しく記録", &department, &gone, "取り去り", "Qold", "2026-11-2015:22", "労働者の変更"]
    {
        assert!(said.contains(word), "{word}\n{said}");
    }
}

#[test]
fn flags_drafts_and_traces_are_printed_and_the_paper_says_what_it_is() {
    let flags = [("労働時間".to_owned(), "80超　92:30".to_owned())];
    let draft = DraftField { form: "interview/E01-W0012".into(), field: "remarks".into(), value: "Qdraft".into() };
    let trace = [["2026-11-20 15:22", "閲覧", "E01-W0012", "Qtrace"].map(str::to_owned)];
    let records = [AnyRecord::from(worker(&mut Mint::default()))];
    let facts = RecordFacts { flags: &flags, drafts: &[draft], traces: &trace, ..facts(&records, &[], &[]) };
    let said = text(&facts);
    for word in ["80超92:30", "Qdraft", "Qtrace", "産業医だけ", "保存しているすべてです"] {
        assert!(said.contains(word), "{word}\n{said}");
    }
}
