//! 判定 that stands behind many columns under one heading: whose judgement each of them is, by what stands before it.
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
    let is_bare = |name: &String| folding::field_of(name) == Some(Field::Judgement);
    let folded: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    let repeats = |index: usize| {
        let name = folded.get(index);
        folded.iter().filter(|other| Some(*other) == name).count() > 1
    };
    let bare = header.iter().enumerate().filter(|(index, name)| is_bare(name) && repeats(*index));
    bare.filter_map(|(index, _)| Some((index, before(header.get(..index)?)?))).collect()
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
        assert_eq!(of("血圧,血圧判定,判定,BMI,判定"), [(2, unknown), (4, item(Item::Bmi))]);
    }
}
