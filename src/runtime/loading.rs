//! From tables to the snapshot: which member of a site comes from which table, and only that one is read again.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::Months;

use super::error::RuntimeError;
use crate::app::Site;
use crate::domain::command::{Change, Command, HoursInForce, Operation};
use crate::domain::establishment::Establishment;
use crate::domain::hours::WorkTime;
use crate::domain::{Day, EstablishmentId, Prefix, Table};
use crate::store::{SiteStore, StoreError};

/// How many operations the history holds.
const HISTORY: i64 = 200;

macro_rules! tables {
    ($($table:ident => $member:ident),* $(,)?) => {
        /// Reads one table of the site again.
        pub(super) fn reload(store: &SiteStore, site: &mut Site, table: Table) -> Result<(), StoreError> {
            match table {
                $(Table::$table => site.$member = Arc::new(store.all()?),)*
                Table::Establishment => {
                    if let Some(establishment) = store.all::<Establishment>()?.into_iter().next() {
                        site.establishment = Arc::new(establishment);
                    }
                }
                Table::Attachment => site.attachments = Arc::new(store.attachments()?),
                // Large, and never drawn as a list: read when one is written out.
                Table::SignedCopy => {}
            }
            Ok(())
        }
    };
}

tables! {
    Headcount => headcounts,
    Contact => contacts,
    ClosingDay => closing_days,
    PatrolRhythm => rhythms,
    Information => information,
    Promise => promises,
    Visit => visits,
    Plan => plans,
    Worker => workers,
    WorkerAttribute => attributes,
    Checkup => checkups,
    StressFlag => stress,
    Batch => batches,
    ImportProfile => profiles,
    Case => cases,
    Request => requests,
    Notice => notices,
    Exclusion => exclusions,
    ExclusionBasis => bases,
    Certificate => certificates,
    InterviewInformation => interview_information,
    Measure => measures,
    Interview => interviews,
    Issued => issued,
    Place => places,
    Patrol => patrols,
    PlaceMark => marks,
    Finding => findings,
}

/// Months of hours that the first screen needs: a year to look back on, and files that come late.
const RECENT: Months = Months::new(15);

/// Reads a site with its recent hours; the older ones are read when there is time (see [`hours`]).
pub(super) fn load(store: &SiteStore, id: &EstablishmentId, today: Day) -> Result<Site, RuntimeError> {
    let establishment = store.all::<Establishment>()?.into_iter().next();
    let mut site = Site::new(establishment.ok_or_else(|| RuntimeError::EmptySite(id.to_string()))?);
    rows(store, &mut site)?;
    let since = today.checked_sub_months(RECENT).unwrap_or(Day::MIN);
    site.hours = Arc::new(store.hours_since(since)?.into_iter().collect());
    Ok(site)
}

/// Reads everything but the hours.
pub(super) fn rows(store: &SiteStore, site: &mut Site) -> Result<(), StoreError> {
    for table in Table::ALL {
        reload(store, site, *table)?;
    }
    site.drafts = Arc::new(store.drafts()?);
    site.history = Arc::new(store.history(HISTORY)?);
    numbers(store, site)
}

/// Reads all the hours in force.
pub(super) fn hours(store: &SiteStore, site: &mut Site) -> Result<(), StoreError> {
    site.hours = Arc::new(store.hours()?.into_iter().collect());
    Ok(())
}

/// Puts a batch that was just taken in onto the hours in force, without reading half a million rows again.
pub(super) fn add_hours(site: &mut Site, rows: &[WorkTime]) {
    let mut hours = HashMap::clone(&site.hours);
    for row in rows {
        let value = HoursInForce { period: row.period, measure: row.measure, series: row.series, hours: row.hours };
        add_value(hours.entry(row.worker.clone()).or_default(), value);
    }
    site.hours = Arc::new(hours);
}

/// Newest end first, then earlier start first, as the store gives them.
fn add_value(values: &mut Vec<HoursInForce>, value: HoursInForce) {
    let key = |v: &HoursInForce| (v.period, v.measure, v.series);
    match values.iter_mut().find(|known| key(known) == key(&value)) {
        Some(known) => *known = value,
        None => {
            let place = |v: &HoursInForce| (Reverse(v.period.end), v.period.start);
            let index = values.partition_point(|known| place(known) <= place(&value));
            values.insert(index, value);
        }
    }
}

/// Reads what a command may have changed.
pub(super) fn touched(store: &SiteStore, site: &mut Site, command: &Command) -> Result<(), StoreError> {
    let mut tables: Vec<Table> = command.changes.iter().map(table_of).collect();
    tables.sort_unstable();
    tables.dedup();
    for table in tables {
        reload(store, site, table)?;
    }
    if !command.ends_drafts.is_empty() {
        site.drafts = Arc::new(store.drafts()?);
    }
    newest_operation(store, site)?;
    numbers(store, site)
}

fn table_of(change: &Change) -> Table {
    match change {
        Change::Put(record) => record.table(),
        Change::Remove(table, _) => *table,
    }
}

/// Puts the newest operation in front; what stood there before has not changed.
pub(super) fn newest_operation(store: &SiteStore, site: &mut Site) -> Result<(), StoreError> {
    let newest = store.history(1)?;
    let is_known = |operation: &Operation| site.history.first().is_some_and(|known| known.number == operation.number);
    if !newest.first().is_some_and(is_known) {
        let older = site.history.iter().take(usize::try_from(HISTORY).unwrap_or(usize::MAX) - 1).cloned();
        site.history = Arc::new(newest.into_iter().chain(older).collect());
    }
    Ok(())
}

/// Reads the last number given for each kind of id.
pub(super) fn numbers(store: &SiteStore, site: &mut Site) -> Result<(), StoreError> {
    for (slot, prefix) in site.last_numbers.iter_mut().zip(Prefix::ALL) {
        *slot = store.last_number(prefix)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hours::{Measure, Series};
    use crate::domain::{Hours, Period, Seconds};

    fn value(end: &str, hours: i64) -> HoursInForce {
        let end: Day = end.parse().unwrap();
        let period = Period { start: chrono::Datelike::with_day(&end, 1).unwrap(), end };
        let hours = Hours::exact(Seconds::hm(hours, 0));
        HoursInForce { period, measure: Measure::StatutoryTotal, series: Series::Employer, hours }
    }

    #[test]
    fn a_value_taken_in_stands_where_the_store_would_give_it() {
        let mut values = vec![value("2026-10-31", 1), value("2026-08-31", 2)];
        add_value(&mut values, value("2026-09-30", 3));
        add_value(&mut values, value("2026-11-30", 4));
        add_value(&mut values, value("2026-08-31", 5));
        let hours: Vec<i64> = values.iter().map(|value| value.hours.low.0 / 3600).collect();
        assert_eq!(hours, [4, 1, 3, 5]);
    }
}
