//! The form without a screen: what it lacks, what it says, and the rows that completing puts.

use std::sync::Arc;

use super::check::Weight;
use super::field::*;
use super::*;
use crate::app::testing::{self, day};
use crate::domain::case::{Case, CaseState, Ground, Measure, MeasureKind};
use crate::domain::command::{Act, Command};
use crate::domain::doctor::SiteDoctor;
use crate::domain::interview::{Answer, Condition, Fatigue, Interview, Mode};
use crate::domain::worker::{AttributeKind, WorkerAttribute};
use crate::domain::{AnyRecord, Prefix};
use crate::law::judgment::{LegalItem, Warning};

fn law() -> Law {
    Law::built_in().unwrap()
}

fn opened(site: &Site) -> InterviewForm {
    let owner = Doctor { name: "水野 遥".into(), ..Doctor::default() };
    let opening = Opening { law: &law(), owner: &owner, site, today: testing::today(), clock: "14:20" };
    InterviewForm::open(opening, &testing::worker_id()).unwrap()
}

fn filled(site: &Site, values: &[(&str, &str)]) -> InterviewForm {
    let mut form = opened(site);
    form.pass(Step::Work);
    for (field, value) in values {
        form.set(field, value);
    }
    form
}

const MINIMUM: &[(&str, &str)] = &[(FATIGUE, "1"), (CONDITION, "0"), (FITNESS, "0")];

fn limited(site: &Site) -> InterviewForm {
    let mut form =
        filled(site, &[(FATIGUE, "2"), (CONDITION, "1"), (CONDITION_TEXT, "睡眠が足りません。"), (FITNESS, "1")]);
    for (field, value) in [
        (HOURS_MEASURES, "1"),
        (OVERTIME_LIMIT, "40"),
        (OTHER_MEASURES, "3"),
        (NIGHT_TEXT, "月 1回まで"),
        (WORKER_VIEW, "深夜を減らしたい。"),
        (PRESENT, "衛生管理者"),
        (UNTIL, "2027-02-28"),
        (REVIEW_ON, "2027-02-19"),
    ] {
        form.set(field, value);
    }
    form
}

fn completed(form: &InterviewForm, site: &Site) -> Command {
    form.complete(&law(), site, testing::today()).unwrap().0
}

fn interview(command: &Command) -> Interview {
    let rows = testing::rows_put(command, |record| match record {
        AnyRecord::Interview(row) => Some(&**row),
        _ => None,
    });
    assert_eq!(rows.len(), 1);
    rows[0].clone()
}

fn measures(command: &Command) -> Vec<&Measure> {
    testing::rows_put(command, |record| match record {
        AnyRecord::Measure(row) => Some(&**row),
        _ => None,
    })
}

fn case(command: &Command) -> &Case {
    testing::rows_put(command, |record| match record {
        AnyRecord::Case(row) => Some(&**row),
        _ => None,
    })[0]
}

#[test]
fn facts_on_record_are_prefilled_and_judgments_are_not() {
    let form = opened(&testing::site());
    assert_eq!(
        form.value(WORK_SITUATION).lines().take(2).collect::<Vec<_>>(),
        ["2026-10-01 から 2026-10-31", "総労働 269:39  時間外・休日 92時間30分余り"]
    );
    assert!(form.value(WORK_SITUATION).contains("\n9月 83時間44分余り、8月 70時間51分余り"));
    assert!(form.value(WORK_SITUATION).ends_with("\n平均 2か月 88時間07分余り、3か月 82時間22分余り"));
    let facts = [DAY, TIME, MODE, DOCTOR, DUTIES].map(|field| form.value(field));
    assert_eq!(facts, ["2026-11-20", "14:20", "0", "水野 遥", "試作品の立上げ"]);
    for judged in [FATIGUE, CONDITION, DIAGNOSIS, GUIDANCE, FITNESS, HOURS_MEASURES, OTHER_MEASURES] {
        assert_eq!(form.value(judged), "", "{judged}");
    }
    assert!(!form.is_started());
}

#[test]
fn the_first_key_saves_what_was_prefilled_and_later_ones_only_themselves() {
    let site = testing::site();
    let mut form = opened(&site);
    let first = form.set(COMMUTE, "50分");
    assert!(first.iter().any(|draft| draft.field == TIME && draft.value == "14:20"));
    assert!(first.iter().all(|draft| draft.form == "interview/E01-W0001"));
    let next: Vec<String> = form.set(COMMUTE, "55分").into_iter().map(|draft| draft.field).collect();
    assert_eq!(next, [COMMUTE]);
}

#[test]
fn a_draft_comes_back_and_what_was_emptied_stays_empty() {
    let mut site = testing::site();
    let mut form = opened(&site);
    let mut drafts = form.set(WORK_SITUATION, "");
    drafts.extend(form.leave_at(testing::today(), Step::Judgment, 4));
    site.drafts = Arc::new(drafts.into_iter().rev().collect());
    let again = opened(&site);
    assert_eq!((again.value(WORK_SITUATION), again.value(TIME)), ("", "14:20"));
    assert_eq!(again.left_at(), Some((testing::today(), Step::Judgment, 4)));
    assert!(again.is_started());
}

#[test]
fn the_legal_minimum_is_named_item_by_item() {
    let site = testing::site();
    let form = opened(&site);
    let missing = [LegalItem::WorkSituation, LegalItem::Fatigue, LegalItem::Condition, LegalItem::Opinion];
    assert_eq!(form.missing(&site), missing, "what was prefilled is confirmed by passing its step");
    let refused = form.complete(&law(), &site, testing::today()).unwrap_err();
    assert_eq!(refused.first(&form), Some((Step::Work, WORK_SITUATION)));
    assert_eq!(refused.sentence(), "足りない項目: 勤務の状況、疲労の蓄積の状況、その他の心身の状況、医師の意見");
    let form = filled(&site, &[(FATIGUE, "1"), (DOCTOR, "")]);
    assert_eq!(form.missing(&site), [LegalItem::Condition, LegalItem::Doctor, LegalItem::Opinion]);
    assert!(filled(&site, MINIMUM).missing(&site).is_empty());
}

#[test]
fn the_minimum_becomes_a_case_a_record_and_the_end_of_the_draft() {
    let site = testing::site();
    let command = completed(&filled(&site, MINIMUM), &site);
    assert_eq!(command.act, Act::CompleteInterview);
    assert_eq!(command.ends_drafts, ["interview/E01-W0001"]);
    assert_eq!((case(&command).id.as_str(), case(&command).ground), ("E01-C0001", Ground::LongHours));
    let row = interview(&command);
    assert_eq!((row.id.as_str(), row.case_id.as_str()), ("E01-R0003", "E01-C0001"));
    assert_eq!((row.fatigue, row.condition, row.fitness), (Fatigue::Light, Condition::None, Fitness::Normal));
    assert_eq!((row.day, row.mode, row.doctor.as_str()), (testing::today(), Mode::InPerson, "水野 遥"));
    assert_eq!(row.work_factors, "業務内容: 試作品の立上げ");
    assert!(measures(&command).is_empty());
    assert_eq!(row.online_json, None);
}

#[test]
fn measures_carry_period_review_and_the_worker_who_was_heard() {
    let site = testing::site();
    let command = completed(&limited(&site), &site);
    let found = measures(&command);
    let kinds: Vec<_> = found.iter().map(|m| (m.kind, m.amount.as_str(), m.id.as_str())).collect();
    assert_eq!(
        kinds,
        [(MeasureKind::OvertimeLimit, "40", "E01-R0004"), (MeasureKind::NightWork, "月 1回まで", "E01-R0005")]
    );
    for measure in found {
        assert_eq!((measure.from, measure.until), (Some(testing::today()), Some(day("2027-02-28"))));
        assert_eq!(measure.review_on, Some(day("2027-02-19")));
        assert_eq!((measure.heard_on, measure.heard.as_str()), (Some(testing::today()), "深夜を減らしたい。"));
        assert_eq!(measure.present, "衛生管理者");
        assert_eq!(&measure.case_id, &case(&command).id);
    }
}

#[test]
fn the_case_of_a_request_is_used_unless_it_had_its_interview() {
    let mut site = testing::site();
    let open = Case {
        id: Id::new(&testing::site_id(), Prefix::Case, 7),
        worker: testing::worker_id(),
        ground: Ground::LongHours,
        state: CaseState::Open,
        opened_on: day("2026-11-10"),
        next_on: None,
        closed_on: None,
        note: "控え".into(),
    };
    site.cases = Arc::new(vec![open.clone()]);
    site.last_numbers = [1, 7, 2];
    let command = completed(&filled(&site, MINIMUM), &site);
    assert_eq!(case(&command), &open);
    site.interviews = Arc::new(vec![interview(&command)]);
    let again = completed(&filled(&site, MINIMUM), &site);
    assert_eq!(case(&again).id.as_str(), "E01-C0008");
}

#[test]
fn contradictions_speak_and_block_nothing() {
    let site = testing::site();
    let mut form = limited(&site);
    assert!(form.warnings().is_empty());
    form.set(OVERTIME_LIMIT, "");
    form.set(UNTIL, "");
    form.set(REVIEW_ON, "");
    assert_eq!(form.warnings(), [Warning::NoPeriod, Warning::NoHours]);
    form.set(FITNESS, "0");
    assert!(form.warnings().contains(&Warning::NormalWithRestriction));
    form.set(WORKER_VIEW, "");
    let remarks = form.remarks(&law(), &site, testing::today());
    assert!(remarks.iter().any(|r| r.label == "本人の意向" && r.weight == Weight::Warning));
    assert!(form.complete(&law(), &site, testing::today()).is_ok());
}

#[test]
fn forbidden_consequences_are_named_with_their_field() {
    let site = testing::site();
    let form = filled(&site, &[(MESSAGE, "改善がなければ退職を勧めてください。"), (REMARKS, "降格の話が出ている")]);
    let hits = form.lint(&law());
    assert_eq!(
        hits.iter().map(|hit| (hit.field.as_str(), hit.word.as_str())).collect::<Vec<_>>(),
        [("連絡事項", "退職")]
    );
}

#[test]
fn what_cannot_be_read_is_never_dropped() {
    let site = testing::site();
    let mut form = limited(&site);
    form.set(UNTIL, "3ヶ月");
    form.set(BLOOD_PRESSURE, "148");
    form.set(OVERTIME_LIMIT, "4o");
    form.set(DAY, "2026-11-21");
    let refused = form.complete(&law(), &site, testing::today()).unwrap_err();
    assert_eq!(
        refused.faults.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
        [UNTIL, DAY, BLOOD_PRESSURE, OVERTIME_LIMIT]
    );
    assert_eq!(refused.first(&form), Some((Step::Judgment, UNTIL)));
    form.set(DAY, "2026-11-20");
    form.set(BLOOD_PRESSURE, "１４８／９２");
    form.set(OVERTIME_LIMIT, "４０");
    form.set(UNTIL, "2027-02-28");
    assert_eq!(measures(&completed(&form, &site))[0].amount, "40");
    assert_eq!(interview(&completed(&form, &site)).blood_pressure_json.diastolic, Some(92));
}

#[test]
fn a_blood_pressure_is_read_or_refused() {
    for (text, value) in [("148/92", Some((148, 92))), (" 148 / 92 ", Some((148, 92))), ("148-92", Some((148, 92)))] {
        assert_eq!(reading::pressure(text), value, "{text}");
    }
    for text in ["", "148", "92/148", "1480/92", "148/", "a/b", "5/3", "148/92/70"] {
        assert_eq!(reading::pressure(text), None, "{text}");
    }
}

#[test]
fn scores_are_notes_and_never_judgments() {
    let site = testing::site();
    let mut form =
        filled(&site, &[(FATIGUE_SHEET, "3".repeat(14).as_str()), (BSID, "11111"), (BLOOD_PRESSURE, "182/112")]);
    assert_eq!(form.fatigue_note(&law()), None, "not scored before all answers are in");
    form.set(FATIGUE_SHEET, &"3".repeat(27));
    assert_eq!(form.fatigue_note(&law()), None, "three items of part 2 have no third answer");
    let full = format!("{}{}", "3".repeat(14), "3113133333333");
    form.set(FATIGUE_SHEET, &full);
    assert_eq!(form.fatigue_note(&law()).as_deref(), Some("総合 7 非常に高い（2023年版）"));
    assert_eq!(form.missing(&site), [LegalItem::Fatigue, LegalItem::Condition, LegalItem::Opinion]);
    assert_eq!(form.bsid(), vec![Answer::Yes; 5]);
}

#[test]
fn none_and_something_never_stand_together() {
    let mut form = opened(&testing::site());
    form.set(GUIDANCE, "1");
    form.set(GUIDANCE, "0,1");
    assert_eq!(form.value(GUIDANCE), "0");
    form.set(GUIDANCE, "0,3");
    assert_eq!(form.value(GUIDANCE), "3");
    assert!(form.fields(Step::Judgment).contains(&NEXT_ON));
}

#[test]
fn the_measures_follow_the_class_of_the_law() {
    let class = |kinds: &[AttributeKind]| {
        let mut site = testing::site();
        let attribute = |kind: &AttributeKind| WorkerAttribute {
            id: Id::new(&testing::site_id(), Prefix::Row, 9),
            worker: testing::worker_id(),
            kind: *kind,
            valid_from: None,
            valid_until: None,
        };
        site.attributes = Arc::new(kinds.iter().map(attribute).collect());
        let class = opened(&site).class();
        let options = measures::options(class, OTHER_MEASURES).iter().map(|option| option.kind);
        (class, options.collect::<Vec<_>>())
    };
    let (general, kinds) = class(&[]);
    assert_eq!(general, WorkClass::General);
    assert!(kinds.contains(&MeasureKind::Work) && !kinds.contains(&MeasureKind::PaidLeave));
    let (research, kinds) = class(&[AttributeKind::Research]);
    assert_eq!(research, WorkClass::Research);
    assert!(kinds.contains(&MeasureKind::Duties) && kinds.contains(&MeasureKind::PaidLeave));
    assert!(!kinds.contains(&MeasureKind::Work));
    assert_eq!(class(&[AttributeKind::Research, AttributeKind::Article41]).0, WorkClass::General);
    assert_eq!(class(&[AttributeKind::HighlyProfessional]).0, WorkClass::HighlyProfessional);
}

#[test]
fn an_online_interview_keeps_its_conditions() {
    let site = testing::site();
    let mut form = filled(&site, MINIMUM);
    form.set(MODE, "1");
    assert_eq!(form.online_remarks(&law(), testing::today()).len(), 3, "tie, device, committee");
    for (field, value) in [(DOCTOR_TIE, "1"), (DEVICE, "1"), (COMMITTEE, "1"), (PRIVACY, "1"), (PRESENCE, "0")] {
        form.set(field, value);
    }
    assert!(form.online_remarks(&law(), testing::today()).is_empty());
    let row = interview(&completed(&form, &site));
    assert_eq!(row.mode, Mode::Online);
    assert_eq!(row.online_json.map(|online| online.doctor_tie).as_deref(), Some("その事業場の産業医"));
}

#[test]
fn every_field_that_is_asked_has_a_label_and_one_step() {
    let site = testing::site();
    let mut form = limited(&site);
    for (field, value) in
        [(MODE, "1"), (GUIDANCE, "3"), (RED_FLAGS, "1"), (HOURS_MEASURES, "1,2,3,4,5,6"), (OTHER_MEASURES, "1,2,3,4,5")]
    {
        form.set(field, value);
    }
    let asked: Vec<&str> = Step::ALL.iter().flat_map(|step| form.fields(*step)).collect();
    let once: std::collections::BTreeSet<&str> = asked.iter().copied().collect();
    assert_eq!(once.len(), asked.len());
    for field in &asked {
        assert!(field::ALL.contains(field));
        let is_list = [FATIGUE_SHEET, BSID].contains(field);
        assert_ne!(label(&form, field).is_empty(), !is_list, "{field}");
    }
}

#[test]
fn what_the_doctor_wants_face_to_face_is_said_and_recorded() {
    let site = testing::site();
    let mut form = filled(&site, MINIMUM);
    for (field, value) in
        [(MODE, "1"), (DOCTOR_TIE, "1"), (DEVICE, "1"), (COMMITTEE, "1"), (PRIVACY, "1"), (PRESENCE, "1")]
    {
        form.set(field, value);
    }
    let said = form.online_remarks(&law(), testing::today());
    assert_eq!(said, ["医師が直接会う必要があると認めたときは、対面で行います。"]);
    let row = interview(&completed(&form, &site));
    assert!(row.online_json.is_some_and(|online| online.needs_presence));
}

#[test]
fn the_answers_of_the_family_are_kept_without_a_score() {
    let site = testing::site();
    let mut form = filled(&site, MINIMUM);
    form.set(FAMILY_ANSWERS, "イライラしている 3、よく眠れない 1");
    assert_eq!(form.fatigue_note(&law()), None);
    let row = interview(&completed(&form, &site));
    assert_eq!(row.family_answers, "イライラしている 3、よく眠れない 1");
    assert!(row.fatigue_sheet_json.symptoms.iter().chain(&row.fatigue_sheet_json.work).all(Option::is_none));
}

#[test]
fn factors_beside_the_hours_are_recorded_with_their_words() {
    let site = testing::site();
    let mut form = filled(&site, MINIMUM);
    for (field, value) in [(COMMUTE, "50分"), (NIGHT_WORK, "月 4回"), (WORK_FACTORS, "出張が月 3回")] {
        form.set(field, value);
    }
    let row = interview(&completed(&form, &site));
    assert_eq!(row.work_factors, "業務内容: 試作品の立上げ\n通勤（片道）: 50分\n深夜業: 月 4回\n出張が月 3回");
}

fn doctor(number: u32, name: &str, from: &str, is_site_physician: bool) -> SiteDoctor {
    SiteDoctor {
        id: crate::domain::Id::new(&testing::site_id(), Prefix::Row, number),
        name: name.to_owned(),
        affiliation: "みどり診療所".to_owned(),
        registration: String::new(),
        is_site_physician,
        valid_from: Some(day(from)),
        valid_until: None,
    }
}

#[test]
fn the_doctors_of_the_day_are_offered_after_the_owner() {
    let mut site = testing::site();
    let rows = [("見本 次郎", "2026-04-01", false), ("水野 遥", "2026-04-01", true), ("見本 花子", "2026-12-01", true)];
    site.doctors =
        Arc::new((20..).zip(rows).map(|(number, (name, from, is_own))| doctor(number, name, from, is_own)).collect());
    let owner = Doctor { name: "水野 遥".into(), ..Doctor::default() };
    let offered = |on: &str| doctors::offered(&owner, &site, day(on));
    let names = |on: &str| offered(on).into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names("2026-03-31"), ["水野 遥"]);
    assert_eq!(names("2026-11-20"), ["水野 遥", "見本 次郎"]);
    assert_eq!(names("2026-12-01"), ["水野 遥", "見本 次郎", "見本 花子"]);
    let ties: Vec<String> = offered("2026-12-01").into_iter().map(|one| one.tie).collect();
    assert_eq!(ties, ["", "みどり診療所", "産業医"]);
}

#[test]
fn one_digit_chooses_a_doctor_and_a_name_stays_a_name() {
    let offered = ["水野 遥", "見本 次郎"].map(|name| doctors::Offered { name: name.into(), tie: String::new() });
    let name = |typed: &str| doctors::picked(typed, &offered).map(|one| one.name.as_str());
    assert_eq!((name("水野 遥2"), name("２"), name("1")), (Some("見本 次郎"), Some("見本 次郎"), Some("水野 遥")));
    assert_eq!((name("佐藤"), name("3"), name("0"), name("")), (None, None, None, None));
}
