//! One person's values over the years, item by item: value, class by the chosen table, the clinic's own judgement.
//!
//! Neither the class nor the judgement overwrites the other, and a year that is missing leaves its place empty.

use std::collections::HashMap;

use super::lines::{Line, YEARS, lines};
use crate::domain::checkup::{Cell, Cells, CheckupSheet, Item, Value};
use crate::domain::worker::{Sex, Worker};
use crate::domain::{Day, time};
use crate::scales::checkup::{Table, egfr, grade};

/// One item over the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The item; blood pressure stands under the systolic one.
    pub item: Item,
    /// 項目名
    pub name: String,
    /// One place an examination, oldest first; none where the item was not examined.
    pub points: Vec<Option<Point>>,
    /// Digits behind the point to which the newest value was rounded before it was graded.
    pub places: Option<u8>,
}

/// One examination of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// 健診日
    pub day: Day,
    /// As it is shown.
    pub value: String,
    /// In millionths, for the picture.
    pub number: Option<i64>,
    /// Class by the table, e.g. `C` or `C-D`; empty where the table has none.
    pub grade: String,
    /// Weight of that class.
    pub weight: u8,
    /// Whether the class was compared with its source and is decided.
    pub is_confirmed: bool,
    /// The clinic's own judgement, as it came.
    pub clinic: String,
    /// Whether it was computed here and is on no sheet (eGFR).
    pub is_computed: bool,
}

impl Trend {
    /// The newest examination, where the item was part of it.
    pub fn newest(&self) -> Option<&Point> {
        self.points.last().and_then(Option::as_ref)
    }

    /// Whether the newest value is higher (1), the same (0) or lower (-1) than the one before it.
    pub fn direction(&self) -> Option<i8> {
        let mut known = self.points.iter().rev().flatten().filter_map(|point| point.number);
        let (now, before) = (known.next()?, known.next()?);
        self.newest().and_then(|point| point.number)?;
        i8::try_from((now - before).signum()).ok()
    }

    /// The numbers for a picture, oldest first.
    pub fn numbers(&self) -> Vec<Option<i64>> {
        self.points.iter().map(|point| point.as_ref().and_then(|point| point.number)).collect()
    }
}

/// Every item of these sheets (newest first), in the order of the reel: what has to be seen first, then the sheet's order,
/// then what was only examined in earlier years.
pub fn trends(table: &Table, sheets: &[CheckupSheet], worker: &Worker) -> Vec<Trend> {
    let years: Vec<Year> = sheets.iter().rev().map(|sheet| Year::of(table, sheet, worker)).collect();
    let mut items: Vec<(Item, String)> = Vec::new();
    for line in years.iter().rev().flat_map(|year| &year.lines) {
        if items.iter().all(|(item, _)| *item != line.item) {
            items.push((line.item, line.name.clone()));
        }
    }
    let trend = |(item, name): (Item, String)| Trend {
        item,
        name,
        points: years.iter().map(|year| year.point(item)).collect(),
        places: years.last().and_then(|year| year.places.get(&item).copied()),
    };
    items.into_iter().map(trend).collect()
}

/// One examination, graded.
struct Year {
    day: Day,
    lines: Vec<Line>,
    places: HashMap<Item, u8>,
    is_computed: bool,
}

impl Year {
    fn of(table: &Table, sheet: &CheckupSheet, worker: &Worker) -> Self {
        let computed = computed(sheet, worker);
        let is_computed = computed.is_some();
        let cells = sheet.cells.all().iter().cloned().chain(computed).collect();
        let whole = CheckupSheet { cells: Cells::new(cells), ..sheet.clone() };
        Self {
            day: sheet.day,
            places: places(table, &whole.cells, worker.sex),
            lines: lines(table, &[whole], worker.sex),
            is_computed,
        }
    }

    fn point(&self, item: Item) -> Option<Point> {
        let line = self.lines.iter().find(|line| line.item == item)?;
        Some(Point {
            day: self.day,
            value: line.values.get(YEARS - 1)?.clone()?,
            number: line.trend.get(YEARS - 1).copied().flatten(),
            grade: line.grade.clone(),
            weight: line.weight,
            is_confirmed: line.is_confirmed,
            clinic: line.clinic.clone(),
            is_computed: self.is_computed && item == Item::Egfr,
        })
    }
}

fn places(table: &Table, cells: &Cells, sex: Sex) -> HashMap<Item, u8> {
    let graded = grade(table, cells, sex).into_iter();
    graded.filter_map(|graded| Some((*graded.items.first()?, graded.places?))).collect()
}

/// The eGFR of a sheet that holds only a creatinine.
fn computed(sheet: &CheckupSheet, worker: &Worker) -> Option<Cell> {
    let (birth, creatinine) = (worker.birth?, sheet.cells.number(Item::Creatinine)?);
    if sheet.cells.get(Item::Egfr).is_some() {
        return None;
    }
    let value = egfr(creatinine, time::age(birth, sheet.day), worker.sex)?;
    Some(Cell { item: Item::Egfr, value: Value::exactly(value), text: value.to_string(), judgement: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::checkups::testing::{head, sheet};
    use crate::app::entry_fixture::{day, row, worker, worker_id};
    use crate::scales::checkup::table;

    /// Newest first, as the store gives them.
    fn sheets() -> Vec<CheckupSheet> {
        let of = |number: u32, on: &str, values: &[(&str, &str, &str)]| {
            sheet(row(number + 50), &head(row(number), worker_id(1), day(on), "A"), values)
        };
        vec![
            of(3, "2026-09-11", &[("sbp", "162", "D"), ("dbp", "101", ""), ("ldl", "152", "C"), ("cr", "1.00", "")]),
            of(2, "2025-09-12", &[("sbp", "112", ""), ("dbp", "77", ""), ("up", "1+", "")]),
            of(1, "2024-09-13", &[("sbp", "112", ""), ("dbp", "76", ""), ("ldl", "91", "B")]),
        ]
    }

    fn person() -> Worker {
        Worker { birth: Some(day("1976-01-01")), sex: Sex::Male, ..worker(1, "見本 太郎") }
    }

    fn of(item: Item) -> Trend {
        let all = trends(table("dock-2016").unwrap(), &sheets(), &person());
        all.into_iter().find(|trend| trend.item == item).unwrap()
    }

    #[test]
    fn an_item_stands_year_by_year_with_class_and_judgement_beside_each_other() {
        let pressure = of(Item::Systolic);
        let shown: Vec<(&str, &str, &str)> = pressure
            .points
            .iter()
            .flatten()
            .map(|point| (point.value.as_str(), point.grade.as_str(), point.clinic.as_str()))
            .collect();
        assert_eq!(shown, [("112/76", "A", ""), ("112/77", "A", ""), ("162/101", "D", "D")]);
        assert_eq!((pressure.direction(), pressure.places), (Some(1), Some(0)));
    }

    #[test]
    fn a_year_without_the_item_leaves_its_place_empty() {
        let ldl = of(Item::Ldl);
        let values: Vec<Option<&str>> =
            ldl.points.iter().map(|point| point.as_ref().map(|point| point.value.as_str())).collect();
        assert_eq!(values, [Some("91"), None, Some("152")]);
        assert_eq!((ldl.direction(), ldl.points[0].as_ref().unwrap().clinic.as_str()), (Some(1), "B"));
        let protein = of(Item::UrineProtein);
        assert_eq!((protein.newest(), protein.direction()), (None, None), "only examined in an earlier year");
    }

    #[test]
    fn what_has_to_be_seen_stands_first_and_what_is_gone_last() {
        let all = trends(table("dock-2016").unwrap(), &sheets(), &person());
        let items: Vec<Item> = all.iter().map(|trend| trend.item).collect();
        assert_eq!((items[0], items[items.len() - 1]), (Item::Systolic, Item::UrineProtein));
    }

    #[test]
    fn an_egfr_that_no_sheet_holds_is_computed_and_says_so() {
        let point = of(Item::Egfr).newest().cloned().unwrap();
        assert_eq!((point.value.as_str(), point.grade.as_str(), point.is_computed), ("63.1", "A", true));
        let nobody = Worker { birth: None, ..person() };
        let all = trends(table("dock-2016").unwrap(), &sheets(), &nobody);
        assert!(all.iter().all(|trend| trend.item != Item::Egfr), "without an age nothing is computed");
    }
}
