//! A record in words: a heading, and a row for every member that says something.

use std::fmt::Display;

use crate::documents::view::{Row, Section};
use crate::domain::{AnyRecord, Day, Hours, Seconds};

use super::{after_checkups, cases, checkups, interview, issued, people, stress};

/// The longest value that shares its line with another.
const SHORT: usize = 16;

/// A record in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    heading: String,
    rows: Vec<Row>,
}

impl Told {
    pub(super) fn new(kind: &str, key: impl Display) -> Self {
        Self { heading: format!("{kind}　{key}"), rows: Vec::new() }
    }

    /// Adds a member; an empty one says nothing.
    pub(super) fn add(mut self, label: &str, value: impl Display) -> Self {
        let value = value.to_string().trim().to_owned();
        if !value.is_empty() {
            let half = value.chars().count() <= SHORT && !value.contains('\n');
            self.rows.push(Row { half, ..Row::text(label, value) });
        }
        self
    }

    /// Adds a member that may be absent.
    pub(super) fn may(self, label: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.add(label, value),
            None => self,
        }
    }

    /// Adds an answer.
    pub(super) fn answer(self, label: &str, is_so: bool) -> Self {
        self.add(label, if is_so { "はい" } else { "いいえ" })
    }

    /// The record as a section of a document.
    pub fn section(self) -> Section {
        Section { heading: self.heading, rows: self.rows, ..Section::default() }
    }

    /// Kind and key.
    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// Which kind of record it is.
    pub fn kind(&self) -> &str {
        self.heading.split('　').next().unwrap_or_default()
    }

    /// Labels and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rows.iter().map(|row| (row.label.as_str(), row.value.as_str()))
    }
}

/// Tells a record of a worker; none for those that belong to the establishment.
pub fn told(record: &AnyRecord) -> Option<Told> {
    Some(match record {
        AnyRecord::Worker(row) => people::worker(row),
        AnyRecord::WorkerAttribute(row) => people::attribute(row),
        AnyRecord::Checkup(row) => people::checkup(row),
        AnyRecord::CheckupSheet(row) => checkups::sheet(row),
        AnyRecord::CheckupDetail(row) => checkups::detail(row),
        AnyRecord::CheckupOmission(row) => checkups::omission(row),
        AnyRecord::CheckupFollow(row) => checkups::follow(row),
        AnyRecord::OpinionInquiry(row) => after_checkups::inquiry(row),
        AnyRecord::SecondaryConsent(row) => after_checkups::consent(row),
        AnyRecord::SecondaryExam(row) => after_checkups::secondary(row),
        AnyRecord::HealthGuidance(row) => after_checkups::guidance(row),
        AnyRecord::ResultNotice(row) => return after_checkups::result_notice(row),
        AnyRecord::RiskNotice(row) => after_checkups::risk(row),
        AnyRecord::ExamDuty(row) => after_checkups::duty(row),
        AnyRecord::SpecialExam(row) => after_checkups::special(row),
        AnyRecord::Posting(row) => after_checkups::posting(row),
        AnyRecord::StressFlag(row) => people::stress(row),
        AnyRecord::StressAnswers(row) => stress::answers(row),
        AnyRecord::StressResult(row) => stress::result(row),
        AnyRecord::StressConsent(row) => stress::consent(row),
        AnyRecord::StressConsultation(row) => stress::consultation(row),
        AnyRecord::StressInterview(row) => stress::interview(row),
        AnyRecord::StressReported(row) => stress::reported(row),
        AnyRecord::Plan(row) => people::plan(row),
        AnyRecord::Case(row) => cases::case(row),
        AnyRecord::Request(row) => cases::request(row),
        AnyRecord::Notice(row) => cases::notice(row),
        AnyRecord::Exclusion(row) => cases::exclusion(row),
        AnyRecord::ExclusionBasis(row) => cases::basis(row),
        AnyRecord::Certificate(row) => cases::certificate(row),
        AnyRecord::InterviewInformation(row) => cases::information(row),
        AnyRecord::NightWork(row) => people::night(row),
        AnyRecord::Measure(row) => cases::measure(row),
        AnyRecord::Attachment(row) => cases::attachment(row),
        AnyRecord::Interview(row) => interview::interview(row),
        AnyRecord::Issued(row) => issued::issued(row),
        AnyRecord::SignedCopy(row) => issued::signed_copy(row),
        _ => return None,
    })
}

/// From the first day to the last, either of which may be open.
pub(super) fn between(from: Option<Day>, until: Option<Day>) -> String {
    let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    if from.is_none() && until.is_none() { String::new() } else { format!("{} - {}", text(from), text(until)) }
}

/// `92:30`, with seconds where there are any.
pub(super) fn clock(seconds: Seconds) -> String {
    let (sign, total) = (if seconds.0 < 0 { "-" } else { "" }, seconds.0.abs());
    let minutes = format!("{sign}{}:{:02}", total / 3600, total / 60 % 60);
    if total % 60 == 0 { minutes } else { format!("{minutes}:{:02}", total % 60) }
}

/// A value, or the span of what it can be.
pub(super) fn span(hours: Hours) -> String {
    if hours.is_exact() { clock(hours.low) } else { format!("{} - {}", clock(hours.low), clock(hours.high)) }
}
