//! The certificate of an interview by a doctor of the worker's own choice (法66条の8第2項ただし書, 則52条の5), as commands.
//!
//! Knows the records of one establishment and the day; performs nothing. The certificate stands for the interview, so
//! it opens a case of its own and the opinion's time runs from the day it was handed in (則52条の7).

use super::Site;
use super::requests::{RequestFault, check_day};
use crate::domain::case::{Case, CaseState, Certificate, Ground, Request};
use crate::domain::command::{Act, Command};
use crate::domain::{Day, Id, Period, Prefix};

/// A certificate as it was typed from the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateEntry {
    /// 受け取った日
    pub received_on: Day,
    /// The period it is about, if any.
    pub period: Option<Period>,
    /// 実施年月日
    pub interviewed_on: Option<Day>,
    /// 医師の氏名
    pub doctor: String,
    /// 疲労の蓄積の状況
    pub fatigue: String,
    /// その他の心身の状況
    pub condition: String,
    /// Whether guidance or treatment is needed.
    pub care: String,
}

/// Why a certificate, or the opinion on it, is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// The worker or the day of receipt.
    #[error(transparent)]
    Day(#[from] RequestFault),
    /// No day of the interview.
    #[error("面接の実施年月日を書いてください。書面に無いときは、本人に補ってもらってください。")]
    NoInterviewDay,
    /// Held after the paper came.
    #[error("受け取った日より後の日です。面接の日を確かめてください。")]
    InterviewAfterReceipt,
    /// No doctor.
    #[error("医師の氏名を書いてください。書面に無いときは、本人に補ってもらってください。")]
    NoDoctor,
    /// Nothing on fatigue.
    #[error("疲労の蓄積の状況を書面のとおりに書いてください。書面に無いときは、本人に補ってもらってください。")]
    NoFatigue,
    /// Nothing on the condition.
    #[error(
        "心身の状況を書面のとおりに書いてください（病名とは限りません）。書面に無いときは、本人に補ってもらってください。"
    )]
    NoCondition,
    /// There is no such certificate.
    #[error("その証明書の記録がありません。履歴で確かめてください。")]
    NoCertificate,
    /// An opinion before the paper came.
    #[error("証明書を受け取る前の日です。意見を述べた日を書いてください。")]
    OpinionBeforeReceipt,
    /// No opinion.
    #[error("述べた意見を書いてください。")]
    NoOpinion,
}

/// Records a certificate; it opens a case of the ground 他医師の結果.
///
/// # Errors
/// [`CertificateFault`] for the first item of 則52条の5 that is missing, or a day that cannot be.
pub fn receive(
    site: &Site,
    worker: &Id,
    entry: &CertificateEntry,
    today: Day,
) -> Result<(Id, Command), CertificateFault> {
    let person = site.worker(worker).ok_or(RequestFault::NoWorker)?;
    check_day(person, entry.received_on, today)?;
    let interviewed_on = check(entry)?;
    let case = new_case(site, worker, entry.received_on);
    let id = site.next_id(Prefix::Row);
    let text = |text: &str| text.trim().to_owned();
    let certificate = Certificate {
        id: id.clone(),
        case_id: case.id.clone(),
        worker: worker.clone(),
        period_end: entry.period.map(|period| period.end),
        interviewed_on,
        received_on: entry.received_on,
        doctor: text(&entry.doctor),
        fatigue: text(&entry.fatigue),
        condition: text(&entry.condition),
        care: text(&entry.care),
        opinion_on: None,
        opinion: String::new(),
    };
    Ok((id, Command::new(Act::ReceiveCertificate, worker.to_string()).put(case).put(certificate)))
}

/// Records that the physician stated an opinion on a certificate, which ends its case.
///
/// # Errors
/// [`CertificateFault`] for a missing opinion or a day that cannot be.
pub fn state_opinion(site: &Site, id: &Id, day: Day, opinion: &str, today: Day) -> Result<Command, CertificateFault> {
    let known = site.certificates.iter().find(|row| &row.id == id).ok_or(CertificateFault::NoCertificate)?;
    if day > today {
        return Err(RequestFault::Future.into());
    }
    if day < known.received_on {
        return Err(CertificateFault::OpinionBeforeReceipt);
    }
    let opinion = Some(opinion.trim()).filter(|text| !text.is_empty()).ok_or(CertificateFault::NoOpinion)?;
    let stated = Certificate { opinion_on: Some(day), opinion: opinion.to_owned(), ..known.clone() };
    let command = Command::new(Act::RecordOpinion, known.worker.to_string()).put(stated);
    let case = site.cases.iter().find(|case| case.id == known.case_id);
    let closed = case.map(|case| Case { state: CaseState::Closed, closed_on: Some(day), ..case.clone() });
    Ok(closed.into_iter().fold(command, Command::put))
}

/// The newest certificate of the worker.
pub fn newest<'site>(site: &'site Site, worker: &Id) -> Option<&'site Certificate> {
    let of = site.certificates.iter().filter(|row| &row.worker == worker);
    of.max_by(|a, b| (a.received_on, &a.id).cmp(&(b.received_on, &b.id)))
}

/// Whether a certificate stands for the interview about the period that ends on `end`.
pub fn stands_for(site: &Site, worker: &Id, end: Day) -> bool {
    site.certificates.iter().any(|row| &row.worker == worker && is_about(row, end))
}

/// Whether a certificate answers a request: by its period, else by the interview that followed the request.
pub fn answers(certificate: &Certificate, request: &Request) -> bool {
    let is_later = certificate.interviewed_on >= request.day;
    let is_same = request.period_end.is_some_and(|end| is_about(certificate, end));
    certificate.worker == request.worker && (is_same || is_later)
}

/// A certificate without a period is about the one that ended before the interview it tells of.
fn is_about(certificate: &Certificate, end: Day) -> bool {
    certificate.period_end.map_or(certificate.interviewed_on > end, |about| about == end)
}

fn check(entry: &CertificateEntry) -> Result<Day, CertificateFault> {
    let is_empty = |text: &str| text.trim().is_empty();
    let interviewed_on = entry.interviewed_on.ok_or(CertificateFault::NoInterviewDay)?;
    if interviewed_on > entry.received_on {
        return Err(CertificateFault::InterviewAfterReceipt);
    }
    if is_empty(&entry.doctor) {
        return Err(CertificateFault::NoDoctor);
    }
    if is_empty(&entry.fatigue) {
        return Err(CertificateFault::NoFatigue);
    }
    if is_empty(&entry.condition) {
        return Err(CertificateFault::NoCondition);
    }
    Ok(interviewed_on)
}

fn new_case(site: &Site, worker: &Id, day: Day) -> Case {
    Case {
        id: site.next_id(Prefix::Case),
        worker: worker.clone(),
        ground: Ground::OtherDoctor,
        state: CaseState::Waiting,
        opened_on: day,
        next_on: None,
        closed_on: None,
        note: String::new(),
    }
}

#[cfg(test)]
#[path = "certificates_tests.rs"]
mod tests;
