//! Repeatable numbers: the same seed gives the same caseload on every machine.
//!
//! SplitMix64 (Steele, Lea, Flood 2014). Not for secrets: whoever knows one number knows the next.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of a place in the caseload, e.g. seed, establishment, person; streams do not depend on each other.
    pub fn of(path: &[u64]) -> Self {
        let step = |state: u64, part: &u64| Self(state ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93)).next();
        Self(path.iter().fold(0, step))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, ends included; `low` where there is nothing between.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
        low.saturating_add(i64::try_from(self.next() % width).unwrap_or(0))
    }

    /// Whether something happens that happens `share` times in a thousand.
    pub fn happens(&mut self, share: i64) -> bool {
        self.between(0, 999) < share
    }

    /// One of a list; the default of an empty one.
    pub fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let last = i64::try_from(list.len()).unwrap_or(i64::MAX).saturating_sub(1);
        let index = usize::try_from(self.between(0, last)).unwrap_or(0);
        list.get(index).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let numbers = |path: &[u64]| -> Vec<u64> {
            let mut random = Random::of(path);
            (0..4).map(|_| random.next()).collect()
        };
        assert_eq!(numbers(&[1, 2]), numbers(&[1, 2]));
        assert_ne!(numbers(&[1, 2]), numbers(&[2, 1]));
        assert_ne!(numbers(&[1]), numbers(&[1, 0]));
    }

    #[test]
    fn both_ends_are_reached_and_an_empty_list_gives_nothing() {
        let mut random = Random::of(&[7]);
        let drawn: std::collections::BTreeSet<i64> = (0..200).map(|_| random.between(-1, 1)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [-1, 0, 1]);
        assert_eq!((random.between(5, 4), random.pick::<&str>(&[])), (5, ""));
        let often = (0..10_000).filter(|_| random.happens(80)).count();
        assert!((600..1000).contains(&often), "{often}");
    }
}
