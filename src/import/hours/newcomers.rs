//! People of a file who are not on the roster: each is one, however often the file names them.
//!
//! Knows names and numbers of this file. Must not know hours.

use std::collections::{HashMap, HashSet};

use super::super::folding;
use super::super::people::{Found, Match, Named, PersonKey, clashing};
use super::super::reason::{Doubt, Why};
use super::NewWorker;
use super::rows::{NoPlace, Place, Resolved, Rows, Spelling};

/// Those who come with the file.
#[derive(Default)]
pub(super) struct NewPeople {
    pub workers: Vec<NewWorker>,
    by_key: HashMap<PersonKey, usize>,
    by_number: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    clashing: HashSet<String>,
}

impl NewPeople {
    pub fn of(spellings: &[Spelling<'_>]) -> Self {
        let named = spellings.iter().filter(|spelled| !spelled.person.named().is_nameless());
        let mut new = Self { clashing: clashing(named.map(|spelled| &spelled.found.key)), ..Self::default() };
        // Whoever is written in two ways bears the name that the physician chose, not the one that comes first.
        let decided = spellings.iter().filter(|spelled| spelled.found.is_decided && spelled.found.who == Match::New);
        for spelled in decided.filter(|spelled| spelled.person.named().key() == spelled.found.key) {
            let _ = new.place(spelled.person.named(), &spelled.found);
        }
        new
    }

    pub fn place(&mut self, named: Named<'_>, found: &Found) -> Result<Place, NoPlace> {
        let key = &found.key;
        if named.is_nameless() {
            return Err(NoPlace::Refused(Why::NoName));
        }
        if !found.is_decided && self.clashing.contains(&key.number) {
            return Err(NoPlace::Doubtful(Vec::new(), Doubt::OtherNameInFile));
        }
        let known = self.by_key.get(key).copied();
        Ok(Place::New(known.unwrap_or_else(|| self.add(named, key.clone()))))
    }

    /// Once all new people are known: a row with a number only may be one of them, and one with
    /// a name only must not be a second record of somebody who has a number in other rows.
    pub fn look_again(&self, row: &mut Resolved<'_>, rows: &Rows<'_, '_>) {
        match row.place {
            Err(NoPlace::Refused(Why::NoName)) => {
                let number = folding::fold_number(rows.person(row.lines.first).number);
                if let Some(index) = self.by_number.get(number.as_ref()) {
                    row.place = Ok(Place::New(*index));
                }
            }
            Ok(Place::New(index)) if self.is_twin_without_number(index) => {
                row.place = Err(NoPlace::Doubtful(Vec::new(), Doubt::SameNameTwice));
            }
            _ => {}
        }
    }

    fn is_twin_without_number(&self, index: usize) -> bool {
        let Some(person) = self.workers.get(index).filter(|person| person.number.is_empty()) else { return false };
        self.by_name.get(&folding::fold_name(&person.name)).is_some_and(|count| *count > 1)
    }

    fn add(&mut self, named: Named<'_>, key: PersonKey) -> usize {
        let index = self.workers.len();
        let name = named.name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.workers.push(NewWorker {
            number: key.number.clone(),
            name,
            kana: folding::fold_kana(named.kana),
            birth: named.birth,
        });
        if !key.number.is_empty() {
            self.by_number.insert(key.number.clone(), index);
        }
        *self.by_name.entry(key.name.clone()).or_default() += 1;
        self.by_key.insert(key, index);
        index
    }
}
