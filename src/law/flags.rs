//! What one worker's history of hours raises: a cheap answer for lists, a reasoned one when asked.
//!
//! The cheap path allocates nothing; ten thousand workers are flagged while a screen is drawn.

use serde_json::{Value, json};

use super::Law;
use super::means::{self, MeanFlag};
use super::outcome::{Conclusion, Outcome};
use super::overtime::{self, Decided, MonthView, Tier, WorkedMonth};
use super::rules;
use crate::domain::command::HoursInForce;
use crate::domain::hours::{Measure, Series};

/// The flags of one worker on the newest period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkerFlags {
    /// The newest month, as computed; none without any hours or before the rules exist.
    pub newest: Option<MonthView>,
    /// Whether some mean of two to six months lies above the limit.
    pub mean: MeanFlag,
    /// Months of the longest window of a mean that have no hours, or only a part of the month.
    pub missing_months: u8,
    /// Months in a row, the newest included, on which the worker stood on the list of long hours (80 超).
    pub listed_months: u8,
    /// The newest period is not a whole month (途中入社・退職、締日の変更).
    pub is_partial: bool,
    /// The figure is the employer's own (会社の計算).
    pub is_reported: bool,
    /// Employer and worker name different hours for the newest period.
    pub is_disputed: bool,
}

impl WorkerFlags {
    /// The tier of the newest period, decided or not.
    pub fn tier(&self) -> Option<Decided<Tier>> {
        self.newest.map(|view| view.tier)
    }

    /// Listed twice or more in a row (連続掲載): wants special care when never chosen for an interview.
    pub fn is_listed_again(&self) -> bool {
        self.listed_months > 1
    }
}

/// Flags a history, newest month first; `is_disputed` as [`is_disputed`] or the request says.
pub fn flags(law: &Law, months: &[WorkedMonth], is_disputed: bool) -> WorkerFlags {
    let newest = months.first();
    let view = newest.and_then(|month| view(law, month));
    WorkerFlags {
        newest: view,
        mean: means::flag(law, months),
        missing_months: missing(law, months),
        listed_months: listed(law, months),
        is_partial: newest.is_some_and(|month| month.is_partial),
        is_reported: view.is_some_and(|view| view.is_reported),
        is_disputed,
    }
}

fn view(law: &Law, month: &WorkedMonth) -> Option<MonthView> {
    overtime::month(law, month.period.end, month.period, month.hours, month.measure)
}

fn missing(law: &Law, months: &[WorkedMonth]) -> u8 {
    let Some(newest) = months.first() else { return 0 };
    let Some(thresholds) = law.thresholds(newest.period.end) else { return 0 };
    let longest = thresholds.windows.1;
    let is_inside = |month: &&WorkedMonth| {
        let back = number(newest) - number(month);
        usize::try_from(back).is_ok_and(|back| back < longest) && !month.is_partial
    };
    let present = months.iter().take(longest).filter(is_inside).count();
    u8::try_from(longest.saturating_sub(present)).unwrap_or(u8::MAX)
}

/// The month a period is named by, counted from year 0.
fn number(month: &WorkedMonth) -> i32 {
    let (year, of_year) = month.period.month();
    year * 12 + i32::try_from(of_year).unwrap_or(0)
}

fn listed(law: &Law, months: &[WorkedMonth]) -> u8 {
    let over = |index: usize| {
        let tier = months.get(index).and_then(|month| view(law, month)).and_then(|view| view.tier.known());
        tier >= Some(Tier::Over80) && means::follows_in_time(months, index)
    };
    let count = (0..months.len()).take_while(|index| over(*index)).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// A worker's rows as months of one measure and the employer's word, newest first.
///
/// `is_partial` says which periods are no whole months of the closing day or of the employment.
pub fn history(
    rows: &[HoursInForce],
    measure: Measure,
    is_partial: impl Fn(&HoursInForce) -> bool,
) -> Vec<WorkedMonth> {
    let wanted = rows.iter().filter(|row| row.series == Series::Employer && row.measure == measure);
    let month =
        |row: &HoursInForce| WorkedMonth { period: row.period, hours: row.hours, measure, is_partial: is_partial(row) };
    let mut months: Vec<WorkedMonth> = wanted.map(month).collect();
    months.sort_unstable_by_key(|month| std::cmp::Reverse(month.period));
    months
}

/// Whether the worker's own figure for the newest period differs from the employer's.
pub fn is_disputed(rows: &[HoursInForce]) -> bool {
    let Some(end) = rows.iter().map(|row| row.period.end).max() else { return false };
    let newest = |series: Series| rows.iter().filter(move |row| row.period.end == end && row.series == series);
    newest(Series::Worker)
        .any(|own| newest(Series::Employer).any(|other| own.measure == other.measure && own.hours != other.hours))
}

/// The reasons of the flags: tiers, means and a dispute, each as an outcome that the why sheet shows.
pub fn explain(law: &Law, months: &[WorkedMonth], is_disputed: bool) -> Vec<Outcome> {
    let Some(newest) = months.first() else { return Vec::new() };
    let day = newest.period.end;
    let mut outcomes: Vec<Outcome> =
        ["OT-45", "OT-80", "OT-100"].iter().filter_map(|id| ask(law, id, newest)).collect();
    outcomes
        .retain(|outcome| matches!(outcome.outcome, Conclusion::Required | Conclusion::Effort | Conclusion::Unknown));
    outcomes.reverse();
    outcomes.push(super::inquiry::Inquiry::run(law, "OT-AVG", day, |inquiry| {
        inquiry.read("overtime.mean.hours")?;
        rules::overtime::means_of(inquiry, months);
        Ok(())
    }));
    if is_disputed {
        outcomes.extend(answer(law, "OT-DISPUTE", newest, &json!({ "hours_disputed": true })));
    }
    outcomes
}

fn ask(law: &Law, id: &str, month: &WorkedMonth) -> Option<Outcome> {
    if month.measure == Measure::StatutoryTotal {
        let facts = json!({
            "period_start": month.period.start,
            "total_seconds": month.hours.low.0,
            "total_high_seconds": month.hours.high.0,
        });
        return answer(law, id, month, &facts);
    }
    let view = view(law, month)?;
    Some(rules::overtime::tier_of(law, id, month, &view))
}

fn answer(law: &Law, id: &str, month: &WorkedMonth, facts: &Value) -> Option<Outcome> {
    law.assess(rules::find(id)?, month.period.end, facts).ok()
}

#[cfg(test)]
#[path = "flags_tests.rs"]
pub(crate) mod tests;
