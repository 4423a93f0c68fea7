//! Papers about checkups (安衛法66条の3 to 66条の7): what the employer, the person and the committee may read.
//!
//! The employer gets the class of fitness, the measures and the opinion on the workplace. A value, a finding, 診断区分 and
//! the physician's notes are no facts of its copies; the condition and the words beside an opinion leave only where the
//! physician released that field by name.

mod card;
mod figures;
mod opinions;
mod referral;
mod risk_list;
mod special;

pub use card::{CardFacts, card};
pub use figures::{CommitteeFacts, Figure, ReportFacts, committee, report};
pub use opinions::{ListFacts, Told, hints, opinions, standing_list, staying};
pub use referral::{ReferralFacts, referral};
pub use risk_list::{AtRisk, RiskListFacts, risk_list};
pub use special::{ItemRow, RiskFacts, SpecialFacts, risk_letter, special_report};

use super::parts::Imprint;
use super::staying::SIGNER_NAME;

/// Names what must be filled in before a signed paper can be issued.
pub fn missing(imprint: &Imprint<'_>) -> Vec<String> {
    let is_unnamed = imprint.doctor.name.trim().is_empty();
    is_unnamed.then(|| SIGNER_NAME.to_owned()).into_iter().collect()
}
