//! One eye without and with its glasses in one cell: `0.3/1.2`, `0.3(1.2)`, under a heading that says so.
//!
//! Knows how two values stand in a cell. Must not know how one is read.

use super::item::Item;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Catalogue, Column, Reading, read};
    use super::*;

    /// `code=value` of every value of a cell.
    fn told(text: &str) -> String {
        let Some(column) = Catalogue::built_in().column("視力右(裸眼/矯正)") else {
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
            let _ = told(&text);
        }
    }
}
