//! Several columns about one item in one row: readings become one value by a rule, what differs is a doubt.
//!
//! Nothing is taken silently: a value that another column contradicts names both columns. Must not know people.

use super::super::profile::heading;
use crate::domain::checkup::{Bound, Cell, Decimal, Doubt, Value, Which};

/// A value with the column that told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub cell: Cell,
    /// Which of several values of its item.
    pub which: Which,
    /// Index of the column.
    pub column: usize,
}

/// The values of a row, every item once, in the order in which the items first came; with the columns of each.
pub(super) fn merged(told: Vec<Told>, header: &[String]) -> Vec<(Cell, Vec<usize>)> {
    let mut groups: Vec<Vec<Told>> = Vec::with_capacity(told.len());
    for one in told {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.cell.item == one.cell.item)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups.into_iter().filter_map(|group| settled(group, header)).collect()
}

/// One value of one item. 「未実施」 in one column says nothing against a value in another.
fn settled(mut group: Vec<Told>, header: &[String]) -> Option<(Cell, Vec<usize>)> {
    if group.iter().any(|told| told.cell.value != Value::NotDone) {
        group.retain(|told| told.cell.value != Value::NotDone);
    }
    let columns: Vec<usize> = group.iter().map(|told| told.column).collect();
    let cell = match chosen(&group) {
        Some(cell) => cell,
        None => {
            let both = group.iter().map(|told| format!("{} {}", heading(header, told.column), told.cell.text));
            let text = both.collect::<Vec<_>>().join(" / ");
            Cell { value: Value::Doubtful(Doubt::Columns), text, ..group.first()?.cell.clone() }
        }
    };
    Some((cell, columns))
}

/// The value on which the columns agree, or which the rule of readings gives; none where they contradict each other.
fn chosen(group: &[Told]) -> Option<Cell> {
    if let [one] = group {
        return Some(one.cell.clone());
    }
    let best: Vec<&Told> =
        group.iter().filter(|told| matches!(told.which, Which::Representative | Which::Measured)).collect();
    let group = if best.is_empty() { group.iter().collect() } else { best };
    group.iter().map(|told| Some(told.cell.clone())).reduce(|one, other| agreed(one?, other?))?.or_else(|| mean(&group))
}

/// Two cells that say the same; the words of a finding go with the mark that there is one.
fn agreed(one: Cell, other: Cell) -> Option<Cell> {
    match (one.value, other.value) {
        (Value::Finding(true), Value::Text) => Some(Cell { text: other.text, ..one }),
        (Value::Text, Value::Finding(true)) => Some(Cell { text: one.text, ..other }),
        (Value::Text, Value::Text) if one.text != other.text => None,
        (Value::Doubtful(_), _) if one.text != other.text => None,
        (first, second) => (first == second).then_some(one),
    }
}

/// The mean of the first and the second reading (原則2回の平均), to the half; a reading without a number is the first.
fn mean(group: &[&Told]) -> Option<Cell> {
    let [one, other] = group else { return None };
    let (first, second) = match (one.which, other.which) {
        (Which::First | Which::Only, Which::Second) => (one, other),
        (Which::Second, Which::First | Which::Only) => (other, one),
        _ => return None,
    };
    let exact = |told: &Told| told.cell.value.number().filter(|(bound, _)| *bound == Bound::Exactly);
    let ((_, low), (_, high)) = (exact(first)?, exact(second)?);
    // In millionths, where nothing is rounded; half of an even sum of tenths is a tenth.
    let sum = low.units_at(6).checked_add(high.units_at(6))?;
    let value = if sum % 2_000_000 == 0 { Decimal::new(sum / 2_000_000, 0) } else { Decimal::new(sum / 200_000, 1) };
    let text = format!("{}、{} の平均", first.cell.text, second.cell.text);
    Some(Cell { value: Value::exactly(value), text, ..first.cell.clone() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::checkup::Item;

    fn told(item: Item, which: Which, code: &str, column: usize) -> Told {
        let value = Value::of_code(code).unwrap();
        Told { cell: Cell { item, value, text: code.to_owned(), judgement: String::new() }, which, column }
    }

    /// `code: text` of the one value that is left.
    fn one(group: &[(Which, &str)]) -> String {
        let group = group.iter().enumerate().map(|(column, (which, code))| told(Item::Systolic, *which, code, column));
        let header: Vec<String> = ["甲", "乙", "丙"].map(str::to_owned).into();
        let merged = merged(group.collect(), &header);
        assert_eq!(merged.len(), 1);
        format!("{}: {}", merged[0].0.value.code(), merged[0].0.text)
    }

    #[test]
    fn columns_that_differ_are_a_doubt_that_names_both() {
        use Which::{First, Only, Representative, Second, SelfMeasured, SelfReported};
        assert_eq!(one(&[(Only, "141"), (Only, "143")]), "?columns: 甲 141 / 乙 143");
        assert_eq!(one(&[(Only, "141"), (Only, "141.0")]), "141: 141");
        assert_eq!(one(&[(Only, "x"), (Only, "141")]), "141: 141");
        assert_eq!(one(&[(Only, "?words"), (Only, "141")]), "?columns: 甲 ?words / 乙 141");
        assert_eq!(one(&[(Only, "<10"), (Only, "10")]), "?columns: 甲 <10 / 乙 10");
        assert_eq!(one(&[(SelfMeasured, "85"), (SelfReported, "80")]), "?columns: 甲 85 / 乙 80");
        assert_eq!(one(&[(First, "141"), (Second, "120"), (Only, "130")]), "?columns: 甲 141 / 乙 120 / 丙 130");
        assert_eq!(one(&[(Representative, "130"), (Representative, "131")]), "?columns: 甲 130 / 乙 131");
    }

    #[test]
    fn readings_of_the_pressure_are_one_value() {
        use Which::{First, Only, Representative, Second};
        assert_eq!(one(&[(First, "132"), (Second, "128")]), "130: 132、128 の平均");
        assert_eq!(one(&[(Only, "132"), (Second, "129")]), "130.5: 132、129 の平均");
        assert_eq!(one(&[(First, "132"), (Second, "128"), (Representative, "131")]), "131: 131");
        assert_eq!(one(&[(First, "132"), (Second, "x")]), "132: 132");
        assert_eq!(one(&[(First, "<90"), (Second, "128")]), "?columns: 甲 <90 / 乙 128");
    }

    #[test]
    fn the_words_of_a_finding_go_with_its_mark() {
        assert_eq!(one(&[(Which::Only, "!"), (Which::Only, "=")]), "!: =");
        assert_eq!(one(&[(Which::Only, "="), (Which::Only, "!")]), "!: =");
        assert_eq!(one(&[(Which::Only, "ok"), (Which::Only, "=")]), "?columns: 甲 ok / 乙 =");
    }

    proptest! {
        #[test]
        fn every_item_is_left_once_and_nothing_that_differs_is_silent(values in prop::collection::vec((0_usize..3, 1_i64..4), 1..9)) {
            let items = [Item::Ast, Item::Alt, Item::Ggt];
            let all: Vec<Told> = values.iter().enumerate()
                .map(|(column, (place, value))| told(items[*place], Which::Only, &value.to_string(), column)).collect();
            let left = merged(all.clone(), &[]);
            for item in items {
                let of: Vec<_> = all.iter().filter(|told| told.cell.item == item).collect();
                let found: Vec<_> = left.iter().filter(|(cell, _)| cell.item == item).collect();
                prop_assert_eq!(found.len(), usize::from(!of.is_empty()));
                let agree = of.iter().all(|told| told.cell.value == of[0].cell.value);
                prop_assert!(found.iter().all(|(cell, _)| matches!(cell.value, Value::Doubtful(_)) != agree));
            }
        }
    }
}
