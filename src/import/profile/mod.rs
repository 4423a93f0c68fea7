//! Which column is what: proposed from the header with a reason each, kept for the next file of the same shape.
//!
//! Knows fields and headers. Must not know values or people.

mod edit;
mod error;
mod fixed;
mod item;
mod locate;
mod minutes;
mod placed;
mod propose;
mod rivals;
mod settled;
mod sums;
#[cfg(test)]
mod tests;
mod text;
mod unused;

use std::collections::BTreeMap;

pub use edit::Part;
pub use error::{Doubled, ProfileError};
pub use fixed::hint as fixed_hint;
pub use item::ItemRole;
pub(super) use propose::{NamedColumn, propose_named};
pub use propose::{propose_checkup, propose_hours, propose_hours_in, propose_roster};
use serde::{Deserialize, Serialize};
pub use text::Carried;
pub use unused::heading;

use super::folding::{self, Field};
use super::notation::Notation;
use super::reason::{Refusal, Why};
use super::sex;
use super::source::SourceRow;
use crate::domain::Id;
use crate::domain::hours::{BatchKind, ImportProfile, Measure, Series};
use crate::domain::worker::SexCodes;

/// A column by its folded header, and which one of that name where a header stands twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Column {
    /// The folded header.
    pub header: String,
    /// 0 for the first column of that name.
    pub nth: usize,
}

impl Column {
    /// Names the column at `index` of a header.
    pub fn at(header: &[String], index: usize) -> Option<Self> {
        let name = folding::fold(header.get(index)?).into_owned();
        let nth = header.iter().take(index).filter(|other| folding::fold(other) == name).count();
        Some(Self { header: name, nth })
    }

    /// Finds the column in a header, wherever it has moved.
    pub fn find(&self, header: &[String]) -> Option<usize> {
        let same = header.iter().enumerate().filter(|(_, name)| folding::fold(name) == self.header);
        same.map(|(index, _)| index).nth(self.nth)
    }
}

/// What a column is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The columns of time that are summed.
    Hours,
    /// The columns of the stress check's answers, in the order of the questions; one column may hold them all.
    Answers,
    /// A column of a checkup's item; where an item has several, the first that holds something counts.
    #[serde(untagged)]
    Item(ItemRole),
    /// One column of that field.
    #[serde(untagged)]
    Field(Field),
}

/// The mapping of a source's columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Which columns play which part; only [`Role::Hours`], [`Role::Answers`], [`Role::Item`], the words of a clinic,
    /// measures and marks may have several.
    pub columns: Vec<(Role, Column)>,
    /// Which definition of hours the columns follow.
    pub measure: Measure,
    /// Where the hours come from.
    pub series: Series,
    /// The notation chosen last time.
    pub notation: Option<Notation>,
    /// Whether the rows of one person and one month are parts of one value, as where each place of work has its own.
    #[serde(default)]
    pub adds_up: bool,
    /// What 1 and 2 stand for in a column of 性別, as the physician said; none while nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex_codes: Option<SexCodes>,
    /// What every row of a roster says where the file has no such column, e.g. 所属 in a plant's own file.
    #[serde(default)]
    pub fixed: BTreeMap<Field, String>,
}

/// Why a column was proposed for its part, or kept out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Index of the column, from 0.
    pub column: usize,
    /// What the column was recognised as.
    pub field: Field,
    /// Whether the profile uses it.
    pub is_used: bool,
    /// The reason.
    pub text: &'static str,
}

/// A proposed profile with its reasons, and what still has to be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The mapping.
    pub profile: Profile,
    /// A reason for each known column, from left to right.
    pub reasons: Vec<Reason>,
    /// What is missing before the file can be read.
    pub missing: Option<ProfileError>,
}

/// How a file's header compares with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognition {
    /// Every column as last time.
    Same,
    /// The columns of the profile are there, others came, went or moved.
    Moved,
    /// A column of the profile is not there, or a new one tells what the profile would pass over.
    Other,
}

/// The places of a profile's columns in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Located {
    fields: BTreeMap<Field, usize>,
    fixed: BTreeMap<Field, String>,
    /// The columns that are summed.
    pub hours: Vec<usize>,
    /// The columns of the stress check's answers, by question; or the one that holds them all.
    pub answers: Vec<usize>,
    /// The columns of a checkup's items.
    pub items: Vec<(ItemRole, usize)>,
    /// The columns of a clinic's words beside its judgement.
    pub remarks: Vec<usize>,
    /// The columns of measures; the first is the field's.
    pub measures: Vec<usize>,
    /// The columns of marks.
    pub marks: Vec<usize>,
    /// The columns of minutes, each behind the column of hours that it belongs to.
    pub minutes: Vec<(usize, usize)>,
}

impl Located {
    /// Index of the column of a field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.fields.get(&field).copied()
    }

    /// Whether the column at `index` plays a part.
    pub fn uses(&self, index: usize) -> bool {
        let lists = [&self.hours, &self.answers, &self.remarks, &self.measures, &self.marks];
        let is_listed = lists.into_iter().flatten().any(|used| *used == index);
        is_listed
            || self.minutes.iter().any(|(_, used)| *used == index)
            || self.items.iter().any(|(_, used)| *used == index)
            || self.fields.values().any(|used| *used == index)
    }

    /// Whether a column or a fixed value tells the field.
    pub fn says(&self, field: Field) -> bool {
        self.get(field).is_some() || self.fixed.contains_key(&field)
    }

    /// A refusal of what a row says about a field: of its cell, or of the row where a fixed value says it.
    pub fn refusal(&self, line: u32, field: Field, why: Why) -> Refusal {
        self.get(field).map_or(Refusal::row(line, why), |index| Refusal::cell(line, index, why))
    }

    /// What a row says about a field: its cell, or the fixed value, or nothing.
    pub fn text<'r>(&'r self, row: &'r SourceRow, field: Field) -> &'r str {
        match self.get(field) {
            Some(index) => row.cells.get(index),
            None => self.fixed.get(&field).map_or("", String::as_str),
        }
    }
}

impl Profile {
    /// Finds the columns in a header.
    ///
    /// # Errors
    /// A column is missing, or nobody can be told from what is there.
    pub fn locate(&self, header: &[String]) -> Result<Located, ProfileError> {
        let mut located = Located { fixed: self.fixed.clone(), ..Located::default() };
        let mut minutes = Vec::new();
        for (role, column) in &self.columns {
            let index = column.find(header).ok_or(ProfileError::ColumnMissing)?;
            match role {
                Role::Hours => located.hours.push(index),
                Role::Answers => located.answers.push(index),
                Role::Item(item) => located.items.push((*item, index)),
                Role::Field(Field::Remark) => located.remarks.push(index),
                Role::Field(Field::ClassMark | Field::WorkMark) => located.marks.push(index),
                Role::Field(Field::Measure) => located.measures.push(index),
                Role::Field(Field::Minutes) => minutes.push(index),
                Role::Field(field) => drop(located.fields.insert(*field, index)),
            }
        }
        let times: Vec<usize> = located.hours.iter().copied().chain(located.get(Field::NightHours)).collect();
        let of = |minutes: usize| Some((minutes::partner(header, &times, minutes)?, minutes));
        located.minutes = minutes.into_iter().filter_map(of).collect();
        located.measures.sort_unstable();
        located.fields.extend(located.measures.first().map(|index| (Field::Measure, *index)));
        let kana = located.get(Field::Kana).and(located.get(Field::Birth));
        let has_person = located.get(Field::Number).or(located.get(Field::Name)).or(kana).is_some();
        if has_person { Ok(located) } else { Err(ProfileError::NoPerson) }
    }

    /// Compares a file's header with the one the profile was kept with.
    pub fn recognise(&self, kept_header: &str, kind: BatchKind, header: &[String]) -> Recognition {
        if folding::fold_header(header) == kept_header {
            Recognition::Same
        } else if self.locate(header).is_ok()
            && !self.passes_over(kind, header)
            && !self.lacks_part_of_sum(kept_header, header)
            && self.judges_by_place(header)
            && !self.numbers_by_less(header)
            && self.asks_by_name(header)
        {
            Recognition::Moved
        } else {
            Recognition::Other
        }
    }

    /// Whether overtime stands in a column that was not there when the sum was composed: it would be left out unseen.
    fn lacks_part_of_sum(&self, kept_header: &str, header: &[String]) -> bool {
        let is_part = |name: &String| {
            matches!(folding::field_of(name), Some(Field::Overtime | Field::NightOvertime | Field::Holiday))
        };
        let is_new = |name: &String| kept_header.split('\t').all(|known| known != folding::fold(name));
        self.measure == Measure::ReportedOvertime && header.iter().any(|name| is_part(name) && is_new(name))
    }

    /// Adds the columns of 深夜業 that a mapping of hours is silent about: it was kept when nobody read them.
    #[must_use]
    pub fn with_nights(self, header: &[String]) -> Self {
        self.with_fields(&[Field::NightHours, Field::NightCount], header)
    }

    /// Adds the columns of 生年月日 and ふりがな that a mapping is silent about: it was kept when nobody compared them.
    #[must_use]
    pub fn with_people(self, kind: BatchKind, header: &[String]) -> Self {
        match kind {
            BatchKind::Hours => self.with_fields(&[Field::Birth], header),
            BatchKind::Stress | BatchKind::StressResults => self.with_fields(&[Field::Kana, Field::Birth], header),
            _ => self,
        }
    }

    fn with_fields(mut self, fields: &[Field], header: &[String]) -> Self {
        for field in fields.iter().copied() {
            let index = header.iter().position(|name| folding::field_of(name) == Some(field));
            let column = index.and_then(|index| Column::at(header, index));
            let is_told = |(role, used): &(Role, Column)| *role == Role::Field(field) || Some(used) == column.as_ref();
            if !self.columns.iter().any(is_told) {
                self.columns.extend(column.map(|column| (Role::Field(field), column)));
            }
        }
        self
    }

    /// Whether it was kept for the stress check when nobody could choose its columns: then it says less than the headings.
    pub fn is_of_before_answers(&self, kind: BatchKind) -> bool {
        let has = |wanted: Role| self.columns.iter().any(|(role, _)| *role == wanted);
        match kind {
            BatchKind::Stress => !has(Role::Answers),
            BatchKind::StressResults => !has(Role::Field(Field::HighStress)),
            _ => false,
        }
    }

    /// Whether every judgement that is told by its place still stands behind its item.
    fn judges_by_place(&self, header: &[String]) -> bool {
        let by_place = placed::judgements(header);
        let stands = |(role, column): &(Role, Column)| match role {
            Role::Item(ItemRole::Judgement(item)) if folding::field_of(&column.header) == Some(Field::Judgement) => {
                column.find(header).is_some_and(|index| by_place.get(&index) == Some(&placed::Judged::Item(*item)))
            }
            _ => true,
        };
        self.columns.iter().all(stands)
    }

    /// Whether a column of this header says who or when, and no column of the profile does: hours would go to
    /// another month or wait for a person whom the file names.
    fn passes_over(&self, kind: BatchKind, header: &[String]) -> bool {
        let telling = match kind {
            BatchKind::Hours => WHO_AND_WHEN,
            BatchKind::Checkup => EXAMINATION,
            BatchKind::Roster => ROSTER,
            BatchKind::Stress | BatchKind::StressResults | BatchKind::Restrictions => {
                return self.passes_over_proposed(kind, header);
            }
        };
        let is_used = |field: Field| self.columns.iter().any(|(role, _)| *role == Role::Field(field));
        let mut fields = header.iter().filter_map(|name| folding::field_of(name));
        let is_new_item = || (0..header.len()).any(|index| self.is_unused_item(header, index));
        fields.any(|field| telling.contains(&field) && !is_used(field)) || kind == BatchKind::Checkup && is_new_item()
    }

    /// Whether this header would propose a field for which the profile has no column.
    fn passes_over_proposed(&self, kind: BatchKind, header: &[String]) -> bool {
        let importer = super::IMPORTERS.iter().find(|importer| importer.kind == kind);
        let proposed = importer.map(|importer| (importer.propose)(header).profile.columns).unwrap_or_default();
        // Another column of measures is another measure, or the new year's.
        let is_measure = |role: &Role| *role == Role::Field(Field::Measure);
        let is_told = |(role, column): &(Role, Column)| {
            let mut known = self.columns.iter().filter(|(known, _)| known == role);
            known.any(|(_, known)| !is_measure(role) || known == column)
        };
        proposed.iter().any(|told| !is_told(told))
    }

    /// Whether every column of answers is known by a name of its own: one that is told by its place alone may be
    /// another question's as soon as a column came or went.
    fn asks_by_name(&self, header: &[String]) -> bool {
        let count = |name: &str| header.iter().filter(|other| folding::fold(other) == name).count();
        let answers = self.columns.iter().filter(|(role, _)| *role == Role::Answers);
        answers.into_iter().all(|(_, column)| !column.header.is_empty() && count(&column.header) == 1)
    }

    /// Whether a column names an item of a checkup and plays no part.
    fn is_unused_item(&self, header: &[String], index: usize) -> bool {
        let is_item = header.get(index).is_some_and(|name| ItemRole::of_heading(name).is_some());
        let column = Column::at(header, index);
        is_item && !self.columns.iter().any(|(_, used)| Some(used) == column.as_ref())
    }

    /// Makes the record that is kept in the vault.
    pub fn to_json(&self, id: Id, name: &str, kind: BatchKind, header: &[String]) -> ImportProfile {
        ImportProfile {
            id,
            name: name.to_owned(),
            kind,
            header: folding::fold_header(header),
            mapping_json: serde_json::to_value(self).unwrap_or_default(),
        }
    }

    /// Reads a kept record back.
    ///
    /// # Errors
    /// [`ProfileError::Unreadable`] where it is not what this program wrote.
    pub fn from_json(record: &ImportProfile) -> Result<Self, ProfileError> {
        serde_json::from_value(sex::renewed(record.mapping_json.clone())).map_err(|_| ProfileError::Unreadable)
    }
}

/// The kept profile that fits a header best: the same header first, then one whose columns have moved.
pub fn recognised<'a>(
    kept: &'a [ImportProfile],
    kind: BatchKind,
    header: &[String],
) -> Option<(&'a ImportProfile, Recognition)> {
    let readings = kept.iter().filter(|record| record.kind == kind).filter_map(|record| {
        let recognition = Profile::from_json(record).ok()?.recognise(&record.header, kind, header);
        Some((record, recognition))
    });
    readings.filter(|(_, found)| *found != Recognition::Other).min_by_key(|(_, found)| *found == Recognition::Moved)
}

/// The columns by which a row of hours finds its person and its period; a day alone makes another kind of file.
const WHO_AND_WHEN: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::Year,
    Field::Month,
    Field::YearMonth,
    Field::PeriodStart,
    Field::PeriodEnd,
    Field::Date,
];

/// The columns by which a row of a checkup finds its person and its day.
const EXAMINATION: &[Field] = &[Field::Number, Field::Name, Field::Kana, Field::Birth, Field::Sex, Field::ExamDay];

/// The columns of a roster.
pub(super) const ROSTER: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::Sex,
    Field::Birth,
    Field::Department,
    Field::Position,
    Field::Joined,
    Field::Left,
    Field::Rejoined,
    Field::Class,
    Field::SpecialWork,
    Field::Duties,
];
