//! After a purge nothing of a batch is in the decrypted vault, whatever it brought: every page, the log, the registry, what
//! was answered, learnt, drafted and sealed. Each search finds its canaries before.

use std::fs;
use std::path::PathBuf;

use junkai::app::host::RowAnswer;
use junkai::domain::command::DraftField;
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;
use junkai::domain::{Day, EstablishmentId};
use junkai::runtime::Desk;
use junkai::runtime::imports::ReadOptions;
use openssl::base64::encode_block;

use crate::scratch::{Scratch, files};
use crate::stress::open_round;

/// A column that no program has: its heading is learnt with the mapping, its cells stay with the lines.
const COLUMN: &str = "烏丸商事の整理番号";
/// Somebody of the wrong company under a number of ours; the physician says that it is the same person.
const OTHER: &str = "烏丸 七五三";
/// How that answer is remembered.
const ANSWERED: &str = "烏丸七五三";
const SHEET: &str = "243123412341234123412341234123412341234123412341234123413";

/// A file of another company, what stands nowhere else in the vault, and a right file that came behind it.
struct Wrong {
    kind: BatchKind,
    name: &'static str,
    text: String,
    canaries: Vec<&'static str>,
    later: &'static str,
    /// Counts rows that hold its values as numbers or days, which may stand in a page by chance: some before, none behind.
    rows: &'static str,
    /// What the later file says, which stays.
    stays: &'static str,
}

fn hours() -> Wrong {
    let text = format!(
        "社員番号,氏名,対象年月,総労働時間,深夜労働時間,{COLUMN}\n4001,桐山 勇,2026/10,301:47,3:17,K-773411\n\
         4004,{OTHER},2026/10,299:53,,\n8801,禽蔵 雁金,2026/10,251:59,,\n"
    );
    let canaries = vec!["301:47", "299:53", "251:59", "禽蔵 雁金", ANSWERED, COLUMN];
    let later = "社員番号,氏名,対象年月,総労働時間\n4001,桐山 勇,2026/10,160:03\n";
    let rows = "SELECT (SELECT count(*) FROM hours WHERE low_s = 1086420) + (SELECT count(*) FROM hours_replaced \
                WHERE low_s = 1086420) + (SELECT count(*) FROM night_work WHERE seconds = 11820)";
    Wrong { kind: BatchKind::Hours, name: "hours", text, canaries, later, rows, stays: "160:03" }
}

fn roster() -> Wrong {
    let text = format!(
        "社員番号,氏名,所属,役職,{COLUMN}\n4001,桐山 勇,烏丸配送課,烏丸主任,K-773411\n4004,{OTHER},,,\n\
         8801,禽蔵 雁金,烏丸経理課,,\n"
    );
    let canaries = vec!["烏丸配送課", "烏丸主任", "烏丸経理課", "禽蔵 雁金", OTHER, ANSWERED, COLUMN, "K-773411"];
    let later = "社員番号,氏名,所属\n4001,桐山 勇,物流三課\n";
    let rows = "SELECT count(*) FROM worker WHERE number = '8801'";
    Wrong { kind: BatchKind::Roster, name: "roster", text, canaries, later, rows, stays: "物流三課" }
}

fn restrictions() -> Wrong {
    let text = format!(
        "社員番号,氏名,就業上の措置,期限,{COLUMN}\n4001,桐山 勇,烏丸倉庫の夜勤を避ける,2031/7/13,K-773411\n\
         4004,{OTHER},時間外労働の禁止（烏丸）,2031/7/14,\n4003,髙田 実,夜勤は月4回まで,2033/3/17,\n"
    );
    let canaries = vec!["烏丸倉庫の夜勤", "2031-07-13", "2033-03-17", "2033/3/17", ANSWERED, COLUMN, "K-773411"];
    let later = "社員番号,氏名,就業上の措置,見直し日\n4003,髙田 実,夜勤は月4回まで,2027/1/19\n";
    let rows = "SELECT count(*) FROM measure WHERE until IN ('2033-03-17', '2031-07-14')";
    Wrong { kind: BatchKind::Restrictions, name: "restrictions", text, canaries, later, rows, stays: "2027-01-19" }
}

/// Values over a sheet that stands, which a later file changes again.
fn checkup() -> Wrong {
    let text = format!(
        "職員ID,氏名,健診日,収縮期血圧,LDLコレステロール,胸部X線,医師所見,{COLUMN}\n\
         4001,桐山 勇,2026/09/07,187,313,烏丸医院の影,烏丸にて再検,K-773411\n4004,{OTHER},2026/10/19,186,,,烏丸様,\n"
    );
    let canaries = vec!["sbp 187", "187/117", "ldl 313", "烏丸医院の影", "烏丸にて再検", ANSWERED, COLUMN, "K-773411"];
    let later = "職員ID,氏名,健診日,AST_GOT,血糖\n4001,桐山 勇,2026/09/07,29,141\n";
    let rows = "SELECT count(*) FROM checkup WHERE day = '2026-10-19'";
    Wrong { kind: BatchKind::Checkup, name: "checkup", text, canaries, later, rows, stays: "glu 141" }
}

fn stress() -> Wrong {
    let text = format!(
        "社員番号,氏名,回答日,回答,{COLUMN}\n4001,桐山 勇,2026/9/28,{SHEET},K-773411\n4004,{OTHER},2026/9/28,{SHEET},\n"
    );
    let later =
        "社員番号,氏名,回答日,回答\n4005,濵口 徹,2026/9/28,444444411144414114441111111111111111111111111111111111112\n";
    let stays = "444444411144414114441111111111111111111111111111111111112";
    Wrong {
        kind: BatchKind::Stress,
        name: "stress",
        text,
        canaries: vec![SHEET, ANSWERED, COLUMN, "K-773411"],
        later,
        rows: "SELECT count(*) FROM stress_answers WHERE answers LIKE '2431234%'",
        stays,
    }
}

fn results() -> Wrong {
    let text = format!(
        "社員番号,氏名,受検日,高ストレス,A 要因,B 自覚症状,C 周囲のサポート,{COLUMN}\n\
         4001,桐山 勇,2026/9/17,該当,51,93,31,K-773411\n4004,{OTHER},2026/9/17,該当,52,94,32,\n"
    );
    let canaries = vec!["2026/9/17", ANSWERED, COLUMN, "K-773411"];
    let later = "社員番号,氏名,受検日,高ストレス\n4005,濵口 徹,2026/9/29,非該当\n";
    let rows = "SELECT (SELECT count(*) FROM stress_reported WHERE day = '2026-09-17') + (SELECT count(*) FROM stress_result \
                WHERE symptoms IN (93, 94))";
    Wrong { kind: BatchKind::StressResults, name: "stress-results", text, canaries, later, rows, stays: "2026-09-29" }
}

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

/// The people of the samples with a file of every kind, and a round that is open.
fn standing() -> Scratch {
    let scratch = Scratch::demo();
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    for (name, kind) in [
        ("roster-cp932.csv", BatchKind::Roster),
        ("checkup-clinic-cp932.csv", BatchKind::Checkup),
        ("restrictions-utf8.csv", BatchKind::Restrictions),
    ] {
        let bytes = fs::read(format!("{}/data-samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        fs::write(scratch.path(name), bytes).unwrap();
        take_in(&mut desk, scratch.path(name), kind);
    }
    desk.lock().unwrap();
    scratch
}

/// Takes a file in; whoever bears another name under a number of ours is said to be the same person.
fn take_in(desk: &mut Desk, path: PathBuf, kind: BatchKind) -> i64 {
    let mut file = desk.read_file(&site(), &path, ReadOptions::of(kind)).unwrap();
    file.decisions.are_ours = true;
    if fs::read_to_string(&path).is_ok_and(|text| text.contains(OTHER)) {
        desk.answer(&mut file, 3, RowAnswer::Same(0)).unwrap();
    }
    let number = match kind {
        BatchKind::Hours => desk.accept_hours(&file),
        BatchKind::Roster => desk.accept_roster(&file),
        BatchKind::Restrictions => desk.accept_restrictions(&file),
        BatchKind::Checkup => desk.accept_checkups(&file),
        BatchKind::Stress => desk.accept_stress(&file),
        BatchKind::StressResults => desk.accept_stress_results(&file),
    };
    number.unwrap().unwrap()
}

fn contains(bytes: &[u8], canary: &str) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary.as_bytes())
}

/// Looks into every page of both databases in clear and into every file of the vault.
fn found(scratch: &Scratch, canaries: &[String]) -> Vec<String> {
    let mut places = vec![scratch.pages(0), scratch.pages(1)];
    places.extend(files(&scratch.vault()).iter().map(|path| fs::read(path).unwrap()));
    let is_found = |canary: &&String| places.iter().any(|bytes| contains(bytes, canary));
    canaries.iter().filter(is_found).cloned().collect()
}

/// The wrong file is in, sealed and settled; something is being typed about somebody whom it brought, and a right file of
/// its kind followed. Gives the number of the operation and every canary.
fn gone_wrong(scratch: &Scratch, wrong: &Wrong) -> (i64, Vec<String>) {
    let mut desk = scratch.desk();
    let before: Vec<_> = desk.site(&site()).unwrap().workers.iter().map(|worker| worker.id.clone()).collect();
    let folder = scratch.path("烏丸商事から");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("10月.csv");
    fs::write(&path, &wrong.text).unwrap();
    let number = take_in(&mut desk, path.clone(), wrong.kind);
    let listed =
        desk.snapshot().vault.clear_files.iter().find(|file| file.path.contains("烏丸商事から")).unwrap().number;
    desk.seal_source(listed).unwrap();
    let mut canaries: Vec<String> = wrong.canaries.iter().map(|canary| (*canary).to_owned()).collect();
    canaries.extend([encode_block(wrong.text.as_bytes()), "烏丸商事から".to_owned()]);
    let workers = desk.site(&site()).unwrap().workers.clone();
    if let Some(new) = workers.iter().find(|worker| !before.contains(&worker.id)) {
        let form = format!("request/{}", new.id);
        let draft = DraftField { form, field: "wishes".to_owned(), value: "烏丸の申出".to_owned() };
        desk.save_draft(&site(), draft).unwrap();
        canaries.push("烏丸の申出".to_owned());
    }
    fs::write(scratch.path("later.csv"), wrong.later).unwrap();
    take_in(&mut desk, scratch.path("later.csv"), wrong.kind);
    // Locking keeps a face of the site, with the wrong people in it.
    desk.lock().unwrap();
    (number, canaries)
}

/// Purges by the command: what it asks for is read from what it shows.
fn purge(scratch: &Scratch, number: i64) -> serde_json::Value {
    let number = number.to_string();
    let arguments = ["--json", "purge", "--establishment", "E01", "--operation", &number];
    let shown = scratch.run(&arguments, "").with_code(0).objects().remove(0);
    let sha256 = shown["sha256"].as_str().unwrap().to_owned();
    let kept: Option<Day> = shown["kept_until"].as_str().map(|day| day.parse().unwrap());
    let kept = kept.map(|day| day.to_string());
    let until: Vec<&str> = kept.iter().flat_map(|day| ["--kept-until", day]).collect();
    let confirmed = [&arguments[..], &["--confirm", &sha256], &until].concat();
    let erased = scratch.run(&confirmed, "").with_code(0).objects().remove(0);
    assert_eq!(erased["sha256"], sha256);
    erased
}

fn leaves_nothing(wrong: &Wrong) {
    let scratch = standing();
    let (number, canaries) = gone_wrong(&scratch, wrong);
    assert_eq!(found(&scratch, &canaries), canaries, "{}: they are there before", wrong.name);
    assert!(scratch.number(1, wrong.rows) > 0, "{}: and so are its rows", wrong.name);
    let erased = purge(&scratch, number);
    // A mapping that the right file was read by too stays, with the right file's headings.
    let stays = |row: &&serde_json::Value| row["table"] != "import_profile";
    let staying: Vec<_> = erased["staying"].as_array().unwrap().iter().filter(stays).collect();
    assert!(staying.is_empty(), "{}: {staying:?}", wrong.name);
    assert_eq!(found(&scratch, &canaries), [""; 0], "{}", wrong.name);
    assert_eq!(scratch.number(1, wrong.rows), 0, "{}", wrong.name);
    assert!(!scratch.vault().join("sites/E01.db-wal").exists());
    let (rows, sha256) = (erased["rows"].as_u64().unwrap(), erased["sha256"].as_str().unwrap());
    let line = scratch.word(1, "SELECT detail FROM audit WHERE event = '取込の消去' AND detail LIKE '%対象%'");
    assert!(rows > 0 && line.ends_with(&format!("{rows}行 {sha256}")), "{}: {line}", wrong.name);
    let stays = [wrong.stays.to_owned()];
    assert_eq!(found(&scratch, &stays), stays, "{}: the right file stays", wrong.name);
    scratch.assert_clean();
}

#[test]
fn a_purge_of_hours_leaves_no_canary() {
    leaves_nothing(&hours());
}

#[test]
fn a_purge_of_a_roster_leaves_no_canary() {
    leaves_nothing(&roster());
}

#[test]
fn a_purge_of_a_ledger_leaves_no_canary() {
    leaves_nothing(&restrictions());
}

/// Of a sheet that stood before and was changed since, only what the wrong clinic said goes.
#[test]
fn a_purge_of_a_clinics_file_leaves_no_canary() {
    leaves_nothing(&checkup());
}

#[test]
fn a_purge_of_answers_leaves_no_canary() {
    leaves_nothing(&stress());
}

#[test]
fn a_purge_of_results_leaves_no_canary() {
    leaves_nothing(&results());
}

/// Taken back first, a batch is still in the journal and in what was learnt: a purge takes that too.
#[test]
fn a_purge_of_what_was_taken_back_leaves_no_canary() {
    for wrong in [hours(), checkup(), stress()] {
        let scratch = standing();
        let (number, canaries) = gone_wrong(&scratch, &wrong);
        let mut desk = scratch.desk();
        desk.undo(&site(), Some(number)).unwrap();
        desk.lock().unwrap();
        assert!(found(&scratch, &canaries).len() > canaries.len() / 2, "{}: undone is not erased", wrong.name);
        purge(&scratch, number);
        assert_eq!(found(&scratch, &canaries), [""; 0], "{}", wrong.name);
        scratch.assert_clean();
    }
}
