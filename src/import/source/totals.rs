//! Rows that sum up others: known by a word in the first cell, or where a person's number or name would stand.
//!
//! Knows the words of totals. Must not know values.

use super::super::folding::{self, Field, MAX_HEADING};

/// Words that make a row a total, wherever it stands.
const TOTALS: &[&str] = &["合計", "総計", "総合計", "小計", "部門計", "部署計"];
/// Words that make a row a total only below the last person: somebody may bear them as a name.
const TOTALS_AT_END: &[&str] = &["計", "平均", "total", "以上"];
/// Words that stand before the values that are usual, or before units, where a person would be named: nobody bears them.
const REFERENCE: &[&str] = &[
    "基準値",
    "基準範囲",
    "基準",
    "参考値",
    "参考基準値",
    "参考範囲",
    "正常値",
    "正常範囲",
    "基準値上限",
    "基準値下限",
    "上限値",
    "下限値",
    "基準上限",
    "基準下限",
    "単位",
];
/// What may stand behind the word: 合計 2名.
const COUNTED: &[char] = &['名', '人', '件', '行'];

/// What the words of a row say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sums {
    /// It is about somebody.
    No,
    /// It sums up others.
    Yes,
    /// It does, if nobody stands below it.
    AtEnd,
    /// It says what is usual, or the units.
    Reference,
}

/// The columns of a table that say who a row is about.
#[derive(Debug, Default)]
pub(super) struct PersonColumns {
    numbers: Vec<usize>,
    names: Vec<usize>,
    kana: Vec<usize>,
}

impl PersonColumns {
    pub fn of(header: &[String]) -> Self {
        let fields: Vec<_> = header.iter().map(|name| folding::field_of(name)).collect();
        let places = |wanted: Field| {
            let all = fields.iter().enumerate().filter(|(_, field)| **field == Some(wanted));
            all.map(|(index, _)| index).collect()
        };
        Self { numbers: places(Field::Number), names: places(Field::Name), kana: places(Field::Kana) }
    }

    /// Whether a row sums up others.
    ///
    /// 合計 alone always does. A word that only ends so (男性計) may be a name, 服部 計 or 落合 計: it does where the
    /// row has no number and the table has numbers.
    pub fn sums<'c>(&self, cells: impl Iterator<Item = &'c str> + Clone) -> Sums {
        let first = cells.clone().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or("");
        let at = |index: &usize| cells.clone().nth(*index).map(str::trim).unwrap_or("");
        let is_blank = |columns: &[usize]| columns.iter().all(|index| at(index).is_empty());
        let person = || self.numbers.iter().chain(&self.names).map(at).chain([first]);
        if person().any(|cell| is_any(&word(cell), TOTALS)) {
            return Sums::Yes;
        }
        if self.is_reference(first, at) {
            return Sums::Reference;
        }
        let is_nobody = !self.numbers.is_empty() && is_blank(&self.numbers) && is_blank(&self.kana);
        if is_nobody && self.names.iter().map(at).any(|cell| ends_as_total(&word(cell))) {
            return Sums::Yes;
        }
        // 業務課 計2名 where a number would stand, and nobody's name beside it.
        let is_unnamed = !self.names.is_empty() && is_blank(&self.names) && is_blank(&self.kana);
        if is_unnamed && self.numbers.iter().map(at).any(|cell| word(cell).ends_with('計')) {
            return Sums::Yes;
        }
        if is_any(&word(first), TOTALS_AT_END) { Sums::AtEnd } else { Sums::No }
    }
}

impl PersonColumns {
    /// Whether a row says what is usual: its first words do, and every column of people is empty or bears the same words.
    fn is_reference<'c>(&self, first: &str, at: impl Fn(&usize) -> &'c str) -> bool {
        let is_said = |cell: &str| cell.len() <= MAX_HEADING && is_any(bare(&folding::fold(cell)), REFERENCE);
        let mut people = self.numbers.iter().chain(&self.names).chain(&self.kana).map(at).peekable();
        first.contains(['基', '参', '正', '限', '単'])
            && is_said(first)
            && people.peek().is_some()
            && people.all(|cell| cell.is_empty() || is_said(cell))
    }
}

/// Words without the brackets around them.
fn bare(folded: &str) -> &str {
    folded.trim_start_matches(['(', '[', '【', '<', '※']).trim_end_matches([')', ']', '】', '>', ':'])
}

fn is_any(word: &str, words: &[&str]) -> bool {
    words.contains(&word)
}

fn ends_as_total(word: &str) -> bool {
    word.ends_with('計') || is_any(word, TOTALS_AT_END)
}

/// A cell folded, without what stands in brackets behind it and without a count: 合計(2名) and 合計 2名 are 合計.
fn word(cell: &str) -> String {
    if cell.len() > MAX_HEADING || !may_be_total(cell) {
        return String::new();
    }
    let folded = folding::fold(cell);
    let bare = folded.split(['(', ':']).next().unwrap_or("");
    let named = bare.trim_end_matches(COUNTED);
    let uncounted = named.trim_end_matches(|c: char| c.is_ascii_digit());
    if uncounted.len() < named.len() { uncounted } else { bare }.to_owned()
}

/// A quick way past nearly every cell, before it is folded.
fn may_be_total(cell: &str) -> bool {
    cell.starts_with(['t', 'T', 'ｔ', 'Ｔ']) || cell.contains(['計', '均', '上'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_a_department_is_nobody_wherever_its_word_stands() {
        let header = ["社員番号", "氏名", "所属"].map(str::to_owned);
        let sums = |cells: [&str; 3]| PersonColumns::of(&header).sums(cells.into_iter());
        for cells in [["業務課 計2名", "", ""], ["", "業務課計", ""], ["合計", "", ""], ["設備課計(1名)", "", ""]]
        {
            assert_eq!(sums(cells), Sums::Yes, "{cells:?}");
        }
        for cells in [["20101", "服部 計", "業務課"], ["課計01", "山田 太郎", ""], ["20101", "山田 太郎", "業務課計"]]
        {
            assert_eq!(sums(cells), Sums::No, "{cells:?}");
        }
    }
}
