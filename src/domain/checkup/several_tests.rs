//! The sheet's own examples, and any number of cells.

use proptest::prelude::*;

use super::*;
use crate::domain::checkup::{Cells, Reading, heading, read};

/// What columns of these headings and cells give for the item.
fn told(item: Item, columns: &[(&str, &str)]) -> Cell {
    let mut found = Vec::new();
    for (column, (name, text)) in columns.iter().enumerate() {
        let heading = heading(name).unwrap();
        if let Reading::Cells(cells) = read(heading.column, text, heading.manner.is_coded) {
            let cells = cells.into_iter().filter(|cell| cell.item == item);
            found.extend(cells.map(|cell| Told { cell, which: heading.manner.which, column }));
        }
    }
    let headed =
        |column: usize| Some(columns[column].0.to_owned()).filter(|name| !Catalogue::built_in().is_coded(name));
    settle(found, &headed).unwrap()
}

fn code(item: Item, columns: &[(&str, &str)]) -> String {
    told(item, columns).value.code()
}

#[test]
fn of_several_readings_the_representative_counts_then_the_mean_then_the_first() {
    let (first, second, other) = ("9A751000000000001", "9A752000000000001", "9A755000000000001");
    let all = told(Item::Systolic, &[(first, "152"), (second, "130"), (other, "128")]);
    assert_eq!((all.shown().as_str(), all.text.as_str()), ("128", "1回目 152、2回目 130、その他 128"));
    assert_eq!(readings(&all), [(Which::First, "152"), (Which::Second, "130"), (Which::Representative, "128")]);
    let two = told(Item::Systolic, &[(second, "130"), (first, "152")]);
    assert_eq!((two.shown().as_str(), two.text.as_str()), ("141", "1回目 152、2回目 130"));
    assert_eq!(code(Item::Systolic, &[(first, "153"), (second, "130")]), "141.5");
    assert_eq!(code(Item::Systolic, &[(first, "152"), (second, "未実施")]), "152");
    assert_eq!(code(Item::Systolic, &[(other, "未実施"), (first, "152"), (second, "130")]), "141");
    assert_eq!(code(Item::Systolic, &[(first, "152"), (second, "測れず")]), "?columns");
    assert_eq!(told(Item::Systolic, &[(first, "152")]).text, "152", "one reading stays as it came");
}

#[test]
fn columns_of_a_clinic_follow_the_same_rule() {
    let columns = [("収縮期血圧(1回目)", "152"), ("収縮期血圧(2回目)", "130"), ("収縮期血圧(その他)", "")];
    assert_eq!(code(Item::Systolic, &columns), "141");
    let columns = [("収縮期血圧(1回目)", "152"), ("収縮期血圧(2回目)", "130"), ("収縮期血圧(その他)", "128")];
    assert_eq!(code(Item::Systolic, &columns), "128");
    assert_eq!(code(Item::Systolic, &[("収縮期血圧", "152"), ("収縮期血圧(2回目)", "130")]), "141");
    let pairs = [("血圧(1回目)", "152/96"), ("血圧(2回目)", "130/84")];
    assert_eq!((code(Item::Systolic, &pairs), code(Item::Diastolic, &pairs)), ("141".into(), "90".into()));
}

#[test]
fn words_are_kept_beside_the_flag_and_what_contradicts_is_a_doubt() {
    let (flag, words) = ("9N206160700000011", "9N206160800000049");
    let xray = |flagged: &str, said: &str| {
        let cell = told(Item::ChestXray, &[(flag, flagged), (words, said)]);
        (cell.value.code(), cell.text)
    };
    let of = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    assert_eq!(xray("1", "陳旧性炎症像"), of("!", "陳旧性炎症像"));
    assert_eq!(xray("2", "陳旧性炎症像"), of("?flag", "所見なし（2）／陳旧性炎症像"));
    assert_eq!(xray("2", "特記すべきことなし"), of("ok", "特記すべきことなし"));
    assert_eq!(xray("1", "異常なし"), of("?flag", "所見あり（1）／異常なし"));
    assert_eq!(xray("3", "呼吸停止不良"), of("x", "判定不能（3）／呼吸停止不良"));
    assert_eq!(xray("", "陳旧性炎症像"), of("=", "陳旧性炎症像"));
    assert_eq!(xray("2", ""), of("ok", "2"));
    assert_eq!(code(Item::WorkHistory, &[("業務歴", "溶接"), ("職歴", "塗装")]), "?columns", "no words are dropped");
    let clinic = told(Item::ChestXray, &[("胸部X線所見", "結節影"), ("胸部X線", "異常なし")]);
    assert_eq!((clinic.value.code(), clinic.text), of("?flag", "結節影／異常なし"));
}

#[test]
fn the_words_of_numbered_columns_are_one_finding() {
    let numbered = |texts: [&str; 3]| {
        let names = ["心電図所見1", "心電図所見2", "心電図所見3"];
        let columns: Vec<(&str, &str)> = names.into_iter().zip(texts).collect();
        let cell = told(Item::Ecg, &columns);
        (cell.value.code(), cell.text)
    };
    let of = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    assert_eq!(numbered(["左室肥大", "ST低下", "右脚ブロック"]), of("=", "左室肥大／ST低下／右脚ブロック"));
    assert_eq!(numbered(["左室肥大", "", ""]), of("=", "左室肥大"));
    assert_eq!(numbered(["左室肥大", "-", "ー"]), of("=", "左室肥大"));
    assert_eq!(numbered(["異常なし", "", ""]), of("ok", "異常なし"));
    assert_eq!(numbered(["異常なし", "左室肥大", "ST低下"]), of("?flag", "異常なし／左室肥大／ST低下"));
    let xray = told(Item::ChestXray, &[("胸部X線所見", "異常なし"), ("胸部X線所見2", "右肺結節影")]);
    assert_eq!((xray.value.code(), xray.text), of("?flag", "異常なし／右肺結節影"));
}

#[test]
fn one_code_with_two_values_is_never_silently_the_first() {
    let code = "2A030000001930101";
    let cell = told(Item::Haemoglobin, &[(code, "6.1"), ("2A030000001930101#2", "11.0")]);
    assert_eq!((cell.value, cell.text.as_str()), (Value::Doubtful(Doubt::Columns), "6.1／11.0"));
    assert_eq!(told(Item::Haemoglobin, &[(code, "11.0"), ("2A030000001930101#2", "11")]).shown(), "11.0");
    let methods = [("3F077000002327101", "120"), ("3F077000002391901", "131")];
    assert_eq!(told(Item::Ldl, &methods).value, Value::Doubtful(Doubt::Columns), "two methods that differ");
    let waist = [("9N016160100000001", "84.0"), ("9N016160300000001", "82")];
    assert_eq!(told(Item::Waist, &waist).shown(), "84.0", "measured goes before reported");
    let again = [("9N016160100000001", "84.0"), ("9N016160100000001#2", "82")];
    assert_eq!(told(Item::Waist, &again).value, Value::Doubtful(Doubt::Columns));
}

proptest! {
    #[test]
    fn any_cells_become_one_that_can_be_stored(
        item in proptest::sample::select(Item::ALL),
        texts in proptest::collection::vec(("\\PC{0,12}", any::<bool>(), 0_usize..4), 1..5),
    ) {
        let one = |(text, is_coded, turn): &(String, bool, usize)| {
            let (which, is_coded) = (READINGS.get(*turn).copied().unwrap_or_default(), *is_coded);
            let told = |cell| Told { cell, which, column: *turn };
            match read(crate::domain::checkup::Column::One(item), text, is_coded) {
                // A label in a cell may name another item; here all are told of one.
                Reading::Cells(cells) => cells.into_iter().filter(|cell| cell.item == item).map(told).collect(),
                Reading::Empty => Vec::new(),
            }
        };
        let told: Vec<Told> = texts.iter().flat_map(one).collect();
        let count = told.len();
        let settled = settle(told, &|column| Some(column.to_string()));
        prop_assert_eq!(settled.is_some(), count > 0);
        let kept = Cells::new(settled.into_iter().collect());
        prop_assert_eq!(Cells::unpack(kept.pack()), Some(kept));
    }
}
