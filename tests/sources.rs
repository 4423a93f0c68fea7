//! Every sample of a clinic or of the stress check on a real vault: by the profile that detection proposes, counted,
//! the same again, taken back to the last row, and erased.

use junkai::app::Event;
use junkai::app::host::RowAnswer;
use junkai::domain::EstablishmentId;
use junkai::domain::checkup::Item;
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;
use junkai::import::people::ValueDecision;
use junkai::runtime::Desk;
use junkai::runtime::imports::{ReadFile, ReadOptions};
use serde_json::Value;

use crate::scratch::Scratch;
use crate::stress::open_round;

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn sample(scratch: &Scratch, name: &str) -> String {
    let from = format!("{}/data-samples/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(from, scratch.path(name)).unwrap();
    name.to_owned()
}

fn import(scratch: &Scratch, name: &str, kind: &str) -> Value {
    let name = sample(scratch, name);
    let arguments = ["--json", "import", &name, "--establishment", "E01", "--kind", kind, "--ours"];
    let told = scratch.run(&arguments, "").imported().objects().remove(0);
    let count = |member: &str| told[member].as_u64().unwrap();
    let sum: u64 = ["added", "changed", "unchanged", "doubtful", "refused", "ignored"].map(count).iter().sum();
    assert_eq!(sum, count("rows"), "a row is lost: {told}");
    told
}

/// Added, changed, unchanged, doubtful, refused, ignored.
fn counts(told: &Value) -> [u64; 6] {
    ["added", "changed", "unchanged", "doubtful", "refused", "ignored"].map(|member| told[member].as_u64().unwrap())
}

/// Every row of every table but those of the acts themselves: an undo is an operation of its own with its own journal, the
/// audit chain only grows, a number once given is not given again, and the face is made anew at each lock.
fn content(scratch: &Scratch) -> Vec<String> {
    let history = ["audit ", "face ", "operation ", "journal ", "sequence "];
    let is_value = |row: &String| !history.iter().any(|table| row.starts_with(table));
    scratch.content(1).into_iter().filter(is_value).collect()
}

/// Without the mappings: how a file is read was learnt by an operation of its own, stays for the next file, and is forgotten on
/// its own screen.
fn unlearnt(rows: Vec<String>) -> Vec<String> {
    rows.into_iter().filter(|row| !row.starts_with("import_profile ")).collect()
}

fn with_roster() -> Scratch {
    let scratch = Scratch::demo();
    assert_eq!(counts(&import(&scratch, "roster-cp932.csv", "roster"))[0], 12);
    scratch
}

fn read(desk: &Desk, scratch: &Scratch, name: &str, kind: BatchKind) -> ReadFile {
    let mut file = desk.read_file(&site(), &scratch.path(&sample(scratch, name)), ReadOptions::of(kind)).unwrap();
    file.decisions.are_ours = true;
    file
}

#[test]
fn every_shape_of_a_clinics_file_comes_in_and_a_second_time_changes_nothing() {
    let scratch = with_roster();
    assert_eq!(counts(&import(&scratch, "checkup-clinic-cp932.csv", "checkup")), [10, 0, 0, 0, 2, 1]);
    // Two files for one person; the secondary examination waits for the person's consent.
    assert_eq!(counts(&import(&scratch, "checkup-second-utf8.csv", "checkup")), [0, 2, 1, 0, 1, 0]);
    assert_eq!(counts(&import(&scratch, "checkup-kana-utf8-bom.csv", "checkup")), [4, 0, 0, 1, 0, 0]);
    assert_eq!(counts(&import(&scratch, "checkup-cda.zip", "checkup")), [1, 1, 0, 0, 0, 0]);
    assert_eq!(counts(&import(&scratch, "checkup-cda.zip", "checkup")), [0, 0, 2, 0, 0, 0], "the same again");
    let before = content(&scratch);
    let again = import(&scratch, "checkup-second-utf8.csv", "checkup");
    assert_eq!((counts(&again), &again["taken_in"]), ([0, 0, 3, 0, 1, 0], &false.into()));
    assert_eq!(content(&scratch), before);

    let desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers.iter().find(|worker| worker.number == "4001").unwrap().id.clone();
    let Event::SheetsRead(_, sheets) = desk.read_sheets(&site(), &[worker]).unwrap().remove(0) else { panic!() };
    let days: Vec<String> = sheets.iter().map(|sheet| sheet.day.to_string()).collect();
    assert_eq!(days, ["2026-10-05", "2026-09-07"], "two examinations in a year stay two");
    let told = &sheets[0];
    assert_eq!(told.clinic_text, "要精密検査 胸部X線の再検査を受けてください", "9N511 is the clinic's judgement");
    assert_eq!(told.cells.get(Item::ChestXray).unwrap().shown(), "? 所見なし（2）／左下肺野 陳旧性炎症像");
    let head = desk.site(&site()).unwrap().checkups.iter().find(|head| head.id == told.checkup).cloned().unwrap();
    assert_eq!(head.finding, junkai::domain::worker::FindingState::Present, "not 未入力");
    let first = &sheets[1];
    assert_eq!(first.clinic_text, "D 要医療 要再検査 血圧が高め", "the clinic's own words");
    let shown = |item: Item| first.cells.get(item).unwrap().shown();
    assert_eq!(
        (shown(Item::Systolic), shown(Item::HbA1c), shown(Item::Waist)),
        ("165".into(), "6.1".into(), "80.0".into())
    );
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn every_value_knows_its_file_its_row_and_its_words_until_it_is_taken_back() {
    let scratch = with_roster();
    for (name, kind) in [
        ("checkup-clinic-cp932.csv", "checkup"),
        ("checkup-second-utf8.csv", "checkup"),
        ("monthly-words-utf8.csv", "hours"),
    ] {
        import(&scratch, name, kind);
    }
    let desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers.iter().find(|worker| worker.number == "4001").unwrap().id.clone();
    let origins = desk.read_origins(&worker).unwrap();
    let told = |kind: BatchKind| origins.iter().filter(move |origin| origin.kind == kind);
    let rows = |kind: BatchKind| told(kind).map(|origin| origin.row).collect::<Vec<_>>();
    assert_eq!(rows(BatchKind::Roster), [Some(2)]);
    assert_eq!(rows(BatchKind::Checkup), [Some(2), Some(2)], "two files about one examination");
    let clinic = told(BatchKind::Checkup).next_back().unwrap();
    assert!(clinic.text.contains("D 要医療") && clinic.text.contains("165"), "the row as it stood: {}", clinic.text);
    assert_eq!(clinic.brought, ["健診", "健診の票"]);
    let bytes = std::fs::read(scratch.path("checkup-clinic-cp932.csv")).unwrap();
    let hash: String = openssl::sha::sha256(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(clinic.sha256, hash);
    assert!(told(BatchKind::Hours).count() > 0);
    desk.lock().unwrap();

    let mut desk = scratch.desk();
    desk.undo(&site(), None).unwrap();
    let left = desk.read_origins(&worker).unwrap();
    assert_eq!(
        left.iter().filter(|origin| origin.kind == BatchKind::Hours).count(),
        0,
        "what was taken back has no rows"
    );
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn what_a_clinics_file_does_not_say_plainly_is_named_by_the_command_and_never_shown() {
    let scratch = with_roster();
    let header = "職員ID,氏名,健診日,AST,尿蛋白,血小板数(千/μL),血色素,HGB,Hb電気泳動";
    let row = "4001,桐山 勇,2026/09/07,溶血,1,95,14.1,14.3,正常";
    std::fs::write(scratch.path("plain.csv"), format!("{header}\n{row}\n")).unwrap();
    let arguments = ["import", "plain.csv", "--establishment", "E01", "--kind", "checkup", "--ours", "--dry-run"];
    let told = scratch.run(&arguments, "").with_code(1).out;
    for line in [
        "要確認 3件（うち読めない値 3件）",
        "使わない列 1: Hb電気泳動",
        "2行目 4列目 AST: 読めない文字。",
        "2行目 7・8列目 血色素、HGB: 二つの列で値が違う。",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(!told.contains("溶血") && !told.contains("14.1"), "{told}");
}

/// Found by the property over files of every kind: the same file again, without the answers, put what nobody can read over
/// what was answered about it.
#[test]
fn a_clinics_file_read_again_takes_no_answer_back() {
    let scratch = with_roster();
    let text = "職員ID,氏名,健診日,AST,ALT,HbA1c\n4001,桐山 勇,2026/09/07,溶血,溶血,5.6\n";
    std::fs::write(scratch.path("plain.csv"), text).unwrap();
    let mut desk = scratch.desk();
    let read =
        |desk: &Desk| desk.read_file(&site(), &scratch.path("plain.csv"), ReadOptions::of(BatchKind::Checkup)).unwrap();
    let mut file = read(&desk);
    file.decisions.values.insert((2, Item::Ast), ValueDecision::Typed("21".to_owned()));
    file.decisions.values.insert((2, Item::Alt), ValueDecision::Leave);
    desk.accept_checkups(&file).unwrap().unwrap();
    let again = read(&desk);
    let preview = desk.preview_checkups(&again).unwrap();
    assert_eq!(
        (preview.counts(), preview.rows.open_values().count()),
        ([0, 0, 1], 2),
        "asked again, and nothing changes"
    );
    assert_eq!(desk.accept_checkups(&again).unwrap(), None);
    let worker = desk.site(&site()).unwrap().workers.iter().find(|worker| worker.number == "4001").unwrap().id.clone();
    let Event::SheetsRead(_, sheets) = desk.read_sheets(&site(), &[worker]).unwrap().remove(0) else { panic!() };
    assert_eq!(sheets[0].cells.pack(), "ast 21\na1c 5.6\n");
    let mut answered = read(&desk);
    answered.decisions.values.insert((2, Item::Alt), ValueDecision::Typed("30".to_owned()));
    assert_eq!(desk.preview_checkups(&answered).unwrap().counts(), [0, 1, 0], "an answer given now counts");
    desk.lock().unwrap();
}

#[test]
fn what_plays_no_part_is_named_for_every_kind() {
    let scratch = with_roster();
    for (kind, text) in [
        ("roster", "社員番号,氏名,所属,趣味\n4001,桐山 勇,総務課,釣り\n"),
        ("restrictions", "社員番号,氏名,措置,趣味\n4001,桐山 勇,残業禁止,釣り\n"),
        ("hours", "社員番号,氏名,年月,総労働時間,趣味\n4001,桐山 勇,2026/10,160:00,釣り\n"),
    ] {
        std::fs::write(scratch.path("kind.csv"), text).unwrap();
        let arguments = ["import", "kind.csv", "--establishment", "E01", "--kind", kind, "--ours", "--dry-run"];
        let told = scratch.run(&arguments, "").with_code(0).out;
        assert!(told.contains("使わない列 1: 趣味") && !told.contains("釣り"), "{kind}: {told}");
    }
}

/// 判定 behind each group of items, under one heading.
#[test]
fn a_judgement_behind_each_group_of_items_is_kept_with_the_item_before_it() {
    let scratch = with_roster();
    assert_eq!(counts(&import(&scratch, "checkup-judged-cp932.csv", "checkup")), [3, 0, 0, 0, 0, 0]);
    let desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers.iter().find(|worker| worker.number == "4001").unwrap().id.clone();
    let Event::SheetsRead(_, sheets) = desk.read_sheets(&site(), &[worker]).unwrap().remove(0) else { panic!() };
    let judged = |item: Item| sheets[0].cells.get(item).unwrap().judgement.clone();
    let found = [Item::Bmi, Item::Systolic, Item::Diastolic, Item::Ggt, Item::Ldl, Item::HbA1c].map(judged);
    assert_eq!(found, ["A", "", "D", "A", "B", "B"]);
    assert!(sheets[0].clinic_text.starts_with('D'), "the judgement of all");
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn a_clinics_file_is_shown_before_and_leaves_nothing_when_it_is_taken_back() {
    let scratch = with_roster();
    import(&scratch, "checkup-clinic-cp932.csv", "checkup");
    let before = content(&scratch);
    let mut desk = scratch.desk();
    let file = read(&desk, &scratch, "checkup-second-utf8.csv", BatchKind::Checkup);
    let preview = desk.preview_checkups(&file).unwrap();
    assert_eq!(preview.accounted(), preview.rows.rows);
    let changed = preview.weighed[0].differences();
    assert!(
        changed.iter().any(|(item, old, new)| item.contains("HbA1c") && old.is_empty() && new == "6.1"),
        "{changed:?}"
    );
    let profiles = desk.site(&site()).unwrap().profiles.len();
    let number = desk.accept_checkups(&file).unwrap().unwrap();
    assert_eq!(desk.site(&site()).unwrap().profiles.len(), profiles + 1, "the mapping is remembered");
    assert!(read(&desk, &scratch, "checkup-second-utf8.csv", BatchKind::Checkup).recognised.is_some());
    assert_eq!(desk.undo(&site(), Some(number)).unwrap().staying, []);
    desk.lock().unwrap();
    assert_eq!(unlearnt(content(&scratch)), unlearnt(before));
}

#[test]
fn after_a_purge_no_value_of_a_clinics_file_is_left() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    let text = "社員番号,氏名,健診日,収縮期血圧,医師所見\n4001,桐山 勇,2026/9/7,187,烏丸にて再検\n";
    std::fs::write(scratch.path("wrong.csv"), text).unwrap();
    let file = desk.read_file(&site(), &scratch.path("wrong.csv"), ReadOptions::of(BatchKind::Checkup)).unwrap();
    let number = desk.accept_checkups(&file).unwrap().unwrap();
    let canaries = ["烏丸にて再検", "sbp 187"];
    let found = || canaries.map(|canary| scratch.content(1).iter().any(|row| row.contains(canary)));
    desk.lock().unwrap();
    assert_eq!(found(), [true, true], "they are there before");
    let mut desk = scratch.desk();
    let short = desk.site(&site()).unwrap().establishment.short_name.clone();
    assert_eq!(desk.erase_batch_of(&site(), number, &short, None).unwrap().staying, []);
    desk.lock().unwrap();
    assert_eq!(found(), [false, false]);
    scratch.assert_clean();
}

#[test]
fn a_person_named_in_kana_with_another_birth_date_is_asked_and_the_answer_is_kept() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    let mut file = read(&desk, &scratch, "checkup-kana-utf8-bom.csv", BatchKind::Checkup);
    let line = desk.preview_checkups(&file).unwrap().rows.doubtful[0].line;
    desk.answer(&mut file, line, RowAnswer::Same(0)).unwrap();
    assert_eq!(desk.preview_checkups(&file).unwrap().counts(), [5, 0, 0], "he had left before: that is asked no more");
    desk.accept_checkups(&file).unwrap().unwrap();
    let again = read(&desk, &scratch, "checkup-kana-utf8-bom.csv", BatchKind::Checkup);
    assert_eq!(desk.preview_checkups(&again).unwrap().rows.doubtful.len(), 0);
    desk.lock().unwrap();
}

#[test]
fn both_shapes_of_answers_come_in_through_the_gate_and_go_as_one() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    desk.lock().unwrap();
    let before = content(&scratch);
    let told = import(&scratch, "stress-one-column-cp932.csv", "stress");
    assert_eq!(counts(&told), [10, 0, 0, 0, 2, 0]);
    assert_eq!(counts(&import(&scratch, "stress-57-columns-utf8-bom.csv", "stress")), [0, 0, 4, 2, 0, 0]);
    assert_eq!(import(&scratch, "stress-57-columns-utf8-bom.csv", "stress")["taken_in"], false);
    let mut desk = scratch.desk();
    let mut file = read(&desk, &scratch, "stress-57-columns-utf8-bom.csv", BatchKind::Stress);
    let lines: Vec<u32> = desk.preview_stress(&file).unwrap().rows.doubtful.iter().map(|row| row.line).collect();
    for line in lines {
        desk.answer(&mut file, line, RowAnswer::Take).unwrap();
    }
    assert_eq!(desk.preview_stress(&file).unwrap().entered.changed, 2);
    desk.accept_stress(&file).unwrap().unwrap();
    assert_eq!(desk.site(&site()).unwrap().stress_answers.len(), 10);
    for _ in 0..2 {
        let history = desk.site(&site()).unwrap().history.clone();
        let batches = history.iter().filter(|done| done.batch.is_some() && done.undone_by.is_none());
        let standing = batches.map(|done| done.number).max().unwrap();
        assert_eq!(desk.undo(&site(), Some(standing)).unwrap().staying, []);
    }
    assert!(desk.site(&site()).unwrap().stress_answers.is_empty());
    desk.lock().unwrap();
    assert_eq!(unlearnt(content(&scratch)), unlearnt(before));
}

#[test]
fn results_from_elsewhere_come_in_beside_the_answers_and_go_as_one() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    desk.lock().unwrap();
    import(&scratch, "stress-one-column-cp932.csv", "stress");
    let before = content(&scratch);
    let told = import(&scratch, "stress-results-cp932.csv", "stress-results");
    assert_eq!(counts(&told), [7, 0, 0, 0, 3, 0]);
    assert_eq!(told["differing"].as_array().unwrap().len(), 2, "another word, another score: {told}");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM stress_result"), 1, "of the one who has no answers");
    assert_eq!(import(&scratch, "stress-results-cp932.csv", "stress-results")["taken_in"], false);
    let shown = ["import", "stress-results-cp932.csv", "--establishment", "E01", "--kind", "stress-results", "--ours"];
    let shown = scratch.run(&shown, "").with_code(1);
    assert!(shown.out.contains("9行目 4列目") && !shown.out.contains("野々村"), "{}", shown.out);
    let mut desk = scratch.desk();
    assert_eq!(desk.undo(&site(), told["operation"].as_i64()).unwrap().staying, []);
    desk.lock().unwrap();
    let is_other = |row: &String| !row.starts_with("import_profile ");
    let [after, before] = [content(&scratch), before].map(|rows| rows.into_iter().filter(is_other).collect::<Vec<_>>());
    assert_eq!(after, before);
    scratch.assert_clean();
}

#[test]
fn neither_answers_nor_results_enter_by_the_ordinary_import_where_the_owner_is_neither() {
    let scratch = with_roster();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Neither);
    desk.lock().unwrap();
    let before = content(&scratch);
    for (file, kind) in [("stress-one-column-cp932.csv", "stress"), ("stress-results-cp932.csv", "stress-results")] {
        let name = sample(&scratch, file);
        for tail in [&["--dry-run"][..], &[]] {
            let arguments = [&["import", &name, "--establishment", "E01", "--kind", kind, "--ours"][..], tail].concat();
            assert!(scratch.run(&arguments, "").with_code(5).err.contains("実施者でも共同実施者でもない"));
        }
    }
    assert_eq!(content(&scratch), before);
    let held = ["stress_answers", "stress_reported", "stress_result"];
    assert_eq!(held.map(|table| scratch.number(1, &format!("SELECT count(*) FROM {table}"))), [0, 0, 0]);
}

#[test]
fn nights_come_with_the_hours_and_go_with_them() {
    let scratch = with_roster();
    let before = content(&scratch);
    let told = import(&scratch, "monthly-decimal-cp932.csv", "hours");
    assert_eq!(counts(&told)[0], 22);
    assert!(scratch.number(1, "SELECT count(*) FROM night_work WHERE seconds = 11700") > 0, "3.25 h");
    assert_eq!(import(&scratch, "monthly-decimal-cp932.csv", "hours")["taken_in"], false);
    let mut desk = scratch.desk();
    desk.undo(&site(), told["operation"].as_i64()).unwrap();
    desk.lock().unwrap();
    assert_eq!(scratch.number(1, "SELECT count(*) FROM night_work"), 0);
    assert_eq!(unlearnt(content(&scratch)), unlearnt(before));
}

/// 3回 and 12:00 are on record; each file is one about the same month.
#[test]
fn what_a_file_does_not_say_of_the_nights_stays_and_what_changes_is_counted() {
    let scratch = with_roster();
    let take = |columns: &str, cells: &str| {
        let text = format!("社員番号,氏名,年月,総労働時間{columns}\n4001,桐山 勇,2026/9,170:00{cells}\n");
        std::fs::write(scratch.path("nights.csv"), text).unwrap();
        let arguments = ["--json", "import", "nights.csv", "--establishment", "E01", "--kind", "hours"];
        scratch.run(&arguments, "").imported().objects()
    };
    let held = || ["count", "seconds"].map(|what| scratch.number(1, &format!("SELECT {what} FROM night_work")));
    let nights = |told: &Value| ["added", "changed", "unchanged"].map(|what| told["nights"][what].as_i64().unwrap());
    assert_eq!(nights(&take(",深夜回数,深夜労働時間", ",3,12:00")[0]), [1, 0, 0]);
    for (columns, cells) in [(",深夜回数", ",3"), (",深夜回数,深夜労働時間", ",多い,12:00"), ("", "")] {
        let told = take(columns, cells);
        assert_eq!((&told[0]["taken_in"], held()), (&false.into(), [3, 43_200]), "{told:?}");
    }
    let told = take(",深夜回数", ",8");
    assert_eq!((nights(&told[0]), &told[0]["taken_in"], held()), ([0, 1, 0], &true.into(), [8, 43_200]));
    assert_eq!((&told[1]["state"], &told[1]["old"]), (&"night_changed".into(), &"3回 12:00".into()));
    assert_eq!(told[1]["new"], "8回 12:00");
    assert_eq!(nights(&take(",深夜回数", ",8")[0]), [0, 0, 1]);
}

#[test]
fn a_second_series_lies_beside_the_first_and_its_mapping_is_its_own() {
    let scratch = with_roster();
    import(&scratch, "monthly-words-utf8.csv", "hours");
    let text = std::fs::read_to_string(scratch.path("monthly-words-utf8.csv")).unwrap();
    std::fs::write(scratch.path("own.csv"), text.replace("257時間10分", "270時間10分")).unwrap();
    let arguments = ["--json", "import", "own.csv", "--establishment", "E01", "--kind", "hours", "--series", "worker"];
    let own = scratch.run(&arguments, "").imported().objects().remove(0);
    assert_eq!((counts(&own)[..2].to_vec(), &own["series"]), (vec![11, 0], &"worker".into()), "no value is replaced");
    let again = import(&scratch, "monthly-words-utf8.csv", "hours");
    assert_eq!(
        (&again["series"], &again["taken_in"]),
        (&"employer".into(), &false.into()),
        "the employer's mapping stands"
    );
    let desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers.iter().find(|worker| worker.number == "4001").unwrap().id.clone();
    let (first, second) = junkai::app::second_series::newest(desk.site(&site()).unwrap(), &worker).unwrap();
    assert_eq!(second.hours.low.0 - first.hours.low.0, 13 * 3600);
    desk.lock().unwrap();
}

/// Roster and ledger, as the other kinds above: taken back, nothing of them is left, their batch and source lines included.
#[test]
fn a_roster_and_a_ledger_leave_nothing_when_they_are_taken_back() {
    let scratch = Scratch::demo();
    let undo = |told: &Value| {
        let mut desk = scratch.desk();
        assert_eq!(desk.undo(&site(), told["operation"].as_i64()).unwrap().staying, []);
        desk.lock().unwrap();
    };
    let empty = content(&scratch);
    let roster = import(&scratch, "roster-cp932.csv", "roster");
    let listed = content(&scratch);
    let ledger = import(&scratch, "restrictions-utf8.csv", "restrictions");
    assert!(counts(&ledger)[0] > 0 && content(&scratch).len() > listed.len());
    undo(&ledger);
    assert_eq!(unlearnt(content(&scratch)), unlearnt(listed));
    undo(&roster);
    assert_eq!(unlearnt(content(&scratch)), unlearnt(empty));
}
