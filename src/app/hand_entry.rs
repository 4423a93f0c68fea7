//! Hours, a checkup and a stress check as typed by hand, before their importers are at hand.
//!
//! Knows the records of one establishment and the day; performs nothing. What is on record already
//! is not written again, so that saving twice records once.

use super::Site;
use super::host::TypedHours;
use super::requests::{self, RequestFault};
use crate::domain::command::{Act, Command, HoursInForce};
use crate::domain::hours::{Measure, Series};
use crate::domain::interview::Fitness;
use crate::domain::worker::{Checkup, FindingState, StressFlag, StressState, Worker};
use crate::domain::{Day, Id, Period, Prefix, Seconds};

/// Hours as they stand in the field of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoursCell {
    /// The counting period.
    pub period: Period,
    /// What was typed.
    pub amount: Seconds,
}

/// Why hours are not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursFault {
    /// More than the period has.
    #[error("{0}日の期間には {1} 時間までしかありません。時間を確かめてください。")]
    TooLong(i64, i64),
    /// The period closed before the worker joined.
    #[error("入社より前に締めた期間です。期間か入社日を確かめてください。")]
    BeforeJoining,
    /// The period began after the worker left.
    #[error("退職より後に始まる期間です。期間か退職日を確かめてください。")]
    AfterLeaving,
}

/// What the employer reported for a worker and a period by one measure, as it is in force.
pub fn known_hours(site: &Site, worker: &Id, period: Period, measure: Measure) -> Option<HoursInForce> {
    let is_it =
        |value: &&HoursInForce| value.period == period && value.measure == measure && value.series == Series::Employer;
    site.hours_of(worker).iter().find(is_it).copied()
}

/// Which figure the hours of this worker usually are: total, unless only the employer's own came.
pub fn usual_measure(site: &Site, worker: &Id) -> Measure {
    let is_typed = |value: &&HoursInForce| {
        value.series == Series::Employer && matches!(value.measure, Measure::StatutoryTotal | Measure::ReportedOvertime)
    };
    site.hours_of(worker).iter().find(is_typed).map_or(Measure::StatutoryTotal, |value| value.measure)
}

/// The hours that are new or another figure than before, as the host takes them.
///
/// # Errors
/// The place of the first cell that cannot be so, with its [`HoursFault`]; then none is taken.
pub fn hours(
    site: &Site,
    worker: &Worker,
    measure: Measure,
    cells: &[HoursCell],
) -> Result<Vec<TypedHours>, (Period, HoursFault)> {
    let mut typed = Vec::with_capacity(cells.len());
    for cell in cells {
        check_hours(worker, *cell).map_err(|fault| (cell.period, fault))?;
        let known = known_hours(site, &worker.id, cell.period, measure);
        let is_known = known.is_some_and(|value| value.hours.is_exact() && value.hours.low == cell.amount);
        if !is_known {
            typed.push(as_typed(worker, measure, *cell));
        }
    }
    Ok(typed)
}

fn check_hours(worker: &Worker, cell: HoursCell) -> Result<(), HoursFault> {
    if !requests::fits(cell.amount, cell.period) {
        return Err(HoursFault::TooLong(cell.period.days(), cell.period.days() * 24));
    }
    if worker.joined_on.is_some_and(|joined| cell.period.end < joined) {
        return Err(HoursFault::BeforeJoining);
    }
    if worker.left_on.is_some_and(|left| left < cell.period.start) {
        return Err(HoursFault::AfterLeaving);
    }
    Ok(())
}

fn as_typed(worker: &Worker, measure: Measure, cell: HoursCell) -> TypedHours {
    let minutes = cell.amount.0 / 60;
    TypedHours {
        worker: worker.id.clone(),
        period_end: cell.period.end,
        text: format!("{}:{:02}", minutes / 60, minutes % 60),
        is_total: measure == Measure::StatutoryTotal,
    }
}

/// A checkup as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckupEntry {
    /// 健診日
    pub day: Day,
    /// The clinic's judgement, as printed.
    pub judgement: String,
    /// 異常の所見
    pub finding: FindingState,
    /// What the physician wants to see of it in a list.
    pub summary: String,
    /// 医師の意見 given on (安衛法66条の4).
    pub opinion_on: Option<Day>,
    /// 就業区分 of that opinion.
    pub opinion: Option<Fitness>,
}

/// Why a checkup is not recorded, and which of its days is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckupFault {
    /// The day of the checkup.
    #[error("{0}")]
    Day(RequestFault),
    /// The opinion before the checkup, or in the future.
    #[error("健診より前か、今日より後の日です。意見を述べた日を書いてください。")]
    Opinion,
    /// A judgement of fitness without its day.
    #[error("就業区分を選んだときは、意見を述べた日も書いてください。")]
    OpinionWithoutDay,
}

/// Records a checkup; the one of the same day is corrected, an equal one is not written again.
///
/// # Errors
/// [`CheckupFault`] for a day that cannot be.
pub fn checkup(
    site: &Site,
    worker: &Worker,
    entry: &CheckupEntry,
    today: Day,
) -> Result<Option<Command>, CheckupFault> {
    requests::check_day(worker, entry.day, today).map_err(CheckupFault::Day)?;
    if entry.opinion_on.is_some_and(|day| day < entry.day || day > today) {
        return Err(CheckupFault::Opinion);
    }
    if entry.opinion.is_some() && entry.opinion_on.is_none() {
        return Err(CheckupFault::OpinionWithoutDay);
    }
    let known = site.checkups.iter().find(|known| known.worker == worker.id && known.day == entry.day);
    let record = Checkup {
        id: known.map_or_else(|| site.next_id(Prefix::Row), |known| known.id.clone()),
        worker: worker.id.clone(),
        day: entry.day,
        judgement: entry.judgement.trim().to_owned(),
        finding: entry.finding,
        summary: entry.summary.trim().to_owned(),
        opinion_on: entry.opinion_on,
        opinion: entry.opinion,
    };
    let is_known = known == Some(&record);
    Ok((!is_known).then(|| Command::new(Act::EnterCheckup, worker.id.to_string()).put(record)))
}

/// Records where the worker stands in the stress check; the one of the same day is corrected.
///
/// # Errors
/// [`RequestFault`] for a day that cannot be.
pub fn stress(
    site: &Site,
    worker: &Worker,
    state: StressState,
    day: Day,
    today: Day,
) -> Result<Option<Command>, RequestFault> {
    requests::check_day(worker, day, today)?;
    let known = site.stress.iter().find(|known| known.worker == worker.id && known.day == day);
    // A request makes the result known to the employer by the worker's own wish (則52条の16).
    let asked = (state == StressState::Requested).then_some(day);
    let record = StressFlag {
        id: known.map_or_else(|| site.next_id(Prefix::Row), |known| known.id.clone()),
        worker: worker.id.clone(),
        day,
        state,
        requested_on: known.and_then(|known| known.requested_on).or(asked),
        is_consented: known.is_some_and(|known| known.is_consented),
    };
    let is_known = known == Some(&record);
    Ok((!is_known).then(|| Command::new(Act::EnterStress, worker.id.to_string()).put(record)))
}

/// Gives the rows of several commands, built from one snapshot, numbers that do not meet.
///
/// Each use case takes the next number of the snapshot; performed one behind the other they would
/// name two rows alike.
#[must_use]
pub fn renumbered(site: &Site, commands: Vec<Command>) -> Vec<Command> {
    let first = site.next_id(Prefix::Row);
    let mut free = site.next_ids(Prefix::Row);
    commands.into_iter().map(|command| with_number(command, &first, &mut free)).collect()
}

fn with_number(mut command: Command, first: &Id, free: &mut impl Iterator<Item = Id>) -> Command {
    use crate::domain::AnyRecord as Any;
    use crate::domain::command::Change;
    for change in &mut command.changes {
        let id = match change {
            Change::Put(Any::Checkup(row)) => &mut row.id,
            Change::Put(Any::StressFlag(row)) => &mut row.id,
            Change::Put(Any::Request(row)) => &mut row.id,
            _ => continue,
        };
        if id == first
            && let Some(next) = free.next()
        {
            *id = next;
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::entry_fixture::{TODAY, day, row, site, worker, worker_id};
    use crate::app::requests::RequestEntry;
    use crate::domain::case::RequestBy;

    fn one() -> Worker {
        worker(1, "佐伯 美咲")
    }

    fn cell(month: u32, hours: i64, minutes: i64) -> HoursCell {
        HoursCell { period: site().period(2026, month).unwrap(), amount: Seconds::hm(hours, minutes) }
    }

    fn typed(measure: Measure, cells: &[HoursCell]) -> Vec<(String, String)> {
        let found = hours(&site(), &one(), measure, cells).unwrap();
        found.into_iter().map(|hours| (hours.period_end.to_string(), hours.text)).collect()
    }

    #[test]
    fn only_new_and_other_figures_are_written() {
        let cells = [cell(10, 257, 8), cell(9, 255, 30)];
        assert_eq!(typed(Measure::StatutoryTotal, &cells), [("2026-10-31".to_owned(), "257:08".to_owned())]);
        assert_eq!(typed(Measure::ReportedOvertime, &cells).len(), 2, "another measure is another figure");
        assert_eq!(typed(Measure::StatutoryTotal, &[cell(9, 255, 31)]).len(), 1);
    }

    #[test]
    fn a_period_holds_no_more_than_its_days() {
        let fault = |cell| hours(&site(), &one(), Measure::StatutoryTotal, &[cell]).err().map(|(_, fault)| fault);
        assert_eq!(fault(cell(10, 744, 0)), None);
        assert_eq!(fault(cell(10, 744, 1)), Some(HoursFault::TooLong(31, 744)));
        assert_eq!(
            HoursFault::TooLong(31, 744).to_string(),
            "31日の期間には 744 時間までしかありません。時間を確かめてください。"
        );
    }

    #[test]
    fn a_period_outside_the_employment_is_refused() {
        let fault = |worker: Worker, month| {
            hours(&site(), &worker, Measure::StatutoryTotal, &[cell(month, 8, 0)]).err().map(|(_, fault)| fault)
        };
        let joined = Worker { joined_on: Some(day("2026-10-31")), ..one() };
        assert_eq!(fault(joined.clone(), 10), None, "one day of the period is enough");
        assert_eq!(fault(joined, 9), Some(HoursFault::BeforeJoining));
        let left = Worker { left_on: Some(day("2026-09-30")), ..one() };
        assert_eq!(fault(left.clone(), 9), None);
        assert_eq!(fault(left, 10), Some(HoursFault::AfterLeaving));
    }

    fn checked() -> CheckupEntry {
        CheckupEntry {
            day: day("2026-09-11"),
            judgement: "C".to_owned(),
            finding: FindingState::Present,
            summary: "血圧 152/96".to_owned(),
            opinion_on: None,
            opinion: None,
        }
    }

    #[test]
    fn a_checkup_is_written_once_and_corrected_in_its_row() {
        let put = |site: &Site, entry: &CheckupEntry| checkup(site, &one(), entry, day(TODAY)).unwrap();
        assert!(put(&site(), &checked()).is_some());
        let mut known = site();
        let CheckupEntry { day, judgement, finding, summary, opinion_on, opinion } = checked();
        let worker = worker_id(1);
        known.checkups = Arc::new(
            vec![Checkup { id: row(9), worker, day, judgement, finding, summary, opinion_on, opinion }].into(),
        );
        assert_eq!(put(&known, &checked()), None);
        let corrected = put(&known, &CheckupEntry { judgement: "D".to_owned(), ..checked() }).unwrap();
        assert!(format!("{corrected:?}").contains("E01-R0009"));
    }

    #[test]
    fn the_days_of_a_checkup_follow_each_other() {
        let fault = |entry| checkup(&site(), &one(), &entry, day(TODAY)).err();
        let opinion = |text| CheckupEntry { opinion_on: Some(day(text)), ..checked() };
        assert_eq!(
            fault(CheckupEntry { day: day("2026-11-21"), ..checked() }),
            Some(CheckupFault::Day(RequestFault::Future))
        );
        assert_eq!(fault(opinion("2026-09-10")), Some(CheckupFault::Opinion));
        assert_eq!(fault(opinion("2026-11-21")), Some(CheckupFault::Opinion));
        assert_eq!(fault(opinion("2026-09-11")), None);
        assert_eq!(
            fault(CheckupEntry { opinion: Some(Fitness::Normal), ..checked() }),
            Some(CheckupFault::OpinionWithoutDay)
        );
    }

    #[test]
    fn a_stress_check_that_was_asked_for_keeps_the_day_of_the_request() {
        let put = |state, text| stress(&site(), &one(), state, day(text), day(TODAY));
        let flag = format!("{:?}", put(StressState::Requested, "2026-07-03").unwrap());
        assert!(flag.contains("requested_on: Some(2026-07-03)"), "{flag}");
        assert!(format!("{:?}", put(StressState::Taken, "2026-07-03").unwrap()).contains("requested_on: None"));
        assert_eq!(put(StressState::Taken, "2027-01-01").err(), Some(RequestFault::Future));
    }

    #[test]
    fn commands_of_one_snapshot_get_numbers_of_their_own() {
        let request = RequestEntry {
            day: day("2026-11-10"),
            by: RequestBy::Paper,
            period: None,
            place: String::new(),
            wishes: String::new(),
            doctor: String::new(),
            own: None,
        };
        let commands = vec![
            checkup(&site(), &one(), &checked(), day(TODAY)).unwrap().unwrap(),
            requests::receive(&site(), &worker_id(1), &request, day(TODAY)).unwrap(),
        ];
        let text = format!("{:?}", renumbered(&site(), commands));
        assert!(text.contains("E01-R0002") && text.contains("E01-R0003"), "{text}");
    }
}
