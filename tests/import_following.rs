//! What would follow from a file is told before it is taken in, by the screen and by the command; and messages name the file.

use std::fs;

use junkai::app::Host;
use junkai::app::host::RowList;
use junkai::domain::Id;
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;
use serde_json::Value;

use crate::desk;
use crate::import_screen::{Scene, all};
use crate::scratch::Scratch;
use crate::stress::{HIGH, LOW, open_round};

const LEDGER: &str = "社員番号,氏名,措置,開始日,期限\n";

/// Runs a dry import of a text with `--json`; the summary and the lines behind it.
fn dry(scratch: &Scratch, text: &str, kind: &str, tail: &[&str]) -> Vec<Value> {
    fs::write(scratch.path("file.csv"), text).unwrap();
    let arguments = ["--json", "import", "file.csv", "--establishment", "E01", "--kind", kind, "--dry-run"];
    scratch.run(&[&arguments, tail].concat(), "").imported().objects()
}

fn of_state<'t>(told: &'t [Value], state: &str) -> Vec<&'t Value> {
    told.iter().filter(|line| line["state"] == state).collect()
}

#[test]
fn a_ledger_tells_the_reviews_that_would_appear() {
    let mut scene = Scene::opened();
    let worker = scene.site().workers[0].clone();
    let row = format!("{},{},夜勤の禁止,2026-10-01,2027-03-31\n", worker.number, worker.name);
    let path = scene.write("ledger.csv", format!("{LEDGER}{row}").as_bytes());
    let preview = scene.read(&path, BatchKind::Restrictions);
    let duties = all(&preview, RowList::Duty);
    let review = duties.iter().find(|duty| duty.what.contains("措置の見直し")).unwrap();
    assert_eq!((review.worker.as_ref(), review.whom.as_str()), (Some(&worker.id), worker.name.as_str()));
    assert!(review.what.starts_with("新しく"), "{review:?}");
    assert!(preview.following.iter().any(|words| words.starts_with("措置の見直し 新しく 1")), "{preview:?}");
}

#[test]
fn a_clinics_file_tells_who_would_wait_for_an_opinion_and_why() {
    let mut scene = Scene::opened();
    let site = scene.site();
    let items = scene.host.view().assessments[0].items.clone();
    let waits =
        |worker: &Id| items.iter().any(|item| item.members.contains(worker) || item.worker.as_ref() == Some(worker));
    let mut quiet = site.workers.iter().filter(|worker| worker.is_employed_on(desk::today()) && !waits(&worker.id));
    let [one, other] = [quiet.next(), quiet.next()].map(|worker| worker.unwrap().clone());
    let head = "社員番号,氏名,健診日,収縮期血圧,拡張期血圧,総合判定\n";
    let row = |number: &str, name: &str, high, low, word| format!("{number},{name},2026/11/9,{high},{low},{word}\n");
    let rows = [row(&one.number, &one.name, 118, 72, "A"), row(&other.number, &other.name, 192, 118, "D")];
    let path = scene.write("clinic.csv", format!("{head}{}", rows.concat()).as_bytes());
    let preview = scene.read(&path, BatchKind::Checkup);
    let waiting = all(&preview, RowList::ToJudge);
    assert_eq!(waiting.iter().map(|row| row.row).collect::<Vec<_>>(), [Some(3), Some(2)], "the heavier one first");
    assert_eq!(waiting[0].worker.as_ref(), Some(&other.id));
    for word in ["就業の検討値", "192", "意見は"] {
        assert!(waiting[0].what.contains(word), "{word}: {waiting:?}");
    }
    assert!(preview.following.iter().any(|words| words.starts_with("判定待ち 2名（")), "{preview:?}");
    let duties = all(&preview, RowList::Duty);
    assert!(duties.iter().any(|duty| duty.worker.as_ref() == Some(&other.id) && duty.what.contains("健診の意見")));
}

#[test]
fn answers_tell_whom_the_numbers_find_and_that_nothing_is_confirmed() {
    let mut scene = Scene::after(|desk| drop(open_round(desk, OwnerRole::Implementer)));
    let site = scene.site();
    let row = |place: usize, answers: &str| format!("{},2026/9/28,{answers}\n", site.workers[place].number);
    let text = format!("社員番号,回答日,回答\n{}{}", row(0, HIGH), row(1, LOW));
    let path = scene.write("answers.csv", text.as_bytes());
    let preview = scene.read(&path, BatchKind::Stress);
    let found = all(&preview, RowList::Computed);
    assert_eq!(found.iter().map(|row| row.row).collect::<Vec<_>>(), [Some(2)]);
    assert!(found[0].what.contains("要面接かどうかは、判定のあと"), "{found:?}");
    assert!(!found[0].what.contains(HIGH) && !found[0].what.contains("92"), "no answer and no point: {found:?}");
}

#[test]
fn hours_name_who_would_come_onto_the_roster_and_whose_flag_would_change() {
    let mut scene = Scene::opened();
    let known = scene.site().workers[0].clone();
    let rows = format!("{},2026/10,300:00\n新見 望,2026/10,160:00\n", known.name);
    let path = scene.write("hours.csv", format!("氏名,対象年月,総労働時間\n{rows}").as_bytes());
    let preview = scene.read(&path, BatchKind::Hours);
    let joining = all(&preview, RowList::Joining);
    assert_eq!((joining.len(), joining[0].row, joining[0].whom.as_str()), (1, Some(3), "新見 望"));
    assert!(preview.following.iter().any(|words| words == "名簿に加わる人 1名"), "{preview:?}");
    assert!(all(&preview, RowList::Flag).iter().any(|row| row.worker.as_ref() == Some(&known.id)));
}

#[test]
fn the_command_tells_what_would_follow_row_by_row_and_names_nobody() {
    let scratch = Scratch::demo();
    let desk = scratch.desk();
    let worker = desk.site(&crate::import_screen::id()).unwrap().workers[0].clone();
    desk.lock().unwrap();
    let row = format!("{},{},夜勤の禁止,2026-10-01,2027-03-31\n", worker.number, worker.name);
    let told = dry(&scratch, &format!("{LEDGER}{row}"), "restrictions", &["--ours", "--rows"]);
    assert_eq!(told[0]["following"]["duties"], 1, "{told:?}");
    assert_eq!(told[0]["source"]["header_row"], 1);
    let [duty] = of_state(&told, "duty")[..] else { panic!("{told:?}") };
    assert_eq!((&duty["worker"], &duty["turn"]), (&worker.id.as_str().into(), &"appears".into()));
    let [added] = of_state(&told, "added")[..] else { panic!("{told:?}") };
    assert_eq!((&added["line"], &added["worker"]), (&2.into(), &worker.id.as_str().into()));
    let all = told.iter().map(ToString::to_string).collect::<String>();
    assert!(!all.contains(&worker.name) && !all.contains("夜勤"), "{all}");
    let arguments = ["import", "file.csv", "--establishment", "E01", "--kind", "restrictions", "--ours", "--dry-run"];
    let plain = scratch.run(&arguments, "").with_code(0).out;
    assert!(plain.contains("取り込むと変わるもの: 措置の見直し 新しく 1"), "{plain}");
}

#[test]
fn contradictions_and_the_absent_are_listed_by_row() {
    let scratch = Scratch::demo();
    let desk = scratch.desk();
    let site = desk.site(&crate::import_screen::id()).unwrap().clone();
    let worker = site.workers[0].clone();
    desk.lock().unwrap();
    let hours = |column: &str, hours: &str| format!("氏名,対象年月,{column}\n{},2026/09,{hours}\n", worker.name);
    let run = |tail: &[&str]| {
        scratch
            .run(&[&["import", "file.csv", "--establishment", "E01", "--kind", "hours", "--ours"], tail].concat(), "")
    };
    fs::write(scratch.path("file.csv"), hours("総労働時間", "160:00")).unwrap();
    run(&[]).with_code(0);
    let told = dry(&scratch, &hours("残業時間", "105:30"), "hours", &["--ours"]);
    let [found] = of_state(&told, "contradicting")[..] else { panic!("{told:?}") };
    assert_eq!((&found["line"], &found["worker"]), (&2.into(), &worker.id.as_str().into()));
    let roster = format!("社員番号,氏名,所属\n{},{},別の課\n", worker.number, worker.name);
    let told = dry(&scratch, &roster, "roster", &["--ours"]);
    let absent = of_state(&told, "absent");
    assert_eq!(Some(absent.len()), told[0]["absent"].as_array().map(Vec::len));
    assert!(absent.iter().all(|row| row["line"].is_null() && row["worker"] != worker.id.as_str()), "{told:?}");
}

/// Two files are named in one command: the message says which of them it is about.
#[test]
fn a_message_names_the_file_or_the_mapping_that_it_is_about() {
    let scratch = Scratch::demo();
    fs::write(scratch.path("十月.csv"), "氏名,対象年月,総労働時間\n上田 蓮,2026/09,160:00\n").unwrap();
    fs::write(scratch.path("列.toml"), "schema = 1\n???\n").unwrap();
    let arguments = ["import", "十月.csv", "--establishment", "E01", "--kind", "hours", "--mapping", "列.toml"];
    let refused = scratch.run(&arguments, "");
    assert!(refused.code == 2 && refused.err.starts_with("列.toml: 取込設定の文が読めません"), "{refused:?}");
    let missing = scratch.run(&["import", "九月.csv", "--establishment", "E01", "--kind", "hours"], "");
    assert!(missing.code == 2 && missing.err.starts_with("九月.csv: "), "{missing:?}");
    let foreign = scratch.run(&["import", "十月.csv", "--establishment", "E99", "--kind", "hours"], "");
    assert!(!foreign.err.contains("十月.csv"), "an establishment is no file: {foreign:?}");
}
