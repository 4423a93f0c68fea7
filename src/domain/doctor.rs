//! Doctors (医師): the owner of this desk, and others who interview or treat.

use serde::{Deserialize, Serialize};

/// A doctor as the opinion names one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Doctor {
    /// 氏名
    pub name: String,
    /// 所属先
    pub affiliation: String,
    /// 医籍登録番号
    pub registration: String,
}
