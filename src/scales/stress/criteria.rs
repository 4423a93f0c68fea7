//! What the numbers of a round say about a score.
//!
//! The result is 該当 or not; whether somebody needs the interview is for the implementer to say (則52条の15).

use std::sync::OnceLock;

use serde::Deserialize;

use super::TableFault;
use super::file;
use super::score::{Score, Sums};
use crate::domain::stress::{Criteria, Form, Method};
use crate::domain::worker::Sex;

const FILE: &str = "criteria.toml";

/// An example of the manual with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The numbers.
    pub criteria: Criteria,
    /// Where they were read.
    pub source: String,
    /// Compared with the source on.
    pub checked_on: String,
    /// How sure they are.
    pub status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    criteria: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    form: String,
    method: Method,
    symptoms_alone: u16,
    causes_and_support: u16,
    symptoms_with: u16,
    source: String,
    checked_on: String,
    status: String,
}

/// The examples that came with the program (SC-5 to SC-7).
///
/// # Errors
/// [`TableFault`] if the file does not hold together.
pub fn examples() -> Result<&'static [Example], TableFault> {
    static LIST: OnceLock<Result<Vec<Example>, TableFault>> = OnceLock::new();
    let list = LIST.get_or_init(|| {
        let list: List = file::read(FILE, include_str!("criteria.toml"))?;
        list.criteria.into_iter().map(example).collect()
    });
    list.as_ref().map(Vec::as_slice).map_err(Clone::clone)
}

fn example(entry: Entry) -> Result<Example, TableFault> {
    let form = match entry.form.as_str() {
        "57" => Form::Full,
        "23" => Form::Short,
        _ => return Err(TableFault::new(FILE, format!("{} の様式", entry.id))),
    };
    let criteria = Criteria {
        id: entry.id,
        form,
        method: entry.method,
        symptoms_alone: entry.symptoms_alone,
        causes_and_support: entry.causes_and_support,
        symptoms_with: entry.symptoms_with,
    };
    Ok(Example { criteria, source: entry.source, checked_on: entry.checked_on, status: entry.status })
}

/// Why nothing is said about a sheet. It never means "not high".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// An answer of A, B or C is missing.
    Missing,
    /// The conversion table needs the sex.
    SexUnknown,
    /// The conversion table of this form was not found.
    NoTable,
    /// The numbers are for the other form.
    OtherForm,
}

impl Withheld {
    /// The reason in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "答えの無い問があるので、判定しません。本人に尋ねてください。",
            Self::SexUnknown => "性別が登録されていないので、素点換算表を使えません。",
            Self::NoTable => "23項目の素点換算表は確かめられていないので、使いません。",
            Self::OtherForm => "基準と調査票の項目数が合いません。",
        }
    }
}

/// What the numbers say of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// 該当: by ア, by イ, or by both.
    High {
        /// ア: the symptoms alone.
        by_symptoms: bool,
        /// イ: causes and support, with symptoms.
        by_causes: bool,
    },
    /// 該当しない
    Below,
    /// Nothing can be said.
    Withheld(Withheld),
}

/// The totals by the method of the criteria, or why there are none.
///
/// # Errors
/// [`Withheld`].
pub fn totals(criteria: &Criteria, form: Form, sex: Sex, score: &Score) -> Result<Sums, Withheld> {
    if criteria.form != form {
        return Err(Withheld::OtherForm);
    }
    // Points that are missing have a reason of their own; the sums tell whether it is an answer.
    let sums = score.sums.whole().ok_or(Withheld::Missing);
    match (criteria.method, form) {
        (Method::Sums, _) => sums,
        (Method::Points, Form::Short) => Err(Withheld::NoTable),
        (Method::Points, Form::Full) if sex == Sex::Unknown => Err(Withheld::SexUnknown),
        (Method::Points, Form::Full) => sums.and(score.points.whole().ok_or(Withheld::Missing)),
    }
}

/// Judges a score by the numbers of a round.
pub fn judge(criteria: &Criteria, form: Form, sex: Sex, score: &Score) -> Judgement {
    let sums = match totals(criteria, form, sex, score) {
        Ok(sums) => sums,
        Err(why) => return Judgement::Withheld(why),
    };
    let reaches = |value: u16, limit: u16| match criteria.method {
        Method::Sums => value >= limit,
        Method::Points => value <= limit,
    };
    let by_symptoms = reaches(sums.symptoms, criteria.symptoms_alone);
    let both = sums.causes.saturating_add(sums.support);
    let by_causes = reaches(both, criteria.causes_and_support) && reaches(sums.symptoms, criteria.symptoms_with);
    if by_symptoms || by_causes { Judgement::High { by_symptoms, by_causes } } else { Judgement::Below }
}
