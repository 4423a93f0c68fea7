//! The disclosed view: every word of a document, and nothing that is not printed.
//!
//! Templates add no words of their own (only page numbers), so that what [`Disclosed::lines`] shows is what the
//! PDF says. Must not know records, law or Typst.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};
use serde_json::Value;

/// What stands across a document of the demonstration.
pub const DEMO_MARK: &str = "見本";

/// One document as it will leave: frozen at issue, stored as JSON, printed by a template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosed {
    /// Name of the form in [`super::FORMS`].
    pub form: String,
    /// The form's title as printed; it is also the title in the PDF's metadata, so it names no person.
    pub title: String,
    /// Document number, such as `E01-2026-0001`.
    pub number: String,
    /// Version of the document, from 1; 0 for a paper that has no versions, and none is printed.
    pub version: u32,
    /// Whose copy this is, such as 事業者用.
    pub recipient: String,
    /// Whether the data are invented: prints [`DEMO_MARK`].
    pub demo: bool,
    /// Captions of empty approval boxes beside the title (forms of 2011).
    pub approvals: Vec<String>,
    /// The body in reading order.
    pub sections: Vec<Section>,
    /// Remarks below the body.
    pub notes: Vec<String>,
    /// Place and date above the signature block.
    pub place_date: String,
    /// Signature block: affiliation, name, fingerprint of the signing certificate.
    pub signer: Vec<Row>,
    /// Caption of an empty seal box beside the signature block; no box if empty.
    pub seal: String,
    /// Small type at the foot of each page: the heads of the audit chains.
    pub footer: Vec<String>,
}

/// A heading with rows, a table and ruled lines, printed in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading; none if empty.
    pub heading: String,
    /// Labelled values.
    pub rows: Vec<Row>,
    /// A table below the rows.
    pub table: Option<Table>,
    /// Squares with points and lines, two beside each other, below the table.
    #[serde(default)]
    pub plots: Vec<Plot>,
    /// Number of empty ruled lines for handwriting.
    pub blank_lines: u8,
}

/// A square with named points and lines; places run from 0 to 1000, across and up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// What stands across.
    pub across: String,
    /// What stands up.
    pub up: String,
    /// Straight lines with their names.
    pub lines: Vec<PlotLine>,
    /// Points with their names.
    pub points: Vec<PlotPoint>,
}

/// A straight line in a square.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlotLine {
    /// Its name.
    pub name: String,
    /// Its ends.
    pub ends: [(i64, i64); 2],
}

/// A point in a square.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlotPoint {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: (i64, i64),
}

/// A label with a value, options, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The label.
    pub label: String,
    /// The value; line breaks are kept.
    pub value: String,
    /// The numbered options of the official form.
    pub options: Vec<Choice>,
    /// Whether two such rows share one line of paper.
    pub half: bool,
}

/// One numbered option.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The number on the official form, 0 included; a letter on some.
    pub code: String,
    /// The words of the option.
    pub text: String,
    /// Whether the physician chose it.
    pub chosen: bool,
}

/// A table whose first row repeats on every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Column headings.
    pub head: Vec<String>,
    /// Relative column widths; equal where missing.
    pub widths: Vec<u8>,
    /// Cells, one inner list a row.
    pub rows: Vec<Vec<String>>,
    /// Number of empty rows for handwriting below.
    pub blank_rows: u8,
}

impl Row {
    /// Makes a row with a value.
    pub fn text(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), ..Self::default() }
    }

    /// Makes a row that shares its line with the next half row.
    pub fn half(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { half: true, ..Self::text(label, value) }
    }

    /// Makes a row of numbered options; `chosen` holds the codes that were chosen.
    pub fn options(label: impl Into<String>, options: &[(&str, &str)], chosen: &[&str]) -> Self {
        let choice = |&(code, text): &(&str, &str)| Choice {
            code: code.to_owned(),
            text: text.to_owned(),
            chosen: chosen.contains(&code),
        };
        Self { label: label.into(), options: options.iter().map(choice).collect(), ..Self::default() }
    }
}

impl Choice {
    /// Gives the option as printed: the filled box tells a reader and a text search which one was chosen.
    pub fn printed(&self) -> String {
        let mark = if self.chosen { '■' } else { '□' };
        [mark.to_string(), self.code.clone(), self.text.clone()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Disclosed {
    /// Gives the text of the document, line by line, as the preview shows it and the PDF prints it.
    ///
    /// Apart from white space the PDF holds these strings in this order, and besides them only page numbers.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.demo {
            lines.push(DEMO_MARK.to_owned());
        }
        lines.extend([self.running_head(), self.title.clone(), self.approvals.join("　")]);
        self.sections.iter().for_each(|section| section.append_lines(&mut lines));
        lines.extend(self.notes.iter().cloned());
        lines.push(self.place_date.clone());
        self.signer.iter().for_each(|row| row.append_lines(&mut lines));
        lines.push(self.seal.clone());
        lines.extend(self.footer.iter().cloned());
        lines.retain(|line| !line.trim().is_empty());
        lines
    }

    /// Gives the one value that the template reads.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(Printed::from(self)).unwrap_or_default()
    }

    /// Gives number and version as one string; it names no person.
    pub fn identifier(&self) -> String {
        match self.version {
            0 => self.number.clone(),
            version => format!("{}　第{version}版", self.number),
        }
    }

    fn running_head(&self) -> String {
        [self.identifier(), self.recipient.clone()].join("　").trim().to_owned()
    }
}

impl Section {
    fn append_lines(&self, lines: &mut Vec<String>) {
        lines.push(self.heading.clone());
        self.rows.iter().for_each(|row| row.append_lines(lines));
        if let Some(table) = &self.table {
            lines.push(table.head.join("　"));
            lines.extend(table.rows.iter().map(|cells| cells.join("　")));
        }
        self.plots.iter().for_each(|plot| plot.append_lines(lines));
    }
}

impl Plot {
    /// The words of a square in the order in which it is drawn.
    fn append_lines(&self, lines: &mut Vec<String>) {
        lines.push(self.title.clone());
        let names = self.lines.iter().map(|line| &line.name).chain(self.points.iter().map(|point| &point.name));
        lines.extend(names.map(|name| format!("　{name}")));
        lines.push(format!("縦　{}　横　{}", self.up, self.across));
    }
}

impl Row {
    fn append_lines(&self, lines: &mut Vec<String>) {
        let values: Vec<&str> = self.value.lines().collect();
        match values.as_slice() {
            [value] if self.options.is_empty() => lines.push(format!("{}　{value}", self.label)),
            _ => {
                lines.push(self.label.clone());
                lines.extend(self.options.iter().map(|choice| format!("　{}", choice.printed())));
                lines.extend(values.iter().map(|value| format!("　{value}")));
            }
        }
    }
}

/// What a template sees: the view with its fixed strings already made.
#[derive(Serialize)]
struct Printed<'a> {
    mark: &'a str,
    running_head: String,
    title: &'a str,
    approvals: &'a [String],
    sections: Vec<PrintedSection<'a>>,
    notes: &'a [String],
    place_date: &'a str,
    signer: Vec<PrintedRow<'a>>,
    seal: &'a str,
    footer: &'a [String],
}

#[derive(Serialize)]
struct PrintedSection<'a> {
    heading: &'a str,
    rows: Vec<PrintedRow<'a>>,
    table: Option<&'a Table>,
    plots: &'a [Plot],
    blank_lines: u8,
}

#[derive(Serialize)]
struct PrintedRow<'a> {
    label: &'a str,
    values: Vec<&'a str>,
    options: Vec<PrintedChoice<'a>>,
    half: bool,
}

struct PrintedChoice<'a>(&'a Choice);

impl Serialize for PrintedChoice<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Choice", 2)?;
        fields.serialize_field("text", &self.0.printed())?;
        fields.serialize_field("chosen", &self.0.chosen)?;
        fields.end()
    }
}

impl<'a> From<&'a Disclosed> for Printed<'a> {
    fn from(view: &'a Disclosed) -> Self {
        Self {
            mark: if view.demo { DEMO_MARK } else { "" },
            running_head: view.running_head(),
            title: &view.title,
            approvals: &view.approvals,
            sections: view.sections.iter().map(PrintedSection::from).collect(),
            notes: &view.notes,
            place_date: &view.place_date,
            signer: view.signer.iter().map(PrintedRow::from).collect(),
            seal: &view.seal,
            footer: &view.footer,
        }
    }
}

impl<'a> From<&'a Section> for PrintedSection<'a> {
    fn from(section: &'a Section) -> Self {
        Self {
            heading: &section.heading,
            rows: section.rows.iter().map(PrintedRow::from).collect(),
            table: section.table.as_ref(),
            plots: &section.plots,
            blank_lines: section.blank_lines,
        }
    }
}

impl<'a> From<&'a Row> for PrintedRow<'a> {
    fn from(row: &'a Row) -> Self {
        Self {
            label: &row.label,
            values: row.value.lines().collect(),
            options: row.options.iter().map(PrintedChoice).collect(),
            half: row.half,
        }
    }
}
