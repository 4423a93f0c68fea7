//! Worked time as it was reported, and the batches it came in.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{Day, Hours, Id, Period};
use crate::labelled;

labelled! {
    /// Which definition of "hours" a number follows; these never share a column.
    Measure {
        StatutoryTotal = "総労働時間",
        ReportedOvertime = "会社の計算の残業",
        HealthManagement = "健康管理時間",
        Article36 = "36協定の時間外・休日労働",
        MedicalAct = "医療法の時間外・休日労働",
    }
}

labelled! {
    /// Where a number comes from.
    Series { Employer = "会社", Worker = "本人", Reference = "参考" }
}

/// One worker's hours in one period, by one measure and one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkTime {
    /// Whose.
    pub worker: Id,
    /// Counting period.
    pub period: Period,
    /// Definition.
    pub measure: Measure,
    /// Source.
    pub series: Series,
    /// Value in seconds, as an interval.
    pub hours: Hours,
    /// The cell as it stood in the file, or what was typed.
    pub source_text: CompactString,
    /// Row number in the file, 1-based; 0 by hand.
    pub row: u32,
}

/// 深夜業 of a worker in a period, as an employer's file told it (安衛則52条の2第3項の情報): kept as data, judged by nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightWork {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// First day of the counting period.
    pub first_day: Day,
    /// Last day of the counting period.
    pub last_day: Day,
    /// 回数, where the file says it or each of its rows is one day.
    pub count: Option<i64>,
    /// 時間 in seconds, as the file writes it.
    pub seconds: Option<i64>,
}

/// A row of hours as it is kept: in force, or replaced by a later batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHours {
    /// The row.
    pub value: WorkTime,
    /// The batch it came in.
    pub batch: Id,
    /// The batch that replaced it; none while it is in force.
    pub retired_by: Option<Id>,
}

labelled! {
    /// What a batch brought in.
    BatchKind { Hours = "労働時間", Roster = "名簿", Checkup = "健診", Stress = "ストレスチェック", Restrictions = "就業制限",
        StressResults = "ストレスチェックの結果" }
}

/// A file that was taken in, or a grid typed by hand: undone as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Row.
    pub id: Id,
    /// What it brought.
    pub kind: BatchKind,
    /// The day it was taken in.
    pub day: Day,
    /// SHA-256 of the file, in hex; empty by hand.
    pub sha256: String,
    /// Rows in the source.
    pub rows: i64,
    /// Rows added.
    pub added: i64,
    /// Rows that replaced another.
    pub changed: i64,
    /// Rows refused.
    pub refused: i64,
    /// How the values were read, e.g. 60進.
    pub reading: String,
    /// SHA-256 over the accepted rows, for the check.
    pub content_sha256: String,
    /// Undone on.
    pub undone_on: Option<Day>,
}

/// The mapping of a source's columns, kept for the next file of the same shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProfile {
    /// Row.
    pub id: Id,
    /// The physician's name for it.
    pub name: String,
    /// What it reads.
    pub kind: BatchKind,
    /// The folded header it recognises, joined by tabs.
    pub header: String,
    /// The mapping itself, as `import` wrote it.
    pub mapping_json: serde_json::Value,
}
