//! What may leave: every document is built field by field from a whitelist, never by taking away.
//!
//! Knows records and the audience of each field (sheet on overtime interviews, sections 6 and 10; 安衛法104条,
//! 安衛則52条の6). Must not know typesetting, files or screens. A field that no function here names cannot
//! leave; what is new in a record therefore stays until somebody lets it out here.

use crate::domain::Day;
use crate::domain::case::Measure;
use crate::domain::doctor::Doctor;
use crate::domain::establishment::{Contact, Establishment};
use crate::domain::interview::Interview;
use crate::domain::opinion::{FormKind, Recipient, Release};
use crate::domain::stress::{StressImprovement, StressInterview, StressResult, StressRound};
use crate::domain::worker::Worker;
use crate::law::interview::Class;

use super::view::Disclosed;
use super::{Form, form};

pub mod checkups;
mod current;
mod form_2011;
mod measures;
pub mod opinion_answer;
mod paper;
pub(super) mod parts;
pub mod patrol_report;
mod staying;
pub mod stress_committee;
mod stress_opinion;
pub mod stress_papers;
mod workplace;

#[cfg(test)]
mod tests;

pub use paper::{BriefFacts, BriefTask, PatrolSheetFacts, brief, patrol_sheet};
pub use parts::{Imprint, date, employer};
pub use patrol_report::PatrolReportFacts;
pub use staying::{Hint, hints, leaving, missing, staying};

/// Everything an opinion rests on. Most of it stays: see [`staying()`].
#[derive(Debug, Clone, Copy)]
pub struct OpinionFacts<'a> {
    /// The establishment of the worker.
    pub establishment: &'a Establishment,
    /// Its contacts, among whom the addressee is looked for.
    pub contacts: &'a [Contact],
    /// The worker.
    pub worker: &'a Worker,
    /// The class of the law: it decides the words of the measures (安衛法66条の8第5項, 66条の8の2, 66条の8の4).
    pub class: Class,
    /// Whether the worker is dispatched: then the duty, and the opinion, are the 派遣元's.
    pub is_dispatched: bool,
    /// The completed interview.
    pub interview: &'a Interview,
    /// The measures of this opinion; those lifted by the day of issue are left out.
    pub measures: &'a [Measure],
    /// Lines of 勤務の状況 from the employer's own hours; they stand in where the physician wrote none.
    pub hours: &'a [String],
    /// The physician's own notes, the case's for example: counted and compared, never printed.
    pub notes: &'a [&'a str],
    /// What an interview after the stress check holds besides; none for any other.
    pub stress: Option<StressPart<'a>>,
    /// What the physician decided to release; nothing by default.
    pub released: &'a [Release],
    /// The physician who signs.
    pub doctor: &'a Doctor,
    /// Day of issue.
    pub day: Day,
    /// `E01-2026-0001`
    pub number: &'a str,
    /// Version from 1.
    pub version: u32,
    /// Whether the data are invented.
    pub demo: bool,
    /// Fingerprint of the signing certificate, as printed.
    pub fingerprint: &'a str,
    /// Heads of the audit chains, one a line, as printed at the foot.
    pub audit_head: &'a str,
}

/// What an opinion after the stress check rests on besides (安衛法66条の10).
#[derive(Debug, Clone, Copy)]
pub struct StressPart<'a> {
    /// The physician's record beside the interview.
    pub record: &'a StressInterview,
    /// The round and the result, where they are on this desk.
    pub result: Option<(&'a StressRound, &'a StressResult)>,
}

impl<'a> OpinionFacts<'a> {
    fn imprint(&self) -> Imprint<'a> {
        Imprint {
            doctor: self.doctor,
            day: self.day,
            number: self.number,
            version: self.version,
            demo: self.demo,
            fingerprint: self.fingerprint,
            audit_head: self.audit_head,
        }
    }

    /// Measures that stand on the day of issue.
    fn standing(&self) -> impl Iterator<Item = &'a Measure> + use<'a> {
        let day = self.day;
        self.measures.iter().filter(move |measure| measure.lifted_on.is_none_or(|lifted| lifted > day))
    }
}

/// Builds the copy of an opinion for one recipient.
///
/// 人事 and 派遣元 get the form; 本人 gets the same and the advice in words; 職場 gets the measures with
/// their period and learns neither that an interview was held nor what it found (section 10 of the sheet).
/// Any kind but those two is set on the present form for long hours.
pub fn opinion(facts: &OpinionFacts<'_>, kind: FormKind, recipient: Recipient) -> Disclosed {
    match (recipient, kind) {
        (Recipient::LineManager, _) => workplace::copy(facts),
        (_, FormKind::StressOpinion) => stress_opinion::copy(facts, recipient),
        (_, FormKind::InterviewOpinion2011) => form_2011::copy(facts, recipient),
        _ => current::copy(facts, recipient),
    }
}

/// Finds the form that a copy is printed on.
pub fn printed_form(view: &Disclosed) -> Option<&'static Form> {
    form(&view.form)
}
