//! Answers of the 57-item questionnaire in a table: one column of 57 characters, or 57 columns; to neutral rows.
//!
//! Knows where answers stand. Must not know what an answer means or whether a vendor stores it reversed.

use super::folding;
use super::reason::{Refusal, Why};
use super::source::{SourceRow, Table};

/// Items of the questionnaire (職業性ストレス簡易調査票).
pub const ITEMS: usize = 57;
/// Items of its parts A, B, C and D.
const PARTS: [(char, usize); 4] = [('a', 17), ('b', 29), ('c', 9), ('d', 2)];

/// Where the answers stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerColumns {
    /// The only column, or one for each item in order, counted from 0.
    pub columns: Vec<usize>,
    /// Why these.
    pub reason: &'static str,
}

/// The answers of one row, as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Line of the file, 1-based.
    pub line: u32,
    /// 57 characters 1 to 4; `-` where there is no answer.
    pub answers: String,
    /// What stands behind the 57 characters in the same cell; some write the sex there.
    pub rest: String,
}

impl AnswerColumns {
    /// Finds the answers: by the names of 57 columns, by one column of 57 characters, or by 57 columns side by side
    /// that hold nothing but 1 to 4.
    pub fn find(table: &Table) -> Option<Self> {
        let named = by_number(&table.header).or_else(|| by_part(&table.header));
        let named = named.map(|columns| Self { columns, reason: "設問の番号が見出しにあります。" });
        named.or_else(|| one_column(table)).or_else(|| side_by_side(table))
    }

    /// Reads the answers of a row.
    ///
    /// # Errors
    /// A cell is no answer; the refusal names its column.
    pub fn read(&self, row: &SourceRow) -> Result<AnswerRow, Refusal> {
        match self.columns.as_slice() {
            [only] => {
                let refused = Refusal::cell(row.line, *only, Why::NotAnswer);
                let (answers, rest) = split(row.cells.get(*only)).ok_or(refused)?;
                Ok(AnswerRow { line: row.line, answers, rest })
            }
            several => {
                let answer = |index: &usize| {
                    answer(row.cells.get(*index)).ok_or(Refusal::cell(row.line, *index, Why::NotAnswer))
                };
                let answers = several.iter().map(answer).collect::<Result<String, Refusal>>()?;
                Ok(AnswerRow { line: row.line, answers, rest: String::new() })
            }
        }
    }
}

/// The answer in a cell: 1 to 4, or `-` for none.
fn answer(cell: &str) -> Option<char> {
    let folded = folding::fold(cell);
    let mut characters = folded.chars();
    match (characters.next(), characters.next()) {
        (None, None) => Some('-'),
        (Some(only), None) => letter(only),
        _ => None,
    }
}

fn letter(c: char) -> Option<char> {
    matches!(c, '1'..='4' | '-').then_some(c)
}

/// 57 answers and what stands behind them.
fn split(cell: &str) -> Option<(String, String)> {
    let folded = folding::fold(cell);
    let answers: String = folded.chars().take(ITEMS).map(letter).collect::<Option<String>>()?;
    (answers.len() == ITEMS).then(|| (answers, folded.chars().skip(ITEMS).collect()))
}

/// Whether a row names the 57 items, which makes it a header although every name holds a number.
pub(super) fn are_named(header: &[String]) -> bool {
    header.len() >= ITEMS && by_number(header).or_else(|| by_part(header)).is_some()
}

/// `q1`, `q_1`, `設問1`, `問1`: one prefix with every number up to 57.
fn by_number(header: &[String]) -> Option<Vec<usize>> {
    let names: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    ["q", "q_", "q0", "q_0", "設問", "問", "no", "item"].iter().find_map(|prefix| {
        let place = |number: usize| {
            let (plain, padded) = (format!("{prefix}{number}"), format!("{prefix}{number:02}"));
            names.iter().position(|name| *name == plain || *name == padded)
        };
        (1..=ITEMS).map(place).collect()
    })
}

/// `A1` to `D2`.
fn by_part(header: &[String]) -> Option<Vec<usize>> {
    let names: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    let items = PARTS.iter().flat_map(|(part, count)| (1..=*count).map(move |number| format!("{part}{number}")));
    items.map(|item| names.iter().position(|name| *name == item)).collect()
}

fn one_column(table: &Table) -> Option<AnswerColumns> {
    let is_answers = |index: &usize| {
        let cells = table.rows.iter().map(|row| row.cells.get(*index)).filter(|cell| !cell.is_empty());
        let (all, good) =
            cells.fold((0usize, 0usize), |(all, good), cell| (all + 1, good + usize::from(split(cell).is_some())));
        // One slip in ten is a slip of that row.
        good > 0 && good * 10 >= all * 9
    };
    let column = (0..table.header.len()).find(is_answers)?;
    Some(AnswerColumns { columns: vec![column], reason: "57文字の回答が一つの列にあります。" })
}

fn side_by_side(table: &Table) -> Option<AnswerColumns> {
    let is_answers = |index: usize| {
        let mut cells = table.rows.iter().map(|row| row.cells.get(index));
        table.rows.iter().any(|row| !row.cells.get(index).is_empty()) && cells.all(|cell| answer(cell).is_some())
    };
    let fits: Vec<bool> = (0..table.header.len()).map(is_answers).collect();
    let start = fits.windows(ITEMS).position(|run| run.iter().all(|fits| *fits))?;
    Some(AnswerColumns {
        columns: (start..start + ITEMS).collect(), reason: "1 から 4 だけの列が57続きます。"
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::source::read;
    use super::*;

    fn table(header: &str, rows: &[String]) -> Table {
        read(format!("{header}\n{}\n", rows.join("\n")).as_bytes()).unwrap()
    }

    fn headers(name: impl Fn(usize) -> String) -> String {
        (1..=ITEMS).map(name).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn every_shape_that_was_seen_is_found() {
        let row = format!("4001,{}", ["3"; ITEMS].join(","));
        let parts: Vec<String> = PARTS
            .iter()
            .flat_map(|(part, count)| (1..=*count).map(move |n| format!("{}{n}", part.to_ascii_uppercase())))
            .collect();
        for names in [
            headers(|n| format!("q_{n}")),
            headers(|n| format!("q{n}")),
            headers(|n| format!("設問{n}")),
            headers(|n| format!("Ｑ{n:02}")),
            parts.join(","),
        ] {
            let table = table(&format!("社員番号,{names}"), std::slice::from_ref(&row));
            let found = AnswerColumns::find(&table).unwrap();
            assert_eq!(found.columns, (1..=ITEMS).collect::<Vec<_>>(), "{names}");
            assert_eq!(found.read(&table.rows[0]).unwrap().answers, "3".repeat(ITEMS));
        }
        let one = table(
            "社員番号,氏名,回答",
            &[format!("4001,桐山 勇,{}-1", "1234".repeat(14)), format!("4002,室井 あや,{}", "2".repeat(58))],
        );
        let found = AnswerColumns::find(&one).unwrap();
        assert_eq!((found.columns.as_slice(), found.read(&one.rows[1]).unwrap().rest.as_str()), (&[2][..], "2"));
        let plain = table(
            &format!("社員番号,氏名,{}", headers(|n| format!("甲{n}"))),
            &[format!("4001,桐山 勇,{}", ["1"; ITEMS].join(","))],
        );
        assert_eq!(AnswerColumns::find(&plain).unwrap().columns, (2..2 + ITEMS).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_answer_is_refused_with_its_column() {
        let mut cells = ["1"; ITEMS];
        cells[9] = "5";
        let names = headers(|n| format!("q{n}"));
        let table = table(&format!("社員番号,{names}"), &[format!("4001,{}", cells.join(","))]);
        let refused = AnswerColumns::find(&table).unwrap().read(&table.rows[0]);
        assert_eq!(refused, Err(Refusal::cell(2, 10, Why::NotAnswer)));
        let hours = self::table("社員番号,氏名,総労働時間", &["1,山田,160".into()]);
        assert_eq!(AnswerColumns::find(&hours), None);
    }

    proptest! {
        #[test]
        fn answers_in_one_column_and_in_many_are_the_same(answers in "[1-4-]{57}") {
            let many: Vec<String> = answers.chars().map(|c| if c == '-' { String::new() } else { c.to_string() }).collect();
            let many = table(&format!("社員番号,{}", headers(|n| format!("q{n}"))), &[format!("4001,{}", many.join(","))]);
            let one = table("社員番号,回答", &[format!("4001,{answers}")]);
            for table in [many, one] {
                let read = AnswerColumns::find(&table).and_then(|found| found.read(&table.rows[0]).ok()).map(|row| row.answers);
                prop_assert_eq!(read.as_deref(), Some(answers.as_str()));
            }
        }

        #[test]
        fn no_cell_panics(cell in "\\PC{0,80}") {
            let _ = (answer(&cell), split(&cell));
        }
    }
}
