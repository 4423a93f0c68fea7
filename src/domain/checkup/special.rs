//! Who is owed which other examination, what it found, and who works abroad (安衛則45条の2, 47条, 48条, 特別の規則).
//!
//! No catalogue of substances: what 特化物 a person works with and which items are examined is typed by the physician.

use serde::{Deserialize, Serialize};

use crate::domain::interview::Fitness;
use crate::domain::worker::FindingState;
use crate::domain::{Day, Id, flag};
use crate::labelled;

labelled! {
    /// An examination beside the ordinary one.
    SpecialKind {
        Dental = "歯科",
        Catering = "給食の検便",
        OwnChoice = "自発的",
        Organic = "有機溶剤",
        Lead = "鉛",
        TetraalkylLead = "四アルキル鉛",
        Chemical = "特定化学物質",
        Pressure = "高気圧",
        Radiation = "電離放射線",
        Decontamination = "除染等電離",
        Asbestos = "石綿",
        Dust = "じん肺",
        Abroad = "海外派遣前",
        Home = "海外派遣後",
        Specified = "特定業務への配置替え",
    }
}

labelled! {
    /// じん肺管理区分, where the examination is that of じん肺.
    DustClass { None = "-", First = "管理1", Second = "管理2", Third = "管理3" }
}

/// That a person's work calls for an examination, from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamDuty {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// Which examination.
    pub exam: SpecialKind,
    /// Substances, sources or the work, in words.
    pub work: String,
    /// The items that are examined, one a line, as the physician set them; for 特化物 they are nowhere else.
    pub items: String,
    /// 特別管理物質 and the like: records are kept for the long time.
    #[serde(with = "flag")]
    pub is_long_kept: bool,
    /// Whether the physician found the conditions of the longer interval met for this person (SP-21).
    #[serde(with = "flag")]
    pub is_relaxed: bool,
    /// じん肺管理区分
    pub dust_class: DustClass,
    /// From when the work lasts.
    pub valid_from: Day,
    /// Its last day.
    pub valid_until: Option<Day>,
}

impl ExamDuty {
    /// Whether the work lasts on `day`.
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }
}

labelled! {
    /// What an item of a special examination came to; 分布 is that of a metabolite in the urine (有機則30条の3).
    ItemState {
        NotDone = "行っていない",
        Fine = "所見なし",
        Found = "所見あり",
        First = "分布1",
        Second = "分布2",
        Third = "分布3",
    }
}

/// One item of a special examination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialItem {
    /// The item as the report or the physician names it.
    pub name: String,
    /// What came of it.
    pub state: ItemState,
}

/// An examination beside the ordinary one, as it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialExam {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// Which.
    pub exam: SpecialKind,
    /// 健診日
    pub day: Day,
    /// 実施機関
    pub clinic: String,
    /// 異常の所見
    pub finding: FindingState,
    /// Whether a physician or dentist told the person or the employer to do something (指示).
    #[serde(with = "flag")]
    pub is_instructed: bool,
    /// Its items.
    pub items_json: Vec<SpecialItem>,
    /// 電離: effective dose since the last examination in microsieverts; none where nobody told it.
    pub dose_microsieverts: Option<i64>,
    /// 自発的, or by a physician of one's own choice: handed in on.
    pub submitted_on: Option<Day>,
    /// Whether the long time of keeping holds for this record.
    #[serde(with = "flag")]
    pub is_long_kept: bool,
    /// 医師の意見 given on.
    pub opinion_on: Option<Day>,
    /// 就業区分 of that opinion.
    pub opinion: Option<Fitness>,
}

/// 海外派遣 (安衛則45条の2): from when to when a person works abroad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Row.
    pub id: Id,
    /// Who.
    pub worker: Id,
    /// Where to.
    pub place: String,
    /// Leaves on.
    pub leaves_on: Day,
    /// Comes back on, as planned or as it was.
    pub returns_on: Option<Day>,
    /// Whether the work at home afterwards is only temporary.
    #[serde(with = "flag")]
    pub is_home_temporary: bool,
}
