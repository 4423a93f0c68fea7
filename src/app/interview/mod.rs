//! 面接指導 as a use case: the form between the first key and the completed record.
//!
//! Knows the fields, what the law still lacks and the rows that completing writes; knows no screen
//! and performs nothing. Every typed value is a draft field; scores never fill in a judgment.

pub mod check;
mod complete;
pub mod doctors;
pub mod field;
pub mod measures;
mod prefill;
mod reading;
pub mod stress;
#[cfg(test)]
mod stress_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::domain::command::DraftField;
use crate::domain::doctor::Doctor;
use crate::domain::interview::{FatigueSheet, Fitness, Guidance};
use crate::domain::{Day, Id};
use crate::law::Law;
use crate::law::fatigue::FatigueTable;

use super::Site;
pub use complete::Incomplete;
pub use field::Step;
pub use measures::WorkClass;

/// Where the form is opened: what a prefilled value is taken from.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The law in use.
    pub law: &'a Law,
    /// The physician whose desk this is.
    pub owner: &'a Doctor,
    /// The establishment.
    pub site: &'a Site,
    /// The legal day.
    pub today: Day,
    /// `14:20`
    pub clock: &'a str,
}

/// The form of one worker's interview, as far as it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewForm {
    worker: Id,
    class: WorkClass,
    values: BTreeMap<String, String>,
    is_started: bool,
}

impl InterviewForm {
    /// The name of its drafts: `interview/E01-W0001`.
    pub fn name(worker: &Id) -> String {
        format!("interview/{worker}")
    }

    /// The form as it was left, or prefilled where nothing was typed yet; none for an unknown worker.
    pub fn open(opening: Opening<'_>, worker: &Id) -> Option<Self> {
        let person = opening.site.worker(worker)?;
        let drafts: Vec<(&str, &str)> = opening.site.draft(&Self::name(worker)).collect();
        let class = WorkClass::of(opening.site, worker, opening.today);
        if !drafts.is_empty() {
            let mut form = Self::from_drafts(worker, class, drafts);
            // A request that came after the first key: the physician chooses, the draft stays what it was.
            if stress::waiting(opening.site, worker).is_some() && form.value(field::GROUND).is_empty() {
                form.values.insert(field::GROUND.to_owned(), "0".to_owned());
            }
            return Some(form);
        }
        let values = prefill::values(opening, person);
        Some(Self { worker: worker.clone(), class, values, is_started: false })
    }

    /// The form of these draft fields; nothing is prefilled, since what was emptied stays empty.
    pub fn from_drafts<'a>(
        worker: &Id,
        class: WorkClass,
        drafts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let values = drafts.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect();
        Self { worker: worker.clone(), class, values, is_started: true }
    }

    /// Whose interview.
    pub fn worker(&self) -> &Id {
        &self.worker
    }

    /// The class that decides which measures the law names.
    pub fn class(&self) -> WorkClass {
        self.class
    }

    /// Whether anything was typed yet; until then the prefilled values are no drafts.
    pub fn is_started(&self) -> bool {
        self.is_started
    }

    /// What stands in a field, as it was typed.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// Fills a field in, and gives the drafts to save: the field, and with the first one all that was prefilled.
    pub fn set(&mut self, field: &str, value: &str) -> Vec<DraftField> {
        let value =
            if field::ZERO_ALONE.contains(&field) { zero_alone(self.value(field), value) } else { value.into() };
        self.values.insert(field.to_owned(), value);
        let is_first = !std::mem::replace(&mut self.is_started, true);
        let saved = self.values.iter().filter(|(name, _)| is_first || *name == field);
        let draft = |(name, value): (&String, &String)| DraftField {
            form: Self::name(&self.worker),
            field: name.clone(),
            value: value.clone(),
        };
        saved.map(draft).collect()
    }

    /// Marks a step as passed: what was prefilled in it counts as confirmed.
    pub fn pass(&mut self, step: Step) -> Vec<DraftField> {
        let mut passed = self.numbers(field::PASSED);
        let number = u8::try_from(step.index()).unwrap_or(u8::MAX);
        if passed.contains(&number) {
            return Vec::new();
        }
        passed.push(number);
        let text: Vec<String> = passed.iter().map(u8::to_string).collect();
        self.set(field::PASSED, &text.join(","))
    }

    /// Whether a step was passed.
    pub fn has_passed(&self, step: Step) -> bool {
        self.numbers(field::PASSED).iter().any(|number| usize::from(*number) == step.index())
    }

    /// Keeps the place where the physician stops, to come back to it.
    pub fn leave_at(&mut self, today: Day, step: Step, place: usize) -> Vec<DraftField> {
        self.set(field::PLACE, &format!("{today} {} {place}", step.index()))
    }

    /// The day, step and field where the physician stopped.
    pub fn left_at(&self) -> Option<(Day, Step, usize)> {
        let mut parts = self.value(field::PLACE).split(' ');
        let day = parts.next()?.parse().ok()?;
        let step = parts.next()?.parse().ok()?;
        Some((day, Step::at(step), parts.next()?.parse().ok()?))
    }

    /// The fields that a step asks for now.
    pub fn fields(&self, step: Step) -> Vec<&'static str> {
        field::fields(self, step)
    }

    /// Whether the interview is held online.
    pub fn is_online(&self) -> bool {
        self.chose(field::MODE, 1)
    }

    /// Whether 要再面接 is among the guidance.
    pub fn wants_reinterview(&self) -> bool {
        self.guidance().contains(&Guidance::Reinterview)
    }

    /// 本人への指導区分, as far as chosen.
    pub fn guidance(&self) -> Vec<Guidance> {
        let all = self.numbers(field::GUIDANCE).into_iter();
        all.filter_map(|number| Guidance::ALL.get(usize::from(number)).copied()).collect()
    }

    /// 就業区分, once chosen.
    pub fn fitness(&self) -> Option<Fitness> {
        self.option(field::FITNESS, Fitness::ALL)
    }

    /// The answers of the fatigue checklist; an empty sheet when none was given.
    pub fn fatigue_sheet(&self, table: &FatigueTable) -> FatigueSheet {
        table.parse(self.value(field::FATIGUE_SHEET)).unwrap_or_default()
    }
}

/// Of the numbers in `after`, 0 stands alone: the newer choice wins over the older.
fn zero_alone(before: &str, after: &str) -> String {
    let numbers = |text: &str| -> Vec<String> {
        text.split(',').filter(|number| !number.trim().is_empty()).map(|number| number.trim().to_owned()).collect()
    };
    let (before, mut after) = (numbers(before), numbers(after));
    let zero = "0".to_owned();
    if after.len() > 1 && after.contains(&zero) {
        let zero_is_new = !before.contains(&zero);
        after.retain(|number| (*number == zero) == zero_is_new);
    }
    after.join(",")
}
