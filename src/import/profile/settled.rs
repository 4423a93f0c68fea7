//! Columns of time of which the headings say that another column counts: 修正後 beside what it corrects, and what is
//! beyond so many hours beside the whole.
//!
//! Knows headings, and whether the cells bear them out. Must not know people.

use std::borrow::Cow;

use super::super::folding::{self, HOURS};
use super::super::notation::{self, Notation, Shape};
use super::super::source::SourceRow;
use super::super::units::{self, Unit};
use super::super::{blank, qualifiers};
use super::ProfileError;
use super::minutes::{self, Pair, Pairing};

/// Words of a heading whose values take the place of what they correct, and of what they correct.
const AFTER: &[&str] = &["修正後", "補正後", "訂正後", "変更後", "調整後"];
const BEFORE: &[&str] = &["修正前", "補正前", "訂正前", "変更前", "調整前", "速報"];

/// Words of a heading that holds what was asked for or allowed, not what was worked.
const APPLIED: &[&str] = &["申請", "承認", "許可"];

const NOT_WORKED: &str = "申請や承認の時間とみて使いません。働いた時間の列だけを使います。";
const CORRECTED: &str = "修正前の時間とみて使いません。修正後の列を使います。";
const BEYOND: &str = "ほかの列に含まれる、決まった時間を超えた分とみて、足しません。";
const OTHER_UNIT: &str = "同じ時間を別の単位で書いた列とみて使いません。";

/// Which columns of time are left to others.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// The columns that are left out, each with the reason.
    pub left: Vec<(usize, &'static str)>,
    /// Columns of minutes beside their hours.
    pub minutes: Vec<Pair>,
    /// What the cells do not bear out.
    pub open: Option<ProfileError>,
}

/// Settles the columns of a file of hours.
pub(super) fn of(header: &[String], rows: &[SourceRow]) -> Settled {
    let file = File { names: header.iter().map(|name| folding::fold(name)).collect(), rows };
    let mut settled = Settled::default();
    file.settle_corrected(&mut settled);
    file.settle_beyond(&mut settled);
    file.settle_applied(&mut settled);
    for pair in minutes::pairs(header) {
        match pair.pairing(rows) {
            Some(Pairing::Parts) => settled.minutes.push(pair),
            Some(Pairing::Same(other)) => settled.left.push((other, OTHER_UNIT)),
            Some(Pairing::Unclear) => settled.ask(pair.hours, pair.minutes),
            None => {}
        }
    }
    settled
}

impl Settled {
    fn ask(&mut self, hours: usize, minutes: usize) {
        let asked = || ProfileError::HoursAndMinutes { hours: hours + 1, minutes: minutes + 1 };
        self.open.get_or_insert_with(asked);
    }
}

struct File<'a> {
    names: Vec<Cow<'a, str>>,
    rows: &'a [SourceRow],
}

impl File<'_> {
    fn settle_corrected(&self, settled: &mut Settled) {
        for (after, name) in self.of_hours() {
            let Some(corrects) = without(AFTER, name) else { continue };
            let is_before =
                |other: &str| other == corrects || without(BEFORE, other).is_some_and(|bare| bare == corrects);
            let Some(before) = self.names.iter().position(|other| is_before(other)) else { continue };
            let is_filled = |row: &&SourceRow, index: usize| !blank::is_blank(row.cells.get(index));
            if self.rows.iter().filter(|row| is_filled(row, before)).all(|row| is_filled(&row, after)) {
                settled.left.push((before, CORRECTED));
            } else {
                settled.open = Some(ProfileError::Corrected { before: before + 1, after: after + 1 });
            }
        }
    }

    fn settle_beyond(&self, settled: &mut Settled) {
        for (part, name) in self.of_hours() {
            let Some(limit) = qualifiers::beyond(name) else { continue };
            let field = folding::field_of(name);
            let is_whole = |(_, other): &(usize, &str)| {
                folding::field_of(other) == field && folding::is_exact(units::without(other))
            };
            let whole = self.of_hours().find(is_whole).map(|(index, _)| index);
            let is_borne_out = |whole| self.rows.iter().all(|row| self.is_beyond(row, part, whole, limit));
            if whole.is_some_and(is_borne_out) {
                settled.left.push((part, BEYOND));
            }
        }
    }

    /// What was applied for counts only where no column says what was worked.
    fn settle_applied(&self, settled: &mut Settled) {
        for (index, name) in self.of_hours() {
            let Some(bare) = without(APPLIED, name) else { continue };
            if self.of_hours().any(|(_, other)| other != name && qualifiers::without_actual(other) == bare) {
                settled.left.push((index, NOT_WORKED));
            }
        }
    }

    /// The columns of time, with their folded headings.
    fn of_hours(&self) -> impl Iterator<Item = (usize, &str)> {
        let all = self.names.iter().enumerate().map(|(index, name)| (index, name.as_ref()));
        all.filter(|(_, name)| folding::field_of(name).is_some_and(|field| HOURS.contains(&field)))
    }

    /// Whether a part is what of its whole is beyond the limit, as near as rounding leaves it.
    fn is_beyond(&self, row: &SourceRow, part: usize, whole: usize, limit: i64) -> bool {
        let seconds = |index: usize| {
            let unit = self.names.get(index).and_then(|name| Unit::of_heading(name));
            let notation = if unit == Some(Unit::Minutes) { Notation::Minutes } else { Notation::Decimal };
            let shape = notation::shape(row.cells.get(index)).unwrap_or(Shape::Nothing);
            notation::read(shape, notation, 2).ok().flatten().map_or(0, |hours| hours.low.0)
        };
        let (part, whole) = (seconds(part), seconds(whole));
        part == 0 || (whole - limit * 3600 - part).abs() <= 3600
    }
}

/// A heading without the first of these words, and without what they leave; none where it holds none of them.
fn without(words: &[&str], name: &str) -> Option<String> {
    let word = words.iter().find(|word| name.contains(**word))?;
    Some(qualifiers::tidied(&name.replacen(word, "", 1)))
}

#[cfg(test)]
mod tests {
    use super::super::propose_hours_in;
    use super::*;
    use crate::import::source::read;

    fn proposed(text: &str) -> (Vec<usize>, Option<ProfileError>) {
        let table = read(text.as_bytes()).unwrap();
        let proposal = propose_hours_in(&table);
        (
            proposal.profile.locate_hours(&table.header).map(|located| located.hours).unwrap_or_default(),
            proposal.missing,
        )
    }

    #[test]
    fn what_was_corrected_counts_where_every_row_has_it_and_is_asked_where_not() {
        assert_eq!(proposed("社員番号,時間外,修正後時間外\n1,20:00,90:00\n2,,\n"), (vec![2], None));
        assert_eq!(proposed("社員番号,修正前時間外,時間外(修正後)\n1,20:00,90:00\n"), (vec![2], None));
        let asked = ProfileError::Corrected { before: 2, after: 3 };
        assert_eq!(proposed("社員番号,時間外,修正後時間外\n1,20:00,90:00\n2,10:00,\n").1, Some(asked.clone()));
        assert_eq!(proposed("社員番号,総労働時間(修正前),総労働時間(修正後)\n1,160:00,\n").1, Some(asked));
        assert_eq!(proposed("社員番号,総労働時間,修正後総労働時間\n1,160:00,170:00\n"), (vec![2], None));
    }

    #[test]
    fn what_is_beyond_so_many_hours_is_a_part_where_the_cells_bear_it_out() {
        let header = "社員番号,時間外(45時間超),時間外(60時間超),時間外";
        assert_eq!(proposed(&format!("{header}\n1,20,5,65\n2,0,0,30\n3,35,20,80.5\n")), (vec![3], None));
        let (hours, asked) = proposed("社員番号,時間外(60時間超),時間外\n1,5:00,60:00\n");
        let told = asked.unwrap().to_string();
        assert!(told.starts_with("3列目は、2列目などを含む"), "{hours:?} {told}");
    }

    #[test]
    fn what_was_applied_for_gives_way_to_what_was_worked() {
        let of = |header: &str| proposed(&format!("社員番号,年月,{header}\n1,2026/10,45:00,20:00\n"));
        assert_eq!(of("残業時間(実績),残業時間(申請)"), (vec![2], None));
        assert_eq!(of("承認残業時間,残業時間"), (vec![3], None));
        assert_eq!(of("残業時間(承認),深夜残業時間"), (vec![2, 3], None), "where nothing else is told it counts");
    }

    #[test]
    fn plans_and_limits_are_no_hours() {
        let of = |header: &str| proposed(&format!("社員番号,年月,{header}\n1,2026/10,45:00,20:00,30:00\n"));
        assert_eq!(of("時間外上限,時間外実績,時間外予定"), (vec![3], None));
        assert_eq!(of("総労働時間(計画),総労働時間(実績),総労働時間(見込)"), (vec![3], None));
        assert_eq!(of("時間外目標,時間外,時間外限度時間"), (vec![3], None));
    }
}
