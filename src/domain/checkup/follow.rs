//! What follows an examination beside the opinion: items left out by a physician, further examinations, and what the
//! workplace has settled in writing.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Id, flag};
use crate::labelled;

labelled! {
    /// From where on a value counts as 異常の所見 where the clinic judged the item itself nowhere (REP-16).
    FindingFrom { Observe = "表の区分 C 相当から", Slight = "表の区分 B 相当から" }
}

labelled! {
    /// Whom 医師の指示人数 counts (REP-12, 安衛則52条1項八号): the law does not say it, the workplace writes it down.
    Instructed {
        WithFinding = "所見のある人のうち、要精密検査・要医療とされた人",
        WithTreated = "所見のある人のうち、要精密検査・要医療・治療中とされた人",
        Everybody = "要精密検査・要医療とされた人（所見の項目によらない）",
    }
}

/// What the workplace settled for its checkups; one row an establishment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckupPolicy {
    /// Row.
    pub id: Id,
    /// 有所見 of the report.
    pub finding_from: FindingFrom,
    /// 医師の指示人数 of the report.
    pub instructed: Instructed,
    /// Whether the list of urgent values speaks up in the reel; off until it is turned on.
    #[serde(with = "flag")]
    pub is_urgent_on: bool,
    /// The workplace's own list of urgent values, as TOML; empty where the example that ships is used.
    pub urgent_table: String,
    /// The workplace's own reference table, as TOML; empty where there is none.
    pub own_table: String,
    /// When it was settled with the committee.
    pub settled_on: Option<Day>,
}

impl CheckupPolicy {
    /// What holds until something is settled.
    pub const fn unsettled(id: Id) -> Self {
        Self {
            id,
            finding_from: FindingFrom::Observe,
            instructed: Instructed::WithFinding,
            is_urgent_on: false,
            urgent_table: String::new(),
            own_table: String::new(),
            settled_on: None,
        }
    }
}

/// An item that a physician found unnecessary for one person (安衛則44条2項, OMI-11): an act, never a computation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckupOmission {
    /// Row.
    pub id: Id,
    /// The examination.
    pub checkup: Id,
    /// Whose.
    pub worker: Id,
    /// The legal item, by the name that the rules give it: `xray`.
    pub item: String,
    /// The rule whose criteria left room for it: `OMI-03`.
    pub ground: String,
    /// Why it is unnecessary for this person, in words.
    pub reason: String,
    /// The physician who found so.
    pub decided_by: String,
    /// When.
    pub decided_on: Day,
}

labelled! {
    /// What was recommended after an examination.
    FollowKind { Recheck = "再検査", Detailed = "精密検査・受診", Guidance = "保健指導" }
}

/// A recommendation to the person and what came of it; the employer learns neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckupFollow {
    /// Row.
    pub id: Id,
    /// The examination.
    pub checkup: Id,
    /// Whose.
    pub worker: Id,
    /// What was recommended.
    pub kind: FollowKind,
    /// When it was recommended, or given.
    pub advised_on: Day,
    /// When the result came, or the person told of it.
    pub answered_on: Option<Day>,
    /// The result in words; kept only with the person's consent.
    pub result: String,
    /// Whether the person agreed that the result is kept (SEC-02).
    #[serde(with = "flag")]
    pub is_consented: bool,
}
