//! What a sheet gives to be graded: numbers by item, with what was converted or derived from what.

use crate::domain::checkup::{Bound, Cells, Decimal, Item, Value};

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// As measured.
    Measured,
    /// HbA1c of JDS units, converted: NGSP = 1.02 JDS + 0.25 (未確認).
    FromJds,
    /// Total cholesterol without HDL.
    Derived,
    /// A plain column whose sample's time the sheet tells.
    BySampleTime,
    /// A casual blood sugar of a sample that was taken too soon for it (採血時間 4).
    TooSoon,
}

/// A number to be graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The item under which it is graded.
    pub item: Item,
    /// How it is bounded.
    pub bound: Bound,
    /// The number; a sign is its level.
    pub value: Decimal,
    /// Where it comes from.
    pub origin: Origin,
    /// The item on the sheet.
    pub from: Item,
}

/// Everything on the sheet that can be graded, in its order.
///
/// A naked eye is left out where the same eye was tested corrected; a blood sample of unknown time stays under its plain name.
pub fn measured(cells: &Cells) -> Vec<Measured> {
    let mut found: Vec<Measured> = cells.all().iter().filter_map(|cell| plain(cells, cell.item, &cell.value)).collect();
    found.extend(converted(cells));
    found.extend(non_hdl(cells));
    found
}

fn plain(cells: &Cells, item: Item, value: &Value) -> Option<Measured> {
    let is_covered = match item {
        Item::VisionRight => number_of(cells, Item::VisionRightCorrected).is_some(),
        Item::VisionLeft => number_of(cells, Item::VisionLeftCorrected).is_some(),
        Item::HbA1cJds | Item::Meal => true,
        _ => false,
    };
    let (bound, value) = match value {
        Value::Number(bound, decimal) => (*bound, *decimal),
        Value::Sign(level) => (Bound::Exactly, Decimal::new(i64::from(*level), 0)),
        _ => return None,
    };
    let graded = by_sample_time(cells, item);
    let origin = match graded == item {
        true if is_too_soon(cells, item) => Origin::TooSoon,
        true => Origin::Measured,
        false => Origin::BySampleTime,
    };
    (!is_covered).then_some(Measured { item: graded, bound, value, origin, from: item })
}

fn number_of(cells: &Cells, item: Item) -> Option<(Bound, Decimal)> {
    cells.get(item)?.value.number()
}

/// A plain 血糖 or 中性脂肪 counts as fasting or not by the time of the sample; where that is not known it stays plain,
/// and only a table that names it so grades it.
fn by_sample_time(cells: &Cells, item: Item) -> Item {
    let (fasting, casual) = match item {
        Item::Glucose => (Item::GlucoseFasting, Item::GlucoseCasual),
        Item::Triglyceride => (Item::TriglycerideFasting, Item::TriglycerideCasual),
        other => return other,
    };
    match number_of(cells, Item::Meal) {
        Some((Bound::Exactly | Bound::AtLeast | Bound::Above, hours)) if hours >= FASTING => fasting,
        Some((Bound::Exactly | Bound::AtLeast | Bound::Above, hours)) if hours >= CASUAL => casual,
        _ => item,
    }
}

/// Whether the sheet says that the meal was too near for this item's name.
fn is_too_soon(cells: &Cells, item: Item) -> bool {
    let limit = match item {
        Item::GlucoseFasting => FASTING,
        Item::GlucoseCasual => CASUAL,
        _ => return false,
    };
    match number_of(cells, Item::Meal) {
        Some((Bound::Below | Bound::AtMost, hours)) => hours <= limit,
        // 採血時間 3 begins at three hours and a half and reaches no further than ten.
        Some((_, hours)) => hours < limit,
        None => false,
    }
}

/// Ten hours after the meal (採血時間 2).
const FASTING: Decimal = Decimal::new(10, 0);
/// Three hours and a half after the meal began (採血時間 3).
const CASUAL: Decimal = Decimal::new(35, 1);

fn converted(cells: &Cells) -> Option<Measured> {
    if number_of(cells, Item::HbA1c).is_some() {
        return None;
    }
    let (bound, jds) = number_of(cells, Item::HbA1cJds)?;
    let value = Decimal::new((jds.units_at(2) * 102) + 2500, 4);
    Some(Measured { item: Item::HbA1c, bound, value, origin: Origin::FromJds, from: Item::HbA1cJds })
}

fn non_hdl(cells: &Cells) -> Option<Measured> {
    if cells.get(Item::NonHdl).is_some() {
        return None;
    }
    let (total, hdl) = (cells.number(Item::TotalCholesterol)?, cells.number(Item::Hdl)?);
    let places = total.places().max(hdl.places());
    let units = total.units_at(places) - hdl.units_at(places);
    let value = Decimal::new(units, places);
    (units > 0).then_some(Measured {
        item: Item::NonHdl,
        bound: Bound::Exactly,
        value,
        origin: Origin::Derived,
        from: Item::TotalCholesterol,
    })
}
