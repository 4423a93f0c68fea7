//! The stress check: the rules SC-… of its sheet, section 6, and the statements of section 9 (SC9-…).
//!
//! Everything here rests on 安衛法66条の10, so nothing is asked of a day before the system began.

pub mod deadline;
pub mod duty;
pub mod interview;
pub mod privacy;

use super::{Rule, Topic};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::{Inquiry, Stop};
use crate::law::outcome::Outcome;

/// The article that started the system.
const SYSTEM: &str = "stress.system";

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Stress, facts, parameters, evaluate }
}

/// Evaluates a rule of the system; before its first day there is no such rule.
fn ask(law: &Law, id: &'static str, day: Day, body: impl FnOnce(&mut Inquiry<'_>) -> Result<(), Stop>) -> Outcome {
    Inquiry::run(law, id, day, |inquiry| {
        inquiry.read(SYSTEM)?;
        body(inquiry)
    })
}
