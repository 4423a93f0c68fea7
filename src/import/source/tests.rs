use super::super::reason::Skip;
use super::*;

const HEADER: &str = "社員番号,氏名,総労働時間";

fn table(body: &str) -> Table {
    read(format!("{HEADER}\n{body}").as_bytes()).unwrap()
}

#[test]
fn a_header_below_a_title_is_found() {
    let table = read(format!("勤怠月報,2026年10月\n\n{HEADER}\n1,山田,160.00\n").as_bytes()).unwrap();
    assert_eq!((table.header_row, table.header.len()), (3, 3));
    assert_eq!((table.rows[0].line, table.rows[0].cells.get(1)), (4, "山田"));
}

/// Whole or quoted, in the header and in any column.
#[test]
fn a_cell_is_read_without_the_guard_against_spreadsheets() {
    let text = "=\"社員番号\",氏名,総労働時間,備考\n=\"00123\",\"=\"\"桐山 勇\"\"\",=\"170:00\",=\"\"\n4002,室井,=SUM,x=\"a\"\n";
    let table = read(text.as_bytes()).unwrap();
    assert_eq!(table.header, ["社員番号", "氏名", "総労働時間", "備考"]);
    let cells = |row: usize| table.rows[row].cells.iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(cells(0), ["00123", "桐山 勇", "170:00", ""]);
    assert_eq!(cells(1), ["4002", "室井", "=SUM", "x=\"a\""], "no guard");
}

#[test]
fn unknown_names_may_be_a_header_but_numbers_may_not() {
    assert_eq!(read("甲,乙\n1,2\n".as_bytes()).unwrap().header, ["甲", "乙"]);
    assert_eq!(read(b"1,2\n3,4\n").err(), Some(SourceError::NoHeader));
}

#[test]
fn rows_of_the_wrong_width_are_refused_one_by_one() {
    let table = table("1,山田\n2,佐藤,150.00,,\n3,鈴木,150.00,x\n");
    assert_eq!(table.refused, [Refusal::row(2, Why::RowTooShort), Refusal::row(4, Why::RowTooLong)]);
    assert_eq!(table.rows.len(), 1);
}

#[test]
fn totals_are_left_out_and_a_person_called_kei_is_not() {
    let table = table("計,さん,150.00\n小計,,150.00\n1,山田,150.00\n,,\n合計（2名）,,300.00\n計,300.00\n");
    assert_eq!(table.rows.len(), 2);
    let ignored: Vec<_> = table.ignored.iter().map(|ignored| (ignored.line, ignored.why)).collect();
    assert_eq!(ignored, [(3, Skip::Totals), (5, Skip::Blank), (6, Skip::Totals), (7, Skip::Totals)]);
    assert_eq!(table.row_count(), 6);
}

#[test]
fn a_total_is_known_by_its_word_where_a_person_would_stand() {
    let skipped = |header: &str, rows: &[&str]| {
        let table = read(format!("{header}\n{}\n", rows.join("\n")).as_bytes()).unwrap();
        table.ignored.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>()
    };
    let totals = |lines: &[u32]| lines.iter().map(|line| (*line, Skip::Totals)).collect::<Vec<_>>();
    let hours = [
        "物流一課,4001,桐山 勇,157:10",
        "物流一課,,合計,228:40",
        "物流一課,小計,,228:40",
        "物流二課,,物流二課 小計,9:00",
        "会計,4002,服部 計,160:00",
        ",,合計 2名,9:00",
        ",,男性計,9:00",
        "経理,4003,落合 計,160:00",
        "経理,4004,計,160:00",
        ",,計,160:00",
        ",,平均,129:33",
        "会計,4005,室井 あや,160:00",
    ];
    assert_eq!(skipped("所属,社員番号,氏名,総労働時間", &hours), totals(&[3, 4, 5, 7, 8, 11, 12]));
    let names = ["服部 計,1:00", "計 一郎,1:00", "合計　3 名,3:00", "計,3:00"];
    assert_eq!(skipped("氏名,総労働時間", &names), totals(&[4, 5]), "without numbers only what is no name");
    let roster = ["4001,桐山 勇,", ",合計 2名,", ",男性計,", "以上,,"];
    assert_eq!(skipped("社員番号,氏名,フリガナ", &roster), totals(&[3, 4, 5]));
}

#[test]
fn semicolons_part_the_cells_where_nothing_speaks_against_them() {
    let table =
        read("勤怠月報\n社員番号;氏名;総労働時間\n4001;桐山 勇;160:00\n4002;室井, あや;171:30\n".as_bytes()).unwrap();
    assert_eq!((table.delimiter, table.reason), (Some(Delimiter::Semicolon), BY_SEMICOLONS));
    let second: Vec<_> = table.rows[1].cells.iter().collect();
    assert_eq!(second, ["4002", "室井, あや", "171:30"], "a comma is a letter there");
    let uneven = read("社員番号;氏名;総労働時間\n4001;桐山 勇;160:00\n4002;室井;あや;171:30\n".as_bytes());
    assert_eq!(uneven.err(), Some(SourceError::Semicolons));
    let words = read("氏名,所見\n桐山,高血圧;脂質異常;肥満;飲酒\n室井,なし\n".as_bytes()).unwrap();
    assert_eq!((words.delimiter, words.rows.len()), (Some(Delimiter::Comma), 2), "semicolons within a cell");
}

#[test]
fn every_reason_why_a_file_is_no_table_says_what_to_do() {
    let files: [(&[u8], SourceError); 7] = [
        (b"", SourceError::Empty),
        (&[0; 512], SourceError::Zeros),
        (b"<html><body><table>", SourceError::WebPage),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
            SourceError::XmlBook,
        ),
        (b"<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", SourceError::CheckupXml),
        (b"{\"url\":\"https://docs.google.com/x\"}", SourceError::Shortcut),
        (b"\x09\x04\x06\x00\x00\x04", SourceError::OldExcel),
    ];
    for (bytes, error) in files {
        assert_eq!(read(bytes).err(), Some(error));
        let said = error.to_string();
        assert!(said.ends_with("ください。") && said.matches('。').count() >= 2, "{said}");
    }
}

#[test]
fn an_undecodable_byte_is_refused_with_its_place() {
    let (header, _, _) = encoding_rs::SHIFT_JIS.encode(HEADER);
    let mut bytes = header.into_owned();
    bytes.extend_from_slice(b"\r\n1,\x8eR\x93c,150.00\r\n2,\xff\x93c,150.00\r\n");
    let table = read(&bytes).unwrap();
    assert_eq!(table.encoding, Encoding::Cp932);
    assert_eq!(table.refused, [Refusal::cell(3, 1, Why::Undecodable)]);
    assert_eq!(table.rows.len(), 1);
}

#[test]
fn a_quote_that_never_closes_is_named_and_swallows_nothing() {
    let open = read(format!("{HEADER}\n1,\"山田,150.00\n2,佐藤,160.00\n").as_bytes());
    assert_eq!(open.err(), Some(SourceError::OpenQuote { line: 2 }));
    let table = table("1,\"山田,150.00\n2,佐藤\",160.00\n");
    assert_eq!(table.rows.len(), 1, "a cell over two lines is a cell");
    let torn = self::table("1,\"山田,150.00\n2,\"\n3,鈴木,150.00\n");
    assert_eq!(torn.refused, [Refusal::row(2, Why::OpenQuote)]);
}

#[test]
fn a_quote_left_open_in_the_last_row_is_refused_and_a_mark_of_inches_is_not() {
    for last in ["2,佐藤,\"160.00\n", "2,佐藤,\"160.00", "2,\"佐藤,160.00\r\n"] {
        let open = read(format!("{HEADER}\n1,山田,150.00\n{last}").as_bytes());
        assert_eq!(open.err(), Some(SourceError::OpenQuote { line: 3 }), "{last}");
    }
    assert_eq!(table("1,5\" 管の山田,150.00\n").rows.len(), 1);
}

#[test]
fn limits_are_held() {
    let wide = vec!["氏名"; MAX_COLUMNS + 1].join(",");
    assert_eq!(read(format!("社員番号,{wide}\n").as_bytes()).err(), Some(SourceError::TooManyColumns));
    let table = table(&format!("1,{},150.00\n", "あ".repeat(MAX_CELL / 3 + 1)));
    assert_eq!(table.refused, [Refusal::cell(2, 1, Why::CellTooLong)]);
    let many = format!("{HEADER}\n{}", "1,a,1\n".repeat(MAX_ROWS + 1));
    assert_eq!(read(many.as_bytes()).err(), Some(SourceError::TooManyRows));
}

#[test]
fn a_bad_byte_in_the_header_names_its_place() {
    let bytes = [b"\xEF\xBB\xBF".as_slice(), HEADER.as_bytes(), b",\xFF\n"].concat();
    assert_eq!(read(&bytes).err(), Some(SourceError::UndecodableHeader { line: 1, column: 4 }));
}
