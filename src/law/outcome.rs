//! What a rule answers: the conclusion, its reasons with their numbers, and the law it rests on.
//!
//! Knows nothing of how an answer is found or shown. The JSON of these types is the output of
//! `junkai law assess` (design, section 8).

use std::collections::BTreeMap;

use serde::Serialize;

use super::param::{Status, Version};
use crate::domain::{Day, time};
use crate::labelled;

labelled! {
    /// The conclusion of a rule. 「まだ言えません」 is an answer too: then the missing facts are named.
    Conclusion {
        Required = "要ります",
        Effort = "努力義務です",
        Allowed = "できます",
        NotRequired = "要りません",
        Unknown = "まだ言えません",
        Outside = "この版の範囲の外です",
    }
}

/// A sentence of the reasoning, with the numbers it speaks of (times in seconds, `…_x7` in sevenths of a second).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The sentence a physician reads.
    pub text: String,
    /// The numbers in it, by name.
    pub numbers: BTreeMap<String, i64>,
}

/// A passage of law with its dates; half-open, so `in_force_to` is the first day it no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Law, ordinance or circular (with number and date).
    pub law: String,
    /// Article or paragraph.
    pub article: String,
    /// First day in force.
    pub in_force_from: Day,
    /// First day no longer in force; none while it holds.
    pub in_force_to: Option<Day>,
    /// The day someone last compared it with its source.
    pub checked_on: Day,
    /// Whether its text was read; anything but verified is shown as 未確認.
    pub status: Status,
}

impl Citation {
    /// The citation of one version of a parameter.
    pub fn of(version: &Version) -> Self {
        Self {
            law: version.law.clone(),
            article: version.article.clone(),
            in_force_from: version.from,
            in_force_to: version.until,
            checked_on: version.checked_on,
            status: version.status,
        }
    }

    /// Law and article, since when they are in force, and whether their text was compared with its source.
    pub fn words(&self) -> String {
        let until = self.in_force_to.map(|day| format!(" {day} の前まで")).unwrap_or_default();
        let mark = match self.status {
            Status::Verified => format!("確認 {}", self.checked_on),
            other => other.label().to_owned(),
        };
        format!("{} {}   {} から{until}   {mark}", self.law, self.article, self.in_force_from)
    }
}

/// A deadline; `soft` marks 概ね, a length that a circular names and no article fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// In time under every way of counting; this one is shown.
    pub safe: Day,
    /// Overdue is what lies after this day.
    pub last: Day,
    /// 概ね
    pub soft: bool,
}

impl Deadline {
    /// A deadline counted in months, soft or not.
    pub fn new(due: time::Due, soft: bool) -> Self {
        Self { safe: due.safe, last: due.last, soft }
    }

    /// A deadline that is one day.
    pub fn on(day: Day, soft: bool) -> Self {
        Self { safe: day, last: day, soft }
    }
}

/// What a rule answers for some facts on some day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Id of the rule, as on the fact sheets.
    pub rule: &'static str,
    /// The day whose law was applied.
    pub day: Day,
    /// The conclusion.
    pub outcome: Conclusion,
    /// Names of the facts that would be needed, when the conclusion is unknown.
    pub missing: Vec<&'static str>,
    /// Why, in order.
    pub reasons: Vec<Reason>,
    /// The law it rests on.
    pub citations: Vec<Citation>,
    /// The deadline, where the rule yields one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Deadline>,
    /// What would change the answer; for the why sheet, not part of the stable output.
    #[serde(skip)]
    pub changes: Vec<String>,
    /// Whether the facts fall into the class this rule speaks about.
    #[serde(skip)]
    pub applies: bool,
}

impl Outcome {
    /// An outcome without any reason yet.
    pub(crate) fn new(rule: &'static str, day: Day) -> Self {
        Self {
            rule,
            day,
            outcome: Conclusion::Unknown,
            missing: Vec::new(),
            reasons: Vec::new(),
            citations: Vec::new(),
            due: None,
            changes: Vec::new(),
            applies: true,
        }
    }

    /// Whether some passage it rests on was not verified, so that 未確認 must stand beside it.
    pub fn is_unverified(&self) -> bool {
        self.citations.iter().any(|citation| citation.status != Status::Verified)
    }

    /// How much the employer owes: duty before effort before anything else.
    pub fn strength(&self) -> u8 {
        match self.outcome {
            Conclusion::Required => 3,
            Conclusion::Effort => 2,
            Conclusion::Unknown => 1,
            Conclusion::Allowed | Conclusion::NotRequired | Conclusion::Outside => 0,
        }
    }
}
