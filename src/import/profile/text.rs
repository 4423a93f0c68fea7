//! A profile as TOML, to be carried to another establishment or another desk.
//!
//! Holds names of columns and no row of any file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::folding::{self, Field};
use super::super::notation::Notation;
use super::edit::MANY;
use super::{Column, Profile, ProfileError, Role};
use crate::domain::hours::{BatchKind, Measure, Series};
use crate::domain::worker::SexCodes;
use crate::import::sex;

/// Which shape of text this is.
const SCHEMA: u32 = 1;
/// Most bytes of a text.
const MAX_TEXT: usize = 256 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    schema: u32,
    kind: BatchKind,
    measure: Measure,
    series: Series,
    #[serde(skip_serializing_if = "Option::is_none")]
    notation: Option<Notation>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    adds_up: bool,
    /// As it was written when a roster's numbers were either 男 and 女 or not taken.
    #[serde(default, skip_serializing)]
    roster_sex_codes: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sex_codes: Option<SexCodes>,
    /// The header by which a file is recognised.
    recognise: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fixed: BTreeMap<Field, String>,
    column: Vec<TextColumn>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TextColumn {
    role: Role,
    header: String,
    /// Which one of that name, from 0.
    #[serde(default, skip_serializing_if = "is_first")]
    nth: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_first(nth: &usize) -> bool {
    *nth == 0
}

/// A profile that was read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// For which kind of file.
    pub kind: BatchKind,
    /// The mapping.
    pub profile: Profile,
    /// The folded header, joined by tabs.
    pub header: String,
}

impl Profile {
    /// Writes the profile with the folded header it recognises.
    pub fn to_toml(&self, kind: BatchKind, header: &str) -> String {
        let column = |(role, column): &(Role, Column)| TextColumn {
            role: *role,
            header: column.header.clone(),
            nth: column.nth,
        };
        let text = Text {
            schema: SCHEMA,
            kind,
            measure: self.measure,
            series: self.series,
            notation: self.notation,
            adds_up: self.adds_up,
            roster_sex_codes: None,
            sex_codes: self.sex_codes,
            recognise: header.split('\t').map(str::to_owned).collect(),
            fixed: self.fixed.clone(),
            column: self.columns.iter().map(column).collect(),
        };
        toml::to_string(&text).unwrap_or_default()
    }

    /// Reads a profile that was written by [`Profile::to_toml`] or by hand.
    ///
    /// # Errors
    /// [`ProfileError::BadText`] with the line.
    pub fn from_toml(text: &str) -> Result<Carried, ProfileError> {
        if text.len() > MAX_TEXT {
            return Err(ProfileError::BadText { line: 1 });
        }
        let read: Text = toml::from_str(text).map_err(|error| ProfileError::BadText { line: line(text, &error) })?;
        let count = |role: Role| read.column.iter().filter(|column| column.role == role).count();
        let may_repeat = |role: Role| match role {
            Role::Hours | Role::Answers | Role::Item(_) => true,
            Role::Field(field) => MANY.contains(&field),
        };
        let is_single = |role: Role| may_repeat(role) || count(role) == 1;
        if read.schema != SCHEMA || !read.column.iter().all(|column| is_single(column.role)) {
            return Err(ProfileError::BadText { line: 1 });
        }
        let column = |c: &TextColumn| (c.role, Column { header: folding::fold(&c.header).into_owned(), nth: c.nth });
        let columns = read.column.iter().map(column).collect();
        let profile = Profile {
            columns,
            measure: read.measure,
            series: read.series,
            notation: read.notation,
            adds_up: read.adds_up,
            sex_codes: read.roster_sex_codes.map(sex::of_roster).or(read.sex_codes),
            fixed: read.fixed,
        };
        Ok(Carried { kind: read.kind, profile, header: folding::fold_header(&read.recognise) })
    }
}

fn line(text: &str, error: &toml::de::Error) -> usize {
    let end = error.span().map_or(0, |span| span.start);
    text.get(..end).unwrap_or("").matches('\n').count() + 1
}
