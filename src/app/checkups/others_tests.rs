//! Examinations beside the ordinary one: due days by their rules, postings, items as they are typed.

use std::sync::Arc;

use super::*;
use crate::app::checkups::lacking;
use crate::app::checkups::lacking::GapState;
use crate::app::checkups::testing::{head, sheet};
use crate::app::entry_fixture::{TODAY, day, row, site, worker, worker_id};
use crate::domain::checkup::{WorkplaceFact, WorkplaceKind};
use crate::domain::worker::{FindingState, Worker};

fn today() -> Day {
    day(TODAY)
}

fn law() -> Law {
    Law::built_in().unwrap()
}

fn at(exam: SpecialKind, from: &str) -> ExamDuty {
    ExamDuty {
        id: row(100),
        worker: worker_id(1),
        exam,
        work: "塗装".to_owned(),
        items: String::new(),
        is_long_kept: false,
        is_relaxed: false,
        dust_class: DustClass::None,
        valid_from: day(from),
        valid_until: None,
    }
}

fn done(exam: SpecialKind, on: &str) -> SpecialExam {
    SpecialExam {
        id: row(200),
        worker: worker_id(1),
        exam,
        day: day(on),
        clinic: String::new(),
        finding: FindingState::None,
        is_instructed: false,
        items_json: Vec::new(),
        dose_microsieverts: None,
        submitted_on: None,
        is_long_kept: false,
        opinion_on: None,
        opinion: None,
    }
}

fn with(duty: ExamDuty, exams: Vec<SpecialExam>) -> Vec<Owed> {
    let mut site = site();
    site.exam_duties = Arc::new(vec![duty]);
    site.special_exams = Arc::new(exams);
    owed(&law(), &site, today())
}

#[test]
fn each_examination_is_due_by_its_own_rule() {
    let due = |duty: ExamDuty, last: &str| {
        let exam = duty.exam;
        with(duty, vec![done(exam, last)]).first().map(|one| (one.rule, one.due.map(|due| due.safe)))
    };
    let half = Some(day("2026-12-10"));
    for (exam, rule) in [
        (SpecialKind::Dental, "CHK-06"),
        (SpecialKind::Organic, "SP-01"),
        (SpecialKind::Lead, "SP-02"),
        (SpecialKind::TetraalkylLead, "SP-03"),
        (SpecialKind::Chemical, "SP-04"),
        (SpecialKind::Pressure, "SP-05"),
        (SpecialKind::Radiation, "SP-06"),
        (SpecialKind::Decontamination, "SP-07"),
        (SpecialKind::Asbestos, "SP-08"),
    ] {
        assert_eq!(due(at(exam, "2020-04-01"), "2026-06-10"), Some((rule, half)), "{}", exam.label());
    }
    let relaxed = ExamDuty { is_relaxed: true, ..at(SpecialKind::Organic, "2020-04-01") };
    assert_eq!(due(relaxed, "2026-06-10"), Some(("SP-01", Some(day("2027-06-10")))));
    let dust = |class| ExamDuty { dust_class: class, ..at(SpecialKind::Dust, "2020-04-01") };
    assert_eq!(due(dust(DustClass::First), "2024-05-20"), Some(("SP-09", Some(day("2027-05-20")))));
    assert_eq!(due(dust(DustClass::Second), "2026-05-20"), Some(("SP-09", Some(day("2027-05-20")))));
}

#[test]
fn the_first_one_is_owed_at_once_and_stool_tests_never_again() {
    let first = with(at(SpecialKind::Organic, "2026-11-01"), Vec::new());
    assert_eq!(first.iter().map(|one| (one.due, one.since)).collect::<Vec<_>>(), [(None, day("2026-11-01"))]);
    assert_eq!(with(at(SpecialKind::Catering, "2026-11-01"), Vec::new()).len(), 1);
    let tested = vec![done(SpecialKind::Catering, "2026-11-02")];
    assert_eq!(with(at(SpecialKind::Catering, "2026-11-01"), tested), []);
    let ended = ExamDuty { valid_until: Some(day("2026-11-19")), ..at(SpecialKind::Organic, "2026-11-01") };
    assert_eq!(with(ended, Vec::new()), [], "the work has ended");
    assert_eq!(with(at(SpecialKind::OwnChoice, "2026-11-01"), Vec::new()), [], "nobody owes 自発的");
}

fn abroad(leaves: &str, returns: Option<&str>, exams: Vec<SpecialExam>) -> Vec<Owed> {
    let mut site = site();
    let posting = Posting {
        id: row(300),
        worker: worker_id(1),
        place: "ハノイ".to_owned(),
        leaves_on: day(leaves),
        returns_on: returns.map(day),
        is_home_temporary: false,
    };
    site.postings = Arc::new(vec![posting]);
    site.special_exams = Arc::new(exams);
    owed(&law(), &site, today())
}

#[test]
fn a_posting_of_six_months_wants_an_examination_before_and_after() {
    let before = abroad("2026-12-01", Some("2027-05-31"), Vec::new());
    assert_eq!(
        before.iter().map(|one| (one.exam, one.due.map(|due| due.safe))).collect::<Vec<_>>(),
        [(SpecialKind::Abroad, Some(day("2026-12-01")))]
    );
    assert_eq!(abroad("2026-12-01", Some("2027-05-30"), Vec::new()), [], "a day less than six months");
    assert_eq!(abroad("2026-12-01", None, Vec::new()), [], "nobody said when they come back");
    // An examination of the six months before still stands (45条の2第3項).
    let fresh = vec![done(SpecialKind::Abroad, "2026-06-02")];
    assert_eq!(abroad("2026-12-01", Some("2027-05-31"), fresh), []);
    let old = vec![done(SpecialKind::Abroad, "2026-05-30")];
    assert_eq!(abroad("2026-12-01", Some("2027-05-31"), old).len(), 1);
    let home = abroad("2026-01-01", Some("2026-11-15"), Vec::new());
    assert_eq!(
        home.iter().map(|one| (one.exam, one.due, one.since)).collect::<Vec<_>>(),
        [(SpecialKind::Home, None, day("2026-11-15"))]
    );
    let seen = vec![done(SpecialKind::Home, "2026-11-16")];
    assert_eq!(abroad("2026-01-01", Some("2026-11-15"), seen), []);
}

#[test]
fn a_missing_dose_is_said_and_never_passed_over() {
    let mut site = site();
    let dose = |site: &Site| super::dose(site, &worker_id(1), SpecialKind::Radiation, today());
    assert_eq!(dose(&site).as_deref(), Some("線量の記入なし"));
    site.special_exams = Arc::new(vec![done(SpecialKind::Radiation, "2026-06-10")]);
    assert_eq!(dose(&site).as_deref(), Some("線量の記入なし"));
    Arc::make_mut(&mut site.special_exams)[0].dose_microsieverts = Some(1200);
    assert_eq!(dose(&site).as_deref(), Some("前回からの線量 1200マイクロSv"));
    assert_eq!(super::dose(&site, &worker_id(1), SpecialKind::Organic, today()), None);
}

#[test]
fn what_cannot_be_is_refused() {
    let mut site = site();
    let own = done(SpecialKind::OwnChoice, "2026-11-01");
    assert_eq!(examined(&site, own.clone(), today()), Err(NoteFault::Empty("submitted")));
    let handed_in = SpecialExam { submitted_on: Some(day("2026-11-02")), ..own };
    assert!(examined(&site, handed_in.clone(), today()).is_ok());
    let undated = SpecialExam { opinion: Some(crate::domain::interview::Fitness::Normal), ..handed_in.clone() };
    assert_eq!(examined(&site, undated, today()), Err(NoteFault::Empty("opinion_on")));
    assert_eq!(examined(&site, done(SpecialKind::Dental, "2026-11-21"), today()), Err(NoteFault::Future("day")));
    site.special_exams = Arc::new(vec![handed_in.clone()]);
    let twice = SpecialExam { id: row(201), ..handed_in };
    assert_eq!(examined(&site, twice, today()), Err(NoteFault::Twice("day")));
    site.exam_duties = Arc::new(vec![at(SpecialKind::Organic, "2026-01-01")]);
    let again = ExamDuty { id: row(101), ..at(SpecialKind::Organic, "2026-06-01") };
    assert_eq!(duty(&site, again), Err(NoteFault::Twice("from")));
    let nameless = ExamDuty { work: String::new(), ..at(SpecialKind::Chemical, "2026-01-01") };
    assert_eq!(duty(&site, nameless), Err(NoteFault::Empty("work")), "no catalogue ships: the substance is named");
}

#[test]
fn workplace_and_dust_decide_the_x_ray_of_somebody_young() {
    let mut site = site();
    site.workers = Arc::new(vec![Worker { birth: Some(day("1998-03-03")), ..worker(1, "見本 一") }]);
    let checkup = head(row(10), worker_id(1), day("2026-09-11"), "A");
    site.checkups = Arc::new(vec![checkup.clone()].into());
    let state = |site: &Site| {
        let found = lacking::lacking(&law(), site, &[sheet(row(11), &checkup, &[])], today()).remove(0);
        found.gaps.iter().find(|gap| gap.item == "xray").map(|gap| gap.state)
    };
    assert_eq!(state(&site), Some(GapState::Open), "nobody said what kind of workplace it is");
    let place = |kind| Arc::new(vec![WorkplaceFact { id: row(12), kind, valid_from: day("2020-01-01") }]);
    site.workplace_facts = place(WorkplaceKind::Other);
    assert_eq!(state(&site), Some(GapState::Judgeable), "28 years, and neither of the two");
    site.workplace_facts = place(WorkplaceKind::Hospital);
    assert_eq!(state(&site), Some(GapState::Owed));
    site.workplace_facts = place(WorkplaceKind::Other);
    site.exam_duties = Arc::new(vec![ExamDuty { dust_class: DustClass::First, ..at(SpecialKind::Dust, "2020-01-01") }]);
    assert_eq!(state(&site), Some(GapState::Owed), "examined every three years by じん肺法");
}

#[test]
fn items_are_read_line_by_line() {
    let read = |text: &str| read_items(text).map(|items| write_items(&items));
    assert_eq!(
        read("肝機能 なし\n\n 尿中の代謝物　分布2 \n眼底").as_deref(),
        Ok("肝機能 所見なし\n尿中の代謝物 分布2\n眼底 行っていない")
    );
    assert_eq!(read("肝機能 たぶん"), Err(BadItems));
    assert_eq!(read("肝機能 なし\n肝機能 あり"), Err(BadItems), "one item, one result");
    assert_eq!(usual_items(&site(), &worker_id(1), SpecialKind::Chemical, today()), Vec::<String>::new());
    assert_eq!(usual_items(&site(), &worker_id(1), SpecialKind::Radiation, today()).len(), 4);
}

proptest::proptest! {
    #[test]
    fn what_was_read_is_written_and_read_again(text in "[肝機能尿 　\n所見なしあり分布1-3未]{0,40}") {
        if let Ok(items) = read_items(&text) {
            proptest::prop_assert_eq!(read_items(&write_items(&items)), Ok(items));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = read_items(&text);
    }
}

#[test]
fn a_second_examination_of_the_five_ordinances_is_the_employers_duty() {
    let told = |exam, is_instructed| is_second_owed(&law(), &SpecialExam { is_instructed, ..done(exam, "2026-06-10") });
    let five =
        [SpecialKind::Organic, SpecialKind::Lead, SpecialKind::Chemical, SpecialKind::Pressure, SpecialKind::Asbestos];
    for exam in SpecialKind::ALL {
        assert_eq!(told(*exam, true), five.contains(exam), "{}", exam.label());
        assert!(!told(*exam, false), "the physician asked for nothing");
    }
}

#[test]
fn who_comes_to_specified_work_is_owed_an_examination_then_and_the_half_yearly_ones_by_the_roster() {
    let mut site = site();
    site.exam_duties = Arc::new(vec![at(SpecialKind::Specified, "2026-10-01")]);
    let owed = |site: &Site| {
        let found = others_owed(site);
        found.into_iter().map(|one| (one.exam, one.rule, one.due, one.since)).collect::<Vec<_>>()
    };
    let open = [(SpecialKind::Specified, "CHK-03", None, day("2026-10-01"))];
    assert_eq!(owed(&site), open);
    site.checkups = Arc::new(vec![head(row(10), worker_id(1), day("2026-09-30"), "A")].into());
    assert_eq!(owed(&site), open, "one before the work began is none at reassignment");
    site.checkups = Arc::new(vec![head(row(10), worker_id(1), day("2026-10-01"), "A")].into());
    assert_eq!(owed(&site), []);
}

fn others_owed(site: &Site) -> Vec<Owed> {
    super::owed(&law(), site, today())
}
