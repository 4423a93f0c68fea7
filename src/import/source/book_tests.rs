//! Workbooks: the samples, and what an archive can do to a reader.

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::reason::Skip;
use super::archive::Archive;
use super::*;

const XLSX: &[u8] = include_bytes!("../../../data-samples/monthly-merged.xlsx");
const XLS: &[u8] = include_bytes!("../../../data-samples/monthly-97.xls");
const ODS: &[u8] = include_bytes!("../../../data-samples/monthly.ods");

/// The parts of a workbook with one sheet.
fn parts(sheet: &str) -> Vec<(&'static str, String)> {
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    vec![
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>")),
    ]
}

fn zipped<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn workbook(rows: &str) -> Vec<u8> {
    let header = [text("A1", "社員番号"), text("B1", "氏名"), text("C1", "総労働時間")].concat();
    zipped(&parts(&format!("<row r=\"1\">{header}</row>{rows}")))
}

fn cells(table: &Table, row: usize) -> Vec<&str> {
    table.rows[row].cells.iter().collect()
}

#[test]
fn the_sheet_with_the_best_header_is_taken_and_merged_names_are_whole() {
    let table = read(XLSX).unwrap();
    let sheet = table.sheet.clone().unwrap();
    assert_eq!(
        (table.encoding, sheet.number, sheet.names),
        (Encoding::Xlsx, 2, vec!["表紙".into(), "10月".into(), "控え".into()])
    );
    assert_eq!((table.header_row, table.reason), (4, "見出しの言葉が最も多いシートです。"));
    assert_eq!(table.header, ["社員番号", "氏名", "開始日", "終了日", "労働時間 総計", "残業"]);
    assert_eq!(
        cells(&table, 0),
        ["4001", "桐山 勇", "2026-10-01", "2026-10-31", "257:10", "97:10"],
        "dates by serial, formulas by value"
    );
    assert_eq!((table.rows.len(), table.ignored.as_slice()), (4, &[Ignored { line: 9, why: Skip::Totals }][..]));
    assert_eq!(read_sheet(XLSX, Some(3)).unwrap().header, ["a", "b"]);
    assert_eq!(read_sheet(XLSX, Some(4)).err(), Some(SourceError::NoSheet));
    assert_eq!(read_sheet(XLSX, Some(0)).err(), Some(SourceError::NoSheet));
}

/// A workbook of any format, sheet by sheet and row by row.
struct Sheets(Vec<&'static [&'static str]>);

impl sheet::Book for Sheets {
    fn encoding(&self) -> Encoding {
        Encoding::Ods
    }

    fn names(&self) -> Vec<String> {
        (1..=self.0.len()).map(|number| format!("Sheet{number}")).collect()
    }

    fn shown(&self) -> Vec<usize> {
        (0..self.0.len()).collect()
    }

    fn grid(&mut self, place: usize, _: usize, _: &Going<'_>) -> Result<sheet::Grid, SourceError> {
        let mut grid = sheet::Grid::default();
        for (row, line) in self.0[place].iter().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                grid.put(row as u32, if cell == "far" { 999 } else { column as u32 }, cell.to_owned())?;
            }
        }
        Ok(grid)
    }
}

const BODY: &[&str] = &["社員番号,氏名,受診日", "4001,桐山 勇,2026/9/7"];
const BLOOD: &[&str] = &["会社名,甲", "社員番号,HbA1c", "4001,7.9"];

/// The same under names of their own.
struct Named(Sheets, &'static [&'static str]);

impl sheet::Book for Named {
    fn encoding(&self) -> Encoding {
        self.0.encoding()
    }

    fn names(&self) -> Vec<String> {
        self.1.iter().map(|name| (*name).to_owned()).collect()
    }

    fn shown(&self) -> Vec<usize> {
        self.0.shown()
    }

    fn grid(&mut self, place: usize, rows: usize, going: &Going<'_>) -> Result<sheet::Grid, SourceError> {
        self.0.grid(place, rows, going)
    }
}

#[test]
fn of_sheets_that_are_years_or_months_the_newest_is_proposed() {
    let proposed = |sheets: &[&'static [&'static str]], names| {
        let table = sheet::table(&mut Named(Sheets(sheets.to_vec()), names), None, &Going::freely()).unwrap();
        table.sheet.map(|sheet| (sheet.number, sheet.others)).unwrap()
    };
    assert_eq!(proposed(&[BODY, BODY], &["2025", "2026"]), (2, vec![1]), "the older one is told");
    assert_eq!(proposed(&[BODY, BODY, BODY], &["R8年度", "R7年度", "R6年度"]), (1, vec![2, 3]));
    assert_eq!(proposed(&[BODY, BODY], &["2026年9月", "2026年10月"]), (2, vec![1]));
    assert_eq!(proposed(&[BODY, &BODY[..1]], &["2026", "2027"]), (1, vec![]), "a form that nobody filled in is none");
    assert_eq!(proposed(&[BODY, &["社員番号,x", "1,2"]], &["2026", "2027"]), (1, vec![2]), "another kind of sheet");
    assert_eq!(proposed(&[BODY, BODY], &["名簿", "2026"]), (1, vec![2]), "no series");
}

#[test]
fn sheets_that_are_not_read_and_hold_rows_are_named() {
    let others = |sheets: &[&'static [&'static str]], number| {
        let table = sheet::table(&mut Sheets(sheets.to_vec()), number, &Going::freely())?;
        let sheet = table.sheet.unwrap();
        Ok::<_, SourceError>((sheet.number, sheet.others))
    };
    let heading = &BODY[..1];
    assert_eq!(others(&[BODY, BLOOD, heading, &["表紙,2026"], BODY], None), Ok((1, vec![2, 5])));
    assert_eq!(others(&[BODY, BODY], Some(2)), Ok((2, vec![1])));
    assert_eq!(others(&[BODY], None), Ok((1, vec![])));
}

#[test]
fn a_sheet_that_is_empty_or_too_wide_does_not_stop_the_workbook() {
    let read = |sheets: &[&'static [&'static str]]| sheet::table(&mut Sheets(sheets.to_vec()), None, &Going::freely());
    let sheet = read(&[&[], BODY, &[]]).unwrap().sheet.unwrap();
    assert_eq!((sheet.number, sheet.others), (2, vec![]));
    let wide: &[&str] = &["a,b,far"];
    assert_eq!(read(&[BODY, wide]).unwrap().sheet.unwrap().others, [2], "nobody can say what stands in it");
    assert_eq!(read(&[wide, &["a"]]).err(), Some(SourceError::TooWide { line: 1, column: 1000 }));
    assert_eq!(read(&[&[], &[]]).err(), Some(SourceError::Empty));
}

#[test]
fn a_million_empty_rows_of_an_opendocument_sheet_cost_nothing() {
    let table = read(ODS).unwrap();
    assert_eq!((table.encoding, table.rows.len(), table.row_count()), (Encoding::Ods, 4, 4));
    assert_eq!(cells(&table, 1), ["4002", "室井 あや", "2026年10月", "171:30"]);
    assert_eq!(table.reason, "シートは一つです。");
}

#[test]
fn two_cells_far_apart_fill_no_memory_and_a_wide_one_is_named() {
    let far = workbook(&format!("<row r=\"1048576\">{}{}</row>", text("A1048576", "4001"), text("B1048576", "桐山")));
    assert_eq!(read(&far).unwrap().rows[0].line, 1_048_576);
    let wide = workbook(&format!("<row r=\"2\">{}</row>", text("XFD2", "x")));
    assert_eq!(read(&wide).err(), Some(SourceError::TooWide { line: 2, column: 16_384 }));
}

#[test]
fn a_failed_formula_is_refused_with_its_place() {
    let table = read(&workbook(&format!(
        "<row r=\"2\">{}<c r=\"B2\" t=\"e\"><f>NA()</f><v>#N/A</v></c></row>",
        text("A2", "4001")
    )))
    .unwrap();
    assert_eq!(table.refused, [Refusal::cell(2, 1, Why::FormulaError)]);
}

#[test]
fn damaged_locked_and_foreign_archives_are_named() {
    let whole = workbook("");
    assert_eq!(read(&whole[..whole.len() / 2]).err(), Some(SourceError::BrokenZip));
    assert_eq!(read(&workbook("<row r=\"2\"><c>")).err(), Some(SourceError::BrokenZip));
    assert_eq!(read(&zipped(&[("xl/workbook.bin", "")])).err(), Some(SourceError::Xlsb));
    assert_eq!(read(&zipped(&[("a.csv", "x")])).err(), Some(SourceError::Zip));
    assert_eq!(read(&zipped(&[("x/DATA/h1.xml", "")])).err(), Some(SourceError::CheckupXml));
    assert_eq!(read(b"PK\x03\x04").err(), Some(SourceError::BrokenZip));
    let ods = |content: &str| read(&zipped(&[("mimetype", ""), ("content.xml", content)])).err();
    assert_eq!(ods("<table:table><table:table-row>"), Some(SourceError::BrokenZip));
    assert_eq!(ods("<!DOCTYPE a><a/>"), Some(SourceError::BrokenZip));
    let locked = zipped(&[("mimetype", ""), ("content.xml", "x"), ("META-INF/manifest.xml", "<encryption-data/>")]);
    assert_eq!(read(&locked).err(), Some(SourceError::Locked));
}

#[test]
fn what_an_archive_unpacks_to_is_counted_and_not_believed() {
    let bomb = zipped(&[("xl/workbook.xml", vec![b' '; 8 << 20]), ("xl/b.xml", vec![b' '; 8 << 20])]);
    assert!(bomb.len() < 1 << 16);
    assert_eq!(Archive::open(&bomb, 12 << 20, &Going::freely()).err(), Some(SourceError::TooMuchUnpacked));
    assert!(Archive::open(&bomb, 16 << 20, &Going::freely()).is_ok());
}

#[test]
fn one_long_text_in_many_cells_is_counted_each_time() {
    let mut grid = sheet::Grid::default();
    let long = "あ".repeat(16 << 20);
    let put = (0..20).find_map(|row| grid.put(row, 0, long.clone()).err());
    assert_eq!(put, Some(SourceError::TooMuchUnpacked));
}

#[test]
fn an_old_workbook_is_read_record_by_record() {
    let table = read(XLS).unwrap();
    assert_eq!((table.encoding, table.header_row, table.rows.len()), (Encoding::Xls, 3, 4));
    assert_eq!(cells(&table, 0), ["4001", "桐山 勇", "2026年10月", "257:10"], "a formula by its value");
    assert_eq!(cells(&table, 1), ["4002", "室井 あや", "2026年10月", "171:30"], "a text over two records");
    assert_eq!(table.ignored, [Ignored { line: 8, why: Skip::Totals }]);
}

#[test]
fn an_old_workbook_with_a_ring_of_sectors_or_a_cut_ends() {
    let whole = read(XLS).unwrap();
    for cut in (0..XLS.len()).step_by(97) {
        assert!(read(&XLS[..cut]).map_or(true, |table| table == whole), "only the padding at the end may go");
    }
    let mut ring = XLS.to_vec();
    ring[512 + 4..512 + 8].copy_from_slice(&1u32.to_le_bytes());
    assert_eq!(read(&ring).err(), Some(SourceError::BrokenZip));
}

#[test]
fn a_formula_whose_value_was_not_kept_is_refused_with_its_place() {
    let formula = |place: &str, kept: &str| format!("<c r=\"{place}\"><f>SUM(A1:A3)</f>{kept}</c>");
    let row = |line: u32, last: &str| {
        let number = format!("<c r=\"A{line}\"><v>400{line}</v></c>");
        format!("<row r=\"{line}\">{number}{}{last}</row>", text(&format!("B{line}"), "桐山 勇"))
    };
    let rows = [
        row(2, &formula("C2", "")),
        row(3, &formula("C3", "<v>171.5</v>")),
        row(4, &formula("C4", "<v></v>")),
        row(5, &formula("D5", "<v>1</v>")),
    ];
    let table = read(&workbook(&rows.concat())).unwrap();
    assert_eq!(table.refused, [Refusal::cell(2, 2, Why::FormulaWithoutValue)]);
    let hours: Vec<_> = table.rows.iter().map(|row| row.cells.get(2)).collect();
    assert_eq!(hours, ["171.5", "", ""], "what came to nothing is nothing");
}

#[test]
fn digits_with_a_literal_colon_are_read_as_they_are_shown() {
    let mut files = parts(&format!(
        "<row r=\"1\">{}{}</row><row r=\"2\"><c r=\"A2\"><v>4001</v></c><c r=\"B2\" s=\"1\"><v>25710</v></c></row>\
         <row r=\"3\"><c r=\"A3\"><v>4002</v></c><c r=\"B3\" s=\"1\"><v>230</v></c></row>",
        text("A1", "社員番号"),
        text("B1", "総労働時間")
    ));
    let formats = "<numFmts count=\"1\"><numFmt numFmtId=\"168\" formatCode=\"0&quot;:&quot;00\"/></numFmts>";
    let cells = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"168\"/></cellXfs>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    files.push(("xl/styles.xml", format!("<styleSheet xmlns=\"{main}\">{formats}{cells}</styleSheet>")));
    let table = read(&zipped(&files)).unwrap();
    let shown: Vec<_> = table.rows.iter().map(|row| row.cells.get(1)).collect();
    assert_eq!(shown, ["257:10", "2:30"]);
}

#[test]
fn a_formula_without_a_value_is_refused_in_an_opendocument_sheet_too() {
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>"))
            .collect::<String>()
    };
    let formula = |kept: &str| format!("<table:table-cell table:formula=\"of:=[.D1]\" {kept}/>");
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let rows = [
        row(texts(&["社員番号", "氏名", "総労働時間"])),
        row(texts(&["4001", "桐山 勇"]) + &formula("")),
        row(texts(&["4002", "室井 あや"]) + &formula("office:value-type=\"float\" office:value=\"171.5\"")),
        row(texts(&["4003", "髙田 実"]) + &formula("office:value-type=\"string\" office:string-value=\"\"")),
    ];
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <table:table table:name=\"a\">{}</table:table></office:document-content>",
        rows.concat()
    );
    let table = read(&zipped(&[("mimetype", String::new()), ("content.xml", content)])).unwrap();
    assert_eq!(table.refused, [Refusal::cell(2, 2, Why::FormulaWithoutValue)]);
    let hours: Vec<_> = table.rows.iter().map(|row| row.cells.get(2)).collect();
    assert_eq!(hours, ["171.5", ""], "what came to nothing is nothing");
}

/// The sample with its first formulas as a program leaves them that does not compute: nought, and the mark.
fn uncomputed(count: usize) -> Vec<u8> {
    let mut bytes = XLS.to_vec();
    let is_formula = |at: &usize| XLS[*at..].starts_with(b"\x06\x00\x16\x00") && XLS[at + 6..at + 8] == [3, 0];
    for at in (0..XLS.len() - 26).filter(is_formula).take(count) {
        bytes[at + 10..at + 18].fill(0);
        bytes[at + 18] = 2;
    }
    bytes
}

#[test]
fn an_old_workbook_whose_formulas_were_never_computed_is_refused_row_by_row() {
    let never = read(&uncomputed(2)).unwrap();
    assert_eq!(never.refused, [Refusal::cell(4, 3, Why::FormulaWithoutValue)]);
    assert_eq!(never.row_count(), read(XLS).unwrap().row_count());
    let once = read(&uncomputed(1)).unwrap();
    assert_eq!((once.refused.len(), once.rows[0].cells.get(3)), (0, "0:00"), "another was computed: nought is nought");
}

/// The old sample with another name for the stream that holds its sheets, as other programs name theirs.
fn with_stream(name: &str) -> Vec<u8> {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let known = wide("Workbook");
    let at = XLS.windows(known.len()).position(|bytes| bytes == known).unwrap();
    let (mut bytes, name) = (XLS.to_vec(), wide(name));
    bytes[at..at + 64].fill(0);
    bytes[at..at + name.len()].copy_from_slice(&name);
    bytes[at + 64] = u8::try_from(name.len() + 2).unwrap();
    bytes
}

#[test]
fn what_a_compound_file_holds_is_named() {
    assert!(read(&with_stream("Workbook")).is_ok());
    assert_eq!(read(&with_stream("EncryptedPackage")).err(), Some(SourceError::Locked), "xlsx behind a password");
    assert_eq!(read(&with_stream("Book")).err(), Some(SourceError::OldExcel), "Excel 5.0/95");
    assert_eq!(read(&with_stream("WordDocument")).err(), Some(SourceError::NotExcel));
}

#[test]
fn documents_of_other_programs_are_named() {
    assert_eq!(read(&zipped(&[("Index/Document.iwa", "x")])).err(), Some(SourceError::Numbers));
    assert_eq!(read(&zipped(&[("a.numbers/Index.zip", "x")])).err(), Some(SourceError::Numbers));
    let word = [("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>")];
    assert_eq!(read(&zipped(&word)).err(), Some(SourceError::NotExcel));
}
