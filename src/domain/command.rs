//! Every change as data: what is put, what is removed, and the word for the act.

use serde::{Deserialize, Serialize};

use super::{AnyRecord, Day, Hours, Id, Period, Table, hours};
use crate::labelled;

labelled! {
    /// What the physician did, as the history says it.
    Act {
        EditEstablishment = "事業場の設定",
        AddWorker = "労働者の登録",
        EditWorker = "労働者の変更",
        EnterHours = "労働時間の入力",
        ImportHours = "労働時間の取込",
        ImportRoster = "名簿の取込",
        EnterCheckup = "健診の記入",
        JudgeCheckup = "健診の意見",
        JudgeCheckups = "健診の意見 一括",
        HoldCheckup = "健診の意見 保留",
        DiagnoseCheckup = "健診の診断区分",
        OmitCheckupItem = "健診の項目の省略",
        FollowCheckup = "健診のあとの勧め",
        RecordInquiry = "意見への照会と回答",
        ConsentSecondary = "二次健診の結果を残す同意",
        EditSubmission = "二次健診の結果を受けた日",
        GiveGuidance = "保健指導の記録",
        TellAtRisk = "申出のお願い",
        AdviseCheckups = "健診の計画への助言",
        RecordReport = "報告の提出の記録",
        RecordResultNotice = "健診の結果の通知の記録",
        EditWorkplace = "事業場の種類",
        EditExamDuty = "健診の対象",
        EnterSpecialExam = "特殊健診の記入",
        EditPosting = "海外派遣",
        SettleCheckups = "健診の取決め",
        ImportCheckups = "健診の取込",
        EnterStress = "ストレスチェックの記入",
        EditStressRound = "ストレスチェックの回",
        ImportStress = "ストレスチェックの取込",
        JudgeStress = "ストレスチェックの判定",
        ConfirmStress = "面接指導の要否の確認",
        NotifyStress = "結果の通知",
        RecordConsent = "結果の提供の同意",
        RecordConsultation = "健康相談",
        ReleaseGroups = "集団ごとの結果の提供",
        ImproveWorkplace = "集団分析のあとの改善",
        ReceiveRequest = "申出の受付",
        WithdrawRequest = "申出の取下げ",
        RecordNotice = "通知の記録",
        DecideExclusion = "面接不要の判断",
        LiftExclusion = "面接不要の取下げ",
        ReceiveCertificate = "証明書の受領",
        RecordOpinion = "意見の記録",
        CompleteInterview = "面接の完了",
        IssueDocument = "文書の発行",
        AnswerMeasure = "措置の回答",
        WriteNote = "メモ",
        StartPatrol = "巡視の開始",
        MarkPlace = "巡視の記入",
        RecordFinding = "指摘の記録",
        CloseFinding = "是正確認",
        CompletePatrol = "巡視の終了",
        ReceiveInformation = "情報の受領",
        Promise = "約束",
        Plan = "予定・後で",
        Settle = "済とした",
        Visit = "訪問",
        Attach = "添付",
        UndoBatch = "取込の取消",
        ImportRestrictions = "制限の台帳の取込",
        Forget = "覚えたものを忘れる",
        EraseBatch = "取込の消去",
        Undo = "取消",
        Redo = "やり直し",
    }
}

/// One row changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The row becomes this.
    Put(AnyRecord),
    /// The row goes.
    Remove(Table, String),
}

/// A change that is performed, journalled and audited as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The word for it.
    pub act: Act,
    /// Whom or what it is about, by id.
    pub subject: Option<String>,
    /// Its rows.
    pub changes: Vec<Change>,
    /// Drafts that end with it, by form.
    pub ends_drafts: Vec<String>,
    /// Rows that an issued document cites: amend-only from now on.
    pub freezes: Vec<(Table, String)>,
}

impl Command {
    /// A command of one act about `subject`.
    pub fn new(act: Act, subject: impl Into<Option<String>>) -> Self {
        Self { act, subject: subject.into(), changes: Vec::new(), ends_drafts: Vec::new(), freezes: Vec::new() }
    }

    /// Adds a row that is put.
    #[must_use]
    pub fn put(mut self, record: impl Into<AnyRecord>) -> Self {
        self.changes.push(Change::Put(record.into()));
        self
    }

    /// Adds a row that goes.
    #[must_use]
    pub fn remove(mut self, table: Table, key: &str) -> Self {
        self.changes.push(Change::Remove(table, key.to_owned()));
        self
    }

    /// Ends the drafts of a form.
    #[must_use]
    pub fn ending(mut self, form: impl Into<String>) -> Self {
        self.ends_drafts.push(form.into());
        self
    }
}

/// Hours that come in as a batch; journalled as a batch, not row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursBatch {
    /// The batch.
    pub batch: hours::Batch,
    /// Workers that come with it, new or changed.
    pub workers: Vec<super::worker::Worker>,
    /// Its accepted rows.
    pub rows: Vec<hours::WorkTime>,
}

/// A value of hours that is in force for a worker and a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoursInForce {
    /// Counting period.
    pub period: Period,
    /// Definition.
    pub measure: hours::Measure,
    /// Source.
    pub series: hours::Series,
    /// Value.
    pub hours: Hours,
}

/// A draft field: typed text that is not yet a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftField {
    /// The form, e.g. `interview/E01-C0001`.
    pub form: String,
    /// The field.
    pub field: String,
    /// What stands in it.
    pub value: String,
}

/// The undo journal's line for a screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Number, rising.
    pub number: i64,
    /// Wall time as `2026-11-20 15:22`.
    pub at: String,
    /// Day.
    pub day: Day,
    /// What was done.
    pub act: Act,
    /// About whom or what.
    pub subject: Option<String>,
    /// Rows changed; of a batch what it added and changed, as its preview counted it.
    pub rows: i64,
    /// The batch it brought in.
    pub batch: Option<Id>,
    /// Undone by that operation.
    pub undone_by: Option<i64>,
    /// It undid or redid that operation.
    pub undoes: Option<i64>,
    /// Cannot be undone, nor anything before it in its rows.
    pub is_barrier: bool,
}

/// One row as an operation found it and left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// Number of the operation.
    pub operation: i64,
    /// Wall time.
    pub at: String,
    /// What was done.
    pub act: Act,
    /// The row's table.
    pub table: Table,
    /// The row's key.
    pub key: String,
    /// The row before; none where it is new.
    pub before: Option<serde_json::Value>,
    /// The row after; none where it went.
    pub after: Option<serde_json::Value>,
}

impl Operation {
    /// The record it is about, when its subject is one.
    pub fn subject_id(&self) -> Option<Id> {
        self.subject.as_deref().and_then(|subject| Id::parse(subject).ok())
    }
}
