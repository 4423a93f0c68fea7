//! A round in a real vault: answers by the command, the gate on every path, nothing judged again, undo.

use junkai::app::stress::rounds::{self, RoundEntry, StaffEntry};
use junkai::app::stress::{StressFault, answers, judging};
use junkai::domain::command::{Act, Command};
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::{Method, OwnerRole, Profession, StaffPart, StressResult};
use junkai::domain::{Day, EstablishmentId, Id};
use junkai::runtime::imports::ReadOptions;
use junkai::runtime::{Desk, RuntimeError};
use junkai::scales::stress::criteria::examples;
use junkai::scales::stress::{Questionnaire, Sheet};

use crate::scratch::Scratch;

pub const HIGH: &str = "112331443323243341112334443344433222234342333343343443322";
pub const LOW: &str = "444444411144414114441111111111111111111111111111111111111";

fn site_id() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn entry(role: OwnerRole) -> RoundEntry {
    let criteria = examples().unwrap().iter().map(|e| &e.criteria).find(|c| c.method == Method::Sums).unwrap();
    RoundEntry {
        name: "2026年度".to_owned(),
        committee_on: Some(day("2026-06-12")),
        rules: "第3版".to_owned(),
        criteria: criteria.clone(),
        criteria_opinion_on: Some(day("2026-06-01")),
        role,
    }
}

/// Opens a round of this role at the first establishment.
pub fn open_round(desk: &mut Desk, role: OwnerRole) -> Id {
    let (id, law, today) = (site_id(), desk.law().clone(), desk.today());
    let (round, command) = rounds::write(&law, desk.site(&id).unwrap(), None, &entry(role), today).unwrap();
    desk.perform(&id, &command).unwrap();
    let staff = StaffEntry {
        part: StaffPart::Implementer,
        name: "架空 実施".to_owned(),
        profession: Profession::PublicHealthNurse,
        is_trained: false,
        has_personnel_power: false,
    };
    let command = rounds::add_staff(&law, desk.site(&id).unwrap(), &round, &staff, today).unwrap();
    desk.perform(&id, &command).unwrap();
    let command = rounds::open(&law, desk.site(&id).unwrap(), &round, day("2026-09-01"), today).unwrap();
    desk.perform(&id, &command).unwrap();
    round
}

/// A file of these answers for the first workers of the roster, and the number of the rows.
fn file(scratch: &Scratch, desk: &Desk, sheets: &[&str]) -> usize {
    let workers = desk.site(&site_id()).unwrap().workers.iter().zip(sheets);
    let rows: Vec<String> =
        workers.map(|(worker, sheet)| format!("{},{},2026-09-28,{sheet}", worker.number, worker.name)).collect();
    let text = format!("社員番号,氏名,回答日,回答\n{}\n", rows.join("\n"));
    std::fs::write(scratch.path("answers.csv"), text).unwrap();
    rows.len()
}

#[test]
fn answers_come_in_are_judged_once_and_are_taken_back_as_one() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let round = open_round(&mut desk, OwnerRole::Implementer);
    assert_eq!(file(&scratch, &desk, &[HIGH, LOW, HIGH]), 3);
    desk.lock().unwrap();
    let import = ["--json", "stress", "import", "answers.csv", "--establishment", "E01"];
    let dry = scratch.run(&[&import[..], &["--dry-run"]].concat(), "").with_code(0).objects();
    assert_eq!((dry[0]["added"].as_u64(), dry[0]["operation"].is_null()), (Some(3), true));
    let done = scratch.run(&import, "").with_code(0).objects();
    assert_eq!((done[0]["added"].as_u64(), done[0]["refused"].as_u64()), (Some(3), Some(0)));
    let again = scratch.run(&import, "").with_code(0).objects();
    assert_eq!((again[0]["unchanged"].as_u64(), again[0]["operation"].is_null()), (Some(3), true));
    scratch.assert_clean();
    let report = scratch.run(&["--json", "stress", "report", "--establishment", "E01"], "").with_code(0).objects();
    assert_eq!((report[0]["taken"].as_u64(), report[0]["interviewed"].as_u64()), (Some(3), Some(0)));
    let sheet = scratch.run(&["stress", "report", "--establishment", "E01"], "").with_code(0);
    assert_eq!(sheet.out.lines().count(), 11, "ten items under their heading");

    let mut desk = scratch.desk();
    let command = judging::judge_round(desk.law(), desk.site(&site_id()).unwrap(), &round, desk.today()).unwrap();
    desk.perform(&site_id(), &command.unwrap()).unwrap();
    let standing = judging::standing(desk.site(&site_id()).unwrap(), &round);
    assert_eq!((standing.sheets, standing.high, standing.decided), (3, 2, 0));
    let first = desk.site(&site_id()).unwrap().stress_results[0].clone();
    let other = StressResult { symptoms: Some(1), ..first };
    let refused = desk.perform(&site_id(), &Command::new(Act::JudgeStress, None).put(other));
    assert!(matches!(refused, Err(RuntimeError::Stress(StressFault::Judged))));
    desk.undo(&site_id(), None).unwrap();
    assert!(desk.site(&site_id()).unwrap().stress_results.is_empty());
    desk.undo(&site_id(), None).unwrap();
    assert!(desk.site(&site_id()).unwrap().stress_answers.is_empty());
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn a_file_of_bad_rows_takes_the_good_ones_and_names_lines_only() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    file(&scratch, &desk, &[HIGH, "5"]);
    let name = desk.site(&site_id()).unwrap().workers[1].name.clone();
    desk.lock().unwrap();
    let mut text = std::fs::read_to_string(scratch.path("answers.csv")).unwrap();
    text.push_str(&format!("999999,存在 しない,2026-09-28,{LOW}\n"));
    std::fs::write(scratch.path("answers.csv"), text).unwrap();
    let answer = scratch.run(&["stress", "import", "answers.csv", "--establishment", "E01"], "").with_code(1);
    assert!(answer.out.contains("追加 1件") && answer.out.contains("拒否 2件"), "{}", answer.out);
    assert!(answer.out.contains("3行目") && answer.out.contains("4行目"), "{}", answer.out);
    assert!(!answer.out.contains(&name) && !answer.out.contains("999999") && !answer.out.contains("1123"));
}

#[test]
fn who_is_no_implementer_gets_no_answers_on_any_path() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let round = open_round(&mut desk, OwnerRole::Neither);
    file(&scratch, &desk, &[HIGH]);
    let (site, worker) = (desk.site(&site_id()).unwrap().clone(), desk.site(&site_id()).unwrap().workers[0].id.clone());
    let sheet = Sheet::parse(Questionnaire::built_in().unwrap(), HIGH).unwrap();
    let sheets = [answers::SheetEntry { worker, day: day("2026-09-28"), sheet, sex: None }];
    let typed = answers::enter(desk.law(), &site, &round, &sheets, desk.today());
    assert_eq!(typed.err(), Some(StressFault::NotImplementer));
    desk.lock().unwrap();
    for tail in [&["--dry-run"][..], &[]] {
        let command = [&["stress", "import", "answers.csv", "--establishment", "E01"][..], tail].concat();
        let answer = scratch.run(&command, "").with_code(5);
        assert!(answer.err.contains("実施者でも共同実施者でもない"), "{}", answer.err);
    }
    assert_eq!(scratch.number(1, "SELECT count(*) FROM stress_answers"), 0);
    let leaves = scratch.content(1).iter().any(|row| row.contains(HIGH));
    assert!(!leaves, "not even in the journal");
}

/// Roles are not taken back underneath answers, whatever is undone in whatever order.
#[test]
fn the_round_is_not_undone_underneath_its_answers() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let round = open_round(&mut desk, OwnerRole::Neither);
    let id = site_id();
    let (_, command) =
        rounds::write(desk.law(), desk.site(&id).unwrap(), Some(&round), &entry(OwnerRole::Implementer), desk.today())
            .unwrap();
    let changed = desk.perform(&id, &command).unwrap();
    file(&scratch, &desk, &[HIGH]);
    let path = scratch.path("answers.csv");
    let read = desk.read_file(&id, &path, ReadOptions::of(BatchKind::Stress)).unwrap();
    let entered = desk.accept_stress(&read).unwrap();
    assert!(desk.undo(&id, Some(changed)).is_err(), "the answers still stand on the role");
    desk.undo(&id, entered).unwrap();
    desk.undo(&id, Some(changed)).unwrap();
    assert!(desk.site(&id).unwrap().stress_answers.is_empty());
}

/// Duties 15 and 27: what is still to be kept is named with its article, and the hash alone erases nothing.
#[test]
fn a_purge_of_answers_asks_about_the_years_they_are_kept() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    file(&scratch, &desk, &[HIGH, LOW]);
    desk.lock().unwrap();
    let import = ["--json", "stress", "import", "answers.csv", "--establishment", "E01"];
    let operation = scratch.run(&import, "").with_code(0).objects()[0]["operation"].to_string();
    let purge = ["--json", "purge", "--establishment", "E01", "--operation", &operation];
    let shown = scratch.run(&purge, "").with_code(0).objects().remove(0);
    let (until, sha256) = (shown["kept_until"].as_str().unwrap(), shown["sha256"].as_str().unwrap());
    assert!(shown["kept"][0].as_str().unwrap().contains(until), "{shown}");
    let confirmed = [&purge[..], &["--confirm", sha256]].concat();
    assert!(scratch.run(&confirmed, "").with_code(5).err.contains("まだ保存する記録"));
    let other = [&confirmed[..], &["--kept-until", "2027-01-01"]].concat();
    scratch.run(&other, "").with_code(5);
    assert_eq!(scratch.number(1, "SELECT count(*) FROM stress_answers"), 2, "nothing goes by itself");
    scratch.run(&[&confirmed[..], &["--kept-until", until]].concat(), "").with_code(0);
    assert_eq!(scratch.number(1, "SELECT count(*) FROM stress_answers"), 0);
    scratch.assert_clean();
}
