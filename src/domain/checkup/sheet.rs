//! The values of one examination, packed into one text: forty values take some four hundred bytes.
//!
//! A line a value: code, value, and behind tabs what the clinic wrote where that differs, and its judgement.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::catalogue::{Catalogue, fold};
use super::heading::Which;
use super::item::Item;
use super::judgement::Judgement;
use super::measured;
use super::value::{Bound, Value};

/// Most digits behind the point that anybody writes; a cell with more was computed.
const MOST_WRITTEN: u8 = 3;

/// A value with what the clinic wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which item.
    pub item: Item,
    /// What it was read as.
    pub value: Value,
    /// The cell as it came.
    pub text: String,
    /// The clinic's own judgement of this item, as it came; empty where there was none.
    pub judgement: String,
}

impl Cell {
    /// The value as a physician reads it; how a waist was measured stands beside it.
    pub fn shown(&self) -> String {
        let shown = self.as_written().shown(&self.text);
        let is_waist = self.item == Item::Waist && self.value.number().is_some();
        match Which::origin_in(&self.text).filter(|_| is_waist) {
            Some(origin) => format!("{shown}（{origin}）"),
            None => shown,
        }
    }

    /// The value as clinics write it: what a spreadsheet computed (BMI 22.0065617084461) has digits that nobody measured,
    /// which are rounded where it is shown and nowhere else.
    fn as_written(&self) -> Value {
        let usual = || Catalogue::built_in().entry(self.item).and_then(|entry| entry.places);
        match self.value {
            Value::Number(Bound::Exactly, number) if number.places() > MOST_WRITTEN => {
                Value::exactly(usual().map_or(number, |places| number.rounded(places)))
            }
            value => value,
        }
    }

    /// Whether the clinic marked the value: `*190`, `38L`, `150↑`.
    pub fn is_marked(&self) -> bool {
        let entry = Catalogue::built_in().entry(self.item).filter(|_| self.value.number().is_some());
        entry.is_some_and(|entry| measured::is_marked(entry, &fold(&self.text)))
    }

    /// What the clinic's judgement of this item says.
    pub fn clinic(&self) -> Option<Judgement> {
        Judgement::read(&self.judgement)
    }
}

/// All values of one examination, unfolded when somebody reads them: ten thousand sheets of a file are in memory at once,
/// and folded they take a tenth.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cells {
    packed: Box<str>,
    open: OnceLock<Box<[Cell]>>,
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.packed == other.packed
    }
}

impl Eq for Cells {}

/// A packed sheet that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("健診の値を読めません。検査（c）で記録を確かめてください。")]
pub struct BadCells;

impl Cells {
    /// These values, in this order.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { packed: packed(&cells).into(), open: OnceLock::from(cells.into_boxed_slice()) }
    }

    /// Every value, in the order of the sheet.
    pub fn all(&self) -> &[Cell] {
        // What is folded was unfolded or made before, so it can be read.
        self.open.get_or_init(|| unpacked(&self.packed).unwrap_or_default().into_boxed_slice())
    }

    /// Whether nothing was examined.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Folds the values until somebody reads them again.
    pub fn fold(&mut self) {
        self.open = OnceLock::new();
    }

    /// The cell of an item, the first where it stands twice.
    pub fn get(&self, item: Item) -> Option<&Cell> {
        self.all().iter().find(|cell| cell.item == item)
    }

    /// The exact number of an item, if it was measured.
    pub fn number(&self, item: Item) -> Option<super::Decimal> {
        match self.get(item)?.value.number()? {
            (Bound::Exactly, decimal) => Some(decimal),
            _ => None,
        }
    }

    /// Cells that could not be read.
    pub fn doubtful(&self) -> impl Iterator<Item = &Cell> {
        self.all().iter().filter(|cell| matches!(cell.value, Value::Doubtful(_)))
    }

    /// These values without what `wrong` says otherwise than `right`: where such a value still stands, the one of `right`
    /// stands again, or none. What was changed since stays.
    #[must_use]
    pub fn without(&self, wrong: &Self, right: &Self) -> Self {
        let is_wrong = |cell: &Cell| wrong.all().contains(cell) && !right.all().contains(cell);
        let put_back = |cell: &Cell| if is_wrong(cell) { right.get(cell.item).cloned() } else { Some(cell.clone()) };
        Self::new(self.all().iter().filter_map(put_back).collect())
    }

    /// How many could not be read, without unfolding them.
    pub fn doubts(&self) -> usize {
        let is_doubtful = |line: &&str| line.split_once(' ').is_some_and(|(_, rest)| rest.starts_with('?'));
        self.packed.lines().filter(is_doubtful).count()
    }

    /// The text that is stored.
    pub fn pack(&self) -> &str {
        &self.packed
    }

    /// Reads [`Cells::pack`] back; none for any other text.
    pub fn unpack(packed: &str) -> Option<Self> {
        let cells = unpacked(packed)?;
        Some(Self { packed: packed.into(), open: OnceLock::from(cells.into_boxed_slice()) })
    }
}

/// A line a value.
fn packed(cells: &[Cell]) -> String {
    let mut packed = String::with_capacity(cells.len() * 10);
    for cell in cells {
        let code = cell.value.code();
        packed.push_str(cell.item.code());
        packed.push(' ');
        packed.push_str(&code);
        if cell.text != code || !cell.judgement.is_empty() {
            packed.push('\t');
            packed.push_str(&written(&cell.text, &code));
        }
        if !cell.judgement.is_empty() {
            packed.push('\t');
            packed.push_str(&escape(&cell.judgement));
        }
        packed.push('\n');
    }
    packed
}

fn unpacked(packed: &str) -> Option<Vec<Cell>> {
    packed.lines().map(unpacked_line).collect()
}

fn unpacked_line(line: &str) -> Option<Cell> {
    let mut parts = line.split('\t');
    let (item, code) = parts.next()?.split_once(' ')?;
    let text = match parts.next() {
        None | Some("") => code.to_owned(),
        Some(NOTHING) => String::new(),
        Some(text) => unescape(text),
    };
    let judgement = parts.next().map(unescape).unwrap_or_default();
    parts.next().is_none().then_some(())?;
    Some(Cell { item: Item::of_code(item)?, value: Value::of_code(code)?, text, judgement })
}

/// Stands for a text that is empty, since an empty place says that the text is the value.
const NOTHING: &str = "\\";

/// What the clinic wrote: nothing where that is the value itself.
fn written(text: &str, code: &str) -> String {
    match text {
        "" => NOTHING.to_owned(),
        text if text == code => String::new(),
        text => escape(text),
    }
}

/// No tab and no end of line may stand in a cell; an escaped backslash is two, so that none reads as [`NOTHING`].
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('t')) => plain.push('\t'),
            ('\\', Some('n')) => plain.push('\n'),
            ('\\', Some('r')) => plain.push('\r'),
            ('\\', other) => plain.extend(other),
            (c, _) => plain.push(c),
        }
    }
    plain
}

impl TryFrom<String> for Cells {
    type Error = BadCells;
    fn try_from(packed: String) -> Result<Self, BadCells> {
        let cells = unpacked(&packed).ok_or(BadCells)?;
        Ok(Self { packed: packed.into(), open: OnceLock::from(cells.into_boxed_slice()) })
    }
}

impl From<Cells> for String {
    fn from(cells: Cells) -> Self {
        cells.packed.into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell() -> impl Strategy<Value = Cell> {
        let codes = ["152", "<10", "+-", "2+", "ok", "!", "=", "x", "?words"];
        let text = prop_oneof![Just(String::new()), "[\\\\\t\r\na-z0-9血圧 ]{0,8}"];
        (proptest::sample::select(Item::ALL), proptest::sample::select(codes.to_vec()), text.clone(), text).prop_map(
            |(item, code, text, judgement)| Cell { item, value: Value::of_code(code).unwrap(), text, judgement },
        )
    }

    proptest! {
        #[test]
        fn a_sheet_unpacks_to_what_was_packed(cells in proptest::collection::vec(cell(), 0..40)) {
            let mut sheet = Cells::new(cells.clone());
            let read = Cells::unpack(sheet.pack());
            prop_assert_eq!(read.as_ref().map(Cells::all), Some(&cells[..]));
            sheet.fold();
            prop_assert_eq!(sheet.doubts(), sheet.doubtful().count());
            prop_assert_eq!(sheet.all(), &cells[..]);
            prop_assert_eq!(read, Some(sheet));
        }

        #[test]
        fn any_text_is_unpacked_or_refused(text in "[a-z0-9 \t\n\\\\+?<=]{0,60}") {
            let _ = Cells::unpack(&text);
        }
    }

    #[test]
    fn what_a_wrong_sheet_said_goes_and_what_was_changed_since_stays() {
        let cells = |text: &str| Cells::unpack(text).unwrap();
        let right = cells("sbp 120\ndbp 80\n");
        let wrong = cells("sbp 187\ndbp 80\nldl 201\ntg 333\n");
        let since = cells("sbp 187\ndbp 80\nldl 201\ntg 90\nast 18\n");
        assert_eq!(since.without(&wrong, &right), cells("sbp 120\ndbp 80\ntg 90\nast 18\n"));
        assert_eq!(right.without(&wrong, &right), right);
        assert_eq!(wrong.without(&wrong, &right), right);
    }

    #[test]
    fn what_a_spreadsheet_computed_is_shown_with_the_usual_digits() {
        let shown = |item, code: &str| {
            let (value, text) = (Value::of_code(code).unwrap(), code.to_owned());
            Cell { item, value, text, judgement: String::new() }.shown()
        };
        assert_eq!(shown(Item::Bmi, "22.006562"), "22.0");
        assert_eq!(shown(Item::Systolic, "135.6667"), "136");
        for (item, code) in [(Item::Bmi, "22.06"), (Item::Creatinine, "0.712"), (Item::WhiteCells, "5.600")] {
            assert_eq!(shown(item, code), code, "as it was written");
        }
    }

    #[test]
    fn a_mark_of_the_clinic_is_no_unit_and_no_bound() {
        let is_marked = |item, text: &str| {
            let (value, text) = (Value::of_code("12").unwrap(), text.to_owned());
            Cell { item, value, text, judgement: String::new() }.is_marked()
        };
        for text in ["12H", "*12", "H 12", "12↑", "１２Ｌ", "12*"] {
            assert!(is_marked(Item::Ldl, text), "{text}");
        }
        for text in ["12", "12mg/dL", "<12", "12未満", "1回目 12、2回目 14"] {
            assert!(!is_marked(Item::Ldl, text), "{text}");
        }
        assert!(!is_marked(Item::VisionLeft, "1.2L"), "the left eye");
    }

    #[test]
    fn a_plain_value_takes_its_code_and_its_digits_only() {
        let plain = Cell {
            item: Item::Systolic,
            value: Value::of_code("152").unwrap(),
            text: "152".to_owned(),
            judgement: String::new(),
        };
        assert_eq!(Cells::new(vec![plain]).pack(), "sbp 152\n");
    }
}
