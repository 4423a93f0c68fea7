//! 判定 and 単位 that stand behind many columns under one heading: of which item each of them is, by what stands before it.
//!
//! Knows headings and their order. Must not know values.

use std::collections::BTreeMap;

use super::super::folding::{self, Field};
use super::super::qualifiers;
use super::ItemRole;
use crate::domain::checkup::Item;

/// Headings between an item and its judgement that name no item of their own.
const BETWEEN: &[&str] =
    &["単位", "基準値", "基準範囲", "参考値", "参考基準値", "基準", "所見", "コメント", "h/l", "hl", "フラグ"];

/// Whose judgement a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// Of the item before it.
    Item(Item),
    /// Of something that the program does not know, and of nothing else.
    Unknown,
}

/// Where one heading of a judgement stands in several columns: whose each of them is. One that stands behind no test, but
/// behind a name or a day, is not among them: it may be the judgement of the whole.
pub(super) fn judgements(header: &[String]) -> BTreeMap<usize, Judged> {
    // 血圧 over 最高, 判定, 最低, 判定 makes two judgements of one name.
    let of_item = |name: &String| matches!(ItemRole::of_heading(name), Some(ItemRole::Judgement(_)));
    let is_bare = |name: &String| folding::field_of(name) == Some(Field::Judgement) || of_item(name);
    let folded: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    let repeats = |index: usize| {
        let name = folded.get(index);
        folded.iter().filter(|other| Some(*other) == name).count() > 1
    };
    let bare = header.iter().enumerate().filter(|(index, name)| is_bare(name) && repeats(*index));
    let placed = bare.filter_map(|(index, _)| Some((index, before(header.get(..index)?)?)));
    placed.chain(between(header, &folded)).collect()
}

/// One 判定 alone between two items: that of the item before it where another column is the whole's, else perhaps the
/// whole's, and nobody's before somebody says so.
fn between(header: &[String], folded: &[impl AsRef<str>]) -> Option<(usize, Judged)> {
    let bare = |name: &str| matches!(name, "判定" | "判定区分");
    let mut places = folded.iter().enumerate().filter(|(_, name)| bare(name.as_ref())).map(|(index, _)| index);
    let index = places.next().filter(|_| places.next().is_none())?;
    let has_value = |names: &[String]| names.iter().any(|name| value_of(name).is_some());
    let judged = before(header.get(..index)?)?;
    let is_whole = |name: &String| folding::field_of(name) == Some(Field::Judgement);
    let is_told = header.iter().enumerate().any(|(other, name)| other != index && is_whole(name));
    let is_between = has_value(header.get(index + 1..)?);
    is_between.then_some((index, if is_told { judged } else { Judged::Unknown }))
}

/// Where 単位 stands behind a value, whose unit it is.
pub(super) fn units(header: &[String]) -> BTreeMap<usize, Item> {
    let places = header.iter().enumerate().filter(|(_, name)| folding::fold(name) == "単位");
    places.filter_map(|(index, _)| Some((index, value_of(header.get(index.checked_sub(1)?)?)?))).collect()
}

fn value_of(name: &str) -> Option<Item> {
    match ItemRole::of_heading(name)? {
        ItemRole::Value(column) => Some(column.item()),
        _ => None,
    }
}

/// What the nearest heading names; a unit between does no harm, an unknown test does.
fn before(header: &[String]) -> Option<Judged> {
    let nearest = header.iter().rev().find(|name| !is_between(&folding::fold(name)))?;
    match (ItemRole::of_heading(nearest), folding::field_of(nearest)) {
        (Some(ItemRole::Value(column)), _) => Some(Judged::Item(column.item())),
        (None, Some(_)) => None,
        _ => Some(Judged::Unknown),
    }
}

fn is_between(folded: &str) -> bool {
    BETWEEN.contains(&folded) || qualifiers::is_of_another_time(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_behind_an_unknown_test_is_nobodys() {
        let of = |line: &str| {
            let header: Vec<String> = line.split(',').map(str::to_owned).collect();
            judgements(&header).into_iter().collect::<Vec<_>>()
        };
        let (item, unknown) = (Judged::Item, Judged::Unknown);
        assert_eq!(
            of("受診日,尿糖,尿潜血,便潜血1日目,判定,腹部超音波,判定,BMI,判定"),
            [(4, unknown), (6, unknown), (8, item(Item::Bmi))]
        );
        assert_eq!(of("腹囲,聴力,判定,便潜血,判定"), [(2, unknown), (4, unknown)]);
        assert_eq!(
            of("HbA1c,HbA1c(前回),単位,基準値,判定,心電図,所見,判定"),
            [(4, item(Item::HbA1c)), (7, item(Item::Ecg))]
        );
        assert_eq!(of("受診日,判定,BMI,判定"), [(3, item(Item::Bmi))], "behind a day it may be of the whole");
        assert_eq!(of("受診日,腹部超音波,判定"), [], "one alone is not told by its place");
        assert_eq!(
            of("受診日,血圧 最高,血圧 判定,血圧 最低,血圧 判定"),
            [(2, item(Item::Systolic)), (4, item(Item::Diastolic))]
        );
        assert_eq!(of("受診日,尿酸,判定,HbA1c"), [(2, unknown)], "alone between items it may be of the whole");
        assert_eq!(of("受診日,尿酸,判定,HbA1c,総合判定"), [(2, item(Item::UricAcid))]);
        assert_eq!(of("受診日,判定,HbA1c"), []);
        assert_eq!(of("血圧,血圧判定,判定,BMI,判定"), [(2, unknown), (4, item(Item::Bmi))]);
    }

    #[test]
    fn a_unit_behind_a_value_is_its_own() {
        let header: Vec<String> =
            "AST,単位,基準値,ALT,基準値,単位,血小板数,単位".split(',').map(str::to_owned).collect();
        assert_eq!(units(&header).into_iter().collect::<Vec<_>>(), [(1, Item::Ast), (7, Item::Platelets)]);
    }
}
