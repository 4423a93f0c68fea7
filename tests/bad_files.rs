//! Files that are no table, or a table with something wrong in it, through the real command: the exit code, a sentence
//! that names the row and the column where there is one, and what to do; and a vault that is as it was. The file is named by
//! who named it: a name of a file may hold a person, and no error repeats what it was given (`secrecy`).

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use junkai::domain::EstablishmentId;
use junkai::domain::stress::OwnerRole;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::scratch::{Answer, Scratch};
use crate::stress::{HIGH, open_round};

const DAY: &str = "2026-11-20";
/// Where office files lie.
const FOLDER: &str = "取込 フォルダ";
const BOOK: &[u8] = include_bytes!("../data-samples/monthly-merged.xlsx");
const EXAMS: &[u8] = include_bytes!("../data-samples/checkup-cda.zip");

/// A file that stops the command: its name, its bytes, what brings it in, and a part of the sentence.
struct Stopped {
    name: &'static str,
    bytes: Vec<u8>,
    kind: &'static str,
    sentence: &'static str,
}

fn stopped(name: &'static str, bytes: impl Into<Vec<u8>>, kind: &'static str, sentence: &'static str) -> Stopped {
    Stopped { name, bytes: bytes.into(), kind, sentence }
}

fn written(scratch: &Scratch, name: &str, bytes: &[u8]) -> PathBuf {
    let folder = scratch.path(FOLDER);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
    folder.join(name)
}

fn import(scratch: &Scratch, name: &str, kind: &str, more: &[&str]) -> Answer {
    let path = format!("{FOLDER}/{name}");
    let arguments = ["--today", DAY, "import", path.as_str(), "--establishment", "E01", "--kind", kind];
    scratch.run(&[&arguments, more].concat(), "")
}

/// A workbook with one sheet of these rows, as XML.
fn book(sheet: &str) -> Vec<u8> {
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let to = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let parts = [
        ("_rels/.rels", to("r1", "officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", to("r1", "worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Rows below a header of number, name and hours; `before` stands before the root.
fn sheet(before: &str, rows: &str) -> String {
    let cell = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let header = [cell("A1", "社員番号"), cell("B1", "氏名"), cell("C1", "総労働時間")].concat();
    format!(
        "{before}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{header}</row>{rows}</sheetData></worksheet>"
    )
}

fn wide(columns: usize) -> String {
    let header: Vec<String> = (4..=columns).map(|column| format!("列{column}")).collect();
    let values = vec!["x"; columns - 3];
    format!("社員番号,氏名,総労働時間,{}\n,上田 蓮,160:00,{}\n", header.join(","), values.join(","))
}

fn files() -> Vec<Stopped> {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;\">]>";
    let bomb = "<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>&b;</t></is></c></row>";
    let lock = [&[10][..], "見本 太郎".as_bytes(), &[0; 150]].concat();
    vec![
        stopped("空.csv", "", "hours", "ファイルが空です。元のシステムから出し直してください。"),
        stopped("健診 結果.csv", &b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"[..], "hours", "中身は PDF です。"),
        stopped("切れた.xlsx", &BOOK[..BOOK.len() / 2], "hours", "途中で切れています。"),
        stopped("XML 爆弾.xlsx", book(&sheet(laughs, bomb)), "hours", "壊れているか"),
        stopped("~$10月.xlsx", lock, "hours", "Excel を閉じてから、元の表を指定してください。"),
        stopped("401列.csv", wide(401), "hours", "列が多すぎます（400列まで）。"),
        stopped(
            "同じ見出し.csv",
            "社員番号,氏名,総労働時間,総労働時間\n,上田 蓮,160:00,170:00\n",
            "hours",
            "3列目と4列目が同じ見出しです。",
        ),
        stopped(
            "引用符.csv",
            "社員番号,氏名,総労働時間\n,上田 蓮,\"160:00\n,橋本 健,150:00\n",
            "hours",
            "2行目から引用符が閉じていません。",
        ),
        stopped("切れた健診.zip", &EXAMS[..EXAMS.len() / 2], "checkup", "途中で切れています。"),
        stopped(
            "XML 爆弾.xml",
            format!("{laughs}<ClinicalDocument>&b;</ClinicalDocument>"),
            "checkup",
            "文書型宣言（DTD）があります。",
        ),
        stopped(
            "健診 同じ見出し.csv",
            "氏名,健診日,健診日,BMI\n上田 蓮,2026/9/7,2026/9/8,22\n",
            "checkup",
            "同じ見出し",
        ),
        stopped("名簿の PDF.csv", &b"%PDF-1.7\n"[..], "roster", "中身は PDF です。"),
        stopped("空の台帳.csv", "", "restrictions", "ファイルが空です。"),
        stopped("見出しだけ.csv", "社員番号,氏名,総労働時間\n", "hours", "見出しの下に行がありません。"),
        stopped("ゼロ.csv", vec![0; 300], "hours", "中身が 0 の並びだけ"),
        stopped(
            "表.xls",
            "<html><body><table><tr><td>氏名</td></tr></table></body></html>",
            "hours",
            "ウェブページ（HTML）",
        ),
        stopped("健診.xls", "<table><tr><td>氏名</td></tr></table>", "checkup", "ウェブページ（HTML）"),
        stopped(
            "2003.xls",
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
            "roster",
            "XML で書かれたブック",
        ),
        stopped("古い.xls", &b"\x09\x04\x06\x00\x00\x04\x10\x00"[..], "hours", "Excel 95 以前"),
        stopped("勤怠.gsheet", "{\"url\":\"https://docs.google.com/open?id=x\"}", "hours", "「ダウンロード」で"),
        stopped("不ぞろい.csv", "社員番号;氏名;総労働時間\n1;a;b;160:00\n", "hours", "区切りがセミコロン（;）のよう"),
        stopped("健診の列.csv", "社員番号,氏名,健診日,BMI\n,上田 蓮,2026-10-05,22.1\n", "hours", "種類に健診を選ぶか"),
        stopped("見出しなし.csv", "1,2,3\n4,5,6\n", "hours", "見出しの行が見つかりません。"),
    ]
}

#[test]
fn a_file_that_cannot_be_read_says_what_it_is_and_what_to_do_and_changes_nothing() {
    let scratch = Scratch::of_demo_command(DAY);
    let before = (scratch.content(1), scratch.number(0, "SELECT count(*) FROM clear_file"));
    for Stopped { name, bytes, kind, sentence } in files() {
        written(&scratch, name, &bytes);
        let answer = import(&scratch, name, kind, &[]);
        assert!((2..=4).contains(&answer.code), "{name}: {answer:?}");
        assert!(answer.out.is_empty() && answer.err.contains(sentence), "{name}: {answer:?}");
        assert!(answer.err.starts_with(&format!("{name}: ")) && !answer.err.contains(FOLDER), "{name}: {answer:?}");
        assert!(answer.err.ends_with("ください。\n"), "{name} has no remedy: {answer:?}");
        assert!(!answer.err.contains("内部の誤り") && !answer.err.contains("上田"), "{name}: {answer:?}");
    }
    let missing = import(&scratch, "ない ファイル.csv", "hours", &[]);
    assert!((2..=4).contains(&missing.code) && missing.err.contains("見つかりません"), "{missing:?}");
    std::os::unix::fs::symlink("/dev/zero", scratch.path(FOLDER).join("装置.csv")).unwrap();
    let device = import(&scratch, "装置.csv", "hours", &[]);
    assert!((2..=4).contains(&device.code) && device.err.contains("普通のファイルではありません。"), "{device:?}");
    let gigabyte = written(&scratch, "1GB の一つの欄.csv", b"");
    fs::File::create(&gigabyte).unwrap().set_len(1_000_000_000).unwrap();
    let large = import(&scratch, "1GB の一つの欄.csv", "hours", &[]);
    assert!((2..=4).contains(&large.code) && large.err.contains("512 MB まで"), "{large:?}");
    fs::remove_file(gigabyte).unwrap();
    let folder = import(&scratch, "", "hours", &[]);
    assert!((2..=4).contains(&folder.code) && folder.err.contains("フォルダです。"), "{folder:?}");
    assert_eq!((scratch.content(1), scratch.number(0, "SELECT count(*) FROM clear_file")), before);
    scratch.assert_clean();
}

/// Rows that are refused one by one: kind, text, and the line that is said of them.
const ROWS: [(&str, &str, &str); 13] = [
    ("roster", "社員番号,氏名,入社日\n9001,新見 望,2126-04-01\n", "2行目 3列目: ありえない日付です。"),
    ("roster", "社員番号,氏名,生年月日\n9001,新見 望,2026-02-31\n", "2行目 3列目: "),
    ("roster", "社員番号,氏名,性別\n9001,新見 望,不詳です\n", "2行目 3列目: 性別として読めません。"),
    ("hours", "氏名,総労働時間\n上田 蓮,25:61\n", "2行目 2列目: 分または秒が 60 以上です。"),
    ("hours", "氏名,総労働時間\n上田 蓮,未提出\n", "2行目 2列目: 時間として読めない値です。"),
    ("hours", "氏名,総労働時間\n上田 蓮,160:00,余分\n", "2行目: 列の数が見出しより多い行です。"),
    ("hours", "氏名,対象年月,総労働時間\n上田 蓮,2126/10,160:00\n", "2行目 2列目: ありえない日付です。"),
    ("hours", "氏名,年月日,実労働時間\n上田 蓮,2026/2/31,8:00\n", "2行目 2列目: 暦にない日付です"),
    ("checkup", "氏名,健診日,BMI\n上田 蓮,2126/9/7,22\n", "2行目 2列目: ありえない日付です。"),
    ("checkup", "氏名,健診日,BMI\n上田 蓮,2026/2/31,22\n", "2行目 2列目: 暦にない日付です"),
    ("restrictions", "氏名,措置,期限\n上田 蓮,残業禁止,2026/2/31\n", "2行目 3列目: 暦にない日付です"),
    ("restrictions", "氏名,措置,期限\n上田 蓮,残業禁止,2126/2/3\n", "2行目 3列目: ありえない日付です。"),
    ("restrictions", "氏名,措置,期限\nどこにもいない人,残業禁止,2027/2/3\n", "2行目: 名簿にいない人です。"),
];

#[test]
fn a_row_that_cannot_be_taken_is_named_by_row_column_and_remedy_and_changes_nothing() {
    let scratch = Scratch::of_demo_command(DAY);
    let before = scratch.content(1);
    for (kind, text, line) in ROWS {
        written(&scratch, "10月 勤怠.csv", text.as_bytes());
        let answer = import(&scratch, "10月 勤怠.csv", kind, &["--ours"]).with_code(1);
        let said = answer.out.lines().find(|said| said.starts_with(line));
        assert!(said.is_some_and(|said| said.ends_with("ください。")), "{text}: {answer:?}");
        assert!(answer.out.contains("拒否 1件"), "{text}: {answer:?}");
    }
    let formula = "<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>上田 蓮</t></is></c><c r=\"C2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>";
    written(&scratch, "数式.xlsx", &book(&sheet("", formula)));
    let answer = import(&scratch, "数式.xlsx", "hours", &["--ours"]).with_code(1);
    assert!(answer.out.contains("2行目 3列目: 数式がエラーになっている欄があります"), "{answer:?}");
    // A cell that is a file of its own, in an archive that is small.
    let cell = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let huge = format!("<row r=\"2\">{}{}</row>", cell("B2", &"長".repeat(500_000)), cell("C2", "160:00"));
    let small = book(&sheet("", &huge));
    assert!(small.len() < 64 * 1024, "{}", small.len());
    written(&scratch, "大きな欄.xlsx", &small);
    let answer = import(&scratch, "大きな欄.xlsx", "hours", &["--ours"]).with_code(1);
    assert!(answer.out.contains("2行目 2列目: 1 MB を超える欄があります。"), "{answer:?}");
    assert_eq!(scratch.content(1), before);
    scratch.assert_clean();
}

/// Rows of the stress check that are refused one by one: kind, header, row, and the line that is said of it.
const SHEETS: [(&str, &str, &str, &str); 4] = [
    ("stress", "社員番号,回答日,回答", "{},2126/9/28,{HIGH}", "2行目 2列目: ありえない日付です。"),
    ("stress", "社員番号,回答日,回答", "{},2026/2/31,{HIGH}", "2行目 2列目: 暦にない日付です"),
    ("stress-results", "社員番号,受検日,高ストレス", "{},2126/9/28,該当", "2行目 2列目: ありえない日付です。"),
    (
        "stress-results",
        "社員番号,受検日,高ストレス",
        "{},2026/9/28,はい？",
        "2行目 3列目: 高ストレスかどうかとして読めない値です。",
    ),
];

#[test]
fn a_sheet_that_cannot_be_taken_is_named_by_row_column_and_remedy_and_changes_nothing() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    let number = desk.site(&EstablishmentId::new(1)).unwrap().workers[0].number.clone();
    desk.lock().unwrap();
    let before = scratch.content(1);
    for (kind, header, row, line) in SHEETS {
        let text = format!("{header}\n{}\n", row.replace("{}", &number).replace("{HIGH}", HIGH));
        written(&scratch, "回答 一覧.csv", text.as_bytes());
        let path = format!("{FOLDER}/回答 一覧.csv");
        let answer = scratch.run(&["import", &path, "--establishment", "E01", "--kind", kind], "").with_code(1);
        let said = answer.out.lines().find(|said| said.starts_with(line));
        assert!(said.is_some_and(|said| said.contains("ください。")), "{text}: {answer:?}");
    }
    assert_eq!(scratch.content(1), before);
}

/// What looks bad and is not: full-width digits, three hundred columns, a formula with its value.
#[test]
fn what_only_looks_bad_is_read() {
    let scratch = Scratch::of_demo_command(DAY);
    let formula = "<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>上田 蓮</t></is></c><c r=\"C2\" t=\"str\"><f>D2</f><v>160:00</v></c></row>";
    let files: [(&str, Vec<u8>); 3] = [
        ("全角.csv", "氏名,総労働時間\n上田　蓮,１６０：００\n".into()),
        ("300列.csv", wide(300).into()),
        ("数式.xlsx", book(&sheet("", formula))),
    ];
    let before = scratch.content(1);
    for (name, bytes) in files {
        written(&scratch, name, &bytes);
        let answer = import(&scratch, name, "hours", &["--dry-run"]).with_code(0);
        assert!(answer.out.contains("拒否 0件") && !answer.out.contains("追加 0件、変更 0件"), "{name}: {answer:?}");
    }
    assert_eq!(scratch.content(1), before);
}

#[test]
fn the_command_says_how_many_are_absent_and_how_many_rows_were_summed() {
    let scratch = Scratch::of_demo_command(DAY);
    written(&scratch, "名簿.csv", "氏名,所属\n上田 蓮,別の課\n".as_bytes());
    let answer = import(&scratch, "名簿.csv", "roster", &["--dry-run", "--ours"]).with_code(0);
    assert!(answer.out.contains("名が名簿にいてファイルにいません。退職とはしません。"), "{answer:?}");
    written(&scratch, "異動.csv", "氏名,新所属,発令日\n上田 蓮,別の課,未定\n".as_bytes());
    let answer = import(&scratch, "異動.csv", "roster", &["--dry-run", "--ours"]).with_code(0);
    assert!(answer.out.contains("2行目 3列目: 異動の日が先か未定のため、所属は変えません。"), "{answer:?}");
    let days: String = (1..=30).map(|day| format!("上田 蓮,2026/9/{day},8:00\n")).collect();
    written(&scratch, "日ごと.csv", format!("氏名,年月日,総労働時間\n{days}").as_bytes());
    let answer = import(&scratch, "日ごと.csv", "hours", &["--dry-run"]).with_code(0);
    assert!(answer.out.contains("\n29行を、同じ人と期間の行に足しました"), "{answer:?}");
}

/// The command names the period it took, says what it cannot read beside the hours, and takes the month it is told.
#[test]
fn the_command_names_the_period_and_takes_the_one_it_is_told() {
    let scratch = Scratch::of_demo_command(DAY);
    let titled = "勤怠月別データ,2026年8月度,\n\n氏名,総労働時間,深夜労働時間\n上田 蓮,160:00,多い\n";
    written(&scratch, "題.csv", titled.as_bytes());
    let asked = import(&scratch, "題.csv", "hours", &["--dry-run"]);
    assert!(asked.err.contains("2026年8月とあります") && asked.err.contains("--period"), "{asked:?}");
    let told = import(&scratch, "題.csv", "hours", &["--dry-run", "--period", "2026-08"]).with_code(1);
    assert!(told.out.contains("期間 2026-08-01 から 2026-08-31"), "{told:?}");
    assert!(told.out.contains("4行目 3列目: 深夜業として読めない値です。"), "{told:?}");
    let told = import(&scratch, "題.csv", "hours", &["--dry-run", "--json", "--period", "2026-08"]).with_code(1);
    assert!(told.out.contains("\"period\":{\"first\":\"2026-08-01\",\"last\":\"2026-08-31\"}"), "{told:?}");
    let wrong = import(&scratch, "題.csv", "hours", &["--dry-run", "--period", "八月"]);
    assert!(wrong.code == 2 && wrong.err.contains("--period <YYYY-MM> の値が正しくありません"), "{wrong:?}");
}

/// What the file says of its days, above its header or in a column without a part, is asked where it is another period.
#[test]
fn another_period_beside_the_hours_is_asked_and_never_counted_to_the_newest() {
    let scratch = Scratch::of_demo_command(DAY);
    let files = [
        ("氏名,計上月,総労働時間\n上田 蓮,2026/08,160:00\n", "ファイルには 2026年8月とあります"),
        ("氏名,年度,月,総労働時間\n上田 蓮,2025,10,160:00\n", "ファイルには 2025年10月とあります"),
        (
            "集計期間：2026/09/26～2026/10/25\n氏名,総労働時間\n上田 蓮,160:00\n",
            "2026-09-26から2026-10-25までとあります",
        ),
    ];
    for (text, sentence) in files {
        written(&scratch, "時間.csv", text.as_bytes());
        let asked = import(&scratch, "時間.csv", "hours", &["--dry-run"]);
        assert!(asked.code == 2 && asked.err.contains(sentence), "{asked:?}");
        import(&scratch, "時間.csv", "hours", &["--dry-run", "--period", "2025-10"]).with_code(0);
    }
}
