//! One checkup typed from paper: which items, how a typed value is read, and the sheet that comes of it.
//!
//! Knows records and how cells are read; performs nothing. What is on record and was not typed over stays as it is,
//! with the clinic's judgement of each value.

use super::Site;
use super::checkups::intake::{NewExam, take_in};
use super::checkups::notes::NoteFault;
use super::checkups::secondary;
use super::requests::{self, RequestFault};
use crate::domain::Day;
use crate::domain::checkup::{self, Catalogue, Cell, Cells, CheckupKind, CheckupSheet, Doubt, Item, Value};
use crate::domain::command::Command;
use crate::domain::worker::Worker;

/// The items that are typed, in the order of the 個人票 (様式第5号); what clinics add stands behind.
pub const ITEMS: [Item; 40] = [
    Item::Height,
    Item::Weight,
    Item::Bmi,
    Item::Waist,
    Item::VisionRight,
    Item::VisionLeft,
    Item::VisionRightCorrected,
    Item::VisionLeftCorrected,
    Item::Hearing1000Right,
    Item::Hearing1000Left,
    Item::Hearing4000Right,
    Item::Hearing4000Left,
    Item::ChestXray,
    Item::Systolic,
    Item::Diastolic,
    Item::Haemoglobin,
    Item::RedCells,
    Item::Ast,
    Item::Alt,
    Item::Ggt,
    Item::Ldl,
    Item::Hdl,
    Item::TriglycerideFasting,
    Item::GlucoseFasting,
    Item::HbA1c,
    Item::UrineGlucose,
    Item::UrineProtein,
    Item::Ecg,
    Item::TriglycerideCasual,
    Item::GlucoseCasual,
    Item::Creatinine,
    Item::Egfr,
    Item::UricAcid,
    Item::WhiteCells,
    Item::Platelets,
    Item::Haematocrit,
    Item::TotalCholesterol,
    Item::History,
    Item::Symptoms,
    Item::Signs,
];

/// The item whose code a field bears.
pub fn item_of(code: &str) -> Option<Item> {
    Item::of_code(code)
}

/// The items that are typed on demand, by a part of their name: all that a file brings and [`ITEMS`] does not have.
pub fn others(part: &str) -> Vec<Item> {
    let is_other = |item: &&Item| !ITEMS.contains(item);
    Item::ALL.iter().filter(is_other).filter(|item| Catalogue::built_in().is_called(**item, part)).copied().collect()
}

/// Reads what was typed for an item; none where nothing was.
pub fn cell(item: Item, typed: &str) -> Option<Cell> {
    checkup::typed(item, typed)
}

/// What a field shows of a value on record: the words as they came where they read as that value, else the value.
pub fn shown(cell: &Cell) -> String {
    let is_typed_so = self::cell(cell.item, &cell.text).is_some_and(|typed| typed.value == cell.value);
    let is_doubt = matches!(cell.value, Value::Doubtful(_));
    if is_typed_so || is_doubt { cell.text.clone() } else { cell.shown() }
}

/// Why what was typed is doubtful; none where it is plain or empty.
pub fn doubt(item: Item, typed: &str) -> Option<Doubt> {
    match cell(item, typed)?.value {
        Value::Doubtful(doubt) => Some(doubt),
        _ => None,
    }
}

/// A checkup as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCheckup {
    /// 健診日
    pub day: Day,
    /// Which kind.
    pub kind: CheckupKind,
    /// The clinic's overall judgement, as printed.
    pub judgement: String,
    /// 健診実施機関
    pub clinic: String,
    /// What was typed anew or over what is on record; an empty text takes the value away.
    pub values: Vec<(Item, String)>,
}

/// The sheet of this worker and day, if there is one among `sheets`.
pub fn known<'a>(sheets: &'a [CheckupSheet], worker: &Worker, day: Day) -> Option<&'a CheckupSheet> {
    sheets.iter().find(|sheet| sheet.worker == worker.id && sheet.day == day)
}

/// Why a typed checkup is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// The day cannot be.
    #[error(transparent)]
    Day(#[from] RequestFault),
    /// It rests on something that is not on record.
    #[error(transparent)]
    Note(#[from] NoteFault),
}

/// Records a checkup with its values; the one of the same day is corrected. None where everything is so already.
///
/// # Errors
/// [`EntryFault`] for a day that cannot be, or a secondary examination without consent.
pub fn record(
    site: &Site,
    worker: &Worker,
    sheets: &[CheckupSheet],
    typed: &TypedCheckup,
    today: Day,
) -> Result<Option<Command>, EntryFault> {
    requests::check_day(worker, typed.day, today)?;
    let known = known(sheets, worker, typed.day);
    if typed.kind == CheckupKind::Secondary && secondary::consented(site, &worker.id, typed.day, today).is_none() {
        return Err(NoteFault::NoConsent.into());
    }
    let head = site.checkups.iter().find(|head| head.worker == worker.id && head.day == typed.day);
    // A finding that was said by hand stays, as long as the judgement it was said with does.
    let finding = head.filter(|head| head.judgement == typed.judgement.trim()).map(|head| head.finding);
    let exam = NewExam {
        worker: worker.id.clone(),
        day: typed.day,
        kind: typed.kind,
        clinic: typed.clinic.clone(),
        clinic_text: typed.judgement.clone(),
        finding,
        cells: merged(known, &typed.values),
        source_row: 0,
    };
    let made = take_in(site, known.map(std::slice::from_ref).unwrap_or_default(), vec![exam], "");
    let is_new = made.added + made.changed > 0;
    Ok(is_new.then(|| Command { subject: Some(worker.id.to_string()), ..made.command }))
}

fn merged(known: Option<&CheckupSheet>, values: &[(Item, String)]) -> Cells {
    let mut cells = known.map(|sheet| sheet.cells.all().to_vec()).unwrap_or_default();
    for (item, typed) in values {
        let place = cells.iter().position(|cell| cell.item == *item);
        match (cell(*item, typed), place.and_then(|place| cells.get_mut(place))) {
            (Some(new), Some(old)) => *old = new,
            (Some(new), None) => cells.push(new),
            (None, _) => cells.retain(|cell| cell.item != *item),
        }
    }
    Cells::new(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::entry_fixture::{TODAY, day, site, worker};
    use crate::domain::AnyRecord;
    use crate::domain::command::{Act, Change};

    fn typed(values: &[(Item, &str)]) -> TypedCheckup {
        TypedCheckup {
            day: day("2026-09-11"),
            kind: CheckupKind::Periodic,
            judgement: "B".to_owned(),
            clinic: String::new(),
            values: values.iter().map(|(item, text)| (*item, (*text).to_owned())).collect(),
        }
    }

    fn sheet(command: &Command) -> CheckupSheet {
        let found = command.changes.iter().find_map(|change| match change {
            Change::Put(AnyRecord::CheckupSheet(sheet)) => Some(sheet.as_ref().clone()),
            _ => None,
        });
        found.unwrap()
    }

    #[test]
    fn every_item_has_a_code_of_its_own_and_an_entry() {
        for (place, item) in ITEMS.iter().enumerate() {
            assert!(Catalogue::built_in().entry(*item).is_some());
            assert_eq!(ITEMS.iter().position(|other| other == item), Some(place));
            assert_eq!(item_of(item.code()), Some(*item));
        }
    }

    #[test]
    fn a_value_that_came_in_another_form_is_shown_as_what_it_is() {
        let of = |code: &str, value: &str, text: &str| {
            let (item, value) = (Item::of_code(code).unwrap(), Value::of_code(value).unwrap());
            shown(&Cell { item, value, text: text.to_owned(), judgement: String::new() })
        };
        assert_eq!(of("sbp", "141", "1回目 152、2回目 130"), "141");
        assert_eq!(of("ecg", "ok", "2"), "所見なし");
        assert_eq!(of("ast", "<10", "10未満"), "10未満");
        assert_eq!(of("hb", "?unit", "9.0 mmol/L"), "9.0 mmol/L");
    }

    #[test]
    fn every_item_that_a_file_brings_can_be_typed() {
        let all = others("");
        assert_eq!(all.len() + ITEMS.len(), Item::ALL.len());
        assert_eq!(others("喀"), [Item::Sputum]);
        assert_eq!(others("jds"), [Item::HbA1cJds]);
        assert_eq!(others("ＴＰ"), [Item::Protein], "a heading of clinics, whatever its width");
        assert!(others("服薬").len() == 3 && others("どこにもない").is_empty());
    }

    #[test]
    fn a_zero_is_no_finding_and_other_bare_digits_are_doubtful() {
        let value = |item, text| cell(item, text).map(|cell| cell.value);
        assert_eq!(value(Item::ChestXray, "0"), Some(Value::Finding(false)));
        assert_eq!(value(Item::UrineGlucose, "０"), Some(Value::Sign(0)));
        assert_eq!(doubt(Item::ChestXray, "1"), Some(Doubt::Code));
        assert_eq!(value(Item::Hearing4000Left, "1"), Some(Value::Finding(false)), "様式第5号: 1 所見なし");
        assert_eq!(value(Item::Hearing4000Left, "２"), Some(Value::Finding(true)), "様式第5号: 2 所見あり");
        assert_eq!(value(Item::HearingOther, "1"), Some(Value::Finding(false)));
        assert_eq!(doubt(Item::UrineGlucose, "1"), Some(Doubt::Code));
        assert_eq!(doubt(Item::Systolic, "1420"), Some(Doubt::Range));
        assert_eq!(doubt(Item::Systolic, "１４２"), None);
        assert_eq!(value(Item::Systolic, "  "), None);
    }

    #[test]
    fn a_value_typed_over_changes_and_the_others_stay_with_their_judgement() {
        let today = day(TODAY);
        let one = worker(1, "佐伯 美咲");
        let first =
            record(&site(), &one, &[], &typed(&[(Item::Ast, "20"), (Item::Alt, "18")]), today).unwrap().unwrap();
        assert_eq!((first.act, first.subject.as_deref()), (Act::EnterCheckup, Some("E01-W0001")));
        let mut kept = sheet(&first);
        let mut cells = kept.cells.all().to_vec();
        cells[0].judgement = "A".to_owned();
        kept.cells = Cells::new(cells);
        let later = record(&site(), &one, &[kept.clone()], &typed(&[(Item::Alt, "81"), (Item::Ggt, "")]), today);
        // The head of the fixture's site is not there, so the sheet is new; its values are the merged ones.
        let cells = sheet(&later.unwrap().unwrap()).cells;
        let cells = cells.all();
        assert_eq!((cells.len(), cells[0].judgement.as_str(), cells[1].text.as_str()), (2, "A", "81"));
        assert_eq!(merged(Some(&kept), &[(Item::Ast, String::new())]).all().len(), 1);
    }

    #[test]
    fn a_day_that_cannot_be_records_nothing() {
        let late = TypedCheckup { day: day("2027-01-01"), ..typed(&[(Item::Ast, "20")]) };
        let refused = record(&site(), &worker(1, "佐伯 美咲"), &[], &late, day(TODAY));
        assert_eq!(refused, Err(EntryFault::Day(RequestFault::Future)));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_doubtful(place in 0..ITEMS.len(), text in ".{0,12}") {
            let read = cell(ITEMS[place], &text);
            proptest::prop_assert!(read.is_some() || text.trim().is_empty() || crate::domain::checkup::catalogue::fold(&text).is_empty());
        }
    }
}
