//! Marks of a row: which classes and which work they tell.
//!
//! Knows marks. Must not know which column bears which heading.

use super::super::source::SourceRow;
use super::super::{blank, folding};
use super::Classes;
use super::headings::Mark;

const SET: &[&str] =
    &["○", "◯", "〇", "●", "◎", "✓", "✔", "レ", "有", "有り", "あり", "該当", "対象", "はい", "1", "yes", "y", "true"];
const UNSET: &[&str] = &["無", "無し", "なし", "非該当", "対象外", "いいえ", "0", "no", "n", "false"];
/// Marks that say no, where an empty cell says nothing.
const DENIED: &[&str] = &["×", "✕", "✖", "x"];

/// Whether a cell says of a work or a trait that there is none.
pub(super) fn says_none(text: &str) -> bool {
    let folded = folding::fold(text);
    blank::is_blank(&folded) || UNSET.contains(&folded.as_ref()) || DENIED.contains(&folded.as_ref())
}

/// Whether a cell holds a mark and names nothing.
pub(super) fn is_mark(text: &str) -> bool {
    SET.contains(&folding::fold(text).as_ref())
}

/// What the marks of a row tell; none where a cell holds no mark.
pub(super) fn read(row: &SourceRow, marks: &[(usize, Mark)]) -> Option<(Classes, Vec<String>)> {
    let (mut classes, mut works) = (Classes::default(), Vec::new());
    for (index, mark) in marks {
        let folded = folding::fold(row.cells.get(*index));
        let is = |words: &[&str]| words.contains(&folded.as_ref());
        match mark {
            Mark::Class(kind) if is(SET) => classes.told.push(*kind),
            Mark::Class(kind) if is(DENIED) => classes.ruled_out.push(*kind),
            Mark::Work(work) if is(SET) => works.push(work.clone()),
            _ if says_none(&folded) => {}
            _ => return None,
        }
    }
    Some((classes, works))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::worker::AttributeKind;
    use crate::import::source::Cells;

    #[test]
    fn a_mark_tells_and_an_empty_cell_says_nothing() {
        let marks = [
            (0, Mark::Class(AttributeKind::Article41)),
            (1, Mark::Class(AttributeKind::Discretionary)),
            (2, Mark::Work("深夜業".to_owned())),
            (3, Mark::Work("鉛".to_owned())),
        ];
        let of = |cells: [&str; 4]| read(&SourceRow { line: 2, cells: Cells::new(cells) }, &marks);
        let (classes, works) = of(["○", "×", "〇", ""]).unwrap();
        assert_eq!(
            (classes.told, classes.ruled_out),
            (vec![AttributeKind::Article41], vec![AttributeKind::Discretionary])
        );
        assert_eq!(works, ["深夜業"]);
        assert_eq!(of(["", "", "", ""]), Some((Classes::default(), Vec::new())));
        assert_eq!(of(["－", "ー", "―", "‑"]), Some((Classes::default(), Vec::new())), "a dash is no mark");
        assert_eq!(of(["", "専門", "", ""]), None, "a word is a question");
    }
}
