//! Who gets an interview (面接指導, 安衛法66条の8から66条の9): one typed set of facts, one answer.
//!
//! The class of the law is derived here from the worker's traits, never stored: a manager in research
//! falls back to the general rule, because 66条の8の2 leaves out the persons of 労基法41条.

use super::inquiry::{Condition, Inquiry};
use super::outcome::{Conclusion, Outcome};
use super::overtime::{Decided, Overtime, WorkedMonth};
use super::rules::interview as rules;
use super::{Law, means, overtime};
use crate::domain::{Day, Seconds};

/// Overtime as an interval, when a source rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// The least it can be.
    pub low: Overtime,
    /// The most it can be.
    pub high: Overtime,
}

impl Excess {
    /// An exact value.
    pub fn exact(seconds: Seconds) -> Self {
        let overtime = Overtime::of(seconds);
        Self { low: overtime, high: overtime }
    }

    /// The overtime of a month.
    pub fn of_month(law: &Law, month: &WorkedMonth) -> Option<Self> {
        let view = overtime::month(law, month.period.end, month.period, month.hours, month.measure)?;
        Some(Self { low: view.x7_low, high: view.x7_high })
    }

    /// Whether it lies above `limit` (超える).
    pub fn exceeds(self, limit: Overtime) -> Decided<bool> {
        let (low, high) = (self.low > limit, self.high > limit);
        if low == high { Decided::Known(low) } else { Decided::Undecided { low, high } }
    }

    /// `92:30+`, or the two ends.
    pub fn display(self) -> String {
        overtime::span(self.low, self.high)
    }
}

/// What must be known to say whether an interview is owed for a period. None = not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterviewFacts {
    /// 期日: the end of the period; its law applies.
    pub day: Day,
    /// Overtime of the period.
    pub overtime: Option<Excess>,
    /// 健康管理時間 beyond 40 h a week, for 高プロ.
    pub health_management: Option<Excess>,
    /// 新技術等の研究開発業務 (労基法36条11項)
    pub research: Option<bool>,
    /// 労基法41条各号
    pub article41: Option<bool>,
    /// 高度プロフェッショナル (労基法41条の2)
    pub highly_professional: Option<bool>,
    /// 申出
    pub requested: Option<bool>,
    /// 疲労の蓄積; a request stands for it.
    pub fatigue: Option<bool>,
    /// 健康上の不安; only the law until 2019-03-31 asks.
    pub anxiety: Option<bool>,
    /// The last interview, for the exclusion.
    pub interviewed_on: Option<Day>,
    /// "Or similar": exam, checkup or checklist that showed no problem.
    pub similar_grounds: bool,
    /// A physician judged the interview unnecessary.
    pub judged_unnecessary: bool,
    /// The workplace has a criterion of its own.
    pub criterion_set: Option<bool>,
    /// Its machine part: hours above which it applies.
    pub criterion: Option<Seconds>,
    /// Its text part, judged by a person.
    pub criterion_met: Option<bool>,
    /// 常時50人以上; only the law until 2008-03-31 asks.
    pub fifty_or_more: Option<bool>,
}

impl InterviewFacts {
    /// Nothing known yet about the period that ends on `day`.
    pub fn unknown(day: Day) -> Self {
        Self {
            day,
            overtime: None,
            health_management: None,
            research: None,
            article41: None,
            highly_professional: None,
            requested: None,
            fatigue: None,
            anxiety: None,
            interviewed_on: None,
            similar_grounds: false,
            judged_unnecessary: false,
            criterion_set: None,
            criterion: None,
            criterion_met: None,
            fifty_or_more: None,
        }
    }

    /// A general worker with this overtime, nothing requested, no criterion at the workplace.
    pub fn general(day: Day, overtime: Excess) -> Self {
        Self {
            overtime: Some(overtime),
            research: Some(false),
            article41: Some(false),
            highly_professional: Some(false),
            requested: Some(false),
            criterion_set: Some(false),
            fifty_or_more: Some(true),
            ..Self::unknown(day)
        }
    }
}

/// The class of the law for a person on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 一般, incl. 管理監督者・裁量・みなし.
    General,
    /// 研究開発
    Research,
    /// 研究開発 by a person of 41条: the general rule.
    ResearchManager,
    /// 高プロ
    HighlyProfessional,
}

/// The class, or the facts that are missing to name it.
pub fn class(inquiry: &Inquiry<'_>, facts: &InterviewFacts) -> Result<Class, Vec<&'static str>> {
    if !inquiry.is_in_force("interview.research.hours") {
        return Ok(Class::General);
    }
    match (facts.highly_professional, facts.research, facts.article41) {
        (Some(true), _, _) => Ok(Class::HighlyProfessional),
        (Some(false), Some(false), _) => Ok(Class::General),
        (Some(false), Some(true), Some(true)) => Ok(Class::ResearchManager),
        (Some(false), Some(true), Some(false)) => Ok(Class::Research),
        (professional, research, manager) => {
            let open = [
                (professional.is_none(), "highly_professional"),
                (research.is_none(), "research"),
                (manager.is_none() && research != Some(false), "article41"),
            ];
            Err(open.into_iter().filter(|(is_open, _)| *is_open).map(|(_, name)| name).collect())
        }
    }
}

/// The rules that together answer "is an interview owed?"; for given facts one duty rule speaks.
pub const DUTY_RULES: [&str; 5] = ["IV-GEN", "IV-RND", "IV-RND-80", "IV-RND-41", "IV-HP"];
/// The rules of the effort duty.
pub const EFFORT_RULES: [&str; 2] = ["IV-HP-9", "IV-9"];

/// Whether an interview is owed, by the law of the day: the strictest answer of the rules that speak.
pub fn assess(law: &Law, facts: &InterviewFacts) -> Outcome {
    let duty = strictest(duties(law, facts));
    if matches!(duty.outcome, Conclusion::Required | Conclusion::Unknown | Conclusion::Outside) {
        return duty;
    }
    let effort = strictest([rules::highly_professional_effort(law, facts), rules::effort(law, facts)]);
    if effort.applies && effort.strength() > duty.strength() { effort } else { duty }
}

fn duties(law: &Law, facts: &InterviewFacts) -> [Outcome; 5] {
    [
        rules::general(law, facts),
        rules::research(law, facts),
        rules::research_below(law, facts),
        rules::research_manager(law, facts),
        rules::highly_professional(law, facts),
    ]
}

/// Every rule of the question that speaks about these facts; more than one duty is a conflict.
pub fn speaking(law: &Law, facts: &InterviewFacts) -> Vec<Outcome> {
    duties(law, facts).into_iter().filter(|outcome| outcome.applies).collect()
}

fn strictest<const N: usize>(outcomes: [Outcome; N]) -> Outcome {
    let rank = |outcome: &Outcome| (outcome.applies, outcome.strength());
    let mut outcomes = outcomes.into_iter();
    let first = outcomes.next().unwrap_or_else(|| Outcome::new("IV-GEN", Day::default()));
    outcomes.fold(first, |best, next| if rank(&next) > rank(&best) { next } else { best })
}

/// Whether the person may be left out: interviewed within a month before the 期日, or similar, **and**
/// found unnecessary by a physician (安衛則52条の2第1項ただし書).
pub fn is_excluded(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts) -> Result<bool, super::inquiry::Stop> {
    if !facts.judged_unnecessary {
        return Ok(false);
    }
    let months = u32::try_from(inquiry.read("interview.exclusion.months")?).unwrap_or(0);
    let within = |seen: Day| seen <= facts.day && crate::domain::time::after_months(seen, months).safe >= facts.day;
    Ok(facts.similar_grounds || facts.interviewed_on.is_some_and(within))
}

/// Whether a physician's judgement, with what it rests on, leaves the person out (IV-EXCL); the class is not asked.
pub fn leaves_out(law: &Law, facts: &InterviewFacts) -> bool {
    let outcome = Inquiry::run(law, "IV-EXCL", facts.day, |inquiry| {
        let allowed = is_excluded(inquiry, facts)?;
        inquiry.conclude(if allowed { Conclusion::Allowed } else { Conclusion::NotRequired });
        Ok(())
    });
    outcome.outcome == Conclusion::Allowed
}

/// Whether the hours of the person lie above a limit.
pub fn above(hours: Option<Excess>, limit: Overtime) -> Condition {
    hours.map_or(Condition::Open, |hours| hours.exceeds(limit).into())
}

/// The means of a history in one sentence, beside the duty; never a condition of it.
pub fn means_sentence(law: &Law, months: &[WorkedMonth]) -> Option<String> {
    let limit = means::limit(law, months)?;
    let over = means::windows(law, months).into_iter().filter(|mean| mean.is_over == Some(true));
    let parts: Vec<String> =
        over.filter_map(|mean| Some(format!("{}か月 {}", mean.months, mean.mean?.0.display()))).collect();
    let limit = overtime::clock(limit);
    (!parts.is_empty())
        .then(|| format!("平均 {} が {limit} を超えています（法の要件でなく事業場の基準）。", parts.join("、")))
}

#[cfg(test)]
#[path = "interview_tests.rs"]
mod tests;
