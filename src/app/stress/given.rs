//! A group report as it was given out: the figures are made from who stood in them, so that a print never says more
//! than what was released.

use std::collections::BTreeSet;

use super::judging::scored;
use super::{StressFault, result};
use crate::app::Site;
use crate::domain::Id;
use crate::domain::stress::{Computed, StressRelease};
use crate::domain::worker::Sex;
use crate::scales::stress::group::{Mean, Measure, Share};
use crate::scales::stress::risk::{CHART, ChartSums};
use crate::scales::stress::{Questionnaire, Score};

/// A group with the figures that were given about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The unit, the units that were put together, or the whole.
    pub name: String,
    /// The sex, where the figures are of one.
    pub sex: Option<Sex>,
    /// The chart.
    pub chart: Option<ChartSums>,
    /// Other scales by their place.
    pub scales: Vec<(usize, Mean)>,
    /// 高ストレス
    pub high: Option<Share>,
}

/// The word for everybody.
pub const WHOLE: &str = "全体";

struct Person<'site> {
    worker: &'site Id,
    department: &'site str,
    sex: Sex,
    score: Score,
    is_high: bool,
}

/// The groups of a release, in the order they were given.
///
/// # Errors
/// A record that cannot be read.
pub fn given(site: &Site, release: &StressRelease) -> Result<Vec<Given>, StressFault> {
    let everybody = people(site, &release.round)?;
    let chart = chart_places()?;
    let mut found: Vec<Given> = Vec::new();
    for figure in super::groups::of_release(release) {
        let inside: Vec<&Person<'_>> =
            everybody.iter().filter(|person| figure.people.contains(person.worker.as_str())).collect();
        let (name, sex) = named(&everybody, &inside);
        let place = found.iter().position(|given| given.name == name && given.sex == sex);
        let place = place.unwrap_or_else(|| {
            found.push(Given { name, sex, chart: None, scales: Vec::new(), high: None });
            found.len() - 1
        });
        if let Some(given) = found.get_mut(place) {
            fill(given, figure.measure, &inside, chart);
        }
    }
    Ok(found)
}

fn people<'site>(site: &'site Site, round: &Id) -> Result<Vec<Person<'site>>, StressFault> {
    let of = site.stress_answers.iter().filter(|row| &row.round == round);
    of.map(|row| {
        let is_high = result(site, round, &row.worker).is_some_and(|known| known.computed == Computed::High);
        let (worker, department, sex) = (&row.worker, row.department.as_str(), row.sex);
        Ok(Person { worker, department, sex, score: scored(row)?.1, is_high })
    })
    .collect()
}

fn chart_places() -> Result<[usize; 4], StressFault> {
    let scales = Questionnaire::built_in()?.scales();
    Ok(CHART.map(|id| scales.iter().position(|scale| scale.id == id).unwrap_or(usize::MAX)))
}

/// By the departments of those inside, and by their sex where others of these departments are of another one.
fn named(everybody: &[Person<'_>], inside: &[&Person<'_>]) -> (String, Option<Sex>) {
    let departments = |people: &mut dyn Iterator<Item = &str>| people.map(str::to_owned).collect::<BTreeSet<_>>();
    let mine = departments(&mut inside.iter().map(|person| person.department));
    let all = departments(&mut everybody.iter().map(|person| person.department));
    let name = if mine == all && all.len() != 1 { WHOLE.to_owned() } else { joined(&mine) };
    let sex = inside.first().map(|person| person.sex).filter(|sex| inside.iter().all(|person| person.sex == *sex));
    let is_part = everybody.iter().any(|person| mine.contains(person.department) && Some(person.sex) != sex);
    (name, sex.filter(|_| is_part))
}

fn joined(departments: &BTreeSet<String>) -> String {
    departments.iter().map(String::as_str).collect::<Vec<_>>().join("＋")
}

fn fill(given: &mut Given, measure: Measure, inside: &[&Person<'_>], chart: [usize; 4]) {
    let people = i64::try_from(inside.len()).unwrap_or(i64::MAX);
    let raw = |person: &Person<'_>, scale: usize| person.score.scales.get(scale).and_then(|one| one.raw).map(i64::from);
    let sum = |scale: usize| inside.iter().filter_map(|person| raw(person, scale)).sum();
    match measure {
        Measure::Chart => given.chart = Some(ChartSums { people, sums: chart.map(sum) }),
        Measure::Scale(scale) => given.scales.push((scale, Mean { sum: sum(scale), people })),
        // The share alone would tell the number: it is given where the number was.
        Measure::HighStress => {}
        Measure::HighCount => {
            let high = inside.iter().filter(|person| person.is_high).count();
            given.high = Some(Share { high, judged: inside.len() });
        }
    }
}
