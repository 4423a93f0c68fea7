//! What one look at a worker says, and where its keys lead.

use std::sync::Arc;

use super::*;
use crate::app::entry_fixture::row;
use crate::domain::case::{Request, RequestBy};
use crate::domain::establishment::{HoursMeans, HoursMethod};
use crate::domain::hours::{Measure, Series};
use crate::domain::{Prefix, Seconds};
use crate::ui::screens::fixture::{Drive, day, site, worker_id};

fn disputed() -> crate::app::Site {
    let mut site = site();
    let request = Request {
        id: row(5),
        case_id: Id::new(site.id(), Prefix::Case, 1),
        worker: worker_id(1),
        day: day("2026-11-10"),
        by: RequestBy::Paper,
        period_end: Some(day("2026-09-30")),
        place: String::new(),
        wishes: String::new(),
        doctor: String::new(),
        own_seconds: Some(Seconds::hm(101, 45).0),
        withdrawn_on: None,
    };
    site.requests = Arc::new(vec![request]);
    site
}

#[test]
fn both_figures_of_a_dispute_stand_side_by_side() {
    let mut drive = Drive::at(disputed(), &Route::Worker(worker_id(1)));
    let screen = drive.screen(80, 24);
    assert!(screen.contains("9月  会社 84:04+   本人 101:45"), "{screen}");
    drive.keys("w");
    let why = drive.screen(80, 40);
    for text in ["本人の時間", "本人 101:45", "OT-DISPUTE", "面接指導を先に"] {
        assert!(why.contains(text), "{text}\n{why}");
    }
}

#[test]
fn without_a_dispute_there_is_one_figure() {
    let mut site = disputed();
    Arc::make_mut(&mut site.requests)[0].own_seconds = None;
    let mut drive = Drive::at(site, &Route::Worker(worker_id(1)));
    assert!(!drive.screen(80, 24).contains("本人 "));
    drive.keys("w");
    assert!(!drive.screen(80, 40).contains("OT-DISPUTE"));
}

#[test]
fn the_pane_lists_the_information_for_the_interview() {
    let mut drive = Drive::at(site(), &Route::Worker(worker_id(1)));
    drive.keys("I3").press(crate::ui::keys::Code::Esc);
    let screen = drive.screen(120, 40);
    assert!(screen.contains("面接の情報") && screen.contains("依頼中"), "{screen}");
}

#[test]
fn who_is_listed_again_and_was_never_chosen_is_said_on_the_roster_and_in_the_reasons() {
    let mut site = site();
    let value = |month| {
        let (period, hours) = (site.period(2026, month).unwrap(), crate::domain::Hours::exact(Seconds::hm(269, 39)));
        let (measure, series) = (Measure::StatutoryTotal, Series::Employer);
        crate::domain::command::HoursInForce { period, measure, series, hours }
    };
    let hours = vec![value(10), value(9)];
    site.hours = Arc::new([(worker_id(1), hours)].into());
    let mut drive = Drive::at(site, &Route::Roster(crate::ui::screens::fixture::site_id()));
    for (width, height) in [(80, 24), (120, 40)] {
        assert!(drive.screen(width, height).contains("2期続けて掲載、面接なし"));
    }
    drive.keys("w");
    assert!(drive.screen(80, 24).contains("  掲載        2期続けて掲載、面接なし"), "{}", drive.screen(80, 24));
}

#[test]
fn a_second_source_and_the_nights_stand_beside_the_hours() {
    let mut site = disputed();
    Arc::make_mut(&mut site.requests)[0].own_seconds = None;
    let newest = site.hours_of(&worker_id(1)).iter().find(|value| value.series == Series::Employer).copied().unwrap();
    let mut with = |series, seconds| {
        let hours = crate::domain::Hours::exact(seconds);
        let value = crate::domain::command::HoursInForce { series, hours, ..newest };
        Arc::make_mut(&mut site.hours).get_mut(&worker_id(1)).unwrap().push(value);
    };
    with(Series::Reference, Seconds(newest.hours.low.0 + 15 * 3600));
    with(Series::Worker, Seconds(newest.hours.low.0 + 12 * 3600 + 1800));
    site.nights = Arc::new(vec![crate::domain::hours::NightWork {
        id: row(9),
        worker: worker_id(1),
        first_day: newest.period.start,
        last_day: newest.period.end,
        count: Some(4),
        seconds: Some(88_200),
    }]);
    let mut drive = Drive::at(site, &Route::Worker(worker_id(1)));
    let screen = drive.screen(80, 24);
    assert!(screen.contains("本人の申告") && screen.contains("差 +12:30"), "{screen}");
    assert!(screen.contains("深夜業 4回 24:30"), "{screen}");
}

#[test]
fn a_total_that_contradicts_the_companys_overtime_is_named_with_both_figures() {
    let mut site = site();
    let newest = site.hours_of(&worker_id(1)).iter().find(|value| value.series == Series::Employer).copied().unwrap();
    let value = |measure, hours: i64, minutes| crate::domain::command::HoursInForce {
        measure,
        hours: crate::domain::Hours::exact(Seconds::hm(hours, minutes)),
        ..newest
    };
    let both = [value(Measure::StatutoryTotal, 160, 0), value(Measure::ReportedOvertime, 105, 30)];
    *Arc::make_mut(&mut site.hours).get_mut(&worker_id(1)).unwrap() = both.into();
    let screen = Drive::at(site.clone(), &Route::Worker(worker_id(1))).screen(80, 24);
    assert!(screen.contains("総労働時間から 0:00   会社の残業 105:30   差 +105:30"), "{screen}");
    let agreed = [both[0], value(Measure::ReportedOvertime, 10, 0)];
    *Arc::make_mut(&mut site.hours).get_mut(&worker_id(1)).unwrap() = agreed.into();
    let screen = Drive::at(site, &Route::Worker(worker_id(1))).screen(80, 24);
    assert!(!screen.contains("会社の残業"), "one tier: {screen}");
}

#[test]
fn how_the_hours_are_taken_down_stands_beside_them_and_on_the_why_sheet() {
    let mut site = site();
    let method = HoursMethod {
        id: row(6),
        valid_from: day("2026-04-01"),
        valid_until: None,
        class: None,
        means: HoursMeans::Declared,
        content: "月末に本人が書く".into(),
        remark: "申告に上限がある".into(),
        deliberated_on: None,
        minutes: String::new(),
    };
    site.methods = Arc::new(vec![method]);
    let mut drive = Drive::at(site, &Route::Worker(worker_id(1)));
    let screen = drive.screen(80, 24);
    assert!(screen.contains("時間の把握 自己申告 2026-04-01 から   確かさ 申告に上限がある"), "{screen}");
    drive.keys("w");
    let why = drive.screen(80, 40);
    for text in ["時間の把握", "自己申告 2026-04-01 から  月末に本人が書く", "確かさ", "申告に上限がある"]
    {
        assert!(why.contains(text), "{text}\n{why}");
    }
}
