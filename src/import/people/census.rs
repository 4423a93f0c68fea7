//! How many people of a file are of the roster: each once, however many rows speak of them.
//!
//! Knows who was found. Must not know what a row brings. A number that the roster has, beside another name, is nobody of
//! the roster: every company counts its people from the same numbers.

use std::collections::HashSet;

use super::{Found, Match, Named, People, PersonKey};

/// A file of which fewer than a fifth speaks of this establishment's people: it stops here until the physician says
/// that it came to the right place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strangers {
    /// People of the roster.
    pub known: usize,
    /// People of the file.
    pub people: usize,
}

impl Strangers {
    fn among(known: usize, people: usize) -> Option<Self> {
        (known * 5 < people).then_some(Self { known, people })
    }
}

/// The people of a file beside those of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Met {
    /// Set where hardly anybody is of the roster.
    pub strangers: Option<Strangers>,
    /// People are told by numbers alone: no row bears a name that could be compared.
    pub is_unnamed: bool,
}

#[derive(PartialEq, Eq, Hash)]
enum Known {
    Listed(usize),
    Perhaps(PersonKey),
}

/// Counts the people of a file.
#[derive(Default)]
pub(in super::super) struct Census {
    known: HashSet<Known>,
    others: HashSet<PersonKey>,
    is_named: bool,
}

impl Census {
    /// Counts somebody, who may be counted already; nobody, and who was left out, does not count.
    pub fn add(&mut self, named: &Named<'_>, found: &Found) {
        self.is_named |= !named.is_nameless() || !named.kana.trim().is_empty();
        match &found.who {
            Match::Known(index) => _ = self.known.insert(Known::Listed(*index)),
            Match::Doubtful(..) if found.is_linked => _ = self.known.insert(Known::Perhaps(found.key.clone())),
            Match::Doubtful(..) | Match::New => _ = self.others.insert(found.key.clone()),
            Match::Refused(_) | Match::Left => {}
        }
    }

    /// What was counted; `is_first` where the establishment has nobody to know yet.
    pub fn met(&self, is_first: bool) -> Met {
        let known = self.known.len();
        let strangers = Strangers::among(known, known + self.strangers()).filter(|_| !is_first);
        Met { strangers, is_unnamed: !self.is_named && known > 0 }
    }

    /// A row with a number alone is about the person who stands with that number in another row.
    fn strangers(&self) -> usize {
        let named: HashSet<&str> =
            self.others.iter().filter(|key| !key.name.is_empty()).map(|key| key.number.as_str()).collect();
        let is_another = |key: &&PersonKey| !key.name.is_empty() || !named.contains(key.number.as_str());
        self.others.iter().filter(is_another).count()
    }
}

impl People<'_> {
    /// Counts the people of the rows of a file that makes nobody.
    pub(in super::super) fn meet<'n>(&self, rows: impl Iterator<Item = Named<'n>>) -> Met {
        self.counted(rows).met(false)
    }

    /// Counts the people of rows.
    pub(in super::super) fn counted<'n>(&self, rows: impl Iterator<Item = Named<'n>>) -> Census {
        let mut census = Census::default();
        rows.for_each(|named| census.add(&named, &self.find(&named)));
        census
    }
}

#[cfg(test)]
mod tests {
    use super::super::Decisions;
    use super::super::tests::worker;
    use super::*;

    /// A file in which the first of so many people are of the roster.
    fn met(known: usize, people: usize) -> Option<Strangers> {
        let roster: Vec<_> =
            (1..=known).map(|at| worker(at as u32, &at.to_string(), &format!("山田 {at}郎"), "")).collect();
        let names: Vec<(String, String)> = (1..=people).map(|at| (at.to_string(), format!("山田 {at}郎"))).collect();
        let rows = names.iter().map(|(number, name)| Named { number, name, ..Named::default() });
        People::new(&roster, &Decisions::default()).counted(rows).met(false).strangers
    }

    #[test]
    fn fewer_than_a_fifth_are_strangers_and_a_fifth_is_not() {
        for (known, people) in [(1, 6), (1, 100), (2, 11), (19, 100), (0, 1)] {
            assert_eq!(met(known, people), Some(Strangers { known, people }), "{known} of {people}");
        }
        for (known, people) in [(1, 5), (1, 4), (2, 10), (2, 9), (20, 100), (21, 100), (1, 1)] {
            assert_eq!(met(known, people), None, "{known} of {people}");
        }
    }

    #[test]
    fn a_person_counts_once_however_many_rows_speak_of_them() {
        let (roster, decisions) = ([worker(1, "1", "山田 太郎", "")], Decisions::default());
        let people = People::new(&roster, &decisions);
        let of = |number, name| Named { number, name, ..Named::default() };
        let others = [("7", "林 一"), ("8", "林 二"), ("9", "林 三"), ("10", "林 四"), ("11", "林 五")];
        let rows = [("1", "山田 太郎"); 9].into_iter().chain(others).map(|(number, name)| of(number, name));
        assert_eq!(people.counted(rows).met(false).strangers, Some(Strangers { known: 1, people: 6 }));
    }
}
