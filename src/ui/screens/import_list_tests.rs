//! The rows of a read file as lists: whom a reading would flag, what changes, and a file of very many rows.

use super::*;

#[test]
fn the_values_of_a_change_stand_behind_a_name_however_long() {
    let changed = about(RowList::Changed, Some(4), &"長".repeat(60), "80:00 から 120:30 へ");
    assert!(drawn(&read(listing(vec![changed]))).contains("..  80:00 から 120:30 へ"));
}

#[test]
fn of_a_ledger_measures_are_counted_and_of_other_files_rows() {
    for (kind, counted) in [(BatchKind::Restrictions, "措置        計"), (BatchKind::Roster, "行          計")] {
        let shown = drawn(&read(ImportPreview { kind, ..preview() }));
        assert!(shown.contains(counted), "{kind:?}: {shown}");
    }
}

#[test]
fn whom_each_reading_would_flag_stands_there_before_anything_is_written() {
    let person = |number: usize| (format!("人 {number}"), "80:30".to_owned());
    let reading = |name: &str, persons, crossing| {
        let name = name.to_owned();
        ReadingChoice { name, over: 6, undecided: 1, persons, crossing, possible: true }
    };
    let readings = vec![reading("60進", (1..5).map(person).collect(), 6), reading("10進", vec![person(9)], 1)];
    let all = (1..7).map(|number| about(RowList::Over, Some(number), &format!("人 {number}"), "60進  80:30"));
    let listed = unasked(all.collect());
    let mut screen = read(ImportPreview { readings, listed, ..preview() });
    let shown = drawn(&screen);
    for expected in ["1 60進   80超 6名   未定 1名", "人 4", "ほか 2名", "2 10進   80超 6名   未定 1名", "人 9"]
    {
        assert!(shown.contains(expected), "{expected} in {shown}");
    }
    screen.act(&view(vec![bare()]), Act::Filter);
    assert!(drawn(&screen).contains("人 6"), "all of them stand in the list: {}", drawn(&screen));
    assert!(pressed(&mut screen, '1').is_empty(), "a reading is chosen where its number stands");
}

/// Counts what is put into words: a hundred and twenty thousand rows are none of the screen's.
struct Many(std::sync::Arc<std::sync::atomic::AtomicUsize>);

const MANY: usize = 120_000;

impl RowSource for Many {
    fn count(&self, list: RowList) -> usize {
        if matches!(list, RowList::Changed | RowList::Added) { MANY } else { 0 }
    }

    fn row(&self, list: RowList, place: usize) -> Option<ListedRow> {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Some(about(list, Some(place + 2), &format!("人 {place}"), "2026-10  80:00").1)
    }

    fn doubt(&self, _place: usize) -> Option<DoubtfulRow> {
        None
    }

    fn value(&self, _place: usize) -> Option<UnreadValue> {
        None
    }
}

#[test]
fn of_a_long_file_only_the_rows_that_are_seen_are_put_into_words() {
    let made = std::sync::Arc::default();
    let listed = FileRows::of(Many(std::sync::Arc::clone(&made)));
    let made = || made.swap(0, std::sync::atomic::Ordering::Relaxed);
    let view = view(vec![bare()]);
    let mut screen = read(ImportPreview { listed, rows: 2 * MANY, ..ImportPreview::default() });
    screen.resized(Rect::new(0, 3, 120, 35));
    let keys = |screen: &mut Import, code| screen.key(&view, Key::plain(code));
    assert!(drawn_at(&screen, 120, 40).contains("変更 120000"));
    assert!(made() <= 40, "below the counts");
    keys(&mut screen, Code::End);
    assert!(drawn_at(&screen, 120, 40).contains("人 119999"));
    screen.act(&view, Act::Filter);
    keys(&mut screen, Code::PageDown);
    let shown = drawn_at(&screen, 120, 40);
    assert!(shown.contains("[変更 120000]") && shown.contains("34行目"), "a page further: {shown}");
    screen.act(&view, Act::Filter);
    keys(&mut screen, Code::Char('G'));
    assert!(drawn_at(&screen, 120, 40).contains("人 119999"));
    assert!(made() <= 5 * 40, "every frame makes what it shows");
}

/// What a month's file brings, list by list.
fn month() -> ImportPreview {
    let rows = vec![
        about(RowList::Changed, Some(9), "室井 あや", "2026-10  46:10 から 80:01 へ"),
        about(RowList::Unchanged, Some(10), "矢野 一馬", "160:00"),
        about(
            RowList::Refused,
            Some(71),
            "村瀬 恵",
            "2列目  時間として読めない値です。元の表で直すか、この人だけ手で記入してください。",
        ),
        about(RowList::Ignored, Some(98), "合計", "合計の行です。取り込みません。"),
        about(RowList::Flag, None, "室井 あや", "45超 から 80超 へ"),
    ];
    ImportPreview { rows: 6, ..listing(rows) }
}

#[test]
fn every_list_of_rows_is_one_key_away_and_its_questions_are_answered_there() {
    let mut drive = driven(month());
    let labels = |drive: &mut Drive| drive.screen(80, 24);
    assert!(labels(&mut drive).contains("f 行の一覧"), "{}", labels(&mut drive));
    drive.keys("f");
    insta::assert_snapshot!("list_doubtful_80x24", drive.screen(80, 24));
    drive.keys("2");
    assert!(drive.desk.asked.iter().any(|asked| asked == "AnswerRow(3, New)"), "{:?}", drive.desk.asked);
    drive.keys("f");
    insta::assert_snapshot!("list_refused_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("list_refused_120x40", drive.screen(120, 40));
    drive.press(Code::Left).press(Code::Left);
    assert!(labels(&mut drive).contains("[対象外 1]"), "a ring: {}", labels(&mut drive));
    drive.press(Code::Esc);
    assert!(labels(&mut drive).contains("計 6") && !labels(&mut drive).contains("[対象外"), "the counts again");
    drive.keys("f").press(Code::Enter);
    assert!(!drive.desk.asked.iter().any(|asked| asked == "AcceptImport"), "nothing is taken in from a list");
}

#[test]
fn what_would_follow_is_counted_above_the_rows_and_listed() {
    let told = [
        "名簿に加わる人 1名",
        "旗 2名",
        "判定待ち 12名（緊急の値 1、就業の検討値 2）",
        "健診の意見 新しく 12（早いもの 2027-01-05）",
    ];
    let rows = vec![
        about(RowList::ToJudge, Some(3), "桐山 勇", "緊急の値・就業の検討値  血圧 192/112 D  意見は 2027-01-05 まで"),
        about(RowList::Duty, None, "桐山 勇", "新しく  健診の意見  2027-01-05 まで"),
    ];
    let following = told.map(str::to_owned).to_vec();
    let mut drive = driven(ImportPreview { following, listed: unasked(rows), ..preview() });
    insta::assert_snapshot!("following_80x24", drive.screen(80, 24));
    insta::assert_snapshot!("following_120x40", drive.screen(120, 40));
    drive.keys("f");
    insta::assert_snapshot!("to_judge_80x24", drive.screen(80, 24));
}

#[test]
fn the_title_names_the_file_without_its_folders_until_another_is_named() {
    let mut drive = Drive::at(site(), &Route::Import(fixture_id()));
    drive.text("/tmp/x/10-hours.csv").press(Code::Enter);
    let shown = drive.screen(80, 24);
    assert!(shown.contains("取込 / 10-hours.csv") && !shown.contains("/tmp"), "{shown}");
    drive.press(Code::Esc);
    assert!(!drive.screen(80, 24).contains("取込 / 10-hours.csv"));
}
