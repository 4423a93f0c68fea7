//! The real binary, headless, in a world of its own: the whole path, every exit code, and nothing in clear.

mod keys;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// No file, no output and no error may hold any of these.
const PASSPHRASE: &str = "canary-passphrase-4711";
const OWNER: &str = "雁金 禽蔵";
const COMPANY: &str = "雁金精機 第二工場";
/// Names of the roster in `data-samples`, in the encodings a leak could take.
const PEOPLE: [&str; 2] = ["髙橋", "濵田"];

/// A home folder of its own and nothing of the environment.
struct World {
    home: TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { home: tempfile::tempdir().unwrap() };
        fs::write(world.path("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_junkai"));
        command.env_clear().env("HOME", self.home.path()).current_dir(self.home.path());
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self.command(arguments).spawn().unwrap();
        // A command that needs no input may have ended before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Runs on the vault with the passphrase from its file.
    fn on_vault(&self, arguments: &[&str], input: &str) -> Output {
        let mut all = vec!["--vault", "vault", "--passphrase-file", "passphrase"];
        all.extend(arguments);
        self.run(&all, input)
    }

    fn done(&self, arguments: &[&str], input: &str) -> Vec<Value> {
        let output = self.on_vault(arguments, input);
        assert_eq!(code(&output), 0, "{arguments:?}: {}", text(&output.stderr));
        lines(&output)
    }

    fn init(&self) {
        let doctor = format!(r#"{{"name":"{OWNER}","affiliation":"雁金事務所","registration":"123456"}}"#);
        self.done(&["--json", "init", "--recovery-to", "code"], &doctor);
    }

    fn with_site() -> Self {
        let world = Self::new();
        world.init();
        let site = format!(r#"{{"name":"{COMPANY}","short_name":"雁金","closing_day":31}}"#);
        let answer = world.done(&["--json", "establishment", "add"], &site);
        assert_eq!(answer[0]["establishment"], "E01");
        world
    }
}

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples").join(name).to_string_lossy().into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every line of JSON output bears the schema.
fn lines(output: &Output) -> Vec<Value> {
    let text = text(&output.stdout);
    let objects = text.lines().filter(|line| line.starts_with('{'));
    let objects: Vec<Value> = objects.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(objects.iter().all(|object| object["schema"] == 1), "{text}");
    objects
}

#[test]
fn workbooks_days_and_a_carried_mapping_come_in_by_the_command() {
    let world = World::with_site();
    let roster = sample("roster-cp932.csv");
    world.done(&["--json", "import", &roster, "--establishment", "E01", "--kind", "roster"], "");
    let hours = ["--json", "import", "FILE", "--establishment", "E01", "--kind", "hours", "--dry-run"];
    for (name, added, summed) in
        [("monthly-merged.xlsx", 4, 0), ("monthly-97.xls", 4, 0), ("monthly.ods", 4, 0), ("daily-cp932.csv", 2, 60)]
    {
        let file = sample(name);
        let arguments = hours.map(|argument| if argument == "FILE" { file.as_str() } else { argument });
        let report = world.done(&arguments, "").remove(0);
        assert_eq!((&report["added"], &report["summed"]), (&added.into(), &summed.into()), "{name}");
    }
    let book = sample("monthly-merged.xlsx");
    let shown = world.on_vault(&["import", &book, "--establishment", "E01", "--kind", "hours", "--show-mapping"], "");
    let mapping = world.path("mapping.toml");
    std::fs::write(&mapping, &shown.stdout).unwrap();
    let mapping = mapping.to_str().unwrap();
    let carried = ["--json", "import", &book, "--establishment", "E01", "--kind", "hours", "--mapping", mapping];
    assert_eq!(world.done(&carried, "")[0]["added"], 4);
    let other =
        world.on_vault(&["import", &roster, "--establishment", "E01", "--kind", "roster", "--mapping", mapping], "");
    assert_eq!(code(&other), 2, "a mapping for another kind");
    let third = world.on_vault(&["import", &book, "--establishment", "E01", "--kind", "hours", "--sheet", "9"], "");
    assert!(text(&third.stderr).contains("シート"), "{}", text(&third.stderr));
}

#[test]
fn a_file_of_strangers_stops_until_it_is_said_to_be_ours() {
    let world = World::with_site();
    world.done(&["--json", "import", &sample("roster-cp932.csv"), "--establishment", "E01", "--kind", "roster"], "");
    let strangers = world.path("strangers.csv");
    let rows: String = (1..7).map(|number| format!("9{number},他社 太郎{number},160:00\n")).collect();
    std::fs::write(&strangers, format!("社員番号,氏名,総労働時間\n{rows}")).unwrap();
    let arguments = ["--json", "import", strangers.to_str().unwrap(), "--establishment", "E01", "--kind", "hours"];
    let stopped = world.on_vault(&arguments, "");
    assert_eq!((code(&stopped), text(&stopped.stderr).contains("--ours")), (5, true));
    let ours: Vec<&str> = arguments.iter().copied().chain(["--ours"]).collect();
    assert_eq!(world.done(&ours, "")[0]["added"], 6);
}

fn take_in_samples(world: &World) {
    let roster = sample("roster-cp932.csv");
    let answer = world.done(&["--json", "import", &roster, "--establishment", "E01", "--kind", "roster"], "");
    assert_eq!((&answer[0]["added"], &answer[0]["taken_in"]), (&Value::from(12), &Value::from(true)), "{answer:?}");
    let hours = sample("monthly-decimal-utf8-bom.csv");
    let arguments = ["--json", "import", &hours, "--establishment", "E01", "--kind", "hours", "--notation", "decimal"];
    let answer = world.done(&[&arguments[..], &["--today", "2026-11-20", "--dry-run"]].concat(), "");
    assert_eq!(answer[0]["taken_in"], false);
    let answer = world.done(&arguments, "");
    assert!(answer[0]["added"].as_u64().unwrap() > 5, "{answer:?}");
}

#[test]
fn the_whole_path_from_a_new_vault_to_a_restored_one() {
    let world = World::with_site();
    take_in_samples(&world);

    let workers = world.done(&["--json", "--today", "2026-11-20", "workers", "--establishment", "E01"], "");
    assert_eq!(workers.len(), 12);
    assert!(workers.iter().all(|worker| worker.get("name").is_none()), "names come only when asked for");
    assert!(workers.iter().any(|worker| worker["overtime"]["low_seconds"].is_i64()));
    let named = world.done(&["--json", "workers", "--establishment", "E01", "--names"], "");
    assert!(named.iter().all(|worker| worker["name"].is_string()));

    let due = world.done(&["--json", "--today", "2026-11-20", "worklist"], "");
    assert!(due.iter().all(|item| item["due"].is_string() && item["state"].is_string()));
    assert!(due.iter().any(|item| item["citations"].as_array().is_some_and(|all| !all.is_empty())), "{due:?}");

    assert_eq!(world.done(&["--json", "check"], "")[0]["found"], 0);
    assert_eq!(world.done(&["--json", "audit", "--verify"], "")[0]["found"], 0);
    assert!(world.done(&["--json", "audit"], "").iter().any(|line| line["event"] == "名簿の取込"));

    let made = world.done(&["--json", "backup", "backup.age"], "");
    assert_eq!(made[0]["databases"], 2);
    let again = world.on_vault(&["backup", "backup.age"], "");
    assert_eq!(code(&again), 2, "a backup is never overwritten");

    let restored = world.run(&["--json", "--vault", "second", "restore", "backup.age", "--recovery-file", "code"], "");
    assert_eq!(code(&restored), 0, "{}", text(&restored.stderr));
    let arguments =
        ["--vault", "second", "--passphrase-file", "passphrase", "--json", "workers", "--establishment", "E01"];
    assert_eq!(lines(&world.run(&arguments, "")).len(), 12);
    let occupied = world.run(&["--vault", "second", "restore", "backup.age", "--recovery-file", "code"], "");
    assert_eq!(code(&occupied), 2, "a vault is never overwritten");

    nothing_in_clear(&world);
}

/// What we put there ourselves is allowed to be there.
fn nothing_in_clear(world: &World) {
    let own = ["passphrase", "code"];
    let mut checked = 0;
    for path in files(world.home.path()) {
        let name = path.strip_prefix(world.home.path()).unwrap().to_string_lossy().into_owned();
        if own.contains(&name.as_str()) {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for canary in canaries() {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_slice());
            assert!(!found && !name.contains("雁金"), "a canary stands in {name}");
        }
        checked += 1;
    }
    assert!(checked > 10, "only {checked} files were looked at");
}

fn canaries() -> Vec<Vec<u8>> {
    let texts = [PASSPHRASE, OWNER, COMPANY].into_iter().chain(PEOPLE);
    texts
        .flat_map(|text| {
            let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [text.as_bytes().to_vec(), wide]
        })
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn wrong_passphrase_is_three_and_is_remembered_as_not_authenticated() {
    let world = World::with_site();
    fs::write(world.path("wrong"), "wrong-passphrase-12\n").unwrap();
    let output = world.run(&["--vault", "vault", "--passphrase-file", "wrong", "worklist"], "");
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("パスフレーズが違います。"));
    let audit = world.done(&["--json", "audit"], "");
    let failed = audit.iter().find(|line| line["event"] == "解錠の失敗").unwrap();
    assert!(failed["detail"].as_str().unwrap().starts_with("未認証 1回"));
}

#[test]
fn the_first_line_of_the_standard_input_is_the_passphrase_and_the_rest_the_input() {
    let world = World::with_site();
    let input = format!("{PASSPHRASE}\n{{\"name\":\"{COMPANY}\"}}");
    let output = world.run(&["--vault", "vault", "--passphrase-file", "-", "--json", "establishment", "add"], &input);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert_eq!(lines(&output)[0]["establishment"], "E02");
}

#[test]
fn a_second_instance_is_told_so() {
    let world = World::with_site();
    let _held = fs::File::open(world.path("vault/lock")).unwrap();
    _held.lock().unwrap();
    let output = world.on_vault(&["worklist"], "");
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("もう一つの junkai"));
}

#[test]
fn what_is_not_there_or_not_allowed_has_its_own_code_and_sentence() {
    let world = World::with_site();
    let hours = sample("monthly-decimal-utf8-bom.csv");
    let foreign = sample("other-definition-utf8.csv");
    let cases: &[(&[&str], i32, &str)] = &[
        (&["workers", "--establishment", "E09"], 2, "その番号の事業場はありません。"),
        (&["workers", "--establishment", "雁金"], 2, "番号の形が違います"),
        (&["import", "none.csv", "--establishment", "E01", "--kind", "hours"], 2, "見つかりません。"),
        (&["import", &foreign, "--establishment", "E01", "--kind", "hours"], 5, "面接指導の判定には使えません。"),
        (&["--today", "2026-01-01", "import", &hours, "--establishment", "E01", "--kind", "hours"], 2, "--today"),
        (
            &["document", "opinion", "--establishment", "E01", "--worker", "E01-W0001", "--out", "out"],
            2,
            "労働者はいません。",
        ),
        (&["document", "nothing", "--establishment", "E01", "--out", "out"], 2, "様式はありません。"),
        (&["nonsense"], 2, "コマンドはありません。"),
        (&["import"], 2, "足りません。"),
    ];
    for (arguments, expected, sentence) in cases {
        let output = world.on_vault(arguments, "");
        let said = text(&output.stderr);
        assert_eq!(code(&output), *expected, "{arguments:?}: {said}");
        assert!(said.contains(sentence), "{arguments:?}: {said}");
        assert!(!said.contains("雁金") && !said.contains(PASSPHRASE), "{said}");
    }
    let none = world.run(&["--vault", "elsewhere", "--passphrase-file", "passphrase", "check"], "");
    assert_eq!(code(&none), 2);
}

#[test]
fn a_damaged_database_is_four_and_the_check_names_it() {
    let world = World::with_site();
    let database = world.path("vault/sites/E01.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[200] ^= 1;
    fs::write(&database, bytes).unwrap();
    let output = world.on_vault(&["worklist"], "");
    assert_eq!(code(&output), 4, "{}", text(&output.stderr));
    let output = world.on_vault(&["--json", "check"], "");
    assert_eq!(code(&output), 1);
    assert!(lines(&output).iter().any(|found| found["place"] == "E01" && found["kind"] == "not_open"));
}

#[test]
fn yesterdays_database_put_back_is_found_by_the_registrys_head() {
    let world = World::with_site();
    let database = world.path("vault/sites/E01.db");
    let yesterday = fs::read(&database).unwrap();
    take_in_samples(&world);
    fs::write(&database, yesterday).unwrap();
    let output = world.on_vault(&["--json", "check"], "");
    assert_eq!(code(&output), 1);
    assert!(lines(&output).iter().any(|found| found["kind"] == "audit_shortened"), "{}", text(&output.stdout));
}

#[test]
fn a_notation_that_is_not_plain_is_refused_and_named_without_a_person() {
    let world = World::with_site();
    take_in_samples(&world);
    let file = sample("monthly-sexagesimal-cp932.csv");
    let output = world.on_vault(&["--json", "import", &file, "--establishment", "E01", "--kind", "hours"], "");
    assert_eq!(code(&output), 5, "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("\"undecided\":true") && said.contains("E01-W"), "{said}");
    assert!(PEOPLE.iter().all(|name| !said.contains(name)));
}

#[test]
fn the_law_answers_without_a_vault_and_goes_on_after_a_bad_line() {
    let world = World::new();
    let listed = world.run(&["law", "list", "--json"], "");
    assert!(lines(&listed).len() > 10);
    assert_eq!(code(&world.run(&["law", "check"], "")), 0);
    let input = "{\"rule\":\"DL-REQ\",\"day\":\"2026-10-31\",\"facts\":{\"period_end\":\"2026-10-31\"}}\nnonsense\n\n{\"rule\":\"DL-REQ\",\"day\":\"2026-10-31\",\"facts\":{\"period_end\":\"2026-10-31\"}}\n";
    let answer = world.run(&["law", "assess"], input);
    assert_eq!(code(&answer), 1, "one line was refused");
    let lines = lines(&answer);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["line"], 2);
    assert_eq!(lines[0], lines[2]);
    assert_eq!(code(&world.run(&["law", "assess"], input.lines().next().unwrap())), 0);
}

/// A new ordinance before the next release: `law.d` of the config folder, on every door that asks the law.
#[test]
fn an_addition_to_the_law_says_so_and_a_broken_one_leaves_the_built_in_law() {
    let world = World::with_site();
    let folder = world.path(".config/junkai/law.d");
    fs::create_dir_all(&folder).unwrap();
    let version = "[[parameter]]\nid = \"notice.worker.hours\"\n[[parameter.version]]\nin_force_from = \"2027-04-01\"\nvalue = 75\nlaw = \"令9厚労令1号\"\narticle = \"52条の2第3項\"\nchecked_on = \"2027-02-01\"\n";
    fs::write(folder.join("2027.toml"), version).unwrap();
    let line =
        r#"{"rule":"DL-NOTE-W","day":"2027-04-30","facts":{"highly_professional":false,"overtime_seconds":"76:00"}}"#;
    let added = world.run(&["law", "assess"], line);
    let answer = &lines(&added)[0];
    assert_eq!((&answer["outcome"], &answer["citations"][0]["status"]), (&"required".into(), &"added".into()));
    assert_eq!(code(&world.run(&["law", "check"], "")), 0);

    fs::write(folder.join("2028.toml"), version.replace("value = 75\n", "")).unwrap();
    let refused = world.run(&["law", "assess"], line);
    assert_eq!((code(&refused), &lines(&refused)[0]["outcome"]), (0, &"not_required".into()));
    assert!(text(&refused.stderr).contains("2028.toml の 3 行目（notice.worker.hours）"), "{}", text(&refused.stderr));
    let check = world.run(&["law", "check"], "");
    assert_eq!(code(&check), 1);
    assert!(text(&check.stdout).contains("組み込みの法令データだけで判定しています"), "{}", text(&check.stdout));
    let due = world.on_vault(&["worklist"], "");
    assert_eq!(code(&due), 0);
    assert!(text(&due.stderr).contains("2028.toml"), "the desk says it as it opens: {}", text(&due.stderr));
}

#[test]
fn what_is_not_encoded_is_listed_with_its_reason() {
    let world = World::new();
    let listed = lines(&world.run(&["law", "list", "--not-encoded", "--json"], ""));
    assert!(listed.iter().any(|line| line["id"] == "LSA-45" && line["reason"].as_str().unwrap().contains("36条")));
    let said = text(&world.run(&["law", "list", "--not-encoded"], "").stdout);
    assert!(said.contains("LSA-45") && !said.contains("PAT-01"), "{said}");
}

#[test]
fn help_is_japanese_and_needs_nothing() {
    let world = World::new();
    let output = world.run(&["--help"], "");
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).contains("終了コード"));
    assert_eq!(code(&world.run(&[], "")), 2, "without a terminal there is no interface");
}

#[test]
fn a_file_that_is_no_document_of_ours_is_said_to_be_unsigned() {
    let world = World::new();
    fs::write(world.path("plain.pdf"), b"%PDF-1.7\n").unwrap();
    let output = world.run(&["--json", "verify", "plain.pdf"], "");
    assert_eq!((code(&output), &lines(&output)[0]["verdict"]), (1, &Value::from("not_signed")));
}

/// What was read headless is remembered as what was opened on a screen is (audit, 閲覧 and 出力).
#[test]
fn every_command_that_shows_or_writes_out_leaves_its_line() {
    let world = World::new();
    let built = world
        .run(&["demo", "--vault", "vault", "--no-ui", "--establishments", "1", "--workers", "60", "--years", "1"], "");
    let built: Value = serde_json::from_slice(&built.stdout).unwrap();
    fs::write(world.path("passphrase"), built["passphrase"].as_str().unwrap()).unwrap();
    let lines_of = |event: &str, subject: &str| {
        let audit = world.done(&["--json", "audit"], "");
        audit.iter().filter(|line| line["event"] == event && line["subject"] == subject).count()
    };
    for (arguments, subject) in [
        (&["workers", "--establishment", "E01"][..], "労働者一覧"),
        (&["worklist"], "期限一覧"),
        (&["establishment", "show", "E01"], "E01"),
        (&["document", "record", "--establishment", "E01", "--worker", "E01-W0001", "--out", "out"], "E01-W0001"),
        (&["document", "brief", "--establishment", "E01", "--out", "out"], "brief"),
    ] {
        let before = lines_of("閲覧", subject);
        world.done(arguments, "");
        assert_eq!(lines_of("閲覧", subject), before + 1, "{arguments:?}");
    }
    let shown = world.done(&["--json", "document", "brief", "--establishment", "E01", "--out", "out"], "");
    let hash = shown[0]["sha256"].as_str().unwrap();
    let before = world.done(&["--json", "audit"], "").iter().filter(|line| line["event"] == "出力").count();
    world.done(&["document", "brief", "--establishment", "E01", "--out", "out", "--confirm", hash], "");
    let after = world.done(&["--json", "audit"], "").iter().filter(|line| line["event"] == "出力").count();
    assert_eq!(after, before + 1);
}
