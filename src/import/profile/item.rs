//! Columns of a checkup's items: which heading is which, and how the part is written in a profile.
//!
//! Knows the catalogue's headings. Must not know values.

use serde::{Deserialize, Serialize};

use crate::domain::checkup::{self, Catalogue, Column, Item, beside};

/// What a column of a clinic's file holds of an item; written as `item:sbp`, `pair:sbp`, `code:h1l`, `judgement:sbp`,
/// `group:ast`, `sample:glu`, `unit:ast`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ItemRole {
    /// Its value, or two in one cell.
    Value(Column),
    /// The clinic's judgement of this item.
    Judgement(Item),
    /// The clinic's judgement of the group of which this item is the first.
    Group(Item),
    /// The unit of each value of this item, in a column of its own.
    Unit(Item),
    /// Whether the sample of this item was taken fasting; of every item of the row where it is [`Item::Meal`].
    Sample(Item),
}

impl ItemRole {
    /// What a heading names: an item or its code, with a unit behind it or not, the judgement of one or of a group, or what
    /// a sample was.
    pub fn of_heading(heading: &str) -> Option<Self> {
        let value = || checkup::heading(heading).map(|found| Self::Value(found.column));
        let group = || beside::group_judged(heading)?.items.first().map(|item| Self::Group(*item));
        let judgement = || checkup::judged(heading).map(|found| Self::Judgement(found.column.item()));
        value().or_else(group).or_else(judgement).or_else(|| beside::sampled(heading).map(Self::Sample))
    }

    /// What it holds, in words, with the unit in which it is kept and the others that are known by their values.
    pub fn words(self) -> String {
        let catalogue = Catalogue::built_in();
        match self {
            Self::Value(Column::One(item)) => format!("{}{}", catalogue.name_of(item), units(item)),
            Self::Value(Column::Pair(item)) => format!("{} ともう一つ（1つの欄に2つの値）", catalogue.name_of(item)),
            Self::Value(Column::Glasses(item)) => format!("{} と矯正（1つの欄に2つの値）", catalogue.name_of(item)),
            Self::Value(Column::Disputed(item)) => format!("{}（コードのとおり）", catalogue.name_of(item)),
            Self::Judgement(item) => format!("{}の判定", catalogue.name_of(item)),
            Self::Group(first) => {
                let name = beside::group_of(first).map_or_else(|| catalogue.name_of(first), |group| &group.name);
                format!("{name}の判定（まとめて）")
            }
            Self::Unit(item) => format!("{}の単位", catalogue.name_of(item)),
            Self::Sample(Item::Meal) => "採血の条件（空腹・随時）".to_owned(),
            Self::Sample(item) => format!("{}の採血の条件（空腹・随時）", catalogue.name_of(item)),
        }
    }

    fn named(text: &str) -> Option<Self> {
        let (kind, code) = text.split_once(':')?;
        let item = Item::of_code(code)?;
        Some(match kind {
            "item" => Self::Value(Column::One(item)),
            "pair" => Self::Value(Column::Pair(item)),
            "glasses" => Self::Value(Column::Glasses(item)),
            "code" => Self::Value(Column::Disputed(item)),
            "judgement" => Self::Judgement(item),
            "group" => Self::Group(item),
            "sample" => Self::Sample(item),
            "unit" => Self::Unit(item),
            _ => return None,
        })
    }
}

/// ` 10^4/μL、10^6/μL`: each value says by its size in which unit it is.
fn units(item: Item) -> String {
    let entry = Catalogue::built_in().entry(item);
    let all = entry.iter().flat_map(|entry| std::iter::once(&entry.unit).chain(entry.other.iter().map(|o| &o.unit)));
    let all: Vec<&str> = all.map(String::as_str).filter(|unit| !unit.is_empty()).collect();
    if all.is_empty() { String::new() } else { format!(" {}", all.join("、")) }
}

/// A part that no item plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("取込設定に、知らない健診の項目があります。書き出したものと見比べて直してください。")]
pub struct NoSuchItem;

impl TryFrom<String> for ItemRole {
    type Error = NoSuchItem;
    fn try_from(text: String) -> Result<Self, NoSuchItem> {
        Self::named(&text).ok_or(NoSuchItem)
    }
}

impl From<ItemRole> for String {
    fn from(role: ItemRole) -> Self {
        let (kind, item) = match role {
            ItemRole::Value(Column::One(item)) => ("item", item),
            ItemRole::Value(Column::Pair(item)) => ("pair", item),
            ItemRole::Value(Column::Glasses(item)) => ("glasses", item),
            ItemRole::Value(Column::Disputed(item)) => ("code", item),
            ItemRole::Judgement(item) => ("judgement", item),
            ItemRole::Group(item) => ("group", item),
            ItemRole::Sample(item) => ("sample", item),
            ItemRole::Unit(item) => ("unit", item),
        };
        format!("{kind}:{}", item.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_clinics_are_known_with_units_and_judgements() {
        let value = |item| Some(ItemRole::Value(Column::One(item)));
        assert_eq!(ItemRole::of_heading("ﾍﾓｸﾞﾛﾋﾞﾝ"), value(Item::Haemoglobin));
        assert_eq!(ItemRole::of_heading("ＢＭＩ"), value(Item::Bmi));
        assert_eq!(ItemRole::of_heading("体重（ｋｇ）"), value(Item::Weight));
        assert_eq!(ItemRole::of_heading("AST_GOT"), value(Item::Ast));
        assert_eq!(ItemRole::of_heading("HbA1c[%]"), value(Item::HbA1c), "longest first: never Hb");
        assert_eq!(ItemRole::of_heading("血糖(空腹時)"), value(Item::GlucoseFasting));
        assert_eq!(ItemRole::of_heading("血糖(不明)"), None, "a word in brackets may name another item");
        assert_eq!(ItemRole::of_heading("中性脂肪_判定"), Some(ItemRole::Judgement(Item::Triglyceride)));
        assert_eq!(ItemRole::of_heading("総合判定"), None);
        assert_eq!(ItemRole::of_heading("血圧"), Some(ItemRole::Value(Column::Pair(Item::Systolic))));
    }

    #[test]
    fn every_part_reads_back_from_its_text() {
        for item in Item::ALL {
            let columns = [Column::One(*item), Column::Pair(*item), Column::Glasses(*item), Column::Disputed(*item)];
            let others =
                [ItemRole::Judgement(*item), ItemRole::Group(*item), ItemRole::Sample(*item), ItemRole::Unit(*item)];
            for role in columns.map(ItemRole::Value).into_iter().chain(others) {
                assert_eq!(ItemRole::try_from(String::from(role)), Ok(role));
            }
        }
        assert_eq!(ItemRole::try_from("item:nothing".to_owned()), Err(NoSuchItem));
    }
}
