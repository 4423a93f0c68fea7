//! 労働者の疲労蓄積度自己診断チェックリスト, edition 2023: from the points on the paper to the score.
//!
//! The score is a talking point of the interview; it decides nothing (IV-REQ-FATIGUE).

use serde::Deserialize;

use crate::domain::interview::FatigueSheet;

/// The table of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FatigueTable {
    /// `2023`
    pub edition: String,
    /// Where the table was read.
    pub source: String,
    /// Whether it was read in full.
    pub status: super::param::Status,
    /// The points on the paper: 0, 1, 3.
    pub points: Vec<u8>,
    /// Answers of part 1, in the order of `points`.
    pub symptom_answers: Vec<String>,
    /// Items of part 1 (自覚症状).
    pub symptoms: Vec<String>,
    /// Items of part 2 (勤務の状況).
    pub work: Vec<WorkItem>,
    symptom_bands: Vec<u32>,
    work_bands: Vec<u32>,
    /// I to IV.
    pub symptom_classes: Vec<String>,
    /// A to D.
    pub work_classes: Vec<String>,
    matrix: Vec<Vec<u32>>,
    total_bands: Vec<u32>,
    total_words: Vec<String>,
}

/// One item of part 2; some have no third answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkItem {
    /// The item.
    pub title: String,
    /// Its answers, in the order of the points.
    pub answers: Vec<String>,
}

/// A string of points that cannot be read; counted from 1, as on the paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FatigueError {
    /// Not the number of items of the sheet.
    #[error(
        "{wanted}文字（自覚症状{symptoms}問、勤務の状況{work}問）のところ {found}文字です。抜けた問は - で書いてください。"
    )]
    Length {
        /// Items of both parts.
        wanted: usize,
        /// Items of part 1.
        symptoms: usize,
        /// Items of part 2.
        work: usize,
        /// Characters that came.
        found: usize,
    },
    /// Not a point of the paper; 2 is none.
    #[error("{part}の{item}問目を読めません。点は {points} のどれかです（2点はありません）。")]
    NotAPoint {
        /// 自覚症状 or 勤務の状況.
        part: &'static str,
        /// Item, from 1.
        item: usize,
        /// The points there are.
        points: String,
    },
    /// An item of part 2 that has no third answer.
    #[error("勤務の状況の{item}問目に {point}点の答えはありません。紙を確かめてください。")]
    NoSuchAnswer {
        /// Item, from 1.
        item: usize,
        /// The point that came.
        point: u8,
    },
}

/// A range that shrinks to one value when every item is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The least still possible.
    pub low: u32,
    /// The most still possible.
    pub high: u32,
}

impl Span {
    /// The value, once it is fixed.
    pub fn fixed(self) -> Option<u32> {
        (self.low == self.high).then_some(self.low)
    }
}

/// What the sheet comes to, or can still come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FatigueScore {
    /// Sum of part 1.
    pub symptoms: Span,
    /// Sum of part 2.
    pub work: Span,
    /// Class of part 1: 0 is I.
    pub symptom_class: Span,
    /// Class of part 2: 0 is A.
    pub work_class: Span,
    /// 0–7; a score only when no item is open.
    pub total: Span,
    /// Items without an answer.
    pub open: usize,
}

const OPEN: char = '-';

impl FatigueTable {
    /// Reads the worker's sheet as one string of points; `-` stands for an unanswered item.
    ///
    /// # Errors
    /// Another length, a character that is no point, or a point the item does not have.
    pub fn parse(&self, text: &str) -> Result<FatigueSheet, FatigueError> {
        let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (symptoms, work) = (self.symptoms.len(), self.work.len());
        if characters.len() != symptoms + work {
            return Err(FatigueError::Length { wanted: symptoms + work, symptoms, work, found: characters.len() });
        }
        let (first, second) = characters.split_at(symptoms);
        let part = |part, characters: &[char]| {
            characters.iter().enumerate().map(|(index, c)| self.point(part, index, *c)).collect::<Result<Vec<_>, _>>()
        };
        let sheet = FatigueSheet {
            symptoms: part("自覚症状", first)?,
            work: part("勤務の状況", second)?,
            edition: self.edition.clone(),
        };
        self.checked(sheet)
    }

    fn point(&self, part: &'static str, index: usize, character: char) -> Result<Option<u8>, FatigueError> {
        let folded = if ('０'..='９').contains(&character) {
            u32::from(character) - u32::from('０')
        } else {
            character.to_digit(10).unwrap_or(99)
        };
        match u8::try_from(folded).ok().filter(|point| self.points.contains(point)) {
            Some(point) => Ok(Some(point)),
            None if character == OPEN => Ok(None),
            None => Err(FatigueError::NotAPoint { part, item: index + 1, points: self.points_text() }),
        }
    }

    fn points_text(&self) -> String {
        self.points.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
    }

    fn checked(&self, sheet: FatigueSheet) -> Result<FatigueSheet, FatigueError> {
        let wrong = sheet
            .work
            .iter()
            .enumerate()
            .find_map(|(index, point)| Some((index, (*point).filter(|p| !self.has(index, *p))?)));
        wrong.map_or(Ok(sheet), |(index, point)| Err(FatigueError::NoSuchAnswer { item: index + 1, point }))
    }

    /// Whether item `index` of part 2 has an answer of `point`.
    pub fn has(&self, index: usize, point: u8) -> bool {
        let answers = self.work.get(index).map_or(0, |item| item.answers.len());
        self.points.iter().take(answers).any(|known| *known == point)
    }

    /// The score, or the range it can still take.
    pub fn score(&self, sheet: &FatigueSheet) -> FatigueScore {
        let most = |count: usize| self.points.get(count.wrapping_sub(1)).copied().unwrap_or(0);
        let symptoms = span(&sheet.symptoms, self.symptoms.iter().map(|_| most(self.symptom_answers.len())));
        let work = span(&sheet.work, self.work.iter().map(|item| most(item.answers.len())));
        let symptom_class = banded(&self.symptom_bands, symptoms);
        let work_class = banded(&self.work_bands, work);
        let given = sheet.symptoms.iter().chain(&sheet.work).filter(|answer| answer.is_some()).count();
        let total = Span {
            low: self.cell(symptom_class.low, work_class.low),
            high: self.cell(symptom_class.high, work_class.high),
        };
        let open = (self.symptoms.len() + self.work.len()).saturating_sub(given);
        FatigueScore { symptoms, work, symptom_class, work_class, total, open }
    }

    fn cell(&self, row: u32, column: u32) -> u32 {
        let row = self.matrix.get(row as usize);
        row.and_then(|row| row.get(column as usize)).copied().unwrap_or(0)
    }

    /// 低い … 非常に高い, the word for a total of 0–7.
    pub fn word(&self, total: u32) -> &str {
        self.total_words.get(band(&self.total_bands, total) as usize).map_or("", String::as_str)
    }

    /// `III`, or `II〜III` while items are open.
    pub fn symptom_label(&self, score: &FatigueScore) -> String {
        label(&self.symptom_classes, score.symptom_class)
    }

    /// `C`, or `C〜D` while items are open.
    pub fn work_label(&self, score: &FatigueScore) -> String {
        label(&self.work_classes, score.work_class)
    }
}

/// Open items count 0 at least and their highest answer at most; items beyond the sheet count nothing.
fn span(answers: &[Option<u8>], most: impl Iterator<Item = u8>) -> Span {
    let each = most.enumerate().map(|(index, most)| match answers.get(index).copied().flatten() {
        Some(point) => (u32::from(point), u32::from(point)),
        None => (0, u32::from(most)),
    });
    each.fold(Span { low: 0, high: 0 }, |sum, (low, high)| Span { low: sum.low + low, high: sum.high + high })
}

fn banded(bands: &[u32], span: Span) -> Span {
    Span { low: band(bands, span.low), high: band(bands, span.high) }
}

fn band(bands: &[u32], value: u32) -> u32 {
    let passed = bands.iter().filter(|least| value >= **least).count();
    u32::try_from(passed.saturating_sub(1)).unwrap_or(0)
}

fn label(words: &[String], span: Span) -> String {
    let word = |index: u32| words.get(index as usize).map_or("", String::as_str);
    if span.low == span.high { word(span.low).to_owned() } else { format!("{}〜{}", word(span.low), word(span.high)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Law;

    fn table() -> FatigueTable {
        Law::built_in().unwrap().tables().fatigue.clone()
    }

    fn sheet(symptoms: u32, work: u32) -> FatigueSheet {
        let fill = |mut rest: u32, count: usize, table: &FatigueTable, is_work: bool| -> Vec<Option<u8>> {
            (0..count)
                .map(|index| {
                    let point = if rest >= 3 && (!is_work || table.has(index, 3)) { 3 } else { rest.min(1) };
                    rest -= point;
                    u8::try_from(point).ok()
                })
                .collect()
        };
        let table = table();
        FatigueSheet {
            symptoms: fill(symptoms, 14, &table, false),
            work: fill(work, 13, &table, true),
            edition: "2023".into(),
        }
    }

    #[test]
    fn the_worked_examples_of_the_sheet() {
        let wanted =
            [(2, 0, 0), (3, 1, 1), (8, 5, 2), (7, 6, 3), (14, 12, 6), (15, 0, 1), (15, 12, 7), (42, 33, 7), (0, 0, 0)];
        for (symptoms, work, total) in wanted {
            let score = table().score(&sheet(symptoms, work));
            assert_eq!((score.symptoms.fixed(), score.work.fixed()), (Some(symptoms), Some(work)));
            assert_eq!((score.total.fixed(), score.open), (Some(total), 0), "{symptoms}, {work}");
        }
    }

    #[test]
    fn open_items_leave_a_range() {
        let table = table();
        let score = table.score(&table.parse("1 1 0 1 3 1 1 0 1 1 3 1 0 0  3 1 0 0 0 0 1 1 3 ----").unwrap());
        assert_eq!((score.symptoms.fixed(), score.work, score.open), (Some(14), Span { low: 9, high: 21 }, 4));
        assert_eq!((table.symptom_label(&score), table.work_label(&score)), ("III".into(), "C〜D".into()));
        assert_eq!(
            (score.total, table.word(score.total.low), table.word(score.total.high)),
            (Span { low: 4, high: 6 }, "高い", "非常に高い")
        );
        let empty = table.score(&FatigueSheet::default());
        assert_eq!(
            (empty.symptoms, empty.work, empty.open),
            (Span { low: 0, high: 42 }, Span { low: 0, high: 33 }, 27)
        );
    }

    #[test]
    fn points_that_are_not_on_the_paper_are_refused_at_their_item() {
        let with =
            |index: usize, point: char| -> String { (0..27).map(|at| if at == index { point } else { '0' }).collect() };
        let table = table();
        for index in 0..27 {
            let two = table.parse(&with(index, '2')).unwrap_err();
            assert!(
                matches!(two, FatigueError::NotAPoint { item, .. } if item == if index < 14 { index + 1 } else { index - 13 })
            );
            let refused = [15, 16, 18].contains(&index);
            assert_eq!(table.parse(&with(index, '3')).is_err(), refused, "{index}");
            assert!(table.parse(&with(index, '１')).is_ok());
        }
        assert_eq!(table.parse(&with(15, '3')), Err(FatigueError::NoSuchAnswer { item: 2, point: 3 }));
        assert!(matches!(table.parse("0"), Err(FatigueError::Length { wanted: 27, found: 1, .. })));
        assert!(table.parse(&with(3, '山')).is_err() && table.parse("").is_err());
    }
}
