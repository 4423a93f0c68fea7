//! What may stand beside what already stands.
//!
//! Every person lies in an atom: those who are in exactly the same released cells. Whatever is worked out of released
//! sums, by adding and subtracting, weighs all of an atom alike; so if every atom has the minimum, nothing about fewer
//! can be worked out. A cell is admitted only if that stays so.

use std::collections::{BTreeMap, BTreeSet};

use super::units::Unit;
use super::{Measure, Member, Order, Released};
use crate::domain::worker::Sex;

/// Places in the list of members.
pub type People = Vec<usize>;

/// What stands about one measure.
pub(super) struct Ledger {
    minimum: usize,
    /// The atom of each person; none for who is in no released cell. Behind the members come those of earlier reports.
    atoms: Vec<Option<usize>>,
    /// Which half of an atom a person counts to; all alike unless numbers of people are told.
    halves: Vec<usize>,
    /// How many halves an atom has.
    split: usize,
}

impl Ledger {
    /// What has left before about this measure.
    pub(super) fn new(order: &Order<'_>, measure: Measure) -> Self {
        let places: BTreeMap<&str, usize> =
            order.members.iter().enumerate().map(|(place, member)| (member.key.as_str(), place)).collect();
        let earlier: Vec<&Released> = order.earlier.iter().filter(|released| released.measure == measure).collect();
        let gone: BTreeSet<&str> = earlier
            .iter()
            .flat_map(|r| &r.people)
            .map(String::as_str)
            .filter(|key| !places.contains_key(key))
            .collect();
        let gone: BTreeMap<&str, usize> = gone.into_iter().zip(order.members.len()..).collect();
        let people = order.members.len() + gone.len();
        let mut ledger = Self { minimum: order.minimum, atoms: vec![None; people], halves: vec![0; people], split: 1 };
        for released in earlier {
            let find = |key: &String| places.get(key.as_str()).or_else(|| gone.get(key.as_str())).copied();
            let cell: People = released.people.iter().filter_map(find).collect();
            ledger.atoms = ledger.refined(&cell);
        }
        ledger
    }

    /// Numbers of people are told: those above the criteria and the others are two halves of each atom.
    ///
    /// Who is only in an earlier report counts to neither, so that an atom never looks larger than is known.
    pub(super) fn halved(mut self, members: &[Member]) -> Self {
        self.halves.fill(usize::MAX);
        let halves = members.iter().map(|member| usize::from(member.is_high == Some(true)));
        self.halves.iter_mut().zip(halves).for_each(|(slot, half)| *slot = half);
        self.split = 2;
        self
    }

    /// Who of a unit and a sex counts for the measure.
    pub(super) fn people(
        &self,
        members: &[Member],
        unit: &Unit,
        sex: Option<Sex>,
        counts: impl Fn(&Member) -> bool,
    ) -> People {
        let fits = |place: &&usize| {
            members.get(**place).is_some_and(|member| counts(member) && sex.is_none_or(|sex| member.sex == sex))
        };
        unit.members.iter().filter(fits).copied().collect()
    }

    /// Lets a cell stand if nothing small can be worked out with it.
    pub(super) fn admit(&mut self, cell: &People) -> bool {
        let refined = self.refined(cell);
        let is_safe = !cell.is_empty() && self.is_safe(&refined);
        if is_safe {
            self.atoms = refined;
        }
        is_safe
    }

    /// The atoms once this cell stands too.
    fn refined(&self, cell: &People) -> Vec<Option<usize>> {
        let inside: BTreeSet<usize> = cell.iter().copied().collect();
        let mut names: BTreeMap<(Option<usize>, bool), usize> = BTreeMap::new();
        let mut name = |place: usize, atom: Option<usize>| {
            let is_inside = inside.contains(&place);
            let next = names.len();
            (atom.is_some() || is_inside).then(|| *names.entry((atom, is_inside)).or_insert(next))
        };
        self.atoms.iter().enumerate().map(|(place, atom)| name(place, *atom)).collect()
    }

    /// Whether every half of every atom has the minimum.
    fn is_safe(&self, atoms: &[Option<usize>]) -> bool {
        let mut sizes: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
        for (atom, half) in atoms.iter().zip(&self.halves) {
            if let Some(atom) = atom {
                let slot = sizes.entry(*atom).or_default();
                slot.get_mut(*half).into_iter().for_each(|size| *size += 1);
            }
        }
        sizes.values().all(|halves| halves.iter().take(self.split).all(|size| *size >= self.minimum))
    }
}
