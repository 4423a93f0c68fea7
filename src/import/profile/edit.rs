//! A mapping changed by hand: which part a column plays, and which parts a kind of file has.
//!
//! Knows parts and headings. Must not know values.

use super::{Column, ItemRole, Profile, ROSTER, Role};
use crate::domain::checkup::{self, Catalogue, Item};
use crate::domain::hours::{BatchKind, Measure};
use crate::import::folding::Field;

/// What a column can be told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Nothing.
    Unused,
    /// Time that is summed to a value of this definition.
    Hours(Measure),
    /// A field.
    Field(Field),
    /// An item of a checkup, its value.
    Item(Item),
}

/// Parts of a file of hours beside the time itself.
const HOURS: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::YearMonth,
    Field::Year,
    Field::Month,
    Field::PeriodStart,
    Field::PeriodEnd,
    Field::Date,
    Field::NightHours,
    Field::NightCount,
];

/// Parts of a clinic's file beside its items.
const CHECKUP: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::Birth,
    Field::ExamDay,
    Field::ExamKind,
    Field::Clinic,
    Field::Judgement,
    Field::Remark,
];

impl Part {
    /// The parts that a column of such a file can play; none where its columns are not chosen by hand.
    pub fn of_kind(kind: BatchKind) -> Vec<Self> {
        let fields = |fields: &[Field]| fields.iter().copied().map(Self::Field).collect::<Vec<_>>();
        let mut parts = vec![Self::Unused];
        match kind {
            BatchKind::Hours => {
                parts.extend([Measure::StatutoryTotal, Measure::ReportedOvertime].map(Self::Hours));
                parts.extend(fields(HOURS));
            }
            BatchKind::Roster => parts.extend(fields(ROSTER)),
            BatchKind::Checkup => {
                parts.extend(fields(CHECKUP));
                parts.extend(Item::ALL.iter().copied().map(Self::Item));
            }
            BatchKind::Stress | BatchKind::StressResults | BatchKind::Restrictions => parts.clear(),
        }
        parts
    }

    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unused => "使わない",
            Self::Hours(Measure::StatutoryTotal) => "総労働時間に足す",
            Self::Hours(_) => "残業時間に足す",
            Self::Field(field) => field.label(),
            Self::Item(item) => Catalogue::built_in().name_of(item),
        }
    }

    const fn role(self) -> Option<Role> {
        match self {
            Self::Unused => None,
            Self::Hours(_) => Some(Role::Hours),
            Self::Field(field) => Some(Role::Field(field)),
            Self::Item(item) => Some(Role::Item(ItemRole::Value(checkup::Column::One(item)))),
        }
    }
}

impl Profile {
    /// The part of the column at `index`; none for one that can be read from a heading and not chosen by hand.
    pub fn part_of(&self, header: &[String], index: usize) -> Option<Part> {
        let column = Column::at(header, index);
        let used = self.columns.iter().find(|(_, used)| Some(used) == column.as_ref());
        Some(match used.map(|(role, _)| *role) {
            None => Part::Unused,
            Some(Role::Hours) => Part::Hours(self.measure),
            Some(Role::Field(field)) => Part::Field(field),
            Some(Role::Item(ItemRole::Value(checkup::Column::One(item)))) => Part::Item(item),
            Some(Role::Item(_)) => return None,
        })
    }

    /// Gives the column at `index` a part. A field is one column's, so that it leaves the one that had it; time of another
    /// definition takes the place of what was summed, because two definitions never make one sum.
    pub fn give(&mut self, header: &[String], index: usize, part: Part) {
        let Some(column) = Column::at(header, index) else { return };
        let role = part.role();
        let is_alone = matches!(part, Part::Field(field) if field != Field::Remark);
        let other_sum = matches!(part, Part::Hours(measure) if measure != self.measure);
        self.columns.retain(|(known, used)| {
            let is_taken = is_alone && Some(*known) == role || other_sum && *known == Role::Hours;
            *used != column && !is_taken
        });
        if let Part::Hours(measure) = part {
            (self.measure, self.notation) = (measure, None);
        }
        self.columns.extend(role.map(|role| (role, column)));
        // Cells that are summed are joined in the order in which they stand.
        self.columns.sort_by_key(|(_, column)| column.find(header));
    }
}

#[cfg(test)]
mod tests {
    use super::super::propose_hours;
    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_column_is_given_a_part_and_a_field_leaves_the_one_that_had_it() {
        let names = header("番号A,番号B,名,時間X,時間Y");
        let mut profile = propose_hours(&names).profile;
        assert!(profile.locate_hours(&names).is_err(), "no heading is known");
        profile.give(&names, 0, Part::Field(Field::Number));
        profile.give(&names, 1, Part::Field(Field::Number));
        profile.give(&names, 4, Part::Hours(Measure::ReportedOvertime));
        profile.give(&names, 3, Part::Hours(Measure::ReportedOvertime));
        let located = profile.locate_hours(&names).unwrap();
        assert_eq!((located.get(Field::Number), located.hours.as_slice()), (Some(1), &[3, 4][..]));
        profile.give(&names, 3, Part::Hours(Measure::StatutoryTotal));
        assert_eq!(profile.locate_hours(&names).unwrap().hours, [3], "two definitions make no sum");
        assert_eq!(profile.part_of(&names, 3), Some(Part::Hours(Measure::StatutoryTotal)));
        profile.give(&names, 3, Part::Unused);
        assert_eq!(profile.part_of(&names, 3), Some(Part::Unused));
        profile.give(&names, 9, Part::Field(Field::Name));
        assert_eq!(profile.columns.len(), 1, "a column that is not there plays no part");
    }

    #[test]
    fn every_part_reads_back_from_its_column() {
        for kind in BatchKind::ALL {
            for part in Part::of_kind(*kind) {
                let names = header("甲,乙");
                let mut profile = propose_hours(&names).profile;
                profile.give(&names, 1, part);
                assert_eq!(profile.part_of(&names, 1), Some(part), "{part:?}");
                assert!(!part.label().is_empty());
            }
        }
    }
}
