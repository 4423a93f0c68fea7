//! Worked time in batches: rows carry their batch and the batch that replaced them.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Transaction, params};

use super::{Mac, Stamp, StoreError, audit, journal};
use crate::domain::command::{Act, Change, HoursBatch, HoursInForce, Operation};
use crate::domain::hours::{Batch, KeptHours, Measure, Series, WorkTime};
use crate::domain::{Day, Hours, Id, Period, Record, Seconds};

/// Takes a batch in: the batch and its new workers are journalled, its hours are not.
pub fn take_in(
    tx: &Transaction<'_>,
    mac: &Mac,
    stamp: &Stamp,
    act: Act,
    incoming: &HoursBatch,
) -> Result<i64, StoreError> {
    let number = journal::open(tx, stamp, act, Some(incoming.batch.key()))?;
    tx.execute("UPDATE operation SET batch = ?2 WHERE number = ?1", params![number, incoming.batch.key()])?;
    journal::apply(tx, number, &Change::Put(incoming.batch.clone().into()))?;
    for worker in &incoming.workers {
        journal::apply(tx, number, &Change::Put(worker.clone().into()))?;
    }
    write_rows(tx, &incoming.batch.id, &incoming.rows)?;
    let detail = format!("操作{number} {}行 {}", incoming.rows.len(), incoming.batch.content_sha256);
    audit::append(tx, mac, stamp, act.label(), incoming.batch.key(), &detail)?;
    Ok(number)
}

fn write_rows(transaction: &Transaction<'_>, batch: &Id, rows: &[WorkTime]) -> Result<(), StoreError> {
    let replacing = periods_in_force(transaction)?;
    let mut retire = transaction.prepare_cached(
        "UPDATE work_time SET retired_by = ?1 WHERE worker = ?2 AND end = ?3 AND start = ?4 AND measure = ?5 AND series = ?6
           AND retired_by IS NULL",
    )?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO work_time (worker, start, end, measure, series, low_s, high_s, source_text, row, batch)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let mut texts = PeriodTexts::default();
    for row in rows {
        let (start, end) = texts.of(row.period);
        let (measure, series) = (name(row.measure), name(row.series));
        if replacing.contains(&row.period) {
            retire.execute(params![batch.as_str(), row.worker.as_str(), end, start, measure, series])?;
        }
        let (low, high) = (row.hours.low.0, row.hours.high.0);
        let values = params![
            row.worker.as_str(),
            start,
            end,
            measure,
            series,
            low,
            high,
            row.source_text,
            row.row,
            batch.as_str()
        ];
        insert.execute(values)?;
    }
    Ok(())
}

/// The text of the last period seen: files hold few periods and many rows.
#[derive(Default)]
struct PeriodTexts {
    period: Option<Period>,
    start: String,
    end: String,
}

impl PeriodTexts {
    fn of(&mut self, period: Period) -> (&str, &str) {
        if self.period != Some(period) {
            *self = Self { period: Some(period), start: period.start.to_string(), end: period.end.to_string() };
        }
        (&self.start, &self.end)
    }

    /// The period that two texts say; the same texts as before are not read again.
    fn read(&mut self, start: Option<&str>, end: Option<&str>) -> Result<Period, StoreError> {
        match self.period {
            Some(known) if start == Some(self.start.as_str()) && end == Some(self.end.as_str()) => Ok(known),
            _ => {
                let read = period(start, end)?;
                *self = Self {
                    period: Some(read),
                    start: start.unwrap_or_default().to_owned(),
                    end: end.unwrap_or_default().to_owned(),
                };
                Ok(read)
            }
        }
    }
}

fn periods_in_force(connection: &Connection) -> Result<HashSet<Period>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT start, end FROM work_time WHERE retired_by IS NULL")?;
    let mut rows = statement.query([])?;
    let mut periods = HashSet::new();
    while let Some(row) = rows.next()? {
        periods.insert(period(text(row, 0), text(row, 1))?);
    }
    Ok(periods)
}

/// Takes a batch back: its rows go, what it replaced stands again, later batches stay as they are.
pub fn take_back(tx: &Transaction<'_>, mac: &Mac, stamp: &Stamp, target: &Operation) -> Result<i64, StoreError> {
    let batch = target.batch.as_ref().ok_or(StoreError::NoBatch)?;
    let hash = content_hash_of(tx, batch)?;
    // What this batch had replaced passes to whatever replaced this batch's own row, or stands again.
    tx.execute(
        "UPDATE work_time AS old SET retired_by = (SELECT new.retired_by FROM work_time AS new WHERE new.batch = ?1
           AND new.worker = old.worker AND new.end = old.end AND new.start = old.start
           AND new.measure = old.measure AND new.series = old.series AND new.retired_by IS NOT NULL)
         WHERE old.retired_by = ?1 AND EXISTS (SELECT 1 FROM work_time AS new WHERE new.batch = ?1
           AND new.worker = old.worker AND new.end = old.end AND new.start = old.start
           AND new.measure = old.measure AND new.series = old.series AND new.retired_by IS NOT NULL)",
        [batch.as_str()],
    )?;
    let removed = tx.execute("DELETE FROM work_time WHERE batch = ?1", [batch.as_str()])?;
    tx.execute("UPDATE work_time SET retired_by = NULL WHERE retired_by = ?1", [batch.as_str()])?;
    let number = journal::reverse(tx, mac, stamp, target, Act::UndoBatch)?;
    audit::append(tx, mac, stamp, "取込の取消の内訳", batch.as_str(), &format!("{removed}行 {hash}"))?;
    Ok(number)
}

fn content_hash_of(connection: &Connection, batch: &Id) -> Result<String, StoreError> {
    let sql = "SELECT content_sha256 FROM batch WHERE id = ?1";
    connection.query_row(sql, [batch.as_str()], |row| row.get(0)).map_err(|_| StoreError::NoBatch)
}

/// Every row that a batch brought, in the order in which it was taken in.
pub fn rows_of(connection: &Connection, batch: &Id) -> Result<Vec<WorkTime>, StoreError> {
    let sql = "SELECT worker, start, end, measure, series, low_s, high_s, source_text, row FROM work_time
               WHERE batch = ?1 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([batch.as_str()])?;
    let (mut brought, mut periods) = (Vec::new(), PeriodTexts::default());
    while let Some(row) = rows.next()? {
        let HoursInForce { period, measure, series, hours } = value_in_force(row, &mut periods)?;
        let worker = text(row, 0).and_then(|key| Id::parse(key).ok()).ok_or_else(unreadable)?;
        brought.push(WorkTime { worker, period, measure, series, hours, source_text: row.get(7)?, row: row.get(8)? });
    }
    Ok(brought)
}

/// Every row of one worker, newest period first, and of one period the row in force before those it replaced.
pub fn of_one(connection: &Connection, worker: &Id) -> Result<Vec<KeptHours>, StoreError> {
    let sql = "SELECT worker, start, end, measure, series, low_s, high_s, source_text, row, batch, retired_by
               FROM work_time WHERE worker = ?1 ORDER BY end DESC, start, measure, series, id DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([worker.as_str()])?;
    let (mut kept, mut periods) = (Vec::new(), PeriodTexts::default());
    while let Some(row) = rows.next()? {
        let HoursInForce { period, measure, series, hours } = value_in_force(row, &mut periods)?;
        let (source_text, number) = (row.get(7)?, row.get(8)?);
        let value = WorkTime { worker: worker.clone(), period, measure, series, hours, source_text, row: number };
        let batch = text(row, 9).and_then(|key| Id::parse(key).ok()).ok_or_else(unreadable)?;
        let retired_by = text(row, 10).map(Id::parse).transpose().map_err(|_| unreadable())?;
        kept.push(KeptHours { value, batch, retired_by });
    }
    Ok(kept)
}

/// The values in force of periods that end on `since` or later, by worker and newest period first; without the source
/// texts, which stay on disk.
///
/// The table is read in its own order and sorted here: in the order of the index every row would lie on another page,
/// and each page is decrypted anew when it no longer fits the cache.
pub fn in_force(connection: &Connection, since: Option<Day>) -> Result<Vec<(Id, Vec<HoursInForce>)>, StoreError> {
    let sql = "SELECT worker, start, end, measure, series, low_s, high_s FROM work_time NOT INDEXED
               WHERE retired_by IS NULL AND end >= ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([since.map_or_else(String::new, |day| day.to_string())])?;
    let mut workers: HashMap<String, Vec<HoursInForce>> = HashMap::new();
    let mut periods = PeriodTexts::default();
    while let Some(row) = rows.next()? {
        let key = text(row, 0).unwrap_or_default();
        let value = value_in_force(row, &mut periods)?;
        match workers.get_mut(key) {
            Some(values) => values.push(value),
            None => drop(workers.insert(key.to_owned(), vec![value])),
        }
    }
    let mut workers: Vec<(Id, Vec<HoursInForce>)> = workers.into_iter().map(of_worker).collect::<Result<_, _>>()?;
    workers.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(workers)
}

fn of_worker((worker, mut values): (String, Vec<HoursInForce>)) -> Result<(Id, Vec<HoursInForce>), StoreError> {
    values.sort_unstable_by_key(|value| (std::cmp::Reverse(value.period.end), value.period.start));
    values.shrink_to_fit();
    Ok((Id::parse(&worker).map_err(|_| unreadable())?, values))
}

fn text<'row>(row: &'row rusqlite::Row<'_>, index: usize) -> Option<&'row str> {
    row.get_ref(index).ok().and_then(|value| value.as_str().ok())
}

fn value_in_force(row: &rusqlite::Row<'_>, periods: &mut PeriodTexts) -> Result<HoursInForce, StoreError> {
    Ok(HoursInForce {
        period: periods.read(text(row, 1), text(row, 2))?,
        measure: named(Measure::ALL, text(row, 3))?,
        series: named(Series::ALL, text(row, 4))?,
        hours: Hours { low: Seconds(row.get(5)?), high: Seconds(row.get(6)?) },
    })
}

fn period(start: Option<&str>, end: Option<&str>) -> Result<Period, StoreError> {
    let day = |text: Option<&str>| text.and_then(parse_day);
    day(start).zip(day(end)).and_then(|(start, end)| Period::new(start, end)).ok_or_else(unreadable)
}

/// Reads `2026-10-31`; several times quicker than the general parser, and a vault holds half a million of them.
fn parse_day(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    shaped.then(|| Day::from_ymd_opt(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)).flatten()
}

/// The stored name of a measure or a series, as serde writes it; a test holds the two together.
trait Named: Copy {
    fn stored(self) -> &'static str;
}

impl Named for Measure {
    fn stored(self) -> &'static str {
        match self {
            Self::StatutoryTotal => "statutory_total",
            Self::ReportedOvertime => "reported_overtime",
            Self::HealthManagement => "health_management",
            Self::Article36 => "article36",
            Self::MedicalAct => "medical_act",
        }
    }
}

impl Named for Series {
    fn stored(self) -> &'static str {
        match self {
            Self::Employer => "employer",
            Self::Worker => "worker",
            Self::Reference => "reference",
        }
    }
}

fn name<N: Named>(value: N) -> &'static str {
    value.stored()
}

fn named<N: Named>(all: &[N], text: Option<&str>) -> Result<N, StoreError> {
    all.iter().copied().find(|value| Some(value.stored()) == text).ok_or_else(unreadable)
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("work_time".to_owned())
}

/// The batches that are still in force, with the number and the hash of the rows they left.
pub fn batches(connection: &Connection) -> Result<Vec<(Batch, i64)>, StoreError> {
    let counted = |batch: Batch| {
        let sql = "SELECT count(*) FROM work_time WHERE batch = ?1";
        let rows = connection.prepare_cached(sql)?.query_row([batch.key()], |row| row.get(0))?;
        Ok((batch, rows))
    };
    super::row::all::<Batch>(connection)?.into_iter().map(counted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_names_are_the_names_serde_writes() {
        for measure in Measure::ALL {
            assert_eq!(serde_json::to_value(measure).unwrap(), measure.stored());
        }
        for series in Series::ALL {
            assert_eq!(serde_json::to_value(series).unwrap(), series.stored());
        }
    }

    #[test]
    fn days_are_read_strictly() {
        assert_eq!(parse_day("2026-10-31"), "2026-10-31".parse().ok());
        for text in ["2026-02-30", "2026-1-31", "20261031", "2026-10-31x", "２０２６-10-3", ""] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
