//! What is checked before a record round the checkups is written, and the one door of secondary results.

use std::sync::Arc;

use serde_json::json;

use super::notes::NoteFault;
use super::testing::{QUIET, head, sheet};
use super::{care, inquiries, lacking, queue, season, secondary};
use crate::app::Site;
use crate::app::entry_fixture::{TODAY, day, row, site, worker, worker_id};
use crate::domain::checkup::*;
use crate::domain::command::{Act, Change, Command};
use crate::domain::opinion::{FormKind, Issued};
use crate::domain::worker::Checkup;
use crate::domain::{AnyRecord, Day, Id};
use crate::law::Law;

fn today() -> Day {
    day(TODAY)
}

fn law() -> Law {
    Law::built_in().unwrap()
}

fn paper(id: &str, version: u32, supersedes: Option<&str>, on: &str) -> Issued {
    Issued {
        id: Id::parse(id).unwrap(),
        form: FormKind::InterviewOpinion,
        case_id: None,
        worker: Some(worker_id(1)),
        version,
        supersedes: supersedes.map(|id| Id::parse(id).unwrap()),
        day: day(on),
        snapshot_json: json!({}),
        copies_json: Vec::new(),
    }
}

fn asked(document: &str) -> OpinionInquiry {
    OpinionInquiry {
        id: row(500),
        document: Id::parse(document).unwrap(),
        worker: worker_id(1),
        asked_on: day("2026-11-10"),
        asked_by: "人事".to_owned(),
        question: "残業の制限は休日にも及びますか".to_owned(),
        answered_on: None,
        answer: String::new(),
    }
}

fn with_papers() -> Site {
    let mut site = site();
    let list = Issued {
        form: FormKind::CheckupOpinions,
        worker: None,
        snapshot_json: json!({ "checkups": [
            { "worker": "E01-W0001", "opinion_on": "2026-10-01" }, { "worker": "E01-W0002", "opinion_on": null },
        ]}),
        ..paper("E01-2026-0003", 1, None, "2026-10-02")
    };
    let first = paper("E01-2026-0001", 1, None, "2026-11-01");
    let second = paper("E01-2026-0002", 2, Some("E01-2026-0001"), "2026-11-12");
    site.issued = Arc::new(vec![first, second, list]);
    site
}

#[test]
fn an_inquiry_names_the_version_that_was_asked_about_and_changes_no_paper() {
    let mut site = with_papers();
    let about: Vec<&str> = inquiries::papers(&site, &worker_id(1)).iter().map(|paper| paper.id.as_str()).collect();
    assert_eq!(about, ["E01-2026-0002", "E01-2026-0001", "E01-2026-0003"], "letters and the list that names them");
    assert_eq!(inquiries::papers(&site, &worker_id(2)), Vec::<&Issued>::new(), "a list without their opinion");
    let command = inquiries::record(&site, asked("E01-2026-0001"), today()).unwrap();
    assert_eq!((command.act, command.changes.len()), (Act::RecordInquiry, 1), "the issued rows are not touched");
    site.opinion_inquiries = Arc::new(vec![asked("E01-2026-0001"), asked("E01-2026-0003")]);
    assert_eq!(inquiries::version(&site, &site.opinion_inquiries[0]), "E01-2026-0001 第1版（いまは第2版）");
    assert_eq!(inquiries::version(&site, &site.opinion_inquiries[1]), "E01-2026-0003 第1版");
}

#[test]
fn an_inquiry_out_of_order_or_without_words_is_refused() {
    let site = with_papers();
    let refused = |row: OpinionInquiry| inquiries::record(&site, row, today()).unwrap_err();
    assert_eq!(refused(asked("E01-2026-0009")), NoteFault::OtherPaper);
    let early = OpinionInquiry { asked_on: day("2026-10-31"), ..asked("E01-2026-0001") };
    assert_eq!(refused(early), NoteFault::TooEarly("asked"));
    let mute = OpinionInquiry { question: " ".to_owned(), ..asked("E01-2026-0001") };
    assert_eq!(refused(mute), NoteFault::Empty("question"));
    let answered = OpinionInquiry { answer: "休日も含みます".to_owned(), ..asked("E01-2026-0001") };
    assert_eq!(refused(answered.clone()), NoteFault::Empty("answered"));
    let before = OpinionInquiry { answered_on: Some(day("2026-11-09")), ..answered.clone() };
    assert_eq!(refused(before), NoteFault::TooEarly("answered"));
    let silent = OpinionInquiry { answered_on: Some(day("2026-11-10")), ..asked("E01-2026-0001") };
    assert_eq!(refused(silent), NoteFault::Empty("answer"));
    assert!(
        inquiries::record(&site, OpinionInquiry { answered_on: Some(day("2026-11-10")), ..answered }, today()).is_ok()
    );
}

fn primary() -> Checkup {
    head(row(10), worker_id(1), day("2026-09-11"), "D")
}

fn agreed() -> SecondaryConsent {
    SecondaryConsent {
        id: row(20),
        worker: worker_id(1),
        primary_checkup: row(10),
        consented_on: day("2026-10-01"),
        way: "面談で口頭".to_owned(),
        withdrawn_on: None,
    }
}

fn examined() -> Site {
    let mut site = site();
    site.checkups = Arc::new(vec![primary()].into());
    site
}

fn second() -> (Checkup, CheckupSheet) {
    let checkup = head(row(30), worker_id(1), day("2026-11-02"), "D");
    let sheet = CheckupSheet { kind: CheckupKind::Secondary, ..sheet(row(31), &checkup, QUIET) };
    (checkup, sheet)
}

fn rows(command: &Command) -> impl Iterator<Item = &AnyRecord> + Clone {
    command.changes.iter().filter_map(|change| match change {
        Change::Put(row) => Some(row),
        Change::Remove(..) => None,
    })
}

fn storing() -> Command {
    let (checkup, sheet) = second();
    Command::new(Act::EnterCheckup, None).put(checkup).put(sheet)
}

#[test]
fn a_secondary_result_without_consent_passes_no_door() {
    let mut site = examined();
    let admits = |site: &Site, command: &Command| secondary::admits(&law(), site, rows(command), today());
    assert_eq!(admits(&site, &storing()), Err(NoteFault::NoConsent));
    let (_, sheet) = second();
    let forged = SecondaryExam {
        id: row(40),
        checkup: sheet.checkup.clone(),
        worker: worker_id(1),
        primary_checkup: row(10),
        consent: row(20),
        submitted_on: today(),
    };
    assert_eq!(admits(&site, &storing().put(forged.clone())), Err(NoteFault::NoConsent), "a link to no consent");
    let words = CheckupFollow {
        id: row(41),
        checkup: row(10),
        worker: worker_id(1),
        kind: FollowKind::Detailed,
        advised_on: today(),
        answered_on: None,
        result: "二次の結果".to_owned(),
        is_consented: false,
    };
    let telling = Command::new(Act::FollowCheckup, None).put(words.clone());
    assert_eq!(admits(&site, &telling), Err(NoteFault::NoConsent));
    let said = Command::new(Act::FollowCheckup, None).put(CheckupFollow { is_consented: true, ..words });
    assert_eq!(admits(&site, &said), Ok(Vec::new()));

    for (consent, why) in [
        (SecondaryConsent { worker: worker_id(2), ..agreed() }, "another person's"),
        (SecondaryConsent { withdrawn_on: Some(today()), ..agreed() }, "taken back"),
        (SecondaryConsent { consented_on: day("2026-11-21"), ..agreed() }, "not yet given"),
    ] {
        site.secondary_consents = Arc::new(vec![consent]);
        assert_eq!(admits(&site, &storing()), Err(NoteFault::NoConsent), "{why}");
        assert_eq!(admits(&site, &storing().put(forged.clone())), Err(NoteFault::NoConsent), "{why}");
    }
    site.secondary_consents = Arc::new(vec![agreed()]);
    let links = admits(&site, &storing()).unwrap();
    assert_eq!(links.len(), 1);
    assert_eq!((&links[0].checkup, &links[0].primary_checkup, &links[0].consent), (&row(30), &row(10), &row(20)));
    assert_eq!(NoteFault::NoConsent.to_string().matches('。').count(), 2, "what happened, then what to do");
}

#[test]
fn a_secondary_examination_stands_with_its_primary_one_and_makes_none_due() {
    let mut site = examined();
    let (checkup, _) = second();
    site.checkups = Arc::new(vec![primary(), checkup.clone()].into());
    let link = SecondaryExam {
        id: row(40),
        checkup: row(30),
        worker: worker_id(1),
        primary_checkup: row(10),
        consent: row(20),
        submitted_on: day("2026-11-05"),
    };
    site.secondary_exams = Arc::new(vec![link]);
    assert_eq!(secondary::primary(&site, &row(30)).map(|head| head.day), Some(day("2026-09-11")));
    assert_eq!(secondary::following(&site, &row(10)), [&checkup]);
    assert_eq!(lacking::newest(&site, today())[&worker_id(1)].id, row(10), "the next one is due after the primary one");
    // OPN-05: two months from the day it was handed in.
    assert_eq!(secondary::due(&law(), &site, &checkup).map(|due| due.last), Some(day("2027-01-05")));
    let open: Vec<&Id> = queue::season(&site, today()).iter().map(|head| &head.id).collect();
    assert_eq!(open, [&row(10)], "the primary one is judged first");
    let judged = Checkup { opinion_on: Some(today()), ..primary() };
    Arc::make_mut(&mut site.checkups).put(&judged);
    let open: Vec<&Id> = queue::season(&site, today()).iter().map(|head| &head.id).collect();
    assert_eq!(open, [&row(30)], "then the secondary one");
}

#[test]
fn the_day_a_secondary_result_was_handed_in_is_corrected_and_moves_the_opinions_day() {
    let mut site = examined();
    let (checkup, _) = second();
    site.checkups = Arc::new(vec![primary(), checkup.clone()].into());
    let kept = SecondaryExam {
        id: row(40),
        checkup: row(30),
        worker: worker_id(1),
        primary_checkup: row(10),
        consent: row(20),
        submitted_on: day("2026-11-15"),
    };
    let on = |at: &str| SecondaryExam { submitted_on: day(at), ..kept.clone() };
    assert_eq!(secondary::submitted(&site, on("2026-11-06"), today()), Err(NoteFault::NoCheckup), "nothing is kept");
    site.secondary_exams = Arc::new(vec![kept.clone()]);
    let before = checkup.day.pred_opt().unwrap().to_string();
    assert_eq!(secondary::submitted(&site, on(&before), today()), Err(NoteFault::TooEarly("submitted")));
    let future = today().succ_opt().unwrap().to_string();
    assert_eq!(secondary::submitted(&site, on(&future), today()), Err(NoteFault::Future("submitted")));
    let other = SecondaryExam { id: row(41), ..kept.clone() };
    assert_eq!(secondary::submitted(&site, other, today()), Err(NoteFault::NoCheckup), "another row is no correction");
    let command = secondary::submitted(&site, on("2026-11-06"), today()).unwrap();
    assert_eq!(command.act, Act::EditSubmission);
    site.secondary_exams = Arc::new(vec![on("2026-11-06")]);
    assert_eq!(secondary::due(&law(), &site, &checkup).map(|due| due.last), Some(day("2027-01-06")));
}

#[test]
fn guidance_says_when_by_whom_and_what_was_handed_on() {
    let site = examined();
    let given = HealthGuidance {
        id: row(50),
        checkup: row(10),
        worker: worker_id(1),
        given_on: day("2026-10-10"),
        given_by: "水野 遥".to_owned(),
        content: "夜勤の前後の睡眠と食事".to_owned(),
        specific: SpecificGuidance::None,
        specific_content: String::new(),
    };
    assert_eq!(care::guidance(&site, given.clone(), today()).unwrap().act, Act::GiveGuidance);
    let refused = |row: HealthGuidance| care::guidance(&site, row, today()).unwrap_err();
    assert_eq!(refused(HealthGuidance { given_on: day("2026-09-10"), ..given.clone() }), NoteFault::TooEarly("day"));
    assert_eq!(refused(HealthGuidance { given_by: String::new(), ..given.clone() }), NoteFault::Empty("given_by"));
    assert_eq!(refused(HealthGuidance { content: String::new(), ..given.clone() }), NoteFault::Empty("content"));
    assert_eq!(refused(HealthGuidance { checkup: row(11), ..given.clone() }), NoteFault::NoCheckup);
    let received = HealthGuidance { specific: SpecificGuidance::Received, ..given };
    assert_eq!(refused(received), NoteFault::Empty("specific_content"));
}

#[test]
fn those_with_all_four_findings_are_told_in_advance_until_they_were() {
    let four: &[(&str, &str, &str)] =
        &[("sbp", "152", "D"), ("ldl", "170", "C"), ("fpg", "130", "D"), ("bmi", "27.0", "C")];
    let mut site = examined();
    let found = |site: &Site, values: &[(&str, &str, &str)]| {
        lacking::lacking(&law(), site, &[sheet(row(11), &primary(), values)], today()).remove(0)
    };
    assert!(found(&site, four).waits_for_word());
    assert!(!found(&site, &four[..3]).is_at_risk, "three of the four");
    let word = RiskNotice {
        id: row(60),
        checkup: row(10),
        worker: worker_id(1),
        told_on: day("2026-10-01"),
        way: "書面".to_owned(),
    };
    assert_eq!(care::tell(&site, word.clone(), today()).unwrap().act, Act::TellAtRisk);
    site.risk_notices = Arc::new(vec![word]);
    let told = found(&site, four);
    assert_eq!((told.is_at_risk, told.waits_for_word(), told.told_on), (true, false, Some(day("2026-10-01"))));
}

#[test]
fn turnout_counts_people_once_and_nobody_for_a_secondary_examination() {
    let mut site = site();
    site.workers = Arc::new((1..=3).map(|number| worker(number, "見本")).collect());
    let on = |number, worker, at| head(row(number), worker_id(worker), day(at), "A");
    site.checkups = Arc::new(
        vec![on(10, 1, "2026-04-01"), on(11, 1, "2026-09-01"), on(12, 2, "2025-04-01"), on(13, 3, "2026-05-01")].into(),
    );
    let link = |checkup| SecondaryExam {
        id: row(40),
        checkup,
        worker: worker_id(3),
        primary_checkup: row(10),
        consent: row(20),
        submitted_on: today(),
    };
    site.secondary_exams = Arc::new(vec![link(row(13))]);
    let seen: Vec<_> = season::turnouts(&site, today())
        .into_iter()
        .map(|turnout| (turnout.year, turnout.examined, turnout.enrolled, turnout.percent()))
        .collect();
    assert_eq!(seen, [(2026, 1, 3, Some("33.3%".to_owned())), (2025, 1, 3, Some("33.3%".to_owned()))]);
}

#[test]
fn advice_reports_and_workplaces_are_kept_with_their_days() {
    let mut site = site();
    let advice = CheckupAdvice {
        id: row(70),
        given_on: day("2026-03-01"),
        given_to: "人事".to_owned(),
        plan: String::new(),
        precautions: String::new(),
    };
    assert_eq!(season::advise(&site, advice.clone(), today()), Err(NoteFault::Empty("plan")));
    assert!(
        season::advise(&site, CheckupAdvice { precautions: "夜勤明けを避ける".to_owned(), ..advice }, today()).is_ok()
    );
    let report = SentReport {
        id: row(71),
        kind: ReportKind::Periodic,
        period_from: day("2026-01-01"),
        period_until: day("2026-12-31"),
        submitted_on: day("2026-11-18"),
        way: "電子申請".to_owned(),
    };
    assert!(season::sent(&site, report.clone(), today()).is_ok());
    let early = SentReport { submitted_on: day("2025-12-31"), ..report.clone() };
    assert_eq!(season::sent(&site, early, today()), Err(NoteFault::TooEarly("submitted")));
    site.sent_reports = Arc::new(vec![report]);
    assert!(season::is_sent(&site, ReportKind::Periodic, day("2026-09-01")));
    assert!(!season::is_sent(&site, ReportKind::Periodic, day("2025-12-31")));
    assert!(!season::is_sent(&site, ReportKind::Dental, day("2026-09-01")));
    let school = WorkplaceFact { id: row(72), kind: WorkplaceKind::School, valid_from: day("2026-04-01") };
    assert!(season::workplace(&site, school.clone(), today()).is_ok());
    site.workplace_facts = Arc::new(vec![school.clone()]);
    assert_eq!(season::workplace_on(&site, day("2026-03-31")), None);
    assert_eq!(season::workplace_on(&site, day("2026-04-01")), Some(WorkplaceKind::School));
    let again = WorkplaceFact { id: row(73), ..school };
    assert_eq!(season::workplace(&site, again, today()), Err(NoteFault::Twice("day")));
}

#[test]
fn results_are_told_to_everybody_examined_or_to_the_one_named() {
    let mut site = site();
    site.workers = Arc::new((1..=3).map(|number| worker(number, "見本")).collect());
    let on = |number, worker, at| head(row(number), worker_id(worker), day(at), "A");
    site.checkups = Arc::new(vec![on(10, 1, "2026-09-01"), on(11, 2, "2026-09-30"), on(12, 3, "2026-10-01")].into());
    let everybody = ResultNotice {
        id: row(80),
        worker: None,
        examined_from: day("2026-09-01"),
        examined_until: day("2026-09-30"),
        told_on: day("2026-10-10"),
        way: "郵送".to_owned(),
    };
    let refused = |row: ResultNotice| season::tell_results(&site, row, today()).unwrap_err();
    let early = day("2026-09-29");
    assert_eq!(refused(ResultNotice { told_on: early, ..everybody.clone() }), NoteFault::TooEarly("day"));
    assert_eq!(
        refused(ResultNotice { examined_until: day("2026-08-31"), ..everybody.clone() }),
        NoteFault::TooEarly("until")
    );
    assert_eq!(refused(ResultNotice { way: " ".to_owned(), ..everybody.clone() }), NoteFault::Empty("way"));
    assert_eq!(refused(ResultNotice { worker: Some(worker_id(9)), ..everybody.clone() }), NoteFault::NoWorker);
    assert_eq!(season::tell_results(&site, everybody.clone(), today()).unwrap().act, Act::RecordResultNotice);
    site.result_notices = Arc::new(vec![everybody.clone()]);
    let untold = |site: &Site| {
        let people = lacking::lacking(&law(), site, &[], today());
        let mut open: Vec<Id> = people.into_iter().filter(lacking::Lacking::is_untold).map(|one| one.worker).collect();
        open.sort();
        open
    };
    assert_eq!(untold(&site), [worker_id(3)], "the first and the last day count, findings do not");
    let (worker, until) = (Some(worker_id(2)), day("2026-10-01"));
    let one = ResultNotice { worker, examined_until: until, ..everybody };
    site.result_notices = Arc::new(vec![one]);
    assert_eq!(untold(&site), [worker_id(1), worker_id(3)], "a word to one is a word to nobody else");
}
