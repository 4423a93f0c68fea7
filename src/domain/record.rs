//! The one list of records: each row type, its table, and how it travels as data.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{case, checkup, doctor, establishment, hours, intake, interview, opinion, patrol, stress, worker};

/// A row of its own that the journal can put back.
pub trait Record: Serialize + DeserializeOwned + Clone {
    /// Where it is kept.
    const TABLE: Table;
    /// Its primary key.
    fn key(&self) -> &str;
}

macro_rules! records {
    ($($variant:ident: $type:ty = $table:literal),* $(,)?) => {
        /// A table of the establishment's database.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Table { $(#[doc = $table] $variant),* }

        impl Table {
            /// Every table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in SQL.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $table),* }
            }
        }

        /// Any record, as the journal and the commands carry it.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum AnyRecord { $(#[doc = $table] $variant(Box<$type>)),* }

        impl AnyRecord {
            /// Where it is kept.
            pub fn table(&self) -> Table {
                match self { $(Self::$variant(_) => Table::$variant),* }
            }

            /// Its primary key.
            pub fn key(&self) -> &str {
                match self { $(Self::$variant(record) => record.key()),* }
            }

            /// The row as JSON, one member a column.
            pub fn to_json(&self) -> serde_json::Result<serde_json::Value> {
                match self { $(Self::$variant(record) => serde_json::to_value(record)),* }
            }

            /// Reads a row of `table` back.
            pub fn from_json(table: Table, value: serde_json::Value) -> serde_json::Result<Self> {
                match table { $(Table::$variant => serde_json::from_value(value).map(|record| Self::$variant(Box::new(record)))),* }
            }
        }

        $(
            impl Record for $type {
                const TABLE: Table = Table::$variant;
                fn key(&self) -> &str { self.id.as_str() }
            }
            impl From<$type> for AnyRecord {
                fn from(record: $type) -> Self { Self::$variant(Box::new(record)) }
            }
        )*
    };
}

records! {
    Establishment: establishment::Establishment = "establishment",
    Headcount: establishment::Headcount = "headcount",
    Contact: establishment::Contact = "contact",
    ClosingDay: establishment::ClosingDay = "closing_day",
    PatrolRhythm: establishment::PatrolRhythm = "patrol_rhythm",
    Information: establishment::Information = "information",
    Promise: establishment::Promise = "promise",
    Visit: establishment::Visit = "visit",
    Plan: establishment::Plan = "plan",
    Worker: worker::Worker = "worker",
    WorkerAttribute: worker::WorkerAttribute = "worker_attribute",
    Checkup: worker::Checkup = "checkup",
    StressFlag: worker::StressFlag = "stress_flag",
    Batch: hours::Batch = "batch",
    ImportProfile: hours::ImportProfile = "import_profile",
    Case: case::Case = "case_file",
    Request: case::Request = "request",
    Notice: case::Notice = "notice",
    Exclusion: case::Exclusion = "exclusion",
    ExclusionBasis: case::ExclusionBasis = "exclusion_basis",
    Certificate: case::Certificate = "certificate",
    InterviewInformation: case::InterviewInformation = "interview_information",
    Measure: case::Measure = "measure",
    Attachment: case::Attachment = "attachment",
    Interview: interview::Interview = "interview",
    Issued: opinion::Issued = "issued",
    SignedCopy: opinion::SignedCopy = "signed_copy",
    Place: patrol::Place = "place",
    Patrol: patrol::Patrol = "patrol",
    PlaceMark: patrol::PlaceMark = "place_mark",
    Finding: patrol::Finding = "finding",
    Criterion: establishment::Criterion = "criterion",
    StandingInstruction: establishment::StandingInstruction = "standing_instruction",
    SiteDoctor: doctor::SiteDoctor = "site_doctor",
    PersonAnswer: intake::PersonAnswer = "person_answer",
    NightWork: hours::NightWork = "night_work",
    CheckupSheet: checkup::CheckupSheet = "checkup_sheet",
    CheckupDetail: checkup::CheckupDetail = "checkup_detail",
    CheckupPolicy: checkup::CheckupPolicy = "checkup_policy",
    CheckupOmission: checkup::CheckupOmission = "checkup_omission",
    CheckupFollow: checkup::CheckupFollow = "checkup_follow",
    OpinionInquiry: checkup::OpinionInquiry = "opinion_inquiry",
    SecondaryConsent: checkup::SecondaryConsent = "secondary_consent",
    SecondaryExam: checkup::SecondaryExam = "secondary_exam",
    HealthGuidance: checkup::HealthGuidance = "health_guidance",
    RiskNotice: checkup::RiskNotice = "risk_notice",
    CheckupAdvice: checkup::CheckupAdvice = "checkup_advice",
    SentReport: checkup::SentReport = "sent_report",
    ResultNotice: checkup::ResultNotice = "result_notice",
    WorkplaceFact: checkup::WorkplaceFact = "workplace_fact",
    ExamDuty: checkup::ExamDuty = "exam_duty",
    SpecialExam: checkup::SpecialExam = "special_exam",
    Posting: checkup::Posting = "posting",
    StressRound: stress::StressRound = "stress_round",
    StressStaff: stress::StressStaff = "stress_staff",
    StressAnswers: stress::StressAnswers = "stress_answers",
    StressResult: stress::StressResult = "stress_result",
    StressConsent: stress::StressConsent = "stress_consent",
    StressConsultation: stress::StressConsultation = "stress_consultation",
    StressRelease: stress::StressRelease = "stress_release",
    StressInterview: stress::StressInterview = "stress_interview",
    StressImprovement: stress::StressImprovement = "stress_improvement",
    HoursMethod: establishment::HoursMethod = "hours_method",
    StressReported: stress::StressReported = "stress_reported",
}
