//! Measures after the interviews of a round, as the committee may read them (法66条の10第6項): counts of people, and none of
//! few.
//!
//! Counts people, never measures: ten measures may be one person's. What was shown before is compared, so that a later
//! paper does not tell of the few between two papers.

use std::collections::{BTreeMap, BTreeSet};

use super::requests;
use crate::app::Site;
use crate::app::checkups::committee::{SMALLEST, Shown, parts, within};
use crate::domain::Id;
use crate::domain::case::{Ground, Taken};

/// People of a round after their interviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MeasureCounts {
    /// 検査を受けた
    pub taken: usize,
    /// 面接指導を受けた
    pub interviewed: usize,
    /// For whom a measure was asked for.
    pub asked: usize,
    /// Of those by what the employer answered, in the order of [`LABELS`].
    pub answers: [usize; 5],
}

/// How many figures the committee may read.
const FIGURES: usize = 8;

/// The words of the figures, in the order of [`shown`].
pub const LABELS: [&str; FIGURES] = [
    "検査を受けた人",
    "面接指導を受けた人",
    "就業上の措置の意見があった人",
    "回答のない人",
    "措置を講じた人",
    "講じる予定の人",
    "意見と違う措置の人",
    "講じない人",
];

/// Counts the people of a round; who has several measures counts by the one that is furthest from being taken.
pub fn counts(site: &Site, round: &Id) -> MeasureCounts {
    let taken: BTreeSet<&Id> =
        site.stress_answers.iter().filter(|row| &row.round == round).map(|row| &row.worker).collect();
    let is_of_round = |worker: &Id, case: &Id| {
        let is_high = site.cases.iter().any(|row| &row.id == case && row.ground == Ground::HighStress);
        is_high && requests::request_of(site, round, worker).is_some_and(|request| &request.case_id == case)
    };
    let held = site.interviews.iter().filter(|row| is_of_round(&row.worker, &row.case_id));
    let interviewed: BTreeSet<(&Id, &Id)> = held.map(|row| (&row.worker, &row.case_id)).collect();
    let mut by_person: BTreeMap<&Id, Taken> = BTreeMap::new();
    for measure in site.measures.iter().filter(|row| interviewed.contains(&(&row.worker, &row.case_id))) {
        let answer = by_person.entry(&measure.worker).or_insert(measure.taken);
        *answer = further(*answer, measure.taken);
    }
    let of = |taken: &Taken| by_person.values().filter(|answer| *answer == taken).count();
    let people: BTreeSet<&Id> = interviewed.iter().map(|(worker, _)| *worker).collect();
    let answers =
        [Taken::Open, Taken::Taken, Taken::Planned, Taken::Otherwise, Taken::NotTaken].map(|answer| of(&answer));
    MeasureCounts { taken: taken.len(), interviewed: people.len(), asked: by_person.len(), answers }
}

/// Of two answers the one that is further from a measure that stands.
const fn further(one: Taken, other: Taken) -> Taken {
    match (one, other) {
        (Taken::Open, _) | (_, Taken::Open) => Taken::Open,
        (Taken::NotTaken, _) | (_, Taken::NotTaken) => Taken::NotTaken,
        (Taken::Otherwise, _) | (_, Taken::Otherwise) => Taken::Otherwise,
        (Taken::Planned, _) | (_, Taken::Planned) => Taken::Planned,
        (Taken::Taken, Taken::Taken) => Taken::Taken,
    }
}

/// The figures that may be shown, in the order of [`LABELS`]: fewer than ten are left out, and so is whatever would tell
/// them; where the sum of the answers is left out, every answer is.
pub fn shown(counts: &MeasureCounts, before: &[Vec<Option<usize>>]) -> [Shown; FIGURES] {
    let MeasureCounts { taken, interviewed, asked, answers } = *counts;
    let asked_shown = within(asked, &[interviewed, taken]);
    let answers = match asked_shown {
        Shown::Count(_) => parts(&answers),
        Shown::LeftOut => vec![Shown::LeftOut; answers.len()],
    };
    let answer = |place: usize| answers.get(place).copied().unwrap_or(Shown::LeftOut);
    let people = [within(taken, &[]), within(interviewed, &[taken]), asked_shown];
    let figures =
        std::array::from_fn(|place| people.get(place).copied().unwrap_or_else(|| answer(place - people.len())));
    // One figure that moved by a few would tell of them, and the others would tell the one: all of them wait.
    if before.iter().any(|before| tells(&figures, before)) { [Shown::LeftOut; FIGURES] } else { figures }
}

/// Whether a figure and the same one of an earlier paper differ by a few people.
fn tells(figures: &[Shown; FIGURES], before: &[Option<usize>]) -> bool {
    figures.iter().zip(before).any(|(now, before)| match (*now, *before) {
        (Shown::Count(now), Some(before)) => (1..SMALLEST).contains(&now.abs_diff(before)),
        _ => false,
    })
}

/// The figures as numbers, for the paper that comes after this one.
pub fn numbers(figures: &[Shown; FIGURES]) -> Vec<Option<usize>> {
    let number = |shown: &Shown| match shown {
        Shown::Count(count) => Some(*count),
        Shown::LeftOut => None,
    };
    figures.iter().map(number).collect()
}

#[cfg(test)]
#[path = "measures_tests.rs"]
mod tests;
