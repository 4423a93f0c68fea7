//! A second series of hours beside the employer's: the worker's own word, or a gate's log.
//!
//! Finds what can be compared. Must not know which of them is true: that is asked of people.

use super::Site;
use crate::domain::Id;
use crate::domain::command::HoursInForce;
use crate::domain::hours::Series;

/// The employer's value and the other one of the newest period that has both by one measure; the worker's own word comes
/// before a log.
pub fn newest<'site>(site: &'site Site, worker: &Id) -> Option<(&'site HoursInForce, &'site HoursInForce)> {
    let values = site.hours_of(worker);
    let employer = |other: &HoursInForce| {
        let fits = |value: &&HoursInForce| {
            value.series == Series::Employer && (value.period, value.measure) == (other.period, other.measure)
        };
        values.iter().find(fits)
    };
    let others = values.iter().filter(|value| value.series != Series::Employer);
    let pairs = others.filter_map(|other| Some((employer(other)?, other)));
    pairs.max_by_key(|(_, other)| (other.period.end, other.series == Series::Worker))
}
