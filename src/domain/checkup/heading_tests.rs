//! Headings as clinics write them, near misses, and any heading of the catalogue in any dress.

use proptest::prelude::*;

use super::*;

/// `code`, its unit and which reading, of one heading.
fn told(text: &str) -> String {
    let Some(found) = heading(text) else { return String::new() };
    let unit = match found.manner.unit {
        Said::Nothing => String::new(),
        Said::Power(power) => format!(" 10^{power}"),
        Said::Unknown => " ?".to_owned(),
    };
    let kind = if matches!(found.column, Column::Pair(_)) { "pair " } else { "" };
    format!("{kind}{}{unit} {}", found.column.item().code(), found.manner.which.label()).trim_end().to_owned()
}

#[test]
fn the_words_that_ship_are_read() {
    let words = Words::parse(BUILT_IN).unwrap();
    assert_eq!(words.codes.len(), 9);
    // A name without its brackets must not be another item's name.
    for (name, pieces) in &words.pieces {
        assert!(pieces.iter().filter(|piece| matches!(piece, Piece::Name(_))).count() <= 1, "{name}");
    }
}

/// Every heading is the item that stands beside it, to its last character.
fn are(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

/// None of these is a heading of any item.
fn are_unknown(cases: &[&str]) {
    for text in cases {
        assert_eq!(told(text), "", "{text}");
    }
}

#[test]
fn headings_of_blood_cells_and_their_units() {
    are(&[
        ("Hb", "hb"),
        ("赤血球数(×10^4/μL)", "rbc 10^0"),
        ("赤血球数（10⁴/µL）", "rbc 10^0"),
        ("赤血球数(10^6/μL)", "rbc 10^2"),
        ("赤血球数（/mm3）", "rbc 10^-4"),
        ("血小板数(千/μL)", "plt 10^-1"),
        ("血小板数(10^9/L)", "plt 10^-1"),
        ("白血球数(百/μL)", "wbc 10^-1"),
        ("ヘモグロビン(g/L)", "hb 10^-1"),
        ("ヘモグロビン（ｇ／ｄＬ）", "hb 10^0"),
        ("ヘモグロビン(mmol/L)", "hb ?"),
    ]);
}

#[test]
fn headings_of_sugar_and_its_sample() {
    are(&[
        ("HbA1c(NGSP)%", "a1c 10^0"),
        ("ヘモグロビンA1c(NGSP)", "a1c"),
        ("ﾍﾓｸﾞﾛﾋﾞﾝA1c", "a1c"),
        ("HbA1c値", "a1c"),
        ("Hb-A1c", "a1c"),
        ("HbA1c（ＪＤＳ）％", "a1j 10^0"),
        ("HbA1c値(JDS)", "a1j"),
        ("HbA1c(mmol/mol)", "a1c ?"),
        ("血糖(FBS)", "fpg"),
        ("血糖（随時）", "cpg"),
        ("空腹時血糖(GLU)", "fpg"),
        ("A1c", "a1c"),
        ("A1C(NGSP)", "a1c"),
    ]);
}

#[test]
fn headings_of_lipids() {
    are(&[
        ("中性脂肪(TG)", "tg"),
        ("中性脂肪（空腹時）(mg/dL)", "tgf 10^0"),
        ("LDLコレステロール(直接法)", "ldl"),
        ("LDL-C（F式）", "ldl"),
        ("non-HDLコレステロール値", "nhdl"),
        ("総コレステロール(T-Cho)", "tc"),
    ]);
}

#[test]
fn headings_of_liver_and_kidney() {
    are(&[
        ("クレアチニン(Cr)", "cr"),
        ("血清クレアチニン（ｍｇ／ｄｌ）", "cr 10^0"),
        ("クレアチニン(μmol/L)", "cr ?"),
        ("尿酸(UA)", "ua"),
        ("eGFR(mL/min/1.73㎡)", "egfr 10^0"),
        ("AST/GOT(U/L)", "ast 10^0"),
        ("γ-GT|γ-GTP|GGT", "ggt"),
        ("γーGTP", "ggt"),
    ]);
}

#[test]
fn headings_of_blood_pressure_and_its_readings() {
    are(&[
        ("収縮期血圧", "sbp"),
        ("収縮期血圧(1回目)", "sbp 1回目"),
        ("収縮期血圧(2回目)", "sbp 2回目"),
        ("拡張期血圧（その他）", "dbp 代表値"),
        ("血圧（２回目）", "pair sbp 2回目"),
        ("9A752000000000001", "sbp 2回目"),
        ("血圧", "pair sbp"),
        ("血圧1回目(最高)", "sbp 1回目"),
        ("血圧1回目(最低)", "dbp 1回目"),
        ("血圧(1回目)最高", "sbp 1回目"),
        ("血圧1(最高)", "sbp 1回目"),
        ("血圧２回目（収縮期）", "sbp 2回目"),
        ("血圧2(拡張期)mmHg", "dbp 10^0 2回目"),
        ("最高血圧①", "sbp 1回目"),
        ("血圧H", "sbp"),
        ("血圧L", "dbp"),
        ("血圧(H/L)", "pair sbp"),
        ("血圧1回目(H/L)", "pair sbp 1回目"),
        ("最大血圧", "sbp"),
        ("最小血圧", "dbp"),
        ("SBP", "sbp"),
        ("DBP(mmHg)", "dbp 10^0"),
    ]);
}

#[test]
fn headings_of_urine() {
    are(&[
        ("尿蛋白(定性)", "up"),
        ("尿（糖）", "ug"),
        ("蛋白", "up"),
        ("尿中蛋白", "up"),
        ("尿潜血反応", "ub"),
        ("尿糖反応", "ug"),
    ]);
}

#[test]
fn headings_of_eyes_and_ears() {
    are(&[
        ("聴力右1000Hz所見", "h1r"),
        ("聴力 左 4000Hz (dB)", "h4l 10^0"),
        ("右裸眼", "vr"),
        ("左矯正", "vlc"),
        ("遠方視力右", "vr"),
        ("裸眼視力（左眼）", "vl"),
        ("矯正視力（右眼）", "vrc"),
        ("聴力右1kHz", "h1r"),
        ("聴力4kHz左(dB)", "h4l 10^0"),
        ("聴力検査(1000Hz右)", "h1r"),
        ("オージオ左4000", "h4l"),
    ]);
}

#[test]
fn headings_of_body() {
    are(&[
        ("BMI(kg/m2)", "bmi 10^0"),
        ("BMI（kg/㎡）", "bmi 10^0"),
        ("腹囲(実測)", "wc 実測"),
        ("腹囲（自己申告）cm", "wc 10^0 自己申告"),
        ("9N016160200000001", "wc 自己測定"),
        ("内臓脂肪面積", "vfa"),
        ("内臓脂肪面積（c㎡）", "vfa 10^0"),
    ]);
}

#[test]
fn headings_of_findings_answers_and_words() {
    are(&[
        ("胸部X線検査所見", "cxr"),
        ("胸部Ｘ線（直接）", "cxr"),
        ("服薬(高血圧)", "mdp"),
        ("血圧を下げる薬", "mdp"),
        ("服薬（糖尿病）", "mdg"),
        ("胸部X線所見1", "cxr"),
        ("胸部X線所見(2)", "cxr"),
        ("心電図所見３", "ecg"),
        ("既往歴②", "his"),
        ("業務歴", "whx"),
        ("既往歴の有無", "his"),
        ("健診医師名", "doc"),
        ("健康診断を実施した医師の氏名", "doc"),
        ("医師の意見", "opn"),
        ("意見を述べた医師", "opd"),
        ("意見を述べた医師の氏名", "opd"),
    ]);
}

#[test]
fn tests_of_blood_that_nobody_knows_stay_unknown() {
    are_unknown(&[
        "Hb電気泳動",
        "HbF",
        "HBs抗原",
        "LDL/HDL比",
        "LDL/HDL",
        "TC/HDL比",
        "クレアチニンクリアランス",
        "アルブミン(mg/gCr)",
        "アルブミン/グロブリン",
        "A/G比",
        "CRP",
        "TPHA",
        "HCV抗体",
        "赤血球沈降速度",
        "白血球分類",
        "前回血糖",
        "血糖(前回)",
        "血糖(不明)",
        "血糖(HbA1c)",
        "総ビリルビン",
        "HbA1c(IFCC)",
        "HbA1c(NGSP)(JDS)",
    ]);
}

#[test]
fn tests_of_urine_that_nobody_knows_stay_unknown() {
    are_unknown(&[
        "尿酸/クレアチニン比",
        "尿中クレアチニン",
        "クレアチニン（尿）",
        "尿アルブミン",
        "尿蛋白定量",
        "尿沈渣赤血球",
        "白血球(尿沈渣)",
        "潜血",
        "便潜血反応",
        "総蛋白反応",
        "尿蛋白1",
        "リポ蛋白(a)",
        "蛋白分画",
        "尿糖(空腹時)",
    ]);
}

#[test]
fn other_values_of_the_body_stay_unknown() {
    are_unknown(&[
        "体重(20歳)",
        "喫煙本数",
        "血圧所見",
        "腹囲（2回目）",
        "収縮期血圧(3回目)",
        "血圧・脈拍",
        "高血圧",
        "低血圧",
        "血圧(最高)(最低)",
        "収縮期血圧(最低)",
        "視力右(左)",
        "右",
        "1000Hz",
        "聴力",
        "聴力右",
        "心電図所見10",
    ]);
}

#[test]
fn words_that_name_no_item_stay_unknown() {
    are_unknown(&["糖", "検査", "値", "%", "/", ""]);
}

#[test]
fn judgements_are_told_by_what_stands_before_them() {
    assert_eq!(judged("中性脂肪_判定").map(|found| found.column.item()), Some(Item::Triglyceride));
    assert_eq!(judged("HbA1c(NGSP)％の判定").map(|found| found.column.item()), Some(Item::HbA1c));
    assert_eq!(judged("9N016160100000001判定").map(|found| found.column.item()), Some(Item::Waist));
    for text in ["判定", "総合判定", "今回判定", "LDL/HDL比判定"] {
        assert_eq!(judged(text), None, "{text}");
    }
}

#[test]
fn a_column_given_by_hand_keeps_the_unit_of_its_heading() {
    let given = |text| manner(text, Column::One(Item::Haemoglobin)).unit;
    assert_eq!(given("当院の血色素［g/L］"), Said::Power(-1));
    assert_eq!(given("血小板数(千/μL)"), Said::Unknown, "a unit of something else");
    assert_eq!(given("ヘモグロビン"), Said::Nothing);
}

fn names() -> impl Strategy<Value = (String, Column)> {
    let mut all: Vec<(String, Column)> =
        Catalogue::built_in().headings().map(|(name, column)| (name.to_owned(), column)).collect();
    all.sort();
    proptest::sample::select(all)
}

/// The same item, or the one that a word of the heading makes of it.
fn is_of(found: Column, column: Column) -> bool {
    let made = |item| match item {
        Item::Glucose => vec![Item::GlucoseFasting, Item::GlucoseCasual],
        Item::Triglyceride => vec![Item::TriglycerideFasting, Item::TriglycerideCasual],
        Item::HbA1c => vec![Item::HbA1cJds],
        _ => Vec::new(),
    };
    half_of(column, found.item()) == Some(found)
        || found == column
        || made(column.item()).into_iter().any(|item| found == Column::One(item))
}

proptest! {
    #[test]
    fn no_heading_of_the_catalogue_is_another_item_in_any_dress(
        (name, column) in names(),
        open in prop::sample::select(vec!["", "(", "（", "_", "・", " ", "［"]),
        word in prop::sample::select(vec!["", "値", "検査", "所見", "定性", "空腹時", "JDS", "NGSP", "mg/dL", "%", "千/μL", "2回目", "比", "前回"]),
    ) {
        prop_assert_eq!(heading(&name).map(|found| found.column), Some(column));
        if let Some(found) = heading(&format!("{name}{open}{word}")) {
            prop_assert!(is_of(found.column, column), "{name}{open}{word}");
        }
    }

    #[test]
    fn two_names_of_different_items_are_none((one, first) in names(), (two, second) in names()) {
        // 左裸眼視力/矯正視力 is the name of a cell of both.
        let both = heading(&format!("{one}/{two}")).filter(|found| !matches!(found.column, Column::Glasses(_)));
        if let Some(found) = both {
            prop_assert!(is_of(found.column, first) || is_of(found.column, second));
            prop_assert!(first == second || is_of(second, first) || is_of(first, second), "{one}/{two}");
        }
    }

    #[test]
    fn any_text_is_a_heading_or_none(text in "\\PC{0,30}") {
        let _ = (heading(&text), judged(&text), manner(&text, Column::One(Item::RedCells)));
    }
}
