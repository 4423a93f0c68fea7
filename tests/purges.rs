//! 取込の消去 on a real vault: a wrong company's file between right ones, what later files keep, and what lies outside.

use std::fs;
use std::path::PathBuf;

use junkai::domain::checkup::{CheckupSheet, Item};
use junkai::domain::hours::BatchKind;
use junkai::domain::{Day, EstablishmentId, Id};
use junkai::import::folding::Field;
use junkai::runtime::Desk;
use junkai::runtime::imports::{ReadFile, ReadOptions};

use crate::scratch::{Answer, Scratch, files};

/// Stands nowhere but in the wrong company's file.
const CANARY: &str = "烏丸鋳造所七五三";

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn write(scratch: &Scratch, name: &str, text: &str) -> PathBuf {
    let path = scratch.path(name);
    fs::write(&path, text).unwrap();
    path
}

fn read(scratch: &Scratch, desk: &Desk, name: &str, kind: BatchKind, text: &str) -> ReadFile {
    let mut file = desk.read_file(&site(), &write(scratch, name, text), ReadOptions::of(kind)).unwrap();
    file.decisions.are_ours = true;
    file
}

/// Takes a clinic's file about the first worker in: headings and values behind the person and the day.
fn clinic(scratch: &Scratch, desk: &mut Desk, headings: &str, values: &str) -> Option<i64> {
    let worker = desk.site(&site()).unwrap().workers[0].clone();
    let text = format!("社員番号,氏名,健診日,{headings}\n{},{},2026/10/12,{values}\n", worker.number, worker.name);
    let file = read(scratch, desk, "clinic.csv", BatchKind::Checkup, &text);
    desk.accept_checkups(&file).unwrap()
}

fn day() -> Day {
    "2026-10-12".parse().unwrap()
}

/// The values of that examination, item by item, and the text of its head.
fn values(desk: &Desk) -> Option<(Vec<(String, String)>, String)> {
    let known = desk.site(&site()).unwrap();
    let worker = &known.workers[0].id;
    let head = known.checkups.iter().find(|head| &head.worker == worker && head.day == day())?;
    let sheet = sheet_of(desk, worker)?;
    let cells = sheet.cells.all().iter().map(|cell| (cell.item.code().to_owned(), cell.shown())).collect();
    Some((cells, head.summary.clone()))
}

fn sheet_of(desk: &Desk, worker: &Id) -> Option<CheckupSheet> {
    let events = desk.read_sheets(&site(), std::slice::from_ref(worker)).unwrap();
    events.into_iter().find_map(|event| match event {
        junkai::app::Event::SheetsRead(_, sheets) => sheets.iter().find(|sheet| sheet.day == day()).cloned(),
        _ => None,
    })
}

fn cells(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(item, value)| ((*item).to_owned(), (*value).to_owned())).collect()
}

fn purge(scratch: &Scratch, number: i64, more: &[&str]) -> Answer {
    let number = number.to_string();
    scratch.run(&[&["--json", "purge", "--establishment", "E01", "--operation", &number], more].concat(), "")
}

/// Looks without a confirmation and with it, and gives both answers.
fn purged(scratch: &Scratch, number: i64) -> [serde_json::Value; 2] {
    let shown = purge(scratch, number, &[]).with_code(0).objects().remove(0);
    let sha256 = shown["sha256"].as_str().unwrap().to_owned();
    let erased = purge(scratch, number, &["--confirm", &sha256]).with_code(0).objects().remove(0);
    scratch.assert_clean();
    for part in ["staying", "losing", "sealed"] {
        assert_eq!(shown[part], erased[part], "what was shown is what was done");
    }
    [shown, erased]
}

fn holds(scratch: &Scratch, word: &str) -> bool {
    let contains = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    contains(&scratch.pages(1)) || files(&scratch.vault()).iter().any(|path| contains(&fs::read(path).unwrap()))
}

#[test]
fn a_wrong_file_between_right_ones_goes_value_by_value_and_the_right_ones_stand() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    clinic(&scratch, &mut desk, "収縮期血圧,拡張期血圧,AST", "120,70,20").unwrap();
    let number = clinic(&scratch, &mut desk, "収縮期血圧,拡張期血圧,尿酸,LDLコレステロール", "187,99,9.9,201").unwrap();
    // The third file says the same LDL as the wrong one, and is silent about the rest of it.
    clinic(&scratch, &mut desk, "ALT,LDLコレステロール", "33,201").unwrap();
    desk.lock().unwrap();
    let [shown, erased] = purged(&scratch, number);
    assert_eq!(
        (&shown["erased"], &erased["staying"], &erased["losing"]),
        (&false.into(), &serde_json::json!([]), &serde_json::json!([]))
    );
    let mut desk = scratch.desk();
    let (found, summary) = values(&desk).unwrap();
    assert_eq!(found, cells(&[("sbp", "120"), ("dbp", "70"), ("ast", "20"), ("ldl", "201"), ("alt", "33")]));
    assert!(summary.contains("LDL") && !summary.contains("187"), "{summary}");
    let journal = "SELECT count(*) FROM journal WHERE table_name IN ('checkup', 'checkup_sheet')
                     AND (coalesce(before, '') || coalesce(after, '') LIKE '%sbp 187%'
                       OR coalesce(before, '') || coalesce(after, '') LIKE '%187/99%'
                       OR coalesce(before, '') || coalesce(after, '') LIKE '%ua 9.9%')";
    // The wrong file is news again.
    assert!(clinic(&scratch, &mut desk, "収縮期血圧,拡張期血圧,尿酸", "120,70,9.9").is_some());
    desk.undo(&site(), None).unwrap();
    desk.lock().unwrap();
    assert_eq!(
        scratch.number(1, &journal.replace("OR coalesce(before, '') || coalesce(after, '') LIKE '%ua 9.9%'", "")),
        0
    );
}

#[test]
fn what_a_right_file_added_to_a_wrong_examination_stays_and_is_named() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let number = clinic(&scratch, &mut desk, "収縮期血圧,拡張期血圧,総合判定", "187,99,D").unwrap();
    clinic(&scratch, &mut desk, "ALT", "33").unwrap();
    desk.lock().unwrap();
    let [shown, _] = purged(&scratch, number);
    let staying: Vec<(&str, &str)> = shown["staying"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["table"].as_str().unwrap(), row["why"].as_str().unwrap()))
        .collect();
    assert!(staying.contains(&("checkup_sheet", "changed_later")), "{staying:?}");
    assert!(staying.iter().any(|(table, _)| *table == "checkup"), "{staying:?}");
    let desk = scratch.desk();
    let (found, summary) = values(&desk).unwrap();
    assert_eq!(found, cells(&[("alt", "33")]));
    assert!(!summary.contains("187"), "{summary}");
    let worker = desk.site(&site()).unwrap().workers[0].id.clone();
    let sheet = sheet_of(&desk, &worker).unwrap();
    assert_eq!((sheet.source_row, sheet.clinic_text.as_str(), sheet.cells.get(Item::Systolic)), (2, "", None));
    assert_eq!(sheet.source.len(), 64);
    desk.lock().unwrap();
}

/// Headings and fixed values name the company too; the answer about a person holds the name.
#[test]
fn the_mapping_and_the_answers_of_a_wrong_file_go_with_it() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let text = format!("社員番号,氏名,{CANARY}の備考\nQ-1,烏丸 七五三,x\n");
    let mut file = read(&scratch, &desk, "wrong.csv", BatchKind::Roster, &text);
    file.proposal.profile.fix(Field::Department, &format!("{CANARY}本社")).unwrap();
    let number = desk.accept_roster(&file).unwrap().unwrap();
    assert_eq!(desk.site(&site()).unwrap().profiles.iter().filter(|kept| kept.header.contains(CANARY)).count(), 1);
    desk.lock().unwrap();
    assert!(holds(&scratch, CANARY));
    let [shown, _] = purged(&scratch, number);
    assert_eq!(shown["staying"], serde_json::json!([]));
    assert!(!holds(&scratch, CANARY), "in a heading or in a fixed value");
}

#[test]
fn a_mapping_that_a_later_file_was_read_by_stays_and_is_named() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers[0].clone();
    let text = |month: &str| format!("社員番号,氏名,対象年月,総労働時間\n{},旧姓 花子,{month},171:11\n", worker.number);
    let mut taken = Vec::new();
    for month in ["2026/09", "2026/08"] {
        let mut file = read(&scratch, &desk, "month.csv", BatchKind::Hours, &text(month));
        if let Some(doubt) = desk.preview_hours(&file).unwrap().doubtful.first() {
            desk.answer(&mut file, doubt.line, junkai::app::host::RowAnswer::Same(0)).unwrap();
        }
        taken.push(desk.accept_hours(&file).unwrap().unwrap());
    }
    desk.lock().unwrap();
    let [shown, _] = purged(&scratch, taken[0]);
    let staying: Vec<String> = shown["staying"].as_array().unwrap().iter().map(|row| row.to_string()).collect();
    let is_named = |table: &str| staying.iter().any(|row| row.contains(table) && row.contains("used_later"));
    assert!(is_named("import_profile") && is_named("person_answer") && staying.len() == 2, "{staying:?}");
    let [shown, _] = purged(&scratch, taken[1]);
    assert_eq!(shown["staying"], serde_json::json!([]));
}

/// A source that is too large for the vault is sealed beside itself: that is said, and a purge names it and lists it.
#[test]
fn a_sealed_file_beside_the_source_is_named_by_the_purge_and_can_be_deleted() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers[0].clone();
    let remark = "x".repeat(6 * 1024 * 1024 / 8);
    let rows: String =
        (1..=8).map(|month| format!("{},{},2026/0{month},171:11,{remark}\n", worker.number, worker.name)).collect();
    let file = read(
        &scratch,
        &desk,
        "large.csv",
        BatchKind::Hours,
        &format!("社員番号,氏名,対象年月,総労働時間,備考\n{rows}"),
    );
    let number = desk.accept_hours(&file).unwrap().unwrap();
    let vault = desk.snapshot().vault;
    let clear = vault.clear_files[0].number;
    assert_eq!(vault.too_large.first().map(|(number, size)| (*number, *size > 5 * 1024 * 1024)), Some((clear, true)));
    assert!(!desk.seal_source(clear).unwrap(), "it is not in the vault");
    assert_eq!(desk.snapshot().vault.clear_files, []);
    desk.lock().unwrap();
    let [shown, _] = purged(&scratch, number);
    let sealed = PathBuf::from(shown["sealed"][0].as_str().unwrap());
    assert_eq!(sealed, scratch.path("large.csv.age"));
    let mut desk = scratch.desk();
    let listed = desk.snapshot().vault.clear_files.clone();
    assert_eq!(
        (listed.len(), listed[0].kind.as_str(), listed[0].path.as_str()),
        (1, "封入済", sealed.to_str().unwrap())
    );
    desk.settle_clear_file(listed[0].number, junkai::app::host::Settling::Delete).unwrap();
    assert!(!sealed.exists());
    desk.lock().unwrap();
}
