//! The physician's decision that no interview is needed this time (則52条の2第1項ただし書), as a command.
//!
//! Knows the records of one establishment and asks the law; performs nothing and proposes nothing. Where the law
//! does not allow the decision it is refused with a sentence, and then nothing is built at all.

use super::Site;
use super::months::Context;
use super::requests::{RequestFault, check_day};
use crate::domain::case::{BasisKind, Exclusion, ExclusionBasis};
use crate::domain::command::{Act, Command};
use crate::domain::{Day, Id, Period, Prefix, Table};
use crate::law::Law;
use crate::law::interview::{self, InterviewFacts};
use crate::law::outcome::{Conclusion, Outcome};

/// A decision as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionEntry {
    /// 判断日
    pub day: Day,
    /// The period it is about.
    pub period: Option<Period>,
    /// What it rests on.
    pub bases: Vec<BasisKind>,
    /// The interview it rests on was held on.
    pub interviewed_on: Option<Day>,
    /// The doctor of that interview; empty when it was this physician.
    pub doctor: String,
    /// Records that were given to that doctor.
    pub records: String,
    /// The physician's grounds.
    pub grounds: String,
    /// What keeps the worker healthy; 「なし」 is an answer.
    pub keeps_healthy: String,
}

/// Why a decision is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExclusionFault {
    /// The worker or the day.
    #[error(transparent)]
    Day(#[from] RequestFault),
    /// No period.
    #[error("どの期間の面接についての判断かを選んでください。")]
    NoPeriod,
    /// Decided before the hours were counted.
    #[error("期日より前の日です。期間が終わってからの日を書いてください。")]
    BeforePeriodEnd,
    /// No hours of that period.
    #[error("この期間の労働時間がありません。取込か手入力のあとで判断できます。")]
    NoHours,
    /// Nothing is owed that could be left out.
    #[error("この期間は面接指導の対象の時間を超えていません。判断は要りません。")]
    NotListed,
    /// It was decided already.
    #[error("この期間は判断済みです。変えるときは、取り下げてから書き直してください。")]
    Decided,
    /// Nothing to rest on.
    #[error("何に基づく判断かを番号で選んでください。")]
    NoBasis,
    /// An interview without its day.
    #[error("拠り所にした面接の日を書いてください。")]
    NoInterviewDay,
    /// An interview outside the time before the 期日, and nothing else.
    #[error("面接の日が、期日の前の決まった期間の外です。面接の日を確かめるか、ほかの拠り所も選んでください。")]
    InterviewOutside,
    /// The law leaves nobody of this class out.
    #[error("この人の面接は、医師の判断では除けません。{0}面接を行ってください。")]
    NotAllowed(String),
    /// No grounds.
    #[error("健康上問題がないと認めた理由を書いてください。")]
    NoGrounds,
    /// Nothing about what keeps the worker healthy.
    #[error("健康を保つ手だてを書いてください。無ければ「なし」と書きます。")]
    NoAnswer,
    /// There is no decision to take back.
    #[error("取り下げる判断がありません。履歴で確かめてください。")]
    NothingToLift,
}

/// Records the decision with everything that it rests on.
///
/// # Errors
/// [`ExclusionFault`] for the first thing that is missing or that the law does not allow.
pub fn decide(
    law: &Law,
    site: &Site,
    worker: &Id,
    entry: &ExclusionEntry,
    today: Day,
) -> Result<Command, ExclusionFault> {
    let period = check(law, site, worker, entry, today)?;
    let mut rows = site.next_ids(Prefix::Row);
    let id = rows.next().unwrap_or_else(|| site.next_id(Prefix::Row));
    let exclusion = Exclusion {
        id: id.clone(),
        worker: worker.clone(),
        period,
        day: entry.day,
        interviewed_on: rested_on(entry),
        grounds: entry.grounds.trim().to_owned(),
        keeps_healthy: entry.keeps_healthy.trim().to_owned(),
    };
    let command = Command::new(Act::DecideExclusion, worker.to_string()).put(exclusion);
    let bases = entry.bases.iter().zip(rows).map(|(kind, row)| basis(site, worker, entry, *kind, &id, row));
    Ok(bases.fold(command, Command::put))
}

/// Takes the decision about a period back, with what it rested on.
///
/// # Errors
/// [`ExclusionFault::NothingToLift`] when there is none.
pub fn lift(site: &Site, worker: &Id, period: Period) -> Result<Command, ExclusionFault> {
    let known = standing(site, worker, period.end).ok_or(ExclusionFault::NothingToLift)?;
    let bases = site.bases.iter().filter(|basis| basis.exclusion == known.id);
    let command = Command::new(Act::LiftExclusion, worker.to_string());
    let command = bases.fold(command, |command, basis| command.remove(Table::ExclusionBasis, basis.id.as_str()));
    Ok(command.remove(Table::Exclusion, known.id.as_str()))
}

/// The decision about the period that ends on `end`.
pub fn standing<'site>(site: &'site Site, worker: &Id, end: Day) -> Option<&'site Exclusion> {
    site.exclusions.iter().find(|exclusion| &exclusion.worker == worker && exclusion.period.end == end)
}

/// What a decision rests on.
pub fn bases<'site>(site: &'site Site, exclusion: &'site Id) -> impl Iterator<Item = &'site ExclusionBasis> {
    site.bases.iter().filter(move |basis| &basis.exclusion == exclusion)
}

/// Whether a decision stands that leaves the worker out of the interview about the period that ends on `end`.
pub fn is_left_out(law: &Law, context: &Context<'_>, worker: &Id, end: Day) -> bool {
    if standing(context.site, worker, end).is_none() {
        return false;
    }
    let worker = context.site.worker(worker);
    let month =
        worker.map(|worker| context.months(worker)).unwrap_or_default().into_iter().find(|m| m.period.end == end);
    let facts = worker.zip(month).map(|(worker, month)| context.facts(law, worker, &month));
    facts.is_some_and(|facts| interview::leaves_out(law, &facts) && asked_anyway(law, &facts).outcome != REQUIRED)
}

/// The day of the newest record of a kind, up to `day`.
pub fn newest_of(site: &Site, worker: &Id, kind: BasisKind, day: Day) -> Option<Day> {
    let held = site.interviews.iter().filter(|row| &row.worker == worker);
    let certified = site.certificates.iter().filter(|row| &row.worker == worker).map(|row| row.interviewed_on);
    let days: Vec<Day> = match kind {
        BasisKind::RecentInterview | BasisKind::PastInterview => held.map(|row| row.day).chain(certified).collect(),
        BasisKind::Checklist => {
            held.filter(|row| !row.fatigue_sheet_json.symptoms.is_empty()).map(|row| row.day).collect()
        }
        BasisKind::Checkup => site.checkups.iter().filter(|row| &row.worker == worker).map(|row| row.day).collect(),
        BasisKind::Examination => Vec::new(),
    };
    days.into_iter().filter(|known| *known <= day).max()
}

/// Whether an interview on `seen` lies in the time before the 期日 that the law names.
pub fn is_recent(law: &Law, seen: Day, end: Day) -> bool {
    let facts = InterviewFacts { interviewed_on: Some(seen), judged_unnecessary: true, ..InterviewFacts::unknown(end) };
    interview::leaves_out(law, &facts)
}

const REQUIRED: Conclusion = Conclusion::Required;

fn check(law: &Law, site: &Site, worker: &Id, entry: &ExclusionEntry, today: Day) -> Result<Period, ExclusionFault> {
    let person = site.worker(worker).ok_or(RequestFault::NoWorker)?;
    check_day(person, entry.day, today)?;
    let period = entry.period.ok_or(ExclusionFault::NoPeriod)?;
    if entry.day <= period.end {
        return Err(ExclusionFault::BeforePeriodEnd);
    }
    let facts = open_to_judgement(law, site, worker, period)?;
    check_bases(law, &facts, entry)?;
    check_words(entry)?;
    Ok(period)
}

/// Why no decision can be made about this period, whatever it rests on; none when the physician may judge.
pub fn obstacle(law: &Law, site: &Site, worker: &Id, period: Period) -> Option<ExclusionFault> {
    open_to_judgement(law, site, worker, period).err()
}

/// The facts of the period as if everything spoke for leaving the worker out.
fn open_to_judgement(law: &Law, site: &Site, worker: &Id, period: Period) -> Result<InterviewFacts, ExclusionFault> {
    let person = site.worker(worker).ok_or(RequestFault::NoWorker)?;
    if standing(site, worker, period.end).is_some() {
        return Err(ExclusionFault::Decided);
    }
    let context = Context::new(site);
    let month = context.months(person).into_iter().find(|month| month.period == period);
    let facts = context.facts(law, person, &month.ok_or(ExclusionFault::NoHours)?);
    let before = asked_anyway(law, &InterviewFacts { judged_unnecessary: false, ..facts });
    if !matches!(before.outcome, Conclusion::Required | Conclusion::Unknown) {
        return Err(ExclusionFault::NotListed);
    }
    let judged = InterviewFacts { judged_unnecessary: true, similar_grounds: true, ..facts };
    let after = asked_anyway(law, &judged);
    if after.outcome == REQUIRED {
        let reason = after.reasons.last().map(|reason| reason.text.clone()).unwrap_or_default();
        return Err(ExclusionFault::NotAllowed(reason));
    }
    Ok(judged)
}

fn check_bases(law: &Law, facts: &InterviewFacts, entry: &ExclusionEntry) -> Result<(), ExclusionFault> {
    if entry.bases.is_empty() {
        return Err(ExclusionFault::NoBasis);
    }
    if entry.bases.contains(&BasisKind::RecentInterview) && entry.interviewed_on.is_none() {
        return Err(ExclusionFault::NoInterviewDay);
    }
    let similar_grounds = entry.bases.iter().any(|kind| kind.is_similar());
    let typed = InterviewFacts { similar_grounds, interviewed_on: rested_on(entry), ..*facts };
    if interview::leaves_out(law, &typed) { Ok(()) } else { Err(ExclusionFault::InterviewOutside) }
}

fn check_words(entry: &ExclusionEntry) -> Result<(), ExclusionFault> {
    if entry.grounds.trim().is_empty() {
        return Err(ExclusionFault::NoGrounds);
    }
    if entry.keeps_healthy.trim().is_empty() {
        return Err(ExclusionFault::NoAnswer);
    }
    Ok(())
}

/// The answer of the law as if the worker had asked: only so an exclusion makes a difference.
fn asked_anyway(law: &Law, facts: &InterviewFacts) -> Outcome {
    interview::assess(law, &InterviewFacts { requested: Some(true), ..*facts })
}

/// The interview counts only where it was chosen as the basis.
fn rested_on(entry: &ExclusionEntry) -> Option<Day> {
    entry.interviewed_on.filter(|_| entry.bases.contains(&BasisKind::RecentInterview))
}

fn basis(site: &Site, worker: &Id, entry: &ExclusionEntry, kind: BasisKind, exclusion: &Id, id: Id) -> ExclusionBasis {
    let typed = |text: &str| if kind.is_interview() { text.trim().to_owned() } else { String::new() };
    let day = match kind {
        BasisKind::RecentInterview => rested_on(entry),
        other => newest_of(site, worker, other, entry.day),
    };
    let (doctor, records) = (typed(&entry.doctor), typed(&entry.records));
    ExclusionBasis { id, exclusion: exclusion.clone(), worker: worker.clone(), kind, day, doctor, records }
}

#[cfg(test)]
#[path = "exclusions_tests.rs"]
mod tests;
