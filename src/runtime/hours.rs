//! Hours typed by hand: one grid is one batch, undone as one.

use super::desk::Desk;
use super::error::RuntimeError;
use crate::app::Site;
use crate::app::host::TypedHours;
use crate::domain::command::{Act, HoursBatch};
use crate::domain::hours::{Batch, BatchKind, Measure, Series, WorkTime};
use crate::domain::{Day, EstablishmentId, Hours, Period, Prefix};
use crate::import::hours::content_sha256;
use crate::import::notation::{self, Notation, Shape};
use crate::import::reason::Why;

impl Desk {
    /// Takes in a grid of hours typed by hand; an empty field says nothing and is passed over.
    ///
    /// A number without a colon is read as hours with a decimal part, as the field's hint says.
    ///
    /// # Errors
    /// [`RuntimeError::TypedHours`] for the first field that is no time; then nothing at all is written.
    pub fn enter_hours(&mut self, id: &EstablishmentId, typed: &[TypedHours]) -> Result<i64, RuntimeError> {
        self.make_whole(id)?;
        let site = self.site(id)?;
        let mut rows = Vec::with_capacity(typed.len());
        for hours in typed {
            if site.worker(&hours.worker).is_none() {
                return Err(RuntimeError::NoSuchWorker);
            }
            rows.extend(row(site, hours)?);
        }
        if rows.is_empty() {
            return Err(RuntimeError::TypedHours(Why::NotTime));
        }
        let batch = HoursBatch { batch: batch(site, self.today(), &rows), workers: Vec::new(), rows };
        self.take_in(id, Act::EnterHours, batch)
    }
}

fn row(site: &Site, typed: &TypedHours) -> Result<Option<WorkTime>, RuntimeError> {
    let period = period(site, typed.period_end).ok_or(RuntimeError::TypedHours(Why::NotPeriod))?;
    let Some(hours) = value(&typed.text, period).map_err(RuntimeError::TypedHours)? else { return Ok(None) };
    Ok(Some(WorkTime {
        worker: typed.worker.clone(),
        period,
        measure: if typed.is_total { Measure::StatutoryTotal } else { Measure::ReportedOvertime },
        series: Series::Employer,
        hours,
        source_text: typed.text.trim().into(),
        row: 0,
    }))
}

/// The counting period that ends on that day; the site's own where it closes then.
fn period(site: &Site, end: Day) -> Option<Period> {
    use chrono::Datelike;
    site.period(end.year(), end.month()).filter(|period| period.end == end)
}

fn value(text: &str, period: Period) -> Result<Option<Hours>, Why> {
    let shape = notation::shape(text)?;
    let digits = match shape {
        // Two digits are exact: what a person types is not a column that some system rounded to tenths.
        Shape::Number { digits, .. } => digits.max(2),
        Shape::Nothing | Shape::Written(_) => 0,
    };
    let read = notation::read(shape, Notation::Decimal, digits)?;
    read.map(|hours| notation::within(hours, notation::limit_of(Some(period)))).transpose()
}

fn batch(site: &Site, day: Day, rows: &[WorkTime]) -> Batch {
    let replaces = |row: &&WorkTime| {
        let same = |old: &&crate::domain::command::HoursInForce| {
            (old.period, old.measure, old.series) == (row.period, row.measure, row.series)
        };
        site.hours_of(&row.worker).iter().find(same).is_some()
    };
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let changed = rows.iter().filter(replaces).count();
    Batch {
        id: site.next_id(Prefix::Row),
        kind: BatchKind::Hours,
        day,
        sha256: String::new(),
        rows: count(rows.len()),
        added: count(rows.len() - changed),
        changed: count(changed),
        refused: 0,
        reading: "手で記入".to_owned(),
        content_sha256: content_sha256(rows),
        undone_on: None,
    }
}
