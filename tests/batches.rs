//! Files of employers on a real vault: taken in, the same one again, taken back, sealed, and erased for good.

use std::fs;
use std::path::PathBuf;

use junkai::app::host::RowAnswer;
use junkai::app::worklist::Task;
use junkai::domain::case::Attachment;
use junkai::domain::hours::BatchKind;
use junkai::domain::worker::{AttributeKind, Sex, SexCodes, WorkerAttribute};
use junkai::domain::{EstablishmentId, Record};
use junkai::import::reason::Doubt;
use junkai::runtime::Desk;
use junkai::runtime::imports::ReadOptions;
use openssl::base64::encode_block;

use crate::scratch::{Answer, Scratch, files};

/// Names of a company that this physician does not serve.
const WRONG: &str = "社員番号,氏名,対象年月,総労働時間\nQ-1,烏丸 七五三,2026/10,300:59\nQ-2,禽蔵 雁金,2026/10,251:59\n";

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn import(scratch: &Scratch, name: &str, kind: &str, more: &[&str]) -> Answer {
    let arguments = ["--json", "import", name, "--establishment", "E01", "--kind", kind];
    scratch.run(&[&arguments, more].concat(), "")
}

/// A month of the first workers of the roster.
fn own_month(desk: &Desk, month: &str) -> String {
    let workers = desk.site(&site()).unwrap().workers.iter().filter(|worker| worker.left_on.is_none()).take(6);
    let rows = workers.map(|worker| format!("{},{},{month},190:15\n", worker.number, worker.name));
    format!("社員番号,氏名,対象年月,総労働時間\n{}", rows.collect::<String>())
}

fn write(scratch: &Scratch, name: &str, text: &str) -> PathBuf {
    let path = scratch.path(name);
    fs::write(&path, text).unwrap();
    path
}

fn content(scratch: &Scratch) -> Vec<String> {
    // Who looked when stands in the audit chain and in the face; neither is what a file brings.
    let is_value = |row: &String| !row.starts_with("audit ") && !row.starts_with("face ");
    scratch.content(1).into_iter().filter(is_value).collect()
}

#[test]
fn the_same_file_twice_changes_nothing_and_says_so() {
    let scratch = Scratch::demo();
    let text = own_month(&scratch.desk(), "2026/09");
    write(&scratch, "month.csv", &text);
    let first = import(&scratch, "month.csv", "hours", &[]).with_code(0);
    assert_eq!(first.objects()[0]["taken_in"], true);
    let before = content(&scratch);
    let again = import(&scratch, "month.csv", "hours", &[]).with_code(0).objects().remove(0);
    assert_eq!((&again["taken_in"], &again["unchanged"]), (&false.into(), &6.into()));
    assert_eq!(content(&scratch), before);
    let told = scratch.run(&["import", "month.csv", "--establishment", "E01", "--kind", "hours"], "").with_code(0);
    assert!(told.out.contains("新しい値はありませんでした。何も書いていません。"), "{}", told.out);
    assert!(
        told.out.contains("期間 2026-09-01 から 2026-09-30、読み方 時:分（時と分が分けて書かれています）"),
        "{}",
        told.out
    );

    write(&scratch, "roster.csv", "社員番号,氏名,所属\nX-901,新見 望,見本課\n");
    import(&scratch, "roster.csv", "roster", &["--ours"]).with_code(0);
    let before = content(&scratch);
    assert_eq!(import(&scratch, "roster.csv", "roster", &[]).with_code(0).objects()[0]["taken_in"], false);
    assert_eq!(content(&scratch), before);
    scratch.assert_clean();
}

#[test]
fn what_the_desk_holds_after_a_file_and_after_its_undo_is_what_the_tables_hold() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let workers = desk.site(&site()).unwrap().workers.iter().take(3);
    let rows: String =
        workers.map(|worker| format!("{},{},2026-02-06,63.5,118\n", worker.number, worker.name)).collect();
    let path = write(&scratch, "clinic.csv", &format!("社員番号,氏名,健診日,体重,収縮期血圧\n{rows}"));
    let file = desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Checkup)).unwrap();
    assert!(desk.accept_checkups(&file).unwrap().is_some());
    // At the lock the desk keeps what it holds, and the check compares that with the tables.
    desk.lock().unwrap();
    scratch.assert_clean();
    let mut desk = scratch.desk();
    assert_eq!(desk.undo(&site(), None).unwrap().staying, []);
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn a_file_of_strangers_stops_before_anything_is_written() {
    let scratch = Scratch::demo();
    write(&scratch, "wrong.csv", WRONG);
    let before = content(&scratch);
    for kind in ["hours", "roster"] {
        let refused = import(&scratch, "wrong.csv", kind, &[]).with_code(5);
        assert!(refused.err.contains("2名のうち 0名だけです"), "{}", refused.err);
        assert_eq!(content(&scratch), before);
    }
    import(&scratch, "wrong.csv", "hours", &["--ours"]).with_code(0);
}

#[test]
fn an_answer_about_a_person_is_remembered_and_goes_with_its_batch() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers[0].clone();
    let text = |month: &str| {
        let own = own_month(&desk, month);
        own.replace(&format!("{},{},", worker.number, worker.name), &format!("{},旧姓 花子,", worker.number))
    };
    let (first, second) = (write(&scratch, "1.csv", &text("2026/09")), write(&scratch, "2.csv", &text("2026/08")));
    let mut file = desk.read_file(&site(), &first, ReadOptions::of(BatchKind::Hours)).unwrap();
    let doubt = desk.preview_hours(&file).unwrap().doubtful.remove(0);
    desk.answer(&mut file, doubt.line, RowAnswer::Same(0)).unwrap();
    let number = desk.accept_hours(&file).unwrap().unwrap();
    assert_eq!(desk.site(&site()).unwrap().answers[0].person.as_ref(), Some(&worker.id));

    let next = desk.read_file(&site(), &second, ReadOptions::of(BatchKind::Hours)).unwrap();
    assert_eq!(desk.preview_hours(&next).unwrap().doubtful, [], "what was answered is not asked again");
    let undone = desk.undo(&site(), Some(number)).unwrap();
    assert_eq!((undone.staying.len(), desk.site(&site()).unwrap().answers.len()), (0, 0));
    let asked = desk.read_file(&site(), &second, ReadOptions::of(BatchKind::Hours)).unwrap();
    assert_eq!(desk.preview_hours(&asked).unwrap().doubtful.len(), 1);
    desk.lock().unwrap();
}

#[test]
fn a_source_file_is_sealed_beside_its_batch_and_the_clear_one_is_gone() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let text = own_month(&desk, "2026/09");
    let path = write(&scratch, "month.csv", &text);
    let file = desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Hours)).unwrap();
    let operation = desk.accept_hours(&file).unwrap().unwrap();
    let number = desk.snapshot().vault.clear_files[0].number;
    fs::write(&path, "another file by now").unwrap();
    assert!(desk.seal_source(number).is_err());
    assert!(path.exists() && desk.snapshot().vault.clear_files.len() == 1, "another file is left alone");
    fs::write(&path, &text).unwrap();
    desk.seal_source(number).unwrap();
    assert!(!path.exists());
    assert_eq!(desk.snapshot().vault.clear_files, []);
    let kept = desk.site(&site()).unwrap().clone();
    let (batch, sealed) = (kept.batches.last().unwrap(), kept.attachments.last().unwrap());
    assert_eq!((sealed.record.as_str(), sealed.size), (batch.key(), u64::try_from(text.len()).unwrap()));
    desk.lock().unwrap();
    let query = format!("SELECT content FROM {} WHERE record = '{}'", Attachment::TABLE.name(), batch.id);
    assert_eq!(scratch.word(1, &query), encode_block(text.as_bytes()));
    scratch.assert_clean();
    let mut desk = scratch.desk();
    let staying = desk.undo(&site(), Some(operation)).unwrap().staying;
    assert_eq!(staying.len(), 1, "the batch stands as taken back, because the sealed file names it");
    desk.lock().unwrap();
    scratch.assert_clean();
}

fn contains(bytes: &[u8], canary: &str) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary.as_bytes())
}

/// Looks into every page of the database in clear and every file of the vault.
fn found(scratch: &Scratch, canaries: &[String]) -> Vec<String> {
    let pages = scratch.pages(1);
    let on_disk = files(&scratch.vault());
    let is_found = |canary: &&String| {
        contains(&pages, canary) || on_disk.iter().any(|path| contains(&fs::read(path).unwrap(), canary))
    };
    canaries.iter().filter(is_found).cloned().collect()
}

#[test]
fn after_a_purge_no_canary_of_the_batch_is_in_the_decrypted_vault() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let path = write(&scratch, "wrong.csv", WRONG);
    let mut file = desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Hours)).unwrap();
    file.decisions.are_ours = true;
    let number = desk.accept_hours(&file).unwrap().unwrap();
    desk.seal_source(desk.snapshot().vault.clear_files[0].number).unwrap();
    // Locking keeps a face of the site, with the wrong people in it.
    desk.lock().unwrap();
    let sealed = encode_block(WRONG.as_bytes());
    let canaries = ["烏丸 七五三", "禽蔵 雁金", "300:59", "251:59", &sealed].map(str::to_owned);
    assert_eq!(found(&scratch, &canaries), canaries, "they are there before");
    let audited = scratch.number(1, "SELECT count(*) FROM audit");

    let number = number.to_string();
    let arguments = ["--json", "purge", "--establishment", "E01", "--operation", &number];
    let shown = scratch.run(&arguments, "").with_code(0).objects().remove(0);
    assert_eq!(found(&scratch, &canaries), canaries, "without a confirmation nothing goes");
    scratch.run(&[&arguments[..], &["--confirm", &"0".repeat(64)]].concat(), "").with_code(5);
    assert_eq!(found(&scratch, &canaries), canaries);
    let sha256 = shown["sha256"].as_str().unwrap();
    let erased = scratch.run(&[&arguments[..], &["--confirm", sha256]].concat(), "").with_code(0).objects().remove(0);
    assert_eq!((&erased["rows"], &erased["staying"]), (&7.into(), &serde_json::json!([])), "{erased}");

    assert_eq!(found(&scratch, &canaries), [""; 0]);
    assert!(!scratch.vault().join("sites/E01.db-wal").exists());
    let line = "SELECT detail FROM audit WHERE event = '取込の消去'";
    assert!(scratch.word(1, line).ends_with(&format!("7行 {sha256}")));
    assert!(scratch.number(1, "SELECT count(*) FROM audit") > audited, "the chain only grows");
    assert_eq!(scratch.desk().site(&site()).unwrap().workers.len(), 12);
    scratch.run(&[&arguments[..], &["--confirm", sha256]].concat(), "").with_code(5);
    scratch.assert_clean();
}

#[test]
fn a_purge_on_the_screen_wants_the_short_name_typed() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let path = write(&scratch, "wrong.csv", WRONG);
    let mut file = desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Hours)).unwrap();
    file.decisions.are_ours = true;
    let number = desk.accept_hours(&file).unwrap().unwrap();
    let short = desk.site(&site()).unwrap().establishment.short_name.clone();
    for typed in ["", " ", "x", &format!("{short}x")] {
        assert!(desk.erase_batch_of(&site(), number, typed, None).is_err(), "{typed}");
    }
    assert_eq!(desk.site(&site()).unwrap().workers.len(), 14);
    assert_eq!(desk.erase_batch_of(&site(), number, &short, None).unwrap().staying, []);
    assert_eq!(desk.site(&site()).unwrap().workers.len(), 12);
    desk.lock().unwrap();
}

#[test]
fn the_worklist_is_true_from_the_day_a_ledger_comes_in() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers[2].clone();
    let items = |desk: &Desk| {
        let all = desk.assessment(&site()).unwrap().items.clone();
        all.into_iter().filter(|item| item.task == Task::Review && item.worker.as_ref() == Some(&worker.id)).count()
    };
    let limited = |desk: &Desk| desk.site(&site()).unwrap().measures.iter().filter(|m| m.worker == worker.id).count();
    let before = (items(&desk), limited(&desk));
    let text = format!("社員番号,氏名,制限,いつまで\n{},{},残業禁止,2026/12/15\n", worker.number, worker.name);
    let path = write(&scratch, "ledger.csv", &text);
    let file = desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Restrictions)).unwrap();
    let number = desk.accept_restrictions(&file).unwrap().unwrap();
    assert_eq!((items(&desk), limited(&desk)), (before.0 + 1, before.1 + 1));
    let review = desk
        .assessment(&site())
        .unwrap()
        .items
        .iter()
        .any(|item| item.worker.as_ref() == Some(&worker.id) && item.due.safe.to_string() == "2026-12-15");
    assert!(review);
    let again = desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Restrictions)).unwrap();
    assert_eq!(desk.accept_restrictions(&again).unwrap(), None, "the same ledger twice");
    desk.undo(&site(), Some(number)).unwrap();
    assert_eq!((items(&desk), limited(&desk)), before);
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn lines_of_a_mail_go_the_way_of_a_file() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let workers = desk.site(&site()).unwrap().workers.clone();
    let [one, two] = [&workers[0], &workers[1]];
    let mail = format!("お世話になっております。\n{}さん：82:30\n{} {}　65時間30分\n", one.name, two.number, two.name);
    let file = desk.read_pasted(&site(), &mail, false).unwrap();
    let preview = desk.preview_hours(&file).unwrap();
    assert_eq!((preview.rows, preview.accounted(), preview.ignored.len()), (3, 3, 1), "{preview:?}");
    assert_eq!((preview.added.len() + preview.changed.len(), &preview.doubtful[..]), (2, &[][..]));
    desk.accept_hours(&file).unwrap().unwrap();
    assert_eq!(desk.snapshot().vault.clear_files, [], "nothing lies in clear");
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn the_roster_leaves_in_clear_only_after_saying_so_and_is_noted() {
    let scratch = Scratch::demo();
    let arguments = ["--json", "export", "--establishment", "E01", "--out", "out", "--format"];
    let run = |more: &[&str]| scratch.run(&[&arguments, more].concat(), "").with_code(0).objects().remove(0);
    assert_eq!(run(&["csv"])["written"], false);
    assert!(files(&scratch.path("out")).is_empty());
    for format in ["csv", "xlsx", "csv"] {
        let told = run(&[format, "--clear"]);
        let path = PathBuf::from(told["file"].as_str().unwrap());
        assert_eq!((&told["rows"], path.exists()), (&12.into(), true));
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(name.starts_with("E01-roster-") && name.ends_with(format), "{name}");
    }
    let desk = scratch.desk();
    let kinds: Vec<String> = desk.snapshot().vault.clear_files.iter().map(|file| file.kind.clone()).collect();
    assert_eq!(kinds, ["一覧の書出し"; 3]);
    let name = desk.site(&site()).unwrap().workers[0].name.clone();
    desk.lock().unwrap();
    let lists: Vec<PathBuf> =
        files(&scratch.path("out")).into_iter().filter(|path| path.extension().unwrap() == "csv").collect();
    let text = fs::read_to_string(&lists[0]).unwrap();
    assert!(text.starts_with("\u{feff}番号,") && text.contains(&name) && text.lines().count() == 13);
    scratch.assert_clean();
}

/// One who left and is listed with a later first day is asked about, and stays one record with the hours of both times.
#[test]
fn somebody_who_comes_back_under_the_same_number_is_asked_and_stays_one_record() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers[0].clone();
    let count = desk.site(&site()).unwrap().workers.len();
    let read = |desk: &Desk, cells: &str| {
        let text = format!("社員番号,氏名,入社日,退職日\n{},{cells}\n", worker.number);
        let path = write(&scratch, "roster.csv", &text);
        desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Roster)).unwrap()
    };
    let left = read(&desk, &format!("{},,2026/3/31", worker.name));
    desk.accept_roster(&left).unwrap().unwrap();
    let listed = read(&desk, &format!("{},,", worker.name));
    assert_eq!(desk.preview_roster(&listed).unwrap().doubtful[0].why, Doubt::StillListed);

    let mut back = read(&desk, "改姓 花子,2026/10/1,");
    for (why, answer) in [(Doubt::OtherName, RowAnswer::Same(0)), (Doubt::Rejoins, RowAnswer::Take)] {
        let doubt = desk.preview_roster(&back).unwrap().doubtful.remove(0);
        assert_eq!(doubt.why, why);
        desk.answer(&mut back, doubt.line, answer).unwrap();
    }
    desk.accept_roster(&back).unwrap().unwrap();
    let now = desk.site(&site()).unwrap().worker(&worker.id).unwrap().clone();
    assert_eq!(now.name, "改姓 花子");
    assert_eq!((now.joined_on, now.left_on), ("2026-10-01".parse().ok(), None));
    assert_eq!(desk.site(&site()).unwrap().workers.len(), count);
    desk.lock().unwrap();
}

/// A number with another reading is asked about once; the answer holds in the next file, and for that reading alone.
#[test]
fn an_answer_about_a_number_in_kana_holds_in_the_next_file() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers[0].clone();
    let read = |desk: &Desk, kana: &str, month: &str| {
        let text = format!("社員番号,フリガナ,対象年月,総労働時間\n{},{kana},{month},171:11\n", worker.number);
        let path = write(&scratch, "kana.csv", &text);
        desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Hours)).unwrap()
    };
    let mut first = read(&desk, "ﾍﾞﾂ ﾉﾋﾄ", "2026/09");
    let doubt = desk.preview_hours(&first).unwrap().doubtful.remove(0);
    assert_eq!(doubt.why, Doubt::OtherKana);
    desk.answer(&mut first, doubt.line, RowAnswer::Same(0)).unwrap();
    desk.accept_hours(&first).unwrap().unwrap();
    let second = read(&desk, "べつのひと", "2026/08");
    assert_eq!(desk.preview_hours(&second).unwrap().doubtful, []);
    let third = read(&desk, "ｵﾆｶﾞﾜﾗ ｾﾞﾝ", "2026/08");
    assert_eq!(desk.preview_hours(&third).unwrap().doubtful[0].why, Doubt::OtherKana);
    desk.lock().unwrap();
}

/// A class that the next roster rules out ends by the day before, is shown as a change, and stands again after undo.
#[test]
fn a_class_ends_with_the_roster_that_rules_it_out_and_comes_back_with_undo() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let worker = desk.site(&site()).unwrap().workers[0].clone();
    let take_in = |desk: &mut Desk, class: &str| {
        let text = format!("社員番号,氏名,区分\n{},{},{class}\n", worker.number, worker.name);
        let path = write(&scratch, "classes.csv", &text);
        let file = desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Roster)).unwrap();
        desk.accept_roster(&file).unwrap()
    };
    let today = desk.today();
    let holds = |desk: &Desk| {
        let held = &desk.site(&site()).unwrap().attributes;
        let kind = AttributeKind::HighlyProfessional;
        let is_own = |held: &&WorkerAttribute| held.worker == worker.id && held.kind == kind;
        held.iter().filter(is_own).any(|held| held.holds_on(today))
    };
    take_in(&mut desk, "高プロ").unwrap();
    assert!(holds(&desk));
    let number = take_in(&mut desk, "一般").unwrap();
    assert!(!holds(&desk));
    desk.undo(&site(), Some(number)).unwrap();
    assert!(holds(&desk));
    desk.lock().unwrap();
}

/// 1 and 2 in 性別 are asked about once a file; the reading is kept with the mapping.
#[test]
fn what_one_and_two_mean_is_asked_once_and_remembered_with_the_columns() {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    let known: Vec<_> = desk.site(&site()).unwrap().workers.iter().take(2).cloned().collect();
    let read = |desk: &Desk, department: &str| {
        let rows = known.iter().map(|worker| {
            let code = if worker.sex == Sex::Female { 2 } else { 1 };
            format!("{},{},{code},{department}\n", worker.number, worker.name)
        });
        let path = write(&scratch, "sexes.csv", &format!("社員番号,氏名,性別,所属\n{}", rows.collect::<String>()));
        desk.read_file(&site(), &path, ReadOptions::of(BatchKind::Roster)).unwrap()
    };
    let mut first = read(&desk, "見本一課");
    let doubts = desk.preview_roster(&first).unwrap().doubtful;
    assert!(doubts.len() == 2 && doubts.iter().all(|row| row.why == Doubt::SexCodes), "{doubts:?}");
    desk.answer(&mut first, doubts[0].line, RowAnswer::SexCodes(SexCodes::ManFirst)).unwrap();
    assert_eq!(desk.preview_roster(&first).unwrap().doubtful, [], "one answer for the file");
    desk.accept_roster(&first).unwrap().unwrap();
    let second = read(&desk, "見本二課");
    assert_eq!(desk.preview_roster(&second).unwrap().doubtful, []);
    desk.lock().unwrap();
}
