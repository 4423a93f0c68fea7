//! 二次健康診断: what the person agreed to, and which primary examination a secondary one belongs to (措置指針 2(2), 2(5)ホ).

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Id};

/// The person's word that the result of a secondary examination may be kept (OPN-15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondaryConsent {
    /// Row.
    pub id: Id,
    /// Whose.
    pub worker: Id,
    /// The head of the primary examination after which it was given.
    pub primary_checkup: Id,
    /// Given on.
    pub consented_on: Day,
    /// How it was given, e.g. 面談で口頭, 書面.
    pub way: String,
    /// Taken back on; nothing more is stored from that day on.
    pub withdrawn_on: Option<Day>,
}

impl SecondaryConsent {
    /// Whether it stands on `day`.
    pub fn holds_on(&self, day: Day) -> bool {
        self.consented_on <= day && self.withdrawn_on.is_none_or(|withdrawn| day < withdrawn)
    }
}

/// The link between a stored secondary examination and its primary one; without it no secondary sheet is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondaryExam {
    /// Row.
    pub id: Id,
    /// The head of the secondary examination.
    pub checkup: Id,
    /// Whose.
    pub worker: Id,
    /// The head of the primary examination.
    pub primary_checkup: Id,
    /// The consent it rests on.
    pub consent: Id,
    /// When the person handed the result in: the opinion's time runs from then (労災保険法27条).
    pub submitted_on: Day,
}
