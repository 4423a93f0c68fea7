//! Terminal columns: the one helper that measures, cuts, pads and wraps.
//!
//! Knows how many columns a character takes, and nothing of what is drawn. Nobody else counts
//! bytes or characters to place a text: 山田 is two characters, six bytes and four columns.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands where a text was cut.
const CUT: &str = "..";
/// Characters that never begin a line (行頭禁則).
const NOT_FIRST: &str = "、。，．・：；？！）」』】〕〉》］｝ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;?!)]}";
/// Characters that never end a line (行末禁則).
const NOT_LAST: &str = "（「『【〔〈《［｛([{";

/// Measures text for one terminal, where an East Asian Ambiguous character takes one column or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ruler {
    ambiguous_wide: bool,
}

impl Ruler {
    /// A ruler for a terminal that gives Ambiguous characters two columns, or one.
    pub const fn new(ambiguous_wide: bool) -> Self {
        Self { ambiguous_wide }
    }

    /// Columns of one whole character (a grapheme cluster).
    pub fn cluster(self, cluster: &str) -> usize {
        let narrow = if cluster.len() == 1 { usize::from(!is_control(cluster)) } else { measured(cluster) };
        let doubles = self.ambiguous_wide && narrow == 1 && cluster.chars().any(is_ambiguous);
        if doubles { 2 } else { narrow }
    }

    /// Columns of `text`; control characters count nothing.
    pub fn width(self, text: &str) -> usize {
        if text.is_ascii() {
            return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
        }
        text.graphemes(true).map(|cluster| self.cluster(cluster)).sum()
    }

    /// `text` cut to at most `columns`, ending in `..` when something was cut.
    pub fn cut(self, text: &str, columns: usize) -> String {
        if self.width(text) <= columns {
            return text.to_owned();
        }
        let mark = self.head(CUT, columns);
        format!("{}{mark}", self.head(text, columns - mark.len()))
    }

    /// The longest beginning of `text` that fits in `columns`.
    pub fn head(self, text: &str, columns: usize) -> &str {
        let mut used = 0;
        for (at, cluster) in text.grapheme_indices(true) {
            used += self.cluster(cluster);
            if used > columns {
                return text.get(..at).unwrap_or_default();
            }
        }
        text
    }

    /// The longest end of `text` that fits in `columns`: what a field shows before its cursor.
    pub fn tail(self, text: &str, columns: usize) -> &str {
        let mut used = 0;
        let mut start = text.len();
        for (at, cluster) in text.grapheme_indices(true).rev() {
            used += self.cluster(cluster);
            if used > columns {
                break;
            }
            start = at;
        }
        text.get(start..).unwrap_or_default()
    }

    /// `text` with spaces before it up to `columns`; never cut.
    pub fn pad_left(self, text: &str, columns: usize) -> String {
        format!("{}{text}", " ".repeat(columns.saturating_sub(self.width(text))))
    }

    /// `text` with spaces behind it up to `columns`; never cut.
    pub fn pad_right(self, text: &str, columns: usize) -> String {
        format!("{text}{}", " ".repeat(columns.saturating_sub(self.width(text))))
    }

    /// `text` in exactly `columns`: cut if too long, padded behind if too short.
    pub fn fit(self, text: &str, columns: usize) -> String {
        self.pad_right(&self.cut(text, columns), columns)
    }

    /// `text` in rows of at most `columns`, by simple Japanese line breaking.
    pub fn wrap(self, text: &str, columns: usize) -> Vec<String> {
        let rows = self.wrap_ranges(text, columns);
        rows.into_iter().map(|row| text.get(row).unwrap_or_default().trim_end().to_owned()).collect()
    }

    /// The byte ranges of the rows that [`Ruler::wrap`] makes; a newline lies in none of them.
    pub fn wrap_ranges(self, text: &str, columns: usize) -> Vec<Range<usize>> {
        let columns = columns.max(2);
        let mut rows = Vec::new();
        let mut start = 0;
        for paragraph in text.split('\n') {
            self.wrap_paragraph(paragraph, start, columns, &mut rows);
            start += paragraph.len() + 1;
        }
        rows
    }

    fn wrap_paragraph(self, paragraph: &str, offset: usize, columns: usize, rows: &mut Vec<Range<usize>>) {
        let units = self.units(paragraph, columns);
        let mut first = 0;
        let mut used = 0;
        for (index, unit) in units.iter().enumerate() {
            if used + unit.columns > columns && index > first && !unit.text.trim().is_empty() {
                let next = break_before(&units, first, index);
                rows.push(offset + at(&units, first)..offset + at(&units, next));
                first = next;
                used = units.get(first..index).unwrap_or_default().iter().map(|u| u.columns).sum();
            }
            used += unit.columns;
        }
        rows.push(offset + at(&units, first)..offset + paragraph.len());
    }

    /// What is never broken inside: a Latin word, or one Japanese character.
    fn units<'t>(self, paragraph: &'t str, columns: usize) -> Vec<Unit<'t>> {
        let mut units: Vec<Unit<'t>> = Vec::new();
        for (at, cluster) in paragraph.grapheme_indices(true) {
            let width = self.cluster(cluster);
            let joins = is_word(cluster);
            match units.last_mut() {
                Some(last) if joins && last.is_word && last.columns + width <= columns => {
                    last.text = paragraph.get(last.at..at + cluster.len()).unwrap_or(last.text);
                    last.columns += width;
                }
                _ => units.push(Unit { at, text: cluster, columns: width, is_word: joins }),
            }
        }
        units
    }
}

/// Something a row is made of.
struct Unit<'t> {
    at: usize,
    text: &'t str,
    columns: usize,
    is_word: bool,
}

fn at(units: &[Unit<'_>], index: usize) -> usize {
    units.get(index).map_or(0, |unit| unit.at)
}

/// Moves a break to the front until no row begins or ends with a forbidden character.
fn break_before(units: &[Unit<'_>], first: usize, index: usize) -> usize {
    let forbidden = |index: usize| {
        let begins = units.get(index).is_some_and(|unit| unit.text.chars().all(|c| NOT_FIRST.contains(c)));
        let ends = index.checked_sub(1).and_then(|before| units.get(before));
        begins || ends.is_some_and(|unit| unit.text.chars().all(|c| NOT_LAST.contains(c)))
    };
    let candidates = (first + 1..=index).rev().take(4);
    candidates.into_iter().find(|&place| !forbidden(place)).unwrap_or(index)
}

fn is_word(cluster: &str) -> bool {
    cluster.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_control(cluster: &str) -> bool {
    cluster.chars().all(char::is_control)
}

fn measured(cluster: &str) -> usize {
    if cluster.contains(char::is_control) { 0 } else { cluster.width() }
}

/// Whether `c` is East Asian Ambiguous: one column here, two there.
///
/// `unicode-width` calls Ambiguous letters and quotation marks narrow everywhere; terminals with
/// wide Ambiguous characters do not (EastAsianWidth.txt, Unicode 15).
pub fn is_ambiguous(c: char) -> bool {
    c.width() != c.width_cjk() || is_ambiguous_letter(c) || is_ambiguous_sign(c)
}

const fn is_ambiguous_letter(c: char) -> bool {
    matches!(c,
        '\u{aa}' | '\u{ba}' | '\u{c6}' | '\u{d0}' | '\u{d8}' | '\u{de}'..='\u{e1}' | '\u{e6}' | '\u{e8}'..='\u{ea}'
        | '\u{ec}'..='\u{ed}' | '\u{f0}' | '\u{f2}'..='\u{f3}' | '\u{f8}'..='\u{fa}' | '\u{fc}' | '\u{fe}'
        | '\u{101}' | '\u{111}' | '\u{113}' | '\u{11b}' | '\u{126}'..='\u{127}' | '\u{12b}' | '\u{131}'..='\u{133}'
        | '\u{138}' | '\u{13f}'..='\u{142}' | '\u{144}' | '\u{148}'..='\u{14b}' | '\u{14d}' | '\u{152}'..='\u{153}'
        | '\u{166}'..='\u{167}' | '\u{16b}' | '\u{1ce}' | '\u{1d0}' | '\u{1d2}' | '\u{1d4}' | '\u{1d6}'
        | '\u{1d8}' | '\u{1da}' | '\u{1dc}' | '\u{251}' | '\u{261}' | '\u{2c7}' | '\u{2c9}'..='\u{2cb}'
        | '\u{2cd}' | '\u{2d0}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3a9}' | '\u{3b1}'..='\u{3c1}'
        | '\u{3c3}'..='\u{3c9}' | '\u{401}' | '\u{410}'..='\u{44f}' | '\u{451}' | '\u{207f}' | '\u{2113}'
        | '\u{2126}' | '\u{212b}')
}

const fn is_ambiguous_sign(c: char) -> bool {
    matches!(
        c,
        '\u{a8}' | '\u{af}' | '\u{b4}' | '\u{b8}' | '\u{2c4}' | '\u{2d8}'
            ..='\u{2db}' | '\u{2dd}' | '\u{2df}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}'
    )
}

/// Columns of `text`, Ambiguous characters counted as one.
pub fn width(text: &str) -> usize {
    Ruler::default().width(text)
}

/// [`Ruler::cut`] with Ambiguous characters counted as one.
pub fn cut(text: &str, columns: usize) -> String {
    Ruler::default().cut(text, columns)
}

/// [`Ruler::pad_left`] with Ambiguous characters counted as one.
pub fn pad_left(text: &str, columns: usize) -> String {
    Ruler::default().pad_left(text, columns)
}

/// [`Ruler::pad_right`] with Ambiguous characters counted as one.
pub fn pad_right(text: &str, columns: usize) -> String {
    Ruler::default().pad_right(text, columns)
}

/// [`Ruler::fit`] with Ambiguous characters counted as one.
pub fn fit(text: &str, columns: usize) -> String {
    Ruler::default().fit(text, columns)
}

/// [`Ruler::wrap`] with Ambiguous characters counted as one.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    Ruler::default().wrap(text, columns)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn characters_are_counted_in_columns() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("山田", 4),
            ("ヴァシリエヴ", 12),
            ("か\u{3099}", 2),
            ("e\u{301}", 1),
            ("葛\u{e0100}", 2),
            ("👨\u{200d}👩\u{200d}👧", 2),
            ("\u{200b}", 0),
            ("ﾊﾞ", 2),
            ("a\u{1b}[31m", 5),
            ("⣠⣤⣶", 3),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn an_ambiguous_character_takes_what_the_terminal_gives_it() {
        let greek = "\u{3b1}";
        assert_eq!(Ruler::new(false).width(greek), 1);
        assert_eq!(Ruler::new(true).width(greek), 2);
        assert_eq!(Ruler::new(true).width("山a"), 3);
    }

    #[test]
    fn a_cut_never_halves_a_character() {
        assert_eq!(cut("ヴァシリエヴナ", 14), "ヴァシリエヴナ");
        assert_eq!(cut("ヴァシリエヴナ", 13), "ヴァシリエ..");
        assert_eq!(cut("山田", 3), "..");
        assert_eq!(cut("山田", 1), ".");
        assert_eq!(cut("山田", 0), "");
        assert_eq!(fit("山田太郎", 7), "山田.. ");
        assert_eq!(fit("山田", 6), "山田  ");
    }

    #[test]
    fn padding_goes_to_the_named_side() {
        assert_eq!(pad_left("8:30", 6), "  8:30");
        assert_eq!(pad_right("山", 4), "山  ");
        assert_eq!(pad_left("1234567", 3), "1234567");
    }

    #[test]
    fn the_tail_is_what_stands_before_the_cursor() {
        assert_eq!(Ruler::default().tail("あいう", 5), "いう");
        assert_eq!(Ruler::default().tail("あいう", 9), "あいう");
    }

    #[test]
    fn a_row_never_begins_with_a_full_stop_or_ends_with_an_opening_bracket() {
        assert_eq!(wrap("あいうえ。おか", 8), ["あいう", "え。おか"]);
        assert_eq!(wrap("あいう「えお」", 8), ["あいう", "「えお」"]);
        assert_eq!(wrap("hello wide world", 7), ["hello", "wide", "world"]);
        assert_eq!(wrap("一行\n\n二行", 10), ["一行", "", "二行"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    proptest! {
        #[test]
        fn what_is_cut_or_fitted_has_the_columns_asked_for(text in "\\PC{0,30}", columns in 0_usize..40) {
            prop_assert!(width(&cut(&text, columns)) <= columns);
            prop_assert_eq!(width(&fit(&text, columns)), columns);
        }

        #[test]
        fn wrapping_loses_nothing(text in "[a-c あいう。「」\n]{0,60}", columns in 0_usize..20) {
            let rows = Ruler::default().wrap_ranges(&text, columns);
            let joined: String = rows.iter().map(|row| &text[row.clone()]).collect();
            prop_assert_eq!(joined, text.replace('\n', ""));
        }
    }
}
