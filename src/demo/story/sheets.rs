//! Sheets of values behind the demo's checkups: a level of one's own, a little change from year to year.

use chrono::Datelike;

use crate::demo::random::Random;
use crate::domain::Id;
use crate::domain::checkup::{Cell, Cells, CheckupKind, CheckupSheet, Column, Decimal, Item, Reading, Value, read};
use crate::domain::worker::{Checkup, Sex};

/// Item, lowest and highest level of a person without a finding, change within a year, digits behind the point.
const LEVELS: &[(Item, i64, i64, i64, u8)] = &[
    (Item::Height, 1520, 1780, 0, 1),
    (Item::Weight, 480, 700, 12, 1),
    (Item::Bmi, 190, 242, 3, 1),
    (Item::Waist, 680, 830, 12, 1),
    (Item::VisionRight, 10, 15, 0, 1),
    (Item::VisionLeft, 10, 15, 0, 1),
    (Item::Systolic, 104, 126, 3, 0),
    (Item::Diastolic, 60, 80, 3, 0),
    (Item::Haemoglobin, 133, 143, 2, 1),
    (Item::RedCells, 430, 510, 8, 0),
    (Item::Ast, 14, 27, 2, 0),
    (Item::Alt, 10, 27, 3, 0),
    (Item::Ggt, 12, 45, 4, 0),
    (Item::Ldl, 80, 115, 4, 0),
    (Item::Hdl, 46, 80, 3, 0),
    (Item::TriglycerideFasting, 45, 138, 8, 0),
    (Item::GlucoseFasting, 80, 97, 2, 0),
    (Item::HbA1c, 50, 54, 1, 1),
    (Item::Creatinine, 52, 68, 2, 2),
    (Item::UricAcid, 35, 66, 2, 1),
];

/// The sheet behind `head`: what its summary says is out of range, the rest is not.
pub(super) fn sheet(random: &mut Random, seed: &[u64], id: Id, head: &Checkup, sex: Sex) -> CheckupSheet {
    let mut own = Random::of(seed);
    let mut cells: Vec<Cell> = LEVELS
        .iter()
        .map(|(item, low, high, change, places)| {
            let level = own.between(*low, *high) + if *change > 0 { random.between(0, *change) } else { 0 };
            plain(*item, &decimal(level, *places), "")
        })
        .collect();
    for (item, words) in ALWAYS {
        cells.push(plain(*item, words, ""));
    }
    for (item, text) in out_of_range(&head.summary, sex) {
        cells.retain(|cell| cell.item != item);
        cells.push(plain(item, text, &head.judgement));
    }
    let weight = weight(&cells);
    cells.retain(|cell| cell.item != Item::Weight);
    cells.push(plain(Item::Weight, &weight, ""));
    CheckupSheet {
        id,
        checkup: head.id.clone(),
        worker: head.worker.clone(),
        day: head.day,
        kind: CheckupKind::Periodic,
        clinic: if head.day.year() % 2 == 0 { "見本健診センター" } else { "見本総合クリニック" }.to_owned(),
        clinic_text: head.judgement.clone(),
        cells: Cells::new(cells),
        source: String::new(),
        source_row: 0,
    }
}

/// The weight that height and BMI make, in kilograms.
fn weight(cells: &[Cell]) -> String {
    let tenths = |item| cells.iter().find(|cell| cell.item == item)?.value.number().map(|(_, value)| value.units_at(1));
    let (height, bmi) = (tenths(Item::Height).unwrap_or_default(), tenths(Item::Bmi).unwrap_or_default());
    decimal(bmi * height * height / 1_000_000, 1)
}

const ALWAYS: &[(Item, &str)] = &[
    (Item::Hearing1000Right, "所見なし"),
    (Item::Hearing1000Left, "所見なし"),
    (Item::Hearing4000Right, "所見なし"),
    (Item::Hearing4000Left, "所見なし"),
    (Item::ChestXray, "異常なし"),
    (Item::UrineGlucose, "(-)"),
    (Item::UrineProtein, "(-)"),
    (Item::Ecg, "異常なし"),
    (Item::MedicinePressure, "いいえ"),
];

/// What the words of the head mean in values.
fn out_of_range(summary: &str, sex: Sex) -> Vec<(Item, &'static str)> {
    match summary {
        "血圧 132/84" => vec![(Item::Systolic, "132"), (Item::Diastolic, "84")],
        "血圧 146/92" => vec![(Item::Systolic, "146"), (Item::Diastolic, "92")],
        // One who has all four findings of the second examination, beside the pressure.
        "血圧 162/101" => vec![
            (Item::Systolic, "162"),
            (Item::Diastolic, "101"),
            (Item::Ldl, "152"),
            (Item::GlucoseFasting, "118"),
            (Item::Waist, if sex == Sex::Female { "92.0" } else { "90.5" }),
        ],
        "LDL 138" => vec![(Item::Ldl, "138")],
        "LDL 162" => vec![(Item::Ldl, "162")],
        "BMI 26.1" => vec![(Item::Bmi, "26.1")],
        "GGT 98" => vec![(Item::Ggt, "98")],
        "HbA1c 6.1" => vec![(Item::HbA1c, "6.1"), (Item::GlucoseFasting, "112")],
        "HbA1c 6.9" => vec![(Item::HbA1c, "6.9"), (Item::GlucoseFasting, "137")],
        "聴力 右 4000Hz" => vec![(Item::Hearing4000Right, "45")],
        "胸部X線 要精密検査" => vec![(Item::ChestXray, "右上肺野に結節影")],
        "高血圧 治療中" => {
            vec![(Item::Systolic, "136"), (Item::Diastolic, "86"), (Item::MedicinePressure, "はい")]
        }
        _ => Vec::new(),
    }
}

/// Read as a clinic's cell is read.
fn plain(item: Item, text: &str, judgement: &str) -> Cell {
    let value = match read(Column::One(item), text, false) {
        Reading::Cells(cells) => cells.into_iter().next(),
        Reading::Empty => None,
    };
    let empty = || Cell { item, value: Value::NotDone, text: String::new(), judgement: String::new() };
    Cell { judgement: judgement.to_owned(), ..value.unwrap_or_else(empty) }
}

fn decimal(units: i64, places: u8) -> String {
    Decimal::new(units, places).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EstablishmentId;
    use crate::domain::id::Prefix;
    use crate::domain::worker::FindingState;

    #[test]
    fn height_weight_and_bmi_of_a_sheet_agree() {
        let id = |number| Id::new(&EstablishmentId::new(1), Prefix::Row, number);
        for summary in ["", "BMI 26.1", "血圧 162/101"] {
            let (day, worker, judgement) = ("2026-09-11".parse().unwrap(), id(3), "A".to_owned());
            let head = Checkup {
                id: id(1),
                worker,
                day,
                judgement,
                finding: FindingState::None,
                summary: summary.to_owned(),
                opinion_on: None,
                opinion: None,
            };
            let sheet = sheet(&mut Random::of(&[7]), &[3], id(2), &head, Sex::Male);
            let of = |item| sheet.cells.get(item).and_then(|cell| cell.value.number()).unwrap().1.units_at(1);
            let (height, weight, bmi) = (of(Item::Height), of(Item::Weight), of(Item::Bmi));
            assert!((weight * 1_000_000 / (height * height) - bmi).abs() <= 1, "{height} {weight} {bmi}");
        }
    }
}
