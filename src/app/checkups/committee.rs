//! Figures for the committee (OPN-11, SEC-02): shown only where nobody stands out, complements included.
//!
//! A count k of n is shown if k is 0 or ten and more, and n - k is 0 or ten and more, against every group that holds it.

/// Fewer people than this are never told apart; the house's rule, not the law's.
pub const SMALLEST: usize = 10;

/// A count that may be shown, or is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// So many.
    Count(usize),
    /// Some, and too few on one side.
    LeftOut,
}

impl Shown {
    /// The number, or the word in its place.
    pub fn words(self) -> String {
        match self {
            Self::Count(count) => format!("{count}名"),
            Self::LeftOut => "伏せています".to_owned(),
        }
    }
}

const fn is_safe(count: usize) -> bool {
    count == 0 || count >= SMALLEST
}

/// A count within the groups that hold it, the widest first.
pub fn within(count: usize, wider: &[usize]) -> Shown {
    let stands = is_safe(count) && wider.iter().all(|whole| is_safe(whole.saturating_sub(count)));
    if stands { Shown::Count(count) } else { Shown::LeftOut }
}

/// The parts of a whole that is itself shown: where one is left out, so many go with it that what is left out together
/// is at least ten and no single part can be worked out.
pub fn parts(parts: &[usize]) -> Vec<Shown> {
    let mut is_out: Vec<bool> = parts.iter().map(|count| !is_safe(*count)).collect();
    while let Some(place) = next_out(parts, &is_out) {
        is_out.iter_mut().skip(place).take(1).for_each(|out| *out = true);
    }
    let shown = |(count, out): (&usize, &bool)| if *out { Shown::LeftOut } else { Shown::Count(*count) };
    parts.iter().zip(&is_out).map(shown).collect()
}

/// The part that has to go along: the smallest that is shown, one with people in it first; none where nothing is missing.
fn next_out(parts: &[usize], is_out: &[bool]) -> Option<usize> {
    let out = || parts.iter().zip(is_out).filter(|(_, out)| **out).map(|(count, _)| *count);
    if out().next().is_none() || (out().count() > 1 && out().sum::<usize>() >= SMALLEST) {
        return None;
    }
    let left = parts.iter().zip(is_out).enumerate().filter(|(_, (_, out))| !**out);
    left.min_by_key(|(_, (count, _))| (**count == 0, **count)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nine_are_left_out_and_ten_are_shown_on_either_side() {
        assert_eq!(within(9, &[100]), Shown::LeftOut);
        assert_eq!(within(10, &[100]), Shown::Count(10));
        assert_eq!(within(91, &[100]), Shown::LeftOut, "nine are without it");
        assert_eq!(within(90, &[100]), Shown::Count(90));
        assert_eq!(within(0, &[5]), Shown::LeftOut, "five people all without a finding are told by it");
        assert_eq!(within(100, &[100]), Shown::Count(100));
        assert_eq!(within(40, &[200, 45]), Shown::LeftOut, "five of those with a finding do not have this one");
    }

    #[test]
    fn a_part_that_is_left_out_takes_another_along() {
        assert_eq!(parts(&[80, 3, 20]), [Shown::Count(80), Shown::LeftOut, Shown::LeftOut]);
        assert_eq!(parts(&[80, 20, 0]), [Shown::Count(80), Shown::Count(20), Shown::Count(0)]);
        assert_eq!(parts(&[4, 5, 50]), [Shown::LeftOut; 3]);
        assert_eq!(parts(&[12, 0, 3])[0], Shown::LeftOut);
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_never_alone_nor_few(counts in proptest::collection::vec(0_usize..40, 2..7)) {
            let shown = parts(&counts);
            let out: Vec<usize> =
                counts.iter().zip(&shown).filter(|(_, shown)| **shown == Shown::LeftOut).map(|(count, _)| *count).collect();
            let is_everything = out.len() == counts.len();
            prop_assert!(out.is_empty() || is_everything || (out.len() > 1 && out.iter().sum::<usize>() >= SMALLEST));
            for (count, shown) in counts.iter().zip(&shown) {
                prop_assert!(*shown == Shown::LeftOut || is_safe(*count));
            }
        }
    }
}
