//! One eye without and with its glasses in one cell: `0.3/1.2`, `0.3(1.2)`, under a heading that says so; or in words that
//! say it themselves, `裸眼0.3(矯正1.2)`.
//!
//! Knows how two values stand in a cell. Must not know how one is read.

use super::decimal::Decimal;
use super::item::Item;

/// What stands between a word and its value.
const BETWEEN: &[char] = &['(', ')', '[', ']', ':', '=', '/', ',', '、', '・', ';'];

/// The item of the same eye without its glasses.
pub(super) const fn bare(item: Item) -> Item {
    match item {
        Item::VisionRightCorrected => Item::VisionRight,
        Item::VisionLeftCorrected => Item::VisionLeft,
        item => item,
    }
}

/// The item of the same eye with its glasses.
pub(super) const fn corrected(item: Item) -> Option<Item> {
    match item {
        Item::VisionRight => Some(Item::VisionRightCorrected),
        Item::VisionLeft => Some(Item::VisionLeftCorrected),
        _ => None,
    }
}

/// What stands in a folded cell for the eye without and with glasses; none where it is not two.
pub(super) fn parted(folded: &str) -> Option<(&str, &str)> {
    let bracketed = || folded.strip_suffix(')')?.split_once('(');
    folded.split_once('/').or_else(bracketed).filter(|(_, with)| !with.contains(['/', '(']))
}

/// Whether a folded cell holds two numbers, of which no word says which eye is without glasses.
pub(super) fn is_of_two(item: Item, folded: &str) -> bool {
    let is_number = |text: &str| Decimal::parse(text).is_some();
    corrected(bare(item)).is_some() && parted(folded).is_some_and(|(one, other)| is_number(one) && is_number(other))
}

/// The parts of a folded cell that say themselves what they are: `裸眼0.3`, `矯正1.0`, `1.0(矯正)`, `裸0.3矯1.2`,
/// `0.3(矯正1.2)`; none where a word is missing or more than one value stands behind one.
pub(super) fn worded(eye: Item, folded: &str) -> Option<Vec<(Item, &str)>> {
    let with = corrected(eye)?;
    let plain = |text| str::trim_matches(text, BETWEEN);
    let behind = [("裸眼", eye), ("矯正", with)].into_iter().find_map(|(word, item)| {
        let value = plain(plain(folded).strip_suffix(word)?);
        Decimal::parse(value).map(|_| vec![(item, value)])
    });
    behind.or_else(|| {
        let starts = folded.match_indices(['裸', '矯']).map(|(start, _)| start).filter(|start| *start > 0);
        let ends: Vec<usize> = std::iter::once(0).chain(starts).chain([folded.len()]).collect();
        let parts = ends.windows(2).filter_map(|ends| folded.get(*ends.first()?..*ends.last()?));
        let parts = parts.map(plain).filter(|part| !part.is_empty());
        let told: Vec<(Item, &str)> = parts.map(|part| named(eye, with, part)).collect();
        let is_value = |(_, text): &(Item, &str)| text.starts_with(|c: char| c.is_ascii_digit() || c == '<');
        let is_once = matches!(told.as_slice(), [_]) || matches!(told.as_slice(), [one, other] if one.0 != other.0);
        (folded.contains(['裸', '矯']) && is_once && told.iter().all(is_value)).then_some(told)
    })
}

/// A part of a cell by the word before it; without one it is the eye without glasses.
fn named(eye: Item, with: Item, part: &str) -> (Item, &str) {
    let (item, rest) = match (part.strip_prefix("裸眼").or_else(|| part.strip_prefix('裸')), part.strip_prefix('矯'))
    {
        (Some(rest), _) => (eye, rest),
        (None, Some(rest)) => (with, rest.strip_prefix('正').unwrap_or(rest)),
        (None, None) => (eye, part),
    };
    (item, rest.trim_matches(BETWEEN))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Catalogue, Column, Reading, read};
    use super::*;

    /// `code=value` of every value of a cell below a heading that names both.
    fn told(text: &str) -> String {
        told_below("視力右(裸眼/矯正)", text)
    }

    fn told_below(heading: &str, text: &str) -> String {
        let Some(column) = Catalogue::built_in().column(heading) else {
            return "unknown".to_owned();
        };
        match read(column, text, false) {
            Reading::Empty => String::new(),
            Reading::Cells(cells) => {
                let told = |cell: &super::super::Cell| format!("{}={}", cell.item.code(), cell.value.code());
                cells.iter().map(told).collect::<Vec<_>>().join(" ")
            }
        }
    }

    #[test]
    fn an_eye_without_and_with_glasses_stands_in_one_cell() {
        assert_eq!(told("0.3/1.2"), "vr=0.3 vrc=1.2");
        assert_eq!(told("0.3（1.2）"), "vr=0.3 vrc=1.2");
        assert_eq!(told("1.2/-"), "vr=1.2 vrc=x");
        assert_eq!(told("-/1.0"), "vr=x vrc=1.0");
        assert_eq!(told("未実施"), "vr=x vrc=x");
        assert_eq!(told("1.2"), "vr=?pair", "either may be meant");
        assert_eq!(told("0.3/1.2/1.5"), "vr=?pair");
        assert_eq!(told(""), "");
    }

    #[test]
    fn words_in_a_cell_say_which_is_which_and_two_bare_numbers_do_not() {
        let plain = |text| told_below("視力右", text);
        for text in
            ["裸眼0.3(矯正1.2)", "0.3（矯正1.2）", "裸0.3 矯1.2", "裸眼:0.3/矯正:1.2", "裸眼0.3矯正1.2", "0.3/矯正1.2"]
        {
            assert_eq!((plain(text), told(text)), ("vr=0.3 vrc=1.2".to_owned(), "vr=0.3 vrc=1.2".to_owned()), "{text}");
        }
        for (text, value) in
            [("裸眼0.3", "vr=0.3"), ("0.3(裸眼)", "vr=0.3"), ("矯正1.0", "vrc=1.0"), ("1.0(矯正)", "vrc=1.0")]
        {
            assert_eq!(plain(text), value, "{text}");
        }
        assert_eq!(told_below("矯正視力右", "矯正1.0"), "vrc=1.0");
        assert_eq!(plain("矯正1.2(裸眼0.3)"), "vrc=1.2 vr=0.3");
        for text in ["1.2(0.8)", "0.3/1.2"] {
            assert_eq!(plain(text), "vr=?glasses", "{text}");
            assert_eq!(told_below("矯正視力右", text), "vrc=?glasses", "{text}");
        }
        for text in [
            "(1.2)",
            "0.7×",
            "矯正",
            "裸眼",
            "裸眼0.3裸眼0.5",
            "裸眼0.3矯正1.0矯正1.2",
            "矯正1.0矯正1.2",
            "0.3裸眼矯正",
            "指数弁",
        ] {
            assert_eq!(plain(text), "vr=?words", "{text}");
        }
        assert_eq!(told_below("AST", "裸眼0.3"), "ast=?words");
    }

    #[test]
    fn both_eyes_are_known_by_their_headings() {
        for heading in ["視力左(裸眼/矯正)", "左裸眼視力/矯正視力", "左視力（裸眼・矯正）", "左（裸眼/矯正）"]
        {
            assert_eq!(
                super::super::heading(heading).map(|found| found.column),
                Some(Column::Glasses(Item::VisionLeft)),
                "{heading}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_cell_is_read(text in "\\PC{0,20}") {
            let _ = (told(&text), told_below("視力右", &text));
        }
    }
}
