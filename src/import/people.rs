//! Rows to workers: by employer number, then by name and kana; whatever is not plain is the physician's question.
//!
//! Knows identities. Must not know hours. Variants of a character (髙/高) make a candidate, never a match.

mod census;
mod likeness;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::folding;
use super::reason::{Doubt, Why};
use crate::domain::checkup::{Item, ShortYears};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id, Period};
pub(super) use census::Census;
pub use census::{Met, Strangers};

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
    /// Who bears no name is told by kana and birth date: an answer about one must not hold for another.
    pub fn key(&self) -> PersonKey {
        let name = if self.is_nameless() { self.kana_and_birth() } else { folding::fold_name(self.name) };
        PersonKey { number: folding::fold_number(self.number).into_owned(), name }
    }

    /// Whether no name is written.
    pub fn is_nameless(&self) -> bool {
        self.name.trim().is_empty()
    }

    fn kana_and_birth(&self) -> String {
        let kana = folding::fold_kana(self.kana);
        match self.birth {
            Some(birth) if kana.is_empty() => birth.to_string(),
            Some(birth) => format!("{kana} {birth}"),
            None => kana,
        }
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
    /// The same person as another spelling of this file, who is not in the roster.
    AsInFile(PersonKey),
    /// Rows of this person are left out.
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
    /// Lines that are left out.
    pub left: HashSet<u32>,
    /// The questions about a line that were answered by taking it: one answer is none to another question.
    pub settled: HashSet<(u32, Doubt)>,
    /// By line and item of a checkup.
    pub values: HashMap<(u32, Item), ValueDecision>,
    /// By item and what stands in the cell: every cell of the file that reads so, and was not answered by itself.
    pub alike: HashMap<(Item, String), ValueDecision>,
    /// Words of the column of the kind that stand for the yearly examination, folded.
    pub yearly: HashSet<String>,
    /// What years of two digits stand for.
    pub short_years: Option<ShortYears>,
    /// The file is this establishment's, although it speaks of few of its people.
    pub are_ours: bool,
    /// The answers of a stress check stand as on the form: 1 is そうだ.
    pub is_as_printed: bool,
    /// The answers of a stress check are of this round, although they are older than it.
    pub is_of_round: bool,
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
    /// Whether more than a number beside another name makes it somebody of the roster, doubtful or not.
    pub is_linked: bool,
    /// The folded number and name; of one who is the same as another in the file, the other's.
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

    /// The place of a worker in the roster.
    pub fn place(&self, id: &Id) -> Option<usize> {
        self.by_id.get(id.as_str()).copied()
    }

    /// Finds whom a row is about.
    pub fn find(&self, named: &Named<'_>) -> Found {
        let key = self.key_in_file(named.key());
        let decided = self.decided(&key);
        let is_decided = decided.is_some();
        let who = decided.unwrap_or_else(|| self.search(named, &key));
        Found { is_linked: self.is_linked(&who, named, &key), who, is_decided, key }
    }

    /// The key of the person as whom the physician said that a spelling is to be read.
    fn key_in_file(&self, key: PersonKey) -> PersonKey {
        match self.decisions.people.get(&key) {
            Some(PersonDecision::AsInFile(other)) => other.clone(),
            _ => key,
        }
    }

    fn search(&self, named: &Named<'_>, key: &PersonKey) -> Match {
        match (self.numbered(&key.number), named.is_nameless()) {
            ([], true) => self.nameless(named, key),
            ([], false) => self.by_name(named, key),
            (owners, true) => self.by_number(owners, named),
            (owners, false) => self.among_owners(owners, named, key),
        }
    }

    /// Nobody has the number and no name is written: kana may still tell who it is.
    fn nameless(&self, named: &Named<'_>, key: &PersonKey) -> Match {
        let kana = folding::loosen_kana(named.kana);
        match (key.number.is_empty(), kana.is_empty()) {
            (true, _) if kana.is_empty() || named.birth.is_none() => Match::Refused(Why::NoPerson),
            (_, true) => Match::New,
            _ => self.with_number(self.by_kana(&kana, named.birth), &key.number),
        }
    }

    /// Who was found without the number has to have none of another person.
    fn with_number(&self, found: Match, number: &str) -> Match {
        match found {
            Match::Known(index) if !self.may_be(index, number) => Match::Doubtful(vec![index], Doubt::OtherNumber),
            found => found,
        }
    }

    /// Kana and birth date together name one person; kana alone names candidates.
    fn by_kana(&self, kana: &str, birth: Option<Day>) -> Match {
        let namesakes = self.namesakes(kana);
        let born = |index: &usize| self.workers.get(*index).and_then(|worker| worker.birth);
        let is_born = |index: &usize| birth.is_some() && born(index) == birth;
        let same: Vec<usize> = namesakes.iter().copied().filter(is_born).collect();
        match same.as_slice() {
            [only] => Match::Known(*only),
            [] if namesakes.is_empty() => Match::New,
            [] if birth.is_some() && namesakes.iter().all(|index| born(index).is_some()) => {
                Match::Doubtful(namesakes.to_vec(), Doubt::OtherBirth)
            }
            [] => Match::Doubtful(namesakes.to_vec(), Doubt::KanaOnly),
            several => Match::Doubtful(several.to_vec(), Doubt::SameNameTwice),
        }
    }

    /// Who is read so; nobody is read as nothing.
    fn namesakes(&self, kana: &str) -> &[usize] {
        let all = self.by_kana.get_or_init(|| {
            let mut found: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, worker) in self.workers.iter().enumerate() {
                found.entry(folding::loosen_kana(&worker.kana)).or_default().push(index);
            }
            found
        });
        let found = if kana.is_empty() { None } else { all.get(kana) };
        found.map_or(&[], Vec::as_slice)
    }

    /// A remembered decision; one that names a worker who is gone counts as none.
    fn decided(&self, key: &PersonKey) -> Option<Match> {
        match self.decisions.people.get(key)? {
            PersonDecision::Same(id) => self.by_id.get(id.as_str()).map(|index| Match::Known(*index)),
            PersonDecision::New | PersonDecision::AsInFile(_) => Some(Match::New),
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
        let same: Vec<usize> = owners.iter().copied().filter(|index| self.has_name(*index, &key.name)).collect();
        match same.as_slice() {
            [only] => self.confirmed(*only, named, false),
            [] if folding::is_kana(named.name) && self.are_read(owners) => self.by_number(owners, named),
            [] => self.other_name(owners, key),
            several => Match::Doubtful(several.to_vec(), Doubt::NumberTwice),
        }
    }

    /// The number without a name to confirm it: nothing else that the row says may speak against its owner. A name in
    /// kana is compared as kana.
    fn by_number(&self, owners: &[usize], named: &Named<'_>) -> Match {
        let [only] = owners else { return Match::Doubtful(owners.to_vec(), Doubt::NumberTwice) };
        let told = [named.name, named.kana].map(folding::loosen_kana);
        let doubt = match () {
            () if !told.iter().all(|kana| self.has_kana(*only, kana)) => Doubt::OtherKana,
            () if self.is_born_otherwise(*only, named) => Doubt::OtherBirth,
            () => return Match::Known(*only),
        };
        let others = told.iter().flat_map(|kana| self.namesakes(kana)).copied();
        let mut candidates = vec![*only];
        for other in others {
            if !candidates.contains(&other) {
                candidates.push(other);
            }
        }
        Match::Doubtful(candidates, doubt)
    }

    /// Whether the roster knows how each of them is read.
    fn are_read(&self, owners: &[usize]) -> bool {
        let mut owners = owners.iter().filter_map(|index| self.workers.get(*index));
        owners.all(|worker| !worker.kana.trim().is_empty())
    }

    fn other_name(&self, owners: &[usize], key: &PersonKey) -> Match {
        let loose = folding::loosen_name(&key.name);
        let namesakes = self.by_loose_name.get(&loose);
        let alike = namesakes.cloned().unwrap_or_else(|| self.within(&loose));
        let is_owner = owners.iter().any(|owner| alike.contains(owner));
        let others = alike.iter().copied().filter(|index| !owners.contains(index));
        let candidates = owners.iter().copied().chain(others).collect();
        let doubt = match (is_owner, namesakes.is_some()) {
            (true, true) => Doubt::NameVariant,
            (true, false) => Doubt::NameWithin,
            (false, _) => Doubt::OtherName,
        };
        Match::Doubtful(candidates, doubt)
    }

    fn by_name(&self, named: &Named<'_>, key: &PersonKey) -> Match {
        let loose = folding::loosen_name(&key.name);
        let Some(namesakes) = self.by_loose_name.get(&loose) else { return self.by_other_name(named, key, &loose) };
        let same: Vec<usize> = namesakes.iter().copied().filter(|index| self.has_name(*index, &key.name)).collect();
        let kana = folding::loosen_kana(named.kana);
        let by_kana: Vec<usize> = same.iter().copied().filter(|index| self.has_kana(*index, &kana)).collect();
        match (by_kana.as_slice(), same.as_slice()) {
            ([only], _) if self.may_be(*only, &key.number) => self.confirmed(*only, named, true),
            ([only], _) => Match::Doubtful(vec![*only], Doubt::OtherNumber),
            ([], []) => Match::Doubtful(namesakes.clone(), Doubt::NameVariant),
            ([], others) => Match::Doubtful(others.to_vec(), Doubt::OtherKana),
            (several, _) => Match::Doubtful(several.to_vec(), Doubt::SameNameTwice),
        }
    }

    /// Nobody bears the name; one that is written in kana may be how somebody's name is read, and a known name may stand
    /// within it.
    fn by_other_name(&self, named: &Named<'_>, key: &PersonKey, loose: &str) -> Match {
        let by_kana = || self.with_number(self.by_kana(&folding::loosen_kana(named.name), named.birth), &key.number);
        let found = if folding::is_kana(named.name) { by_kana() } else { Match::New };
        if found != Match::New {
            return found;
        }
        let within = self.within(loose);
        if within.is_empty() { Match::New } else { Match::Doubtful(within, Doubt::NameWithin) }
    }

    /// A birth date, and kana where the number does not speak, may still contradict.
    fn confirmed(&self, index: usize, named: &Named<'_>, by_name_only: bool) -> Match {
        if self.is_born_otherwise(index, named) {
            return Match::Doubtful(vec![index], Doubt::OtherBirth);
        }
        let other_kana = by_name_only && !self.has_kana(index, &folding::loosen_kana(named.kana));
        if other_kana { Match::Doubtful(vec![index], Doubt::OtherKana) } else { Match::Known(index) }
    }

    fn is_born_otherwise(&self, index: usize, named: &Named<'_>) -> bool {
        let birth = self.workers.get(index).and_then(|worker| worker.birth);
        birth.zip(named.birth).is_some_and(|(one, other)| one != other)
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
        let own = || self.workers.get(index).map(|worker| folding::loosen_kana(&worker.kana)).unwrap_or_default();
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

/// Numbers that stand with more than one name in the file: no row of them is anybody new without an answer.
pub(super) fn clashing<'a>(keys: impl Iterator<Item = &'a PersonKey>) -> HashSet<String> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let named = keys.filter(|key| !key.number.is_empty() && !key.name.is_empty());
    let differs = |key: &&'a PersonKey| *names.entry(&key.number).or_insert(&key.name) != key.name;
    named.filter(differs).map(|key| key.number.clone()).collect()
}

/// A number without its leading zeros.
fn bare(number: &str) -> &str {
    let bare = number.trim_start_matches('0');
    if bare.is_empty() { number } else { bare }
}

#[cfg(test)]
pub(super) mod tests;
