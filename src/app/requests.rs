//! The worker's request for an interview (申出, 則52条の3) and the notices around it, as commands.
//!
//! Knows the records of one establishment and the day; performs nothing and decides no duty. What
//! cannot be recorded is refused with a sentence, and then nothing is built at all.

use chrono::{Datelike, Months};

use super::Site;
use crate::domain::case::{Case, CaseState, Ground, Notice, NoticeKind, Request, RequestBy};
use crate::domain::command::{Act, Command};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Period, Prefix, Seconds};

/// Hours of a calendar day, in seconds: no period holds more than its days.
const DAY_SECONDS: i64 = 86_400;

/// A request as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestEntry {
    /// 申出日
    pub day: Day,
    /// How it came.
    pub by: RequestBy,
    /// The period it is about, if any.
    pub period: Option<Period>,
    /// 希望する日時・場所
    pub place: String,
    /// 配慮を求める事項
    pub wishes: String,
    /// 希望する医師
    pub doctor: String,
    /// The worker's own figure of overtime, when disputed.
    pub own: Option<Seconds>,
}

/// Why a request or a notice is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    /// The worker is not on the roster.
    #[error("この労働者は名簿にありません。名簿を開き直してください。")]
    NoWorker,
    /// A day that has not come.
    #[error("今日より後の日です。受け付けた日を書いてください。")]
    Future,
    /// Before the worker joined.
    #[error("入社より前の日です。日付か入社日を確かめてください。")]
    BeforeJoining,
    /// After the worker left.
    #[error("退職より後の日です。日付か退職日を確かめてください。")]
    AfterLeaving,
    /// A notice without its period.
    #[error("どの期間の通知かを選んでください。")]
    NoPeriod,
    /// Disputed hours without a period.
    #[error("本人の時間がどの期間のものかを選んでください。")]
    OwnWithoutPeriod,
    /// More hours than the period has.
    #[error("その期間の暦日数に 24 時間を掛けた時間を超えています。時間を確かめてください。")]
    OwnTooLong,
    /// There is no such request, or it was taken back already.
    #[error("取り下げる申出がありません。履歴で確かめてください。")]
    NothingToWithdraw,
    /// Taken back before it was made.
    #[error("申出の日より前です。取り下げた日を書いてください。")]
    BeforeRequest,
}

/// The counting periods that ended before `today`, newest first, at most `count`.
pub fn closed_periods(site: &Site, today: Day, count: usize) -> Vec<Period> {
    let months = (0..).map_while(|back| today.with_day(1)?.checked_sub_months(Months::new(back)));
    // One month more, since the current one may still be open.
    let periods = months.take(count + 1).filter_map(|month| site.period(month.year(), month.month()));
    periods.filter(|period| period.end < today).take(count).collect()
}

/// The next day of counting (算定日) after `day`: the end of the period that is open then.
pub fn next_count(site: &Site, day: Day) -> Option<Day> {
    let first = day.with_day(1)?;
    let ends = (0..3).filter_map(|ahead| first.checked_add_months(Months::new(ahead)));
    ends.filter_map(|month| site.period(month.year(), month.month())).map(|period| period.end).find(|end| *end > day)
}

/// Records a request; the newest open case of long hours carries it, else a new one does.
///
/// # Errors
/// [`RequestFault`] for the first thing that cannot be so.
pub fn receive(site: &Site, worker: &Id, entry: &RequestEntry, today: Day) -> Result<Command, RequestFault> {
    let worker = site.worker(worker).ok_or(RequestFault::NoWorker)?;
    check_day(worker, entry.day, today)?;
    check_own(entry)?;
    let command = Command::new(Act::ReceiveRequest, worker.id.to_string());
    let (case_id, command) = match open_case(site, &worker.id) {
        Some(case) => (case.id.clone(), command),
        None => {
            let case = new_case(site, &worker.id, entry.day);
            (case.id.clone(), command.put(case))
        }
    };
    Ok(command.put(record(site.next_id(Prefix::Row), case_id, worker, entry)))
}

/// Whether exactly this request is on record already, so that saving twice records it once.
pub fn is_received(site: &Site, worker: &Id, entry: &RequestEntry) -> bool {
    let Some(worker) = site.worker(worker) else { return false };
    let same = |known: &Request| record(known.id.clone(), known.case_id.clone(), worker, entry) == *known;
    site.requests.iter().any(same)
}

/// The newest request of the worker that still stands.
pub fn standing<'site>(site: &'site Site, worker: &Id) -> Option<&'site Request> {
    let stands = |request: &&Request| &request.worker == worker && request.withdrawn_on.is_none();
    site.requests.iter().filter(stands).max_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)))
}

/// The worker's own figure of overtime in the newest request that still stands, in seconds.
pub fn own_figure(site: &Site, worker: &Id) -> Option<i64> {
    standing(site, worker).and_then(|request| request.own_seconds)
}

/// Records that a request was taken back on `day`; the request itself stays.
///
/// # Errors
/// [`RequestFault::NothingToWithdraw`] when there is none that stands, and a day that cannot be.
pub fn withdraw(site: &Site, request: &Id, day: Day, today: Day) -> Result<Command, RequestFault> {
    let known = site.requests.iter().find(|known| &known.id == request && known.withdrawn_on.is_none());
    let known = known.ok_or(RequestFault::NothingToWithdraw)?;
    if day > today {
        return Err(RequestFault::Future);
    }
    if day < known.day {
        return Err(RequestFault::BeforeRequest);
    }
    let withdrawn = Request { withdrawn_on: Some(day), ..known.clone() };
    Ok(Command::new(Act::WithdrawRequest, known.worker.to_string()).put(withdrawn))
}

/// A notice as it was typed (則52条の2第3項, 則14条の2, 勧奨).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeEntry {
    /// Which.
    pub kind: NoticeKind,
    /// Given on.
    pub day: Day,
    /// The period it is about.
    pub period: Option<Period>,
    /// Ground and strength of an urging, and the reply.
    pub content: String,
}

/// Records a notice; that nobody is above the line is about no worker, and what the physician is handed may be about
/// everybody at once.
///
/// # Errors
/// [`RequestFault`] for a missing period or a day that cannot be.
pub fn notice(site: &Site, worker: Option<&Id>, entry: &NoticeEntry, today: Day) -> Result<Command, RequestFault> {
    let period = entry.period.ok_or(RequestFault::NoPeriod)?;
    let worker = match (entry.kind, worker) {
        (NoticeKind::NobodyOver, _) | (NoticeKind::ToPhysician, None) => None,
        (_, Some(id)) => Some(site.worker(id).ok_or(RequestFault::NoWorker)?),
        (_, None) => return Err(RequestFault::NoWorker),
    };
    if entry.day > today {
        return Err(RequestFault::Future);
    }
    let subject = worker.map_or_else(|| site.id().to_string(), |worker| worker.id.to_string());
    let record = Notice {
        id: site.next_id(Prefix::Row),
        kind: entry.kind,
        worker: worker.map(|worker| worker.id.clone()),
        period_end: period.end,
        day: entry.day,
        content: entry.content.trim().to_owned(),
    };
    Ok(Command::new(Act::RecordNotice, subject).put(record))
}

/// A day on which something can have happened to this worker at this establishment.
///
/// # Errors
/// [`RequestFault`] when it lies in the future, before joining or after leaving.
pub fn check_day(worker: &Worker, day: Day, today: Day) -> Result<(), RequestFault> {
    if day > today {
        return Err(RequestFault::Future);
    }
    if worker.joined_on.is_some_and(|joined| day < joined) {
        return Err(RequestFault::BeforeJoining);
    }
    if worker.left_on.is_some_and(|left| day > left) {
        return Err(RequestFault::AfterLeaving);
    }
    Ok(())
}

/// Whether an amount fits into the calendar days of a period.
pub fn fits(amount: Seconds, period: Period) -> bool {
    amount.0 <= period.days().saturating_mul(DAY_SECONDS)
}

fn check_own(entry: &RequestEntry) -> Result<(), RequestFault> {
    let Some(own) = entry.own else { return Ok(()) };
    let period = entry.period.ok_or(RequestFault::OwnWithoutPeriod)?;
    if fits(own, period) { Ok(()) } else { Err(RequestFault::OwnTooLong) }
}

fn open_case<'site>(site: &'site Site, worker: &Id) -> Option<&'site Case> {
    // A case that led to an interview is answered: a new request is a case of its own.
    let is_answered = |case: &Case| site.interviews.iter().any(|interview| interview.case_id == case.id);
    let is_open = |case: &&Case| {
        let waits = case.ground == Ground::LongHours && case.state != CaseState::Closed;
        &case.worker == worker && waits && !is_answered(case)
    };
    site.cases.iter().filter(is_open).max_by_key(|case| case.opened_on)
}

fn new_case(site: &Site, worker: &Id, day: Day) -> Case {
    Case {
        id: site.next_id(Prefix::Case),
        worker: worker.clone(),
        ground: Ground::LongHours,
        state: CaseState::Open,
        opened_on: day,
        next_on: None,
        closed_on: None,
        note: String::new(),
    }
}

fn record(id: Id, case_id: Id, worker: &Worker, entry: &RequestEntry) -> Request {
    Request {
        id,
        case_id,
        worker: worker.id.clone(),
        day: entry.day,
        by: entry.by,
        period_end: entry.period.map(|period| period.end),
        place: entry.place.trim().to_owned(),
        wishes: entry.wishes.trim().to_owned(),
        doctor: entry.doctor.trim().to_owned(),
        own_seconds: entry.own.map(|own| own.0),
        withdrawn_on: None,
    }
}

#[cfg(test)]
#[path = "requests_tests.rs"]
mod tests;
