//! Which column is what: proposed from the header with a reason each, kept for the next file of the same shape.
//!
//! Knows fields and headers. Must not know values or people.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::folding::{self, Field};
use super::notation::Notation;
use super::reason::Why;
use crate::domain::Id;
use crate::domain::hours::{BatchKind, ImportProfile, Measure, Series};

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
    /// One column of that field.
    #[serde(untagged)]
    Field(Field),
}

/// The mapping of a source's columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Which columns play which part; only [`Role::Hours`] may have several.
    pub columns: Vec<(Role, Column)>,
    /// Which definition of hours the columns follow.
    pub measure: Measure,
    /// Where the hours come from.
    pub series: Series,
    /// The notation chosen last time.
    pub notation: Option<Notation>,
}

/// A profile that cannot be used with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// What is kept is no profile of this program.
    #[error("取込設定が読めません。列の対応を選び直してください。")]
    Unreadable,
    /// A column of the profile is not in the file.
    #[error("取込設定の列がファイルにありません。列の対応を選び直してください。")]
    ColumnMissing,
    /// Nobody can be told from this file.
    #[error("社員番号または氏名の列が決まっていません。列の対応を選んでください。")]
    NoPerson,
    /// No column of time.
    #[error("労働時間の列が決まっていません。列の対応を選んでください。")]
    NoHours,
    /// A column follows a definition that the 80-hour rule must not see.
    #[error("{}", Why::OtherDefinition)]
    OtherDefinition,
    /// Neither the file nor the caller says which period.
    #[error("期間が決まっていません。年月の列を選ぶか、期間を指定してください。")]
    NoPeriod,
    /// No column of measures.
    #[error("措置の列が決まっていません。見出しに「措置」または「制限」のある列を作ってください。")]
    NoMeasure,
    /// Rows of single days; they are not summed yet.
    #[error("日ごとの行のファイルです。月の合計で出し直してください。")]
    Daily,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    fields: BTreeMap<Field, usize>,
    /// The columns that are summed.
    pub hours: Vec<usize>,
}

impl Located {
    /// Index of the column of a field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.fields.get(&field).copied()
    }
}

impl Profile {
    /// Finds the columns in a header.
    ///
    /// # Errors
    /// A column is missing, or nobody can be told from what is there.
    pub fn locate(&self, header: &[String]) -> Result<Located, ProfileError> {
        let mut located = Located { fields: BTreeMap::new(), hours: Vec::new() };
        for (role, column) in &self.columns {
            let index = column.find(header).ok_or(ProfileError::ColumnMissing)?;
            match role {
                Role::Hours => located.hours.push(index),
                Role::Field(field) => drop(located.fields.insert(*field, index)),
            }
        }
        let has_person = located.get(Field::Number).or(located.get(Field::Name)).is_some();
        if has_person { Ok(located) } else { Err(ProfileError::NoPerson) }
    }

    /// Finds the columns of a file of hours, and keeps foreign definitions from the 80-hour rule.
    ///
    /// # Errors
    /// As [`Profile::locate`]; no column of time; a column of another definition.
    pub fn locate_hours(&self, header: &[String]) -> Result<Located, ProfileError> {
        let located = self.locate(header)?;
        if located.hours.is_empty() {
            return Err(ProfileError::NoHours);
        }
        let serves_rule = matches!(self.measure, Measure::StatutoryTotal | Measure::ReportedOvertime);
        let is_foreign =
            |index: &usize| header.get(*index).and_then(|name| folding::field_of(name)) == Some(Field::OtherDefinition);
        let is_refused = serves_rule && located.hours.iter().any(is_foreign);
        if is_refused { Err(ProfileError::OtherDefinition) } else { Ok(located) }
    }

    /// Compares a file's header with the one the profile was kept with.
    pub fn recognise(&self, kept_header: &str, kind: BatchKind, header: &[String]) -> Recognition {
        if folding::fold_header(header) == kept_header {
            Recognition::Same
        } else if self.locate(header).is_ok() && !self.passes_over(kind, header) {
            Recognition::Moved
        } else {
            Recognition::Other
        }
    }

    /// Whether a column of this header says who or when, and no column of the profile does: hours would go to
    /// another month or wait for a person whom the file names.
    fn passes_over(&self, kind: BatchKind, header: &[String]) -> bool {
        let telling = if kind == BatchKind::Hours { WHO_AND_WHEN } else { ROSTER };
        let is_used = |field: Field| self.columns.iter().any(|(role, _)| *role == Role::Field(field));
        let mut fields = header.iter().filter_map(|name| folding::field_of(name));
        fields.any(|field| telling.contains(&field) && !is_used(field))
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
        Self::deserialize(&record.mapping_json).map_err(|_| ProfileError::Unreadable)
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

/// Proposes a profile for a file of hours.
pub fn propose_hours(header: &[String]) -> Proposal {
    let mut draft = Draft::new(header);
    for field in [Field::Number, Field::Name, Field::Kana, Field::Year, Field::Month, Field::YearMonth] {
        draft.take(field);
    }
    draft.take(Field::PeriodStart);
    draft.take(Field::PeriodEnd);
    let measure = draft.take_hours();
    let profile = draft.profile(measure);
    let daily = draft.has(Field::Date).then_some(ProfileError::Daily);
    let missing = daily.or_else(|| draft.foreign_only()).or_else(|| profile.locate_hours(header).err());
    Proposal { missing, reasons: draft.reasons(), profile }
}

/// Proposes a profile for a roster.
pub fn propose_roster(header: &[String]) -> Proposal {
    let mut draft = Draft::new(header);
    for field in ROSTER {
        draft.take(*field);
    }
    let profile = draft.profile(Measure::default());
    Proposal { missing: profile.locate(header).err(), reasons: draft.reasons(), profile }
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
    Field::Class,
];

struct Draft<'a> {
    header: &'a [String],
    fields: Vec<Option<Field>>,
    used: BTreeMap<usize, (Role, &'static str)>,
}

impl<'a> Draft<'a> {
    fn new(header: &'a [String]) -> Self {
        let fields = header.iter().map(|name| folding::field_of(name)).collect();
        Self { header, fields, used: BTreeMap::new() }
    }

    fn has(&self, field: Field) -> bool {
        self.fields.contains(&Some(field))
    }

    fn places(&self, field: Field) -> Vec<usize> {
        let all = self.fields.iter().enumerate();
        all.filter(|(_, found)| **found == Some(field)).map(|(index, _)| index).collect()
    }

    fn take(&mut self, field: Field) {
        if let Some(index) = self.places(field).first() {
            self.used.insert(*index, (Role::Field(field), "見出しの言葉で判りました。"));
        }
    }

    /// The total where there is one, because only it is what the statute counts; else the overtime columns.
    fn take_hours(&mut self) -> Measure {
        for field in [Field::Total, Field::Actual] {
            if let Some(index) = self.places(field).first().copied() {
                self.used.insert(index, (Role::Hours, "総労働時間の列です。超えた時間はここから計算します。"));
                return Measure::StatutoryTotal;
            }
        }
        if let Some(index) = self.places(Field::TotalOvertime).first().copied() {
            self.used.insert(index, (Role::Hours, "残業の合計の列です。会社の計算として扱います。"));
            return Measure::ReportedOvertime;
        }
        if !self.has(Field::Overtime) {
            return Measure::StatutoryTotal;
        }
        for field in [Field::Overtime, Field::NightOvertime, Field::Holiday] {
            for index in self.places(field) {
                self.used.insert(index, (Role::Hours, "時間外と休日の列を足します。会社の計算として扱います。"));
            }
        }
        Measure::ReportedOvertime
    }

    fn foreign_only(&self) -> Option<ProfileError> {
        let has_hours = self.used.values().any(|(role, _)| *role == Role::Hours);
        (!has_hours && self.has(Field::OtherDefinition)).then_some(ProfileError::OtherDefinition)
    }

    fn profile(&self, measure: Measure) -> Profile {
        let column = |index: &usize| Column::at(self.header, *index);
        let columns = self.used.iter().filter_map(|(index, (role, _))| Some((*role, column(index)?))).collect();
        Profile { columns, measure, series: Series::Employer, notation: None }
    }

    fn reasons(&self) -> Vec<Reason> {
        let known = self.fields.iter().enumerate().filter_map(|(index, field)| Some((index, (*field)?)));
        known.map(|(column, field)| self.reason(column, field)).collect()
    }

    fn reason(&self, column: usize, field: Field) -> Reason {
        let used = self.used.get(&column).map(|(_, text)| *text);
        let text = used.unwrap_or(match field {
            Field::OtherDefinition => Why::OtherDefinition.text(),
            Field::Unused | Field::OtherHours => "この取込には使いません。",
            _ => "同じ役の列がほかにあるか、この取込には要らないため使いません。",
        });
        Reason { column, field, is_used: used.is_some(), text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EstablishmentId, Prefix};

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn hours_of(line: &str) -> (Measure, Vec<String>, Option<ProfileError>) {
        let proposal = propose_hours(&header(line));
        let hours = proposal.profile.columns.iter().filter(|(role, _)| *role == Role::Hours);
        (proposal.profile.measure, hours.map(|(_, column)| column.header.clone()).collect(), proposal.missing)
    }

    #[test]
    fn the_total_is_preferred_and_overtime_is_summed() {
        let total =
            "従業員コード,年,月,総労働時間,所定内労働時間,法定内残業時間,法定外残業時間,深夜労働時間,休日出勤時間";
        assert_eq!(hours_of(total), (Measure::StatutoryTotal, vec!["総労働時間".into()], None));
        let (measure, columns, missing) = hours_of("社員番号,残業時間,深夜残業時間,休日労働時間,備考");
        assert_eq!((measure, columns.len(), missing), (Measure::ReportedOvertime, 3, None));
        let (_, columns, _) = hours_of("社員番号,総残業時間,残業時間,休日労働時間");
        assert_eq!(columns, ["総残業時間"]);
    }

    #[test]
    fn a_foreign_definition_is_refused_and_says_why() {
        let line = "スタッフコード,氏名,法定外残業時間";
        assert_eq!(hours_of(line).2, Some(ProfileError::OtherDefinition));
        let reasons = propose_hours(&header(line)).reasons;
        assert_eq!(
            reasons.last().map(|reason| (reason.is_used, reason.text)),
            Some((false, Why::OtherDefinition.text()))
        );
        let mut forced = propose_hours(&header(line)).profile;
        forced.columns.push((Role::Hours, Column::at(&header(line), 2).unwrap()));
        assert_eq!(forced.locate_hours(&header(line)), Err(ProfileError::OtherDefinition));
        forced.measure = Measure::Article36;
        assert!(forced.locate_hours(&header(line)).is_ok());
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(hours_of("部署,総労働時間").2, Some(ProfileError::NoPerson));
        assert_eq!(hours_of("社員番号,氏名").2, Some(ProfileError::NoHours));
        assert_eq!(hours_of("*従業員ID,*年月日,総労働時間").2, Some(ProfileError::Daily));
    }

    #[test]
    fn next_month_is_recognised_through_moved_columns() {
        let first = header("社員番号,氏名,総労働時間,総労働時間");
        let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
        let profile = propose_hours(&first).profile;
        let kept = [profile.to_json(id, "勤怠の月次", BatchKind::Hours, &first)];
        assert_eq!(Profile::from_json(&kept[0]), Ok(profile));
        let recognition = |line: &str| recognised(&kept, BatchKind::Hours, &header(line)).map(|(_, found)| found);
        assert_eq!(recognition("社員番号,氏　名,総労働時間,総労働時間"), Some(Recognition::Same));
        assert_eq!(recognition("総労働時間,所属,社員番号,氏名"), Some(Recognition::Moved));
        assert_eq!(recognition("社員番号,氏名,労働時間"), None);
        for telling in ["対象年月", "年", "集計開始日", "ふりがな", "年月日"] {
            let line = format!("社員番号,氏名,総労働時間,総労働時間,{telling}");
            assert_eq!(recognition(&line), None, "{telling} would be passed over");
        }
        assert!(recognised(&kept, BatchKind::Roster, &first).is_none());
    }

    #[test]
    fn a_kept_record_of_something_else_is_refused() {
        let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
        let mut kept = propose_roster(&header("社員番号,氏名")).profile.to_json(id, "名簿", BatchKind::Roster, &[]);
        kept.mapping_json = serde_json::json!({"columns": 3});
        assert_eq!(Profile::from_json(&kept), Err(ProfileError::Unreadable));
    }

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let twice = header("氏名,時間,時間");
        let column = Column::at(&twice, 2).unwrap();
        assert_eq!((column.nth, column.find(&twice)), (1, Some(2)));
        assert_eq!(column.find(&header("氏名,時間")), None);
    }
}
