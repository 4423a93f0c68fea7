//! A second series of hours beside the employer's: the worker's own word, or a gate's log; and the employer's own
//! overtime beside the total that contradicts it.
//!
//! Finds what can be compared. Must not know which of them is true: that is asked of people.

use super::Site;
use crate::domain::command::HoursInForce;
use crate::domain::hours::{Measure, Series};
use crate::domain::{Hours, Id, Period, Seconds};
use crate::law::Law;
use crate::law::overtime::{self, Overtime};

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

/// The two measures of one source that are compared: hours in all, and overtime as the company counts it.
const COMPARED: [Measure; 2] = [Measure::StatutoryTotal, Measure::ReportedOvertime];

/// What the employer says of a worker's period by the other measure, where that leads to another tier (安衛則52条の2).
pub fn contradicting(
    law: &Law,
    site: &Site,
    worker: &Id,
    (period, measure, hours): (Period, Measure, Hours),
) -> Option<String> {
    let other = COMPARED.into_iter().find(|other| *other != measure).filter(|_| COMPARED.contains(&measure))?;
    let other = employers(site, worker, period, other)?.hours;
    let [total, reported] = if measure == Measure::StatutoryTotal { [hours, other] } else { [other, hours] };
    contradiction(law, period, total, reported)
}

/// `総労働時間から 0:00   会社の残業 105:30   差 +105:30`; none where both come to one tier.
fn contradiction(law: &Law, period: Period, total: Hours, reported: Hours) -> Option<String> {
    let view = |hours, measure| overtime::month(law, period.end, period, hours, measure);
    let (counted, told) = (view(total, Measure::StatutoryTotal)?, view(reported, Measure::ReportedOvertime)?);
    let gap = told.x7_low.0 - counted.x7_low.0.max(0);
    let sign = if gap < 0 { "-" } else { "+" };
    let figures = format!("総労働時間から {}   会社の残業 {}", counted.display(), told.display());
    (counted.tier != told.tier).then(|| format!("{figures}   差 {sign}{}", Overtime(gap.abs())))
}

/// The newest period of which the employer's total and the employer's overtime contradict each other.
pub fn newest_contradiction(law: &Law, site: &Site, worker: &Id) -> Option<(Period, String)> {
    let totals = site.hours_of(worker).iter();
    let totals = totals.filter(|value| (value.series, value.measure) == (Series::Employer, Measure::StatutoryTotal));
    let told = totals.filter_map(|value| {
        let text = contradicting(law, site, worker, (value.period, value.measure, value.hours))?;
        Some((value.period, text))
    });
    told.max_by_key(|(period, _)| period.end)
}

/// What lies between the employer's value and another one: `差 +12:30`; of rounded values between the least they can be.
pub fn gap_text(employer: Hours, other: Hours) -> String {
    let gap = other.low.0 - employer.low.0;
    let sign = if gap < 0 { "-" } else { "+" };
    let is_rounded = [employer, other].iter().any(|hours| hours.low != hours.high);
    let rounded = if is_rounded { "（丸めた値）" } else { "" };
    format!("差 {sign}{}{rounded}", overtime::clock(Seconds(gap.abs())))
}
