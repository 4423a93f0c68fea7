//! One evaluation of one rule: reads parameters, collects reasons, and ends in an outcome.
//!
//! Every number a rule reads comes through here, so that no answer lacks its citation.

use super::Law;
use super::facts::{Fact, Facts};
use super::outcome::{Citation, Conclusion, Deadline, Outcome, Reason};
use super::overtime::{Decided, Overtime};
use super::param::{Reading, Unit};
use crate::domain::{Day, time};

/// Why a rule could not go on: the law of that day holds no such rule, or it is not encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The day lies before what is encoded.
    Outside,
    /// The law had no such rule on that day.
    Absent,
}

/// A condition of a rule: yes, no, or open because a fact is missing or a rounding hides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Fulfilled.
    Yes,
    /// Not fulfilled.
    No,
    /// Not known.
    Open,
}

impl From<Option<bool>> for Condition {
    fn from(value: Option<bool>) -> Self {
        match value {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Open,
        }
    }
}

impl From<Decided<bool>> for Condition {
    fn from(value: Decided<bool>) -> Self {
        value.known().into()
    }
}

impl Condition {
    /// The other way round.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Open => Self::Open,
        }
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Open,
        }
    }

    /// At least one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }
}

/// The evaluation of one rule on one day.
#[derive(Debug)]
pub struct Inquiry<'a> {
    /// The law.
    pub law: &'a Law,
    /// The day whose law holds.
    pub day: Day,
    outcome: Outcome,
}

impl<'a> Inquiry<'a> {
    /// Evaluates `body` as the rule `id`.
    pub fn run(law: &'a Law, id: &'static str, day: Day, body: impl FnOnce(&mut Self) -> Result<(), Stop>) -> Outcome {
        let mut inquiry = Self { law, day, outcome: Outcome::new(id, day) };
        match body(&mut inquiry) {
            Ok(()) => {}
            Err(Stop::Absent) => inquiry.absent(),
            Err(Stop::Outside) => inquiry.outside(),
        }
        inquiry.outcome
    }

    fn absent(&mut self) {
        self.skip("この日の法令には、この定めがありません。");
    }

    fn outside(&mut self) {
        self.outcome.applies = false;
        self.outcome.outcome = Conclusion::Outside;
        self.because("この日の定めは、この版に入っていません。");
    }

    /// The value of a parameter on the day of the rule, cited.
    ///
    /// # Errors
    /// `Stop` when nothing is in force or nothing is encoded.
    pub fn read(&mut self, id: &str) -> Result<i64, Stop> {
        self.read_on(id, self.day)
    }

    /// The value of a parameter on another day, cited.
    ///
    /// # Errors
    /// `Stop` when nothing is in force or nothing is encoded.
    pub fn read_on(&mut self, id: &str, day: Day) -> Result<i64, Stop> {
        let law = self.law;
        let (answer, version) = match law.reading(id, day) {
            Reading::InForce(value, version) => (Ok(value), version),
            Reading::Absent(version) => (Err(Stop::Absent), version),
            Reading::NotEncoded => return Err(Stop::Outside),
        };
        let citation = Citation::of(version);
        if !self.outcome.citations.contains(&citation) {
            self.outcome.citations.push(citation);
        }
        answer
    }

    /// A number of hours as overtime.
    ///
    /// # Errors
    /// As [`Inquiry::read`].
    pub fn limit(&mut self, id: &str) -> Result<Overtime, Stop> {
        self.read(id).map(Overtime::hours)
    }

    /// Whether a parameter has a value on the day; cites nothing.
    pub fn is_in_force(&self, id: &str) -> bool {
        matches!(self.law.reading(id, self.day), Reading::InForce(..))
    }

    /// Adds a sentence.
    pub fn because(&mut self, text: impl Into<String>) {
        self.because_of(text, &[]);
    }

    /// Adds a sentence with its numbers.
    pub fn because_of(&mut self, text: impl Into<String>, numbers: &[(&str, i64)]) {
        let numbers = numbers.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        self.outcome.reasons.push(Reason { text: text.into(), numbers });
    }

    /// Adds what would change the answer.
    pub fn would_change(&mut self, text: impl Into<String>) {
        self.outcome.changes.push(text.into());
    }

    /// Concludes.
    pub fn conclude(&mut self, conclusion: Conclusion) {
        self.outcome.outcome = conclusion;
    }

    /// Concludes that these facts are missing.
    pub fn lacks(&mut self, facts: &[&'static str]) {
        self.outcome.outcome = Conclusion::Unknown;
        for fact in facts.iter().filter(|fact| !self.outcome.missing.contains(fact)).collect::<Vec<_>>() {
            self.outcome.missing.push(fact);
        }
    }

    /// Concludes that those facts are missing that are marked as open.
    pub fn lacks_open(&mut self, facts: &[(bool, &'static str)]) {
        let open: Vec<&'static str> = facts.iter().filter(|(is_open, _)| *is_open).map(|(_, name)| *name).collect();
        self.lacks(&open);
    }

    /// Concludes that the facts do not fall under this rule.
    pub fn skip(&mut self, text: &str) {
        self.outcome.applies = false;
        self.outcome.outcome = Conclusion::NotRequired;
        self.because(text);
    }

    /// Concludes by a conjunction: any "no" decides, then any open fact, else `yes`.
    pub fn decide(&mut self, conditions: &[(Condition, &'static str)], yes: Conclusion, no: Conclusion) {
        if conditions.iter().any(|(condition, _)| *condition == Condition::No) {
            return self.conclude(no);
        }
        let open = conditions.iter().filter(|(condition, _)| *condition == Condition::Open);
        let missing: Vec<&'static str> = open.map(|(_, fact)| *fact).collect();
        if missing.is_empty() { self.conclude(yes) } else { self.lacks(&missing) }
    }

    /// Concludes from yes-or-no facts that must all hold: nothing more is needed when they do, else `owed`.
    ///
    /// Each one that does not hold is a reason of its own.
    pub fn needs_all(&mut self, facts: &Facts, declared: &[Fact], owed: Conclusion) {
        let states: Vec<_> = declared.iter().map(|fact| (fact, Condition::from(facts.flag(fact.name)))).collect();
        for (fact, _) in states.iter().filter(|(_, state)| *state == Condition::No) {
            self.because(format!("「{}」がまだです。", fact.meaning));
        }
        let conditions: Vec<_> = states.iter().map(|(fact, state)| (*state, fact.name)).collect();
        self.decide(&conditions, Conclusion::NotRequired, owed);
    }

    /// Whether it has been concluded that something is owed.
    pub fn is(&self, conclusion: Conclusion) -> bool {
        self.outcome.outcome == conclusion
    }

    /// Sets the deadline that parameter `id` gives from `from`, in its own unit.
    ///
    /// # Errors
    /// As [`Inquiry::read`].
    pub fn due_after(&mut self, from: Day, id: &str) -> Result<Deadline, Stop> {
        let due = deadline(from, self.read(id)?, self.unit(id));
        self.outcome.due = Some(due);
        Ok(due)
    }

    /// Sets the deadline of an article itself, which has a safe and a last day and is not 概ね.
    ///
    /// # Errors
    /// As [`Inquiry::read`].
    pub fn due_within(&mut self, from: Day, id: &str) -> Result<Deadline, Stop> {
        let due = self.due_after(from, id)?;
        let hard = match self.unit(id) {
            Unit::Months => Deadline::new(time::after_months(from, length(self.read(id)?)), false),
            _ => Deadline { soft: false, ..due },
        };
        self.outcome.due = Some(hard);
        Ok(hard)
    }

    fn unit(&self, id: &str) -> Unit {
        let found = self.law.parameters().iter().find(|parameter| parameter.id == id);
        found.map(|parameter| parameter.unit).unwrap_or_default()
    }

    /// Sets a deadline that is already known.
    pub fn due(&mut self, due: Deadline) {
        self.outcome.due = Some(due);
    }

    /// Takes a deadline away: what it was counted from has not happened.
    pub fn without_due(&mut self) {
        self.outcome.due = None;
    }
}

fn length(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn deadline(from: Day, value: i64, unit: Unit) -> Deadline {
    let length = length(value);
    match unit {
        Unit::Days => Deadline::on(time::after_days(from, u64::from(length)), true),
        Unit::Years => Deadline::new(time::after_months(from, length.saturating_mul(12)), false),
        _ => Deadline::on(time::after_months(from, length).safe, true),
    }
}
