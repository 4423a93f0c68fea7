//! Two hundred people from the file of answers to the papers: what was made names the two who asked, and nobody else.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use junkai::app::host::DocumentRequest;
use junkai::app::interview::field::*;
use junkai::app::interview::{InterviewForm, Opening, Step};
use junkai::app::stress::improvement::{self, ImprovementEntry};
use junkai::app::stress::{groups, judging, requests};
use junkai::demo::Plan;
use junkai::domain::case::RequestBy;
use junkai::domain::command::Command;
use junkai::domain::hours::BatchKind;
use junkai::domain::opinion::{FormKind, Recipient};
use junkai::domain::stress::{Computed, Improvement, Need, OwnerRole};
use junkai::domain::{EstablishmentId, Id};
use junkai::runtime::imports::ReadOptions;
use junkai::runtime::{Desk, Workshop};

use super::vault::{HIGH, LOW, open_round};
use crate::desk;

const PEOPLE: usize = 200;

fn site_id() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn perform(desk: &mut Desk, command: &Command) {
    desk.perform(&site_id(), command).unwrap();
}

/// Two hundred answers in a file; every fortieth is above the criteria.
fn answers(desk: &Desk, folder: &Path) -> PathBuf {
    let workers = desk.site(&site_id()).unwrap().workers.clone();
    let sheet = |place: usize| if place.is_multiple_of(40) { HIGH } else { LOW };
    let rows = workers.iter().take(PEOPLE).enumerate();
    let rows: Vec<String> =
        rows.map(|(place, one)| format!("{},{},2026-09-28,{}", one.number, one.name, sheet(place))).collect();
    let file = folder.join("answers.csv");
    std::fs::write(&file, format!("社員番号,氏名,回答日,回答\n{}\n", rows.join("\n"))).unwrap();
    file
}

/// Everybody above the criteria is confirmed, all are told, the first two ask; gives them.
fn asked(desk: &mut Desk, round: &Id) -> Vec<Id> {
    let (id, law, today) = (site_id(), desk.law().clone(), desk.today());
    let judged = judging::judge_round(&law, desk.site(&id).unwrap(), round, today).unwrap().unwrap();
    perform(desk, &judged);
    let results = desk.site(&id).unwrap().stress_results.clone();
    let high: Vec<Id> =
        results.iter().filter(|row| row.computed == Computed::High).map(|row| row.worker.clone()).collect();
    assert_eq!((results.len(), high.len()), (PEOPLE, 5));
    for worker in &high {
        let confirmed = judging::confirm(desk.site(&id).unwrap(), round, worker, Need::Needed, "", "医師", today);
        perform(desk, &confirmed.unwrap());
    }
    let everybody = judging::to_notify(desk.site(&id).unwrap(), round);
    assert_eq!(everybody.len(), PEOPLE);
    let told = judging::notify(desk.site(&id).unwrap(), round, &everybody, today, today).unwrap().unwrap();
    perform(desk, &told);
    let two: Vec<Id> = high.into_iter().take(2).collect();
    for worker in &two {
        let asked = requests::receive(desk.site(&id).unwrap(), round, worker, today, RequestBy::Paper, today);
        perform(desk, &asked.unwrap());
    }
    two
}

/// The interview of the first; gives its id.
fn interviewed(desk: &mut Desk, worker: &Id) -> Id {
    let (site, law, today) = (desk.site(&site_id()).unwrap().clone(), desk.law().clone(), desk.today());
    let owner = junkai::demo::owner();
    let opening = Opening { law: &law, owner: &owner, site: &site, today, clock: "14:20" };
    let mut form = InterviewForm::open(opening, worker).unwrap();
    form.pass(Step::Work);
    let values = [(WORK_SITUATION, "担当が増えた。"), (BURDEN, "負担Qx1z"), (FINDINGS, "所見Qx2z"), (CONDITION, "0")];
    for (field, value) in values.into_iter().chain([(RESULT_READ, "1"), (FITNESS, "0")]) {
        form.set(field, value);
    }
    let (command, interview) = form.complete(&law, &site, today).unwrap();
    perform(desk, &command);
    interview
}

fn issued(desk: &mut Desk, out: &Path, form: FormKind, subject: Id, to: Vec<Recipient>) -> Vec<PathBuf> {
    let request = DocumentRequest::new(site_id(), form, Some(subject), to);
    let preview = desk.preview_document_in(&request, Some(out)).unwrap();
    let hashes: Vec<String> = preview.copies.iter().map(|copy| copy.sha256.clone()).collect();
    desk.issue(&mut Workshop::default(), &request, &hashes).unwrap().files
}

/// A text without white space.
pub fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// What a tool of the field prints about a file.
fn printed(tool: &str, arguments: &[&str]) -> String {
    let output = Process::new(tool).args(arguments).output().unwrap_or_else(|_| panic!("{tool} is not installed"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The files that are attached to a PDF.
fn attached(path: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    printed("pdfdetach", &["-saveall", "-o", folder.path().to_str().unwrap(), path]);
    crate::scratch::files(folder.path()).iter().map(|file| read(file)).collect()
}

/// All that can be read out of a file, without white space: a PDF with what is attached to it, a workbook, a text.
pub fn read(file: &Path) -> String {
    let path = file.to_str().unwrap();
    let text = match file.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => {
            let table = junkai::import::source::read(&std::fs::read(file).unwrap()).unwrap();
            format!("{table:?}") + &printed("unzip", &["-p", path])
        }
        Some("pdf") => {
            printed("pdftotext", &["-raw", path, "-"])
                + &printed("qpdf", &["--qdf", "--object-streams=disable", path, "-"])
                + &attached(path)
        }
        _ => String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned(),
    };
    bare(&text)
}

/// The opinion names its person and nobody else, the papers on the groups name nobody; neither says what stays.
fn tell_of_nobody_else(site: &junkai::app::Site, person: &Id, opinion: &[PathBuf], report: &[PathBuf]) {
    let first = bare(&site.worker(person).unwrap().name);
    for file in opinion.iter().chain(report) {
        let text = read(file);
        let of_opinion = opinion.contains(file);
        assert_eq!(text.contains(&first), of_opinion, "{}", file.display());
        for other in site.workers.iter().filter(|worker| bare(&worker.name) != first) {
            assert!(!text.contains(&bare(&other.name)), "a name in {}", file.display());
            assert!(!text.contains(other.id.as_str()), "an id in {}", file.display());
        }
        for kept in ["Qx1z", "Qx2z", "Qx3z"] {
            assert!(!text.contains(kept), "{kept} in {}", file.display());
        }
    }
}

#[test]
fn of_two_hundred_answers_no_file_tells_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan { establishments: 1, workers: 230, years: 0, seed: 1 };
    let mut desk = desk::demo(folder.path().join("vault"), &plan);
    let round = open_round(&mut desk, OwnerRole::Implementer);
    let source = answers(&desk, folder.path());
    let file = desk.read_file(&site_id(), &source, ReadOptions::of(BatchKind::Stress)).unwrap();
    let preview = desk.preview_stress(&file).unwrap();
    assert_eq!((&preview.round, preview.entered.added, preview.rows.refused.len()), (&round, PEOPLE, 0));
    desk.accept_stress(&file).unwrap();
    let two = asked(&mut desk, &round);
    let interview = interviewed(&mut desk, &two[0]);

    let out = folder.path().join("out");
    let copies = vec![Recipient::Personnel, Recipient::LineManager, Recipient::Worker];
    let opinion = issued(&mut desk, &out, FormKind::StressOpinion, interview, copies);
    let (id, law, today) = (site_id(), desk.law().clone(), desk.today());
    let analysis = groups::report(&law, desk.site(&id).unwrap(), &round, &[], today).unwrap();
    let release = groups::release(desk.site(&id).unwrap(), &round, &analysis, "衛生委員会", today).unwrap();
    perform(&mut desk, &release);
    let given = desk.site(&id).unwrap().stress_releases[0].id.clone();
    let to = vec![Recipient::Employer];
    let request = DocumentRequest::new(site_id(), FormKind::StressGroups, Some(given.clone()), to.clone());
    let shown = desk.preview_document_in(&request, Some(&out)).unwrap();
    assert!(shown.files.iter().any(|name| name.ends_with(".xlsx")), "the workbook is named before it is written");
    assert!(!out.join("E01").join("2026-11").join(shown.files.last().unwrap()).exists());
    let report = issued(&mut desk, &out, FormKind::StressGroups, given, to);
    let paper = read(&report[0]);
    for line in &shown.copies[0].lines {
        assert!(paper.contains(&bare(line)), "{line} is not in the PDF");
    }
    assert!(paper.contains("量-コントロール判定図（男）"), "drawn by sex");
    assert_eq!((opinion.len(), report.len()), (3, 2), "a workbook lies beside the group report");

    let action = ImprovementEntry {
        kind: Improvement::Action,
        content: "締切りを二回に分ける。".to_owned(),
        who: "担当Qx3z".to_owned(),
        due: Some(today),
        ..ImprovementEntry::new(today)
    };
    let action = improvement::write(&law, desk.site(&id).unwrap(), &round, None, &action, today).unwrap();
    perform(&mut desk, &action);
    let committee = issued(&mut desk, &out, FormKind::StressCommittee, round, vec![Recipient::Employer]);
    let text = read(&committee[0]);
    assert!(text.contains("締切りを二回に分ける。") && text.contains("面接指導を受けた人伏せています"), "{text}");
    let report = [report, committee].concat();

    tell_of_nobody_else(desk.site(&id).unwrap(), &two[0], &opinion, &report);
    assert!(read(&report[0]).contains("全体") && read(&report[1]).contains("全体"), "the search can find");
    let workbook = report.iter().find(|file| file.extension().is_some_and(|end| end == "xlsx")).unwrap();
    let hash = printed("sha256sum", &[workbook.to_str().unwrap()]).chars().take(64).collect::<String>();
    let log = desk.audit_lines().unwrap();
    assert!(log.iter().any(|(_, line)| line.event == "出力" && line.detail.contains(&hash)), "its hash is in the log");
    desk.lock().unwrap();
}
