use proptest::prelude::*;

use super::*;
use crate::domain::time::after_days;

fn law() -> &'static Law {
    Law::shared()
}

fn period(days: u64) -> Period {
    let start: Day = "2026-01-01".parse().unwrap();
    Period { start, end: after_days(start, days - 1) }
}

fn view(days: u64, hours: Hours, measure: Measure) -> MonthView {
    let period = period(days);
    month(law(), period.end, period, hours, measure).unwrap()
}

fn total(days: u64, hours: i64, minutes: i64) -> MonthView {
    view(days, Hours::exact(Seconds::hm(hours, minutes)), Measure::StatutoryTotal)
}

/// The boundary table of the sheet, section 1: last minute that does not exceed, first that does.
#[test]
fn the_boundary_table_holds_to_the_minute() {
    let table = [
        (28, [(205, 0), (240, 0), (260, 0)]),
        (29, [(210, 42), (245, 42), (265, 42)]),
        (30, [(216, 25), (251, 25), (271, 25)]),
        (31, [(222, 8), (257, 8), (277, 8)]),
    ];
    for (days, limits) in table {
        for ((hours, minutes), tier) in limits.into_iter().zip([Tier::Over45, Tier::Over80, Tier::Over100]) {
            assert!(total(days, hours, minutes).tier.known() < Some(tier), "{days} {hours}:{minutes}");
            assert_eq!(total(days, hours, minutes + 1).tier, Decided::Known(tier), "{days} {hours}:{minutes}");
        }
    }
}

#[test]
fn a_second_beyond_the_minute_decides_and_shows_a_plus() {
    // 31 days: 80 h is passed between 257:08:34 and 257:08:35 (x7 = 2,015,998 and 2,016,005).
    let at = |seconds| view(31, Hours::exact(Seconds(Seconds::hm(257, 8).0 + seconds)), Measure::StatutoryTotal);
    assert_eq!((at(34).tier, at(34).display()), (Decided::Known(Tier::Over45), "79:59+".to_owned()));
    assert_eq!((at(35).tier, at(35).display()), (Decided::Known(Tier::Over80), "80:00+".to_owned()));
}

#[test]
fn a_rounded_value_that_spans_a_limit_is_not_decided() {
    let hours = Hours { low: Seconds(287_820), high: Seconds(288_180) };
    let view = view(31, hours, Measure::ReportedOvertime);
    assert_eq!(view.tier, Decided::Undecided { low: Tier::Over45, high: Tier::Over80 });
    assert_eq!((view.display(), view.is_reported), ("79:57〜80:03".to_owned(), true));
    assert_eq!(view.exceeds(Overtime::hours(80)).known(), None);
    assert_eq!(view.exceeds(Overtime::hours(81)), Decided::Known(false));
}

#[test]
fn less_than_forty_hours_a_week_keeps_its_value_and_shows_nothing() {
    let view = total(30, 160, 0);
    // 7·160 h − 40 h·30 = −80 h, that is −11:25 5/7.
    assert_eq!(
        (view.x7_low, view.display(), view.x7_low.exact()),
        (Overtime(-80 * 3600), "0:00".into(), "-11:25 5/7".into())
    );
}

#[test]
fn hours_of_another_definition_and_days_before_the_rules_have_no_answer() {
    let hours = Hours::exact(Seconds::hm(100, 0));
    let period = period(31);
    assert_eq!(month(law(), period.end, period, hours, Measure::Article36), None);
    assert_eq!(month(law(), period.end, period, hours, Measure::MedicalAct), None);
    assert_eq!(month(law(), "2006-03-31".parse().unwrap(), period, hours, Measure::StatutoryTotal), None);
    assert!(month(law(), "2006-04-01".parse().unwrap(), period, hours, Measure::StatutoryTotal).is_some());
}

#[test]
fn the_why_sheet_shows_sevenths() {
    let month = |hours: Hours, measure| WorkedMonth { period: period(31), hours, measure, is_partial: false };
    let exact = Hours::exact(Seconds::hm(269, 39));
    let text = |month| computation(law(), &month).unwrap();
    assert_eq!(text(month(exact, Measure::StatutoryTotal)), "総労働 269:39 - 31日/7x40時間 177:08 4/7 = 92:30 3/7");
    let rounded = Hours { low: Seconds::hm(260, 0), high: Seconds(936_036) };
    assert_eq!(
        text(month(rounded, Measure::StatutoryTotal)),
        "総労働 260:00〜260:00:36 - 31日/7x40時間 177:08 4/7 = 82:51 3/7〜82:52 12/7秒"
    );
    assert!(text(month(exact, Measure::ReportedOvertime)).contains("会社の計算"));
}

/// 0:00〜0:00 would be an interval of nothing: what lies below 40 hours a week with both its ends is one figure.
#[test]
fn two_ends_that_are_shown_alike_are_one_figure() {
    let between = |low, high| {
        let hours = Hours { low: Seconds::hm(low, 0), high: Seconds::hm(high, 0) };
        view(28, hours, Measure::StatutoryTotal)
    };
    let (below, across) = (between(150, 152), between(158, 163));
    assert_eq!((below.display().as_str(), below.words().as_str()), ("0:00", "0時間00分"));
    assert_eq!((across.display().as_str(), across.words().as_str()), ("0:00〜3:00", "0時間00分から3時間00分"));
    let excess = crate::law::interview::Excess { low: below.x7_low, high: below.x7_high };
    assert_eq!(excess.display(), "0:00");
}

proptest! {
    /// More hours never lower the tier.
    #[test]
    fn more_hours_never_lower_the_tier(days in 1u64..62, seconds in 0i64..3_000_000, more in 0i64..1_000_000) {
        let at = |seconds| view(days, Hours::exact(Seconds(seconds)), Measure::StatutoryTotal).tier.known();
        prop_assert!(at(seconds) <= at(seconds + more));
    }

    /// The exact comparison agrees with the definition in rational numbers: 7·(S − h) > 40 h · D.
    #[test]
    fn the_tier_is_the_definition(days in 1u64..62, seconds in 0i64..3_000_000) {
        let over = |hours: i64| (seconds - hours * 3600) * 7 > 144_000 * i64::try_from(days).unwrap();
        let tier = if over(100) { Tier::Over100 } else if over(80) { Tier::Over80 } else if over(45) { Tier::Over45 } else { Tier::Below };
        prop_assert_eq!(view(days, Hours::exact(Seconds(seconds)), Measure::StatutoryTotal).tier, Decided::Known(tier));
    }

    /// No number of hours makes the arithmetic fail.
    #[test]
    fn no_hours_overflow(low in any::<i64>(), high in any::<i64>()) {
        let hours = Hours { low: Seconds(low), high: Seconds(high) };
        let view = view(31, hours, Measure::StatutoryTotal);
        let _ = (view.display(), view.x7_low.exact());
    }
}
