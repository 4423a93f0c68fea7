//! The cases of `tests/scales`, written so that a physician can read and add them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::*;
use crate::domain::checkup::{Cell, Cells, Item, Value};
use crate::domain::worker::Sex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    table: String,
    name: String,
    sex: Option<String>,
    values: BTreeMap<String, String>,
    grades: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File<T> {
    case: Vec<T>,
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Vec<T> {
    let text = std::fs::read_to_string(path).unwrap();
    toml::from_str::<File<T>>(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())).case
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scales")
}

fn cells(values: &BTreeMap<String, String>) -> Cells {
    let cell = |(code, text): (&String, &String)| Cell {
        item: Item::of_code(code).unwrap(),
        value: Value::of_code(text).unwrap(),
        text: text.clone(),
        judgement: String::new(),
    };
    Cells::new(values.iter().map(cell).collect())
}

fn sex(case: &Case) -> Sex {
    match case.sex.as_deref() {
        Some("M") => Sex::Male,
        Some("F") => Sex::Female,
        _ => Sex::Unknown,
    }
}

#[test]
fn every_file_that_ships_is_read() {
    let tables: Vec<Table> = built_in::FILES.iter().map(|text| Table::parse(text).unwrap()).collect();
    assert_eq!(tables.len(), all().len());
    let mut ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), tables.len(), "two tables of one name");
    assert!(table(DEFAULT).is_some());
}

#[test]
fn every_case_agrees_with_its_table() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder().join("checkup")).unwrap() {
        for case in read::<Case>(&entry.unwrap().path()) {
            let table = table(&case.table).unwrap();
            let graded = grade(table, &cells(&case.values), sex(&case));
            for (code, expected) in &case.grades {
                let found = of_item(&graded, Item::of_code(code).unwrap());
                let found = found.map_or_else(|| "-".to_owned(), |grade| grade.shown(table));
                if found != *expected {
                    wrong.push(format!("{} {} {:?}: {code} {found}, not {expected}", case.table, case.name, case.sex));
                }
                seen += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 500, "only {seen} cases were found");
}

#[test]
fn every_band_of_every_table_has_a_case() {
    let cases: Vec<Case> = std::fs::read_dir(folder().join("checkup"))
        .unwrap()
        .flat_map(|entry| read::<Case>(&entry.unwrap().path()))
        .collect();
    for table in all() {
        for row in &table.rows {
            for rule in &row.rules {
                let name = &table.classes[rule.class].name;
                let code = row.items[0].code();
                let is_met = |case: &&Case| case.table == table.id && case.grades.get(code) == Some(name);
                assert!(cases.iter().any(|case| is_met(&case)), "{} {code} {name}", table.id);
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SupportCase {
    name: String,
    waist: bool,
    bmi: bool,
    pressure: bool,
    lipid: bool,
    glucose: bool,
    smokes: bool,
    treated: bool,
    age: u8,
    support: String,
}

#[test]
fn the_stratification_agrees_with_its_cases() {
    for case in read::<SupportCase>(&folder().join("support.toml")) {
        let facts = SupportFacts {
            is_waist_over: case.waist,
            is_bmi_over: case.bmi,
            has_pressure: case.pressure,
            has_lipid: case.lipid,
            has_glucose: case.glucose,
            smokes: case.smokes,
            is_treated: case.treated,
            age: case.age,
        };
        assert_eq!(support(facts).label(), case.support, "{}", case.name);
    }
}

#[test]
fn a_grade_says_its_table_its_precision_and_whether_it_was_compared() {
    let table = table("dock-2026").unwrap();
    assert_eq!(table.shown(), "日本人間ドック・予防医療学会 判定区分 2026年4月1日（未確認）");
    let values = [("bmi", "24.95"), ("hdl", "35")].map(|(code, text)| (code.to_owned(), text.to_owned()));
    let graded = grade(table, &cells(&values.into()), Sex::Unknown);
    assert_eq!(graded.iter().map(|graded| graded.places).collect::<Vec<_>>(), [Some(1), Some(0)]);
    assert_eq!(graded.iter().map(|graded| graded.grade.is_confirmed).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_table_of_the_workplace_is_read_or_refused_by_name() {
    let own = "id='own'\nedition='2026-04-01'\ntitle='当社の表'\nsource='衛生委員会'\nchecked_on='2026-04-01'\n\
        status='own'\npurpose='grade'\nis_rounded=true\n\
        classes=[{name='可',label='可',weight=0},{name='要',label='要受診',weight=3}]\n\
        [[row]]\nitems=['sbp']\nbands={ '可'='<=149', '要'='>=150' }\n";
    let table = Table::parse(own).unwrap();
    let values = [("sbp".to_owned(), "150".to_owned())];
    let graded = grade(&table, &cells(&values.clone().into()), Sex::Male);
    assert_eq!(graded[0].grade.shown(&table), "要");
    let broken = |from: &str, to: &str| Table::parse(&own.replace(from, to)).unwrap_err();
    assert_eq!(broken("['sbp']", "['bp']"), TableError::Item("bp".to_owned()));
    assert_eq!(broken("'<=149'", "'149以下'"), TableError::Band("149以下".to_owned()));
    assert_eq!(broken("'要'='>=150'", "'不'='>=150'"), TableError::Class("不".to_owned()));
    assert_eq!(broken("title=", "titel="), TableError::Shape { line: 3 });
}

proptest::proptest! {
    #[test]
    fn no_value_and_no_table_text_panics(text in "\\PC{0,40}", units in 0_i64..99_999, places in 0_u8..4) {
        let _ = Table::parse(&text);
        let value = Value::exactly(crate::domain::checkup::Decimal::new(units, places));
        let cells = Cells::new(Item::ALL.iter().map(|item| Cell {
            item: *item, value, text: String::new(), judgement: String::new(),
        }).collect());
        for table in all() {
            for graded in grade(table, &cells, Sex::Unknown) {
                proptest::prop_assert!(graded.grade.low <= graded.grade.high);
            }
        }
    }
}

#[test]
fn a_sample_too_soon_after_the_meal_has_no_settled_class() {
    let table = table("tokutei-2024").unwrap();
    let graded = |meal: &str, sugar: &str| {
        let values = BTreeMap::from([(sugar.to_owned(), "130".to_owned()), ("meal".to_owned(), meal.to_owned())]);
        let graded = grade(table, &cells(&values), Sex::Male);
        (graded[0].grade.is_confirmed, graded[0].note.contains("食後まもなく"))
    };
    assert!(graded("<3.5", "cpg").1 && !graded(">=3.5", "cpg").1);
    assert!(graded(">=3.5", "fpg").1 && !graded(">=10.0", "fpg").1);
    assert!(!graded("<3.5", "cpg").0, "shown, and marked");
}
