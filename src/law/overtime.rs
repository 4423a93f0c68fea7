//! Overtime by the health law (安衛則52条の2の「超えた時間」): exact, in sevenths of a second.
//!
//! `x7 = 7·S − (40 h)·D` is seven times the hours beyond 40 a week of a period of D days, so that
//! the division by seven never happens before a comparison (平18.2.24 基発0224003号 12(1)ア).
//! Knows hours and thresholds; knows no worker, no request and no duty.

use std::fmt;

use super::Law;
use crate::domain::hours::Measure;
use crate::domain::{Day, Hours, Period, Seconds};
use crate::labelled;

/// Days of a week: the divisor of the formula.
const WEEK: i64 = 7;
/// Seconds of an hour.
const HOUR: i64 = 3600;
/// Sevenths of a second in a minute of overtime.
const MINUTE_X7: i64 = 60 * WEEK;

labelled! {
    /// How far a month lies above 40 hours a week. The limits themselves are parameters.
    Tier { Below = "-", Over45 = "45超", Over80 = "80超", Over100 = "100超" }
}

/// A value that its source decides, or one that a rounding leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided<T> {
    /// One value, whatever the source rounded.
    Known(T),
    /// The true value lies between the two, ends included; nobody guesses.
    Undecided {
        /// The least it can be.
        low: T,
        /// The most it can be.
        high: T,
    },
}

impl<T: PartialEq + Copy> Decided<T> {
    /// The one value, if it is decided.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Undecided { .. } => None,
        }
    }

    fn between(low: T, high: T) -> Self {
        if low == high { Self::Known(low) } else { Self::Undecided { low, high } }
    }
}

/// Seven times the overtime, in seconds; negative when less than 40 hours a week was worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Overtime(pub i64);

impl Overtime {
    /// Overtime given as such (a threshold, or an employer's own figure).
    pub fn of(seconds: Seconds) -> Self {
        Self(seconds.0.saturating_mul(WEEK))
    }

    /// Overtime of whole hours.
    pub fn hours(hours: i64) -> Self {
        Self::of(Seconds(hours.saturating_mul(HOUR)))
    }

    /// `92:30+`: cut to the minute, `+` when a fraction was cut; less than nothing is shown as `0:00`.
    pub fn display(self) -> String {
        self.to_string()
    }

    /// `92時間30分余り`: for a document, where a sign would want a legend; 余り stands where a fraction was cut.
    pub fn words(self) -> String {
        let shown = self.0.max(0);
        let minutes = shown / MINUTE_X7;
        let rest = if shown % MINUTE_X7 == 0 { "" } else { "余り" };
        format!("{}時間{:02}分{rest}", minutes / 60, minutes % 60)
    }

    /// `92:30 3/7`: the minute with its sevenths, for the why sheet.
    pub fn exact(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (minutes, rest) = (self.0.saturating_abs() / MINUTE_X7, self.0.saturating_abs() % MINUTE_X7);
        format!("{sign}{}:{:02}{}", minutes / 60, minutes % 60, sevenths(rest))
    }
}

impl fmt::Display for Overtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.max(0);
        let minutes = shown / MINUTE_X7;
        let cut = if shown % MINUTE_X7 == 0 { "" } else { "+" };
        write!(f, "{}:{:02}{cut}", minutes / 60, minutes % 60)
    }
}

/// `79:57〜80:02+`; one figure where both ends are shown alike, as where all that lies between is less than nothing.
pub(super) fn span(low: Overtime, high: Overtime) -> String {
    let (low, high) = (low.display(), high.display());
    if low == high { low } else { format!("{low}〜{high}") }
}

fn sevenths(rest: i64) -> String {
    if rest == 0 {
        String::new()
    } else if rest % 60 == 0 {
        format!(" {}/7", rest / 60)
    } else if rest % WEEK == 0 {
        format!(" {}秒", rest / WEEK)
    } else {
        format!(" {}/7秒", rest)
    }
}

/// `269:39`, seconds only where there are some.
pub fn clock(seconds: Seconds) -> String {
    let (sign, value) = (if seconds.0 < 0 { "-" } else { "" }, seconds.0.saturating_abs());
    let (hours, minutes, rest) = (value / HOUR, value / 60 % 60, value % 60);
    let tail = if rest == 0 { String::new() } else { format!(":{rest:02}") };
    format!("{sign}{hours}:{minutes:02}{tail}")
}

/// The thresholds of one day, ready to be compared with `x7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Thresholds {
    /// Seconds of 40 hours: what one day takes off `x7`.
    pub frame: i64,
    /// The three tiers.
    pub tiers: [i64; 3],
    /// The mean.
    pub mean: i64,
    /// Shortest and longest window of a mean.
    pub windows: (usize, usize),
}

/// One month of work as the record holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkedMonth {
    /// Counting period.
    pub period: Period,
    /// Hours.
    pub hours: Hours,
    /// Definition of the hours.
    pub measure: Measure,
    /// Joined or left inside it, or a changed closing day: compared, but not inside a mean.
    pub is_partial: bool,
}

/// One month beyond 40 hours a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthView {
    /// The least it can be.
    pub x7_low: Overtime,
    /// The most it can be.
    pub x7_high: Overtime,
    /// Its tier.
    pub tier: Decided<Tier>,
    /// The figure is the employer's own overtime (会社の計算), not computed from total hours.
    pub is_reported: bool,
}

impl MonthView {
    /// `92:30+`, or `79:57〜80:02+` where the source rounded.
    pub fn display(&self) -> String {
        span(self.x7_low, self.x7_high)
    }

    /// As [`MonthView::display`], in the words of a document.
    pub fn words(&self) -> String {
        let (low, high) = (self.x7_low.words(), self.x7_high.words());
        if low == high { low } else { format!("{low}から{high}") }
    }

    /// Whether it lies above `limit`.
    pub fn exceeds(&self, limit: Overtime) -> Decided<bool> {
        Decided::between(self.x7_low > limit, self.x7_high > limit)
    }
}

/// The three lines of a chart on `day`, in seconds of overtime; none before the rules exist.
pub fn lines(law: &Law, day: Day) -> Vec<Seconds> {
    law.thresholds(day).map(|t| t.tiers.iter().map(|x7| Seconds(x7 / WEEK)).collect()).unwrap_or_default()
}

/// Computes a month by the law of `day_of_rule` (the period's end); none before the rules exist, and
/// none for hours of another definition (36協定, 医療法), which must never be compared here.
pub fn month(law: &Law, day_of_rule: Day, period: Period, hours: Hours, measure: Measure) -> Option<MonthView> {
    let thresholds = law.thresholds(day_of_rule)?;
    let off = frame(thresholds, period, measure)?;
    let x7_low = Overtime(hours.low.0.saturating_mul(WEEK).saturating_sub(off));
    let x7_high = Overtime(hours.high.0.saturating_mul(WEEK).saturating_sub(off));
    let tier = Decided::between(tier(thresholds, x7_low), tier(thresholds, x7_high));
    Some(MonthView { x7_low, x7_high, tier, is_reported: measure == Measure::ReportedOvertime })
}

fn frame(thresholds: &Thresholds, period: Period, measure: Measure) -> Option<i64> {
    match measure {
        Measure::StatutoryTotal | Measure::HealthManagement => Some(thresholds.frame.saturating_mul(period.days())),
        Measure::ReportedOvertime => Some(0),
        Measure::Article36 | Measure::MedicalAct => None,
    }
}

fn tier(thresholds: &Thresholds, x7: Overtime) -> Tier {
    let [first, second, third] = thresholds.tiers;
    match x7.0 {
        value if value > third => Tier::Over100,
        value if value > second => Tier::Over80,
        value if value > first => Tier::Over45,
        _ => Tier::Below,
    }
}

/// `総労働 269:39 - 31日/7x40時間 177:08 4/7 = 92:30 3/7`: the computation as the why sheet shows it.
pub fn computation(law: &Law, month: &WorkedMonth) -> Option<String> {
    let thresholds = law.thresholds(month.period.end)?;
    let view = self::month(law, month.period.end, month.period, month.hours, month.measure)?;
    if view.is_reported {
        return Some(format!("会社の計算の残業 {}（総労働時間からの計算ではありません）", view.display()));
    }
    let days = month.period.days();
    let frame = Overtime(thresholds.frame.saturating_mul(days)).exact();
    let weekly = thresholds.frame / HOUR;
    let (total, rest) = (range(month.hours, clock), exact_range(&view));
    Some(format!("{} {total} - {days}日/7x{weekly}時間 {frame} = {rest}", word(month.measure)))
}

fn word(measure: Measure) -> &'static str {
    if measure == Measure::HealthManagement { "健康管理時間" } else { "総労働" }
}

fn range(hours: Hours, show: fn(Seconds) -> String) -> String {
    if hours.is_exact() { show(hours.low) } else { format!("{}〜{}", show(hours.low), show(hours.high)) }
}

fn exact_range(view: &MonthView) -> String {
    if view.x7_low == view.x7_high {
        return view.x7_low.exact();
    }
    format!("{}〜{}", view.x7_low.exact(), view.x7_high.exact())
}

#[cfg(test)]
#[path = "overtime_tests.rs"]
mod tests;
