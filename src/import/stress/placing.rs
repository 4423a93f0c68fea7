//! Which column holds which question: by what its heading says, wherever it stands.
//!
//! Knows headings. Must not know cells, nor what the questions ask but the first, by whose words a file can be checked.

use std::collections::BTreeMap;

use super::{LENGTHS, PARTS};

/// Questions of the longer forms that begin with the 57 (新職業性ストレス簡易調査票).
pub(super) const LONGER: [usize; 2] = [80, 120];
/// So many numbered headings of one word are questions.
const FEWEST: usize = 20;
/// The name of a column of whole sheets; one bad sheet in it is then that row's fault only.
const SHEETS: [&str; 4] = ["回答", "回答文字列", "答え", "answers"];
/// The words of the first question (A1), folded, as far as nobody shortens them.
const FIRST_WORDS: &str = "非常にたくさんの仕事";

/// Headings that do not say which column is which question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeadingFault {
    /// The numbers are not those of a whole form, each once.
    #[error(
        "{column}列目の見出しの番号が {number} です。設問の番号が 1 から 23、57、80、120 のどれかまで一つずつそろっていないため、どの設問の回答か決まりません。元の表で見出しを確かめ、出し直してください。"
    )]
    Number {
        /// The first column that does not fit, 1-based.
        column: usize,
        /// The number in its heading.
        number: usize,
    },
    /// The words of the first question stand over another column than the first question's.
    #[error(
        "{column}列目の見出しは最初の設問の言葉ですが、最初の設問の場所にありません。見出しに設問の番号を付けて、出し直してください。"
    )]
    Words {
        /// That column, 1-based.
        column: usize,
    },
}

/// A heading with a number: `q_12`, `設問12`, `12 気分が晴れない`.
struct Mark<'a> {
    column: usize,
    /// What stands before the number.
    word: &'a str,
    number: usize,
    /// Whether nothing stands behind it.
    is_bare: bool,
}

fn mark(column: usize, heading: &str) -> Option<Mark<'_>> {
    let (word, rest) = heading.split_at(heading.find(|c: char| c.is_ascii_digit())?);
    let (digits, tail) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let word = word.trim_end_matches(['_', '-', '.', '#']);
    Some(Mark { column, word, number: digits.parse().ok()?, is_bare: tail.is_empty() })
}

fn marks(folded: &[String]) -> Vec<Mark<'_>> {
    folded.iter().enumerate().filter_map(|(column, heading)| mark(column, heading)).collect()
}

/// The columns of the answers, in the order of the questions, where their headings say it; or the one of whole sheets.
pub(super) fn by_names(folded: &[String]) -> Option<Vec<usize>> {
    let all = marks(folded);
    let bare = || all.iter().filter(|mark| mark.is_bare);
    let found = lettered(bare()).or_else(|| numbered(bare())).or_else(|| lettered(all.iter()));
    let found = found.or_else(|| numbered(all.iter()));
    found.or_else(|| folded.iter().position(|name| SHEETS.contains(&name.as_str())).map(|index| vec![index]))
}

/// `a1` … `d2`, each once.
fn lettered<'m>(marks: impl Iterator<Item = &'m Mark<'m>>) -> Option<Vec<usize>> {
    let mut places: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
    for mark in marks {
        places.entry((mark.word, mark.number)).or_default().push(mark.column);
    }
    let labels = PARTS.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| (*letter, number)));
    let only = |(letter, number): (&'static str, usize)| match places.get(&(letter, number)).map(Vec::as_slice) {
        Some([column]) => Some(*column),
        _ => None,
    };
    labels.map(only).collect()
}

/// `q1` … `q57`, `設問1` … `設問23`: the numbers of a whole form, each once, behind one word.
fn numbered<'m>(marks: impl Iterator<Item = &'m Mark<'m>>) -> Option<Vec<usize>> {
    let mut whole: Vec<Vec<usize>> = groups(marks).into_values().filter_map(whole_form).collect();
    whole.sort_by_key(Vec::len);
    let longest = whole.pop()?;
    // Of two whole forms in one file nobody knows which is meant.
    whole.last().is_none_or(|other| other.len() < longest.len()).then_some(longest)
}

/// Number and column of the headings of each word, by number.
fn groups<'m>(marks: impl Iterator<Item = &'m Mark<'m>>) -> BTreeMap<&'m str, Vec<(usize, usize)>> {
    let mut groups: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for mark in marks {
        groups.entry(mark.word).or_default().push((mark.number, mark.column));
    }
    groups.values_mut().for_each(|group| group.sort_unstable());
    groups
}

/// The columns of the 57 or 23, where the numbers are 1, 2 … to the end of a form.
fn whole_form(group: Vec<(usize, usize)>) -> Option<Vec<usize>> {
    let count = group.len();
    let asked = LENGTHS.into_iter().chain(LONGER).find(|length| *length == count)?.min(LENGTHS[0]);
    let is_whole = group.iter().zip(1..).all(|((number, _), place)| *number == place);
    is_whole.then(|| group.into_iter().take(asked).map(|(_, column)| column).collect())
}

/// The bare heading for which numbered questions are no whole form; none where no headings look like questions.
pub(super) fn fault(folded: &[String]) -> Option<HeadingFault> {
    let all = marks(folded);
    let group = groups(all.iter().filter(|mark| mark.is_bare))
        .into_values()
        .max_by_key(Vec::len)
        .filter(|group| group.len() >= FEWEST)?;
    let odd = group.iter().zip(1..).find(|((number, _), place)| number != place).map(|(found, _)| found);
    let (number, column) = odd.or(group.last())?;
    Some(HeadingFault::Number { column: column + 1, number: *number })
}

/// Puts columns of answers in the order of the questions, whoever chose them: by their headings where these say it, else as
/// they stand, as far as no heading contradicts.
///
/// # Errors
/// The first column whose heading says that it is another question.
pub(super) fn in_order(folded: &[String], mut columns: Vec<usize>) -> Result<Vec<usize>, HeadingFault> {
    columns.sort_unstable();
    let is_same = |named: &Vec<usize>| {
        let mut named = named.clone();
        named.sort_unstable();
        named == columns
    };
    let ordered = match by_names(folded).filter(is_same) {
        Some(named) => named,
        None => out_of_order(folded, &columns).map_or(Ok(columns), Err)?,
    };
    let first = folded.iter().position(|heading| heading.contains(FIRST_WORDS));
    match first.filter(|column| ordered.len() > 1 && ordered.first() != Some(column)) {
        Some(column) => Err(HeadingFault::Words { column: column + 1 }),
        None => Ok(ordered),
    }
}

/// Whether the first of these columns bears the number 0: nobody but the physician says that it is the first question.
pub(super) fn begins_at_nought(folded: &[String], columns: &[usize]) -> bool {
    let first = columns.first().and_then(|column| mark(*column, folded.get(*column)?));
    columns.len() > 1 && first.is_some_and(|mark| mark.number == 0)
}

/// Of columns that were told by hand or by their cells, the first whose number is not the next one behind its word. They may
/// begin at 0, where no other column bears that word.
fn out_of_order(folded: &[String], columns: &[usize]) -> Option<HeadingFault> {
    if columns.len() < LENGTHS[1] {
        return None;
    }
    let all = marks(folded);
    let is_whole = |word: &str| all.iter().all(|mark| mark.word != word || columns.contains(&mark.column));
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let marks = columns.iter().filter_map(|column| mark(*column, folded.get(*column)?));
    for Mark { column, word, number, .. } in marks {
        let is_next = match last.get(word) {
            Some(last) => number == last + 1,
            None => number == 1 || number == 0 && is_whole(word),
        };
        if !is_next {
            return Some(HeadingFault::Number { column: column + 1, number });
        }
        last.insert(word, number);
    }
    None
}

/// Whether the headings carry the words of the questions, so that it can be asked what the numbers in the cells mean.
pub(super) fn carries_words(folded: &[String]) -> bool {
    folded.iter().any(|heading| heading.contains(FIRST_WORDS))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn heads(names: impl IntoIterator<Item = String>) -> Vec<String> {
        ["社員番号".to_owned()].into_iter().chain(names).collect()
    }

    fn q(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
        heads(numbers.into_iter().map(|number| format!("q{number}")))
    }

    #[test]
    fn a_whole_form_is_placed_by_its_numbers() {
        assert_eq!(by_names(&q((1..=57).rev())), Some((1..=57).rev().collect()));
        assert_eq!(by_names(&q(1..=23)).map(|found| found.len()), Some(23));
        assert_eq!(by_names(&q(1..=80)), Some((1..=57).collect()), "the longer forms begin with the 57");
        let worded = heads((1..=57).map(|number| format!("{number}.言葉")));
        assert_eq!(by_names(&worded), Some((1..=57).collect()));
    }

    #[test]
    fn numbers_that_are_no_whole_form_name_their_column() {
        let fault_of = |names: &[String]| (by_names(names), fault(names));
        let number = |column, number| (None, Some(HeadingFault::Number { column, number }));
        assert_eq!(fault_of(&q((1..=57).filter(|number| *number != 7))), number(8, 8), "7 is missing");
        assert_eq!(fault_of(&q(0..=56)), number(2, 0));
        assert_eq!(fault_of(&q((1..=56).chain([5]))), number(58, 5), "5 stands twice");
        assert_eq!(fault_of(&q(1..=60)), number(61, 60), "nobody knows a form of 60");
        assert_eq!(fault(&q(1..=10)), None);
    }

    #[test]
    fn columns_told_by_their_cells_must_not_contradict_their_headings() {
        let order = |names: &[String]| in_order(names, (1..names.len()).collect());
        let parts = heads(PARTS.iter().flat_map(|(letter, count)| (1..=*count).map(move |n| format!("{letter}組{n}"))));
        assert!(order(&parts).is_ok(), "each part is numbered from 1");
        assert_eq!(order(&q(2..=58)), Err(HeadingFault::Number { column: 2, number: 2 }));
        assert!(order(&q(0..=56)).is_ok(), "told by hand where they begin");
        let one_more = in_order(&q(0..=57), (1..=57).collect());
        assert_eq!(one_more, Err(HeadingFault::Number { column: 2, number: 0 }), "0 stands beside the 57");
        let words = heads(["気分が晴れない", FIRST_WORDS].map(str::to_owned));
        assert_eq!(order(&words), Err(HeadingFault::Words { column: 3 }));
    }

    proptest! {
        #[test]
        fn wherever_a_question_stands_it_is_found(order in Just((1..=57).collect::<Vec<usize>>()).prop_shuffle()) {
            let names = q(order.iter().copied());
            let placed = by_names(&names).unwrap();
            let read: Vec<&str> = placed.iter().map(|column| names[*column].as_str()).collect();
            let wanted: Vec<String> = (1..=57).map(|number| format!("q{number}")).collect();
            prop_assert_eq!(read, wanted);
        }

        #[test]
        fn no_heading_is_too_strange(names in proptest::collection::vec("\\PC{0,8}[0-9]{0,25}", 0..70)) {
            let _ = (by_names(&names), fault(&names));
            let _ = in_order(&names, (0..names.len()).collect());
        }
    }
}
