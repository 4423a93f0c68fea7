//! Checkups (健康診断): items, the values of one sheet, and how a clinic's cells are read.
//!
//! Knows how values are written and which item a column names. Must not know what a value means: grades and
//! thresholds are `scales::checkup`'s, duties are `law`'s.

pub mod beside;
pub mod care;
mod carried;
pub mod catalogue;
pub mod cell;
pub mod decimal;
mod eyes;
pub mod follow;
pub mod heading;
pub mod item;
pub mod judgement;
mod measured;
mod naming;
pub mod office;
pub mod record;
pub mod secondary;
pub mod several;
pub mod sheet;
pub mod special;
pub mod units;
pub mod value;
pub mod years;

pub use care::{HealthGuidance, RiskNotice, SpecificGuidance};
pub use catalogue::{Catalogue, Column};
pub use cell::{Reading, Standing, is_plain_negative, is_sign, read, read_as, standing, typed};
pub use decimal::Decimal;
pub use follow::{CheckupFollow, CheckupOmission, CheckupPolicy, FindingFrom, FollowKind, Instructed};
pub use heading::{Heading, Manner, Which, compared, heading, judged, manner};
pub use item::Item;
pub use judgement::Judgement;
pub use office::{CheckupAdvice, OpinionInquiry, ReportKind, ResultNotice, SentReport, WorkplaceFact, WorkplaceKind};
pub use record::{CheckupDetail, CheckupKind, CheckupSheet};
pub use secondary::{SecondaryConsent, SecondaryExam};
pub use sheet::{Cell, Cells};
pub use special::{DustClass, ExamDuty, ItemState, Posting, SpecialExam, SpecialItem, SpecialKind};
pub use units::{Said, is_unit};
pub use value::{Bound, Doubt, Value};
pub use years::ShortYears;
