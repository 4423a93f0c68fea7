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
    let rows = text.lines().map(row);
    std::iter::once(format!("社員番号\t氏名\t{column}")).chain(rows).map(|line| line + "\n").collect()
}

fn row(line: &str) -> String {
    let line = line.trim().replace('\t', " ");
    let (number, rest) = split_number(&line);
    let first = rest.find(|c: char| c.is_numeric()).unwrap_or(rest.len());
    let (name, hours) = rest.split_at_checked(first).unwrap_or((rest, ""));
    let mut name = name.trim_matches(BETWEEN);
    for word in POLITE {
        name = name.strip_suffix(word).unwrap_or(name).trim_matches(BETWEEN);
    }
    format!("{number}\t{}\t{}", name.replace('"', ""), hours.trim().replace('"', ""))
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
        assert_eq!(row("お世話になっております。"), "\tお世話になっております。\t");
        let cells = "氏名\t残業時間\n桐山 勇\t82:30\n";
        assert_eq!(table(cells, "残業時間"), cells);
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
