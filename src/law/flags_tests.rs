use super::*;
use crate::domain::{Day, Hours, Period, Seconds};

fn law() -> Law {
    Law::built_in().unwrap()
}

/// Months of reported overtime in hours, newest first, ending on 2026-10-31.
pub(crate) fn overtime_months(hours: &[i64]) -> Vec<WorkedMonth> {
    let mut end: Day = "2026-10-31".parse().unwrap();
    let mut months = Vec::new();
    for value in hours {
        let start = chrono::Datelike::with_day(&end, 1).unwrap();
        let period = Period { start, end };
        let hours = Hours::exact(Seconds::hm(*value, 0));
        months.push(WorkedMonth { period, hours, measure: Measure::ReportedOvertime, is_partial: false });
        end = start.pred_opt().unwrap();
    }
    months
}

#[test]
fn a_history_is_flagged_by_tier_mean_and_run() {
    let flags = flags(&law(), &overtime_months(&[101, 85, 81, 80, 90, 90]), false);
    assert_eq!(flags.tier(), Some(Decided::Known(Tier::Over100)));
    assert_eq!((flags.mean, flags.missing_months, flags.listed_months), (MeanFlag::Over(2), 0, 3));
    assert!(flags.is_listed_again() && flags.is_reported);
}

#[test]
fn missing_months_are_counted_and_break_the_run() {
    let mut months = overtime_months(&[81, 81, 81, 81]);
    months.remove(1);
    let flags = flags(&law(), &months, false);
    assert_eq!((flags.missing_months, flags.listed_months, flags.mean), (3, 1, MeanFlag::Unknown));
    assert_eq!(super::flags(&law(), &[], false).newest, None);
    assert_eq!(super::flags(&law(), &[], false).mean, MeanFlag::Unknown);
}

#[test]
fn the_reasons_name_every_tier_that_holds_and_the_means() {
    let outcomes = explain(&law(), &overtime_months(&[92, 40]), true);
    let rules: Vec<&str> = outcomes.iter().map(|outcome| outcome.rule).collect();
    assert_eq!(rules, ["OT-80", "OT-45", "OT-AVG", "OT-DISPUTE"]);
    assert!(outcomes[0].reasons.iter().any(|reason| reason.text.contains("会社の計算")));
    assert!(explain(&law(), &[], false).is_empty());
}

#[test]
fn a_dispute_is_two_figures_for_the_newest_period() {
    let month = overtime_months(&[80]).remove(0);
    let row = |series, hours| HoursInForce { period: month.period, measure: month.measure, series, hours };
    let own = Hours::exact(Seconds::hm(95, 0));
    assert!(is_disputed(&[row(Series::Employer, month.hours), row(Series::Worker, own)]));
    assert!(!is_disputed(&[row(Series::Employer, month.hours), row(Series::Worker, month.hours)]));
    assert!(!is_disputed(&[row(Series::Employer, month.hours)]) && !is_disputed(&[]));
    assert_eq!(
        history(&[row(Series::Worker, own), row(Series::Employer, month.hours)], month.measure, |_| false),
        vec![month]
    );
}

/// Prints the time for 10,000 workers × 60 months; run with `--nocapture` to see it.
#[test]
fn ten_thousand_workers_are_flagged_at_once() {
    let law = law();
    let months = overtime_months(&[81; 60]);
    let started = std::time::Instant::now();
    let mut listed = 0_u64;
    for _ in 0..10_000 {
        let flags = flags(&law, std::hint::black_box(&months), false);
        listed += u64::from(flags.listed_months);
    }
    let flagged = started.elapsed();
    let tiers =
        (0..10_000).flat_map(|_| std::hint::black_box(&months)).filter(|month| view(&law, month).is_some()).count();
    println!("10,000 workers x 60 months: flags {flagged:?}, flags and every month's tier {:?}", started.elapsed());
    assert_eq!((listed, tiers), (600_000, 600_000));
}
