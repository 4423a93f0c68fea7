use super::*;
use crate::domain::Id;

fn measure(kind: MeasureKind) -> Measure {
    let id = |text: &str| Id::parse(text).unwrap();
    Measure {
        until: Some("2026-12-31".parse().unwrap()),
        ..Measure::new(id("E01-R0001"), id("E01-C0001"), id("E01-W0001"), kind)
    }
}

fn judged(fitness: Fitness) -> Judgment<'static> {
    Judgment { fitness: Some(fitness), ..Judgment::default() }
}

#[test]
fn a_record_names_what_it_lacks() {
    let others: Vec<LegalItem> = LegalItem::ALL.iter().copied().filter(|item| *item != LegalItem::Burden).collect();
    assert_eq!(missing_items(&RecordItems::default()), others);
    let stress: Vec<LegalItem> = LegalItem::ALL.iter().copied().filter(|item| *item != LegalItem::Fatigue).collect();
    assert_eq!(missing_items(&RecordItems { burden: Some(" "), ..RecordItems::default() }), stress);
    let complete = RecordItems {
        work_situation: "月92:30",
        fatigue: Some(Fatigue::None),
        condition: Some(Condition::None),
        day: Some("2026-11-20".parse().unwrap()),
        worker: "見本",
        doctor: "見本",
        opinion: Some(Fitness::Normal),
        burden: None,
    };
    assert_eq!(missing_items(&complete), Vec::new());
    assert_eq!(missing_items(&RecordItems { doctor: "　", ..complete }), vec![LegalItem::Doctor]);
}

#[test]
fn the_work_class_and_the_measures_belong_together() {
    let limit = [Measure { amount: "45".into(), ..measure(MeasureKind::OvertimeLimit) }];
    assert_eq!(warnings(&judged(Fitness::Normal)), Vec::new());
    assert_eq!(
        warnings(&Judgment { measures: &limit, ..judged(Fitness::Normal) }),
        vec![Warning::NormalWithRestriction]
    );
    assert_eq!(warnings(&judged(Fitness::Limited)), vec![Warning::LimitedWithoutMeasure]);
    assert_eq!(warnings(&Judgment { measures: &limit, ..judged(Fitness::Limited) }), Vec::new());
    let advice = [measure(MeasureKind::Environment)];
    assert_eq!(warnings(&Judgment { measures: &advice, ..judged(Fitness::Normal) }), Vec::new());
    assert_eq!(warnings(&judged(Fitness::Leave)), vec![Warning::LeaveWithoutRest]);
    assert_eq!(warnings(&Judgment { measures: &[measure(MeasureKind::NoWork)], ..judged(Fitness::Leave) }), Vec::new());
}

#[test]
fn a_measure_has_a_period_and_a_limit_has_hours() {
    let open = [Measure { until: None, amount: "45".into(), ..measure(MeasureKind::OvertimeLimit) }];
    let judgment = Judgment { measures: &open, ..judged(Fitness::Limited) };
    assert_eq!(warnings(&judgment), vec![Warning::NoPeriod]);
    assert_eq!(warnings(&Judgment { next_on: Some("2027-01-15".parse().unwrap()), ..judgment }), Vec::new());
    for amount in ["", "0", "なし", "０時間"] {
        let limit = [Measure { amount: amount.into(), ..measure(MeasureKind::OvertimeLimit) }];
        assert_eq!(
            warnings(&Judgment { measures: &limit, ..judged(Fitness::Limited) }),
            vec![Warning::NoHours],
            "{amount}"
        );
    }
}

#[test]
fn guidance_care_and_necessity() {
    let normal = judged(Fitness::Normal);
    let care = Judgment { guidance: &[Guidance::Care], ..normal };
    assert_eq!(warnings(&care), vec![Warning::CareIsEmpty]);
    assert_eq!(warnings(&Judgment { diagnosis: Some(Diagnosis::Treat), ..normal }), vec![Warning::CareIsEmpty]);
    assert_eq!(warnings(&Judgment { care: "通院の時間に配慮", ..care }), Vec::new());
    assert_eq!(warnings(&Judgment { needs_measures: Some(true), ..normal }), vec![Warning::OpinionIsEmpty]);
    assert_eq!(
        warnings(&Judgment { guidance: &[Guidance::None, Guidance::FollowUp], ..normal }),
        vec![Warning::NothingAndSomething]
    );
    assert_eq!(warnings(&Judgment { guidance: &[Guidance::Reinterview], ..normal }), vec![Warning::NextIsEmpty]);
    let leave = Judgment { message: "休養を要します", guidance: &[Guidance::None], ..judged(Fitness::Leave) };
    assert_eq!(warnings(&leave), vec![Warning::LeaveWithoutGuidance]);
}
