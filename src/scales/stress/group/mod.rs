//! Group analysis (則52条の14): means, the chart's sums and the share of 高ストレス, with small groups left out.
//!
//! A figure stands only where no figure about fewer than the minimum can be worked out from everything that stands
//! (SC-14 to SC-16): not by a cell, nor a complement, nor a difference, nor the sexes, nor an earlier report. There is
//! no switch. Must not know names; a member is a key.

mod derive;
mod release;
pub mod units;

use std::collections::BTreeSet;

use self::release::{Ledger, People};
use self::units::{Unit, units};
use super::questionnaire::{Questionnaire, SCALES};
use super::risk::{CHART, ChartSums};
use super::score::Score;
use crate::domain::worker::Sex;

/// One sheet as the analysis sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Whose, without a name.
    pub key: String,
    /// 所属 from the top down, `/` between.
    pub department: String,
    /// 性別
    pub sex: Sex,
    /// The score.
    pub score: Score,
    /// Whether the numbers of the round hold; none where they are withheld, which is not "no".
    pub is_high: Option<bool>,
}

/// What a figure is about: each is given out over its own people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The four scales of the chart together: sheets with all twelve items.
    Chart,
    /// A scale outside the chart, by its place: sheets with that scale.
    Scale(usize),
    /// The share of 高ストレス: sheets that were judged.
    HighStress,
    /// The number of 高ストレス, which is given more seldom than the group itself.
    HighCount,
}

/// Who was in a figure that has left before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// What it was about.
    pub measure: Measure,
    /// Who was in it.
    pub people: BTreeSet<String>,
}

/// A row of the analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The unit, or the units that were put together.
    pub name: String,
    /// How deep it lies below the whole.
    pub depth: usize,
    /// Sheets in it.
    pub sheets: usize,
    /// Everybody, men, women.
    pub cells: [Cell; 3],
}

/// The figures of a group, or of one sex of it; none where it is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Sums for the chart.
    pub chart: Option<ChartSums>,
    /// Sum and sheets of each scale; those of the chart are the chart's own.
    pub scales: [Option<Mean>; SCALES],
    /// 高ストレス of judged sheets.
    pub high: Option<Share>,
}

/// A mean as sum and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// The sum.
    pub sum: i64,
    /// Of so many.
    pub people: i64,
}

/// A share as number and all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// So many …
    pub high: usize,
    /// … of these.
    pub judged: usize,
}

impl Mean {
    /// In tenths, half away from nothing.
    pub const fn tenths(self) -> i64 {
        if self.people == 0 { 0 } else { (self.sum * 20 + self.people) / (self.people * 2) }
    }
}

/// The whole analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// The whole first, then the units from large to small, then what was put together.
    pub groups: Vec<Group>,
    /// Sheets that lack an item of the chart.
    pub without_chart: usize,
    /// Sheets that were not judged.
    pub withheld: usize,
    /// Whether the sex of anybody was collected: then the chart is by sex.
    pub has_sex: bool,
    /// Units below the same one that could be put together, by name: they are left out one by one.
    pub could_merge: Vec<Vec<String>>,
    /// Who stands in which figure: to be kept with the report once it has left.
    pub released: Vec<Released>,
}

/// What is asked of the analysis.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The sheets.
    pub members: &'a [Member],
    /// Units that are to be put together, by name.
    pub merges: &'a [Vec<String>],
    /// What has left before about the same round.
    pub earlier: &'a [Released],
    /// The smallest group that may stand; from the law (`stress.group.people`).
    pub minimum: usize,
}

const SEXES: [Option<Sex>; 3] = [None, Some(Sex::Male), Some(Sex::Female)];

/// Analyses the sheets of a round.
pub fn analyse(questionnaire: &Questionnaire, order: &Order<'_>) -> Analysis {
    let chart = chart_places(questionnaire);
    let mut rows = units(order.members, order.merges);
    rows.sort_by_key(|unit| (unit.rank, std::cmp::Reverse(unit.members.len()), unit.name.clone()));
    let mut groups: Vec<Group> = rows.iter().map(empty).collect();
    let mut released = Vec::new();
    for measure in measures(&chart) {
        let mut ledger = Ledger::new(order, measure);
        // The whole and the units first; the sexes only where they still fit.
        for (place, sex) in SEXES.iter().enumerate() {
            for (row, group) in rows.iter().zip(&mut groups) {
                let people = ledger.people(order.members, row, *sex, |member| counts(member, measure, &chart));
                if let Some(cell) = group.cells.get_mut(place)
                    && ledger.admit(&people)
                {
                    fill(cell, measure, &chart, order.members, &people);
                    released.push(named(order.members, measure, &people));
                }
            }
        }
        if measure == Measure::HighStress {
            hide_counts(order, &rows, &mut groups, &mut released);
        }
    }
    let could_merge = could_merge(&rows, &groups, order.minimum);
    Analysis {
        without_chart: order.members.iter().filter(|m| !counts(m, Measure::Chart, &chart)).count(),
        withheld: order.members.iter().filter(|m| m.is_high.is_none()).count(),
        has_sex: order.members.iter().any(|member| member.sex != Sex::Unknown),
        groups,
        could_merge,
        released,
    }
}

fn empty(unit: &Unit) -> Group {
    Group {
        name: unit.name.clone(),
        depth: unit.depth,
        sheets: unit.members.len(),
        cells: [Cell::default(); SEXES.len()],
    }
}

fn chart_places(questionnaire: &Questionnaire) -> [usize; 4] {
    CHART.map(|id| questionnaire.scales().iter().position(|scale| scale.id == id).unwrap_or(SCALES))
}

fn measures(chart: &[usize; 4]) -> Vec<Measure> {
    let scales = (0..SCALES).filter(|place| !chart.contains(place)).map(Measure::Scale);
    [Measure::Chart].into_iter().chain(scales).chain([Measure::HighStress]).collect()
}

fn raw(member: &Member, scale: usize) -> Option<i64> {
    member.score.scales.get(scale).and_then(|scored| scored.raw).map(i64::from)
}

fn counts(member: &Member, measure: Measure, chart: &[usize; 4]) -> bool {
    match measure {
        Measure::Chart => chart.iter().all(|scale| raw(member, *scale).is_some()),
        Measure::Scale(scale) => raw(member, scale).is_some(),
        Measure::HighStress | Measure::HighCount => member.is_high.is_some(),
    }
}

fn sum(members: &[Member], people: &People, scale: usize) -> i64 {
    people.iter().filter_map(|place| members.get(*place)).filter_map(|member| raw(member, scale)).sum()
}

fn fill(cell: &mut Cell, measure: Measure, chart: &[usize; 4], members: &[Member], people: &People) {
    let size = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let mut put = |scale: usize| {
        let mean = Mean { sum: sum(members, people, scale), people: size };
        cell.scales.get_mut(scale).into_iter().for_each(|slot| *slot = Some(mean));
    };
    match measure {
        Measure::Chart => {
            chart.iter().for_each(|scale| put(*scale));
            cell.chart = Some(ChartSums { people: size, sums: chart.map(|scale| sum(members, people, scale)) });
        }
        Measure::Scale(scale) => put(scale),
        Measure::HighStress | Measure::HighCount => {
            let is_high = |place: &&usize| members.get(**place).is_some_and(|member| member.is_high == Some(true));
            cell.high = Some(Share { high: people.iter().filter(is_high).count(), judged: people.len() });
        }
    }
}

fn named(members: &[Member], measure: Measure, people: &People) -> Released {
    let keys = people.iter().filter_map(|place| members.get(*place)).map(|member| member.key.clone());
    Released { measure, people: keys.collect() }
}

/// A number of people is itself a group: those above the criteria, and those below, must each be many or not be told,
/// in every difference too (a number, or what it leaves, of 1 to 9 tells of single people).
fn hide_counts(order: &Order<'_>, rows: &[Unit], groups: &mut [Group], released: &mut Vec<Released>) {
    let mut ledger = Ledger::new(order, Measure::HighCount).halved(order.members);
    for (place, sex) in SEXES.iter().enumerate() {
        for (row, group) in rows.iter().zip(groups.iter_mut()) {
            let Some(cell) = group.cells.get_mut(place).filter(|cell| cell.high.is_some()) else { continue };
            let people = ledger.people(order.members, row, *sex, |member| member.is_high.is_some());
            if ledger.admit(&people) {
                released.push(named(order.members, Measure::HighCount, &people));
            } else {
                cell.high = None;
            }
        }
    }
}

/// Small units below the same one, where they are many enough together.
fn could_merge(rows: &[Unit], groups: &[Group], minimum: usize) -> Vec<Vec<String>> {
    let is_hidden = |group: &Group| group.cells.first().is_none_or(|cell| cell.chart.is_none());
    let hidden: Vec<&Unit> = rows.iter().zip(groups).filter(|(_, g)| is_hidden(g)).map(|(row, _)| row).collect();
    let parents: BTreeSet<&String> = hidden.iter().filter_map(|unit| unit.parent.as_ref()).collect();
    let together = |parent: &&String| {
        let of = hidden.iter().filter(|unit| unit.parent.as_ref() == Some(*parent));
        let (mut names, mut people) = (Vec::new(), 0);
        for unit in of {
            names.push(unit.name.clone());
            people += unit.members.len();
        }
        (names.len() > 1 && people >= minimum).then_some(names)
    };
    parents.iter().filter_map(together).collect()
}

/// Whether a group may be compared with the same group of another round.
///
/// The change is about those who came and those who left: each of them must be nobody or many (SC-16 d).
pub fn is_comparable(now: &BTreeSet<String>, before: &BTreeSet<String>, minimum: usize) -> bool {
    let many = |count: usize| count == 0 || count >= minimum;
    many(now.difference(before).count()) && many(before.difference(now).count())
}

#[cfg(test)]
mod tests;
