//! Doctors (医師): the owner of this desk, and others who interview or treat.

use serde::{Deserialize, Serialize};

use super::{Day, Id, flag};

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

/// A doctor who may hold an interview at an establishment (安衛法66条の8第1項), beside the owner of this desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteDoctor {
    /// Row.
    pub id: Id,
    /// 氏名
    pub name: String,
    /// 所属先
    pub affiliation: String,
    /// 医籍登録番号; empty when it is not known.
    pub registration: String,
    /// Whether this is a 産業医 of the establishment.
    #[serde(with = "flag")]
    pub is_site_physician: bool,
    /// First day; none when it was always so.
    pub valid_from: Option<Day>,
    /// Last day.
    pub valid_until: Option<Day>,
}

impl SiteDoctor {
    /// Whether the doctor holds interviews here on `day`.
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}
