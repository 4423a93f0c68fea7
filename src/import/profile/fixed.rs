//! Values that no column tells: the same for every row of a file.
//!
//! Knows fields and their words. Must not know rows.

use super::{Profile, ProfileError, Role};
use crate::domain::hours::BatchKind;
use crate::import::folding::Field;
use crate::import::{calendar, checkup, roster};

/// Most characters of a fixed value.
const MOST: usize = 60;

/// What a whole roster may say alike: a plant's own file, or one of those who joined on one day.
const ROSTER: &[Field] =
    &[Field::Department, Field::Position, Field::Class, Field::SpecialWork, Field::Duties, Field::Joined];
/// What a whole clinic's file may say alike.
const CHECKUP: &[Field] = &[Field::ExamDay, Field::ExamKind, Field::Clinic];
/// What a whole ledger may say alike.
const LEDGER: &[Field] = &[Field::MeasureFrom, Field::MeasureUntil, Field::MeasureReview];
/// What a whole file of the stress check may say alike.
const STRESS: &[Field] = &[Field::AnsweredOn];
/// Fields whose value is a day. It belongs to one file: the next one is of another day.
const DAYS: &[Field] = &[
    Field::Birth,
    Field::Joined,
    Field::Left,
    Field::ExamDay,
    Field::AnsweredOn,
    Field::MeasureFrom,
    Field::MeasureUntil,
    Field::MeasureLifted,
    Field::MeasureReview,
];

/// What is typed for a field, in words: a day, a word that is known, or any text.
pub fn hint(field: Field) -> &'static str {
    match field {
        Field::ExamKind => "定期、雇入時、特定業務、海外、自発、特殊、二次 のどれかの言葉を入れます",
        Field::Class => "名簿の区分に書く言葉を入れます（例: 管理監督者、裁量労働）",
        _ if DAYS.contains(&field) => "日付を 2026-10-05 のように入れます。このファイルだけの値で、覚えません",
        _ => "ファイルの全員に同じ値として入れます",
    }
}

impl Profile {
    /// The fields that a value may be fixed for: those of the kind and those that are fixed already, as far as no column
    /// tells them.
    pub fn fixable(&self, kind: BatchKind) -> Vec<Field> {
        let of_kind = match kind {
            BatchKind::Hours => &[][..],
            BatchKind::Roster => ROSTER,
            BatchKind::Checkup => CHECKUP,
            BatchKind::Restrictions => LEDGER,
            BatchKind::Stress | BatchKind::StressResults => STRESS,
        };
        let others = self.fixed.keys().filter(|field| !of_kind.contains(field));
        of_kind.iter().chain(others).copied().filter(|field| !self.has(*field)).collect()
    }

    /// Fixes a value for a field, or takes it away where the text is empty.
    ///
    /// # Errors
    /// [`ProfileError::BadFixed`] for a value that no row could bear; the profile stays as it was.
    pub fn fix(&mut self, field: Field, text: &str) -> Result<(), ProfileError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.fixed.remove(&field);
            return Ok(());
        }
        let value = value(field, text).ok_or(ProfileError::BadFixed(field))?;
        self.fixed.insert(field, value);
        Ok(())
    }

    /// As it is kept for the next file: without the days that were this one's.
    #[must_use]
    pub fn without_days(&self) -> Self {
        let mut kept = self.clone();
        kept.fixed.retain(|field, _| !DAYS.contains(field));
        kept
    }

    fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|(role, _)| *role == Role::Field(field))
    }
}

/// The value as it is kept; none where it cannot be one.
fn value(field: Field, text: String) -> Option<String> {
    match field {
        _ if text.chars().count() > MOST => None,
        _ if DAYS.contains(&field) => calendar::date(&text).map(|day| day.to_string()),
        Field::ExamKind => checkup::is_kind(&text).then_some(text),
        Field::Class => roster::is_class(&text).then_some(text),
        _ => Some(text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Part, propose_checkup, propose_roster};
    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_value_is_fixed_read_and_taken_away() {
        let names = header("氏名,BMI");
        let mut profile = propose_checkup(&names).profile;
        assert_eq!(profile.locate_checkup(&names), Err(ProfileError::NoExamDay));
        assert_eq!(profile.fix(Field::ExamDay, "きのう"), Err(ProfileError::BadFixed(Field::ExamDay)));
        profile.fix(Field::ExamDay, " 令和8年10月5日 ").unwrap();
        assert_eq!(profile.fixed.get(&Field::ExamDay).map(String::as_str), Some("2026-10-05"));
        assert!(profile.locate_checkup(&names).is_ok());
        assert!(profile.fix(Field::ExamKind, "宇宙").is_err() && profile.fix(Field::ExamKind, "雇入時").is_ok());
        assert!(profile.fix(Field::Clinic, &"長".repeat(MOST + 1)).is_err());
        let kept = profile.without_days();
        assert_eq!(kept.fixed.keys().copied().collect::<Vec<_>>(), [Field::ExamKind], "a day is one file's");
        profile.fix(Field::ExamDay, "").unwrap();
        assert_eq!(profile.locate_checkup(&names), Err(ProfileError::NoExamDay));
    }

    #[test]
    fn a_column_takes_the_place_of_a_fixed_value() {
        let names = header("社員番号,氏名,どこ");
        let mut profile = propose_roster(&names).profile;
        profile.fix(Field::Department, "物流一課").unwrap();
        profile.fixed.insert(Field::Sex, "男".to_owned());
        let fixable = profile.fixable(BatchKind::Roster);
        assert!(fixable.contains(&Field::Department) && fixable.contains(&Field::Sex), "what a text fixed is seen too");
        profile.give(&names, 2, Part::Field(Field::Department));
        assert!(!profile.fixed.contains_key(&Field::Department));
        assert!(!profile.fixable(BatchKind::Roster).contains(&Field::Department));
        assert_eq!(profile.fix(Field::Class, "ひまわり組"), Err(ProfileError::BadFixed(Field::Class)));
    }
}
