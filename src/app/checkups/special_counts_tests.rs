//! The counts of special examinations, and how long their records are kept.

use std::sync::Arc;

use super::*;
use crate::app::checkups::others::read_items;
use crate::app::entry_fixture::{TODAY, day, row, site, worker_id};
use crate::domain::checkup::{DustClass, ExamDuty, SentReport};

fn law() -> Law {
    Law::built_in().unwrap()
}

fn exam(number: u32, exam: SpecialKind, on: &str, items: &str, finding: FindingState) -> SpecialExam {
    SpecialExam {
        id: row(100 + number),
        worker: worker_id(number),
        exam,
        day: day(on),
        clinic: "見本健診センター".to_owned(),
        finding,
        is_instructed: number == 1,
        items_json: read_items(items).unwrap(),
        dose_microsieverts: (number == 1).then_some(1200),
        submitted_on: None,
        is_long_kept: false,
        opinion_on: None,
        opinion: None,
    }
}

fn duty(number: u32, exam: SpecialKind, until: Option<&str>) -> ExamDuty {
    ExamDuty {
        id: row(200 + number),
        worker: worker_id(number),
        exam,
        work: "トルエン".to_owned(),
        items: String::new(),
        is_long_kept: false,
        is_relaxed: false,
        dust_class: DustClass::None,
        valid_from: day("2015-04-01"),
        valid_until: until.map(day),
    }
}

fn counted(site: &Site, exam: SpecialKind, kind: ReportKind) -> Option<SpecialCounts> {
    count(&law(), site, exam, kind, day(TODAY))
}

#[test]
fn solvents_count_persons_items_and_the_distribution_and_leave_out_what_was_only_seen() {
    let (present, none) = (FindingState::Present, FindingState::None);
    let mut site = site();
    let kind = SpecialKind::Organic;
    site.exam_duties = Arc::new((1..=4).map(|number| duty(number, kind, None)).collect());
    site.special_exams = Arc::new(vec![
        exam(1, kind, "2026-10-01", "他覚所見 あり\n肝機能 なし\n尿中の代謝物 分布1", present),
        exam(2, kind, "2026-10-02", "他覚所見 あり\n肝機能 あり\n尿中の代謝物 分布3", present),
        exam(3, kind, "2026-10-02", "他覚所見 なし\n肝機能\n尿中の代謝物 分布1", none),
        // The same person again: the newest examination counts.
        SpecialExam { id: row(150), ..exam(3, kind, "2026-04-02", "肝機能 あり", present) },
    ]);
    let counts = counted(&site, kind, ReportKind::Organic).unwrap();
    assert_eq!((counts.engaged, counts.examined, counts.found, counts.instructed), (4, 3, 1, 1));
    let items: Vec<_> =
        counts.items.iter().map(|item| (item.name.as_str(), item.examined, item.found, item.classes)).collect();
    assert_eq!(items, [("他覚所見", 3, 2, [0; 3]), ("肝機能", 2, 1, [0; 3]), ("尿中の代謝物", 3, 0, [2, 0, 1])]);
    assert_eq!((counts.works, counts.clinics.len()), (vec!["トルエン".to_owned()], 1));
}

#[test]
fn a_report_that_was_sent_is_not_counted_again() {
    let mut site = site();
    let kind = SpecialKind::Radiation;
    assert_eq!(counted(&site, kind, ReportKind::Radiation), None);
    site.special_exams = Arc::new(vec![
        exam(1, kind, "2026-04-10", "皮膚 なし", FindingState::None),
        exam(2, kind, "2026-10-10", "皮膚 なし", FindingState::None),
    ]);
    assert_eq!(
        counted(&site, kind, ReportKind::Radiation).map(|counts| (counts.examined, counts.without_dose)),
        Some((2, 1))
    );
    site.sent_reports = Arc::new(vec![SentReport {
        id: row(300),
        kind: ReportKind::Radiation,
        period_from: day("2026-01-01"),
        period_until: day("2026-06-30"),
        submitted_on: day("2026-07-01"),
        way: String::new(),
    }]);
    let counts = counted(&site, kind, ReportKind::Radiation).unwrap();
    assert_eq!((counts.period, counts.examined), ((day("2026-07-01"), day("2026-10-10")), 1));
}

#[test]
fn records_are_kept_by_their_own_ordinance() {
    let mut site = site();
    let until = |site: &Site, kind, is_long_kept| {
        let exam = SpecialExam { is_long_kept, ..exam(1, kind, "2026-06-01", "", FindingState::None) };
        kept_until(&law(), site, &exam).map(|due| due.last)
    };
    assert_eq!(until(&site, SpecialKind::Organic, false), Some(day("2031-06-01")));
    assert_eq!(until(&site, SpecialKind::Dental, false), Some(day("2031-06-01")));
    assert_eq!(until(&site, SpecialKind::Dust, false), Some(day("2033-06-01")));
    assert_eq!(until(&site, SpecialKind::Chemical, false), Some(day("2031-06-01")));
    assert_eq!(until(&site, SpecialKind::Chemical, true), Some(day("2056-06-01")));
    assert_eq!(until(&site, SpecialKind::Radiation, false), Some(day("2056-06-01")));
    assert_eq!(until(&site, SpecialKind::Asbestos, false), None, "the years run from the end of the engagement");
    site.exam_duties = Arc::new(vec![duty(1, SpecialKind::Asbestos, Some("2020-03-31"))]);
    assert_eq!(until(&site, SpecialKind::Asbestos, false), Some(day("2060-03-31")));
}
