//! What may stand beside what already stands.
//!
//! Every person lies in an atom: those who are in exactly the same released cells. Whatever is worked out of released
//! sums, by adding and subtracting, weighs all of an atom alike; so if every atom has the minimum, nothing about fewer
//! can be worked out. Where an atom is small, [`derive`] looks whether anything about few people can be worked out all
//! the same: the sexes of the whole beside its units cut small atoms, and tell of none of them. A cell is admitted only
//! if nothing can.

use std::collections::{BTreeMap, BTreeSet};

use super::derive;
use super::units::Unit;
use super::{Measure, Member, Order, Released};
use crate::domain::worker::Sex;

/// Places in the list of members.
pub type People = Vec<usize>;

/// What stands about one measure.
pub(super) struct Ledger {
    minimum: usize,
    /// Who is in each cell that stands.
    cells: Vec<People>,
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
        let (atoms, halves) = (vec![None; people], vec![0; people]);
        let mut ledger = Self { minimum: order.minimum, cells: Vec::new(), atoms, halves, split: 1 };
        for released in earlier {
            let find = |key: &String| places.get(key.as_str()).or_else(|| gone.get(key.as_str())).copied();
            let cell: People = released.people.iter().filter_map(find).collect();
            ledger.atoms = ledger.refined(&cell);
            ledger.cells.push(cell);
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
        let is_safe = !cell.is_empty() && cell.len() >= self.minimum && self.is_safe(&refined, cell);
        if is_safe {
            self.atoms = refined;
            self.cells.push(cell.clone());
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

    /// Whether nothing about fewer than the minimum of a half can be worked out once this cell stands too.
    fn is_safe(&self, atoms: &[Option<usize>], cell: &People) -> bool {
        let sizes = self.sizes(atoms);
        if sizes.iter().flatten().all(|size| *size >= self.minimum) {
            return true;
        }
        let in_atoms = |cell: &People| {
            let atoms: BTreeSet<usize> = cell.iter().filter_map(|place| atoms.get(*place).copied().flatten()).collect();
            atoms.into_iter().collect()
        };
        let cells: Vec<Vec<usize>> = self.cells.iter().chain([cell]).map(in_atoms).collect();
        sizes.iter().all(|half| !derive::tells_of_few(&cells, half, self.minimum))
    }

    /// The people of each half by atom.
    fn sizes(&self, atoms: &[Option<usize>]) -> Vec<Vec<usize>> {
        let count = atoms.iter().flatten().max().map_or(0, |last| last + 1);
        let mut sizes = vec![vec![0; count]; self.split];
        for (atom, half) in atoms.iter().zip(&self.halves) {
            let slot = atom.and_then(|atom| sizes.get_mut(*half)?.get_mut(atom));
            slot.into_iter().for_each(|size| *size += 1);
        }
        sizes
    }
}
