//! The questionnaire once more, as plainly as the fact sheet prints it, to compare with.

use std::collections::HashMap;

/// Id, formula over the answers as printed, direction, columns of men, columns of women ("=" the same).
const SCALES: &str = "\
A_QUANT   15-A1-A2-A3                         neg  3-5/6-7/8-9/10-11/12        3-4/5-6/7-9/10-11/12
A_QUAL    15-A4-A5-A6                         neg  3-5/6-7/8-9/10-11/12        3-4/5-6/7-8/9-10/11-12
A_PHYS    5-A7                                neg  x/1/2/3/4                   =
A_INTER   10-A12-A13+A14                      neg  3/4-5/6-7/8-9/10-12         =
A_ENV     5-A15                               neg  x/1/2/3/4                   1/x/2/3/4
A_CONTROL 15-A8-A9-A10                        pos  3-4/5-6/7-8/9-10/11-12      3/4-5/6-8/9-10/11-12
A_SKILL   0+A11                               pos  1/2/3/4/x                   =
A_FIT     5-A16                               pos  1/2/3/x/4                   =
A_MEANING 5-A17                               pos  1/2/3/x/4                   =
B_VIGOR   0+B1+B2+B3                          pos  3/4-5/6-7/8-9/10-12         =
B_IRRIT   0+B4+B5+B6                          neg  3/4-5/6-7/8-9/10-12         3/4-5/6-8/9-10/11-12
B_FATIGUE 0+B7+B8+B9                          neg  3/4/5-7/8-10/11-12          3/4-5/6-8/9-11/12
B_ANX     0+B10+B11+B12                       neg  3/4/5-7/8-9/10-12           3/4/5-7/8-10/11-12
B_DEPR    0+B13+B14+B15+B16+B17+B18           neg  6/7-8/9-12/13-16/17-24      6/7-8/9-12/13-17/18-24
B_SOMA    0+B19+B20+B21+B22+B23+B24+B25+B26+B27+B28+B29 neg 11/12-15/16-21/22-26/27-44 11-13/14-17/18-23/24-29/30-44
C_BOSS    15-C1-C4-C7                         pos  3-4/5-6/7-8/9-10/11-12      3/4-5/6-7/8-10/11-12
C_COWORKER 15-C2-C5-C8                        pos  3-5/6-7/8-9/10-11/12        =
C_FAMILY  15-C3-C6-C9                         pos  3-6/7-8/9/10-11/12          =
D_SATIS   10-D1-D2                            pos  2-3/4/5-6/7/8               =";

const TURNED: &str = "A1 A2 A3 A4 A5 A6 A7 A11 A12 A13 A15 B1 B2 B3";

type Term = (i64, usize);

struct Row {
    id: &'static str,
    constant: i64,
    terms: Vec<Term>,
    is_negative: bool,
    columns: [Vec<Option<(i64, i64)>>; 2],
}

/// What one sheet comes to: raw, column and point of each scale, both sums, and both methods.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub scales: Vec<(Option<i64>, Option<i64>, Option<i64>)>,
    pub sums: [Option<i64>; 3],
    pub points: [Option<i64>; 3],
    pub first: Option<(bool, bool)>,
    pub second: Option<(bool, bool)>,
}

pub struct Naive {
    rows: Vec<Row>,
    turned: Vec<bool>,
}

fn place(id: &str) -> usize {
    let number: usize = id[1..].parse().unwrap();
    let before = HashMap::from([('A', 0), ('B', 17), ('C', 46), ('D', 55)]);
    before[&id.chars().next().unwrap()] + number - 1
}

fn formula(text: &str) -> (i64, Vec<Term>) {
    let spaced = text.replace('-', " -").replace('+', " +");
    let mut words = spaced.split_whitespace();
    let constant = words.next().unwrap().parse().unwrap();
    (constant, words.map(|word| (if word.starts_with('-') { -1 } else { 1 }, place(&word[1..]))).collect())
}

fn ranges(text: &str) -> Vec<Option<(i64, i64)>> {
    let one = |range: &str| match range.split_once('-') {
        None => range.parse().ok().map(|value| (value, value)),
        Some((low, high)) => Some((low.parse().unwrap(), high.parse().unwrap())),
    };
    text.split('/').map(one).collect()
}

impl Naive {
    pub fn new() -> Self {
        let row = |line: &'static str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let (constant, terms) = formula(words[1]);
            let women = if words[4] == "=" { words[3] } else { words[4] };
            let columns = [ranges(words[3]), ranges(women)];
            Row { id: words[0], constant, terms, is_negative: words[2] == "neg", columns }
        };
        let mut turned = vec![false; 57];
        TURNED.split(' ').for_each(|id| turned[place(id)] = true);
        Self { rows: SCALES.lines().map(row).collect(), turned }
    }

    /// Scores answers (0 is missing) of a man (0), a woman (1) or somebody whose sex is not known.
    pub fn score(&self, answers: &[i64], sex: Option<usize>) -> Outcome {
        let scales: Vec<_> = self.rows.iter().map(|row| scale(row, answers, sex)).collect();
        let sums = [0..17, 17..46, 46..55].map(|part| {
            let mut total = 0;
            for place in part {
                match answers[place] {
                    0 => return None,
                    code if self.turned[place] => total += 5 - code,
                    code => total += code,
                }
            }
            Some(total)
        });
        let points = ["A", "B", "C"].map(|part| {
            let of = self.rows.iter().zip(&scales).filter(|(row, _)| row.id.starts_with(part));
            of.map(|(_, (_, _, point))| *point).sum::<Option<i64>>()
        });
        let high = |[a, b, c]: [Option<i64>; 3]| Some((a? + c?, b?));
        let first = high(sums).map(|(ac, b)| (b >= 77, ac >= 76 && b >= 63));
        let second = high(sums).and(high(points)).map(|(ac, b)| (b <= 12, ac <= 26 && b <= 17));
        Outcome { scales, sums, points, first, second }
    }
}

fn scale(row: &Row, answers: &[i64], sex: Option<usize>) -> (Option<i64>, Option<i64>, Option<i64>) {
    if row.terms.iter().any(|(_, place)| answers[*place] == 0) {
        return (None, None, None);
    }
    let raw = row.constant + row.terms.iter().map(|(sign, place)| sign * answers[*place]).sum::<i64>();
    let Some(sex) = sex else { return (Some(raw), None, None) };
    let inside = |range: &Option<(i64, i64)>| range.is_some_and(|(low, high)| (low..=high).contains(&raw));
    let column = row.columns[sex].iter().position(inside).unwrap() as i64 + 1;
    (Some(raw), Some(column), Some(if row.is_negative { 6 - column } else { column }))
}
