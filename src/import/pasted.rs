//! A mail's lines, names and hours, as the text of a table that goes the way of every file.
//!
//! Knows lines only. Says nothing about what a line means: a greeting becomes a row without a time, which is left out and
//! listed as such.

/// What stands between a name and its hours.
const BETWEEN: &[char] = &[' ', '\u{3000}', '\t', ':', '：', ',', '、', '，', '・', '-', '=', '＝', '…', '"'];
/// Words behind a name.
const POLITE: &[&str] = &["さん", "様", "氏", "くん"];

/// The lines as tab-separated text under a header of number, name and `column`; a line stays a line.
///
/// Text that already has columns, such as cells copied from a spreadsheet with their header, is given back as it is.
pub fn table(text: &str, column: &str) -> String {
    if text.lines().next().is_some_and(|line| line.contains("氏名") || line.contains("番号")) {
        return text.to_owned();
    }
    // A carriage return alone ends a line too: the reader of the table would make two rows of it.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let rows = text.lines().map(|line| row(line, column));
    std::iter::once(format!("社員番号\t氏名\t{column}")).chain(rows).map(|line| line + "\n").collect()
}

fn row(line: &str, column: &str) -> String {
    let line = line.trim().replace('\t', " ");
    let (number, rest) = split_number(&line);
    let first = rest.find(|c: char| c.is_numeric()).unwrap_or(rest.len());
    let (name, hours) = rest.split_at_checked(first).unwrap_or((rest, ""));
    let (mut name, word) = split_word(name.trim_matches(BETWEEN));
    for word in POLITE {
        name = name.strip_suffix(word).unwrap_or(name).trim_matches(BETWEEN);
    }
    // A word of other hours stays with the value, which is then no time and is listed.
    let hours = if word.is_empty() || is_said_by(word, column) { hours.to_owned() } else { format!("{word}{hours}") };
    format!("{number}\t{}\t{}", name.replace('"', ""), hours.trim().replace('"', ""))
}

/// Words for hours between a name and its value.
const WORDS: &[&str] = &[
    "時間外・休日労働時間",
    "時間外労働時間",
    "時間外労働",
    "時間外勤務",
    "残業時間",
    "総残業",
    "時間外",
    "残業",
    "総労働時間",
    "総労働",
    "労働時間",
    "実労働",
    "勤務時間",
    "深夜",
];

/// A name without the word for hours behind it, and that word.
fn split_word(name: &str) -> (&str, &str) {
    let bare = name.trim_end_matches(['は', 'が', 'の']).trim_end_matches(BETWEEN);
    let found = WORDS.iter().find_map(|word| Some((bare.strip_suffix(word)?, *word)));
    found.map_or((name, ""), |(name, word)| (name.trim_end_matches(BETWEEN).trim_end_matches(['の', 'は']), word))
}

/// Whether a word names the hours that the column holds.
fn is_said_by(word: &str, column: &str) -> bool {
    let is_overtime = |text: &str| text.contains("残業") || text.contains("時間外");
    word != "深夜" && is_overtime(word) == is_overtime(column)
}

/// A number in front, where a name and a value follow it.
fn split_number(line: &str) -> (&str, &str) {
    let Some((number, rest)) = line.split_once([' ', '\u{3000}', ',', '、']) else { return ("", line) };
    let is_number = number.chars().any(char::is_numeric)
        && number.chars().all(|c| c.is_ascii_alphanumeric() || c.is_numeric() || c == '-');
    let has_name = rest.trim_start().chars().next().is_some_and(char::is_alphabetic);
    if is_number && has_name { (number, rest) } else { ("", line) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::source;
    use super::*;

    #[test]
    fn three_lines_become_three_rows() {
        let text = "桐山 勇　82:30\n4002 室井 あやさん：65時間30分\n髙田様 45.5\n";
        let expected = "社員番号\t氏名\t残業時間\n\t桐山 勇\t82:30\n4002\t室井 あや\t65時間30分\n\t髙田\t45.5\n";
        assert_eq!(table(text, "残業時間"), expected);
    }

    #[test]
    fn a_greeting_is_a_row_without_a_time_and_cells_with_a_header_stay() {
        assert_eq!(row("お世話になっております。", "残業時間"), "\tお世話になっております。\t");
        let cells = "氏名\t残業時間\n桐山 勇\t82:30\n";
        assert_eq!(table(cells, "残業時間"), cells);
    }

    #[test]
    fn a_word_for_hours_is_no_part_of_a_name() {
        let row = |line| row(line, "残業時間");
        for line in ["橋本 健 残業85時間30分", "橋本 健さん　残業時間：85時間30分", "橋本 健の残業は85時間30分"]
        {
            assert_eq!(row(line), "\t橋本 健\t85時間30分", "{line}");
        }
        assert_eq!(row("橋本 健 総労働200:00"), "\t橋本 健\t総労働200:00", "no overtime, and no time");
        assert_eq!(row("橋本 健 深夜3:00"), "\t橋本 健\t深夜3:00");
    }

    /// Found by the fuzz target: the line became two rows, of which nobody had said so.
    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let text = table("桐山 勇 82:30\r室井 あや 65:30\r\n髙田 45.5\n", "残業時間");
        assert_eq!(text.lines().count(), 4);
        assert_eq!(source::read(text.as_bytes()).unwrap().row_count(), 3);
    }

    proptest! {
        #[test]
        fn a_line_stays_a_line(lines in prop::collection::vec("[^\r\n\"]{0,24}", 1..8)) {
            let text = table(&lines.join("\n"), "残業時間");
            prop_assume!(text.starts_with("社員番号\t氏名\t残業時間\n"));
            prop_assert!(text.lines().all(|line| line.matches('\t').count() == 2), "{}", text);
            if let Ok(read) = source::read(text.as_bytes()) {
                prop_assert!(read.row_count() <= lines.len());
            }
        }
    }
}
