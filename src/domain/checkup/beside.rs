//! Headings that hold no value of their own: what the sample beside them was, and the judgement of several items at once.
//!
//! Knows words. Must not know values or columns.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::heading;
use super::item::Item;
use super::units::compact;

const BUILT_IN: &str = include_str!("beside.toml");
/// A sample is of a fasting person from so many hours after the meal (特定健診の採血時間の区分).
const FASTING_HOURS: u32 = 10;

/// Items that a clinic judges together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// As the judgement is called where it stands beside one of the items.
    pub name: String,
    /// The items, of which the first names the group.
    pub items: Vec<Item>,
}

#[derive(Debug, Default)]
struct Beside {
    samples: HashMap<String, Item>,
    groups: Vec<Group>,
    groups_by_name: HashMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sample: Vec<SampleLine>,
    group: Vec<GroupLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleLine {
    item: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupLine {
    name: String,
    items: Vec<String>,
    names: Vec<String>,
}

/// The item whose sample a column tells of (血糖区分); [`Item::Meal`] where it tells of every item of the row (食事).
pub fn sampled(text: &str) -> Option<Item> {
    Beside::built_in().samples.get(&compact(text)).copied()
}

/// Whether a value of this item may be of either sample, so that words beside it make it another item.
pub const fn is_of_either_sample(item: Item) -> bool {
    matches!(item, Item::Glucose | Item::Triglyceride)
}

/// What a value of this item is, of a sample that these words tell of (空腹, 食後3時間); none for words that do not say it.
pub fn sampled_as(item: Item, text: &str) -> Option<Item> {
    let words = compact(text);
    let hours = words.strip_prefix("食後").and_then(hours);
    let is_late = hours.is_some_and(|hours| hours >= FASTING_HOURS);
    let word = match hours {
        Some(_) if is_late => "空腹",
        Some(_) => "食後",
        None => words.as_str(),
    };
    heading::turns(word).find(|(from, _)| *from == item).map(|(_, to)| to)
}

/// `3時間`, `10時間以上`: whole hours; none for anything else.
fn hours(text: &str) -> Option<u32> {
    let text = text.strip_suffix("以上").unwrap_or(text);
    let digits = ["時間", "h"].iter().find_map(|unit| text.strip_suffix(unit))?;
    digits.parse().ok()
}

/// The group whose judgement a heading names: 「肝機能判定」, 「判定（脂質）」.
pub fn group_judged(text: &str) -> Option<&'static Group> {
    let beside = Beside::built_in();
    let compact = compact(text);
    let name = judged_name(&compact)?;
    beside.groups.get(*beside.groups_by_name.get(name)?)
}

/// The group of which this item is the first.
pub fn group_of(first: Item) -> Option<&'static Group> {
    Beside::built_in().groups.iter().find(|group| group.items.first() == Some(&first))
}

/// What is judged, by a compact heading: the word stands behind it or before it.
pub(super) fn judged_name(compact: &str) -> Option<&str> {
    let behind = ["の判定区分", "判定区分", "の判定", "判定"].iter().find_map(|end| compact.strip_suffix(end));
    behind.filter(|name| !name.is_empty()).or_else(|| compact.strip_prefix("判定"))
}

impl Beside {
    fn built_in() -> &'static Self {
        static READ: OnceLock<Beside> = OnceLock::new();
        READ.get_or_init(|| Self::parse(BUILT_IN).unwrap_or_default())
    }

    /// Reads the table; none for an item that is not known.
    fn parse(text: &str) -> Option<Self> {
        let file: File = toml::from_str(text).ok()?;
        let mut beside = Self::default();
        for line in &file.sample {
            let item = Item::of_code(&line.item)?;
            beside.samples.extend(line.names.iter().map(|name| (compact(name), item)));
        }
        for line in file.group {
            let items = line.items.iter().map(|code| Item::of_code(code)).collect::<Option<_>>()?;
            let place = beside.groups.len();
            beside.groups_by_name.extend(line.names.iter().map(|name| (compact(name), place)));
            beside.groups.push(Group { name: line.name, items });
        }
        Some(beside)
    }
}

#[cfg(test)]
mod tests {
    use super::super::judged;
    use super::*;

    #[test]
    fn the_table_that_ships_is_read_and_no_group_is_an_item() {
        let beside = Beside::parse(BUILT_IN).unwrap();
        let firsts: std::collections::HashSet<_> = beside.groups.iter().map(|group| group.items.first()).collect();
        assert_eq!(firsts.len(), beside.groups.len(), "the first item names the group");
        assert!(beside.samples.keys().all(|name| heading::heading(name).is_none()));
    }

    #[test]
    fn a_judgement_of_a_group_is_known_in_either_order() {
        for (text, name) in [
            ("肝機能判定", "肝機能"),
            ("判定（肝機能）", "肝機能"),
            ("脂質判定", "脂質"),
            ("判定（脂質）", "脂質"),
            ("糖代謝判定", "糖代謝"),
            ("聴力判定", "聴力"),
            ("尿検査の判定", "尿検査"),
            ("貧血判定区分", "貧血"),
        ] {
            assert_eq!(group_judged(text).map(|group| group.name.as_str()), Some(name), "{text}");
        }
        for text in ["便潜血判定", "総合判定", "判定", "腹部超音波判定", "肝機能", "肝機能判定日"]
        {
            assert_eq!(group_judged(text), None, "{text}");
        }
        for (text, item) in
            [("判定（血圧）", Item::Systolic), ("判定(HbA1c)", Item::HbA1c), ("心電図判定区分", Item::Ecg)]
        {
            assert_eq!(judged(text).map(|found| found.column.item()), Some(item), "{text}");
        }
    }

    #[test]
    fn words_of_a_sample_make_the_item_fasting_or_not() {
        assert_eq!(
            (sampled("血糖区分"), sampled("食事"), sampled("食前・食後")),
            (Some(Item::Glucose), Some(Item::Meal), Some(Item::Meal))
        );
        assert_eq!((sampled("食事指導"), sampled("血糖")), (None, None));
        let of = |text| sampled_as(Item::Glucose, text);
        for text in ["空腹", "空腹時", "食前", "食後10時間以上", "食後 12時間"] {
            assert_eq!(of(text), Some(Item::GlucoseFasting), "{text}");
        }
        for text in ["随時", "食後", "食後3時間"] {
            assert_eq!(of(text), Some(Item::GlucoseCasual), "{text}");
        }
        for text in ["", "1", "不明", "規則正しい", "食後すぐ"] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(sampled_as(Item::Triglyceride, "食後3時間"), Some(Item::TriglycerideCasual));
        for item in Item::ALL {
            assert_eq!(sampled_as(*item, "空腹").is_some(), is_of_either_sample(*item), "{item:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_told(text in "\\PC{0,20}") {
            let _ = (sampled(&text), sampled_as(Item::Glucose, &text), group_judged(&text));
        }
    }
}
