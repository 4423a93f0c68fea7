//! From tables to the snapshot: which member of a site comes from which table, and only that one is read again.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::Months;

use super::error::RuntimeError;
use crate::app::Site;
use crate::app::leaves::Leaves;
use crate::domain::command::{Change, Command, HoursInForce, Operation};
use crate::domain::establishment::Establishment;
use crate::domain::hours::WorkTime;
use crate::domain::intake::Intake;
use crate::domain::{AnyRecord, Day, EstablishmentId, Id, Prefix, Record, Table};
use crate::store::{SiteStore, StoreError};

/// How many operations the history holds.
const HISTORY: i64 = 200;

macro_rules! tables {
    ($($table:ident => $member:ident),* $(,)?) => {
        /// Reads one table of the site again.
        pub(super) fn reload(store: &SiteStore, site: &mut Site, table: Table) -> Result<(), StoreError> {
            match table {
                $(Table::$table => site.$member = Held::of(store.all()?),)*
                Table::Establishment => {
                    if let Some(establishment) = store.all::<Establishment>()?.into_iter().next() {
                        site.establishment = Arc::new(establishment);
                    }
                }
                Table::Attachment => site.attachments = Arc::new(store.attachments()?),
                // Large, and never drawn as a list: read when one is written out, or when its person is on the screen.
                Table::SignedCopy | Table::CheckupSheet => {}
            }
            Ok(())
        }

        /// Makes a change that is on disk in the snapshot too: a large table is not read again for one row.
        pub(super) fn follow(site: &mut Site, change: &Change) {
            match change {
                $(Change::Put(AnyRecord::$table(record)) => site.$member.put(record),)*
                $(Change::Remove(Table::$table, key) => site.$member.remove(key),)*
                Change::Put(AnyRecord::Establishment(record)) => site.establishment = Arc::new(Establishment::clone(record)),
                Change::Put(AnyRecord::Attachment(_) | AnyRecord::SignedCopy(_) | AnyRecord::CheckupSheet(_))
                | Change::Remove(
                    Table::Establishment | Table::Attachment | Table::SignedCopy | Table::CheckupSheet,
                    _,
                ) => {}
            }
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
    Criterion => criteria,
    StandingInstruction => instructions,
    SiteDoctor => doctors,
    PersonAnswer => answers,
    NightWork => nights,
    CheckupDetail => checkup_details,
    CheckupPolicy => checkup_policies,
    CheckupOmission => checkup_omissions,
    CheckupFollow => checkup_follows,
    OpinionInquiry => opinion_inquiries,
    SecondaryConsent => secondary_consents,
    SecondaryExam => secondary_exams,
    HealthGuidance => health_guidance,
    RiskNotice => risk_notices,
    CheckupAdvice => checkup_advice,
    SentReport => sent_reports,
    ResultNotice => result_notices,
    WorkplaceFact => workplace_facts,
    ExamDuty => exam_duties,
    SpecialExam => special_exams,
    Posting => postings,
    StressRound => stress_rounds,
    StressStaff => stress_staff,
    StressAnswers => stress_answers,
    StressResult => stress_results,
    StressConsent => stress_consents,
    StressConsultation => stress_consultations,
    StressRelease => stress_releases,
    StressInterview => stress_interviews,
    StressImprovement => stress_improvements,
    HoursMethod => methods,
    StressReported => stress_reported,
}

/// Months of hours that the first screen needs: a year to look back on, and files that come late.
const RECENT: Months = Months::new(15);

/// Reads a site with its recent hours; the older ones are read when there is time (see [`hours`]).
///
/// From its face, if that is still true; else from the tables.
pub(super) fn load(store: &SiteStore, id: &EstablishmentId, today: Day) -> Result<Site, RuntimeError> {
    // A page of the face that does not open is the check's to name: the tables may well be whole.
    let kept =
        store.face(Some(recent(today)), |content| serde_json::from_slice::<Site>(content).ok()).unwrap_or_default();
    match kept.filter(|site| site.id() == id) {
        Some(mut site) => {
            site.drafts = Arc::new(store.drafts()?);
            Ok(site)
        }
        None => load_tables(store, id, today),
    }
}

/// Whether the face, if it is current, says what the tables say; its hours are the newest of theirs.
pub(super) fn face_agrees(store: &SiteStore, id: &EstablishmentId) -> Result<bool, StoreError> {
    let Some(face) = store.face(None, |content| Some(serde_json::from_slice::<Site>(content).ok()))? else {
        return Ok(true);
    };
    let Some(face) = face.filter(|face| face.id() == id) else { return Ok(false) };
    let mut site = face.clone();
    rows(store, &mut site)?;
    reload(store, &mut site, Table::Establishment)?;
    let hours = store.hours()?;
    let is_newest = |(worker, values): (Id, Vec<HoursInForce>)| values.starts_with(face.hours_of(&worker));
    let same = |one: &Site, other: &Site| serde_json::to_string(one).ok() == serde_json::to_string(other).ok();
    Ok(same(&face, &site) && hours.into_iter().all(is_newest))
}

/// Keeps the face of a site that changed since the last one was kept.
pub(super) fn keep_face(store: &mut SiteStore, site: &Site, today: Day) -> Result<(), RuntimeError> {
    if store.has_face()? {
        return Ok(());
    }
    let since = recent(today);
    let face = Site { hours: Arc::new(hours_since(site, since)), ..Site::clone(site) };
    // A face that cannot be written is no loss: the tables are read instead.
    let Ok(content) = serde_json::to_string(&face) else { return Ok(()) };
    Ok(store.keep_face(since, &content)?)
}

fn hours_since(site: &Site, since: Day) -> HashMap<Id, Vec<HoursInForce>> {
    let recent =
        |values: &Vec<HoursInForce>| values.iter().copied().filter(|value| value.period.end >= since).collect();
    site.hours.iter().map(|(worker, values)| (worker.clone(), recent(values))).collect()
}

fn recent(today: Day) -> Day {
    today.checked_sub_months(RECENT).unwrap_or(Day::MIN)
}

/// Reads a site from its tables.
pub(crate) fn load_tables(store: &SiteStore, id: &EstablishmentId, today: Day) -> Result<Site, RuntimeError> {
    let establishment = store.all::<Establishment>()?.into_iter().next();
    let mut site = Site::new(establishment.ok_or_else(|| RuntimeError::EmptySite(id.to_string()))?);
    rows(store, &mut site)?;
    site.hours = Arc::new(store.hours_since(recent(today))?.into_iter().collect());
    Ok(site)
}

/// Reads everything but the hours.
pub(super) fn rows(store: &SiteStore, site: &mut Site) -> Result<(), StoreError> {
    tables(store, site, Table::ALL)
}

/// Reads the tables again that an operation changed.
pub(super) fn changed_by(store: &SiteStore, site: &mut Site, operation: &Operation) -> Result<(), StoreError> {
    tables(store, site, &store.tables_of(operation.number)?)
}

fn tables(store: &SiteStore, site: &mut Site, tables: &[Table]) -> Result<(), StoreError> {
    for table in tables {
        reload(store, site, *table)?;
    }
    site.drafts = Arc::new(store.drafts()?);
    site.history = Arc::new(store.history(HISTORY)?);
    numbers(store, site)
}

/// Reads all the hours in force.
pub(crate) fn hours(store: &SiteStore, site: &mut Site) -> Result<(), StoreError> {
    site.hours = Arc::new(store.hours()?.into_iter().collect());
    Ok(())
}

/// Puts a batch that was just taken in onto the hours in force, without reading half a million rows again.
pub(super) fn add_hours(site: &mut Site, rows: &[WorkTime]) {
    let mut hours = with_room(&site.hours, rows);
    for row in rows {
        let value = HoursInForce { period: row.period, measure: row.measure, series: row.series, hours: row.hours };
        add_value(hours.entry(row.worker.clone()).or_default(), value);
    }
    site.hours = Arc::new(hours);
}

/// A copy with room for what comes and no more: as it would grow by itself, a year of hours takes twice its place.
fn with_room(hours: &HashMap<Id, Vec<HoursInForce>>, rows: &[WorkTime]) -> HashMap<Id, Vec<HoursInForce>> {
    let mut coming: HashMap<&Id, usize> = HashMap::new();
    rows.iter().for_each(|row| *coming.entry(&row.worker).or_default() += 1);
    let roomy = |(worker, values): (&Id, &Vec<HoursInForce>)| {
        let mut copy = Vec::with_capacity(values.len() + coming.get(worker).unwrap_or(&0));
        copy.extend_from_slice(values);
        (worker.clone(), copy)
    };
    hours.iter().map(roomy).collect()
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

/// Reads the tables again that a batch touched. What lies in leaves is not read but put in its place: it is the largest
/// table, and most of it stands as it stood.
pub(super) fn taken_in(store: &SiteStore, site: &mut Site, incoming: &Intake) -> Result<(), StoreError> {
    let mut tables = BTreeSet::from([Table::Batch]);
    for record in &incoming.records {
        match record {
            AnyRecord::Checkup(head) => site.checkups.put(head),
            other => drop(tables.insert(other.table())),
        }
    }
    tables.into_iter().try_for_each(|table| reload(store, site, table))?;
    add_hours(site, &incoming.rows);
    newest_operation(store, site)?;
    numbers(store, site)
}

/// Follows what a command changed, and reads what the store gave it beside.
pub(super) fn touched(store: &SiteStore, site: &mut Site, command: &Command) -> Result<(), StoreError> {
    command.changes.iter().for_each(|change| follow(site, change));
    if command.changes.iter().any(|change| table_of(change) == Table::Attachment) {
        reload(store, site, Table::Attachment)?;
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

/// A table as the snapshot holds it: its rows in the order of the keys, as they are read.
trait Held {
    type Row;
    fn of(rows: Vec<Self::Row>) -> Self;
    fn put(&mut self, row: &Self::Row);
    fn remove(&mut self, key: &str);
}

impl<R: Record> Held for Arc<Vec<R>> {
    type Row = R;

    fn of(rows: Vec<R>) -> Self {
        Self::new(rows)
    }

    fn put(&mut self, row: &R) {
        let rows = Self::make_mut(self);
        match rows.binary_search_by(|known| known.key().cmp(row.key())) {
            Ok(place) => rows.get_mut(place).into_iter().for_each(|known| *known = row.clone()),
            Err(place) => rows.insert(place, row.clone()),
        }
    }

    fn remove(&mut self, key: &str) {
        Self::make_mut(self).retain(|row| row.key() != key);
    }
}

impl<R: Record> Held for Arc<Leaves<R>> {
    type Row = R;

    fn of(rows: Vec<R>) -> Self {
        Self::new(rows.into())
    }

    fn put(&mut self, row: &R) {
        Self::make_mut(self).put(row);
    }

    fn remove(&mut self, key: &str) {
        Self::make_mut(self).remove(key);
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
