//! Nothing is left out: every member that is stored and says something stands in the decoded PDF.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::documents::tests as tools;
use crate::domain::case::*;
use crate::domain::checkup::{
    Cell, Cells, CheckupDetail, CheckupKind, CheckupSheet, DustClass, ExamDuty, HealthGuidance, Item, ItemState,
    OpinionInquiry, Posting, RiskNotice, SecondaryConsent, SecondaryExam, SpecialExam, SpecialItem, SpecialKind,
    SpecificGuidance,
};
use crate::domain::command::Act;
use crate::domain::establishment::Plan;
use crate::domain::hours::{Measure as Definition, Series, WorkTime};
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

/// Gives out words, ids and days that stand nowhere by chance.
#[derive(Default)]
struct Mint {
    words: u32,
    rows: u32,
    days: u64,
}

impl Mint {
    fn word(&mut self) -> String {
        self.words += 1;
        format!("Qv{:03}k", self.words)
    }

    fn row(&mut self) -> Id {
        self.rows += 1;
        Id::new(&EstablishmentId::new(1), Prefix::Row, 1000 + self.rows)
    }

    fn day(&mut self) -> Day {
        self.days += 1;
        crate::domain::time::after_days("1931-01-01".parse().unwrap(), 11 * self.days)
    }

    fn some_day(&mut self) -> Option<Day> {
        Some(self.day())
    }
}

fn worker_id() -> Id {
    Id::new(&EstablishmentId::new(1), Prefix::Worker, 12)
}

fn case_id() -> Id {
    Id::new(&EstablishmentId::new(1), Prefix::Case, 7)
}

fn worker(mint: &mut Mint) -> Worker {
    Worker {
        id: worker_id(),
        number: mint.word(),
        name: mint.word(),
        kana: mint.word(),
        sex: Sex::Female,
        birth: mint.some_day(),
        department: mint.word(),
        position: mint.word(),
        joined_on: mint.some_day(),
        left_on: mint.some_day(),
        dispatch_from: mint.word(),
        dispatch_to: mint.word(),
        special_work: mint.word(),
        duties: mint.word(),
    }
}

fn health(mint: &mut Mint) -> Vec<AnyRecord> {
    let (valid_from, valid_until) = (mint.some_day(), mint.some_day());
    let kind = AttributeKind::HighlyProfessional;
    vec![
        WorkerAttribute { id: mint.row(), worker: worker_id(), kind, valid_from, valid_until }.into(),
        Checkup {
            id: mint.row(),
            worker: worker_id(),
            day: mint.day(),
            judgement: mint.word(),
            finding: FindingState::Present,
            summary: mint.word(),
            opinion_on: mint.some_day(),
            opinion: Some(Fitness::Leave),
        }
        .into(),
        CheckupSheet {
            id: mint.row(),
            checkup: mint.row(),
            worker: worker_id(),
            day: mint.day(),
            kind: CheckupKind::Specified,
            clinic: mint.word(),
            clinic_text: mint.word(),
            cells: Cells(vec![Cell {
                item: Item::Ecg,
                value: crate::domain::checkup::Value::Text,
                text: mint.word(),
                judgement: mint.word(),
            }]),
            source: mint.word(),
            source_row: 731,
        }
        .into(),
        CheckupDetail {
            id: mint.row(),
            checkup: mint.row(),
            worker: worker_id(),
            is_held: true,
            held_for: mint.word(),
            condition: mint.word(),
            diagnosis: Some(Diagnosis::Treat),
            environment: mint.word(),
            words: mint.word(),
            case_id: Some(case_id()),
        }
        .into(),
        StressFlag {
            id: mint.row(),
            worker: worker_id(),
            day: mint.day(),
            state: StressState::Selected,
            requested_on: mint.some_day(),
            is_consented: true,
        }
        .into(),
    ]
}

fn after_checkups(mint: &mut Mint) -> Vec<AnyRecord> {
    let inquiry = OpinionInquiry {
        id: mint.row(),
        document: mint.row(),
        worker: worker_id(),
        asked_on: mint.day(),
        asked_by: mint.word(),
        question: mint.word(),
        answered_on: mint.some_day(),
        answer: mint.word(),
    };
    let consent = SecondaryConsent {
        id: mint.row(),
        worker: worker_id(),
        primary_checkup: mint.row(),
        consented_on: mint.day(),
        way: mint.word(),
        withdrawn_on: mint.some_day(),
    };
    let secondary = SecondaryExam {
        id: mint.row(),
        checkup: mint.row(),
        worker: worker_id(),
        primary_checkup: mint.row(),
        consent: mint.row(),
        submitted_on: mint.day(),
    };
    let guidance = HealthGuidance {
        id: mint.row(),
        checkup: mint.row(),
        worker: worker_id(),
        given_on: mint.day(),
        given_by: mint.word(),
        content: mint.word(),
        specific: SpecificGuidance::Received,
        specific_content: mint.word(),
    };
    let risk =
        RiskNotice { id: mint.row(), checkup: mint.row(), worker: worker_id(), told_on: mint.day(), way: mint.word() };
    vec![inquiry.into(), consent.into(), secondary.into(), guidance.into(), risk.into()]
}

fn other_examinations(mint: &mut Mint) -> Vec<AnyRecord> {
    let duty = ExamDuty {
        id: mint.row(),
        worker: worker_id(),
        exam: SpecialKind::Chemical,
        work: mint.word(),
        items: mint.word(),
        is_long_kept: true,
        is_relaxed: true,
        dust_class: DustClass::Third,
        valid_from: mint.day(),
        valid_until: mint.some_day(),
    };
    let exam = SpecialExam {
        id: mint.row(),
        worker: worker_id(),
        exam: SpecialKind::Radiation,
        day: mint.day(),
        clinic: mint.word(),
        finding: FindingState::Present,
        is_instructed: true,
        items_json: vec![SpecialItem { name: mint.word(), state: ItemState::Found }],
        dose_microsieverts: Some(7_311),
        submitted_on: mint.some_day(),
        is_long_kept: true,
        opinion_on: mint.some_day(),
        opinion: Some(Fitness::Leave),
    };
    let posting = Posting {
        id: mint.row(),
        worker: worker_id(),
        place: mint.word(),
        leaves_on: mint.day(),
        returns_on: mint.some_day(),
        is_home_temporary: true,
    };
    vec![duty.into(), exam.into(), posting.into()]
}

fn stress(mint: &mut Mint) -> Vec<AnyRecord> {
    let round = mint.row();
    let answers = StressAnswers {
        id: mint.row(),
        round: round.clone(),
        worker: worker_id(),
        day: mint.day(),
        answers: "1234".repeat(14) + "-",
        sex: Sex::Female,
        department: mint.word(),
    };
    let result = StressResult {
        id: mint.row(),
        round: round.clone(),
        worker: worker_id(),
        computed: Computed::High,
        by_symptoms: true,
        by_causes: true,
        causes: Some(7051),
        symptoms: Some(7092),
        support: Some(7031),
        need: Need::Needed,
        decided_on: mint.some_day(),
        decided_by: mint.word(),
        reason: mint.word(),
        notified_on: mint.some_day(),
    };
    let consent = StressConsent {
        id: mint.row(),
        round,
        worker: worker_id(),
        notified_on: mint.day(),
        day: mint.day(),
        form: ConsentForm::Electronic,
        is_refused: true,
        withdrawn_on: mint.some_day(),
    };
    let talk = StressConsultation { id: mint.row(), worker: worker_id(), day: mint.day(), note: mint.word() };
    let reported = StressReported {
        id: mint.row(),
        round: mint.row(),
        worker: worker_id(),
        day: mint.day(),
        computed: Computed::High,
        causes: Some(8051),
        symptoms: Some(8092),
        support: Some(8031),
        result: Some(mint.row()),
    };
    let (round, interview) = (Some(mint.row()), mint.row());
    let (burden, findings) = (mint.word(), mint.word());
    let held = StressInterview { id: mint.row(), interview, worker: worker_id(), round, burden, findings };
    vec![answers.into(), result.into(), reported.into(), consent.into(), talk.into(), held.into()]
}

fn asked(mint: &mut Mint) -> Vec<AnyRecord> {
    let case = Case {
        id: case_id(),
        worker: worker_id(),
        ground: Ground::Consultation,
        state: CaseState::Waiting,
        opened_on: mint.day(),
        next_on: mint.some_day(),
        closed_on: mint.some_day(),
        note: mint.word(),
    };
    let request = Request {
        id: mint.row(),
        case_id: case_id(),
        worker: worker_id(),
        day: mint.day(),
        by: RequestBy::Attended,
        period_end: mint.some_day(),
        place: mint.word(),
        wishes: mint.word(),
        doctor: mint.word(),
        own_seconds: Some(333_660),
        withdrawn_on: mint.some_day(),
    };
    let notice = Notice {
        id: mint.row(),
        kind: NoticeKind::Urging,
        worker: Some(worker_id()),
        period_end: mint.day(),
        day: mint.day(),
        content: mint.word(),
    };
    let exclusion = Exclusion {
        id: mint.row(),
        worker: worker_id(),
        period: Period::new(mint.day(), mint.day()).unwrap(),
        day: mint.day(),
        interviewed_on: mint.some_day(),
        grounds: mint.word(),
        keeps_healthy: mint.word(),
    };
    vec![case.into(), request.into(), notice.into(), exclusion.into()]
}

fn held(mint: &mut Mint) -> Interview {
    Interview {
        id: mint.row(),
        case_id: case_id(),
        worker: worker_id(),
        day: mint.day(),
        time: mint.word(),
        mode: Mode::Online,
        online_json: Some(Online {
            doctor_tie: mint.word(),
            device_ok: true,
            committee_ok: true,
            privacy_ok: true,
            needs_presence: true,
        }),
        doctor: mint.word(),
        work_situation: mint.word(),
        work_factors: mint.word(),
        fatigue_sheet_json: FatigueSheet {
            symptoms: vec![Some(3), None, Some(1)],
            work: vec![Some(0), Some(3)],
            edition: mint.word(),
        },
        family_answers: mint.word(),
        condition_notes: mint.word(),
        bsid_json: vec![Answer::Yes, Answer::No],
        blood_pressure_json: BloodPressure {
            systolic: Some(187),
            diastolic: Some(119),
            dyslipidaemia: true,
            smoker: true,
            major_factor: true,
        },
        red_flags: mint.word(),
        fatigue: Fatigue::Heavy,
        condition: Condition::Present,
        condition_text: mint.word(),
        diagnosis: Some(Diagnosis::Observe),
        guidance_json: vec![Guidance::FollowUp, Guidance::Care],
        next_on: mint.some_day(),
        remarks: mint.word(),
        fitness: Fitness::Limited,
        worker_view: mint.word(),
        care: mint.word(),
        workplace: mint.word(),
        message: mint.word(),
        completed_on: mint.day(),
    }
}

fn measure(mint: &mut Mint) -> Measure {
    Measure {
        id: mint.row(),
        case_id: case_id(),
        worker: worker_id(),
        kind: MeasureKind::PaidLeave,
        amount: mint.word(),
        content: mint.word(),
        from: mint.some_day(),
        until: mint.some_day(),
        review_on: mint.some_day(),
        heard_on: mint.some_day(),
        heard: mint.word(),
        present: mint.word(),
        taken: Taken::Planned,
        answered_on: mint.some_day(),
        answer: mint.word(),
        lifted_on: mint.some_day(),
    }
}

fn left(mint: &mut Mint) -> Vec<AnyRecord> {
    let id = Id::document(&EstablishmentId::new(1), 2026, 41);
    let view = Disclosed { title: mint.word(), recipient: mint.word(), ..Disclosed::default() };
    let copy = IssuedCopy {
        recipient: Recipient::DispatchingEmployer,
        text_sha256: mint.word(),
        pdf_sha256: mint.word(),
        file: mint.word(),
    };
    let issued = Issued {
        id: id.clone(),
        form: FormKind::InterviewOpinion2011,
        case_id: Some(case_id()),
        worker: Some(worker_id()),
        version: 77,
        supersedes: Some(Id::document(&EstablishmentId::new(1), 2026, 39)),
        day: mint.day(),
        snapshot_json: json!({"views": [view], "subject": mint.word(), "deep": [{"er": mint.word()}], "n": 4711}),
        copies_json: vec![copy],
    };
    let (title, media_type, sha256) = (mint.word(), mint.word(), mint.word());
    let attachment = Attachment {
        id: mint.row(),
        record: case_id(),
        title,
        media_type,
        sha256,
        content: "QUJDREVG".into(),
        day: mint.day(),
    };
    let signed = SignedCopy {
        id: mint.row(),
        document: id,
        recipient: Recipient::DispatchingEmployer,
        pdf: "QUJDREVGRw==".into(),
    };
    let plan = Plan {
        id: mint.row(),
        item: format!("面接/{}/{}", worker_id(), mint.day()),
        scheduled_for: mint.some_day(),
        snoozed_until: mint.some_day(),
        reason: mint.word(),
        done_on: mint.some_day(),
    };
    vec![issued.into(), attachment.into(), signed.into(), plan.into()]
}

fn everything(mint: &mut Mint) -> Vec<AnyRecord> {
    let mut records: Vec<AnyRecord> = vec![worker(mint).into()];
    records.extend(health(mint));
    records.extend(after_checkups(mint));
    records.extend(other_examinations(mint));
    records.extend(stress(mint));
    records.extend(asked(mint));
    records.extend([AnyRecord::from(held(mint)), AnyRecord::from(measure(mint))]);
    records.extend(left(mint));
    records
}

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
    assert_eq!(told.len(), 30, "one of each kind that can be about a worker");
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
        source_text: text,
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
