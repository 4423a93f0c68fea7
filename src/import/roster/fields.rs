//! One row of a roster: its cells as values, and how they are laid onto a worker.

use super::super::folding::{self, Field};
use super::super::people::Named;
use super::super::profile::Located;
use super::super::reason::{Refusal, Why};
use super::super::sex::{self, Said};
use super::super::source::SourceRow;
use super::super::{blank, calendar};
use super::{Classes, lines, marks};
use crate::domain::worker::{Sex, SexCodes, Worker};
use crate::domain::{Day, Id};

/// What a row says about a worker; what it does not say is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 社員番号
    pub number: String,
    /// 氏名, spelled as it came.
    pub name: String,
    /// ふりがな, in hiragana.
    pub kana: String,
    /// 性別
    pub sex: Sex,
    /// Whether 性別 is the number 1, where it is a number.
    pub sex_number: Option<bool>,
    /// 生年月日
    pub birth: Option<Day>,
    /// 所属
    pub department: String,
    /// 役職
    pub position: String,
    /// 入社日
    pub joined_on: Option<Day>,
    /// 退職日
    pub left_on: Option<Day>,
    /// 特定業務・有害業務
    pub special_work: String,
    /// 業務内容
    pub duties: String,
    /// 区分
    pub classes: Classes,
    /// Whether 区分 holds a word that is not known.
    pub has_unknown_class: bool,
    /// Whether somebody who left is back by the physician's word, although no new 入社日 is told.
    pub returns: bool,
    /// Whether a word beside the row says that the person left.
    pub is_said_to_have_left: bool,
    /// The day of joining again, where the row has one that is past and behind every day of leaving that it tells.
    pub rejoined_on: Option<Day>,
    /// Whether the row tells a day of leaving before it: who is rehired has not left.
    pub is_rehired: bool,
}

/// The columns that name a department or a post.
pub(super) const PLACED: [Field; 3] = [Field::Department, Field::Position, Field::MovedTo];

/// The years before a birth that are still somebody's at work.
const OLDEST_YEARS: i32 = 110;
/// Years ahead for which joining and leaving may be known.
const YEARS_AHEAD: i32 = 5;

impl Row {
    pub(super) fn read(row: &SourceRow, located: &Located, day: Day) -> Result<Self, Refusal> {
        let text = |field| located.text(row, field);
        let date = |field, latest| date(row, located, field, day, latest);
        let refuse = |field, why| located.refusal(row.line, field, why);
        let classes = Classes::read(text(Field::Class));
        let ahead = ahead_of(day);
        let sex = sex::said(text(Field::Sex));
        if let Some(field) = PLACED.into_iter().find(|field| lines::points_elsewhere(text(*field))) {
            return Err(refuse(field, Why::PointsElsewhere));
        }
        let has_moved = !placed(text(Field::MovedTo)).is_empty() && !moves_later(row, located, day)?;
        let department = if has_moved { Field::MovedTo } else { Field::Department };
        let (left, rejoined) = (date(Field::Left, ahead)?, date(Field::Rejoined, ahead)?);
        let rejoined = rejoined.filter(|rejoined| left.is_none_or(|left| left < *rejoined));
        let is_rehired = rejoined.is_some() && left.is_some();
        if sex == Said::Other {
            return Err(refuse(Field::Sex, Why::NotSex));
        }
        let read = Self {
            number: folding::fold_number(text(Field::Number)).into_owned(),
            name: said_in(text(Field::Name)),
            kana: folding::fold_kana(&said_in(text(Field::Kana))),
            sex: if let Said::Word(sex) = sex { sex } else { Sex::Unknown },
            sex_number: if let Said::Number(is_first) = sex { Some(is_first) } else { None },
            birth: date(Field::Birth, day)?,
            department: placed(text(department)),
            position: placed(text(Field::Position)),
            special_work: Some(said_in(text(Field::SpecialWork)))
                .filter(|work| !marks::says_none(work))
                .unwrap_or_default(),
            duties: said_in(text(Field::Duties)),
            joined_on: date(Field::Joined, ahead)?,
            left_on: left.filter(|_| !is_rehired),
            has_unknown_class: classes.is_none(),
            classes: classes.unwrap_or_default(),
            returns: false,
            is_said_to_have_left: false,
            rejoined_on: rejoined.filter(|rejoined| *rejoined <= day),
            is_rehired,
        };
        let is_reversed = read.joined_on.zip(left).is_some_and(|(joined, left)| left < joined);
        if is_reversed { Err(refuse(Field::Left, Why::LeftBeforeJoined)) } else { Ok(read) }
    }

    /// Adds what the marks of the row tell; where a cell holds no mark, that is asked as an unknown class is.
    pub(super) fn mark(&mut self, told: Option<(Classes, Vec<String>)>) {
        let Some((classes, works)) = told else {
            self.has_unknown_class = true;
            return;
        };
        self.classes.told.extend(classes.told);
        self.classes.ruled_out.extend(classes.ruled_out);
        let Classes { told, ruled_out } = &mut self.classes;
        ruled_out.retain(|kind| !told.contains(kind));
        let own = std::iter::once(self.special_work.clone()).filter(|own| !own.is_empty());
        self.special_work = own.chain(works).collect::<Vec<_>>().join("、");
    }

    /// The worker with what the row says; a spelling that differs only in spaces or kana is kept.
    pub fn onto(&self, old: &Worker) -> Worker {
        let is_reading =
            folding::is_kana(&self.name) && folding::loosen_kana(&self.name) == folding::loosen_kana(&old.kana);
        let name_is_same = is_reading || folding::fold_name(&old.name) == folding::fold_name(&self.name);
        let number_is_same = folding::fold_number(&old.number) == self.number;
        let kana_is_same = folding::fold_kana(&old.kana) == self.kana;
        Worker {
            number: said(&self.number, &old.number, number_is_same),
            name: said(&self.name, &old.name, name_is_same),
            kana: said(&self.kana, &old.kana, kana_is_same),
            sex: if self.sex == Sex::Unknown { old.sex } else { self.sex },
            birth: self.birth.or(old.birth),
            department: said(&self.department, &old.department, false),
            position: said(&self.position, &old.position, false),
            special_work: said(&self.special_work, &old.special_work, false),
            duties: said(&self.duties, &old.duties, false),
            joined_on: self.rejoined(old).or(self.joined_on).or(old.joined_on),
            left_on: if self.returns || self.rejoins(old) { self.left_on } else { self.left_on.or(old.left_on) },
            ..old.clone()
        }
    }

    /// The day since which somebody is here again, by this row or by what is known.
    fn rejoined(&self, old: &Worker) -> Option<Day> {
        self.rejoined_on.filter(|rejoined| self.is_rehired || old.left_on.is_some_and(|left| left < *rejoined))
    }

    /// Whether it is known already that somebody is here again since that day.
    pub(super) fn is_known_again(&self, old: &Worker) -> bool {
        old.left_on.is_none() && self.rejoined_on.is_some() && old.joined_on == self.rejoined_on
    }

    /// Whether somebody who left joins again by this row (再雇用).
    pub(super) fn rejoins(&self, old: &Worker) -> bool {
        old.left_on.zip(self.joined_on.max(self.rejoined_on)).is_some_and(|(left, joined)| left < joined)
    }

    /// Whether somebody who is here, or a stranger, would join only later: a day that was mistyped hides people.
    pub(super) fn joins_ahead(&self, old: Option<&Worker>, day: Day) -> bool {
        let next_year = day.checked_add_months(chrono::Months::new(12)).unwrap_or(day);
        let latest = if old.is_some_and(|old| old.is_employed_on(day)) { day } else { next_year };
        self.joined_on.is_some_and(|joined| joined > latest)
    }

    /// Whether the row says that somebody left, and nobody says when.
    pub(super) fn lacks_leaving(&self, old: Option<&Worker>) -> bool {
        let is_known = self.left_on.is_some() || old.is_some_and(|old| old.left_on.is_some());
        self.is_said_to_have_left && !is_known
    }

    /// Whether somebody who left stands in the file as if nothing had been: rehired, or the list is old.
    pub(super) fn is_still_listed(&self, old: &Worker, day: Day) -> bool {
        let has_left = old.left_on.is_some_and(|left| left < day);
        has_left && self.left_on.is_none() && !self.is_said_to_have_left && !self.rejoins(old)
    }

    /// Whether the row would give somebody a reading or a birth date, and nothing but the number says that it is them.
    pub(super) fn is_told_by_number_alone(&self, old: &Worker) -> bool {
        let agrees = !self.name.is_empty()
            || !self.kana.is_empty() && !old.kana.trim().is_empty()
            || self.birth.is_some() && self.birth == old.birth;
        !agrees && (!self.kana.is_empty() || self.birth.is_some())
    }

    /// Whether the roster knows another sex.
    pub(super) fn has_other_sex(&self, old: &Worker) -> bool {
        ![self.sex, old.sex].contains(&Sex::Unknown) && self.sex != old.sex
    }

    /// The sex as a word says it, or as the physician says what the numbers stand for.
    pub(super) fn sex_as(&self, codes: Option<SexCodes>) -> Sex {
        self.sex_number.zip(codes).map_or(self.sex, |(is_first, codes)| codes.sex_of(is_first))
    }

    /// The person as the row names them.
    pub(super) fn named(&self) -> Named<'_> {
        Named { number: &self.number, name: &self.name, kana: &self.kana, birth: self.birth }
    }

    /// The worker that the row makes.
    pub(super) fn new_worker(&self, id: Id) -> Worker {
        Worker {
            id,
            number: self.number.clone(),
            name: self.name.clone(),
            kana: self.kana.clone(),
            sex: self.sex,
            birth: self.birth,
            department: self.department.clone(),
            position: self.position.clone(),
            joined_on: self.rejoined_on.filter(|_| self.is_rehired).or(self.joined_on),
            left_on: self.left_on,
            dispatch_from: String::new(),
            dispatch_to: String::new(),
            special_work: self.special_work.clone(),
            duties: self.duties.clone(),
        }
    }
}

fn said(new: &str, old: &str, is_same: bool) -> String {
    if new.is_empty() || is_same { old.to_owned() } else { new.to_owned() }
}

/// What a cell says, single-spaced; a dash says nothing.
fn said_in(text: &str) -> String {
    let told = Some(text).filter(|text| !blank::is_blank(text)).unwrap_or_default();
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a cell of [`PLACED`] names; a word that tells of the person and of no place names none.
fn placed(text: &str) -> String {
    let is_none = lines::names_none(text) || lines::says_left(text) || lines::says_away_instead(text);
    if is_none { String::new() } else { said_in(text) }
}

/// Whether the row tells a move of which the day lies ahead, or is not settled.
///
/// # Errors
/// The day cannot be read.
pub(super) fn moves_later(row: &SourceRow, located: &Located, day: Day) -> Result<bool, Refusal> {
    let text = located.text(row, Field::MovedOn);
    if blank::is_blank(text) || blank::is_blank(located.text(row, Field::MovedTo)) {
        return Ok(false);
    }
    Ok(date(row, located, Field::MovedOn, day, ahead_of(day))?.is_none_or(|moved| moved > day))
}

/// The last day for which joining, leaving or moving may be known.
fn ahead_of(day: Day) -> Day {
    Day::from_ymd_opt(chrono::Datelike::year(&day) + YEARS_AHEAD, 12, 31).unwrap_or(day)
}

fn date(row: &SourceRow, located: &Located, field: Field, day: Day, latest: Day) -> Result<Option<Day>, Refusal> {
    let text = located.text(row, field);
    if blank::says_no_day(text) {
        return Ok(None);
    }
    let date = calendar::told(text).map_err(|why| located.refusal(row.line, field, why))?;
    let oldest = chrono::Datelike::year(&day) - OLDEST_YEARS;
    let is_possible = date <= latest && chrono::Datelike::year(&date) >= oldest;
    // 9999-12-31 is how some systems write "has not left".
    let is_open_end = field == Field::Left && chrono::Datelike::year(&date) >= 2199;
    match (is_open_end, is_possible) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(date)),
        (false, false) => Err(located.refusal(row.line, field, Why::DateOutOfRange)),
    }
}
