//! The site patrol (巡視, 安衛則15条) and the findings that stay open until seen closed.

use serde::{Deserialize, Serialize};

use super::{Day, Id};
use crate::labelled;

labelled! {
    /// Groups of the checklist (project default from public lists).
    Category {
        Environment = "作業環境",
        Work = "作業",
        Display = "情報機器作業",
        Passage = "5S・通路",
        Emergency = "救急・緊急",
        Rest = "休養・衛生",
        Chemicals = "化学物質",
        Health = "健康・労務管理",
    }
}

labelled! {
    /// What was seen for a category at a place.
    Mark { Good = "良", Finding = "指摘", NotApplicable = "対象外" }
}

labelled! {
    /// How serious a finding is; 直ちに wants a measure on the spot (則15条).
    Severity { Improve = "改善", Soon = "早めに", Urgent = "直ちに" }
}

/// A place that the patrol walks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Row.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Order of the walk.
    pub position: i64,
    /// No longer walked since.
    pub retired_on: Option<Day>,
}

/// One patrol; only on site counts (PAT-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patrol {
    /// Row.
    pub id: Id,
    /// The day.
    pub day: Day,
    /// `13:10`
    pub starts: String,
    /// 同行者
    pub companions: String,
    /// Set when the walk is over.
    pub completed_on: Option<Day>,
    /// What was seen of health, for the physician alone.
    pub private_remark: String,
}

/// A mark for one category at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceMark {
    /// Row.
    pub id: Id,
    /// The patrol.
    pub patrol: Id,
    /// The place.
    pub place: Id,
    /// The category.
    pub category: Category,
    /// What was seen.
    pub mark: Mark,
}

/// A finding (指摘), from the day it was seen to the day it was seen closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Row.
    pub id: Id,
    /// The patrol that found it.
    pub patrol: Id,
    /// The place.
    pub place: Id,
    /// The category.
    pub category: Category,
    /// 所見, reported to the employer.
    pub content: String,
    /// 危険
    pub severity: Severity,
    /// その場の措置
    pub measure: String,
    /// When it was taken, `13:32`.
    pub measure_at: String,
    /// 意見 for the employer.
    pub opinion: String,
    /// 産業医の控え; never in the report.
    pub private_remark: String,
    /// 期限
    pub due: Option<Day>,
    /// 担当
    pub owner: String,
    /// The employer answered on.
    pub answered_on: Option<Day>,
    /// What it answered.
    pub answer: String,
    /// 是正確認, on site.
    pub closed_on: Option<Day>,
    /// The patrol on which it was seen closed.
    pub closed_by: Option<Id>,
}

impl Finding {
    /// A finding of which nothing is written yet.
    pub fn new(id: Id, patrol: Id, place: Id, category: Category) -> Self {
        Self {
            id,
            patrol,
            place,
            category,
            content: String::new(),
            severity: Severity::default(),
            measure: String::new(),
            measure_at: String::new(),
            opinion: String::new(),
            private_remark: String::new(),
            due: None,
            owner: String::new(),
            answered_on: None,
            answer: String::new(),
            closed_on: None,
            closed_by: None,
        }
    }
}
