use std::io::Write as _;

use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

const SAMPLE: &str = include_str!("../../../data-samples/checkup-cda.xml");

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn item<'c>(checkup: &'c Checkup, code: &str) -> &'c Item {
    checkup.items.iter().find(|item| item.code.starts_with(code)).unwrap()
}

#[test]
fn person_day_values_ranges_and_flags_are_read_as_written() {
    let checkup = read_one(SAMPLE.as_bytes()).unwrap();
    let person = &checkup.person;
    assert_eq!((person.name.as_str(), person.sex.as_str()), ("ｷﾘﾔﾏ ｲｻﾑ", "1"));
    assert_eq!((person.birth, checkup.exam_date), ("1977-04-18".parse().ok(), "2026-10-05".parse().ok()));
    assert_eq!(person.ids.len(), 2);
    let pressure = item(&checkup, "9A755");
    let shown = [&pressure.kind, &pressure.value, &pressure.unit, &pressure.lower, &pressure.upper, &pressure.flag];
    assert_eq!(shown, ["PQ", "128", "mm[Hg]", "90", "129", ""]);
    assert_eq!(item(&checkup, "9A751").flag, "H");
    assert_eq!(item(&checkup, "9D1001632").name, "聴力(右、4000Hz)");
    assert_eq!((item(&checkup, "1A010").kind.as_str(), item(&checkup, "1A010").value.as_str()), ("CO", "2"));
    assert_eq!(item(&checkup, "9N056160400000049").value, "高血圧 & 脂質異常症");
    assert_eq!(item(&checkup, "3D010").value, "", "not done");
    assert!(checkup.items.windows(2).all(|pair| pair[0].line < pair[1].line));
}

#[test]
fn a_zip_gives_every_person_and_names_the_damaged_one_by_place() {
    let zip = zipped(&[
        ("6631111116/DATA/h20261005a.xml", SAMPLE.as_bytes()),
        ("6631111116/DATA/h20261005b.xml", b"<ClinicalDocument><a>"),
        ("6631111116/ix08_V08.xml", b"<index/>"),
    ]);
    let entries = read(&zip).unwrap();
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2]);
    assert!(entries[0].read.is_ok());
    assert_eq!(entries[1].read, Err(XmlError::Broken { line: 1 }));
    assert_eq!(read(&zipped(&[("a.csv", b"1")])).err(), Some(SourceError::Zip));
    assert_eq!(read(&zipped(&[("h20261005a.xml", SAMPLE.as_bytes())])).err(), Some(SourceError::NoData));
    assert_eq!(read(&zip[..zip.len() / 2]).err(), Some(SourceError::BrokenZip));
}

/// A document with these observations: code, name, attributes of the value.
fn document(observations: &[(&str, &str, &str)]) -> String {
    let one = |(code, name, value): &(&str, &str, &str)| {
        format!("<observation><code code=\"{code}\" displayName=\"{name}\"/><value {value}/></observation>")
    };
    format!("<ClinicalDocument>{}</ClinicalDocument>", observations.iter().map(one).collect::<String>())
}

/// Heading and cell of every value in the table of one document.
fn columns(observations: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let table = table(&read(document(observations).as_bytes()).unwrap()).unwrap();
    let cells = (0..table.header.len()).map(|index| table.rows[0].cells.get(index).to_owned());
    table.header.iter().cloned().zip(cells).skip(4).collect()
}

fn told(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(heading, cell)| ((*heading).to_owned(), (*cell).to_owned())).collect()
}

#[test]
fn every_value_of_a_code_has_a_column_and_the_same_again_has_none() {
    let code = "2A030000001930101";
    let of = |value: &'static str| (code, "血色素量", value);
    let quantity =
        [of("value=\"6.1\" unit=\"g/dL\""), of("value=\"11.0\" unit=\"g/dL\""), of("value=\"6.1\" unit=\"g/dL\"")];
    assert_eq!(columns(&quantity), told(&[(code, "6.1"), ("2A030000001930101#2", "11.0")]));
    let texts = ["左下肺野", "右上肺野", "左下肺野"].map(|text| format!("xsi:type=\"ST\" value=\"{text}\""));
    let texts: Vec<_> = texts.iter().map(|text| ("9N206160800000049", "所見", text.as_str())).collect();
    assert_eq!(columns(&texts), told(&[("9N206160800000049", "左下肺野／右上肺野")]));
}

#[test]
fn a_name_stands_behind_a_code_only_where_it_decides() {
    let named = [
        ("9D100163100000011", "聴力(右、1000Hz)", "code=\"1\""),
        ("9D100163200000011", "聴力(右、4000Hz)", "code=\"1\""),
        ("9D100163500000011", "", "code=\"2\""),
    ];
    let headings: Vec<String> = columns(&named).into_iter().map(|(heading, _)| heading).collect();
    assert_eq!(headings, ["9D100163100000011", "9D100163200000011 聴力(右、4000Hz)", "9D100163500000011"]);
}

#[test]
fn a_unit_that_is_not_the_catalogues_stands_behind_its_number() {
    let cases = [
        ("9A755000000000001", "value=\"142\" unit=\"mm[Hg]\"", "142"),
        ("2A030000001930101", "value=\"148\" unit=\"g/L\"", "148 g/L"),
        ("2A030000001930101", "value=\"9.0\" unit=\"mmol/L\"", "9.0 mmol/L"),
        ("2A020000001930101", "value=\"452\" unit=\"10*4/mm3\"", "452"),
        ("2A020000001930101", "value=\"4.52\" unit=\"10*6/uL\"", "4.52 ×10*6/uL"),
    ];
    for (code, value, cell) in cases {
        assert_eq!(columns(&[(code, "", value)]), told(&[(code, cell)]));
    }
    let ranged = "<ClinicalDocument><observation><code code=\"2A030000001930101\"/><value value=\"14.8\" unit=\"g/dL\"/>\
                  <referenceRange><observationRange><value><low value=\"131\" unit=\"g/L\"/><high value=\"163\" unit=\"g/L\"/>\
                  </value></observationRange></referenceRange></observation></ClinicalDocument>";
    let item = &read_one(ranged.as_bytes()).unwrap().items[0];
    assert_eq!((item.lower.as_str(), item.upper.as_str(), item.range_unit.as_str()), ("131", "163", "g/L"));
    let table = table(&read(ranged.as_bytes()).unwrap()).unwrap();
    assert_eq!(table.rows[0].cells.get(4), "14.8 g/dL [基準範囲 g/L]");
}

#[test]
fn a_declared_encoding_is_read_and_what_does_not_fit_it_is_named() {
    let declared = |label: &str| SAMPLE.replace("encoding=\"UTF-8\"", &format!("encoding=\"{label}\""));
    let plain = read_one(SAMPLE.as_bytes()).unwrap();
    let text = declared("Shift_JIS");
    let (bytes, _, had_errors) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!had_errors);
    assert_eq!(read_one(&bytes).unwrap(), plain);
    let text = declared("EUC-JP");
    let (bytes, ..) = encoding_rs::EUC_JP.encode(&text);
    assert_eq!(read_one(&bytes).unwrap(), plain);
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(SAMPLE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read_one(&wide).unwrap(), plain);
    assert!(is_markup(&wide) && is_markup(b"\xEF\xBB\xBF <a/>") && !is_markup(b"a,b"));
    let wrong = read_one(&encoding_rs::SHIFT_JIS.encode(SAMPLE).0);
    assert_eq!(wrong, Err(XmlError::Undecodable { encoding: "UTF-8", line: 3 }));
    assert_eq!(read_one(declared("x-junkai").as_bytes()), Err(XmlError::UnknownEncoding));
    assert!(XmlError::Undecodable { encoding: "UTF-8", line: 3 }.to_string().contains("UTF-8 で出し直す"));
}

#[test]
fn what_could_hurt_is_refused_before_it_does() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\">]><ClinicalDocument>&b;</ClinicalDocument>";
    assert_eq!(read_one(bomb.as_bytes()), Err(XmlError::Dtd));
    assert_eq!(read_one(b"<ClinicalDocument>\n&b;</ClinicalDocument>"), Err(XmlError::Entity { line: 2 }));
    let deep = format!("<ClinicalDocument>{}", "<a>".repeat(MAX_DEPTH));
    assert_eq!(read_one(deep.as_bytes()), Err(XmlError::TooDeep));
    let many = format!("<ClinicalDocument>{}</ClinicalDocument>", "<observation/>".repeat(MAX_ITEMS + 1));
    assert_eq!(read_one(many.as_bytes()), Err(XmlError::TooManyItems));
    assert_eq!(read_one(b"<html></html>"), Err(XmlError::OtherDocument));
    assert_eq!(read_one(b""), Err(XmlError::OtherDocument));
    assert_eq!(read_one(&vec![b' '; MAX_FILE as usize + 1]), Err(XmlError::TooLarge));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused_by_counting() {
    let zeros = vec![0u8; 4 << 20];
    let zip = zipped(&[("DATA/h1.xml", &zeros), ("DATA/h2.xml", &zeros)]);
    assert!(zip.len() < 64 << 10);
    assert_eq!(Archive::open(&zip, 6 << 20, &Going::freely()).err(), Some(SourceError::TooMuchUnpacked));
}

fn value() -> impl Strategy<Value = String> {
    "[0-9.<>&\"'高血圧 a-z]{0,12}".prop_map(|text| text.trim().to_owned())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(values in prop::collection::vec((value(), value(), value()), 0..20)) {
        let escaped = |text: &str| quick_xml::escape::escape(text).into_owned();
        let observations: String = values.iter().map(|(code, value, text)| format!(
            "<entry><observation><code code=\"{}\"/><value xsi:type=\"ST\" value=\"{}\">{}</value></observation></entry>",
            escaped(code), escaped(value), escaped(text),
        )).collect();
        let document = format!("<ClinicalDocument xmlns:xsi=\"x\">{observations}</ClinicalDocument>");
        let checkup = read_one(document.as_bytes()).unwrap();
        prop_assert_eq!(checkup.items.len(), values.len());
        for (item, (code, value, text)) in checkup.items.iter().zip(&values) {
            prop_assert_eq!(&item.code, code);
            prop_assert_eq!(&item.value, if value.is_empty() { text } else { value });
        }
    }

    #[test]
    fn a_cut_file_is_an_error_and_never_half_a_person(cut in 0usize..SAMPLE.trim_end().len()) {
        let bytes = SAMPLE.as_bytes().get(..cut).unwrap();
        prop_assert!(read_one(bytes).is_err());
    }
}
