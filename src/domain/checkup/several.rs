//! Several cells of one examination about one item become one: readings of blood pressure, a flag with its words, one
//! code that stands twice.
//!
//! Knows how such cells belong together. Must not know which columns they came from. What is not used stays in the text,
//! and what contradicts itself is a doubt: nothing is dropped and nothing is guessed.

use super::catalogue::{Catalogue, Kind, fold};
use super::item::Item;
use super::sheet::Cell;
use super::value::{Bound, Doubt, Value};
use crate::labelled;

labelled! {
    /// Which reading of the blood pressure it was.
    Take { First = "1回目", Second = "2回目", Other = "その他" }
}

/// What stands between two texts of one cell.
const BETWEEN: &str = "／";
/// What stands between two readings in the text of one cell.
const NEXT: &str = "、";

impl Take {
    /// The reading that a heading names: `収縮期血圧(2回目)`, or its code.
    pub fn of_heading(heading: &str) -> Option<Self> {
        const CODES: &[(&str, Take)] = &[
            ("9a751", Take::First),
            ("9a761", Take::First),
            ("9a752", Take::Second),
            ("9a762", Take::Second),
            ("9a755", Take::Other),
            ("9a765", Take::Other),
        ];
        let folded = fold(heading);
        let coded = CODES.iter().find(|(code, _)| folded.starts_with(code)).map(|(_, take)| *take);
        coded.or_else(|| Self::ALL.iter().copied().find(|take| folded.contains(take.label())))
    }
}

/// A cell with what its heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which reading it is, where the heading says so.
    pub take: Option<Take>,
    /// Whether the heading is a code, so that a second value under it is no other column of the clinic.
    pub is_coded: bool,
    /// Whether it is one more value of a code that stood before.
    pub is_again: bool,
    /// The value.
    pub cell: Cell,
}

/// One cell of all that was told about one item; none of none.
pub fn settle(told: Vec<Told>) -> Option<Cell> {
    let item = told.first()?.cell.item;
    if told.len() == 1 {
        return told.into_iter().next().map(|one| one.cell);
    }
    let is_finding = Catalogue::built_in().entry(item).is_some_and(|entry| entry.kind == Kind::Finding);
    if is_finding {
        return finding(&told.into_iter().map(|one| one.cell).collect::<Vec<_>>());
    }
    if matches!(item, Item::Systolic | Item::Diastolic) && told.iter().any(|one| one.take.is_some()) {
        return pressure(told);
    }
    same(told)
}

/// Of blood pressure その他 counts where it stands, else the mean of the first two, else the first; all stay in the text.
fn pressure(told: Vec<Told>) -> Option<Cell> {
    let has_first = told.iter().any(|one| one.take == Some(Take::First));
    // A plain column beside 2回目 is the first reading; beside both it is what the clinic takes.
    let plain = if has_first { Take::Other } else { Take::First };
    let of = |take: Take| {
        let own = told.iter().filter(|one| one.take.unwrap_or(plain) == take);
        same(own.filter(|one| one.cell.value != Value::NotDone).cloned().collect())
    };
    let readings: Vec<(Take, Cell)> = Take::ALL.iter().filter_map(|take| Some((*take, of(*take)?))).collect();
    let Some((_, newest)) = readings.last() else { return told.into_iter().next().map(|one| one.cell) };
    if readings.len() == 1 {
        return Some(newest.clone());
    }
    let value = counted(&readings);
    let text = readings.iter().map(|(take, cell)| format!("{} {}", take.label(), cell.text));
    let text = text.collect::<Vec<_>>().join(NEXT);
    Some(Cell { value, text, ..newest.clone() })
}

fn counted(readings: &[(Take, Cell)]) -> Value {
    let of = |take: Take| readings.iter().find(|(known, _)| *known == take).map(|(_, cell)| cell.value);
    match (of(Take::Other), of(Take::First), of(Take::Second)) {
        (Some(other), ..) => other,
        (None, Some(Value::Number(Bound::Exactly, first)), Some(Value::Number(Bound::Exactly, second))) => {
            Value::exactly(first.mean(second))
        }
        // The mean of what is bounded or not read is not known.
        (None, Some(_), Some(_)) => Value::Doubtful(Doubt::Twice),
        (None, first, second) => first.or(second).unwrap_or(Value::NotDone),
    }
}

/// The readings of a cell that holds several: `1回目 152`, `2回目 130`.
pub fn readings(cell: &Cell) -> Vec<(Take, &str)> {
    let named = |part| Take::ALL.iter().find_map(|take| Some((*take, str::strip_prefix(part, take.label())?.trim())));
    cell.text.split(NEXT).filter_map(named).collect()
}

/// The one reading that a cell of several takes; none where it takes the mean, or holds no more than one.
pub fn taken(cell: &Cell) -> Option<Take> {
    readings(cell).iter().map(|(take, _)| *take).find(|take| *take == Take::Other)
}

/// Different values under codes of one item are a doubt; of columns of a clinic the first that holds something counts.
fn same(told: Vec<Told>) -> Option<Cell> {
    let is_done = |one: &&Told| one.cell.value != Value::NotDone;
    let first = told.iter().find(is_done).or(told.first())?.cell.clone();
    let differs = |one: &&Told| one.is_coded && one.cell.value != first.value;
    let others = told.iter().filter(is_done).filter(differs).filter(|one| one.is_again || !is_ranked(first.item));
    let texts: Vec<&str> = others.map(|one| one.cell.text.as_str()).collect();
    if texts.is_empty() {
        return Some(first);
    }
    let text = std::iter::once(first.text.as_str()).chain(texts).collect::<Vec<_>>().join(BETWEEN);
    Some(Cell { value: Value::Doubtful(Doubt::Twice), text, ..first })
}

/// The waist has a code for each way of measuring, measured first: two of them are no contradiction.
const fn is_ranked(item: Item) -> bool {
    matches!(item, Item::Waist)
}

/// Whether there is a finding, and its words: 特定健診 keeps the two under two codes, clinics in two columns.
fn finding(cells: &[Cell]) -> Option<Cell> {
    let first = cells.first()?;
    let value = found(cells);
    let mut texts = texts(cells, value);
    texts.retain(|text| !text.is_empty());
    texts.dedup();
    let text = if texts.is_empty() { first.text.clone() } else { texts.join(BETWEEN) };
    Some(Cell { value, text, ..first.clone() })
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
