//! Several columns about one item in one row become one value, or a question that knows its columns.
//!
//! Knows columns. Must not know what cells that belong together mean: `domain::checkup::several` does.

use super::super::profile::heading;
use crate::domain::checkup::several::{self, Told};
use crate::domain::checkup::{Catalogue, Cell, Value};

/// The values of a row, every item once, in the order in which the items first came; with the columns of each that could
/// not be read.
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

fn settled(group: Vec<Told>, header: &[String]) -> Option<(Cell, Vec<usize>)> {
    let is_question = |value| matches!(value, Value::Doubtful(_));
    // What is not done says nothing, and is not asked about.
    let speaks = |told: &&Told| told.cell.value != Value::NotDone;
    let columns = match group.as_slice() {
        [one] if !is_question(one.cell.value) => Vec::new(),
        group => group.iter().filter(speaks).map(|told| told.column).collect(),
    };
    let cell = several::settle(group, &|column| named(header, column))?;
    let columns = if is_question(cell.value) { columns } else { Vec::new() };
    Some((cell, columns))
}

/// The heading of a clinic; a code says nothing to a reader.
fn named(header: &[String], column: usize) -> Option<String> {
    let is_coded = header.get(column).is_some_and(|name| Catalogue::built_in().is_coded(name));
    (!is_coded).then(|| heading(header, column))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::checkup::{Item, Which};

    fn told(item: Item, which: Which, code: &str, column: usize) -> Told {
        let value = Value::of_code(code).unwrap();
        Told { cell: Cell { item, value, text: code.to_owned(), judgement: String::new() }, which, column }
    }

    /// `code: text` of the one value that is left.
    fn one(group: &[(Which, &str)]) -> String {
        one_of(Item::Systolic, group)
    }

    fn one_of(item: Item, group: &[(Which, &str)]) -> String {
        let group = group.iter().enumerate().map(|(column, (which, code))| told(item, *which, code, column));
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
        assert_eq!(one(&[(First, "141"), (Second, "120"), (Only, "130")]), "130: 1回目 141、2回目 120、その他 130");
        assert_eq!(one(&[(Representative, "130"), (Representative, "131")]), "?columns: 甲 130 / 乙 131");
    }

    #[test]
    fn readings_of_the_pressure_are_one_value() {
        use Which::{First, Only, Representative, Second};
        assert_eq!(one(&[(First, "132"), (Second, "128")]), "130: 1回目 132、2回目 128");
        assert_eq!(one(&[(Only, "132"), (Second, "129")]), "130.5: 1回目 132、2回目 129");
        let all = [(First, "132"), (Second, "128"), (Representative, "131")];
        assert_eq!(one(&all), "131: 1回目 132、2回目 128、その他 131");
        assert_eq!(one(&[(First, "132"), (Second, "x")]), "132: 132");
        assert_eq!(one(&[(First, "<90"), (Second, "128")]), "?columns: 1回目 <90、2回目 128");
    }

    #[test]
    fn the_words_of_a_finding_go_with_its_mark() {
        let xray = |group: [(Which, &str); 2]| one_of(Item::ChestXray, &group);
        assert_eq!(xray([(Which::Only, "!"), (Which::Only, "=")]), "!: =");
        assert_eq!(xray([(Which::Only, "="), (Which::Only, "!")]), "!: =");
        assert_eq!(xray([(Which::Only, "ok"), (Which::Only, "=")]), "?flag: ok／=");
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
