//! What is kept of one examination beside its head in the list: the sheet as it came, and what the opinion holds more.

use serde::{Deserialize, Serialize};

use super::sheet::Cells;
use crate::domain::interview::Diagnosis;
use crate::domain::{Day, Id, flag};
use crate::labelled;

labelled! {
    /// 健診の種類 (安衛則43条から48条, 66条の2).
    CheckupKind {
        Periodic = "定期",
        Hire = "雇入時",
        Specified = "特定業務",
        Overseas = "海外派遣",
        OwnChoice = "自発的",
        Special = "特殊",
        Secondary = "二次",
    }
}

/// The sheet of one examination: one row, all its values in one text; read for the person on the screen only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckupSheet {
    /// Row.
    pub id: Id,
    /// The examination's head: [`crate::domain::worker::Checkup`].
    pub checkup: Id,
    /// Whose.
    pub worker: Id,
    /// 健診日
    pub day: Day,
    /// Which kind.
    pub kind: CheckupKind,
    /// 健診実施機関
    pub clinic: String,
    /// The clinic's overall words, as they came.
    pub clinic_text: String,
    /// Every value.
    pub cells: Cells,
    /// SHA-256 in hex of the file it came in; empty where it was typed. The import is one operation of the history.
    pub source: String,
    /// The row of the file, 1 and up; 0 where it was typed.
    pub source_row: i64,
}

/// What the physician's opinion holds beside 就業区分 and its day; most opinions need no such row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckupDetail {
    /// Row.
    pub id: Id,
    /// The examination.
    pub checkup: Id,
    /// Whose.
    pub worker: Id,
    /// Put aside, and not yet taken up again.
    #[serde(with = "flag")]
    pub is_held: bool,
    /// Why it was put aside.
    pub held_for: String,
    /// 通常、ただし受診が条件: what the opinion makes a condition.
    pub condition: String,
    /// 診断区分, where the physician sees another than the clinic.
    pub diagnosis: Option<Diagnosis>,
    /// 作業環境管理・作業管理 についての意見 (措置指針 2(3)).
    pub environment: String,
    /// Words that go with the opinion.
    pub words: String,
    /// The case that carries the measures, where there are any.
    pub case_id: Option<Id>,
}
