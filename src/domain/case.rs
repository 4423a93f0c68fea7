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
    Taken { Open = "回答なし", Taken = "講じた", Planned = "講じる予定", NotTaken = "講じない" }
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
