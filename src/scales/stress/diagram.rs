//! 仕事のストレス判定図 as a drawing: where a group stands in its two squares, and the lines of equal risk.
//!
//! A line of equal risk follows from the formula and a named set of coefficients: it is as sure as that set is. Places
//! are hundredths of a score, from 3 to 12 on each side; nothing is decided by a drawing.

use super::risk::{ChartSums, CoefficientSet};
use crate::domain::worker::Sex;

/// The sides of a square, in hundredths of a score: three answers of 1 to three of 4.
pub const SIDE: (i64, i64) = (300, 1200);
/// Risks whose lines are drawn: the average of the country, a fifth less and a fifth more.
pub const RISKS: [i64; 3] = [80, 100, 120];

/// One of the two squares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diagram {
    /// 量-コントロール判定図
    DemandControl,
    /// 職場の支援判定図
    Support,
}

/// A place in a square: across, up.
pub type Place = (i64, i64);

impl Diagram {
    /// Both, in the order of the form.
    pub const ALL: [Self; 2] = [Self::DemandControl, Self::Support];

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::DemandControl => "量-コントロール判定図",
            Self::Support => "職場の支援判定図",
        }
    }

    /// What stands across and up.
    pub const fn axes(self) -> [&'static str; 2] {
        match self {
            Self::DemandControl => ["量的負担", "コントロール"],
            Self::Support => ["上司の支援", "同僚の支援"],
        }
    }

    /// The places of its two scales among those of the chart.
    pub(super) const fn scales(self) -> [usize; 2] {
        match self {
            Self::DemandControl => [0, 1],
            Self::Support => [2, 3],
        }
    }

    /// Where a group stands; none for an empty one.
    pub fn place(self, group: &ChartSums) -> Option<Place> {
        let mean = |place: usize| (group.sums.get(place)? * 200 + group.people).checked_div(group.people * 2);
        let [across, up] = self.scales();
        Some((mean(across)?, mean(up)?))
    }

    /// The ends of the line of equal risk inside the square; none where the set has no numbers for the sex, or the line
    /// lies outside.
    pub fn line(self, set: &CoefficientSet, sex: Sex, risk: i64) -> Option<[Place; 2]> {
        let [across, up] = set.slopes(self.scales(), sex)?;
        #[expect(clippy::cast_precision_loss, reason = "a risk is a few hundred, a side twelve hundred")]
        let (level, low, high) = ((risk as f64 / 100.0).ln(), SIDE.0 as f64, SIDE.1 as f64);
        let solve = |(own_mean, own): (f64, f64), (mean, slope): (f64, f64), at: f64| {
            own_mean + (level * 100.0 - (at - mean) * slope) / own
        };
        let at_side = |x: f64| (x, solve(up, across, x));
        let at_edge = |y: f64| (solve(across, up, y), y);
        let found = [at_side(low), at_edge(low), at_edge(high), at_side(high)];
        let is_inside = |(x, y): &(f64, f64)| [x, y].iter().all(|at| (low..=high).contains(*at));
        let mut inside = found.into_iter().filter(is_inside).map(|(x, y)| (whole(x), whole(y)));
        let first = inside.next()?;
        inside.rfind(|other| *other != first).map(|last| [first, last])
    }
}

fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "inside the square")]
    {
        value.round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::super::risk::{Risk, sets};
    use super::*;

    fn at(place: Place) -> ChartSums {
        ChartSums { people: 100, sums: [place.0, place.1, place.0, place.1] }
    }

    /// Every end of every line has the risk that the line is named by, by the formula itself.
    #[test]
    fn a_line_of_equal_risk_has_that_risk_at_both_ends() {
        for set in sets().unwrap() {
            for (diagram, sex) in Diagram::ALL.into_iter().flat_map(|d| [(d, Sex::Male), (d, Sex::Female)]) {
                for risk in RISKS {
                    let Some(ends) = diagram.line(set, sex, risk) else {
                        assert!(sex == Sex::Female && set.id == "B", "{} {sex:?} {risk}", set.id);
                        continue;
                    };
                    for end in ends {
                        let found = set.risk(&at(end), sex).unwrap();
                        let found = [found.demand_control, found.support][usize::from(diagram == Diagram::Support)];
                        assert!(
                            (Risk::rounded(found * 10.0) - risk * 10).abs() <= 1,
                            "{diagram:?} {sex:?} {risk}: {found}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_group_stands_at_its_means() {
        let group = ChartSums { people: 3, sums: [25, 24, 21, 23] };
        assert_eq!(Diagram::DemandControl.place(&group), Some((833, 800)));
        assert_eq!(Diagram::Support.place(&group), Some((700, 767)));
        assert_eq!(Diagram::Support.place(&ChartSums::default()), None);
    }
}
