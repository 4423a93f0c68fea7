//! What besides a number speaks for somebody of the roster, and names that stand within other words.
//!
//! Knows names. Must not decide: what it finds is a candidate.

use super::super::folding;
use super::{Match, Named, People, PersonKey};

/// Most characters of a name in which another is looked for; what is longer is a text.
const LONGEST: usize = 40;
/// The least characters of a name that is looked for inside another: 林武 is no part of 小林武.
const SHORTEST: usize = 2;

impl People<'_> {
    /// Whether a row is about somebody of the roster by more than a number that stands beside another name.
    pub(super) fn is_linked(&self, who: &Match, named: &Named<'_>, key: &PersonKey) -> bool {
        match who {
            Match::Known(_) => true,
            Match::Doubtful(candidates, _) => candidates.iter().any(|index| self.agrees(*index, named, key)),
            _ => false,
        }
    }

    /// Whether name, reading or birth date speak for somebody; where none is told, the number is all there is.
    fn agrees(&self, index: usize, named: &Named<'_>, key: &PersonKey) -> bool {
        let Some(worker) = self.worker(index) else { return false };
        let told = [named.name, named.kana].map(folding::loosen_kana);
        if named.birth.is_none() && told.iter().all(String::is_empty) {
            return true;
        }
        let own = self.names.get(index).map(|name| folding::loosen_name(name)).unwrap_or_default();
        let name = folding::loosen_name(&key.name);
        let is_called = !own.is_empty() && (name == own || self.within(&name).contains(&index));
        let reading = folding::loosen_kana(&worker.kana);
        let is_read = !reading.is_empty() && told.contains(&reading);
        is_called || is_read || worker.birth.is_some() && worker.birth == named.birth
    }

    /// Who of the roster bears a name that stands within these words: a title or an honorific beside it (課長, 様, (兼)).
    ///
    /// A name of two characters is found at the beginning, or behind what is no ideograph.
    pub(super) fn within(&self, loose: &str) -> Vec<usize> {
        let bounds: Vec<usize> = loose.char_indices().map(|(at, _)| at).chain([loose.len()]).take(LONGEST).collect();
        let mut found = Vec::new();
        for (place, start) in bounds.iter().enumerate() {
            let is_apart = loose.get(..*start).is_none_or(|front| !front.ends_with(is_ideograph));
            let least = if is_apart { SHORTEST } else { SHORTEST + 1 };
            let parts = bounds.iter().skip(place + least).filter_map(|end| loose.get(*start..*end));
            found.extend(parts.filter_map(|part| self.by_loose_name.get(part)).flatten());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}
