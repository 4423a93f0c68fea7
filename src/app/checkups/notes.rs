//! What every record round a checkup is checked for before it becomes a command: whose it is, its days, its words.
//!
//! Knows one establishment and the day; performs nothing. A record that stands already is corrected by the same way.

use crate::app::Site;
use crate::domain::{Day, Id};

/// Why a record round a checkup is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// The worker is not on the roster.
    #[error("この労働者は名簿にありません。名簿を開き直してください。")]
    NoWorker,
    /// A day that has not come.
    #[error("今日より後の日です。日付を確かめてください。")]
    Future(&'static str),
    /// A day before the one it follows.
    #[error("先にあるはずの日より前です。日付を確かめてください。")]
    TooEarly(&'static str),
    /// A field without a word or a day.
    #[error("この欄が空です。書いてください。")]
    Empty(&'static str),
    /// No examination on which it could hang.
    #[error("もとになる健診の記録がありません。健診を選ぶか、先に結果を記録してください。")]
    NoCheckup,
    /// The paper is no issued opinion on this person.
    #[error("この人についての、確定した意見の文書ではありません。文書を選び直してください。")]
    OtherPaper,
    /// The same is on record for these days.
    #[error("同じ種類の記録が、同じ期間にあります。そちらを直してください。")]
    Twice(&'static str),
    /// No consent is on record.
    #[error(
        "二次健診の結果は、本人の同意を記録してから残します。健診の記録の画面で、一次健診のあとの同意を記録してください。"
    )]
    NoConsent,
}

impl NoteFault {
    /// The field that it is about.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Future(field) | Self::TooEarly(field) | Self::Empty(field) | Self::Twice(field) => field,
            Self::NoCheckup | Self::NoConsent => "checkup",
            Self::OtherPaper => "document",
            Self::NoWorker => "",
        }
    }
}

/// The worker is known here.
pub(super) fn known(site: &Site, worker: &Id) -> Result<(), NoteFault> {
    site.worker(worker).map(|_| ()).ok_or(NoteFault::NoWorker)
}

/// The day has come.
pub(super) fn past(field: &'static str, day: Day, today: Day) -> Result<(), NoteFault> {
    if day > today { Err(NoteFault::Future(field)) } else { Ok(()) }
}

/// The day is not before the other one.
pub(super) fn after(field: &'static str, day: Day, other: Day) -> Result<(), NoteFault> {
    if day < other { Err(NoteFault::TooEarly(field)) } else { Ok(()) }
}

/// Something is written there.
pub(super) fn written(field: &'static str, text: &str) -> Result<(), NoteFault> {
    if text.trim().is_empty() { Err(NoteFault::Empty(field)) } else { Ok(()) }
}

/// The day of the examination with this id, if it is the worker's.
pub(super) fn examined_on(site: &Site, worker: &Id, checkup: &Id) -> Result<Day, NoteFault> {
    let head = site.checkups.iter().find(|head| &head.id == checkup && &head.worker == worker);
    head.map(|head| head.day).ok_or(NoteFault::NoCheckup)
}
