//! Whether sums about few people can be worked out of released sums: linear algebra over a prime field.
//!
//! A combination of the cells weighs every atom alike. It is about few people if the atoms that it weighs at all hold
//! fewer than the minimum. Such a combination exists for a set of atoms exactly if their rows of the null space of the
//! cells are linearly dependent, so the search walks through the sets of few people and adds one row at a time.

/// A Mersenne prime, far above every determinant of tables of this size, so that a rank over the field is the true one.
const PRIME: u64 = (1 << 61) - 1;

/// How many sets are looked at; what takes longer to decide is held to be derivable.
const BUDGET: usize = 20_000;

/// Whether the cells, each a list of atoms, tell of atoms with fewer than `minimum` people together.
///
/// `sizes` has the people of every atom. `true` also where it would take too long to know.
pub(super) fn tells_of_few(cells: &[Vec<usize>], sizes: &[usize], minimum: usize) -> bool {
    let rows = null_rows(cells, sizes.len());
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_unstable_by_key(|atom| size(sizes, *atom));
    let (empty, filled): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|atom| size(sizes, *atom) == 0);
    let mut search = Search { rows: &rows, sizes, filled: &filled, basis: Vec::new(), budget: BUDGET };
    // An atom without people costs nothing, so every set has them all.
    let is_dependent = empty.into_iter().any(|atom| !search.add(atom));
    is_dependent || search.finds(0, minimum.saturating_sub(1))
}

fn size(sizes: &[usize], atom: usize) -> usize {
    sizes.get(atom).copied().unwrap_or_default()
}

struct Search<'a> {
    rows: &'a [Vec<u64>],
    sizes: &'a [usize],
    filled: &'a [usize],
    /// Independent rows of the atoms that were added, each with the place of its leading 1.
    basis: Vec<(usize, Vec<u64>)>,
    budget: usize,
}

impl Search<'_> {
    /// Whether a set made by adding atoms from `start` on, of at most `room` people more, is dependent.
    fn finds(&mut self, start: usize, room: usize) -> bool {
        for (place, atom) in self.filled.iter().enumerate().skip(start) {
            let people = size(self.sizes, *atom);
            if people > room {
                // Sorted by size: nobody behind fits either.
                return false;
            }
            self.budget = self.budget.saturating_sub(1);
            if self.budget == 0 || !self.add(*atom) || self.finds(place + 1, room - people) {
                return true;
            }
            self.basis.pop();
        }
        false
    }

    /// Adds an atom's row; `false` if it depends on those before.
    fn add(&mut self, atom: usize) -> bool {
        let mut row = self.rows.get(atom).cloned().unwrap_or_default();
        self.basis.iter().for_each(|(lead, known)| clear(&mut row, *lead, known));
        let Some(lead) = normalise(&mut row) else { return false };
        self.basis.push((lead, row));
        true
    }
}

/// For every atom its entries in a basis of the null space of the cells.
fn null_rows(cells: &[Vec<usize>], atoms: usize) -> Vec<Vec<u64>> {
    let reduced = reduced(cells, atoms);
    let lead_of = |atom: usize| reduced.iter().find(|(lead, _)| *lead == atom);
    let free: Vec<usize> = (0..atoms).filter(|atom| lead_of(*atom).is_none()).collect();
    let entry = |atom: usize, free: usize| match lead_of(atom) {
        Some((_, row)) => (PRIME - row.get(free).copied().unwrap_or_default()) % PRIME,
        None => u64::from(atom == free),
    };
    (0..atoms).map(|atom| free.iter().map(|free| entry(atom, *free)).collect()).collect()
}

/// The cells as rows over the atoms, fully reduced, each with the place of its leading 1.
fn reduced(cells: &[Vec<usize>], atoms: usize) -> Vec<(usize, Vec<u64>)> {
    let mut done: Vec<(usize, Vec<u64>)> = Vec::new();
    for cell in cells {
        let mut row = vec![0; atoms];
        cell.iter().for_each(|atom| row.get_mut(*atom).into_iter().for_each(|slot| *slot = 1));
        done.iter().for_each(|(lead, known)| clear(&mut row, *lead, known));
        let Some(lead) = normalise(&mut row) else { continue };
        done.iter_mut().for_each(|(_, known)| clear(known, lead, &row));
        done.push((lead, row));
    }
    done
}

/// Takes as much of `known`, which has a 1 at `lead`, from the row as leaves a 0 there.
fn clear(row: &mut [u64], lead: usize, known: &[u64]) {
    let factor = row.get(lead).copied().unwrap_or_default();
    if factor != 0 {
        row.iter_mut().zip(known).for_each(|(value, part)| *value = (*value + PRIME - times(*part, factor)) % PRIME);
    }
}

/// Makes the first entry that is not 0 a 1 and gives its place; none for a row of zeros.
fn normalise(row: &mut [u64]) -> Option<usize> {
    let (lead, value) = row.iter().copied().enumerate().find(|(_, value)| *value != 0)?;
    let inverse = power(value, PRIME - 2);
    row.iter_mut().for_each(|value| *value = times(*value, inverse));
    Some(lead)
}

fn times(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right) % u128::from(PRIME);
    u64::try_from(product).unwrap_or_default()
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut square) = (1, base % PRIME);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = times(result, square);
        }
        square = times(square, square);
        exponent /= 2;
    }
    result
}
