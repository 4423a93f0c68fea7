//! 列の対応 over the preview: what a column may be, what no column tells, and the mapping written out.

use super::*;

fn row(heading: &str, example: &str, choices: &[&str], chosen: Option<usize>) -> MappingRow {
    MappingRow {
        heading: heading.to_owned(),
        example: example.to_owned(),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        words: chosen.and_then(|place| choices.get(place)).map_or_else(String::new, |word| (*word).to_owned()),
        is_settled: chosen != Some(0),
        typed: None,
        is_column: !example.is_empty(),
        chosen,
    }
}

fn mapped(problem: Option<&str>) -> ImportPreview {
    let columns = vec![
        MappingRow {
            is_settled: true,
            ..row("時間の出どころ", "", &["会社", "本人の申告", "入退館などの記録"], Some(0))
        },
        row("コード", "数字 4桁", PARTS, Some(3)),
        row("在社", "時:分", PARTS, Some(0)),
    ];
    ImportPreview { columns, problem: problem.map(str::to_owned), listed: unasked(Vec::new()), ..preview() }
}

/// A file of overtime in two columns, with a department that no column tells and a notation that is expected.
fn composed() -> ImportPreview {
    let summed = |heading: &str, example: &str, place: usize| MappingRow {
        words: format!("残業時間に足す（{place}/2列）"),
        ..row(heading, example, PARTS, Some(2))
    };
    let typed = |heading: &str, value: &str| MappingRow {
        words: if value.is_empty() { "決めない".to_owned() } else { format!("全員 {value}") },
        is_settled: !value.is_empty(),
        typed: Some(value.to_owned()),
        is_column: false,
        ..row(heading, "列にないとき", &["ファイルの全員に同じ値として入れます"], None)
    };
    let readings = ["決めない 判らなければ尋ねる", "60進 1.30 は 1時間30分"];
    let period = MappingRow {
        is_settled: true,
        is_column: false,
        ..row("期間", "列にないとき", &["2026-10-01 から 2026-10-31"], Some(0))
    };
    let columns = vec![
        MappingRow { is_settled: true, ..row("時間の出どころ", "", &["会社"], Some(0)) },
        row("数字の読み方", "", &readings, Some(1)),
        period,
        typed("所属", "物流一課"),
        typed("役職", ""),
        row("社員番号", "数字 4桁", PARTS, Some(3)),
        row("名前", "文字 4字", PARTS, Some(4)),
        summed("残業時間", "小数 下2桁", 1),
        summed("深夜残業時間", "小数 下2桁", 2),
        row("備考", "文字 4字", PARTS, Some(0)),
    ];
    ImportPreview {
        columns,
        sum: Some("会社の計算の残業 = 残業時間 + 深夜残業時間".to_owned()),
        mapping_file: "/home/x/書類/E01/2026-11/E01-mapping-20261120.toml".to_owned(),
        listed: unasked(Vec::new()),
        ..preview()
    }
}

#[test]
fn a_sum_is_legible_and_what_no_column_tells_stands_above_the_columns() {
    let mut drive = driven(composed());
    drive.keys("m");
    insta::assert_snapshot!("composed_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("composed_120x40", drive.screen(120, 40));
}

#[test]
fn a_value_is_typed_with_the_one_that_stands_and_letters_are_letters() {
    let mut drive = driven(composed());
    drive.keys("m").keys("jjj").press(Code::Enter).text("jx");
    insta::assert_snapshot!("fixing_80x24", drive.screen(80, 24));
    drive.press(Code::Enter);
    assert!(drive.desk.asked.iter().any(|asked| asked == "FixValue(3, \"物流一課jx\")"), "{:?}", drive.desk.asked);
    drive.press(Code::Enter).press(Code::Esc);
    assert!(drive.screen(80, 24).contains("設定の書出し"), "Esc leaves the value as it was");
}

#[test]
fn what_the_mapping_holds_and_where_it_goes_is_shown_before_it_is_written() {
    let mut drive = driven(composed());
    drive.keys("m").keys("x");
    insta::assert_snapshot!("mapping_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("mapping_120x40", drive.screen(120, 40));
    drive.press(Code::Enter);
    assert!(!drive.desk.asked.iter().any(|asked| asked == "ExportMapping"), "never by Enter");
    let mut drive = driven(ImportPreview { mapping_file: String::new(), ..composed() });
    drive.keys("m").keys("x").press(Code::F(12));
    assert!(!drive.desk.asked.iter().any(|asked| asked == "ExportMapping"), "no folder is set");
    assert!(drive.screen(80, 24).contains("出力先のフォルダ"));
}

#[test]
fn the_mapping_leaves_once_by_its_own_key() {
    let view = view(vec![bare()]);
    let mut screen = read(composed());
    screen.act(&view, Act::Mapping);
    screen.act(&view, Act::Output);
    assert!(matches!(screen.act(&view, Act::Issue).effects[..], [Effect::ExportMapping]));
    assert!(screen.act(&view, Act::Issue).effects.is_empty(), "once");
    screen.event(&view, &Event::Done("書き出しました。".to_owned()));
    assert!(screen.offers(&view).iter().any(|offer| offer.action.act == Act::Output), "the list again");
}

#[test]
fn columns_that_are_not_settled_are_chosen_before_anything_else_is_shown() {
    let view = view(vec![bare()]);
    let mut screen = read(mapped(Some("労働時間の列が決まっていません。列の対応を選んでください。")));
    insta::assert_snapshot!("columns_80x24", drawn(&screen));
    pressed(&mut screen, 'j');
    pressed(&mut screen, 'j');
    assert!(screen.act(&view, Act::Open).effects.is_empty());
    pressed(&mut screen, 'j');
    insta::assert_snapshot!("parts_80x24", drawn(&screen));
    assert!(matches!(screen.act(&view, Act::Open).effects[..], [Effect::ChoosePart(2, 1)]));
    screen.event(&view, &Event::ImportRead(Box::new(mapped(None))));
    assert!(drawn(&screen).contains("列の見出し、値の形"), "the list stays until it is left");
    screen.act(&view, Act::Back);
    assert!(drawn(&screen).contains("追加"), "then the rows are shown");
    assert_eq!(screen.refusal(), None);
}

#[test]
fn esc_closes_the_choices_first_and_an_unsettled_file_is_not_taken_in() {
    let view = view(vec![bare()]);
    let mut screen = read(mapped(Some("労働時間の列が決まっていません。")));
    screen.act(&view, Act::Open);
    screen.act(&view, Act::Back);
    assert!(drawn(&screen).contains("在社"), "the list again");
    screen.act(&view, Act::Back);
    assert_eq!(screen.refusal(), Some("まだ読めません。m で列の対応を選んでください"));
    screen.act(&view, Act::Mapping);
    assert!(drawn(&screen).contains("在社"));
}
