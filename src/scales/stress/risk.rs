//! 仕事のストレス判定図: the health risk of a group from four means, by a named set of coefficients.
//!
//! The formula was read; the numbers come from public programs that disagree, so they are named and shown as 未確認.
//! The exponent is exact; one exponential is taken at the end and nothing is decided by it.

use std::sync::OnceLock;

use serde::Deserialize;

use super::TableFault;
use super::file;
use crate::domain::worker::Sex;

const FILE: &str = "risk.toml";
/// Averages stand in tenths, coefficients in thousandths.
const SCALE: f64 = 10_000.0;

/// The four scales of the chart by id: 量, コントロール, 上司, 同僚.
pub const CHART: [&str; 4] = ["A_QUANT", "A_CONTROL", "C_BOSS", "C_COWORKER"];

/// A named set of coefficients.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoefficientSet {
    /// `A`, `B`
    pub id: String,
    /// Where the numbers were read.
    pub source: String,
    /// How sure they are.
    pub status: String,
    men: Coefficients,
    women: Option<Coefficients>,
}

/// Average in tenths and coefficient in thousandths of each scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Coefficients {
    demand: (i64, i64),
    control: (i64, i64),
    supervisor: (i64, i64),
    coworkers: (i64, i64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    #[expect(dead_code, reason = "where the formula was read stands in the file for the reader of the file")]
    formula: String,
    #[expect(dead_code, reason = "as the formula")]
    status: String,
    set: Vec<CoefficientSet>,
}

/// Sums of raw scores over the sheets of a group that have all twelve items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChartSums {
    /// How many sheets.
    pub people: i64,
    /// In the order of [`CHART`].
    pub sums: [i64; 4],
}

/// The risk, 100 being the average of the country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// 量-コントロール
    pub demand_control: f64,
    /// 職場の支援
    pub support: f64,
    /// 総合健康リスク
    pub total: f64,
}

/// The sets that came with the program; the first is the one that is used unless another is asked for.
///
/// # Errors
/// [`TableFault`] if the file does not hold together.
pub fn sets() -> Result<&'static [CoefficientSet], TableFault> {
    static SETS: OnceLock<Result<Vec<CoefficientSet>, TableFault>> = OnceLock::new();
    let sets = SETS.get_or_init(|| Ok(file::read::<Book>(FILE, include_str!("risk.toml"))?.set));
    sets.as_ref().map(Vec::as_slice).map_err(Clone::clone)
}

impl CoefficientSet {
    /// The risk of a group of one sex; where no sex was collected the men's chart is used, as the manual says.
    ///
    /// None for an empty group, and for women where the set has no numbers for them.
    pub fn risk(&self, group: &ChartSums, sex: Sex) -> Option<Risk> {
        let coefficients = if sex == Sex::Female { self.women? } else { self.men };
        let Coefficients { demand, control, supervisor, coworkers } = coefficients;
        let [quantity, freedom, above, beside] = group.sums;
        let first = part(quantity, group.people, demand)? + part(freedom, group.people, control)?;
        let second = part(above, group.people, supervisor)? + part(beside, group.people, coworkers)?;
        let (demand_control, support) = (100.0 * first.exp(), 100.0 * second.exp());
        Some(Risk { demand_control, support, total: demand_control * support / 100.0 })
    }
}

impl CoefficientSet {
    /// Average in hundredths and coefficient of two scales of [`CHART`], for a drawing.
    pub(super) fn slopes(&self, scales: [usize; 2], sex: Sex) -> Option<[(f64, f64); 2]> {
        let Coefficients { demand, control, supervisor, coworkers } =
            if sex == Sex::Female { self.women? } else { self.men };
        let all = [demand, control, supervisor, coworkers];
        #[expect(clippy::cast_precision_loss, reason = "averages and coefficients have three digits")]
        let one = |place: usize| all.get(place).map(|(mean, slope)| (*mean as f64 * 10.0, *slope as f64 / 1000.0));
        let [first, second] = scales;
        Some([one(first)?, one(second)?])
    }

    /// Both sexes' risks weighed by their number; not defined in the texts that were read, and to be labelled so.
    pub fn weighed(&self, men: &ChartSums, women: &ChartSums) -> Option<Risk> {
        let (first, second) = (self.risk(men, Sex::Male)?, self.risk(women, Sex::Female)?);
        #[expect(clippy::cast_precision_loss, reason = "numbers of people are far below 2^52")]
        let (some, others) = (men.people as f64, women.people as f64);
        let mean = |pick: fn(&Risk) -> f64| (pick(&first) * some + pick(&second) * others) / (some + others);
        Some(Risk {
            demand_control: mean(|risk| risk.demand_control),
            support: mean(|risk| risk.support),
            total: mean(|risk| risk.total),
        })
    }
}

/// (mean − average) × coefficient; the numerator is exact.
fn part(sum: i64, people: i64, (average, coefficient): (i64, i64)) -> Option<f64> {
    let numerator = sum.checked_mul(10)?.checked_sub(average.checked_mul(people)?)?.checked_mul(coefficient)?;
    #[expect(clippy::cast_precision_loss, reason = "sums of scores are far below 2^52")]
    (people > 0).then(|| numerator as f64 / (SCALE * people as f64))
}

impl Risk {
    /// A figure without decimals; the official rounding was not found.
    pub fn rounded(value: f64) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "a risk is a few hundred")]
        {
            value.round() as i64
        }
    }
}
