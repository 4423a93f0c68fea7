//! Workers (労働者) and what the law calls their class.

use serde::{Deserialize, Serialize};

use super::{Day, Id, Period, flag};
use crate::labelled;

labelled! {
    /// 性別 as the employer registered it.
    Sex { Unknown = "-", Male = "男", Female = "女" }
}

/// What 1 and 2 stand for in a column of 性別: no file says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SexCodes {
    /// 1 is a man, 2 a woman.
    ManFirst,
    /// 1 is a woman, 2 a man.
    WomanFirst,
    /// Nobody knows: the numbers are not taken.
    NotTaken,
}

impl SexCodes {
    /// The sex that 1 stands for, or 2.
    pub const fn sex_of(self, is_first: bool) -> Sex {
        match (self, is_first) {
            (Self::ManFirst, true) | (Self::WomanFirst, false) => Sex::Male,
            (Self::ManFirst, false) | (Self::WomanFirst, true) => Sex::Female,
            (Self::NotTaken, _) => Sex::Unknown,
        }
    }
}

labelled! {
    /// A trait that decides which rule applies; several may hold at once (研究開発 and 41条 occurs).
    AttributeKind {
        Article41 = "41条",
        Discretionary = "裁量",
        Research = "研究開発",
        HighlyProfessional = "高プロ",
        Dispatched = "派遣",
        Physician = "医師",
        Criterion = "面接の基準に該当",
    }
}

/// A worker at one establishment; the same person at two of them is two records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// `E01-W0001`; an employee number is never an id.
    pub id: Id,
    /// 社員番号
    pub number: String,
    /// 氏名
    pub name: String,
    /// ふりがな
    pub kana: String,
    /// 性別
    pub sex: Sex,
    /// 生年月日
    pub birth: Option<Day>,
    /// 所属
    pub department: String,
    /// 役職
    pub position: String,
    /// 入社
    pub joined_on: Option<Day>,
    /// 退職
    pub left_on: Option<Day>,
    /// 派遣元 when dispatched; the opinion goes there.
    pub dispatch_from: String,
    /// 派遣先
    pub dispatch_to: String,
    /// 特定業務・有害業務
    pub special_work: String,
    /// 業務内容
    pub duties: String,
}

impl Worker {
    /// Somebody of whom nothing is known yet.
    pub fn new(id: Id) -> Self {
        Self {
            id,
            number: String::new(),
            name: String::new(),
            kana: String::new(),
            sex: Sex::Unknown,
            birth: None,
            department: String::new(),
            position: String::new(),
            joined_on: None,
            left_on: None,
            dispatch_from: String::new(),
            dispatch_to: String::new(),
            special_work: String::new(),
            duties: String::new(),
        }
    }

    /// Whether the person belongs to the establishment on `day`.
    pub fn is_employed_on(&self, day: Day) -> bool {
        self.joined_on.is_none_or(|joined| joined <= day) && self.left_on.is_none_or(|left| day <= left)
    }

    /// Whether only a part of `period` was worked (途中入社・退職).
    pub fn is_partial_in(&self, period: Period) -> bool {
        self.joined_on.is_some_and(|joined| joined > period.start) || self.left_on.is_some_and(|left| left < period.end)
    }
}

/// A trait of a worker with its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerAttribute {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// Which trait.
    pub kind: AttributeKind,
    /// First day; none = since ever.
    pub valid_from: Option<Day>,
    /// Last day; none = until further notice.
    pub valid_until: Option<Day>,
}

impl WorkerAttribute {
    /// Whether the trait holds on `day`.
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}

labelled! {
    /// The clinic's overall word on a checkup, kept as it came.
    FindingState { Unknown = "未入力", None = "所見なし", Present = "所見あり" }
}

/// One checkup (健康診断) of a worker, until its importer comes: judgement and finding by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkup {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// 健診日
    pub day: Day,
    /// The clinic's judgement, as printed.
    pub judgement: String,
    /// 異常の所見
    pub finding: FindingState,
    /// What the physician wants to see of it in a list, e.g. 血圧 152/96.
    pub summary: String,
    /// 医師の意見 given on (安衛法66条の4).
    pub opinion_on: Option<Day>,
    /// 就業区分 of that opinion.
    pub opinion: Option<super::interview::Fitness>,
}

labelled! {
    /// Where a worker stands in this year's stress check, as far as this physician may know.
    StressState { NotTaken = "未", Taken = "済", Selected = "要面接", Requested = "申出", Interviewed = "面接済" }
}

/// The stress-check state of a worker (安衛法66条の10), by hand until its importer comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StressFlag {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// Day of the check, or of the request.
    pub day: Day,
    /// State.
    pub state: StressState,
    /// 申出 on.
    pub requested_on: Option<Day>,
    /// Whether the worker agreed that the employer is told.
    #[serde(with = "flag")]
    pub is_consented: bool,
}
