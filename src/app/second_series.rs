//! A second series of hours beside the employer's: the worker's own word, or a gate's log.
//!
//! Finds what can be compared. Must not know which of them is true: that is asked of people.

use super::Site;
use crate::domain::command::HoursInForce;
use crate::domain::hours::{Measure, Series};
use crate::domain::{Hours, Id, Period, Seconds};
use crate::law::overtime;

/// The employer's value of a worker's period by that measure.
pub fn employers<'site>(
    site: &'site Site,
    worker: &Id,
    period: Period,
    measure: Measure,
) -> Option<&'site HoursInForce> {
    let fits =
        |value: &&HoursInForce| value.series == Series::Employer && (value.period, value.measure) == (period, measure);
    site.hours_of(worker).iter().find(fits)
}

/// The employer's value and the other one of the newest period that has both by one measure; the worker's own word comes
/// before a log.
pub fn newest<'site>(site: &'site Site, worker: &Id) -> Option<(&'site HoursInForce, &'site HoursInForce)> {
    let others = site.hours_of(worker).iter().filter(|value| value.series != Series::Employer);
    let pairs = others.filter_map(|other| Some((employers(site, worker, other.period, other.measure)?, other)));
    pairs.max_by_key(|(_, other)| (other.period.end, other.series == Series::Worker))
}

/// What lies between the employer's value and another one: `差 +12:30`; of rounded values between the least they can be.
pub fn gap_text(employer: Hours, other: Hours) -> String {
    let gap = other.low.0 - employer.low.0;
    let sign = if gap < 0 { "-" } else { "+" };
    let is_rounded = [employer, other].iter().any(|hours| hours.low != hours.high);
    let rounded = if is_rounded { "（丸めた値）" } else { "" };
    format!("差 {sign}{}{rounded}", overtime::clock(Seconds(gap.abs())))
}
