//! Checkups (健康診断): items, the values of one sheet, and how a clinic's cells are read.
//!
//! Knows how values are written and which item a column names. Must not know what a value means: grades and
//! thresholds are `scales::checkup`'s, duties are `law`'s.

pub mod catalogue;
pub mod cell;
pub mod decimal;
pub mod follow;
pub mod item;
pub mod judgement;
pub mod record;
pub mod sheet;
pub mod value;

pub use catalogue::{Catalogue, Column};
pub use cell::{Reading, read};
pub use decimal::Decimal;
pub use follow::{CheckupFollow, CheckupOmission, CheckupPolicy, FindingFrom, FollowKind, Instructed};
pub use item::Item;
pub use judgement::Judgement;
pub use record::{CheckupDetail, CheckupKind, CheckupSheet};
pub use sheet::{Cell, Cells};
pub use value::{Bound, Doubt, Value};
