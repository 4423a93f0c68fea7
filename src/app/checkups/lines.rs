//! A sheet as rows: the value of this year and of the years before, its class by the table, the clinic's judgement.

use crate::domain::checkup::several;
use crate::domain::checkup::{Catalogue, Cell, CheckupSheet, Item, Judgement, Value, Which};
use crate::domain::worker::Sex;
use crate::scales::checkup::{Grade, Graded, Table, grade, of_item};

/// Years that stand beside each other, this one included.
pub const YEARS: usize = 3;

/// A row of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The item; blood pressure stands under the systolic one.
    pub item: Item,
    /// 項目名
    pub name: String,
    /// Values as they are shown, oldest first, this year's last; none where it was not examined.
    pub values: [Option<String>; YEARS],
    /// Values for the trend, in millionths, oldest first.
    pub trend: [Option<i64>; YEARS],
    /// Class by the table, e.g. `C` or `C-D`; empty where the table has none.
    pub grade: String,
    /// Weight of that class.
    pub weight: u8,
    /// Weight of the lightest class that the value may have: what it surely has.
    pub sure_weight: u8,
    /// Whether the class was compared with its source and is decided.
    pub is_confirmed: bool,
    /// The row's remark in the table.
    pub note: String,
    /// The clinic's own judgement, as it came.
    pub clinic: String,
    /// Whether it has to be seen before anything is judged.
    pub is_notable: bool,
    /// Whether a line about the whole sheet names it: it is notable, the clinic marked it, or the table cannot grade it.
    pub is_named: bool,
}

impl Line {
    /// Whether a batch may pass it over: at most a slight class, and no word, doubt or judgement that wants to be read.
    pub const fn is_quiet(&self) -> bool {
        self.weight < 2 && (self.weight > 0 || !self.is_notable)
    }

    /// This year's value with its unit, for a reader who has no sheet beside it.
    pub fn with_unit(&self) -> String {
        let value = self.values.last().cloned().flatten().unwrap_or_default();
        let unit = Catalogue::built_in().entry(self.item).map(|entry| entry.unit.as_str()).unwrap_or_default();
        if value.ends_with(|last: char| last.is_ascii_digit()) { format!("{value}{unit}") } else { value }
    }

    /// Whether somebody should see a doctor about it: the clinic says so, a class says so without a doubt, or words do.
    pub fn is_to_be_seen(&self) -> bool {
        let judged = Judgement::read(&self.clinic).is_some_and(|judgement| judgement >= Judgement::Observe);
        self.is_notable && (judged || self.sure_weight > 1 || self.weight == 0)
    }

    /// Whether this year's value is higher (1), the same (0) or lower (-1) than the newest one before.
    pub fn direction(&self) -> Option<i8> {
        let [older, before, now] = self.trend;
        let before = before.or(older)?;
        now.map(|now| i8::try_from((now - before).signum()).unwrap_or(0))
    }
}

/// The rows of the newest of `sheets` (newest first), those to be seen first, heaviest first; then the rest.
pub fn lines(table: &Table, sheets: &[CheckupSheet], sex: Sex) -> Vec<Line> {
    lines_where(table, sheets, sex, |_| true)
}

/// Of one sheet the rows that are named in short only, heaviest first: of ten thousand that come in at once nobody reads the
/// others.
pub fn named(table: &Table, sheet: &CheckupSheet, sex: Sex) -> Vec<Line> {
    lines_where(table, std::slice::from_ref(sheet), sex, |weighed| weighed.is_named)
}

fn lines_where(
    table: &Table,
    sheets: &[CheckupSheet],
    sex: Sex,
    is_wanted: impl Fn(&Weighed<'_>) -> bool,
) -> Vec<Line> {
    let Some(newest) = sheets.first() else { return Vec::new() };
    let graded = grade(table, &newest.cells, sex);
    let weighed = newest.cells.all().iter().filter_map(|cell| weighed(table, &graded, newest, cell));
    let mut lines: Vec<Line> = weighed.filter(is_wanted).map(|weighed| line(table, &graded, sheets, weighed)).collect();
    // The order of the sheet stays within the same weight.
    lines.sort_by_key(|line| (!line.is_notable, std::cmp::Reverse(if line.is_notable { line.weight } else { 0 })));
    lines
}

/// A value of the newest sheet, before it is written out.
struct Weighed<'sheet> {
    item: Item,
    /// What stands in the same row; the diastolic pressure.
    partner: Option<Item>,
    class: Option<Grade>,
    weight: u8,
    clinic: &'sheet str,
    is_notable: bool,
    is_named: bool,
}

fn weighed<'sheet>(
    table: &Table,
    graded: &[Graded],
    sheet: &'sheet CheckupSheet,
    cell: &Cell,
) -> Option<Weighed<'sheet>> {
    let item = cell.item;
    if matches!(item, Item::Diastolic | Item::Meal | Item::Height | Item::Weight) {
        return None;
    }
    let partner = (item == Item::Systolic).then_some(Item::Diastolic);
    let class = [Some(item), partner].into_iter().flatten().filter_map(|item| class_of(graded, item));
    let class = class.max_by_key(|grade| grade.high);
    let weight = class.map_or(0, |grade| table.weight(grade.high));
    let clinic = judgement(sheet, item, partner);
    let is_notable = weight > 0 || is_notable(cell, clinic);
    let is_named = is_notable || is_marked(sheet, cell, partner) || class.is_none() && is_of_a_sample(cell);
    Some(Weighed { item, partner, class, weight, clinic, is_notable, is_named })
}

/// Whether the clinic marked a value of the row.
fn is_marked(sheet: &CheckupSheet, cell: &Cell, partner: Option<Item>) -> bool {
    cell.is_marked() || partner.and_then(|partner| sheet.cells.get(partner)).is_some_and(Cell::is_marked)
}

/// Whether a number hangs on when its sample was taken: a table that grades fasting samples only says nothing of 210 after
/// a meal, and neither may the silence of a short line.
fn is_of_a_sample(cell: &Cell) -> bool {
    use Item::{Glucose, GlucoseCasual, Triglyceride, TriglycerideCasual};
    cell.value.number().is_some() && matches!(cell.item, Glucose | GlucoseCasual | Triglyceride | TriglycerideCasual)
}

fn line(table: &Table, graded: &[Graded], sheets: &[CheckupSheet], weighed: Weighed<'_>) -> Line {
    let Weighed { item, partner, class, weight, clinic, is_notable, is_named } = weighed;
    let note = graded.iter().find(|graded| graded.items.contains(&item)).map(|graded| graded.note.clone());
    let name = if partner.is_some() { "血圧" } else { Catalogue::built_in().name_of(item) };
    Line {
        item,
        name: name.to_owned(),
        values: years(sheets).map(|sheet| sheet.and_then(|sheet| shown(sheet, item, partner))),
        trend: years(sheets).map(|sheet| sheet.and_then(|sheet| millionths(sheet, item))),
        grade: class.map(|grade| grade.shown(table)).unwrap_or_default(),
        weight,
        sure_weight: class.map_or(0, |grade| table.weight(grade.low)),
        is_confirmed: class.is_none_or(|grade| grade.is_confirmed),
        note: note.unwrap_or_default(),
        clinic: clinic.to_owned(),
        is_notable,
        is_named,
    }
}

/// A plain 血糖 is graded under the item that the time of its sample makes it; JDS as NGSP.
pub(super) fn class_of(graded: &[Graded], item: Item) -> Option<Grade> {
    let others: &[Item] = match item {
        Item::Glucose => &[Item::GlucoseFasting, Item::GlucoseCasual],
        Item::Triglyceride => &[Item::TriglycerideFasting, Item::TriglycerideCasual],
        Item::HbA1cJds => &[Item::HbA1c],
        _ => &[],
    };
    std::iter::once(&item).chain(others).find_map(|item| of_item(graded, *item))
}

/// What the table cannot see: words of a finding, a doubt, the clinic's own judgement.
fn is_notable(cell: &Cell, clinic: &str) -> bool {
    let judged = Judgement::read(clinic);
    let is_found = matches!(cell.value, Value::Finding(true) | Value::Text) && !cell.item.is_told();
    let is_heavy = judged.is_some_and(|judgement| judgement >= Judgement::Observe);
    let is_light = judged.is_some_and(|judgement| judgement <= Judgement::Slight);
    matches!(cell.value, Value::Doubtful(_)) || is_heavy || (is_found && !is_light)
}

/// Oldest first; a year that is missing leaves its place empty.
fn years(sheets: &[CheckupSheet]) -> [Option<&CheckupSheet>; YEARS] {
    [sheets.get(2), sheets.get(1), sheets.first()]
}

fn shown(sheet: &CheckupSheet, item: Item, partner: Option<Item>) -> Option<String> {
    let one = sheet.cells.get(item)?.shown();
    let other = partner.and_then(|partner| sheet.cells.get(partner)).map(Cell::shown);
    Some(other.map_or(one.clone(), |other| format!("{one}/{other}")))
}

fn millionths(sheet: &CheckupSheet, item: Item) -> Option<i64> {
    sheet.cells.get(item)?.value.number().map(|(_, decimal)| decimal.units_at(6))
}

/// The clinic's judgement of an item or of what stands in its row; empty where there is none.
fn judgement(sheet: &CheckupSheet, item: Item, partner: Option<Item>) -> &str {
    let of = |item| sheet.cells.get(item).map(|cell| cell.judgement.as_str()).filter(|text| !text.is_empty());
    of(item).or_else(|| partner.and_then(of)).unwrap_or_default()
}

/// Rows that a short line holds; the others are counted behind them.
const NAMED: usize = 4;

/// The heaviest rows in one text for a list, e.g. `血圧 152/96  LDL 174`.
pub fn summary(lines: &[Line]) -> String {
    let value = |line: &Line| line.values.last().cloned().flatten();
    let named = lines.iter().filter(|line| line.is_named);
    let mut told: Vec<String> = named.filter_map(|line| Some(format!("{} {}", line.name, value(line)?))).collect();
    let others = told.len().saturating_sub(NAMED);
    told.truncate(NAMED);
    told.extend((others > 0).then(|| format!("ほか{others}項目")));
    told.join("  ")
}

/// Every reading of the blood pressure where there were several, of which the sheet's value takes one or the mean:
/// `1回目 152/96   2回目 130/84`.
pub fn readings(sheet: &CheckupSheet) -> String {
    let of = |item: Item| sheet.cells.get(item).map(several::readings).unwrap_or_default();
    let low = of(Item::Diastolic);
    let one = |(which, high): (Which, &str)| {
        let low = low.iter().find(|(known, _)| *known == which).map_or("-", |(_, low)| *low);
        format!("{} {high}/{low}", several::word(which))
    };
    of(Item::Systolic).into_iter().map(one).collect::<Vec<_>>().join("   ")
}

/// 治療の状況, as the person told it on this sheet.
pub fn treatment(sheet: &CheckupSheet) -> String {
    let words = [(Item::MedicinePressure, "血圧"), (Item::MedicineGlucose, "血糖"), (Item::MedicineLipid, "脂質")];
    let is = |item: Item, yes: bool| sheet.cells.get(item).is_some_and(|cell| cell.value == Value::Answer(yes));
    let taken: Vec<&str> = words.iter().filter(|(item, _)| is(*item, true)).map(|(_, word)| *word).collect();
    match taken.as_slice() {
        [] if words.iter().any(|(item, _)| is(*item, false)) => "なし（本人申告）".to_owned(),
        [] => "記載なし".to_owned(),
        taken => format!("服薬中  {}", taken.join(" ")),
    }
}
