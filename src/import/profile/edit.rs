//! A mapping changed by hand: which part a column plays, and which parts a kind of file has.
//!
//! Knows parts and headings. Must not know values.

use super::{Column, ItemRole, Profile, ROSTER, Role};
use crate::domain::checkup::{self, Catalogue, Item};
use crate::domain::hours::{BatchKind, Measure};
use crate::import::folding::Field;
use crate::import::stress::LENGTHS;

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
    /// This eye without and with its glasses, in one cell.
    Glasses(Item),
    /// The first of so many columns of answers, which follow one another; of one, that it holds them all.
    Answers(usize),
}

/// Parts of a file of hours beside the time itself.
const HOURS: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::Birth,
    Field::YearMonth,
    Field::Year,
    Field::Month,
    Field::PeriodStart,
    Field::PeriodEnd,
    Field::Date,
    Field::Minutes,
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
    Field::Sex,
];

/// Eyes whose two values may stand in one cell.
const EYES: [Item; 2] = [Item::VisionRight, Item::VisionLeft];

/// Parts of a ledger of restrictions.
const LEDGER: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::Birth,
    Field::Measure,
    Field::MeasureClass,
    Field::MeasureFrom,
    Field::MeasureUntil,
    Field::MeasureSpan,
    Field::MeasureLifted,
    Field::MeasureReview,
    Field::MeasureState,
];

/// Parts of answers of the stress check beside the answers.
const ANSWERS: &[Field] = &[Field::Number, Field::Name, Field::AnsweredOn];

/// What is asked or compared beside the answers, and judges nobody.
const BESIDE: &[Field] =
    &[Field::Kana, Field::Birth, Field::Sex, Field::HighStress, Field::ScoreA, Field::ScoreB, Field::ScoreC];

/// Parts of results of the stress check.
const RESULTS: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::Birth,
    Field::Sex,
    Field::AnsweredOn,
    Field::HighStress,
    Field::ScoreA,
    Field::ScoreB,
    Field::ScoreC,
];

/// Fields that several columns may tell: the words of a clinic, and each column of measures, marks or minutes for itself.
pub(super) const MANY: [Field; 5] = [Field::Remark, Field::Measure, Field::ClassMark, Field::WorkMark, Field::Minutes];

/// Parts of a roster that only its own words tell.
const OF_ROSTERS: &[Field] = &[Field::MovedTo, Field::MovedOn, Field::ClassMark, Field::WorkMark];

impl Part {
    /// The parts that a column of such a file can play.
    pub fn of_kind(kind: BatchKind) -> Vec<Self> {
        let fields = |fields: &[Field]| fields.iter().copied().map(Self::Field).collect::<Vec<_>>();
        let mut parts = vec![Self::Unused];
        match kind {
            BatchKind::Hours => {
                parts.extend(Measure::ALL.iter().copied().map(Self::Hours));
                parts.extend(fields(HOURS));
            }
            BatchKind::Roster => {
                parts.extend(fields(ROSTER));
                parts.extend(fields(OF_ROSTERS));
            }
            BatchKind::Checkup => {
                parts.extend(fields(CHECKUP));
                parts.extend(EYES.map(Self::Glasses));
                parts.extend(Item::ALL.iter().copied().map(Self::Item));
            }
            BatchKind::Restrictions => parts.extend(fields(LEDGER)),
            BatchKind::Stress => {
                parts.extend(fields(ANSWERS));
                parts.extend(LENGTHS.into_iter().chain([1]).map(Self::Answers));
                parts.extend(fields(BESIDE));
            }
            BatchKind::StressResults => parts.extend(fields(RESULTS)),
        }
        parts
    }

    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unused => "使わない",
            Self::Hours(Measure::StatutoryTotal) => "総労働時間に足す",
            Self::Hours(Measure::ReportedOvertime) => "残業時間に足す",
            Self::Hours(Measure::HealthManagement) => "健康管理時間に足す",
            Self::Hours(Measure::Article36) => "36協定の時間に足す",
            Self::Hours(Measure::MedicalAct) => "医療法の時間に足す",
            Self::Field(field) => field.label(),
            Self::Item(item) => Catalogue::built_in().name_of(item),
            Self::Glasses(Item::VisionRight) => "視力 右 と矯正（1つの欄に2つの値）",
            Self::Glasses(_) => "視力 左 と矯正（1つの欄に2つの値）",
            Self::Answers(1) => "回答（1列に全部）",
            Self::Answers(23) => "回答の1問め（ここから23列）",
            Self::Answers(_) => "回答の1問め（ここから57列）",
        }
    }

    const fn role(self) -> Option<Role> {
        match self {
            Self::Unused => None,
            Self::Hours(_) => Some(Role::Hours),
            Self::Field(field) => Some(Role::Field(field)),
            Self::Item(item) => Some(Role::Item(ItemRole::Value(checkup::Column::One(item)))),
            Self::Glasses(item) => Some(Role::Item(ItemRole::Value(checkup::Column::Glasses(item)))),
            Self::Answers(_) => Some(Role::Answers),
        }
    }
}

impl Profile {
    /// The part of the column at `index`; none for one that can be read from a heading and not chosen by hand, and for
    /// an answer behind the first.
    pub fn part_of(&self, header: &[String], index: usize) -> Option<Part> {
        let column = Column::at(header, index);
        let used = self.columns.iter().find(|(_, used)| Some(used) == column.as_ref());
        Some(match used.map(|(role, _)| *role) {
            None => Part::Unused,
            Some(Role::Hours) => Part::Hours(self.measure),
            Some(Role::Field(field)) => Part::Field(field),
            Some(Role::Item(ItemRole::Value(checkup::Column::One(item)))) => Part::Item(item),
            Some(Role::Item(ItemRole::Value(checkup::Column::Glasses(item)))) => Part::Glasses(item),
            Some(Role::Item(_)) => return None,
            Some(Role::Answers) if self.place_of(Role::Answers, header, index)?.0 == 0 => {
                Part::Answers(self.count_of(Role::Answers))
            }
            Some(Role::Answers) => return None,
        })
    }

    /// What the column at `index` is taken for, in words; of several that make one value or one sheet, which it is.
    pub fn words_of(&self, header: &[String], index: usize) -> String {
        let column = Column::at(header, index);
        let role = self.columns.iter().find(|(_, used)| Some(used) == column.as_ref()).map(|(role, _)| *role);
        let part = self.part_of(header, index).map_or("", Part::label);
        match role {
            Some(Role::Hours) => match self.place_of(Role::Hours, header, index) {
                Some((place, count)) if count > 1 => format!("{part}（{}/{count}列）", place + 1),
                _ => part.to_owned(),
            },
            Some(Role::Answers) => {
                let place = self.place_of(Role::Answers, header, index).map_or(0, |(place, _)| place);
                // The headings may say another order than the one in which the columns stand.
                let answers = self.locate_answers(header).map(|located| located.answers).unwrap_or_default();
                let question = answers.iter().position(|column| *column == index).unwrap_or(place);
                if question == 0 && place == 0 { part.to_owned() } else { format!("回答の{}問め", question + 1) }
            }
            Some(Role::Item(item)) => item.words(),
            _ => part.to_owned(),
        }
    }

    fn count_of(&self, role: Role) -> usize {
        self.columns.iter().filter(|(known, _)| *known == role).count()
    }

    /// Which of the columns of a part the one at `index` is, from 0, and of how many.
    fn place_of(&self, role: Role, header: &[String], index: usize) -> Option<(usize, usize)> {
        let column = Column::at(header, index)?;
        let mut columns = self.columns.iter().filter(|(known, _)| *known == role).map(|(_, column)| column);
        Some((columns.position(|other| *other == column)?, self.count_of(role)))
    }

    /// Gives the column at `index` a part. A field is one column's, so that it leaves the one that had it; time of another
    /// definition takes the place of what was summed, because two definitions never make one sum.
    pub fn give(&mut self, header: &[String], index: usize, part: Part) {
        let Some(column) = Column::at(header, index) else { return };
        if let Part::Answers(count) = part {
            return self.give_answers(header, index, count);
        }
        let role = part.role();
        let is_alone = matches!(part, Part::Field(field) if !MANY.contains(&field));
        let other_sum = matches!(part, Part::Hours(measure) if measure != self.measure);
        self.columns.retain(|(known, used)| {
            let is_taken = is_alone && Some(*known) == role || other_sum && *known == Role::Hours;
            *used != column && !is_taken
        });
        if let Part::Field(field) = part {
            self.fixed.remove(&field);
        }
        if let Part::Hours(measure) = part {
            (self.measure, self.notation) = (measure, None);
        }
        self.columns.extend(role.map(|role| (role, column)));
        // Cells that are summed are joined in the order in which they stand.
        self.columns.sort_by_key(|(_, column)| column.find(header));
    }

    /// The columns from `index` on are the answers, and no other is one.
    fn give_answers(&mut self, header: &[String], index: usize, count: usize) {
        let run: Vec<Column> = (index..index + count).filter_map(|place| Column::at(header, place)).collect();
        self.columns.retain(|(role, column)| *role != Role::Answers && !run.contains(column));
        self.columns.extend(run.into_iter().map(|column| (Role::Answers, column)));
        self.columns.sort_by_key(|(_, column)| column.find(header));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ProfileError, propose_hours};
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
                let names: Vec<String> = (0..60).map(|number| format!("列{number}")).collect();
                let mut profile = propose_hours(&names).profile;
                profile.give(&names, 1, part);
                assert_eq!(profile.part_of(&names, 1), Some(part), "{part:?}");
                assert!(!part.label().is_empty() && !profile.words_of(&names, 1).is_empty(), "{part:?}");
            }
        }
    }

    #[test]
    fn a_sum_says_of_how_many_columns_it_is() {
        let names = header("社員番号,残業,深夜残業,休日出勤時間");
        let mut profile = propose_hours(&names).profile;
        assert_eq!(profile.words_of(&names, 2), "残業時間に足す（2/3列）");
        profile.give(&names, 3, Part::Unused);
        assert_eq!(profile.words_of(&names, 2), "残業時間に足す（2/2列）");
        profile.give(&names, 1, Part::Unused);
        assert_eq!(profile.words_of(&names, 2), "残業時間に足す", "one column is no sum");
    }

    #[test]
    fn an_eye_with_and_without_its_glasses_can_be_chosen_for_one_column() {
        let names = header("社員番号,健診日,視力右");
        let mut profile = super::super::propose_checkup(&names).profile;
        let eye = Part::Glasses(Item::VisionRight);
        assert!(Part::of_kind(BatchKind::Checkup).contains(&eye));
        profile.give(&names, 2, eye);
        assert_eq!(profile.part_of(&names, 2), Some(eye));
        assert_eq!(profile.words_of(&names, 2), eye.label());
    }

    #[test]
    fn answers_begin_at_the_column_that_is_given_and_a_form_has_as_many_as_it_has() {
        let mut names = header("社員番号,年代");
        names.extend((0..57).map(|number| format!("問{number}番")));
        let mut profile = super::super::super::stress::propose(&names).profile;
        assert_eq!(profile.locate_answers(&names), Err(ProfileError::NoAnswers));
        profile.give(&names, 2, Part::Answers(57));
        let located = profile.locate_answers(&names).unwrap();
        assert_eq!((located.answers.first(), located.answers.len()), (Some(&2), 57));
        assert_eq!(
            (profile.words_of(&names, 2), profile.words_of(&names, 58)),
            ("回答の1問め（ここから57列）".to_owned(), "回答の57問め".to_owned())
        );
        profile.give(&names, 1, Part::Answers(57));
        assert_eq!(profile.part_of(&names, 58), Some(Part::Unused), "the run has moved");
        profile.give(&names, 9, Part::Answers(57));
        assert_eq!(profile.locate_answers(&names), Err(ProfileError::NoAnswers), "too few are left");
    }
}
