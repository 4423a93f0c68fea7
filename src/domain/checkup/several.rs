//! Several cells of one examination about one item become one: readings of blood pressure, a flag with its words, one
//! code that stands twice.
//!
//! Knows how such cells belong together. Must not know what the columns are called: it asks. What is not used stays in
//! the text, and what contradicts itself is a doubt: nothing is dropped and nothing is guessed.

use super::catalogue::{Catalogue, Kind, fold};
use super::heading::Which;
use super::item::Item;
use super::sheet::Cell;
use super::value::{Bound, Doubt, Value};

/// What stands between two texts of one cell.
const BETWEEN: &str = "／";
/// What stands between two values that contradict each other.
const AGAINST: &str = " / ";
/// What stands between two readings in the text of one cell.
const NEXT: &str = "、";
/// Readings of the blood pressure, the one that counts last.
const READINGS: [Which; 3] = [Which::First, Which::Second, Which::Representative];

/// A cell with the column that told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The value.
    pub cell: Cell,
    /// Which of several values of its item.
    pub which: Which,
    /// Index of the column.
    pub column: usize,
}

/// The heading of a column by its index; none for a code, which says nothing to a reader.
pub type Headed<'h> = &'h dyn Fn(usize) -> Option<String>;

/// One cell of all that was told about one item; none of none.
pub fn settle(told: Vec<Told>, headed: Headed<'_>) -> Option<Cell> {
    let item = told.first()?.cell.item;
    if told.len() == 1 {
        return told.into_iter().next().map(|one| one.cell);
    }
    let is_finding = Catalogue::built_in().entry(item).is_some_and(|entry| entry.kind == Kind::Finding);
    if is_finding {
        return finding(told.into_iter().map(|one| one.cell).collect());
    }
    if matches!(item, Item::Systolic | Item::Diastolic) && told.iter().any(|one| READINGS.contains(&one.which)) {
        return pressure(&told, headed);
    }
    same(told.iter().collect(), headed)
}

/// Of blood pressure その他 counts where it stands, else the mean of the first two, else the first; all stay in the text.
fn pressure(told: &[Told], headed: Headed<'_>) -> Option<Cell> {
    let has_first = told.iter().any(|one| one.which == Which::First);
    // A plain column beside 2回目 is the first reading; beside both it is what the clinic takes.
    let plain = if has_first { Which::Representative } else { Which::First };
    let of = |which: Which| {
        let own = told.iter().filter(|one| if READINGS.contains(&one.which) { one.which } else { plain } == which);
        same(own.filter(|one| one.cell.value != Value::NotDone).collect(), headed)
    };
    let readings: Vec<(Which, Cell)> = READINGS.into_iter().filter_map(|which| Some((which, of(which)?))).collect();
    let Some((_, newest)) = readings.last() else { return told.first().map(|one| one.cell.clone()) };
    if readings.len() == 1 {
        return Some(newest.clone());
    }
    let value = counted(&readings);
    let text = readings.iter().map(|(which, cell)| format!("{} {}", word(*which), cell.text));
    let text = text.collect::<Vec<_>>().join(NEXT);
    Some(Cell { value, text, ..newest.clone() })
}

/// The word of 特定健診 for a reading.
pub const fn word(which: Which) -> &'static str {
    match which {
        Which::Representative => "その他",
        which => which.label(),
    }
}

fn counted(readings: &[(Which, Cell)]) -> Value {
    let of = |which: Which| readings.iter().find(|(known, _)| *known == which).map(|(_, cell)| cell.value);
    match (of(Which::Representative), of(Which::First), of(Which::Second)) {
        (Some(other), ..) => other,
        (None, Some(Value::Number(Bound::Exactly, first)), Some(Value::Number(Bound::Exactly, second))) => {
            Value::exactly(first.mean(second))
        }
        // The mean of what is bounded or not read is not known.
        (None, Some(_), Some(_)) => Value::Doubtful(Doubt::Columns),
        (None, first, second) => first.or(second).unwrap_or(Value::NotDone),
    }
}

/// The readings of a cell that holds several: `1回目 152`, `2回目 130`.
pub fn readings(cell: &Cell) -> Vec<(Which, &str)> {
    let named =
        |part| READINGS.into_iter().find_map(|which| Some((which, str::strip_prefix(part, word(which))?.trim())));
    cell.text.split(NEXT).filter_map(named).collect()
}

/// Whether a judgement of this reading is one of the value: where その他 counts, no other reading's judgement does.
pub fn is_judged_by(cell: &Cell, which: Which) -> bool {
    let is_taken = || readings(cell).iter().any(|(which, _)| *which == Which::Representative);
    which == Which::Representative || !READINGS.contains(&which) || !is_taken()
}

/// The value on which the columns agree, or a doubt that names them. 未実施 in one says nothing against a value in
/// another, and what was measured goes before what was reported.
fn same(mut told: Vec<&Told>, headed: Headed<'_>) -> Option<Cell> {
    if told.iter().any(|one| one.cell.value != Value::NotDone) {
        told.retain(|one| one.cell.value != Value::NotDone);
    }
    if told.iter().any(|one| one.which == Which::Measured) {
        told.retain(|one| one.which == Which::Measured);
    }
    let first = &told.first()?.cell;
    if told.iter().all(|one| agrees(first, &one.cell)) {
        return Some(first.clone());
    }
    let named: Option<Vec<String>> =
        told.iter().map(|one| Some(format!("{} {}", headed(one.column)?, one.cell.text))).collect();
    let bare = || told.iter().map(|one| one.cell.text.as_str()).collect::<Vec<_>>().join(BETWEEN);
    let text = named.map_or_else(bare, |named| named.join(AGAINST));
    Some(Cell { value: Value::Doubtful(Doubt::Columns), text, ..first.clone() })
}

/// Words and what could not be read agree by their text, all else by its value.
fn agrees(one: &Cell, other: &Cell) -> bool {
    let is_by_text = matches!(one.value, Value::Text | Value::Doubtful(_));
    one.value == other.value && (!is_by_text || one.text == other.text)
}

/// Whether there is a finding, and its words: 特定健診 keeps the two under two codes, clinics in two columns or more.
fn finding(mut cells: Vec<Cell>) -> Option<Cell> {
    // A dash beside words only says that there are no more of them.
    if cells.iter().any(|cell| !is_dash(cell)) {
        cells.retain(|cell| !is_dash(cell));
    }
    let cells = cells.as_slice();
    let first = cells.first()?;
    let value = found(cells);
    let mut texts = texts(cells, value);
    texts.retain(|text| !text.is_empty());
    texts.dedup();
    let text = if texts.is_empty() { first.text.clone() } else { texts.join(BETWEEN) };
    Some(Cell { value, text, ..first.clone() })
}

fn is_dash(cell: &Cell) -> bool {
    cell.value == Value::NotDone
        && cell.text.trim().chars().all(|c| matches!(c, '-' | '‐' | '–' | '—' | '―' | 'ー' | '−' | '－'))
}

/// What flags and words say together.
fn found(cells: &[Cell]) -> Value {
    let has = |value: Value| cells.iter().any(|cell| cell.value == value);
    if let Some(doubtful) = cells.iter().find(|cell| matches!(cell.value, Value::Doubtful(_))) {
        return doubtful.value;
    }
    match (has(Value::Finding(true)), has(Value::Finding(false)), has(Value::Text)) {
        (true, true, _) | (false, true, true) => Value::Doubtful(Doubt::Flag),
        (true, false, _) => Value::Finding(true),
        (false, true, false) => Value::Finding(false),
        (false, false, has_words) => undone(cells, has_words),
    }
}

/// The words, and each flag that they do not say already.
fn texts(cells: &[Cell], value: Value) -> Vec<String> {
    let words = || cells.iter().filter(|cell| cell.value == Value::Text);
    if value == Value::Finding(true) && words().next().is_some() {
        return words().map(|cell| cell.text.clone()).collect();
    }
    cells.iter().filter(|cell| !is_bare(cell) || cell.value != value).map(spelt).collect()
}

/// No flag says anything: a picture that could not be read stays unread whatever is written beside it.
fn undone(cells: &[Cell], has_words: bool) -> Value {
    let unread = cells.iter().any(|cell| cell.value == Value::NotDone && cell.text.contains("判定不能"));
    let undone = cells.iter().any(|cell| cell.value == Value::NotDone);
    match (unread, undone, has_words) {
        (true, ..) | (_, true, false) => Value::NotDone,
        (false, true, true) => Value::Doubtful(Doubt::Flag),
        (false, false, _) => Value::Text,
    }
}

/// Only the code of a flag, no words.
fn is_bare(cell: &Cell) -> bool {
    cell.text.trim().chars().count() == 1 && fold(&cell.text).bytes().all(|byte| byte.is_ascii_digit())
}

/// A bare code with what it says: `所見なし（2）`.
fn spelt(cell: &Cell) -> String {
    match (is_bare(cell), cell.value) {
        (true, Value::Finding(_)) => format!("{}（{}）", cell.value.shown(""), cell.text.trim()),
        _ => cell.text.clone(),
    }
}

#[cfg(test)]
#[path = "several_tests.rs"]
mod tests;
