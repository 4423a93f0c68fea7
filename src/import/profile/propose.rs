//! Columns by the words of their headers, with a reason for each.
//!
//! Knows fields and headers. Must not know values or people.

use std::collections::BTreeMap;

use super::super::folding::{self, Field};
use super::super::reason::Why;
use super::{Column, ItemRole, Profile, ProfileError, Proposal, ROSTER, Reason, Role};
use crate::domain::checkup::{self, Item};
use crate::domain::hours::{Measure, Series};

/// Proposes a profile for a file of hours.
pub fn propose_hours(header: &[String]) -> Proposal {
    let mut draft = Draft::new(header);
    for field in [Field::Number, Field::Name, Field::Kana, Field::Year, Field::Month, Field::YearMonth] {
        draft.take(field);
    }
    draft.take(Field::PeriodStart);
    draft.take(Field::PeriodEnd);
    if !draft.says_month() {
        draft.take(Field::Date);
    }
    let measure = draft.take_hours();
    draft.take_as(Field::NightHours, "深夜業の時間として残します。労働時間には足しません。");
    draft.take_as(Field::NightCount, "深夜業の回数として残します。");
    let profile = draft.profile(measure);
    let missing = draft.foreign_only().or_else(|| profile.locate_hours(header).err()).or_else(|| draft.same_header());
    Proposal { missing, reasons: draft.reasons(), profile }
}

/// Proposes a profile for a roster.
pub fn propose_roster(header: &[String]) -> Proposal {
    let mut draft = Draft::new(header);
    for field in ROSTER {
        draft.take(*field);
    }
    let profile = draft.profile(Measure::default());
    let missing = profile.locate(header).err().or_else(|| draft.same_header());
    Proposal { missing, reasons: draft.reasons(), profile }
}

/// Proposes a profile for a clinic's file.
pub fn propose_checkup(header: &[String]) -> Proposal {
    let mut draft = Draft::new(header);
    draft.take_items();
    draft.take_judgements_by_place();
    for field in CHECKUP {
        draft.take(*field);
    }
    for index in draft.places(Field::Remark) {
        draft.used.insert(index, (Role::Field(Field::Remark), "健診機関の言葉として、そのまま残します。"));
    }
    let profile = draft.profile(Measure::default());
    let missing = profile.locate_checkup(header).err().or_else(|| draft.same_header());
    Proposal { missing, reasons: draft.reasons(), profile }
}

/// The columns of a clinic's file beside its items.
const CHECKUP: &[Field] = &[
    Field::Number,
    Field::Name,
    Field::Kana,
    Field::Birth,
    Field::ExamDay,
    Field::ExamKind,
    Field::Clinic,
    Field::Judgement,
];

/// Where one heading of a judgement stands in several columns: the item in whose wake each of them stands.
pub(super) fn judgements_by_place(header: &[String]) -> BTreeMap<usize, Item> {
    let is_bare = |name: &String| folding::field_of(name) == Some(Field::Judgement);
    let folded: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    let repeats = |index: usize| {
        let name = folded.get(index);
        folded.iter().filter(|other| Some(*other) == name).count() > 1
    };
    let bare = header.iter().enumerate().filter(|(index, name)| is_bare(name) && repeats(*index));
    bare.filter_map(|(index, _)| Some((index, item_before(header.get(..index)?)?))).collect()
}

/// The item of the nearest column that plays a part; a unit or an unknown word between does no harm.
fn item_before(header: &[String]) -> Option<Item> {
    let known =
        header.iter().rev().find(|name| ItemRole::of_heading(name).is_some() || folding::field_of(name).is_some());
    match ItemRole::of_heading(known?)? {
        ItemRole::Value(checkup::Column::One(item) | checkup::Column::Pair(item) | checkup::Column::Disputed(item)) => {
            Some(item)
        }
        ItemRole::Judgement(_) => None,
    }
}

fn is_judgement((role, _): &(Role, &'static str)) -> bool {
    matches!(role, Role::Item(ItemRole::Judgement(_)))
}

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
        self.take_as(field, "見出しの言葉で判りました。");
    }

    fn take_as(&mut self, field: Field, reason: &'static str) {
        if let Some(index) = self.places(field).first() {
            self.used.insert(*index, (Role::Field(field), reason));
        }
    }

    /// A heading of the catalogue is that item, whatever else its words could name.
    fn take_items(&mut self) {
        for (index, (name, field)) in self.header.iter().zip(&mut self.fields).enumerate() {
            if let Some(role) = ItemRole::of_heading(name) {
                *field = Some(Field::Item);
                self.used.insert(index, (Role::Item(role), "見出しの言葉で健診の項目と判りました。"));
            }
        }
    }

    /// 判定 beside many items is the judgement of the item before it.
    fn take_judgements_by_place(&mut self) {
        for (index, item) in judgements_by_place(self.header) {
            if let Some(field) = self.fields.get_mut(index) {
                *field = Some(Field::Item);
            }
            let reason = "同じ見出しが並ぶため、前の項目の判定と判りました。";
            self.used.insert(index, (Role::Item(ItemRole::Judgement(item)), reason));
        }
    }

    /// Whether the columns say a month or a period; a day beside them is no day of work.
    fn says_month(&self) -> bool {
        let pair = |one, other| self.has(one) && self.has(other);
        self.has(Field::YearMonth) || pair(Field::Year, Field::Month) || pair(Field::PeriodStart, Field::PeriodEnd)
    }

    /// Whether the column of time really worked says so itself (実労働, 実働); 勤務時間 alone may be anything.
    fn is_actual_plain(&self) -> bool {
        let first = self.places(Field::Actual).first().and_then(|index| self.header.get(*index));
        first.is_some_and(|name| folding::fold(name).starts_with('実'))
    }

    /// A used column whose name another column bears too: taking the first would be a guess.
    fn same_header(&self) -> Option<ProfileError> {
        let name = |index: usize| self.header.get(index).map(|name| folding::fold(name));
        let by_place = judgements_by_place(self.header);
        let is_told = |index: &usize| by_place.contains_key(index) && self.used.get(index).is_some_and(is_judgement);
        let others = || (0..self.header.len()).filter(|index| !is_told(index));
        let twin = |used: &usize| others().find(|other| other != used && name(*other) == name(*used));
        let used = self.used.keys().filter(|used| !is_told(used));
        let (first, second) = used.into_iter().find_map(|used| Some((*used, twin(used)?)))?;
        Some(ProfileError::SameHeader { first: first.min(second) + 1, second: first.max(second) + 1 })
    }

    /// The total where there is one, because only it is what the statute counts; else the overtime columns.
    ///
    /// Where a total stands beside the time really worked, the total holds the breaks too (総労働 9:00, 休憩 1:00,
    /// 実労働 8:00), which are no working time.
    fn take_hours(&mut self) -> Measure {
        let total = (Field::Total, "総労働時間の列です。超えた時間はここから計算します。");
        let actual = (Field::Actual, "実労働時間の列です。超えた時間はここから計算します。");
        let order = if self.is_actual_plain() { [actual, total] } else { [total, actual] };
        for (field, reason) in order {
            if let Some(index) = self.places(field).first().copied() {
                self.used.insert(index, (Role::Hours, reason));
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
        let (series, fixed) = (Series::Employer, BTreeMap::new());
        Profile { columns, measure, series, notation: None, adds_up: false, sex_codes: None, fixed }
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
