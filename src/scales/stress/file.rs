//! The tables as they are written in their files.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::TableFault;

/// Reads a table.
pub(super) fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, TableFault> {
    toml::from_str(text).map_err(|error| TableFault::new(file, error.message()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Book {
    pub(super) edition: String,
    pub(super) source: String,
    pub(super) checked_on: String,
    pub(super) status_men: String,
    pub(super) status_women: String,
    pub(super) domain: Vec<DomainEntry>,
    pub(super) item: Vec<ItemEntry>,
    pub(super) scale: Vec<ScaleEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DomainEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) prompt: String,
    pub(super) choices: [String; 4],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemEntry {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) stem: String,
    #[serde(default)]
    pub(super) reversed: bool,
    #[serde(default)]
    pub(super) short: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum HighIs {
    Burden,
    Resource,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) constant: i16,
    pub(super) plus: Vec<String>,
    pub(super) minus: Vec<String>,
    pub(super) high_is: HighIs,
    pub(super) men: [Vec<i16>; 5],
    pub(super) women: [Vec<i16>; 5],
}
