//! Means of the newest two to six months (平18.2.24 基発0224003号 13(3)ア; a workplace's criterion, not a duty).
//!
//! A window that can be evaluated and lies above the limit raises the flag; if none does and some
//! window cannot be evaluated, the answer is unknown, never "no" (additions.md, section 10).

use super::Law;
use super::overtime::{self, Overtime, WorkedMonth};
use crate::domain::Seconds;

/// Whether some mean lies above the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeanFlag {
    /// Yes; the shortest window that shows it, in months.
    Over(u8),
    /// Every window was evaluated, none lies above.
    NotOver,
    /// None lies above so far, and some window cannot be evaluated.
    Unknown,
}

/// One window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// Months in it.
    pub months: u8,
    /// Seven times the mean, cut to the second, lowest and highest; none when it cannot be evaluated.
    pub mean: Option<(Overtime, Overtime)>,
    /// Above the limit; none when that is not decided.
    pub is_over: Option<bool>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    low: i64,
    high: i64,
}

/// The flag alone: no allocation, for long lists.
pub fn flag(law: &Law, months: &[WorkedMonth]) -> MeanFlag {
    let mut open = limit(law, months).is_none();
    let over = walk(law, months, |mean| {
        open |= mean.is_over.is_none();
        mean.is_over == Some(true)
    });
    match over {
        Some(mean) => MeanFlag::Over(mean.months),
        None if open => MeanFlag::Unknown,
        None => MeanFlag::NotOver,
    }
}

/// Every window, for the why sheet and the chart.
pub fn windows(law: &Law, months: &[WorkedMonth]) -> Vec<Mean> {
    let mut all = Vec::new();
    walk(law, months, |mean| {
        all.push(*mean);
        false
    });
    all
}

/// Shows each window, shortest first, until `stop` says so; gives the window it stopped at.
fn walk(law: &Law, months: &[WorkedMonth], mut stop: impl FnMut(&Mean) -> bool) -> Option<Mean> {
    let newest = months.first()?;
    let thresholds = law.thresholds(newest.period.end)?;
    let (shortest, longest) = thresholds.windows;
    let mut sum = Some(Sum::default());
    for count in 1..=longest {
        sum = sum.and_then(|sum| extended(law, months, count - 1, sum));
        if count < shortest {
            continue;
        }
        let mean = window(count, sum, thresholds.mean);
        if stop(&mean) {
            return Some(mean);
        }
    }
    None
}

fn extended(law: &Law, months: &[WorkedMonth], index: usize, sum: Sum) -> Option<Sum> {
    let month = months.get(index)?;
    let usable = !month.is_partial && follows(months, index);
    let view = overtime::month(law, month.period.end, month.period, month.hours, month.measure);
    let view = view.filter(|_| usable)?;
    // Less than 40 hours a week counts as none: the mean errs to the worker's safety.
    let (low, high) = (view.x7_low.0.max(0), view.x7_high.0.max(0));
    Some(Sum { low: sum.low.saturating_add(low), high: sum.high.saturating_add(high) })
}

/// Whether month `index` lies right before the one after it in time.
pub(crate) fn follows_in_time(months: &[WorkedMonth], index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return true };
    let (Some(newer), Some(older)) = (months.get(before), months.get(index)) else { return false };
    older.period.end.succ_opt() == Some(newer.period.start)
}

/// Whether month `index` lies right before the one after it, by the same definition of hours.
fn follows(months: &[WorkedMonth], index: usize) -> bool {
    let same = |newer: &WorkedMonth| months.get(index).is_some_and(|older| older.measure == newer.measure);
    follows_in_time(months, index) && months.first().is_none_or(same)
}

fn window(count: usize, sum: Option<Sum>, limit: i64) -> Mean {
    let months = u8::try_from(count).unwrap_or(u8::MAX);
    let Some(sum) = sum else { return Mean { months, mean: None, is_over: None } };
    let count = i64::from(months);
    let most = limit.saturating_mul(count);
    let is_over = (sum.low > most || sum.high <= most).then_some(sum.low > most);
    Mean { months, mean: Some((Overtime(sum.low / count), Overtime(sum.high / count))), is_over }
}

/// The limit of the mean on the day of the newest month.
pub fn limit(law: &Law, months: &[WorkedMonth]) -> Option<Seconds> {
    let thresholds = law.thresholds(months.first()?.period.end)?;
    Some(Seconds(thresholds.mean / 7))
}
