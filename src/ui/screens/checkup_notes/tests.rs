//! The lists and the form by keys, on a desk without a vault.

use std::sync::Arc;

use serde_json::json;

use crate::app::checkups::testing::head;
use crate::app::entry_fixture::row;
use crate::domain::AnyRecord;
use crate::domain::checkup::*;
use crate::domain::command::{Act as Deed, Change};
use crate::domain::opinion::{FormKind, Issued, Recipient};
use crate::domain::worker::FindingState;
use crate::ui::keys::Code;
use crate::ui::route::{NoteKind, Route};
use crate::ui::screens::fixture::{Drive, day, site, site_id, worker_id};

fn known() -> crate::app::Site {
    let mut site = site();
    site.checkups = Arc::new(vec![head(row(10), worker_id(1), day("2026-09-11"), "D")].into());
    site.issued = Arc::new(vec![Issued {
        id: crate::domain::Id::parse("E01-2026-0001").unwrap(),
        form: FormKind::InterviewOpinion,
        case_id: None,
        worker: Some(worker_id(1)),
        version: 1,
        supersedes: None,
        day: day("2026-10-02"),
        snapshot_json: json!({}),
        copies_json: Vec::new(),
    }]);
    site.last_numbers = [1, 0, 900];
    site
}

fn last(drive: &Drive) -> AnyRecord {
    match drive.desk.commands.last().map(|command| command.changes[0].clone()) {
        Some(Change::Put(row)) => row,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_file_of_a_person_opens_from_the_worker_and_asks_for_the_kind_by_number() {
    let mut drive = Drive::at(known(), &Route::Worker(worker_id(1)));
    drive.keys("yn");
    assert_eq!(drive.route(), Route::CheckupFile(worker_id(1)));
    insta::assert_snapshot!("kinds_80x24", drive.screen(80, 24));
}

#[test]
fn an_inquiry_and_its_answer_are_written_down() {
    let mut drive = Drive::at(known(), &Route::CheckupFile(worker_id(1)));
    drive.keys("n3\t\t人事\t休日の勤務も含みますか\t\t");
    insta::assert_snapshot!("inquiry_80x24", drive.screen(80, 24));
    drive.press(Code::F(6)).keys("\n");
    let AnyRecord::OpinionInquiry(inquiry) = last(&drive) else { panic!("{}", drive.screen(80, 24)) };
    assert_eq!((inquiry.document.as_str(), inquiry.asked_by.as_str()), ("E01-2026-0001", "人事"));
    assert_eq!(inquiry.answered_on, None);
    assert_eq!(drive.route(), Route::CheckupFile(worker_id(1)), "back to the file");
}

#[test]
fn a_record_without_its_words_is_refused_at_the_field() {
    let mut drive = Drive::at(known(), &Route::CheckupFile(worker_id(1)));
    drive.keys("n1").press(Code::F(6)).keys("\n");
    assert_eq!(drive.desk.commands, []);
    assert!(drive.screen(80, 24).contains("この欄が空です"), "{}", drive.screen(80, 24));
    drive.keys("水野 遥\t睡眠と食事").press(Code::F(6)).keys("\n");
    let AnyRecord::HealthGuidance(given) = last(&drive) else { panic!("{}", drive.screen(80, 24)) };
    assert_eq!((given.given_by.as_str(), given.specific), ("水野 遥", SpecificGuidance::Unasked));
}

/// A file with one record of each kind.
fn full() -> crate::app::Site {
    let mut site = known();
    let worker = worker_id(1);
    site.health_guidance = Arc::new(vec![HealthGuidance {
        id: row(20),
        checkup: row(10),
        worker: worker.clone(),
        given_on: day("2026-10-10"),
        given_by: "水野 遥".to_owned(),
        content: "夜勤の前後の睡眠と食事".to_owned(),
        specific: SpecificGuidance::Received,
        specific_content: "減量の計画".to_owned(),
    }]);
    site.secondary_consents = Arc::new(vec![SecondaryConsent {
        id: row(21),
        worker: worker.clone(),
        primary_checkup: row(10),
        consented_on: day("2026-10-01"),
        way: "面談で口頭".to_owned(),
        withdrawn_on: None,
    }]);
    site.opinion_inquiries = Arc::new(vec![OpinionInquiry {
        id: row(22),
        document: crate::domain::Id::parse("E01-2026-0001").unwrap(),
        worker: worker.clone(),
        asked_on: day("2026-11-10"),
        asked_by: "人事".to_owned(),
        question: "休日の勤務も含みますか".to_owned(),
        answered_on: None,
        answer: String::new(),
    }]);
    site.exam_duties = Arc::new(vec![ExamDuty {
        id: row(23),
        worker: worker.clone(),
        exam: SpecialKind::Radiation,
        work: "非破壊検査".to_owned(),
        items: String::new(),
        is_long_kept: true,
        is_relaxed: false,
        dust_class: DustClass::None,
        valid_from: day("2024-04-01"),
        valid_until: None,
    }]);
    site.special_exams = Arc::new(vec![SpecialExam {
        id: row(24),
        worker: worker.clone(),
        exam: SpecialKind::Radiation,
        day: day("2026-06-10"),
        clinic: "見本健診センター".to_owned(),
        finding: FindingState::Present,
        is_instructed: false,
        items_json: vec![SpecialItem { name: "皮膚".to_owned(), state: ItemState::Found }],
        dose_microsieverts: None,
        submitted_on: None,
        is_long_kept: true,
        opinion_on: None,
        opinion: None,
    }]);
    site.postings = Arc::new(vec![Posting {
        id: row(25),
        worker,
        place: "ハノイ".to_owned(),
        leaves_on: day("2027-01-10"),
        returns_on: None,
        is_home_temporary: false,
    }]);
    site
}

#[test]
fn the_file_tells_every_record_and_that_the_dose_is_missing() {
    let mut drive = Drive::at(full(), &Route::CheckupFile(worker_id(1)));
    insta::assert_snapshot!("file_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("file_120x40", drive.screen(120, 40));
    assert!(drive.screen(80, 24).contains("線量の記入なし"));
    drive.keys("jj\n");
    assert!(matches!(drive.route(), Route::CheckupNote(_)));
}

#[test]
fn the_answer_to_an_inquiry_is_looked_at_on_paper_once_it_is_written() {
    let mut site = full();
    let mut drive = Drive::at(site.clone(), &Route::CheckupFile(worker_id(1)));
    drive.keys("jx");
    assert_eq!(drive.route(), Route::CheckupFile(worker_id(1)), "{}", drive.screen(80, 24));
    assert!(drive.screen(80, 24).contains("回答をまだ記録していません"));
    let inquiry = OpinionInquiry {
        answered_on: Some(day("2026-11-12")),
        answer: "含みます".to_owned(),
        ..site.opinion_inquiries[0].clone()
    };
    site.opinion_inquiries = Arc::new(vec![inquiry]);
    let mut drive = Drive::at(site, &Route::CheckupFile(worker_id(1)));
    drive.keys("j");
    assert!(drive.screen(80, 24).contains("x 回答の書面"), "{}", drive.screen(80, 24));
    drive.keys("x");
    let Route::Paper(request) = drive.route() else { panic!("{}", drive.screen(80, 24)) };
    assert_eq!((request.form, request.subject), (FormKind::OpinionAnswer, Some(row(22))));
    assert_eq!(request.recipients, [Recipient::Employer]);
    let screen = drive.screen(80, 24);
    assert!(screen.contains("佐伯 美咲 / 意見への照会に対する回答"), "{screen}");
    let mut drive = Drive::at(full(), &Route::CheckupFile(worker_id(1)));
    drive.keys("x");
    assert!(matches!(drive.route(), Route::CheckupPapers(..)), "on another line the list of papers opens");
}

#[test]
fn the_day_a_secondary_result_came_is_corrected_on_its_line() {
    let mut site = full();
    let mut heads: Vec<_> = site.checkups.iter().cloned().collect();
    heads.push(head(row(30), worker_id(1), day("2026-10-20"), "C"));
    site.checkups = Arc::new(heads.into());
    site.secondary_exams = Arc::new(vec![SecondaryExam {
        id: row(31),
        checkup: row(30),
        worker: worker_id(1),
        primary_checkup: row(10),
        consent: row(21),
        submitted_on: day("2026-11-15"),
    }]);
    let mut drive = Drive::at(site, &Route::CheckupFile(worker_id(1)));
    insta::assert_snapshot!("secondary_80x24", drive.screen(80, 24));
    assert!(drive.screen(80, 24).contains("意見 2027-01-15 まで"), "{}", drive.screen(80, 24));
    drive.keys("jj\n");
    let Route::CheckupNote(place) = drive.route() else { panic!("{}", drive.screen(80, 24)) };
    assert_eq!(place.kind, NoteKind::Secondary);
    (0..10).for_each(|_| _ = drive.press(Code::Backspace));
    drive.keys("2026-10-28").press(Code::F(6)).keys("\n");
    let AnyRecord::SecondaryExam(kept) = last(&drive) else { panic!("{}", drive.screen(80, 24)) };
    assert_eq!((kept.id, kept.submitted_on), (row(31), day("2026-10-28")));
}

#[test]
fn the_board_counts_other_examinations_and_opens_both_lists() {
    let mut drive = Drive::at(full(), &Route::Site(site_id()));
    drive.keys("3f");
    assert_eq!(drive.route(), Route::CheckupBoard(site_id()));
    assert!(drive.screen(80, 24).contains("電離放射線 2026-12-10 まで 線量の記入なし"), "{}", drive.screen(80, 24));
    drive.keys("n");
    assert_eq!(drive.route(), Route::CheckupFile(worker_id(1)));
    drive.press(Code::Esc).keys("y");
    assert_eq!(drive.route(), Route::CheckupSeason(site_id()));
    insta::assert_snapshot!("season_80x24", drive.screen(80, 24));
}

#[test]
fn a_report_that_was_sent_is_written_down_with_its_day() {
    let mut drive = Drive::at(known(), &Route::CheckupSeason(site_id()));
    drive.keys("n1").keys("1").keys("2026-01-01\t2026-12-31\t2026-11-18\t電子申請");
    insta::assert_snapshot!("report_80x24", drive.screen(80, 24));
    drive.press(Code::F(6)).keys("\n");
    let AnyRecord::SentReport(report) = last(&drive) else { panic!("{}", drive.screen(80, 24)) };
    assert_eq!((report.kind, report.submitted_on), (ReportKind::Periodic, day("2026-11-18")));
    assert_eq!(drive.desk.commands.last().map(|command| command.act), Some(Deed::RecordReport));
}
