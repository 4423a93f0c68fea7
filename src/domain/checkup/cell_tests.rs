//! Cells as clinics write them, and any text at all.

use proptest::prelude::*;

use super::*;
use crate::domain::checkup::{Cells, Judgement};

/// The codes of the values, by item, of one cell.
fn told(heading: &str, text: &str) -> String {
    let found = crate::domain::checkup::heading(heading).unwrap();
    match read_as(found.column, text, found.manner) {
        Reading::Empty => String::new(),
        Reading::Cells(cells) => {
            cells.iter().map(|cell| format!("{}={}", cell.item.code(), cell.value.code())).collect::<Vec<_>>().join(" ")
        }
    }
}

/// Every cell below its heading is what stands behind it.
fn are(cases: &[(&str, &str, &str)]) {
    for (heading, text, expected) in cases {
        assert_eq!(told(heading, text), *expected, "{heading} {text}");
    }
}

#[test]
fn bounds_marks_and_units_of_numbers() {
    are(&[
        ("AST", "<10", "ast=<10"),
        ("AST", "10未満", "ast=<10"),
        ("AST", "≦10", "ast=<=10"),
        ("AST", "10 以下", "ast=<=10"),
        ("AST", "500以上", "ast=>=500"),
        ("AST", "＞５００", "ast=>500"),
        ("AST", "<10未満", "ast=?words"),
        ("AST", "28 H", "ast=28"),
        ("AST", "*28", "ast=28"),
        ("AST", "28U/L", "ast=28"),
        ("AST", "1,024", "ast=1024"),
        ("AST", "1,02", "ast=?words"),
        ("AST", "溶血", "ast=?words"),
        ("AST", "-", "ast=x"),
        ("AST", "未実施", "ast=x"),
        ("AST", "0", "ast=?range"),
        ("クレアチニン", "71μmol/L", "cr=?unit"),
        ("AST", "28mg/dL", "ast=?unit"),
        ("腹囲(mm)", "850", "wc=85.0"),
        ("腹囲（自己申告）", "85.0", "wc=85.0"),
        ("腹囲", "85（自己測定）", "wc=85"),
        ("AST", "　", ""),
    ]);
}

#[test]
fn blood_cells_in_any_unit() {
    are(&[
        ("赤血球数", "450", "rbc=450"),
        ("赤血球数", "4.50", "rbc=450"),
        ("赤血球数", "4,500,000", "rbc=450.0000"),
        ("赤血球数", "45", "rbc=?range"),
        ("白血球数", "5.6", "wbc=5.6"),
        ("白血球数", "5600", "wbc=5.600"),
        ("白血球数", "56", "wbc=5.6"),
        ("白血球数", "25", "wbc=?unit"),
        ("血小板数(千/μL)", "95", "plt=9.5"),
        ("ヘモグロビン(g/L)", "24", "hb=2.4"),
        ("白血球数(百/μL)", "25", "wbc=2.5"),
        ("白血球数(千/μL)", "25", "wbc=25"),
        ("白血球数(/μL)", "5,600", "wbc=5.600"),
        ("赤血球数(×10^4/μL)", "452", "rbc=452"),
        ("赤血球数(×10^4/μL)", "4.52", "rbc=?range"),
        ("赤血球数(×10^6/μL)", "<1", "rbc=<100"),
        ("赤血球数", "452万", "rbc=452"),
        ("血小板数", "95千/μL", "plt=9.5"),
        ("血小板数(千/μL)", "95 千/μL", "plt=9.5"),
        ("血小板数(万/μL)", "95千/μL", "plt=?unit"),
        ("ヘモグロビン(mmol/L)", "9.3", "hb=?unit"),
        ("血色素量", "14.8", "hb=14.8"),
        ("血色素量", "148", "hb=14.8"),
        ("血色素量", "148 g/L", "hb=14.8"),
        ("血色素量", "9.0 mmol/L", "hb=?unit"),
        ("血色素量", "148 g/dL", "hb=?range"),
        ("白血球数", "25 百/μL", "wbc=2.5"),
    ]);
}

#[test]
fn sugar_with_its_sample() {
    are(&[
        ("HbA1c", "5.7%", "a1c=5.7"),
        ("HbA1c", "6.1(JDS)", "a1j=6.1"),
        ("HbA1c", "6.5 NGSP", "a1c=6.5"),
        ("3D045000001906202", "6.1", "a1j=6.1"),
        ("血糖", "105(空腹)", "fpg=105"),
        ("血糖", "105 空腹時", "fpg=105"),
        ("血糖", "140(非空腹)", "cpg=140"),
        ("血糖", "140 随時", "cpg=140"),
        ("血糖", "105", "glu=105"),
        ("中性脂肪", "160(食後)", "tgc=160"),
        ("3D045000001906202 HbA1c(NGSP)", "6.1", "a1j=?which"),
        ("3D010000001926101 血糖", "105", "fpg=105"),
        ("HbA1c", "6.1 mg/dL", "a1c=?unit"),
        ("採血時間", "空腹時", "meal=>=10.0"),
        ("9N141000000000011", "4", "meal=<3.5"),
    ]);
}

#[test]
fn two_values_of_the_pressure() {
    are(&[
        ("血圧", "142/90", "sbp=142 dbp=90"),
        ("血圧", "１４２／９０", "sbp=142 dbp=90"),
        ("血圧", "142/90mmHg", "sbp=142 dbp=90"),
        ("血圧", "142-90", "sbp=?pair"),
        ("血圧", "142", "sbp=?pair"),
        ("血圧", "/", "sbp=x dbp=x"),
        ("血圧", "90/142", "sbp=?pair"),
        ("収縮期血圧", "１５２", "sbp=152"),
    ]);
}

#[test]
fn signs_of_urine() {
    are(&[
        ("尿蛋白", "(-)", "up=-"),
        ("尿蛋白", "（－）", "up=-"),
        ("尿蛋白", "1+(30)", "up=1+"),
        ("尿蛋白", "±(15mg/dL)", "up=+-"),
        ("尿蛋白", "*2+", "up=2+"),
        ("尿蛋白", "(1+)H", "up=1+"),
        ("尿蛋白", "-(0)", "up=-"),
        ("尿蛋白", "30(1+)", "up=?words"),
        ("尿蛋白", "弱陽性", "up=?words"),
        ("尿蛋白", "(ー)", "up=-"),
        ("尿蛋白", "（―）", "up=-"),
        ("尿蛋白", "[−]", "up=-"),
        ("尿糖", "－", "ug=-"),
        ("尿糖", "ー", "ug=-"),
        ("尿糖", "ｰ", "ug=-"),
        ("尿糖", "‐", "ug=-"),
        ("尿糖", "‑", "ug=-"),
        ("尿糖", "−", "ug=-"),
        ("尿糖", "─", "ug=-"),
        ("尿糖", "--", "ug=?dash"),
        ("尿糖", "/", "ug=x"),
        ("AST", "－", "ast=x"),
        ("AST", "ー", "ast=x"),
        ("AST", "‐‐", "ast=x"),
        ("AST", "─", "ast=x"),
        ("尿蛋白", "－", "up=-"),
        ("尿蛋白", "±", "up=+-"),
        ("尿蛋白", "（＋）", "up=1+"),
        ("尿蛋白", "２＋", "up=2+"),
        ("尿蛋白", "+++", "up=3+"),
        ("尿蛋白", "1", "up=?code"),
        ("1A010000000191111", "1", "up=-"),
        ("1A010000000191111", "5", "up=3+"),
        ("尿蛋白", "未検査", "up=x"),
    ]);
}

#[test]
fn eyes_and_ears_by_their_sides() {
    are(&[
        ("聴力右4000Hz", "40mmHg", "h4r=?unit"),
        ("視力", "0.7/1.0", "vr=0.7 vl=1.0"),
        ("視力", "右0.7 左1.0", "vr=0.7 vl=1.0"),
        ("視力", "R:0.7 L:1.0", "vr=0.7 vl=1.0"),
        ("視力", "1.0(L)/0.3(R)", "vr=0.3 vl=1.0"),
        ("視力", "0.3右/1.0左", "vr=0.3 vl=1.0"),
        ("視力", "1.0L/0.3R", "vr=0.3 vl=1.0"),
        ("視力", "1.0L/0.3", "vr=?pair"),
        ("視力", "1.0L/0.3L", "vr=?pair"),
        ("視力", "0.7", "vr=?pair"),
        ("視力右", "0.01未満", "vr=<0.01"),
        ("聴力右4000Hz", "40dB", "h4r=40"),
        ("聴力右4000Hz", "所見なし", "h4r=ok"),
        ("聴力右4000Hz", "2 所見あり", "h4r=!"),
        ("聴力右4000Hz", "1", "h4r=?code"),
        ("9D100163600000011", "1", "h4l=!"),
        ("9D100163600000011", "2", "h4l=ok"),
        ("9D100163500000011", "2", "h4r=?which"),
        ("9D100163200000011聴力(右、4000Hz)", "1", "h4r=!"),
        ("9D100163200000011 聴力（左、１０００Ｈｚ）", "2", "h1l=ok"),
        ("9D100163500000011 聴力(左、1000Hz)", "2", "h1l=ok"),
        ("9D100163500000011 聴力(右、1000Hz)", "2", "h4r=?which"),
        ("9D100163600000011 聴力(右、4000Hz)", "2", "h4l=?which"),
        ("9D100163600000011 聴力(左、4000Hz)#2", "2", "h4l=ok"),
    ]);
}

#[test]
fn findings_of_pictures_and_curves() {
    are(&[
        ("9N206160700000011", "3", "cxr=x"),
        ("9N206160700000011", "4", "cxr=?code"),
        ("9A110160700000011", "3", "ecg=?code"),
        ("胸部X線", "異常なし", "cxr=ok"),
        ("胸部X線", "陳旧性炎症像", "cxr=="),
        ("胸部X線", "1", "cxr=?code"),
        ("胸部X線", "1：異常なし", "cxr=ok"),
        ("胸部X線", "A.所見なし", "cxr=ok"),
        ("胸部X線", "右上肺野に結節影、その他異常なし", "cxr=="),
        ("胸部X線", "肺がん疑い。前回異常なし", "cxr=="),
        ("安静時心電図", "心房細動 ほか所見なし", "ecg=="),
        ("安静時心電図", "陳旧性所見なし", "ecg=="),
        ("胸部X線", "3", "cxr=?code"),
    ]);
}

#[test]
fn codes_and_words_of_the_form() {
    are(&[
        ("業務歴", "溶接 10年", "whx=="),
        ("3C020000002327101 血清クレアチニン", "0.9", "ua=?which"),
        ("9N501000000000011", "2", "mets=="),
        ("9N501000000000011", "7", "mets=?code"),
        ("9N506000000000011", "1", "hgl=="),
        ("9N021000000000001", "85.3", "vfa=85.3"),
        ("9N516000000000049", "見本 花子", "doc=="),
        ("9N701000000000011", "1", "mdp=y"),
    ]);
}

#[test]
fn a_code_is_told_by_its_word_and_an_unreadable_picture_is_not_examined() {
    let shown = |heading: &str, text: &str| match read(Catalogue::built_in().column(heading).unwrap(), text, true) {
        Reading::Cells(cells) => cells[0].shown(),
        Reading::Empty => String::new(),
    };
    assert_eq!(shown("9N501000000000011", "1"), "基準該当（1）");
    assert_eq!(shown("9N501000000000011", "4"), "判定不能（4）");
    assert_eq!(shown("9N506000000000011", "2"), "動機付け（2）");
    assert_eq!(shown("9N206160700000011", "3"), "判定不能（3）");
    assert_eq!(shown("9N206160700000011", "1"), "所見あり");
    assert_eq!(shown("9N206160700000011", "2"), "所見なし");
}

#[test]
fn the_text_stays_beside_the_value() {
    let Reading::Cells(cells) = read(Column::One(Item::RedCells), " 4.50 ", false) else { panic!() };
    assert_eq!((cells[0].text.as_str(), cells[0].value.code().as_str()), ("4.50", "450"));
}

#[test]
fn how_a_waist_was_measured_stands_beside_it() {
    let shown = |heading: &str, text: &str| {
        let found = crate::domain::checkup::heading(heading).unwrap();
        let Reading::Cells(cells) = read_as(found.column, text, found.manner) else { panic!() };
        cells[0].shown()
    };
    assert_eq!(shown("腹囲(実測)", "85.0"), "85.0（実測）");
    assert_eq!(shown("9N016160200000001", "85.0"), "85.0（自己測定）");
    assert_eq!(shown("腹囲（自己申告）", "未実施"), "未実施");
    assert_eq!(shown("腹囲", "85.0"), "85.0");
}

#[test]
fn every_stored_code_reads_back() {
    let values = [
        "152", "<10", "<=10", ">=500", ">500", "-", "+-", "1+", "4+", "!", "ok", "y", "n", "=", "x", "?unit",
        "?columns",
    ];
    for code in values {
        assert_eq!(Value::of_code(code).unwrap().code(), code);
    }
    assert_eq!(Value::of_code("?twice"), Some(Value::Doubtful(Doubt::Columns)), "as it was stored before");
    for code in ["", "9+", "0+", "?", "?nothing", "1.", "<", "abc"] {
        assert_eq!(Value::of_code(code), None, "{code}");
    }
}

fn columns() -> impl Strategy<Value = Column> {
    let items = proptest::sample::select(Item::ALL);
    let firsts: Vec<Item> = Item::ALL.iter().copied().filter(|item| item.left_of_pair().is_some()).collect();
    prop_oneof![items.prop_map(Column::One), proptest::sample::select(firsts).prop_map(Column::Pair)]
}

proptest! {
    #[test]
    fn any_text_gives_cells_that_can_be_stored(column in columns(), text in "\\PC{0,24}", is_coded: bool) {
        if let Reading::Cells(cells) = read(column, &text, is_coded) {
            prop_assert!(!cells.is_empty());
            let kept = Cells::new(cells);
            prop_assert_eq!(Cells::unpack(kept.pack()), Some(kept));
        }
        let _ = Judgement::read(&text);
    }

    #[test]
    fn a_pair_of_numbers_reads_as_it_was_written(high in 60_u16..250, low in 30_u16..150, wide: bool) {
        let text = if wide { format!("{high}／{low}") } else { format!("{high}/{low}") };
        let expected = if high > low { format!("sbp={high} dbp={low}") } else { "sbp=?pair".to_owned() };
        prop_assert_eq!(told("血圧", &text), expected);
    }

    #[test]
    fn both_units_of_red_cells_mean_the_same(hundredths in 150_i64..900) {
        let millions = Decimal::new(hundredths, 2).to_string();
        prop_assert_eq!(told("赤血球数", &millions), told("赤血球数", &hundredths.to_string()));
    }
}

#[test]
fn white_space_between_digits_is_no_number() {
    let code = |item, text: &str| match read(Column::One(item), text, false) {
        Reading::Cells(cells) => cells[0].value.code(),
        Reading::Empty => String::new(),
    };
    for text in ["22\n25", "98 2", "12　1", "1 234"] {
        assert_eq!(code(Item::Ast, text), "?words", "{text}");
    }
    for (text, value) in [(" 22 ", "22"), ("22 U/L", "22"), ("* 22 H", "22"), ("10 未満", "<10")] {
        assert_eq!(code(Item::Ast, text), value, "{text}");
    }
    assert_eq!(code(Item::Hearing1000Right, "3 0"), "?words");
    let pair = |text: &str| match read(Column::Pair(Item::Systolic), text, false) {
        Reading::Cells(cells) => cells.iter().map(|cell| cell.value.code()).collect::<Vec<_>>(),
        Reading::Empty => Vec::new(),
    };
    assert_eq!((pair("142 / 90"), pair("14 2/90")), (vec!["142".into(), "90".into()], vec!["?pair".into()]));
}

#[test]
fn words_for_what_was_not_done_are_no_finding() {
    let code = |item, text: &str| match read(Column::One(item), text, false) {
        Reading::Cells(cells) => cells[0].value.code(),
        Reading::Empty => String::new(),
    };
    let undone = [
        "拒否",
        "読影不能",
        "撮影せず",
        "受診せず",
        "未施行",
        "妊娠中のため省略",
        "機器故障により未実施",
        "本人希望で省略",
    ];
    for (item, text) in
        undone.iter().flat_map(|text| [(Item::ChestXray, *text), (Item::Ecg, *text), (Item::Ast, *text)])
    {
        assert_eq!(code(item, text), "x", "{text}");
    }
    for text in ["再撮影", "妊娠中", "結節影あり、CT未実施", "左肺尖部読影不能"] {
        assert_eq!(code(Item::ChestXray, text), "?words", "{text}");
    }
    assert_eq!(code(Item::ChestXray, "陳旧性炎症像"), "=");
}

#[test]
fn a_bare_number_of_the_meal_is_a_question() {
    let meal = |text: &str, unit| {
        let manner = Manner { unit, ..Manner::default() };
        match read_as(Column::One(Item::Meal), text, manner) {
            Reading::Cells(cells) => cells[0].value.code(),
            Reading::Empty => String::new(),
        }
    };
    for text in ["2", "3", "4", "10", "9:30", "朝"] {
        assert_eq!(meal(text, Said::Nothing), "?meal", "{text}");
    }
    let hours =
        [("12時間", "12"), ("10時間以上", ">=10"), ("食後3.5時間未満", "<3.5"), ("食後 2 h", "2"), ("空腹", ">=10.0")];
    for (text, value) in hours {
        assert_eq!(meal(text, Said::Nothing), value, "{text}");
    }
    assert_eq!(meal("12", Said::Power(0)), "12", "the heading says that it is hours");
    assert_eq!(typed(Item::Meal, "１２").unwrap().value.code(), "12", "so does the form");
}

#[test]
fn a_mark_alone_is_no_finding_in_words() {
    for text in ["A", "D2", "○", "×", "△", "レ", "+"] {
        assert_eq!(
            (told("胸部X線", text), told("心電図", text)),
            ("cxr=?words".to_owned(), "ecg=?words".to_owned()),
            "{text}"
        );
    }
    for (text, value) in
        [("無所見", "ok"), ("有所見", "!"), ("正常洞調律", "ok"), ("(+)", "!"), ("AF", "="), ("影", "=")]
    {
        assert_eq!(told("心電図", text), format!("ecg={value}"), "{text}");
    }
    assert_eq!(
        (told("服薬(高血圧)", "1"), told("服薬(高血圧)", "服用中")),
        ("mdp=?code".to_owned(), "mdp=y".to_owned())
    );
}
