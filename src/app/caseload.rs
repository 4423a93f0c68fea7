//! All that is known, as one immutable snapshot; an edit replaces only the tables that it touched.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::leaves::Leaves;
use crate::domain::checkup::{
    CheckupAdvice, CheckupDetail, CheckupFollow, CheckupOmission, CheckupPolicy, ExamDuty, HealthGuidance,
    OpinionInquiry, Posting, ResultNotice, RiskNotice, SecondaryConsent, SecondaryExam, SentReport, SpecialExam,
    WorkplaceFact,
};
use crate::domain::command::{DraftField, HoursInForce, Operation};
use crate::domain::doctor::{Doctor, SiteDoctor};
use crate::domain::establishment::{
    ClosingDay, Contact, Criterion, Establishment, Headcount, HoursMethod, Information, PatrolRhythm, Plan, Promise,
    StandingInstruction, Visit,
};
use crate::domain::hours::{Batch, ImportProfile, NightWork};
use crate::domain::intake::PersonAnswer;
use crate::domain::interview::Interview;
use crate::domain::opinion::Issued;
use crate::domain::patrol::{Finding, Patrol, Place, PlaceMark};
use crate::domain::period::{self, Closing};
use crate::domain::stress::{
    StressAnswers, StressConsent, StressConsultation, StressImprovement, StressInterview, StressRelease,
    StressReported, StressResult, StressRound, StressStaff,
};
use crate::domain::worker::{Checkup, StressFlag, Worker, WorkerAttribute};
use crate::domain::{Day, EstablishmentId, Id, Period, Prefix, case};

/// A table of the snapshot.
pub type Rows<T> = Arc<Vec<T>>;

/// Every establishment of the desk.
#[derive(Debug, Clone, Default)]
pub struct Caseload {
    /// The physician whose desk this is.
    pub owner: Doctor,
    /// Establishments by id.
    pub sites: Vec<Arc<Site>>,
}

impl Caseload {
    /// The establishment with this id.
    pub fn site(&self, id: &EstablishmentId) -> Option<&Arc<Site>> {
        self.sites.iter().find(|site| site.id() == id)
    }

    /// The establishment that a record belongs to.
    pub fn site_of(&self, record: &Id) -> Option<&Arc<Site>> {
        record.establishment().and_then(|id| self.site(&id))
    }
}

/// One establishment with everything that hangs on it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Site {
    /// The establishment itself.
    pub establishment: Arc<Establishment>,
    /// Headcounts by date.
    pub headcounts: Rows<Headcount>,
    /// Contacts.
    pub contacts: Rows<Contact>,
    /// Closing days.
    pub closing_days: Rows<ClosingDay>,
    /// Patrol rhythms.
    pub rhythms: Rows<PatrolRhythm>,
    /// Information asked and received.
    pub information: Rows<Information>,
    /// Promises made.
    pub promises: Rows<Promise>,
    /// Visits.
    pub visits: Rows<Visit>,
    /// Plans of worklist items.
    pub plans: Rows<Plan>,
    /// Workers by id.
    pub workers: Rows<Worker>,
    /// Their attributes.
    pub attributes: Rows<WorkerAttribute>,
    /// Checkups; the one table that grows by everybody every year, and is edited one by one in a sitting of hundreds.
    pub checkups: Arc<Leaves<Checkup>>,
    /// What opinions on checkups hold beside their class; the sheets themselves are read by person.
    pub checkup_details: Rows<CheckupDetail>,
    /// What the workplace settled for its checkups.
    pub checkup_policies: Rows<CheckupPolicy>,
    /// Items that a physician left out.
    pub checkup_omissions: Rows<CheckupOmission>,
    /// What was recommended after an examination.
    pub checkup_follows: Rows<CheckupFollow>,
    /// Questions on opinions that were given.
    pub opinion_inquiries: Rows<OpinionInquiry>,
    /// Who agreed that a secondary result is kept.
    pub secondary_consents: Rows<SecondaryConsent>,
    /// Which primary examination a secondary one belongs to.
    pub secondary_exams: Rows<SecondaryExam>,
    /// 保健指導 that was given.
    pub health_guidance: Rows<HealthGuidance>,
    /// Who was told in advance to apply.
    pub risk_notices: Rows<RiskNotice>,
    /// Advice on the plan of the checkups.
    pub checkup_advice: Rows<CheckupAdvice>,
    /// Reports that the employer sent.
    pub sent_reports: Rows<SentReport>,
    /// That people were told of their results.
    pub result_notices: Rows<ResultNotice>,
    /// What kind of workplace it is.
    pub workplace_facts: Rows<WorkplaceFact>,
    /// Whose work calls for which other examination.
    pub exam_duties: Rows<ExamDuty>,
    /// Examinations beside the ordinary one.
    pub special_exams: Rows<SpecialExam>,
    /// Who works abroad.
    pub postings: Rows<Posting>,
    /// Stress checks.
    pub stress: Rows<StressFlag>,
    /// Batches taken in.
    pub batches: Rows<Batch>,
    /// Import profiles.
    pub profiles: Rows<ImportProfile>,
    /// Cases.
    pub cases: Rows<case::Case>,
    /// Requests.
    pub requests: Rows<case::Request>,
    /// Notices.
    pub notices: Rows<case::Notice>,
    /// Decisions that no interview is needed.
    pub exclusions: Rows<case::Exclusion>,
    /// What those decisions rest on.
    pub bases: Rows<case::ExclusionBasis>,
    /// Certificates of other doctors.
    pub certificates: Rows<case::Certificate>,
    /// Information for interviews, asked and received.
    pub interview_information: Rows<case::InterviewInformation>,
    /// Attachments, without their bytes.
    pub attachments: Rows<case::AttachmentLine>,
    /// Measures.
    pub measures: Rows<case::Measure>,
    /// Completed interviews.
    pub interviews: Rows<Interview>,
    /// Issued documents.
    pub issued: Rows<Issued>,
    /// Places of the patrol.
    pub places: Rows<Place>,
    /// Patrols.
    pub patrols: Rows<Patrol>,
    /// Marks of the patrols.
    pub marks: Rows<PlaceMark>,
    /// Findings.
    pub findings: Rows<Finding>,
    /// The workplace's own criteria for interviews.
    pub criteria: Rows<Criterion>,
    /// How worked time is taken down.
    pub methods: Rows<HoursMethod>,
    /// What the physician has set for 面接不要.
    pub instructions: Rows<StandingInstruction>,
    /// Doctors who may interview, beside the owner.
    pub doctors: Rows<SiteDoctor>,
    /// What was said about people of employers' files.
    pub answers: Rows<PersonAnswer>,
    /// 深夜業, as files of hours told it.
    pub nights: Rows<NightWork>,
    /// Rounds of the stress check.
    pub stress_rounds: Rows<StressRound>,
    /// Who carries a round.
    pub stress_staff: Rows<StressStaff>,
    /// Answers of a round.
    pub stress_answers: Rows<StressAnswers>,
    /// Results of a round.
    pub stress_results: Rows<StressResult>,
    /// What workers said about handing results on.
    pub stress_consents: Rows<StressConsent>,
    /// 健康相談 that the employer does not hear of.
    pub stress_consultations: Rows<StressConsultation>,
    /// Group reports that left.
    pub stress_releases: Rows<StressRelease>,
    /// What interviews after the stress check hold beside their record.
    pub stress_interviews: Rows<StressInterview>,
    /// What was done with the analysis of the groups.
    pub stress_improvements: Rows<StressImprovement>,
    /// Results of the stress check that were computed elsewhere.
    pub stress_reported: Rows<StressReported>,
    /// Hours in force by worker, newest period first.
    #[serde(with = "super::packed")]
    pub hours: Arc<HashMap<Id, Vec<HoursInForce>>>,
    /// Draft fields; they change without an operation and are no part of a face.
    #[serde(skip)]
    pub drafts: Rows<DraftField>,
    /// Newest operations first.
    pub history: Rows<Operation>,
    /// The last number given for each prefix, in the order of [`Prefix::ALL`].
    pub last_numbers: [u32; 3],
}

impl Site {
    /// An establishment without anything yet.
    pub fn new(establishment: Establishment) -> Self {
        Self {
            establishment: Arc::new(establishment),
            headcounts: Rows::default(),
            contacts: Rows::default(),
            closing_days: Rows::default(),
            rhythms: Rows::default(),
            information: Rows::default(),
            promises: Rows::default(),
            visits: Rows::default(),
            plans: Rows::default(),
            workers: Rows::default(),
            attributes: Rows::default(),
            checkups: Arc::default(),
            checkup_details: Rows::default(),
            checkup_policies: Rows::default(),
            checkup_omissions: Rows::default(),
            checkup_follows: Rows::default(),
            opinion_inquiries: Rows::default(),
            secondary_consents: Rows::default(),
            secondary_exams: Rows::default(),
            health_guidance: Rows::default(),
            risk_notices: Rows::default(),
            checkup_advice: Rows::default(),
            sent_reports: Rows::default(),
            result_notices: Rows::default(),
            workplace_facts: Rows::default(),
            exam_duties: Rows::default(),
            special_exams: Rows::default(),
            postings: Rows::default(),
            stress: Rows::default(),
            batches: Rows::default(),
            profiles: Rows::default(),
            cases: Rows::default(),
            requests: Rows::default(),
            notices: Rows::default(),
            exclusions: Rows::default(),
            bases: Rows::default(),
            certificates: Rows::default(),
            interview_information: Rows::default(),
            attachments: Rows::default(),
            measures: Rows::default(),
            interviews: Rows::default(),
            issued: Rows::default(),
            places: Rows::default(),
            patrols: Rows::default(),
            marks: Rows::default(),
            findings: Rows::default(),
            criteria: Rows::default(),
            methods: Rows::default(),
            instructions: Rows::default(),
            doctors: Rows::default(),
            answers: Rows::default(),
            nights: Rows::default(),
            stress_rounds: Rows::default(),
            stress_staff: Rows::default(),
            stress_answers: Rows::default(),
            stress_results: Rows::default(),
            stress_consents: Rows::default(),
            stress_consultations: Rows::default(),
            stress_releases: Rows::default(),
            stress_interviews: Rows::default(),
            stress_improvements: Rows::default(),
            stress_reported: Rows::default(),
            hours: Arc::default(),
            drafts: Rows::default(),
            history: Rows::default(),
            last_numbers: [0; 3],
        }
    }

    /// Its id.
    pub fn id(&self) -> &EstablishmentId {
        &self.establishment.id
    }

    /// The next id of a kind; numbers of rows that have gone are not given again.
    pub fn next_id(&self, prefix: Prefix) -> Id {
        self.next_ids(prefix).next().unwrap_or_else(|| Id::new(self.id(), prefix, 1))
    }

    /// The next ids of a kind, as many as a command needs.
    pub fn next_ids(&self, prefix: Prefix) -> impl Iterator<Item = Id> + use<> {
        let last = Prefix::ALL.iter().zip(self.last_numbers).find(|(p, _)| **p == prefix).map_or(0, |(_, n)| n);
        let establishment = self.id().clone();
        (last + 1..).map(move |number| Id::new(&establishment, prefix, number))
    }

    /// The next document of the year of `day`.
    pub fn next_document(&self, day: Day) -> Id {
        use chrono::Datelike;
        let year = day.year();
        let start = format!("{}-{year:04}-", self.id());
        let numbers =
            self.issued.iter().filter_map(|issued| issued.id.as_str().strip_prefix(&start)?.parse::<u32>().ok());
        Id::document(self.id(), year, numbers.max().unwrap_or(0) + 1)
    }

    /// The worker with this id.
    pub fn worker(&self, id: &Id) -> Option<&Worker> {
        self.workers.binary_search_by(|worker| worker.id.cmp(id)).ok().and_then(|index| self.workers.get(index))
    }

    /// Hours of a worker, newest period first.
    pub fn hours_of(&self, worker: &Id) -> &[HoursInForce] {
        self.hours.get(worker).map_or(&[], Vec::as_slice)
    }

    /// The traits of a worker that hold on `day`.
    pub fn attributes_of<'site>(
        &'site self,
        worker: &'site Id,
        day: Day,
    ) -> impl Iterator<Item = &'site WorkerAttribute> {
        self.attributes.iter().filter(move |a| &a.worker == worker && a.holds_on(day))
    }

    /// The closing days as the calendar of periods wants them.
    pub fn closings(&self) -> Vec<Closing> {
        self.closing_days.iter().map(|c| Closing { valid_from: c.valid_from, day: c.day }).collect()
    }

    /// The counting period that closes in a month; the end of the month where no closing day is known.
    pub fn period(&self, year: i32, month: u32) -> Option<Period> {
        let closings = self.closings();
        let known = period::closing_in(&closings, year, month);
        known.or_else(|| period::closing_in(&[Closing { valid_from: Day::MIN, day: 31 }], year, month))
    }

    /// The newest dated criterion that began by `day`, given up or not.
    pub fn criterion_by(&self, day: Day) -> Option<&Criterion> {
        self.criteria.iter().filter(|row| row.valid_from <= day).max_by_key(|row| row.valid_from)
    }

    /// The newest period for which anybody's hours are known.
    pub fn newest_period(&self) -> Option<Period> {
        self.hours
            .values()
            .filter_map(|values| values.first())
            .map(|value| value.period)
            .max_by_key(|period| period.end)
    }

    /// Total number of workers on the newest count, or of those on the roster.
    pub fn size(&self, today: Day) -> i64 {
        let counted = self.headcounts.iter().filter(|count| count.day <= today).max_by_key(|count| count.day);
        let listed = || self.workers.iter().filter(|worker| worker.is_employed_on(today)).count();
        counted.map_or_else(|| i64::try_from(listed()).unwrap_or(i64::MAX), |count| count.male + count.female)
    }

    /// The worker that a record is about; a worker's own id is about that worker.
    pub fn worker_of(&self, record: &Id) -> Option<&Id> {
        let worker = self.worker(record).map(|worker| &worker.id);
        let case = || self.cases.iter().find(|row| &row.id == record).map(|row| &row.worker);
        let request = || self.requests.iter().find(|row| &row.id == record).map(|row| &row.worker);
        let certificate = || self.certificates.iter().find(|row| &row.id == record).map(|row| &row.worker);
        worker.or_else(case).or_else(request).or_else(certificate)
    }

    /// What stands in a draft.
    pub fn draft(&self, form: &str) -> impl Iterator<Item = (&str, &str)> {
        self.drafts.iter().filter(move |d| d.form == form).map(|d| (d.field.as_str(), d.value.as_str()))
    }

    /// Contacts that play a part.
    pub fn contacts_as(&self, role: crate::domain::establishment::ContactRole) -> impl Iterator<Item = &Contact> {
        self.contacts.iter().filter(move |contact| contact.role == role)
    }
}
