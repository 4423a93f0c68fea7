//! Records round the checkups on a real vault: no secondary result without consent, whatever way it comes.

use std::fs;

use junkai::domain::checkup::{Cells, CheckupKind, CheckupSheet, SecondaryConsent};
use junkai::domain::command::{Act, Command};
use junkai::domain::worker::{Checkup, FindingState};
use junkai::domain::{EstablishmentId, Id, Prefix};
use junkai::runtime::Desk;

use crate::scratch::{Answer, Scratch};

const SENTENCE: &str = "本人の同意";
const DAY: &str = "2026-11-02";

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

/// Somebody with an ordinary examination of this year.
fn primary(desk: &Desk) -> Checkup {
    let site = desk.site(&site()).unwrap();
    let this_year = |head: &&Checkup| head.day.to_string().starts_with("2026") && head.day.to_string().as_str() < DAY;
    site.checkups.iter().find(this_year).unwrap().clone()
}

fn storing(desk: &Desk, worker: &Id) -> Command {
    let mut rows = desk.site(&site()).unwrap().next_ids(Prefix::Row);
    let head = Checkup {
        id: rows.next().unwrap(),
        worker: worker.clone(),
        day: DAY.parse().unwrap(),
        judgement: String::new(),
        finding: FindingState::Unknown,
        summary: String::new(),
        opinion_on: None,
        opinion: None,
    };
    let sheet = CheckupSheet {
        id: rows.next().unwrap(),
        checkup: head.id.clone(),
        worker: worker.clone(),
        day: head.day,
        kind: CheckupKind::Secondary,
        clinic: String::new(),
        clinic_text: String::new(),
        cells: Cells::default(),
        source: String::new(),
        source_row: 0,
    };
    Command::new(Act::EnterCheckup, worker.to_string()).put(head).put(sheet)
}

fn consent(desk: &Desk, primary: &Checkup) -> Command {
    let row = SecondaryConsent {
        id: desk.site(&site()).unwrap().next_id(Prefix::Row),
        worker: primary.worker.clone(),
        primary_checkup: primary.id.clone(),
        consented_on: "2026-11-01".parse().unwrap(),
        way: "面談で口頭".to_owned(),
        withdrawn_on: None,
    };
    junkai::app::checkups::secondary::consent(desk.site(&site()).unwrap(), row, desk.today()).unwrap()
}

#[test]
fn a_command_with_a_secondary_result_is_refused_until_the_person_agreed() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let primary = primary(&desk);
    let before = desk.site(&site()).unwrap().checkups.len();
    let refused = desk.perform(&site(), &storing(&desk, &primary.worker)).unwrap_err().to_string();
    assert!(refused.contains(SENTENCE), "{refused}");
    assert_eq!(desk.site(&site()).unwrap().checkups.len(), before, "nothing was stored");
    let agreed = consent(&desk, &primary);
    let number = desk.perform(&site(), &agreed).unwrap();
    desk.perform(&site(), &storing(&desk, &primary.worker)).unwrap();
    let now = desk.site(&site()).unwrap();
    let link = now.secondary_exams.first().unwrap();
    assert_eq!((&link.primary_checkup, now.checkups.len()), (&primary.id, before + 1));
    assert!(desk.undo(&site(), Some(number)).is_err(), "a result that is kept rests on the consent");
    desk.undo(&site(), None).unwrap();
    assert!(desk.site(&site()).unwrap().secondary_exams.is_empty(), "sheet and link go together");
    desk.undo(&site(), Some(number)).unwrap();
    desk.lock().unwrap();
    scratch.assert_clean();
}

fn import(scratch: &Scratch, file: &str) -> Answer {
    scratch.run(&["--json", "import", file, "--establishment", "E01", "--kind", "checkup"], "").imported()
}

#[test]
fn a_file_leaves_secondary_rows_out_until_the_person_agreed() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let primary = primary(&desk);
    let worker = desk.site(&site()).unwrap().worker(&primary.worker).unwrap().clone();
    let agreed = consent(&desk, &primary);
    desk.lock().unwrap();
    let text =
        format!("社員番号,氏名,受診日,健診の種類,空腹時血糖\n{},{},{DAY},二次健診,128\n", worker.number, worker.name);
    fs::write(scratch.path("second.csv"), text).unwrap();
    let answer = import(&scratch, "second.csv");
    assert!(answer.out.contains(SENTENCE), "{answer:?}");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM checkup_sheet WHERE kind = 'secondary'"), 0);
    desk = scratch.desk();
    desk.perform(&site(), &agreed).unwrap();
    desk.lock().unwrap();
    import(&scratch, "second.csv");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM checkup_sheet WHERE kind = 'secondary'"), 1);
    assert_eq!(scratch.number(1, "SELECT count(*) FROM secondary_exam"), 1, "linked to its primary examination");
    scratch.assert_clean();
}
