//! 保健指導 as a record (安衛法66条の7), and the word in advance to people at high heart and brain risk: who they are by the
//! dated criterion, and that they were told (平18.2.24 基発0224003号 第2の12(2)キ).

use serde_json::json;

use super::notes::{self, NoteFault};
use super::weigh::{FINDINGS, findings};
use crate::app::Site;
use crate::app::checkups::lines::Line;
use crate::domain::Day;
use crate::domain::checkup::{HealthGuidance, RiskNotice, SpecificGuidance};
use crate::domain::command::{Act, Command};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::{Law, rules};

/// Records 保健指導: when, by whom, what was said, and what of 特定保健指導 was handed on.
///
/// # Errors
/// [`NoteFault`] for an examination that is not theirs, a day out of order, or an empty field.
pub fn guidance(site: &Site, row: HealthGuidance, today: Day) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    let examined_on = notes::examined_on(site, &row.worker, &row.checkup)?;
    notes::past("day", row.given_on, today)?;
    notes::after("day", row.given_on, examined_on)?;
    notes::written("given_by", &row.given_by)?;
    notes::written("content", &row.content)?;
    if row.specific == SpecificGuidance::Received {
        notes::written("specific_content", &row.specific_content)?;
    }
    Ok(Command::new(Act::GiveGuidance, row.worker.to_string()).put(row))
}

/// What the criterion says about these values on the day of the examination; none where the law of that day has none.
pub fn risk(law: &Law, day: Day, lines: &[Line]) -> Option<Outcome> {
    let found = findings(lines);
    let facts: serde_json::Map<String, serde_json::Value> =
        FINDINGS.iter().zip(found).map(|(name, is_found)| ((*name).to_owned(), json!(is_found))).collect();
    law.assess(rules::find("APP-RISK")?, day, &facts.into()).ok()
}

/// The criterion of the day in words, with its source and 未確認 where nobody has read it there.
pub fn criterion(law: &Law, day: Day) -> Option<String> {
    let outcome = law.assess(rules::find("APP-RISK")?, day, &json!({})).ok()?;
    let (reason, source) = (outcome.reasons.first()?, outcome.citations.first()?);
    let mark = if outcome.is_unverified() { "、未確認" } else { "" };
    Some(format!("{}（{} {}{mark}）", reason.text, source.law, source.article))
}

/// Whether these values put the person on the list.
pub fn is_at_risk(law: &Law, day: Day, lines: &[Line]) -> bool {
    risk(law, day, lines).is_some_and(|outcome| outcome.outcome == Conclusion::Allowed)
}

/// Records that a person was told in advance to apply for an interview if the line is passed.
///
/// # Errors
/// [`NoteFault`] for an examination that is not theirs, or a day out of order.
pub fn tell(site: &Site, row: RiskNotice, today: Day) -> Result<Command, NoteFault> {
    notes::known(site, &row.worker)?;
    let examined_on = notes::examined_on(site, &row.worker, &row.checkup)?;
    notes::past("day", row.told_on, today)?;
    notes::after("day", row.told_on, examined_on)?;
    notes::written("way", &row.way)?;
    Ok(Command::new(Act::TellAtRisk, row.worker.to_string()).put(row))
}
