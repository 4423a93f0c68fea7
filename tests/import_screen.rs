//! 取込 on the real host: the sheet of a workbook, people who are absent, rows that are summed, lines that are pasted,
//! how far it is, and answers that are forgotten.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use junkai::app::host::{ImportPreview, ListedRow, RowAnswer, RowList};
use junkai::app::{Effect, Event, Host, Site, kept};
use junkai::demo::Plan;
use junkai::domain::EstablishmentId;
use junkai::domain::hours::BatchKind;
use junkai::domain::progress::Phase;
use junkai::domain::stress::OwnerRole;
use junkai::runtime::{Desk, Place, Runtime};
use junkai::ui::Shell;

use super::desk;
use super::screens;
use super::stress::{HIGH, open_round};

/// The real host over a small demo vault, and a folder for files.
pub struct Scene {
    pub folder: tempfile::TempDir,
    pub host: Runtime,
}

impl Scene {
    pub fn opened() -> Self {
        Self::after(|_| {})
    }

    /// After something was done on the desk.
    pub fn after(first: impl FnOnce(&mut Desk)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { establishments: 1, workers: 20, years: 1, seed: 1 };
        let mut opened = desk::demo(folder.path().join("vault"), &plan);
        first(&mut opened);
        let host = Runtime::opened(Place::new(&folder.path().join("vault")), opened).unwrap();
        Self { folder, host }
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn site(&self) -> Arc<Site> {
        Arc::clone(&self.host.view().caseload.sites[0])
    }

    pub fn until(&mut self, effect: Effect, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
        let start = Instant::now();
        let mut events = self.host.perform(effect);
        while !events.iter().any(&wanted) {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing came: {events:?}");
            std::thread::sleep(Duration::from_millis(2));
            events.extend(self.host.perform(Effect::Tick));
        }
        events
    }

    pub fn preview(&mut self, effect: Effect) -> ImportPreview {
        let events = self.until(effect, |event| matches!(event, Event::ImportRead(_) | Event::Failed(_)));
        match events.into_iter().next_back() {
            Some(Event::ImportRead(preview)) => *preview,
            other => panic!("{other:?}"),
        }
    }

    pub fn read(&mut self, path: &Path, kind: BatchKind) -> ImportPreview {
        self.preview(Effect::ReadImport(id(), path.to_path_buf(), Some(kind)))
    }
}

/// Every row of a list.
pub fn all(preview: &ImportPreview, list: RowList) -> Vec<ListedRow> {
    preview.listed.all(list).collect()
}

/// Whom a list names, and what it says of them.
pub fn told(preview: &ImportPreview, list: RowList) -> Vec<(String, String)> {
    preview.listed.all(list).map(|row| (row.whom, row.what)).collect()
}

pub fn id() -> EstablishmentId {
    EstablishmentId::new(1)
}

#[test]
fn another_sheet_is_read_and_one_without_a_table_leaves_the_first() {
    let mut scene = Scene::opened();
    let path = scene.write("10月.xlsx", include_bytes!("../data-samples/monthly-merged.xlsx"));
    let first = scene.read(&path, BatchKind::Hours);
    assert_eq!((first.sheets.len(), first.sheet), (3, Some(1)));
    assert_eq!(first.reason, "見出しの言葉が最も多いシートです");
    scene.until(Effect::ChooseSheet(3), |event| matches!(event, Event::Failed(_)));
    let again = scene.preview(Effect::ConfirmOurs(true));
    assert_eq!((again.sheet, again.is_ours), (Some(1), true), "the first sheet is still read");
    let same = scene.preview(Effect::ChooseSheet(2));
    assert_eq!((same.sheet, same.reason.as_str(), same.rows), (Some(1), "指定されたシートです", first.rows));
}

#[test]
fn a_workbook_of_answers_shows_its_sheets_the_reason_and_the_day_it_lacks() {
    let mut scene = Scene::after(|desk| drop(open_round(desk, OwnerRole::Implementer)));
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "表紙").unwrap();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "社員番号").unwrap();
    sheet.write_string(1, 0, &scene.site().workers[0].number).unwrap();
    for (column, answer) in (1..).zip(HIGH.chars()) {
        sheet.write_string(0, column, format!("q{column}")).unwrap();
        sheet.write_string(1, column, answer.to_string()).unwrap();
    }
    let path = scene.write("答え.xlsx", &book.save_to_buffer().unwrap());
    let preview = scene.read(&path, BatchKind::Stress);
    assert_eq!((preview.sheets.len(), preview.sheet, preview.count(RowList::Added)), (2, Some(1), 1));
    assert_eq!(preview.undated, Some((1, desk::today())));
    assert!(!preview.reason.is_empty() && !preview.source.is_empty());
}

#[test]
fn who_of_the_roster_is_absent_is_listed_and_stays() {
    let mut scene = Scene::opened();
    let site = scene.site();
    let today = desk::today();
    let here: Vec<_> = site.workers.iter().filter(|worker| worker.is_employed_on(today)).collect();
    let rows: String = here.iter().skip(2).map(|one| format!("{},{},別の課,休職中\n", one.number, one.name)).collect();
    let path = scene.write("roster.csv", format!("社員番号,氏名,所属,状況\n{rows}").as_bytes());
    let preview = scene.read(&path, BatchKind::Roster);
    let not_kept = all(&preview, RowList::NotKept);
    assert!(not_kept.len() == here.len() - 2 && not_kept[0].what.contains("休職"), "{:?}", not_kept.first());
    let absent: Vec<_> = all(&preview, RowList::Absent).into_iter().map(|row| (row.row, row.worker)).collect();
    assert_eq!(absent, [(None, Some(here[0].id.clone())), (None, Some(here[1].id.clone()))]);
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let after = scene.site();
    for worker in &here[..2] {
        assert_eq!(after.worker(&worker.id).unwrap().left_on, worker.left_on, "nobody leaves by being absent");
    }
}

#[test]
fn rows_of_days_are_said_to_be_summed() {
    let mut scene = Scene::opened();
    let name = scene.site().workers[0].name.clone();
    let days: String = (1..=30).map(|day| format!("{name},2026/9/{day},8:00\n")).collect();
    let path = scene.write("days.csv", format!("氏名,年月日,総労働時間\n{days}").as_bytes());
    let preview = scene.read(&path, BatchKind::Hours);
    assert_eq!((preview.rows, preview.summed), (30, 29), "{preview:?}");
}

/// A greeting stands in the first line of a mail: that is line 1, whatever header the program puts before it.
#[test]
fn pasted_lines_are_counted_as_they_were_pasted() {
    let mut scene = Scene::opened();
    let name = scene.site().workers[0].name.clone();
    let text = format!("お世話になっております。\n{name} 45:61\nよろしくお願いします。\n");
    let preview = scene.preview(Effect::ReadPasted(id(), text, false));
    assert_eq!(preview.source, "貼り付けた行");
    let left = [all(&preview, RowList::Refused), all(&preview, RowList::Ignored)].concat();
    assert!(left.iter().any(|row| row.row == Some(2) && row.whom == name && row.what.contains("60 以上")), "{left:?}");
    assert!(left.iter().all(|row| row.row.is_some_and(|row| (1..=3).contains(&row))), "{left:?}");
    let own = format!("氏名\t残業時間\n{name}\t45:61\n");
    let preview = scene.preview(Effect::ReadPasted(id(), own, false));
    assert_eq!(all(&preview, RowList::Refused)[0].row, Some(2), "a header that was pasted counts");
}

/// The bar is drawn while the worker reads, and the keys are heard meanwhile: Esc drops the file at once.
#[test]
fn how_far_an_import_is_reaches_the_screen_and_esc_is_heard_at_once() {
    let mut scene = Scene::opened();
    let names: Vec<String> = scene.site().workers.iter().map(|worker| worker.name.clone()).collect();
    let months = (2000..2024).flat_map(|year| (1..=12).map(move |month| format!("{year}/{month}")));
    let rows: String = months
        .flat_map(|month| names.iter().map(move |name| format!("{name},{month},160:00\n")).collect::<Vec<_>>())
        .collect();
    let path = scene.write("hours.csv", format!("氏名,対象年月,総労働時間\n{rows}").as_bytes());
    let mut shell = Shell::new(&mut scene.host);
    screens::press(&mut shell, &mut scene.host, "^p t o r i k o m i Enter");
    for c in path.to_string_lossy().chars() {
        shell.input(&mut scene.host, junkai::ui::keys::Input::Key(junkai::ui::keys::Key::char(c)));
    }
    screens::press(&mut shell, &mut scene.host, "Enter");
    let start = Instant::now();
    let mut seen = String::new();
    let is_told = |seen: &str| Phase::ALL.iter().any(|phase| seen.contains(&format!("{}  [", phase.label())));
    while !is_told(&seen) {
        assert!(
            start.elapsed() < Duration::from_secs(60) && !seen.contains("計 "),
            "no bar before the preview: {seen}"
        );
        shell.tick(&mut scene.host);
        seen = screens::drawn(&mut shell, screens::SIZES[0]);
    }
    screens::press(&mut shell, &mut scene.host, "Esc");
    let screen = screens::drawn(&mut shell, screens::SIZES[0]);
    assert!(screen.contains("やめました。何も書いていません"), "{screen}");
    scene.until(Effect::Check, |event| matches!(event, Event::Checked(_)));
    shell.tick(&mut scene.host);
    let screen = screens::drawn(&mut shell, screens::SIZES[0]);
    assert!(!screen.contains("計 "), "what was given up is not shown: {screen}");
}

/// Forgetting one answer leaves the batch it came with, and taking that batch back still works.
#[test]
fn an_answer_is_forgotten_alone_and_its_batch_still_goes_as_one() {
    let mut scene = Scene::opened();
    let known = scene.site().workers[0].clone();
    let text = format!("社員番号,氏名,所属\n{},改姓 花子,見本課\n", known.number);
    let path = scene.write("roster.csv", text.as_bytes());
    scene.read(&path, BatchKind::Roster);
    scene.preview(Effect::AnswerRow(2, RowAnswer::Same(0)));
    scene.preview(Effect::ConfirmOurs(true));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let batch = scene.site().history.iter().find(|operation| operation.batch.is_some()).unwrap().number;
    let answers = |scene: &Scene| scene.site().answers.len();
    let before = answers(&scene);
    let forget = |scene: &mut Scene| {
        let site = scene.site();
        let answer = site.answers.iter().find(|answer| answer.person.as_ref() == Some(&known.id)).unwrap().id.clone();
        scene.host.perform(Effect::Perform(id(), Box::new(kept::forget(&site, &answer).unwrap())))
    };
    forget(&mut scene);
    assert_eq!(answers(&scene), before - 1);
    assert_eq!(scene.site().worker(&known.id).unwrap().name, "改姓 花子", "what came in stays");
    scene.host.perform(Effect::Undo(id(), None));
    assert_eq!(answers(&scene), before, "and it is undone like any change");
    forget(&mut scene);
    let undone = scene.host.perform(Effect::Undo(id(), Some(batch)));
    assert!(matches!(undone.as_slice(), [Event::Done(_)]), "{undone:?}");
    assert_eq!(scene.site().worker(&known.id).unwrap().name, known.name);
    // The kept mapping goes by the same key.
    let profile = scene.site().profiles.last().unwrap().id.clone();
    let command = kept::forget(&scene.site(), &profile).unwrap();
    scene.host.perform(Effect::Perform(id(), Box::new(command)));
    assert!(scene.site().profiles.iter().all(|kept| kept.id != profile));
}

/// The choice of the row of the mapping whose heading and word these are.
pub fn choice(preview: &ImportPreview, heading: &str, word: &str) -> Effect {
    let row = preview.columns.iter().position(|row| row.heading == heading).unwrap();
    let place = preview.columns[row].choices.iter().position(|choice| choice == word).unwrap();
    Effect::ChoosePart(row, place)
}

/// Headings of nobody's program: each column is told by hand, what was chosen is remembered and known the next month.
#[test]
fn columns_that_no_heading_tells_are_chosen_on_the_screen_and_remembered() {
    let mut scene = Scene::opened();
    let worker = scene.site().workers[0].clone();
    let text = |month: &str| format!("だれ,いつ,在社\n{},{month},190:15\n", worker.name);
    let path = scene.write("a.csv", text("2026/09").as_bytes());
    let first = scene.read(&path, BatchKind::Hours);
    assert!(first.problem.as_ref().is_some_and(|problem| problem.contains("列が決まっていません")), "{first:?}");
    // Above the columns stand the source and the reading; the period joins them where no settled column tells it.
    let kind = format!("文字 {}字", worker.name.chars().count());
    assert_eq!((first.rows, first.columns.len(), first.columns[2].example.as_str()), (1, 5, kind.as_str()));
    let named = scene.preview(choice(&first, "だれ", "氏名"));
    let timed = scene.preview(choice(&named, "在社", "総労働時間に足す"));
    let month = timed.problem.as_ref().is_some_and(|problem| problem.contains("2026年9月とあります"));
    assert!(month && timed.rows == 1, "a month without a part is no reason for the newest one: {timed:?}");
    let dated = scene.preview(choice(&timed, "いつ", "年月"));
    assert_eq!((dated.period.as_str(), dated.brought()), ("2026-09-01 から 2026-09-30", 1));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let next = scene.write("b.csv", text("2026/08").as_bytes());
    let known = scene.read(&next, BatchKind::Hours);
    assert_eq!((known.problem.as_deref(), known.period.as_str()), (None, "2026-08-01 から 2026-08-31"));
}

/// A gate's log in the payroll's shape: its source is chosen on the screen, the gap is shown, and neither its values nor its
/// mapping take the place of the employer's.
#[test]
fn the_source_of_the_hours_is_chosen_on_the_screen_and_the_gap_is_shown() {
    let mut scene = Scene::opened();
    let worker = scene.site().workers[0].clone();
    let text = |hours: &str| format!("氏名,対象年月,総労働時間\n{},2026/09,{hours}\n", worker.name);
    let payroll = scene.write("payroll.csv", text("160:00").as_bytes());
    scene.read(&payroll, BatchKind::Hours);
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let gate = scene.write("gate.csv", text("172:30").as_bytes());
    let as_employer = scene.read(&gate, BatchKind::Hours);
    assert_eq!((as_employer.count(RowList::Changed), as_employer.source_of_hours.as_deref()), (1, None));
    let log = scene.preview(choice(&as_employer, "時間の出どころ", "入退館などの記録"));
    assert_eq!((log.count(RowList::Added), log.count(RowList::Changed)), (1, 0), "{log:?}");
    assert_eq!(log.source_of_hours.as_deref(), Some("入退館などの記録"));
    assert_eq!(
        told(&log, RowList::Gap),
        [(worker.name.clone(), "会社 160:00   この記録 172:30   差 +12:30".to_owned())]
    );
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let site = scene.site();
    let (employer, other) = junkai::app::second_series::newest(&site, &worker.id).unwrap();
    assert_eq!((employer.hours.low.0, other.hours.low.0), (160 * 3600, 172 * 3600 + 1800));
    let again = scene.read(&payroll, BatchKind::Hours);
    assert_eq!(
        (again.count(RowList::Unchanged), again.source_of_hours.as_deref()),
        (1, None),
        "the employer's mapping is its own"
    );
}

/// The month of the title is not the one that rows without a month would be counted to: it is asked, and chosen.
#[test]
fn a_title_of_another_month_is_asked_and_the_period_is_chosen_on_the_screen() {
    let mut scene = Scene::opened();
    let worker = scene.site().workers[0].clone();
    let text = |title: &str| format!("勤怠月別データ,{title},\n\n氏名,総労働時間\n{},160:00\n", worker.name);
    let path = scene.write("title.csv", text("2026年8月度").as_bytes());
    let asked = scene.read(&path, BatchKind::Hours);
    let problem = asked.problem.clone().unwrap_or_default();
    assert!(problem.contains("2026年8月とあります") && problem.contains("期間"), "{problem}");
    let chosen = scene.preview(choice(&asked, "期間", "2026-08-01 から 2026-08-31"));
    assert_eq!((chosen.problem.as_deref(), chosen.period.as_str()), (None, "2026-08-01 から 2026-08-31"));
    let taken = chosen.columns.iter().find(|row| row.heading == "期間").and_then(|row| row.chosen);
    let other = scene.write("other.csv", format!("氏名,総労働時間\n{},160:00\n", worker.name).as_bytes());
    let plain = scene.read(&other, BatchKind::Hours);
    assert_eq!((plain.problem.as_deref(), taken.is_some()), (None, true), "a file without a title is not asked");
    let dated = scene.write("dated.csv", text("出力日 2026/8/3").as_bytes());
    assert_eq!(scene.read(&dated, BatchKind::Hours).problem, None, "the day of a printout is no month");
}

/// The employer's total and the employer's overtime of one month, which cannot both be true.
#[test]
fn overtime_that_contradicts_the_total_is_named_before_it_is_taken_in() {
    let mut scene = Scene::opened();
    let worker = scene.site().workers[0].clone();
    let text = |column: &str, hours: &str| format!("氏名,対象年月,{column}\n{},2026/09,{hours}\n", worker.name);
    let total = scene.write("total.csv", text("総労働時間", "160:00").as_bytes());
    scene.read(&total, BatchKind::Hours);
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let overtime = scene.write("overtime.csv", text("残業時間", "105:30").as_bytes());
    let gaps = self::told(&scene.read(&overtime, BatchKind::Hours), RowList::Gap);
    let told = "総労働時間から 0:00   会社の残業 105:30   差 +105:30".to_owned();
    assert_eq!(gaps, [(worker.name.clone(), told)]);
    let agreed = scene.write("agreed.csv", text("残業時間", "3:00").as_bytes());
    assert_eq!(scene.read(&agreed, BatchKind::Hours).count(RowList::Gap), 0, "both below every line");
}

/// A sum of days that may lack one is answered where it is asked.
#[test]
fn a_sum_of_days_that_lacks_one_can_be_used_as_it_is() {
    let mut scene = Scene::opened();
    let name = scene.site().workers[0].name.clone();
    let day = |day: u32| format!("{name},2026/9/{},8:00\n", if day == 15 { 32 } else { day });
    let days: String = (1..=30).map(day).collect();
    let path = scene.write("days.csv", format!("氏名,年月日,総労働時間\n{days}").as_bytes());
    let preview = scene.read(&path, BatchKind::Hours);
    let doubts = (0..preview.count(RowList::Doubtful)).filter_map(|place| preview.listed.doubt(place));
    let options: Vec<_> = doubts.flat_map(|row| row.options).map(|(answer, _)| answer).collect();
    assert_eq!((options, preview.count(RowList::Refused)), (vec![RowAnswer::Take, RowAnswer::Leave], 1), "{preview:?}");
}
