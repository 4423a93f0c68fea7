//! Documents besides the opinion by the real binary: the patrol report, the physician's own papers, own templates.

use std::fs;
use std::process::Command;

use junkai::app::host::DocumentRequest;
use junkai::domain::checkup::{
    CheckupAdvice, DustClass, ExamDuty, HealthGuidance, ItemState, Posting, RiskNotice, SecondaryConsent, SpecialExam,
    SpecialItem, SpecialKind, SpecificGuidance,
};
use junkai::domain::command::{Act, Command as Change};
use junkai::domain::opinion::{FormKind, Recipient};
use junkai::domain::worker::{Checkup, FindingState};
use junkai::domain::{AnyRecord, EstablishmentId, Id};
use junkai::runtime::Workshop;
use serde_json::Value;

use crate::scratch::{Answer, Scratch, files};

const DAY: &str = "2026-11-20";
/// A remark of the physician's alone.
const REMARK: &str = "Qremark鵺";
/// What the employer reads of the same finding.
const OPEN: &str = "Qopen通路";
/// A dose in μSv, of so many digits that neither a signature nor a font holds them by chance.
const DOSE: i64 = 907_317_923;

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn document(scratch: &Scratch, form: &str, more: &[&str]) -> Answer {
    let arguments = ["--json", "--today", DAY, "document", form, "--establishment", "E01", "--out", "out"];
    scratch.run(&[&arguments[..], more].concat(), "")
}

/// The two steps: what would leave, then exactly that.
fn written(scratch: &Scratch, form: &str, more: &[&str]) -> (Value, Value) {
    let shown = document(scratch, form, more).with_code(0).objects().remove(0);
    let hash = shown["sha256"].as_str().unwrap().to_owned();
    let issued = document(scratch, form, &[more, &["--confirm", &hash]].concat()).with_code(0).objects().remove(0);
    (shown, issued)
}

/// Whether the dose stands there, in μSv or in mSv.
fn holds_dose(text: &str) -> bool {
    ["907317923", "907317.923", "907,317,923"].iter().any(|dose| text.contains(dose))
}

fn tool(scratch: &Scratch, name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name).args(arguments).current_dir(scratch.home()).output();
    let output = output.unwrap_or_else(|_| panic!("{name} is not installed"));
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// The decoded text and every unpacked object of a PDF, without white space.
fn decoded(scratch: &Scratch, file: &str) -> String {
    let text = tool(scratch, "pdftotext", &["-raw", file, "-"]);
    let inside = tool(scratch, "qpdf", &["--qdf", "--object-streams=disable", file, "-"]);
    let meta = tool(scratch, "pdfinfo", &["-meta", file]);
    [text, inside, meta].concat().chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn file(issued: &Value) -> &str {
    issued["files"][0].as_str().unwrap()
}

/// Writes a remark into every patrol and finding, and what the employer may read into the newest finding.
fn write_remarks(scratch: &Scratch) -> Id {
    let mut desk = scratch.desk();
    let now = desk.site(&site()).unwrap().clone();
    let newest = junkai::app::patrols::latest_completed(&now).unwrap().id.clone();
    let mut change = Change::new(Act::RecordFinding, site().to_string());
    for patrol in now.patrols.iter() {
        let mut patrol = patrol.clone();
        patrol.private_remark = REMARK.to_owned();
        change = change.put(patrol);
    }
    for finding in now.findings.iter() {
        let mut finding = finding.clone();
        (finding.private_remark, finding.owner) = (REMARK.to_owned(), REMARK.to_owned());
        change = change.put(finding);
    }
    let mut found = now.findings.first().expect("the demo has findings").clone();
    (found.patrol, found.content, found.closed_on) = (newest.clone(), OPEN.to_owned(), None);
    found.private_remark = REMARK.to_owned();
    desk.perform(&site(), &change.put(found)).unwrap();
    desk.lock().unwrap();
    newest
}

#[test]
fn the_patrol_report_is_signed_kept_and_holds_no_remark() {
    let scratch = Scratch::demo();
    let patrol = write_remarks(&scratch);
    let (shown, issued) = written(&scratch, "patrol_report", &[]);
    assert_eq!(shown["copies"][0]["recipient"], "employer");
    assert!(shown["copies"][0]["staying"].to_string().contains("自分だけの控え"));
    let inside = decoded(&scratch, file(&issued));
    assert!(inside.contains(OPEN) && !inside.contains(REMARK), "the remark left");
    let sixteen: String = REMARK.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    assert!(!inside.to_lowercase().contains(&sixteen));
    assert!(tool(&scratch, "pdfsig", &[file(&issued)]).contains("Signature is Valid"));
    let lines: String = shown["copies"][0]["lines"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    let lines: String = lines.chars().filter(|letter| !letter.is_whitespace()).collect();
    assert!(inside.contains(lines.strip_prefix("見本").unwrap()), "the preview is the text of the page");

    let desk = scratch.desk();
    let kept =
        desk.site(&site()).unwrap().issued.iter().find(|one| one.form == FormKind::PatrolReport).unwrap().clone();
    assert_eq!((kept.version, kept.worker.as_ref()), (1, None));
    assert_eq!(kept.snapshot_json["subject"], Value::from(patrol.as_str()));
    assert_eq!(kept.snapshot_json["templates"][0]["own"], false);
    desk.lock().unwrap();
    fs::remove_file(scratch.path(file(&issued))).unwrap();
    let again = document(&scratch, "patrol_report", &[]).with_code(0).objects().remove(0);
    assert_eq!(again["document"], issued["document"], "what was issued is written again as it was signed");
    assert!(tool(&scratch, "pdfsig", &[file(&again)]).contains("Signature is Valid"));
    scratch.assert_clean();
}

#[test]
fn a_reported_walk_stands_and_what_changed_since_is_a_new_version() {
    let scratch = Scratch::demo();
    let patrol = write_remarks(&scratch);
    let (_, issued) = written(&scratch, "patrol_report", &[]);
    let mut desk = scratch.desk();
    let now = desk.site(&site()).unwrap().clone();
    let walked = now.patrols.iter().find(|one| one.id == patrol).unwrap().clone();
    let moved = junkai::domain::patrol::Patrol { starts: "09:00".to_owned(), ..walked };
    assert!(desk.perform(&site(), &Change::new(Act::StartPatrol, None).put(moved)).is_err(), "the walk is amend-only");
    let mut found = now.findings.iter().find(|one| one.patrol == patrol).unwrap().clone();
    (found.answered_on, found.answer) = (Some(desk.today()), "置き場を決めた".to_owned());
    desk.perform(&site(), &Change::new(Act::AnswerMeasure, None).put(found)).expect("a finding lives on");
    let request = DocumentRequest::new(site(), FormKind::PatrolReport, Some(patrol), vec![Recipient::Employer]);
    let out = scratch.path("out");
    let preview = desk.preview_document_in(&request, Some(&out)).unwrap();
    assert_eq!(preview.version, 2);
    let hashes: Vec<String> = preview.copies.iter().map(|copy| copy.sha256.clone()).collect();
    desk.issue(&mut Workshop::default(), &request, &hashes).unwrap();
    let second = desk.site(&site()).unwrap().issued.iter().max_by_key(|one| one.version).unwrap().clone();
    assert_eq!(second.supersedes.map(|id| id.to_string()).as_deref(), issued["document"].as_str());
    desk.lock().unwrap();
}

#[test]
fn without_a_walk_that_has_ended_there_is_no_report() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let now = desk.site(&site()).unwrap().clone();
    let open = |patrol: &junkai::domain::patrol::Patrol| junkai::domain::patrol::Patrol {
        completed_on: None,
        ..patrol.clone()
    };
    let change = now.patrols.iter().map(open).fold(Change::new(Act::StartPatrol, None), Change::put);
    desk.perform(&site(), &change).unwrap();
    desk.lock().unwrap();
    let answer = document(&scratch, "patrol_report", &[]).with_code(2);
    assert!(answer.err.contains("終えた巡視がありません"), "{}", answer.err);
}

#[test]
fn the_physicians_own_papers_are_written_and_not_signed_or_issued() {
    let scratch = Scratch::demo();
    let before = scratch.number(1, "SELECT count(*) FROM issued");
    for (form, more) in
        [("brief", &[][..]), ("patrol_sheet", &[]), ("brief", &[]), ("record", &["--worker", "E01-W0003"])]
    {
        let (shown, issued) = written(&scratch, form, more);
        assert_eq!(
            (&shown["document"], &issued["document"], &issued["issued"]),
            (&Value::Null, &Value::Null, &false.into())
        );
        assert_eq!(shown["copies"][0]["recipient"], "physician");
        assert!(!tool(&scratch, "pdfsig", &[file(&issued)]).contains("Signature is Valid"), "{form}");
        assert!(tool(&scratch, "qpdf", &["--check", file(&issued)]).contains("No syntax or stream encoding errors"));
    }
    assert_eq!(files(&scratch.path("out")).len(), 4, "the second brief of a day has a name of its own");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM issued"), before);
    assert_eq!(scratch.number(0, "SELECT count(*) FROM clear_file WHERE kind = '出力'"), 4, "they lie in clear");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM audit WHERE event = '出力' AND subject = 'E01-W0003'"), 1);
    assert_eq!(document(&scratch, "record", &[]).with_code(2).out, "", "whose?");
}

#[test]
fn the_record_of_one_worker_holds_the_notes_and_nobody_elses() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let now = desk.site(&site()).unwrap().clone();
    let mut case = now.cases.first().unwrap().clone();
    let went = std::mem::replace(&mut case.note, REMARK.to_owned());
    let went = format!("自分だけのメモ: {went} → {REMARK}");
    let (worker, other) = (case.worker.clone(), now.workers.iter().find(|one| one.id != case.worker).unwrap().clone());
    desk.perform(&site(), &Change::new(Act::WriteNote, worker.to_string()).put(case)).unwrap();
    let drafted = junkai::domain::command::DraftField {
        form: format!("interview/{worker}"),
        field: "remarks".to_owned(),
        value: "Qdraft".to_owned(),
    };
    desk.save_draft(&site(), drafted).unwrap();
    let name = now.worker(&worker).unwrap().name.clone();
    let hours = now.hours_of(&worker).len();
    desk.lock().unwrap();
    let (shown, issued) = written(&scratch, "record", &["--worker", worker.as_str()]);
    let text = tool(&scratch, "pdftotext", &["-raw", file(&issued), "-"]);
    for word in [REMARK, "Qdraft", &name, "変更の履歴", &went, worker.as_str()] {
        let close = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        assert!(close(&text).contains(&close(word)), "{word}\n{text}");
    }
    assert!(hours > 0 && text.matches("総労働時間").count() >= hours, "{text}");
    assert!(!text.contains(&other.name) && !text.contains(other.id.as_str()));
    assert!(!shown["files"].to_string().contains(&name), "no name is a file's name");
}

#[test]
fn the_record_tells_why_a_flag_stands_and_under_which_article() {
    let scratch = Scratch::demo();
    let desk = scratch.desk();
    let assessed = desk.assessment(&site()).unwrap();
    let worker = assessed.flags.iter().find(|flags| flags.overtime_word() == "80超").unwrap().worker.to_string();
    desk.lock().unwrap();
    let (_, issued) = written(&scratch, "record", &["--worker", &worker]);
    let text = decoded(&scratch, file(&issued));
    for word in ["は80:00を超えています", "労働安全衛生規則52条の2第1項"] {
        assert!(text.contains(word), "{word}");
    }
}

/// A template that adds a line and prints everything.
const OWN: &str = "#show: paper\nQown\n#title-block\n#for one in view.sections { section-of(one) }\n#closing";

fn put_template(scratch: &Scratch, bytes: &[u8]) {
    let folder = scratch.path(".config/junkai/templates");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("patrol_report.typ"), bytes).unwrap();
}

#[test]
fn an_own_template_is_used_named_and_frozen() {
    let scratch = Scratch::demo();
    put_template(&scratch, OWN.as_bytes());
    let (shown, issued) = written(&scratch, "patrol_report", &[]);
    assert_eq!(shown["own_templates"][0], "patrol_report.typ");
    assert!(decoded(&scratch, file(&issued)).contains("Qown"));
    let desk = scratch.desk();
    let kept =
        desk.site(&site()).unwrap().issued.iter().find(|one| one.form == FormKind::PatrolReport).unwrap().clone();
    let template = &kept.snapshot_json["templates"][0];
    assert_eq!((&template["form"], &template["own"]), (&Value::from("patrol_report"), &Value::from(true)));
    assert_eq!(template["sha256"].as_str().unwrap().len(), 64);
    desk.lock().unwrap();
}

#[test]
fn a_broken_own_template_is_refused_with_its_line_and_never_replaced() {
    let scratch = Scratch::demo();
    let shown = document(&scratch, "patrol_report", &[]).with_code(0).objects().remove(0);
    let hash = shown["sha256"].as_str().unwrap().to_owned();
    let cases = [
        (&b"#show: paper\n\n#read(\"/etc/passwd\")"[..], "patrol_report.typ の 3 行目にエラーがあります"),
        (b"#show: paper\n#title-block", "示した文面の一部を印字していません"),
        (b"\xff\xfe\x00", "patrol_report.typ を読めません"),
    ];
    for (template, sentence) in cases {
        put_template(&scratch, template);
        let answer = document(&scratch, "patrol_report", &["--confirm", &hash]).with_code(2);
        assert!(answer.err.contains(sentence) && !answer.err.contains("passwd"), "{}", answer.err);
    }
    assert_eq!(scratch.number(1, "SELECT count(*) FROM issued WHERE form = 'patrol_report'"), 0);
    assert!(files(&scratch.path("out")).is_empty());
    fs::remove_file(scratch.path(".config/junkai/templates/patrol_report.typ")).unwrap();
    document(&scratch, "patrol_report", &["--confirm", &hash]).with_code(0);
}

/// Writes a remark into every text about checkups that is not the employer's, and an opinion with a condition on each.
fn write_checkups(scratch: &Scratch) {
    let mut desk = scratch.desk();
    let now = desk.site(&site()).unwrap().clone();
    let mut rows = now.next_ids(junkai::domain::Prefix::Row);
    let mut change = Change::new(Act::JudgeCheckups, site().to_string());
    for checkup in now.checkups.iter() {
        let mut checkup = checkup.clone();
        checkup.summary = REMARK.to_owned();
        (checkup.opinion, checkup.opinion_on) =
            (Some(junkai::domain::interview::Fitness::Normal), Some(DAY.parse().unwrap()));
        if now.checkup_details.iter().all(|detail| detail.checkup != checkup.id) {
            change = change.put(junkai::domain::checkup::CheckupDetail {
                id: rows.next().unwrap(),
                checkup: checkup.id.clone(),
                worker: checkup.worker.clone(),
                is_held: false,
                held_for: REMARK.to_owned(),
                condition: REMARK.to_owned(),
                diagnosis: Some(junkai::domain::interview::Diagnosis::Treat),
                environment: String::new(),
                words: REMARK.to_owned(),
                case_id: None,
            });
        }
        change = change.put(checkup);
    }
    desk.perform(&site(), &change).unwrap();
    let now = desk.site(&site()).unwrap().clone();
    desk.perform(&site(), &round_checkups(&now)).unwrap();
    desk.lock().unwrap();
}

/// A remark in every text that is kept round the checkups, and an examination of each kind that is reported.
fn round_checkups(now: &junkai::app::Site) -> Change {
    let mut rows = now.next_ids(junkai::domain::Prefix::Row);
    let mut next = move || rows.next().unwrap();
    let head = now.checkups.iter().next().unwrap().clone();
    let change = Change::new(Act::EnterSpecialExam, site().to_string());
    let change = remarks(&head, &mut next).into_iter().fold(change, Change::put);
    [SpecialKind::Organic, SpecialKind::Radiation, SpecialKind::Dental]
        .into_iter()
        .flat_map(|exam| reported(&head.worker, exam, &mut next))
        .fold(change, Change::put)
}

fn remarks(head: &Checkup, next: &mut impl FnMut() -> Id) -> [AnyRecord; 5] {
    let (worker, day) = (head.worker.clone(), DAY.parse().unwrap());
    let guidance = HealthGuidance {
        id: next(),
        checkup: head.id.clone(),
        worker: worker.clone(),
        given_on: day,
        given_by: REMARK.to_owned(),
        content: REMARK.to_owned(),
        specific: SpecificGuidance::Received,
        specific_content: REMARK.to_owned(),
    };
    let (checkup, way) = (head.id.clone(), REMARK.to_owned());
    let risk = RiskNotice { id: next(), checkup, worker: worker.clone(), told_on: day, way: way.clone() };
    let primary_checkup = head.id.clone();
    let consent = SecondaryConsent {
        id: next(),
        worker: worker.clone(),
        primary_checkup,
        consented_on: day,
        way,
        withdrawn_on: None,
    };
    let plan = REMARK.to_owned();
    let advice =
        CheckupAdvice { id: next(), given_on: day, given_to: REMARK.to_owned(), plan, precautions: REMARK.to_owned() };
    let place = REMARK.to_owned();
    let posting = Posting { id: next(), worker, place, leaves_on: day, returns_on: None, is_home_temporary: false };
    [guidance.into(), risk.into(), consent.into(), advice.into(), posting.into()]
}

fn reported(worker: &Id, exam: SpecialKind, next: &mut impl FnMut() -> Id) -> [AnyRecord; 2] {
    let day = DAY.parse().unwrap();
    let duty = ExamDuty {
        id: next(),
        worker: worker.clone(),
        exam,
        work: "塗装".to_owned(),
        items: REMARK.to_owned(),
        is_long_kept: false,
        is_relaxed: false,
        dust_class: DustClass::None,
        valid_from: day,
        valid_until: None,
    };
    let examined = SpecialExam {
        id: next(),
        worker: worker.clone(),
        exam,
        day,
        clinic: "見本健診センター".to_owned(),
        finding: FindingState::Present,
        is_instructed: true,
        items_json: vec![SpecialItem { name: "肝機能".to_owned(), state: ItemState::Found }],
        dose_microsieverts: Some(DOSE),
        submitted_on: None,
        is_long_kept: false,
        opinion_on: None,
        opinion: None,
    };
    [duty.into(), examined.into()]
}

#[test]
fn no_paper_on_checkups_gives_the_employer_a_value_a_diagnosis_or_a_note() {
    let scratch = Scratch::demo();
    write_checkups(&scratch);
    let sixteen: String = REMARK.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    let special = ["checkup_organic", "checkup_radiation", "checkup_dental"];
    for form in ["checkup_opinions", "checkup_list", "checkup_report", "checkup_committee"].into_iter().chain(special) {
        let (shown, issued) = written(&scratch, form, &[]);
        assert_eq!(shown["copies"][0]["recipient"], "employer", "{form}");
        assert!(tool(&scratch, "pdfsig", &[file(&issued)]).contains("Signature is Valid"), "{form}");
        let inside = decoded(&scratch, file(&issued));
        assert!(!inside.contains(REMARK) && !inside.to_lowercase().contains(&sixteen), "a note left with {form}");
        assert!(!holds_dose(&inside), "a dose left with {form}");
        for word in ["要医療", "要精密検査", "mmHg", "mg/dL", "HbA1c"] {
            let is_definition = form == "checkup_report" && word.starts_with("要");
            assert!(is_definition || !inside.contains(word), "{word} left with {form}");
        }
    }
    let all = files(&scratch.path("out")).into_iter().filter(|path| path.extension().is_some_and(|end| end == "csv"));
    let all: Vec<String> = all.map(|path| fs::read_to_string(path).unwrap()).collect();
    let csv = all.iter().find(|csv| csv.contains("いずれかに異常所見のある者")).expect("the figures come as CSV too");
    assert_eq!(csv.lines().count(), 18, "a head, two totals before the thirteen rows and two behind them");
    assert_eq!(all.len(), 4, "the ordinary report and three special ones");
    assert!(all.iter().all(|csv| !csv.contains(REMARK) && !holds_dose(csv)));
    assert!(all.iter().any(|csv| csv.contains("肝機能,1,1")), "{all:?}");

    let told = scratch.number(1, "SELECT count(*) FROM frozen WHERE table_name = 'checkup'");
    assert!(told > 0, "an opinion that the employer has read stands");
    let (shown, _) = written(&scratch, "checkup_referral", &["--worker", "E01-W0003"]);
    assert_eq!(shown["copies"][0]["recipient"], "worker");
    let (shown, issued) = written(&scratch, "checkup_risk", &["--worker", "E01-W0003"]);
    assert_eq!(shown["copies"][0]["recipient"], "worker");
    let inside = decoded(&scratch, file(&issued));
    assert!(inside.contains("80時間を超えた") && !inside.contains(REMARK), "one paragraph, and the law's own line");
    let (shown, issued) = written(&scratch, "checkup_card", &["--worker", "E01-W0003"]);
    assert_eq!((&shown["copies"][0]["recipient"], &issued["issued"]), (&"physician".into(), &false.into()));
    scratch.assert_clean();
}

#[test]
fn an_answer_to_an_inquiry_leaves_signed_with_nothing_of_the_opinion_and_then_stands() {
    let scratch = Scratch::demo();
    write_checkups(&scratch);
    written(&scratch, "checkup_opinions", &[]);
    let none = document(&scratch, "opinion_answer", &["--worker", "E01-W0003"]).with_code(2);
    assert!(none.err.contains("回答のある照会の記録がありません"), "{}", none.err);
    let mut desk = scratch.desk();
    let now = desk.site(&site()).unwrap().clone();
    let list = now.issued.iter().find(|issued| issued.form == FormKind::CheckupOpinions).unwrap();
    let told = &list.snapshot_json["checkups"][0]["worker"];
    let worker = Id::parse(told.as_str().unwrap()).unwrap();
    let whose = ["--worker", worker.as_str()];
    let inquiry = junkai::domain::checkup::OpinionInquiry {
        id: now.next_id(junkai::domain::Prefix::Row),
        document: list.id.clone(),
        worker: worker.clone(),
        asked_on: list.day,
        asked_by: "人事".to_owned(),
        question: "休日の勤務も含みますか".to_owned(),
        answered_on: Some(list.day),
        answer: "含みます。".to_owned(),
    };
    let record = |row| junkai::app::checkups::inquiries::record(&now, row, DAY.parse().unwrap()).unwrap();
    desk.perform(&site(), &record(inquiry.clone())).unwrap();
    desk.lock().unwrap();
    let (shown, issued) = written(&scratch, "opinion_answer", &whose);
    assert_eq!(shown["copies"][0]["recipient"], "employer");
    assert!(tool(&scratch, "pdfsig", &[file(&issued)]).contains("Signature is Valid"));
    let inside = decoded(&scratch, file(&issued));
    assert!(inside.contains("休日の勤務も含みますか") && inside.contains(list.id.as_str()));
    assert!(!inside.contains(REMARK) && !inside.contains("mmHg"));
    let mut desk = scratch.desk();
    let other = junkai::domain::checkup::OpinionInquiry { answer: "含みません。".to_owned(), ..inquiry };
    let refused = desk.perform(&site(), &record(other)).unwrap_err().to_string();
    assert!(refused.contains("発行した文書がこの記録に基づいています"), "{refused}");
    desk.lock().unwrap();
}

#[test]
fn the_list_of_those_at_high_risk_is_written_for_the_physician_alone() {
    let scratch = Scratch::demo();
    let (shown, issued) = written(&scratch, "checkup_risk_list", &[]);
    assert_eq!((&shown["copies"][0]["recipient"], &issued["issued"]), (&"physician".into(), &false.into()));
    let inside = decoded(&scratch, file(&issued));
    assert!(inside.contains("会社へは渡しません") && inside.contains("未確認"), "the criterion was read nowhere");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM issued WHERE form = 'risk_list'"), 0);
}
