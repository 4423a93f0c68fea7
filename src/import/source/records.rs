//! Text to records: the delimiter, quoted cells, and the line each record starts on.
//!
//! Knows the shape of delimited text. Must not know what a column means.

use crate::labelled;

labelled! {
    /// What stands between two cells.
    Delimiter { Comma = "コンマ区切り", Tab = "タブ区切り", Semicolon = "セミコロン区切り" }
}

impl Delimiter {
    /// Takes the character that is commoner in the first lines; semicolons want more than that ([`has_semicolons`]).
    pub(super) fn detect(text: &str) -> Self {
        let mut counts = (0usize, 0usize);
        for line in text.lines().take(FIRST) {
            counts.0 += line.matches(',').count();
            counts.1 += line.matches('\t').count();
        }
        if counts.1 > counts.0 { Self::Tab } else { Self::Comma }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
        }
    }
}

/// Lines by which a delimiter is known.
const FIRST: usize = 20;

/// Whether semicolons are commoner than commas and tabs in the first lines.
pub(super) fn has_semicolons(text: &str) -> bool {
    let count = |wanted: char| text.lines().take(FIRST).map(|line| line.matches(wanted).count()).sum::<usize>();
    count(';') > count(',').max(count('\t'))
}

/// Whether the first records have the same number of cells each; a title of one cell is none.
pub(super) fn are_even(text: &str, delimiter: Delimiter) -> bool {
    let (mut records, mut width) = (Records::new(text, delimiter), None);
    for _ in 0..FIRST {
        let Some(raw) = records.next() else { break };
        let found = raw.record.len();
        if found > 1 && *width.get_or_insert(found) != found {
            return false;
        }
    }
    width.is_some()
}

/// A record as it was split, before it is judged.
pub(super) struct Raw<'r> {
    pub line: u32,
    pub is_multiline: bool,
    pub has_open_quote: bool,
    /// Where it begins in the text.
    pub byte: usize,
    pub record: &'r csv::StringRecord,
}

/// The records of a text, one after the other.
pub(super) struct Records<'t> {
    text: &'t str,
    delimiter: Delimiter,
    reader: csv::Reader<&'t [u8]>,
    record: csv::StringRecord,
    /// Line of the byte at `counted`.
    line: u32,
    counted: usize,
}

impl<'t> Records<'t> {
    pub fn new(text: &'t str, delimiter: Delimiter) -> Self {
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter.byte());
        let reader = builder.from_reader(text.as_bytes());
        Self { text, delimiter, reader, record: csv::StringRecord::new(), line: 1, counted: 0 }
    }

    /// The next record; blank lines are passed over but counted.
    ///
    /// The reader's own line is that of the blank lines before a record, and knows no lone CR.
    pub fn next(&mut self) -> Option<Raw<'_>> {
        let before = self.byte();
        if !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        let span = self.text.get(before..self.byte()).unwrap_or("");
        let body = span.trim_start_matches(['\r', '\n']);
        let start = before + (span.len() - body.len());
        self.line = self.line.saturating_add(breaks(self.text.get(self.counted..start).unwrap_or("")));
        self.counted = start;
        let body = body.trim_end_matches(['\r', '\n']);
        let is_multiline = body.contains(['\r', '\n']);
        let is_odd = body.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        let has_open_quote = is_odd && (is_multiline || ends_inside_quotes(body, self.delimiter));
        Some(Raw { line: self.line, is_multiline, has_open_quote, byte: start, record: &self.record })
    }

    fn byte(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

/// Whether the last cell of a record is quoted and goes on: the end of the file closed it, and nobody knows what is lost.
///
/// A quote inside a cell that does not begin with one is a mark of inches, not an opening.
fn ends_inside_quotes(record: &str, delimiter: Delimiter) -> bool {
    let (mut is_start, mut is_inside, mut has_closed) = (true, false, false);
    for byte in record.bytes() {
        match byte {
            b'"' if is_start || has_closed => (is_inside, has_closed) = (true, false),
            b'"' if is_inside => (is_inside, has_closed) = (false, true),
            _ => has_closed = false,
        }
        is_start = byte == delimiter.byte() && !is_inside;
    }
    is_inside
}

/// Line breaks in a text: LF, CRLF or a lone CR.
fn breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends_line =
        |(index, byte): (usize, &u8)| *byte == b'\n' || (*byte == b'\r' && bytes.get(index + 1) != Some(&b'\n'));
    u32::try_from(bytes.iter().enumerate().filter(|each| ends_line(*each)).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut records = Records::new(text, Delimiter::detect(text));
        let mut all = Vec::new();
        while let Some(raw) = records.next() {
            all.push((raw.line, raw.record.iter().map(str::to_owned).collect()));
        }
        all
    }

    #[test]
    fn lines_are_counted_over_blank_ones_and_either_ending() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "", "1,\"x", "y\"", "2,z"].join(end);
            let found: Vec<u32> = lines(&text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(found, [1, 4, 6]);
        }
    }

    #[test]
    fn a_quote_is_open_only_where_a_cell_begins_with_it_and_never_ends() {
        for (record, is_open) in [
            ("1,\"x", true),
            ("\"x,1", true),
            ("1,\"x\"\"", true),
            ("1,\"x\"\"\"", false),
            ("1,\"x\"", false),
            ("1,5\" の管", false),
            ("1,\"x\"y,\"z", true),
            ("1,\"x,\"\",\"", false),
            ("", false),
        ] {
            assert_eq!(ends_inside_quotes(record, Delimiter::Comma), is_open, "{record}");
        }
    }

    #[test]
    fn tabs_win_where_they_are_commoner() {
        assert_eq!(lines("a\tb\n1\t2,5\n")[1].1, ["1", "2,5"]);
        assert_eq!(lines("a,b\n1,\"2,5\"\n")[1].1, ["1", "2,5"]);
    }
}
