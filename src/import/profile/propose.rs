//! Columns by the words of their headers, with a reason for each.
//!
//! Knows fields and headers. Must not know values or people.

use std::collections::{BTreeMap, BTreeSet};

use super::super::folding::{self, Field};
use super::super::reason::Why;
use super::super::roster::headings;
use super::super::source::{SourceRow, Table};
use super::super::{clocks, plainness, qualifiers, titles};
use super::minutes::Pair;
use super::placed::{self, Judged};
use super::{Column, Doubled, ItemRole, Profile, ProfileError, Proposal, ROSTER, Reason, Role};
use super::{settled, sums};
use crate::domain::checkup;
use crate::domain::hours::{Measure, Series};

/// Proposes a profile for a file of hours by its headings alone.
pub fn propose_hours(header: &[String]) -> Proposal {
    hours(header, &[])
}

/// Proposes a profile for a file of hours; its rows say whether a column is the sum of the others beside it.
pub fn propose_hours_in(table: &Table) -> Proposal {
    hours(&table.header, &table.rows)
}

fn hours(header: &[String], rows: &[SourceRow]) -> Proposal {
    let mut draft = Draft::new(header);
    use Field::{Birth, Kana, Month, Name, Number, Year, YearMonth};
    for field in [Number, Name, Kana, Birth, Year, Month, YearMonth] {
        draft.take(field);
    }
    draft.take(Field::PeriodStart);
    draft.take(Field::PeriodEnd);
    if !draft.says_month() {
        draft.take(Field::Date);
    }
    draft.leave_other_months();
    let open = draft.settle(rows);
    let measure = draft.take_hours();
    let clocks = draft.leave_clocks(rows);
    let double = draft.leave_parts(rows);
    draft.take_as(Field::NightHours, "深夜業の時間として残します。労働時間には足しません。");
    draft.take_as(Field::NightCount, "深夜業の回数として残します。");
    draft.take_minutes();
    let profile = draft.profile(measure);
    let missing = clocks.or_else(|| draft.foreign_only()).or_else(|| profile.locate_hours(header).err());
    let missing = missing.or_else(|| draft.same_header()).or(open).or(double);
    Proposal { missing, reasons: draft.reasons(), profile }
}

/// Proposes a profile for a roster.
pub fn propose_roster(header: &[String]) -> Proposal {
    let mut draft = Draft::new(header);
    draft.leave_older_years();
    for field in ROSTER {
        draft.take(*field);
    }
    for (index, role, reason) in headings::named(header) {
        draft.take_named(index, role, reason);
    }
    let profile = draft.profile(Measure::default());
    let missing = profile.locate(header).err().or_else(|| draft.same_header());
    Proposal { missing, reasons: draft.reasons(), profile }
}

/// Proposes a profile for a clinic's file.
pub fn propose_checkup(header: &[String]) -> Proposal {
    let mut draft = Draft::new(header);
    draft.take_items();
    draft.take_hearing();
    draft.take_judgements_by_place();
    draft.take_units_by_place();
    for field in CHECKUP {
        draft.take(*field);
    }
    draft.take_plain_day();
    for index in draft.places(Field::Remark) {
        draft.used.insert(index, (Role::Field(Field::Remark), "健診機関の言葉として、そのまま残します。"));
    }
    let profile = draft.profile(Measure::default());
    let missing = profile.locate_checkup(header).err().or_else(|| draft.same_header()).or_else(|| draft.two_days());
    Proposal { missing, reasons: draft.reasons(), profile }
}

/// A column that a kind of file knows by its own words: its index, its part, and why.
pub(in crate::import) type NamedColumn = (usize, Role, &'static str);

/// Proposes a profile of the people's fields and of what a kind of file knows by its own words; what it cannot do
/// without is the kind's to say.
pub(in crate::import) fn propose_named(
    header: &[String],
    people: &[Field],
    named: &[NamedColumn],
    lacks: impl Fn(&Profile) -> Option<ProfileError>,
) -> Proposal {
    let mut draft = Draft::new(header);
    for field in people {
        draft.take(*field);
    }
    for (index, role, reason) in named {
        draft.take_named(*index, *role, reason);
    }
    let profile = draft.profile(Measure::default());
    let missing = lacks(&profile).or_else(|| draft.same_header());
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
    Field::Sex,
];

const WHOLE: &str = "どの行でも、内訳の列の合計と同じ値です。この列だけを足します。";
const PERHAPS_WHOLE: &str = "内訳の列を含む合計かもしれない列です。";

const OF_SEVERAL_MONTHS: &str = "別々の月や年の列が並んでいます。取り込む月の列だけを、列の対応で選んでください。";
const OF_AN_OLDER_YEAR: &str = "前の年の列とみて使いません。新しい年の列を使います。";

/// The year and the month that a heading bears.
type Told = (Option<i32>, Option<u32>);

fn is_judgement((role, _): &(Role, &'static str)) -> bool {
    matches!(role, Role::Item(ItemRole::Judgement(_)))
}

struct Draft<'a> {
    header: &'a [String],
    fields: Vec<Option<Field>>,
    used: BTreeMap<usize, (Role, &'static str)>,
    /// Columns that another one already holds.
    parts: BTreeSet<usize>,
    /// Columns of several months.
    monthly: BTreeSet<usize>,
    /// Columns of time that are left to another one, each with the reason.
    left: BTreeMap<usize, &'static str>,
    /// Columns of minutes beside those of their hours.
    minutes: Vec<Pair>,
}

impl<'a> Draft<'a> {
    fn new(header: &'a [String]) -> Self {
        let fields = header.iter().map(|name| folding::field_of(name)).collect();
        let (used, left) = (BTreeMap::new(), BTreeMap::new());
        let (parts, monthly, minutes) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        Self { header, fields, used, parts, monthly, left, minutes }
    }

    fn has(&self, field: Field) -> bool {
        self.fields.contains(&Some(field))
    }

    fn places(&self, field: Field) -> Vec<usize> {
        let all = self.fields.iter().enumerate();
        all.filter(|(_, found)| **found == Some(field)).map(|(index, _)| index).collect()
    }

    /// The columns of a field: what says 実績 before what does not, and alone where both are one heading otherwise.
    fn worked(&self, field: Field) -> Vec<usize> {
        let name = |index: &usize| self.header.get(*index).map(|name| folding::fold(name)).unwrap_or_default();
        let (actual, plain): (Vec<_>, Vec<_>) =
            self.places(field).into_iter().partition(|index| qualifiers::is_actual(&name(index)));
        let bare: Vec<_> = actual.iter().map(|index| qualifiers::without_actual(&name(index))).collect();
        let others = plain.into_iter().filter(|index| !bare.iter().any(|bare| **bare == *name(index)));
        actual.iter().copied().chain(others).collect()
    }

    fn take(&mut self, field: Field) {
        self.take_as(field, "見出しの言葉で判りました。");
    }

    fn take_as(&mut self, field: Field, reason: &'static str) {
        if let Some(index) = self.plainest(field) {
            self.used.insert(index, (Role::Field(field), reason));
        }
    }

    /// The column that names a field most plainly, the first of several; never the one that merely stands first.
    fn plainest(&self, field: Field) -> Option<usize> {
        let rank = |index: &usize| self.header.get(*index).map(|name| plainness::rank(field, &folding::fold(name)));
        self.places(field).into_iter().min_by_key(rank)
    }

    /// 健診日 itself, where it stands behind another day.
    fn take_plain_day(&mut self) {
        let Some(plain) = self.plain_day() else { return };
        self.used.retain(|_, (role, _)| *role != Role::Field(Field::ExamDay));
        self.used.insert(plain, (Role::Field(Field::ExamDay), "見出しの言葉で判りました。"));
    }

    /// Of the columns of answers the first tells for all.
    fn take_named(&mut self, index: usize, role: Role, reason: &'static str) {
        if self.used.contains_key(&index) {
            return;
        }
        let is_told = role == Role::Answers && self.used.values().any(|(known, _)| *known == role);
        self.used.insert(index, (role, reason));
        if let Some(field) = self.fields.get_mut(index) {
            *field = match role {
                Role::Field(known) => Some(known),
                _ if is_told => None,
                _ => Some(Field::Unused),
            };
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

    /// 聴力 alone leaves open by which test: its values are asked, and never passed over.
    fn take_hearing(&mut self) {
        const HEARING: &[&str] = &["聴力", "聴力検査", "聴力所見", "聴力検査結果"];
        let is_bare =
            |index: &usize| self.header.get(*index).is_some_and(|name| HEARING.contains(&&*folding::fold(name)));
        let bare: Vec<usize> = (0..self.header.len()).filter(is_bare).collect();
        for index in bare {
            let role = Role::Item(ItemRole::Value(checkup::Column::Disputed(checkup::Item::HearingOther)));
            self.take_named(index, role, "どの方法の聴力か見出しで決まらないため、値ごとに尋ねます。");
        }
    }

    /// 判定 beside many items is the judgement of the item before it, or of a test that nobody knows.
    fn take_judgements_by_place(&mut self) {
        for (index, judged) in placed::judgements(self.header) {
            let (known, item) = match judged {
                Judged::Item(item) => (Field::Item, Some(item)),
                Judged::Unknown => (Field::Unused, None),
            };
            if let Some(field) = self.fields.get_mut(index) {
                *field = Some(known);
            }
            let reason = "同じ見出しが並ぶため、前の項目の判定と判りました。";
            self.used.extend(item.map(|item| (index, (Role::Item(ItemRole::Judgement(item)), reason))));
        }
    }

    /// 単位 behind a value tells the unit of each of its cells.
    fn take_units_by_place(&mut self) {
        for (index, item) in placed::units(self.header) {
            if let Some(field) = self.fields.get_mut(index) {
                *field = Some(Field::Item);
            }
            self.used.insert(index, (Role::Item(ItemRole::Unit(item)), "前の項目の単位と判りました。"));
        }
    }

    /// Columns of several months or years beside each other: which of them is the file's month nobody here knows. A year
    /// in a heading is another than the row's where a column of the same part bears none.
    fn leave_other_months(&mut self) {
        let is_hours = |field: Field| folding::HOURS.contains(&field);
        let label = |index: usize| {
            let name = self.header.get(index)?;
            let told = (titles::year_in(name), titles::month_in(&folding::fold(name)));
            (told != (None, None)).then_some(told)
        };
        let of_hours = self.fields.iter().enumerate().filter_map(|(index, field)| Some((index, (*field)?)));
        let of_hours: Vec<_> = of_hours.filter(|(_, field)| is_hours(*field)).collect();
        let labelled: Vec<_> =
            of_hours.iter().filter_map(|(index, field)| Some((*index, *field, label(*index)?))).collect();
        let differ = labelled.iter().any(|(.., told)| Some(*told) != labelled.first().map(|(.., first)| *first));
        let is_other = |(_, field, (_, month)): &(usize, Field, Told)| {
            differ || month.is_none() && of_hours.iter().any(|(index, other)| other == field && label(*index).is_none())
        };
        let left: Vec<usize> = labelled.iter().filter(|told| is_other(told)).map(|(index, ..)| *index).collect();
        for index in left {
            if let Some(field) = self.fields.get_mut(index) {
                *field = Some(Field::OtherHours);
            }
            self.monthly.insert(index);
        }
    }

    /// Of 2025年度部署名 beside 2026年度部署名 the newer one tells.
    fn leave_older_years(&mut self) {
        let year = |index: &usize| self.header.get(*index).and_then(|name| titles::year_in(name));
        let older = |index: &usize| {
            let field = self.fields.get(*index).copied().flatten()?;
            let newest = self.places(field).iter().filter_map(year).max()?;
            (year(index)? < newest).then_some(*index)
        };
        let older: Vec<usize> = (0..self.header.len()).filter_map(|index| older(&index)).collect();
        for index in older {
            if let Some(field) = self.fields.get_mut(index) {
                *field = Some(Field::Unused);
            }
            self.left.insert(index, OF_AN_OLDER_YEAR);
        }
    }

    /// Leaves the columns of time out of which another one counts, and keeps the minutes apart from their hours.
    fn settle(&mut self, rows: &[SourceRow]) -> Option<ProfileError> {
        let settled = settled::of(self.header, rows);
        let minutes = settled.minutes.iter().map(|pair| pair.minutes);
        for index in settled.left.iter().map(|(index, _)| *index).chain(minutes) {
            if let Some(field) = self.fields.get_mut(index) {
                *field = Some(Field::OtherHours);
            }
        }
        (self.left, self.minutes) = (settled.left.into_iter().collect(), settled.minutes);
        settled.open
    }

    /// The minutes of the hours that are used.
    fn take_minutes(&mut self) {
        for pair in std::mem::take(&mut self.minutes) {
            if self.used.contains_key(&pair.hours) {
                let reason = "前の時間の列の「分」です。合わせて一つの時間として読みます。";
                self.used.insert(pair.minutes, (Role::Field(Field::Minutes), reason));
            }
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
        let (by_place, units) = (placed::judgements(self.header), placed::units(self.header));
        let is_placed = |index: &usize| by_place.contains_key(index) && self.used.get(index).is_some_and(is_judgement);
        let is_told = |index: &usize| is_placed(index) || units.contains_key(index);
        let others = || (0..self.header.len()).filter(|index| !is_told(index));
        let twin = |used: &usize| others().find(|other| other != used && name(*other) == name(*used));
        // The columns of answers may bear one name: they are told by their order.
        let is_answer = |used: &usize| self.used.get(used).is_some_and(|(role, _)| *role == Role::Answers);
        let used = self.used.keys().filter(|used| !is_told(used) && !is_answer(used));
        let (first, second) = used.into_iter().find_map(|used| Some((*used, twin(used)?)))?;
        Some(ProfileError::SameHeader { first: first.min(second) + 1, second: first.max(second) + 1 })
    }

    /// Several columns that may each be the day, as 2025年受診日 beside 2026年受診日; one that is plainly 健診日 settles it.
    fn two_days(&self) -> Option<ProfileError> {
        match self.places(Field::ExamDay).as_slice() {
            [first, second, ..] if self.plain_day().is_none() => {
                Some(ProfileError::TwoExamDays { first: first + 1, second: second + 1 })
            }
            _ => None,
        }
    }

    /// The one column that is plainly 健診日, whatever other days stand beside it.
    fn plain_day(&self) -> Option<usize> {
        const PLAIN: &[&str] = &["健診日", "健診年月日", "健康診断日"];
        let is_plain =
            |index: &usize| self.header.get(*index).is_some_and(|name| PLAIN.contains(&folding::fold(name).as_ref()));
        let plain: Vec<usize> = self.places(Field::ExamDay).into_iter().filter(is_plain).collect();
        if let [only] = plain.as_slice() { Some(*only) } else { None }
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
            if let Some(index) = self.worked(field).first().copied() {
                self.used.insert(index, (Role::Hours, reason));
                return Measure::StatutoryTotal;
            }
        }
        if let Some(index) = self.worked(Field::TotalOvertime).first().copied() {
            self.used.insert(index, (Role::Hours, "残業の合計の列です。会社の計算として扱います。"));
            return Measure::ReportedOvertime;
        }
        if !self.has(Field::Overtime) {
            return Measure::StatutoryTotal;
        }
        for field in [Field::Overtime, Field::NightOvertime, Field::Holiday] {
            for index in self.worked(field) {
                self.used.insert(index, (Role::Hours, "時間外と休日の列を足します。会社の計算として扱います。"));
            }
        }
        Measure::ReportedOvertime
    }

    /// Leaves out a column whose cells are times of the day, where every row is one day.
    fn leave_clocks(&mut self, rows: &[SourceRow]) -> Option<ProfileError> {
        let has = |role: Role| self.used.values().any(|(known, _)| *known == role);
        if !has(Role::Field(Field::Date)) {
            return None;
        }
        let is_hours = |(index, (role, _)): (&usize, &(Role, _))| (*role == Role::Hours).then_some(*index);
        let is_clock = |index: &usize| clocks::are_cells(rows.iter().map(|row| row.cells.get(*index)));
        let left: Vec<usize> = self.used.iter().filter_map(is_hours).filter(is_clock).collect();
        for index in &left {
            self.used.remove(index);
            if let Some(field) = self.fields.get_mut(*index) {
                *field = Some(Field::Clock);
            }
        }
        left.first().map(|index| ProfileError::ClockCells { column: index + 1 })
    }

    /// Leaves out what a column beside it already holds; asks about each of which only its heading speaks for it.
    fn leave_parts(&mut self, rows: &[SourceRow]) -> Option<ProfileError> {
        let summed: Vec<usize> =
            self.used.iter().filter(|(_, (role, _))| *role == Role::Hours).map(|(index, _)| *index).collect();
        let mut open = Vec::new();
        for whole in sums::wholes(self.header, &summed) {
            // 休日 that 残業 holds already is no whole beside it.
            if self.parts.contains(&whole.column) {
                continue;
            }
            let proven = whole.proven(rows);
            let Some(parts) = proven.or_else(|| whole.parts.first()) else { continue };
            for part in parts {
                self.used.remove(part);
                self.parts.insert(*part);
            }
            let reason = if proven.is_some() { WHOLE } else { PERHAPS_WHOLE };
            self.used.insert(whole.column, (Role::Hours, reason));
            let is_open = proven.is_none();
            open.extend(is_open.then(|| Doubled { whole: whole.column, parts: parts.clone() }));
        }
        (!open.is_empty()).then_some(ProfileError::WholeAndParts(open))
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
        let other = || self.header.get(column).and_then(|name| qualifiers::reason(&folding::fold(name)));
        let text = used.unwrap_or(match field {
            _ if self.monthly.contains(&column) => OF_SEVERAL_MONTHS,
            _ if self.left.contains_key(&column) => self.left.get(&column).copied().unwrap_or_default(),
            _ if self.parts.contains(&column) => "ほかの列に含まれる内訳とみて、足しません。",
            Field::OtherHours if other().is_some() => other().unwrap_or_default(),
            Field::Clock => clocks::REASON,
            Field::OtherDefinition => Why::OtherDefinition.text(),
            Field::Unused | Field::OtherHours => "この取込には使いません。",
            _ => "同じ役の列がほかにあるか、この取込には要らないため使いません。",
        });
        Reason { column, field, is_used: used.is_some(), text }
    }
}
