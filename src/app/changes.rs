//! Which parts of an establishment are no longer the same: what an assessment after an edit needs to look at.
//!
//! A snapshot shares every table that an edit did not touch, so that being the same is a comparison of pointers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Site;
use crate::domain::Id;

macro_rules! parts {
    ($($field:ident $part:ident,)*) => {
        /// A table of an establishment, or a fact about it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Part { $(#[doc = concat!("`Site::", stringify!($field), "`")] $part,)* }

        impl Part {
            /// Every part.
            pub const ALL: &[Self] = &[$(Self::$part),*];

            /// Whether the part is one and the same in both.
            fn is_shared(self, before: &Site, after: &Site) -> bool {
                match self { $(Self::$part => Arc::ptr_eq(&before.$field, &after.$field),)* }
            }

            /// The establishment with the part of another one.
            #[cfg(test)]
            pub fn taken_from(self, other: &Site, site: &Site) -> Site {
                let mut site = site.clone();
                match self { $(Self::$part => site.$field = Arc::clone(&other.$field),)* }
                site
            }
        }
    };
}

parts! {
    establishment Establishment, headcounts Headcounts, contacts Contacts, closing_days ClosingDays, rhythms Rhythms,
    information Information, promises Promises, visits Visits, plans Plans, workers Workers, attributes Attributes,
    checkups Checkups, stress Stress, batches Batches, profiles Profiles, cases Cases, requests Requests,
    notices Notices, exclusions Exclusions, bases Bases, certificates Certificates,
    interview_information InterviewInformation, attachments Attachments, measures Measures, interviews Interviews,
    issued Issued, places Places, patrols Patrols, marks Marks, findings Findings, criteria Criteria,
    methods Methods,
    instructions Instructions, doctors Doctors, answers Answers, nights Nights, checkup_details CheckupDetails,
    checkup_policies CheckupPolicies, checkup_omissions CheckupOmissions, checkup_follows CheckupFollows,
    opinion_inquiries OpinionInquiries, secondary_consents SecondaryConsents, secondary_exams SecondaryExams,
    health_guidance HealthGuidance,
    risk_notices RiskNotices, checkup_advice CheckupAdvice, sent_reports SentReports, result_notices ResultNotices,
    workplace_facts WorkplaceFacts,
    exam_duties ExamDuties, special_exams SpecialExams, postings Postings,
    stress_rounds StressRounds,
    stress_staff StressStaff, stress_answers StressAnswers, stress_results StressResults, stress_consents StressConsents,
    stress_consultations StressConsultations, stress_releases StressReleases,
    stress_interviews StressInterviews, stress_improvements StressImprovements, stress_reported StressReported, hours Hours, drafts Drafts, history History,
}

/// The parts that differ between two snapshots of one establishment.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'site> {
    before: &'site Site,
    after: &'site Site,
}

impl<'site> Changes<'site> {
    /// What lies between two snapshots.
    pub fn between(before: &'site Site, after: &'site Site) -> Self {
        Self { before, after }
    }

    /// Whether any of these parts is another one.
    pub fn touch(&self, parts: &[Part]) -> bool {
        parts.iter().any(|part| !part.is_shared(self.before, self.after))
    }

    /// The workers whose own rows are other ones, in the parts that hold rows of workers.
    pub fn workers(&self) -> BTreeSet<&'site Id> {
        let (before, after) = (self.before, self.after);
        let mut found = BTreeSet::new();
        found.extend(differing(&before.workers, &after.workers).map(|row| &row.id));
        found.extend(differing(&before.attributes, &after.attributes).map(|row| &row.worker));
        found.extend(before.checkups.differing(&after.checkups).map(|row| &row.worker));
        found.extend(differing(&before.stress, &after.stress).map(|row| &row.worker));
        found.extend(differing(&before.requests, &after.requests).map(|row| &row.worker));
        found.extend(differing(&before.exclusions, &after.exclusions).map(|row| &row.worker));
        found.extend(differing(&before.certificates, &after.certificates).map(|row| &row.worker));
        found.extend(differing(&before.measures, &after.measures).map(|row| &row.worker));
        found.extend(differing(&before.interviews, &after.interviews).map(|row| &row.worker));
        found.extend(self.with_other_hours());
        found.extend(self.with_other_drafts());
        found
    }

    fn with_other_hours(&self) -> impl Iterator<Item = &'site Id> {
        let (before, after) = (self.before, self.after);
        let is_shared = Part::Hours.is_shared(before, after);
        let ids = before.hours.keys().chain(after.hours.keys()).filter(move |_| !is_shared);
        ids.filter(|id| before.hours_of(id) != after.hours_of(id))
    }

    /// A half-written form is named after its worker.
    fn with_other_drafts(&self) -> impl Iterator<Item = &'site Id> {
        let forms: BTreeSet<&str> =
            differing(&self.before.drafts, &self.after.drafts).map(|draft| draft.form.as_str()).collect();
        let is_of = move |id: &Id| forms.iter().any(|form| form.ends_with(id.as_str()));
        self.after.workers.iter().map(|worker| &worker.id).filter(move |id| is_of(id))
    }
}

/// The rows of two tables that are not the same in both; what they begin and end with alike is left out.
fn differing<'site, T: PartialEq>(
    before: &'site Arc<Vec<T>>,
    after: &'site Arc<Vec<T>>,
) -> impl Iterator<Item = &'site T> {
    let (one, other) = if Arc::ptr_eq(before, after) { (&[][..], &[][..]) } else { (&before[..], &after[..]) };
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle = |rows: &'site [T]| rows.iter().take(rows.len().saturating_sub(tail));
    middle(one).chain(middle(other))
}
