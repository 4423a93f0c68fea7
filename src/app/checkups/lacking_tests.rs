//! Who lacks what: boundary ages, recorded omissions, deadlines.

use std::sync::Arc;

use super::*;
use crate::app::checkups::testing::{head, sheet};
use crate::app::entry_fixture::{TODAY, day, row, site, worker, worker_id};
use crate::domain::command::Change;
use crate::domain::worker::Sex;

/// Everything but X-ray, sputum, blood and ECG.
const BARE: &[(&str, &str, &str)] = &[
    ("his", "ok", ""),
    ("sym", "ok", ""),
    ("ht", "170.0", ""),
    ("wt", "63.5", ""),
    ("wc", "80.0", ""),
    ("vr", "1.0", ""),
    ("h1r", "20", ""),
    ("sbp", "118", ""),
    ("dbp", "72", ""),
    ("ug", "-", ""),
    ("up", "-", ""),
];

/// One person of that age at the examination of 2026-09-11.
fn person(age: i32, values: &[(&str, &str, &str)]) -> (Site, Vec<CheckupSheet>) {
    let mut site = site();
    let born = format!("{}-09-11", 2026 - age);
    site.workers = Arc::new(vec![Worker { birth: Some(day(&born)), sex: Sex::Male, ..worker(1, "見本") }]);
    let checkup = head(row(101), worker_id(1), day("2026-09-11"), "D");
    let sheets = vec![sheet(row(201), &checkup, values)];
    site.checkups = Arc::new(vec![checkup].into());
    (site, sheets)
}

fn found(site: &Site, sheets: &[CheckupSheet]) -> Lacking {
    lacking(&Law::built_in().unwrap(), site, sheets, day(TODAY)).remove(0)
}

fn state(person: &Lacking, item: &str) -> Option<GapState> {
    person.gaps.iter().find(|gap| gap.item == item).map(|gap| gap.state)
}

#[test]
fn an_age_leaves_room_for_the_physician_and_never_leaves_out() {
    for (age, expected) in [
        (34, GapState::Judgeable),
        (35, GapState::Owed),
        (36, GapState::Judgeable),
        (39, GapState::Judgeable),
        (40, GapState::Owed),
    ] {
        let (site, sheets) = person(age, BARE);
        let found = found(&site, &sheets);
        for item in ["anemia", "liver", "lipid", "glucose", "ecg"] {
            assert_eq!(state(&found, item), Some(expected), "{item} at {age}");
        }
    }
    let (site, sheets) = person(50, BARE);
    assert_eq!(state(&found(&site, &sheets), "blood_pressure"), None, "what was examined is no gap");
    let (site, sheets) = person(30, BARE);
    assert_eq!(state(&found(&site, &sheets), "xray"), Some(GapState::Owed), "30 is an age of the X-ray");
    let (site, sheets) = person(29, BARE);
    assert_eq!(state(&found(&site, &sheets), "xray"), Some(GapState::Open), "a school or a hospital is not known here");
}

#[test]
fn leaving_out_is_an_act_with_reason_and_name_and_closes_the_gap() {
    let (mut site, sheets) = person(36, BARE);
    let before = found(&site, &sheets);
    let gap = *before.gaps.iter().find(|gap| gap.item == "ecg").unwrap();
    let told = |reason: &str, doctor: &str| omit(&site, &before, &gap, reason, doctor, day(TODAY));
    assert_eq!(told(" ", "水野 遥"), Err(OmissionFault::NoReason));
    assert_eq!(told("前年に異常なし", ""), Err(OmissionFault::NoName));
    let command = told("前年に異常なし", "水野 遥").unwrap();
    let Change::Put(crate::domain::AnyRecord::CheckupOmission(omission)) = &command.changes[0] else { panic!() };
    assert_eq!((omission.item.as_str(), omission.ground.as_str()), ("ecg", "OMI-05"));
    site.checkup_omissions = Arc::new(vec![(**omission).clone()]);
    let after = found(&site, &sheets);
    assert_eq!((state(&after, "ecg"), state(&after, "liver")), (None, Some(GapState::Judgeable)));

    let (site, sheets) = person(40, BARE);
    let old = found(&site, &sheets);
    let gap = *old.gaps.iter().find(|gap| gap.item == "ecg").unwrap();
    assert_eq!(omit(&site, &old, &gap, "本人の希望", "水野 遥", day(TODAY)), Err(OmissionFault::NotJudgeable));
}

#[test]
fn deadlines_run_by_kind_and_an_opinion_from_the_day_of_examination() {
    let (mut site, sheets) = person(50, BARE);
    let plain = found(&site, &sheets);
    assert_eq!((plain.kind, plain.due.unwrap().last), (CheckupKind::Periodic, day("2027-09-11")));
    assert_eq!(plain.opinion_due.unwrap().last, day("2026-12-11"));
    Arc::make_mut(&mut site.workers)[0].special_work = "深夜業".to_owned();
    let judged = Checkup { opinion_on: Some(day(TODAY)), ..site.checkups.last().unwrap().clone() };
    Arc::make_mut(&mut site.checkups).put(&judged);
    let night = found(&site, &sheets);
    assert_eq!((night.kind, night.due.unwrap().last), (CheckupKind::Specified, day("2027-03-11")));
    assert_eq!(night.opinion_due, None);
}

#[test]
fn who_was_not_examined_in_a_year_comes_first() {
    let (mut site, sheets) = person(50, BARE);
    Arc::make_mut(&mut site.workers).push(worker(2, "未受診"));
    let people = lacking(&Law::built_in().unwrap(), &site, &sheets, day(TODAY));
    assert_eq!(people[0].worker, worker_id(2));
    assert!(people[0].is_unexamined(day(TODAY)) && !people[1].is_unexamined(day(TODAY)));
}

#[test]
fn a_recommendation_is_open_until_its_result_came() {
    let (mut site, sheets) = person(50, BARE);
    let command = follow(&site, &found(&site, &sheets), day(TODAY)).unwrap();
    let Change::Put(crate::domain::AnyRecord::CheckupFollow(advised)) = &command.changes[0] else { panic!() };
    site.checkup_follows = Arc::new(vec![(**advised).clone()]);
    let open = found(&site, &sheets);
    assert_eq!(open.open_follows, 1);
    let command = follow(&site, &open, day(TODAY)).unwrap();
    let Change::Put(crate::domain::AnyRecord::CheckupFollow(answered)) = &command.changes[0] else { panic!() };
    assert_eq!((answered.id.clone(), answered.answered_on), (advised.id.clone(), Some(day(TODAY))));
}

#[test]
fn somebody_new_is_owed_the_examination_at_hiring_unless_a_certificate_stands_for_it() {
    let hired = |joined: &str, examined: &str| {
        let (mut site, mut sheets) = person(30, BARE);
        site.workers = Arc::new(vec![Worker { joined_on: Some(day(joined)), ..site.workers[0].clone() }]);
        let checkup = head(row(101), worker_id(1), day(examined), "A");
        sheets[0].day = checkup.day;
        site.checkups = Arc::new(vec![checkup].into());
        let found = found(&site, &sheets);
        (found.kind, found.due.map(|due| due.safe.to_string()))
    };
    let owed = (CheckupKind::Hire, Some("2026-10-01".to_owned()));
    assert_eq!(hired("2026-10-01", "2026-06-30"), owed, "three months have passed on the day of hiring");
    assert_eq!(hired("2026-10-01", "2026-07-01").0, CheckupKind::Periodic, "the certificate stands for it");
    assert_eq!(hired("2026-10-01", "2026-10-05").0, CheckupKind::Periodic, "examined since");
    assert_eq!(hired("2020-04-01", "2019-04-01").0, CheckupKind::Periodic, "who came long ago is not asked for it");
    let mut site = site();
    site.workers = Arc::new(vec![Worker { joined_on: Some(day("2026-11-01")), ..worker(1, "見本") }]);
    assert_eq!(found(&site, &[]).kind, CheckupKind::Hire, "nothing is on record");
}

#[test]
fn what_was_done_half_a_year_before_may_be_left_out_of_the_examination_of_specified_work() {
    const BLOOD: &[(&str, &str, &str)] = &[("hb", "14.8", ""), ("rbc", "480", ""), ("ecg", "ok", "")];
    let (mut site, mut sheets) = person(50, BARE);
    site.workers = Arc::new(vec![Worker { special_work: "深夜業".to_owned(), ..site.workers[0].clone() }]);
    sheets[0].kind = CheckupKind::Specified;
    assert_eq!(state(&found(&site, &sheets), "anemia"), Some(GapState::Open), "nobody knows what was done before");
    let earlier = head(row(102), worker_id(1), day("2026-03-11"), "A");
    let newest = head(row(101), worker_id(1), day("2026-09-11"), "D");
    sheets.push(sheet(row(202), &earlier, BLOOD));
    site.checkups = Arc::new(vec![newest, earlier].into());
    let found = found(&site, &sheets);
    assert_eq!(state(&found, "anemia"), Some(GapState::Judgeable), "done then: the physician may leave it out");
    assert_eq!(state(&found, "ecg"), Some(GapState::Judgeable));
    assert_eq!(state(&found, "lipid"), Some(GapState::Owed), "not done then either");
    assert_eq!(wanted(&site, day(TODAY)).len(), 2, "both sheets are read");
}

#[test]
fn a_blood_sugar_too_soon_after_the_meal_is_owed_still() {
    let of = |meal: &'static str| {
        let values: Vec<_> = BARE.iter().copied().chain([("cpg", "208", ""), ("meal", meal, "")]).collect();
        let (site, sheets) = person(50, &values);
        state(&found(&site, &sheets), "glucose")
    };
    assert_eq!((of("<3.5"), of(">=3.5")), (Some(GapState::Owed), None));
}
