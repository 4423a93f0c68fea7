//! The targets with inputs that are nearly right: bytes, tables, workbooks, words and mappings.

use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;

use super::super::{IMPORTERS, stress as answers};
use super::*;
use crate::domain::hours::BatchKind;

/// Samples in every container.
const BOOKS: [&[u8]; 5] = [
    include_bytes!("../../../data-samples/monthly-merged.xlsx"),
    include_bytes!("../../../data-samples/monthly-97.xls"),
    include_bytes!("../../../data-samples/monthly.ods"),
    include_bytes!("../../../data-samples/checkup-cda.zip"),
    include_bytes!("../../../data-samples/checkup-cda.xml"),
];

fn run_all(bytes: &[u8]) {
    TARGETS.iter().for_each(|target| target(bytes));
    IMPORTERS.iter().for_each(|importer| (importer.fuzz)(bytes));
}

fn near_csv() -> impl Strategy<Value = Vec<u8>> {
    let header = prop_oneof![
        Just("社員番号,氏名,総労働時間"),
        Just("氏名\t年月\t残業時間"),
        Just("a,b"),
        Just("社員番号,氏名,性別,生年月日,退職日,区分"),
        Just("氏名,措置,期限"),
        Just("職員ID,氏名,健診日,血圧,総合判定,要再検査"),
    ];
    let body = "([0-9:.\\-,\t\"\r\n 時間分合計山髙﨑男R/]|\\PC){0,120}";
    (header, body).prop_map(|(header, body)| format!("{header}\n{body}").into_bytes())
}

/// What a cell, a heading or a name of an employer's or a clinic's file is made of.
const TOKENS: &[&str] = &[
    "令和",
    "平成",
    "昭和",
    "R",
    "S",
    "H",
    "８",
    "8",
    "元",
    "年",
    "月",
    "日",
    "/",
    "-",
    ".",
    "31",
    "2",
    "2126",
    "46272",
    "時間",
    "分",
    "：",
    ":",
    "60",
    "1.30",
    "90",
    "999:59",
    "<",
    ">",
    "未満",
    "以上",
    "10",
    "(",
    ")",
    "（",
    "＋",
    "+",
    "±",
    "(-)",
    "2+",
    "mg/dL",
    "ｍｇ／ｄＬ",
    "10^4/μL",
    "×10⁴",
    "g/L",
    "千",
    "%",
    "％",
    "（JDS）",
    "HbA1c",
    "Hb",
    "血色素",
    "ﾍﾓｸﾞﾛﾋﾞﾝ",
    "γ-GTP",
    "右",
    "左",
    "1000Hz",
    "収縮期",
    "血圧",
    "1回目",
    "判定",
    "の",
    "、",
    "・",
    "なし",
    "未実施",
    "検査中",
    "異常",
    "所見",
    "A",
    "Ｄ",
    "要精密検査",
    "残業",
    "深夜",
    "禁止",
    "制限",
    "解除",
    "ではない",
    "月4回まで",
    "当面",
    "社員番号",
    "氏名",
    "フリガナ",
    "総労働時間",
    "法定外",
    "累計",
    "前月",
    "Q1",
    "q_57",
    "1234",
    "-",
    "回答",
    "高ストレス",
    "該当",
    "非該当",
    "ではありません",
    "山田",
    "太郎",
    "髙",
    "﨑",
    "ｶﾞ",
    "ヴ",
    "さん",
    "様",
    "\u{3000}",
    " ",
    "\t",
    "\"",
    ",",
    "0",
    "00",
    "−",
    "１２３",
    "①",
    "㌢",
    "\u{200b}",
    "\u{fe00}",
    "e\u{301}",
];

/// Lines of words that are nearly dates, times, values, headings and names.
fn near_words() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![9 => prop::sample::select(TOKENS.to_vec()).prop_map(str::to_owned), 1 => "\\PC"];
    let line = prop::collection::vec(word, 1..7).prop_map(|words| words.concat());
    prop::collection::vec(line, 1..5).prop_map(|lines| lines.join("\n").into_bytes())
}

/// Tables of every kind whose cells are such words, about people who are on the roster of the targets.
fn near_tables() -> impl Strategy<Value = Vec<u8>> {
    let headers = [
        "社員番号,氏名,年月,総労働時間,深夜労働時間",
        "社員番号,氏名,年月日,実労働時間,休憩時間",
        "社員番号,氏名,性別,生年月日,入社日,退職日,区分",
        "社員番号,氏名,措置,開始日,期限,解除日,見直し日",
        "社員番号,氏名,健診日,血圧,HbA1c(JDS),尿蛋白,聴力右1000Hz,胸部X線,総合判定,医師所見",
        "社員番号,氏名,受検日,高ストレス,A要因,B自覚症状,C支援",
        "社員番号,性別,回答日,回答,高ストレス",
    ];
    let cell = prop_oneof![
        3 => prop::sample::select(TOKENS.to_vec()).prop_map(str::to_owned),
        1 => prop::collection::vec(prop::sample::select(TOKENS.to_vec()), 2..5).prop_map(|words| words.concat()),
    ];
    let who = prop_oneof![4 => Just("1,山田 太郎"), 2 => Just("01,高田 実"), 1 => Just(",ﾔﾏﾀﾞ ﾀﾛｳ"), 1 => Just("9,")];
    let rows = prop::collection::vec((who, prop::collection::vec(cell, 3..9)), 0..8);
    (prop::sample::select(headers.to_vec()), rows).prop_map(|(header, rows)| {
        let row = |(who, cells): &(&str, Vec<String>)| format!("{who},{}\n", cells.join(","));
        format!("{header}\n{}", rows.iter().map(row).collect::<String>()).into_bytes()
    })
}

/// Sheets of answers in 57 or 23 columns or in one, some cells of which are no answer, and one column too many or too few.
fn near_answers() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![8 => "[1-4]", 1 => "[1-4１-４]?", 1 => "\\PC{0,2}"];
    let sheet = prop::collection::vec(cell, 60);
    let count = prop_oneof![Just(57_usize), Just(23), Just(56), Just(58)];
    (prop::collection::vec(sheet, 1..4), count, 0..4_u8).prop_map(|(sheets, count, shape)| {
        let heads = |name: &str| (1..=count).map(|number| format!(",{name}{number}")).collect::<String>();
        let (header, between) = match shape {
            0 => (format!("社員番号,回答日{}", heads("Q")), ","),
            1 => (format!("id,性別{}", heads("q_")), ","),
            2 => (format!("社員番号,氏名{}", heads("設問 ")), ","),
            _ => ("社員番号,回答日,回答".to_owned(), ""),
        };
        let row = |cells: &Vec<String>| format!("1,2026/9/28,{}\n", cells[..count.min(cells.len())].join(between));
        format!("{header}\n{}", sheets.iter().map(row).collect::<String>()).into_bytes()
    })
}

/// Mappings as they are written, TOML and JSON, with some bytes changed.
fn near_mappings() -> impl Strategy<Value = Vec<u8>> {
    let header = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let hours = header("社員番号,氏名,年月,残業時間,深夜残業時間");
    let exams = header("社員番号,氏名,健診日,血圧,HbA1c(JDS),尿蛋白,総合判定");
    let sheet = header("社員番号,性別,回答日,回答");
    let mut texts = Vec::new();
    for (kind, profile, header) in [
        (BatchKind::Hours, profile::propose_hours(&hours).profile, hours),
        (BatchKind::Checkup, profile::propose_checkup(&exams).profile, exams),
        (BatchKind::Stress, answers::propose(&sheet).profile, sheet),
    ] {
        let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
        texts.push(profile.to_toml(kind, &header.join("\t")).into_bytes());
        texts.push(profile.to_json(id, "x", kind, &header).mapping_json.to_string().into_bytes());
    }
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    (prop::sample::select(texts), changes).prop_map(|(mut bytes, changes)| {
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes
    })
}

/// Rows of days, most of them good.
fn near_days() -> impl Strategy<Value = Vec<u8>> {
    let row = (0..4u8, 1..33u8, prop_oneof!["[0-9]{1,2}:[0-5][0-9]", "[0-9]{1,3}", "\\PC{0,4}"]);
    prop::collection::vec(row, 0..40).prop_map(|rows| {
        let lines = rows.iter().map(|(who, day, text)| format!("{who},山田{who},2026/10/{day},{text}\n"));
        format!("社員番号,氏名,年月日,実労働時間\n{}", lines.collect::<String>()).into_bytes()
    })
}

/// A sample with some bytes changed and its end perhaps cut.
fn near_book() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (prop::sample::select(BOOKS.to_vec()), changes, prop::option::of(any::<prop::sample::Index>())).prop_map(
        |(sample, changes, cut)| {
            let mut bytes = sample.to_vec();
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
            bytes
        },
    )
}

/// The sheet of a workbook with some bytes changed, in a zip that is whole: past the checksums.
fn near_sheet() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    (0..3usize, any::<prop::sample::Index>(), changes).prop_map(|(book, part, changes)| {
        let book = [BOOKS[0], BOOKS[2], BOOKS[3]][book];
        let mut zip = zip::ZipArchive::new(Cursor::new(book)).unwrap();
        let mut changed = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let target = part.index(zip.len());
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let (mut bytes, name) = (Vec::new(), entry.name().unwrap().into_owned());
            entry.read_to_end(&mut bytes).unwrap();
            let is_changed = index == target && !bytes.is_empty();
            for (place, byte) in changes.iter().filter(|_| is_changed) {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            changed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            changed.write_all(&bytes).unwrap();
        }
        changed.finish().unwrap().into_inner()
    })
}

proptest! {
    #[test]
    fn fuzz_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_csv(bytes in near_csv()) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_words(bytes in near_words()) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_tables(bytes in near_tables()) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_answers(bytes in near_answers()) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_mappings(bytes in near_mappings()) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_days(bytes in near_days()) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_books(bytes in near_book()) {
        run_all(&bytes);
    }

    #[test]
    fn fuzz_near_sheets(bytes in near_sheet()) {
        run_all(&bytes);
    }
}
