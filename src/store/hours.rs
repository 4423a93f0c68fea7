//! Worked time in batches: rows carry their batch; what a batch replaced lies apart, under the batch that replaced it.

use std::collections::HashMap;

use chrono::Datelike;
use rusqlite::{Connection, params};

use super::StoreError;
use crate::domain::command::HoursInForce;
use crate::domain::hours::{KeptHours, Measure, Series, WorkTime};
use crate::domain::progress::Stopped;
use crate::domain::{Day, Hours, Id, Period, Seconds};

/// The columns of both tables, in the order of `value_in_force`.
const COLUMNS: &str = "\"end\", start, worker, measure, series, low_s, high_s, batch, nth, row, source_text";
/// Statements by which the hours of a batch go out.
pub(super) const STEPS_BACK: usize = 5;
const MARKS: &str = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11";

/// The rows go in by their place in the table: a month then fills page after page, and each is encrypted once.
///
/// `written` hears how many are, and may stop it; the transaction is then to be given up.
pub fn write_rows(
    transaction: &Connection,
    batch: &Id,
    rows: &[WorkTime],
    written: &dyn Fn(usize) -> Result<(), Stopped>,
) -> Result<(), StoreError> {
    let mut rows: Vec<(usize, Placed<'_>)> = rows.iter().map(Placed::of).enumerate().collect();
    rows.sort_unstable_by(|(_, one), (_, other)| one.key().cmp(&other.key()));
    let mut insert = transaction.prepare_cached(&format!("INSERT INTO hours ({COLUMNS}) VALUES ({MARKS})"))?;
    let mut last: Option<(Period, bool)> = None;
    for (done, (nth, row)) in rows.into_iter().enumerate() {
        written(done)?;
        let period = row.row.period;
        let (_, is_known) = match last.filter(|(known, _)| *known == period) {
            Some(known) => known,
            None => *last.insert((period, holds(transaction, &row)?)),
        };
        if is_known {
            replace(transaction, batch, &row)?;
        }
        insert.execute(params![
            row.end,
            row.start,
            row.row.worker.as_str(),
            row.row.measure as i64,
            row.row.series as i64,
            row.row.hours.low.0,
            row.row.hours.high.0,
            batch.as_str(),
            i64::try_from(nth).unwrap_or(i64::MAX),
            row.row.row,
            row.row.source_text.as_str()
        ])?;
    }
    Ok(())
}

/// A row with its days as the table writes them.
struct Placed<'row> {
    end: i64,
    start: i64,
    row: &'row WorkTime,
}

impl<'row> Placed<'row> {
    fn of(row: &'row WorkTime) -> Self {
        Self { end: number_of(row.period.end), start: number_of(row.period.start), row }
    }

    fn key(&self) -> (i64, i64, &Id, Measure, Series) {
        (self.end, self.start, &self.row.worker, self.row.measure, self.row.series)
    }
}

/// Whether anything is in force for the period of the row.
fn holds(connection: &Connection, row: &Placed<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM hours WHERE \"end\" = ?1 AND start = ?2)";
    Ok(connection.prepare_cached(sql)?.query_row([row.end, row.start], |found| found.get(0))?)
}

/// Lays what the row replaces apart, under the batch that replaced it.
fn replace(connection: &Connection, batch: &Id, row: &Placed<'_>) -> Result<(), StoreError> {
    let key = "\"end\" = ?2 AND start = ?3 AND worker = ?4 AND measure = ?5 AND series = ?6";
    let keep =
        format!("INSERT INTO hours_replaced ({COLUMNS}, replaced_by) SELECT {COLUMNS}, ?1 FROM hours WHERE {key}");
    let (measure, series) = (row.row.measure as i64, row.row.series as i64);
    let values = params![batch.as_str(), row.end, row.start, row.row.worker.as_str(), measure, series];
    if connection.prepare_cached(&keep)?.execute(values)? > 0 {
        connection.prepare_cached(&format!("DELETE FROM hours WHERE ?1 = ?1 AND {key}"))?.execute(values)?;
    }
    Ok(())
}

/// Takes the rows of a batch out and gives their number: what it replaced stands again, later batches stay as they are.
///
/// `step` hears of each of the [`STEPS_BACK`] and may stop it.
pub fn remove(
    connection: &Connection,
    batch: &Id,
    step: &dyn Fn(usize) -> Result<(), Stopped>,
) -> Result<usize, StoreError> {
    // What this batch had replaced passes to whatever replaced this batch's own row, or stands again.
    let later =
        "FROM hours_replaced AS new WHERE new.batch = ?1 AND new.\"end\" = old.\"end\" AND new.start = old.start
                 AND new.worker = old.worker AND new.measure = old.measure AND new.series = old.series";
    let pass = format!(
        "UPDATE hours_replaced AS old SET replaced_by = (SELECT new.replaced_by {later})
         WHERE old.replaced_by = ?1 AND EXISTS (SELECT 1 {later})"
    );
    let restore = format!("INSERT INTO hours SELECT {COLUMNS} FROM hours_replaced WHERE replaced_by = ?1");
    let out = ["DELETE FROM hours WHERE batch = ?1", "DELETE FROM hours_replaced WHERE batch = ?1"];
    let last = "DELETE FROM hours_replaced WHERE replaced_by = ?1";
    let statements: [&str; STEPS_BACK] = [&pass, out[0], out[1], &restore, last];
    let mut removed = 0;
    for (done, sql) in statements.into_iter().enumerate() {
        step(done)?;
        let changed = connection.execute(sql, [batch.as_str()])?;
        removed += if out.contains(&sql) { changed } else { 0 };
    }
    Ok(removed)
}

/// Hands every batch's rows over, in the order in which they were taken in; replaced ones too.
pub fn each_batch(connection: &Connection, mut hand_over: impl FnMut(&Id, &[WorkTime])) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM hours UNION ALL SELECT {COLUMNS} FROM hours_replaced ORDER BY batch, nth");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let (mut current, mut brought) = (None, Vec::new());
    while let Some(row) = rows.next()? {
        let batch = id_at(row, 7)?;
        if let Some(known) = current.replace(batch.clone()).filter(|known| *known != batch) {
            hand_over(&known, &brought);
            brought.clear();
        }
        brought.push(work_time(row)?);
    }
    if let Some(last) = current {
        hand_over(&last, &brought);
    }
    Ok(())
}

/// Every row of one worker, newest period first, and of one period the row in force before those it replaced.
pub fn of_one(connection: &Connection, worker: &Id) -> Result<Vec<KeptHours>, StoreError> {
    let sql = format!(
        "SELECT * FROM (SELECT {COLUMNS}, NULL AS replaced_by FROM hours WHERE worker = ?1
           UNION ALL SELECT {COLUMNS}, replaced_by FROM hours_replaced WHERE worker = ?1)
         ORDER BY 1 DESC, start, measure, series, replaced_by IS NOT NULL, batch DESC"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([worker.as_str()])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        let retired_by = text(row, 11).map(Id::parse).transpose().map_err(|_| unreadable())?;
        kept.push(KeptHours { value: work_time(row)?, batch: id_at(row, 7)?, retired_by });
    }
    Ok(kept)
}

fn work_time(row: &rusqlite::Row<'_>) -> Result<WorkTime, StoreError> {
    let HoursInForce { period, measure, series, hours } = value_in_force(row)?;
    let (worker, source_text) = (id_at(row, 2)?, text(row, 10).ok_or_else(unreadable)?.into());
    Ok(WorkTime { worker, period, measure, series, hours, source_text, row: row.get(9)? })
}

/// The values in force of periods that end on `since` or later, by worker and newest period first; without the source
/// texts, which stay on disk.
pub fn in_force(connection: &Connection, since: Option<Day>) -> Result<Vec<(Id, Vec<HoursInForce>)>, StoreError> {
    let sql = "SELECT \"end\", start, worker, measure, series, low_s, high_s FROM hours WHERE \"end\" >= ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([since.map_or(0, number_of)])?;
    let mut workers: HashMap<String, Vec<HoursInForce>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let key = text(row, 2).unwrap_or_default();
        let value = value_in_force(row)?;
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

fn id_at(row: &rusqlite::Row<'_>, index: usize) -> Result<Id, StoreError> {
    text(row, index).and_then(|key| Id::parse(key).ok()).ok_or_else(unreadable)
}

/// Reads the columns up to `high_s`.
fn value_in_force(row: &rusqlite::Row<'_>) -> Result<HoursInForce, StoreError> {
    let (end, start) = (day_of(row.get(0)?), day_of(row.get(1)?));
    Ok(HoursInForce {
        period: start.zip(end).and_then(|(start, end)| Period::new(start, end)).ok_or_else(unreadable)?,
        measure: coded(Measure::ALL, row.get(3)?)?,
        series: coded(Series::ALL, row.get(4)?)?,
        hours: Hours { low: Seconds(row.get(5)?), high: Seconds(row.get(6)?) },
    })
}

/// `20261031`: a number that keeps the order of the days and can be read by a person.
fn number_of(day: Day) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn day_of(number: i64) -> Option<Day> {
    let part = |value: i64| u32::try_from(value).ok();
    Day::from_ymd_opt(i32::try_from(number / 10_000).ok()?, part(number / 100 % 100)?, part(number % 100)?)
}

fn coded<T: Copy>(all: &[T], code: i64) -> Result<T, StoreError> {
    usize::try_from(code).ok().and_then(|index| all.get(index).copied()).ok_or_else(unreadable)
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("hours".to_owned())
}

/// How many rows each batch left, those that were replaced included.
pub fn counts(connection: &Connection) -> Result<HashMap<String, i64>, StoreError> {
    let sql =
        "SELECT batch, count(*) FROM (SELECT batch FROM hours UNION ALL SELECT batch FROM hours_replaced) GROUP BY 1";
    let mut statement = connection.prepare(sql)?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// How many workers have hours and no row of their own: a worker with hours cannot be taken back.
pub fn without_worker(connection: &Connection) -> Result<usize, StoreError> {
    let sql =
        "SELECT count(DISTINCT worker) FROM (SELECT worker FROM hours UNION ALL SELECT worker FROM hours_replaced)
               WHERE worker NOT IN (SELECT id FROM worker)";
    let found: i64 = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_in_the_lists_are_what_the_table_holds() {
        let places = |count: usize| (0..i64::try_from(count).unwrap()).collect::<Vec<_>>();
        assert_eq!(Measure::ALL.iter().map(|m| *m as i64).collect::<Vec<_>>(), places(Measure::ALL.len()));
        assert_eq!(Series::ALL.iter().map(|s| *s as i64).collect::<Vec<_>>(), places(Series::ALL.len()));
        assert!(coded(Measure::ALL, 5).is_err() && coded(Measure::ALL, -1).is_err());
    }

    #[test]
    fn days_are_numbers_and_come_back() {
        for text in ["2026-10-31", "2024-02-29", "0001-01-01"] {
            let day: Day = text.parse().unwrap();
            assert_eq!(day_of(number_of(day)), Some(day), "{text}");
        }
        for number in [20_260_230, 20_261_331, 0, -1, i64::MAX] {
            assert_eq!(day_of(number), None, "{number}");
        }
    }
}
