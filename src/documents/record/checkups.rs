//! Sheets of checkups with every value, and what the opinions hold beside their class.

use super::told::Told;
use crate::domain::checkup::{Catalogue, Cell, CheckupDetail, CheckupFollow, CheckupOmission, CheckupSheet};

pub(super) fn sheet(sheet: &CheckupSheet) -> Told {
    let CheckupSheet { id, checkup, worker: _, day, kind, clinic, clinic_text, cells, source, source_row } = sheet;
    let row = if *source_row > 0 { source_row.to_string() } else { String::new() };
    let told = Told::new("健診の票", id)
        .add("健診", checkup)
        .add("健診日", day)
        .add("種類", kind.label())
        .add("健診機関", clinic)
        .add("機関の判定", clinic_text)
        .add("取込元", source)
        .add("取込の行", row);
    cells.all().iter().fold(told, |told, cell| told.add(Catalogue::built_in().name_of(cell.item), value(cell)))
}

/// The value, what the clinic wrote where that differs, and its judgement.
fn value(cell: &Cell) -> String {
    let shown = cell.shown();
    let written = if cell.text.is_empty() || shown.contains(&cell.text) { "" } else { cell.text.as_str() };
    [shown.as_str(), written, cell.judgement.as_str()].join("　").trim().to_owned()
}

pub(super) fn detail(detail: &CheckupDetail) -> Told {
    let CheckupDetail { id, checkup, worker: _, is_held, held_for, condition, diagnosis, environment, words, case_id } =
        detail;
    Told::new("健診の意見の内容", id)
        .add("健診", checkup)
        .answer("保留", *is_held)
        .add("保留の理由", held_for)
        .add("条件", condition)
        .may("診断区分", diagnosis.map(|diagnosis| diagnosis.label()))
        .add("作業環境・作業管理", environment)
        .add("添える文", words)
        .may("案件", case_id.as_ref())
}

pub(super) fn omission(omission: &CheckupOmission) -> Told {
    let CheckupOmission { id, checkup, worker: _, item, ground, reason, decided_by, decided_on } = omission;
    Told::new("健診の項目の省略", id)
        .add("健診", checkup)
        .add("項目", item)
        .add("基準", ground)
        .add("理由", reason)
        .add("認めた医師", decided_by)
        .add("認めた日", decided_on)
}

pub(super) fn follow(follow: &CheckupFollow) -> Told {
    let CheckupFollow { id, checkup, worker: _, kind, advised_on, answered_on, result, is_consented } = follow;
    Told::new("健診のあとの勧め", id)
        .add("健診", checkup)
        .add("内容", kind.label())
        .add("勧めた日", advised_on)
        .may("返事の日", *answered_on)
        .add("結果", result)
        .answer("結果を残す同意", *is_consented)
}
