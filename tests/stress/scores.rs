//! `junkai stress score` against the worked examples; the library against the naive implementation.

use junkai::domain::stress::{Form, Method};
use junkai::domain::worker::Sex;
use junkai::scales::stress::criteria::examples;
use junkai::scales::stress::risk::{ChartSums, sets};
use junkai::scales::stress::{Judgement, Parts, Questionnaire, Score, Sheet, judge};
use serde_json::{Value, json};

use super::naive::{Naive, Outcome};
use crate::scratch::Scratch;

fn worked() -> Value {
    serde_json::from_str(include_str!("bjsq57-examples.json")).unwrap()
}

/// Runs the real program over lines and gives its objects.
fn scored(lines: &[String]) -> Vec<Value> {
    let scratch = Scratch::empty();
    let file = scratch.path("sheets.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let mut command = scratch.command(env!("CARGO_BIN_EXE_junkai"));
    command.args(["stress", "score"]).arg(&file);
    crate::scratch::Answer::from(command.output().unwrap()).with_code(0).objects()
}

fn sex(example: &Value) -> &'static str {
    if example["sex"] == "male" { "M" } else { "F" }
}

/// The same thing as the example says it: one object by scale.
fn by_scale(answer: &Value, member: &str) -> Value {
    let one = |scale: &Value| (scale["id"].as_str().unwrap().to_owned(), scale[member].clone());
    answer["scales"].as_array().unwrap().iter().map(one).collect::<serde_json::Map<_, _>>().into()
}

#[track_caller]
fn same_method(id: &str, found: &Value, wanted: &Value) {
    if wanted.is_null() {
        return assert!(found["withheld"].is_string(), "{id}: {found}");
    }
    for member in ["A", "B", "C", "A_plus_C", "criterion_a", "criterion_b", "high_stress"] {
        assert_eq!(found[member], wanted[member], "{id} {member}");
    }
}

#[test]
fn the_program_reproduces_every_worked_sheet() {
    let worked = worked();
    let examples = worked["individual_57"].as_array().unwrap();
    assert_eq!(examples.len(), 36);
    let line = |e: &Value| json!({ "sex": sex(e), "answers": e["answers"] }).to_string();
    let answers = scored(&examples.iter().map(line).collect::<Vec<_>>());
    for (example, answer) in examples.iter().zip(&answers) {
        let (id, wanted) = (example["id"].as_str().unwrap(), &example["expected"]);
        assert_eq!(answer["missing"], wanted["missing"], "{id}");
        assert_eq!(answer["sums"], wanted["domain_sums_method1"], "{id}");
        assert_eq!(by_scale(answer, "raw"), wanted["scale_raw"], "{id}");
        assert_eq!(by_scale(answer, "column"), wanted["scale_column"], "{id}");
        assert_eq!(by_scale(answer, "point"), wanted["scale_point"], "{id}");
        same_method(id, &answer["method1"], &wanted["method1"]);
        same_method(id, &answer["method2"], &wanted["method2"]);
    }
}

#[test]
fn the_program_reproduces_the_short_form_and_offers_no_points_for_it() {
    let worked = worked();
    let examples = worked["individual_23_method1"].as_array().unwrap();
    let line = |e: &Value| json!({ "sex": "M", "answers": e["answers_23"] }).to_string();
    for (example, answer) in examples.iter().zip(scored(&examples.iter().map(line).collect::<Vec<_>>())) {
        let id = example["id"].as_str().unwrap();
        same_method(id, &answer["method1"], &example["expected"]);
        same_method(id, &answer["method2"], &Value::Null);
        assert_eq!(answer["form"], 23);
    }
}

#[test]
fn columns_characters_and_json_read_alike_and_a_bad_line_spoils_no_other() {
    let text = "112331443323243341112334443344433222234342333343343443322";
    let cells: Vec<String> = text.chars().map(String::from).collect();
    let lines = [
        json!({ "sex": "M", "answers": text }).to_string(),
        json!({ "sex": "M", "answers": text.chars().map(|c| c.to_digit(10)).collect::<Vec<_>>() }).to_string(),
        format!("M,{text}"),
        format!("M,{}", cells.join(",")),
        format!("男,{}", text.replace('1', "１")),
    ];
    let answers = scored(&lines);
    for answer in &answers {
        assert_eq!(answer["method2"]["B"], 7);
        assert_eq!(answer["scales"], answers[0]["scales"]);
    }
    let scratch = Scratch::empty();
    let mut command = scratch.command(env!("CARGO_BIN_EXE_junkai"));
    let file = scratch.path("bad.txt");
    std::fs::write(&file, format!("{text}\n0{}\n{}\nX,{text}\n", &text[1..], &text[1..])).unwrap();
    let answer = crate::scratch::Answer::from(command.args(["stress", "score"]).arg(&file).output().unwrap());
    let objects = answer.with_code(1).objects();
    assert_eq!(objects[0]["method1"]["high_stress"], true, "no sex is needed for method 1");
    assert!(objects[0]["method2"]["withheld"].is_string(), "and without it there is no method 2");
    let said: Vec<&str> = objects[1..].iter().map(|object| object["error"].as_str().unwrap()).collect();
    assert!(said[0].contains("1問目") && said[1].contains("56問") && said[2].contains("性別"), "{said:?}");
}

/// xorshift64*: the same sheets every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % sides
    }

    /// Every fourth sheet has a missing answer here and there.
    fn sheet(&mut self) -> Vec<i64> {
        let has_gaps = self.roll(4) == 0;
        let mut one = || if has_gaps && self.roll(30) == 0 { 0 } else { self.roll(4) as i64 + 1 };
        (0..57).map(|_| one()).collect()
    }
}

fn outcome(score: &Score, sheet: &Sheet, sex: Sex) -> Outcome {
    let wide = |value: Option<u8>| value.map(i64::from);
    let list = |parts: Parts| [parts.causes, parts.symptoms, parts.support].map(|sum| sum.map(i64::from));
    let held = |method: Method| {
        let fits = |e: &&junkai::scales::stress::criteria::Example| {
            e.criteria.method == method && e.criteria.form == Form::Full
        };
        let criteria = &examples().unwrap().iter().find(fits).unwrap().criteria;
        match judge(criteria, sheet.form(), sex, score) {
            Judgement::High { by_symptoms, by_causes } => Some((by_symptoms, by_causes)),
            Judgement::Below => Some((false, false)),
            Judgement::Withheld(_) => None,
        }
    };
    Outcome {
        scales: score.scales.iter().map(|s| (wide(s.raw), wide(s.column), wide(s.point))).collect(),
        sums: list(score.sums),
        points: list(score.points),
        first: held(Method::Sums),
        second: held(Method::Points),
    }
}

#[test]
fn a_second_implementation_agrees_on_a_hundred_thousand_sheets() {
    let (questionnaire, naive, mut dice) = (Questionnaire::built_in().unwrap(), Naive::new(), Dice(20_261_122));
    for _ in 0..100_000 {
        let answers = dice.sheet();
        let (sex, column) = match dice.roll(10) {
            0 => (Sex::Unknown, None),
            odd if odd % 2 == 1 => (Sex::Male, Some(0)),
            _ => (Sex::Female, Some(1)),
        };
        let text: String = answers.iter().map(|a| if *a == 0 { '-' } else { char::from(b'0' + *a as u8) }).collect();
        let sheet = Sheet::parse(questionnaire, &text).unwrap();
        let found = outcome(&questionnaire.score(&sheet, sex), &sheet, sex);
        assert_eq!(found, naive.score(&answers, column), "{text} {sex:?}");
        assert_eq!(sheet.text(questionnaire), text);
    }
}

#[test]
fn the_risks_of_the_worked_groups() {
    let worked = worked();
    for example in worked["hantei_zu_health_risk"]["examples"].as_array().unwrap() {
        let means = ["quantitative_demand", "control", "supervisor_support", "coworker_support"];
        let tenths = means.map(|name| (example["means"][name].as_f64().unwrap() * 10.0).round() as i64);
        let group = ChartSums { people: 10, sums: tenths };
        let sex = if example["sex"] == "male" { Sex::Male } else { Sex::Female };
        for (set, wanted) in sets().unwrap().iter().zip(["expected_set_A", "expected_set_B"]) {
            let Some(total) = example[wanted]["total"].as_f64() else {
                assert!(set.risk(&group, sex).is_none(), "{example}");
                continue;
            };
            let risk = set.risk(&group, sex).unwrap();
            let near = |found: f64, name: &str| {
                let wanted = example[wanted][name].as_f64().unwrap();
                assert!((found - wanted).abs() < 0.001, "{}: {found} {wanted}", example["id"]);
            };
            near(risk.demand_control, "risk_a");
            near(risk.support, "risk_b");
            assert!((risk.total - total).abs() < 0.001);
        }
    }
}
