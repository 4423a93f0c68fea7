//! Rows to workers: by employer number, then by name and kana; whatever is not plain is the physician's question.
//!
//! Knows identities. Must not know hours. Variants of a character (髙/高) make a candidate, never a match.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::folding;
use super::reason::{Doubt, Why};
use crate::domain::checkup::Item;
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Period};

/// A person as a row names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Named<'a> {
    /// 社員番号
    pub number: &'a str,
    /// 氏名
    pub name: &'a str,
    /// ふりがな
    pub kana: &'a str,
    /// 生年月日, where the file has it.
    pub birth: Option<Day>,
}

impl Named<'_> {
    /// The folded number and name under which a decision is remembered.
    ///
    /// Who bears neither is named by kana and birth date.
    pub fn key(&self) -> PersonKey {
        if let Some(birth) = self.birth.filter(|_| self.is_kana_only()) {
            return PersonKey { number: String::new(), name: format!("{} {birth}", folding::fold_kana(self.kana)) };
        }
        PersonKey { number: folding::fold_number(self.number).into_owned(), name: folding::fold_name(self.name) }
    }

    fn is_kana_only(&self) -> bool {
        let is_blank = |text: &str| text.trim().is_empty();
        is_blank(self.number) && is_blank(self.name) && !is_blank(self.kana)
    }
}

/// A person of the employer's files, as decisions are remembered for the next one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonKey {
    /// Folded employee number.
    pub number: String,
    /// Folded name.
    pub name: String,
}

/// The physician's word about a person of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonDecision {
    /// It is this worker.
    Same(Id),
    /// Somebody who is not in the roster.
    New,
    /// Rows of this person are left out.
    Leave,
}

/// The physician's word about one row of this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowDecision {
    /// The row is used.
    Take,
    /// The row is left out.
    Leave,
}

/// The physician's word about one value of this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueDecision {
    /// It is what was typed, in the item's own unit.
    Typed(String),
    /// It is left out.
    Leave,
}

/// The answers given so far; those about people are worth remembering, those about rows and values end
/// with the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// By person.
    pub people: HashMap<PersonKey, PersonDecision>,
    /// By line.
    pub rows: HashMap<u32, RowDecision>,
    /// By line and item of a checkup.
    pub values: HashMap<(u32, Item), ValueDecision>,
    /// The file is this establishment's, although it speaks of few of its people.
    pub are_ours: bool,
}

/// A file of which fewer than a fifth speaks of this establishment's people: it stops here until the physician says
/// that it came to the right place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strangers {
    /// Rows about somebody of the roster.
    pub known: usize,
    /// Rows about anybody.
    pub people: usize,
}

impl Strangers {
    /// Compares the rows about the roster's people with all; a roster that is empty knows nobody and stops nothing.
    pub fn among(known: usize, people: usize, roster: usize) -> Option<Self> {
        (roster > 0 && known * 5 < people).then_some(Self { known, people })
    }
}

/// Who a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This worker, by index into the roster.
    Known(usize),
    /// Nobody in the roster.
    New,
    /// Perhaps one of these, by index; or somebody else.
    Doubtful(Vec<usize>, Doubt),
    /// Nobody at all.
    Refused(Why),
    /// Left out by the physician's word.
    Left,
}

/// Whom a row is about, and whether the physician said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The answer.
    pub who: Match,
    /// Set by a decision, which no doubt overrules.
    pub is_decided: bool,
    /// The folded number and name.
    pub key: PersonKey,
}

/// The roster, ready to be searched.
pub struct People<'a> {
    workers: &'a [Worker],
    decisions: &'a Decisions,
    /// Folded names, in the order of the roster.
    names: Vec<String>,
    by_id: HashMap<&'a str, usize>,
    by_number: HashMap<String, Vec<usize>>,
    by_bare_number: HashMap<String, Vec<usize>>,
    by_loose_name: HashMap<String, Vec<usize>>,
    /// Made when the first person without a name is asked for: few files have any.
    by_kana: OnceCell<HashMap<String, Vec<usize>>>,
}

impl<'a> People<'a> {
    /// Indexes a roster, leavers included.
    pub fn new(workers: &'a [Worker], decisions: &'a Decisions) -> Self {
        let mut people = Self {
            workers,
            decisions,
            names: workers.iter().map(|worker| folding::fold_name(&worker.name)).collect(),
            by_id: HashMap::with_capacity(workers.len()),
            by_number: HashMap::with_capacity(workers.len()),
            by_bare_number: HashMap::with_capacity(workers.len()),
            by_loose_name: HashMap::with_capacity(workers.len()),
            by_kana: OnceCell::new(),
        };
        for (index, worker) in workers.iter().enumerate() {
            people.index(index, worker);
        }
        people
    }

    fn index(&mut self, index: usize, worker: &'a Worker) {
        self.by_id.insert(worker.id.as_str(), index);
        let number = folding::fold_number(&worker.number).into_owned();
        if !number.is_empty() {
            self.by_bare_number.entry(bare(&number).to_owned()).or_default().push(index);
            self.by_number.entry(number).or_default().push(index);
        }
        let name = self.names.get(index).map(|name| folding::loosen_name(name)).unwrap_or_default();
        if !name.is_empty() {
            self.by_loose_name.entry(name).or_default().push(index);
        }
    }

    /// The worker at an index.
    pub fn worker(&self, index: usize) -> Option<&'a Worker> {
        self.workers.get(index)
    }

    /// Finds whom a row is about.
    pub fn find(&self, named: &Named<'_>) -> Found {
        let key = named.key();
        match self.decided(&key) {
            Some(who) => Found { who, is_decided: true, key },
            None => Found { who: self.search(named, &key), is_decided: false, key },
        }
    }

    fn search(&self, named: &Named<'_>, key: &PersonKey) -> Match {
        if let Some(birth) = named.birth.filter(|_| named.is_kana_only()) {
            return self.by_kana(&folding::fold_kana(named.kana), birth);
        }
        if key.number.is_empty() && key.name.is_empty() {
            return Match::Refused(Why::NoPerson);
        }
        match self.numbered(&key.number) {
            [] => self.by_name(named, key),
            owners => self.among_owners(owners, named, key),
        }
    }

    /// Kana and birth date together name one person; kana alone names candidates.
    fn by_kana(&self, kana: &str, birth: Day) -> Match {
        let all = self.by_kana.get_or_init(|| {
            let mut found: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, worker) in self.workers.iter().enumerate() {
                found.entry(folding::fold_kana(&worker.kana)).or_default().push(index);
            }
            found
        });
        let Some(namesakes) = all.get(kana) else { return Match::New };
        let born = |index: &usize| self.workers.get(*index).and_then(|worker| worker.birth);
        let same: Vec<usize> = namesakes.iter().copied().filter(|index| born(index) == Some(birth)).collect();
        match same.as_slice() {
            [only] => Match::Known(*only),
            [] if namesakes.iter().all(|index| born(index).is_some()) => {
                Match::Doubtful(namesakes.clone(), Doubt::OtherBirth)
            }
            [] => Match::Doubtful(namesakes.clone(), Doubt::KanaOnly),
            several => Match::Doubtful(several.to_vec(), Doubt::SameNameTwice),
        }
    }

    /// A remembered decision; one that names a worker who is gone counts as none.
    fn decided(&self, key: &PersonKey) -> Option<Match> {
        match self.decisions.people.get(key)? {
            PersonDecision::Same(id) => self.by_id.get(id.as_str()).map(|index| Match::Known(*index)),
            PersonDecision::New => Some(Match::New),
            PersonDecision::Leave => Some(Match::Left),
        }
    }

    /// Owners of a number; a spreadsheet that dropped leading zeros does not hide them.
    fn numbered(&self, number: &str) -> &[usize] {
        if number.is_empty() {
            return &[];
        }
        let exact = self.by_number.get(number);
        exact.or_else(|| self.by_bare_number.get(bare(number))).map_or(&[], Vec::as_slice)
    }

    fn among_owners(&self, owners: &[usize], named: &Named<'_>, key: &PersonKey) -> Match {
        if key.name.is_empty() {
            return match owners {
                [only] => Match::Known(*only),
                several => Match::Doubtful(several.to_vec(), Doubt::NumberTwice),
            };
        }
        let same: Vec<usize> = owners.iter().copied().filter(|index| self.has_name(*index, &key.name)).collect();
        match same.as_slice() {
            [only] => self.confirmed(*only, named, false),
            [] => self.other_name(owners, key),
            several => Match::Doubtful(several.to_vec(), Doubt::NumberTwice),
        }
    }

    fn other_name(&self, owners: &[usize], key: &PersonKey) -> Match {
        let loose = folding::loosen_name(&key.name);
        let namesakes = self.by_loose_name.get(&loose).map_or(&[][..], Vec::as_slice);
        let is_variant = owners.iter().any(|owner| namesakes.contains(owner));
        let others = namesakes.iter().copied().filter(|index| !owners.contains(index));
        let candidates = owners.iter().copied().chain(others).collect();
        Match::Doubtful(candidates, if is_variant { Doubt::NameVariant } else { Doubt::OtherName })
    }

    fn by_name(&self, named: &Named<'_>, key: &PersonKey) -> Match {
        let loose = folding::loosen_name(&key.name);
        let Some(namesakes) = self.by_loose_name.get(&loose) else { return Match::New };
        let same: Vec<usize> = namesakes.iter().copied().filter(|index| self.has_name(*index, &key.name)).collect();
        let kana = folding::fold_kana(named.kana);
        let by_kana: Vec<usize> = same.iter().copied().filter(|index| self.has_kana(*index, &kana)).collect();
        match (by_kana.as_slice(), same.as_slice()) {
            ([only], _) if self.may_be(*only, &key.number) => self.confirmed(*only, named, true),
            ([only], _) => Match::Doubtful(vec![*only], Doubt::OtherNumber),
            ([], []) => Match::Doubtful(namesakes.clone(), Doubt::NameVariant),
            ([], others) => Match::Doubtful(others.to_vec(), Doubt::OtherKana),
            (several, _) => Match::Doubtful(several.to_vec(), Doubt::SameNameTwice),
        }
    }

    /// A birth date, and kana where the number does not speak, may still contradict.
    fn confirmed(&self, index: usize, named: &Named<'_>, by_name_only: bool) -> Match {
        let worker = self.workers.get(index);
        let other_birth =
            worker.and_then(|worker| worker.birth).zip(named.birth).is_some_and(|(one, other)| one != other);
        if other_birth {
            return Match::Doubtful(vec![index], Doubt::OtherBirth);
        }
        let other_kana = by_name_only && !self.has_kana(index, &folding::fold_kana(named.kana));
        if other_kana { Match::Doubtful(vec![index], Doubt::OtherKana) } else { Match::Known(index) }
    }

    /// Whether a worker found by name has no number of another person.
    fn may_be(&self, index: usize, number: &str) -> bool {
        number.is_empty() || self.workers.get(index).is_some_and(|worker| worker.number.trim().is_empty())
    }

    fn has_name(&self, index: usize, name: &str) -> bool {
        self.names.get(index).is_some_and(|own| own == name)
    }

    /// Kana agrees where either side has none.
    fn has_kana(&self, index: usize, kana: &str) -> bool {
        let own = || self.workers.get(index).map(|worker| folding::fold_kana(&worker.kana)).unwrap_or_default();
        kana.is_empty() || matches!(own(), own if own.is_empty() || own == kana)
    }

    /// Why a worker is doubtful in a period: left before it, or joins after it.
    pub fn doubt_in(&self, index: usize, period: Period) -> Option<Doubt> {
        let worker = self.workers.get(index)?;
        if worker.left_on.is_some_and(|left| left < period.start) {
            return Some(Doubt::Leaver);
        }
        worker.joined_on.is_some_and(|joined| joined > period.end).then_some(Doubt::NotYetJoined)
    }
}

/// A number without its leading zeros.
fn bare(number: &str) -> &str {
    let bare = number.trim_start_matches('0');
    if bare.is_empty() { number } else { bare }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::{EstablishmentId, Prefix};

    pub(in super::super) fn worker(position: u32, number: &str, name: &str, kana: &str) -> Worker {
        Worker {
            number: number.into(),
            name: name.into(),
            kana: kana.into(),
            ..Worker::new(Id::new(&EstablishmentId::new(1), Prefix::Worker, position))
        }
    }

    fn roster() -> Vec<Worker> {
        vec![
            worker(1, "0101", "髙田 実", "たかだ みのる"),
            worker(2, "102", "高橋 一郎", "たかはし いちろう"),
            worker(3, "103", "高橋 一郎", "たかはし いちろう"),
            worker(4, "", "桐山 勇", "きりやま いさむ"),
            worker(5, "105", "室井 あや", "むろい あや"),
            worker(6, "105", "若林 岳", "わかばやし がく"),
            worker(7, "107", "中島 純", "なかじま じゅん"),
            worker(8, "108", "中島 純", "なかしま すなお"),
        ]
    }

    fn found(number: &str, name: &str, kana: &str) -> Match {
        let (roster, decisions) = (roster(), Decisions::default());
        People::new(&roster, &decisions).find(&Named { number, name, kana, birth: None }).who
    }

    fn doubt(number: &str, name: &str, kana: &str) -> Option<Doubt> {
        match found(number, name, kana) {
            Match::Doubtful(_, doubt) => Some(doubt),
            _ => None,
        }
    }

    #[test]
    fn a_number_with_the_same_name_or_none_is_a_match() {
        assert_eq!(found("0101", "髙田　実", ""), Match::Known(0));
        assert_eq!(found("１０１", "", ""), Match::Known(0), "leading zeros and width");
        assert_eq!(found("105", "若林岳", ""), Match::Known(5), "a number used twice, told apart by name");
    }

    #[test]
    fn what_is_not_plain_is_a_question() {
        let cases = [
            (("0101", "高田実", ""), Doubt::NameVariant),
            (("0101", "山本実", ""), Doubt::OtherName),
            (("105", "", ""), Doubt::NumberTwice),
            (("", "高橋一郎", ""), Doubt::SameNameTwice),
            (("999", "室井あや", ""), Doubt::OtherNumber),
            (("", "高田実", ""), Doubt::NameVariant),
            (("", "桐山勇", "きりやま ゆう"), Doubt::OtherKana),
        ];
        for ((number, name, kana), expected) in cases {
            assert_eq!(doubt(number, name, kana), Some(expected), "{number} {name}");
        }
    }

    #[test]
    fn a_name_matches_where_it_is_alone() {
        assert_eq!(found("", "桐山 勇", ""), Match::Known(3));
        assert_eq!(found("104", "桐山 勇", "ｷﾘﾔﾏ ｲｻﾑ"), Match::Known(3), "a number that the roster lacked");
        assert_eq!(found("", "中島 純", "ナカシマ スナオ"), Match::Known(7), "kana tells namesakes apart");
    }

    #[test]
    fn strangers_are_new_and_nobody_is_refused() {
        assert_eq!(found("999", "新田 望", ""), Match::New);
        assert_eq!(found("", "", "にった"), Match::Refused(Why::NoPerson));
    }

    #[test]
    fn kana_and_birth_date_name_one_person_and_kana_alone_asks() {
        let mut roster = roster();
        let birth = |text: &str| Some(text.parse().unwrap());
        roster[3].birth = birth("1977-04-18");
        let decisions = Decisions::default();
        let people = People::new(&roster, &decisions);
        let found = |kana, birth| people.find(&Named { kana, birth, ..Named::default() }).who;
        assert_eq!(found("ｷﾘﾔﾏ ｲｻﾑ", birth("1977-04-18")), Match::Known(3));
        assert_eq!(found("ｷﾘﾔﾏ ｲｻﾑ", birth("1977-04-19")), Match::Doubtful(vec![3], Doubt::OtherBirth));
        assert_eq!(found("ムロイ アヤ", birth("1990-01-01")), Match::Doubtful(vec![4], Doubt::KanaOnly));
        assert_eq!(found("ニッタ", birth("1990-01-01")), Match::New);
        assert_eq!(found("キリヤマ イサム", None), Match::Refused(Why::NoPerson));
    }

    #[test]
    fn leavers_and_joiners_are_doubtful_in_their_period() {
        let mut roster = roster();
        roster[0].left_on = Some("2026-08-31".parse().unwrap());
        roster[3].joined_on = Some("2026-11-01".parse().unwrap());
        let decisions = Decisions::default();
        let people = People::new(&roster, &decisions);
        let october = Period::new("2026-10-01".parse().unwrap(), "2026-10-31".parse().unwrap()).unwrap();
        assert_eq!(people.doubt_in(0, october), Some(Doubt::Leaver));
        assert_eq!(people.doubt_in(3, october), Some(Doubt::NotYetJoined));
        assert_eq!(people.doubt_in(1, october), None);
    }

    #[test]
    fn a_birth_date_contradicts() {
        let mut roster = roster();
        roster[0].birth = Some("1980-01-01".parse().unwrap());
        let decisions = Decisions::default();
        let named = Named { number: "0101", name: "髙田実", kana: "", birth: Some("1980-01-02".parse().unwrap()) };
        let found = People::new(&roster, &decisions).find(&named).who;
        assert_eq!(found, Match::Doubtful(vec![0], Doubt::OtherBirth));
    }

    #[test]
    fn a_decision_is_obeyed_and_one_about_a_lost_worker_is_not() {
        let roster = roster();
        let named = Named { number: "0101", name: "高田実", ..Named::default() };
        let decide = |decision: PersonDecision| {
            let decisions = Decisions { people: HashMap::from([(named.key(), decision)]), ..Decisions::default() };
            People::new(&roster, &decisions).find(&named).who
        };
        assert_eq!(decide(PersonDecision::Same(roster[0].id.clone())), Match::Known(0));
        assert_eq!(decide(PersonDecision::New), Match::New);
        assert_eq!(decide(PersonDecision::Leave), Match::Left);
        let lost = Id::new(&EstablishmentId::new(1), Prefix::Worker, 99);
        assert_eq!(decide(PersonDecision::Same(lost)), Match::Doubtful(vec![0], Doubt::NameVariant));
    }
}
