//! The columns that each kind of file cannot do without.
//!
//! Knows kinds and headings. Must not know values.

use super::{ItemRole, Located, Profile, ProfileError};
use crate::domain::hours::{BatchKind, Measure};
use crate::import::folding::{self, Field};
use crate::import::{stress, units};

impl Profile {
    /// Finds the columns of a file of that kind.
    ///
    /// # Errors
    /// As [`Profile::locate`]; a column without which the kind says nothing.
    pub fn locate_for(&self, kind: BatchKind, header: &[String]) -> Result<Located, ProfileError> {
        match kind {
            BatchKind::Hours => self.locate_hours(header),
            BatchKind::Roster => self.locate(header),
            BatchKind::Checkup => self.locate_checkup(header),
            BatchKind::Restrictions => self.locate_ledger(header),
            BatchKind::Stress => self.locate_answers(header),
            BatchKind::StressResults => self.locate_results(header),
        }
    }

    /// Finds the columns of a file of hours, and keeps foreign definitions from the 80-hour rule.
    ///
    /// # Errors
    /// As [`Profile::locate`]; no column of time; a column of times of the day, or of another definition; units that
    /// differ.
    pub fn locate_hours(&self, header: &[String]) -> Result<Located, ProfileError> {
        let located = self.locate(header)?;
        let of = |index: usize| header.get(index).and_then(|name| folding::field_of(name));
        if located.hours.is_empty() {
            let has_clocks = (0..header.len()).any(|index| of(index) == Some(Field::Clock));
            return Err(if has_clocks { ProfileError::ClocksOnly } else { ProfileError::NoHours });
        }
        if let Some(index) = located.hours.iter().find(|index| of(**index) == Some(Field::Clock)) {
            return Err(ProfileError::Clock { column: index + 1 });
        }
        let serves_rule = matches!(self.measure, Measure::StatutoryTotal | Measure::ReportedOvertime);
        let is_foreign = |index: &usize| of(*index) == Some(Field::OtherDefinition);
        if serves_rule && located.hours.iter().any(is_foreign) {
            return Err(ProfileError::OtherDefinition);
        }
        if units::differ(self) { Err(ProfileError::UnitsDiffer) } else { Ok(located) }
    }

    /// Finds the columns of a file of checkups.
    ///
    /// # Errors
    /// As [`Profile::locate`]; no day of the examination; no item, or a row for each.
    pub fn locate_checkup(&self, header: &[String]) -> Result<Located, ProfileError> {
        let located = self.locate(header)?;
        let has_items = located.items.iter().any(|(role, _)| !matches!(role, ItemRole::Sample(_) | ItemRole::Unit(_)));
        if !has_items && has_row_per_item(header) {
            return Err(ProfileError::RowPerItem);
        }
        if !located.says(Field::ExamDay) {
            return Err(ProfileError::NoExamDay);
        }
        if has_items { Ok(located) } else { Err(ProfileError::NoItems) }
    }

    /// Finds the columns of a ledger of restrictions.
    ///
    /// # Errors
    /// As [`Profile::locate`]; no measure.
    pub fn locate_ledger(&self, header: &[String]) -> Result<Located, ProfileError> {
        let located = self.locate(header)?;
        if located.says(Field::Measure) { Ok(located) } else { Err(ProfileError::NoMeasure) }
    }

    /// Finds the columns of answers of the stress check: one a question, or one for all.
    ///
    /// # Errors
    /// As [`Profile::locate`]; no number, no answers, or not as many columns as a form has questions; headings that say
    /// that they are other questions.
    pub fn locate_answers(&self, header: &[String]) -> Result<Located, ProfileError> {
        let located = self.locate_numbered(header)?;
        let answers = stress::ordered(header, located.answers)?;
        Ok(Located { answers, ..located })
    }

    /// Finds the columns of results of the stress check.
    ///
    /// # Errors
    /// As [`Profile::locate`]; no number, or no judgement.
    pub fn locate_results(&self, header: &[String]) -> Result<Located, ProfileError> {
        let located = self.locate_numbered(header)?;
        if located.get(Field::HighStress).is_some() { Ok(located) } else { Err(ProfileError::NoJudgement) }
    }

    fn locate_numbered(&self, header: &[String]) -> Result<Located, ProfileError> {
        let located = self.locate(header);
        let lacks = match &located {
            Ok(located) if located.get(Field::Number).is_none() => Some(ProfileError::NoNumber),
            Err(ProfileError::NoPerson) => Some(ProfileError::NoPerson),
            _ => None,
        };
        match lacks {
            Some(_) if stress::has_hash(header) => Err(ProfileError::HashOnly),
            Some(lacks) => Err(lacks),
            None => located,
        }
    }
}

/// Whether the headings are those of a table with a row for each item: one column names it, another holds its value.
fn has_row_per_item(header: &[String]) -> bool {
    const ITEMS: &[&str] =
        &["項目", "項目名", "項目名称", "検査項目", "検査項目名", "検査項目名称", "検査名", "検査名称"];
    const VALUES: &[&str] =
        &["結果", "結果値", "検査結果", "検査結果値", "検査値", "測定値", "値", "データ", "測定結果"];
    let has = |words: &[&str]| header.iter().any(|name| words.contains(&folding::fold(name).as_ref()));
    has(ITEMS) && has(VALUES)
}
