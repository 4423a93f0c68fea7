//! Hours and minutes of one value in two columns: 総労働（時間） 190 beside 総労働（分） 30.
//!
//! Knows headings, and whether the cells can be two parts of one value. Must not know people.

use super::super::folding::{self, HOURS};
use super::super::notation::{self, Notation, Shape};
use super::super::source::SourceRow;
use super::super::units::{self, Unit};
use super::{Column, Profile, Role};
use crate::import::folding::Field;
use crate::import::source::Table;

/// A column of hours and one of minutes whose headings say one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// The column of hours.
    pub hours: usize,
    /// The column of minutes.
    pub minutes: usize,
}

/// What two such columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairing {
    /// Hours and minutes of one value.
    Parts,
    /// One value in two units, of which the other column says less or as much.
    Same(usize),
    /// Nobody can say.
    Unclear,
}

/// The pairs that the headings name.
pub(super) fn pairs(header: &[String]) -> Vec<Pair> {
    let folded: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    let are_hours = |index: &usize| {
        let name = folded.get(*index).map_or("", |name| name.as_ref());
        folding::field_of(name).is_some_and(|field| HOURS.contains(&field)) && of_minutes(name).is_none()
    };
    let hours: Vec<usize> = (0..folded.len()).filter(are_hours).collect();
    let pair = |(minutes, name): (usize, &std::borrow::Cow<'_, str>)| {
        if MINUTES.contains(&name.as_ref()) {
            let before = minutes.checked_sub(1).filter(|before| hours.contains(before));
            return before.map(|hours| Pair { hours, minutes });
        }
        let wanted = of_minutes(name)?;
        let is_its = |index: &&usize| folded.get(**index).is_some_and(|name| bare(units::without(name)) == wanted);
        hours.iter().find(is_its).map(|hours| Pair { hours: *hours, minutes })
    };
    folded.iter().enumerate().filter_map(pair).collect()
}

/// What a heading of minutes names: 総労働 of 総労働(分), 総労働時間(分) and 総労働分.
fn of_minutes(folded: &str) -> Option<&str> {
    let named = match Unit::of_heading(folded) {
        Some(Unit::Minutes) => units::without(folded),
        Some(_) => return None,
        None => folded.strip_suffix('分')?,
    };
    Some(bare(named)).filter(|name| !name.is_empty())
}

/// A name without 時間 at its end.
fn bare(name: &str) -> &str {
    let name = name.trim_end_matches(SEPARATORS);
    let bare = ["時間", "時", "h"].iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    // A group 総労働時間 over 時間 and 分 makes one heading of both.
    bare.trim_end_matches(SEPARATORS).trim_end_matches("時間")
}

/// Headings of minutes that name nothing: they belong to the column before them.
const MINUTES: [&str; 2] = ["分", "(分)"];
const SEPARATORS: [char; 6] = ['_', '-', '/', '・', ':', ' '];

impl Pair {
    /// What the rows say of the two columns; none where the second holds no minutes at all.
    pub fn pairing(self, rows: &[SourceRow]) -> Option<Pairing> {
        let shape = |row: &SourceRow, index: usize| notation::shape(row.cells.get(index));
        let all = |index: usize, is_so: &dyn Fn(Shape) -> bool| {
            rows.iter().all(|row| shape(row, index).is_ok_and(|shape| shape == Shape::Nothing || is_so(shape)))
        };
        let is_whole = |shape: Shape| matches!(shape, Shape::Number { digits: 0, .. });
        let are_whole = all(self.hours, &is_whole);
        if !all(self.minutes, &is_whole) {
            return None;
        }
        if are_whole && all(self.minutes, &|shape| matches!(shape, Shape::Number { whole: 0..60, .. })) {
            return Some(Pairing::Parts);
        }
        let is_same = |notation| rows.iter().all(|row| self.is_one(row, notation));
        Some(match () {
            () if Notation::OF_NUMBERS.into_iter().any(is_same) => Pairing::Same(self.minutes),
            () if are_whole && rows.iter().all(|row| self.is_cut(row)) => Pairing::Same(self.hours),
            () => Pairing::Unclear,
        })
    }

    /// Whether both cells of a row say one value.
    fn is_one(self, row: &SourceRow, notation: Notation) -> bool {
        let seconds = |index: usize, notation| {
            let hours = notation::read(notation::shape(row.cells.get(index)).ok()?, notation, 2).ok()?;
            Some(hours.map(|hours| hours.low))
        };
        let of_minutes = seconds(self.minutes, Notation::Minutes);
        of_minutes.is_some() && of_minutes == seconds(self.hours, notation)
    }

    /// Whether the hours of a row are its minutes without what is beyond the last hour.
    fn is_cut(self, row: &SourceRow) -> bool {
        let number = |index: usize| match notation::shape(row.cells.get(index)) {
            Ok(Shape::Number { whole, .. }) => Some(whole),
            _ => None,
        };
        number(self.hours) == number(self.minutes).map(|minutes| minutes / 60)
    }
}

impl Profile {
    /// Adds the columns of minutes beside the columns of hours, of which a mapping is silent: it was kept when nobody read
    /// them.
    #[must_use]
    pub fn with_minutes(mut self, table: &Table) -> Self {
        let header = &table.header;
        let is_used = |profile: &Self, index: usize| {
            let column = Column::at(header, index);
            profile.columns.iter().any(|(_, used)| Some(used) == column.as_ref())
        };
        for pair in pairs(header) {
            let is_wanted = is_used(&self, pair.hours) && !is_used(&self, pair.minutes);
            if is_wanted && pair.pairing(&table.rows) == Some(Pairing::Parts) {
                let column = Column::at(header, pair.minutes);
                self.columns.extend(column.map(|column| (Role::Field(Field::Minutes), column)));
            }
        }
        self
    }
}

/// The column of time to which a column of minutes belongs: the one of its name, else the one before it.
pub(super) fn partner(header: &[String], hours: &[usize], minutes: usize) -> Option<usize> {
    let named = pairs(header).into_iter().find(|pair| pair.minutes == minutes).map(|pair| pair.hours);
    let before = || hours.iter().copied().filter(|index| *index < minutes).max();
    named.filter(|index| hours.contains(index)).or_else(before)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{ProfileError, propose_hours_in};
    use super::*;
    use crate::import::source::read;

    fn paired(line: &str) -> Vec<(usize, usize)> {
        let header: Vec<String> = line.split(',').map(str::to_owned).collect();
        pairs(&header).into_iter().map(|pair| (pair.hours, pair.minutes)).collect()
    }

    #[test]
    fn a_heading_of_minutes_finds_its_hours() {
        for line in [
            "総労働（時間）,総労働（分）",
            "総労働時間,総労働分",
            "総労働時間(時間),総労働時間(分)",
            "残業時間,残業_分",
            "総労働時間,分",
            "総労働時間 時間,総労働時間 分",
            "総労働時間(時),総労働時間(分)",
            "深夜労働時間(h),深夜労働時間(分)",
        ] {
            assert_eq!(paired(line), [(0, 1)], "{line}");
        }
        assert_eq!(paired("残業（分）,残業（時間）"), [(1, 0)]);
        for line in [
            "総労働時間,残業(分)",
            "残業時間,区分",
            "残業時間,自分",
            "総労働時間(分),残業時間",
            "分,総労働時間",
            "総労働時間,氏名,分",
        ] {
            assert_eq!(paired(line), [], "{line}");
        }
    }

    fn proposed(rows: &str) -> (Vec<usize>, Vec<(usize, usize)>, Option<ProfileError>) {
        let table = read(format!("社員番号,総労働（時間）,総労働（分）\n{rows}").as_bytes()).unwrap();
        let proposal = propose_hours_in(&table);
        let located = proposal.profile.locate_hours(&table.header).unwrap();
        (located.hours, located.minutes, proposal.missing)
    }

    #[test]
    fn hours_and_minutes_are_one_value_or_one_of_them_counts_or_it_is_asked() {
        assert_eq!(proposed("1,190,30\n2,245,5\n3,160,\n"), (vec![1], vec![(1, 2)], None));
        assert_eq!(proposed("1,190.5,11430\n2,160,9600\n"), (vec![1], vec![], None), "one value in two units");
        assert_eq!(proposed("1,190,11430\n2,160,9600\n"), (vec![2], vec![], None), "the hours are cut");
        let asked = ProfileError::HoursAndMinutes { hours: 2, minutes: 3 };
        assert_eq!(proposed("1,190,90\n2,160,0\n").2, Some(asked));
    }

    #[test]
    fn a_mapping_of_before_reads_the_minutes_too() {
        let table = read("社員番号,総労働（時間）,総労働（分）\n1,190,30\n".as_bytes()).unwrap();
        let mut profile = propose_hours_in(&table).profile;
        profile.columns.retain(|(role, _)| *role != Role::Field(Field::Minutes));
        assert_eq!(profile.with_minutes(&table).locate_hours(&table.header).unwrap().minutes, [(1, 2)]);
    }

    proptest! {
        #[test]
        fn any_header_is_told(names in prop::collection::vec("\\PC{0,6}(時間|分|（分）)?", 0..6)) {
            let _ = pairs(&names);
        }
    }
}
