//! A case: the reason why a worker and the physician meet, and what hangs on it.

use serde::{Deserialize, Serialize};

use super::{Day, Id, Period};
use crate::labelled;

labelled! {
    /// Why the case was opened.
    Ground {
        LongHours = "長時間",
        HighStress = "高ストレス",
        Checkup = "健診",
        ReturnToWork = "復職",
        Balance = "両立支援",
        Consultation = "健康相談",
        Equivalent = "準ずる措置",
        OtherDoctor = "他医師の結果",
        CauseInvestigation = "健康障害の原因調査",
        Ledger = "以前からの措置",
    }
}

labelled! {
    /// Where the case stands.
    CaseState { Open = "進行中", Waiting = "待ち", Closed = "終了" }
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// `E01-C0001`
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// Why.
    pub ground: Ground,
    /// Where it stands.
    pub state: CaseState,
    /// Opened on.
    pub opened_on: Day,
    /// Next date.
    pub next_on: Option<Day>,
    /// Closed on.
    pub closed_on: Option<Day>,
    /// The physician's note; nobody else reads it, nothing prints it.
    pub note: String,
}

labelled! {
    /// How a request reached the employer or the physician.
    RequestBy { Paper = "書面", Mail = "電子メール", Form = "申出の窓口", Attended = "通知を受けて来た", Oral = "口頭" }
}

/// 申出 (則52条の3, 52条の16): the worker asks for the interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Row.
    pub id: Id,
    /// The case it opened.
    pub case_id: Id,
    /// Whose.
    pub worker: Id,
    /// 申出日
    pub day: Day,
    /// How it came.
    pub by: RequestBy,
    /// The period it is about, if any.
    pub period_end: Option<Day>,
    /// 希望する日時・場所
    pub place: String,
    /// 配慮を求める事項
    pub wishes: String,
    /// 希望する医師
    pub doctor: String,
    /// The worker's own figure of overtime when disputed, in seconds.
    pub own_seconds: Option<i64>,
    /// Taken back on.
    pub withdrawn_on: Option<Day>,
}

labelled! {
    /// Which notice was given (則52条の2第3項, 則14条の2).
    NoticeKind { ToWorker = "本人への通知", ToPhysician = "産業医への提供", NobodyOver = "該当なしの提供", Urging = "申出の勧奨" }
}

/// A notice, with the day that proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Row.
    pub id: Id,
    /// Kind.
    pub kind: NoticeKind,
    /// The worker; none for a notice about the whole period.
    pub worker: Option<Id>,
    /// End of the period it is about.
    pub period_end: Day,
    /// Given on.
    pub day: Day,
    /// Ground and strength of an urging, and the reply.
    pub content: String,
}

/// The physician's decision that an interview is not needed this time (則52条の2第1項ただし書).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// The period it is about.
    #[serde(flatten)]
    pub period: Period,
    /// Decided on.
    pub day: Day,
    /// The interview it rests on was held on.
    pub interviewed_on: Option<Day>,
    /// What was found to be without problem: exam, checkup, past interview, checklist.
    pub grounds: String,
    /// What keeps the worker healthy; 「なし」 is an answer, an empty text is not.
    pub keeps_healthy: String,
}

labelled! {
    /// What a decision that no interview is needed may rest on (則52条の2第1項ただし書, 平18.2.24 基発0224003号).
    BasisKind {
        RecentInterview = "期日前の面接",
        Examination = "医師の診察",
        Checkup = "健康診断",
        PastInterview = "過去の面接",
        Checklist = "疲労のチェックリスト",
    }
}

impl BasisKind {
    /// Whether it is one of the "similar" grounds; the others are an interview shortly before the 期日.
    pub const fn is_similar(self) -> bool {
        !matches!(self, Self::RecentInterview)
    }

    /// Whether somebody held an interview that it speaks about.
    pub const fn is_interview(self) -> bool {
        matches!(self, Self::RecentInterview | Self::PastInterview)
    }
}

/// One thing that an [`Exclusion`] rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExclusionBasis {
    /// Row.
    pub id: Id,
    /// The decision.
    pub exclusion: Id,
    /// Whose.
    pub worker: Id,
    /// What it is.
    pub kind: BasisKind,
    /// Its day, if it has one.
    pub day: Option<Day>,
    /// The doctor of the interview; empty when it was this physician's own.
    pub doctor: String,
    /// Records that were given to that doctor.
    pub records: String,
}

/// The certificate of an interview that a doctor of the worker's own choice held (法66条の8第2項ただし書, 則52条の5).
///
/// It is another doctor's paper, not an interview of this physician: nothing is judged in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Row.
    pub id: Id,
    /// The case it opened.
    pub case_id: Id,
    /// 労働者の氏名, as the roster has it.
    pub worker: Id,
    /// The period it is about, if any.
    pub period_end: Option<Day>,
    /// 実施年月日
    pub interviewed_on: Day,
    /// Handed in on; the opinion's time runs from here (則52条の7).
    pub received_on: Day,
    /// 医師の氏名
    pub doctor: String,
    /// 疲労の蓄積の状況, as written.
    pub fatigue: String,
    /// その他の心身の状況, as written; not necessarily a disease.
    pub condition: String,
    /// Whether guidance or treatment is needed, as written; may be empty.
    pub care: String,
    /// The physician stated the opinion on.
    pub opinion_on: Option<Day>,
    /// What was stated.
    pub opinion: String,
}

labelled! {
    /// What the physician needs from the employer for an interview (則14条の2, 平18.2.24 基発0224003号).
    InformationItem {
        Duties = "業務内容",
        Hours = "労働時間",
        NightWork = "深夜業の回数",
        Environment = "作業環境",
        Fatigue = "疲労の調査",
        PastInterviews = "過去の面接",
        Checkups = "健診の結果",
    }
}

/// Whether an item for the interview about a period was asked for and received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewInformation {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// What.
    pub item: InformationItem,
    /// End of the period that the interview is about.
    pub period_end: Day,
    /// Asked on.
    pub asked_on: Option<Day>,
    /// Received on.
    pub received_on: Option<Day>,
}

labelled! {
    /// A measure the opinion asks for (安衛法66条の8第5項 and the form).
    MeasureKind {
        OvertimeLimit = "時間外労働の制限",
        OvertimeBan = "時間外労働の禁止",
        WorkingHours = "就業時間を制限",
        Exempt = "変形労働時間制または裁量労働制の対象からの除外",
        NoWork = "就業の禁止（休暇・休養の指示）",
        OtherHours = "その他（労働時間）",
        Place = "就業場所の変更",
        Work = "作業の転換",
        NightWork = "深夜業の回数の減少",
        DayWork = "昼間勤務への転換",
        Duties = "職務内容の変更",
        PaidLeave = "有給休暇の付与",
        Environment = "職場環境への意見",
        Other = "その他",
    }
}

labelled! {
    /// What the employer answered (則14条の2第1項1号).
    Taken { Open = "回答なし", Taken = "講じた", Planned = "講じる予定", NotTaken = "講じない",
        Otherwise = "意見と違う措置" }
}

/// A measure: what the physician asked for and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Row.
    pub id: Id,
    /// The case it belongs to.
    pub case_id: Id,
    /// Whose.
    pub worker: Id,
    /// Kind.
    pub kind: MeasureKind,
    /// Hours a month, times a month, or clock times, as the form wants them.
    pub amount: String,
    /// Words.
    pub content: String,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// 見直し
    pub review_on: Option<Day>,
    /// The worker was heard on.
    pub heard_on: Option<Day>,
    /// What the worker said.
    pub heard: String,
    /// Who was present.
    pub present: String,
    /// The employer's answer.
    pub taken: Taken,
    /// Answered on.
    pub answered_on: Option<Day>,
    /// What was done, or the reason why not.
    pub answer: String,
    /// Lifted on.
    pub lifted_on: Option<Day>,
}

impl Measure {
    /// A measure without words, days or an answer yet.
    pub fn new(id: Id, case_id: Id, worker: Id, kind: MeasureKind) -> Self {
        Self {
            id,
            case_id,
            worker,
            kind,
            amount: String::new(),
            content: String::new(),
            from: None,
            until: None,
            review_on: None,
            heard_on: None,
            heard: String::new(),
            present: String::new(),
            taken: Taken::Open,
            answered_on: None,
            answer: String::new(),
            lifted_on: None,
        }
    }
}

/// A sealed attachment of any record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Row.
    pub id: Id,
    /// The record it hangs on.
    pub record: Id,
    /// The physician's word for it.
    pub title: String,
    /// Media type, e.g. `application/pdf`.
    pub media_type: String,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The bytes, base64 so that the journal can carry them.
    pub content: String,
    /// Taken in on.
    pub day: Day,
}

/// An attachment without its bytes, for lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentLine {
    /// Row.
    pub id: Id,
    /// The record it hangs on.
    pub record: Id,
    /// The physician's word for it.
    pub title: String,
    /// Media type, e.g. `application/pdf`.
    pub media_type: String,
    /// Taken in on.
    pub day: Day,
    /// Bytes of the file.
    pub size: u64,
}
