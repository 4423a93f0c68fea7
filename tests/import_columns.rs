//! 列の対応 on the real host: what is chosen, composed and fixed there, what is remembered of it, and what leaves.

use std::time::{Duration, Instant};

use junkai::app::host::{ImportPreview, RowList};
use junkai::app::{Effect, Event, Host};
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;
use junkai::ui::Shell;
use junkai::ui::keys::{Code, Input, Key};

use super::import_screen::{Scene, choice};
use super::{desk, screens, stress};

/// A ledger, answers and results with headings of nobody's program: each column is told, remembered, and known again.
#[test]
fn columns_of_a_ledger_are_chosen_on_the_screen_and_remembered() {
    let mut scene = Scene::opened();
    let site = scene.site();
    let worker = site.workers.iter().find(|worker| worker.is_employed_on(desk::today())).unwrap();
    let text = |what: &str| format!("だれ,なに,いつ\n{},{what},2027/3/31\n", worker.name);
    let path = scene.write("a.csv", text("高所作業を避ける").as_bytes());
    let first = scene.read(&path, BatchKind::Restrictions);
    assert!(first.problem.as_ref().is_some_and(|problem| problem.contains("氏名の列が決まっていません")), "{first:?}");
    let named = scene.preview(choice(&first, "だれ", "氏名"));
    assert!(named.problem.as_ref().is_some_and(|problem| problem.contains("措置の列")), "{named:?}");
    let measured = scene.preview(choice(&named, "なに", "措置"));
    let ended = scene.preview(choice(&measured, "いつ", "措置の末日"));
    assert_eq!(
        (ended.problem.as_deref(), ended.count(RowList::Added), ended.columns.len()),
        (None, 1, 5),
        "three columns, and two days that none tells"
    );
    scene.preview(Effect::ConfirmOurs(true));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let measure = scene.site().measures.last().unwrap().clone();
    assert_eq!(measure.until.map(|day| day.to_string()).as_deref(), Some("2027-03-31"));
    let path = scene.write("b.csv", text("夜勤を避ける").as_bytes());
    let known = scene.read(&path, BatchKind::Restrictions);
    assert_eq!((known.problem.as_deref(), known.count(RowList::Added)), (None, 1), "{known:?}");
}

#[test]
fn answers_whose_headings_say_nothing_are_told_where_they_begin_and_no_answer_is_shown() {
    let mut scene = Scene::after(|desk| _ = stress::open_round(desk, OwnerRole::Implementer));
    let site = scene.site();
    let worker = site.workers.iter().find(|worker| worker.is_employed_on(desk::today())).unwrap();
    let heads: String = (0..57).map(|number| format!(",問 {number} 番")).collect();
    let text = format!("社員番号,年代{heads}\n{},3{}\n", worker.number, ",2".repeat(57));
    let path = scene.write("a.csv", text.as_bytes());
    let first = scene.read(&path, BatchKind::Stress);
    assert!(first.problem.as_ref().is_some_and(|problem| problem.contains("回答の列が")), "{first:?}");
    assert!(first.columns.iter().all(|row| row.example != worker.number && row.example != "2"), "{first:?}");
    let asked = scene.preview(choice(&first, "問 0 番", "回答の1問め（ここから57列）"));
    assert_eq!((asked.problem.as_deref(), asked.brought()), (None, 1), "{asked:?}");
    scene.preview(Effect::ConfirmOurs(true));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let next = scene.write("b.csv", text.replace(",2,2,2\n", ",2,2,3\n").as_bytes());
    let known = scene.read(&next, BatchKind::Stress);
    assert_eq!((known.problem.as_deref(), known.count(RowList::Doubtful)), (None, 1), "{known:?}");
}

/// Waits until the screen says it.
fn until_shown(shell: &mut Shell, scene: &mut Scene, wanted: &str) {
    let start = Instant::now();
    while !screens::drawn(shell, screens::SIZES[0]).contains(wanted) {
        assert!(start.elapsed() < Duration::from_secs(60), "{}", screens::drawn(shell, screens::SIZES[0]));
        std::thread::sleep(Duration::from_millis(2));
        shell.tick(&mut scene.host);
    }
}

/// Headings of nobody's program, as the physician sees them: what each cell is like, and never whose answer.
#[test]
fn the_columns_of_answers_are_told_by_keys_and_shown_without_an_answer() {
    let mut scene = Scene::after(|desk| _ = stress::open_round(desk, OwnerRole::Implementer));
    let worker = scene.site().workers[0].clone();
    let heads: String = (0..57).map(|number| format!(",問 {number} 番")).collect();
    let text = format!("社員番号,氏名,年代{heads}\n{},{},3{}\n", worker.number, worker.name, ",4".repeat(57));
    let path = scene.write("a.csv", text.as_bytes());
    let mut shell = Shell::new(&mut scene.host);
    screens::press(&mut shell, &mut scene.host, "^p t o r i k o m i Enter");
    shell.input(&mut scene.host, Input::Key(Key::plain(Code::Tab).with_shift()));
    screens::press(&mut shell, &mut scene.host, "6");
    for c in path.to_string_lossy().chars() {
        shell.input(&mut scene.host, Input::Key(Key::char(c)));
    }
    screens::press(&mut shell, &mut scene.host, "Enter");
    until_shown(&mut shell, &mut scene, "回答の列が決まっていません");
    let shown = |shell: &mut Shell, name: &str| {
        for size in screens::SIZES {
            let drawn = screens::drawn(shell, size);
            assert!(!drawn.contains(&worker.name) && !drawn.contains(&worker.number), "{drawn}");
            insta::assert_snapshot!(format!("stress_columns_{name}_{}", size.0), drawn);
        }
    };
    shown(&mut shell, "unsettled");
    screens::press(&mut shell, &mut scene.host, "j j j j Enter j j j j Enter");
    until_shown(&mut shell, &mut scene, "回答の2問め");
    shown(&mut shell, "settled");
}

/// What is typed for the field that no column tells.
fn fixing(preview: &ImportPreview, heading: &str, text: &str) -> Effect {
    let row = preview.columns.iter().position(|row| row.heading == heading).unwrap();
    Effect::FixValue(row, text.to_owned())
}

fn words<'a>(preview: &'a ImportPreview, heading: &str) -> &'a str {
    &preview.columns.iter().find(|row| row.heading == heading).unwrap().words
}

/// A day is one file's and is not remembered; the clinic's name is.
#[test]
fn a_value_that_no_column_tells_is_fixed_on_the_screen_and_taken_away_again() {
    let mut scene = Scene::opened();
    let site = scene.site();
    let worker = site.workers.iter().find(|worker| worker.is_employed_on(desk::today())).unwrap();
    let text = |weight: &str| format!("社員番号,氏名,体重\n{},{},{weight}\n", worker.number, worker.name);
    let path = scene.write("a.csv", text("61.2").as_bytes());
    let first = scene.read(&path, BatchKind::Checkup);
    assert!(first.problem.as_ref().is_some_and(|problem| problem.contains("健診日")), "{first:?}");
    let row = first.columns.iter().position(|row| row.heading == "健診日").unwrap();
    let refused = scene.until(Effect::FixValue(row, "きのう".to_owned()), |event| matches!(event, Event::Failed(_)));
    assert!(format!("{refused:?}").contains("2026-10-05"), "it says how a day is written: {refused:?}");
    let dated = scene.preview(fixing(&first, "健診日", "2026/10/5"));
    assert_eq!((dated.problem.as_deref(), dated.count(RowList::Added)), (None, 1), "{dated:?}");
    assert_eq!(words(&dated, "健診日"), "全員 2026-10-05");
    let named = scene.preview(fixing(&dated, "健診機関", "見本クリニック"));
    assert!(scene.preview(fixing(&named, "健診日", "")).problem.is_some(), "taken away");
    scene.preview(fixing(&named, "健診日", "2026-10-05"));
    scene.preview(Effect::ConfirmOurs(true));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let next = scene.write("b.csv", text("62.0").as_bytes());
    let known = scene.read(&next, BatchKind::Checkup);
    assert!(known.problem.as_ref().is_some_and(|problem| problem.contains("健診日")), "a day is not remembered");
    assert_eq!(words(&known, "健診機関"), "全員 見本クリニック");
}

#[test]
fn a_sum_is_composed_its_numbers_are_expected_and_its_period_is_chosen() {
    let mut scene = Scene::opened();
    let site = scene.site();
    let rows: String =
        site.workers.iter().map(|worker| format!("{},{},30.15,2.00\n", worker.number, worker.name)).collect();
    let path = scene.write("a.csv", format!("社員番号,氏名,通常,深夜帯\n{rows}").as_bytes());
    let first = scene.read(&path, BatchKind::Hours);
    let one = scene.preview(choice(&first, "通常", "残業時間に足す"));
    assert_eq!(one.sum, None);
    let both = scene.preview(choice(&one, "深夜帯", "残業時間に足す"));
    assert_eq!(both.sum.as_deref(), Some("会社の計算の残業 = 通常 + 深夜帯"));
    assert_eq!(words(&both, "深夜帯"), "残業時間に足す（2/2列）");
    assert!(both.wants_reading(), "30.15 is two things: {both:?}");
    let expected = scene.preview(choice(&both, "数字の読み方", "60進 1.30 は 1時間30分"));
    assert!(!expected.wants_reading(), "nobody's flag hangs on it: {expected:?}");
    let open = scene.preview(choice(&expected, "数字の読み方", "決めない 判らなければ尋ねる"));
    assert!(open.wants_reading());
    let august = scene.preview(choice(&open, "期間", "2026-08-01 から 2026-08-31"));
    assert_eq!(
        (august.period.as_str(), words(&august, "期間")),
        ("2026-08-01 から 2026-08-31", "2026-08-01 から 2026-08-31")
    );
}

/// Every byte of it: headings and what was fixed, and of nobody's row anything.
#[test]
fn the_mapping_that_leaves_holds_nobody_and_no_value() {
    let mut scene = Scene::opened();
    let out = scene.folder.path().join("out");
    scene.host.perform(Effect::Set("out_dir".to_owned(), out.to_string_lossy().into_owned()));
    let site = scene.site();
    let rows: String = site
        .workers
        .iter()
        .map(|worker| format!("{},{},{},30:15,2:45,特記 {}\n", worker.number, worker.name, worker.kana, worker.id))
        .collect();
    let text = format!("社員番号,氏名,ふりがな,残業時間,深夜残業時間,備考\n{rows}");
    let path = scene.write("a.csv", text.as_bytes());
    let shown = scene.read(&path, BatchKind::Hours);
    let target = std::path::PathBuf::from(&shown.mapping_file);
    assert!(target.starts_with(&out) && !target.exists(), "the path stands there before: {target:?}");
    scene.until(Effect::ExportMapping, |event| matches!(event, Event::Done(_)));
    let written = std::fs::read_to_string(&target).unwrap();
    for cell in rows.lines().flat_map(|row| row.split(',')).filter(|cell| !cell.is_empty()) {
        assert!(!written.contains(cell), "{cell} in {written}");
    }
    assert!(!written.contains(&site.establishment.name) && !written.contains("a.csv"), "{written}");
    let carried = junkai::import::profile::Profile::from_toml(&written).unwrap();
    assert_eq!((carried.kind, carried.profile.columns.len()), (BatchKind::Hours, 5));
    let noted = &scene.host.view().vault.clear_files;
    assert!(noted.iter().any(|file| std::path::Path::new(&file.path) == target), "it lies in clear: {noted:?}");
}

/// A table without headings has somebody in the place of one: that does not leave.
#[test]
fn a_mapping_whose_headings_are_people_does_not_leave() {
    let mut scene = Scene::opened();
    let out = scene.folder.path().join("out");
    scene.host.perform(Effect::Set("out_dir".to_owned(), out.to_string_lossy().into_owned()));
    let name = scene.site().workers[0].name.clone();
    let path = scene.write("a.csv", format!("氏名,残業時間,{name}\n別の 人,30:15,x\n").as_bytes());
    scene.read(&path, BatchKind::Hours);
    let events = scene.until(Effect::ExportMapping, |event| matches!(event, Event::Failed(_)));
    assert!(format!("{events:?}").contains("名簿の人") && !format!("{events:?}").contains(&name), "{events:?}");
    assert!(!out.exists());
}
