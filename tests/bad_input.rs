//! Files that are not as they should be, headless: every bad row is named by its line and its reason, never by a person.

use std::fs;

use serde_json::Value;

use crate::scratch::Scratch;

const DAY: &str = "2026-11-20";
/// Everybody who stands in a file below.
const PEOPLE: [&str; 8] = ["橋本", "横尾", "村瀬", "矢野", "佐藤", "宇田川", "渡邉", "鴨志田"];

/// What `import` says about a file of this kind; with or without taking it in.
#[track_caller]
fn import(scratch: &Scratch, kind: &str, bytes: &[u8]) -> Vec<Value> {
    fs::write(scratch.path("file.csv"), bytes).unwrap();
    let arguments =
        ["--json", "--today", DAY, "import", "file.csv", "--establishment", "E01", "--kind", kind, "--ours"];
    let answer = scratch.run(&arguments, "").imported();
    for name in PEOPLE {
        assert!(!answer.out.contains(name) && !answer.err.contains(name), "{name} in {answer:?}");
    }
    answer.objects()
}

/// Line and reason of every row that was not plainly taken.
fn reasons(said: &[Value]) -> Vec<(u64, &str, &str)> {
    let rows = said.iter().filter(|row| row["why"].is_string());
    rows.map(|row| (row["line"].as_u64().unwrap(), row["state"].as_str().unwrap(), row["why"].as_str().unwrap()))
        .collect()
}

fn values(scratch: &Scratch) -> i64 {
    scratch.number(1, "SELECT (SELECT count(*) FROM hours) + (SELECT count(*) FROM hours_replaced)")
}

#[test]
fn every_bad_row_is_named_and_the_good_one_comes_in() {
    let scratch = Scratch::of_demo_command(DAY);
    let before = values(&scratch);
    let text = "氏名,総労働時間\n橋本 健,25:61\n横尾 久美子,-8:00\n村瀬 恵,999:00\n矢野 一馬,未提出\n佐藤 誠司\n\
                宇田川 結衣,160:00,余分\n渡邉 恵,160:00\n渡邉 恵,161:00\n佐伯 美咲,200:30\n";
    let mut bytes = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    bytes.extend(b"\x81\xff\xfe,160:00\n");
    let said = import(&scratch, "hours", &bytes);
    assert_eq!((&said[0]["added"], &said[0]["changed"], &said[0]["rows"]), (&0.into(), &1.into(), &10.into()));
    let expected = [
        (8, "doubtful", "twice_in_file"),
        (9, "doubtful", "twice_in_file"),
        (2, "refused", "minutes_out_of_range"),
        (3, "refused", "negative"),
        (4, "refused", "absurd"),
        (5, "refused", "not_time"),
        (6, "refused", "row_too_short"),
        (7, "refused", "row_too_long"),
        (11, "refused", "undecodable"),
    ];
    assert_eq!(reasons(&said), expected);
    assert!(
        said[1..]
            .iter()
            .filter(|row| row["why"].is_string())
            .all(|row| row["sentence"].as_str().unwrap().ends_with('。')),
        "{said:?}"
    );
    assert_eq!(values(&scratch), before + 1);
    scratch.assert_clean();
}

/// What replaces another value and who is new is said in words too, by line and id.
#[test]
fn the_report_in_words_names_what_changes_and_who_is_new() {
    let scratch = Scratch::of_demo_command(DAY);
    let run = |text: &str| {
        fs::write(scratch.path("file.csv"), text).unwrap();
        scratch.run(&["--today", DAY, "import", "file.csv", "--establishment", "E01", "--kind", "hours"], "")
    };
    let said = run("氏名,年月,総労働時間\n橋本 健,2026-10,171.75\n鴨志田 実,2026-10,160.25\n").with_code(0).out;
    for words in [
        "読み方 10進（ほかの読み方では合わない行があります）",
        "2行目 E01-W",
        ": 変更  2026-10  ",
        " から 171:45 へ",
        "3行目: 名簿にいない人です。",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("橋本") && !said.contains("鴨志田"), "{said}");
    let said = run("氏名,年月,総労働時間\n橋本 健,2026-10,-8:00\n").with_code(1).out;
    assert!(said.starts_with("入る行がありませんでした。何も書いていません。"), "{said}");
}

#[test]
fn a_name_that_matches_two_people_is_asked_and_not_guessed() {
    let scratch = Scratch::of_demo_command(DAY);
    let roster = "社員番号,氏名,性別\n90001,鴨志田 実,男\n90002,鴨志田 実,女\n";
    assert_eq!(import(&scratch, "roster", roster.as_bytes())[0]["added"], 2);
    let before = values(&scratch);
    let said = import(&scratch, "hours", "氏名,総労働時間\n鴨志田 実,160:00\n".as_bytes());
    assert_eq!(reasons(&said), [(2, "doubtful", "same_name_twice")]);
    assert_eq!(values(&scratch), before);
    let said = import(&scratch, "hours", "社員番号,氏名,総労働時間\n90002,鴨志田 実,160:00\n".as_bytes());
    assert_eq!((&said[0]["added"], reasons(&said).len()), (&1.into(), 0), "{said:?}");
    scratch.assert_clean();
}

#[test]
fn periods_that_overlap_are_named_and_replace_nothing() {
    let scratch = Scratch::of_demo_command(DAY);
    let before = values(&scratch);
    let text = "氏名,集計開始日,集計終了日,総労働時間\n橋本 健,2026/9/21,2026/10/20,160:00\n\
                横尾 久美子,2026/10/1,2026/10/31,160:00\n横尾 久美子,2026/10/15,2026/11/14,150:00\n";
    let said = import(&scratch, "hours", text.as_bytes());
    assert_eq!(said[0]["taken_in"], true);
    assert_eq!((&said[0]["added"], &said[0]["changed"]), (&0.into(), &1.into()), "{said:?}");
    assert_eq!(reasons(&said), [(2, "doubtful", "other_closing"), (4, "doubtful", "other_closing")]);
    assert_eq!(values(&scratch), before + 1, "only the row whose period is the month's");
}

/// A mapping that was kept from a file without months does not put September's hours into October.
#[test]
fn a_kept_mapping_passes_no_month_over() {
    let scratch = Scratch::of_demo_command(DAY);
    let said = import(&scratch, "hours", "氏名,総労働時間\n橋本 健,160:00\n".as_bytes());
    assert_eq!(said[0]["changed"], 1);
    let said = import(&scratch, "hours", "氏名,対象年月,総労働時間\n橋本 健,2026-09,150:30\n".as_bytes());
    assert_eq!(said[0]["changed"], 1, "{said:?}");
    let month = "SELECT max(end) FROM hours WHERE source_text = '150:30'";
    assert_eq!(scratch.number(1, month), 20_260_930);
}

#[test]
fn what_is_no_table_is_refused_as_a_whole() {
    let scratch = Scratch::of_demo_command(DAY);
    for bytes in [&b""[..], b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", &[0; 64], b"\xff\xfe\x00"] {
        fs::write(scratch.path("file.csv"), bytes).unwrap();
        let arguments = ["--json", "--today", DAY, "import", "file.csv", "--establishment", "E01", "--kind", "hours"];
        let answer = scratch.run(&arguments, "");
        assert!((1..=5).contains(&answer.code) && answer.out.is_empty(), "{bytes:?}: {answer:?}");
        assert!(answer.err.ends_with("。\n") && !answer.err.contains("内部の誤り"), "{bytes:?}: {answer:?}");
    }
    let zip: &[u8] = include_bytes!("../data-samples/checkup-cda.zip");
    let bomb = b"<!DOCTYPE a [<!ENTITY b \"bb\">]><ClinicalDocument>&b;</ClinicalDocument>";
    for bytes in
        [&b""[..], b"%PDF-1.7\n", b"<html></html>", bomb, &zip[..zip.len() / 2], "氏名,BMI\n橋本 健,22\n".as_bytes()]
    {
        fs::write(scratch.path("file.csv"), bytes).unwrap();
        let arguments = ["--json", "--today", DAY, "import", "file.csv", "--establishment", "E01", "--kind", "checkup"];
        let answer = scratch.run(&arguments, "").with_code(2);
        assert!(answer.out.is_empty() && answer.err.ends_with("。\n"), "{bytes:?}: {answer:?}");
    }
    let answer = scratch.run(&["--today", DAY, "import", "out", "--establishment", "E01", "--kind", "hours"], "");
    assert!((1..=5).contains(&answer.code) && answer.err.ends_with("。\n"), "a folder: {answer:?}");
    scratch.assert_clean();
}
