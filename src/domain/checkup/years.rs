//! What two digits of a year stand for where no era is written: 26/10/05 and 8.10.5.

/// What the short years of a file are: the physician says it, once for all of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShortYears {
    /// The last two digits of the common year: 26 is 2026.
    Common,
    /// Years of 令和: 8 is 2026.
    Reiwa,
}
