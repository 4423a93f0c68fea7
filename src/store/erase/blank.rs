//! What is left of a record when nothing is left of what the batch said that brought it.

use serde_json::Value;

use crate::domain::case::{Case, Measure};
use crate::domain::checkup::{Cells, CheckupSheet};
use crate::domain::stress::{Computed, Need, StressResult};
use crate::domain::worker::{Checkup, FindingState, StressFlag, StressState, Worker};
use crate::domain::{AnyRecord, Table};

/// The record without words and values, for what came later to stand on; none where a later change alone makes no record.
pub(super) fn of(table: Table, row: Value) -> Option<Value> {
    let blank: AnyRecord = match AnyRecord::from_json(table, row).ok()? {
        AnyRecord::Worker(row) => Worker::new(row.id).into(),
        AnyRecord::Checkup(row) => head(*row).into(),
        AnyRecord::CheckupSheet(row) => sheet(*row).into(),
        AnyRecord::Measure(row) => Measure::new(row.id, row.case_id, row.worker, row.kind).into(),
        AnyRecord::Case(row) => Case { next_on: None, closed_on: None, note: String::new(), ..*row }.into(),
        AnyRecord::StressFlag(row) => {
            StressFlag { state: StressState::NotTaken, requested_on: None, is_consented: false, ..*row }.into()
        }
        AnyRecord::StressResult(row) => result(*row).into(),
        _ => return None,
    };
    blank.to_json().ok()
}

fn head(row: Checkup) -> Checkup {
    let (judgement, summary) = (String::new(), String::new());
    Checkup { judgement, summary, finding: FindingState::Unknown, opinion_on: None, opinion: None, ..row }
}

fn sheet(row: CheckupSheet) -> CheckupSheet {
    let (clinic, clinic_text, source) = (String::new(), String::new(), String::new());
    CheckupSheet { clinic, clinic_text, cells: Cells::default(), source, source_row: 0, ..row }
}

fn result(row: StressResult) -> StressResult {
    StressResult {
        computed: Computed::Withheld,
        by_symptoms: false,
        by_causes: false,
        causes: None,
        symptoms: None,
        support: None,
        need: Need::Open,
        decided_on: None,
        decided_by: String::new(),
        reason: String::new(),
        notified_on: None,
        ..row
    }
}

/// Whether a record can stand as it is: nobody without a name, no measure without words, no examination without a value.
pub(super) fn stands(table: Table, row: &Value) -> bool {
    let has = |member: &str| row.get(member).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    match table {
        Table::Worker => has("name"),
        Table::Measure => has("content"),
        Table::CheckupSheet => has("cells") || has("clinic_text"),
        _ => true,
    }
}

/// Whether whoever writes such a record writes all of it: then nothing of an earlier one is left in it.
pub(super) const fn is_whole(table: Table) -> bool {
    matches!(
        table,
        Table::StressAnswers
            | Table::StressReported
            | Table::NightWork
            | Table::PersonAnswer
            | Table::ImportProfile
            | Table::Batch
    )
}
