//! Lays the lines of a document on the screen: every character in order, options beside each other.
//!
//! Knows how a preview writes labels (`label　value`), continued values (`　value`) and options (a box before each).

use crate::ui::glyphs::{GlyphSet, screen_text};
use crate::ui::theme::Weight;
use crate::ui::width::{pad_right, width, wrap};

/// A row of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Columns before the text.
    pub indent: u16,
    /// Texts beside each other.
    pub pieces: Vec<(String, Weight)>,
}

/// Columns before a label, and before what belongs to one.
const LABEL: u16 = 2;
const VALUE: u16 = 4;
/// The boxes of the paper; the screen has ASCII for them.
const TICKED: char = '\u{25a0}';
const OPEN: char = '\u{25a1}';
/// Columns of a short label, so that values stand below each other.
const COLUMN: usize = 10;
/// Columns between two options.
const GAP: usize = 2;

/// The rows of a document in this many columns.
pub fn rows(lines: &[String], columns: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut options: Vec<(String, Weight)> = Vec::new();
    for line in lines {
        match option(line) {
            Some(option) => options.push(option),
            None => {
                lay(&mut rows, VALUE, &std::mem::take(&mut options), columns);
                let (indent, pieces) = line_pieces(line);
                lay(&mut rows, indent, &pieces, columns);
            }
        }
    }
    lay(&mut rows, VALUE, &options, columns);
    rows
}

/// A ticked box of the paper has an `x` here, since the paper's own mark is drawn in few terminals alike.
fn option(line: &str) -> Option<(String, Weight)> {
    let text = line.strip_prefix('　')?;
    let ticked = text.strip_prefix(TICKED).map(|words| (format!("[x]{words}"), Weight::Bold));
    ticked.or_else(|| text.strip_prefix(OPEN).map(|words| (format!("[ ]{words}"), Weight::Dim)))
}

fn line_pieces(line: &str) -> (u16, Vec<(String, Weight)>) {
    if let Some(value) = line.strip_prefix('　') {
        return (VALUE, vec![(value.to_owned(), Weight::Plain)]);
    }
    match line.split_once('　') {
        Some((label, value)) => {
            (LABEL, vec![(pad_right(label, COLUMN), Weight::Dim), (value.to_owned(), Weight::Plain)])
        }
        None => (LABEL, vec![(line.to_owned(), Weight::Plain)]),
    }
}

/// Puts the pieces beside each other; one that does not fit begins a new row, and one longer than a row is broken.
fn lay(rows: &mut Vec<Row>, indent: u16, pieces: &[(String, Weight)], columns: u16) {
    // What begins beside a label may go on below it, where a value has fewer columns.
    let room = usize::from(columns.saturating_sub(indent.max(VALUE) + 1)).max(8);
    let mut row = Row { indent, pieces: Vec::new() };
    let mut used = 0;
    for (text, weight) in pieces {
        let text = screen_text(GlyphSet::default(), text);
        for part in parts(&text, room) {
            let gap = if used == 0 { 0 } else { GAP };
            if used + gap + width(&part) > room {
                rows.push(std::mem::replace(&mut row, Row { indent: indent.max(VALUE), pieces: Vec::new() }));
                used = 0;
            }
            used += width(&part) + if used == 0 { 0 } else { GAP };
            row.pieces.push((part, *weight));
        }
    }
    if !row.pieces.is_empty() {
        rows.push(row);
    }
}

/// A text that fits stays whole with the spaces at its end, which [`wrap`] drops.
fn parts(text: &str, room: usize) -> Vec<String> {
    if width(text) <= room { vec![text.to_owned()] } else { wrap(text, room) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(rows: &[Row]) -> Vec<String> {
        let text = |row: &Row| {
            let pieces: Vec<&str> = row.pieces.iter().map(|(text, _)| text.as_str()).collect();
            format!("{}{}", " ".repeat(row.indent.into()), pieces.join("  "))
        };
        rows.iter().map(text).collect()
    }

    #[test]
    fn options_stand_beside_each_other_and_long_values_below() {
        let lines =
            ["疲労", "　\u{25a1} 0 なし", "　\u{25a0} 1 軽", "　続きの文", "氏名　佐伯 美咲"].map(str::to_owned);
        assert_eq!(
            texts(&rows(&lines, 40)),
            ["  疲労", "    [ ] 0 なし  [x] 1 軽", "    続きの文", "  氏名        佐伯 美咲"]
        );
        let long = [format!("連絡事項　{}", "あ".repeat(30))];
        let laid = rows(&long, 40);
        assert_eq!(laid.len(), 3, "{:?}", texts(&laid));
        assert!(laid.iter().flat_map(|row| &row.pieces).all(|(text, _)| width(text) <= 37));
    }

    #[test]
    fn no_character_is_lost() {
        let lines = ["題".to_owned(), format!("欄　{}", "字".repeat(200)), "　\u{25a0} 1 はい".to_owned()];
        for row in rows(&lines, 24) {
            let used: usize = row.pieces.iter().map(|(text, _)| width(text)).sum::<usize>() + usize::from(row.indent);
            assert!(used < 24, "{used} columns would be cut");
        }
        let laid: String =
            rows(&lines, 24).iter().flat_map(|row| &row.pieces).map(|(text, _)| text.trim_end()).collect();
        assert_eq!(laid, format!("題欄{}[x] 1 はい", "字".repeat(200)));
    }
}
