//! Synthetic sheets for tests.

use crate::domain::checkup::{Cell, Cells, CheckupKind, CheckupSheet, Item, Value};
use crate::domain::worker::Checkup;
use crate::domain::{Day, Id};

/// Cells from codes: `("sbp", "152", "D")`.
pub fn cells(values: &[(&str, &str, &str)]) -> Cells {
    let cell = |(code, value, judgement): &(&str, &str, &str)| Cell {
        item: Item::of_code(code).unwrap(),
        value: Value::of_code(value).unwrap(),
        text: (*value).to_owned(),
        judgement: (*judgement).to_owned(),
    };
    Cells::new(values.iter().map(cell).collect())
}

/// A sheet of an examination.
pub fn sheet(id: Id, checkup: &Checkup, values: &[(&str, &str, &str)]) -> CheckupSheet {
    CheckupSheet {
        id,
        checkup: checkup.id.clone(),
        worker: checkup.worker.clone(),
        day: checkup.day,
        kind: CheckupKind::Periodic,
        clinic: "見本健診センター".to_owned(),
        clinic_text: checkup.judgement.clone(),
        cells: cells(values),
        source: String::new(),
        source_row: 0,
    }
}

/// The head of an examination without an opinion.
pub fn head(id: Id, worker: Id, day: Day, judgement: &str) -> Checkup {
    let finding = super::intake::finding(judgement);
    let judgement = judgement.to_owned();
    Checkup { id, worker, day, judgement, finding, summary: String::new(), opinion_on: None, opinion: None }
}

/// Nothing out of range.
pub const QUIET: &[(&str, &str, &str)] = &[
    ("bmi", "22.0", ""),
    ("sbp", "118", ""),
    ("dbp", "72", ""),
    ("ast", "20", ""),
    ("ldl", "100", ""),
    ("up", "-", ""),
];
