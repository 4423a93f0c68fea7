//! What passes between the physician and the employer about checkups: questions on an opinion, advice on the plan, reports.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Id};
use crate::labelled;

/// 照会と回答: the employer asks about an opinion that was given, the physician answers (措置指針 2(3)ニ).
///
/// The issued paper stays as it is; a change of the opinion is a new version of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionInquiry {
    /// Row.
    pub id: Id,
    /// The issued version that was asked about: [`crate::domain::opinion::Issued`].
    pub document: Id,
    /// Whose opinion.
    pub worker: Id,
    /// Asked on.
    pub asked_on: Day,
    /// Who asked, by role.
    pub asked_by: String,
    /// What was asked.
    pub question: String,
    /// Answered on.
    pub answered_on: Option<Day>,
    /// What was answered.
    pub answer: String,
}

/// 結果の通知: that the employer told people of their results, with a finding or without (法66条の6, OPN-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultNotice {
    /// Row.
    pub id: Id,
    /// The one person it is about; none for everybody examined in the period.
    pub worker: Option<Id>,
    /// First day of the examinations.
    pub examined_from: Day,
    /// Last day of the examinations.
    pub examined_until: Day,
    /// Told on.
    pub told_on: Day,
    /// How, e.g. 郵送, 手渡し.
    pub way: String,
}

impl ResultNotice {
    /// Whether it speaks of this person's examination of `day`.
    pub fn covers(&self, worker: &Id, day: Day) -> bool {
        self.worker.as_ref().is_none_or(|of| of == worker) && (self.examined_from..=self.examined_until).contains(&day)
    }
}

/// The physician's advice on the plan of the checkups and what to heed in them (措置指針 2(1)なお).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckupAdvice {
    /// Row.
    pub id: Id,
    /// Given on.
    pub given_on: Day,
    /// To whom, by role.
    pub given_to: String,
    /// 実施計画
    pub plan: String,
    /// 実施上の注意
    pub precautions: String,
}

labelled! {
    /// A report to 労働基準監督署 on examinations; kept by kind and article, since the forms have gone (additions 1.1).
    ReportKind {
        Periodic = "定期健康診断",
        Dental = "歯科健康診断",
        Organic = "有機溶剤等健康診断",
        Lead = "鉛健康診断",
        TetraalkylLead = "四アルキル鉛健康診断",
        Chemical = "特定化学物質健康診断",
        Pressure = "高気圧業務健康診断",
        Radiation = "電離放射線健康診断",
        Decontamination = "除染等電離放射線健康診断",
        Asbestos = "石綿健康診断",
        Dust = "じん肺健康管理実施状況",
    }
}

/// That the employer sent a report, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentReport {
    /// Row.
    pub id: Id,
    /// Which.
    pub kind: ReportKind,
    /// 報告対象期間, first day.
    pub period_from: Day,
    /// Last day.
    pub period_until: Day,
    /// 提出日
    pub submitted_on: Day,
    /// How it was sent, and its number: 電子申請 …
    pub way: String,
}

labelled! {
    /// What kind of workplace it is for the chest X-ray (感染症法施行令12条1項1号, 告示88号).
    WorkplaceKind {
        Other = "どれでもない",
        School = "学校",
        Hospital = "病院・診療所・助産所",
        CareFacility = "介護老人保健施設",
        Welfare = "特定の社会福祉施設",
    }
}

/// The kind of workplace for a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkplaceFact {
    /// Row.
    pub id: Id,
    /// Which.
    pub kind: WorkplaceKind,
    /// First day.
    pub valid_from: Day,
}
