//! The law as dated, cited data, and the rules that read it.
//!
//! Knows articles, dates and facts; every answer carries reasons and citations, and "unknown: this
//! fact is missing" is an answer. Must not know files, clocks, screens or records: days and facts
//! come in as arguments. No number of the law stands in code: see `params/*.toml`.

pub mod additions;
pub mod bsid;
pub mod cases;
pub mod check;
pub mod facts;
pub mod fatigue;
pub mod flags;
pub mod inquiry;
pub mod interview;
pub mod judgment;
pub mod lint;
pub mod list;
pub mod means;
pub mod outcome;
pub mod overtime;
pub mod param;
pub mod pressure;
pub mod questions;
pub mod rules;
pub mod tables;

use crate::domain::Day;
use overtime::{Overtime, Thresholds};
use param::{Fault, Parameter, ParameterError, Reading};
use tables::Tables;

pub use outcome::{Citation, Conclusion, Deadline, Outcome, Reason};

/// The parameter files, by the name an error shows.
const PARAMETER_FILES: &[(&str, &str)] = &[
    ("overtime.toml", include_str!("params/overtime.toml")),
    ("interview.toml", include_str!("params/interview.toml")),
    ("interview-terms.toml", include_str!("params/interview-terms.toml")),
    ("deadline.toml", include_str!("params/deadline.toml")),
    ("patrol.toml", include_str!("params/patrol.toml")),
    ("record.toml", include_str!("params/record.toml")),
    ("stress.toml", include_str!("params/stress.toml")),
    ("stress-interview.toml", include_str!("params/stress-interview.toml")),
    ("checkup.toml", include_str!("params/checkup.toml")),
    ("checkup-items.toml", include_str!("params/checkup-items.toml")),
    ("checkup-opinion.toml", include_str!("params/checkup-opinion.toml")),
    ("special.toml", include_str!("params/special.toml")),
    ("special-keep.toml", include_str!("params/special-keep.toml")),
    ("retention.toml", include_str!("params/retention.toml")),
    ("committee.toml", include_str!("params/committee.toml")),
    ("physician.toml", include_str!("params/physician.toml")),
    ("information.toml", include_str!("params/information.toml")),
    ("disclosure.toml", include_str!("params/disclosure.toml")),
    ("remote.toml", include_str!("params/remote.toml")),
    ("service.toml", include_str!("params/service.toml")),
];

/// Parameters that the computation of hours reads, beside the rules.
pub(crate) const OVERTIME_PARAMETERS: [&str; 7] = [
    "overtime.week.hours",
    "overtime.tier_45.hours",
    "overtime.tier_80.hours",
    "overtime.tier_100.hours",
    "overtime.mean.hours",
    "overtime.mean.shortest",
    "overtime.mean.longest",
];

/// The law as this program holds it.
#[derive(Debug, Clone)]
pub struct Law {
    parameters: Vec<Parameter>,
    thresholds: Vec<(Day, Thresholds)>,
    tables: Tables,
    refused: Option<ParameterError>,
}

impl Law {
    /// The law that ships with the program.
    ///
    /// # Errors
    /// A damaged data file, with its name, line and parameter; the tests keep that from shipping.
    pub fn built_in() -> Result<Self, ParameterError> {
        Self::from_sources(PARAMETER_FILES)
    }

    /// The law of these parameter files, as name and text.
    ///
    /// # Errors
    /// The first file, line and parameter that cannot be read.
    pub fn from_sources(files: &[(&str, &str)]) -> Result<Self, ParameterError> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (file, text) in files {
            for parameter in param::parse(file, text)? {
                if parameters.iter().any(|known| known.id == parameter.id) {
                    return Err(refused(file, &parameter.id, Fault::Duplicate));
                }
                parameters.push(parameter);
            }
        }
        parameters.sort_by(|a, b| a.id.cmp(&b.id));
        let thresholds = thresholds(&parameters)?;
        Ok(Self { parameters, thresholds, tables: Tables::built_in()?, refused: None })
    }

    /// Every parameter, by id.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The tables of the interview's tools and the word lists.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The built-in law, read once for all tests.
    #[cfg(test)]
    pub(crate) fn shared() -> &'static Self {
        static LAW: std::sync::LazyLock<Law> = std::sync::LazyLock::new(|| Law::built_in().unwrap());
        &LAW
    }

    /// The same law with one number changed by `step`, or one provision repealed, to prove that the cases feel it.
    #[cfg(test)]
    pub(crate) fn with_value_changed(&self, id: &str, version: usize, step: i64) -> Self {
        let mut law = self.clone();
        let parameter = law.parameters.iter_mut().find(|parameter| parameter.id == id).unwrap();
        let is_provision = parameter.unit == param::Unit::Provision;
        let value = &mut parameter.versions[version].value;
        *value = value.filter(|_| !is_provision).map(|number| number + step);
        law.thresholds = thresholds(&law.parameters).unwrap();
        law
    }

    /// What the parameter `id` is on `day`.
    pub fn reading(&self, id: &str, day: Day) -> Reading<'_> {
        let found = self.parameters.binary_search_by(|parameter| parameter.id.as_str().cmp(id)).ok();
        let found = found.and_then(|index| self.parameters.get(index));
        let reading = found.map_or(Reading::NotEncoded, |parameter| parameter.on(day));
        #[cfg(test)]
        reads_test::note(id, &reading);
        reading
    }

    /// The thresholds of overtime on `day`; none before the rules exist.
    pub(crate) fn thresholds(&self, day: Day) -> Option<&Thresholds> {
        #[cfg(test)]
        for id in OVERTIME_PARAMETERS {
            let _ = self.reading(id, day);
        }
        self.thresholds.iter().rev().find(|(from, _)| *from <= day).map(|(_, thresholds)| thresholds)
    }
}

fn refused(file: &str, parameter: &str, problem: Fault) -> ParameterError {
    ParameterError { file: file.to_owned(), line: 1, parameter: Some(parameter.to_owned()), problem }
}

/// One set of thresholds for each day on which one of them changes.
fn thresholds(parameters: &[Parameter]) -> Result<Vec<(Day, Thresholds)>, ParameterError> {
    let used = OVERTIME_PARAMETERS.map(|id| parameters.iter().find(|parameter| parameter.id == id).ok_or(id));
    let mut days: Vec<Day> = Vec::new();
    for parameter in used {
        let parameter = parameter.map_err(|id| refused("overtime.toml", id, Fault::Missing))?;
        days.extend(parameter.versions.iter().map(|version| version.from));
    }
    days.sort_unstable();
    days.dedup();
    Ok(days.into_iter().filter_map(|day| Some((day, on(&used, day)?))).collect())
}

fn on(used: &[Result<&Parameter, &str>; 7], day: Day) -> Option<Thresholds> {
    let mut values = [0; 7];
    for (value, parameter) in values.iter_mut().zip(used) {
        let Reading::InForce(number, _) = parameter.as_ref().ok()?.on(day) else { return None };
        *value = number;
    }
    let [week, first, second, third, mean, shortest, longest] = values;
    let size = |value: i64| usize::try_from(value).unwrap_or(0);
    let limit = |hours: i64| Overtime::hours(hours).0;
    Some(Thresholds {
        frame: week.saturating_mul(3600),
        tiers: [limit(first), limit(second), limit(third)],
        mean: limit(mean),
        windows: (size(shortest), size(longest)),
    })
}

#[cfg(test)]
mod cases_test;
#[cfg(test)]
mod ids_test;
#[cfg(test)]
mod properties_test;
#[cfg(test)]
mod reads_test;
