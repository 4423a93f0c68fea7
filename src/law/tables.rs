//! Tables of the interview's tools, read from `tables/*.toml`: which edition, which numbers, which words.
//!
//! They are labelled with their edition and source, and none of them is law.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::bsid::Bsid;
use super::fatigue::FatigueTable;
use super::lint::WordLists;
use super::list::NotEncoded;
use super::param::{self, ParameterError};
use super::pressure::PressureTable;

/// Every table.
#[derive(Debug, Clone)]
pub struct Tables {
    /// 疲労蓄積度自己診断チェックリスト 2023
    pub fatigue: FatigueTable,
    /// うつ病の簡便な構造化面接法
    pub bsid: Bsid,
    /// 診察室血圧のリスク層別化 JSH2019
    pub pressure: PressureTable,
    /// Words that the lint looks for.
    pub words: WordLists,
    /// Ids of the fact sheets that are not encoded, with the reason.
    pub not_encoded: Vec<NotEncoded>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotEncodedFile {
    group: Vec<NotEncoded>,
}

impl Tables {
    pub(crate) fn built_in() -> Result<Self, ParameterError> {
        let not_encoded: NotEncodedFile = read("not-encoded.toml", include_str!("tables/not-encoded.toml"))?;
        Ok(Self {
            fatigue: read("fatigue-2023.toml", include_str!("tables/fatigue-2023.toml"))?,
            bsid: read("bsid.toml", include_str!("tables/bsid.toml"))?,
            pressure: read("pressure-jsh2019.toml", include_str!("tables/pressure-jsh2019.toml"))?,
            words: read("words.toml", include_str!("tables/words.toml"))?,
            not_encoded: not_encoded.group,
        })
    }
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, ParameterError> {
    toml::from_str(text).map_err(|error| param::syntax_error(file, text, &error))
}
