//! Questions about rows that belong together, on a real vault: what an answer lets in, and what it never loses.

use junkai::app::Event;
use junkai::app::host::RowAnswer;
use junkai::domain::EstablishmentId;
use junkai::domain::checkup::Item;
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;
use junkai::domain::worker::Worker;
use junkai::import::people::ValueDecision;
use junkai::import::reason::Doubt;
use junkai::runtime::Desk;
use junkai::runtime::imports::{ReadFile, ReadOptions};

use crate::scratch::Scratch;
use crate::stress::{HIGH, LOW, open_round};

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn with_roster() -> Scratch {
    let scratch = Scratch::demo();
    let roster = format!("{}/data-samples/roster-cp932.csv", env!("CARGO_MANIFEST_DIR"));
    scratch.run(&["import", &roster, "--establishment", "E01", "--kind", "roster", "--ours"], "").with_code(0);
    scratch
}

fn read(desk: &Desk, scratch: &Scratch, text: &str, kind: BatchKind) -> ReadFile {
    std::fs::write(scratch.path("asked.csv"), text).unwrap();
    let mut file = desk.read_file(&site(), &scratch.path("asked.csv"), ReadOptions::of(kind)).unwrap();
    file.decisions.are_ours = true;
    file
}

fn numbered(desk: &Desk, number: &str) -> Vec<Worker> {
    desk.site(&site()).unwrap().workers.iter().filter(|worker| worker.number == number).cloned().collect()
}

/// One panel a row: nothing of either is lost, and what contradicts is asked as a value.
#[test]
fn two_rows_of_one_examination_are_joined_by_a_word_and_keep_both_halves() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    let text = "社員番号,氏名,健診日,総合判定,収縮期血圧,HbA1c,AST_GOT\n\
                4001,桐山 勇,2026/9/7,A,130,,21\n4001,桐山 勇,2026/9/7,C,,6.1,23\n";
    let mut file = read(&desk, &scratch, text, BatchKind::Checkup);
    let asked = desk.preview_checkups(&file).unwrap();
    assert_eq!(asked.rows.doubtful.iter().map(|row| row.why).collect::<Vec<_>>(), [Doubt::SameDayTwice; 2]);
    desk.answer(&mut file, 3, RowAnswer::Join).unwrap();
    let joined = desk.preview_checkups(&file).unwrap();
    assert_eq!((joined.accounted(), joined.weighed.len(), joined.rows.doubtful.len()), (2, 1, 0));
    let open: Vec<_> = joined.rows.open_values().map(|value| (value.line, value.item, value.text.as_str())).collect();
    assert_eq!(open, [(2, Item::Ast, "2行目 21 / 3行目 23")]);
    file.decisions.values.insert((2, Item::Ast), ValueDecision::Typed("23".to_owned()));
    desk.accept_checkups(&file).unwrap().unwrap();
    let (worker, day) = (numbered(&desk, "4001").remove(0).id, "2026-09-07".parse().unwrap());
    let head = desk
        .site(&site())
        .unwrap()
        .checkups
        .iter()
        .find(|head| head.worker == worker && head.day == day)
        .unwrap()
        .clone();
    let Event::SheetsRead(_, sheets) = desk.read_sheets(&site(), &[worker]).unwrap().remove(0) else { panic!() };
    let sheet = sheets.iter().find(|sheet| sheet.day == head.day).unwrap();
    let values = [Item::Systolic, Item::HbA1c, Item::Ast].map(|item| sheet.cells.get(item).unwrap().shown());
    assert_eq!(values, ["130", "6.1", "23"]);
    assert_eq!(sheet.clinic_text, "A、C");
    desk.lock().unwrap();
    let both = "SELECT count(*) FROM source_line WHERE text LIKE '%130%' AND text LIKE '%6.1%'";
    assert!(scratch.number(1, both) > 0, "the text of both rows is kept");
    scratch.assert_clean();
}

/// A periodic and a special examination on one day are two: they are not joined.
#[test]
fn rows_of_two_kinds_of_examination_are_not_joined() {
    let scratch = with_roster();
    let desk = scratch.desk();
    let text = "社員番号,氏名,健診日,健診種別,収縮期血圧,HbA1c\n\
                4001,桐山 勇,2026/9/7,定期,130,\n4001,桐山 勇,2026/9/7,有機溶剤,,6.1\n";
    let mut file = read(&desk, &scratch, text, BatchKind::Checkup);
    let doubts = |desk: &Desk, file: &ReadFile| -> Vec<_> {
        desk.preview_checkups(file).unwrap().rows.doubtful.iter().map(|row| row.why).collect()
    };
    assert_eq!(doubts(&desk, &file), [Doubt::OtherExamTwice; 2]);
    desk.answer(&mut file, 3, RowAnswer::Join).unwrap();
    assert_eq!(doubts(&desk, &file), [Doubt::OtherExamTwice; 2]);
    desk.lock().unwrap();
}

/// Two spellings beside one new number: the physician says whether they are one person or two.
#[test]
fn two_names_of_one_new_number_are_one_person_or_two_as_the_physician_says() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    let text = "社員番号,氏名,年月,総労働時間\n9001,新田 のぞみ,2026/8,160:00\n9001,新田 望,2026/9,170:00\n";
    let mut one = read(&desk, &scratch, text, BatchKind::Hours);
    assert_eq!(desk.preview_hours(&one).unwrap().doubtful.len(), 2);
    desk.answer(&mut one, 3, RowAnswer::OneInFile).unwrap();
    let preview = desk.preview_hours(&one).unwrap();
    assert_eq!((preview.added.len(), preview.new_workers.len(), preview.doubtful.len()), (2, 1, 0));
    let number = desk.accept_hours(&one).unwrap().unwrap();
    let people = numbered(&desk, "9001");
    assert_eq!(people.iter().map(|worker| worker.name.as_str()).collect::<Vec<_>>(), ["新田 望"]);
    let again = read(&desk, &scratch, text, BatchKind::Hours);
    assert_eq!(desk.preview_hours(&again).unwrap().unchanged, [2, 3], "both spellings are remembered");
    desk.undo(&site(), Some(number)).unwrap();
    let mut two = read(&desk, &scratch, text, BatchKind::Hours);
    for line in [2, 3] {
        desk.answer(&mut two, line, RowAnswer::New).unwrap();
    }
    desk.accept_hours(&two).unwrap().unwrap();
    assert_eq!(numbered(&desk, "9001").len(), 2);
    desk.lock().unwrap();
    scratch.assert_clean();
}

/// SC-61: a second sheet of one person and round is rejected until somebody says which counts.
#[test]
fn other_answers_of_the_same_round_are_a_question_and_replace_nothing_unseen() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    let text = |sheet: &str| format!("社員番号,氏名,回答日,回答\n4001,桐山 勇,2026/9/28,{sheet}\n");
    let first = read(&desk, &scratch, &text(HIGH), BatchKind::Stress);
    desk.accept_stress(&first).unwrap().unwrap();
    let held = |desk: &Desk| desk.site(&site()).unwrap().stress_answers[0].answers.clone();
    let before = held(&desk);
    let mut second = read(&desk, &scratch, &text(LOW), BatchKind::Stress);
    let asked = desk.preview_stress(&second).unwrap();
    assert_eq!(asked.rows.doubtful.iter().map(|row| row.why).collect::<Vec<_>>(), [Doubt::SheetOnRecord]);
    assert_eq!((asked.entered.changed, asked.accounted()), (0, 1));
    assert_eq!(desk.accept_stress(&second).unwrap(), None);
    assert_eq!(held(&desk), before);
    desk.answer(&mut second, 2, RowAnswer::Leave).unwrap();
    assert_eq!(desk.preview_stress(&second).unwrap().rows.ignored.len(), 1);
    let mut third = read(&desk, &scratch, &text(LOW), BatchKind::Stress);
    desk.answer(&mut third, 2, RowAnswer::Take).unwrap();
    assert_eq!(desk.preview_stress(&third).unwrap().entered.changed, 1);
    desk.accept_stress(&third).unwrap().unwrap();
    assert_ne!(held(&desk), before);
    desk.lock().unwrap();
    scratch.assert_clean();
}
