//! What is done for the person after an examination: 保健指導 (安衛法66条の7), and the word given in advance to those at
//! high risk (平18.2.24 基発0224003号 第2の12(2)キ).

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Id};
use crate::labelled;

labelled! {
    /// Whether what 特定保健指導 told the person came to whoever gives 保健指導 (措置指針 2(5)ロ).
    SpecificGuidance { Unasked = "聞いていない", None = "受けていない", Received = "内容を受け取った" }
}

/// 保健指導 as it was given; the employer learns nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthGuidance {
    /// Row.
    pub id: Id,
    /// The examination it follows.
    pub checkup: Id,
    /// Whose.
    pub worker: Id,
    /// Given on.
    pub given_on: Day,
    /// Who gave it: 産業医, 保健師, by name.
    pub given_by: String,
    /// What was said.
    pub content: String,
    /// 特定保健指導
    pub specific: SpecificGuidance,
    /// What of it was handed on.
    pub specific_content: String,
}

/// That a person at high risk was told in advance to apply for an interview if the line is passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskNotice {
    /// Row.
    pub id: Id,
    /// The examination that showed it.
    pub checkup: Id,
    /// Who.
    pub worker: Id,
    /// Told on.
    pub told_on: Day,
    /// How, e.g. 書面, 面談.
    pub way: String,
}
