//! Sheets of the stress check: a company's worth in a blink.

use std::hint::black_box;
use std::time::Instant;

use junkai::domain::worker::Sex;
use junkai::scales::stress::criteria::examples;
use junkai::scales::stress::{Questionnaire, Sheet, judge};

use crate::figure::Figure;

const SHEETS: usize = 1_000_000;

/// Reads, scores and judges a million sheets by both methods, one thread.
pub fn stress() -> Vec<Figure> {
    let questionnaire = Questionnaire::built_in().unwrap();
    let lines: Vec<String> = (0..1_000usize).map(line).collect();
    let start = Instant::now();
    for number in 0..SHEETS {
        let sex = if number % 2 == 0 { Sex::Male } else { Sex::Female };
        let sheet = Sheet::parse(questionnaire, &lines[number % lines.len()]).unwrap();
        let score = questionnaire.score(&sheet, sex);
        examples().unwrap().iter().for_each(|example| {
            black_box(judge(&example.criteria, sheet.form(), sex, &score));
        });
        black_box(&score);
    }
    let seconds = start.elapsed().as_secs_f64();
    vec![Figure::one("1,000,000 sheets read, scored, judged", "s", seconds).under(3.0).noting("one thread")]
}

fn line(seed: usize) -> String {
    let code = |place: usize| char::from(b'1' + u8::try_from((seed * 31 + place * place * 7 + seed / 3) % 4).unwrap());
    (0..57).map(code).collect()
}
